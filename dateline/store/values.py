"""What the archive hands back beside the record's own values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dateline.model.event import Event, ReportHead

AddedAs = Literal["new", "unchanged", "version", "recoded"]

ChangeKind = Literal["new", "changed", "merged", "withdrawn", "version", "recoded", "edited", "judged"]


@dataclass(frozen=True, slots=True)
class Added:
    """What adding did: `version` is another text under a known id, `recoded` another record of the same text."""

    report_id: str
    how: AddedAs
    events: int

    @property
    def changed(self) -> bool:
        return self.how != "unchanged"


@dataclass(frozen=True, slots=True)
class StoredReport:
    head: ReportHead
    digest: str
    known_from: datetime
    known_to: datetime | None


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event with its report; `incident_id` is None until it is linked."""

    report: ReportHead
    event: Event
    known_from: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """What became known at one moment and was not linked yet: reports (ids) and verdicts (ids)."""

    moment: datetime
    reports: frozenset[str]
    judgements: frozenset[str]


@dataclass(frozen=True, slots=True)
class LinkState:
    """`seen`: the journal row up to which the picture is linked; `last`: the newest row; `base`: the row of the last
    linking; `waiting`: what no linking has seen, the oldest moment first."""

    seen: int
    last: int
    base: int
    waiting: tuple[Batch, ...]

    @property
    def is_current(self) -> bool:
        return not self.waiting


@dataclass(frozen=True, slots=True)
class Linked:
    """What saving a linked picture did. `base` is the journal row that it wrote."""

    incidents: int
    new: int
    changed: int
    merged: int
    gone: int
    base: int = 0
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One line of what is new since a moment."""

    at: datetime
    kind: ChangeKind
    subject: Literal["report", "incident", "judgement"]
    id: str
    words: str
