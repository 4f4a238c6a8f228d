"""Counts that lean on another: parts ("including two children", "five of them"), lists, and running tolls ("to 85").

A part takes the measure of the count before it and is marked as a part, so that nobody adds it twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from dateline.annotate.quantities_numbers import text_of
from dateline.annotate.quantities_verbs import Sense
from dateline.codebook.quantities import QuantityBook
from dateline.model.event import FigurePart, Measure
from dateline.model.reading import Quantity

SHARED: tuple[Measure, ...] = (
    "killed", "injured", "displaced", "captured", "abducted", "arrested", "detained", "missing", "surrendered", "trapped",
)  # fmt: skip
NEAR = 60  # characters between a count and what it leans on


RISEN = re.compile(
    r"\b(?:rose|risen|rising|rises|climbed|climbing|grew|grown|increased|jumped|went up) to (?:at least |about )?$", re.I
)


@dataclass(frozen=True, slots=True)
class Cues:
    part_before: re.Pattern[str]
    part_after: re.Pattern[str]
    listed: re.Pattern[str]
    added: re.Pattern[str]
    toll: re.Pattern[str]
    period: re.Pattern[str]


@lru_cache(maxsize=4)
def _cues(book: QuantityBook) -> Cues:
    toll = "|".join(sorted((re.escape(word) for word in book.toll), key=len, reverse=True))
    dead = "|".join(sorted((re.escape(word) for word in (*book.adjectives, *book.persons)), key=len, reverse=True))
    return Cues(
        part_before=re.compile(rf"(?:{'|'.join(book.part_before)})(?: \w+)?[\s,:]*$", re.I),
        part_after=re.compile(rf"\s*(?:\w+\s)?(?:{'|'.join(book.part_after)})\b", re.I),
        listed=re.compile(r"^[\s,;]*(?:(?:and|plus|as well as|along with|and also|&)\s+)?(?:\w+ed\s)?$", re.I),
        added=re.compile(rf"(?:{'|'.join(book.added)})\s*$", re.I),
        toll=re.compile(rf"\b(?P<toll>{toll})\b|\bnumber of (?:\w+ ){{0,3}}(?P<dead>{dead}|deaths?|killed|casualties)\b", re.I),
        period=re.compile(rf"\b(?:{'|'.join(book.period)})", re.I),
    )


def lean(doc: Doc, quantities: Sequence[Quantity], book: QuantityBook) -> list[Quantity]:
    """Each count in order, those that lean on an earlier one completed from it."""
    cues, out = _cues(book), list[Quantity]()
    for quantity in quantities:
        earlier = _earlier(doc, out, quantity)
        known = _toll(doc, quantity, cues, book) or _part(doc, quantity, earlier, cues, book) or quantity
        out.append(_over_time(doc, known, cues, book))
    return _without_the_dead(doc, out, book)


def _without_the_dead(doc: Doc, told: list[Quantity], book: QuantityBook) -> list[Quantity]:
    """Somebody who "was shot", in a report that tells of one person killed, is that person, not one more who was hurt."""
    if not any(q.measure == "killed" and q.real and q.low == q.high == 1 for q in told):
        return told
    return [replace(q, measure=None, governor=None) if _may_be_dead(doc, q, book) else q for q in told]


def _may_be_dead(doc: Doc, quantity: Quantity, book: QuantityBook) -> bool:
    if quantity.measure != "injured" or not quantity.unnumbered or quantity.low != 1 or quantity.governor is None:
        return False
    head = doc[quantity.head]
    if head.lower_ in book.others or any(child.lower_ in book.others for child in head.lefts):
        return False
    return doc[quantity.governor].lemma_.lower() in book.open_harm


def _over_time(doc: Doc, quantity: Quantity, cues: Cues, book: QuantityBook) -> Quantity:
    """Mark what was counted over a war or a span of time, and who are a crowd."""
    if quantity.measure is None:
        head = doc[quantity.head]
        if head.lemma_.lower() in book.harmed and not quantity.unnumbered:
            return replace(quantity, harmed=True)
        crowd = head.lemma_.lower() in book.crowd or head.pos_ in ("NUM", "VERB")
        return replace(quantity, crowd=crowd) if crowd and not quantity.unnumbered else quantity
    if (quantity.unnumbered and quantity.low == 1) or quantity.measure not in (*SHARED, "other"):
        return quantity
    sentence = doc[quantity.head].sent
    over = cues.period.search(text_of(doc), sentence.start_char, sentence.end_char)
    return replace(quantity, period=True) if over else quantity


def _earlier(doc: Doc, told: Sequence[Quantity], quantity: Quantity) -> Quantity | None:
    """The nearest count before it of something that befell people, not more than a sentence back."""
    for old in reversed(told):
        if old.measure is None:
            continue
        gap = text_of(doc)[old.chars.end : quantity.chars.start]
        return old if len(gap) < 4 * NEAR and old.measure in SHARED and old.low != 0 else None
    return None


def _toll(doc: Doc, quantity: Quantity, cues: Cues, book: QuantityBook) -> Quantity | None:
    """ "the death toll rose to 85": the number after a toll in the same sentence, or "to 85 the number of dead"."""
    if quantity.measure in SHARED and quantity.governor != quantity.head:
        return None
    sentence = doc[quantity.head].sent
    before = text_of(doc)[max(sentence.start_char, quantity.chars.start - 2 * NEAR) : quantity.chars.start]
    found = next(reversed(list(cues.toll.finditer(before))), None)
    if found is None:
        after = text_of(doc)[quantity.chars.end : min(sentence.end_char, quantity.chars.end + NEAR)]
        found = cues.toll.match(after.lstrip(" the")) if before.rstrip().endswith(" to") else None
    elif (re.search(r"\d|[;:]", before[found.end() :]) and not RISEN.search(before)) or not _reaches(before[found.end() :], book):
        found = None
    if found is None:
        return None
    word = (found.group("toll") or found.group("dead") or "").lower()
    measure = book.toll.get(word) or book.adjectives.get(word) or book.persons.get(word) or "killed"
    return replace(quantity, measure=measure, part="cumulative", governor=_token(doc, sentence, quantity, word))


def _token(doc: Doc, sentence: Span, quantity: Quantity, word: str) -> int:
    """The toll's own token, for the event that the toll hangs on."""
    wanted = word.split()[-1]
    near = [token.i for token in sentence if token.lower_ == wanted]
    return min(near, key=lambda i: abs(i - quantity.head), default=quantity.head)


def _reaches(between: str, book: QuantityBook) -> bool:
    """Between a toll and its number stands a word that sets it: "rose to", "stands at", "of", "is"."""
    words = re.findall(r"[a-z]+", between.lower())
    return len(words) <= 10 and any(word in book.toll_reaches for word in words)


def _part(doc: Doc, quantity: Quantity, earlier: Quantity | None, cues: Cues, book: QuantityBook) -> Quantity | None:
    if earlier is None or quantity.low == quantity.high == 0:
        return None
    smaller = (quantity.low or 0) <= (earlier.low or earlier.high or 0)
    same_sentence = doc[earlier.head].sent.start == doc[quantity.head].sent.start
    between = text_of(doc)[earlier.chars.end : quantity.chars.start]
    measured = quantity.measure in SHARED
    if same_sentence and len(between) < 2 * NEAR:
        if smaller and cues.part_before.search(between[-NEAR:]):
            return _with(quantity, earlier, None if measured else earlier.measure, "part")
        if not measured and cues.added.search(between[-NEAR:]):
            return _with(quantity, earlier, earlier.measure, "total")
        if not measured and (earlier.part == "part" or _joined(doc, earlier, quantity)) and cues.listed.match(between):
            return _with(quantity, earlier, earlier.measure, earlier.part)
        listed = measured and earlier.part == "part" and quantity.measure == earlier.measure
        if listed and smaller and cues.listed.match(between):  # "including five women and four children, were killed"
            return replace(quantity, part="part")
    after = text_of(doc)[quantity.number.end : quantity.number.end + 24]
    kind = _is_kind(doc, quantity, book)
    if not smaller:
        return None
    if cues.part_after.match(after):
        part = _with(quantity, earlier, None if measured else earlier.measure, "part")
        return replace(part, whom=kind or earlier.whom)
    if kind is not None and not measured:
        return replace(_with(quantity, earlier, earlier.measure, "part"), whom=kind)
    return None


def _joined(doc: Doc, earlier: Quantity, quantity: Quantity) -> bool:
    head = doc[quantity.head]
    return head.dep_ == "conj" and (head.head.i == earlier.head or head.head.dep_ == "conj")


def _with(quantity: Quantity, earlier: Quantity, measure: Measure | None, part: FigurePart) -> Quantity:
    if measure is None:
        return replace(quantity, part=part)
    return replace(quantity, measure=measure, part=part, governor=earlier.governor, real=earlier.real)


def _is_kind(doc: Doc, quantity: Quantity, book: QuantityBook) -> str | None:
    """ "eight were children": the noun that a bare count is said to be."""
    head = doc[quantity.head]
    if head.dep_ != "nsubj" or head.head.lemma_ != "be":
        return None
    for child in head.head.rights:
        if child.dep_ == "attr" and _is_people(child, book):
            return child.text
    return None


def _is_people(token: Token, book: QuantityBook) -> bool:
    return token.lemma_.lower() in book.people or token.lower_ in book.collectives


def subject_sense(anchor: Token, book: QuantityBook) -> Sense | None:
    """ "The dead included two women", "Among the dead were 12 members": the measure stands with the other side of the verb."""
    verb = anchor.head
    for _ in range(3):
        if verb.pos_ in ("VERB", "AUX"):
            break
        verb = verb.head
    if verb.lemma_.lower() not in ("include", "be", "comprise"):
        return None
    for child in verb.lefts:
        nouns = [child]
        if child.dep_ == "prep" and child.lower_ in ("among", "amongst"):
            nouns = list(child.rights)
        for noun in nouns:
            if noun.i != anchor.i and (sense := _dead(noun, book)):
                return sense
    return None


def _dead(noun: Token, book: QuantityBook) -> Sense | None:
    lemma = noun.lemma_.lower()
    measure = book.persons.get(lemma) or book.adjectives.get(noun.lower_) or book.measure_nouns.get(lemma)
    if measure:
        return Sense(measure, noun.i)
    for child in noun.rights:
        if child.dep_ in ("acl", "relcl") and (measure := book.patient.get(child.lemma_.lower())):
            return Sense(measure, child.i)
    return None
