"""A telling is one account on its way into an incident: the event as told, by whom, and its trace for comparing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateline.link.backdrop import Backdrop
from dateline.link.trace import Trace, fold, trace_of
from dateline.model.event import Event, ReportHead
from dateline.model.place import Place


@dataclass(frozen=True, slots=True)
class Telling:
    """`witness` is shared by tellings that come from one pen; `copy_of` names the report whose words are repeated."""

    event: Event
    report: ReportHead
    trace: Trace
    witness: str

    @property
    def id(self) -> str:
        return self.event.id

    @property
    def copy_of(self) -> str | None:
        return self.trace.source_id if self.trace.source_id != self.report.id else None

    @property
    def place(self) -> Place | None:
        return self.event.place or (self.event.control.place if self.event.control else None)

    @property
    def days(self) -> tuple[date, date] | None:
        return self.trace.days

    @property
    def by(self) -> frozenset[str]:
        return self.trace.by

    @property
    def sort_key(self) -> tuple[date, str, int, str]:
        return self.trace.sort_key


def telling_of(event: Event, report: ReportHead, source: ReportHead | None = None, backdrop: Backdrop = Backdrop()) -> Telling:
    """`source`: the earlier report whose words these are, when the report only repeats them."""
    trace = trace_of(event, report, source.id if source else None, backdrop.setting, backdrop.topics_for(event))
    return Telling(event, report, trace, witness_of(source or report))


def witness_of(report: ReportHead) -> str:
    """One outlet is one witness, however often it tells; a report of no known outlet stands for itself."""
    return fold(report.outlet) if report.outlet else report.id
