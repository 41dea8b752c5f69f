"""what was applied and when, and which leads in flight it moved from where to where"""

import sqlalchemy as sa
from alembic import op

from outreach import models

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "application",
        sa.Column("id", models.Id, nullable=False),
        sa.Column("at", models.Instant(timezone=True), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("undoes_id", models.Id, nullable=True),
        sa.Column("changes", models.Document, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "moved_enrollment",
        sa.Column("application_id", models.Id, nullable=False),
        sa.Column("enrollment_id", models.Id, nullable=False),
        sa.Column("from_version_id", models.Id, nullable=False),
        sa.Column("from_node", sa.Integer(), nullable=False),
        sa.Column("to_version_id", models.Id, nullable=False),
        sa.Column("to_node", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"]),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollment.id"]),
        sa.PrimaryKeyConstraint("application_id", "enrollment_id"),
    )
