"""What a rule of time may look at: the match, the report's own day, the tense around it, and the times told before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from spacy.tokens import Token

from dateline.annotate.time_values import Grain, Part, Period, part_of
from dateline.annotate.time_words import Scan, lexicon
from dateline.codebook.times import TimeWords
from dateline.model.reading import Reading
from dateline.model.when import WhenPrecision

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
Anchor = Literal["absolute", "published", "narrative", "none", "header"]
Lean = Literal["past", "future"]


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression, words `first` to `last` of the scan, `last` exclusive. `days`: its interval, when it has one."""

    first: int
    last: int
    kind: Kind
    value: str
    days: tuple[date, date] | None = None
    precision: WhenPrecision | None = None
    anchor: Anchor = "none"
    grain: Grain | None = None  # of a calendar period, for what refers back to it


@dataclass(frozen=True, slots=True)
class Context:
    """`now` is the report's own day; `told` what was found before, in order of the text."""

    reading: Reading
    scan: Scan
    now: date | None
    told: Sequence[Found]

    @property
    def words(self) -> TimeWords:
        return lexicon().words


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's match: names of the rule give the words that stand there."""

    context: Context
    match: re.Match[str]

    @property
    def first(self) -> int:
        return self.match.start()

    @property
    def last(self) -> int:
        """Past the last word; a full stop belongs to it only after a short form ("Oct.")."""
        end, words = self.match.end(), self.context.scan.words
        if words[end - 1] == "." and end - self.first > 1 and words[end - 2] not in self.context.words.numbers["month_short"]:
            return end - 1
        return end

    def has(self, name: str) -> bool:
        return name in self.match.re.groupindex and self.match.group(name) is not None

    def word(self, name: str) -> str:
        """The words by that name, or "" when the match went without."""
        return " ".join(self.many(name))

    def many(self, name: str) -> tuple[str, ...]:
        start, end = self.match.span(name) if name in self.match.re.groupindex else (-1, -1)
        return self.context.scan.words[start:end] if start >= 0 else ()

    def at(self, name: str) -> int:
        return self.match.start(name)

    def before(self, count: int = 1) -> str:
        return self.context.scan.before(self.first, count)

    def after(self, count: int = 1) -> str:
        words = self.context.scan.words
        return words[self.last + count - 1] if self.last + count - 1 < len(words) else ""

    def found(self, kind: Kind, value: str, *, grain: Grain | None = None) -> Found:
        """A time without an interval; `grain` says what it would be if its day were known."""
        return Found(self.first, self.last, kind, value, grain=grain)

    def dated(self, period: Period, anchor: Anchor, part: Part | None = None, kind: Kind = "DATE", value: str = "") -> Found:
        """A calendar period; `part` narrows its days and leaves its value."""
        narrowed = part_of(period, part) if part else self._earlier_or_later(period)
        return Found(
            self.first, self.last, kind, value or period.value, (narrowed.start, narrowed.end),
            period.precision if narrowed == period else "range", anchor, period.grain,
        )  # fmt: skip

    def _earlier_or_later(self, period: Period) -> Period:
        """What is "earlier this week" ends the day before the report's own, "later this week" begins on it."""
        now, word = self.context.now, self.word("part")
        if now is None or word not in {"earlier", "later"} or not period.start < now < period.end:
            return period
        if word == "earlier":
            return replace(period, end=now - timedelta(days=1))
        return replace(period, start=now)


Maker = Callable[[Hit], Found | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over the letters of words, and what makes its matches times. Rules earlier in their table win ties."""

    name: str
    pattern: re.Pattern[str]
    make: Maker


def token_at(context: Context, index: int) -> Token | None:
    """The spaCy token that holds a word of the scan."""
    scan = context.scan
    span = context.reading.doc.char_span(scan.starts[index], scan.ends[index], alignment_mode="expand")
    return span[0] if span else None


def step_of(word: str) -> int:
    """-1 for "last" and the like, 1 for "next", 0 for "this"."""
    classes = lexicon().words.classes[word.split()[-1]]
    return -1 if "last" in classes else 1 if "next" in classes else 0


def part_named(hit: Hit) -> Part | None:
    """Early, mid or late, if the rule's prefix says so."""
    if not hit.has("part"):
        return None
    classes: Mapping[str, frozenset[str]] = hit.context.words.classes
    names = classes.get(hit.word("part"), frozenset())
    for part in ("early", "mid", "late"):
        if part in names:
            return part
    return None
