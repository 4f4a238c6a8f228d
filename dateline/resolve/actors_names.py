"""A name in the text means one known actor, country or people, or nothing: two that remain possible mean nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.codebook.actors import ActorBook, KnownActor, NameHit, Sense
from dateline.codebook.actors_fold import Word, words_of

SHORT = 3  # letters of an acronym that needs its country in the report to be believed


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of text that is a known name. `senses` as found; `actor` when it is one, `iso` when it means a country.

    `spelled_out`: an acronym or a name of several words, which is not by chance a part of another name.
    """

    start: int
    end: int
    senses: frozenset[Sense]
    actor: KnownActor | None
    iso: str | None
    people: str | None
    spelled_out: bool
    acronym: bool


@dataclass(frozen=True, slots=True)
class Names:
    """All known names of a report in order, how often each country is named, and the country that it is mostly about."""

    words: tuple[Word, ...]
    found: tuple[Named, ...]
    countries: Mapping[str, int]
    home: str | None
    mixed_case: bool
    day: date | None


def find_names(text: str, book: ActorBook, day: date | None) -> Names:
    words = tuple(words_of(text))
    mixed = _mixed_case(text)
    hits = tuple(book.find(words, mixed))
    countries = _count_countries(hits)
    long_names = {key for hit in hits if len(hit.name.words) > 1 for sense, key in hit.name.meanings if sense == "actor"}
    found = tuple(named for hit in hits if (named := _named(hit, book, day, countries, long_names)))
    return Names(words, found, countries, _home(countries), mixed, day)


def _mixed_case(text: str) -> bool:
    sample = text[:1200]
    letters, upper = sum(map(str.isalpha, sample)), sum(map(str.isupper, sample))
    return 0.005 * letters < upper < 0.9 * letters if letters > 60 else 0 < upper < letters


def _count_countries(hits: Sequence[NameHit]) -> Mapping[str, int]:
    return Counter(
        iso
        for hit in hits
        for iso in {key for sense, key in hit.name.meanings if sense in ("country", "adjective", "people", "capital")}
    )


def _home(countries: Mapping[str, int]) -> str | None:
    """The country that the report is mostly about: named at least twice and more often than any two others together."""
    ranked = Counter(countries).most_common(3)
    if not ranked or ranked[0][1] < 2:
        return None
    return ranked[0][0] if ranked[0][1] > sum(count for _, count in ranked[1:]) else None


def _named(hit: NameHit, book: ActorBook, day: date | None, countries: Mapping[str, int], long_names: set[str]) -> Named | None:
    senses = frozenset(sense for sense, _ in hit.name.meanings)
    ids = [key for sense, key in hit.name.meanings if sense == "actor"]
    actor = _actor(hit, ids, book, day, countries, long_names) if ids else None
    isos = {key for sense, key in hit.name.meanings if sense in ("country", "adjective", "people", "capital")}
    people = next((key for sense, key in hit.name.meanings if sense == "group"), None)
    if actor is None and not isos and people is None:
        return None
    iso = isos.pop() if len(isos) == 1 else actor.country if actor else None
    spelled_out = hit.name.acronym or len(hit.name.words) > 1
    return Named(hit.start, hit.end, senses, actor, iso, people, spelled_out, hit.name.acronym)


def _actor(
    hit: NameHit, ids: list[str], book: ActorBook, day: date | None, countries: Mapping[str, int], long_names: set[str]
) -> KnownActor | None:
    spelled_out = [key for key in ids if key in long_names]
    if len(spelled_out) == 1:
        return book.actors[spelled_out[0]]
    actor = book.choose(hit.name, ids, day, countries)
    if actor is None or not hit.name.acronym or (len(hit.name.words[0]) > SHORT and hit.name.words[0] not in book.not_names):
        return actor
    if not actor.lived(day) or (actor.countries and not any(countries.get(iso) for iso in actor.countries)):
        return None
    return actor
