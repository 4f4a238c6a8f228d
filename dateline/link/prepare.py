"""From reports and their events to tellings: which words are only repeated, and what each report is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dateline.codebook.frequency import WordTable
from dateline.link.gist import EMPTY, Gist, gist_of
from dateline.link.telling import Telling, telling_of
from dateline.model.event import Event, ReportHead
from dateline.model.text import Report
from dateline.read.copies import Copy, Sketch, find_copies, repeats, sketch_of


def prepare(events: Sequence[tuple[ReportHead, Event]], reports: Iterable[Report], table: WordTable) -> list[Telling]:
    """One telling an event, in the order given. `reports` are those of the events, in any order."""
    gists: dict[str, Gist] = {}
    sketches: dict[str, Sketch] = {}
    for report in reports:
        gists[report.id] = gist_of(report.text, table, report.title)
        sketches[report.id] = sketch_of(report)
    heads = {head.id: head for head, _event in events}
    sources = _sources(find_copies(sketches.values()), sketches)
    return [
        telling_of(event, head, gists.get(head.id, EMPTY), _source(event, sources.get(head.id, ()), sketches, heads))
        for head, event in events
    ]


def _sources(copies: Iterable[Copy], sketches: Mapping[str, Sketch]) -> dict[str, list[str]]:
    """For each report that repeats others, those others, the earliest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for copy in copies:
        found[copy.report_id].append(copy.of)
    return {report_id: sorted(of, key=lambda source: sketches[source].order) for report_id, of in found.items()}


def _source(
    event: Event, sources: Sequence[str], sketches: Mapping[str, Sketch], heads: Mapping[str, ReportHead]
) -> ReportHead | None:
    """The earliest report in which the sentence that tells the event stands: what a copy adds is its own."""
    if not event.evidence:
        return None
    for source in sources:
        if source in heads and repeats(event.evidence[0].text, sketches[source].runs):
            return heads[source]
    return None
