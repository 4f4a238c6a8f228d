"""Where the names of places stand in a report: what the tagger marked, and what the gazetteer knows and the words around allow.

The tagger alone misses a quarter of the names (it calls them persons and organisations); the gazetteer alone would find
a place in every second word. So a name needs two witnesses of three: the tagger, the gazetteer, the words around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from dateline.codebook.places import PlaceWords
from dateline.model.reading import Chars, Reading
from dateline.resolve.folding import normal
from dateline.resolve.gazetteer import Candidate, Gazetteer

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
LONGEST = 6  # words of a name


@dataclass(frozen=True, slots=True)
class Found:
    """A name in the text: `first` and `last` are tokens (inclusive), `name` what to ask the gazetteer, `label` the tagger's."""

    first: int
    last: int
    name: str
    label: str
    candidates: tuple[Candidate, ...]
    before: str = ""  # a direction or part before the name: "northern"
    kind_word: str = ""  # province, district, region, town or country, said beside the name

    @property
    def key(self) -> str:
        return normal(self.name)


def find_names(reading: Reading, gazetteer: Gazetteer) -> tuple[Found, ...]:
    """Names in the order of the text, none inside another."""
    doc, words = reading.doc, gazetteer.words
    marked = list(_marked(doc, gazetteer))
    taken = {i for found in marked for i in range(found.first, found.last + 1)}
    trusted = {found.key for found in marked if found.candidates and found.label in PLACE_LABELS}
    unmarked = [found for found in _unmarked(doc, gazetteer, words, trusted, taken)]
    both = sorted([*marked, *unmarked], key=lambda found: found.first)
    return tuple(with_kind_word(found, doc, words) for found in both)


LIST_WORDS = frozenset({",", "and", "or", "&"})
ROW = 9  # tokens to either side in which a row of names is looked for

# What the tagger marked


def _marked(doc: Doc, gazetteer: Gazetteer) -> Iterator[Found]:
    words = gazetteer.words
    for ent in doc.ents:
        if ent.label_ in PLACE_LABELS or ent.label_ == "NORP":
            yield from _from_entity(ent, gazetteer, words)


def _from_entity(ent: Span, gazetteer: Gazetteer, words: PlaceWords) -> Iterator[Found]:
    first, last = _trim(ent, words)
    if first > last:
        return
    doc = ent.doc
    before = doc[first - 1].lower_ if first > ent.start and doc[first - 1].lower_ in words.before else ""
    label = ent.label_
    wide = _hyphenated(doc, first, last)
    if wide != (first, last) and (candidates := _ask(gazetteer, text_of(doc, *wide), label, words)):
        yield Found(*wide, text_of(doc, *wide), label, candidates, before)
        return
    name = text_of(doc, first, last)
    candidates = _ask(gazetteer, name, label, words)
    if candidates:
        yield Found(first, last, name, label, candidates, before)
        return
    inner = _known_part(doc, first, last, gazetteer, words)
    if inner and label != "NORP":
        yield Found(inner[0], inner[1], inner[2], label, inner[3], before)
    elif label in PLACE_LABELS and any(t.text[:1].isupper() for t in doc[first : last + 1]):
        yield Found(first, last, name, label, (), before)


def _hyphenated(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """The whole hyphenated word of which the tagger marked a part: "Mazar" of "Mazar-i-Sharif"."""
    while first >= 2 and doc[first - 1].text == "-" and not doc[first - 1].whitespace_ and not doc[first - 2].whitespace_:
        first -= 2
    while last + 2 < len(doc) and doc[last + 1].text == "-" and not doc[last].whitespace_ and not doc[last + 1].whitespace_:
        last += 2
    return first, last


def _ask(gazetteer: Gazetteer, name: str, label: str, words: PlaceWords) -> tuple[Candidate, ...]:
    key = normal(name)
    if len(key) <= 3 and not name[:2].isupper() and "." not in name:
        return ()
    candidates = gazetteer.lookup(name)
    if label == "NORP":
        return tuple(c for c in candidates if c.match == "demonym")
    return candidates


def _trim(ent: Span, words: PlaceWords) -> tuple[int, int]:
    """The entity without articles, directions and possessives at its edges; "West Bank" keeps its West (the gazetteer decides)."""
    first, last = ent.start, ent.end - 1
    while last >= first and (
        ent.doc[last].lower_ in ("'s", "’s", "'", "’") or ent.doc[last].is_punct and ent.doc[last].text != "."
    ):
        last -= 1
    while first < last and (ent.doc[first].is_punct or ent.doc[first].lower_ in ("the", "a", "an")):
        first += 1
    return first, last


def _known_part(
    doc: Doc, first: int, last: int, gazetteer: Gazetteer, words: PlaceWords
) -> tuple[int, int, str, tuple[Candidate, ...]] | None:
    """The longest part of an unknown entity that the gazetteer knows: "Andar" of "Andar District", "Syria" of "northern Syria"."""
    for length in range(last - first, 0, -1):
        for start in range(first, last - length + 2):
            end = start + length - 1
            outside = [*doc[first:start], *doc[end + 1 : last + 1]]
            if not all(
                t.lower_ in words.before or t.lower_ in words.kinds or t.is_punct or t.lower_ in ("of", "'s") for t in outside
            ):
                continue
            name = text_of(doc, start, end)
            if name[:1].isupper() and (candidates := gazetteer.lookup(name)):
                return start, end, name, candidates
    return None


# What only the gazetteer knows


def _unmarked(doc: Doc, gazetteer: Gazetteer, words: PlaceWords, trusted: set[str], taken: set[int]) -> Iterator[Found]:
    i = 0
    while i < len(doc):
        token = doc[i]
        if i in taken or not token.text[:1].isupper():
            i += 1
            continue
        found = _longest_at(doc, i, gazetteer, taken)
        if found and _allowed(found, doc, words, trusted):
            yield found
            i = found.last + 1
        else:
            i = found.last + 1 if found and found.last > i else i + 1


def _longest_at(doc: Doc, i: int, gazetteer: Gazetteer, taken: set[int]) -> Found | None:
    end = i
    while end + 1 < len(doc) and end + 1 - i < LONGEST and end + 1 not in taken and not doc[end].whitespace_.count("\n"):
        follower = doc[end + 1]
        if follower.is_space or follower.text in ",.;:()" or follower.is_quote:
            break
        end += 1
    for last in range(end, i - 1, -1):
        if doc[last].is_punct or not (doc[last].text[:1].isupper() or doc[last].is_digit):
            continue
        name = text_of(doc, i, last)
        if gazetteer.knows(name):
            return Found(i, last, name, doc[i].ent_type_, gazetteer.lookup(name))
    alone = Found(i, i, doc[i].text, doc[i].ent_type_, ())
    if doc[i].pos_ == "PROPN" and _listed_with_a_place(alone, doc):
        return Found(i, i, alone.name, alone.label, gazetteer.lookup(alone.name))  # spelled otherwise: found by its fold
    return None


def _allowed(found: Found, doc: Doc, words: PlaceWords, trusted: set[str]) -> bool:
    """Two witnesses: the gazetteer knows it, and the words around it (or the rest of the report) speak for a place."""
    key, name = found.key, found.name
    if key in words.usually_not or (len(key) <= 3 and not name.isupper()):
        return False
    kinds = {c.place.kind for c in found.candidates}
    if any(c.match == "demonym" for c in found.candidates):
        return True
    before = doc[found.first - 1] if found.first else None
    after = doc[found.last + 1] if found.last + 1 < len(doc) else None
    if before is not None and (before.lower_ in words.titles or _is_name_part(before)):
        return False
    if after is not None and _is_name_part(after) and after.lower_ not in words.kinds:
        return False
    if kinds & {"country", "continent"} or key in trusted:
        return True
    if _listed_with_a_place(found, doc):
        return True
    if found.label in ("PERSON", "DATE", "TIME", "MONEY", "CARDINAL", "LANGUAGE", "LAW", "WORK_OF_ART", "EVENT"):
        return False
    locative = before is not None and before.lower_ in words.locative
    beside = after is not None and after.lower_ in words.kinds
    return locative or beside


def _listed_with_a_place(found: Found, doc: Doc) -> bool:
    """ "Kunduz, Sar-i-Pul, and Taloqan": a name in one row with names that the tagger took for places."""
    names, at = 0, found.first - 1
    while at > 0 and (doc[at].text in LIST_WORDS or _is_name_part(doc[at]) or doc[at].text == "-") and found.first - at < ROW:
        names += doc[at].ent_type_ in PLACE_LABELS and doc[at + 1].text in LIST_WORDS
        at -= 1
    at = found.last + 1
    comma = at < len(doc) and doc[at].text in LIST_WORDS
    while comma and at < len(doc) and (doc[at].text in LIST_WORDS or _is_name_part(doc[at])) and at - found.last < ROW:
        names += doc[at].ent_type_ in PLACE_LABELS and doc[at - 1].text in LIST_WORDS
        at += 1
    return names > 0 and (comma or doc[found.first - 1].text in LIST_WORDS)


def _is_name_part(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.text[:1].isupper() and not token.is_punct


def with_kind_word(found: Found, doc: Doc, words: PlaceWords) -> Found:
    """Note the word that says what the place is: after it ("Idlib governorate"), or before ("the city of Homs", "Kunduz and Sar-i-Pul provinces")."""
    kind = ""
    after = doc[found.last + 1] if found.last + 1 < len(doc) else None
    before = doc[found.first - 1] if found.first else None
    if after is not None and after.lower_ in words.kinds:
        kind = words.kinds[after.lower_]
    elif before is not None and before.lower_ == "of" and found.first >= 2 and doc[found.first - 2].lower_ in words.kinds:
        kind = words.kinds[doc[found.first - 2].lower_]
    elif before is not None and before.lower_ in words.kinds:
        kind = words.kinds[before.lower_]
    part = found.before
    if not part and before is not None and before.lower_ in words.before and before.lower_ != "the":
        part = before.lower_
    if kind == found.kind_word and part == found.before:
        return found
    return Found(found.first, found.last, found.name, found.label, found.candidates, part, kind)


def text_of(doc: Doc, first: int, last: int) -> str:
    return doc[first : last + 1].text  # doc.text would join every token of the report anew


def chars_of(doc: Doc, found: Found) -> Chars:
    return Chars(doc[found.first].idx, doc[found.last].idx + len(doc[found.last]))
