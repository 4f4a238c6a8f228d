"""Which place name belongs to the marked event verb, or none.

Source: the data of "Geolocating political events in text" (Halterman 2019, arXiv 1905.12713), sentences of news with one verb
marked; research use. PATH: dev.jsonl, lines of {"text", "tokens", "gold"} with token spans, end inclusive.
Mapped: the places of our events whose trigger is the marked verb, those told in one breath with them included; where we tell of
no event there, the places that an event of that verb would get, since the verb is given. A place is the tokens of its span,
without "province", "northern" and the like at its ends.
Figures: precision, recall and F1 over tokens of LOCATION; "no place" is a right answer that adds to none of them.
Not comparable: the published system (P and R above .83) was tuned on sentences of this kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.evaluate.alike import PLACE_STOP
from dateline.evaluate.coder import Coder
from dateline.evaluate.data import find_file, read_lines, text_of
from dateline.evaluate.metrics import f_score, recall
from dateline.evaluate.metrics import precision as precision_of
from dateline.evaluate.yardstick import Data, Json, Judged, Mark, Row, Yardstick, always, in_words
from dateline.model.place import Place
from dateline.model.reading import Chars
from dateline.model.text import Report


@dataclass(frozen=True, slots=True)
class Sentence:
    """`tokens` are where they stand in the text; `places` are numbers of tokens."""

    report: Report
    tokens: tuple[Chars, ...]
    verb: Chars
    places: frozenset[int]


def read(path: Path) -> Data[Sentence]:
    return read_lines(find_file(path, "dev.jsonl"), lambda line: [to_sentence(line)])


def to_sentence(line: Json) -> Sentence:
    text = text_of(line, "text")
    tokens = align(line["tokens"], text)
    spans = [(gold["label"], range(gold["start"], gold["end"] + 1)) for gold in line["gold"]]
    verb = next((span for label, span in spans if label == "VERB"), None)
    if verb is None:
        raise ValueError("no verb is marked")
    places = frozenset(number for label, span in spans if label == "LOCATION" for number in span)
    if max(places | set(verb)) >= len(tokens):
        raise ValueError("a span ends after the last token")
    report = Report(id=text_of(line, "id"), text=text)
    return Sentence(report, tokens, Chars(tokens[verb[0]].start, tokens[verb[-1]].end), places)


def align(tokens: Sequence[str], text: str) -> tuple[Chars, ...]:
    """Where each token stands, one after the other."""
    out: list[Chars] = []
    at = 0
    for token in tokens:
        start = text.find(token, at) if token.strip() else at
        if start < 0:
            raise ValueError(f"token {token!r} is not in the text after character {at}")
        at = start + len(token)
        out.append(Chars(start, at))
    return tuple(out)


def judge(items: Sequence[Sentence], coder: Coder) -> Iterator[Judged]:
    for item, places in zip(items, coder.places_of_triggers([(s.report, s.verb) for s in items]), strict=True):
        told = frozenset(number for place in places for number in tokens_of(place, item))
        yield Judged(
            id=item.report.id,
            counts={"tokens": (len(item.places), len(told), len(item.places & told))},
            text=item.report.text,
            rows=(Row("place", _words(item.places, item), _words(told, item), item.places == told),),
            marks=(
                Mark(item.verb.start, item.verb.end, "verb", gold=True),
                *(Mark(item.tokens[n].start, item.tokens[n].end, "place", gold=True) for n in sorted(item.places)),
                *(Mark(item.tokens[n].start, item.tokens[n].end, "place", gold=False) for n in sorted(told)),
            ),
            prediction={"id": item.report.id, "location_tokens": sorted(told)},
        )


def tokens_of(place: Place, sentence: Sentence) -> list[int]:
    """Numbers of the tokens in the place's span; kinds of places and directions at its ends are left out ("the town of …").

    Written with a capital, a kind of place is part of the name ("Sadr City").
    """
    where = Chars(place.span.start, place.span.end)
    text = sentence.report.text
    inside = [n for n, chars in enumerate(sentence.tokens) if chars.overlaps(where)]
    named = [n for n in inside if text[sentence.tokens[n].start : sentence.tokens[n].end] not in PLACE_STOP]
    return [n for n in inside if named and named[0] <= n <= named[-1]]


def _words(numbers: frozenset[int], sentence: Sentence) -> str:
    text = sentence.report.text
    return in_words([text[sentence.tokens[n].start : sentence.tokens[n].end] for n in sorted(numbers)])


YARDSTICK: Yardstick[Sentence] = Yardstick(
    name="event_place",
    measures="which place name belongs to the marked event verb",
    about=__doc__,
    file="dev.jsonl",
    read=read,
    judge=judge,
    figures=always(precision_of("precision", "tokens"), recall("recall", "tokens"), f_score("f1", "tokens")),
    best_known={"precision": "above 83", "recall": "above 83"},
)
