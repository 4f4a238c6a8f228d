"""The search and map indexes of migration 1, in the tongue of each database. Frozen with it: a later change is a migration."""

from __future__ import annotations

from sqlalchemy import Connection, text

# SQLite keeps both indexes by triggers: rows are added and closed, never edited, so inserting is all there is to follow.
SQLITE_INDEXES = (
    "CREATE VIRTUAL TABLE report_search USING fts5("
    "title, text, content='reports', content_rowid='row', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER report_search_added AFTER INSERT ON reports BEGIN "
    "INSERT INTO report_search(rowid, title, text) VALUES (new.row, new.title, new.text); END",
    "CREATE VIRTUAL TABLE incident_box USING rtree(id, west, east, south, north, first_day, last_day)",
    "CREATE TRIGGER incident_box_added AFTER INSERT ON incidents WHEN new.lat IS NOT NULL AND new.lon IS NOT NULL BEGIN "
    "INSERT INTO incident_box VALUES (new.row, new.lon, new.lon, new.lat, new.lat, "
    "coalesce(julianday(new.first_day), 0), coalesce(julianday(new.last_day), 0)); END",
)
POSTGRES_INDEXES = (
    "CREATE INDEX ix_reports_search ON reports USING gin (to_tsvector('simple', coalesce(title, '') || ' ' || text))",
    "CREATE INDEX ix_incidents_lat_lon ON incidents (lat, lon)",
)
# Where the server has PostGIS, map windows use it; the archive works without.
POSTGIS_INDEXES = (
    "CREATE EXTENSION IF NOT EXISTS postgis",
    "CREATE INDEX ix_incidents_point ON incidents USING gist (ST_SetSRID(ST_MakePoint(lon, lat), 4326))",
)


def create_indexes(connection: Connection) -> None:
    """For an archive that migration 1 has just made."""
    if connection.dialect.name == "sqlite":
        statements: tuple[str, ...] = SQLITE_INDEXES
    else:
        statements = POSTGRES_INDEXES + (POSTGIS_INDEXES if has_postgis(connection) else ())
    for statement in statements:
        connection.execute(text(statement))


def has_postgis(connection: Connection) -> bool:
    """Whether the server offers the extension and we may create it."""
    offered = connection.execute(text("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'")).first()
    may = connection.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).scalar()
    return offered is not None and bool(may)
