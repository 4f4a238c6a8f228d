"""The record over HTTP, version 1: every answer is the archive's own value as JSON, as known at a moment the caller may name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
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
from dateline.store.query import Query
from dateline.web import asking, points, problems
from dateline.web.answers import Answers
from dateline.web.by_hand import Known
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


class GeoJsonResponse(JSONResponse):
    media_type = "application/geo+json"


class LinesResponse(StreamingResponse):
    media_type = "application/x-ndjson"


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


TheDesk = Annotated[Desk, Depends(desk_of)]
Asked = Annotated[Query, Depends(asking.query)]
Id = Annotated[str, InPath(max_length=300)]

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


@router.get("/incidents", summary="Incidents, first day first", response_model=IncidentPage)
def incidents(desk: TheDesk, asked: Asked, request: Request, limit: asking.Limit = 50, cursor: asking.Cursor = None) -> Response:
    at = asking.bookmark(cursor, datetime.now(UTC))

    def make() -> str:
        wanted = asking.page(asked, at, limit)
        ids = [item.id for item in desk.shelf.by_first_day(wanted)[at.offset : at.offset + limit + 1]]
        found = desk.archive.incidents_of(ids[:limit], wanted.as_known_on)
        page = IncidentPage.model_construct(items=found, next=_next(at, ids, limit), as_known_on=at.known)
        return page.model_dump_json(by_alias=True)

    return desk.answers.give(request, make)


def _next(at: asking.Bookmark, found: list[Any], limit: int) -> str | None:
    return replace(at, offset=at.offset + limit).cursor() if len(found) > limit else None


@router.get(
    "/incidents.ndjson",
    summary="All incidents asked for, one JSON object a line",
    response_class=LinesResponse,
)
def incidents_stream(desk: TheDesk, asked: Asked) -> LinesResponse:
    known = replace(asked, as_known_on=asked.as_known_on or datetime.now(UTC))
    return LinesResponse(_lines(desk, known))


def _lines(desk: Desk, asked: Query, step: int = 500) -> Iterator[str]:
    ids = [item.id for item in desk.shelf.by_first_day(asked)]
    for start in range(0, len(ids), step):
        for incident in desk.archive.incidents_of(ids[start : start + step], asked.as_known_on):
            yield incident.model_dump_json(by_alias=True) + "\n"


@router.get("/incidents/{incident_id}", summary="One incident with all its accounts", response_model=Incident)
def incident(desk: TheDesk, incident_id: Id, request: Request, as_known_on: asking.KnownOn = None) -> Response:
    known = asking.moment(as_known_on)

    def make() -> str:
        return found_or_404(desk.archive.incident(incident_id, known), "incident", incident_id).model_dump_json(by_alias=True)

    return desk.answers.give(request, make)


def found_or_404(found: Value | None, kind: str, asked: str) -> Value:
    if found is None:
        raise problems.NotFound(f"no {kind} {asked!r} in this archive")
    return found


@router.get("/events", summary="Events as single reports tell them, in the order of publication", response_model=EventPage)
def events(desk: TheDesk, asked: Asked, request: Request, limit: asking.Limit = 50, cursor: asking.Cursor = None) -> Response:
    at = asking.bookmark(cursor, datetime.now(UTC))

    def make() -> str:
        found = list(desk.archive.events(asking.page(asked, at, limit)))
        items = [EventOfReport.model_construct(report=stored.report, event=stored.event) for stored in found[:limit]]
        page = EventPage.model_construct(items=items, next=_next(at, found, limit), as_known_on=at.known)
        return page.model_dump_json(by_alias=True)

    return desk.answers.give(request, make)


@router.get("/reports", summary="Reports without their texts", response_model=ReportPage)
def reports(
    desk: TheDesk,
    request: Request,
    limit: asking.Limit = 50,
    cursor: asking.Cursor = None,
    as_known_on: asking.KnownOn = None,
) -> Response:
    at = asking.bookmark(cursor, datetime.now(UTC))
    known = asking.moment(as_known_on) or at.known

    def make() -> str:
        found = [stored.head for stored in desk.archive.reports(known, limit + 1, at.offset)]
        page = ReportPage.model_construct(items=found[:limit], next=_next(at, found, limit), as_known_on=at.known)
        return page.model_dump_json(by_alias=True)

    return desk.answers.give(request, make)


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


HOLDINGS = TypeAdapter(list[Holding])


@router.get(
    "/holdings",
    summary="Who holds what on a day, and who says so; without a day the whole ledger",
    response_model=list[Holding],
)
def holdings(
    desk: TheDesk,
    request: Request,
    on: Annotated[str | None, Param(description="a day, YYYY-MM-DD", examples=["2021-08-10"])] = None,
    place: asking.PlaceName = None,
    as_known_on: asking.KnownOn = None,
) -> Response:
    day, known = asking.day(on, "on"), asking.moment(as_known_on)
    return desk.answers.give(request, lambda: HOLDINGS.dump_json(desk.archive.holdings(day, known, place or None), by_alias=True))


@router.get("/changes", summary="What became new, changed, merged or withdrawn since a moment")
def changes(desk: TheDesk, since: str, until: str | None = None) -> list[dict[str, Any]]:
    begin, end = _moment(since, "since"), _moment(until, "until") if until else None
    return [
        {"at": change.at, "kind": change.kind, "subject": change.subject, "id": change.id, "words": change.words}
        for change in desk.archive.changes(begin, end)
    ]


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
    return desk.answers.give(request, lambda: desk.shelf.columns(asked))


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
