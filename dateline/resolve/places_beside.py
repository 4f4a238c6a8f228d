"""Names that the words beside them make a place: lists with known places, "the village of X", "X dam", "a house in X"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.resolve.places_find import LONGEST, UNMISTAKABLE, Finder, Found

HOUSING = frozenset({"camp", "neighborhood", "neighbourhood", "village", "airbase", "dam", "refinery", "base"})
# Words that are part of the name of what stands there, small as they may be written.
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


@dataclass(frozen=True, slots=True)
class Beside:
    """Goes on where the finder of one report stopped."""

    finder: Finder

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
                    out.append(self.finder.found(*run, "GPE", self.finder.gazetteer.lookup(self.finder.tokens.span(*run))))
        for run in self._beside_kind_words(taken):
            out.append(self.finder.found(*run, "GPE", self.finder.gazetteer.lookup(self.finder.tokens.span(*run))))
        return sorted(out, key=lambda found: found.first)

    def _listed(self, run: tuple[int, int], beside: Found) -> bool:
        """Is the run, by its name or sound, a place in the country of the listed neighbour?"""
        if any(
            self.finder.tokens.label[i] in self.finder.gazetteer.words.unlike for i in range(run[0], run[1] + 1)
        ) or self.finder.is_empty(*run):
            return False
        home = {c.place.country for c in beside.candidates[:5]}
        return any(
            c.place.country in home and c.match != "demonym"
            for c in self.finder.gazetteer.lookup(self.finder.tokens.span(*run))[:8]
        )

    def _run_after(self, last: int, taken: set[int]) -> tuple[int, int] | None:
        """The capitalised run after ", " or " and " (or both)."""
        i, seen = last + 1, False
        while i < len(self.finder.tokens) and self.finder.tokens.lower[i] in (",", "and", "or"):
            i, seen = i + 1, True
        return self._run(i, taken) if seen else None

    def _run_before(self, first: int, taken: set[int]) -> tuple[int, int] | None:
        i, seen = first - 1, False
        while i >= 0 and self.finder.tokens.lower[i] in (",", "and", "or"):
            i, seen = i - 1, True
        if not seen or i < 0 or not (self.finder.tokens.capital[i] or self.finder.tokens.joined[i]):
            return None
        start = i
        while (
            start > 0
            and (self.finder.tokens.capital[start - 1] or self.finder.tokens.joined[start])
            and not self.finder.tokens.breaks(start - 1)
        ):
            start -= 1
        run = self._run(start, taken)
        return run if run and run[1] == i else None

    def _run(self, i: int, taken: set[int]) -> tuple[int, int] | None:
        tokens = self.finder.tokens
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
        """`Bunagana` of "the village of Bunagana", "Aziziyah district", whether the gazetteer knows it or not.

        A plural is said of a whole list: "the towns of A, B and C", "the A and B villages".
        """
        tokens, words = self.finder.tokens, self.finder.gazetteer.words
        for i, word in enumerate(tokens.lower):
            if words.kinds.get(word) not in ("town", "district", "province") or i in taken or tokens.capital[i]:
                continue
            runs = self._list_from(i + 2, taken)[: None if word.endswith("s") else 1] if tokens.after(i) == "of" else []
            if not runs and i > 0 and tokens.is_name(i - 1):
                runs = [] if i - 1 in taken else [self._run_to(i - 1, taken, word in HOUSING)]
                first = runs[0][0] if runs and runs[0] else self._start(i - 1, taken)
                before = self._run_before(first, taken) if word.endswith("s") else None
                runs += [before] if before and tokens.is_name(before[0]) else []
            yield from (run for run in runs if run)

    def _start(self, i: int, taken: set[int]) -> int:
        """Where the known name that ends at the token begins."""
        while i - 1 in taken:
            i -= 1
        return i

    def _list_from(self, i: int, taken: set[int]) -> list[tuple[int, int] | None]:
        """The names of a list, what stands in brackets between them left out."""
        tokens = self.finder.tokens
        out: list[tuple[int, int] | None] = []
        while i < len(tokens):
            known = i
            while known in taken:
                known += 1
            run = (i, known - 1) if known > i else self._run(i, taken)
            if not run:
                break
            if known == i:
                out.append(run)
            i = run[1] + 1
            if i < len(tokens) and tokens.words[i] == "(":
                i = next((k + 1 for k in range(i, min(i + 8, len(tokens))) if tokens.words[k] == ")"), len(tokens))
            after = i
            while i < len(tokens) and tokens.lower[i] in (",", "and", "or"):
                i += 1
            if i == after:
                break
        return out

    def _run_to(self, last: int, taken: set[int], any_label: bool = False) -> tuple[int, int] | None:
        """A name of one or two words that ends at the token and is no organisation, demonym or date."""
        tokens, words = self.finder.tokens, self.finder.gazetteer.words
        first = last
        while (
            first > 0
            and first - 1 not in taken
            and (tokens.joined[first] or tokens.is_name(first - 1))
            and last - first < LONGEST
        ):
            first -= 1
        if tokens.lower[last] in words.empty or tokens.label[last] == "NORP":
            return None
        doubted = tokens.label[last] in words.unlike - {"PERSON"} or tokens.label[last] == "ORG"
        housed = any_label and tokens.span(first, last).casefold() not in words.actors
        if doubted and not housed and not self._is_entered(first):
            return None
        return (first, last) if tokens.capital[first] else None

    def _is_entered(self, first: int) -> bool:
        """Does "in" or "near" stand before the name ("in the Rashed camp")? Then not even a body's label speaks against it."""
        tokens = self.finder.tokens
        before = first - 2 if tokens.before(first) == "the" else first - 1
        named = tokens.span(first, first).casefold() in self.finder.gazetteer.words.actors
        return before >= 0 and tokens.lower[before] in UNMISTAKABLE and not named

    def with_facilities(self, names: list[Found]) -> list[Found]:
        """`Tishrin dam`, "Kawkab army base": a name before a word for what stands there, and names after "in" or "near"."""
        taken = {i for found in names for i in range(found.first, found.last + 1)}
        out = list(names)
        for run in (*self._before_facility_words(taken), *self._after_locatives(taken)):
            if taken.isdisjoint(range(run[0], run[1] + 1)):
                taken.update(range(run[0], run[1] + 1))
                known = self.finder.known(*run)
                out.append(
                    self.finder.found(*run, "FAC", known or self.finder.gazetteer.lookup_sound(self.finder.tokens.span(*run)))
                )
        return sorted(out, key=lambda found: found.first)

    def _before_facility_words(self, taken: set[int]) -> Iterator[tuple[int, int]]:
        """The name with the word, when the word is part of it ("Central Methodist Church"), else the name alone."""
        tokens, words = self.finder.tokens, self.finder.gazetteer.words
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
            if run and not (run[0] == run[1] and tokens.words[run[0]].isupper()):  # "an IDF post": whose, not where
                yield (run[0], i) if tokens.capital[i] or word in STANDING else run

    def _after_locatives(self, taken: set[int]) -> Iterator[tuple[int, int]]:
        """`Dunya Pur` of "a house in Dunya Pur": a name that nobody knows, but things happen in it."""
        tokens, words = self.finder.tokens, self.finder.gazetteer.words
        for i in range(len(tokens) - 1):
            if tokens.lower[i] not in UNMISTAKABLE or tokens.pos[i] != "ADP" or tokens.pos[i + 1] != "PROPN":
                continue
            run = self._run(i + 1, taken)
            if not run or self.finder.is_empty(*run) or tokens.lower[i + 1] in words.titles:
                continue
            if self._in_headline(i):
                continue
            labels = {tokens.label[k] for k in range(run[0], run[1] + 1)}
            if labels <= {"", "PERSON"} and not tokens.span(*run).isupper() and tokens.span(*run).casefold() not in words.actors:
                yield run

    def _in_headline(self, i: int) -> bool:
        """Among words that are nearly all capitalised, a capital says nothing."""
        tokens = self.finder.tokens
        around = [
            k for k in range(max(0, i - 6), min(len(tokens), i + 7)) if len(tokens.words[k]) > 3 and tokens.words[k].isalpha()
        ]
        return len(around) > 3 and sum(tokens.capital[k] for k in around) > 0.75 * len(around)
