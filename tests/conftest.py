"""Fixtures shared by all tests: what is slow to load is loaded once a session."""

from __future__ import annotations

from io import BytesIO

import pytest

from dateline.annotate.language import Language
from dateline.model.event import Record
from dateline.model.text import Report
from dateline.pipeline import Resources, code_reports, load_resources
from dateline.read.article import Given
from dateline.read.sources import open_sources
from dateline.settings import Settings


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings()


@pytest.fixture(scope="session")
def language(settings: Settings) -> Language:
    return Language.load(settings.language_model)


@pytest.fixture(scope="session")
def resources(settings: Settings) -> Resources:
    return load_resources(settings)


@pytest.fixture(scope="session")
def example_reports() -> tuple[Report, ...]:
    """All example dispatches, as `dateline read` reads them."""
    found = open_sources(("examples",), Given(), 1_000_000, BytesIO())
    return tuple(item for item in found if isinstance(item, Report))


@pytest.fixture(scope="session")
def example_records(example_reports: tuple[Report, ...], resources: Resources) -> tuple[Record, ...]:
    return tuple(code_reports(example_reports, resources))
