"""the first tables"""

import sqlalchemy as sa
from alembic import op

from outreach import models

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", models.Id, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("version_id", models.Id, nullable=True),
        sa.Column("created_at", models.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "event",
        sa.Column("id", models.Id, nullable=False),
        sa.Column("source_id", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("at", models.Instant(timezone=True), nullable=False),
        sa.Column("lead_id", models.Id, nullable=False),
        sa.Column("message_id", models.Id, nullable=True),
        sa.Column("campaign_id", models.Id, nullable=True),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("detail", sa.String(length=2000), nullable=False),
        sa.Column("data", models.Document, nullable=False),
        sa.Column("recorded_at", models.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source_id"),
    )
    op.create_index("event_kind_at", "event", ["kind", "at"], unique=False)
    op.create_index("event_lead", "event", ["lead_id", "kind", "at"], unique=False)
    op.create_table(
        "inbound_mail",
        sa.Column("id", models.Id, nullable=False),
        sa.Column("source_id", sa.String(length=255), nullable=False),
        sa.Column("mailbox", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("matched_by", sa.String(length=32), nullable=True),
        sa.Column("lead_id", models.Id, nullable=True),
        sa.Column("message_id", models.Id, nullable=True),
        sa.Column("detail", sa.String(length=500), nullable=True),
        sa.Column("received_at", models.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source_id"),
    )
    op.create_index("inbound_mail_lead", "inbound_mail", ["lead_id"], unique=False)
    op.create_table(
        "instance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=36), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("created_at", models.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "lead",
        sa.Column("id", models.Id, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("first_name", sa.String(length=200), nullable=True),
        sa.Column("last_name", sa.String(length=200), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("company", sa.String(length=200), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("timezone", sa.String(length=64), nullable=True),
        sa.Column("phone", sa.String(length=64), nullable=True),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("source_detail", sa.String(length=200), nullable=True),
        sa.Column("consent", sa.String(length=32), nullable=False),
        sa.Column("consent_note", sa.String(length=500), nullable=True),
        sa.Column("consent_at", models.Instant(timezone=True), nullable=True),
        sa.Column("referred_by_id", models.Id, nullable=True),
        sa.Column("fields", models.Document, nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("stage_at", models.Instant(timezone=True), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("temperature", sa.String(length=8), nullable=False),
        sa.Column("purchase_at", models.Instant(timezone=True), nullable=True),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("sender", sa.String(length=64), nullable=True),
        sa.Column("angle", sa.String(length=64), nullable=True),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("lost_reason", sa.String(length=64), nullable=True),
        sa.Column("competitor", sa.String(length=200), nullable=True),
        sa.Column("contract_ends_at", models.Instant(timezone=True), nullable=True),
        sa.Column("since_at", models.Instant(timezone=True), nullable=True),
        sa.Column("return_at", models.Instant(timezone=True), nullable=True),
        sa.Column("return_to", sa.String(length=16), nullable=True),
        sa.Column("hold_until", models.Instant(timezone=True), nullable=True),
        sa.Column("quiet_at", models.Instant(timezone=True), nullable=True),
        sa.Column("due_at", models.Instant(timezone=True), nullable=True),
        sa.Column("match_at", models.Instant(timezone=True), nullable=True),
        sa.Column("created_at", models.Instant(timezone=True), nullable=False),
        sa.Column("updated_at", models.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["referred_by_id"],
            ["lead.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email"),
    )
    op.create_index(
        "lead_due",
        "lead",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(
        "lead_match",
        "lead",
        ["match_at"],
        unique=False,
        sqlite_where=sa.text("match_at IS NOT NULL"),
        postgresql_where=sa.text("match_at IS NOT NULL"),
    )
    op.create_index(
        "lead_owner",
        "lead",
        ["owner"],
        unique=False,
        sqlite_where=sa.text("owner IS NOT NULL"),
        postgresql_where=sa.text("owner IS NOT NULL"),
    )
    op.create_index("lead_stage", "lead", ["stage", "id"], unique=False)
    op.create_table(
        "mailbox_cursor",
        sa.Column("mailbox", sa.String(length=255), nullable=False),
        sa.Column("uid_validity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("read_at", models.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mailbox"),
    )
    op.create_table(
        "policy",
        sa.Column("id", models.Id, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("definition", models.Document, nullable=False),
        sa.Column("applied_at", models.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "version"),
    )
    op.create_table(
        "sender_state",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("next_at", models.Instant(timezone=True), nullable=True),
        sa.Column("paused_at", models.Instant(timezone=True), nullable=True),
        sa.Column("pause_reason", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "suppression",
        sa.Column("id", models.Id, nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("until", models.Instant(timezone=True), nullable=True),
        sa.Column("event_id", models.Id, nullable=True),
        sa.Column("created_at", models.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("address_hash"),
    )
    op.create_table(
        "campaign_version",
        sa.Column("id", models.Id, nullable=False),
        sa.Column("campaign_id", models.Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("definition", models.Document, nullable=False),
        sa.Column("templates", models.Document, nullable=False),
        sa.Column("applied_at", models.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("campaign_id", "version"),
    )
    op.create_table(
        "deal",
        sa.Column("id", models.Id, nullable=False),
        sa.Column("lead_id", models.Id, nullable=False),
        sa.Column("rep", sa.String(length=64), nullable=True),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("amount", sa.Double(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("lost_reason", sa.String(length=64), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("opened_at", models.Instant(timezone=True), nullable=False),
        sa.Column("closed_at", models.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["lead.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("deal_lead", "deal", ["lead_id"], unique=False)
    op.create_table(
        "handoff",
        sa.Column("id", models.Id, nullable=False),
        sa.Column("lead_id", models.Id, nullable=False),
        sa.Column("event_id", models.Id, nullable=True),
        sa.Column("rep", sa.String(length=64), nullable=True),
        sa.Column("routing", sa.String(length=500), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("evidence", models.Document, nullable=False),
        sa.Column("answer_reason", sa.String(length=64), nullable=True),
        sa.Column("opened_at", models.Instant(timezone=True), nullable=False),
        sa.Column("due_at", models.Instant(timezone=True), nullable=True),
        sa.Column("answered_at", models.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["lead.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("event_id"),
    )
    op.create_index(
        "handoff_due",
        "handoff",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index("handoff_lead", "handoff", ["lead_id"], unique=False)
    op.create_index("handoff_rep", "handoff", ["rep", "status"], unique=False)
    op.create_table(
        "enrollment",
        sa.Column("id", models.Id, nullable=False),
        sa.Column("lead_id", models.Id, nullable=False),
        sa.Column("campaign_id", models.Id, nullable=False),
        sa.Column("version_id", models.Id, nullable=False),
        sa.Column("sender", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("node", sa.Integer(), nullable=False),
        sa.Column("node_at", models.Instant(timezone=True), nullable=False),
        sa.Column("due_at", models.Instant(timezone=True), nullable=True),
        sa.Column("entered_at", models.Instant(timezone=True), nullable=False),
        sa.Column("ended_at", models.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["lead.id"],
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["campaign_version.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("enrollment_campaign_lead", "enrollment", ["campaign_id", "lead_id"], unique=False)
    op.create_index(
        "enrollment_due",
        "enrollment",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index("enrollment_lead", "enrollment", ["lead_id"], unique=False)
    op.create_index(
        "enrollment_one_live_per_lead",
        "enrollment",
        ["lead_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('active', 'paused')"),
        postgresql_where=sa.text("status IN ('active', 'paused')"),
    )
    op.create_table(
        "notification",
        sa.Column("id", models.Id, nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("rep", sa.String(length=64), nullable=False),
        sa.Column("lead_id", models.Id, nullable=True),
        sa.Column("handoff_id", models.Id, nullable=True),
        sa.Column("subject", sa.String(length=998), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", models.Instant(timezone=True), nullable=True),
        sa.Column("detail", sa.String(length=500), nullable=True),
        sa.Column("rfc_message_id", sa.String(length=255), nullable=False),
        sa.Column("created_at", models.Instant(timezone=True), nullable=False),
        sa.Column("outcome_at", models.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["handoff_id"],
            ["handoff.id"],
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["lead.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index(
        "notification_due",
        "notification",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_table(
        "message",
        sa.Column("id", models.Id, nullable=False),
        sa.Column("enrollment_id", models.Id, nullable=False),
        sa.Column("step", sa.String(length=128), nullable=False),
        sa.Column("lead_id", models.Id, nullable=False),
        sa.Column("campaign_id", models.Id, nullable=False),
        sa.Column("version_id", models.Id, nullable=False),
        sa.Column("template", sa.String(length=128), nullable=False),
        sa.Column("variant", sa.Integer(), nullable=True),
        sa.Column("sender", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("detail", sa.String(length=500), nullable=True),
        sa.Column("due_at", models.Instant(timezone=True), nullable=True),
        sa.Column("stale_at", models.Instant(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", models.Instant(timezone=True), nullable=True),
        sa.Column("rfc_message_id", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=998), nullable=True),
        sa.Column("queued_at", models.Instant(timezone=True), nullable=False),
        sa.Column("outcome_at", models.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
        ),
        sa.ForeignKeyConstraint(
            ["enrollment_id"],
            ["enrollment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["lead.id"],
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["campaign_version.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("enrollment_id", "step"),
        sa.UniqueConstraint("rfc_message_id"),
    )
    op.create_index(
        "message_due",
        "message",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index("message_lead", "message", ["lead_id"], unique=False)
    op.create_index(
        "message_lease",
        "message",
        ["lease_until"],
        unique=False,
        sqlite_where=sa.text("lease_until IS NOT NULL"),
        postgresql_where=sa.text("lease_until IS NOT NULL"),
    )
    op.create_index("message_sender_outcome", "message", ["sender", "outcome_at"], unique=False)
    op.create_table(
        "task",
        sa.Column("id", models.Id, nullable=False),
        sa.Column("lead_id", models.Id, nullable=False),
        sa.Column("enrollment_id", models.Id, nullable=True),
        sa.Column("step", sa.String(length=128), nullable=True),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("rep", sa.String(length=64), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("opened_at", models.Instant(timezone=True), nullable=False),
        sa.Column("due_at", models.Instant(timezone=True), nullable=False),
        sa.Column("done_at", models.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrollment_id"],
            ["enrollment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["lead.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("enrollment_id", "step"),
    )
    op.create_index("task_rep", "task", ["rep", "status"], unique=False)


def downgrade() -> None:
    op.drop_index("task_rep", table_name="task")
    op.drop_table("task")
    op.drop_index("message_sender_outcome", table_name="message")
    op.drop_index(
        "message_lease",
        table_name="message",
        sqlite_where=sa.text("lease_until IS NOT NULL"),
        postgresql_where=sa.text("lease_until IS NOT NULL"),
    )
    op.drop_index("message_lead", table_name="message")
    op.drop_index(
        "message_due",
        table_name="message",
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.drop_table("message")
    op.drop_index(
        "notification_due",
        table_name="notification",
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.drop_table("notification")
    op.drop_index(
        "enrollment_one_live_per_lead",
        table_name="enrollment",
        sqlite_where=sa.text("status IN ('active', 'paused')"),
        postgresql_where=sa.text("status IN ('active', 'paused')"),
    )
    op.drop_index("enrollment_lead", table_name="enrollment")
    op.drop_index(
        "enrollment_due",
        table_name="enrollment",
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.drop_index("enrollment_campaign_lead", table_name="enrollment")
    op.drop_table("enrollment")
    op.drop_index("handoff_rep", table_name="handoff")
    op.drop_index("handoff_lead", table_name="handoff")
    op.drop_index(
        "handoff_due",
        table_name="handoff",
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.drop_table("handoff")
    op.drop_index("deal_lead", table_name="deal")
    op.drop_table("deal")
    op.drop_table("campaign_version")
    op.drop_table("suppression")
    op.drop_table("sender_state")
    op.drop_table("policy")
    op.drop_table("mailbox_cursor")
    op.drop_index("lead_stage", table_name="lead")
    op.drop_index(
        "lead_owner",
        table_name="lead",
        sqlite_where=sa.text("owner IS NOT NULL"),
        postgresql_where=sa.text("owner IS NOT NULL"),
    )
    op.drop_index(
        "lead_match",
        table_name="lead",
        sqlite_where=sa.text("match_at IS NOT NULL"),
        postgresql_where=sa.text("match_at IS NOT NULL"),
    )
    op.drop_index(
        "lead_due",
        table_name="lead",
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.drop_table("lead")
    op.drop_table("instance")
    op.drop_index("inbound_mail_lead", table_name="inbound_mail")
    op.drop_table("inbound_mail")
    op.drop_index("event_lead", table_name="event")
    op.drop_index("event_kind_at", table_name="event")
    op.drop_table("event")
    op.drop_table("campaign")
