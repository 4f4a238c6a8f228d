"""Who the mentions mean: every mention belongs to one entity, and an entity that is a known actor carries its id.

A name is given as the report gives it at its fullest; the known actor's usual name stands in for an acronym and where it
shares half its words, so that a reader of the report knows the actor again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.codebook.actors import ActorBook, KnownActor
from dateline.codebook.actors_fold import folded, words_of
from dateline.model.actor import Actor, ActorKind
from dateline.model.reading import Entity, Mention, PlaceMention, Reading
from dateline.resolve.actors_names import find_names
from dateline.resolve.actors_page import Page, page_of
from dateline.resolve.actors_profile import Profile, profiles_of
from dateline.resolve.coreference import chains_of
from dateline.resolve.coreference_chains import Chain

IMPLIED_CLASSES = frozenset(("forces", "police", "rebels", "militia", "government", "coalition", "protesters", "peacekeepers"))
ADJECTIVES = frozenset(("military", "paramilitary", "terrorist", "radical", "islamist", "extremist"))
RANK = {"known": 5, "person": 5, "name": 4, "country": 4, "people": 3, "nominal": 2, "place": 2, "pronoun": 0}
AGAINST = ("anti-", "Anti-", "pro-", "Pro-", "non-")
LONGEST_NAME = 9
# "Its troops": words that say whose, not who.
OWNED = frozenset((word,) for word in ("its", "their", "his", "her", "our", "your", "my"))
SMALL = frozenset(("of", "the", "and", "for"))


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of one report: `mentions` in order of their heads, each with the number of its entity."""

    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]


def resolve_actors(reading: Reading, mentions: Sequence[Mention], places: Sequence[PlaceMention], actors: ActorBook) -> Cast:
    """Implied mentions that name nobody are dropped; all others are kept, known or not."""
    names = find_names(reading.report.text, actors, reading.report.published)
    page = page_of(reading, names, places, actors)
    profiles = tuple(p for p in profiles_of(page, mentions) if p.mention.form != "implied" or _means_somebody(p, page))
    chains = chains_of(profiles, page)
    entities = tuple(_entity(chain, number, page) for number, chain in enumerate(chains))
    numbered = {p.number: number for number, chain in enumerate(chains) for p in chain.profiles}
    return Cast(tuple(Mention(p.mention.chars, p.mention.head, p.mention.form, numbered[p.number]) for p in profiles), entities)


def mention_actor(mention: Mention, cast: Cast, reading: Reading) -> Actor:
    """The record's actor for a mention: its entity's name, the words as they stand here."""
    entity = cast.entities[mention.entity]
    span = reading.report.span(mention.chars.start, mention.chars.end)
    return Actor(name=entity.name, id=entity.id, kind=entity.kind, country=entity.country, span=span)


def _means_somebody(profile: Profile, page: Page) -> bool:
    if _is_against(profile.mention, page):
        return False
    if profile.sort in ("known", "country", "person", "people", "name"):
        return True
    return profile.cls in IMPLIED_CLASSES and profile.head_word not in ADJECTIVES


def _is_against(mention: Mention, page: Page) -> bool:
    """'anti-Saudi', 'pro-Russian': the name is not the actor's."""
    return page.text.endswith(AGAINST, max(mention.chars.start - 5, 0), mention.chars.start)


def _entity(chain: Chain, number: int, page: Page) -> Entity:
    known = chain.known
    best = _best(chain, known, page)
    owner = next((p.owner for p in chain.profiles if p.owner), None)
    is_person = best.sort == "person"
    return Entity(
        number=number,
        name=_name(chain, best, known, page),
        id=known.id if known else None,
        kind=_kind(best, known, owner, chain, page.book),
        country=known.country if known else chain.country,
        best=best.mention.chars,
        is_person=is_person,
        affiliation=owner.name if owner else _office_of(chain, page.book) if is_person else None,
    )


def _best(chain: Chain, known: KnownActor | None, page: Page) -> Profile:
    """The mention that names the actor best: a country by its commonest name, others by their fullest. "Its troops" names
    nobody while another mention does."""
    profiles = [p for p in chain.profiles if p.words[:1] not in OWNED] or chain.profiles
    if known and known.by_pattern:
        countries = [p for p in profiles if p.sort == "country" and p.mention.form != "implied"]
        if countries:
            common = Counter(p.words for p in countries)
            return max(countries, key=lambda p: (common[p.words], len(p.words), -p.number))
        described = [p for p in profiles if p.whole and p.known and len(p.words) > 1 and not p.by_name]
        if described:
            common = Counter(p.words for p in described)
            return max(described, key=lambda p: (common[p.words], len(p.words) <= 4, len(p.words), -p.number))
    return max(profiles, key=_fullness)


def _fullness(profile: Profile) -> tuple[int, bool, int, int]:
    size = len(profile.core)
    named = profile.by_name or profile.sort != "known"
    rank = RANK[profile.sort] if named else 4
    return (rank, profile.mention.form != "implied", size if size <= LONGEST_NAME else 0, -profile.number)


def _name(chain: Chain, best: Profile, known: KnownActor | None, page: Page) -> str:
    chars = best.mention.chars
    in_text = page.text[chars.start : chars.end]
    if best.sort == "person":
        return _own_words(best, in_text, page.book.titles)
    if best.sort == "people" or (best.sort == "country" and known):
        return _country_or_people(best, in_text, page)
    if known is None or known.by_pattern:
        return in_text
    if not any(p.known and p.whole for p in chain.profiles):
        return in_text
    called = [page.text[n.start : n.end] for p in chain.profiles for n in page.named_in(p.mention.chars) if n.actor is known]
    fullest = max(called, key=lambda name: len(folded(name)), default=in_text)
    return known.name if _is_acronym(fullest) or _alike(folded(known.name), folded(fullest)) else fullest


def _is_acronym(name: str) -> bool:
    return name.isupper() and " " not in name


def _country_or_people(best: Profile, in_text: str, page: Page) -> str:
    """'Russia', 'the Kurds' without what stands around them; a country that is only 'U.S.' or 'Turkish' gets its name."""
    named = page.named_at(best.mention.head)
    if named is None:
        return in_text
    called = page.text[named.start : named.end]
    if best.sort == "country" and named.iso and (_is_acronym(called) or not named.senses & {"country", "capital"}):
        return page.book.countries[named.iso]
    return called


def _alike(usual: Sequence[str], own: Sequence[str]) -> bool:
    """Half of the shorter name's words are in the other: a reader of the report knows the actor again."""
    one, two = set(usual) - SMALL, set(own) - SMALL
    return bool(one and two) and len(one & two) * 2 >= min(len(one), len(two))


def _own_words(best: Profile, in_text: str, titles: Mapping[str, str]) -> str:
    """A person's name without the titles before it; a single word keeps the nearest one ("King Salman")."""
    words = list(words_of(in_text))
    for number, word in enumerate(words):
        if tuple(w.fold for w in words[number : number + len(best.core)]) == best.core:
            first = words[number - 1] if number and len(best.core) == 1 and words[number - 1].fold in titles else word
            return in_text[first.start : words[number + len(best.core) - 1].end]
    return in_text


def _office_of(chain: Chain, book: ActorBook) -> str | None:
    """The government that a person with an office and a country serves."""
    if not chain.country or not any(_is_office(role, book) for role in chain.roles):
        return None
    government = book.by_pattern("gov", chain.country)
    return government.name if government else None


def _is_office(role: str, book: ActorBook) -> bool:
    noun = book.nouns.get(role)
    return book.titles.get(role) == "office" or (noun is not None and noun.cls == "office")


def _kind(best: Profile, known: KnownActor | None, owner: KnownActor | None, chain: Chain, book: ActorBook) -> ActorKind:
    if known:
        return known.kind
    if owner:
        return owner.kind
    if best.sort == "person":
        return "government" if any(_is_office(role, book) for role in chain.roles) else "unknown"
    cls = best.cls or next((p.cls for p in chain.profiles if p.cls), None)
    return book.classes[cls].kind if cls else "unknown"
