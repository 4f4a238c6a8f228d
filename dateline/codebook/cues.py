"""Words that tell who says so: cue verbs, nouns and phrases with their stance, and the nouns that speakers are made of.

Data lives in `cues.toml`. A word may stand in several entries: each adds what it takes as content, with its own stance.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from dateline.errors import BrokenCodebook
from dateline.model.event import Stance

FILE = "cues.toml"
Take = Literal["clause", "object", "to", "ing", "of", "for", "on", "about", "against", "at", "with"]
TAKES = frozenset(get_args(Take))
STANCES = frozenset(get_args(Stance))
NOUN_LISTS = (
    "role",
    "office", "anonymous", "organisation", "outlet", "document", "evidential", "falsehood", "person_ending", "outlets", "title",
    "gives",
    "aspect",
    "country",
    "generic", "shows", "part_in",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of a cue: its stance, and whether it reports speech (not belief, feeling, plan or evidence).

    `act`: speech whose content is wanted, offered or judged, not told as so ("urged them to leave", "condemned the raid").
    """

    stance: Stance
    speech: bool
    act: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue word with what it takes. `default` is its first entry: the sense that a quotation beside it has."""

    word: str
    particle: str | None  # "point out": the verb is found with this particle only
    default: Sense
    takes: Mapping[str, Sense]


@dataclass(frozen=True, slots=True)
class Phrase:
    words: tuple[str, ...]
    sense: Sense


@dataclass(frozen=True, slots=True)
class Cues:
    """The whole table, checked. Verbs and nouns are found by lemma; a lemma with particles lists the longer cue first."""

    verbs: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, tuple[Cue, ...]]
    adjectives: Mapping[str, tuple[Cue, ...]]
    phrases: Mapping[str, tuple[Phrase, ...]]  # by first word
    role: frozenset[str]
    office: frozenset[str]
    anonymous: frozenset[str]
    organisation: frozenset[str]
    outlet: frozenset[str]
    document: frozenset[str]
    evidential: frozenset[str]  # verbs, as are the next two
    gives: frozenset[str]
    aspect: frozenset[str]
    country: frozenset[str]
    generic: frozenset[str]
    shows: frozenset[str]
    part_in: frozenset[str]
    falsehood: frozenset[str]
    person_ending: frozenset[str]
    outlets: frozenset[str]
    title: frozenset[str]
    unverified: re.Pattern[str]
    silent: re.Pattern[str]


def load_cues(folder: Path | None = None) -> Cues:
    """Read and check `cues.toml` in `folder` (default: the one that comes with dateline)."""
    path = (folder or Path(str(files("dateline.codebook")))) / FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BrokenCodebook(f"{FILE}: {error}") from error
    for missing in sorted({"verb", "noun", "adjective", "phrase", "nouns", "marks"} - table.keys()):
        raise BrokenCodebook(f"{FILE}: section {missing} is missing")
    lists = {name: _words(table["nouns"], name) for name in NOUN_LISTS}
    return Cues(
        verbs=_merged(table["verb"], "verb"),
        nouns=_merged(table["noun"], "noun"),
        adjectives=_merged(table["adjective"], "adjective"),
        phrases=_phrases(table["phrase"]),
        unverified=_pattern(table["marks"], "unverified"),
        silent=_pattern(table["marks"], "silent"),
        **lists,
    )


def _merged(entries: list[dict[str, Any]], kind: str) -> dict[str, tuple[Cue, ...]]:
    """Cues by lemma: entries of the same words joined, those with a particle before the bare ones."""
    senses: dict[str, dict[str, Sense]] = {}
    for words, sense, takes in _entries(entries, kind):
        for word in words:
            found = senses.setdefault(word, {"": replace(sense, act=False)})
            for take in takes:
                found.setdefault(take, sense)
    by_lemma: dict[str, list[Cue]] = {}
    for word, found in senses.items():
        lemma, _, particle = word.partition(" ")
        default = found.pop("")
        by_lemma.setdefault(lemma, []).append(Cue(word, particle or None, default, found))
    return {lemma: tuple(sorted(cues, key=lambda cue: cue.particle is None)) for lemma, cues in by_lemma.items()}


def _entries(entries: list[dict[str, Any]], kind: str) -> Iterator[tuple[list[str], Sense, list[str]]]:
    for number, entry in enumerate(entries, 1):
        where = f"{FILE} [[{kind}]] {number}"
        for key in sorted({"words", "stance", "speech", "takes"} ^ (entry.keys() - {"act"})):
            raise BrokenCodebook(f"{where}: key {key} is {'missing' if key not in entry else 'unknown'}")
        for take in entry["takes"]:
            if take not in TAKES:
                raise BrokenCodebook(f"{where}: takes {take!r} is not one of {', '.join(sorted(TAKES))}")
        for word in entry["words"]:
            if word != word.lower().strip() or len(word.split(" ")) > 2:
                raise BrokenCodebook(f"{where}: {word!r} is no lemma in lower case, alone or with one particle")
        yield entry["words"], _sense(entry, where), entry["takes"]


def _phrases(entries: list[dict[str, Any]]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    for number, entry in enumerate(entries, 1):
        sense = _sense(entry, f"{FILE} [[phrase]] {number}")
        for words in entry["words"]:
            parts = tuple(words.split(" "))
            found.setdefault(parts[0], []).append(Phrase(parts, sense))
    return {first: tuple(sorted(phrases, key=lambda p: -len(p.words))) for first, phrases in found.items()}


def _sense(entry: dict[str, Any], where: str) -> Sense:
    if entry.get("stance") not in STANCES:
        raise BrokenCodebook(f"{where}: stance {entry.get('stance')!r} is not one of {', '.join(sorted(STANCES))}")
    if not isinstance(entry.get("speech"), bool):
        raise BrokenCodebook(f"{where}: speech is neither true nor false")
    if not isinstance(entry.get("act", False), bool):
        raise BrokenCodebook(f"{where}: act is neither true nor false")
    return Sense(entry["stance"], entry["speech"], entry.get("act", False))


def _words(table: dict[str, Any], name: str) -> frozenset[str]:
    words = table.get(name)
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise BrokenCodebook(f"{FILE} [nouns] {name}: not a list of words")
    return frozenset(words)


def _pattern(table: dict[str, Any], name: str) -> re.Pattern[str]:
    try:
        return re.compile("|".join(table[name]), re.IGNORECASE)
    except (KeyError, TypeError, re.error) as error:
        raise BrokenCodebook(f"{FILE} [marks] {name}: {error}") from error
