"""Which time belongs to which event; "not said" is an answer, and the publication date never stands in for one.

A time belongs to what the parse hangs it on. It is shared along a verb's own arguments, its participles and its partners
in a list; it never crosses a verb of saying, nor enters or leaves a clause that tells another happening. What a sentence
does not date is dated by the other sentences that tell the same event, by the caption's date, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dateline.codebook.times import load_times
from dateline.model.event import GROUP_OF
from dateline.model.reading import Chars, Draft, Reading, TimeMention
from dateline.model.when import When
from dateline.resolve.dates_attach import SPEECH, Hook, Ties, hook_of, tie
from dateline.resolve.dates_interval import interval_of


CARRIES_ON = re.compile(
    rf"\b(?:during|in|amid) the (?:ensuing |resulting |subsequent |same )?(?:[a-z-]+ )?(?:{'|'.join(sorted(load_times().cues['same_happening']))})\b",
    re.IGNORECASE,
)
CLOSE = 7.0  # a time tied so closely dates the event even where its status would have it elsewhere


def date_drafts(reading: Reading, drafts: Sequence[Draft], times: Sequence[TimeMention]) -> tuple[When | None, ...]:
    """One interval or None for each draft, in their order."""
    today = report_day(reading, times)
    hooks = _hooks(reading, times)
    ties = Ties(reading.doc, frozenset(i for draft in drafts for i in (draft.head, *draft.other_heads)), _speech_heads(drafts))
    dated = [_own_time(reading, draft, hooks, ties, today) for draft in drafts]
    said, done = _told_before(reading, hooks, today)
    carried = [_carried(draft, said, done) if draft.sentence not in hooks else None for draft in drafts]
    return tuple(own or before for own, before in zip(dated, carried, strict=True))


def report_day(reading: Reading, times: Sequence[TimeMention]) -> date | None:
    """The day from which the report speaks: its header's, else its publication's."""
    for mention in times:
        if mention.anchor == "header":
            return mention.start_day
    return reading.report.published


def _hooks(reading: Reading, times: Sequence[TimeMention]) -> dict[int, list[Hook]]:
    """Times with an interval by their sentence, each with what it hangs on."""
    out: dict[int, list[Hook]] = {}
    for number, mention in enumerate(times):
        if mention.anchor == "header" or mention.start_day is None:
            continue
        hook = hook_of(reading, number, times)
        if hook is not None:
            out.setdefault(reading.sentence_at(mention.chars.start), []).append(hook)
    return out


def _speech_heads(drafts: Sequence[Draft]) -> frozenset[int]:
    return frozenset(i for draft in drafts if GROUP_OF[draft.type] == "politics" for i in (draft.head, *draft.other_heads))


def _own_time(reading: Reading, draft: Draft, hooks: dict[int, list[Hook]], ties: Ties, today: date | None) -> When | None:
    """The time told with the trigger; then with the other mentions of the same event, in their order."""
    places = [(draft.head, draft.sentence)]
    places += [(head, reading.sentence_at(reading.doc[head].idx)) for head in draft.other_heads]
    for head, sentence in places:
        scored = [(tie(ties, reading.doc[head], draft, hook), -hook.mention.chars.start, hook) for hook in hooks.get(sentence, ())]
        good = sorted((row for row in scored if row[0] > 0), key=lambda row: row[:2], reverse=True)
        for score, _, hook in good:
            when = interval_of(reading, hook, draft.status, today, close=score >= CLOSE)
            if when is not None:
                return when
    return None


def _told_before(reading: Reading, hooks: dict[int, list[Hook]], today: date | None) -> tuple[dict[int, When], dict[int, When]]:
    """For sentences without a time that plainly carry on the one before: the time of what is said on, and of what is done on."""
    said: dict[int, When] = {}
    done: dict[int, When] = {}
    for number, sentence in enumerate(reading.sentences):
        if own := hooks.get(number):
            spoken = [hook for hook in own if hook.governor.lemma_ in SPEECH and hook.governor.pos_ == "VERB"]
            _note(said, number, reading, spoken[:1], today)
            _note(done, number, reading, [hook for hook in own if hook not in spoken][:1], today)
            continue
        text = reading.report.text[sentence.start : sentence.end]
        if number - 1 in said and _speaks_on(reading, sentence):
            said[number] = said[number - 1]
        if number - 1 in done and CARRIES_ON.search(text):
            done[number] = done[number - 1]
        elif number - 2 in done and number - 1 not in done and CARRIES_ON.search(text):
            done[number] = done[number - 2]
    return said, done


def _note(out: dict[int, When], number: int, reading: Reading, hooks: Sequence[Hook], today: date | None) -> None:
    for hook in hooks:
        if when := interval_of(reading, hook, "happened", today, close=True):
            out[number] = when


def _speaks_on(reading: Reading, sentence: Chars) -> bool:
    """"He also called for …": the one who spoke before speaks on."""
    span = reading.doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
    if span is None or span.root.lemma_ not in SPEECH or span.root.tag_ not in {"VBD", "VBZ"}:
        return False
    return any(child.dep_ == "nsubj" and child.lower_ in {"he", "she", "they"} for child in span.root.children)


def _carried(draft: Draft, said: dict[int, When], done: dict[int, When]) -> When | None:
    if draft.status != "happened":
        return None
    return (said if GROUP_OF[draft.type] == "politics" else done).get(draft.sentence)
