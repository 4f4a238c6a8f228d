"""A report laid out for reading its quotations: sentences as token ranges, quoted stretches, every cue word; one walk."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.attrs import LEMMA, LOWER
from spacy.tokens import Doc, Token

from dateline.annotate.quotes_marks import Quoted, find_quoted
from dateline.codebook.cues import Cue, Cues, Phrase, Sense
from dateline.model.reading import Chars, Reading

# Below this many words a quoted stretch is a turn of phrase inside somebody's sentence, unless it is a sentence itself.
STATEMENT_WORDS = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found: `first` to `last` are its tokens, inclusive; `sentence` its number in the reading."""

    first: int
    last: int
    sentence: int
    cue: Cue | Phrase
    is_noun: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """The words that name a speaker: tokens `first` to before `end`; `head` is the noun.

    `stands_for` is the antecedent of a relative pronoun.
    """

    first: int
    end: int
    head: int
    stands_for: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A quotation whose speaker is still words at a place. `via` passed it on."""

    hit: Hit
    sense: Sense
    content: tuple[Chars, ...]
    speaker: Party | None
    negated: bool = False
    via: Party | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """`bounds` are the token ranges of the reading's sentences (end exclusive), empty ranges included."""

    reading: Reading
    cues: Cues
    quoted: tuple[Quoted, ...]
    bounds: tuple[tuple[int, int], ...]
    hits: tuple[Hit, ...]

    @property
    def doc(self) -> Doc:
        return self.reading.doc

    @property
    def text(self) -> str:
        return self.reading.report.text  # the Doc would put its text together anew at each call

    def hits_of(self, sentence: int) -> tuple[Hit, ...]:
        first = bisect_left(self.hits, sentence, key=lambda hit: hit.sentence)
        end = bisect_right(self.hits, sentence, key=lambda hit: hit.sentence)
        return self.hits[first:end]

    def quoted_at(self, offset: int) -> Quoted | None:
        """The stretch that holds the character."""
        place = bisect_right(self.quoted, offset, key=lambda q: q.start) - 1
        if place >= 0 and offset < self.quoted[place].end:
            return self.quoted[place]
        return None

    def quoted_before(self, offset: int) -> Quoted | None:
        """The last stretch that ends at the character or before it."""
        place = bisect_right(self.quoted, offset, key=lambda q: q.end) - 1
        return self.quoted[place] if place >= 0 else None

    def quoted_after(self, offset: int) -> Quoted | None:
        """The first stretch that starts at the character or after it."""
        place = bisect_right(self.quoted, offset - 1, key=lambda q: q.start)
        return self.quoted[place] if place < len(self.quoted) else None

    def chars(self, first: int, end: int) -> Chars:
        """Characters of the tokens from `first` to before `end`."""
        last = self.doc[end - 1]
        return Chars(self.doc[first].idx, last.idx + len(last))


def lay_out(reading: Reading, cues: Cues) -> Page:
    bounds = tuple(_token_bounds(reading))
    hits = tuple(_hits(reading.doc, bounds, cues))
    return Page(reading, cues, find_quoted(reading.report.text, reading.sentences), bounds, hits)


def _token_bounds(reading: Reading) -> Iterator[tuple[int, int]]:
    starts = [token.idx for token in reading.doc]
    for sentence in reading.sentences:
        first = bisect_right(starts, sentence.start) - 1
        yield first, bisect_right(starts, sentence.end - 1)


def _hits(doc: Doc, bounds: Sequence[tuple[int, int]], cues: Cues) -> Iterator[Hit]:
    verbs, nouns, adjectives, phrases = cues.verbs, cues.nouns, cues.adjectives, cues.phrases
    maybe = _maybe_cues(doc, cues)
    for number, (first, end) in enumerate(bounds):
        for at in maybe[bisect_left(maybe, first) : bisect_left(maybe, end)]:
            token = doc[at]
            lemma = token.lemma_.lower()
            if lemma in verbs and _verbal(token):
                yield from _with_particle(token, number, verbs[lemma])
            elif lemma in nouns and token.tag_[:2] == "NN":
                yield from _with_particle(token, number, nouns[lemma], is_noun=True)
            elif lemma in adjectives and token.dep_ in ("acomp", "oprd", "conj", "ROOT"):
                yield from _with_particle(token, number, adjectives[lemma])
            elif token.lower_ in phrases:
                for phrase in phrases[token.lower_]:
                    if tuple(doc[i].lower_ for i in range(at, min(at + len(phrase.words), end))) == phrase.words:
                        yield Hit(at, at + len(phrase.words) - 1, number, phrase)
                        break


def _maybe_cues(doc: Doc, cues: Cues) -> list[int]:
    """Tokens whose lemma is a cue's, or that may begin a phrase, found by number: most tokens are neither."""
    lemma_of: list[int] = doc.to_array([LEMMA]).ravel().astype("uint64").tolist()
    lower_of: list[int] = doc.to_array([LOWER]).ravel().astype("uint64").tolist()
    strings = doc.vocab.strings
    lemmas = {lemma for lemma in set(lemma_of) if _is_cue(strings[lemma].lower(), cues)}
    lowers = {strings[word] for word in cues.phrases}
    return [at for at, (lemma, lower) in enumerate(zip(lemma_of, lower_of, strict=True)) if lemma in lemmas or lower in lowers]


def _is_cue(lemma: str, cues: Cues) -> bool:
    return lemma in cues.verbs or lemma in cues.nouns or lemma in cues.adjectives


def _verbal(token: Token) -> bool:
    """Verbs, and `says` wherever the tagger lost it in the capitals of a headline; no adjectives ("the alleged plot")."""
    if token.lower_ in ("says", "said"):
        return token.dep_ != "amod"
    if token.tag_ == "VBN" and token.dep_ == "acl" and token.lemma_ in ("call", "dub", "label", "brand"):
        return any(child.dep_ == "dobj" for child in token.rights)  # "a town called Sul": a name, not a word about it
    if token.tag_ == "NN" and token.dep_ == "ROOT" and token.lower_ == token.lemma_:
        return any(child.dep_ == "nsubj" for child in token.lefts)  # a verb that the tagger took for a noun: "activists allege"
    return token.tag_[:2] == "VB" and token.dep_ not in ("amod", "compound", "aux", "auxpass")


def _with_particle(token: Token, sentence: int, found: Sequence[Cue], is_noun: bool = False) -> Iterator[Hit]:
    """The cue with its particle if the text has it ("pointed out", "went on"), else the bare one, else nothing."""
    doc = token.doc
    for cue in found:
        if cue.particle is None:
            yield Hit(token.i, token.i, sentence, cue, is_noun)
            return
        for at in range(token.i + 1, min(token.i + 4, len(doc))):
            if doc[at].lower_ == cue.particle and doc[at].head.i == token.i:
                yield Hit(token.i, at, sentence, cue)
                return
