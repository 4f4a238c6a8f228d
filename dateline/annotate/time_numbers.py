"""Numbers as reports write them in times: counts of a unit, ordinals, years of two digits and years in words."""

from __future__ import annotations

from dateline.annotate.time_words import lexicon

JOINTS = frozenset({"-", "–", "‑", "and", "a"})
PIVOT = 40  # years of two digits up to here are of this century


def number_of(words: tuple[str, ...]) -> float | None:
    """A count: "24", "twenty-four", "two hundred", "2 1/2"."""
    total, current, numbers = 0.0, 0.0, lexicon().words.numbers["numbers"]
    for word in words:
        if word in JOINTS:
            continue
        if "/" in word:
            top, bottom = word.split("/")
            current += int(top) / int(bottom) if int(bottom) else 0
        elif word[0].isdigit():
            current += float(word.replace(",", "").rstrip("sthndr"))
        elif (value := numbers.get(word)) is None:
            return None
        elif value == 100 or (value == 12 and current):
            current = (current or 1) * value
        elif value >= 1000:
            total, current = total + (current or 1) * value, 0
        else:
            current += value
    return total + current


def ordinal(word: str) -> int:
    """Such as "13", "13th", "thirteenth"; 0 for what is none."""
    if word[0].isdigit():
        return int("".join(c for c in word if c.isdigit()))
    return lexicon().words.numbers["ordinals"].get(word, 0)


def full_year(year: int) -> int:
    """A year of two digits lies in this century up to 2040, else in the last."""
    if year >= 100:
        return year
    return 2000 + year if year <= PIVOT else 1900 + year


def spoken_year(words: tuple[str, ...]) -> int | None:
    """Such as "nineteen ninety-seven"."""
    numbers = lexicon().words.numbers["numbers"]
    hundreds, tens, *rest = (numbers[word] for word in words)
    ones = rest[0] if rest else 0
    if hundreds not in {18, 19, 20} or ones > 9 or (ones and tens < 20):
        return None
    return hundreds * 100 + tens + ones
