"""The interval that the words give: "since" opens it to the report's day, "by" closes it, a running week ends with the report."""

from __future__ import annotations

from datetime import date

from dateline.model.event import Status
from dateline.model.reading import Reading, TimeMention
from dateline.model.when import When, WhenPrecision
from dateline.resolve.dates_attach import Hook


BEGINNING = frozenset({"begin", "start", "launch", "erupt", "open", "break", "expand", "impose", "flare"})


def interval_of(reading: Reading, hook: Hook, status: Status, today: date | None, *, close: bool) -> When | None:
    """None when the preposition only sets the event off from the time ("after Friday")."""
    mention = hook.mention
    start, end, precision = mention.start_day, mention.end_day, mention.precision or "range"
    if start is None or end is None:
        return None
    span = reading.report.span(mention.chars.start, mention.chars.end)
    if hook.partner is not None and hook.partner.end_day is not None:
        end, precision = _last(hook.partner, reading), "range"
        span = reading.report.span(mention.chars.start, hook.partner.chars.end)
        return When(start=start, end=end, precision=precision, span=span) if start <= end else None
    if hook.word == "since" or (status == "ongoing" and hook.governor.lemma_ in BEGINNING and today and end < today):
        return _since(reading, mention, today, span=span)
    if hook.word in {"before", "after"} and not hook.modifies:
        return None
    if hook.word in {"until", "till", "by", "through"} and status == "planned":
        return When(start=None, end=end, precision="range", span=span)
    if hook.word in {"until", "till", "through"}:
        return When(start=None, end=end, precision="range", span=span)
    if status == "planned" and reading.report.text[mention.chars.start :].lower().startswith(("the end of", "end of")):
        start = end
    if status in {"planned", "hypothetical"} and today is not None and end < today and not close:
        return None
    start, end, cut = _clip(start, end, mention, status, today)
    kind: WhenPrecision = "range" if cut else precision
    return When(start=start, end=end, precision=kind, span=span)


def _since(reading: Reading, mention: TimeMention, today: date | None, *, span: object) -> When | None:
    start = _edge(mention, reading)
    if today is not None and start > today:
        return None
    return When(start=start, end=today, precision="range", span=span)  # type: ignore[arg-type]


def _edge(mention: TimeMention, reading: Reading) -> date:
    """As an end of a range, "mid-May" is its middle, any other time its own first or last day."""
    assert mention.start_day is not None and mention.end_day is not None
    if reading.report.text[mention.chars.start :].lower().startswith("mid"):
        return mention.start_day + (mention.end_day - mention.start_day) / 2
    return mention.start_day


def _last(mention: TimeMention, reading: Reading) -> date:
    assert mention.end_day is not None
    edge = _edge(mention, reading)
    return mention.end_day if edge == mention.start_day else edge


def _clip(start: date, end: date, mention: TimeMention, status: Status, today: date | None) -> tuple[date, date, bool]:
    """What happened had happened by the report's day; what is planned is yet to come."""
    if today is None or not start < end:
        return start, end, False
    if status == "planned":
        return (max(start, today), end, start < today) if end >= today else (start, end, False)
    return (start, min(end, today), end > today) if start <= today else (start, end, False)
