"""The review queue: the most doubtful incident first, one verdict a key, nothing overwritten, every verdict taken back as easily.

Verdicts are on accounts' events, because those survive a newer coding; joining and parting are verdicts on pairs of events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi import Query as Param
from fastapi.responses import RedirectResponse

from dateline.errors import UsageError
from dateline.link.run import link_incidents
from dateline.model.incident import Incident, Judgement, Verdict
from dateline.web import problems, verdicts
from dateline.web.api import Desk, TheDesk
from dateline.web.card import fields, incident_card
from dateline.web.doubt import doubts
from dateline.web.outline import Outline
from dateline.web.pages import is_fragment, render

router = APIRouter(prefix="/review", include_in_schema=False)

Coder = Annotated[str, Param(max_length=80)]
Single = Literal["accept", "correct", "reject"]

# Another incident may be the same happening when it is this near.
NEAR_DAYS = 3
NEAR_DEGREES = 0.5
MOST_CANDIDATES = 4


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
def review(request: Request, desk: TheDesk, by: Coder = "", id: str = "", skip: Annotated[int, Param(ge=0)] = 0) -> Response:  # noqa: A002
    """The next item for this coder, or the one asked for."""
    history = desk.archive.judgement_history()
    queue = queue_of(desk, by.strip(), history)
    place = min(skip, max(len(queue.waiting) - 1, 0))
    wanted = id or (queue.waiting[place].id if queue.waiting else "")
    incident = desk.archive.incident(wanted) if wanted else None
    if id and incident is None:
        raise problems.NotFound(f"no incident {id!r} in this archive")
    name = "review_item.html" if is_fragment(request) else "review.html"
    return render(request, name, **_item(desk, incident, by.strip(), history), queue=queue, skip=place)


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
    correction: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """One verdict on one account's event, or the same on several."""
    coder = named(by)
    for one in event:
        desk.archive.judge(verdict, one, by=coder, note=note.strip(), correction=correction or None)
    if verdict == "reject":
        link_incidents(desk.archive)
    return _next(coder)


@router.post("/correct")
async def correct(request: Request, desk: TheDesk) -> Response:
    """The form of one account, changed: only the fields that differ become the correction."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    coder, event = named(form.pop("coder", "")), form.pop("event", "")
    note = form.pop("note", "")
    given = {name.removeprefix("was-"): value for name, value in form.items() if name.startswith("was-")}
    now = {name: value for name, value in form.items() if name in given}
    correction = verdicts.correction_of(given, now)
    if not correction:
        raise UsageError("nothing was changed: change a field, or accept the account as it is")
    desk.archive.judge("correct", event, by=coder, note=note.strip()[:2000], correction=correction[:2000])
    return _next(coder)


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
        verdict: Verdict = "undecided" if given.right is None else "unsure"
        desk.archive.judge(verdict, given.left, given.right, by=coder, note=verdicts.TAKEN_BACK)
    if last.right is not None or last.verdict == "reject":
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
