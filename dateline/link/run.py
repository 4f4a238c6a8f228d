"""Linking an archive: what became known since the last time, and whatever it touches, becomes incidents and holdings anew.

The outcome is that of linking everything from the beginning: an event that a new one does not reach, directly or through
others, could not have come out differently.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from dateline.codebook.frequency import WordTable, load_word_table
from dateline.link.candidates import LEAD_BACK, LONGEST_RUN, meeting_days
from dateline.link.clusters import PairJudge, StoryBook, joined_by_verdict, pairs_that_speak, stretches_of
from dateline.link.copying import sources_among
from dateline.link.hands import Hands, Here, processes
from dateline.link.holdings import build_ledger
from dateline.link.incidents import Verdicts
from dateline.link.likely import Days
from dateline.link.linkage import connect_pairs
from dateline.link.pieces import Part, Parts, Stretch, incidents_in, order_of, pages_of, speaking_in, stretches_touched
from dateline.link.shelf import StoryShelf
from dateline.link.sketching import sketch_row, trace_from
from dateline.link.trace import Trace
from dateline.link.weights import Weights, load_weights
from dateline.model.event import ReportHead
from dateline.model.incident import Judgement
from dateline.store.archive import Archive
from dateline.store.judging import latest
from dateline.store.linking import Relinked, Written
from dateline.store.values import Batch, Linked
from dateline.store.workbench import SketchRow, StoredTrace, Workbench, pages

SKETCH_PORTION = 1_000
# Events in a piece of parts.
PART_PORTION = 1_000
# So many reports are worth starting processes for.
WORTH_PROCESSES = 4_000
Progress = Callable[[str, int], None]


def link_incidents(
    archive: Archive,
    weights: Weights | None = None,
    table: WordTable | None = None,
    progress: Progress = lambda _w, _n: None,
    hands: Hands | None = None,
) -> Linked:
    """Bring the archive's incidents and holdings up to date with its reports and verdicts. Repeating it changes nothing.
    `hands` do the work; without any, this process does a little and all cores do much."""
    weights, table = weights or load_weights(), table or load_word_table()
    while True:
        state = archive.link_state()
        done = Linked(0, 0, 0, 0, 0, base=state.base)
        for batch in state.waiting:
            # Only the last moment counts all as seen: a run that was killed before it goes on where it stood.
            covers = (state.last if batch is state.waiting[-1] else state.seen, state.last)
            with _hands_for(batch, hands) as working:
                done = _link_batch(archive, batch, done.base, covers, _Work(weights, table, progress, working))
            if done.superseded:
                break  # another linker was faster: begin again from its picture
        if not done.superseded:
            return done


def _hands_for(batch: Batch, hands: Hands | None) -> AbstractContextManager[Hands]:
    if hands is not None:
        return nullcontext(hands)
    return processes() if len(batch.reports) >= WORTH_PROCESSES else nullcontext(Here())


@dataclass(frozen=True, slots=True)
class _Work:
    """With what and by whom a linking is done."""

    weights: Weights
    table: WordTable
    progress: Progress
    hands: Hands


def _link_batch(archive: Archive, batch: Batch, base: int, covers: tuple[int, int], work: _Work) -> Linked:
    judged = archive.judgements(batch.moment)
    _sketch(archive, batch, work)
    with archive.workbench(batch.moment) as bench:
        linking = _Linking.begin(bench, batch, judged, work)
        return archive.save_links(linking.relinked(), base, covers, batch.moment)


def _sketch(archive: Archive, batch: Batch, work: _Work) -> None:
    """Work out, once for each new coding, what linking asks of the report as a whole."""
    portions = pages(sorted(batch.reports), SKETCH_PORTION)
    found: Iterator[list[SketchRow]]
    if isinstance(work.hands, Here):
        found = (sketch_portion(archive, batch.moment, work.table, portion) for portion in portions)
    else:
        found = work.hands.map(partial(sketch_apart, archive.address, batch.moment, work.table), portions)
    for rows in found:
        _keep(archive, rows, work.progress)


def sketch_portion(archive: Archive, moment: datetime, table: WordTable, report_ids: Sequence[str]) -> list[SketchRow]:
    with archive.workbench(moment) as bench:
        return [sketch_row(row, report, events, table) for row, report, events in bench.unsketched(report_ids)]


def sketch_apart(address: str, moment: datetime, table: WordTable, report_ids: Sequence[str]) -> list[SketchRow]:
    """In whatever process: it opens the archive for itself."""
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
    verdicts: Verdicts
    stored: tuple[StoredTrace, ...]
    replaced: frozenset[str]
    work: _Work

    @classmethod
    def begin(cls, bench: Workbench, batch: Batch, judged: Sequence[Judgement], work: _Work) -> _Linking:
        sources = sources_among(bench, batch.reports)
        affected = {*batch.reports, *sources.reports}
        named = _events_judged(judged, batch.judgements)
        parts = bench.parts_of_reports(affected) | bench.parts_of_events(named)
        refused = rejected(judged)
        changed = (replace(stored, copy_of=sources.of.get(stored.event_id)) for stored in bench.traces_of(affected))
        fresh = {stored.event_id: stored for stored in changed if stored.event_id not in refused}
        loose = (stored for stored in bench.traces_with(named) if stored.part is None)
        fresh.update((stored.event_id, stored) for stored in loose if stored.event_id not in refused)
        if not bench.is_unlinked():
            parts |= _parts_reached(bench, tuple(fresh.values()), work.weights)
        inside = {
            s.event_id: s for s in bench.traces_in_parts(parts) if s.event_id not in refused and s.report_id not in affected
        }
        ordered = tuple(sorted((inside | fresh).values(), key=order_of))
        return cls(bench, pair_verdicts(judged), ordered, frozenset(bench.incidents_in_parts(parts)), work)

    def relinked(self) -> Relinked:
        return Relinked(self.replaced, self._incidents(), build_ledger)

    def _incidents(self) -> Iterator[Written]:
        """Each incident in order of the parts."""
        names = [stored.event_id for stored in self.stored]
        numbers = {name: number for number, name in enumerate(names)}
        pairs = set(joined_by_verdict(names, {ids: verdict for ids, (verdict, _by) in self.verdicts.items()}))
        for found in self.work.hands.map(partial(speaking_in, self.work.weights), self._stretches()):
            pairs.update((numbers[left], numbers[right]) for left, right in found)
            self.work.progress("comparing", len(found))
        parts = list(connect_pairs(len(names), pairs))
        runs = pages_of([len(members) for members, _speaking in parts], PART_PORTION)
        pieces = (self._piece([parts[number] for number in run]) for run in runs)
        for incidents in self.work.hands.map(partial(incidents_in, self.work.weights), pieces):
            yield from incidents
            self.work.progress("linking", len(incidents))

    def _stretches(self) -> Iterator[Stretch]:
        touched: dict[Days, list[int]] = defaultdict(list)
        for number, stored in enumerate(self.stored):
            for days in stretches_touched(stored):
                touched[days].append(number)
        for days, members in sorted(touched.items()):
            here = tuple(self.stored[number] for number in members)
            yield Stretch(days, here, self._stories(here))

    def _stories(self, stored: Iterable[StoredTrace]) -> tuple[tuple[ReportHead, str], ...]:
        return tuple(self.bench.stories({one.report_id for one in stored}))

    def _piece(self, parts: Sequence[tuple[Sequence[int], Sequence[tuple[int, int]]]]) -> Parts:
        """Parts with all that is asked of them; events are read again as their turn comes."""
        members = [self.stored[number] for numbers, _speaking in parts for number in numbers]
        told = self.bench.events_with([stored.event_id for stored in members])
        made = []
        for numbers, speaking in parts:
            stored = tuple(self.stored[number] for number in numbers)
            made.append(Part(stored, tuple(told[one.event_id] for one in stored), tuple(speaking)))
        several = [one for part in made if len(part.stored) > 1 for one in part.stored]
        heads = self.bench.heads({stored.copy_of for stored in members if stored.copy_of})
        verdicts = {ids: verdict for ids, verdict in self.verdicts.items() if ids <= told.keys()}
        return Parts(tuple(made), heads, self._stories(several), verdicts)


def _events_judged(judged: Sequence[Judgement], new: Collection[str]) -> set[str]:
    """The events that verdicts not yet heeded speak of."""
    fresh = [judgement for judgement in judged if judgement.id in new]
    return {subject for judgement in fresh for subject in (judgement.left, judgement.right) if subject}


def _judge(bench: Workbench, ordered: Sequence[Trace], weights: Weights) -> PairJudge:
    """A judge that has the reports' stories at hand, in the order of the traces."""
    return PairJudge(StoryBook(StoryShelf(bench, list(dict.fromkeys(trace.report_id for trace in ordered))).story), weights)


def _parts_reached(bench: Workbench, stored: Sequence[StoredTrace], weights: Weights) -> set[str]:
    """The parts of standing events that a fresh one speaks for."""
    fresh = [trace_from(one, one.copy_of) for one in stored]
    new = {trace.id for trace in fresh}
    standing = {
        stored.event_id: stored for stored in _nearby(bench, fresh) if stored.event_id not in new and stored.part is not None
    }
    traces = sorted((*fresh, *(trace_from(one, one.copy_of) for one in standing.values())), key=lambda trace: trace.sort_key)
    judge = _judge(bench, traces, weights)
    reached: set[str] = set()
    for stretch, members in stretches_of(traces):
        here = [traces[number] for number in members]
        for left, right in pairs_that_speak(here, stretch, judge, new):
            other = here[right] if here[left].id in new else here[left]
            if other.id not in new:
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
