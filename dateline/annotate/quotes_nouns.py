"""What is said with a cue noun ("their claim that …") or a fixed phrase ("according to …"), and who says it."""

from __future__ import annotations

from spacy.tokens import Token

from dateline.annotate.quotes_page import Hit, Page, Party, Statement
from dateline.annotate.quotes_party import party_at, speaker_of_noun
from dateline.annotate.quotes_stretches import FINITE, trimmed
from dateline.annotate.quotes_verbs import is_infinitive
from dateline.codebook.cues import Cue, Phrase
from dateline.model.reading import Chars


def noun_statement(page: Page, hit: Hit, cue: Cue) -> Statement | None:
    noun = page.doc[hit.first]
    if noun.dep_ == "pobj" and noun.head.head.lemma_ in page.cues.verbs:
        return None  # "said in a statement that": the verb's
    if "clause" in cue.takes and (content := _claim_by(page, hit)):
        return Statement(hit, cue.takes["clause"], (content,), speaker_of_noun(page, noun))
    for child in noun.rights:
        take = _noun_take(child)
        if take not in cue.takes:
            continue
        inner = child if take in ("clause", "to") else next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
        if inner is None:
            continue
        speaker = speaker_of_noun(page, noun)
        content = trimmed(page, inner.left_edge.idx, inner.right_edge.idx + len(inner.right_edge))
        if speaker is None and not cue.takes[take].speech:
            return None
        return Statement(hit, cue.takes[take], (content,), speaker)
    return None


def _claim_by(page: Page, hit: Hit) -> Chars | None:
    """`a claim by the rebels that they shot it down`: the clause, wherever the parser hung it."""
    doc = page.doc
    end = page.bounds[hit.sentence][1]
    for at in range(hit.last + 1, min(hit.last + 8, end)):
        token = doc[at]
        if at == hit.last + 1 and token.lower_ not in ("by", "from", "that"):
            return None
        if token.lower_ == "that" and (token.dep_ == "mark" or (at > hit.last + 1 and token.head.dep_ in ("acl", "relcl"))):
            last = token.head.right_edge
            return trimmed(page, token.idx, last.idx + len(last))
        if token.tag_ in FINITE or token.pos_ == "PUNCT":
            return None
    return None


def _noun_take(child: Token) -> str:
    if child.dep_ in ("acl", "ccomp", "relcl"):
        if any(c.lower_ == "that" and c.dep_ == "mark" for c in child.lefts):
            return "clause"
        return "to" if is_infinitive(child) else ""
    return child.lower_ if child.dep_ == "prep" else ""


def phrase_statement(page: Page, hit: Hit, phrase: Phrase) -> Statement | None:
    """`According to X, …` or `…, according to X`."""
    doc = page.doc
    first, end = page.bounds[hit.sentence]
    if hit.last + 1 >= end:
        return None
    head = _object_of(page, hit)
    speaker = party_at(page, head, end)
    if speaker.first <= hit.last:
        speaker = Party(hit.last + 1, max(speaker.end, hit.last + 2), max(speaker.head, hit.last + 1))
    comma = next((i for i in range(speaker.head + 1, min(speaker.end, end)) if doc[i].text == ","), None)
    if comma is not None and speaker.end >= end - 1 and any(doc[i].tag_ in FINITE for i in range(comma, end)):
        speaker = Party(speaker.first, comma, speaker.head)  # the parser took the sentence for the speaker's own
    leading = not any(doc[i].tag_ in (*FINITE, "VBN") for i in range(first, hit.first))
    if phrase.words[0] in ("citing", "quoting"):
        return None
    if leading:
        return Statement(
            hit,
            phrase.sense,
            (trimmed(page, doc[speaker.end - 1].idx + len(doc[speaker.end - 1]), _sentence_end(page, hit)),),
            speaker,
        )
    content = [trimmed(page, doc[first].idx, doc[hit.first].idx)]
    quoted = page.quoted_before(doc[hit.first].idx)
    if quoted and quoted.end >= content[0].end and quoted.start < content[0].start:
        content[0] = Chars(quoted.start, content[0].end)
    if speaker.end + 4 < end and doc[speaker.end].lower_ == ",":
        content.append(trimmed(page, doc[speaker.end].idx, _sentence_end(page, hit)))
    return Statement(hit, phrase.sense, tuple(c for c in content if c.end > c.start), speaker)


def _object_of(page: Page, hit: Hit) -> Token:
    last = page.doc[hit.last]
    for child in last.children:
        if child.dep_ in ("pobj", "pcomp") and child.i > hit.last:
            return child
    token = page.doc[hit.last + 1]
    while (
        token.head.i > token.i
        and token.head.pos_ in ("NOUN", "PROPN")
        and token.dep_ in ("compound", "amod", "det", "poss", "nummod", "nmod")
    ):
        token = token.head
    return token


def _sentence_end(page: Page, hit: Hit) -> int:
    return page.reading.sentences[hit.sentence].end
