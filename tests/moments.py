"""Plays a House from one due moment to the next, to the minute and second, as a scheduler that never sleeps would."""

from __future__ import annotations

from datetime import datetime, timedelta

from house import House
from sqlalchemy import func, select

from outreach import models

DUE = (
    models.Lead.due_at,
    models.Lead.match_at,
    models.Enrollment.due_at,
    models.Message.due_at,
    models.Handoff.due_at,
    models.Notification.due_at,
    models.Followup.due_at,
)


def next_moment(house: House) -> datetime | None:
    """Return when something is due next."""
    with house.database.read() as session:
        found = [session.scalar(select(func.min(column)).where(column > house.now)) for column in DUE]
    return min((at for at in found if at is not None), default=None)


def play(house: House, until: datetime) -> None:
    """Do all that comes due, each at its own instant."""
    house.tick()
    while (at := next_moment(house)) is not None and at <= until:
        house.clock.turn_to(at)
        house.tick()
    if house.now < until:
        house.clock.turn_to(until)
        house.tick()


def play_on(house: House, **time: float) -> None:
    play(house, house.now + timedelta(**time))
