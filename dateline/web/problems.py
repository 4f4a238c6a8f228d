"""Errors over HTTP are problem+json (RFC 9457) for programs and one calm page for people; the words are the error's own.

A UsageError is the caller's (400); what was not found is 404; a set-aside report is 422; everything else is a fault of ours.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from dateline.errors import DatelineError, MissingResource, SkipReport, UsageError
from dateline.web.pages import render


class Problem(BaseModel):
    type: str = "about:blank"
    title: str
    status: int
    detail: str


TITLES = {
    400: "Not a valid request",
    401: "Not signed in",
    403: "Refused",
    404: "Not found",
    405: "Not allowed",
    413: "Too large",
    422: "Cannot be read",
    429: "Too many calls",
    503: "Not ready",
}


def _described(status: int, words: str, detail: str) -> dict[str, Any]:
    example = Problem(title=TITLES[status], status=status, detail=detail).model_dump()
    return {
        "description": words,
        "content": {"application/problem+json": {"schema": Problem.model_json_schema(), "example": example}},
    }


# Every error that an operation may answer, with an example of what it says.
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: _described(status, words, detail)
    for status, words, detail in (
        (
            400,
            "what was asked for makes no sense; `detail` says what to write instead",
            "since 'soon' is no day: write YYYY-MM-DD",
        ),
        (401, "not signed in, and no token", "sign in, or send a token: Authorization: Bearer dl_…"),
        (403, "not in your role, or sent by another site", "a form of another site was refused"),
        (404, "not in this archive", "no incident 'i14fca6b8227' in this archive"),
        (413, "too large", "more than 8,000,000 bytes are not read: send less at once"),
        (422, "the report cannot be read", "the report holds no text"),
        (429, "too many calls; `Retry-After` says how long to wait", "too many calls: wait 4 s and try again"),
        (503, "something that the desk needs is not installed", "the language model is not installed: run `make setup` once"),
    )
}


class NotFound(DatelineError):
    pass


class Refused(DatelineError):
    pass


class NotModified(Exception):
    """The caller has this answer already."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


def status_of(error: DatelineError) -> int:
    if isinstance(error, NotFound):
        return 404
    if isinstance(error, Refused):
        return 403
    if isinstance(error, UsageError):
        return 400
    if isinstance(error, SkipReport):
        return 422
    return 503 if isinstance(error, MissingResource) else 500


def answer(request: Request, status: int, detail: str) -> Response:
    title = TITLES.get(status, "Something went wrong")
    if request.url.path.startswith("/api/"):
        problem = Problem(title=title, status=status, detail=detail)
        return JSONResponse(problem.model_dump(), status, media_type="application/problem+json")
    return render(request, "problem.html", status=status, title=title, detail=detail)


def install(app: FastAPI) -> None:
    @app.exception_handler(DatelineError)
    def own(request: Request, error: DatelineError) -> Response:
        return answer(request, status_of(error), str(error))

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        found = answer(request, error.status_code, str(error.detail))
        found.headers.update(error.headers or {})
        return found

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        return answer(request, 400, f"{where}: {first['msg']}" if where else str(first["msg"]))

    @app.exception_handler(NotModified)
    def unchanged(request: Request, error: NotModified) -> Response:
        return Response(status_code=304, headers={"ETag": error.tag})
