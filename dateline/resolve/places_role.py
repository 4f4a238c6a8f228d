"""What a name does in its sentence: says where (place), acts (metonym), qualifies (modifier), or heads the report (dateline)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from spacy.tokens import Token

from dateline.model.reading import Reading
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.places_find import Found
from dateline.resolve.places_resolve import Ranked

Role = Literal["place", "metonym", "modifier", "dateline"]
TOP = 600  # characters: datelines stand no deeper in a report
DATELINE_END = re.compile(
    r"[^.\n]{0,60}?(?:—|–|--|\((?:AP|Reuters|AFP|CNN|IRIN|Xinhua|[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)\)|\s-\s)"
)


def role_of(found: Found, order: Sequence[Ranked], reading: Reading, gazetteer: Gazetteer) -> Role:
    doc = reading.doc
    head = doc[found.first : found.last + 1].root
    if _is_dateline(found, reading):
        return "dateline"
    best = order[0].candidate if order else None
    if best and best.match == "demonym":
        return "modifier"
    kind = best.place.kind if best else ""
    if kind in ("country", "capital", "region", "continent") and _acts(head, gazetteer):
        return "metonym"
    before_noun = (
        head.dep_ in ("compound", "amod", "nmod", "poss") and head.i < head.head.i and head.head.pos_ in ("NOUN", "PROPN")
    )
    if before_noun and head.head.lower_ not in gazetteer.words.place_nouns:
        return "modifier"
    return "place"


def _is_dateline(found: Found, reading: Reading) -> bool:
    """At the start of a line near the top ("KABUL, Afghanistan (Nov. 20, 2011) —", "GOMA (Reuters) - "), not within prose."""
    text = reading.report.text
    start, end = reading.doc[found.first].idx, reading.doc[found.last].idx + len(reading.doc[found.last])
    line = text.rfind("\n", 0, start) + 1
    if line > reading.report.body_start + TOP:
        return False
    lead = text[line if line > reading.report.body_start else reading.report.body_start : start].strip(" .,:'\"()")
    return (not lead or lead.isupper()) and DATELINE_END.match(text, end) is not None


def _acts(head: Token, gazetteer: Gazetteer) -> bool:
    words = gazetteer.words
    first = head
    while first.dep_ == "conj" and first.head.ent_type_:
        first = first.head
    governor = first.head
    if first.dep_ == "nsubj" and governor.pos_ in ("VERB", "AUX"):
        return governor.pos_ == "VERB" and governor.lemma_.lower() not in words.happens
    if first.dep_ in ("dobj", "dative") and governor.pos_ == "VERB":
        return governor.lemma_.lower() in words.addresses
    if first.dep_ == "pobj":
        return governor.lower_ in words.parties
    return False
