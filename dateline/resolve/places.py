"""Places of a report: each name found, resolved with the others, and given the precision that is true of its words.

A name that no gazetteer knows stays a name without a point. A capital that speaks is an actor (role "metonym"); a
demonym or a name before a noun ("Syrian troops", "the Kabul airport") qualifies (role "modifier").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.codebook.places import claimants
from dateline.model.place import Place, PlacePrecision
from dateline.model.reading import Chars, PlaceMention, Reading
from dateline.model.text import Span
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.gazetteer_store import GazPlace
from dateline.resolve.places_distance import at_distance, midway
from dateline.resolve.places_find import Found
from dateline.resolve.places_names import chars_of, find_names, given_names
from dateline.resolve.places_resolve import Resolved, resolve
from dateline.resolve.places_role import role_of

PRECISION: dict[str, PlacePrecision] = {
    "country": "country", "continent": "region", "adm1": "province", "adm2": "district", "adm3": "district",
    "capital": "town", "town": "town", "point": "point", "sea": "sea", "region": "region", "river": "region",
    "mountain": "region", "island": "region", "line": "region",
}  # fmt: skip

WORDS: dict[str, str] = {
    "people": "many people live there",
    "country": "a country's name",
    "adm1": "a province's name",
    "capital": "a capital",
    "region": "a well-known region",
    "by_name": "its usual name",
    "by_also": "another spelling of it",
    "by_sound": "another transliteration of it",
    "kind_said": "the report says what kind of place it is",
    "parent_said": "the report says what it lies in",
    "lies_in_said": "the report names a place in it",
    "same_country": "other places of the report are in that country",
    "same_admin1": "other places of the report are in that province",
    "nearby": "other places of the report are near",
    "most_people": "the largest of that name",
    "people_adm": "many people live there",
    "by_demonym": "the name of its people",
    "said_twice": "the report names its country more than once",
    "bare_adm1": "a province's name",
    "said_country": "the report names its country",
    "said_admin1": "the report names its province",
}


def find_places(reading: Reading, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Every place name of the report, in order, resolved as far as the words allow."""
    names = find_names(reading, gazetteer)
    return _mentions(reading, names, gazetteer)


def resolve_spans(reading: Reading, spans: Sequence[Chars], gazetteer: Gazetteer) -> tuple[Place | None, ...]:
    """Places of given stretches of the text, for measuring resolution apart from finding; None where nothing is known."""
    given = given_names(reading, spans, gazetteer)
    covered = {i for found in given if found for i in range(found.first, found.last + 1)}
    others = [f for f in find_names(reading, gazetteer) if not covered & set(range(f.first, f.last + 1))]
    together = sorted([*filter(None, given), *others], key=lambda found: (found.first, found.last))
    ranked = dict(zip((id(f) for f in together), resolve(reading, together, gazetteer), strict=True))
    return tuple(
        place_of(reading, found, order, gazetteer) if found and (order := ranked[id(found)]) else None for found in given
    )


def _mentions(reading: Reading, names: Sequence[Found], gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    resolved = resolve(reading, names, gazetteer)
    plain = [
        PlaceMention(
            chars_of(reading, found), place_of(reading, found, one, gazetteer), role_of(found, one.order, reading, gazetteer)
        )
        for found, one in zip(names, resolved, strict=True)
    ]
    return tuple(_phrase(reading, n, plain, gazetteer) for n in range(len(plain)))


def _phrase(reading: Reading, number: int, mentions: Sequence[PlaceMention], gazetteer: Gazetteer) -> PlaceMention:
    """The mention with the distance phrase around it, if there is one."""
    mention = mentions[number]
    if mention.role == "dateline" or mention.role == "metonym" and mention.place.precision == "country":
        return mention
    text = reading.report.text
    after = mentions[number + 1] if number + 1 < len(mentions) else None
    if after and text[: mention.chars.start].endswith("between ") and text[mention.chars.end : after.chars.start] == " and ":
        if all(m.place.lat is not None and m.place.precision in ("town", "point", "district") for m in (mention, after)):
            return PlaceMention(mention.chars, midway(mention.place, after.place), "place")
    chars, place = at_distance(reading, mention.chars, mention.place, gazetteer.words)
    if number and mentions[number - 1].chars.end > chars.start:
        return mention
    return PlaceMention(chars, place, mention.role)


def place_of(reading: Reading, found: Found, resolved: Resolved, gazetteer: Gazetteer) -> Place:
    chars = chars_of(reading, found)
    span = reading.report.span(chars.start, chars.end)
    best = resolved.best
    if best is None:
        return _only_named(span, resolved.inside, gazetteer)
    chosen = with_point(best.candidate.place, gazetteer)
    other = next((r for r in resolved.order[1:] if r.share > 0.02), None)
    name, precision = chosen.name, PRECISION.get(chosen.kind, "unknown")
    if found.before and precision in ("country", "province") and found.before not in UNDIRECTED:
        name, precision = f"{found.before} {chosen.name}", "region" if precision == "country" else precision
    return Place(
        name=name, country=chosen.country,
        admin1=_admin_name(chosen.admin1, gazetteer), admin2=_admin_name(chosen.admin2, gazetteer),
        lat=chosen.lat, lon=chosen.lon, precision=precision, radius_km=chosen.radius_km, gazetteer_id=chosen.gid, span=span,
        reasons=why(best.evidence),
        runner_up=describe(other.candidate.place, gazetteer) if other else None,
        claimed_by=claims_on(chosen),
    )  # fmt: skip


def why(evidence: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """The strongest reasons, in words."""
    return tuple(WORDS[name] for name, _ in evidence if name in WORDS)[:4]


def with_point(place: GazPlace, gazetteer: Gazetteer) -> GazPlace:
    """A district without a point of its own lies somewhere in its province: that point, as wide as the province."""
    if place.lat is not None or place.admin1 is None:
        return place
    above = gazetteer.by_code(place.admin1)
    return place if above is None else replace(place, lat=above.lat, lon=above.lon, radius_km=above.radius_km)


UNDIRECTED = frozenset({"the", "new", "old", "nearby", "neighboring", "neighbouring", "war-torn", "mainland", "occupied"})


def _only_named(span: Span, inside: GazPlace | None, gazetteer: Gazetteer) -> Place:
    """A name without a point of its own; when the report says what holds it, it lies somewhere in there."""
    if inside is None:
        return Place(name=span.text, span=span, reasons=("no gazetteer entry of that name",))
    inside = with_point(inside, gazetteer)
    return Place(
        name=span.text, country=inside.country, admin1=_admin_name(inside.admin1, gazetteer), lat=inside.lat, lon=inside.lon,
        precision=PRECISION.get(inside.kind, "unknown"), radius_km=inside.radius_km, span=span,
        reasons=(f"the report says that it lies in {inside.name}", "no gazetteer entry of that name there"),
    )  # fmt: skip


def claims_on(place: GazPlace) -> tuple[str, ...]:
    """Countries that claim the place, when more than one does."""
    return claimants(place.admin1, place.gid)


def _admin_name(code: str | None, gazetteer: Gazetteer) -> str | None:
    place = gazetteer.by_code(code)
    return place.name if place else None


def describe(place: GazPlace, gazetteer: Gazetteer) -> str:
    """`Kunduz, Kunduz, AF (province)`: enough to tell it from its namesakes."""
    parts = [place.name, _admin_name(place.admin1, gazetteer) if place.kind not in ("adm1", "country") else None, place.country]
    return f"{', '.join(part for part in parts if part)} ({PRECISION.get(place.kind, place.kind)})"
