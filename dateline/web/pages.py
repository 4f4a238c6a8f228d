"""Templates and what they may call: values are put into words by words.py and escaped by Jinja, never joined by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from dateline.export import words
from dateline.export.strings import catalogue
from dateline.web.visitor import keep, visitor_of

FOLDER = Path(__file__).parent


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"words": words, "t": catalogue()}
    return made


_TEMPLATES = Jinja2Templates(env=_environment())


def render(request: Request, name: str, status: int = 200, **values: Any) -> Response:
    """Every template knows its `visitor`; the first page sets the cookie from which its forms are marked."""
    visitor = visitor_of(request)
    made = _TEMPLATES.TemplateResponse(request, name, {"status": status, "visitor": visitor, **values}, status_code=status)
    if visitor.is_new:
        keep(made, visitor.secret, visitor.is_secure)
    made.headers["Cache-Control"] = "private, no-cache"
    return made


def page_of(name: str, **values: Any) -> str:
    """A page that is no answer to a request: one that stands alone in a file."""
    return _TEMPLATES.env.get_template(name).render(**values)


def is_fragment(request: Request) -> bool:
    """htmx asks for a part of a page; a boosted link or a history restore wants all of it."""
    return "hx-request" in request.headers and "hx-history-restore-request" not in request.headers
