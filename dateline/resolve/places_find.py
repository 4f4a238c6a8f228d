"""Where the names of places stand in a report: what the tagger marked, and what the gazetteer knows and the words around allow.

The tagger alone misses a quarter of the names (it calls them persons and organisations); the gazetteer alone would find
a place in every second word. So a name needs two witnesses of three: the tagger, the gazetteer, the words around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dateline.resolve.folding import normal
from dateline.resolve.gazetteer import Candidate, Gazetteer
from dateline.resolve.places_tokens import ARTICLES, LINKS, Tokens

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
LONGEST = 6  # words of a name
BIG = 200_000  # people: a city that every reader knows
SMALL = 50_000  # people: below it, a person's or a group's name is more likely than the town
UNMISTAKABLE = frozenset({"in", "near", "outside", "around", "at"})  # what comes after is a place, if it is a name
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

    @property
    def thin(self) -> bool:
        """Does only an imported gazetteer know anything of that name?"""
        return is_thin(self.candidates)


def is_thin(candidates: tuple[Candidate, ...]) -> bool:
    return bool(candidates) and all(c.standing != "known" or c.match == "folded" for c in candidates)


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
                for part in self._parts(first, last):
                    out.extend(self._place(*part, label))
        return out

    def _parts(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """`Lomé, Togo` marked as one name are two, each known by itself."""
        for i in range(first + 1, last):
            if self.tokens.words[i] == "," and self.known(first, i - 1) and self.known(i + 1, last):
                yield from ((first, i - 1), (i + 1, last))
                return
        yield first, last

    def _people(self, first: int, last: int) -> Iterator[Found]:
        first, last = self._trim(first, last)
        if first > last:
            return
        name = self.tokens.span(first, last)
        demonyms = tuple(c for c in self.gazetteer.lookup_spelt(name) if c.match == "demonym")
        if demonyms:
            yield self.found(first, last, "NORP", demonyms)

    def _place(self, first: int, last: int, label: str) -> Iterator[Found]:
        if self.tokens.words[last] == "-" and last + 1 < len(self.tokens) and self.tokens.joined[last + 1]:
            last += 1  # "Deir el-" of "Deir el-Zour"
        first, last = self._trim(first, last)
        if first < last and self._owns(first):
            first += 1
        if first > last:
            return
        first = self._begins(first, last)
        longer = self._longest(first, set())
        if longer and longer > last and self._runs_on(first, last, longer):
            last = longer
        candidates = self.known(first, last)
        if candidates and not (is_thin(candidates) and self._known_part(first, last)):
            yield self.found(first, last, label, candidates)
            return
        part = self._known_part(first, last) or self._known_beginning(first, last) or self._before_credit(first, last)
        if part:
            yield self.found(*part, label, self.known(*part))
            return
        if first == last and (owned := self._without_s(first)):
            yield self.found(first, last, label, owned)
            return
        if not any(self.tokens.capital[first : last + 1]) or self.is_empty(first, last) or self._whose(first, last):
            return
        core = self._core(first, last)
        by_sound = self.gazetteer.lookup_sound(self.tokens.span(*core))
        if not by_sound and all(self.tokens.lower[i] in self.tokens.small for i in range(first, last + 1)):
            return  # "Coalition Strikes" of a headline
        yield self.found(*(core if by_sound else (first, last)), label, by_sound)

    def _whose(self, first: int, last: int) -> bool:
        """`IDF post`, "an MFO base": whose it is, not where."""
        tokens = self.tokens
        body = tokens.words[first]
        return last > first and len(body) > 1 and body.isupper() and not any(tokens.capital[first + 1 : last + 1])

    def _owns(self, i: int) -> bool:
        """`Syrias` of "Syrias Aleppo": a country in the genitive, its apostrophe lost on the way."""
        return any(c.place.kind == "country" for c in self._without_s(i))

    def _without_s(self, i: int) -> tuple[Candidate, ...]:
        word = self.tokens.words[i]
        if len(word) < 5 or not word.endswith("s") or self.gazetteer.knows_well(word):
            return ()
        return tuple(c for c in self.gazetteer.lookup_spelt(word[:-1]) if self._firm((c,)))

    def _before_credit(self, first: int, last: int) -> tuple[int, int] | None:
        """`Latakia` of "Latakia AFP Saturday": what follows is an agency's name and a day."""
        words = self.gazetteer.words
        for end in range(last - 1, first - 1, -1):
            rest = range(end + 1, last + 1)
            if all(self.tokens.lower[i] in words.empty or self.tokens.lower[i] in words.actors for i in rest):
                if self._firm(self.known(first, end)):
                    return first, end
        return None

    def _begins(self, first: int, last: int) -> int:
        """Where the name really begins, when a link stands before what the tagger marked ("Nawah-ye" before "Barakzai")."""
        tokens = self.tokens
        if first < 2 or tokens.words[first - 1] not in ARTICLES | LINKS | {"-"}:
            return first
        for i in range(max(0, first - LONGEST + 2), first - 1):
            whole = not any(tokens.breaks(k) for k in range(i, first))
            if whole and tokens.capital[i] and self.gazetteer.knows_well(tokens.span(i, last)):
                return i
        return first

    def _runs_on(self, first: int, last: int, longer: int) -> bool:
        """Does the name really go on where the tagger stopped ("Mazar" of "Mazar-i-Sharif", "Deir" of "Deir ez-Zor")?"""
        rest = range(last + 1, longer + 1)
        if all(self.tokens.joined[i] for i in rest) or self.tokens.words[last + 1] in ARTICLES | LINKS:
            return True
        return self._firm(self.known(first, longer))

    def _trim(self, first: int, last: int) -> tuple[int, int]:
        """Without articles and punctuation at the edges."""
        lower = self.tokens.lower
        while last >= first and (lower[last] in ("'s", "’s", "'", "’", ",", ";", ":") or self.tokens.space[last]):
            last -= 1
        while first <= last and (lower[first] in ("the", "a", "an", "-", ",", "'", "’", "“", '"') or self.tokens.space[first]):
            first += 1
        return first, last

    def known(self, first: int, last: int) -> tuple[Candidate, ...]:
        name = self.tokens.span(first, last)
        if self.is_empty(first, last) or not _spelt_like_name(name):
            return ()
        if name in self.gazetteer.words.states:
            return self.gazetteer.lookup(name)
        found = self.gazetteer.lookup_spelt(name)
        if name.isupper() and len(name) <= 3 or name.casefold() in self.gazetteer.words.actors:
            return tuple(c for c in found if c.place.kind in NATIONAL)
        return found

    def is_empty(self, first: int, last: int) -> bool:
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
                known = self.known(start, end) if harmless and self.tokens.capital[start] else ()
                if known and (self._firm(known) or not (is_thin(known) or any(w in words.facilities for w in rest))):
                    return start, end
        return None

    @staticmethod
    def _firm(known: tuple[Candidate, ...]) -> bool:
        return any(c.place.kind in NATIONAL or c.place.population >= SMALL for c in known if c.standing == "known")

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
        known = self.known(first, longest) if longest is not None and longest > first else ()
        return (first, longest) if longest and any(c.place.population >= SMALL for c in known) else None

    # What only the gazetteer knows

    def with_unmarked(self, marked: list[Found]) -> list[Found]:
        taken = {i for found in marked for i in range(found.first, found.last + 1)}
        sure = [found for found in marked if found.candidates and found.label in PLACE_LABELS]
        trusted = {found.key for found in sure} | {found.key.split()[0] for found in sure if self.long_enough(found)}
        known = list(self._unmarked(taken))
        trusted |= {found.key for found in known if self._said_what(found.last)}
        return sorted((*marked, *(found for found in known if self._allowed(found, trusted))), key=lambda found: found.first)

    def _unmarked(self, taken: set[int]) -> Iterator[Found]:
        i = 0
        while i < len(self.tokens):
            last = self._longest(i, taken) if self.tokens.capital[i] and i not in taken else None
            if last is None:
                i += 1
                continue
            found = self.found(i, last, self.tokens.label[i], self.known(i, last))
            if found.candidates:
                yield found
            i = last + 1

    def long_enough(self, found: Found) -> bool:
        """Does its first word serve as a short form ("Mazar" of "Mazar-i-Sharif")?"""
        first, *rest = found.key.split()
        return (
            bool(rest)
            and len(first) >= 4
            and first not in self.gazetteer.words.empty
            and rest[0] not in self.gazetteer.words.kinds
        )

    def _longest(self, i: int, taken: set[int]) -> int | None:
        """The last token of the longest name that begins at token i and that the gazetteer knows.

        What only an import knows is no name of its own where a great place's name begins it ("Aleppo Gate").
        """
        tokens = self.tokens
        end = i
        while end + 1 < len(tokens) and end + 1 - i < LONGEST and end + 1 not in taken and not tokens.breaks(end + 1):
            end += 1
        thin: int | None = None
        for last in range(end, i - 1, -1):
            if (tokens.capital[last] or tokens.joined[last]) and tokens.words[last] not in ("-", "'s", "’s", "'", "’"):
                name = tokens.span(i, last)
                if name in self.gazetteer.words.states or self.gazetteer.knows_well(name):
                    return last if thin is None or self._firm(self.known(i, last)) else thin
                if thin is None and len(self.gazetteer.layers) > 1 and self.gazetteer.knows(name):
                    thin = last
        return thin

    def _allowed(self, found: Found, trusted: set[str]) -> bool:
        """Two witnesses: the gazetteer knows it, and the words around it (or the rest of the report) speak for a place."""
        tokens, words = self.tokens, self.gazetteer.words
        if any(c.match == "demonym" and c.standing == "known" for c in found.candidates):
            return True
        before, after = tokens.before(found.first), tokens.after(found.last)
        if before in words.titles or (
            tokens.is_name(found.first - 1)
            and before not in words.kinds
            and before not in words.before
            and not self._owns(found.first - 1)
        ):
            return False
        if tokens.is_name(found.last + 1) and after not in words.kinds and after not in words.facilities:
            return False
        if found.thin:
            return self._shown(found, trusted)
        if found.key in trusted or any(c.place.kind in ("country", "continent") for c in found.candidates):
            return True
        if found.label not in words.unlike and any(c.place.kind == "capital" and c.match != "historic" for c in found.candidates):
            return True
        if self._kind_beside(found):
            return True
        people = max(c.place.population for c in found.candidates)
        if found.label == "" and tokens.is_name(found.first) and people >= BIG:
            return True
        known = people >= (SMALL if found.last > found.first else BIG)
        return before in words.locative and (known or found.label not in words.unlike)

    def _kind_beside(self, found: Found) -> bool:
        tokens, words = self.tokens, self.gazetteer.words
        after = tokens.after(found.last)
        of_kind = tokens.before(found.first) == "of" and tokens.before(found.first - 1) in words.kinds
        return after in words.kinds or after in words.facilities or of_kind

    def _shown(self, found: Found, trusted: set[str]) -> bool:
        """There is a hamlet for every word: what only an import knows must be shown to be a place by the words beside it."""
        tokens = self.tokens
        start, end = tokens.start[found.first], tokens.end[found.last]
        if "-" in (tokens.text[start - 1 : start], tokens.text[end : end + 1]):
            return False  # part of a word
        if self._kind_beside(found) and not self._in_body(found):
            return True
        if found.label in self.gazetteer.words.unlike or found.label == "ORG":
            return False
        return found.key in trusted or tokens.before(found.first) in UNMISTAKABLE

    def _in_body(self, found: Found) -> bool:
        """`Defense` of "Defense Department": with a capital after the name it is a body's, unless it says what division it is."""
        tokens, words = self.tokens, self.gazetteer.words
        following = found.last + 1
        divided = words.kinds.get(tokens.after(found.last)) in ("district", "province", "town")
        return following < len(tokens) and tokens.capital[following] and (found.label == "ORG" or not divided)

    def _said_what(self, last: int) -> bool:
        """ "Gardez, the capital of Paktia", "Asadabad, in Kunar": what follows the comma says that it is a place."""
        tokens, words = self.tokens, self.gazetteer.words
        if last + 3 >= len(tokens) or tokens.words[last + 1] != ",":
            return False
        i = last + 2
        inside = tokens.lower[i] == "in"
        i += inside
        while i + 1 < len(tokens) and (tokens.lower[i] in ("the", "a", "an") or self._may_stand_before(i)):
            i += 1
        if inside:
            return tokens.is_name(i) and tokens.label[i] in PLACE_LABELS
        return tokens.lower[i] in words.kinds and tokens.after(i) in ("of", "in")

    def _may_stand_before(self, i: int) -> bool:
        return self.tokens.lower[i] in self.gazetteer.words.before or self.tokens.pos[i] in ("ADJ", "NUM")

    def found(self, first: int, last: int, label: str, candidates: tuple[Candidate, ...]) -> Found:
        name = self.tokens.span(first, last)
        return Found(first, last, name, label, candidates, normal(name))


def _spelt_like_name(name: str) -> bool:
    """`US` and `U.S.` but not "us"; short keys need their capitals."""
    letters = [c for c in name if c.isalpha()]
    return len(letters) > 3 or all(c.isupper() for c in letters) or (len(letters) == 3 and name[:1].isupper())
