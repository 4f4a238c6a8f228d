"""What changes something comes from a form of this desk, is done in one's own name, and is noted in the audit log.

A browser's forms carry a mark made from its own cookie, which no other site can read: a form without it is refused.
"""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from dateline.store.people import People
from dateline.web import problems
from dateline.web.visitor import FIELD, SAFE_METHODS, Visitor, visitor_of

HEADER = "x-csrf-token"
HERE = "this machine"
# What keeps nothing, or notes itself.
NOT_NOTED = ("/read", "/login", "/logout")


async def sealed(request: Request) -> AsyncIterator[None]:
    """A dependency of every page: what changes something comes from our own form, in one's own name, and is noted."""
    if request.method in SAFE_METHODS:
        yield
        return
    visitor, form = visitor_of(request), await request.form()
    if not visitor.by_token and not _fits(visitor, request, form):
        raise problems.Refused("this form is out of date: go back, load the page again and repeat")
    named = str(form.get("coder") or form.get("by") or "").strip()
    path = request.url.path
    if visitor.user and path.startswith("/review/") and named != visitor.user.name:
        raise problems.Refused(f"you are signed in as {visitor.user.name!r}: judge in your own name")
    yield
    if path not in NOT_NOTED:
        people: People = request.app.state.desk.archive.people
        by = visitor.user.name if visitor.user else named or HERE
        await run_in_threadpool(people.note, by, path.removeprefix("/"), subject_of(form))


def _fits(visitor: Visitor, request: Request, form: FormData) -> bool:
    given = request.headers.get(HEADER) or str(form.get(FIELD, ""))
    return not visitor.is_new and hmac.compare_digest(given.encode(), visitor.mark.encode())


def subject_of(form: FormData) -> str:
    """What was sent, without the mark: enough to see later what was done."""
    return "; ".join(f"{name}={value}" for name, value in form.multi_items() if name != FIELD and value and "was-" not in name)
