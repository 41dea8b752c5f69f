"""The tables of what changes a running campaign; all others are in `models`, where these are found too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.columns import Base, Id


class Application(Base):
    """An apply that changed something, or an undo of one."""

    __tablename__ = "application"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(8))  # apply, undo
    undoes_id: Mapped[int | None] = mapped_column(Id)
    changes: Mapped[dict[str, Any]]  # versions before and after, by policy and campaign; digests


class MovedEnrollment(Base):
    """Where a lead in flight stood before an application moved it, and where it put it."""

    __tablename__ = "moved_enrollment"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"), primary_key=True)
    from_version_id: Mapped[int] = mapped_column(Id)
    from_node: Mapped[int]
    to_version_id: Mapped[int] = mapped_column(Id)
    to_node: Mapped[int]


class Allocation(Base):
    """Which share of leads each variant of a step gets from `at` on, by results so far; once a day at most."""

    __tablename__ = "allocation"
    __table_args__ = (UniqueConstraint("campaign_id", "step", "design", "day"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    step: Mapped[str] = mapped_column(String(128))
    design: Mapped[str] = mapped_column(String(64))  # digest of the experiment that it is for
    day: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
    evidence: Mapped[dict[str, Any]]  # shares, and by arm the conversions and leads they come from
