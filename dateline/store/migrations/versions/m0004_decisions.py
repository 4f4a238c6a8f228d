"""People's decisions on single events: which report they speak of, and the records in which they are laid over the machine's."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["row"], ["judgements.row"], name=op.f("fk_decisions_row")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_report_id"), "decisions", ["report_id"], unique=False)
    op.create_table(
        "edited",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("machine_row", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["machine_row"], ["records.row"], name=op.f("fk_edited_machine_row")),
        sa.ForeignKeyConstraint(["row"], ["records.row"], name=op.f("fk_edited_row")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_edited")),
    )
