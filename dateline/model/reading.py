"""What the stages hand on while one report is coded: small frozen values over one spaCy Doc. None of it is stored.

Offsets are characters of `report.text` unless a field says `token`. The Doc covers the whole text, so
`doc.char_span(start, end, alignment_mode="expand")` gives tokens back.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Literal

from spacy.tokens import Doc

from dateline.model.actor import ActorKind
from dateline.model.event import EventType, Figure, FigurePart, Measure, Source, SpeakerKind, Stance, Status
from dateline.model.place import Place
from dateline.model.text import Report
from dateline.model.when import When, WhenPrecision


@dataclass(frozen=True, slots=True)
class Chars:
    """A stretch of the report's text: start inclusive, end exclusive."""

    start: int
    end: int

    def inside(self, other: Chars) -> bool:
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Chars) -> bool:
        return self.start < other.end and other.start < self.end


_start = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Reading:
    """A report and its one language pass. `sentences` are in order; the title, when the text has it, is sentence 0."""

    report: Report
    doc: Doc
    sentences: tuple[Chars, ...]
    has_title: bool  # sentence 0 is the title

    def sentence_at(self, offset: int) -> int:
        """Number of the sentence that holds the character, or the last one that starts before it."""
        return max(bisect_right(self.sentences, offset, key=_start) - 1, 0)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression. `value` is its TIMEX3 value; `start_day`/`end_day` the closed interval, None when it has none
    (durations, sets, vague words). `anchor` says what resolved it; "header" is the report's own day, written in its header."""

    chars: Chars
    kind: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    start_day: date | None
    end_day: date | None
    precision: WhenPrecision | None
    anchor: Literal["absolute", "published", "narrative", "none", "header"]


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A toponym (or a distance phrase about one) resolved. `role`: a metonym is an actor, not a place."""

    chars: Chars
    place: Place
    role: Literal["place", "metonym", "modifier", "dateline"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that may be an actor. `head` is its head token; mentions of one actor share `entity`."""

    chars: Chars
    head: int
    form: Literal["name", "nominal", "pronoun", "implied"]
    entity: int


@dataclass(frozen=True, slots=True)
class Entity:
    """One actor of the report with all its mentions: `name` as the record gives it, `best` its fullest mention."""

    number: int
    name: str
    id: str | None
    kind: ActorKind
    country: str | None
    best: Chars
    is_person: bool = False
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count of something. `chars` is the whole phrase ("at least 20 people"), `number` the number with its qualifiers.

    `head` is the token of the thing counted (or of the number when nothing is named). `whom` is the short noun.
    `measure` is set when the words themselves say it ("20 dead", "three wounded", "5,000 troops").
    """

    chars: Chars
    number: Chars
    head: int
    whom: str | None
    low: int | None
    high: int | None
    measure: Measure | None
    part: FigurePart = "total"
    governor: int | None = None  # token of the word that says the measure: "killed", "deaths", "wounded"
    real: bool = True  # False: denied, planned or only feared ("could kill 12")
    unnumbered: bool = False  # people without a number: "a soldier", "Ahmad Jan", "insurgents"
    period: bool = False  # over a war or a span of time, not of one happening: "since 2011", "in five years of war"
    crowd: bool = False  # people gathered: protesters, mourners, thousands of people
    harmed: bool = False  # "12 casualties", "40 losses": killed or injured is not said


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement attributed inside the report. `content` are the stretches said; `speaker` and `cue` may be unnamed."""

    content: tuple[Chars, ...]
    speaker: Chars | None
    cue: Chars | None
    stance: Stance
    speaker_name: str
    speaker_kind: SpeakerKind
    role: str | None = None
    affiliation: str | None = None
    via: tuple[str, ...] = ()
    unverified: bool = False
    is_speech: bool = True  # a speech cue (said, told, according to), not belief or emotion
    tells: bool = True  # told as so; False: wanted, offered or judged (urged, vowed, condemned), which witnesses nothing


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before places, times, figures and sources are joined to it. One draft, one happening, one main trigger."""

    type: EventType
    trigger: Chars
    head: int  # token of the trigger's head
    sentence: int  # main sentence
    by: tuple[Mention, ...]
    on: tuple[Mention, ...]
    status: Status
    made_by: str
    confidence: float
    other_heads: tuple[int, ...] = ()  # trigger tokens of merged mentions of the same happening
    other_sentences: tuple[int, ...] = ()
    place_hint: Chars | None = None  # an argument of the trigger that is a place ("Kunduz fell"; "seized Kunduz")
    means: Chars | None = None
    aggregate: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """What the later stages found for one draft, in the order of drafts."""

    place: Place | None
    when: When | None
    figures: tuple[Figure, ...]
    sources: tuple[Source, ...]
