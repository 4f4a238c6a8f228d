"""A yardstick reads gold items from a file, judges our answer to each against its gold, and sums the judgements to figures.

What is mapped to what is said in the yardstick's own module; its docstring is what `evaluate NAME --help` prints.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dateline.evaluate.coder import Coder
from dateline.evaluate.metrics import Counts, Figure

if TYPE_CHECKING:
    from dateline.pipeline import Resources

Json = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that is no item, and why."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Data(Generic[T]):
    items: tuple[T, ...]
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One slot of one item as the errors page shows it; `right` is None where the slot is shown but not scored."""

    slot: str
    gold: str
    ours: str
    right: bool | None


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the item's text that gold or we point at."""

    start: int
    end: int
    label: str
    gold: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """One item, answered and compared. `prediction` is our answer in the benchmark's own form."""

    id: str
    counts: Counts
    text: str = ""
    rows: tuple[Row, ...] = ()
    marks: tuple[Mark, ...] = ()
    prediction: Json | None = None
    reports: int = 1

    @property
    def wrong(self) -> int:
        return sum(1 for row in self.rows if row.right is False)


@dataclass(frozen=True, slots=True)
class Against:
    """A rival, and the figures (by the ends of their names) in which it has a stake; `package` must be installed for it."""

    name: str
    rival: Callable[[Coder, Resources], Coder]
    of: tuple[str, ...]
    package: str | None = None


def to_line(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def json_lines(judged: Iterable[Judged]) -> Iterator[str]:
    return (to_line(item.prediction) for item in judged if item.prediction is not None)


@dataclass(frozen=True, slots=True)
class Yardstick(Generic[T]):
    """`settings` are what a user of that project would set (a table of vague words); `figures` may depend on the items."""

    name: str
    measures: str
    about: str
    file: str
    read: Callable[[Path], Data[T]]
    judge: Callable[[Sequence[T], Coder], Iterator[Judged]]
    figures: Callable[[Sequence[T]], tuple[Figure, ...]]
    best_known: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    rivals: tuple[Against, ...] = ()
    predictions: Callable[[Iterable[Judged]], Iterator[str]] = json_lines


def always(*figures: Figure) -> Callable[[Sequence[object]], tuple[Figure, ...]]:
    return lambda _: figures


def shown(slot: str, gold: object, ours: object, right: bool | None = None) -> Row:
    """A row of two values that are right when equal, unless it is said."""
    return Row(slot, in_words(gold), in_words(ours), gold == ours if right is None else right)


def in_words(value: object) -> str:
    if value is None or value == "" or value == [] or value == ():
        return "–"
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(in_words(v) for v in (sorted(value, key=str) if isinstance(value, (set, frozenset)) else value))
    return str(value)
