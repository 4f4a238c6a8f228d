"""Whether it happened: happened, ongoing, planned, attempted, denied, hypothetical, read off the words that govern the trigger.

The nearest governing sign decides; a sign further out can only weaken what a nearer one left as fact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from dateline.codebook.events import EventBook
from dateline.model.event import Status

Signs = Mapping[str, frozenset[str]]  # lists of words by name: codebook/events/status.toml


@dataclass(frozen=True, slots=True)
class Standing:
    """The status, and whether the words are only a general statement ("militants often attack")."""

    status: Status
    general: bool = False


def status_of(head: Token, book: EventBook) -> Standing:
    """Status of the event whose trigger is `head`; an arrest told as a search for somebody is an attempt."""
    found = _status(head, book)
    if found == Standing("happened") and _taken_back(head, book.status):
        return Standing("denied")
    pursued = found == Standing("happened") and head.lemma_.casefold() in book.status["pursuits"]
    return Standing("attempted") if pursued else found


def _taken_back(head: Token, signs: Signs) -> bool:
    """ "It was reported that the town fell. That was wrong.": a short next sentence takes the one before it back."""
    end = head.sent.end
    while end < len(head.doc) and head.doc[end].is_space:
        end += 1
    if end >= len(head.doc):
        return False
    if (first := head.doc[end].lower_) != "the" and first not in signs["pointing"]:
        return False
    after = [token for token in head.doc[end].sent if not token.is_space]
    words = [token.lower_ for token in after]
    points_back = words[0] in signs["pointing"] or words[0] == "the" and len(words) > 1 and words[1] in signs["tellings"]
    told_past = any(word in ("was", "were", "proved") for word in words)
    return points_back and told_past and len(words) <= 8 and not _denies(words) and not signs["retractions"].isdisjoint(words)


def _denies(words: Sequence[str]) -> bool:
    return any(word in ("not", "n't", "never") for word in words)


def _status(head: Token, book: EventBook) -> Standing:
    if head.pos_ in {"VERB", "AUX"}:
        own = _verb_status(head, book.status)
        if own.general or own.status in {"denied", "hypothetical", "attempted"}:
            return own
        if own.status == "planned":
            return Standing("hypothetical") if _is_feared(head, book.status) else own
        outer = _outer_status(head, book.status)
        if outer is None and _is_aim(head, book.status):
            return Standing("planned")
        return outer if outer is not None else own
    return _noun_status(head, book)


def _verb_status(verb: Token, signs: Signs) -> Standing:
    auxiliaries = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    words = {child.lower_ for child in auxiliaries}
    lemmas = {child.lemma_.casefold() for child in auxiliaries}
    if _negated(verb):
        return Standing("hypothetical" if words & (signs["future"] | signs["possible"]) else "denied")
    if _conditional(verb, signs):
        return Standing("hypothetical")
    if words & signs["possible"]:
        return Standing("hypothetical")
    if words & signs["future"] or _going_to(verb):
        return Standing("planned")
    if any(child.lower_ in signs["habits"] for child in verb.children if child.dep_ == "advmod") and verb.tag_ in {
        "VBP",
        "VBZ",
        "VB",
    }:
        return Standing("happened", general=True)
    if "being" in words and words & {"is", "are", "'s", "'re"}:
        return Standing("ongoing")
    if verb.tag_ == "VBG" and "be" in lemmas and not any(child.lower_ in {"was", "were"} for child in auxiliaries):
        return Standing("ongoing")
    if any(child.lower_ in signs["continues"] for child in verb.children if child.dep_ == "advmod"):
        return Standing("ongoing")
    return Standing("happened")


def _negated(verb: Token) -> bool:
    if verb.dep_ == "conj" and any(
        child.dep_ == "cc" and child.lower_ == "nor" for child in (*verb.head.children, *verb.children)
    ):
        return True  # "was not charged nor convicted"
    for child in verb.children:
        if child.dep_ == "neg" or child.lower_ in {"n't", "not", "never"}:
            only = any(next_.lower_ in {"only", "just"} for next_ in verb.doc[child.i + 1 : child.i + 2])
            return not only and not (child.i and verb.doc[child.i - 1].lower_ == "or")
        if child.dep_ in {"nsubj", "nsubjpass", "dobj"} and any(
            g.dep_ == "det" and g.lower_ == "no" or g.dep_ == "neg" for g in child.children
        ):
            return True
        if child.dep_ in {"nsubj", "nsubjpass"} and ({child.lower_} | {g.lower_ for g in child.children}) & {
            "nobody",
            "none",
            "neither",
        }:
            return True
    return False


def _conditional(verb: Token, signs: Signs) -> bool:
    return (
        any(child.dep_ in {"mark", "advmod"} and child.lower_ in signs["conditionals"] for child in verb.children)
        and verb.dep_ != "ROOT"
    )


def _going_to(verb: Token) -> bool:
    if verb.dep_ != "xcomp" or not any(child.lower_ == "to" for child in verb.children):
        return False
    governor = verb.head
    return (
        governor.lemma_ == "go"
        and governor.tag_ == "VBG"
        or governor.lemma_ == "set"
        or governor.lower_ in {"due", "poised", "expected"}
    )


def _outer_status(verb: Token, signs: Signs) -> Standing | None:
    """What the governors say: plans, attempts, fears, denials, conditions further out."""
    token, steps = verb, 0
    while token.dep_ != "ROOT" and steps < 6:
        relation, token, steps = token.dep_, token.head, steps + 1
        lemma = token.lemma_.casefold()
        infinitive = _is_infinitive(verb) if steps == 1 else True
        if relation in {"xcomp", "acl", "pcomp", "ccomp", "prep", "pobj", "amod", "advcl", "oprd"}:
            found = _by_governor(lemma, relation, infinitive, signs)
            if found is not None:
                return found
        if relation in {"xcomp", "conj"} and token.pos_ in {"VERB", "AUX"}:
            inner = _verb_status(token, signs)
            if inner.status != "happened" or inner.general:
                if relation == "conj" and inner.status in {"denied", "ongoing"}:
                    return None
                return inner
        if relation in {"relcl", "ccomp", "parataxis"}:
            return None
    return None


def _by_governor(lemma: str, relation: str, infinitive: bool, signs: Signs) -> Standing | None:
    if lemma in signs["denials"] and relation in {"xcomp", "pcomp", "ccomp", "prep", "pobj", "dobj"}:
        return Standing("denied")
    if lemma in signs["attempts"] and relation in {"xcomp", "acl", "pcomp", "prep", "pobj", "advcl"}:
        return Standing("attempted")
    if lemma in signs["continues"] and relation == "xcomp" and lemma != "go":
        return Standing("ongoing")
    if lemma in signs["plans"] and relation in {"xcomp", "acl", "ccomp", "oprd"} and infinitive:
        return Standing("planned")
    if lemma in signs["preparing"] and relation in {"prep", "pobj"}:
        return Standing("planned")
    if lemma in signs["fears"] and relation in {"xcomp", "acl", "ccomp", "pcomp", "prep", "pobj", "oprd"}:
        return Standing("hypothetical") if lemma != "warn" or relation != "ccomp" else None
    return None


def _is_feared(verb: Token, signs: Signs) -> bool:
    return verb.dep_ in {"ccomp", "acl"} and verb.head.lemma_.casefold() in signs["feared"]


def _is_warned_of(verb: Token, signs: Signs) -> bool:
    """ "experts warn that it could end in a march on the capital": all that the warning holds is feared."""
    while verb.dep_ == "conj":
        verb = verb.head
    return _is_feared(verb, signs)


def _is_aim(verb: Token, signs: Signs) -> bool:
    """ "An operation to arrest the men", "launched an offensive to retake the town": what is meant to come of it."""
    to = next((child for child in verb.children if child.lower_ == "to" and child.dep_ == "aux"), None)
    return to is not None and to.i > 0 and to.nbor(-1).lemma_.casefold() in signs["missions"]


def _is_infinitive(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _noun_status(noun: Token, book: EventBook) -> Standing:
    for child in noun.children:
        lower = child.lower_
        if child.dep_ in {"amod", "compound", "det", "neg"}:
            if lower in {"no", "any"} and child.dep_ in {"det", "neg"}:
                return Standing("denied" if lower == "no" else "hypothetical")
            if lower in {"attempted", "failed", "foiled", "thwarted", "unsuccessful", "botched"}:
                return Standing("attempted")
            if lower in {
                "planned",
                "upcoming",
                "scheduled",
                "proposed",
                "forthcoming",
                "expected",
                "future",
                "coming",
                "pending",
            }:
                return Standing("planned")
            if lower in {
                "possible",
                "potential",
                "looming",
                "imminent",
                "impending",
                "feared",
                "eventual",
                "threatened",
                "would-be",
                "further",
            }:
                return Standing("hypothetical")
            if lower in {"ongoing", "continuing", "continued", "current", "daily", "renewed"}:
                return Standing("ongoing")
    governed = _governed_noun(noun, book)
    return Standing("ongoing") if governed == Standing("happened") and _goes_on(noun, book.status) else governed


def _goes_on(noun: Token, signs: Signs) -> bool:
    """ "Fighting continues", "reports of clashes persist", "a siege still under way", "the town is under siege"."""
    after = [token.lower_ for token in noun.doc[noun.i + 1 : min(noun.i + 4, noun.sent.end)]]
    if "underway" in after or ("under" in after and "way" in after):
        return True
    if noun.dep_ == "pobj" and noun.head.lower_ == "under" and noun.head.head.lower_ in {"is", "are", "remains", "remain"}:
        return True
    while noun.dep_ in {"pobj", "conj", "prep"}:
        noun = noun.head
    governor = noun.head
    going = governor.lemma_.casefold() in signs["continues"] - {"go", "resume"} or _goes_by_phrase(governor)
    return noun.dep_ == "nsubj" and going and _verb_status(governor, signs).status in {"happened", "ongoing"}


def _goes_by_phrase(verb: Token) -> bool:
    """ "goes on", "is ongoing"."""
    words = {child.lower_ for child in verb.children}
    return (
        verb.lemma_ == "go"
        and verb.tag_ != "VBD"
        and "on" in words
        or verb.lemma_ == "be"
        and bool(words & {"ongoing", "underway"})
    )


def _governed_noun(noun: Token, book: EventBook) -> Standing:
    governor, relation = noun.head, noun.dep_
    if relation == "conj" and governor.pos_ in {"NOUN", "PROPN"}:
        return _governed_noun(governor, book)
    if relation == "pobj":
        preposition, governor = governor, governor.head
        if preposition.lower_ in {"without"}:
            return Standing("denied")
    lemma = governor.lemma_.casefold()
    if governor.pos_ in {"VERB", "AUX"} and relation in {"dobj", "nsubj", "nsubjpass", "pobj", "attr"}:
        own = status_of(governor, book) if relation != "pobj" else None
        if relation in {"dobj", "nsubjpass"}:
            if lemma in book.light["hypothetical"]:
                return Standing("hypothetical")
            if lemma in book.light["attempted"]:
                return Standing("attempted")
            if lemma in book.light["planned"]:
                return Standing("planned")
            if lemma in book.status["denials"]:
                return Standing("denied")
            if lemma in book.status["fears"]:
                return Standing("hypothetical")
            if (
                lemma in book.light["ongoing"]
                and own is not None
                and own.status == "happened"
                and governor.tag_ in {"VBZ", "VBP", "VBG"}
            ):
                return Standing("ongoing")
        if _is_warned_of(governor, book.status) and status_of(governor, book).status == "hypothetical":
            return Standing("hypothetical")
        tells = lemma in book.light["by_subject"] or (relation != "dobj" and lemma in book.light["occurs"])
        if own is not None and tells:
            return Standing(own.status)
    if lemma in book.status["fears"] and relation == "pobj":
        return Standing("hypothetical")
    if lemma in book.status["attempts"] and relation == "pobj":
        return Standing("attempted")
    if lemma in book.status["preparing"] and relation == "pobj":
        return Standing("planned")
    return Standing("happened")
