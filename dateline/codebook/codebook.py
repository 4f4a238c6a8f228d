"""The codebook as one value: what coders know, loaded from data files and checked before the first report is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dateline.codebook.actors import ActorBook
from dateline.codebook.cues import Cues, load_cues
from dateline.codebook.events import EventBook, load_events
from dateline.codebook.quantities import VagueTable, load_vague_table
from dateline.codebook.weights import EventWeights, TelexWeights, load_telex, load_weights


@dataclass(frozen=True, slots=True)
class Codebook:
    """Each part has its loader and its files; a folder of your own replaces the files it holds."""

    events: EventBook
    actors: ActorBook
    cues: Cues
    vague: VagueTable
    weights: EventWeights
    telex: Callable[[], TelexWeights]  # read when the first text of a single case comes


def load_codebook(folder: Path | None, vague_table: str) -> Codebook:
    """Raises BrokenCodebook with the file and entry that is wrong."""
    return Codebook(
        load_events(_part(folder, "events")),
        ActorBook.load(_part(folder, "actors")),
        load_cues(folder if folder and (folder / "cues.toml").exists() else None),
        load_vague_table(vague_table, folder if folder and (folder / "quantities.toml").exists() else None),
        load_weights(_part(folder, "events")),
        partial(load_telex, _part(folder, "events")),
    )


def _part(folder: Path | None, name: str) -> Path | None:
    if folder is None or not (folder / name).is_dir():
        return None
    return folder / name
