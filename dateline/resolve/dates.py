"""Which time belongs to which event; "not said" is an answer, and the publication date never stands in for one.

A time belongs to what the parse hangs it on (`dates_hooks`, `dates_ties`) and means what its preposition and the event's
status make of it (`dates_interval`). What a sentence does not date is dated by the other mentions of the same event, by the
sentence that it plainly carries on (`dates_carried`), or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dateline.codebook.times import load_times
from dateline.model.event import GROUP_OF
from dateline.model.reading import Draft, Reading, TimeMention
from dateline.model.when import When
from dateline.resolve.dates_carried import carried_times
from dateline.resolve.dates_hooks import Hook, hook_of
from dateline.resolve.dates_interval import interval_of
from dateline.resolve.dates_narrative import narrative_time
from dateline.resolve.dates_ties import OWN, Ties, tie


def date_drafts(reading: Reading, drafts: Sequence[Draft], times: Sequence[TimeMention]) -> tuple[When | None, ...]:
    """One interval or None for each draft, in their order."""
    today = report_day(reading, times)
    hooks = _hooks(reading, times)
    ties = Ties(reading.doc, _heads(drafts), _heads(d for d in drafts if GROUP_OF[d.type] == "politics"), load_times().cues)
    said, done = carried_times(reading, hooks, today)
    out = []
    for draft in drafts:
        when = _own_time(reading, draft, hooks, ties, today)
        if when is None and draft.status == "happened" and draft.sentence not in hooks:
            when = (said if GROUP_OF[draft.type] == "politics" else done).get(draft.sentence)
        out.append(when or narrative_time(reading, draft, hooks, today))
    return tuple(out)


def report_day(reading: Reading, times: Sequence[TimeMention]) -> date | None:
    """The day from which the report speaks: its header's, else its publication's."""
    return next((mention.start_day for mention in times if mention.anchor == "header"), reading.report.published)


def _heads(drafts: Iterable[Draft]) -> frozenset[int]:
    return frozenset(token for draft in drafts for token in (draft.head, *draft.other_heads))


def _hooks(reading: Reading, times: Sequence[TimeMention]) -> Mapping[int, Sequence[Hook]]:
    """Times with an interval by their sentence, each with what it hangs on."""
    out: dict[int, list[Hook]] = {}
    for number, mention in enumerate(times):
        if mention.anchor != "header" and mention.start_day is not None and (hook := hook_of(reading, number, times)):
            out.setdefault(reading.sentence_at(mention.chars.start), []).append(hook)
    return out


def _own_time(reading: Reading, draft: Draft, hooks: Mapping[int, Sequence[Hook]], ties: Ties, today: date | None) -> When | None:
    """The time told with the trigger; then with the other mentions of the same event, in their order."""
    for head in (draft.head, *draft.other_heads):
        trigger = reading.doc[head]
        here = hooks.get(reading.sentence_at(trigger.idx), ())
        scored = [(tie(ties, trigger, draft, hook), -number, hook) for number, hook in enumerate(here)]
        for score, _, hook in sorted(scored, key=lambda row: row[:2], reverse=True):
            if score > 0 and (when := interval_of(reading, hook, draft.status, today, close=score >= OWN)):
                return when
    return None
