"""Whom a known person speaks and acts for, and when: "Erdogan" is Turkey's government from 2003.

A name means one person at a time; a surname alone is believed only where the report names the country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.codebook.actors_fold import folded
from dateline.errors import BrokenCodebook


@dataclass(frozen=True, slots=True)
class Leader:
    """`actor` is the id of whom the person leads or speaks for between the two days."""

    name: tuple[str, ...]
    actor: str
    valid_from: date | None
    valid_to: date | None

    def led(self, day: date | None) -> bool:
        return day is None or ((not self.valid_from or self.valid_from <= day) and (not self.valid_to or day <= self.valid_to))


LeaderRow = tuple[Sequence[str], str, date | None, date | None]  # names, the usual one first; the actor's id; from, to
Leaders = Mapping[str, tuple[tuple[tuple[str, ...], Leader], ...]]  # by the last word of a name: the name, whose it is


def index_leaders(rows: Iterable[LeaderRow]) -> dict[str, tuple[tuple[tuple[str, ...], Leader], ...]]:
    by_last: dict[str, list[tuple[tuple[str, ...], Leader]]] = {}
    for names, actor, start, end in rows:
        leader = Leader(folded(names[0]), actor, start, end)
        for words in dict.fromkeys(folded(name) for name in names):
            _no_namesake(words, leader, by_last.get(words[-1], ()))
            by_last.setdefault(words[-1], []).append((words, leader))
    return {last: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for last, entries in by_last.items()}


def _no_namesake(words: tuple[str, ...], leader: Leader, others: Iterable[tuple[tuple[str, ...], Leader]]) -> None:
    for theirs, other in others:
        overlap = (leader.valid_from or date.min) <= (other.valid_to or date.max) and (other.valid_from or date.min) <= (
            leader.valid_to or date.max
        )
        if theirs == words and overlap:
            raise BrokenCodebook(
                f"leaders.csv: {' '.join(leader.name)!r} and {' '.join(other.name)!r} share {' '.join(words)!r} and time"
            )


def find_leader(leaders: Leaders, words: Sequence[str], day: date | None) -> tuple[int, Leader] | None:
    """The leader whose name ends the words, and how many words that name has."""
    for name, leader in leaders.get(words[-1], ()) if words else ():
        if tuple(words[-len(name) :]) == name and leader.led(day):
            return len(name), leader
    return None
