"""Who says what in a report: direct, indirect and mixed quotations with their speakers, in the order of their cues.

Every quotation has content; a speaker that the report does not name is None with an empty name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from dateline.annotate.quotes_lines import line_statements
from dateline.annotate.quotes_nouns import noun_statement, phrase_statement
from dateline.annotate.quotes_page import STATEMENT_WORDS, Hit, Page, Statement, lay_out
from dateline.annotate.quotes_speakers import Speaker, name_speakers
from dateline.annotate.quotes_verbs import verb_statement
from dateline.codebook.cues import Cues, Phrase, Sense
from dateline.model.event import Stance
from dateline.model.reading import Chars, Quote, Reading

POINTS_BACK = frozenset(("it", "this", "that", "they", "these", "those"))
CHECKING = re.compile(r"verif|confirm|corroborat|authenticat", re.IGNORECASE)


def find_quotes(reading: Reading, cues: Cues) -> tuple[Quote, ...]:
    page = lay_out(reading, cues)
    statements = [said for hit in page.hits if (said := _statement(page, hit)) is not None]
    statements += line_statements(page)
    statements.sort(key=lambda said: said.hit.first)
    statements = _taken_up(page, _carried_on(page, statements))
    speakers = name_speakers(page, statements)
    quotes = [_quote(page, said, speaker) for said, speaker in zip(statements, speakers, strict=True)]
    return tuple(_marked(page, quotes))


def _statement(page: Page, hit: Hit) -> Statement | None:
    if isinstance(hit.cue, Phrase):
        said = phrase_statement(page, hit, hit.cue)
    elif hit.is_noun:
        said = noun_statement(page, hit, hit.cue)
    else:
        said = verb_statement(page, hit, hit.cue)
    if said is None:
        return None
    content = tuple(part for part in said.content if part.start < part.end)
    return replace(said, content=content) if content else None


def _quote(page: Page, said: Statement, speaker: Speaker) -> Quote:
    cue = page.chars(said.hit.first, said.hit.last + 1)
    return Quote(
        content=said.content,
        speaker=page.chars(said.speaker.first, said.speaker.end) if said.speaker else None,
        cue=cue,
        stance=_stance(said),
        speaker_name=speaker.name,
        speaker_kind=speaker.kind,
        role=speaker.role,
        affiliation=speaker.affiliation,
        via=speaker.via,
        is_speech=_can_speak(page, said, speaker) if said.sense.speech else _shows(page, said, speaker),
        tells=not said.sense.act,
    )


def _can_speak(page: Page, said: Statement, speaker: Speaker) -> bool:
    """Things suggest and signal too: with such verbs only a person, a body or a document speaks."""
    if said.speaker is None or speaker.kind != "anonymous":
        return True
    if page.doc[said.hit.first].lemma_.lower() not in page.cues.evidential:
        return True
    head = page.doc[said.speaker.head]
    lemma = head.lemma_.lower()
    known = lemma in page.cues.role or lemma in page.cues.anonymous or head.pos_ in ("PRON", "PROPN")
    return known or lemma.endswith(tuple(page.cues.person_ending))


def _shows(page: Page, said: Statement, speaker: Speaker) -> bool:
    """ "A leaked document showed that": what documents and films do instead of speaking."""
    return speaker.kind == "document" and page.doc[said.hit.first].lemma_.lower() in page.cues.shows


def _stance(said: Statement) -> Stance:
    """A negated cue turns: what is not confirmed is doubted, what is not believed is denied."""
    stance = said.sense.stance
    if not said.negated:
        return stance
    if stance == "denies":
        return "asserts"
    return "doubts" if said.sense.speech else "denies"


def _carried_on(page: Page, statements: Sequence[Statement]) -> list[Statement]:
    """Quoted statements without a cue go to who spoke last before them: in the same line, or in the line before."""
    out = list(statements)
    for quoted in page.quoted:
        if (quoted.words < STATEMENT_WORDS and not quoted.opens_line) or _is_covered(quoted.start, quoted.end, out):
            continue
        owner = _last_direct(page, out, quoted.start)
        if owner is not None:
            said = out[owner]
            out[owner] = replace(said, content=(*said.content, Chars(quoted.start, quoted.end)))
    return out


def _taken_up(page: Page, statements: Sequence[Statement]) -> list[Statement]:
    """`Denied the claim`, `called the report nonsense`: what was claimed before is content too."""
    return [_with_claim(page, said, statements) for said in statements]


def _with_claim(page: Page, said: Statement, statements: Sequence[Statement]) -> Statement:
    turns = said.sense.stance in ("denies", "doubts", "confirms") or said.negated
    words = [token for part in said.content for token in _tokens(page, part)]
    judged = not turns and (said.sense.act or not said.sense.speech)
    called = page.doc[said.hit.first].rights if judged else ()
    false = any(token.lower_ in page.cues.falsehood for token in (*called, *(words if called else ())))
    untrue = not judged and _calls_untrue(page, words)  # "said it was fabricated"
    named = untrue or ((turns or false) and any(_names_claim(page, token) for token in words))
    if said.speaker is None or len(words) > 14 or not named:
        return said
    if not untrue and any(token.dep_ in ("acl", "ccomp", "relcl") and token.pos_ == "VERB" for token in words):
        return said  # it tells the claim itself
    claimed = _claim_before(page, said, words, statements)
    if claimed is None:
        return said
    sense = Sense("denies", True) if false or untrue else said.sense
    return replace(said, sense=sense, content=(*said.content, *claimed.content))


def _calls_untrue(page: Page, words: Sequence[Token]) -> bool:
    """`It was fabricated`, `these were baseless`: all that is said is that what was said before is not so."""
    back = any(token.lower_ in POINTS_BACK and token.dep_ in ("nsubj", "nsubjpass") for token in words[:3])
    last = next((token for token in reversed(words) if token.is_alpha), None)
    return back and last is not None and last.lower_ in page.cues.falsehood


def _tokens(page: Page, part: Chars) -> tuple[Token, ...]:
    return tuple(page.doc.char_span(part.start, part.end, alignment_mode="expand") or ())


def _names_claim(page: Page, token: Token) -> bool:
    lemma = token.lemma_.lower()
    if token.tag_[:2] != "NN":
        return False
    if lemma in page.cues.part_in and token.head.lemma_ == "deny":
        return True  # "denied responsibility": for what was told before
    return lemma in page.cues.document or any(cue.default.speech for cue in page.cues.nouns.get(lemma, ()))


def _claim_before(page: Page, said: Statement, words: Sequence[Token], statements: Sequence[Statement]) -> Statement | None:
    """The claim of whoever is named as its owner, else the last thing said before, two sentences back at most."""
    before = [
        other
        for other in statements
        if other.sense.speech and other.hit.first < said.hit.first and said.hit.sentence - other.hit.sentence <= 3
    ]
    owners = {token.lower_ for token in words if token.pos_ == "PROPN"}
    for other in reversed(before):
        if other.speaker and any(page.doc[i].lower_ in owners for i in range(other.speaker.first, other.speaker.end)):
            return other
    near = [other for other in before if said.hit.sentence - other.hit.sentence <= 2 and other.hit.sentence != said.hit.sentence]
    same = [other for other in before if other.hit.sentence == said.hit.sentence and _holds_cue(page, other, said)]
    return (same or near)[-1] if (same or near) and not owners else None


def _holds_cue(page: Page, other: Statement, said: Statement) -> bool:
    """`…, a charge the ministry denied`: the denial stands inside the words of the charge."""
    at = page.doc[said.hit.first].idx
    return page.doc[said.hit.first].dep_ == "relcl" and any(part.start <= at < part.end for part in other.content)


def _is_covered(start: int, end: int, statements: Sequence[Statement]) -> bool:
    return any(part.start < end and start < part.end for said in statements for part in said.content)


def _last_direct(page: Page, statements: Sequence[Statement], offset: int) -> int | None:
    """The statement with quoted words that ends nearest before the offset, if only its own line or a line break lies between."""
    best, best_end = None, -1
    for number, said in enumerate(statements):
        end = max(part.end for part in said.content)
        end = max(end, page.doc[said.hit.last].idx)
        if best_end < end <= offset and said.sense.speech:
            best, best_end = number, end
    if best is None:
        return None
    between = page.text[best_end:offset]
    return best if between.strip("\n").count("\n") == 0 and len(between) < 200 else None


def _marked(page: Page, quotes: Sequence[Quote]) -> Iterator[Quote]:
    """Put the report's own `could not be verified` on the statements that it covers."""
    covered = {number for mark in _unverified(page) for number in _covered_by(page, quotes, mark)}
    for number, quote in enumerate(quotes):
        yield replace(quote, unverified=True) if number in covered else quote


def _unverified(page: Page) -> Iterator[re.Match[str]]:
    """Only sentences with a word of checking are searched: the pattern is slow, the words are rare."""
    for sentence in page.reading.sentences:
        if CHECKING.search(page.text, sentence.start, sentence.end):
            yield from page.cues.unverified.finditer(page.text, sentence.start, sentence.end)


def _covered_by(page: Page, quotes: Sequence[Quote], match: re.Match[str]) -> list[int]:
    """Statements of the mark's own sentence before it, else those of the nearest sentence before, no further than two back."""
    sentence_at = page.reading.sentence_at
    mark, is_active = match.start(), match.group()[-2:].lower() != "ed"
    here = sentence_at(mark)
    before = [(n, sentence_at(q.cue.start)) for n, q in enumerate(quotes) if q.cue and _may_cover(q, q.cue, mark, is_active)]
    for back in (0, 1, 2):
        found = [n for n, sentence in before if sentence == here - back]
        if found:
            return found
    return []


def _may_cover(quote: Quote, cue: Chars, mark: int, is_active: bool) -> bool:
    """Before the mark. `Said it could not verify` does not cover itself, `a claim that could not be verified` does."""
    if cue.start >= mark or not quote.is_speech or quote.speaker is None:
        return False
    return not (is_active and any(part.start <= mark < part.end for part in quote.content))
