"""Mentions of one actor inside a report get one number: names by name, then nouns and pronouns from left to right.

A noun or pronoun looks back for the nearest fitting actor; when nothing fits it starts an actor of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dateline.codebook.actors import ActorBook
from dateline.model.reading import Reading
from dateline.resolve.actors_names import Names
from dateline.resolve.actors_profile import Profile
from dateline.resolve.coreference_names import name_keys
from dateline.resolve.coreference_pronouns import Pronoun, fits_pronoun, pronoun_of

REBELLIOUS = frozenset(("rebel_group", "political_militia", "identity_militia"))
NAMED = frozenset(("known", "name", "person", "country"))
GROUP_CLASSES = frozenset(("group", "party", "organisation", "rebels", "militia", "attackers", "coalition"))
# Which earlier classes and kinds a definite noun of a class may mean.
FITTING: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "group": (frozenset(("group", "rebels", "militia", "party", "organisation")), REBELLIOUS | {"organisation"}),
    "party": (frozenset(("party", "group")), REBELLIOUS | {"organisation"}),
    "organisation": (frozenset(("organisation", "group")), frozenset(("organisation", "media"))),
    "rebels": (frozenset(("rebels", "militia", "attackers")), REBELLIOUS),
    "militia": (frozenset(("militia", "rebels")), REBELLIOUS),
    "attackers": (frozenset(("attackers", "rebels", "militia")), REBELLIOUS),
    "forces": (frozenset(("forces",)), frozenset(("state_forces",))),
    "police": (frozenset(("police",)), frozenset()),
    "government": (frozenset(("government", "officials")), frozenset(("government",))),
    "coalition": (frozenset(("coalition",)), frozenset(("external_forces",))),
    "peacekeepers": (frozenset(("peacekeepers",)), frozenset(("external_forces",))),
    "protesters": (frozenset(("protesters", "activists", "rioters")), frozenset()),
    "rioters": (frozenset(("rioters", "protesters")), frozenset()),
    "media": (frozenset(("media",)), frozenset(("media",))),
}
HOME_CLASSES = frozenset(("forces", "police", "government"))
UNLIKE = frozenset(
    ("other", "others", "another", "more", "additional", "new", "rival", "different", "some", "several", "many", "few")
)
NEAR = 6  # sentences that a noun looks back


@dataclass(slots=True)
class Chain:
    """Mentions known to be one actor so far, in order; what they have said of it."""

    number: int
    profiles: list[Profile] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)

    @property
    def last(self) -> Profile:
        return self.profiles[-1]

    def leading(self) -> Profile:
        return next((p for p in self.profiles if p.sort in NAMED), self.profiles[0])


@dataclass(slots=True)
class _Tracker:
    """The chains of one report while it is read; gone when it is done."""

    reading: Reading
    book: ActorBook
    names: Names
    chains: list[Chain] = field(default_factory=list)
    by_key: dict[tuple[str, ...], Chain] = field(default_factory=dict)
    chain_of: dict[int, Chain] = field(default_factory=dict)  # by profile number
    by_head: dict[int, Profile] = field(default_factory=dict)

    def start(self, profile: Profile) -> Chain:
        chain = Chain(len(self.chains))
        self.chains.append(chain)
        return self.join(chain, profile)

    def join(self, chain: Chain, profile: Profile) -> Chain:
        chain.profiles.append(profile)
        self.chain_of[profile.number] = chain
        return chain

    def by_name(self, key: tuple[str, ...], profile: Profile) -> Chain:
        chain = self.by_key.get(key)
        if chain is None:
            self.by_key[key] = chain = self.start(profile)
            return chain
        return self.join(chain, profile)

    def recent(self, profile: Profile, sentences: int) -> Iterator[tuple[Chain, Profile]]:
        """Each chain with its last mention before this one, nearest first."""
        ordered = sorted(
            ((chain, chain.last) for chain in self.chains if profile.sentence - chain.last.sentence <= sentences),
            key=lambda pair: -pair[1].mention.head,
        )
        yield from ordered


def chains_of(profiles: Sequence[Profile], reading: Reading, names: Names, book: ActorBook) -> list[Chain]:
    tracker = _Tracker(reading, book, names)
    tracker.by_head.update((profile.mention.head, profile) for profile in profiles)
    keys = name_keys(profiles, reading)
    for profile in profiles:
        key = keys.get(profile.number)
        if key:
            chain = tracker.by_name(key, profile)
            chain.roles.update(set(profile.words) - set(profile.core))
        elif profile.sort == "pronoun":
            _place_pronoun(tracker, profile)
        else:
            _place_noun(tracker, profile)
    return tracker.chains


def _place_noun(tracker: _Tracker, profile: Profile) -> None:
    chain = _apposed(tracker, profile) or _same_noun(tracker, profile) or _meant_by_class(tracker, profile)
    if chain:
        tracker.join(chain, profile)
        chain.roles.add(profile.head_word)
        return
    home = _home_actor(tracker, profile)
    if home:
        tracker.by_name(("actor", home), profile)
        return
    tracker.start(profile).roles.add(profile.head_word)


def _apposed(tracker: _Tracker, profile: Profile) -> Chain | None:
    """'Mustafa Bali, a spokesman': the noun beside a name is the name's."""
    token = tracker.reading.doc[profile.mention.head]
    if token.dep_ != "appos":
        return None
    host = tracker.by_head.get(token.head.i)
    chain = tracker.chain_of.get(host.number) if host else None
    if chain and host and host.sort in NAMED and (profile.plural == host.plural or host.sort != "person"):
        return chain
    return None


def _same_noun(tracker: _Tracker, profile: Profile) -> Chain | None:
    """The same head again, saying nothing new: 'government troops' … 'the troops'."""
    if not (profile.definite or profile.plural or (profile.noun and profile.noun.number == "g")):
        return None
    own = set(profile.words) - {profile.head_word}
    if own & UNLIKE or profile.sort == "place":
        return None
    for chain, _ in tracker.recent(profile, 40):
        for earlier in chain.profiles:
            if earlier.head_word != profile.head_word or earlier.sort == "pronoun":
                continue
            theirs = set(earlier.words)
            if own <= theirs and (profile.counted is None or profile.counted == earlier.counted) and not theirs & UNLIKE:
                if profile.definite or earlier.counted is None:
                    return chain
    return None


def _meant_by_class(tracker: _Tracker, profile: Profile) -> Chain | None:
    if not profile.cls or not profile.noun or not (profile.definite or profile.cls in HOME_CLASSES):
        return None
    if profile.cls in ("office", "role"):
        return _meant_by_role(tracker, profile)
    if profile.cls == "country":
        return _nearest(tracker, profile, lambda chain: chain.leading().sort == "country" and not profile.plural)
    if profile.cls not in FITTING or not _adds_nothing(tracker, profile):
        return None
    classes, kinds = FITTING[profile.cls]

    def fits(chain: Chain) -> bool:
        leading = chain.leading()
        if leading.sort in ("person", "country", "place", "people"):
            return False
        if profile.country and leading.country and profile.country != leading.country:
            return False
        if leading.known:
            police = leading.known.id.startswith("pol-")
            return police if profile.cls == "police" else leading.known.kind in kinds and not police
        return leading.cls in classes and profile.counted is None

    return _nearest(tracker, profile, fits)


def _meant_by_role(tracker: _Tracker, profile: Profile) -> Chain | None:
    for chain, _ in tracker.recent(profile, 40):
        if chain.leading().sort == "person" and profile.head_word in chain.roles and not profile.plural:
            return chain
    return None


def _adds_nothing(tracker: _Tracker, profile: Profile) -> bool:
    """No modifier that could set it apart from what was named before: only deciding nouns and the country."""
    for word in profile.words:
        if word == profile.head_word:
            continue
        noun = tracker.book.nouns.get(word)
        if not (noun and (noun.decides or noun.cls == profile.cls)) and word not in ("militant", "armed", "security"):
            return False
    return True


def _nearest(tracker: _Tracker, profile: Profile, fits: object) -> Chain | None:
    assert callable(fits)
    best: tuple[float, Chain] | None = None
    for chain, last in tracker.recent(profile, NEAR):
        if not fits(chain):
            continue
        score = -float(profile.sentence - last.sentence)
        score += 0.7 if last.subject else 0.0
        score += 0.5 if chain.leading().sort in NAMED else 0.0
        score += min(len(chain.profiles), 4) * 0.15
        if best is None or score > best[0]:
            best = score, chain
    return best[1] if best else None


def _home_actor(tracker: _Tracker, profile: Profile) -> str | None:
    """'The army' in a report about one country is that country's army."""
    if profile.cls not in HOME_CLASSES or profile.country or profile.owner or profile.counted:
        return None
    if not (profile.definite or profile.plural or (profile.noun and profile.noun.number == "g")) or not _adds_nothing(
        tracker, profile
    ):
        return None
    pattern = tracker.book.classes[profile.cls].pattern
    if not tracker.names.home or not pattern:
        return None
    actor = tracker.book.by_pattern(pattern, tracker.names.home)
    return actor.id if actor else None


def _place_pronoun(tracker: _Tracker, profile: Profile) -> None:
    token = tracker.reading.doc[profile.mention.head]
    pronoun = pronoun_of(token)
    if pronoun is None:
        tracker.start(profile)
        return
    if pronoun.relative:
        host = tracker.by_head.get(token.head.head.i if token.head.dep_ == "relcl" else -1)
        if host is None:
            host = next((tracker.by_head[a.i] for a in token.ancestors if a.dep_ != "relcl" and a.i in tracker.by_head), None)
        chain = tracker.chain_of.get(host.number) if host else None
    else:
        chain = _antecedent(tracker, profile, pronoun)
    if chain:
        tracker.join(chain, profile)
    else:
        tracker.start(profile)


def _antecedent(tracker: _Tracker, profile: Profile, pronoun: Pronoun) -> Chain | None:
    token = tracker.reading.doc[profile.mention.head]
    best: tuple[float, Chain] | None = None
    for chain, last in tracker.recent(profile, 3):
        if not fits_pronoun(chain.profiles, pronoun, tracker.book):
            continue
        before = tracker.reading.doc[last.mention.head]
        if last.mention.chars.end > token.idx or (not pronoun.possessive and before.head == token.head and before.dep_ != "poss"):
            continue
        score = -1.2 * (profile.sentence - last.sentence)
        score += 0.8 if last.subject else 0.0
        score += 0.4 if last.subject and profile.subject else 0.0
        score += 0.5 if chain.leading().sort in NAMED else 0.0
        score += min(len(chain.profiles), 4) * 0.15
        score -= 0.02 * min(token.i - last.mention.head, 40)
        if best is None or score > best[0]:
            best = score, chain
    return best[1] if best else None
