"""Whether a count was told before: the same number again, or the same person by name, by noun or as "he".

Two persons who share no name and no noun are two; a person after a larger count of the same event is part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.model.event import Measure
from dateline.model.reading import Quantity

DEFINITE = frozenset(["the", "this", "that", "these", "those", "his", "her", "their", "its", "said"])
ANYBODY = frozenset(["people", "person", "other", "victim", "individual", "body", "life", "casualty"])
REFLEXIVE = frozenset(["himself", "herself", "self"])  # who killed others and then himself is one more
POSSESSIVE = frozenset(["his", "her", "their", "its"])


@dataclass(frozen=True, slots=True)
class Counted:
    """A count taken into an event: what it was measured as, and where it stands."""

    quantity: Quantity
    measure: Measure


def told_before(doc: Doc, told: Sequence[Counted], new: Counted) -> bool:
    same = [old.quantity for old in told if old.measure == new.measure]
    if not new.quantity.unnumbered:
        return any(_same_number(doc, old, new.quantity) for old in same)
    if new.measure == "injured" and any(
        old.measure == "killed" and _same_person(doc, old.quantity, new.quantity) for old in told
    ):
        return True
    return any(_same_person(doc, old, new.quantity) for old in same)


def is_among_the_dead(doc: Doc, dead: Sequence[Quantity], quantity: Quantity) -> bool:
    """Wounded first and dead later in the same report: one person, killed."""
    if quantity.measure != "injured" or not quantity.unnumbered or quantity.low != 1:
        return False
    return any(_same_person(doc, one, quantity) for one in dead if one.unnumbered)


def is_part(doc: Doc, told: Sequence[Counted], new: Counted) -> bool:
    """One person after a count of several of the same event is one of them."""
    if not new.quantity.unnumbered or doc[new.quantity.head].lower_ in REFLEXIVE:
        return False
    return any(old.measure == new.measure and _several(old.quantity) and not old.quantity.unnumbered for old in told)


def _several(quantity: Quantity) -> bool:
    return (quantity.low or quantity.high or 0) >= 2


def _same_number(doc: Doc, old: Quantity, new: Quantity) -> bool:
    """One of this and one of that are two."""
    if old.low != new.low or old.high != new.high or _is_other_kind(doc, old, new):
        return False
    if (new.low or new.high or 0) != 1 or old.whom is None or new.whom is None:
        return True
    return doc[old.head].lemma_ == doc[new.head].lemma_


def _is_other_kind(doc: Doc, old: Quantity, new: Quantity) -> bool:
    """ "two policemen, along with two guards": other people, when one sentence tells of both by nouns that differ."""
    before, head = doc[old.head], doc[new.head]
    if old.whom is None or new.whom is None or before.sent.start != head.sent.start or _is_definite(head):
        return False
    return head.lemma_ != before.lemma_ and not {head.lemma_, before.lemma_} & ANYBODY


def _same_person(doc: Doc, old: Quantity, new: Quantity) -> bool:
    """`new` has no number: a name, "the man", "a man", "he"."""
    head, before = doc[new.head], doc[old.head]
    if head.lower_ in REFLEXIVE or before.lower_ in REFLEXIVE:
        return head.lower_ in REFLEXIVE and before.lower_ in REFLEXIVE
    if _several(old):
        return _is_pronoun(head) or _is_name(head) or (_is_definite(head) and not _several(new))
    if _is_pronoun(head) or _is_pronoun(before):
        return True
    if _is_name(head) and _is_name(before):
        return head.lower_ == before.lower_ or head.lower_ in _words(doc, before) or before.lower_ in _words(doc, head)
    if _is_name(head) or _is_name(before):
        return not _several(new)
    if head.lemma_.lower() == before.lemma_.lower():
        return True
    return _is_definite(head) and not any(child.lower_ in POSSESSIVE for child in head.lefts)


def refers_back(doc: Doc, quantity: Quantity) -> bool:
    """ "he", "the leader": somebody who was told of before."""
    return _is_pronoun(doc[quantity.head]) or _is_definite(doc[quantity.head])


def _words(doc: Doc, head: Token) -> frozenset[str]:
    return frozenset(t.lower_ for t in doc[head.left_edge.i : head.i + 1] if t.tag_ == "NNP" or t.pos_ == "PROPN")


def _is_pronoun(head: Token) -> bool:
    return head.tag_ == "PRP"


def _is_name(head: Token) -> bool:
    return head.tag_ == "NNP"


def _is_definite(head: Token) -> bool:
    return any(child.lower_ in DEFINITE for child in head.lefts if child.dep_ in ("det", "poss"))
