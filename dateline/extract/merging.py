"""One event per happening: mentions that tell the same happening become one draft, the main one first.

Two rules only. An outcome ("killing 12") joins the attack that is told beside it. Two drafts of kinds that can be the same
are one when nothing in who, whom, where and when contradicts, and something speaks for it. Captions of photographs come last:
they show again what the story tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from dateline.extract.captions import is_caption
from dateline.model.event import GROUP_OF, EventType
from dateline.model.place import Place
from dateline.model.reading import Draft, Entity, Mention, Reading
from dateline.model.when import When

VIOLENCE = frozenset({"clash", "airstrike", "shelling", "bombing", "armed_attack"})
UNREST = frozenset({"protest", "riot", "crackdown"})
# A word for any violence may stand for one of these ("the attack" for an air strike).
GENERIC = frozenset({"armed_attack"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})
# Done to certain people: to others it is another happening.
PERSONAL = frozenset({"arrest", "legal", "abduction", "abuse", "surrender"})
EITHER_FIRE = frozenset({"bombardment", "bombard", "pound", "strike", "bombing", "barrage"})
ENOUGH = 2.0
NEARBY = 3  # sentences within which a bare outcome still belongs to the attack before it


@dataclass(frozen=True, slots=True)
class Told:
    """A draft with its place and time: what merging compares."""

    draft: Draft
    place: Place | None
    when: When | None


def merge(reading: Reading, told: Sequence[Told], entities: Sequence[Entity]) -> tuple[Told, ...]:
    """Happenings in order of their main mention."""
    merged: list[Told] = []
    shown = ((is_caption(reading, one.draft.sentence), one) for one in _join_outcomes(told, entities))
    for in_caption, one in sorted(shown, key=lambda each: each[0]):
        speaks = support_of_picture if in_caption else support_of
        likeliest = max(
            (
                (support, number)
                for number, other in enumerate(merged)
                if (support := speaks(other, one, reading, entities)) >= ENOUGH
            ),
            default=None,
        )
        if likeliest is None:
            merged.append(one)
        else:
            merged[likeliest[1]] = joined(merged[likeliest[1]], one, reading, entities)
    return tuple(sorted(merged, key=lambda one: one.draft.trigger.start))


def is_outcome(draft: Draft) -> bool:
    return ":toll:" in draft.made_by


def _join_outcomes(told: Sequence[Told], entities: Sequence[Entity]) -> list[Told]:
    """Within a sentence an outcome joins the nearest attack; the attack takes over whom it hit."""
    kept: list[Told] = [one for one in told if not is_outcome(one.draft)]
    for one in told:
        if not is_outcome(one.draft):
            continue
        beside = [
            n
            for n, other in enumerate(kept)
            if other.draft.sentence == one.draft.sentence
            and other.draft.type in VIOLENCE | {"crackdown", "riot"}
            and not is_outcome(other.draft)
            and other.draft.status not in {"hypothetical", "planned"}
        ]
        if beside:
            nearest = min(beside, key=lambda n: abs(kept[n].draft.head - one.draft.head))
            kept[nearest] = _with_outcome(kept[nearest], one, entities)
        else:
            kept.append(one)
    return sorted(kept, key=lambda t: t.draft.trigger.start)


def _with_outcome(attack: Told, outcome: Told, entities: Sequence[Entity]) -> Told:
    draft = attack.draft
    by = draft.by or tuple(m for m in outcome.draft.by if m.head != draft.head)
    on = _whom(draft.on, outcome.draft.on, entities) if draft.type != "clash" else draft.on
    changed = replace(
        draft,
        by=by,
        on=on,
        means=draft.means or outcome.draft.means,
        other_heads=(*draft.other_heads, outcome.draft.head),
    )
    return Told(changed, attack.place or outcome.place, attack.when or outcome.when)


def _whom(first: tuple[Mention, ...], second: tuple[Mention, ...], entities: Sequence[Entity]) -> tuple[Mention, ...]:
    """Whom it was done to: people and forces rather than the school or the village that was hit."""
    if first and not _names_somebody(first, entities) and _names_somebody(second, entities):
        return second
    return first or second


def _names_somebody(mentions: Sequence[Mention], entities: Sequence[Entity]) -> bool:
    return any(entities[m.entity].kind != "unknown" or entities[m.entity].is_person for m in mentions)


def support_of(a: Told, b: Told, reading: Reading, entities: Sequence[Entity]) -> float:
    """How much speaks for two mentions telling one happening: 0 when something contradicts, ENOUGH and more when they do."""
    if not _kinds_agree(a.draft, b.draft) or not _status_agrees(a.draft, b.draft):
        return 0
    distance = min(abs(b.draft.sentence - s) for s in (a.draft.sentence, *a.draft.other_sentences))
    if _contradict(a, b, entities) or _other_place_named(a.draft, b.draft, reading):
        return 0
    if (
        a.draft.type != b.draft.type
        and distance
        and not (_refers_back(b, reading) and (distance <= NEARBY or _either_fire(b.draft)))
    ):
        return 0
    if distance == 0 and _one_phrase(a.draft, b.draft, reading):
        return 2 * ENOUGH
    if is_outcome(b.draft) and not b.draft.by and b.place is None and b.when is None:
        return ENOUGH if distance <= NEARBY else 0
    support = _alikeness(a, b, entities)
    if reading.has_title and a.draft.sentence == 0 and distance <= 4:
        support += 1
    support += 1.5 if distance == 0 else 0.5 if distance <= 2 else 0
    if _refers_back(b, reading) or _adds_nothing(a, b, entities):
        support += ENOUGH
    return support


def support_of_picture(a: Told, b: Told, reading: Reading, entities: Sequence[Entity]) -> float:
    """A caption names people in its own way: what it shows is told in the story if kind, place and time agree."""
    if not _kinds_agree(a.draft, b.draft) or _other_place_named(a.draft, b.draft, reading) or _apart(a, b):
        return 0
    return ENOUGH + _alikeness(a, b, entities)


def _kinds_agree(a: Draft, b: Draft) -> bool:
    if a.type == b.type:
        return True
    kinds: set[EventType] = {a.type, b.type}
    if kinds == {"airstrike", "shelling"}:
        return _either_fire(b)
    return kinds <= VIOLENCE - {"clash"} and bool(kinds & GENERIC)


def _status_agrees(a: Draft, b: Draft) -> bool:
    fact = {"happened", "ongoing"}
    return a.status == b.status or (a.status in fact and b.status in fact)


def _contradict(a: Told, b: Told, entities: Sequence[Entity]) -> bool:
    if _apart(a, b):
        return True
    if a.draft.type == "territory_gain" and (a.draft.place_hint is None) != (b.draft.place_hint is None) and not _one_town(a, b):
        return True
    if (
        a.draft.aggregate != b.draft.aggregate
        and (a.draft.aggregate or b.draft.aggregate)
        and a.draft.sentence != b.draft.sentence
    ):
        return True
    if a.draft.type == "clash":
        return _differ((*a.draft.by, *a.draft.on), (*b.draft.by, *b.draft.on), entities)
    if _crossed(a.draft, b.draft, entities):
        return True
    by_whom = a.draft.type in PERSONAL or GROUP_OF[a.draft.type] == "politics"
    return _differ(a.draft.by, b.draft.by, entities) or (by_whom and _differ(a.draft.on, b.draft.on, entities))


def _apart(a: Told, b: Told) -> bool:
    """In place or in time."""
    if a.place and b.place and not _places_agree(a.place, b.place):
        return True
    return bool(a.when and b.when and not _times_agree(a.when, b.when))


def _one_town(a: Told, b: Told) -> bool:
    """Both stand at one place, and it is no whole country."""
    same = a.place is not None and b.place is not None and a.place.name == b.place.name
    return same and a.place is not None and a.place.precision not in {"country", "region"}


def _either_fire(draft: Draft) -> bool:
    """ "bombardment": fire from the air or from the ground, as what was told before says."""
    return draft.made_by.rsplit(":", 1)[-1].split(" ")[-1] in EITHER_FIRE


def _one_phrase(a: Draft, b: Draft, reading: Reading) -> bool:
    """ "a bomb exploded", "an attack targeted": one trigger governs the other as its subject or object."""
    one, two = reading.doc[a.head], reading.doc[b.head]
    for lower, upper in ((one, two), (two, one)):
        if lower.head == upper and lower.dep_ in {"nsubj", "nsubjpass", "dobj", "compound", "appos"}:
            return True
    return False


def _other_place_named(a: Draft, b: Draft, reading: Reading) -> bool:
    """Both triggers take a place by name, and the names share no word: two towns that fell are two happenings."""
    if a.place_hint is None or b.place_hint is None:
        return False
    left, right = (_capitalised(reading.report.text[hint.start : hint.end]) for hint in (a.place_hint, b.place_hint))
    return bool(left and right) and not left & right


def _capitalised(text: str) -> frozenset[str]:
    return frozenset(word for word in text.replace("-", " ").split() if word[:1].isupper())


def _places_agree(a: Place, b: Place) -> bool:
    if a.gazetteer_id and a.gazetteer_id == b.gazetteer_id or a.name == b.name:
        return True
    if a.country and b.country and a.country != b.country:
        return False
    coarse = {"country", "region", "unknown"}
    if a.precision in coarse or b.precision in coarse:
        return a.precision == "country" or b.precision == "country"
    if "province" in {a.precision, b.precision}:
        return bool(a.admin1 and a.admin1 == b.admin1)
    return False


def _times_agree(a: When, b: When) -> bool:
    if a.start and b.end and a.start > b.end:
        return False
    return not (a.end and b.start and b.start > a.end)


def _crossed(a: Draft, b: Draft, entities: Sequence[Entity]) -> bool:
    """Whom the one hits is who does the other: two happenings, if not a fight."""
    return _alike(a.by, b.on, entities) or _alike(a.on, b.by, entities)


def _names(mentions: Sequence[Mention], entities: Sequence[Entity]) -> frozenset[str]:
    return frozenset(entities[m.entity].id or entities[m.entity].name.casefold() for m in mentions if m.entity < len(entities))


def _words(names: frozenset[str]) -> frozenset[str]:
    return frozenset(word.rstrip("s") for name in names for word in name.replace("-", " ").split() if len(word) > 2)


def _differ(a: Sequence[Mention], b: Sequence[Mention], entities: Sequence[Entity]) -> bool:
    """Both named, and no name or word in common."""
    left, right = _names(a, entities), _names(b, entities)
    if not left or not right or left & right:
        return False
    return not _words(left) & _words(right)


def _alikeness(a: Told, b: Told, entities: Sequence[Entity]) -> float:
    points = 0.0
    if a.place and b.place and (a.place.gazetteer_id == b.place.gazetteer_id or a.place.name == b.place.name):
        points += 1 if a.place.precision not in {"country", "region"} else 0.5
    if a.when and b.when and a.when.start == b.when.start:
        points += 0.5
    points += _alike(a.draft.by, b.draft.by, entities)
    points += _alike(a.draft.on, b.draft.on, entities)
    if {m.entity for m in a.draft.by} & {m.entity for m in b.draft.on} and a.draft.type == "clash":
        points += 1
    return points


def _refers_back(told: Told, reading: Reading) -> bool:
    """ "the attack", "Tuesday's assault": a definite noun, or one that names nobody, speaks of what was told before."""
    head = reading.doc[told.draft.head]
    if head.pos_ not in {"NOUN", "PROPN"}:
        return False
    if not told.draft.by and not told.draft.on and told.draft.place_hint is None:
        return True
    return any(child.dep_ in {"det", "poss"} and child.lower_ in DEFINITE for child in head.children)


def _adds_nothing(a: Told, b: Told, entities: Sequence[Entity]) -> bool:
    """The later mention names nobody, no place and no time that the earlier one does not."""
    if b.place is not None and (a.place is None or not _places_agree(a.place, b.place)):
        return False
    if b.when is not None and (a.when is None or not _times_agree(a.when, b.when)):
        return False
    sides = ((a.draft.by, b.draft.by), (a.draft.on, b.draft.on))
    return all(not later or _alike(earlier, later, entities) for earlier, later in sides)


def _alike(a: Sequence[Mention], b: Sequence[Mention], entities: Sequence[Entity]) -> bool:
    left, right = _names(a, entities), _names(b, entities)
    return bool(left & right or _words(left) & _words(right))


def joined(a: Told, b: Told, reading: Reading, entities: Sequence[Entity]) -> Told:
    """The earlier mention in the body leads; a title's mention yields to the body's; the more special kind wins."""
    lead, rest = (b, a) if _leads(b, a, reading) else (a, b)
    first, second = lead.draft, rest.draft
    kind = first.type if first.type not in GENERIC else second.type
    sentences = {first.sentence, second.sentence, *first.other_sentences, *second.other_sentences} - {first.sentence}
    changed = replace(
        first,
        type=kind,
        status="ongoing" if kind == "siege" and {first.status, second.status} == {"happened", "ongoing"} else first.status,
        by=first.by or second.by,
        on=_whom(first.on, second.on, entities) if kind != "clash" else first.on or second.on,
        place_hint=first.place_hint or second.place_hint,
        means=first.means or second.means,
        confidence=max(first.confidence, second.confidence),
        other_heads=(*first.other_heads, second.head, *second.other_heads),
        other_sentences=tuple(sorted(sentences)),
    )
    near = abs(first.sentence - second.sentence) <= NEARBY
    return Told(changed, _finer(lead.place, rest.place if near or lead.place else None), lead.when or rest.when)


def _leads(b: Told, a: Told, reading: Reading) -> bool:
    return reading.has_title and a.draft.sentence == 0 and b.draft.sentence > 0 and not is_outcome(b.draft)


GRAIN = MappingProxyType({"country": 0, "region": 1, "unknown": 2, "province": 2})  # the rest is finer


def _finer(a: Place | None, b: Place | None) -> Place | None:
    """Of "in Syria" and "in western Aleppo province" the latter."""
    if a is None or b is None:
        return a or b
    return b if GRAIN.get(b.precision, 3) > GRAIN.get(a.precision, 3) else a
