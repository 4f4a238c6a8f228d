"""Mentions of one actor inside a report get one chain: names by name, then nouns and pronouns from left to right.

A noun or pronoun looks back for the nearest fitting actor; when nothing fits it starts a chain of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from dateline.resolve.actors_page import Page
from dateline.resolve.actors_profile import BODY, MEN, Profile
from dateline.resolve.coreference_chains import NAMED, Chain, Tracker
from dateline.resolve.coreference_names import known_key, name_keys
from dateline.resolve.coreference_nouns import HOME_CLASSES, adds_nothing, meant_by_class, meant_by_role, same_noun
from dateline.resolve.coreference_pronouns import antecedent

PARTIES = frozenset(("rebel_group", "political_militia", "identity_militia", "organisation", "external_forces"))


def chains_of(profiles: Sequence[Profile], page: Page) -> list[Chain]:
    """Chains in the order of their first mention."""
    keys = name_keys(profiles, page)
    tracker = Tracker(page, {profile.mention.head: profile for profile in profiles}, keys)
    for profile in profiles:
        if profile.number in keys:
            _join_name(tracker, profile, keys[profile.number])
        elif profile.sort == "pronoun":
            _join(tracker, profile, antecedent(tracker, profile))
        else:
            _join_noun(tracker, profile)
    return tracker.in_order()


def _join(tracker: Tracker, profile: Profile, chain: Chain | None) -> None:
    if chain is None:
        tracker.start(profile)
    else:
        tracker.join(chain, profile)


def _join_name(tracker: Tracker, profile: Profile, key: tuple[str, ...]) -> None:
    """A name joins its namesakes; a noun that it is apposed to ("the group's leader, …") joins them too."""
    host = _described_by(tracker, profile)
    chain = tracker.by_name(key, profile)
    chain.roles.update(word for word in profile.words if word not in profile.core)
    if host is not None and host is not chain:
        tracker.merge(chain, host)


def _described_by(tracker: Tracker, profile: Profile) -> Chain | None:
    page = tracker.page
    if not (profile.sort == "person" or profile.by_name):
        return None
    before = bisect_left(page.starts, profile.mention.chars.start) - 1
    if page.dep[profile.mention.head] == "appos":
        host = tracker.by_head.get(page.head[profile.mention.head])
    elif page.dep[before] == page.dep[profile.mention.head] == "nsubj":
        host = tracker.by_head.get(before)  # "the militant group Hezbollah buried …", parsed as two subjects
    else:
        return None
    if host is None or host.sort != "nominal" or host.plural or not host.noun or host.cls in ("place", "quantity"):
        return None
    if (profile.sort == "person") != (host.noun.number in ("c", "p")):
        return None
    return tracker.chain_of.get(host.number)


def _join_noun(tracker: Tracker, profile: Profile) -> None:
    profile = _of_possessor(tracker, profile)
    if profile.known and profile.whole:
        tracker.by_name(known_key(profile, tracker.page), profile)
        return
    chain = _apposed(tracker, profile) or same_noun(tracker, profile)
    if chain is None and profile.known is None:
        chain = meant_by_role(tracker, profile) or meant_by_class(tracker, profile)
    if chain:
        tracker.join(chain, profile).roles.add(profile.head_word)
        return
    profile = _at_home(tracker, profile)
    if profile.known and profile.whole:
        tracker.by_name(known_key(profile, tracker.page), profile)
        return
    tracker.start(profile).roles.add(profile.head_word)


def _of_possessor(tracker: Tracker, profile: Profile) -> Profile:
    """'The group's fighters' are the group; 'its army' is the country's."""
    if profile.known or not profile.cls or not profile.noun:
        return profile
    page = tracker.page
    possessor = next((i for i in page.lefts[profile.mention.head] if page.dep[i] == "poss"), None)
    chain = tracker.chain_at(possessor)
    if chain is None:
        return profile
    owner = chain.known
    if owner is None:
        return replace(profile, country=profile.country or chain.country)
    if owner.kind in PARTIES and profile.cls in MEN & BODY:
        return replace(profile, known=owner, country=owner.country)
    pattern = page.book.classes[profile.cls].pattern
    if owner.kind == "government" and owner.country and pattern:
        known = page.book.by_pattern(pattern, owner.country)
        return replace(profile, known=known, country=owner.country, whole=profile.noun.generic)
    return replace(profile, owner=profile.owner or owner, country=profile.country or owner.country)


def _apposed(tracker: Tracker, profile: Profile) -> Chain | None:
    """'Mustafa Bali, a spokesman': the noun beside a name is the name's."""
    page = tracker.page
    if page.dep[profile.mention.head] != "appos":
        return None
    host = tracker.by_head.get(page.head[profile.mention.head])
    chain = tracker.chain_of.get(host.number) if host else None
    if chain is None or host is None or host.sort not in NAMED:
        return None
    if host.sort == "person":
        return chain if not profile.plural and profile.cls not in ("place", "group", "country") else None
    return chain if profile.noun and profile.noun.number == "g" and not profile.plural else None


def _at_home(tracker: Tracker, profile: Profile) -> Profile:
    """'The army' in a report about one country is that country's army."""
    if profile.cls not in HOME_CLASSES or profile.known or profile.country or profile.owner or profile.counted:
        return profile
    if profile.restricted:
        return profile
    if (
        not profile.noun
        or not (profile.definite or profile.plural or profile.noun.number == "g")
        or not adds_nothing(tracker, profile)
    ):
        return profile
    home = tracker.page.names.home
    pattern = tracker.page.book.classes[profile.cls].pattern
    if not home or not pattern:
        return profile
    return replace(profile, known=tracker.page.book.by_pattern(pattern, home), country=home, whole=profile.noun.generic)
