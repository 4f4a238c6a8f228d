"""Where the names of places stand in a report: what the tagger marked, and what the gazetteer knows and the words around allow.

The tagger alone misses a quarter of the names (it calls them persons and organisations); the gazetteer alone would find
a place in every second word. So a name needs two witnesses of three: the tagger, the gazetteer, the words around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from dateline.model.reading import Chars, Reading
from dateline.resolve.folding import normal
from dateline.resolve.gazetteer import Candidate, Gazetteer
from dateline.resolve.places_tokens import ARTICLES, Tokens

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
LONGEST = 6  # words of a name
UNMISTAKABLE = frozenset({"in", "near", "outside", "around", "at"})  # what comes after is a place, if it is a name
PLURAL_PARTS = frozenset({"areas", "villages", "parts", "hamlets", "towns", "localities"})  # of a district, not of a town
HOUSING = frozenset({"camp", "neighborhood", "neighbourhood", "village", "airbase", "dam", "refinery"})
STANDING = frozenset(
    {
        "dam",
        "airport",
        "airfield",
        "airbase",
        "bridge",
        "square",
        "palace",
        "prison",
        "monument",
        "university",
        "mosque",
        "church",
    }
)
BIG = 200_000  # people: a city that every reader knows
SMALL = 50_000  # people: below it, a person's or a group's name is more likely than the town
NATIONAL = frozenset({"country", "continent", "region", "adm1"})


@dataclass(frozen=True, slots=True)
class Found:
    """A name in the text: `first` and `last` are tokens (inclusive), `label` the tagger's word for it.

    `key` groups names that must mean one place; `before` is a direction said before it ("northern"), `kind_word` says
    province, district, region, town or country; `facility` the word for what stands there ("airport").
    """

    first: int
    last: int
    name: str
    label: str
    candidates: tuple[Candidate, ...]
    key: str = field(default="")
    before: str = ""
    kind_word: str = ""
    facility: str = ""


def find_names(reading: Reading, gazetteer: Gazetteer) -> tuple[Found, ...]:
    """Names in the order of the text, none inside another."""
    finder = Finder(Tokens.of(reading.doc), gazetteer)
    entities = [(ent.start, ent.end - 1, ent.label_) for ent in reading.doc.ents]
    found = finder.with_facilities(finder.with_listed(finder.with_unmarked(finder.marked(entities))))
    whole = finder.with_short_forms(finder.without_namesakes(found, entities))
    return tuple(finder.with_words(name) for name in whole)


@dataclass(frozen=True, slots=True)
class Finder:
    """The tokens of one report and the gazetteer, asked together."""

    tokens: Tokens
    gazetteer: Gazetteer

    # What the tagger marked

    def marked(self, entities: list[tuple[int, int, str]]) -> list[Found]:
        out: list[Found] = []
        for first, last, label in entities:
            if out and first <= out[-1].last:
                continue
            if label == "NORP":
                out.extend(self._people(first, last))
            elif label in PLACE_LABELS:
                out.extend(self._place(first, last, label))
        return out

    def _people(self, first: int, last: int) -> Iterator[Found]:
        first, last = self._trim(first, last)
        if first > last:
            return
        name = self.tokens.span(first, last)
        demonyms = tuple(c for c in self.gazetteer.lookup_spelt(name) if c.match == "demonym")
        if demonyms:
            yield self._found(first, last, "NORP", demonyms)

    def _place(self, first: int, last: int, label: str) -> Iterator[Found]:
        first, last = self._trim(first, last)
        if first > last:
            return
        longer = self._longest(first, set())
        if longer and longer > last and self._runs_on(first, last, longer):
            last = longer
        candidates = self._known(first, last)
        if candidates:
            yield self._found(first, last, label, candidates)
            return
        part = self._known_part(first, last) or self._known_beginning(first, last)
        if part:
            yield self._found(*part, label, self._known(*part))
            return
        if not any(self.tokens.capital[first : last + 1]) or self._is_empty(first, last):
            return
        core = self._core(first, last)
        by_sound = self.gazetteer.lookup_sound(self.tokens.span(*core))
        yield self._found(*(core if by_sound else (first, last)), label, by_sound)

    def _runs_on(self, first: int, last: int, longer: int) -> bool:
        """Does the name really go on where the tagger stopped ("Mazar" of "Mazar-i-Sharif", "Deir" of "Deir ez-Zor")?"""
        rest = range(last + 1, longer + 1)
        if all(self.tokens.joined[i] for i in rest) or self.tokens.words[last + 1] in ARTICLES:
            return True
        return any(c.place.kind in NATIONAL or c.place.population >= SMALL for c in self._known(first, longer))

    def _trim(self, first: int, last: int) -> tuple[int, int]:
        """Without articles and punctuation at the edges."""
        lower = self.tokens.lower
        while last >= first and (lower[last] in ("'s", "’s", "'", "’", ",", ";", ":") or self.tokens.space[last]):
            last -= 1
        while first <= last and (lower[first] in ("the", "a", "an", "-", ",", "'", "’", "“", '"') or self.tokens.space[first]):
            first += 1
        return first, last

    def _known(self, first: int, last: int) -> tuple[Candidate, ...]:
        name = self.tokens.span(first, last)
        if self._is_empty(first, last) or not _spelt_like_name(name):
            return ()
        if name in self.gazetteer.words.states:
            return self.gazetteer.lookup(name)
        found = self.gazetteer.lookup_spelt(name)
        if name.isupper() and len(name) <= 3 or name.casefold() in self.gazetteer.words.actors:
            return tuple(c for c in found if c.place.kind in NATIONAL)
        return found

    def _is_empty(self, first: int, last: int) -> bool:
        """One word that names no place by itself; "US" in capitals is not the word "us"."""
        word = self.tokens.words[first]
        return (
            first == last and self.tokens.lower[first] in self.gazetteer.words.empty and not (len(word) == 2 and word.isupper())
        )

    def _known_part(self, first: int, last: int) -> tuple[int, int] | None:
        """The longest part of an unknown entity that the gazetteer knows, when the rest only says what or which part it is."""
        words = self.gazetteer.words
        for length in range(last - first, 0, -1):
            for start in range(first, last - length + 2):
                end = start + length - 1
                rest = [self.tokens.lower[i] for i in (*range(first, start), *range(end + 1, last + 1))]
                harmless = all(
                    w in words.before or w in words.kinds or w in words.facilities or w in ("of", "'s", "’s", "-", ",", "and")
                    for w in rest
                )
                if harmless and self.tokens.capital[start] and self._known(start, end):
                    return start, end
        return None

    def _core(self, first: int, last: int) -> tuple[int, int]:
        """Without the words at its edges that only say what it is or which part ("Konar" of "Konar province")."""
        words = self.gazetteer.words
        start, end = first, last
        while start < end and (self.tokens.lower[start] in words.before or self.tokens.lower[start] in words.kinds):
            start += 1
        while end > start and self.tokens.lower[end] in words.kinds:
            end -= 1
        return start, end

    def _known_beginning(self, first: int, last: int) -> tuple[int, int] | None:
        """`Deir ez-Zor` of an entity that runs on into the next name."""
        longest = self._longest(first, set(range(last + 1, len(self.tokens))))
        known = self._known(first, longest) if longest is not None and longest > first else ()
        return (first, longest) if longest and any(c.place.population >= SMALL for c in known) else None

    # What only the gazetteer knows

    def with_unmarked(self, marked: list[Found]) -> list[Found]:
        taken = {i for found in marked for i in range(found.first, found.last + 1)}
        sure = [found for found in marked if found.candidates and found.label in PLACE_LABELS]
        trusted = {found.key for found in sure} | {found.key.split()[0] for found in sure if self._long_enough(found)}
        out, i = list(marked), 0
        while i < len(self.tokens):
            last = self._longest(i, taken) if self.tokens.capital[i] and i not in taken else None
            if last is None:
                i += 1
                continue
            found = self._found(i, last, self.tokens.label[i], self._known(i, last))
            if found.candidates and self._allowed(found, trusted):
                out.append(found)
            i = last + 1
        return sorted(out, key=lambda found: found.first)

    def _long_enough(self, found: Found) -> bool:
        """Does its first word serve as a short form ("Mazar" of "Mazar-i-Sharif")?"""
        first, *rest = found.key.split()
        return (
            bool(rest)
            and len(first) >= 4
            and first not in self.gazetteer.words.empty
            and rest[0] not in self.gazetteer.words.kinds
        )

    def _longest(self, i: int, taken: set[int]) -> int | None:
        """The last token of the longest name that begins at token i and that the gazetteer knows."""
        tokens = self.tokens
        end = i
        while end + 1 < len(tokens) and end + 1 - i < LONGEST and end + 1 not in taken and not tokens.breaks(end + 1):
            end += 1
        for last in range(end, i - 1, -1):
            if (tokens.capital[last] or tokens.joined[last]) and tokens.words[last] not in ("-", "'s", "’s", "'", "’"):
                name = tokens.span(i, last)
                if name in self.gazetteer.words.states or self.gazetteer.knows(name):
                    return last
        return None

    def _allowed(self, found: Found, trusted: set[str]) -> bool:
        """Two witnesses: the gazetteer knows it, and the words around it (or the rest of the report) speak for a place."""
        tokens, words = self.tokens, self.gazetteer.words
        if any(c.match == "demonym" for c in found.candidates):
            return True
        before, after = tokens.before(found.first), tokens.after(found.last)
        if before in words.titles or (
            tokens.is_name(found.first - 1) and before not in words.kinds and before not in words.before
        ):
            return False
        if tokens.is_name(found.last + 1) and after not in words.kinds and after not in words.facilities:
            return False
        if found.key in trusted or any(c.place.kind in ("country", "continent") for c in found.candidates):
            return True
        if (
            after in words.kinds
            or after in words.facilities
            or (before == "of" and tokens.before(found.first - 1) in words.kinds)
        ):
            return True
        known = found.last > found.first and any(c.place.population >= SMALL for c in found.candidates)
        return before in words.locative and (known or found.label not in words.unlike)

    # What the words around make a place

    def with_listed(self, names: list[Found]) -> list[Found]:
        """Names in a list with known places ("Kunduz, Sar-i-Pul and Taloqan fell"), and beside a word for a kind of place."""
        taken = {i for found in names for i in range(found.first, found.last + 1)}
        out = list(names)
        for found in names:
            if not found.candidates or found.candidates[0].match == "demonym":
                continue
            for run in (self._run_after(found.last, taken), self._run_before(found.first, taken)):
                if run and self._listed(run, found):
                    taken.update(range(run[0], run[1] + 1))
                    out.append(self._found(*run, "GPE", self.gazetteer.lookup(self.tokens.span(*run))))
        for run in self._beside_kind_words(taken):
            out.append(self._found(*run, "GPE", self.gazetteer.lookup(self.tokens.span(*run))))
        return sorted(out, key=lambda found: found.first)

    def _listed(self, run: tuple[int, int], beside: Found) -> bool:
        """Is the run, by its name or sound, a place in the country of the listed neighbour?"""
        if any(self.tokens.label[i] in self.gazetteer.words.unlike for i in range(run[0], run[1] + 1)) or self._is_empty(*run):
            return False
        home = {c.place.country for c in beside.candidates[:5]}
        return any(c.place.country in home and c.match != "demonym" for c in self.gazetteer.lookup(self.tokens.span(*run))[:8])

    def _run_after(self, last: int, taken: set[int]) -> tuple[int, int] | None:
        """The capitalised run after ", " or " and " (or both)."""
        i, seen = last + 1, False
        while i < len(self.tokens) and self.tokens.lower[i] in (",", "and", "or"):
            i, seen = i + 1, True
        return self._run(i, taken) if seen else None

    def _run_before(self, first: int, taken: set[int]) -> tuple[int, int] | None:
        i, seen = first - 1, False
        while i >= 0 and self.tokens.lower[i] in (",", "and", "or"):
            i, seen = i - 1, True
        if not seen or i < 0 or not (self.tokens.capital[i] or self.tokens.joined[i]):
            return None
        start = i
        while start > 0 and (self.tokens.capital[start - 1] or self.tokens.joined[start]) and not self.tokens.breaks(start - 1):
            start -= 1
        run = self._run(start, taken)
        return run if run and run[1] == i else None

    def _run(self, i: int, taken: set[int]) -> tuple[int, int] | None:
        tokens = self.tokens
        if i >= len(tokens) or not tokens.capital[i] or i in taken:
            return None
        last = i
        while (
            last + 1 < len(tokens)
            and last + 1 not in taken
            and not tokens.breaks(last + 1)
            and (tokens.capital[last + 1] or tokens.joined[last + 1])
            and tokens.lower[last + 1] not in ("'s", "’s")
        ):
            last += 1
        return (i, last) if last - i < LONGEST else None

    def _beside_kind_words(self, taken: set[int]) -> Iterator[tuple[int, int]]:
        """`Bunagana` of "the village of Bunagana", "Aziziyah district", whether the gazetteer knows it or not."""
        tokens, words = self.tokens, self.gazetteer.words
        for i, word in enumerate(tokens.lower):
            if words.kinds.get(word) not in ("town", "district", "province") or i in taken or tokens.capital[i]:
                continue
            if tokens.after(i) == "of" and (run := self._run(i + 2, taken)) or i > 0 and tokens.is_name(i - 1) and i - 1 not in taken and (run := self._run_to(i - 1, taken, word in HOUSING)):
                yield run

    def _run_to(self, last: int, taken: set[int], any_label: bool = False) -> tuple[int, int] | None:
        """A name of one or two words that ends at the token and is no organisation, demonym or date."""
        tokens, words = self.tokens, self.gazetteer.words
        first = last
        while (
            first > 0
            and first - 1 not in taken
            and (tokens.joined[first] or tokens.is_name(first - 1))
            and last - first < LONGEST
        ):
            first -= 1
        if (
            tokens.lower[last] in words.empty
            or tokens.label[last] in words.unlike - {"PERSON"}
            or tokens.label[last] in ("ORG", "NORP")
        ):
            return None
        return (first, last) if tokens.capital[first] else None

    def with_facilities(self, names: list[Found]) -> list[Found]:
        """`Tishrin dam`, "Kawkab army base": a name before a word for what stands there, and names after "in" or "near"."""
        taken = {i for found in names for i in range(found.first, found.last + 1)}
        out = list(names)
        for run in (*self._before_facility_words(taken), *self._after_locatives(taken)):
            if taken.isdisjoint(range(run[0], run[1] + 1)):
                taken.update(range(run[0], run[1] + 1))
                known = self._known(*run)
                out.append(self._found(*run, "FAC", known or self.gazetteer.lookup_sound(self.tokens.span(*run))))
        return sorted(out, key=lambda found: found.first)

    def _before_facility_words(self, taken: set[int]) -> Iterator[tuple[int, int]]:
        """The name with the word, when the word is part of it ("Central Methodist Church"), else the name alone."""
        tokens, words = self.tokens, self.gazetteer.words
        for i, word in enumerate(tokens.lower):
            if word not in words.facilities or i in taken or i == 0:
                continue
            named = (
                i - 1
                if tokens.is_name(i - 1)
                else i - 2
                if i > 1 and tokens.pos[i - 1] == "NOUN" and tokens.is_name(i - 2)
                else -1
            )
            run = self._run_to(named, taken, word in HOUSING) if named >= 0 and named not in taken else None
            if run:
                yield (run[0], i) if tokens.capital[i] or word in STANDING else run

    def _after_locatives(self, taken: set[int]) -> Iterator[tuple[int, int]]:
        """`Dunya Pur` of "a house in Dunya Pur": a name that nobody knows, but things happen in it."""
        tokens, words = self.tokens, self.gazetteer.words
        for i in range(len(tokens) - 1):
            if tokens.lower[i] not in UNMISTAKABLE or tokens.pos[i] != "ADP" or tokens.pos[i + 1] != "PROPN":
                continue
            run = self._run(i + 1, taken)
            if not run or self._is_empty(*run) or tokens.lower[i + 1] in words.titles:
                continue
            labels = {tokens.label[k] for k in range(run[0], run[1] + 1)}
            if labels <= {"", "PERSON"} and not tokens.span(*run).isupper() and tokens.span(*run).casefold() not in words.actors:
                yield run

    # Namesakes, short forms, and the words beside a name

    def without_namesakes(self, names: list[Found], entities: Sequence[tuple[int, int, str]]) -> list[Found]:
        """Without the last names of persons of the report and the first words of its organisations, unless a known place."""
        persons = {normal(self.tokens.words[last]) for first, last, label in entities if label == "PERSON" and last > first}
        bodies = {normal(self.tokens.words[first]) for first, last, label in entities if label == "ORG" and last > first}
        groups = self.gazetteer.words.actors
        out = []
        for found in names:
            best = max((c.place.population for c in found.candidates), default=0)
            firm = best >= SMALL or any(c.place.kind in NATIONAL or c.match == "demonym" for c in found.candidates)
            if found.name.casefold() in groups and not any(c.place.kind in NATIONAL for c in found.candidates):
                continue
            if firm or found.key not in persons and (found.candidates or found.key not in bodies):
                out.append(found)
        return out

    def with_short_forms(self, names: list[Found]) -> list[Found]:
        """`Mazar` after "Mazar-i-Sharif" is the same place, unless the gazetteer knows a great place of the short name."""
        longer = {found.key.split()[0]: found for found in reversed(names) if found.candidates and self._long_enough(found)}
        out = []
        for found in names:
            full = longer.get(found.key)
            great = any(c.match == "demonym" or c.place.code or c.place.population >= BIG for c in found.candidates)
            out.append(replace(found, candidates=full.candidates, key=full.key) if full and not great else found)
        return out

    def with_words(self, found: Found) -> Found:
        """Note the word that says what the place is ("Idlib governorate", "the city of Homs") and the direction before it."""
        tokens, words = self.tokens, self.gazetteer.words
        before, after = tokens.before(found.first), tokens.after(found.last)
        kind = words.kinds.get(after, "")
        if not kind and before == "of":
            kind = words.kinds.get(tokens.before(found.first - 1), "")
        if not kind:
            kind = words.kinds.get(before, "") or self._shared_kind(found)
        if not kind and before in ("in", "of") and tokens.before(found.first - 1) in PLURAL_PARTS:
            kind = "district" if any(c.place.kind == "adm2" for c in found.candidates) else ""
        part = before if before in words.before and before != "the" else ""
        facility = after if after in words.facilities else ""
        return replace(found, before=part, kind_word=kind, facility=facility)

    def _shared_kind(self, found: Found) -> str:
        """`provinces` of "Badakhshan and Baghlan provinces" is said of both."""
        i = found.last + 1
        while (
            i < len(self.tokens)
            and i < found.last + 12
            and (self.tokens.capital[i] or self.tokens.joined[i] or self.tokens.lower[i] in (",", "and"))
        ):
            i += 1
        word = self.tokens.lower[i] if found.last + 1 < i < len(self.tokens) else ""
        return self.gazetteer.words.kinds.get(word, "") if word.endswith("s") and word not in ("districts",) else ""

    def _found(self, first: int, last: int, label: str, candidates: tuple[Candidate, ...]) -> Found:
        name = self.tokens.span(first, last)
        return Found(first, last, name, label, candidates, normal(name))


def given_names(reading: Reading, spans: Sequence[Chars], gazetteer: Gazetteer) -> list[Found | None]:
    """Stretches of the text that are known to name places."""
    finder = Finder(Tokens.of(reading.doc), gazetteer)
    out: list[Found | None] = []
    for span in spans:
        tokens = reading.doc.char_span(span.start, span.end, alignment_mode="expand")
        name = reading.report.text[span.start : span.end]
        found = Found(tokens.start, tokens.end - 1, name, "GPE", gazetteer.lookup_loosely(name), normal(name)) if tokens else None
        out.append(finder.with_words(found) if found else None)
    return out


def _spelt_like_name(name: str) -> bool:
    """`US` and `U.S.` but not "us"; short keys need their capitals."""
    letters = [c for c in name if c.isalpha()]
    return len(letters) > 3 or all(c.isupper() for c in letters) or (len(letters) == 3 and name[:1].isupper())


def chars_of(reading: Reading, found: Found) -> Chars:
    last = reading.doc[found.last]
    return Chars(reading.doc[found.first].idx, last.idx + len(last))
