"""The time of a happening whose own sentence gives none, where the story plainly goes on from a sentence that gives one day.

Only the simple past goes on: "had fled", "has been held" and "flees" stand apart from what was told before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from spacy.tokens import Token

from dateline.codebook.times import load_times
from dateline.model.event import GROUP_OF
from dateline.model.reading import Draft, Reading
from dateline.model.when import When
from dateline.resolve.dates_hooks import Hook
from dateline.resolve.dates_interval import interval_of

BACK = 2  # sentences: further back the story has usually turned to something else
RECENT = 31  # days: what is told of longer ago is told as history, a sentence at a time
APART = frozenset({"since", "until", "before", "after", "by"})  # what they bring is not the story's own day
PRESENT = frozenset({"MD", "VBZ", "VBP"})


def narrative_time(reading: Reading, draft: Draft, hooks: Mapping[int, Sequence[Hook]], today: date | None) -> When | None:
    """ "… was stopped on Monday. Supporters threw stones": the stones flew on Monday, if that sentence tells of one day only."""
    if draft.sentence in hooks or draft.status != "happened" or draft.aggregate or GROUP_OF[draft.type] == "politics":
        return None
    if not in_simple_past(reading.doc[draft.head]) or _turns_away(reading, draft.sentence):
        return None
    before = range(draft.sentence - 1, max(-1, draft.sentence - 1 - BACK), -1)
    dated = next((hooks[number] for number in before if number in hooks), ())
    story = [hook for hook in dated if _is_of_story(hook, today)]
    return interval_of(reading, story[0], "happened", today, close=True) if len(story) == 1 else None


def _turns_away(reading: Reading, number: int) -> bool:
    opening = reading.report.text[reading.sentences[number].start :][:20].split()
    return bool(opening) and opening[0].strip(",").lower() in load_times().cues["turns_away"]


def _is_of_story(hook: Hook, today: date | None) -> bool:
    """A day (or a night) of late on which something was done, not said; no caption's date."""
    start, end = hook.mention.start_day, hook.mention.end_day
    if start is None or end is None or (end - start).days > 1 or (today is not None and (today - end).days > RECENT):
        return False
    apart = hook.caption or hook.prefix or hook.word in APART
    return not apart and hook.governor.lemma_ not in load_times().cues["speech"]


def in_simple_past(token: Token) -> bool:
    """Of the trigger, or of the verb that it is told with."""
    verb = next((word for word in (token, *token.ancestors) if word.pos_ in {"VERB", "AUX"} and not _is_bare(word)), None)
    if verb is None or verb.tag_ in PRESENT:
        return False
    helpers = [child for child in verb.lefts if child.dep_ in {"aux", "auxpass"}]
    if any(helper.lemma_ == "have" or helper.tag_ in PRESENT for helper in helpers):
        return False
    return verb.tag_ == "VBD" or any(helper.tag_ == "VBD" for helper in helpers)


def _is_bare(verb: Token) -> bool:
    """A participle or infinitive takes the tense of the verb above: "…, detaining two"."""
    return verb.tag_ in {"VBG", "VB", "VBN"} and not any(child.dep_ in {"aux", "auxpass"} for child in verb.lefts)
