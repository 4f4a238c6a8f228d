"""From trigger words to drafts: one draft for each mention of a happening. Merging into one per happening comes later.

A candidate becomes a draft when one of its entries has its needs met; its frame then says which argument did it, to whom
it was done, and where.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from dateline.codebook.events import Entry, EventBook, Slot
from dateline.extract.classify import Scene, classes_of, meets, semantic_head
from dateline.extract.light import carried_arguments
from dateline.extract.means import makers_of, weapon_of
from dateline.extract.status import status_of
from dateline.extract.syntax import Arguments, conjuncts, noun_arguments, prepositions, verb_arguments, without
from dateline.extract.triggers import Candidate, find_candidates
from dateline.model.event import GROUP_OF, EventType
from dateline.model.reading import Chars, Draft, Entity, Mention, PlaceMention, Reading

SPLIT_BY_PLACE = frozenset({"territory_gain", "siege", "withdrawal"})
GENERIC = frozenset({"armed_attack"})
ACTS = frozenset({"actor", "armed", "civilian", "person", "org", "country", "protesters", "aircraft"})
THINGS = frozenset({"thing", "artillery", "explosive", "explosion", "event"})  # no one to whom anything is done
TO_PEOPLE = frozenset({"politics", "unrest", "control", "coercion", "humanitarian"})
ON_THE_SPOT = frozenset({"violence", "control"})
MEANS_TYPES: Mapping[str, EventType] = {"air": "airstrike", "artillery": "shelling", "explosive": "bombing"}
SMALL = frozenset({"point", "town", "district", "province", "unknown"})
PLAIN = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "conj"})
NOUN_HEADS = frozenset({"compound", "amod", "nmod"})

# Words before a happening in the plural that make it a sum of several.
COUNTING = frozenset(
    ("several", "many", "numerous", "multiple", "dozen", "series", "repeated", "recent", "daily", "frequent", "these", "those")
)
SEPARATE = frozenset(("separate", "several", "multiple", "various", "different", "two", "three", "four", "five", "six"))
REGIONS = frozenset(("province", "district", "region", "state", "county"))
OCCASIONS = frozenset(("operation", "raid", "search", "attack", "strike", "clash", "incident", "patrol", "mission", "shooting"))


def find_events(
    reading: Reading,
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    places: Sequence[PlaceMention],
    book: EventBook,
) -> tuple[Draft, ...]:
    """Drafts in order of the text."""
    scene = scene_of(reading, mentions, entities, places, book)
    taken: set[int] = set()
    found: list[Draft] = []
    for candidate in sorted(find_candidates(reading.doc, book), key=lambda c: (-len(c.tokens), c.tokens)):
        if taken.intersection(candidate.tokens):
            continue
        drafts = tuple(_drafts(candidate, reading, scene))
        if drafts:
            taken.update(candidate.tokens)
            found.extend(drafts)
    return tuple(sorted(found, key=lambda d: (d.trigger.start, d.place_hint.start if d.place_hint else 0)))


def scene_of(
    reading: Reading,
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    places: Sequence[PlaceMention],
    book: EventBook,
) -> Scene:
    place_at = _places_by_token(reading.doc, places) | _places_meant(mentions, entities, places)
    return Scene(book, {m.head: m for m in mentions}, entities, place_at)


def _places_by_token(doc: Doc, places: Sequence[PlaceMention]) -> dict[int, PlaceMention]:
    found: dict[int, PlaceMention] = {}
    for place in places:
        span = doc.char_span(place.chars.start, place.chars.end, alignment_mode="expand")
        for token in span or ():
            found[token.i] = place
    known = {doc[i].text: place for i, place in found.items() if place.role == "place" and doc[i].pos_ == "PROPN"}
    for token in doc:  # "captured Manbij": a town that is named as one elsewhere, whatever the tagger makes of it here
        if token.pos_ == "PROPN" and token.i not in found and token.text in known and token.dep_ in PLAIN:
            found[token.i] = known[token.text]
    return found


def _places_meant(
    mentions: Sequence[Mention], entities: Sequence[Entity], places: Sequence[PlaceMention]
) -> dict[int, PlaceMention]:
    """ "They reached Bambari and captured it": the pronoun is the place."""
    named = [place for place in places if place.role == "place" and place.place.precision in SMALL]
    found: dict[int, PlaceMention] = {}
    for mention in mentions:
        if mention.form == "pronoun" and mention.entity < len(entities):
            best = entities[mention.entity].best
            found.update((mention.head, place) for place in named if place.chars.overlaps(best))
    return found


def _drafts(candidate: Candidate, reading: Reading, scene: Scene) -> Iterator[Draft]:
    head = reading.doc[candidate.head]
    if _only_modifies(head, scene.book):
        return
    args = _arguments(head, candidate, scene)
    for entry in candidate.entries:
        if meets(entry, head, args, scene):
            break
    else:
        return
    standing = status_of(head, scene.book)
    if standing.general:
        return
    slots = _slots(entry, args, scene)
    if GROUP_OF[entry.type] == "politics" and _only_judges(slots["by"], scene):
        return
    trigger = _chars(reading.doc, candidate.tokens)
    kind = _refined(entry, head, args, scene)
    words = [reading.doc[i] for i in candidate.tokens]
    weapon = slots["means"][0] if slots["means"] else weapon_of(kind, words, args, scene.book)
    hints: list[Chars | None] = [_place_words(token, scene) for token in slots["place"]]
    if entry.type not in SPLIT_BY_PLACE:
        hints = hints[:1]
    for hint in hints or [None]:
        yield Draft(
            type=kind,
            trigger=trigger,
            head=head.i,
            sentence=reading.sentence_at(trigger.start),
            by=_mentions(slots["by"], scene),
            on=_mentions(slots["on"], scene),
            status=standing.status,
            made_by=f"rule {entry.name}",
            confidence=_confidence(entry, bool(slots["by"] or slots["on"] or slots["place"])),
            place_hint=hint,
            means=_phrase(weapon) if weapon is not None else None,
            aggregate=_is_aggregate(head),
        )


def _only_modifies(head: Token, book: EventBook) -> bool:
    """ "attack helicopters", "protest leader", "arrest warrant": the noun names a kind of thing, not a happening."""
    if head.dep_ not in NOUN_HEADS or head.pos_ not in {"NOUN", "PROPN"}:
        return False
    carrier = head.head
    evokes = any(len(entry.words) == 1 and entry.pos == "noun" for entry in book.by_first.get(carrier.lemma_.casefold(), ()))
    return not evokes


def _only_judges(doers: Sequence[Token], scene: Scene) -> bool:
    """Experts and analysts are no actors of the conflict: their warning is an opinion."""
    return bool(doers) and all(token.lemma_.casefold() in scene.book.classes["observer"] for token in doers)


def _arguments(head: Token, candidate: Candidate, scene: Scene) -> Arguments:
    own = frozenset(candidate.tokens)
    if candidate.entries[0].pos == "noun":
        return without(carried_arguments(head, noun_arguments(head), scene.book), own)
    args = verb_arguments(head)
    if not args.obj and not args.passive:
        args = replace(args, obj=_place_behind(candidate.tokens[-1], head, scene))
    if len(candidate.tokens) > 1:
        args = _with_phrases_of(args, [head.doc[i] for i in candidate.tokens if head.doc[i].pos_ in {"NOUN", "PROPN"}])
    return without(args, own)


def _place_behind(last: int, verb: Token, scene: Scene) -> tuple[Token, ...]:
    """ "seized Sar-e Pol": a place's name right behind its verb is the object, whatever the parser makes of it."""
    place = scene.place_at.get(last + 1)
    if place is None or place.role != "place":
        return ()
    end = last + 1
    while scene.place_at.get(end + 1) is place:
        end += 1
    return (verb.doc[end],)


def _with_phrases_of(args: Arguments, nouns: Sequence[Token]) -> Arguments:
    """ "fired rockets on the town": the parser may hang the phrase on the noun of the trigger."""
    pp = dict(args.pp)
    for noun in nouns:
        for word, found in prepositions(noun).items():
            pp.setdefault(word, found)
    return replace(args, pp=pp)


def _slots(entry: Entry, args: Arguments, scene: Scene) -> Mapping[Slot, tuple[Token, ...]]:
    found: dict[Slot, list[Token]] = {"by": [], "on": [], "place": [], "means": []}
    frame = entry.frame
    if entry.pos == "noun":
        frame = (("subj", "by"), ("obj", "on"), *frame)  # what a light verb carries
    for role, slot in frame:
        for token in args.role(role):
            actual = _fitting(slot, semantic_head(token, scene.book), entry, scene)
            if actual is not None and token.i not in {t.i for t in found[actual]}:
                found[actual].append(semantic_head(token, scene.book))
            if slot == "on" and actual == "place":
                found["on"].extend(_holders(token, scene))
    if not found["by"]:
        wielded = [maker for token in (*args.subj, *args.pp.get("by", ())) for maker in makers_of(token, scene.book)]
        found["by"] = [maker for maker in wielded if _fitting("by", maker, entry, scene) == "by"]
    if entry.type == "clash" and len(found["by"]) > 1 and not found["on"]:
        found["by"], found["on"] = found["by"][:1], found["by"][1:]  # "fighting between A and B": two sides
    return {slot: tuple(tokens) for slot, tokens in found.items()}


def _fitting(slot: Slot, token: Token, entry: Entry, scene: Scene) -> Slot | None:
    """The slot that the argument really takes: a rocket is a means and no doer, a town that is hit is a place."""
    kinds = classes_of(token, scene)
    if slot == "by":
        if kinds & {"artillery", "explosive", "explosion"} and not kinds & {"armed", "person"}:
            return "means"
        return "by" if kinds & ACTS else None
    if slot == "on":
        if "time" in kinds or "num" in kinds and token.pos_ == "NUM" and token.dep_ == "pobj":
            return None
        if kinds <= THINGS and GROUP_OF[entry.type] in TO_PEOPLE:
            return None
        if "settlement" in kinds and GROUP_OF[entry.type] in ON_THE_SPOT and not kinds & {"armed", "civilian"}:
            return "place"
        return "place" if "place" in kinds and not kinds & {"armed", "civilian", "org", "country", "place_noun"} else "on"
    if slot == "place":
        if kinds & {"armed", "civilian", "person"} and not kinds & {"place", "name"}:
            return "on"
        return "place" if "time" not in kinds else None
    return slot


def _holders(place: Token, scene: Scene) -> Iterator[Token]:
    """Whose place it is: "the rebel town of", "the army-held hills"."""
    for child in place.children:
        for word in (child, *child.children):
            if (
                word.dep_ in NOUN_HEADS | {"npadvmod", "poss"}
                and word.i in scene.mention_at
                and "armed" in classes_of(word, scene)
            ):
                yield word


def _refined(entry: Entry, head: Token, args: Arguments, scene: Scene) -> EventType:
    """An attack of unstated kind is what its means say: by aircraft, by artillery, by a bomb."""
    if entry.type not in GENERIC:
        return entry.type
    involved = (
        *args.subj,
        *args.comp,
        *args.pp.get("by", ()),
        *args.pp.get("in", ()),
        *args.pp.get("with", ()),
        *args.pp.get("from", ()),
    )
    for token in involved:
        kinds = classes_of(token, scene)
        for name, kind in MEANS_TYPES.items():
            lexical = token.lemma_.casefold() in scene.book.classes[name]
            if name in kinds and (lexical or not ("armed" in kinds and name == "artillery")):
                return kind
    return entry.type


def _mentions(tokens: Sequence[Token], scene: Scene) -> tuple[Mention, ...]:
    found = {each.i: each for token in tokens for each in _by_name(token, scene)}
    return tuple(scene.mention_at[i] for i in found if i in scene.mention_at)


def _by_name(token: Token, scene: Scene) -> tuple[Token, ...]:
    """ "a suspected recruiter, Karen Hamidon": who is described and then named goes by the names."""
    if token.pos_ != "NOUN":
        return (token,)
    entity = scene.entity_at(token)
    names = [child for child in token.children if child.dep_ == "appos" and child.pos_ == "PROPN" and child.i in scene.mention_at]
    if entity is None or entity.id or not names:
        return (token,)
    people = [name for name in conjuncts(names) if (named := scene.entity_at(name)) and (named.is_person or named.id)]
    return tuple(people) or (token,)


def _chars(doc: Doc, tokens: tuple[int, ...]) -> Chars:
    return Chars(doc[tokens[0]].idx, doc[tokens[-1]].idx + len(doc[tokens[-1]]))


def _place_words(token: Token, scene: Scene) -> Chars:
    """The words of a place; of a pronoun those of the place that it means."""
    return scene.place_at[token.i].chars if token.pos_ == "PRON" and token.i in scene.place_at else _phrase(token)


def _phrase(token: Token) -> Chars:
    """The noun with what stands before it and the name behind "of" ("the province of Kunduz"), without clauses behind it."""
    left = token.left_edge
    while left.i < token.i and (left.pos_ in {"DET", "PUNCT", "ADP", "SPACE", "CCONJ"}):
        left = left.nbor()
    last = next((name for name in prepositions(token).get("of", ()) if name.pos_ == "PROPN" and name.i - token.i <= 4), token)
    return Chars(left.idx, last.idx + len(last))


def _confidence(entry: Entry, has_arguments: bool) -> float:
    base = 0.55 + 0.1 * min(len(entry.words) - 1, 2) + 0.05 * min(len(entry.needs), 2)
    return round(min(0.95, base + (0.15 if has_arguments else 0.0)), 2)


def _is_aggregate(head: Token) -> bool:
    """A plural or counted happening ("several attacks", "a wave of bombings") sums up more than one; so does what was done
    "during separate operations"."""
    if head.pos_ == "VERB":
        return any(_is_several(noun) for noun in _occasions(head))
    return head.pos_ in {"NOUN", "PROPN"} and head.tag_ in {"NNS", "NNPS"} and _is_counted(head, COUNTING)


def _occasions(verb: Token) -> Iterator[Token]:
    joined = (child for child in verb.rights if child.dep_ == "conj" and child.pos_ == "VERB")  # "killed and wounded during"
    for each in (verb, *joined):
        for preposition in each.rights:
            if preposition.dep_ == "prep" and preposition.lower_ in {"in", "during"}:
                yield from (noun for noun in preposition.rights if noun.dep_ == "pobj" and noun.tag_ == "NNS")


def _is_several(noun: Token) -> bool:
    """ "Two raids", "Farby and Kesh provinces"."""
    if noun.lemma_.casefold() in REGIONS:
        return any(
            child.dep_ in {"nmod", "compound"} and any(name.dep_ == "conj" for name in child.rights) for child in noun.lefts
        )
    return noun.lemma_.casefold() in OCCASIONS and _is_counted(noun, SEPARATE)


def _is_counted(noun: Token, words: frozenset[str]) -> bool:
    children = [child for child in noun.children if child.dep_ in {"amod", "nummod", "det"}]
    return any(child.lemma_.casefold() in words for child in children)
