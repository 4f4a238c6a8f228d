"""A view that is told to others: its address as an Atom feed, and as a webhook whose secret is shown once, when it is made.

Webhooks carry the record out of the desk, so only an admin (on a desk without users: whoever sits at it) makes or sees them.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi import Query as Param
from fastapi.responses import RedirectResponse

from dateline.errors import UsageError
from dateline.export import words
from dateline.model.event import GROUPS
from dateline.store.alerts import Alert
from dateline.store.query import Query
from dateline.web.api import Desk, TheDesk
from dateline.web.hooks import checked_url, query_of
from dateline.web.pages import render
from dateline.web.seal import HERE
from dateline.web.visitor import visitor_of

router = APIRouter(prefix="/alerts", include_in_schema=False)

DELIVERIES = 100


@router.get("")
def alerts(request: Request, desk: TheDesk, view: Annotated[str, Param(max_length=2000)] = "") -> Response:
    return _page(request, desk, view, None)


@router.post("/new")
def new(
    request: Request,
    desk: TheDesk,
    name: Annotated[str, Form(max_length=80)] = "",
    view: Annotated[str, Form(max_length=2000)] = "",
    url: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """The page that answers is the only one that ever shows the secret."""
    if not name.strip():
        raise UsageError("say what the alert is for: fill in a name")
    query_of(view)
    made = desk.archive.alerts.new(name.strip(), view.lstrip("?"), checked_url(url.strip()), by=_who(request))
    answer = _page(request, desk, view, made)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.post("/stop")
def stop(request: Request, desk: TheDesk, alert: Annotated[str, Form(max_length=40)]) -> Response:
    desk.archive.alerts.stop(alert, by=_who(request))
    return RedirectResponse("/alerts", 303)


@router.post("/again")
def again(request: Request, desk: TheDesk, delivery: Annotated[str, Form(max_length=40)]) -> Response:
    """Try a message at the next look instead of at its hour; one that was given up too."""
    desk.archive.alerts.again(delivery, by=_who(request))
    return RedirectResponse("/alerts", 303)


def _who(request: Request) -> str:
    user = visitor_of(request).user
    return user.name if user else HERE


def _page(request: Request, desk: Desk, view: str, made: Alert | None) -> Response:
    asked = query_of(view)
    sees_all = visitor_of(request).may("admin")
    found = desk.archive.alerts.all()[::-1] if sees_all else []
    sent = desk.archive.alerts.sent(DELIVERIES) if sees_all else []
    return render(
        request,
        "alerts.html",
        view=view.lstrip("?"),
        told=view_words(asked),
        count=len(desk.shelf.asked(asked)),
        made=made,
        alerts=[(alert, view_words(query_of(alert.view))) for alert in found],
        sent=sent,
        names={alert.id: alert.name for alert in found},
        sees_all=sees_all,
    )


def view_words(asked: Query) -> str:
    """'Violence, Kunduz, from 6 Aug 2021': the filters as a person would name them."""
    kinds = set(asked.types)
    whole = [group for group, own in GROUPS.items() if kinds.issuperset(own)]
    single = [kind for kind in asked.types if not any(kind in GROUPS[group] for group in whole)]
    days = words.days(asked.since, asked.until) if asked.since or asked.until else None
    parts = [
        *(words.GROUPS[group] for group in whole),
        *(label for kind, label in words.TYPES.items() if kind in single),
        asked.place,
        asked.actor,
        *(label for status, label in words.STATUSES.items() if status in asked.statuses),
        *(label for grade, label in words.GRADES.items() if grade in asked.grades),
        days,
    ]
    return ", ".join(part for part in parts if part)
