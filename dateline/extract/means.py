"""With what it was done: the weapon that the trigger, its modifiers or its arguments name.

The order is from the nearest to the farthest: a weapon inside the trigger ("threw a grenade"), before it ("grenade
attack"), as its instrument ("with rifles", "using a drone"), and last one that does it or suffers it ("an IED went off").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from dateline.codebook.events import EventBook
from dateline.extract.syntax import Arguments, prepositions, verb_arguments
from dateline.model.event import GROUP_OF, EventType

WEAPONS = ("munitions", "chemical", "explosive", "artillery")
WITH_BLADES = (*WEAPONS, "blade", "aircraft")
# Words of those classes that name people or too much.
NO_WEAPON = frozenset(
    {"bomber", "suicide-bomber", "blast", "explosion", "roadside", "improvised", "cache", "arm", "arms", "round"}
)
INSTRUMENTS = ("with", "by", "of", "from", "in")
ARMED_TYPES = frozenset({"crackdown", "riot", "property_destruction", "abuse"})


def weapon_of(kind: EventType, tokens: Iterable[Token], args: Arguments, book: EventBook) -> Token | None:
    """The noun of the weapon; None when no weapon is named or the type is none that is done with weapons."""
    if GROUP_OF[kind] != "violence" and kind not in ARMED_TYPES:
        return None
    for token, classes in _in_reach(tuple(tokens), args):
        if _is_weapon(token, classes, book):
            return token
    return None


def _in_reach(trigger: tuple[Token, ...], args: Arguments) -> Iterator[tuple[Token, tuple[str, ...]]]:
    nouns = [token for token in trigger if token.pos_ in {"NOUN", "PROPN"}]
    yield from ((token, WEAPONS) for token in reversed(nouns))
    for token in trigger:
        yield from ((child, WEAPONS) for child in token.children if child.dep_ in {"compound", "amod", "nmod"})
    for word in INSTRUMENTS:
        for token in args.pp.get(word, ()):
            yield token, WITH_BLADES if word == "with" else WEAPONS
    for token in trigger:
        for clause in token.children:
            if clause.lower_ in {"using", "with"} and clause.dep_ in {"advcl", "acl", "prep"}:
                yield from ((child, WITH_BLADES) for child in clause.children if child.dep_ in {"dobj", "pobj"})
    yield from ((token, WEAPONS) for token in (*args.subj, *args.obj))


def makers_of(weapon: Token, book: EventBook) -> tuple[Token, ...]:
    """Who wields a weapon that is told as the doer: "Russian missiles", "shells of the army", "a rocket fired by rebels"."""
    if not _is_weapon(weapon, WEAPONS, book):
        return ()
    owners = [child for child in weapon.children if child.dep_ in {"poss", "compound", "amod", "nmod"}]
    clauses = [child for child in weapon.children if child.dep_ in {"acl", "relcl"} and child.tag_ in {"VBN", "VBD"}]
    fired = [doer for clause in clauses for doer in verb_arguments(clause).pp.get("by", ())]
    return (*owners, *prepositions(weapon).get("of", ()), *fired)


def _is_weapon(token: Token, classes: tuple[str, ...], book: EventBook) -> bool:
    lemma = token.lemma_.casefold()
    if lemma in NO_WEAPON or lemma in book.classes["armed"] or token.pos_ not in {"NOUN", "PROPN", "ADJ"}:
        return False
    return any(lemma in book.classes[name] or token.lower_ in book.classes[name] for name in classes)
