"""Who the mentions mean: every mention belongs to one entity, and an entity that is a known actor carries its id.

A name is given as the report gives it at its fullest, unless the known actor's usual name shares words with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.codebook.actors import ActorBook, KnownActor
from dateline.codebook.actors_fold import folded
from dateline.model.actor import Actor, ActorKind
from dateline.model.reading import Chars, Entity, Mention, PlaceMention, Reading
from dateline.resolve.actors_names import Names, find_names
from dateline.resolve.actors_profile import Profile, profiles_of
from dateline.resolve.coreference import Chain, chains_of

IMPLIED_CLASSES = frozenset(("forces", "police", "rebels", "militia", "government", "coalition", "protesters", "peacekeepers"))
RANK = {"known": 5, "person": 5, "name": 4, "country": 4, "people": 3, "nominal": 2, "place": 2, "pronoun": 0}
LONGEST_NAME = 9


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of one report: `mentions` in order of their heads, each with the number of its entity."""

    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]


def resolve_actors(reading: Reading, mentions: Sequence[Mention], places: Sequence[PlaceMention], actors: ActorBook) -> Cast:
    """Implied mentions that name nobody are dropped; all others are kept, known or not."""
    names = find_names(reading.report.text, actors, reading.report.published)
    profiles = tuple(p for p in profiles_of(reading, mentions, names, places, actors) if _means_somebody(p))
    chains = chains_of(profiles, reading, names, actors)
    entities = tuple(_entity(chain, reading, actors) for chain in chains)
    numbered = {p.mention.head: replace(p.mention, entity=chain.number) for chain in chains for p in chain.profiles}
    return Cast(tuple(_widened(numbered[p.mention.head], p, names) for p in profiles), entities)


def mention_actor(mention: Mention, cast: Cast, reading: Reading) -> Actor:
    """The record's actor for a mention: its entity's name, the words as they stand here."""
    entity = cast.entities[mention.entity]
    span = reading.report.span(mention.chars.start, mention.chars.end)
    return Actor(name=entity.name, id=entity.id, kind=entity.kind, country=entity.country, span=span)


def _means_somebody(profile: Profile) -> bool:
    if profile.mention.form != "implied" or profile.sort in ("known", "country", "person", "people", "name"):
        return True
    return profile.cls in IMPLIED_CLASSES


def _widened(mention: Mention, profile: Profile, names: Names) -> Mention:
    """A known name's mention covers the whole name, wherever the parser put its head."""
    if profile.sort != "known" or mention.form not in ("name", "implied"):
        return mention
    for named in names.found:
        if named.start < mention.chars.end and named.end > mention.chars.start and named.actor is profile.known:
            chars = Chars(min(named.start, mention.chars.start), max(named.end, mention.chars.end))
            return replace(mention, chars=chars)
    return mention


def _entity(chain: Chain, reading: Reading, book: ActorBook) -> Entity:
    best = max(chain.profiles, key=_fullness)
    known = next((p.known for p in chain.profiles if p.known), None)
    owner = next((p.owner for p in chain.profiles if p.owner), None)
    country = next((p.country for p in chain.profiles if p.country), None) if known is None else known.country
    is_person = best.sort == "person"
    affiliation = owner.name if owner else _office_of(chain, book) if is_person else None
    return Entity(
        number=chain.number,
        name=_name(best, known, reading),
        id=known.id if known else None,
        kind=_kind(best, known, owner, chain, book),
        country=country,
        best=best.mention.chars,
        is_person=is_person,
        affiliation=affiliation,
    )


def _fullness(profile: Profile) -> tuple[int, int, int, int]:
    size = len(profile.core)
    return (RANK[profile.sort], profile.mention.form != "implied", size if size <= LONGEST_NAME else 0, -profile.number)


def _name(best: Profile, known: KnownActor | None, reading: Reading) -> str:
    text = reading.report.text
    if best.sort == "person":
        return _person_text(best, text)
    in_text = text[best.mention.chars.start : best.mention.chars.end]
    if known is None:
        return in_text
    return known.name if set(folded(known.name)) & set(best.words) - {"of", "the"} else in_text


def _person_text(best: Profile, text: str) -> str:
    """The name without titles: the last words of the mention that are the name's."""
    chars = best.mention.chars
    for start in range(chars.start, chars.end):
        if folded(text[start : chars.end])[: len(best.core)] == best.core:
            return text[start : chars.end]
    return text[chars.start : chars.end]


def _office_of(chain: Chain, book: ActorBook) -> str | None:
    country = next((p.country for p in chain.profiles if p.country), None)
    if country and any(
        book.titles.get(role) == "office" or ((n := book.nouns.get(role)) and n.cls == "office") for role in chain.roles
    ):
        government = book.by_pattern("gov", country)
        return government.name if government else None
    return None


def _kind(best: Profile, known: KnownActor | None, owner: KnownActor | None, chain: Chain, book: ActorBook) -> ActorKind:
    if known:
        return known.kind
    if owner:
        return owner.kind
    cls = best.cls or next((p.cls for p in chain.profiles if p.cls), None)
    if best.sort == "person":
        if any(book.titles.get(role) == "office" for role in chain.roles):
            return "government"
        return "unknown"
    return book.classes[cls].kind if cls else "unknown"
