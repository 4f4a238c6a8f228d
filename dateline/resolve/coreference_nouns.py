"""Whom a noun means: the same noun again, a person by role ("the commander"), an actor by class ("the militants")."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.resolve.actors_profile import Profile
from dateline.resolve.coreference_chains import NAMED, Chain, Tracker

REBELLIOUS = frozenset(("rebel_group", "political_militia", "identity_militia"))
# Which earlier classes and which kinds of known actors a definite noun of a class may mean.
FITTING: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "group": (frozenset(("group", "rebels", "militia", "party", "organisation")), REBELLIOUS | {"organisation"}),
    "party": (frozenset(("party", "group")), REBELLIOUS | {"organisation"}),
    "organisation": (frozenset(("organisation", "group")), frozenset(("organisation", "media"))),
    "rebels": (frozenset(("rebels", "militia", "attackers")), REBELLIOUS),
    "militia": (frozenset(("militia", "rebels")), REBELLIOUS),
    "attackers": (frozenset(("attackers", "rebels", "militia")), REBELLIOUS),
    "forces": (frozenset(("forces",)), frozenset(("state_forces",))),
    "police": (frozenset(("police",)), frozenset()),
    "government": (frozenset(("government",)), frozenset(("government",))),
    "coalition": (frozenset(("coalition",)), frozenset(("external_forces",))),
    "peacekeepers": (frozenset(("peacekeepers",)), frozenset(("external_forces",))),
    "protesters": (frozenset(("protesters", "activists", "rioters")), frozenset()),
    "rioters": (frozenset(("rioters", "protesters")), frozenset()),
    "media": (frozenset(("media",)), frozenset(("media",))),
}
HOME_CLASSES = frozenset(("forces", "police", "government"))
UNLIKE = frozenset(
    ("other", "others", "another", "more", "additional", "new", "rival", "different", "second", "separate", "further")
)
SMALL = frozenset(("the", "a", "an", "of", "and", "s", "his", "her", "their", "its", "our", "some", "many", "several"))
NEAR = 6  # sentences that a class looks back
FAR = 40  # sentences that the same noun or role looks back


def same_noun(tracker: Tracker, profile: Profile) -> Chain | None:
    """The same head again, saying nothing new: 'government troops' … 'the troops'. The one least described wins."""
    if profile.sort == "place" or not profile.noun or not _may_point_back(profile):
        return None
    own = {word for word in profile.words if word not in SMALL} - {profile.head_word}
    if own & UNLIKE:
        return None
    best: tuple[int, Chain] | None = None
    for earlier in reversed(tracker.by_word.get(profile.head_word, ())):
        if profile.sentence - earlier.sentence > FAR:
            break
        theirs = {word for word in earlier.words if word not in SMALL} - {profile.head_word}
        if not own <= theirs or theirs & UNLIKE or not _counts_agree(profile, earlier) or _foreign(tracker, profile, earlier):
            continue
        if not profile.definite and (profile.restricted or len(theirs - own) > 2 or (earlier.known and not profile.known)):
            continue
        if best is None or len(theirs - own) < best[0]:
            best = len(theirs - own), tracker.chain_of[earlier.number]
    return best[1] if best else None


def _foreign(tracker: Tracker, profile: Profile, earlier: Profile) -> bool:
    """'The army' in a report about one country is not another's, unless that was named just before."""
    home = tracker.page.names.home
    if profile.cls not in HOME_CLASSES or profile.country or not home or earlier.country in (None, home):
        return False
    return profile.sentence - earlier.sentence > 1 or not earlier.subject


def _may_point_back(profile: Profile) -> bool:
    return (
        profile.definite
        or profile.plural
        or (profile.noun is not None and profile.noun.number == "g" and profile.cls != "quantity")
    )


def _counts_agree(profile: Profile, earlier: Profile) -> bool:
    if profile.plural != earlier.plural:
        return False
    if profile.definite:
        return profile.counted in (None, earlier.counted)
    return profile.counted is None and earlier.counted is None


def meant_by_role(tracker: Tracker, profile: Profile) -> Chain | None:
    """'The commander', 'the president' is the last person described so."""
    if profile.plural or not profile.definite or not profile.noun or profile.noun.number not in ("c", "p"):
        return None
    said = {word for word in profile.words if word not in SMALL}
    for chain, _ in tracker.recent(profile, FAR):
        if chain.leading.sort == "person" and said <= chain.roles:
            return chain
    return None


def meant_by_class(tracker: Tracker, profile: Profile) -> Chain | None:
    """'The militants', 'the army', 'the country': the nearest actor of the kind, subjects and names first."""
    if not profile.cls or not profile.definite or profile.owner or profile.restricted:
        return None
    best: tuple[float, Chain] | None = None
    for chain, last in tracker.recent(profile, NEAR):
        if not _fits(tracker, profile, chain):
            continue
        if _foreign(tracker, profile, last):
            continue
        score = float(last.sentence - profile.sentence)
        score += 0.7 if last.subject else 0.0
        score += 0.5 if chain.leading.sort in NAMED else 0.0
        score += min(len(chain.profiles), 4) * 0.15
        if chain.country and chain.country == tracker.page.names.home:
            score += 1.5 if profile.cls in HOME_CLASSES else 0.0
        if best is None or score > best[0]:
            best = score, chain
    return best[1] if best else None


def _fits(tracker: Tracker, profile: Profile, chain: Chain) -> bool:
    leading = chain.leading
    if profile.cls == "country":
        return leading.sort == "country" and not profile.plural
    if profile.noun and profile.noun.number in ("c", "p") and not profile.plural:
        return False
    if profile.cls is None or profile.cls not in FITTING or leading.sort in ("person", "country", "place", "people", "pronoun"):
        return False
    if profile.noun and profile.noun.number == "g" and leading.noun and leading.noun.number in ("c", "p") and not leading.plural:
        return False
    if not adds_nothing(tracker, profile) or (profile.country and chain.country and profile.country != chain.country):
        return False
    if profile.counted or (profile.noun and profile.noun.number == "g" and profile.plural and profile.cls not in ("forces",)):
        return False
    classes, kinds = FITTING[profile.cls]
    known = chain.known
    if known:
        police = known.id.startswith("pol-")
        return police if profile.cls == "police" else known.kind in kinds and not police
    return leading.cls in classes and leading.counted is None


def adds_nothing(tracker: Tracker, profile: Profile) -> bool:
    """No modifier that could set it apart from what was named before: only words that go with the class."""
    book = tracker.page.book
    own = profile.noun.noun.split() if profile.noun else ()
    for word in profile.words:
        if word == profile.head_word or word in own or word in book.plain_modifiers:
            continue
        noun = book.nouns.get(word)
        if not (noun and (noun.decides or noun.cls == profile.cls)):
            return False
    return True
