"""How closely an event's trigger is tied to what a time hangs on.

A time is shared along a verb's arguments, its participles and its partners in a list. It never crosses a verb of saying,
except that an act of speech takes the time of its saying, and never enters or leaves a clause that tells another happening.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.model.reading import Draft
from dateline.resolve.dates_hooks import Hook

# Scores, closest first: only their order matters, and that what is tied as closely as OWN needs no further sign.
SAME, NEAREST, ARGUMENT_OF, OWN = 10.0, 9.0, 8.0, 7.0
SHARED, SIMULTANEOUS, ABOVE, LOOSE, LIST = 6.0, 5.0, 4.0, 3.0, 2.5
SPEECH_ACT, OPENING, CLOSING, CAPTION, PREFIX = 3.0, 2.5, 2.2, 2.0, 1.5

ARGUMENTS = frozenset({
    "nsubj", "nsubjpass", "dobj", "obj", "iobj", "pobj", "prep", "agent", "attr", "conj", "compound", "nmod", "amod", "poss",
    "appos", "dative", "oprd", "acomp", "npadvmod", "csubj", "pcomp", "dep",
})  # fmt: skip
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "PRON"})
VERBAL = frozenset({"VERB", "AUX"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
APART = frozenset({"after", "before", "since", "because", "although"})  # clauses that tell of another time
TOGETHER = frozenset({"as", "when", "while"})
PHRASE = 20  # words that a noun phrase with its complements may be long
DEPTH = 4  # clauses between two verbs that may share a time


@dataclass(frozen=True, slots=True)
class Ties:
    """The document, the tokens that head drafts, those of acts of speech among them, and the codebook's cues."""

    doc: Doc
    heads: frozenset[int]
    political: frozenset[int]
    cues: Mapping[str, frozenset[str]]

    def speaks(self, verb: Token) -> bool:
        return verb.i in self.political or verb.lemma_ in self.cues["speech"]


def tie(ties: Ties, trigger: Token, draft: Draft, hook: Hook) -> float:
    """0 is not at all."""
    if hook.prefix:
        return PREFIX
    if close := _close(ties, trigger, draft, hook):
        return close
    spoken_of = _spoken_of(ties, trigger)
    if draft.head in ties.political and spoken_of is None and _said_by(ties, trigger, hook.governor):
        return SPEECH_ACT
    if hook.opening and spoken_of is None and _in_main_clause(ties, trigger):
        return OPENING
    if spoken_of is not None and spoken_of.i == hook.governor.i:
        return 0.0
    if hook.closing and _in_main_clause(ties, trigger) and not _in_own_clause(ties, hook.governor):
        return CLOSING
    return CAPTION if hook.caption else 0.0


def _close(ties: Ties, trigger: Token, draft: Draft, hook: Hook) -> float:
    governor = hook.governor
    if governor.i == trigger.i or (draft.trigger.start <= governor.idx < draft.trigger.end and governor.pos_ in {"VERB", "NOUN"}):
        return SAME
    if hook.modifies and governor.pos_ in {"NOUN", "PROPN"}:
        return _through_noun(ties, trigger, governor)
    if governor.pos_ in NOMINAL:
        through, verb = _through_noun(ties, trigger, governor), _verb_over(ties, governor)
        if through or verb is None:
            return through
        if governor.i in ties.heads and not (governor.dep_ == "nsubj" and verb.lemma_ in ties.cues["results"]):
            return 0.0
        return SHARED if verb.i == trigger.i else max(0.0, _under_verb(ties, trigger, verb) - 2)
    if _belongs_to_noun(ties, trigger, hook):
        return 0.0
    if trigger.pos_ == "NOUN" and governor.dep_ in {"relcl", "acl"} and governor.head.i == trigger.i:
        return OWN
    near = _noun_before(ties, hook) or _told_of(ties, governor)
    if near is not None and near.i == trigger.i:
        return NEAREST
    if near is not None and trigger.i < near.i and trigger.i != governor.i:
        if any(token.pos_ == "VERB" for token in ties.doc[trigger.i + 1 : near.i]):
            return 0.0
    return _under_verb(ties, trigger, governor)


def _spoken_of(ties: Ties, noun: Token) -> Token | None:
    """The verb of saying that a noun is an argument of: in "called the threats empty" the threats are not of that day."""
    token = noun
    while token.pos_ not in VERBAL:
        if token.dep_ not in ARGUMENTS or token.head.i == token.i:
            return None
        token = token.head
    return token if noun.pos_ == "NOUN" and ties.speaks(token) and not _performs(ties, noun, token) else None


def _performs(ties: Ties, noun: Token, verb: Token) -> bool:
    """In "announced an agreement" the saying is the act."""
    return noun.i in ties.political and noun.dep_ == "dobj" and noun.head.i == verb.i and verb.lemma_ in ties.cues["performing"]


def _belongs_to_noun(ties: Ties, trigger: Token, hook: Hook) -> bool:
    """In "accused them of a massacre near Asar in June" the month dates the attack, not the blaming."""
    if trigger.i != hook.governor.i or trigger.i not in ties.political or hook.opening:
        return False
    if hook.mention.precision == "day" and trigger.lemma_ not in ties.cues["claiming"]:
        return False
    return any(
        token.i in ties.heads and token.i not in ties.political and token.pos_ == "NOUN"
        for token in ties.doc[trigger.i + 1 : trigger.i + 2 * PHRASE]
        if token.idx < hook.mention.chars.start
    )  # fmt: skip


def _noun_before(ties: Ties, hook: Hook) -> Token | None:
    """The noun of an event told just before the time, with nothing but its own complements between."""
    span = ties.doc.char_span(hook.mention.chars.start, hook.mention.chars.end, alignment_mode="expand")
    if hook.opening or hook.modifies or span is None:
        return None
    for token in reversed(ties.doc[max(0, span.start - PHRASE // 2) : span.start]):
        if token.pos_ in {"VERB", "AUX", "PUNCT", "CCONJ", "SCONJ"}:
            return None
        if token.i in ties.heads and token.pos_ == "NOUN":
            return token
    return None


def _told_of(ties: Ties, verb: Token) -> Token | None:
    """The noun before a bare participle: "the accord, signed on Tuesday"."""
    if verb.tag_ != "VBN" or verb.i < 2 or ties.doc[verb.i - 1].lower_ != "," or _own_subject(verb):
        return None
    noun = ties.doc[verb.i - 2]
    return noun if noun.i in ties.heads and noun.pos_ == "NOUN" else None


def _through_noun(ties: Ties, trigger: Token, noun: Token) -> float:
    """A time that describes a noun dates a verb that happens in it: "died in Tuesday's fighting", "told a rally Friday"."""
    beside = ties.cues["beside"]
    for token, word in _up(noun):
        if token.i == trigger.i:
            if noun.lemma_.lower() in ties.cues["nouns_of_saying"] and ties.speaks(trigger):
                return SIMULTANEOUS
            return SIMULTANEOUS if word in beside else 0.0
        if token.pos_ in VERBAL:
            return _noun_happens_in(ties, trigger, noun)
    if trigger.dep_ in {"compound", "amod", "conj"} and trigger.head.i == noun.i:
        return OWN  # part of the noun's own phrase: "the June raids and riots"
    return _noun_happens_in(ties, trigger, noun)


def _noun_happens_in(ties: Ties, trigger: Token, noun: Token) -> float:
    """Such as "the capture of a commander during a raid on Tuesday"."""
    inside = noun.head.pos_ == "ADP" and noun.head.lower_ in ties.cues["beside"]
    if trigger.pos_ != "NOUN" or not inside or not 0 < noun.i - trigger.i < PHRASE:
        return 0.0
    return ABOVE if all(token.tag_ not in FINITE for token in ties.doc[trigger.i : noun.i]) else 0.0


def _up(token: Token) -> Iterator[tuple[Token, str]]:
    """The tokens above, each with the first preposition passed on the way."""
    word = ""
    for ancestor in token.ancestors:
        if ancestor.pos_ == "ADP" and not word:
            word = ancestor.lower_
        else:
            yield ancestor, word


def _verb_over(ties: Ties, noun: Token) -> Token | None:
    """The verb that the noun is an argument of, or happens in; none across "after", "of", "into"."""
    for ancestor in noun.ancestors:
        if ancestor.pos_ in VERBAL:
            return ancestor
        if ancestor.pos_ == "ADP" and ancestor.lower_ not in ties.cues["beside"]:
            return None
    return None


def _under_verb(ties: Ties, trigger: Token, verb: Token) -> float:
    """The trigger is the dated verb, a noun among its arguments, or another verb of the sentence."""
    if verb.i == trigger.i:
        return SAME
    if trigger.pos_ in VERBAL:
        return _beside_verb(ties, trigger, verb)
    token = trigger
    while token.i != verb.i:
        away = token.dep_ == "prep" and token.lower_ in ties.cues["away"]
        if token.head.i == token.i or away:
            return 0.0
        if token.pos_ in VERBAL:  # an argument of another verb, which may share the time
            return max(0.0, min(ARGUMENT_OF, _beside_verb(ties, token, verb)) - 1)
        if token.dep_ not in ARGUMENTS:
            return 0.0
        token = token.head
    return 0.0 if ties.speaks(verb) and not _performs(ties, trigger, verb) else ARGUMENT_OF


def _beside_verb(ties: Ties, trigger: Token, verb: Token) -> float:
    """Two verbs: partners in a list and participles share a time, complements and relative clauses do not."""
    token = trigger
    for _ in range(DEPTH):  # the trigger hangs below the dated verb
        score = 0.0 if token.dep_ != "conj" and verb.lemma_ in ties.cues["speech"] else _shared_down(token)
        if not score:
            break
        if token.head.i == verb.i:
            return score
        token = token.head
    token = verb
    for _ in range(DEPTH):  # the dated verb hangs below the trigger
        score, above = _shared_up(ties, token, trigger)
        if not score or above.i == trigger.i:
            return score
        token = above
    return 0.0


def _shared_down(verb: Token) -> float:
    """What a verb takes of the time of the one that it hangs on."""
    match verb.dep_:
        case "conj":
            return LIST if _own_subject(verb) else SHARED
        case "xcomp":
            return SHARED
        case "advcl":
            return SIMULTANEOUS if _mark(verb) in TOGETHER | {""} else 0.0
        case "prep" | "pcomp":
            return 0.0 if verb.lower_ in APART else LOOSE
        case _:
            return 0.0


def _shared_up(ties: Ties, verb: Token, trigger: Token) -> tuple[float, Token]:
    """What the verb above takes of the time of one that hangs on it, and that verb."""
    above = verb.head
    match verb.dep_:
        case "conj":
            return (0.0 if _own_subject(verb) else ABOVE), above
        case "xcomp":
            return (0.0 if trigger.lemma_ in ties.cues["speech"] else SIMULTANEOUS), above
        case "pcomp" if above.dep_ == "prep" and (above.lower_ == "after" or above.lower_ not in ties.cues["away"]):
            return LOOSE, above.head  # "after landing on Friday, they took …"
        case "advcl":
            return {"": LOOSE, **dict.fromkeys(TOGETHER, ABOVE)}.get(_mark(verb), 0.0), above
        case _:
            return 0.0, above


def _said_by(ties: Ties, trigger: Token, speech: Token) -> bool:
    """An act of speech told in the complement of the dated verb: "said on Monday that it would never …"."""
    if speech.pos_ != "VERB" or speech.lemma_ not in ties.cues["speech"] | ties.cues["light_speech"]:
        return False
    for token in (trigger, *trigger.ancestors):
        if token.i == speech.i:
            return not _tells_of_earlier(trigger)
        if token.dep_ == "relcl":
            return False
    return False


def _tells_of_earlier(verb: Token) -> bool:
    """In "wrote that the mayor threatened …" the act is another's, before it was reported."""
    if verb.pos_ != "VERB":
        return False
    perfect = any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.lefts)
    others = any(child.dep_ == "nsubj" and child.pos_ != "PRON" for child in verb.lefts)
    return perfect or (verb.tag_ == "VBD" and others)


def _in_main_clause(ties: Ties, trigger: Token) -> bool:
    """What the sentence's main clause does, not what is said in it or told of its nouns."""
    for token in (trigger, *trigger.ancestors):
        if token.dep_ in {"relcl", "acl"} or (token.dep_ == "advcl" and _mark(token) in APART):
            return False
        if token.dep_ == "ccomp" and token.head.lemma_ in ties.cues["speech"] and token.head.i < token.i:
            return False
        if token.dep_ == "prep" and token.lower_ in ties.cues["away"]:
            return False
    return True


def _in_own_clause(ties: Ties, governor: Token) -> bool:
    """The time hangs in a clause of its own: "…, who were arrested on Monday", "… after he fled Monday"."""
    for token in (governor, *governor.ancestors):
        if token.dep_ in {"relcl", "ccomp"} or (token.dep_ == "advcl" and _own_subject(token)):
            return True
        if token.dep_ == "acl" and token.tag_ == "VBN" and token.lemma_ not in ties.cues["stative"]:
            return True
    return False


def _own_subject(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.lefts)


def _mark(verb: Token) -> str:
    """The word that joins a clause to the one above, "" when none does."""
    for child in verb.lefts:
        if child.dep_ == "mark" or (child.dep_ == "advmod" and child.tag_ == "WRB"):
            return child.lower_
    return ""
