"""People's verdicts as readings of whole reports, in the form of voa_gold: training learns from it, `evaluate` measures by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dateline.model.actor import Actor
from dateline.model.event import Control, Event, Figure, Record, Source, Tally
from dateline.model.incident import Judgement
from dateline.model.place import Place
from dateline.model.text import Report, Span
from dateline.model.when import When
from dateline.store.archive import Archive
from dateline.store.judging import latest
from dateline.web.by_hand import sentences_over

Json = dict[str, Any]


def readings(archive: Archive) -> Iterator[tuple[Json, Json]]:
    """(document, reading) of each report in which people judged every event: only such a reading is whole."""
    standing = latest(judgement for judgement in archive.judgements() if judgement.is_human)
    judged = {event_id for event_id, given in standing.items() if given.verdict in ("add", "accept", "correct", "reject")}
    for stored in archive.reports():
        record = archive.record(stored.head.id)
        if record is None or not record.events or not all(event.id in judged for event in record.events):
            continue
        report = archive.report(stored.head.id)
        if report is not None:
            yield document(report), reading(report, record, standing)


def document(report: Report) -> Json:
    return {
        "id": report.id,
        "outlet": report.outlet,
        "published": str(report.published) if report.published else None,
        "title": report.title,
        "text": report.text,
        "offsets": [list(stretch) for stretch in sentences(report)],
    }


def sentences(report: Report) -> list[tuple[int, int]]:
    """The title, when the text begins with it, is sentence 0."""
    body = report.body_start
    found = list(sentences_over(report.text[body:], 0, len(report.text) - body))
    head = [(0, body)] if body else []
    return [*head, *((start + body, end + body) for start, end in found)]


def reading(report: Report, record: Record, standing: dict[str, Judgement]) -> Json:
    cut = sentences(report)
    kept = [event for event in record.events if standing[event.id].verdict != "reject"]
    return {
        "id": report.id,
        "annotator": ", ".join(sorted({standing[event.id].by or "unnamed" for event in record.events})),
        "events": [_event(f"e{number}", event, cut) for number, event in enumerate(kept, start=1)],
        "tallies": [_tally(tally, cut) for tally in record.tallies],
        "notes": "from the review queue",
    }


def _event(name: str, event: Event, cut: Sequence[tuple[int, int]]) -> Json:
    row: Json = {
        "id": name,
        "type": event.type,
        "sents": _sents((event.trigger, *event.evidence), cut),
        "trigger": event.trigger.text,
        "by": _names(event.by),
        "on": _names(event.on),
        "place": _place(event.place),
        "control": _control(event.control),
        "when": _when(event.when),
        "figures": [_figure(figure) for figure in event.figures],
        "status": event.status,
        "said_by": _said(event.sources),
        "means": event.means.text if event.means else None,
    }
    flags = {"aggregate": event.aggregate, "background": event.background}
    return row | {flag: True for flag, is_set in flags.items() if is_set}


def _sents(spans: Sequence[Span], cut: Sequence[tuple[int, int]]) -> list[int]:
    """The main sentence first."""
    found = (n for span in spans for n, (start, end) in enumerate(cut) if span.start < end and start < span.end)
    return list(dict.fromkeys(found))


def _names(actors: Sequence[Actor]) -> list[str]:
    return [actor.name for actor in actors]


def _place(place: Place | None) -> Json | None:
    if place is None:
        return None
    precision = {"sea": "sea_air", "region": "province", "unknown": "town"}.get(place.precision, place.precision)
    return {"name": place.name, "admin1": place.admin1, "country": place.country, "precision": precision}


def _control(control: Control | None) -> Json | None:
    if control is None:
        return None
    before, after = control.holder_before, control.holder_after
    return {"place": control.place.name, "from": before and before.name, "to": after and after.name}


def _when(when: When | None) -> Json | None:
    if when is None:
        return None
    start, end = when.start or when.end, when.end or when.start
    return {"start": str(start), "end": str(end)}


def _figure(figure: Figure) -> Json:
    row: Json = {"measure": figure.measure, "whom": figure.whom, "low": figure.low, "high": figure.high, "text": figure.span.text}
    return row | ({"said_by": _said(figure.sources)} if figure.sources else {})


def _said(sources: Sequence[Source]) -> list[Json]:
    return [{"who": source.speaker, "stance": source.stance} for source in sources]


def _tally(tally: Tally, cut: Sequence[tuple[int, int]]) -> Json:
    return _figure(tally) | {
        "since": str(tally.since) if tally.since else None,
        "until": str(tally.until) if tally.until else None,
        "place": tally.place.name if tally.place else None,
        "said_by": _said(tally.sources),
        "sents": _sents((tally.span,), cut),
    }
