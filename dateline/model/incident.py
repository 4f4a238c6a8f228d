"""An incident is the same happening across reports: it keeps every account, says what is agreed and by which rule,

and shows disagreement as sides, never as an average. A holding is who holds a place, from when, according to whom.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from dateline.model.actor import Actor
from dateline.model.event import Event, EventGroup, EventType, Measure, ReportHead, Status
from dateline.model.place import Place
from dateline.model.value import Value
from dateline.model.when import WhenPrecision

# Who stands behind it: an outlet in its own voice, only speakers, both sides of the fight, or it was taken back.
Standing = Literal["told", "claimed", "confirmed", "disputed", "retracted"]

# In the manner of Airwars; the rule that gives each grade is in link/grades.py.
Grade = Literal["confirmed", "fair", "weak", "contested", "discounted"]

HoldingState = Literal["held", "contested", "besieged"]

# "add" is an event that the coder missed. "undecided" takes back an add, accept, correct or reject; "unsure" does so for a pair.
Verdict = Literal["same", "different", "unsure", "add", "accept", "correct", "reject", "undecided"]


class Account(Value):
    """One report's version. `copy_of` names the report that this one repeats: a copy is not a second witness."""

    report: ReportHead
    event: Event
    copy_of: str | None = None

    @property
    def name(self) -> str:
        return f"{self.report.outlet or 'unnamed outlet'}, {self.report.published or 'undated'}"


class Reason(Value):
    """One comparison of two accounts: what it adds to the score (below zero: speaks against), in words for a reader."""

    feature: str
    score: float
    words: str


class Bond(Value):
    """Why two accounts stand in one incident: the sum of its reasons, as a probability, or a human's word."""

    left: str
    right: str
    probability: float
    reasons: tuple[Reason, ...] = ()
    judged_by: str | None = None


class Agreed(Value):
    """How a value of the incident came about: the rule, and the accounts (event ids) that carry it."""

    field: str
    words: str
    rule: str
    accounts: tuple[str, ...]


class Side(Value):
    """One side of a dispute: what it says, who says it, in which accounts (event ids)."""

    words: str
    said_by: tuple[str, ...]
    accounts: tuple[str, ...]


class Dispute(Value):
    field: str
    sides: tuple[Side, ...]


class FigureStep(Value):
    """What the figure stood at, as told on a day."""

    told: date | None
    low: int | None
    high: int | None
    account: str


class IncidentFigure(Value):
    """A count over all accounts: the range they span, and its course from the first telling to the last."""

    measure: Measure
    whom: str | None = None
    low: int | None = None
    high: int | None = None
    course: tuple[FigureStep, ...] = ()
    disputed: bool = False


class Extent(Value):
    """When it happened, over all accounts: the interval that they share; `disputed` when they share none."""

    start: date | None
    end: date | None
    precision: WhenPrecision
    disputed: bool = False


class Incident(Value):
    """`accounts` in the order told. `witnesses` counts independent ones, copies left out. `known_from` is the archive's time."""

    id: str
    type: EventType
    group: EventGroup
    status: Status
    standing: Standing
    grade: Grade
    grade_rule: str
    place: Place | None = None
    when: Extent | None = None
    by: tuple[Actor, ...] = ()
    on: tuple[Actor, ...] = ()
    figures: tuple[IncidentFigure, ...] = ()
    holder_before: str | None = None
    holder_after: str | None = None
    aggregate: bool = False
    background: bool = False
    accounts: tuple[Account, ...] = ()
    bonds: tuple[Bond, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    witnesses: int = 0
    first_told: date | None = None
    last_told: date | None = None
    known_from: datetime | None = None


class Testimony(Value):
    """One account that says who holds a place: enough to find the words again."""

    report_id: str
    event_id: str
    outlet: str | None
    published: date | None
    words: str
    said_by: tuple[str, ...] = ()


class Holding(Value):
    """A stretch of days in which `holder` holds `place`; `holder` None: an unnamed side, or nobody knows.

    The change happened between `since_earliest` and `since_latest` (None: not told); `until_*` likewise, None while it lasts.
    `contradicted_by` are accounts that name another holder for the same days; `standing` says who stands behind the change.
    """

    key: str
    place: Place
    holder: str | None
    holder_id: str | None = None
    state: HoldingState
    standing: Standing = "told"
    against: str | None = None
    since_earliest: date | None = None
    since_latest: date | None = None
    until_earliest: date | None = None
    until_latest: date | None = None
    incident_id: str | None = None
    accounts: tuple[Testimony, ...] = ()
    contradicted_by: tuple[Testimony, ...] = ()

    def certain_on(self, day: date) -> bool:
        """Whether the day lies wholly inside, not in the days in which the place was changing hands."""
        begun = self.since_latest is None or self.since_latest <= day
        lasting = self.until_earliest is None or day < self.until_earliest
        return begun and lasting


class Judgement(Value):
    """A verdict of a person or of the machine; never overwritten: a later one on the same subject supersedes it.

    `left` and `right` are event ids (same, different, unsure); the others have only `left`, an event or incident. `event` is the
    event as the person leaves it, and `fields` are those that the person vouches for: a newer coding keeps them.
    """

    id: str
    verdict: Verdict
    left: str
    right: str | None = None
    by: str
    is_human: bool = True
    note: str = ""
    correction: str | None = None
    event: Event | None = None
    fields: tuple[str, ...] = ()
    made_at: datetime
