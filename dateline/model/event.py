"""An event is one happening as one report tells it; types, statuses and measures are those of the guidelines."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from dateline.model.actor import Actor
from dateline.model.place import Place
from dateline.model.text import Report, Span
from dateline.model.value import Value
from dateline.model.when import When

EventType = Literal[
    "clash", "airstrike", "shelling", "bombing", "armed_attack", "abduction", "abuse",
    "territory_gain", "siege", "withdrawal", "surrender", "advance", "deployment", "arms_transfer",
    "arrest", "legal", "restriction", "property_destruction",
    "protest", "riot", "crackdown",
    "talks", "agreement", "appeal", "accuse", "threaten", "pledge", "reject", "sanction", "claim_responsibility",
    "displacement", "aid", "aid_obstruction",
]  # fmt: skip

EventGroup = Literal["violence", "control", "coercion", "unrest", "politics", "humanitarian"]

GROUPS: dict[EventGroup, tuple[EventType, ...]] = {
    "violence": ("clash", "airstrike", "shelling", "bombing", "armed_attack", "abduction", "abuse"),
    "control": ("territory_gain", "siege", "withdrawal", "surrender", "advance", "deployment", "arms_transfer"),
    "coercion": ("arrest", "legal", "restriction", "property_destruction"),
    "unrest": ("protest", "riot", "crackdown"),
    "politics": (
        "talks", "agreement", "appeal", "accuse", "threaten", "pledge", "reject", "sanction", "claim_responsibility",
    ),
    "humanitarian": ("displacement", "aid", "aid_obstruction"),
}  # fmt: skip

GROUP_OF: dict[EventType, EventGroup] = {kind: group for group, kinds in GROUPS.items() for kind in kinds}

Status = Literal["happened", "ongoing", "planned", "attempted", "denied", "hypothetical"]

Stance = Literal["asserts", "claims", "confirms", "denies", "doubts"]

SpeakerKind = Literal["person", "office", "organisation", "outlet", "anonymous", "document"]

Measure = Literal[
    "killed", "injured", "displaced", "captured", "abducted", "arrested", "missing", "detained",
    "surrendered", "trapped", "troops", "weapons", "area", "money", "at_risk", "other",
]  # fmt: skip

FigurePart = Literal["total", "part", "cumulative"]


class Source(Value):
    """Who says so, inside the report. `span` is the speaker's words; `via` are those who passed it on, nearest first.

    `party`: the speaker belongs to a side of the event (shown, not judged). `unverified`: the report says it could not check.
    """

    speaker: str
    kind: SpeakerKind = "person"
    role: str | None = None
    affiliation: str | None = None
    stance: Stance
    cue: Span | None = None
    span: Span
    via: tuple[str, ...] = ()
    party: bool = False
    unverified: bool = False


class Figure(Value):
    """A count: `low` and `high` inclusive, None is an open end ("more than 90": 90, None; "up to 90": None, 90).

    `whom` is a short noun as in the text. `part`: a share of another figure ("including two children") or a running toll.
    """

    measure: Measure
    whom: str | None = None
    low: int | None = None
    high: int | None = None
    span: Span
    part: FigurePart = "total"
    sources: tuple[Source, ...] = ()


class Tally(Figure):
    """A figure that belongs to no single event: whole-war tolls, people displaced since a year."""

    since: date | None = None
    until: date | None = None
    place: Place | None = None


class Control(Value):
    """A place that changes or keeps hands; an unnamed side is None."""

    place: Place
    holder_before: Actor | None = Field(default=None, alias="from", serialization_alias="from")
    holder_after: Actor | None = Field(default=None, alias="to", serialization_alias="to")


class Event(Value):
    """`evidence`: the sentences that tell it, the main one first. `made_by`: the codebook entry (or model) that found it.

    `other_places`: named in one breath with `place` for the same telling ("in Baghdad, Mosul and Kirkuk").
    """

    id: str
    type: EventType
    status: Status
    trigger: Span
    by: tuple[Actor, ...] = ()
    on: tuple[Actor, ...] = ()
    place: Place | None = None
    other_places: tuple[Place, ...] = ()
    when: When | None = None
    figures: tuple[Figure, ...] = ()
    control: Control | None = None
    means: Span | None = None
    sources: tuple[Source, ...] = ()
    evidence: tuple[Span, ...] = ()
    confidence: float = Field(ge=0, le=1)
    aggregate: bool = False
    background: bool = False
    made_by: str


class ReportHead(Value):
    """What the record says of its report: all but the text."""

    id: str
    outlet: str | None
    title: str | None
    published: date | None
    url: str | None
    language: str | None


class Record(Value):
    """What `dateline read --json` prints: one report, its events, its tallies, and notes to the reader."""

    report: ReportHead
    events: tuple[Event, ...] = ()
    tallies: tuple[Tally, ...] = ()
    notes: tuple[str, ...] = ()

    def to_json(self) -> str:
        return self.model_dump_json(by_alias=True)


def head_of(report: Report) -> ReportHead:
    return ReportHead(**report.model_dump(exclude={"text"}))
