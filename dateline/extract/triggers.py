"""Find the words that may tell an event: the codebook's entries, matched by lemma, the longest first, one entry a token."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.codebook.events import Entry, EventBook

GAP = 3  # words that may stand inside a verb phrase: "took full control of"
BREAKS = frozenset('.,;:!?"“”()')
NOUNS = frozenset({"NOUN", "PROPN"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
NO_TRIGGER = frozenset({"DATE", "TIME", "PERCENT", "MONEY"})
NAMES = frozenset({"ORG", "PERSON", "FAC", "WORK_OF_ART", "PRODUCT", "LAW"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Entries that match at one place, most specific first. `head` is the token whose arguments count."""

    entries: tuple[Entry, ...]
    tokens: tuple[int, ...]
    head: int


def find_candidates(doc: Doc, book: EventBook) -> Iterator[Candidate]:
    """Candidates from left to right; several at one token when entries of different length match."""
    forms = [(token.lower_, token.lemma_.casefold()) for token in doc]
    said = {form for both in forms for form in both}
    for number, (lower, lemma) in enumerate(forms):
        options = _options(doc, number, lower, lemma, book)
        if not options:
            continue
        by_tokens: dict[tuple[int, ...], list[Entry]] = {}
        for entry in options:
            if not said.issuperset(entry.words[1:]):  # most entries of several words fall here, at no cost
                continue
            tokens = _match(doc[number], entry)
            if tokens:
                by_tokens.setdefault(tokens, []).append(entry)
        for tokens in sorted(by_tokens, key=len, reverse=True):
            entries = by_tokens[tokens]
            yield Candidate(tuple(entries), tokens, _head(doc, tokens, entries[0]))


def _options(doc: Doc, number: int, lower: str, lemma: str, book: EventBook) -> tuple[Entry, ...]:
    found = book.by_first.get(lemma, ())
    if lower != lemma:
        found += book.by_first.get(lower, ())
    return found if found and _may_tell(doc[number]) else ()


def _may_tell(token: Token) -> bool:
    """No name or number tells what happened, "Operation Storm" as little as "the Clash"."""
    if token.ent_type_ in NO_TRIGGER:
        return False
    return not (token.pos_ == "PROPN" and token.ent_type_ in NAMES and not _all_capitalised(token))


def _all_capitalised(token: Token) -> bool:
    """A headline's words are all capitalised: there a capital does not make a name."""
    words = [t for t in token.sent if t.is_alpha and len(t) > 4]
    return len(words) > 2 and sum(t.is_title for t in words) > 0.8 * len(words)


def _spells(token: Token, word: str) -> bool:
    """The word as it stands, or its lemma; a participle used as a noun is no noun of its verb ("according" is no accord)."""
    return token.lower_ == word or token.lemma_.casefold() == word


def _match(first: Token, entry: Entry) -> tuple[int, ...]:
    """Token numbers that spell the entry from `first` on, or nothing."""
    gap = GAP if entry.pos in {"verb", "toll"} else 0
    if not _right_pos(first, entry, is_last=len(entry.words) == 1):
        return ()
    doc, found, at = first.doc, [first.i], first.i + 1
    for number, word in enumerate(entry.words[1:], start=2):
        hit = _next(doc, at, word, 0 if word == "-" or entry.words[number - 2] == "-" else gap)
        if hit is None or not _right_pos(doc[hit], entry, is_last=number == len(entry.words)):
            return ()
        found.append(hit)
        at = hit + 1
    return tuple(found)


def _next(doc: Doc, at: int, word: str, gap: int) -> int | None:
    for i in range(at, min(at + gap + 1, len(doc))):
        token = doc[i]
        if _spells(token, word):
            return i
        if token.lower_ in BREAKS or token.is_space or token.pos_ in {"VERB", "SCONJ"}:
            return None
    return None


def _right_pos(token: Token, entry: Entry, is_last: bool) -> bool:
    if entry.pos == "noun":
        gerund = (
            token.tag_ == "VBG"
            and token.lower_ == entry.words[-1]
            and token.dep_ in {"pobj", "dobj", "nsubj", "nsubjpass", "conj"}
        )
        mistagged = token.pos_ == "ADJ" and token.dep_ in ARGUMENTS  # "the counteroffensive stalled"
        return not is_last or token.pos_ in NOUNS or gerund or mistagged
    if entry.pos == "adj":
        return token.pos_ == "ADJ" or (token.pos_ == "VERB" and token.dep_ == "amod")
    if token.i and not is_last or len(entry.words) > 1:
        return True if token.lemma_ != entry.words[0] else token.pos_ in {"VERB", "AUX", "NOUN", "ADJ"}
    return token.pos_ == "VERB" and not (token.dep_ == "amod" and token.tag_ == "VBG")


def _head(doc: Doc, tokens: tuple[int, ...], entry: Entry) -> int:
    if entry.pos != "noun":
        return next((i for i in tokens if doc[i].pos_ in {"VERB", "AUX"}), tokens[0])
    last = tokens[-1]
    for i in tokens:  # "exchange of fire": the noun before "of"
        if doc[i].pos_ in NOUNS and i + 1 in tokens and doc[i + 1].lower_ in {"of", "from", "on", "for", "in"}:
            return i
    return last
