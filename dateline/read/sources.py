"""Where reports come from: a file, a folder, standard input, JSON lines. Each comes as a Report or as the reason why not.

A bad report is set aside with its reason and the run goes on; a path that does not exist stops it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from dateline.errors import MalformedLine, SkipReport, UsageError
from dateline.model.text import Report
from dateline.read.article import Given, decode, make_report, parse_article

SUFFIXES = frozenset({".txt", ".html", ".htm", ".md", ".jsonl", ".ndjson", ".json"})
LINES = frozenset({".jsonl", ".ndjson"})


@dataclass(frozen=True, slots=True)
class SetAside:
    """A document that is no report, with the reason: `where` names the file and line."""

    where: str
    reason: str


def open_sources(paths: Iterable[str], given: Given, max_chars: int, stdin: BinaryIO) -> Iterator[Report | SetAside]:
    """Reports of all paths in order; `-` is standard input, a folder gives its files by name."""
    for path in paths:
        if path == "-":
            yield from _from_stream(stdin, given, max_chars)
        else:
            yield from _from_path(Path(path), given, max_chars)


def _from_path(path: Path, given: Given, max_chars: int) -> Iterator[Report | SetAside]:
    if not path.exists():
        raise UsageError(f"{path} does not exist: give a file, a folder, or - for standard input")
    if path.is_dir():
        for file in sorted(p for p in path.rglob("*") if p.is_file() and p.suffix in SUFFIXES and p.stem.casefold() != "readme"):
            yield from _from_path(file, given, max_chars)
        return
    if path.suffix not in SUFFIXES and path.suffix:
        raise UsageError(
            f"{path.name} is of no format known here ({path.suffix}): use .txt, .html or .jsonl, or - for standard input"
        )
    try:
        with path.open("rb") as stream:
            if path.suffix in LINES:
                yield from _from_lines(stream, str(path), given, max_chars)
            else:
                yield _one(stream.read(), str(path), given, max_chars)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error


def _from_stream(stream: BinaryIO, given: Given, max_chars: int) -> Iterator[Report | SetAside]:
    """Standard input: JSON lines when it begins with `{`, else one document."""
    first = stream.readline()
    while first and not first.strip():
        first = first + stream.readline() if first.strip() else stream.readline()
    if first.lstrip(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        yield from _from_lines(_chain(first, stream), "standard input", given, max_chars)
        return
    yield _one(first + stream.read(), "standard input", given, max_chars)


def _chain(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _one(raw: bytes, where: str, given: Given, max_chars: int) -> Report | SetAside:
    try:
        return parse_article(raw, given, max_chars, where)
    except SkipReport as reason:
        return SetAside(where, str(reason))


def _from_lines(lines: Iterable[bytes], name: str, given: Given, max_chars: int) -> Iterator[Report | SetAside]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{name} line {number}"
        try:
            yield report_of_line(line, where, given, max_chars)
        except SkipReport as reason:
            yield SetAside(where, str(reason))


def report_of_line(line: bytes, where: str, given: Given, max_chars: int) -> Report:
    """`{"id","outlet","published","title","text","url","language"}`; only text is required, further keys are ignored."""
    try:
        row = json.loads(decode(line, where))
    except json.JSONDecodeError as error:
        raise MalformedLine(f"{where} is no JSON ({error.msg})") from error
    if not isinstance(row, dict):
        raise MalformedLine(f'{where} has no "text": each line is {{"id","outlet","published","title","text"}}')
    return report_of_row(row, where, given, max_chars)


def report_of_row(row: Mapping[str, Any], where: str, given: Given, max_chars: int) -> Report:
    """The same of a row of a table, whose `published` may be a date."""
    if not isinstance(row.get("text"), str):
        raise MalformedLine(f'{where} has no "text": each line is {{"id","outlet","published","title","text"}}')
    text: str = row["text"]
    if not text.strip():
        raise MalformedLine(f"{where} has an empty text")
    if len(text) > max_chars:
        raise MalformedLine(f"{where} has {len(text):,} characters, more than {max_chars:,}")
    merged = Given(
        given.published or _date(row.get("published"), where),
        given.outlet or _word(row.get("outlet")),
        given.title or _word(row.get("title")),
        given.url or _word(row.get("url")),
        given.language or _word(row.get("language")),
    )
    return make_report(text, merged, merged.title, _word(row.get("id")))


def _word(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int) and str(value) else None


def _date(value: Any, where: str) -> date | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise MalformedLine(f"{where}: published {value!r} is no date of the form 2021-08-10") from error
