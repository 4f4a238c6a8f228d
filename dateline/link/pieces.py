"""A linking in pieces: stretches of days in which pairs are found, then parts of the record that become incidents.

Each piece carries all that is asked of it, and its answer depends on nothing else: so pieces can be worked on in any process,
on any machine, in any order. Stretches overlap where events of two of them may meet, and their answers are put together as a
set; parts share no event. The whole is therefore what one process would find.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dateline.link.candidates import LEAD_BACK, NO_DAY, SLACK
from dateline.link.clusters import PairJudge, StoryBook, group_part, pairs_that_speak
from dateline.link.holdings import keys_of
from dateline.link.incidents import Verdicts, incident_of
from dateline.link.likely import Days, stretch_of
from dateline.link.sketching import story_from, trace_from
from dateline.link.stories import Story
from dateline.link.telling import Telling, witness_of
from dateline.link.weights import Weights
from dateline.model.event import Event, ReportHead
from dateline.store.linking import Written, written
from dateline.store.workbench import StoredTrace

# Parsed stories kept at once.
STORIES = 20_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Events that may meet others in these days, and the stories of their reports as they are stored."""

    days: Days
    stored: tuple[StoredTrace, ...]
    stories: tuple[tuple[ReportHead, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Events that comparing connects: in order, with their reports and as JSON; `speaking` are the positions of the pairs
    that connect them."""

    stored: tuple[StoredTrace, ...]
    told: tuple[tuple[ReportHead, str], ...]
    speaking: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """Some parts; `heads` are the reports whose words others repeat, `verdicts` those on the parts' events."""

    parts: tuple[Part, ...]
    heads: dict[str, ReportHead]
    stories: tuple[tuple[ReportHead, str], ...]
    verdicts: Verdicts


def speaking_in(weights: Weights, piece: Stretch) -> list[tuple[str, str]]:
    """Pairs of event ids that speak for one happening."""
    traces = sorted((trace_from(stored, stored.copy_of) for stored in piece.stored), key=lambda trace: trace.sort_key)
    judge = PairJudge(_book(piece.stories), weights)
    return [(traces[left].id, traces[right].id) for left, right in pairs_that_speak(traces, piece.days, judge)]


def incidents_in(weights: Weights, piece: Parts) -> list[Written]:
    """The incidents of some parts, as they will be written."""
    judge = PairJudge(_book(piece.stories), weights)
    return [one for part in piece.parts for one in _incidents_of(part, piece, judge)]


def _incidents_of(part: Part, piece: Parts, judge: PairJudge) -> Iterator[Written]:
    traces = [trace_from(stored, stored.copy_of) for stored in part.stored]

    def telling(number: int) -> Telling:
        head, value = part.told[number]
        witness = witness_of(piece.heads.get(traces[number].source_id, head))
        return Telling(Event.model_validate_json(value), head, traces[number], witness)

    verdicts = {ids: verdict for ids, (verdict, _by) in piece.verdicts.items()}
    for members in group_part(traces, part.speaking, judge, verdicts):
        # A long war can hang together in one part: only one incident's events are read at a time.
        incident = incident_of([telling(number) for number in members], judge, piece.verdicts)
        yield written(traces[0].id, incident, keys_of(incident))


def _book(stories: Iterable[tuple[ReportHead, str]]) -> StoryBook:
    stored = {head.id: (head, story) for head, story in stories}

    @lru_cache(maxsize=STORIES)
    def story(report_id: str) -> Story | None:
        found = stored.get(report_id)
        return story_from(*found) if found else None

    return StoryBook(story)


def stretches_touched(stored: StoredTrace) -> set[Days]:
    """The stretches in which it may meet others, and perhaps one more: told days may prove misread only when they are read."""
    days: list[int] = []
    if stored.first_day is not None and stored.last_day is not None:
        days += [stored.first_day.toordinal(), stored.last_day.toordinal() + SLACK]
        days += [stored.first_day.toordinal() + SLACK, stored.last_day.toordinal()]
    if stored.published is not None:
        days += [stored.published.toordinal() - LEAD_BACK, stored.published.toordinal()]
    return {stretch_of(day) for day in days or [NO_DAY]}


def order_of(stored: StoredTrace) -> tuple[date, str, int, str]:
    """A trace's sort key, without reading all of it: its value begins with the position."""
    return stored.published or date.max, stored.report_id, int(stored.value[1 : stored.value.index(",")]), stored.event_id


def pages_of(sizes: Sequence[int], size: int) -> Iterator[range]:
    """Runs of numbers whose sizes add up to about `size`."""
    start = total = 0
    for number, one in enumerate(sizes):
        total += one
        if total >= size:
            yield range(start, number + 1)
            start, total = number + 1, 0
    if start < len(sizes):
        yield range(start, len(sizes))
