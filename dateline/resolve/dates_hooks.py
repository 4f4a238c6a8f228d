"""What a time hangs on: the verb whose happening it dates or the noun it modifies, and where in its sentence it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from dateline.codebook.times import load_times
from dateline.model.reading import Chars, Reading, TimeMention

MODIFIER = frozenset({"compound", "amod", "nmod", "poss", "nummod", "det", "quantmod"})
LEADING = frozenset({"ADP", "DET", "ADV", "ADJ", "PUNCT", "CCONJ", "SCONJ", "SPACE"})
FAR = 60  # characters into the sentence that an opening time may stand
RANGES = {"between": ("and",), "from": ("to", "until", "till", "through"), "": ("-", "–", "to")}
DASHES = ("-", "–", "—", ":")
CLOSERS = " .!?,;)]\"”’'"


@dataclass(frozen=True, slots=True)
class Hook:
    """`word` is the preposition before the time, "" when there is none; `partner` the other end of "from … to …"."""

    mention: TimeMention
    governor: Token
    word: str
    modifies: bool  # the governor is a noun that the time describes: "Friday's attack"
    opening: bool  # the sentence begins with it
    closing: bool  # the sentence ends with it, without preposition: "…, Vadu province, yesterday."
    caption: bool  # a full date after a comma, as under a picture
    prefix: bool  # a full date before a dash, as over a paragraph
    partner: TimeMention | None


def hook_of(reading: Reading, number: int, times: Sequence[TimeMention]) -> Hook | None:
    """None for the second end of a range: it is told with the first."""
    mention, doc, text = times[number], reading.doc, reading.report.text
    span = doc.char_span(mention.chars.start, mention.chars.end, alignment_mode="expand")
    if span is None or (number and _joins(text, times[number - 1], mention)):
        return None
    sentence = reading.sentences[reading.sentence_at(mention.chars.start)]
    word, owner, governor = _preposition(doc, span.start), _possessed(doc, span.end), _governor(span)
    direct = span.root.dep_ in MODIFIER and governor.i == span.root.head.i and governor.i not in range(span.start, span.end)
    modifies = owner is not None or direct
    partner = times[number + 1] if number + 1 < len(times) and _joins(text, mention, times[number + 1]) else None
    opening = _leads(doc, span, sentence, comma=text.startswith(",", (partner or mention).chars.end))
    prefix = opening and text[mention.chars.end : mention.chars.end + 2].strip()[:1] in DASHES
    dated_in_full = mention.anchor == "absolute" and mention.precision == "day"
    return Hook(
        mention,
        owner if owner is not None else governor,
        word,
        modifies,
        opening=opening and not prefix,
        closing=not word and not modifies and not text[mention.chars.end : sentence.end].strip(CLOSERS),
        caption=dated_in_full and (prefix or text[: mention.chars.start].rstrip().endswith(",")),
        prefix=dated_in_full and prefix,
        partner=partner,
    )


def _governor(span: Span) -> Token:
    """Above the time, over prepositions, nouns of time ("hours after") and names that a weekday only precedes."""
    nouns_of_time = load_times().cues["nouns_of_time"]
    governor = span.root.head
    for _ in range(6):
        passed = governor.pos_ in {"ADP", "SCONJ", "PART"} or governor.lemma_ in nouns_of_time
        named = governor.pos_ == "PROPN" and governor.i >= span.end and governor.head.pos_ == "VERB"
        if not (passed or named or governor.i in range(span.start, span.end)) or governor.head.i == governor.i:
            break
        governor = governor.head
    return governor


def _leads(doc: Doc, span: Span, sentence: Chars, *, comma: bool) -> bool:
    """First in the sentence, or before its first verb with a comma after: "In a rare raid last Sunday, …"."""
    before = [token for token in doc[max(0, span.start - 14) : span.start] if token.idx >= sentence.start]
    if all(token.pos_ in LEADING for token in before):
        return True
    return comma and span.start_char - sentence.start <= FAR and all(token.pos_ not in {"VERB", "AUX"} for token in before)


def _possessed(doc: Doc, end: int) -> Token | None:
    """The noun of "Friday's deadly attack"."""
    if end >= len(doc) or doc[end].lower_ not in {"'s", "’s"}:
        return None
    for token in doc[end + 1 : end + 8]:
        if token.pos_ in {"NOUN", "PROPN"} and token.dep_ not in {"compound", "amod", "nmod"}:
            return token
        if token.pos_ in {"VERB", "AUX", "PUNCT"} and token.dep_ not in {"amod", "punct"}:
            return None
    return None


def _preposition(doc: Doc, start: int) -> str:
    """The preposition before a time, over "at least" and the like; "" when there is none."""
    cues = load_times().cues
    for token in reversed(doc[max(0, start - 4) : start]):
        if token.lower_ in cues["prepositions"]:
            return token.lower_
        if token.lower_ not in cues["fillers"]:
            return ""
    return ""


def _joins(text: str, left: TimeMention, right: TimeMention) -> bool:
    """Two ends of one range: "between January and mid-May", "from 3 to 5 March"."""
    if right.chars.start - left.chars.end > 12 or left.end_day is None or right.start_day is None:
        return False
    gap = text[left.chars.end : right.chars.start].strip().lower()
    lead = text[max(0, left.chars.start - 9) : left.chars.start].split()
    return gap in RANGES.get(lead[-1].lower() if lead else "", ()) or (gap in {"-", "–"} and left.end_day < right.start_day)
