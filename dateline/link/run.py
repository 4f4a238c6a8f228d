"""Linking an archive: what became known since the last time, and whatever it touches, becomes incidents and holdings anew.

The outcome is that of linking everything from the beginning: an event that a new one does not reach, directly or through
others, could not have come out differently.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from multiprocessing import get_context

from dateline.codebook.frequency import WordTable, load_word_table
from dateline.link.candidates import LEAD_BACK, LONGEST_RUN, meeting_days, propose_pairs
from dateline.link.clusters import PairJudge, StoryBook, group
from dateline.link.copying import Sources, sources_among
from dateline.link.holdings import build_ledger, keys_of
from dateline.link.incidents import Verdicts, incident_of
from dateline.link.shelf import StoryShelf
from dateline.link.sketching import sketch_row, trace_from
from dateline.link.telling import Telling, witness_of
from dateline.link.trace import Trace
from dateline.link.weights import Weights, load_weights
from dateline.model.incident import Incident, Judgement
from dateline.store.archive import Archive
from dateline.store.judging import latest
from dateline.store.linking import Relinked
from dateline.store.values import Batch, Linked
from dateline.store.workbench import SketchRow, StoredTrace, Workbench, pages

SKETCH_PORTION = 500
INCIDENT_PORTION = 500
# So many portions of reports are worth starting processes for.
WORTH_PROCESSES = 8
Progress = Callable[[str, int], None]


def link_incidents(
    archive: Archive, weights: Weights | None = None, table: WordTable | None = None, progress: Progress = lambda _w, _n: None
) -> Linked:
    """Bring the archive's incidents and holdings up to date with its reports and verdicts. Repeating it changes nothing."""
    weights, table = weights or load_weights(), table or load_word_table()
    while True:
        state = archive.link_state()
        done = Linked(0, 0, 0, 0, 0, base=state.base)
        for batch in state.waiting:
            # Only the last moment counts all as seen: a run that was killed before it goes on where it stood.
            covers = (state.last if batch is state.waiting[-1] else state.seen, state.last)
            done = _link_batch(archive, batch, done.base, covers, weights, table, progress)
            if done.superseded:
                break  # another linker was faster: begin again from its picture
        if not done.superseded:
            return done


def _link_batch(
    archive: Archive,
    batch: Batch,
    base: int,
    covers: tuple[int, int],
    weights: Weights,
    table: WordTable,
    progress: Progress,
) -> Linked:
    judged = archive.judgements(batch.moment)
    _sketch(archive, batch, table, progress)
    with archive.workbench(batch.moment) as bench:
        linking = _Linking.begin(bench, batch, judged, weights)
        return archive.save_links(linking.relinked(progress), base, covers, batch.moment)


def _sketch(archive: Archive, batch: Batch, table: WordTable, progress: Progress) -> None:
    """Work out, once for each new coding, what linking asks of the report as a whole; much of it on all cores."""
    portions = list(pages(sorted(batch.reports), SKETCH_PORTION))
    if len(portions) < WORTH_PROCESSES:
        for portion in portions:
            _keep(archive, sketch_portion(archive, batch.moment, table, portion), progress)
        return
    # spawn: a forked child would share the database's connections
    with get_context("spawn").Pool(os.cpu_count()) as pool:
        work = partial(sketch_apart, archive.address, batch.moment, table)
        for rows in pool.imap(work, portions):
            _keep(archive, rows, progress)


def sketch_portion(archive: Archive, moment: datetime, table: WordTable, report_ids: Sequence[str]) -> list[SketchRow]:
    with archive.workbench(moment) as bench:
        return [sketch_row(row, report, events, table) for row, report, events in bench.unsketched(report_ids)]


def sketch_apart(address: str, moment: datetime, table: WordTable, report_ids: Sequence[str]) -> list[SketchRow]:
    """The same in a process of its own."""
    with Archive.open(address, create=False) as archive:
        return sketch_portion(archive, moment, table, report_ids)


def _keep(archive: Archive, rows: Sequence[SketchRow], progress: Progress) -> None:
    if rows:
        archive.save_sketches(rows)
        progress("reading", len(rows))


@dataclass(frozen=True, slots=True)
class _Linking:
    """One moment's work: the events to be grouped anew, and the incidents in whose place the groups come."""

    bench: Workbench
    judge: PairJudge
    verdicts: Verdicts
    traces: tuple[Trace, ...]
    replaced: frozenset[str]

    @classmethod
    def begin(cls, bench: Workbench, batch: Batch, judged: Sequence[Judgement], weights: Weights) -> _Linking:
        sources = sources_among(bench, batch.reports)
        affected = {*batch.reports, *sources.reports}
        named = _events_judged(judged, batch.judgements)
        parts = bench.parts_of_reports(affected) | bench.parts_of_events(named)
        refused = rejected(judged)
        fresh = {trace.id: trace for trace in _traces(bench, affected, sources) if trace.id not in refused}
        loose = (stored for stored in bench.traces_with(named) if stored.part is None)
        fresh.update((stored.event_id, _as_it_stands(stored)) for stored in loose if stored.event_id not in refused)
        if not bench.is_unlinked():
            parts |= _parts_reached(bench, tuple(fresh.values()), weights)
        inside = map(_as_it_stands, bench.traces_in_parts(parts))
        traces = {trace.id: trace for trace in inside if trace.id not in refused and trace.report_id not in affected} | fresh
        ordered = tuple(sorted(traces.values(), key=lambda trace: trace.sort_key))
        return cls(
            bench, _judge(bench, ordered, weights), pair_verdicts(judged), ordered, frozenset(bench.incidents_in_parts(parts))
        )

    def relinked(self, progress: Progress) -> Relinked:
        return Relinked(self.replaced, self._incidents(progress), keys_of, build_ledger)

    def _incidents(self, progress: Progress) -> Iterator[tuple[str, Incident]]:
        """Each incident with its part, in order of the parts; events are read again as their turn comes."""
        verdicts = {ids: verdict for ids, (verdict, _by) in self.verdicts.items()}
        parts = group(self.traces, self.judge, verdicts)
        told = ((self.traces[part[0][0]].id, members) for part in parts for members in part)
        for page in pages(told, INCIDENT_PORTION):
            tellings = self._tellings([self.traces[number] for _part, members in page for number in members])
            for part_id, members in page:
                incident = incident_of([tellings[self.traces[number].id] for number in members], self.judge, self.verdicts)
                yield part_id, incident
            progress("linking", len(page))

    def _tellings(self, traces: Sequence[Trace]) -> dict[str, Telling]:
        by_id = {trace.id: trace for trace in traces}
        heads = self.bench.heads({trace.source_id for trace in traces if trace.source_id != trace.report_id})
        tellings = {}
        for head, event in self.bench.events_with(by_id):
            trace = by_id[event.id]
            tellings[trace.id] = Telling(event, head, trace, witness_of(heads.get(trace.source_id, head)))
        return tellings


def _events_judged(judged: Sequence[Judgement], new: Collection[str]) -> set[str]:
    """The events that verdicts not yet heeded speak of."""
    fresh = [judgement for judgement in judged if judgement.id in new]
    return {subject for judgement in fresh for subject in (judgement.left, judgement.right) if subject}


def _traces(bench: Workbench, report_ids: Collection[str], sources: Sources) -> Iterator[Trace]:
    """The events of changed reports, with the sources that their sentences have now."""
    for stored in bench.traces_of(report_ids):
        yield trace_from(stored, sources.of.get(stored.event_id))


def _as_it_stands(stored: StoredTrace) -> Trace:
    """An event whose report has not changed: its source is that of the standing picture."""
    return trace_from(stored, stored.copy_of)


def _judge(bench: Workbench, ordered: Sequence[Trace], weights: Weights) -> PairJudge:
    """A judge that has the reports' stories at hand, in the order of the traces."""
    return PairJudge(StoryBook(StoryShelf(bench, list(dict.fromkeys(trace.report_id for trace in ordered))).story), weights)


def _parts_reached(bench: Workbench, fresh: Sequence[Trace], weights: Weights) -> set[str]:
    """The parts of standing events that a fresh one speaks for."""
    new = {trace.id for trace in fresh}
    standing = {
        stored.event_id: stored for stored in _nearby(bench, fresh) if stored.event_id not in new and stored.part is not None
    }
    traces = sorted((*fresh, *map(_as_it_stands, standing.values())), key=lambda trace: trace.sort_key)
    judge = _judge(bench, traces, weights)
    reached: set[str] = set()
    for left, right in propose_pairs(traces, new):
        first, second = traces[left], traces[right]
        other = second if first.id in new else first
        if other.id not in new and judge.score(first, second) > 0:
            reached.add(standing[other.id].part or "")
    return reached


def _nearby(bench: Workbench, fresh: Sequence[Trace]) -> Iterator[StoredTrace]:
    """Every event that shares a day with a fresh one."""
    days = sorted({day for trace in fresh for day in meeting_days(trace)})
    for first, last in _stretches(days):
        if first == 0:
            yield from bench.undated_traces()
        else:
            yield from bench.traces_between(date.fromordinal(first), date.fromordinal(last), LONGEST_RUN, LEAD_BACK)


def _stretches(days: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of days without a gap."""
    start = 0
    for number, day in enumerate(days):
        if number + 1 == len(days) or days[number + 1] != day + 1 or day == 0:
            yield days[start], day
            start = number + 1


def rejected(judgements: Sequence[Judgement]) -> frozenset[str]:
    """Events that a person found to be none: they stay in their report's record and make no incident."""
    standing = latest(judgement for judgement in judgements if judgement.is_human).values()
    return frozenset(judgement.left for judgement in standing if judgement.verdict == "reject")


def pair_verdicts(judgements: Sequence[Judgement]) -> Verdicts:
    """Pairs of event ids that people (or, where they are silent, the machine) judged."""
    found: dict[frozenset[str], tuple[str, str]] = {}
    for judgement in sorted(judgements, key=lambda judgement: (judgement.is_human, judgement.made_at, judgement.id)):
        if judgement.right is not None:
            found[frozenset((judgement.left, judgement.right))] = (judgement.verdict, judgement.by)
    return found
