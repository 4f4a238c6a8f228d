"""Which place belongs to which event; "none" is an answer, and the nearest name is not always the place.

Each place name of the trigger's sentence is weighed by how it hangs on the trigger (places_syntax), by what it is and by
what kind of event it would belong to; the best one is the place if it outweighs "none". Weights are in the codebook.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Span

from dateline.codebook.places import PlaceWords
from dateline.codebook.places import words as place_words
from dateline.model.event import GROUP_OF
from dateline.model.place import Place
from dateline.model.reading import Chars, Draft, PlaceMention, Reading
from dateline.resolve.places_syntax import Hold, Path, hold_of, path_between

FINE = frozenset({"point", "town", "district", "unknown"})
LEAVING = frozenset({"withdrawal", "displacement", "surrender"})
GOING = frozenset({"advance", "deployment", "withdrawal", "displacement", "arms_transfer", "aid"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place name of the sentence, with how it hangs in the parse."""

    mention: PlaceMention
    span: Span
    hold: Hold

    @classmethod
    def of(cls, reading: Reading, mention: PlaceMention, words: PlaceWords) -> Candidate:
        span = reading.doc.char_span(mention.chars.start, mention.chars.end, alignment_mode="expand")
        assert span is not None  # a mention's characters are those of tokens
        return cls(mention, span, hold_of(span, words))


def place_drafts(reading: Reading, drafts: Sequence[Draft], places: Sequence[PlaceMention]) -> tuple[Place | None, ...]:
    """The place of each draft as its own sentence gives it, or the sentence before when the text plainly goes on with it."""
    words = place_words()
    by_sentence: dict[int, list[Candidate]] = {}
    for mention in places:
        if serves(reading, mention, words):
            number = reading.sentence_at(mention.chars.start)
            by_sentence.setdefault(number, []).append(Candidate.of(reading, mention, words))
    own = [
        _meant_before(reading, draft, places)
        or _place_of(reading, draft, by_sentence.get(draft.sentence, []), words.event_weights)
        for draft in drafts
    ]
    return tuple(
        place or going_on(reading, draft, drafts, own, by_sentence, words) for draft, place in zip(drafts, own, strict=True)
    )


def serves(reading: Reading, mention: PlaceMention, words: PlaceWords) -> bool:
    """A people's name is no place ("Kurdish fighters"), unless it is said of one ("Turkish territory"); nor is "US-led"."""
    candidate = Candidate.of(reading, mention, words)
    after = candidate.span.end
    if after + 1 < len(reading.doc) and reading.doc[after].text == "-" and not reading.doc[after - 1].whitespace_:
        return False
    between = candidate.span.start > 0 and reading.doc[candidate.span.start - 1].text == "-"
    if between and after < len(reading.doc) and reading.doc[after].lower_ in words.edges:
        return False  # "the Syria-Turkey border" is in neither alone
    if any(token.lower_ == "according" for token in (candidate.hold.anchor, *candidate.hold.anchor.ancestors)):
        return False  # where who says it was
    if candidate.span.root.ent_type_ == "NORP" and mention.role == "modifier":
        return candidate.hold.through and _is_land(candidate, words)
    return mention.role != "metonym" or candidate.hold.hang == "in"


def _is_land(candidate: Candidate, words: PlaceWords) -> bool:
    """`Turkish territory`, "the Kurdish region" are places; "the Turkish border" is another's edge, "a Kurdish town" a people's,
    and "the Turkish city of Gaziantep" is Gaziantep."""
    head = candidate.span.root.head
    named = any(child.lower_ == "of" and any(name.ent_type_ for name in child.children) for child in head.children)
    if named or head.lower_ in words.edges:
        return False
    return (
        candidate.mention.place.precision == "country" or words.kinds.get(head.lower_) == "region" or head.lower_ in words.lands
    )


def _meant_before(reading: Reading, draft: Draft, places: Sequence[PlaceMention]) -> Place | None:
    """The place that a pronoun of the draft's sentence means, named in an earlier one."""
    hint = draft.place_hint
    if hint is None or hint.start >= reading.sentences[draft.sentence].start:
        return None
    return next((mention.place for mention in places if mention.chars == hint), None)


def _place_of(reading: Reading, draft: Draft, candidates: Sequence[Candidate], weights: Mapping[str, float]) -> Place | None:
    if draft.place_hint:
        hinted = [c for c in candidates if c.mention.chars.overlaps(draft.place_hint) and c.mention.role != "dateline"]
        if hinted:
            return min(hinted, key=lambda c: c.mention.place.precision == "country").mention.place
        span = reading.report.span(draft.place_hint.start, draft.place_hint.end)
        if span.text[:1].isupper() and not _names_people(reading, draft.place_hint):
            return Place(name=span.text, span=span, reasons=("the words say that it is a place; no gazetteer entry",))
    scored = [(sum(weights.get(name, 0.0) * value for name, value in row), c) for c, row in evidence(reading, draft, candidates)]
    best = max(scored, key=lambda pair: (pair[0], -pair[1].mention.chars.start), default=None)
    return best[1].mention.place if best and best[0] > 0 else None


def _names_people(reading: Reading, hint: Chars) -> bool:
    """`Turkish border`, "Kurdish towns"."""
    span = reading.doc.char_span(hint.start, hint.end, alignment_mode="expand")
    return span is not None and span[0].ent_type_ == "NORP"


def evidence(reading: Reading, draft: Draft, candidates: Sequence[Candidate]) -> list[tuple[Candidate, list[tuple[str, float]]]]:
    """For each candidate what speaks for and against it, by name of weight."""
    trigger = reading.doc[draft.head]
    paths = [path_between(trigger, c.hold.anchor) for c in candidates]
    nearest = min((p.steps for p in paths if p), default=0)
    out = []
    for candidate, path in zip(candidates, paths, strict=True):
        rows = [
            *_of_event(draft, candidate),
            *_of_path(draft, candidate, path, nearest),
            *_of_place(draft, candidate, candidates),
        ]
        out.append((candidate, rows))
    return out


def _of_event(draft: Draft, candidate: Candidate) -> list[tuple[str, float]]:
    """What kind of event it is, and what the kind of event makes of how the place hangs."""
    group, hang = GROUP_OF[draft.type], candidate.hold.hang
    rows = [("any", 1.0), (f"group_{group}", 1.0), (f"hang_{hang}", 1.0)]
    if group == "politics":
        rows.append((f"politics_{hang}", 1.0))
    if group == "control":
        rows.append((f"control_{hang}", 1.0))
    if draft.type in LEAVING and hang == "from":
        rows.append(("leaving_from", 1.0))
    if draft.type in GOING and hang == "to":
        rows.append(("going_to", 1.0))
    if draft.type in ("talks", "agreement"):
        rows.append(("meeting", 1.0))
    return rows


def _of_path(draft: Draft, candidate: Candidate, path: Path | None, nearest: int) -> list[tuple[str, float]]:
    if path is None:
        return [("no_path", 1.0)]
    gap = abs(candidate.span.root.i - draft.head)
    return [
        ("direct", float(path.steps == 0)),
        ("one_step", float(path.steps == 1)),
        ("down_only", float(path.up == 0)),
        ("up_only", float(path.down == 0 and path.up > 0)),
        ("steps", min(path.steps, 8) / 4),
        ("clauses", min(path.clauses, 3)),
        ("nearest", float(path.steps == nearest)),
        ("gap", math.log1p(gap) / 2),
        ("behind", float(candidate.span.start > draft.head)),
        ("direct_in", float(path.steps <= 1 and candidate.hold.hang == "in")),
        ("same_clause_in", float(path.clauses == 0 and candidate.hold.hang == "in")),
    ]


def _of_place(draft: Draft, candidate: Candidate, candidates: Sequence[Candidate]) -> list[tuple[str, float]]:
    mention = candidate.mention
    place, role = mention.place, mention.role
    locates, located = _locates(candidate, candidates), any(_locates(other, [candidate]) for other in candidates)
    finer_inside = any(_within(other.mention.place, place) for other in candidates if other.mention.role != "metonym")
    in_actor = any(actor.chars.overlaps(mention.chars) for actor in (*draft.by, *draft.on))
    return [
        (f"role_{role}", 1.0),
        ("fine", float(place.precision in FINE)),
        ("province", float(place.precision == "province")),
        ("unresolved", float(place.lat is None)),
        ("unresolved_in", float(place.lat is None and candidate.hold.hang in ("in", "to"))),
        ("unresolved_bare", float(place.lat is None and candidate.span.root.dep_ in ("appos", "nsubj", "nsubjpass", "conj"))),
        ("finer_inside", float(finer_inside)),
        ("locates", float(locates)),
        ("listed", float(candidate.span.root.dep_ == "conj")),
        ("located", float(located)),
        ("through", float(candidate.hold.through)),
        ("in_actor", float(in_actor)),
        ("only_one", float(len(candidates) == 1)),
    ]


def _within(inner: Place, outer: Place) -> bool:
    """Does the first lie in the second, by their names of province and country?"""
    if inner.gazetteer_id == outer.gazetteer_id or inner.precision in ("country", "region"):
        return False
    if outer.precision == "country":
        return inner.country == outer.country
    return outer.precision == "province" and inner.precision in FINE and bool(inner.admin1) and inner.admin1 == outer.name


# What may stand between a place and the name that only says where it lies.
BETWEEN = frozenset(
    ", in of the 's ’s and ( ) near close to just outside about some around nearly roughly approximately from away far north "
    "south east west northeast northwest southeast southwest northern southern eastern western central - km kms kilometers "
    "kilometres kilometer kilometre miles mile province district governorate region state county city town village capital a an "
    "small suburb suburbs outskirts neighborhood neighbourhood camp refugee area located situated which is lies restive".split()
)


def _locates(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Does it only say where the place named just before lies ("Balata near Nablus", "Dunya Pur, a town 100 km from Multan")?"""
    for other in others:
        gap = range(other.span.end, candidate.span.start)
        if (
            0 < len(gap) <= 16
            and other.mention.place.precision in FINE | {"province"}
            and other.mention.place.precision != "country"
        ):
            tokens = [token for i in gap if not (token := candidate.span.doc[i]).is_space]
            if all(t.lower_ in BETWEEN or t.like_num for t in tokens) and any(
                t.lower_ != "and" and t.text != "," for t in tokens
            ):
                return True
            if [t.text for t in tokens] == [","] and _within(other.mention.place, candidate.mention.place):
                return True
    return False


GOES_BACK = 3  # sentences


def going_on(
    reading: Reading,
    draft: Draft,
    drafts: Sequence[Draft],
    own: Sequence[Place | None],
    by_sentence: Mapping[int, Sequence[Candidate]],
    words: PlaceWords,
) -> Place | None:
    """`During the operation, two more were detained`: where the operation was. None unless the sentence points back."""
    if GROUP_OF[draft.type] == "politics" or by_sentence.get(draft.sentence) or not points_back(reading, draft, words):
        return None
    for back in range(1, GOES_BACK + 1):
        number = draft.sentence - back
        told = [place for other, place in zip(drafts, own, strict=True) if place and other.sentence == number]
        said = [c.mention.place for c in by_sentence.get(number, ()) if c.hold.hang == "in" and c.mention.role == "place"]
        local = [place for place in (*told, *said) if place.precision not in ("country", "region")]
        if local:
            reason = "its own sentence names no place and goes on with what is told before it"
            return local[0].model_copy(update={"reasons": (reason, *local[0].reasons[:2])})
        if by_sentence.get(number):
            return None
    return None


def points_back(reading: Reading, draft: Draft, words: PlaceWords) -> bool:
    """Does the sentence speak of "the operation", "the area", "there", "another"?"""
    chars = reading.sentences[draft.sentence]
    span = reading.doc.char_span(chars.start, chars.end, alignment_mode="expand")
    if span is None:
        return False
    lower = [token.lower_ for token in span]
    if any(word in words.scene_adverbs for word in lower):
        return True
    pointed = (n for n, word in enumerate(lower) if word in words.scene_nouns)
    return any(word in words.scene_pointers for n in pointed for word in lower[max(0, n - 2) : n])
