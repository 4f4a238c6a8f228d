"""`Reuters reported the town had fallen, citing two officials`: said by the officials, passed on by Reuters."""

from __future__ import annotations

from spacy.tokens import Token

from dateline.annotate.quotes_page import Hit, Page, Statement
from dateline.annotate.quotes_party import REPORTED, party_at, speaker_of_verb
from dateline.annotate.quotes_stretches import after, trimmed
from dateline.codebook.cues import Sense
from dateline.model.reading import Chars


def citing(page: Page, hit: Hit) -> Statement | None:
    """None unless the cue is a participle that cites somebody who can speak."""
    verb = page.doc[hit.first]
    if verb.tag_ != "VBG" or verb.lemma_ not in REPORTED or verb.dep_ not in ("advcl", "acl", "prep"):
        return None
    cited = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    if cited is None or not _speaks(page, cited):
        return None
    reporting, content = _reported(page, hit, verb)
    if content is None:
        return None
    via = speaker_of_verb(page, reporting)[0] if reporting is not None else None
    return Statement(hit, Sense("asserts", True), (content,), party_at(page, cited, page.bounds[hit.sentence][1]), via=via)


def _reported(page: Page, hit: Hit, verb: Token) -> tuple[Token | None, Chars | None]:
    """The verb that reports, if any, and what it reports: the clause after it, or all that stands before `citing`."""
    governor = verb.head
    if governor.pos_ in ("NOUN", "PROPN"):
        governor = governor.head  # "television, quoting the minister, said"
    if governor.dep_ == "ccomp" and governor.head.i < governor.i and governor.head.lemma_ in page.cues.verbs:
        governor = governor.head  # the parser hung the participle on what is reported
    told = next((child for child in governor.rights if child.dep_ == "ccomp"), None)
    if told is None:
        first = page.bounds[hit.sentence][0]
        return None, trimmed(page, page.doc[first].idx, verb.idx) if first < verb.i - 1 else None
    if told.i > verb.i:
        return governor, after(page, Hit(governor.i, governor.i, hit.sentence, hit.cue), told.left_edge.i, told)
    return governor, trimmed(page, page.doc[told.left_edge.i].idx, verb.idx)


def _speaks(page: Page, noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    people = lemma in page.cues.role or lemma in page.cues.anonymous or lemma in page.cues.organisation
    return people or noun.ent_type_ in ("PERSON", "ORG", "GPE") or lemma in page.cues.outlet
