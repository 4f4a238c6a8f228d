"""What a time hangs on in the parse, and how closely a trigger is tied to that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from dateline.model.reading import Draft, Reading, TimeMention

MODIFIER = frozenset({"compound", "amod", "nmod", "poss", "nummod", "det", "quantmod"})
ARGUMENT = frozenset({
    "nsubj", "nsubjpass", "dobj", "obj", "iobj", "pobj", "prep", "agent", "attr", "conj", "compound", "nmod", "amod", "poss", "appos",
    "dative", "oprd", "acomp", "npadvmod", "csubj", "pcomp", "dep",
})  # fmt: skip
SPEECH = frozenset({
    "say", "tell", "announce", "report", "claim", "confirm", "deny", "add", "state", "declare", "warn", "accuse", "blame", "condemn",
    "call", "urge", "ask", "demand", "vow", "pledge", "promise", "threaten", "argue", "insist", "note", "write", "tweet", "post", "think",
    "believe", "estimate", "describe", "suggest", "reject", "discuss", "denounce", "acknowledge", "admit", "allege", "cite", "quote",
    "release", "publish", "issue", "praise", "welcome", "criticize", "mark", "remember", "commemorate", "mourn", "protest", "respond",
})  # fmt: skip
AWAY = frozenset({"after", "before", "following", "since", "until", "despite", "ahead"})
BESIDE = frozenset({"in", "during", "at", "on", "amid", "by", "with", "within", "throughout"})
SAYING_NOUNS = frozenset({
    "statement", "interview", "address", "speech", "conference", "briefing", "report", "call", "letter", "message", "meeting", "remarks",
    "comments", "post", "tweet", "video", "testimony", "hearing", "session", "talk", "conversation", "visit", "phone", "release",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hook:
    """A time and the token it hangs on: a verb whose happening it dates, or a noun that it modifies."""

    mention: TimeMention
    governor: Token
    word: str  # the preposition between them, "" when there is none
    modifies: bool
    opening: bool  # the sentence begins with it
    closing: bool  # the sentence ends with it, no preposition before it: "…, Paktika province, yesterday."
    caption: bool  # a full date after a comma, as under a picture
    prefix: bool  # a full date before a dash, as over a paragraph
    partner: TimeMention | None = None  # the other end of "between … and …", "from … to …"


@dataclass(frozen=True, slots=True)
class Ties:
    """The document and which tokens head drafts; `political` are those of acts of speech."""

    doc: Doc
    heads: frozenset[int]
    political: frozenset[int]


def hook_of(reading: Reading, number: int, times: Sequence[TimeMention]) -> Hook | None:
    """None for the second end of a range: it is told with the first."""
    mention, text = times[number], reading.report.text
    span = reading.doc.char_span(mention.chars.start, mention.chars.end, alignment_mode="expand")
    if span is None:
        return None
    if number and _joins(text, times[number - 1], mention):
        return None
    partner = times[number + 1] if number + 1 < len(times) and _joins(text, mention, times[number + 1]) else None
    token = span.root
    modifies = token.dep_ in MODIFIER and token.head.i not in range(span.start, span.end)
    owner = _possessed(reading.doc, span.end)
    word = _preposition(reading.doc, span.start)
    governor = _governor(span)
    if owner is not None:
        governor, modifies = owner, True
    elif governor is not token.head:
        modifies = False
    sentence = reading.sentences[reading.sentence_at(mention.chars.start)]
    opening = _leads(reading.doc, span, sentence.start)
    full = mention.anchor == "absolute" and mention.precision == "day"
    prefix = opening and text[mention.chars.end : mention.chars.end + 2].strip()[:1] in tuple(DASHES)
    caption = full and (prefix or text[: mention.chars.start].rstrip().endswith(","))
    closing = not word and not modifies and not text[mention.chars.end : sentence.end].strip(CLOSERS)
    return Hook(mention, governor, word, modifies, opening and not prefix, closing, caption, prefix, partner)


def _governor(span: Span) -> Token:
    """Above the time, over prepositions, nouns of time ("hours after") and names that a weekday only precedes."""
    governor = span.root.head
    for _ in range(6):
        passed = governor.pos_ in {"ADP", "SCONJ", "PART"} or governor.lemma_ in TIME_NOUNS or governor.i in range(span.start, span.end)
        named = governor.pos_ == "PROPN" and governor.i >= span.end and governor.head.pos_ == "VERB"
        if not (passed or named) or governor.head.i == governor.i:
            break
        governor = governor.head
    return governor


def _leads(doc: Doc, span: Span, start: int) -> bool:
    """First in the sentence, or before its first verb with a comma after: "For the first time last weekend, …"."""
    before = [token for token in doc[max(0, span.start - 14) : span.start] if token.idx >= start]
    if all(token.pos_ in {"ADP", "DET", "ADV", "ADJ", "PUNCT", "CCONJ", "SCONJ", "SPACE"} for token in before):
        return True
    comma = span.end < len(doc) and doc[span.end].lower_ == ","
    return comma and span.start_char - start <= 60 and all(token.pos_ not in {"VERB", "AUX"} for token in before)


def _possessed(doc: Doc, end: int) -> Token | None:
    """The noun of "Friday's deadly attack"."""
    if end >= len(doc) or doc[end].lower_ not in {"'s", "’s"}:
        return None
    for token in doc[end + 1 : end + 8]:
        if token.pos_ in {"NOUN", "PROPN"} and token.dep_ not in {"compound", "amod", "nmod"}:
            return token
        if token.pos_ in {"VERB", "AUX", "PUNCT"} and token.dep_ not in {"amod", "punct"}:
            return None
    return None


PREPOSITIONS = frozenset({
    "on", "in", "since", "until", "till", "by", "before", "after", "from", "during", "through", "between", "over", "of", "for", "within",
})  # fmt: skip
FILLERS = frozenset({"at", "least", "about", "around", "roughly", "late", "early", "the", "mid", "-"})


def _preposition(doc: Doc, start: int) -> str:
    """The preposition before a time, over "at least" and the like; "" when there is none."""
    for token in reversed(doc[max(0, start - 4) : start]):
        if token.lower_ in PREPOSITIONS:
            return token.lower_
        if token.lower_ not in FILLERS:
            return ""
    return ""


FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
STATIVE = frozenset({"base", "locate", "know", "suspect", "name", "situate", "link", "tie", "associate", "aim", "design", "intend"})
CLOSERS = " .!?,;)]\"”’'"
TIME_NOUNS = frozenset({"time", "hour", "day", "week", "month", "year", "minute"})
DASHES = "-–—:"
RANGE = {"between": ("and",), "from": ("to", "until", "till", "through"), "": ("-", "–", "to")}


def _joins(text: str, left: TimeMention, right: TimeMention) -> bool:
    """"Between January and mid-May", "from 3 to 5 March"."""
    if right.chars.start - left.chars.end > 12 or left.start_day is None or right.start_day is None:
        return False
    gap = text[left.chars.end : right.chars.start].strip().lower()
    lead = text[max(0, left.chars.start - 9) : left.chars.start].split()
    word = lead[-1].lower() if lead else ""
    return gap in RANGE.get(word, ()) or (gap in {"-", "–"} and left.end_day is not None and left.end_day < right.start_day)


def tie(ties: Ties, trigger: Token, draft: Draft, hook: Hook) -> float:
    """How closely the trigger is tied to what the time hangs on; 0 is not at all."""
    if hook.prefix:
        return 1.5
    close = _close(ties, trigger, draft, hook)
    if close:
        return close
    if draft.head in ties.political and _said_by(trigger, hook.governor):
        return 3.0
    if hook.opening and _in_main_clause(trigger, hook.governor):
        return 2.5
    if hook.closing and _in_main_clause(trigger, hook.governor) and not _finite_clause(hook.governor):
        return 2.2
    return 2.0 if hook.caption else 0.0


def _finite_clause(governor: Token) -> bool:
    """The time hangs in a clause of its own: "…, who were arrested on Monday", "… after he fled Monday"."""
    for token in (governor, *governor.ancestors):
        if token.dep_ in {"relcl", "ccomp"} or (token.dep_ == "advcl" and _own_subject(token)):
            return True
        if token.dep_ == "acl" and token.tag_ == "VBN" and token.lemma_ not in STATIVE:
            return True
    return False


def _said_by(trigger: Token, speech: Token) -> bool:
    """An act of speech told in the complement of the verb that the time hangs on: "said on Monday that it would never …"."""
    if speech.pos_ != "VERB" or not (speech.lemma_ in SPEECH or speech.lemma_ in {"make", "give", "hold", "speak"}):
        return False
    for token in (trigger, *trigger.ancestors):
        if token.i == speech.i:
            return not _tells_of_earlier(trigger)
        if token.dep_ == "relcl":
            return False
    return False


def _tells_of_earlier(verb: Token) -> bool:
    """"Reported that the president criticized …": another's act, before it was reported."""
    if verb.pos_ != "VERB":
        return False
    perfect = any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.lefts)
    others = any(child.dep_ == "nsubj" and child.pos_ != "PRON" for child in verb.lefts)
    return perfect or (verb.tag_ == "VBD" and others)


def _in_main_clause(trigger: Token, governor: Token) -> bool:
    """A time that opens the sentence dates its main clause and what that clause does, not what is said or told of its nouns."""
    for token in (trigger, *trigger.ancestors):
        if token.dep_ in {"relcl", "acl"} or (token.dep_ == "advcl" and _mark(token) in {"after", "before", "since", "because", "although"}):
            return False
        if token.dep_ == "ccomp" and token.head.lemma_ in SPEECH and token.head.i < token.i:
            return False
        if token.dep_ == "prep" and token.lower_ in AWAY:
            return False
    return True


def _close(ties: Ties, trigger: Token, draft: Draft, hook: Hook) -> float:
    governor = hook.governor
    if governor.i == trigger.i or _inside(trigger, draft, governor):
        return 10.0
    if hook.modifies and governor.pos_ in {"NOUN", "PROPN"}:
        return _through_noun(ties, trigger, governor, draft)
    if governor.pos_ in {"NOUN", "PROPN", "ADJ", "NUM", "PRON"}:
        through = _through_noun(ties, trigger, governor, draft)
        verb = _verb_over(governor)
        if through or verb is None or governor.i in ties.heads:
            return through
        return 6.0 if verb.i == trigger.i else max(0.0, _verb_ties(ties, trigger, verb, draft) - 2)
    if _belongs_to_noun(ties, trigger, hook):
        return 0.0
    if trigger.pos_ == "NOUN" and governor.dep_ in {"relcl", "acl"} and governor.head.i == trigger.i:
        return 7.0
    near = _nearest_noun(ties, hook) or _told_of(ties, governor)
    if near is not None and near.i == trigger.i:
        return 9.0
    if near is not None and near.i > trigger.i != governor.i and any(t.pos_ == "VERB" for t in ties.doc[trigger.i + 1 : near.i]):
        return 0.0
    return _verb_ties(ties, trigger, governor, draft)


def _belongs_to_noun(ties: Ties, trigger: Token, hook: Hook) -> bool:
    """"Blamed the group for an attack in Kabul in April": told after the noun that the verb speaks of, it dates the noun."""
    if trigger.i != hook.governor.i or trigger.i not in ties.political or hook.opening:
        return False
    start = hook.mention.chars.start
    vague = hook.mention.precision != "day" or trigger.lemma_ in {"claim", "blame", "accuse", "deny"}
    return vague and any(trigger.i < head < len(ties.doc) and ties.doc[head].idx < start and ties.doc[head].pos_ == "NOUN"
                         and ties.doc[head].sent == trigger.sent for head in ties.heads - ties.political)  # fmt: skip


def _inside(trigger: Token, draft: Draft, token: Token) -> bool:
    return draft.trigger.start <= token.idx < draft.trigger.end and token.pos_ in {"VERB", "NOUN"}


def _nearest_noun(ties: Ties, hook: Hook) -> Token | None:
    """The noun of an event told just before the time, with nothing but its own complements between."""
    if hook.opening or hook.modifies:
        return None
    doc = ties.doc
    span = doc.char_span(hook.mention.chars.start, hook.mention.chars.end, alignment_mode="expand")
    for token in reversed(doc[max(0, span.start - 10) : span.start]) if span else ():
        if token.pos_ in {"VERB", "AUX", "PUNCT", "CCONJ", "SCONJ"}:
            return None
        if token.i in ties.heads and token.pos_ == "NOUN":
            return token
    return None


def _told_of(ties: Ties, verb: Token) -> Token | None:
    """"The cease-fire, reached last week": a bare participle after a comma tells of the noun before it."""
    if verb.tag_ != "VBN" or verb.i < 2 or ties.doc[verb.i - 1].lower_ != "," or any(True for _ in verb.lefts if _.dep_.startswith("nsubj")):
        return None
    noun = ties.doc[verb.i - 2]
    return noun if noun.i in ties.heads and noun.pos_ == "NOUN" else None


def _verb_over(noun: Token) -> Token | None:
    """The verb that the noun is an argument of, or happens in; none across "after", "of", "into"."""
    for ancestor in noun.ancestors:
        if ancestor.pos_ in {"VERB", "AUX"}:
            return ancestor
        if ancestor.pos_ == "ADP" and ancestor.lower_ not in BESIDE:
            return None
    return None


def _through_noun(ties: Ties, trigger: Token, noun: Token, draft: Draft) -> float:
    """The time modifies a noun ("Tuesday's fighting"): it dates that noun, and a verb that happens in it."""
    for token, word in _up(noun):
        if token.i == trigger.i:
            if noun.lemma_.lower() in SAYING_NOUNS:
                return 5.0 if trigger.i in ties.political or trigger.lemma_ in SPEECH else 4.0 if word in BESIDE else 0.0
            return 5.0 if word in BESIDE else 0.0
        if token.pos_ in {"VERB", "AUX"}:
            return 0.0
    if trigger.pos_ == "NOUN" and trigger.i < noun.i and noun.head.pos_ == "ADP" and noun.head.lower_ in BESIDE and noun.i - trigger.i < 20:
        if all(token.tag_ not in FINITE for token in ties.doc[trigger.i : noun.i]):
            return 4.0  # "the capture of a commander during a raid on Tuesday"
    # the trigger is part of the noun's own phrase: "a Saturday telephone call", "the March bombings and shootings"
    if trigger.dep_ in {"compound", "amod", "conj"} and trigger.head.i == noun.i:
        return 7.0
    return 0.0


def _up(token: Token) -> Iterator[tuple[Token, str]]:
    """The tokens above, each with the last preposition passed on the way."""
    word = ""
    for ancestor in token.ancestors:
        if ancestor.pos_ == "ADP" and not word:
            word = ancestor.lower_
            continue
        yield ancestor, word


def _verb_ties(ties: Ties, trigger: Token, verb: Token, draft: Draft) -> float:
    if verb.i == trigger.i:
        return 10.0
    if trigger.pos_ not in {"VERB", "AUX"}:
        return _noun_under(ties, trigger, verb)
    return _verb_beside(trigger, verb)


def _noun_under(ties: Ties, trigger: Token, verb: Token) -> float:
    """A noun trigger among the verb's arguments takes its time, unless the verb only speaks of it."""
    score = 8.0
    token = trigger
    while token.i != verb.i:
        if token.head.i == token.i:
            return 0.0
        if token.dep_ not in ARGUMENT:
            return _verb_beside(token, verb) - 1 if token.pos_ in {"VERB", "AUX"} and _verb_beside(token, verb) else 0.0
        if token.dep_ == "prep" and token.lower_ in AWAY:
            return 0.0
        token = token.head
        if token.pos_ in {"VERB", "AUX"} and token.i != verb.i:
            inner = _verb_beside(token, verb)
            return max(0.0, min(score, inner) - 1) if inner else 0.0
    if verb.lemma_ in SPEECH or verb.i in ties.political:
        return 0.0
    return max(score, 0.0)


def _verb_beside(trigger: Token, verb: Token) -> float:
    """Two verbs of one sentence: partners in a list and participles share a time, complements and relative clauses do not."""
    token = trigger
    for _ in range(4):  # the trigger hangs below the dated verb
        relation, above = token.dep_, token.head
        if above.i == token.i:
            break
        if relation == "conj":
            score = 6.0 if not _own_subject(token) else 2.5
        elif relation in {"xcomp"}:
            score = 6.0
        elif relation == "advcl":
            score = 5.0 if _mark(token) in {"", "as", "when", "while"} else 0.0
        elif relation in {"prep", "pcomp"}:
            score = 0.0 if token.lower_ in {"after", "before", "since"} else 3.0
        else:
            score = 0.0
        if not score or (verb.lemma_ in SPEECH and relation != "conj"):
            break
        if above.i == verb.i:
            return score
        token = above
    token = verb
    for _ in range(4):  # the dated verb hangs below the trigger
        relation, above = token.dep_, token.head
        if above.i == token.i:
            return 0.0
        if relation == "conj":
            score = 4.0 if not _own_subject(token) else 0.0
        elif relation == "xcomp":
            score = 5.0 if trigger.lemma_ not in SPEECH else 0.0
        elif relation == "pcomp" and above.dep_ == "prep" and above.lower_ not in AWAY:
            score, above = 3.0, above.head
        elif relation == "advcl":
            score = 4.0 if _mark(token) in {"when", "as", "while"} else 3.0 if _mark(token) == "" else 0.0
        else:
            return 0.0
        if not score:
            return 0.0
        if above.i == trigger.i:
            return score
        token = above
    return 0.0


def _own_subject(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.lefts)


def _mark(verb: Token) -> str:
    for child in verb.lefts:
        if child.dep_ == "mark" or (child.dep_ == "advmod" and child.tag_ == "WRB"):
            return child.lower_
    return ""
