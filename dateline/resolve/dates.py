"""Which time belongs to which event; "not said" is an answer, and the publication date never stands in for one.

A time belongs to what the parse hangs it on. It is shared along a verb's own arguments, its participles and its partners
in a list; it never crosses a verb of saying, nor enters or leaves a clause that tells another happening. What a sentence
does not date is dated by the other sentences that tell the same event, by the caption's date, or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.model.event import GROUP_OF
from dateline.model.reading import Draft, Reading, TimeMention
from dateline.model.when import When
from dateline.resolve.dates_attach import Hook, Ties, hook_of, tie
from dateline.resolve.dates_interval import interval_of


def date_drafts(reading: Reading, drafts: Sequence[Draft], times: Sequence[TimeMention]) -> tuple[When | None, ...]:
    """One interval or None for each draft, in their order."""
    today = report_day(reading, times)
    hooks = _hooks(reading, times)
    ties = Ties(reading.doc, frozenset(i for draft in drafts for i in (draft.head, *draft.other_heads)), _speech_heads(drafts))
    dated = [_own_time(reading, draft, hooks, ties, today) for draft in drafts]
    return tuple(when or _inherited(reading, n, drafts, dated) for n, when in enumerate(dated))


def report_day(reading: Reading, times: Sequence[TimeMention]) -> date | None:
    """The day from which the report speaks: its header's, else its publication's."""
    for mention in times:
        if mention.anchor == "header":
            return mention.start_day
    return reading.report.published


def _hooks(reading: Reading, times: Sequence[TimeMention]) -> dict[int, list[Hook]]:
    """Times with an interval by their sentence, each with what it hangs on."""
    out: dict[int, list[Hook]] = {}
    for number, mention in enumerate(times):
        if mention.anchor == "header" or mention.start_day is None:
            continue
        hook = hook_of(reading, number, times)
        if hook is not None:
            out.setdefault(reading.sentence_at(mention.chars.start), []).append(hook)
    return out


def _speech_heads(drafts: Sequence[Draft]) -> frozenset[int]:
    return frozenset(i for draft in drafts if GROUP_OF[draft.type] == "politics" for i in (draft.head, *draft.other_heads))


def _own_time(reading: Reading, draft: Draft, hooks: dict[int, list[Hook]], ties: Ties, today: date | None) -> When | None:
    """The time told with the trigger; then with the other mentions of the same event, in their order."""
    places = [(draft.head, draft.sentence)]
    places += [(head, reading.sentence_at(reading.doc[head].idx)) for head in draft.other_heads]
    for head, sentence in places:
        scored = [(tie(ties, reading.doc[head], draft, hook), -hook.mention.chars.start, hook) for hook in hooks.get(sentence, ())]
        good = sorted((row for row in scored if row[0] > 0), key=lambda row: row[:2], reverse=True)
        for _, _, hook in good:
            when = interval_of(reading, hook, draft.status, today)
            if when is not None:
                return when
    return None


def _inherited(reading: Reading, number: int, drafts: Sequence[Draft], dated: Sequence[When | None]) -> When | None:
    return None
