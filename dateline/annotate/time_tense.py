"""Which way a bare "Friday" or "May" points: to the past, unless the words around make the future plain."""

from __future__ import annotations

from spacy.tokens import Token

from dateline.annotate.time_context import Context, Hit, Lean

WILL = frozenset({"will", "would", "shall", "'ll", "’ll", "wo", "may", "might", "ll"})
IS = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re", "be"})
WAS = frozenset({"was", "were", "did"})
HAVE = frozenset({"have", "has", "had", "having", "'ve", "’ve"})
CLIMB = frozenset({"xcomp", "ccomp", "conj", "advcl", "pcomp", "prep"})
DEPTH = 6  # verbs up to the one whose tense holds
REACH = 12  # tokens up to the first verb
HAD_BEFORE = 8  # words


def lean(hit: Hit) -> Lean | None:
    """By words right before it, by the verb that governs it, by words beside it; None where none of them tells."""
    words, cues, before = hit.context.scan.words, hit.context.words.cues, hit.before()
    verb = _lean_of_verb(hit)
    if (before in cues["until"] and verb != "past") or (before == "of" and hit.before(2) == "ahead"):
        return "future"
    if "had" in words[max(0, hit.first - HAD_BEFORE) : hit.first]:
        return "past"
    if before in cues["planned"]:
        return "future"
    near = {*words[max(0, hit.first - 3) : hit.first], *words[hit.last : hit.last + 3]}
    return "future" if near & cues["planned"] and verb != "past" else verb


def _lean_of_verb(hit: Hit) -> Lean | None:
    scan = hit.context.scan
    span = hit.context.reading.doc.char_span(scan.starts[hit.first], scan.ends[hit.last - 1], alignment_mode="expand")
    if span is None:
        return None
    token = span.root
    for _ in range(REACH):
        if token.pos_ in {"VERB", "AUX"}:
            return _tense(hit.context, token)
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _tense(context: Context, verb: Token) -> Lean | None:
    """Tense of a verb with its auxiliaries; an infinitive or participle takes that of what governs it."""
    planning = context.words.cues["planning"]
    for _ in range(DEPTH):
        helpers = {child.lower_ for child in verb.lefts if child.dep_ in {"aux", "auxpass"}}
        told, settled = _own_tense(verb, helpers, planning)
        governor = verb.head
        if settled or governor.i == verb.i:
            return told
        if "to" in helpers and _plans(governor, planning):
            return "future"
        if verb.dep_ in CLIMB and governor.pos_ in {"VERB", "AUX"}:
            verb = governor
        elif verb.dep_ == "pcomp" and governor.head.i != governor.i and "to" not in helpers:
            verb = governor.head
        else:
            return None
    return None


def _own_tense(verb: Token, helpers: set[str], planning: frozenset[str]) -> tuple[Lean | None, bool]:
    """What the verb's own form says, and whether that settles it."""
    if helpers & WILL or verb.lower_ in WILL:
        return (None if helpers & HAVE else "future"), True
    irregular = verb.tag_ in {"VB", "VBP"} and verb.lower_ != verb.lemma_  # "retook", which taggers take for a present
    if helpers & HAVE or helpers & WAS or verb.tag_ == "VBD" or irregular:
        return "past", True
    if verb.tag_ == "VBN":
        return ("future" if helpers & IS and verb.lemma_ in planning else None), True
    if verb.tag_ == "VBG" and helpers & IS:
        return "future", True
    return None, False


def _plans(governor: Token, planning: frozenset[str]) -> bool:
    """Such as "expected to …", "is to …", "is likely to …"."""
    if governor.lemma_ in planning or (governor.lemma_ == "be" and governor.tag_ in {"VBZ", "VBP"}):
        return True
    return any(child.lemma_ in planning for child in governor.children if child.dep_ in {"acomp", "attr"})
