"""what many processes and an outage need: the fence of the instance, heartbeats, events to follow up"""

import sqlalchemy as sa
from alembic import op

from outreach import models

revision = "0002"
down_revision = "0001"

LIVE = sa.text("status IN ('active', 'paused')")
DUE = sa.text("due_at IS NOT NULL")
UNKNOWN = sa.text("status = 'unknown'")


def upgrade() -> None:
    op.add_column("instance", sa.Column("place", sa.String(length=255), nullable=True))
    op.add_column("instance", sa.Column("held_at", models.Instant(timezone=True), nullable=True))
    op.add_column("instance", sa.Column("held_count", sa.Integer(), nullable=True))
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("started_at", models.Instant(timezone=True), nullable=False),
        sa.Column("at", models.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "followup",
        sa.Column("event_id", models.Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
    )
    op.create_index(
        "enrollment_live", "enrollment", ["campaign_id"], sqlite_where=LIVE, postgresql_where=LIVE
    )
    op.add_column("message", sa.Column("claims", sa.Integer(), server_default="0", nullable=False))
    op.add_column("message", sa.Column("crashes", sa.Integer(), server_default="0", nullable=False))
    op.drop_index("message_due", "message")
    op.create_index("message_due", "message", ["due_at", "id"], sqlite_where=DUE, postgresql_where=DUE)
    op.create_index("message_unknown", "message", ["id"], sqlite_where=UNKNOWN, postgresql_where=UNKNOWN)
