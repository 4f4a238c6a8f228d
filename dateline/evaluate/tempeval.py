"""Time expressions in news and their values.

Source: TimeBank in the form of TempEval-3 (UzZaman et al. 2013; texts of the publishers, annotation CC BY). PATH: dev.jsonl,
lines of {"id", "timeml"}; the document's own creation time is given to us as the date of publication and is not scored.
Mapped: our time mentions, as they stand (type and TIMEX3 value). Figures as in TempEval-3: strict (same span), relaxed (spans
overlap), value (relaxed, and the same value); day_value: DATE expressions at day precision only, which is what the record needs.
Not comparable: about 77.6 (HeidelTime) and 82 are value F1 on the official test part, which is not here; the gold has errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from dateline.evaluate.coder import Coder
from dateline.evaluate.data import day_of, find_file, read_lines, text_of
from dateline.evaluate.metrics import f_score
from dateline.evaluate.rivals import DateparserTimes, RecognizersTimes
from dateline.evaluate.spans import pair_spans
from dateline.evaluate.yardstick import Against, Data, Json, Judged, Mark, Row, Yardstick, always
from dateline.model.reading import Chars, TimeMention
from dateline.model.text import Report

DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Timex:
    chars: Chars
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Article:
    report: Report
    times: tuple[Timex, ...]


def read(path: Path) -> Data[Article]:
    return read_lines(find_file(path, "dev.jsonl"), lambda line: [to_article(line)])


def to_article(line: Json) -> Article:
    root = ElementTree.fromstring(text_of(line, "timeml").strip())
    created, body = root.find("DCT/TIMEX3"), root.find("TEXT")
    if created is None or body is None:
        raise ValueError("TimeML without DCT or TEXT")
    parts: list[str] = []
    times: list[Timex] = []
    _walk(body, parts, times)
    published = day_of((created.get("value") or "")[:10])
    return Article(Report(id=text_of(line, "id"), published=published, text="".join(parts)), tuple(times))


def _walk(element: Element, parts: list[str], times: list[Timex]) -> None:
    """Text in order, and where in it the time expressions stand."""
    parts.append(element.text or "")
    for child in element:
        start = sum(map(len, parts))
        _walk(child, parts, times)
        if child.tag == "TIMEX3":
            chars = Chars(start, sum(map(len, parts)))
            times.append(Timex(chars, child.get("type") or "", child.get("value") or ""))
        parts.append(child.tail or "")


def judge(items: Sequence[Article], coder: Coder) -> Iterator[Judged]:
    for item, told in zip(items, coder.times([item.report for item in items]), strict=True):
        yield judge_one(item, told)


def judge_one(item: Article, told: Sequence[TimeMention]) -> Judged:
    gold = item.times
    pairs = pair_spans([t.chars for t in gold], [t.chars for t in told])
    valued = [(i, j) for i, j in pairs.items() if gold[i].value == told[j].value]
    days = [t for t in gold if is_day(t)], [t for t in told if is_day(t)]
    return Judged(
        id=item.report.id,
        counts={
            "strict": (len(gold), len(told), sum(gold[i].chars == told[j].chars for i, j in pairs.items())),
            "relaxed": (len(gold), len(told), len(pairs)),
            "value": (len(gold), len(told), len(valued)),
            "day": (len(days[0]), len(days[1]), sum(is_day(gold[i]) and is_day(told[j]) for i, j in valued)),
        },
        text=item.report.text,
        rows=tuple(_rows(item, told, pairs)),
        marks=(
            *(Mark(t.chars.start, t.chars.end, t.value, gold=True) for t in gold),
            *(Mark(t.chars.start, t.chars.end, t.value, gold=False) for t in told),
        ),
        prediction={"id": item.report.id, "timeml": to_timeml(item.report, told)},
    )


def is_day(time: Timex | TimeMention) -> bool:
    return time.kind == "DATE" and bool(DAY.fullmatch(time.value))


def _rows(item: Article, told: Sequence[TimeMention], pairs: dict[int, int]) -> Iterator[Row]:
    text = item.report.text
    for i, gold in enumerate(item.times):
        wanted = f"{text[gold.chars.start : gold.chars.end]} = {gold.value}"
        if i not in pairs:
            yield Row("missed", wanted, "–", False)
            continue
        ours = told[pairs[i]]
        given = f"{text[ours.chars.start : ours.chars.end]} = {ours.value}"
        yield Row(f"{gold.kind} value" if gold.value != ours.value else "span", wanted, given, wanted == given)
    for j, ours in enumerate(told):
        if j not in pairs.values():
            yield Row("made up", "–", f"{text[ours.chars.start : ours.chars.end]} = {ours.value}", False)


def to_timeml(report: Report, told: Sequence[TimeMention]) -> str:
    """The document as TempEval-3's scorer reads it, with our expressions in the place of the gold's."""
    created = report.published.isoformat() if report.published else ""
    parts: list[str] = []
    at = 0
    for number, time in enumerate(sorted(told, key=lambda t: t.chars.start), start=1):
        if time.chars.start < at:
            continue
        words = escape(report.text[time.chars.start : time.chars.end])
        parts.append(escape(report.text[at : time.chars.start]))
        parts.append(f'<TIMEX3 tid="t{number}" type="{time.kind}" value={quoteattr(time.value)}>{words}</TIMEX3>')
        at = time.chars.end
    parts.append(escape(report.text[at:]))
    head = f'<TIMEX3 tid="t0" type="DATE" value="{created}" functionInDocument="CREATION_TIME">{created}</TIMEX3>'
    body = "".join(parts)
    return f"<TimeML>\n<DOCID>{escape(report.id)}</DOCID>\n<DCT>{head}</DCT>\n<TEXT>{body}</TEXT>\n</TimeML>"


YARDSTICK: Yardstick[Article] = Yardstick(
    name="tempeval",
    measures="time expressions in news and their values (TimeBank)",
    about=__doc__,
    file="dev.jsonl",
    read=read,
    judge=judge,
    figures=always(
        f_score("strict_f1", "strict"),
        f_score("relaxed_f1", "relaxed"),
        f_score("value_f1", "value"),
        f_score("day_value_f1", "day"),
    ),
    best_known={"value_f1": "77.6 (HeidelTime), 82, on the official test"},
    rivals=(
        Against("dateparser", DateparserTimes, ("_f1",), "dateparser"),
        Against("recognizers-text", RecognizersTimes, ("_f1",), "recognizers_date_time"),
    ),
)
