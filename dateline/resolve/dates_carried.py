"""Times for sentences that have none and plainly carry on the one before: "He also called for …", "… during the search"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from dateline.codebook.times import load_times
from dateline.model.reading import Chars, Reading
from dateline.model.when import When
from dateline.resolve.dates_hooks import Hook
from dateline.resolve.dates_interval import interval_of

BACK = 2  # sentences back to the one that is carried on


@cache
def _carries_on() -> re.Pattern[str]:
    nouns = "|".join(sorted(load_times().cues["same_happening"]))
    return re.compile(
        rf"\b(?:during|in|amid) the (?:ensuing |resulting |subsequent |same )?(?:[a-z-]+ )?(?:{nouns})\b", re.IGNORECASE
    )


def carried_times(
    reading: Reading, hooks: Mapping[int, Sequence[Hook]], today: date | None
) -> tuple[Mapping[int, When], Mapping[int, When]]:
    """By sentence: the time of what is said on, and of what is done on."""
    speech = load_times().cues["speech"]
    said: dict[int, When] = {}
    done: dict[int, When] = {}
    for number, sentence in enumerate(reading.sentences):
        if own := hooks.get(number):
            spoken = [hook for hook in own if hook.governor.lemma_ in speech and hook.governor.pos_ == "VERB"]
            for told, found in ((said, spoken), (done, [hook for hook in own if hook not in spoken])):
                if found and (when := interval_of(reading, found[0], "happened", today, close=True)):
                    told[number] = when
            continue
        if number - 1 in said and _speaks_on(reading, sentence, speech):
            said[number] = said[number - 1]
        before = next((done[number - back] for back in range(1, BACK + 1) if number - back in done), None)
        if before and _carries_on().search(reading.report.text, sentence.start, sentence.end):
            done[number] = before
    return said, done


def _speaks_on(reading: Reading, sentence: Chars, speech: frozenset[str]) -> bool:
    """The one who spoke before speaks on: a verb of saying with a pronoun for its subject."""
    span = reading.doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
    if span is None or span.root.lemma_ not in speech or span.root.tag_ not in {"VBD", "VBZ"}:
        return False
    return any(child.dep_ == "nsubj" and child.lower_ in {"he", "she", "they"} for child in span.root.children)
