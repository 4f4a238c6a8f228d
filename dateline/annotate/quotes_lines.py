"""Speakers named by layout alone: `Police: three dead in blast`, `Three dead in blast: police`, `“…” — Ada Obi`.

Only whole lines are read so, and only when the name can be a speaker's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.annotate.quotes_page import Hit, Page, Party, Statement
from dateline.annotate.quotes_stretches import trimmed
from dateline.codebook.cues import Phrase, Sense
from dateline.model.reading import Chars

NAME = r"[A-Z][\w.'’-]*(?: (?:of |the |for )?[A-Z][\w.'’-]*){0,5}"
LEADING = re.compile(rf"^[\"“>\s]*({NAME})(:) (?=\S)(.+)$", re.MULTILINE)
TRAILING = re.compile(r"^(.{20,140}?)(:| [-–—]) ((?:[\w.'’-]+ ){0,3}[\w'’-]+)$", re.MULTILINE)
SIGNED = re.compile(rf"[”\"][ \t]*\n?[ \t]*(―|—|–|--|-)[ \t]*({NAME})\.?[ \t]*(?=\n|$|,)")
SAID = Sense("asserts", True)


def line_statements(page: Page) -> Iterator[Statement]:
    """Statements in no particular order."""
    for match in LEADING.finditer(page.text):
        if page.quoted_at(match.start(1) - 1) is None or match.group(1).isupper():
            yield from _statement(page, match.span(1), match.span(2), trimmed(page, *match.span(3)))
    for match in TRAILING.finditer(page.text):
        if _is_headline(page, match):
            yield from _statement(page, match.span(3), match.span(2), trimmed(page, *match.span(1)))
    for match in SIGNED.finditer(page.text):
        quoted = page.quoted_at(match.start())
        if quoted is not None and quoted.end == match.start() + 1:
            yield from _statement(page, match.span(2), match.span(1), Chars(quoted.start, quoted.end), is_signed=True)


def _is_headline(page: Page, match: re.Match[str]) -> bool:
    """The title or another line without a full stop; a colon or dash inside running text says nothing."""
    return match.end() <= page.reading.sentences[0].end or (match.start() == 0 and "." not in match.group()[-1:])


def _statement(
    page: Page, name: tuple[int, int], mark: tuple[int, int], content: Chars, is_signed: bool = False
) -> Iterator[Statement]:
    words = page.doc.char_span(*name, alignment_mode="expand")
    cue = page.doc.char_span(*mark, alignment_mode="expand")
    if words is None or cue is None or content.end <= content.start:
        return
    if not (is_signed and len(words) > 1) and not _may_speak(page, words.start, words.end):
        return
    sentence = page.reading.sentence_at(name[0])
    head = max(range(words.start, words.end), key=lambda i: (page.doc[i].pos_ in ("NOUN", "PROPN"), i))
    hit = Hit(cue.start, cue.end - 1, sentence, Phrase((cue.text,), SAID))
    yield Statement(hit, SAID, (content,), Party(words.start, words.end, head))


def _may_speak(page: Page, first: int, end: int) -> bool:
    """One person, body or place that stands for its government; or up to three words that end in a noun for those who speak."""
    cues, last = page.cues, page.doc[end - 1]
    lemma = last.lemma_.lower()
    lemma = lemma if lemma in cues.anonymous else last.lower_.rstrip("s")
    if end - first <= 3 and any(lemma in nouns for nouns in (cues.anonymous, cues.organisation, cues.office, cues.document)):
        return True
    return end - first <= 5 and all(
        page.doc[i].ent_type_ in ("PERSON", "ORG", "GPE") for i in range(first, end) if page.doc[i].is_alpha
    )
