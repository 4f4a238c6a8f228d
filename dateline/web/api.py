"""The record over HTTP, version 1: every answer is the archive's own value as JSON, as known at a moment the caller may name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Body, Depends, Request, Response
from fastapi import Path as InPath
from fastapi import Query as Param
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, Field, TypeAdapter

from dateline.errors import UsageError
from dateline.model.event import Event, Record, ReportHead
from dateline.model.incident import Holding, Incident
from dateline.model.text import Report, content_id
from dateline.store.archive import Archive
from dateline.store.query import AsKnownOn, Query
from dateline.store.values import Change
from dateline.store.wire import FIRST, HoldingKey, Line
from dateline.web import asking, points, problems
from dateline.web.answers import Answers
from dateline.web.by_hand import Known
from dateline.web.ordered import key_of
from dateline.web.shelf import Shelf

Coder = Callable[[Report], Record]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Desk:
    """What every route works with. `coder` is None where no language model is loaded: reading a report is then refused."""

    archive: Archive
    shelf: Shelf
    coder: Coder | None
    max_chars: int
    countries: dict[str, str]
    known: Known
    answers: Answers


GEOJSON, LINES = "application/geo+json", "application/x-ndjson"


class GeoJsonResponse(JSONResponse):
    media_type = GEOJSON


class LinesResponse(StreamingResponse):
    media_type = LINES


async def desk_of(request: Request) -> Desk:
    """A coroutine, as all that routes depend on: FastAPI calls it in place instead of in a thread of its own."""
    desk: Desk = request.app.state.desk
    return desk


TheDesk = Annotated[Desk, Depends(desk_of)]
Asked = Annotated[Query, Depends(asking.in_place(asking.query))]
Id = Annotated[str, InPath(description="its id, as a listing gives it", max_length=300)]

router = APIRouter(prefix="/api/v1", tags=["record"], responses=problems.RESPONSES)


class Page(BaseModel):
    """`next` is the cursor of the next page, null on the last. `as_known_on` is the moment that all pages share."""

    next: str | None = None
    as_known_on: datetime


class IncidentPage(Page):
    items: list[Incident]


class ReportPage(Page):
    items: list[ReportHead]


class EventOfReport(BaseModel):
    report: ReportHead
    event: Event


class EventPage(Page):
    items: list[EventOfReport]


class HoldingPage(Page):
    items: list[Holding]


class ChangePage(Page):
    items: list[Change]


class Features(BaseModel):
    """A GeoJSON FeatureCollection."""

    type: Literal["FeatureCollection"]
    features: list[dict[str, Any]]


class Text(BaseModel):
    """A report to code; nothing of it is kept."""

    text: str = Field(min_length=1, examples=["KABUL, Aug. 8 - Fighters seized the town of Kunduz on Sunday, an official said."])
    title: str | None = None
    outlet: str | None = Field(default=None, max_length=200)
    published: date | None = Field(default=None, examples=["2021-08-08"])


def page_of(lines: Sequence[Line], at: asking.Bookmark, limit: int) -> str:
    """A page of `limit` items; a line more than that shows that there is a next page."""
    following = asking.Bookmark(at.known, lines[limit - 1].key).cursor() if len(lines) > limit else None
    head = f'"next":{json.dumps(following)},"as_known_on":{json.dumps(at.known.isoformat())}'
    return f'{{{head},"items":[{",".join(line.text for line in lines[:limit])}]}}'


@router.get("/incidents", summary="Incidents, first day first", response_model=IncidentPage)
def incidents(desk: TheDesk, asked: Asked, request: Request, limit: asking.Limit = 50, cursor: asking.Cursor = None) -> Response:
    at = asking.bookmark(cursor, datetime.now(UTC), "flag", "day", "text")

    def make() -> str:
        known = asked.as_known_on or at.known
        listing = desk.shelf.listing(known)
        found = list(islice(listing.after(asked, at.after or None), limit + 1))  # type: ignore[arg-type]  # the parts were checked
        keys = [key_of(item) for item in found]
        texts = desk.archive.wire.incidents([item.id for item in found[:limit]], known)
        return page_of([Line(key, text) for key, text in zip(keys, [*texts, ""], strict=False)], at, limit)

    return desk.answers.give(request, make)


@router.get("/incidents.ndjson", summary="All incidents asked for, one JSON object a line", response_class=LinesResponse)
def incidents_stream(desk: TheDesk, asked: Asked) -> LinesResponse:
    return LinesResponse(_lines(desk, asked, asked.as_known_on or datetime.now(UTC)))


def _lines(desk: Desk, asked: Query, known: AsKnownOn, step: int = 500) -> Iterator[str]:
    ids = (item.id for item in desk.shelf.listing(known).after(asked))
    while portion := list(islice(ids, step)):
        for text in desk.archive.wire.incidents(portion, known):
            yield text + "\n"


@router.get("/incidents/{incident_id}", summary="One incident with all its accounts", response_model=Incident)
def incident(desk: TheDesk, incident_id: Id, request: Request, as_known_on: asking.KnownOn = None) -> Response:
    known = asking.moment(as_known_on)
    return desk.answers.give(
        request, lambda: found_or_404(desk.archive.wire.incident(incident_id, known), "incident", incident_id)
    )


def found_or_404(found: Value | None, kind: str, asked: str) -> Value:
    if found is None:
        raise problems.NotFound(f"no {kind} {asked!r} in this archive")
    return found


@router.get(
    "/events",
    summary="Events as single reports tell them, in the order in which they became part of the record",
    response_model=EventPage,
)
def events(desk: TheDesk, asked: Asked, request: Request, limit: asking.Limit = 50, cursor: asking.Cursor = None) -> Response:
    at = asking.bookmark(cursor, datetime.now(UTC), "row")
    begin = int(at.after[0]) if at.after else 0
    wanted = replace(asked, as_known_on=asked.as_known_on or at.known)
    return desk.answers.give(request, lambda: page_of(desk.archive.wire.events(wanted, begin, limit + 1), at, limit))


@router.get("/reports", summary="Reports without their texts, in the order in which they were added", response_model=ReportPage)
def reports(
    desk: TheDesk,
    request: Request,
    limit: asking.Limit = 50,
    cursor: asking.Cursor = None,
    as_known_on: asking.KnownOn = None,
) -> Response:
    at = asking.bookmark(cursor, datetime.now(UTC), "row")
    begin, known = int(at.after[0]) if at.after else 0, asking.moment(as_known_on) or at.known
    return desk.answers.give(request, lambda: page_of(desk.archive.wire.reports(known, begin, limit + 1), at, limit))


@router.get("/reports/{report_id}", summary="One report with its text", response_model=Report)
def report(desk: TheDesk, report_id: Id, request: Request, as_known_on: asking.KnownOn = None) -> Response:
    known = asking.moment(as_known_on)
    return desk.answers.give(
        request, lambda: found_or_404(desk.archive.report(report_id, known), "report", report_id).model_dump_json(by_alias=True)
    )


@router.get(
    "/reports/{report_id}/record", summary="What was read in the report, every value with its words", response_model=Record
)
def record(desk: TheDesk, report_id: Id, request: Request, as_known_on: asking.KnownOn = None) -> Response:
    known = asking.moment(as_known_on)
    return desk.answers.give(
        request, lambda: found_or_404(desk.archive.record(report_id, known), "report", report_id).model_dump_json(by_alias=True)
    )


Day = Annotated[str | None, Param(description="a day, YYYY-MM-DD", examples=["2021-08-10"])]


@router.get(
    "/holdings",
    summary="Who holds what on a day, and who says so; without a day the whole ledger; by place, then by time",
    response_model=HoldingPage,
)
def holdings(
    desk: TheDesk,
    request: Request,
    on: Day = None,
    place: asking.PlaceName = None,
    limit: asking.Limit = 50,
    cursor: asking.Cursor = None,
    as_known_on: asking.KnownOn = None,
) -> Response:
    day, at = asking.day(on, "on"), asking.bookmark(cursor, datetime.now(UTC), "text", "first day", "row")
    known = asking.moment(as_known_on) or at.known

    def make() -> str:
        begin: HoldingKey = at.after or FIRST  # type: ignore[assignment]  # the parts were checked
        return page_of(desk.archive.wire.holdings(day, place or None, known, begin, limit + 1), at, limit)

    return desk.answers.give(request, make)


@router.get("/holdings.ndjson", summary="All holdings asked for, one JSON object a line", response_class=LinesResponse)
def holdings_stream(
    desk: TheDesk, on: Day = None, place: asking.PlaceName = None, as_known_on: asking.KnownOn = None
) -> LinesResponse:
    found = desk.archive.wire.holdings(asking.day(on, "on"), place or None, asking.moment(as_known_on))
    return LinesResponse(line.text + "\n" for line in found)


Moment = Annotated[str, Param(description="a day or a UTC moment", examples=["2021-08-10"])]


@router.get(
    "/changes", summary="What became new, changed, merged or withdrawn since a moment, oldest first", response_model=ChangePage
)
def changes(
    desk: TheDesk,
    request: Request,
    since: Moment,
    until: Annotated[str | None, Param(description="a day or a UTC moment; by default now")] = None,
    limit: asking.Limit = 50,
    cursor: asking.Cursor = None,
) -> Response:
    begin, end = _moment(since, "since"), _moment(until, "until") if until else None
    at = asking.bookmark(cursor, datetime.now(UTC), "text", "text", "text", "text")

    def make() -> str:
        found = sorted((_change_key(change), change) for change in desk.archive.changes(begin, end or at.known))
        rest = (pair for pair in found if pair[0] > at.after) if at.after else iter(found)
        return page_of([Line(key, CHANGE.dump_json(change).decode()) for key, change in islice(rest, limit + 1)], at, limit)

    return desk.answers.give(request, make)


CHANGE = TypeAdapter(Change)


def _change_key(change: Change) -> tuple[str, str, str, str]:
    return (change.at.isoformat(timespec="microseconds"), change.subject, change.id, change.kind)


def _moment(value: str, name: str) -> datetime:
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{name} {value!r} is no moment: write 2021-08-10 or 2021-08-10T12:00:00Z") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@router.get(
    "/geojson",
    summary="Incidents as GeoJSON (RFC 7946); those known only to country or region have no geometry",
    response_class=GeoJsonResponse,
    response_model=Features,
)
def geojson(desk: TheDesk, asked: Asked, request: Request) -> Response:
    return desk.answers.give(request, lambda: points.geojson(desk.shelf.asked(asked)), "application/geo+json")


@router.get("/points", summary="The desk's own map format: incidents in columns, without their words", include_in_schema=False)
def map_points(desk: TheDesk, asked: Asked, request: Request) -> Response:
    return desk.answers.give_packed(request, lambda: desk.shelf.columns(asked))


@router.post("/code", summary="Code a report here and now; nothing is kept")
def code(desk: TheDesk, text: Annotated[Text, Body()]) -> Record:
    return code_text(desk, text.text, text.title, text.outlet, text.published)[1]


def code_text(desk: Desk, text: str, title: str | None, outlet: str | None, published: date | None) -> tuple[Report, Record]:
    """The report made of pasted words, and its record. Its id is its content's hash."""
    if desk.coder is None:
        raise UsageError("this desk was started without a language model: start it with `dateline serve`")
    if not text.strip():
        raise UsageError("there is no text to read: paste a report")
    if len(text) > desk.max_chars:
        raise UsageError(f"the text has {len(text):,} characters, more than the {desk.max_chars:,} that one report may have")
    made = Report(
        id=content_id(text, published), outlet=outlet or None, title=title or None, published=published, language="en", text=text
    )
    return made, desk.coder(made)
