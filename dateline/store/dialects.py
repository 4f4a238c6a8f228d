"""What SQLite and PostgreSQL do differently: full-text search and map windows. Everything else is the same SQL."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, column, func, literal_column, or_, select, table, text

from dateline.store.query import Box
from dateline.store.tables import incidents, reports

PHRASE = re.compile(r'"([^"]+)"|(\S+)')


def _uses_postgis(connection: Connection) -> bool:
    return connection.execute(text("SELECT 1 FROM pg_extension WHERE extname = 'postgis'")).first() is not None


def phrases(words: str) -> list[str]:
    """Words that must all occur; those between double quotes as one phrase."""
    found = [quoted or bare for quoted, bare in PHRASE.findall(words)]
    return [phrase.replace('"', " ").strip() for phrase in found if re.search(r"\w", phrase)]


def texts_with(connection: Connection, words: str) -> ColumnElement[bool]:
    """The rows of `reports` whose title or text holds all the words."""
    asked = phrases(words)
    if connection.dialect.name == "sqlite":
        search = table("report_search", column("rowid"))
        match = " AND ".join(f'"{phrase}"' for phrase in asked)
        hits = select(search.c.rowid).where(text("report_search MATCH :match").bindparams(match=match))
        return reports.c.row.in_(hits)
    vector: ColumnElement[str] = literal_column("to_tsvector('simple', coalesce(reports.title, '') || ' ' || reports.text)")
    return and_(*(vector.op("@@")(func.phraseto_tsquery("simple", phrase)) for phrase in asked))


def inside(connection: Connection, box: Box, since: date | None, until: date | None) -> ColumnElement[bool]:
    """The rows of `incidents` in a map window (and, for SQLite's R*Tree, between the days)."""
    halves = [(box.west, box.east)] if box.west <= box.east else [(box.west, 180.0), (-180.0, box.east)]
    if connection.dialect.name == "sqlite":
        return or_(*(_in_rtree(west, east, box, since, until) for west, east in halves))
    if _uses_postgis(connection):
        point: ColumnElement[object] = literal_column("ST_SetSRID(ST_MakePoint(incidents.lon, incidents.lat), 4326)")
        windows = (func.ST_MakeEnvelope(west, box.south, east, box.north, 4326) for west, east in halves)
        return or_(*(point.op("&&")(window) for window in windows))
    rows = incidents.c.lat.between(box.south, box.north)
    return and_(rows, or_(*(incidents.c.lon.between(west, east) for west, east in halves)))


def _in_rtree(west: float, east: float, box: Box, since: date | None, until: date | None) -> ColumnElement[bool]:
    tree = table("incident_box", *map(column, ("id", "west", "east", "south", "north", "first_day", "last_day")))
    hits = select(tree.c.id).where(tree.c.east >= west, tree.c.west <= east, tree.c.north >= box.south, tree.c.south <= box.north)
    if since:
        hits = hits.where(tree.c.last_day >= func.julianday(since.isoformat()))
    if until:
        hits = hits.where(tree.c.first_day <= func.julianday(until.isoformat()))
    # The tree keeps 32-bit numbers: it may let in a neighbour, so the exact columns decide.
    exact = and_(incidents.c.lon.between(west, east), incidents.c.lat.between(box.south, box.north))
    return and_(incidents.c.row.in_(hits), exact)
