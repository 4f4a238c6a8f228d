"""The review queue: the most doubtful incident first, one verdict a key, nothing overwritten, every verdict taken back as easily.

Verdicts are on accounts' events, because those survive a newer coding; joining and parting are verdicts on pairs of events.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi import Query as Param
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from dateline.errors import UsageError
from dateline.link.run import link_incidents
from dateline.model.incident import Incident, Judgement
from dateline.web import problems, verdicts
from dateline.web.api import Desk, TheDesk
from dateline.web.by_hand import Scribe, correct_event
from dateline.web.card import fields, incident_card
from dateline.web.doubt import doubts
from dateline.web.outline import Outline
from dateline.web.pages import is_fragment, render
from dateline.web.visitor import visitor_of

router = APIRouter(prefix="/review", include_in_schema=False)

Coder = Annotated[str, Param(max_length=80)]
Single = Literal["accept", "reject"]

# Another incident may be the same happening when it is this near.
NEAR_DAYS = 3
NEAR_DEGREES = 0.5
MOST_CANDIDATES = 4
# The longest that one field of a form may be.
MOST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class Queue:
    """What a coder has still to see, most doubtful first."""

    waiting: tuple[Outline, ...]
    done: int


def queue_of(desk: Desk, coder: str, history: Sequence[Judgement]) -> Queue:
    mine = verdicts.by_coder(history).get(coder, {})
    items = desk.shelf.all()
    waiting = [item for item in items if not all(event in mine for event in item.events)]
    waiting.sort(key=lambda item: (-item.doubt, item.id))
    return Queue(tuple(waiting), len(items) - len(waiting))


@router.get("")
def review(
    request: Request,
    desk: TheDesk,
    by: Coder = "",
    id: str = "",  # noqa: A002
    skip: Annotated[int, Param(ge=0)] = 0,
    event: str = "",
    field: str = "",
) -> Response:
    """The next item for this coder, or the one asked for, with the form of one event open at one field."""
    user = visitor_of(request).user
    by = by.strip() or (user.name if user else "")
    history = desk.archive.judgement_history()
    queue = queue_of(desk, by, history)
    place = min(skip, max(len(queue.waiting) - 1, 0))
    wanted = id or (queue.waiting[place].id if queue.waiting else "")
    incident = desk.archive.incident(wanted) if wanted else None
    if id and incident is None:
        raise problems.NotFound(f"no incident {id!r} in this archive")
    name = "review_item.html" if is_fragment(request) else "review.html"
    return render(request, name, **_item(desk, incident, by, history), queue=queue, skip=place, event=event, field=field)


def _item(desk: Desk, incident: Incident | None, by: str, history: Sequence[Judgement]) -> dict[str, Any]:
    if incident is None:
        return {"incident": None, "by": by}
    outlines = desk.shelf.all()
    own = next((item for item in outlines if item.id == incident.id), None)
    return {
        "incident": incident,
        "by": by,
        "card": incident_card(incident, desk.archive.report),
        "doubts": doubts(incident),
        "candidates": candidates(own, outlines) if own else [],
        "mine": verdicts.by_coder(history).get(by, {}),
        "fields": {account.event.id: fields(account.event) for account in incident.accounts},
    }


def candidates(item: Outline, others: Sequence[Outline]) -> list[Outline]:
    """Incidents of the same kind near in place and time, nearest first."""
    found = []
    for other in others:
        away = _days_apart(item, other)
        if other.id != item.id and other.group == item.group and away is not None and _near(item, other):
            found.append((away, other.type != item.type, other.id, other))
    return [entry[-1] for entry in sorted(found, key=lambda entry: entry[:3])[:MOST_CANDIDATES]]


def _days_apart(left: Outline, right: Outline) -> int | None:
    if left.start is None or right.start is None:
        return None
    apart = abs((left.start - right.start).days)
    return apart if apart <= NEAR_DAYS else None


def _near(left: Outline, right: Outline) -> bool:
    if left.lat is None or right.lat is None or left.lon is None or right.lon is None:
        return bool(left.spot) and left.spot == right.spot
    return abs(left.lat - right.lat) <= NEAR_DEGREES and abs(left.lon - right.lon) <= NEAR_DEGREES


@router.post("/judge")
def judge(
    desk: TheDesk,
    by: Annotated[str, Form(max_length=80)],
    verdict: Annotated[Single, Form()],
    event: Annotated[list[str], Form()],
    note: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """One verdict on one account's event, or the same on several."""
    coder = named(by)
    for one in event:
        desk.archive.judge(verdict, one, by=coder, note=note.strip())
    link_incidents(desk.archive)
    return _next(coder)


@router.post("/correct")
async def correct(request: Request, desk: TheDesk) -> Response:
    """The form of one account, changed: only the fields that differ become the correction, and the incident shows them."""
    form = {name: str(value)[:MOST_WORDS] for name, value in (await request.form()).items()}
    coder = named(form.pop("coder", ""))
    given = {name.removeprefix("was-"): value for name, value in form.items() if name.startswith("was-")}
    changes = verdicts.changed(given, {name: value for name, value in form.items() if name in given})
    if not changes:
        raise UsageError("nothing was changed: change a field, or accept the account as it is")
    await run_in_threadpool(keep_correction, desk, form.get("event", ""), coder, changes, form.get("note", "").strip())
    return _next(coder, desk, form.get("event", ""))


def keep_correction(desk: Desk, event_id: str, coder: str, changes: Mapping[str, str], note: str) -> None:
    correct_event(desk.archive, desk.known, event_id, coder, changes, note)
    link_incidents(desk.archive)


@router.post("/add")
async def add(request: Request, desk: TheDesk) -> Response:
    """An event that the coder missed: the words selected in its report, and what the person says of it."""
    form = {name: str(value)[:MOST_WORDS] for name, value in (await request.form()).items()}
    coder = named(form.get("coder", ""))
    event_id = await run_in_threadpool(keep_missed, desk, form, coder)
    return RedirectResponse(f"/reports/{form.get('report', '')}?{urlencode({'by': coder})}#{event_id}", 303)


def stretch_of(text: str, form: Mapping[str, str]) -> tuple[int, int]:
    """The offsets of the selected words; words that were typed are looked for."""
    words = " ".join(form.get("words", "").split())
    start, end = (int(form[name]) if form.get(name, "").isdecimal() else 0 for name in ("start_at", "end_at"))
    if words and " ".join(text[start:end].split()) == words:
        return start, end
    found = text.find(words) if words else -1
    if found < 0:
        raise UsageError(f"the report does not say {words!r}: select the words, or type them as they stand there")
    return found, found + len(words)


def keep_missed(desk: Desk, form: Mapping[str, str], coder: str) -> str:
    report, record = desk.archive.report(form.get("report", "")), desk.archive.record(form.get("report", ""))
    if report is None or record is None:
        raise UsageError(f"no report {form.get('report', '')!r} in this archive")
    start, end = stretch_of(report.text, form)
    event = Scribe(report, record, desk.known).missed(start, end, form, coder)
    desk.archive.add_event(report.id, event, coder, form.get("note", "").strip())
    link_incidents(desk.archive)
    return event.id


@router.post("/pair")
def pair(
    desk: TheDesk,
    by: Annotated[str, Form(max_length=80)],
    verdict: Annotated[Literal["same", "different"], Form()],
    left: Annotated[str, Form()],
    right: Annotated[list[str], Form()],
) -> Response:
    """Join two incidents by an account of each, or part one account from the others."""
    coder = named(by)
    for other in right:
        desk.archive.judge(verdict, left, other, by=coder)
    link_incidents(desk.archive)
    return _next(coder, desk, left)


@router.post("/undo")
def undo(desk: TheDesk, by: Annotated[str, Form(max_length=80)]) -> Response:
    """Take back this coder's last act: a new verdict says so, the old one stays to be read."""
    coder = named(by)
    history = desk.archive.judgement_history()
    last = verdicts.last_of(history, coder)
    if last is None:
        raise UsageError(f"{coder} has no verdict to take back")
    for given in verdicts.given_with(history, last):
        desk.archive.judge(verdicts.instead_of(history, given), given.left, given.right, by=coder, note=verdicts.TAKEN_BACK)
    link_incidents(desk.archive)
    return _next(coder, desk, last.left)


@router.get("/log")
def log(request: Request, desk: TheDesk) -> Response:
    """Who did what when, and how far coders agree."""
    history = desk.archive.judgement_history()
    agreed = verdicts.agreements(verdicts.by_coder(history))
    homes = {event: item for item in desk.shelf.all() for event in item.events}
    return render(request, "review_log.html", history=history[::-1][:500], agreements=agreed, homes=homes)


def named(by: str) -> str:
    if not by.strip():
        raise UsageError("say who judges: fill in your name or initials")
    return by.strip()


def _next(coder: str, desk: Desk | None = None, event: str = "") -> Response:
    """To the next item, or to the incident in which an event now stands."""
    asked = {"by": coder}
    if desk is not None:
        home = next((item.id for item in desk.shelf.all() if event in item.events), "")
        if home:
            asked["id"] = home
    return RedirectResponse(f"/review?{urlencode(asked)}", 303)
