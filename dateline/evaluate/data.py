"""Gold is read a line at a time: a line that is no item is named by file and line, skipped and counted, never guessed at."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from xml.etree.ElementTree import ParseError

from dateline.errors import UsageError
from dateline.evaluate.yardstick import Data, Json, Skipped
from dateline.model.text import Report

T = TypeVar("T")

NOT_AN_ITEM = (ValueError, KeyError, TypeError, AttributeError, IndexError, ParseError)


def find_file(path: Path, name: str) -> Path:
    """The file itself, or in a folder: the file of that name, or the only JSON lines there."""
    if path.is_file():
        return path
    if not path.is_dir():
        raise UsageError(f"{path}: no such file or folder")
    if (path / name).is_file():
        return path / name
    files = sorted(path.glob("*.jsonl"))
    if len(files) == 1:
        return files[0]
    found = f"{len(files)} .jsonl files: name one" if files else "no .jsonl file"
    raise UsageError(f"{path}: expected {name} there, found {found}")


def read_lines(path: Path, parse: Callable[[Json], Iterable[T]]) -> Data[T]:
    """Items of all lines; `parse` takes a line's object and gives its items, or fails in any of the ways of a wrong form."""
    items: list[T] = []
    skipped: list[Skipped] = []
    for number, raw in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            items += list(parse(_object(raw)))
        except NOT_AN_ITEM as wrong:
            skipped.append(Skipped(str(path), number, _reason(wrong)))
    return Data(tuple(items), tuple(skipped))


def _object(raw: bytes) -> Json:
    value = json.loads(raw.decode("utf-8"))
    if not isinstance(value, dict):
        raise ValueError(f"a JSON object is expected, not {type(value).__name__}")
    return value


def _reason(wrong: BaseException) -> str:
    if isinstance(wrong, KeyError):
        return f"no {wrong.args[0]!r}"
    if isinstance(wrong, UnicodeDecodeError):
        return "not UTF-8"
    if isinstance(wrong, json.JSONDecodeError):
        return f"not JSON ({wrong.msg} at column {wrong.colno})"
    return f"{type(wrong).__name__}: {wrong}"


def sample(items: Sequence[T], limit: int | None) -> tuple[T, ...]:
    """`limit` items spread evenly over the file, since many sets are sorted; all when there are no more."""
    if limit is None or limit >= len(items):
        return tuple(items)
    return tuple(items[i * len(items) // limit] for i in range(limit))


def text_of(line: Json, key: str) -> str:
    value = line[key]
    if not isinstance(value, str):
        raise ValueError(f"{key!r} is no text")
    return value


def to_report(line: Json) -> Report:
    """A report as JSON lines give it: only id and text must be there."""
    return Report(
        id=text_of(line, "id"),
        outlet=line.get("outlet"),
        title=line.get("title"),
        published=day_of(line.get("published")),
        url=line.get("url"),
        language=line.get("language"),
        text=text_of(line, "text"),
    )


def titled(report: Report) -> Report:
    """The report as its reader saw it: the title above the text, where a set keeps the two apart."""
    if not report.title or report.text.startswith(report.title):
        return report
    return report.model_copy(update={"text": f"{report.title}\n\n{report.text}"})


def day_of(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None
