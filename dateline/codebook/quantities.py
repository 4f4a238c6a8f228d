"""Counting words are data: number words, qualifiers, vague tables, and the words that say what a count means.

A `VagueTable` is chosen by name and carries the whole book with it, so that a stage needs one argument.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from dateline.errors import BrokenCodebook, UsageError
from dateline.model.event import Measure

FILE = "quantities.toml"
MEASURES: tuple[Measure, ...] = get_args(Measure)


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """The words of one measure. `patient`: its object is counted; `subject`: its subject is; `phrases` are verb + words."""

    measure: Measure
    patient: frozenset[str]
    subject: frozenset[str]
    nouns: frozenset[str]
    persons: frozenset[str]
    adjectives: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    subject_phrases: tuple[tuple[str, ...], ...]
    toll: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class QuantityBook:
    """Everything of quantities.toml but the vague tables; maps are from word to meaning, ready to look up."""

    numbers: dict[str, int]
    scales: dict[str, int]
    suffixes: dict[str, int]
    none_words: tuple[str, ...]
    not_none: tuple[str, ...]
    at_least: tuple[str, ...]
    at_most: tuple[str, ...]
    about: tuple[str, ...]
    strictly_more: frozenset[str]
    or_more: tuple[str, ...]
    or_fewer: tuple[str, ...]
    range_openers: tuple[str, ...]
    range_upwards: tuple[str, ...]
    range_joined: tuple[str, ...]
    range_bare: tuple[str, ...]
    range_wider: tuple[str, ...]
    measures: tuple[MeasureWords, ...]
    patient: dict[str, Measure]
    subject: dict[str, Measure]
    measure_nouns: dict[str, Measure]
    persons: dict[str, Measure]
    adjectives: dict[str, Measure]
    phrases: dict[str, tuple[tuple[tuple[str, ...], Measure], ...]]
    subject_phrases: dict[str, tuple[tuple[tuple[str, ...], Measure], ...]]
    life_verbs: frozenset[str]
    unsaved: frozenset[str]
    toll: dict[str, Measure]
    counted_nouns: dict[str, Measure]
    units: frozenset[str]
    not_counted: frozenset[str]
    animals: frozenset[str]
    deeds: dict[str, Measure]
    deadly: frozenset[str]
    strikes: frozenset[str]
    multiples: dict[str, int]
    open_harm: frozenset[str]
    labels: frozenset[str]
    months: frozenset[str]
    year_cues: frozenset[str]
    money_symbols: frozenset[str]
    money_units: frozenset[str]
    people: frozenset[str]
    collectives: frozenset[str]
    pronouns: frozenset[str]
    reflexive: frozenset[str]
    groups_of: frozenset[str]
    part_before: tuple[str, ...]
    part_after: tuple[str, ...]
    added: tuple[str, ...]
    toll_reaches: frozenset[str]
    period: tuple[str, ...]
    crowd: frozenset[str]
    harmed: frozenset[str]
    auxiliaries: frozenset[str]
    links: frozenset[str]
    raising: frozenset[str]
    steps: frozenset[str]
    not_short: frozenset[str]
    carriers: frozenset[str]
    members: frozenset[str]
    unreal_words: frozenset[str]
    unreal_verbs: frozenset[str]
    not_persons: frozenset[str]
    others: frozenset[str]
    real_before_infinitive: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class VagueTable:
    """One project's convention for "several", "dozens": the low end; `plural` is that of a bare plural, if it counts one;
    `above` is added where the number itself is left out ("more than 30").

    Equal only to itself, so that what is compiled from it can be kept by it.
    """

    name: str
    words: dict[str, int]
    highs: dict[str, int]
    exact: bool
    plural: int | None
    above: int
    book: QuantityBook


def load_vague_table(name: str, folder: Path | None = None) -> VagueTable:
    """The table by its name, from `folder` when it has a quantities.toml, else from the package's own."""
    data = _read(folder)
    tables = data.get("vague", {})
    if name not in tables:
        raise UsageError(f"no vague table {name!r}: {FILE} has {', '.join(sorted(tables))}")
    table = tables[name]
    words = table.get("words", {})
    for word, value in words.items():
        if not isinstance(value, int) or value < 1:
            raise BrokenCodebook(f"{FILE}: vague.{name}: {word!r} must be a whole number above 0, not {value!r}")
    return VagueTable(
        name=name,
        words=dict(words),
        highs=dict(table.get("highs", {})),
        exact=bool(table.get("exact", False)),
        plural=table.get("plural"),
        above=int(table.get("above", 0)),
        book=_book(data),
    )


@dataclass(frozen=True, slots=True)
class SumWords:
    """Words for adding figures up: who is counted (`groups`), what comes on top (`more`), was told before (`definite`),
    is inexact (`vague`)."""

    groups: dict[str, frozenset[str]]
    more: frozenset[str]
    definite: frozenset[str]
    vague: frozenset[str]
    kin: frozenset[str]
    anybody: frozenset[str]
    companions: frozenset[str]
    reflexive: frozenset[str]
    numbers: frozenset[str]


def load_sum_words(folder: Path | None = None) -> SumWords:
    data = _read(folder)
    try:
        groups = {name: frozenset(words) for name, words in data["groups"].items()}
        sums = data["sums"]
        return SumWords(
            groups=groups,
            more=frozenset(sums["more"]),
            definite=frozenset(sums["definite"]),
            vague=frozenset(sums["vague"]),
            kin=frozenset(sums["kin"]),
            anybody=frozenset(sums["anybody"]),
            companions=frozenset(sums["companions"]),
            reflexive=frozenset(data["people"]["reflexive"]),
            numbers=frozenset((*data["numbers"], *data["scales"], "dozen")),
        )
    except KeyError as error:
        raise BrokenCodebook(f"{FILE}: no entry {error}") from error


def vague_table_names(folder: Path | None = None) -> tuple[str, ...]:
    return tuple(sorted(_read(folder).get("vague", {})))


def _read(folder: Path | None) -> dict[str, Any]:
    own = Path(__file__).with_name(FILE)
    path = folder / FILE if folder and (folder / FILE).exists() else own
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BrokenCodebook(f"{path}: not TOML: {error}") from error


def _book(data: dict[str, Any]) -> QuantityBook:
    try:
        measures = tuple(_measure(name, entry) for name, entry in data["measures"].items())
        qualifiers, ranges, people = data["qualifiers"], data["ranges"], data["people"]
        not_counts, parts, money = data["not_counts"], data["parts"], data["money"]
        return QuantityBook(
            numbers=_whole("numbers", data["numbers"]),
            scales=_whole("scales", data["scales"]),
            suffixes=_whole("suffixes", data["suffixes"]),
            none_words=tuple(data["none"]["words"]),
            not_none=tuple(data["none"]["not_before"]),
            at_least=tuple(qualifiers["at_least"]),
            at_most=tuple(qualifiers["at_most"]),
            about=tuple(qualifiers["about"]),
            strictly_more=frozenset(qualifiers["strictly_more"]),
            or_more=tuple(qualifiers["or_more"]),
            or_fewer=tuple(qualifiers["or_fewer"]),
            range_openers=tuple(ranges["openers"]),
            range_upwards=tuple(ranges["upwards"]),
            range_joined=tuple(ranges["joined"]),
            range_bare=tuple(ranges["bare"]),
            range_wider=tuple(ranges["wider"]),
            measures=measures,
            patient=_by_word("patient", ((w, m.measure) for m in measures for w in sorted(m.patient))),
            subject=_by_word("subject", ((w, m.measure) for m in measures for w in sorted(m.subject))),
            measure_nouns=_by_word("nouns", ((w, m.measure) for m in measures for w in sorted(m.nouns))),
            persons=_by_word("persons", ((w, m.measure) for m in measures for w in sorted(m.persons))),
            adjectives=_by_word("adjectives", ((w, m.measure) for m in measures for w in sorted(m.adjectives))),
            phrases=_phrases(tuple((m.measure, m.phrases) for m in measures)),
            subject_phrases=_phrases(tuple((m.measure, m.subject_phrases) for m in measures)),
            life_verbs=frozenset(data["measures"]["killed"]["life_verbs"]),
            unsaved=frozenset(data["measures"]["killed"]["unsaved"]),
            toll=_by_word("toll", ((w, m.measure) for m in measures for w in m.toll)),
            counted_nouns=_by_word("nouns", ((w, _known(m)) for m, ws in data["nouns"].items() for w in ws)),
            units=frozenset(not_counts["units"]),
            not_counted=frozenset(not_counts["nouns"]),
            animals=frozenset(not_counts["animals"]),
            deeds=_by_word("deeds", ((w, _known(m)) for m, ws in data["deeds"]["of"].items() for w in ws)),
            deadly=frozenset(data["deeds"]["deadly"]),
            strikes=frozenset(data["deeds"]["strikes"]),
            multiples=_whole("multiples", data["multiples"]),
            open_harm=frozenset(data["measures"]["injured"]["open"]),
            labels=frozenset(not_counts["labels"]),
            months=frozenset(not_counts["months"]),
            year_cues=frozenset(not_counts["year_cues"]),
            money_symbols=frozenset(money["symbols"]),
            money_units=frozenset(money["units"]),
            people=frozenset(people["nouns"]),
            collectives=frozenset(people["plural_collectives"]),
            pronouns=frozenset(people["pronouns"]),
            reflexive=frozenset(people["reflexive"]),
            groups_of=frozenset(people["groups_of"]),
            part_before=tuple(parts["before"]),
            part_after=tuple(parts["after"]),
            added=tuple(parts["added"]),
            toll_reaches=frozenset(parts["toll_reaches"]),
            period=_patterns("parts.period", parts["period"]),
            crowd=frozenset(parts["crowd"]),
            harmed=frozenset(parts["harmed"]),
            auxiliaries=frozenset(data["grammar"]["auxiliaries"]),
            links=frozenset(data["grammar"]["links"]),
            raising=frozenset(data["grammar"]["raising"]),
            steps=frozenset(data["grammar"]["steps"]),
            members=frozenset(data["grammar"]["members"]),
            carriers=frozenset(data["grammar"]["carriers"]),
            not_short=frozenset(data["grammar"]["not_short"]),
            unreal_words=frozenset(data["grammar"]["unreal_words"]),
            unreal_verbs=frozenset(data["grammar"]["unreal_verbs"]),
            not_persons=frozenset(people["not_persons"]),
            others=frozenset(people["others"]),
            real_before_infinitive=frozenset(data["grammar"]["real_before_infinitive"]),
        )
    except KeyError as error:
        raise BrokenCodebook(f"{FILE}: no entry {error}") from error


def _measure(name: str, entry: dict[str, list[str]]) -> MeasureWords:
    return MeasureWords(
        measure=_known(name),
        patient=frozenset(entry["patient"]),
        subject=frozenset(entry["subject"]),
        nouns=frozenset(entry["nouns"]),
        persons=frozenset(entry["persons"]),
        adjectives=frozenset(entry["adjectives"]),
        phrases=tuple(tuple(phrase.split()) for phrase in entry["phrases"]),
        subject_phrases=tuple(tuple(phrase.split()) for phrase in entry.get("subject_phrases", ())),
        toll=tuple(entry.get("toll", ())),
    )


def _patterns(section: str, entries: list[str]) -> tuple[str, ...]:
    for entry in entries:
        try:
            re.compile(entry)
        except re.error as error:
            raise BrokenCodebook(f"{FILE}: {section}: {entry!r} is no pattern: {error}") from error
    return tuple(entries)


def _known(name: str) -> Measure:
    for measure in MEASURES:
        if measure == name:
            return measure
    raise BrokenCodebook(f"{FILE}: {name!r} is no measure; measures are {', '.join(MEASURES)}")


def _whole(section: str, entries: dict[str, Any]) -> dict[str, int]:
    for word, value in entries.items():
        if not isinstance(value, int) or value < 0:
            raise BrokenCodebook(f"{FILE}: {section}: {word!r} must be a whole number, not {value!r}")
    return dict(entries)


def _by_word(section: str, pairs: Any) -> dict[str, Measure]:
    """The first measure to name a word keeps it; two measures for one word in one section are a contradiction."""
    out: dict[str, Measure] = {}
    for word, measure in pairs:
        if out.setdefault(word, measure) != measure:
            raise BrokenCodebook(f"{FILE}: {word!r} stands under {section} of both {out[word]} and {measure}")
    return out


def _phrases(
    entries: tuple[tuple[Measure, tuple[tuple[str, ...], ...]], ...],
) -> dict[str, tuple[tuple[tuple[str, ...], Measure], ...]]:
    """By their verb, longest first, so that the fuller phrase wins."""
    pairs = sorted(
        ((phrase[0], phrase[1:], measure) for measure, phrases in entries for phrase in phrases),
        key=lambda entry: (-len(entry[1]), entry[1]),
    )
    return {verb: tuple((rest, m) for v, rest, m in pairs if v == verb) for verb in sorted({entry[0] for entry in pairs})}
