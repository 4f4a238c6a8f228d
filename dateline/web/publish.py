"""What leaves the desk for readers: the situation report of some days, and a saved view as an Atom feed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal
from xml.etree import ElementTree

from fastapi import APIRouter, Request, Response
from fastapi import Query as Param

from dateline.errors import UsageError
from dateline.export import words
from dateline.export.boundaries import Boundaries
from dateline.export.drawing import svg
from dateline.export.sitrep import SitRep, markdown, sentence, situation
from dateline.export.sitrep_charts import charts_of
from dateline.export.sitrep_docx import docx
from dateline.export.sitrep_pdf import pdf
from dateline.model.incident import Incident
from dateline.model.text import content_id
from dateline.store.query import Query
from dateline.web import asking
from dateline.web.api import Asked, Desk, TheDesk
from dateline.web.desk import address
from dateline.web.pages import FOLDER, render

router = APIRouter(include_in_schema=False)

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 50
VENDOR = FOLDER / "static" / "vendor"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRITERS = {"pdf": (pdf, "application/pdf"), "docx": (docx, WORD)}
# A first look reports on the last week that the record tells of.
FIRST_LOOK = timedelta(days=6)

Day = Annotated[str | None, Param(description="a day, YYYY-MM-DD")]


@router.get("/sitrep")
def sitrep(
    request: Request,
    desk: TheDesk,
    since: Day = None,
    until: Day = None,
    place: asking.PlaceName = None,
    new_since: Day = None,
    as_known_on: asking.KnownOn = None,
    form: Literal["html", "md", "pdf", "docx"] = "html",
) -> Response:
    first, last = _days(desk, asking.day(since, "since"), asking.day(until, "until"))
    made = report_of(desk, first, last, place or None, asking.day(new_since, "new_since"), asking.moment(as_known_on))
    if form == "md":
        return Response(markdown(made), media_type="text/markdown; charset=utf-8")
    boundaries = Boundaries.read(VENDOR / "boundaries.json")
    charts = charts_of(made, boundaries)
    if form != "html":
        write, kind = WRITERS[form]
        name = f"sitrep-{first}-{last}.{form}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(write(made, charts, VENDOR), media_type=kind, headers=headers)
    return render(request, "sitrep.html", report=made, charts=charts, svg=svg)


def report_of(
    desk: Desk, first: date, last: date, place: str | None, new_since: date | None, known: date | datetime | None
) -> SitRep:
    incidents = desk.archive.incidents(Query(since=first, until=last, place=place, as_known_on=known))
    return situation(incidents, desk.archive.holdings(None, known, place), first, last, place, new_since)


def _days(desk: Desk, since: date | None, until: date | None) -> tuple[date, date]:
    """The days asked for; what is not asked for is the last week of the record."""
    told = [item.end for item in desk.shelf.all() if item.end and not item.background and item.status in ("happened", "ongoing")]
    last = until or max(told, default=datetime.now(UTC).date())
    first = since or last - FIRST_LOOK
    if first > last:
        raise UsageError(f"the report would end ({last}) before it begins ({first}): change From or To")
    return first, last


@router.get("/feed.atom")
def feed(request: Request, desk: TheDesk, asked: Asked) -> Response:
    """The incidents of a view, what was told last first: the address of the desk with /feed.atom in front is its feed."""
    found = desk.archive.incidents(asked)
    found.sort(key=lambda incident: (incident.known_from or datetime.min.replace(tzinfo=UTC), incident.id), reverse=True)
    body = atom(found[:ENTRIES], str(request.base_url).rstrip("/"), address(asked))
    return Response(body, media_type="application/atom+xml; charset=utf-8")


def atom(incidents: list[Incident], base: str, view: str) -> bytes:
    """RFC 4287. An entry's id stays its incident's; `updated` is when the archive last changed it."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    latest = max((i.known_from for i in incidents if i.known_from), default=datetime(1970, 1, 1, tzinfo=UTC))
    _add(root, "id", f"urn:dateline:view:{content_id(view)}")
    _add(root, "title", f"dateline: {view or 'all incidents'}")
    _add(root, "updated", latest.isoformat())
    _add(_add(root, "author"), "name", "dateline")
    _add(root, "link", href=f"{base}/feed.atom?{view}", rel="self")
    _add(root, "link", href=f"{base}/?{view}")
    for incident in incidents:
        entry = _add(root, "entry")
        _add(entry, "id", f"urn:dateline:incident:{incident.id}")
        _add(entry, "title", f"{words.TYPES[incident.type]}, {words.place(incident.place)}, {words.time_of(incident.when)}")
        _add(entry, "updated", (incident.known_from or latest).isoformat())
        _add(entry, "link", href=f"{base}/incidents/{incident.id}")
        _add(entry, "summary", _summary(incident))
        _add(entry, "category", term=incident.type)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _summary(incident: Incident) -> str:
    outlets = dict.fromkeys(account.report.outlet for account in incident.accounts if account.report.outlet)
    return f"{sentence(incident)} Told by {', '.join(outlets) or 'an unnamed outlet'}."


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    made.text = text
    return made
