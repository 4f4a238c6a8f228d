"""What a pronoun may stand for: number, person or thing; first persons are left to whoever speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from dateline.codebook.actors import ActorBook
from dateline.resolve.actors_profile import Profile

RELATIVE = frozenset(("who", "whom", "which", "that", "whose"))
PERSON = frozenset(("he", "him", "his", "himself", "she", "her", "hers", "herself"))
SINGULAR = frozenset(("it", "its", "itself"))
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
POSSESSIVE = frozenset(("his", "her", "its", "their"))
PERSON_NUMBERS = frozenset(("c", "p"))


@dataclass(frozen=True, slots=True)
class Pronoun:
    relative: bool
    person: bool
    plural: bool
    possessive: bool


def pronoun_of(token: Token) -> Pronoun | None:
    """None for pronouns that point to nobody in the text: I, we, you, this, expletives."""
    word = token.lower_
    if word in RELATIVE:
        return Pronoun(True, False, False, word == "whose") if _in_relative_clause(token) else None
    if word in SINGULAR and _is_dummy(token):
        return None
    if word in PERSON | SINGULAR | PLURAL:
        return Pronoun(False, word in PERSON, word in PLURAL, word in POSSESSIVE and token.dep_ == "poss")
    return None


def _in_relative_clause(token: Token) -> bool:
    return token.head.dep_ == "relcl" or any(a.dep_ == "relcl" for a in token.head.ancestors)


def _is_dummy(token: Token) -> bool:
    """'It is clear that', 'it rained', 'it was announced that'."""
    verb = token.head
    if token.dep_ not in ("nsubj", "nsubjpass"):
        return False
    if token.dep_ == "nsubjpass" and any(child.dep_ in ("ccomp", "xcomp") for child in verb.rights):
        return True
    if verb.lemma_ not in ("be", "seem", "appear", "become", "remain"):
        return False
    return any(child.dep_ in ("ccomp", "xcomp", "advcl") for child in verb.rights)


def fits_pronoun(profiles: Sequence[Profile], pronoun: Pronoun, book: ActorBook) -> bool:
    """Agreement of the chain so far with the pronoun."""
    named = next((p for p in profiles if p.sort not in ("pronoun", "nominal")), profiles[0])
    if named.sort == "pronoun":
        return _is_same_shape(named, pronoun)
    if pronoun.person:
        return named.sort == "person" or (named.sort == "nominal" and not named.plural and _is_human(named))
    if named.sort == "person":
        return False
    if pronoun.plural:
        return _is_many(named)
    return named.sort == "place" or (not named.plural and not (_is_human(named) and named.sort == "nominal"))


def _is_same_shape(profile: Profile, pronoun: Pronoun) -> bool:
    word = profile.head_word
    return (word in PERSON) == pronoun.person and (word in PLURAL) == pronoun.plural


def _is_human(profile: Profile) -> bool:
    return bool(profile.noun and profile.noun.number in PERSON_NUMBERS)


def _is_many(profile: Profile) -> bool:
    """Plurals, and groups of people, which English lets be plural."""
    if profile.mention.form == "implied":
        return False
    if profile.sort in ("known", "people"):
        return True
    if profile.plural:
        return profile.cls not in ("place", "gear", "country")
    return bool(profile.noun and profile.noun.number == "g" and profile.cls not in ("country",)) or profile.sort == "name"
