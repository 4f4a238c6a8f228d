"""The interval that the words give: "since" opens it to the report's day, "by" closes it, a running week ends with the report."""

from __future__ import annotations

from datetime import date

from dateline.codebook.times import load_times
from dateline.model.event import Status
from dateline.model.reading import Reading, TimeMention
from dateline.model.text import Span
from dateline.model.when import When
from dateline.resolve.dates_hooks import Hook

AHEAD: frozenset[Status] = frozenset({"planned", "hypothetical"})


def interval_of(reading: Reading, hook: Hook, status: Status, today: date | None, *, close: bool) -> When | None:
    """None when the preposition sets the event off from the time ("after Friday"), or when its status contradicts it.

    `close`: the time is tied so closely to the event that it stands whatever the status.
    """
    mention = hook.mention
    start, end = mention.start_day, mention.end_day
    if start is None or end is None:
        return None
    span = reading.report.span(mention.chars.start, (hook.partner or mention).chars.end)
    if hook.partner and hook.partner.end_day:
        last = _edge(reading, hook.partner) or hook.partner.end_day
        return When(start=start, end=last, precision="range", span=span) if start <= last else None
    if hook.word == "since" or _goes_on(hook, status, today):
        return _since(_edge(reading, mention) or start, today, span)
    if hook.word in {"before", "after"} and not hook.modifies:
        return None
    if hook.word in {"until", "till", "through"} or (hook.word == "by" and status == "planned"):
        return When(start=None, end=end, precision="range", span=span)
    if status in AHEAD and today is not None and end < today and not (close and status == "planned"):
        return None
    if status == "planned" and span.text.lower().startswith(("the end of", "end of")):
        start = end
    first, last = _clip(start, end, status, today)
    precision = (mention.precision or "range") if (first, last) == (mention.start_day, end) else "range"
    return When(start=first, end=last, precision=precision, span=span)


def _goes_on(hook: Hook, status: Status, today: date | None) -> bool:
    """What is ongoing and began on a day lasts since then."""
    end = hook.mention.end_day
    began = hook.governor.lemma_ in load_times().cues["beginning"]
    return status == "ongoing" and began and today is not None and end is not None and end < today


def _since(start: date, today: date | None, span: Span) -> When | None:
    if today is not None and start > today:
        return None
    return When(start=start, end=today, precision="range", span=span)


def _edge(reading: Reading, mention: TimeMention) -> date | None:
    """As an end of a range "mid-May" is its middle; other times keep their own first or last day."""
    if mention.start_day and mention.end_day and reading.report.text[mention.chars.start :][:3].lower() == "mid":
        return mention.start_day + (mention.end_day - mention.start_day) / 2
    return None


def _clip(start: date, end: date, status: Status, today: date | None) -> tuple[date, date]:
    """What happened had happened by the report's day; what is planned is yet to come."""
    if today is None or not start <= today <= end:
        return start, end
    return (today, end) if status == "planned" else (start, today)
