"""Incidents made by hand for the exports: one with everything a format wants, one of which nearly nothing is known."""

from __future__ import annotations

import pytest

from dateline.export.base import export
from dateline.export.formats import FORMATS
from dateline.link.incidents import build_incidents
from dateline.link.telling import telling_of
from dateline.link.weights import load_weights
from dateline.model.event import Event, head_of
from dateline.model.incident import Incident
from dateline.model.text import Report
from tests.factories import make_event, make_figure, make_place, make_report, make_source, make_when


def incident_of(report: Report, event: Event) -> Incident:
    return build_incidents([telling_of(event, head_of(report))], load_weights(), {})[0]


def bytes_of(name: str, *incidents: Incident) -> bytes:
    return b"".join(export(incidents, FORMATS[name]()))


def text_of(name: str, *incidents: Incident) -> str:
    return bytes_of(name, *incidents).decode("utf-8")


@pytest.fixture
def placed() -> Incident:
    report = make_report("r1", "The army said rebels shelled Dunmore on Friday, killing at least three people.")
    event = make_event(
        report,
        "shelled",
        by=["rebels"],
        place=make_place(report, "Dunmore", lat=34.123456789, lon=62.5, admin1="Wexshire", radius_km=4),
        when=make_when(report, "Friday", "2021-08-06"),
        figures=[make_figure(report, "at least three people", low=3)],
        sources=[make_source(report, "The army", stance="claims", cue="said")],
    )
    return incident_of(report, event)


@pytest.fixture
def vague() -> Incident:
    report = make_report("r2", "=Fighting flared, residents said.", outlet=None, published=None)
    return incident_of(report, make_event(report, "Fighting", "clash"))
