"""which share of leads each variant gets, where results decide it"""

import sqlalchemy as sa
from alembic import op

from outreach import models

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "allocation",
        sa.Column("id", models.Id, nullable=False),
        sa.Column("campaign_id", models.Id, nullable=False),
        sa.Column("step", sa.String(128), nullable=False),
        sa.Column("design", sa.String(64), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("at", models.Instant(timezone=True), nullable=False),
        sa.Column("evidence", models.Document, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("campaign_id", "step", "design", "day"),
    )
