"""Names that are one name: the known actor's id, a person's surname and full name, an acronym and what it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.model.reading import Reading
from dateline.resolve.actors_profile import Profile

Key = tuple[str, ...]
SMALL = frozenset(("of", "the", "and", "for", "in", "de", "la", "al", "s"))


def name_keys(profiles: Sequence[Profile], reading: Reading) -> Mapping[int, Key]:
    """Profile number → key that mentions of the same named actor share."""
    keys: dict[int, Key] = {}
    persons: list[Profile] = []
    unknown: list[Profile] = []
    for profile in profiles:
        if profile.known:
            keys[profile.number] = ("actor", profile.known.id)
        elif profile.sort == "person":
            persons.append(profile)
        elif profile.sort == "people":
            keys[profile.number] = ("people", profile.country or profile.head_word)
        elif profile.sort == "place":
            keys[profile.number] = ("place", *profile.words)
        elif profile.sort == "name":
            unknown.append(profile)
    keys.update(_person_keys(persons))
    keys.update(_unknown_keys(unknown, reading, {p.mention.head: keys[p.number] for p in profiles if p.number in keys}))
    return keys


def _person_keys(persons: Sequence[Profile]) -> Mapping[int, Key]:
    """A shorter name is the nearest fuller one whose words it is part of; nearest before, else nearest after."""
    full = [p for p in persons if len(p.core) > 1]
    keys: dict[int, Key] = {}
    longest: dict[Key, Key] = {}
    for profile in sorted(full, key=lambda p: -len(p.core)):
        fuller = next((known for known in longest if _shortens(profile.core, known)), None)
        longest[profile.core] = longest[fuller] if fuller else profile.core
    for profile in persons:
        if len(profile.core) > 1:
            keys[profile.number] = ("person", *longest[profile.core])
            continue
        bearers = [p for p in full if _shortens(profile.core, p.core)]
        before = [p for p in bearers if p.number < profile.number]
        nearest = before[-1] if before else bearers[0] if bearers else None
        keys[profile.number] = ("person", *(longest[nearest.core] if nearest else profile.core))
    return keys


def _shortens(short: Key, full: Key) -> bool:
    """'Erdogan', 'Tayyip Erdogan' of 'Recep Tayyip Erdogan': the same last word and no word of its own."""
    return len(short) < len(full) and short[-1] == full[-1] and set(short) <= set(full)


def _unknown_keys(unknown: Sequence[Profile], reading: Reading, known: Mapping[int, Key]) -> Mapping[int, Key]:
    """Unknown names by their words; a bracketed acronym or initials lead to the words that they stand for."""
    keys: dict[int, Key] = {}
    initials: dict[str, Key] = {}
    for profile in unknown:
        words = tuple(w for w in profile.core if w != "the")
        if len(words) > 1:
            initials.setdefault("".join(w[0] for w in words if w not in SMALL), ("name", *words))
    for profile in unknown:
        token = reading.doc[profile.mention.head]
        if token.dep_ == "appos" and token.text.isupper() and token.head.i in known:
            keys[profile.number] = known[token.head.i]
        elif len(profile.core) == 1 and token.text.isupper() and profile.core[0] in initials:
            keys[profile.number] = initials[profile.core[0]]
        else:
            keys[profile.number] = ("name", *(w for w in profile.core if w != "the"))
    return keys
