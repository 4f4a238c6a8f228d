"""The pages an analyst works in: the map with its list, the incident's card, the report with its marks, who holds what.

Pages are whole without scripts; htmx asks for the same address and gets its changing part.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi import Query as Param
from fastapi.responses import RedirectResponse

from dateline.model.event import GROUPS, Record
from dateline.model.text import Report
from dateline.store.query import Query
from dateline.web import asking, problems
from dateline.web.api import Asked, Desk, Id, TheDesk, code_text
from dateline.web.card import by_hand, incident_card, values
from dateline.web.marks import marks_of, pieces
from dateline.web.pages import is_fragment, render

router = APIRouter(include_in_schema=False)

ROWS = 60
LISTED = 300
EMPTY_FORM = MappingProxyType({"text": "", "outlet": "", "published": ""})


@router.get("/")
def home(request: Request, desk: TheDesk, asked: Asked) -> Response:
    """The map, the list, the timeline. The address holds the view."""
    return render(
        request,
        "desk.html",
        **_listing(desk, asked, 0),
        summary=desk.shelf.summary(asked.as_known_on),
        countries=desk.countries,
        groups=GROUPS,
        asked=asked,
        view=address(asked),
    )


@router.get("/list")
def listing(request: Request, desk: TheDesk, asked: Asked, start: Annotated[int, Param(ge=0)] = 0) -> Response:
    return render(request, "list.html", **_listing(desk, asked, start))


def _listing(desk: Desk, asked: Query, start: int) -> dict[str, Any]:
    found = desk.shelf.asked(asked)
    more = len(found) > start + ROWS
    return {
        "items": found[start : start + ROWS],
        "found": len(found),
        "undrawn": desk.shelf.undrawn(asked),
        "start": start,
        "next": f"/list?{address(asked, start=start + ROWS)}" if more else None,
    }


def address(asked: Query, **more: object) -> str:
    """The filters as an address, empty ones left out."""
    pairs = [
        *(("type", value) for value in asked.types),
        *(("status", value) for value in asked.statuses),
        *(("grade", value) for value in asked.grades),
        ("place", asked.place),
        ("actor", asked.actor),
        ("since", asked.since),
        ("until", asked.until),
        ("bbox", ",".join(str(edge) for edge in asdict(asked.box).values()) if asked.box else None),
        ("as_known_on", asked.as_known_on.isoformat() if asked.as_known_on else None),
        *more.items(),
    ]
    return urlencode([(name, str(value)) for name, value in pairs if value is not None])


@router.get("/tip/{incident_id}")
def tip(request: Request, desk: TheDesk, incident_id: Id) -> Response:
    """What the map shows when a mark is pointed at."""
    for item in desk.shelf.all():
        if item.id == incident_id:
            return render(request, "tip.html", item=item)
    raise problems.NotFound(f"no incident {incident_id!r} in this archive")


@router.get("/incidents/{incident_id}")
def card(request: Request, desk: TheDesk, incident_id: Id, as_known_on: asking.KnownOn = None) -> Response:
    known = asking.moment(as_known_on)
    incident = desk.archive.incident(incident_id, known)
    if incident is None:
        raise problems.NotFound(f"no incident {incident_id!r} in this archive" + (f" as known on {known}" if known else ""))
    if incident.id != incident_id and not is_fragment(request):
        return RedirectResponse(f"/incidents/{incident.id}", 303)
    shown = incident_card(incident, lambda report_id: desk.archive.report(report_id, known))
    name = "card.html" if is_fragment(request) else "incident.html"
    return render(request, name, card=shown, incident=incident, known=known)


@router.get("/reports")
def reports(
    request: Request,
    desk: TheDesk,
    words: Annotated[str, Param(max_length=200)] = "",
    start: Annotated[int, Param(ge=0)] = 0,
    as_known_on: asking.KnownOn = None,
) -> Response:
    """All reports by day, or those whose text holds the words."""
    known = asking.moment(as_known_on)
    if words.strip():
        found = desk.archive.search(words, known, LISTED)
        total, shown = len(found), found[start : start + LISTED]
    else:
        total, shown = desk.shelf.summary(known).reports, desk.archive.reports(known, LISTED, start)
    more = start + LISTED if total > start + LISTED else None
    heads = [stored.head for stored in shown]
    return render(request, "reports.html", reports=heads, total=total, asked=words.strip(), more=more)


@router.get("/reports/{report_id:path}")
def report(
    request: Request,
    desk: TheDesk,
    report_id: Id,
    as_known_on: asking.KnownOn = None,
    by: Annotated[str, Param(max_length=80)] = "",
) -> Response:
    known = asking.moment(as_known_on)
    found, record = desk.archive.report(report_id, known), desk.archive.record(report_id, known)
    if found is None or record is None:
        raise problems.NotFound(f"no report {report_id!r} in this archive")
    homes = {event: item for item in desk.shelf.all(known) for event in item.events}
    return render(request, "report.html", **_reading(found, record), known=known, by=by.strip(), homes=homes)


def _reading(found: Report, record: Record) -> dict[str, Any]:
    return {
        "report": found,
        "record": record,
        "pieces": pieces(found.text, marks_of(record)),
        "values": {event.id: list(values(event)) for event in record.events},
        "by_hand": {event.id: by_hand(event) for event in record.events},
    }


@router.get("/read")
def paste(request: Request, desk: TheDesk) -> Response:
    return render(request, "read.html", ready=desk.coder is not None, report=None, form=EMPTY_FORM)


@router.post("/read")
def read(
    request: Request,
    desk: TheDesk,
    text: Annotated[str, Form()] = "",
    outlet: Annotated[str, Form(max_length=200)] = "",
    published: Annotated[str, Form()] = "",
) -> Response:
    """Code what was pasted; nothing of it is kept. The form's line ends become the text's."""
    plain = text.replace("\r\n", "\n").strip("\n")
    found, record = code_text(desk, plain, None, outlet, asking.day(published, "published"))
    form = {"text": plain, "outlet": outlet, "published": published}
    name = "reading.html" if is_fragment(request) else "read.html"
    return render(request, name, ready=True, form=form, **_reading(found, record))


@router.get("/holdings")
def holdings(
    request: Request,
    desk: TheDesk,
    on: str | None = None,
    place: asking.PlaceName = None,
    as_known_on: asking.KnownOn = None,
    view: Literal["table", "list"] = "table",
) -> Response:
    """Who holds what on a day: the last day that the record tells of, when none is asked for."""
    known = asking.moment(as_known_on)
    ledger = desk.archive.holdings(None, known)
    told = [day for item in ledger for day in (item.since_latest, item.since_earliest) if day]
    day = asking.day(on, "on") or max(told, default=datetime.now(UTC).date())
    part = "holdings_list.html" if view == "list" else "holdings_rows.html"
    name = part if is_fragment(request) else "holdings.html"
    found = desk.archive.holdings(day, known, place or None)
    return render(
        request, name, holdings=found, day=day, first=min(told, default=day), last=max(told, default=day), place=place or ""
    )
