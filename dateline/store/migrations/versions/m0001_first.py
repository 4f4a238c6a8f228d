"""The first schema: reports, records, events; incidents, memberships, redirects, holdings; judgements; what was set aside."""

import sqlalchemy as sa
from alembic import op

from dateline.store.migrations.first_indexes import create_indexes

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "holdings",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("place_key", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("place_words", sa.Text(), nullable=False),
        sa.Column("since_day", sa.Date(), nullable=True),
        sa.Column("until_day", sa.Date(), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("known_from", sa.String(length=27), nullable=False),
        sa.Column("known_to", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_holdings")),
    )
    op.create_index(op.f("ix_holdings_place_key"), "holdings", ["place_key"], unique=False)
    op.create_index("ix_holdings_since_day", "holdings", ["since_day"], unique=False)
    op.create_table(
        "incidents",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("grade", sa.String(length=16), nullable=False),
        sa.Column("place_words", sa.Text(), nullable=False),
        sa.Column("actor_words", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("first_told", sa.Date(), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("known_from", sa.String(length=27), nullable=False),
        sa.Column("known_to", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_incidents")),
    )
    op.create_index(op.f("ix_incidents_incident_id"), "incidents", ["incident_id"], unique=False)
    op.create_index("ix_incidents_known_to_first_day", "incidents", ["known_to", "first_day"], unique=False)
    op.create_table(
        "journal",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("known_from", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_kind"), "journal", ["kind"], unique=False)
    op.create_index(op.f("ix_journal_recorded_at"), "journal", ["recorded_at"], unique=False)
    op.create_table(
        "judgements",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("judgement_id", sa.String(length=64), nullable=False),
        sa.Column("left_id", sa.String(length=64), nullable=False),
        sa.Column("right_id", sa.String(length=64), nullable=True),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("is_human", sa.Boolean(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("known_from", sa.String(length=27), nullable=False),
        sa.Column("known_to", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_judgements")),
        sa.UniqueConstraint("judgement_id", name=op.f("uq_judgements_judgement_id")),
    )
    op.create_index(op.f("ix_judgements_left_id"), "judgements", ["left_id"], unique=False)
    op.create_index(op.f("ix_judgements_right_id"), "judgements", ["right_id"], unique=False)
    op.create_table(
        "memberships",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.String(length=64), nullable=False),
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("report_id", sa.String(length=200), nullable=False),
        sa.Column("copy_of", sa.String(length=200), nullable=True),
        sa.Column("part", sa.String(length=64), nullable=False),
        sa.Column("known_from", sa.String(length=27), nullable=False),
        sa.Column("known_to", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_memberships")),
    )
    op.create_index(op.f("ix_memberships_event_id"), "memberships", ["event_id"], unique=False)
    op.create_index(op.f("ix_memberships_incident_id"), "memberships", ["incident_id"], unique=False)
    op.create_index(op.f("ix_memberships_part"), "memberships", ["part"], unique=False)
    op.create_index(op.f("ix_memberships_report_id"), "memberships", ["report_id"], unique=False)
    op.create_table(
        "redirects",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("old_id", sa.String(length=64), nullable=False),
        sa.Column("new_id", sa.String(length=64), nullable=False),
        sa.Column("known_from", sa.String(length=27), nullable=False),
        sa.Column("known_to", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_redirects")),
    )
    op.create_index(op.f("ix_redirects_new_id"), "redirects", ["new_id"], unique=False)
    op.create_index(op.f("ix_redirects_old_id"), "redirects", ["old_id"], unique=False)
    op.create_table(
        "reports",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("known_from", sa.String(length=27), nullable=False),
        sa.Column("known_to", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_reports")),
    )
    op.create_index("ix_reports_known_from", "reports", ["known_from"], unique=False)
    op.create_index("ix_reports_report_id_known_to", "reports", ["report_id", "known_to"], unique=False)
    op.create_table(
        "set_aside",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("known_from", sa.String(length=27), nullable=False),
        sa.Column("known_to", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_set_aside")),
        sa.UniqueConstraint("digest", name=op.f("uq_set_aside_digest")),
    )
    op.create_table(
        "incident_controls",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("incident_row", sa.Integer(), nullable=False),
        sa.Column("place_key", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["incident_row"], ["incidents.row"], name=op.f("fk_incident_controls_incident_row")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_incident_controls")),
    )
    op.create_index(op.f("ix_incident_controls_incident_row"), "incident_controls", ["incident_row"], unique=False)
    op.create_index(op.f("ix_incident_controls_place_key"), "incident_controls", ["place_key"], unique=False)
    op.create_table(
        "records",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("report_row", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("tallies", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("known_from", sa.String(length=27), nullable=False),
        sa.Column("known_to", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["report_row"], ["reports.row"], name=op.f("fk_records_report_row")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_records")),
    )
    op.create_index(op.f("ix_records_report_id"), "records", ["report_id"], unique=False)
    op.create_index(op.f("ix_records_report_row"), "records", ["report_row"], unique=False)
    op.create_table(
        "events",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("record_row", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(length=200), nullable=False),
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("place_words", sa.Text(), nullable=False),
        sa.Column("actor_words", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("told", sa.Date(), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("known_from", sa.String(length=27), nullable=False),
        sa.Column("known_to", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["record_row"], ["records.row"], name=op.f("fk_events_record_row")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_event_id"), "events", ["event_id"], unique=False)
    op.create_index(op.f("ix_events_first_day"), "events", ["first_day"], unique=False)
    op.create_index(op.f("ix_events_last_day"), "events", ["last_day"], unique=False)
    op.create_index(op.f("ix_events_record_row"), "events", ["record_row"], unique=False)
    op.create_index(op.f("ix_events_report_id"), "events", ["report_id"], unique=False)
    op.create_index(op.f("ix_events_told"), "events", ["told"], unique=False)
    op.create_table(
        "sketches",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("runs", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["row"], ["records.row"], name=op.f("fk_sketches_row")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_sketches")),
    )
    op.create_table(
        "traces",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["row"], ["events.row"], name=op.f("fk_traces_row")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_traces")),
    )
    create_indexes(op.get_bind())
