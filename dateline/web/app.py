"""The app: one archive behind one door (door.py), and nothing on its pages comes from anywhere else."""

from __future__ import annotations

import json

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware

from dateline.errors import MissingResource, UsageError
from dateline.settings import Settings
from dateline.store.archive import Archive
from dateline.web import alerts, api, desk, people, problems, publish, review
from dateline.web.answers import Answers
from dateline.web.by_hand import Known
from dateline.web.door import LOOPBACK, SIGN_INS_PER_MINUTE, Door, Faces, Gate
from dateline.web.examples import describe
from dateline.web.limits import Limit
from dateline.web.pages import FOLDER
from dateline.web.seal import sealed
from dateline.web.shelf import Shelf

STATIC = FOLDER / "static"
VENDOR = STATIC / "vendor"


def create_app(archive: Archive, settings: Settings, coder: api.Coder | None = None) -> FastAPI:
    """`coder` codes pasted reports; without it the desk shows the archive only."""
    gate = gate_of(settings)
    refuse_open_door(archive, gate, settings.host)
    app = FastAPI(
        title="dateline",
        summary="The record of a conflict: what happened, who says so, and who disagrees.",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        license_info={"name": "Apache-2.0"},
    )
    shelf = Shelf(archive)
    known, answers = Known(settings), Answers(shelf)
    app.state.desk = api.Desk(archive, shelf, coder, settings.max_chars, country_names(), known, answers)
    app.state.faces = Faces(archive.people)
    app.state.sign_ins = Limit(SIGN_INS_PER_MINUTE)
    problems.install(app)
    describe(app)
    app.add_middleware(Door, gate=gate, faces=app.state.faces, calls=Limit(gate.per_minute))
    app.add_middleware(GZipMiddleware, minimum_size=2_000, compresslevel=4)
    app.include_router(api.router)
    for router in (people.router, desk.router, review.router, publish.router, alerts.router):
        app.include_router(router, dependencies=[Depends(sealed)])
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def gate_of(settings: Settings) -> Gate:
    is_loopback = settings.host in LOOPBACK
    is_secure = settings.certificate is not None or settings.behind_proxy
    return Gate(is_loopback and not settings.behind_proxy, is_secure, settings.names, settings.calls_per_minute)


def refuse_open_door(archive: Archive, gate: Gate, host: str) -> None:
    """Whoever reaches a desk off loopback must be somebody, and no password travels in clear."""
    if gate.is_loopback:
        return
    if not archive.people.has_users():
        raise UsageError(
            f"this archive has no users, so its desk serves this machine only: use --host 127.0.0.1, not {host!r}, "
            "or make one: dateline user add NAME --role admin"
        )
    if not gate.is_secure:
        raise UsageError(
            f"passwords would travel to {host!r} in clear: give --certificate and --key, "
            "or --behind-proxy when a proxy in front of the desk speaks HTTPS"
        )


def country_names() -> dict[str, str]:
    """Codes to names, from the labels that set-up made for the map."""
    try:
        labels = json.loads((VENDOR / "labels.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MissingResource("the desk's map is not installed: run `make setup` once") from None
    return {code: str(parts[0]) for code, parts in labels["countries"].items()}
