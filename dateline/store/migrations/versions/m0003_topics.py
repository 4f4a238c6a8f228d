"""Traces know what leads its report: what linking keeps of each report is made again, and everything is compared afresh."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM traces")
    op.execute("DELETE FROM sketches")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    ask = (
        "INSERT INTO journal (kind, subject, recorded_at, known_from) "
        "SELECT 'anew', report_id, :now, :now FROM reports WHERE known_to IS NULL ORDER BY report_id"
    )
    op.get_bind().execute(sa.text(ask), {"now": now})
