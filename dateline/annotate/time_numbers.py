"""Numbers as reports write them before a unit of time."""

from __future__ import annotations

from dateline.annotate.time_words import lexicon


def number_of(words: tuple[str, ...]) -> float | None:
    """ "24", "twenty-four", "two hundred", "2 1/2"."""
    total, current, numbers = 0.0, 0.0, lexicon().words.numbers["numbers"]
    for word in words:
        if word in {"-", "–", "‑", "and", "a"}:
            continue
        if "/" in word:
            top, bottom = word.split("/")
            current += int(top) / int(bottom) if int(bottom) else 0
        elif word[0].isdigit():
            current += float(word.replace(",", "").rstrip("sthndr"))
        elif (value := numbers.get(word)) is None:
            return None
        elif value == 100:
            current = (current or 1) * 100
        elif value >= 1000:
            total, current = total + (current or 1) * value, 0
        elif value == 12 and current:
            current *= 12
        else:
            current += value
    return total + current
