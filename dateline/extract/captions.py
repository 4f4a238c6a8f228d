"""Captions of photographs stand among a story's sentences, tell again what the story tells, and in the present tense.

A caption is known by its end, a full date with its year after a place, or by its opening ("FILE - ", "In this photo").
"""

from __future__ import annotations

import re

from dateline.model.reading import Reading

MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?"
ENDS = re.compile(rf"(?:\b{MONTH} \d{{1,2}}|\b\d{{1,2}} {MONTH}),? \d{{4}}[.\"”’]*\s*(?:\([^()]{{1,60}}\))?[.\s-]*$")
OPENS = re.compile(r"^(?:\(?FILE\)?\s*[-–—:]|(?:In )?th(?:is|e) (?:file |undated |handout )?(?:photo|picture|image)\b)", re.I)
SEEN = frozenset({"VBZ", "VBP", "VB"})


def is_caption(reading: Reading, sentence: int) -> bool:
    """Whether the sentence describes a picture; the title never does."""
    if sentence == 0 and reading.has_title:
        return False
    chars = reading.sentences[sentence]
    text = reading.report.text[chars.start : chars.end]
    if OPENS.match(text):
        return True
    return bool(ENDS.search(text)) and _tells_in_present(reading, sentence)


def _tells_in_present(reading: Reading, sentence: int) -> bool:
    """The main verb is present, or there is none: past tense with a full date is history."""
    chars = reading.sentences[sentence]
    span = reading.doc.char_span(chars.start, chars.end, alignment_mode="expand")
    if span is None:
        return False
    root = span.root
    verbs = [root, *(child for child in root.children if child.dep_ in {"aux", "auxpass"})]
    return root.pos_ not in {"VERB", "AUX"} or any(verb.tag_ in SEEN for verb in verbs)
