"""Fixtures shared by all tests: what is slow to load is loaded once a session."""

from __future__ import annotations

import pytest

from dateline.annotate.language import Language
from dateline.settings import Settings


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings()


@pytest.fixture(scope="session")
def language(settings: Settings) -> Language:
    return Language.load(settings.language_model)
