"""Which way a bare "Friday" or "May" points: to the past, unless the words around make the future plain."""

from __future__ import annotations

from spacy.tokens import Token

from dateline.annotate.time_context import Context, Hit, Lean, token_at

FUTURE_AUX = frozenset({"will", "would", "shall", "'ll", "’ll", "wo", "may", "might", "ll"})
BE = frozenset({"be", "is", "are", "was", "were", "am", "been", "being", "'s", "’s", "'re", "’re"})
HAVE = frozenset({"have", "has", "had", "having", "'ve", "’ve"})
PLACE_LIKE = frozenset({"of", "in", "on", "at"})


def lean(hit: Hit) -> Lean | None:
    """Past or future, by the verb that governs the expression, else by words beside it; None where neither tells."""
    context = hit.context
    cues = context.words.cues
    before = hit.before()
    verb = _lean_of_verb(context, hit)
    if before in cues["until"] and verb != "past":
        return "future"
    if before == "of" and hit.before(2) == "ahead":
        return "future"
    if "had" in context.scan.words[max(0, hit.first - 8) : hit.first]:
        return "past"
    if before in cues["planned"]:
        return "future"
    near = set(context.scan.words[max(0, hit.first - 3) : hit.first]) | set(context.scan.words[hit.last : hit.last + 3])
    if near & cues["planned"] and verb != "past":
        return "future"
    return verb


def _lean_of_verb(context: Context, hit: Hit) -> Lean | None:
    token = token_at(context, hit.first)
    if token is None:
        return None
    span = context.reading.doc.char_span(context.scan.starts[hit.first], context.scan.ends[hit.last - 1], alignment_mode="expand")
    token = span.root if span else token
    for _ in range(12):
        if token.pos_ in {"VERB", "AUX"}:
            return _tense(context, token)
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _tense(context: Context, verb: Token) -> Lean | None:
    """Tense of a verb with its auxiliaries; an infinitive takes that of what governs it, a plan makes it future."""
    planning = context.words.cues["planning"]
    for _ in range(6):
        helpers = [child for child in verb.lefts if child.dep_ in {"aux", "auxpass"}]
        words = {child.lower_ for child in helpers}
        if words & FUTURE_AUX:
            return None if words & HAVE else "future"
        if verb.lower_ in FUTURE_AUX:
            return "future"
        if words & HAVE or verb.tag_ == "VBD" or words & {"was", "were", "did"}:
            return "past"
        if verb.tag_ == "VBN":
            present = words & {"is", "are", "'s", "’s", "be", "am", "'re", "’re"}
            return "future" if verb.lemma_ in planning and present else (None if present or not words else "past")
        if verb.tag_ == "VBG" and words & {"is", "are", "'s", "’s", "'re", "’re", "am"}:
            return "future"
        governor = verb.head
        if governor.i == verb.i:
            return None
        if "to" in words:
            if governor.lemma_ in planning or (governor.lemma_ == "be" and governor.tag_ in {"VBZ", "VBP"}):
                return "future"
            if any(c.lemma_ in planning for c in governor.children if c.dep_ in {"acomp", "attr"}):
                return "future"
        if verb.dep_ in {"xcomp", "ccomp", "conj", "advcl", "pcomp", "prep"} and governor.pos_ in {"VERB", "AUX"}:
            verb = governor
            continue
        if verb.dep_ in {"conj", "pcomp", "advcl", "acl", "relcl", "xcomp"} and "to" in words:
            if governor.lemma_ in planning:
                return "future"
            return None
        if verb.dep_ in {"pcomp"} and governor.head.i != governor.i:
            verb = governor.head
            continue
        return None
    return None
