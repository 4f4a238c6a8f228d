"""Signing in and out, and the audit log. A page that somebody was sent away from is where signing in leads back to."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request, Response
from fastapi import Query as Param
from fastapi.responses import RedirectResponse

from dateline.web.api import TheDesk
from dateline.web.door import Faces, address_of, too_often
from dateline.web.limits import Limit
from dateline.web.pages import render
from dateline.web.visitor import cookie_name, keep, new_secret, visitor_of

router = APIRouter(include_in_schema=False)

ACTS = 500


def own_path(onward: str) -> str:
    """Only a path of this desk: an address of another host leads to the map."""
    parts = urlsplit(onward)
    is_own = onward.startswith("/") and not onward.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return onward if is_own and onward.isprintable() else "/"


@router.get("/login")
def login(request: Request, next: Annotated[str, Param(max_length=2000)] = "/") -> Response:  # noqa: A002
    if visitor_of(request).may("reader"):
        return RedirectResponse(own_path(next), 303)
    return render(request, "login.html", onward=own_path(next), tried="", wrong=False)


@router.post("/login")
def sign_in(
    request: Request,
    desk: TheDesk,
    name: Annotated[str, Form(max_length=80)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002
) -> Response:
    limit: Limit = request.app.state.sign_ins
    wait = max(limit.wait(f"name {name}"), limit.wait(f"from {address_of(request)}"))
    if wait:
        return too_often(request, wait)
    secret = desk.archive.people.sign_in(name, password)
    if secret is None:
        return render(request, "login.html", 401, onward=own_path(next), tried=name, wrong=True)
    answer = RedirectResponse(own_path(next), 303)
    keep(answer, secret, visitor_of(request).is_secure)
    return answer


@router.post("/logout")
def sign_out(request: Request, desk: TheDesk) -> Response:
    visitor = visitor_of(request)
    faces: Faces = request.app.state.faces
    faces.forget(visitor.secret)
    desk.archive.people.sign_out(visitor.secret)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(cookie_name(visitor.is_secure), path="/", secure=visitor.is_secure, httponly=True)
    keep(answer, new_secret(), visitor.is_secure)
    return answer


@router.get("/audit")
def audit(request: Request, desk: TheDesk, by: Annotated[str, Param(max_length=80)] = "") -> Response:
    people = desk.archive.people
    return render(request, "audit.html", acts=people.log(by=by.strip() or None, limit=ACTS), users=people.users(), by=by.strip())
