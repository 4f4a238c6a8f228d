"""How a place name hangs in its sentence: which word brings it, and by which preposition. Read off the parse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Span, Token

from dateline.codebook.places import PlaceWords

Hang = Literal["in", "from", "to", "of", "party", "subject", "object", "modifier", "apposition", "other"]
CLIMBED = frozenset({"conj", "appos", "nmod", "npadvmod"})
QUALIFIES = frozenset({"compound", "amod", "nmod", "poss", "npadvmod"})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "parataxis", "csubj", "pcomp"})


@dataclass(frozen=True, slots=True)
class Hold:
    """`anchor` is the word that the place is said of; `hang` how; `through` a noun like "outskirts" or "airport" between."""

    anchor: Token
    hang: Hang
    through: bool = False


def hold_of(span: Span, words: PlaceWords) -> Hold:
    """`bombed areas in the outskirts of Homs`: "areas" holds Homs, by "in"; "Homs airport" is through "airport" as it stands."""
    head = span.root
    through = head.lower_ in words.facilities and head.i > span.start
    for _ in range(8):
        if head.dep_ in CLIMBED and head.head.i != head.i and (head.dep_ != "npadvmod" or head.head.ent_type_):
            head = head.head
        elif head.dep_ in QUALIFIES and head.head.lower_ in words.place_nouns:
            head, through = head.head, True
        elif head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ in words.place_nouns:
            head, through = head.head.head, True
        else:
            break
    return _held(head, through, words)


def _held(head: Token, through: bool, words: PlaceWords) -> Hold:
    if head.dep_ in QUALIFIES:
        return Hold(head.head, "modifier", through)
    if head.dep_ in ("pobj", "pcomp"):
        preposition = head.head
        anchor = preposition.head
        if preposition.dep_ == "prep" and anchor.dep_ == "prep":
            anchor = anchor.head
        return Hold(anchor, _kind(preposition, words), through)
    if head.dep_ in ("nsubj", "nsubjpass"):
        return Hold(head.head, "subject", through)
    if head.dep_ in ("dobj", "dative", "attr", "oprd"):
        return Hold(head.head, "object", through)
    return Hold(head.head, "other", through)


def _kind(preposition: Token, words: PlaceWords) -> Hang:
    return BROUGHT.get(words.preposition.get(preposition.lower_, ""), "other")


BROUGHT: dict[str, Hang] = {"in": "in", "from": "from", "to": "to", "of": "of", "party": "party"}


@dataclass(frozen=True, slots=True)
class Path:
    """From the trigger to the word that holds the place: arcs up from the trigger, arcs down, clause borders crossed."""

    up: int
    down: int
    clauses: int

    @property
    def steps(self) -> int:
        return self.up + self.down


def path_between(trigger: Token, anchor: Token) -> Path | None:
    """None when the two are in different sentences of the parse."""
    ups = {trigger.i: (0, 0)}
    clauses = 0
    for n, (child, token) in enumerate(_climb(trigger), start=1):
        clauses += child.dep_ in CLAUSES or (child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"))
        ups[token.i] = (n, clauses)
    down_clauses = 0
    node, n = anchor, 0
    while node.i not in ups:
        if node.head.i == node.i:
            return None
        down_clauses += node.dep_ in CLAUSES or (node.dep_ == "conj" and node.pos_ in ("VERB", "AUX"))
        node, n = node.head, n + 1
    up, crossed = ups[node.i]
    return Path(up, n, crossed + down_clauses)


def _climb(token: Token) -> list[tuple[Token, Token]]:
    out: list[tuple[Token, Token]] = []
    while token.head.i != token.i and len(out) < 40:
        out.append((token, token.head))
        token = token.head
    return out
