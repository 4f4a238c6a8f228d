"""The chains of one report while it is read: each mention is in one chain; the tracker is gone when the reading is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dateline.codebook.actors import KnownActor
from dateline.resolve.actors_page import Page
from dateline.resolve.actors_profile import Profile

NAMED = frozenset(("known", "name", "person", "country"))


@dataclass(slots=True, eq=False)
class Chain:
    """Mentions of one actor in order, and the words that described it ("commander", "president")."""

    profiles: list[Profile] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    named: Profile | None = None
    known: KnownActor | None = None
    country: str | None = None

    @property
    def leading(self) -> Profile:
        """The first mention by name, else the first of all."""
        return self.named or self.profiles[0]

    def add(self, profile: Profile) -> None:
        self.profiles.append(profile)
        if self.named is None and profile.sort in NAMED:
            self.named = profile
        self.known = self.known or profile.known
        self.country = self.country or profile.country


@dataclass(slots=True)
class Tracker:
    """`order`: the mentions placed so far; `by_key`: the chains of names; `by_word`: placed nouns by their head word."""

    page: Page
    by_head: Mapping[int, Profile]
    keys: Mapping[int, tuple[str, ...]]  # of names, by profile number
    order: list[Profile] = field(default_factory=list)
    by_key: dict[tuple[str, ...], Chain] = field(default_factory=dict)
    chain_of: dict[int, Chain] = field(default_factory=dict)  # by profile number
    by_word: dict[str, list[Profile]] = field(default_factory=dict)

    def start(self, profile: Profile) -> Chain:
        return self.join(Chain(), profile)

    def join(self, chain: Chain, profile: Profile) -> Chain:
        chain.add(profile)
        self.chain_of[profile.number] = chain
        self.order.append(profile)
        if not profile.by_name and profile.sort != "pronoun":
            self.by_word.setdefault(profile.head_word, []).append(profile)
        return chain

    def by_name(self, key: tuple[str, ...], profile: Profile) -> Chain:
        chain = self.by_key.setdefault(key, Chain())
        return self.join(chain, profile)

    def merge(self, chain: Chain, other: Chain) -> None:
        """The other's mentions become the chain's; a chain with a name of its own stays."""
        if any(p.sort in NAMED for p in other.profiles):
            return
        for profile in other.profiles:
            chain.add(profile)
        chain.profiles.sort(key=lambda profile: profile.number)
        chain.roles |= other.roles
        self.chain_of.update((p.number, chain) for p in other.profiles)

    def chain_at(self, token: int | None) -> Chain | None:
        profile = self.by_head.get(token) if token is not None else None
        return self.chain_of.get(profile.number) if profile else None

    def chain_of_name(self, token: int) -> Chain | None:
        """The chain at a token; of a name that comes later in the text, the chain that it will join."""
        profile = self.by_head.get(token)
        if profile is None or profile.number in self.chain_of:
            return self.chain_of[profile.number] if profile else None
        key = self.keys.get(profile.number)
        return self.by_key.setdefault(key, Chain()) if key else None

    def recent(self, profile: Profile, sentences: int) -> Iterator[tuple[Chain, Profile]]:
        """Chains mentioned in the last sentences, each with its last mention, nearest first."""
        seen: set[int] = set()
        for earlier in reversed(self.order):
            if profile.sentence - earlier.sentence > sentences:
                return
            chain = self.chain_of[earlier.number]
            if id(chain) not in seen:
                seen.add(id(chain))
                yield chain, earlier

    def in_order(self) -> list[Chain]:
        chains: dict[int, Chain] = {}
        for profile in self.order:
            chain = self.chain_of[profile.number]
            chains.setdefault(id(chain), chain)
        return list(chains.values())
