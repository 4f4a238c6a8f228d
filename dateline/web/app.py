"""The desk's door: one app over one archive, on loopback only, and nothing on its pages comes from anywhere else."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware

from dateline.errors import MissingResource, UsageError
from dateline.settings import Settings
from dateline.store.archive import Archive
from dateline.web import api, desk, problems, publish, review
from dateline.web.pages import FOLDER
from dateline.web.shelf import Shelf

STATIC = FOLDER / "static"
VENDOR = STATIC / "vendor"

LOOPBACK = ("127.0.0.1", "localhost", "::1")

# Scripts and styles come from this address alone, none stand in a page; Leaflet sets styles through the DOM, which this allows.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
Next = Callable[[Request], Awaitable[Response]]


def create_app(archive: Archive, settings: Settings, coder: api.Coder | None = None) -> FastAPI:
    """`coder` codes pasted reports; without it the desk shows the archive only."""
    refuse_open_door(settings.host)
    app = FastAPI(
        title="dateline",
        summary="The record of a conflict: what happened, who says so, and who disagrees.",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        license_info={"name": "Apache-2.0"},
    )
    app.state.desk = api.Desk(archive, Shelf(archive), coder, settings.max_chars, country_names())
    problems.install(app)
    app.middleware("http")(guard)
    app.add_middleware(GZipMiddleware, minimum_size=2_000, compresslevel=4)
    for router in (api.router, desk.router, review.router, publish.router):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def refuse_open_door(host: str) -> None:
    if host not in LOOPBACK:
        raise UsageError(f"the desk has no users yet, so it serves this machine only: use --host 127.0.0.1, not {host!r}")


def country_names() -> dict[str, str]:
    """Codes to names, from the labels that set-up made for the map."""
    try:
        labels = json.loads((VENDOR / "labels.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MissingResource("the desk's map is not installed: run `make setup` once") from None
    return {code: str(parts[0]) for code, parts in labels["countries"].items()}


async def guard(request: Request, call_next: Next) -> Response:
    """Another site's page must not reach the desk through the reader's browser: neither by name tricks nor by forms."""
    if not is_own_host(request.headers.get("host", "")):
        return problems.answer(request, 403, "the desk answers to loopback names only")
    if request.method not in SAFE_METHODS and is_foreign(request):
        return problems.answer(request, 403, "a form of another site was refused")
    response = await call_next(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def is_own_host(host: str) -> bool:
    return urlsplit(f"//{host}").hostname in (*LOOPBACK, "testserver")


def is_foreign(request: Request) -> bool:
    origin = request.headers.get("origin")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")
