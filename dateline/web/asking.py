"""What a page or an API call asks for, read from the address once into the archive's own Query; a wrong value is a UsageError."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Annotated, get_args

from fastapi import Query as Param

from dateline.errors import UsageError
from dateline.model.event import GROUPS, EventGroup, EventType, Status
from dateline.model.incident import Grade
from dateline.store.query import Box, Query

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
Cursor = Annotated[str | None, Param(description="`next` of the page before", max_length=200)]


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


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where a listing stands. The moment is fixed at the first page, so that later pages neither skip nor repeat."""

    offset: int
    known: datetime

    def cursor(self) -> str:
        return base64.urlsafe_b64encode(f"{self.offset} {self.known.isoformat()}".encode()).decode().rstrip("=")


def bookmark(cursor: str | None, now: datetime) -> Bookmark:
    if cursor is None:
        return Bookmark(0, now)
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        offset, known = base64.urlsafe_b64decode(padded.encode()).decode().split(" ", 1)
        found = Bookmark(int(offset), datetime.fromisoformat(known))
    except (ValueError, UnicodeError, binascii.Error):
        raise UsageError("the cursor is not one that this listing gave out: start again without it") from None
    if found.offset < 0 or found.offset > 10**9 or found.known.tzinfo is None:
        raise UsageError("the cursor is not one that this listing gave out: start again without it")
    return found


def page(asked: Query, at: Bookmark, limit: int) -> Query:
    """One item more than the page holds, to see whether there is a next one."""
    return replace(asked, as_known_on=asked.as_known_on or at.known, limit=limit + 1, offset=at.offset)
