"""Numbers as written: digits and words, ranges, open ends, vague words by table. What is no count is left out here.

A number never ends inside a token's digits, and a name that holds digits ("B-52", "Route 1", "2014") is no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from spacy.tokens import Doc

from dateline.codebook.quantities import QuantityBook, VagueTable
from dateline.model.reading import Chars

LARGEST = 10**13  # beyond it nothing is counted in the news, and floats lose whole numbers
CODE = re.compile(r"-(?:[A-Z]|\d+(?:-|[A-Za-z]))")  # "2011-03-S-081"
SCORE = re.compile(r"[-–](\d+)\b")  # "3-1": no range, because it falls
SPACE = re.compile(r"\s+")
NO_NUMBER = -1  # "two three", "2.5": what is written is to be passed over
NEAR = 48  # characters before a number in which its qualifiers stand


@dataclass(frozen=True, slots=True)
class Number:
    """`chars` holds the qualifiers too; `first` and `last` are the tokens of the bare number."""

    chars: Chars
    core: Chars
    first: int
    last: int
    low: int | None
    high: int | None
    kind: Literal["exact", "vague", "none", "money"]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of one vague table, compiled once by `grammar_of`."""

    table: VagueTable
    core: re.Pattern[str]
    starter: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    about: re.Pattern[str]
    opener: re.Pattern[str]
    joined: re.Pattern[str]
    bare: re.Pattern[str]
    upwards: re.Pattern[str]
    wider: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Core:
    start: int
    end: int
    value: int
    top: int
    kind: Literal["exact", "vague", "none"]


@lru_cache(maxsize=16)
def grammar_of(table: VagueTable) -> Grammar:
    """Compiled once a table: the patterns follow from it alone."""
    book = table.book
    none, scales = _either(book.none_words), (*book.scales, "dozen")
    vague = _either(table.words)
    scale = _either(scales)
    large = _either(book.scales)
    plain = _either(book.numbers)
    digits = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]*\d)|\d+(?:\.\d+)?"
    suffix = _either(book.suffixes)
    core = (
        rf"(?P<vague>{vague})(?:[ -](?P<vscale>{scale})s?(?: of)?)?\b"
        rf"|(?P<none>{none})\b(?!\s+(?:{_either(book.not_none)})\b)"
        rf"|(?P<half>half a|a quarter of a|half) (?P<hscale>{scale})\b"
        rf"|(?P<digits>{digits})(?:(?P<dsuffix>{suffix})\b|[ -]?(?P<dscale>{large})\b|(?![a-z]))"
        rf"|(?P<words>(?:an?(?= (?:{scale}))|{plain})(?:[ -](?:{scale}) and (?:{plain})\b|[ -](?:{plain}|{scale})\b)*)\b"
    )
    words = (
        *table.words,
        *book.none_words,
        *book.numbers,
        "half",
        "a quarter",
        *(f"{a} {s}" for a in ("a", "an") for s in scales),
    )
    starters = {_first_words(word) for word in words}
    first_letters = "".join(sorted({word[0] for word in starters}))
    return Grammar(
        table=table,
        core=re.compile(core, re.IGNORECASE),
        starter=re.compile(rf"(?<![\w.,])(?=[\d{first_letters}])(?:\d|(?:{_either(starters)})\b)"),  # of text in small letters
        before=re.compile(rf"(?:^|(?<=[\s(\[“\"'—–-]))({_either((*book.at_least, *book.at_most, *book.about))})\s+$", re.I),
        after=re.compile(rf"\s?({_either((*book.or_more, *book.or_fewer))})(?![\w-])", re.I),
        about=re.compile(rf"(?:{_either(book.about)})\s+", re.I),
        opener=re.compile(rf"(?:^|(?<=\W))({_either(book.range_openers)})\s+$", re.I),
        joined=re.compile(rf"\s*({_either(book.range_joined)})\s*", re.I),
        upwards=re.compile(rf"\s*,?\s*({_either(book.range_upwards)})\s+", re.I),
        wider=re.compile(rf",?\s+(?:{_either(book.range_wider)})\s+(?:{vague})\b", re.I),
        bare=re.compile(rf"\s*({_either(book.range_bare)})\s*", re.I),
    )


def _first_words(phrase: str) -> str:
    """What tells a phrase from others at its start: the articles do not."""
    words = phrase.split()
    return " ".join(words[:2]) if words[0] in ("a", "an") else words[0]


def _either(words: Iterable[str]) -> str:
    """Longest first, so that "tens of thousands" wins over "tens"."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def text_of(doc: Doc) -> str:
    """The whole text: kept with the language pass, because spaCy joins its tokens anew at each `doc.text`."""
    kept: str | None = doc.user_data.get("text")
    return doc.text if kept is None else kept


def find_numbers(doc: Doc, grammar: Grammar) -> Iterator[Number]:
    """In order of the text, never overlapping."""
    text, done = text_of(doc), 0
    small = text.replace("İ", "i").lower()  # letter for letter: that one alone would become two
    for start in grammar.starter.finditer(small):
        if start.start() < done:
            continue
        core = _core_at(text, start.start(), grammar)
        if core is None:
            continue
        if core.value < 0 or _inside_word(text, core):
            done = core.end
            continue
        if core.kind == "vague" and _qualifies(text, core, grammar):
            continue
        number = _with_range(doc, core, grammar, done)
        if number is not None:
            done = number.chars.end
            yield number


def _qualifies(text: str, core: _Core, grammar: Grammar) -> bool:
    """ "some 12 men", "as many as 20 men": the vague word only qualifies the number after it."""
    if text[core.start - 3 : core.start].lower() == "as " and text[core.end : core.end + 4].lower() == " as ":
        return True
    if text[core.start : core.end].lower() not in grammar.table.book.about:
        return False
    after = SPACE.match(text, core.end)
    following = _core_at(text, after.end(), grammar) if after else None
    return following is not None and following.value >= 0 and following.kind != "none"


def _core_at(text: str, start: int, grammar: Grammar) -> _Core | None:
    match = grammar.core.match(text, start)
    if match is None or match.end() == start:
        return None
    book, found = grammar.table.book, match.groupdict()
    if found["none"]:
        return _Core(start, match.end(), 0, 0, "none")
    if found["vague"]:
        word, scale = re.sub(r"\s+", " ", found["vague"].lower()), _scale(found["vscale"], book)
        value = grammar.table.words[word] * scale
        top = grammar.table.highs.get(word, grammar.table.words[word]) * scale
        return _Core(start, match.end(), value, top, "vague") if value < LARGEST else None
    if found["half"]:
        share = 4 if "quarter" in found["half"].lower() else 2
        value = _scale(found["hscale"], book) // share
        return _Core(start, match.end(), value, value, "exact")
    read = _spoken(found["words"], book) if found["words"] else _digits(found, book)
    value = NO_NUMBER if read is None or read >= LARGEST else read
    return _Core(start, match.end(), value, value, "exact")


def _scale(word: str | None, book: QuantityBook) -> int:
    if not word:
        return 1
    return 12 if word.lower() == "dozen" else book.scales[word.lower()]


def _digits(found: dict[str, str | None], book: QuantityBook) -> int | None:
    """None for a decimal that stays one: half a person is no count."""
    written = (found["digits"] or "").replace(",", "")
    if len(written) > 15:
        return None
    factor = _scale(found["dscale"], book)
    if found["dsuffix"]:
        factor = book.suffixes[found["dsuffix"].lower()]
    value = float(written) * factor
    return round(value) if abs(value - round(value)) < 1e-6 else None


def _spoken(words: str, book: QuantityBook) -> int | None:
    """ "two hundred and six" → 206; None when the words make no single number ("two three")."""
    total, part, last = 0, 0, 1000
    for word in re.split(r"[\s-]+", words.lower()):
        if word in ("a", "an"):
            part, last = 1, 1
        elif word == "dozen":
            part, last = max(part, 1) * 12, 1
        elif word == "hundred":
            part, last = max(part, 1) * 100, 100
        elif word in book.scales:
            total, part, last = total + max(part, 1) * book.scales[word], 0, 1000
        elif word != "and":
            value = book.numbers[word]
            size = 10 if value >= 20 else 1
            if last <= size or (last == 10 and value > 9):
                return None
            part, last = part + value, size
    return total + part


def _inside_word(text: str, core: _Core) -> bool:
    """Glued to letters or digits, it is a name, a date or a time: "AK-47", "3/4", "18:30", "2011-03-S"."""
    before = text[core.start - 1] if core.start else " "
    earlier = text[core.start - 2] if core.start > 1 else " "
    if before.isalnum() or before in "_@#&\\*" or (before in "-–/.,:’'" and earlier.isalnum()):
        return True
    after = text[core.end : core.end + 1]
    later = text[core.end + 1 : core.end + 2]
    if after.isalnum() or after in ("_", "@", "%", "°", "º") or (after in ("/", ":", ".") and later.isdigit()):
        return True
    return core.kind == "exact" and text[core.start].isdigit() and bool(CODE.match(text, core.end))


def _with_range(doc: Doc, core: _Core, grammar: Grammar, floor: int) -> Number | None:
    """Join a second number, the qualifiers before and the words after."""
    text, book = text_of(doc), grammar.table.book
    start, end, low, high = core.start, core.end, core.value, core.top
    inner_end = core.end
    opened = grammar.opener.search(text, max(floor, start - NEAR), start)
    second = None
    if core.kind == "exact":
        score = SCORE.match(text, end)
        if score is not None and int(score.group(1)) <= core.value and text[core.start].isdigit():
            return None
        link = grammar.upwards.match(text, end) or (grammar.joined if opened else grammar.bare).match(text, end)
        second = _second(text, link, core, grammar)
    if core.kind == "vague" and (wider := grammar.wider.match(text, end)):  # "hundreds, perhaps thousands": one count
        end = inner_end = wider.end()
    open_high = core.kind == "vague" and not grammar.table.exact
    if second is not None:
        end, high = second.end, second.value
        start = opened.start(1) if opened else start
    quals = _qualifiers(text, start, grammar, floor)
    start = quals[-1][0] if quals else start
    words = {word for _, word in quals}
    after = grammar.after.match(text, end) if core.kind != "none" else None
    tail = after.group(1).lower() if after else ""
    end = after.end() if after else end
    at_most = bool(words & set(book.at_most)) or tail in book.or_fewer
    at_least = bool(words & set(book.at_least)) or tail in book.or_more
    span = doc.char_span(core.start, second.end if second else inner_end, alignment_mode="expand")
    if span is None or not span.text.strip():
        return None
    kind: Literal["exact", "vague", "none", "money"] = core.kind
    symbol = _symbol_before(text, core.start, book)
    if symbol is not None:
        kind, start = "money", min(start, symbol)
    return Number(
        chars=Chars(start, end),
        core=Chars(core.start, second.end if second else inner_end),
        first=span.start,
        last=span.end - 1,
        low=None if at_most and second is None else low + (grammar.table.above if words & book.strictly_more else 0),
        high=None if (at_least or open_high) and not at_most and second is None else high,
        kind=kind,
    )


def _symbol_before(text: str, start: int, book: QuantityBook) -> int | None:
    """Where the sign of a currency stands, right before the number."""
    before = text[max(0, start - 2) : start].rstrip()
    return start - len(text[max(0, start - 2) : start]) + len(before) - 1 if before[-1:] in book.money_symbols else None


def _second(text: str, link: re.Match[str] | None, first: _Core, grammar: Grammar) -> _Core | None:
    """The upper end, when it is one: larger, and not a date, a time or a score ("3-1")."""
    if link is None or link.end() == link.start():
        return None
    start = link.end()
    quals = (
        re.match(rf"(?:{_either(grammar.table.book.about)})\s+", text[start : start + NEAR], re.I) if start < len(text) else None
    )
    second = _core_at(text, start + (quals.end() if quals else 0), grammar)
    if second is None or second.kind != "exact" or second.value < 0 or _inside_word_right(text, second):
        return None
    value = second.value
    if value >= 1000 and first.value < 1000 <= value and text[second.start : second.end].split()[-1].isalpha():
        scaled = value // max(1, int(str(value).rstrip("0") or "1"))
        if first.value * scaled < value:  # "two to three thousand"
            return None
    return second if value > first.value else None


def _inside_word_right(text: str, core: _Core) -> bool:
    after, later = text[core.end : core.end + 1], text[core.end + 1 : core.end + 2]
    return after.isalnum() or after in ("%", "°") or (after in ("/", ":", "-", ".") and later.isdigit())


def _qualifiers(text: str, start: int, grammar: Grammar, floor: int) -> list[tuple[int, str]]:
    """Those right before `start`, nearest first, with where each begins."""
    found: list[tuple[int, str]] = []
    while len(found) < 3:
        window = max(floor, start - NEAR)
        match = grammar.before.search(text[window:start])
        if match is None:
            break
        start = window + match.start(1)
        found.append((start, re.sub(r"\s+", " ", match.group(1).lower())))
    return found
