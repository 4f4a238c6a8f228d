"""The catalogue of English strings (strings.toml): what pages, scripts and exports say stands there once, under a name.

Whoever translates or rewords dateline changes that one file. A name that the catalogue lacks is an error, never an empty word.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args

from dateline.errors import MissingResource

FILE = Path(__file__).parent / "strings.toml"
Word = TypeVar("Word", bound=str)


class Strings:
    """A part of the catalogue; templates read `t.desk.legend`."""

    __slots__ = ("_name", "_own")

    def __init__(self, name: str, own: Mapping[str, Any]) -> None:
        self._name = name
        self._own = own

    def __getattr__(self, key: str) -> Any:
        try:
            found = self._own[key]
        except KeyError:
            raise AttributeError(f"the catalogue of strings has no {self._name}{key}") from None
        return Strings(f"{self._name}{key}.", found) if isinstance(found, dict) else found

    def as_dict(self) -> dict[str, str]:
        """A section without further sections, as scripts read it."""
        return dict(self._own)

    def names(self) -> Iterator[str]:
        """Every string's name from here on."""
        for key, value in self._own.items():
            yield from Strings(f"{self._name}{key}.", value).names() if isinstance(value, dict) else (f"{self._name}{key}",)


@cache
def catalogue() -> Strings:
    return Strings("", tomllib.loads(FILE.read_text(encoding="utf-8")))


def labels(section: str, words: Any) -> dict[Any, str]:
    """The labels of a closed list of words (a Literal), in its order: each must have one."""
    found = getattr(catalogue(), section).as_dict()
    known = get_args(words)
    if set(found) != set(known):
        raise MissingResource(f"strings.toml: [{section}] must name {', '.join(sorted(set(known) ^ set(found)))} and no other")
    return {word: found[word] for word in known}
