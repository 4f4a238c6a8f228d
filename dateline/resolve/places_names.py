"""The names of a report, ready to be resolved: found, cleared of namesakes, short forms joined, with the words beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.model.reading import Chars, Reading
from dateline.resolve.folding import normal
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.places_beside import Beside
from dateline.resolve.places_find import BIG, NATIONAL, SMALL, Finder, Found
from dateline.resolve.places_tokens import Tokens

PLURAL_PARTS = frozenset({"areas", "villages", "parts", "hamlets", "towns", "localities"})  # of a district, not of a town


def find_names(reading: Reading, gazetteer: Gazetteer) -> tuple[Found, ...]:
    """Names in the order of the text, none inside another."""
    finder = Finder(Tokens.of(reading.doc), gazetteer)
    beside = Beside(finder)
    entities = [(ent.start, ent.end - 1, ent.label_) for ent in reading.doc.ents]
    found = beside.with_facilities(beside.with_listed(finder.with_unmarked(finder.marked(entities))))
    whole = with_short_forms(finder, without_namesakes(finder, found, entities))
    return tuple(with_words(finder, name) for name in whole)


def given_names(reading: Reading, spans: Sequence[Chars], gazetteer: Gazetteer) -> list[Found | None]:
    """Stretches of the text that are known to name places."""
    finder = Finder(Tokens.of(reading.doc), gazetteer)
    out: list[Found | None] = []
    for span in spans:
        tokens = reading.doc.char_span(span.start, span.end, alignment_mode="expand")
        name = reading.report.text[span.start : span.end]
        found = Found(tokens.start, tokens.end - 1, name, "GPE", gazetteer.lookup_loosely(name), normal(name)) if tokens else None
        out.append(with_words(finder, found) if found else None)
    return out


def chars_of(reading: Reading, found: Found) -> Chars:
    last = reading.doc[found.last]
    return Chars(reading.doc[found.first].idx, last.idx + len(last))


def without_namesakes(finder: Finder, names: list[Found], entities: Sequence[tuple[int, int, str]]) -> list[Found]:
    """Without the last names of persons of the report and the first words of its organisations, unless a known place."""
    persons = {normal(finder.tokens.words[last]) for first, last, label in entities if label == "PERSON" and last > first}
    bodies = {normal(finder.tokens.words[first]) for first, last, label in entities if label == "ORG" and last > first}
    groups = finder.gazetteer.words.actors
    out = []
    for found in names:
        best = max((c.place.population for c in found.candidates), default=0)
        firm = best >= SMALL or any(c.place.kind in NATIONAL or c.match == "demonym" for c in found.candidates)
        if found.name.casefold() in groups and not any(c.place.kind in NATIONAL for c in found.candidates):
            continue
        if firm or found.key not in persons and (found.candidates or found.key not in bodies):
            out.append(found)
    return out


def with_short_forms(finder: Finder, names: list[Found]) -> list[Found]:
    """`Mazar` after "Mazar-i-Sharif" is the same place, unless the gazetteer knows a great place of the short name."""
    longer = {found.key.split()[0]: found for found in reversed(names) if found.candidates and finder.long_enough(found)}
    out = []
    for found in names:
        full = longer.get(found.key)
        great = any(c.match == "demonym" or c.place.code or c.place.population >= BIG for c in found.candidates)
        out.append(replace(found, candidates=full.candidates, key=full.key) if full and not great else found)
    return out


def with_words(finder: Finder, found: Found) -> Found:
    """Note the word that says what the place is ("Idlib governorate", "the city of Homs") and the direction before it."""
    tokens, words = finder.tokens, finder.gazetteer.words
    before, after = tokens.before(found.first), tokens.after(found.last)
    kind = words.kinds.get(after, "")
    if not kind and before == "of":
        kind = words.kinds.get(tokens.before(found.first - 1), "")
    if not kind:
        kind = words.kinds.get(before, "") or _shared_kind(finder, found) or _own_kind(finder, found)
    if not kind and before in ("in", "of") and tokens.before(found.first - 1) in PLURAL_PARTS:
        kind = "district" if any(c.place.kind == "adm2" for c in found.candidates) else ""
    part = before if before in words.before and before != "the" else ""
    facility = after if after in words.facilities else ""
    return replace(found, before=part, kind_word=kind, facility=facility)


def _own_kind(finder: Finder, found: Found) -> str:
    """`province` within "Ghazni province", where the gazetteer knows it by that name."""
    last = finder.tokens.words[found.last]
    return finder.gazetteer.words.kinds.get(last, "") if found.last > found.first else ""


def _shared_kind(finder: Finder, found: Found) -> str:
    """`provinces` of "Badakhshan and Baghlan provinces" is said of both."""
    i = found.last + 1
    while (
        i < len(finder.tokens)
        and i < found.last + 12
        and (finder.tokens.capital[i] or finder.tokens.joined[i] or finder.tokens.lower[i] in (",", "and"))
    ):
        i += 1
    word = finder.tokens.lower[i] if found.last + 1 < i < len(finder.tokens) else ""
    return finder.gazetteer.words.kinds.get(word, "") if word.endswith("s") and word not in ("districts",) else ""
