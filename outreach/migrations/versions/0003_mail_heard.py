"""what a mail that came in could not be read for"""

import sqlalchemy as sa
from alembic import op

from outreach import models

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("inbound_mail", sa.Column("quarantine", models.Said(200), nullable=True))
