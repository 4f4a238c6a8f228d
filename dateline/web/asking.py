"""What a page or an API call asks for, read from the address once into the archive's own Query; a wrong value is a UsageError."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import wraps
from typing import Annotated, ParamSpec, TypeVar, get_args

from fastapi import Query as Param

from dateline.errors import UsageError
from dateline.model.event import GROUPS, EventGroup, EventType, Status
from dateline.model.incident import Grade
from dateline.store.query import Box, Query

P = ParamSpec("P")
Value = TypeVar("Value")

TYPES: tuple[str, ...] = get_args(EventType)
KINDS: tuple[str, ...] = get_args(EventGroup)
STATUSES: tuple[str, ...] = get_args(Status)
GRADES: tuple[str, ...] = get_args(Grade)

Types = Annotated[list[str] | None, Param(alias="type", description="event types; repeat for several")]
Kinds = Annotated[list[str] | None, Param(alias="group", description="groups of types: violence, control …")]
Statuses = Annotated[list[str] | None, Param(alias="status", description="statuses; repeat for several")]
Grades = Annotated[list[str] | None, Param(alias="grade", description="grades; repeat for several")]
PlaceName = Annotated[str | None, Param(description="a place, province or country code", examples=["Kunduz"], max_length=200)]
ActorName = Annotated[str | None, Param(description="an actor, by or on", examples=["Taliban"], max_length=200)]
Since = Annotated[str | None, Param(description="first day, YYYY-MM-DD", examples=["2021-08-06"])]
Until = Annotated[str | None, Param(description="last day, YYYY-MM-DD", examples=["2021-08-16"])]
Bbox = Annotated[str | None, Param(description="west,south,east,north in degrees", examples=["60,29,75,39"])]
KnownOn = Annotated[str | None, Param(alias="as_known_on", description="a day or a UTC moment: the record as it was then")]
Limit = Annotated[int, Param(ge=1, le=500, description="items a page")]
Cursor = Annotated[str | None, Param(description="`next` of the page before", max_length=600)]


def one_of(values: Sequence[str] | None, known: Sequence[str], name: str) -> tuple[str, ...]:
    """Empty values are dropped, so that an empty form field narrows nothing."""
    asked = tuple(value for value in values or () if value)
    for value in asked:
        if value not in known:
            raise UsageError(f"{name} {value!r} is unknown: use one of {', '.join(known)}")
    return asked


def _types_in(groups: Sequence[str]) -> list[str]:
    return [kind for group, kinds in GROUPS.items() if group in groups for kind in kinds]


def day(value: str | None, name: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{name} {value!r} is no day: write YYYY-MM-DD") from None


def moment(value: str | None) -> date | datetime | None:
    """A day ('2021-08-10') or a moment ('2021-08-10T12:00:00Z')."""
    if not value:
        return None
    try:
        if len(value) == 10:
            return date.fromisoformat(value)
        found = datetime.fromisoformat(value)
    except ValueError:
        raise UsageError(f"as_known_on {value!r}: write a day (2021-08-10) or a moment (2021-08-10T12:00:00Z)") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def box(value: str | None) -> Box | None:
    if not value:
        return None
    try:
        west, south, east, north = (float(part) for part in value.split(","))
    except ValueError:
        raise UsageError(f"bbox {value!r}: write west,south,east,north in degrees") from None
    in_range = all(abs(x) <= 180 for x in (west, east)) and all(abs(y) <= 90 for y in (south, north)) and south <= north
    if not in_range:
        raise UsageError(f"bbox {value!r} lies off the globe: west,south,east,north in degrees")
    return Box(west, south, east, north)


def query(
    type_: Types = None,
    group: Kinds = None,
    status: Statuses = None,
    grade: Grades = None,
    place: PlaceName = None,
    actor: ActorName = None,
    since: Since = None,
    until: Until = None,
    bbox: Bbox = None,
    as_known_on: KnownOn = None,
) -> Query:
    """A FastAPI dependency: the filters that every listing shares."""
    return Query(
        types=(*one_of(type_, TYPES, "type"), *_types_in(one_of(group, KINDS, "group"))),
        statuses=one_of(status, STATUSES, "status"),
        grades=one_of(grade, GRADES, "grade"),
        place=place or None,
        actor=actor or None,
        since=day(since, "since"),
        until=day(until, "until"),
        box=box(bbox),
        as_known_on=moment(as_known_on),
    )


Step = str | int
LOST = "the cursor is not one that this listing gave out: start again without it"
# What a key is made of, so that a cursor that somebody made up is refused and never reaches the database.
PARTS: dict[str, Callable[[object], bool]] = {
    "flag": lambda part: isinstance(part, bool),
    "day": lambda part: type(part) is int and 0 <= part <= date.max.toordinal(),
    "first day": lambda part: type(part) is int and 1 <= part <= date.max.toordinal(),
    "row": lambda part: type(part) is int and 0 <= part < 2**53,
    "text": lambda part: isinstance(part, str) and part.isprintable(),
}


def in_place(made: Callable[P, Value]) -> Callable[P, Awaitable[Value]]:
    """The same as a coroutine: FastAPI calls it where it stands instead of in a thread of its own."""

    @wraps(made)
    async def call(*given: P.args, **named: P.kwargs) -> Value:
        return made(*given, **named)

    return call


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where a listing stands: after an item's key. The moment is fixed at the first page, so that all pages show one state."""

    known: datetime
    after: tuple[Step, ...] = ()

    def cursor(self) -> str:
        words = json.dumps([self.known.isoformat(), *self.after], separators=(",", ":"))
        return base64.urlsafe_b64encode(words.encode()).decode().rstrip("=")


def bookmark(cursor: str | None, now: datetime, *parts: str) -> Bookmark:
    """`parts` name what the listing's keys are made of."""
    if cursor is None:
        return Bookmark(now)
    try:
        known, *after = json.loads(base64.urlsafe_b64decode((cursor + "=" * (-len(cursor) % 4)).encode()))
        moment = datetime.fromisoformat(known)
    except (ValueError, TypeError):
        raise UsageError(LOST) from None
    fits = len(after) == len(parts) and all(PARTS[name](part) for name, part in zip(parts, after, strict=True))
    if not fits or moment.tzinfo is None:
        raise UsageError(LOST)
    return Bookmark(moment, tuple(after))
