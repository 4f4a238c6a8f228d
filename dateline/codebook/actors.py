"""Who is who: known actors and their names, countries and their demonyms, and the nouns that stand for actors.

No two known actors share a name unless country or time tells them apart. The tables lie in `codebook/actors/`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from dateline.codebook.actors_fold import Word, folded, words_of
from dateline.codebook.actors_leaders import LeaderRow, Leaders, find_leader, index_leaders
from dateline.errors import BrokenCodebook
from dateline.model.actor import ActorKind

Sense = Literal["actor", "country", "adjective", "people", "capital", "group"]
ACTOR_COLUMNS = ("id", "name", "kind", "country", "aliases", "valid_from", "valid_to", "parent")
STATE_PREFIXES = ("gov", "mil", "pol")
TABLES = (
    "countries",
    "nouns",
    "classes",
    "patterns",
    "peoples",
    "titles",
    "metonym_verbs",
    "not_names",
    "plain_modifiers",
    "leaders",
)


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An entry. `countries`: the home first, then others where it acts. Validity is closed at both ends; None is open."""

    id: str
    name: str
    kind: ActorKind
    countries: tuple[str, ...]
    aliases: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    parent: str | None

    @property
    def country(self) -> str | None:
        return self.countries[0] if self.countries else None

    @property
    def by_pattern(self) -> bool:
        """A state's government, forces or police, whose names in reports are many."""
        return self.id.rpartition("-")[0] in STATE_PREFIXES and self.id[-2:] == self.country

    def lived(self, day: date | None) -> bool:
        return day is None or ((not self.valid_from or self.valid_from <= day) and (not self.valid_to or day <= self.valid_to))


@dataclass(frozen=True, slots=True)
class ActorNoun:
    """`decides`: as a modifier it settles what a neutral head is ("rebel commander"); `neutral`: such a head.

    `generic`: with a country it is the whole body ("Afghan troops"), not a part of it ("Afghan navy").
    """

    noun: str
    cls: str
    number: Literal["g", "c", "p", "t"]  # a group, a countable person, a person with a role, a thing
    decides: bool
    neutral: bool
    generic: bool
    plural: bool = False


@dataclass(frozen=True, slots=True)
class ActorClass:
    """What a noun's class means: its kind, the pattern that a demonym completes, whether "the …" points back."""

    cls: str
    kind: ActorKind
    pattern: str | None
    anaphor: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A name as folded words, with what it may mean: (sense, key) pairs; `acronym`: only in capitals.

    `capitals`: which words need one in mixed-case text.
    """

    words: tuple[str, ...]
    meanings: tuple[tuple[Sense, str], ...]
    acronym: bool
    capitals: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name found in a text."""

    start: int
    end: int
    name: Name


@dataclass(frozen=True, slots=True)
class ActorBook:
    """Read once; look-ups only. `names` by the first folded word or, of longer names, the first two; longest first."""

    actors: Mapping[str, KnownActor]
    names: Mapping[str, tuple[Name, ...]]
    countries: Mapping[str, str]
    nouns: Mapping[str, ActorNoun]
    classes: Mapping[str, ActorClass]
    titles: Mapping[str, str]
    leaders: Leaders
    metonym_verbs: frozenset[str]
    not_names: frozenset[str]
    plain_modifiers: frozenset[str]

    @classmethod
    def load(cls, folder: Path | None = None) -> ActorBook:
        folder = folder or Path(__file__).with_name("actors")
        countries = _table(folder / "countries.csv", ("iso", "name", "aliases", "adjectives", "people", "capitals"))
        classes = _classes(folder)
        actors = _actors(folder, countries)
        return cls(
            actors=MappingProxyType(actors),
            names=MappingProxyType(_index(_meanings(actors, countries, _peoples(folder)))),
            countries=MappingProxyType({row["iso"]: row["name"] for row in countries}),
            nouns=MappingProxyType(_nouns(folder, classes)),
            classes=MappingProxyType(classes),
            titles=MappingProxyType({row["title"]: row["class"] for row in _table(folder / "titles.csv", ("title", "class"))}),
            leaders=MappingProxyType(index_leaders(_leaders(folder, actors))),
            metonym_verbs=_verb_forms(folder),
            not_names=_words(folder / "not_names.csv"),
            plain_modifiers=_words(folder / "plain_modifiers.csv"),
        )

    def find(self, words: Sequence[Word], mixed_case: bool) -> Iterator[NameHit]:
        """Names in a text, left to right, the longest first, none overlapping."""
        free = 0  # the first word after the last name
        for at, word in enumerate(words):
            if word.fold not in self.names or at < free:
                continue
            if name := self._at(words, at, mixed_case):
                free = at + len(name.words)
                yield NameHit(word.start, words[free - 1].end, name)

    def _at(self, words: Sequence[Word], at: int, mixed_case: bool) -> Name | None:
        first = words[at].fold
        second = words[at + 1].fold if at + 1 < len(words) else ""
        for name in (*self.names.get(f"{first} {second}", ()), *self.names[first]):
            found = words[at : at + len(name.words)]
            if len(name.words) > 2 and tuple(word.fold for word in found) != name.words:
                continue
            if self._cased(name, found, mixed_case):
                return name
        return None

    def _cased(self, name: Name, found: Sequence[Word], mixed_case: bool) -> bool:
        """In mixed text a name has a capital and an acronym has all; in single-case text common words are no names."""
        if not mixed_case:
            return len(found) > 1 or name.words[0] not in self.not_names
        if name.acronym:
            return all(word.upper or not word.fold.isalpha() for word in found)
        return all(word.capital for word, needed in zip(found, name.capitals, strict=True) if needed)

    def leader(self, words: Sequence[str], day: date | None, countries: Mapping[str, int]) -> tuple[int, KnownActor] | None:
        """Whom the person named at the end of the words leads or speaks for, and the length of that name."""
        found = find_leader(self.leaders, words, day)
        if found is None:
            return None
        size, actor = found[0], self.actors[found[1].actor]
        if size == 1 and actor.countries and not any(countries.get(iso) for iso in actor.countries):
            return None
        return size, actor

    def by_pattern(self, prefix: str, iso: str) -> KnownActor | None:
        return self.actors.get(f"{prefix}-{iso}")

    def choose(self, name: Name, ids: Iterable[str], day: date | None, countries: Mapping[str, int]) -> KnownActor | None:
        """The one actor of that name at that time in the countries that the report names; None when two remain.

        Without a day, the one whose usual name it is ("Taliban" is the movement, and its government only after August 2021).
        """
        every = [self.actors[key] for key in ids]
        living = [actor for actor in every if actor.lived(day)]
        if len(every) > 1 and not living:
            return None
        candidates = living or every
        if len(candidates) == 1:
            return candidates[0]
        weighed = [(max((countries.get(iso, 0) for iso in actor.countries), default=0), actor) for actor in candidates]
        best = max(weight for weight, _ in weighed)
        winners = [actor for weight, actor in weighed if weight == best]
        if best and len(winners) == 1:
            return winners[0]
        usual = [actor for actor in winners if folded(actor.name) == name.words]
        return usual[0] if day is None and len(usual) == 1 else None


def _table(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    if not path.is_file():
        raise BrokenCodebook(f"{path.name}: missing from {path.parent}")
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        if tuple(reader.fieldnames or ()) != columns:
            raise BrokenCodebook(f"{path.name}: columns are {reader.fieldnames}, expected {list(columns)}")
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise BrokenCodebook(f"{path.name} line {reader.line_num}: expected {len(columns)} fields")
            rows.append(row)
        return rows


def _words(path: Path) -> frozenset[str]:
    return frozenset(row["word"] for row in _table(path, ("word",)))


def _verb_forms(folder: Path) -> frozenset[str]:
    rows = _table(folder / "metonym_verbs.csv", ("verb", "forms"))
    return frozenset(form for row in rows for form in (row["verb"], *_split(row["forms"])))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _day(text: str, end: bool, where: str) -> date | None:
    if not text:
        return None
    try:
        if len(text) == 4:
            return date(int(text), 12, 31) if end else date(int(text), 1, 1)
        return date.fromisoformat(text)
    except ValueError:
        raise BrokenCodebook(f"{where}: {text!r} is neither a year nor a day") from None


def _actors(folder: Path, countries: list[dict[str, str]]) -> dict[str, KnownActor]:
    """The patterned actors of every country first; a row of the same id adds names to one of them."""
    actors: dict[str, KnownActor] = {}
    for pattern in _table(folder / "patterns.csv", ("prefix", "name", "kind")):
        for row in countries:
            name = pattern["name"].format(country=row["name"])
            actor = _actor({**dict.fromkeys(ACTOR_COLUMNS, ""), **pattern, "name": name, "country": row["iso"]}, "patterns.csv")
            actors[f"{pattern['prefix']}-{row['iso']}"] = actor
    listed: set[str] = set()
    known = {row["iso"] for row in countries}
    for path in sorted(folder.glob("*.csv")):
        if path.stem in TABLES:
            continue
        for row in _table(path, ACTOR_COLUMNS):
            where = f"{path.name} {row['id']!r}"
            if row["id"] in listed:
                raise BrokenCodebook(f"{where}: listed twice")
            listed.add(row["id"])
            actor = _actor(row, where)
            if unknown := set(actor.countries) - known:
                raise BrokenCodebook(f"{where}: unknown country {sorted(unknown)}")
            actors[row["id"]] = actor
    for actor in actors.values():
        if actor.parent and actor.parent not in actors:
            raise BrokenCodebook(f"{actor.id}: parent {actor.parent!r} is no actor")
    return actors


def _actor(row: Mapping[str, str], where: str) -> KnownActor:
    kind = row["kind"]
    if kind not in get_args(ActorKind):
        raise BrokenCodebook(f"{where}: kind {kind!r} is none of {', '.join(get_args(ActorKind))}")
    key = row.get("prefix", "") and f"{row['prefix']}-{row['country']}"
    return KnownActor(
        id=key or row["id"],
        name=row["name"],
        kind=kind,  # type: ignore[arg-type]  # checked above
        countries=_split(row["country"]),
        aliases=_split(row["aliases"]),
        valid_from=_day(row["valid_from"], False, where),
        valid_to=_day(row["valid_to"], True, where),
        parent=row["parent"] or None,
    )


def _leaders(folder: Path, actors: Mapping[str, KnownActor]) -> list[LeaderRow]:
    rows: list[LeaderRow] = []
    for row in _table(folder / "leaders.csv", ("person", "aliases", "actor", "valid_from", "valid_to")):
        where = f"leaders.csv {row['person']!r}"
        if row["actor"] not in actors:
            raise BrokenCodebook(f"{where}: {row['actor']!r} is no actor")
        start, end = _day(row["valid_from"], False, where), _day(row["valid_to"], True, where)
        rows.append(((row["person"], *_split(row["aliases"])), row["actor"], start, end))
    return rows


def _peoples(folder: Path) -> list[tuple[str, str]]:
    return [(row["word"], row["people"]) for row in _table(folder / "peoples.csv", ("word", "people"))]


# Folded words → what they may mean → the spellings that fold to them.
Meanings = dict[tuple[str, ...], dict[tuple[Sense, str], list[str]]]


def _meanings(actors: Mapping[str, KnownActor], countries: list[dict[str, str]], peoples: list[tuple[str, str]]) -> Meanings:
    """Every name with all that it may mean, and the spelling that says whether it is an acronym."""
    meanings: Meanings = {}

    def add(spelling: str, sense: Sense, key: str) -> None:
        if words := folded(spelling):
            meanings.setdefault(words, {}).setdefault((sense, key), []).append(spelling)

    for row in countries:
        for spelling in (row["name"], *_split(row["aliases"])):
            add(spelling, "country", row["iso"])
        for spelling in _split(row["adjectives"]):
            add(spelling, "adjective", row["iso"])
        for spelling in _split(row["people"]):
            add(spelling, "people", row["iso"])
        for spelling in _split(row["capitals"]):
            add(spelling, "capital", row["iso"])
    for word, people in peoples:
        add(word, "group", people)
    for actor in actors.values():
        for spelling in (actor.name, *actor.aliases):
            add(spelling, "actor", actor.id)
    _no_clash(actors, meanings)
    return meanings


def _no_clash(actors: Mapping[str, KnownActor], meanings: Meanings) -> None:
    for words, senses in meanings.items():
        ids = [key for sense, key in senses if sense == "actor"]
        for number, first in enumerate(ids):
            for second in ids[number + 1 :]:
                if _told_apart(actors[first], actors[second]):
                    continue
                raise BrokenCodebook(f"actors {first!r} and {second!r} share the name {' '.join(words)!r}, country and time")


def _told_apart(one: KnownActor, two: KnownActor) -> bool:
    if one.countries and two.countries and not set(one.countries) & set(two.countries):
        return True
    first, second = sorted((one, two), key=lambda actor: actor.valid_from or date.min)
    return first.valid_to is not None and second.valid_from is not None and first.valid_to < second.valid_from


def _index(meanings: Meanings) -> dict[str, tuple[Name, ...]]:
    by_start: dict[str, list[Name]] = {}
    for words, senses in meanings.items():
        spellings = [spelling for several in senses.values() for spelling in several]
        acronym = len(words) == 1 and all(spelling.replace(".", "").isupper() for spelling in spellings)
        name = Name(words, tuple(senses), acronym, _capitals(spellings))
        by_start.setdefault(words[0], [])  # look-ups begin with the first word alone
        by_start.setdefault(" ".join(words[:2]), []).append(name)
    return {start: tuple(sorted(names, key=lambda name: -len(name.words))) for start, names in by_start.items()}


def _capitals(spellings: Iterable[str]) -> tuple[bool, ...]:
    """Words that have a capital in every spelling: an alias in small letters ("shabiha") needs none."""
    cased = [tuple(word.capital for word in words_of(spelling)) for spelling in spellings]
    return tuple(all(column) for column in zip(*cased, strict=True))


def _classes(folder: Path) -> dict[str, ActorClass]:
    classes = {}
    for row in _table(folder / "classes.csv", ("class", "kind", "pattern", "anaphor")):
        if row["kind"] not in get_args(ActorKind):
            raise BrokenCodebook(f"classes.csv {row['class']!r}: kind {row['kind']!r}")
        kind: ActorKind = row["kind"]  # type: ignore[assignment]  # checked above
        classes[row["class"]] = ActorClass(row["class"], kind, row["pattern"] or None, row["anaphor"] == "y")
    return classes


def _nouns(folder: Path, classes: Mapping[str, ActorClass]) -> dict[str, ActorNoun]:
    """By folded singular and plural, several words joined by a blank."""
    nouns: dict[str, ActorNoun] = {}
    for row in _table(folder / "nouns.csv", ("noun", "plural", "class", "number", "decides", "neutral", "generic")):
        if row["class"] not in classes or row["number"] not in ("g", "c", "p", "t"):
            raise BrokenCodebook(f"nouns.csv {row['noun']!r}: class {row['class']!r} or number {row['number']!r} is unknown")
        number: Literal["g", "c", "p", "t"] = row["number"]  # type: ignore[assignment]  # checked above
        key = " ".join(folded(row["noun"]))
        facts = (row["class"], number, row["decides"] == "y", row["neutral"] == "y", row["generic"] == "y")
        nouns[key] = ActorNoun(row["noun"], *facts)
        plural = {"-": "", "": f"{row['noun']}s"}.get(row["plural"], row["plural"])
        if plural:
            nouns.setdefault(" ".join(folded(plural)), ActorNoun(row["noun"], *facts, plural=True))
    return nouns
