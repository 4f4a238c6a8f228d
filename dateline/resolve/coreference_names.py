"""Names that are one name: the known actor's id, a person's surname and full name, an acronym and what it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.model.reading import Chars
from dateline.resolve.actors_page import Page
from dateline.resolve.actors_profile import Profile

Key = tuple[str, ...]
SMALL = frozenset(("of", "the", "and", "for", "in", "de", "la", "al", "s"))


def name_keys(profiles: Sequence[Profile], page: Page) -> Mapping[int, Key]:
    """Profile number → key that mentions of the same named actor share."""
    keys: dict[int, Key] = {}
    persons: list[Profile] = []
    unknown: list[Profile] = []
    surnames = {profile.core[-1:] for profile in profiles if profile.sort == "person"}
    for profile in profiles:
        if profile.known and profile.whole:
            keys[profile.number] = known_key(profile, page)
        elif profile.sort == "person" or (profile.sort == "name" and profile.core[-1:] in surnames):
            persons.append(profile)
        elif profile.sort == "people":
            keys[profile.number] = ("people", profile.country or profile.head_word)
        elif profile.sort == "place":
            keys[profile.number] = ("place", *profile.words)
        elif profile.sort == "name":
            unknown.append(profile)
    keys.update(_person_keys(persons))
    keys.update(_unknown_keys(unknown, page, {p.mention.head: keys[p.number] for p in profiles if p.number in keys}))
    return keys


def known_key(profile: Profile, page: Page) -> Key:
    """An organ of a state ("the Kremlin", "the Syrian government") has a chain of its own beside the country's."""
    assert profile.known is not None
    named = page.named_at(profile.mention.head) if profile.by_name else None
    if named and named.senses == {"actor"} and profile.known.by_pattern:
        return ("organ", profile.known.id, *page.words(Chars(named.start, named.end)))
    if profile.cls == "government":
        return ("government", profile.known.id)
    return ("actor", profile.known.id)


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
    """'Erdogan', 'Tayyip Erdogan' of 'Recep Tayyip Erdogan'; 'Yingluck' of 'Yingluck Shinawatra': no word of its own."""
    if len(short) >= len(full) or not set(short) <= set(full):
        return False
    return short[-1] == full[-1] or (len(short) == 1 and short[0] == full[0])


def _unknown_keys(unknown: Sequence[Profile], page: Page, known: Mapping[int, Key]) -> Mapping[int, Key]:
    """Unknown names by their words; a bracketed acronym or initials lead to the words that they stand for."""
    keys: dict[int, Key] = {}
    initials: dict[str, Key] = {}
    for profile in unknown:
        words = tuple(w for w in profile.core if w != "the")
        if len(words) > 1:
            initials.setdefault("".join(w[0] for w in words if w not in SMALL), ("name", *words))
    for profile in unknown:
        token = profile.mention.head
        upper = page.tokens[token].isupper()
        if page.dep[token] == "appos" and upper and page.head[token] in known:
            keys[profile.number] = known[page.head[token]]
        elif len(profile.core) == 1 and upper and profile.core[0] in initials:
            keys[profile.number] = initials[profile.core[0]]
        else:
            keys[profile.number] = ("name", *(w for w in profile.core if w != "the"))
    return keys
