"""The page of a report as the actor stages read it: the parse as plain lists, the words, the known names, the places.

Lists because asking spaCy's tokens one by one costs ten times as much as all the rest.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from spacy.strings import get_string_id

from dateline.codebook.actors import ActorBook
from dateline.codebook.actors_fold import fold
from dateline.model.reading import Chars, PlaceMention, Reading
from dateline.resolve.actors_names import Named, Names

DEPS = {
    get_string_id(dep): dep
    for dep in (
        "nsubj", "nsubjpass", "dobj", "pobj", "agent", "prep", "appos", "poss", "conj", "compound", "amod", "nmod", "nummod",
        "det", "relcl", "attr", "ROOT", "ccomp", "xcomp", "advcl", "acl", "dative", "punct", "case", "cc", "pcomp", "oprd",
    )
}  # fmt: skip
PLURAL_TAGS = frozenset(get_string_id(tag) for tag in ("NNS", "NNPS"))
POSITIONS = {get_string_id(pos): pos for pos in ("NOUN", "PROPN", "PRON", "VERB", "AUX", "ADJ", "NUM", "DET")}
QUOTE = re.compile(r'[“”"]')
TAKEN_AS_ENTS = ("PERSON", "ORG", "NORP", "GPE", "LOC", "FAC")


@dataclass(frozen=True, slots=True)
class Page:
    text: str
    book: ActorBook
    names: Names
    tokens: list[str]
    starts: list[int]  # character where each token starts
    pos: list[str]
    dep: list[str]
    head: list[int]
    plural: list[bool]
    lefts: list[list[int]]
    rights: list[list[int]]
    ents: dict[int, tuple[str, int, int]]  # token → label and characters of the entity that holds it
    folds: list[str]  # of names.words
    word_starts: list[int]
    name_starts: list[int]
    places: Sequence[PlaceMention]  # in order
    place_starts: list[int]
    sentence_starts: list[int]
    quotes: list[int]  # characters at which quotation opens and closes in turn

    def words(self, chars: Chars) -> tuple[str, ...]:
        """Folded words that start inside the stretch."""
        first = bisect_left(self.word_starts, chars.start)
        return tuple(self.folds[first : bisect_left(self.word_starts, chars.end, first)])

    def fold(self, token: int) -> str:
        return fold(self.tokens[token])

    def named_in(self, chars: Chars) -> Sequence[Named]:
        """Known names that overlap the stretch, in order."""
        first = max(bisect_left(self.name_starts, chars.start) - 1, 0)
        last = bisect_left(self.name_starts, chars.end)
        found = self.names.found[first:last]
        return found[1:] if found and found[0].end <= chars.start else found

    def acronym_before(self, char: int) -> Named | None:
        """A known acronym right before a stretch, which the tagger took for a verb ("IS fighters")."""
        at = bisect_left(self.name_starts, char) - 1
        if at < 0:
            return None
        named = self.names.found[at]
        return named if named.actor and named.acronym and self.text[named.end : char] == " " else None

    def named_at(self, token: int) -> Named | None:
        at = bisect_right(self.name_starts, self.starts[token]) - 1
        if at >= 0 and self.starts[token] < self.names.found[at].end:
            return self.names.found[at]
        return None

    def place_at(self, token: int) -> PlaceMention | None:
        at = bisect_right(self.place_starts, self.starts[token]) - 1
        if at >= 0 and self.starts[token] < self.places[at].chars.end:
            return self.places[at]
        return None

    def quoted(self, token: int) -> bool:
        return bisect_right(self.quotes, self.starts[token]) % 2 == 1

    def sentence(self, char: int) -> int:
        return max(bisect_right(self.sentence_starts, char) - 1, 0)


def _quotes(text: str, sentence_starts: Sequence[int]) -> list[int]:
    """Where quotation opens and closes in turn. What is not closed before the next opening ends with its sentence."""
    turns: list[int] = []
    opened: int | None = None
    for match in QUOTE.finditer(text):
        at = match.start()
        opens = match.group() == "“" or (
            match.group() == '"' and text[at + 1 : at + 2].strip() != "" and text[at - 1 : at].strip() == ""
        )
        if opens and opened is not None:
            turns += [opened, min(_sentence_end(sentence_starts, opened), at)]
        elif not opens and opened is not None:
            turns += [opened, at]
        opened = at if opens else None
    return turns if opened is None else [*turns, opened, _sentence_end(sentence_starts, opened)]


def _sentence_end(sentence_starts: Sequence[int], char: int) -> int:
    after = bisect_right(sentence_starts, char)
    return sentence_starts[after] if after < len(sentence_starts) else sys.maxsize


def page_of(reading: Reading, names: Names, places: Sequence[PlaceMention], book: ActorBook) -> Page:
    doc, text = reading.doc, reading.report.text
    rows = doc.to_array(["POS", "DEP", "HEAD", "TAG", "LENGTH", "SPACY"])
    lengths = rows[:, 4].tolist()
    starts = list(accumulate((n + space for n, space in zip(lengths, rows[:, 5].tolist(), strict=True)), initial=0))[:-1]
    heads = [i + step for i, step in enumerate(rows[:, 2].astype("int64").tolist())]
    lefts: list[list[int]] = [[] for _ in heads]
    rights: list[list[int]] = [[] for _ in heads]
    for child, head in enumerate(heads):
        if child != head:
            (lefts if child < head else rights)[head].append(child)
    ents = {}
    for ent in doc.ents:
        if ent.label_ in TAKEN_AS_ENTS:
            ents.update(dict.fromkeys(range(ent.start, ent.end), (ent.label_, ent.start_char, ent.end_char)))
    ordered = sorted(places, key=lambda place: place.chars.start)
    return Page(
        text=text,
        book=book,
        names=names,
        tokens=[text[start : start + length] for start, length in zip(starts, lengths, strict=True)],
        starts=starts,
        pos=[POSITIONS.get(pos, "") for pos in rows[:, 0].tolist()],
        dep=[DEPS.get(dep, "") for dep in rows[:, 1].tolist()],
        head=heads,
        plural=[tag in PLURAL_TAGS for tag in rows[:, 3].tolist()],
        lefts=lefts,
        rights=rights,
        ents=ents,
        folds=[word.fold for word in names.words],
        word_starts=[word.start for word in names.words],
        name_starts=[named.start for named in names.found],
        places=ordered,
        place_starts=[place.chars.start for place in ordered],
        sentence_starts=[sentence.start for sentence in reading.sentences],
        quotes=_quotes(text, [sentence.start for sentence in reading.sentences]),
    )
