"""when the consequences of an event are due: those of a hit that is held, later"""

import sqlalchemy as sa
from alembic import op

from outreach import models

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("followup", sa.Column("due_at", models.Instant(timezone=True), nullable=True))
    op.execute("UPDATE followup SET due_at = (SELECT at FROM event WHERE event.id = followup.event_id)")
    op.execute("DELETE FROM followup WHERE due_at IS NULL")  # its event is gone
    with op.batch_alter_table("followup") as table:
        table.alter_column("due_at", nullable=False)
    op.create_index("followup_due", "followup", ["due_at"])
