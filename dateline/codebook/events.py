"""The event codebook: what words evoke which type, and what their arguments mean. Data lives in `events/`, an expert edits it.

`types.toml` holds the 33 types with default frames, one CSV per type its entries, `classes.toml` the classes of words that
conditions speak of, `light.toml` the verbs that carry an event noun ("carried out an air raid"), `status.toml` the words that say
whether it happened.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal, get_args

from dateline.errors import BrokenCodebook
from dateline.model.event import EventType

Pos = Literal["verb", "noun", "adj", "toll"]
Slot = Literal["by", "on", "place", "means"]
SLOTS = frozenset(get_args(Slot))
ROLE = re.compile(r"subj|obj|iobj|poss|comp|pp\.[a-z]+")
COLUMNS = ["words", "pos", "frame", "needs", "excludes", "example"]
WORD = re.compile(r"[^\s\-]+|-")


@dataclass(frozen=True, slots=True)
class Condition:
    """One test on an argument: `role` is of one of `classes` (or is not, when `negated`)."""

    role: str
    classes: frozenset[str]
    negated: bool


@dataclass(frozen=True, slots=True)
class Need:
    """Alternatives: met when any condition is met."""

    any_of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Words that evoke a type. `toll`: they tell the outcome of an attack ("killed") and join the attack told beside them."""

    type: EventType
    words: tuple[str, ...]
    pos: Pos
    frame: tuple[tuple[str, Slot], ...]
    needs: tuple[Need, ...]
    excludes: frozenset[str]
    example: str

    @property
    def name(self) -> str:
        return f"{self.type}:{self.pos}:{' '.join(self.words)}"

    @property
    def specificity(self) -> tuple[int, int]:
        return len(self.words), len(self.needs)


@dataclass(frozen=True, slots=True)
class TypeBook:
    """One type: what it is, and its names in other schemes (ACLED, UCDP, PLOVER, CAMEO)."""

    type: EventType
    definition: str
    verb: tuple[tuple[str, Slot], ...]
    noun: tuple[tuple[str, Slot], ...]
    acled: str
    ucdp: str
    plover: str
    cameo: str


@dataclass(frozen=True, slots=True)
class EventBook:
    """The whole event codebook, checked. `by_first` finds entries by their first word, most specific first."""

    types: Mapping[EventType, TypeBook]
    by_first: Mapping[str, tuple[Entry, ...]]
    classes: Mapping[str, frozenset[str]]
    light: Mapping[str, frozenset[str]]
    status: Mapping[str, frozenset[str]]

    def entries(self) -> Iterator[Entry]:
        for entries in self.by_first.values():
            yield from entries


def load_events(folder: Path | None = None) -> EventBook:
    """Read and check the codebook in `folder` (default: the one that comes with dateline)."""
    root = folder or Path(str(files("dateline.codebook"))) / "events"
    types = {kind.type: kind for kind in _types(root / "types.toml")}
    by_first: dict[str, list[Entry]] = defaultdict(list)
    for kind in types.values():
        for entry in _entries(root / f"{kind.type}.csv", kind):
            by_first[entry.words[0]].append(entry)
    ordered = {word: tuple(sorted(found, key=lambda e: e.specificity, reverse=True)) for word, found in by_first.items()}
    return EventBook(
        types, ordered, _word_lists(root / "classes.toml"), _word_lists(root / "light.toml"), _word_lists(root / "status.toml")
    )


def _types(path: Path) -> Iterator[TypeBook]:
    known = frozenset(get_args(EventType))
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    for missing in sorted(known - tables.keys()):
        raise BrokenCodebook(f"{path.name}: type {missing} has no section")
    for name, table in tables.items():
        if name not in known:
            raise BrokenCodebook(f"{path.name}: [{name}] is no event type")
        frames = {pos: _frame(table[pos], f"{path.name} [{name}] {pos}") for pos in ("verb", "noun")}
        names = {key: str(table[key]) for key in ("definition", "acled", "ucdp", "plover", "cameo")}
        yield TypeBook(name, verb=frames["verb"], noun=frames["noun"], **names)  # type: ignore[arg-type]  # checked above


def _entries(path: Path, kind: TypeBook) -> Iterator[Entry]:
    if not path.exists():
        raise BrokenCodebook(f"{path.name} is missing: every type has a file of entries")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        if rows.fieldnames != COLUMNS:
            raise BrokenCodebook(f"{path.name}: the columns are {','.join(COLUMNS)}")
        for row in rows:
            yield _entry(row, kind, f"{path.name} line {rows.line_num}")


def _entry(row: Mapping[str, str], kind: TypeBook, where: str) -> Entry:
    words = tuple(WORD.findall(row["words"].casefold()))
    pos = row["pos"]
    if not words or pos not in get_args(Pos):
        raise BrokenCodebook(f"{where}: needs words and one of {', '.join(get_args(Pos))}")
    default = kind.noun if pos == "noun" else kind.verb
    return Entry(
        type=kind.type,
        words=words,
        pos=pos,  # type: ignore[arg-type]  # checked above
        frame=_frame(row["frame"], where) if row["frame"] else default,
        needs=tuple(_need(text, where) for text in row["needs"].split()),
        excludes=frozenset(row["excludes"].split()),
        example=row["example"],
    )


def _frame(text: str, where: str) -> tuple[tuple[str, Slot], ...]:
    pairs: list[tuple[str, Slot]] = []
    for item in text.split():
        role, _, slot = item.partition(">")
        if not ROLE.fullmatch(role) or slot not in SLOTS:
            raise BrokenCodebook(f"{where}: {item!r} is no role>slot, such as subj>by or pp.from>place")
        pairs.append((role, slot))  # type: ignore[arg-type]  # checked above
    return tuple(pairs)


def _need(text: str, where: str) -> Need:
    """`obj:place|armed` · `!subj:air` · `obj:place|into:place` (alternatives may name another role)."""
    conditions: list[Condition] = []
    negated = text.startswith("!")
    role = ""
    for part in text.removeprefix("!").split("|"):
        if not part:
            continue
        if ":" in part:
            role, _, part = part.partition(":")
        if not role or not part:
            raise BrokenCodebook(f"{where}: {text!r} is no condition, such as obj:place or !subj:air")
        conditions.append(Condition(role.removeprefix("pp."), frozenset({part}), negated))
    return Need(tuple(conditions))


def _word_lists(path: Path) -> Mapping[str, frozenset[str]]:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    for name, words in tables.items():
        if not isinstance(words, str):
            raise BrokenCodebook(f"{path.name}: {name} is no list of words")
    return {name: frozenset(words.split()) for name, words in tables.items()}
