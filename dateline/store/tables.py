"""The archive's tables. Facts are only ever added: a row is closed (`known_to` set) when a newer one replaces it.

Every read names a moment: a row counts when known_from <= moment < known_to. Values are kept whole as JSON; the columns
beside them are copies for searching and never the source of an answer.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    and_,
    or_,
)


class Moment(TypeDecorator[datetime]):
    """A UTC moment as ISO text with microseconds: sorts as it reads, the same in every database."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _known() -> tuple[Column[datetime], Column[datetime]]:
    return Column("known_from", Moment, nullable=False), Column("known_to", Moment, nullable=True)


# One row a version of a report: same id with another text is a new version, the old one stays.
reports = Table(
    "reports",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("report_id", String(200), nullable=False),
    Column("digest", String(32), nullable=False),
    Column("outlet", Text),
    Column("title", Text),
    Column("published", Date),
    Column("url", Text),
    Column("language", String(16)),
    Column("text", Text, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    *_known(),
    Index("ix_reports_report_id_known_to", "report_id", "known_to"),
    Index("ix_reports_known_from", "known_from"),
)

# One row a coding of a report: a newer coder closes the old row and adds one.
records = Table(
    "records",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("report_row", ForeignKey("reports.row"), nullable=False, index=True),
    Column("report_id", String(200), nullable=False, index=True),
    Column("digest", String(32), nullable=False),
    Column("tallies", Text, nullable=False),
    Column("notes", Text, nullable=False),
    *_known(),
)

events = Table(
    "events",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("record_row", ForeignKey("records.row"), nullable=False, index=True),
    Column("report_id", String(200), nullable=False, index=True),
    Column("event_id", String(64), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("type", String(32), nullable=False),
    Column("status", String(16), nullable=False),
    Column("place_words", Text, nullable=False),
    Column("actor_words", Text, nullable=False),
    Column("first_day", Date, index=True),
    Column("last_day", Date, index=True),
    Column("told", Date, index=True),
    Column("value", Text, nullable=False),
    *_known(),
)

# What linking keeps of a coded report: its story and its MinHash signature. A cache: it can be made again from the texts.
sketches = Table(
    "sketches",
    metadata,
    Column("row", ForeignKey("records.row"), primary_key=True),
    Column("story", Text, nullable=False),
    Column("signature", LargeBinary),
    Column("runs", LargeBinary),
)

# And of each of its events: what comparing asks.
traces = Table(
    "traces",
    metadata,
    Column("row", ForeignKey("events.row"), primary_key=True),
    Column("value", Text, nullable=False),
)

# One row a state of an incident; `digest` tells whether a new linking changed anything.
incidents = Table(
    "incidents",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("incident_id", String(64), nullable=False, index=True),
    Column("digest", String(32), nullable=False),
    Column("type", String(32), nullable=False),
    Column("status", String(16), nullable=False),
    Column("grade", String(16), nullable=False),
    Column("place_words", Text, nullable=False),
    Column("actor_words", Text, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("first_told", Date),
    Column("value", Text, nullable=False),
    *_known(),
    Index("ix_incidents_known_to_first_day", "known_to", "first_day"),
)

# The places whose holder an incident speaks of.
incident_controls = Table(
    "incident_controls",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("incident_row", ForeignKey("incidents.row"), nullable=False, index=True),
    Column("place_key", String(200), nullable=False, index=True),
)

# Which event stands in which incident, and since when. `copy_of` is the report that the event's report repeats. `part` is
# shared by all events that comparing connects, in one incident or in several: what a new report may touch.
memberships = Table(
    "memberships",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("incident_id", String(64), nullable=False, index=True),
    Column("event_id", String(64), nullable=False, index=True),
    Column("report_id", String(200), nullable=False, index=True),
    Column("copy_of", String(200)),
    Column("part", String(64), nullable=False, index=True),
    *_known(),
)

# An incident that was joined into another keeps its id as a signpost.
redirects = Table(
    "redirects",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("old_id", String(64), nullable=False, index=True),
    Column("new_id", String(64), nullable=False, index=True),
    *_known(),
)

holdings = Table(
    "holdings",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("place_key", String(200), nullable=False, index=True),
    Column("digest", String(32), nullable=False),
    Column("place_words", Text, nullable=False),
    Column("since_day", Date),
    Column("until_day", Date),
    Column("value", Text, nullable=False),
    *_known(),
    Index("ix_holdings_since_day", "since_day"),
)

judgements = Table(
    "judgements",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("judgement_id", String(64), nullable=False, unique=True),
    Column("left_id", String(64), nullable=False, index=True),
    Column("right_id", String(64), index=True),
    Column("verdict", String(16), nullable=False),
    Column("is_human", Boolean, nullable=False),
    Column("value", Text, nullable=False),
    *_known(),
)

# Which report an add, accept or correct speaks of.
decisions = Table(
    "decisions",
    metadata,
    Column("row", ForeignKey("judgements.row"), primary_key=True),
    Column("report_id", String(200), nullable=False, index=True),
)

# A record with people's decisions laid over what the machine coded, and the machine's own.
edited = Table(
    "edited",
    metadata,
    Column("row", ForeignKey("records.row"), primary_key=True),
    Column("machine_row", ForeignKey("records.row"), nullable=False),
)

# What was done to the archive, one row an act: the order of rows is the order of acts. A `link` row's subject is the
# number of the last row that the linking had seen.
journal = Table(
    "journal",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("kind", String(16), nullable=False, index=True),
    Column("subject", String(200), nullable=False),
    Column("recorded_at", Moment, nullable=False, index=True),
    Column("known_from", Moment, nullable=False),
)

# Bad input that was skipped, with its reason.
set_aside = Table(
    "set_aside",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("address", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("digest", String(32), nullable=False, unique=True),
    *_known(),
)


# Who may use the desk. A removed person's row stays, because the audit log names them.
users = Table(
    "users",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("password", String(200), nullable=False),
    Column("role", String(16), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("removed_at", Moment),
)

# Browsers that signed in. Only digests of secrets are kept here and in `tokens`: reading the file lets nobody in.
sessions = Table(
    "sessions",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("user_row", ForeignKey("users.row"), nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("token_id", String(16), nullable=False, unique=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("user_row", ForeignKey("users.row"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("ends_at", Moment),
    Column("revoked_at", Moment),
)

# Who did what when: rows are added, never changed.
audit = Table(
    "audit",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("by", String(80), nullable=False, index=True),
    Column("action", String(40), nullable=False),
    Column("subject", Text, nullable=False),
)

# A saved view that is told to another program. The secret signs, so it is kept as it is; `seen` is the moment told up to.
alerts = Table(
    "alerts",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("alert_id", String(16), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("view", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("secret", String(64), nullable=False),
    Column("by", String(80), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
    Column("stopped_at", Moment),
)

# What an alert has to tell: the body is fixed when it is made, so that every try sends the same signed bytes.
deliveries = Table(
    "deliveries",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("delivery_id", String(16), nullable=False, unique=True),
    Column("alert_row", ForeignKey("alerts.row"), nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_try", Moment, index=True),
    Column("done_at", Moment),
    Column("answer", Text, nullable=False),
)


def known_at(table: Table, moment: datetime) -> ColumnElement[bool]:
    """The rows that counted at the moment."""
    return and_(table.c.known_from <= moment, or_(table.c.known_to.is_(None), table.c.known_to > moment))
