"""What is said with a cue verb, and who says it. Grammar first; quotation marks and commas where the parse fails."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from dateline.annotate.quotes_cited import citing
from dateline.annotate.quotes_page import STATEMENT_WORDS, Hit, Page, Party, Statement
from dateline.annotate.quotes_party import RELATIVES, party_at, party_between, speaker_of_verb
from dateline.annotate.quotes_stretches import (
    FINITE,
    after,
    before,
    block_after,
    ends_clause,
    framed,
    inserted,
    left_clause,
    quoted_after,
    quoted_before,
    rest,
    seconds,
    trimmed,
)
from dateline.codebook.cues import Cue, Phrase, Sense
from dateline.model.reading import Chars

CHECKS = frozenset(("confirms", "denies"))  # "could not confirm" is said, "could confirm" is not
DO = frozenset(("do", "did", "does"))


def verb_statement(page: Page, hit: Hit, cue: Cue) -> Statement | None:
    verb = page.doc[hit.first]
    complements = [
        child for child in verb.children if child.dep_ in ("ccomp", "xcomp", "parataxis", "advcl") and child.i > hit.last
    ]
    if (cited := citing(page, hit)) is not None:
        return cited
    speaker, via = speaker_of_verb(page, verb)
    frame = framed(page, hit)
    if frame is not None and frame[0] < frame[1] and not (speaker and frame[0] <= speaker.head < frame[1]):
        speaker = party_between(page, *frame)
    lead = min(hit.first, speaker.first) if speaker and _adjoins(page, speaker, hit) else hit.first
    lead = frame[0] if frame is not None else lead
    content, sense = _verb_content(page, hit, cue, lead, complements)
    if not content:
        return None
    content = tuple(part for part in content if part.end > part.start)
    if speaker and any(part.start <= page.doc[speaker.head].idx < part.end for part in content):
        speaker, via = None, None
    negated = any(child.dep_ == "neg" for child in verb.children)
    if speaker is None and negated:
        return None  # "could not be verified" is a mark, nobody's words
    if sense.speech and not _is_said(page, hit, sense, speaker, negated):
        sense = Sense(sense.stance, False, sense.act)
    return Statement(hit, sense, content, speaker, negated, via)


def _is_said(page: Page, hit: Hit, sense: Sense, speaker: Party | None, negated: bool) -> bool:
    verb = page.doc[hit.first]
    if _unreal(page, verb) and not (negated and sense.stance in CHECKS and any(child.tag_ == "MD" for child in verb.lefts)):
        return False
    return not _nested(page, verb, speaker) and (speaker is not None or not _object_only(sense, hit.cue))


def _unreal(page: Page, verb: Token) -> bool:
    """Not said, only wanted, refused or possible: a bare form without `do`, or after another verb than `went on to`."""
    if verb.tag_ != "VB":
        return False
    aux = {child.lower_ for child in verb.lefts if child.dep_ in ("aux", "auxpass")}
    if aux & DO or (not aux and any(child.dep_ == "nsubj" for child in verb.lefts)):
        return False  # "did not say"; "commanders deny", which the tagger may take for a bare form
    return not (verb.dep_ == "xcomp" and verb.head.lemma_ in page.cues.aspect)


def _nested(page: Page, verb: Token, speaker: Party | None) -> bool:
    """Inside a quotation only a named or described third party is heard: `I say` and `you tell me` are the speaker's own."""
    around = page.quoted_at(verb.idx)
    if around is None or around.words < STATEMENT_WORDS:
        return False
    return speaker is None or page.doc[speaker.head].pos_ == "PRON" or page.quoted_at(page.doc[speaker.head].idx) != around


def _object_only(sense: Sense, cue: Cue | Phrase) -> bool:
    """`Terrorists were revealed`: nobody is heard."""
    return isinstance(cue, Cue) and "object" in cue.takes and sense is cue.takes["object"] and "clause" not in cue.takes


def _adjoins(page: Page, speaker: Party, hit: Hit) -> bool:
    """The speaker stands before the verb with nothing but auxiliaries, adverbs and commas between."""
    if speaker.end > hit.first:
        return False
    return all(page.doc[i].pos_ in ("AUX", "ADV", "PART", "PUNCT") for i in range(speaker.end, hit.first)) or (
        page.doc[hit.first].head.i != speaker.head and hit.first - speaker.end <= 12
    )


def _verb_content(page: Page, hit: Hit, cue: Cue, lead: int, complements: Sequence[Token]) -> tuple[tuple[Chars, ...], Sense]:
    verb = page.doc[hit.first]
    clause = _right_clause(hit, cue, complements)
    quoted = None if seconds(page, hit, lead) or not cue.default.speech else quoted_before(page, hit, lead, clause is not None)
    if quoted:
        return before(page, hit, lead, quoted) + tuple(rest(page, hit)), cue.default
    if cue.default.speech and (block := block_after(page, hit)):
        return (block,), cue.default
    direct = quoted_after(page, hit)
    if direct and cue.default.speech and (clause is None or clause.left_edge.idx >= direct.start - 3):
        return (Chars(direct.start, direct.end),), cue.default
    if clause is not None:
        take = _take_of(clause)
        return (after(page, hit, clause.left_edge.i, clause),), cue.takes.get(take, cue.default)
    if "clause" in cue.takes and ends_clause(page, lead):
        if inserted(page, hit, lead):
            return (*before(page, hit, lead, None), after(page, hit, hit.last + 2, None)), cue.takes["clause"]
        if left_clause(page, hit, lead):
            return before(page, hit, lead, None) + tuple(rest(page, hit)), cue.takes["clause"]
    if "clause" in cue.takes and (parts := _as_said(page, hit, lead)):
        return parts, cue.takes["clause"]
    lesser, sense = _lesser_content(page, hit, cue)
    if (
        not lesser
        and verb.dep_ == "relcl"
        and verb.head.i < lead
        and "clause" in cue.takes
        and verb.head.lemma_ in page.cues.nouns
    ):
        return (page.chars(verb.head.left_edge.i, verb.head.i + 1),), cue.takes["clause"]  # "a charge the Kremlin denied"
    return lesser, sense


def _as_said(page: Page, hit: Hit, lead: int) -> tuple[Chars, ...]:
    """`As the mayor put it, …` and `…, as police have said`: the rest of the sentence."""
    doc = page.doc
    first, end = page.bounds[hit.sentence]
    if lead < 1 or lead <= first or doc[lead - 1].lower_ != "as":
        return ()
    after_cue = next((i for i in range(hit.last + 1, end) if doc[i].text in (",", "—", "–")), end)
    parts = []
    if lead - 1 > first and doc[lead - 2].text in (",", "—", "–"):
        parts.append(trimmed(page, doc[first].idx, doc[lead - 1].idx))
    elif lead - 1 > first:
        return ()
    if after_cue + 2 < end:
        parts.append(trimmed(page, doc[after_cue].idx, page.reading.sentences[hit.sentence].end))
    return tuple(parts)


def _take_of(clause: Token) -> str:
    if clause.dep_ == "xcomp":
        return "ing" if clause.tag_ == "VBG" else "to"
    return "clause"


def _right_clause(hit: Hit, cue: Cue, complements: Sequence[Token]) -> Token | None:
    for child in complements:
        if child.dep_ in ("ccomp", "parataxis") and ("clause" in cue.takes or (is_infinitive(child) and "to" in cue.takes)):
            if child.dep_ == "parataxis" and child.left_edge.i > hit.last + 4:
                continue
            return child
        if child.dep_ == "xcomp" and (
            ("to" in cue.takes and child.tag_ != "VBG") or ("ing" in cue.takes and child.tag_ == "VBG")
        ):
            return child
        if child.dep_ == "advcl" and "to" in cue.takes and is_infinitive(child):
            return child
    return None


def is_infinitive(token: Token) -> bool:
    return token.tag_ == "VB" and any(child.lower_ == "to" for child in token.lefts)


def _lesser_content(page: Page, hit: Hit, cue: Cue) -> tuple[tuple[Chars, ...], Sense]:
    """A noun phrase or a prepositional one as content; else a clause that the parser did not see, after `that`."""
    verb = page.doc[hit.first]
    for child in verb.rights:
        if child.dep_ == "prep" and child.lower_ in cue.takes and child.i <= hit.last + 12:
            inner = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if inner is not None:
                return (after(page, hit, inner.left_edge.i, inner),), cue.takes[child.lower_]
    if "object" in cue.takes:
        for child in verb.children:
            passive = child.dep_ == "nsubjpass"
            if child.dep_ == "dobj" and child.lower_ in RELATIVES and verb.dep_ == "relcl" and cue.default.stance != "asserts":
                return (page.chars(verb.head.left_edge.i, verb.head.i + 1),), cue.takes["object"]  # "the raid, which it denied"
            if child.dep_ in ("dobj", "oprd") and child.i > hit.last:
                return (after(page, hit, child.left_edge.i, child),), cue.takes["object"]
            if passive and child.i < hit.first and child.pos_ != "PRON":
                party = party_at(page, child, hit.first)
                return (page.chars(party.first, party.end),), cue.takes["object"]
        if cue.particle and hit.last + 1 < page.bounds[hit.sentence][1]:
            follower = page.doc[hit.last + 1]
            if follower.pos_ in ("DET", "NOUN", "PROPN", "ADJ", "PRON"):
                return (after(page, hit, hit.last + 1, follower),), cue.takes["object"]
    if "clause" in cue.takes:
        end = page.bounds[hit.sentence][1]
        for at in range(hit.last + 1, min(hit.last + 9, end)):
            token = page.doc[at]
            if token.tag_ in FINITE or token.text in ("“", '"', ";"):
                break
            if token.lower_ == "that" and token.dep_ != "det" and at + 2 < end:
                return (after(page, hit, at, None),), cue.takes["clause"]
        headline = verb.text[:1].isupper() and hit.first > page.bounds[hit.sentence][0] and hit.last + 2 < end
        if cue.default.speech and (headline or _clause_follows(page, hit.last + 1, end)):
            return (after(page, hit, hit.last + 1, None),), cue.takes["clause"]
    return (), cue.default


def _clause_follows(page: Page, first: int, end: int) -> bool:
    """A noun phrase begins here and a finite verb comes: a clause whose head the parser hung elsewhere."""
    if first >= end or page.doc[first].pos_ not in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"):
        return False
    if page.doc[first].dep_ in ("nsubj", "dobj") and page.doc[first].head.i < first:
        return False
    return any(page.doc[i].tag_ in FINITE for i in range(first + 1, end))
