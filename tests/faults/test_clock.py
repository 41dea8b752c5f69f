"""The clock jumps, is set back, and goes over both changes of summer time: no mail is early, sent twice or forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from house import House

from outreach import models
from outreach.channels import Outcome, Outgoing
from outreach.db import Database
from outreach.domain.words import MessageStatus

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = timedelta(hours=2)
LEASE = timedelta(minutes=10)


class JumpingClock:
    """A clock that somebody sets as they like, back as well."""

    def __init__(self, now: datetime) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at

    def turn_to(self, at: datetime) -> None:
        self.at = at


class Killed(BaseException):
    """The process ends here."""


class Dying:
    """A channel in whose hands the process ends, with the mail at the server or not."""

    lanes = 1

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send(self, mails: Sequence[Outgoing]) -> list[Outcome]:
        raise Killed


@pytest.fixture
def clock(now: datetime) -> JumpingClock:
    return JumpingClock(now)


@pytest.fixture
def house(database: Database, tmp_path: Path, clock: JumpingClock) -> House:
    """A house whose clock can be set back."""
    built = House(database, tmp_path, clock.at)
    built.clock = clock  # type: ignore[assignment]
    built.post = replace(built.post, clock=clock)
    built.apply()
    return built


def _sent(house: House) -> Counter[str]:
    return Counter(str(mail["Message-ID"]) for mail in house.mails_to_leads())


def _die_in_the_midst_of_a_mail(house: House) -> None:
    alive = house.post
    house.post = replace(alive, channel=Dying())
    with pytest.raises(Killed):
        house.tick()
    house.post = alive


def _states(house: House) -> list[str]:
    return [str(row.status) for row in house.rows(models.Message)]


@pytest.mark.parametrize("jump", [HOURS, -HOURS], ids=["forward", "back"])
def test_a_jump_between_two_mails_sends_none_twice(
    house: House, clock: JumpingClock, jump: timedelta
) -> None:
    house.lead()
    house.tick()
    clock.at += jump
    for _ in range(5):
        house.tick()
    assert _states(house) == [MessageStatus.ACCEPTED]
    assert max(_sent(house).values()) == 1


def test_a_clock_that_jumps_forward_ends_a_lease_early_and_the_mail_is_unknown_not_sent_again(
    house: House, clock: JumpingClock
) -> None:
    house.lead()
    _die_in_the_midst_of_a_mail(house)
    assert _states(house) == [MessageStatus.TRANSMITTING]
    clock.at += HOURS
    house.tick()
    assert _states(house) == [MessageStatus.UNKNOWN]
    house.later(days=1)
    assert not _sent(house)


def test_a_clock_that_is_set_back_during_a_lease_only_makes_it_longer(
    house: House, clock: JumpingClock
) -> None:
    house.lead()
    _die_in_the_midst_of_a_mail(house)
    clock.at -= HOURS
    house.tick()
    assert _states(house) == [MessageStatus.TRANSMITTING]
    clock.at += HOURS + LEASE + timedelta(seconds=1)
    house.tick()
    assert _states(house) == [MessageStatus.UNKNOWN]
    assert not _sent(house)


def test_a_clock_that_is_set_back_makes_a_second_mail_late_and_never_early(
    house: House, clock: JumpingClock
) -> None:
    house.lead()
    house.tick()
    first = clock.at
    clock.at -= HOURS
    house.tick()
    house.later(days=1, hours=23)
    assert len(_states(house)) == 1
    house.later(days=2)
    assert _states(house) == [MessageStatus.ACCEPTED] * 2
    second = house.rows(models.Message)[1]
    assert second.outcome_at >= first + timedelta(days=2)


@pytest.mark.parametrize(
    "day",
    [datetime(2026, 3, 27, 9, 30, tzinfo=BERLIN), datetime(2026, 10, 23, 9, 30, tzinfo=BERLIN)],
    ids=["spring", "autumn"],
)
def test_a_wait_over_a_change_of_the_clock_ends_at_the_same_hour_of_the_lead(
    house: House, clock: JumpingClock, day: datetime
) -> None:
    clock.at = day.astimezone(UTC)
    house.lead()
    house.tick()
    house.later(days=5)
    rows = house.rows(models.Message)
    assert [str(row.status) for row in rows] == [MessageStatus.ACCEPTED] * 2
    # Two days on it is a Sunday: the window opens on Monday, at its own hour of the day.
    local = rows[1].outcome_at.astimezone(BERLIN)
    assert (local.weekday(), local.date() - day.date()) == (0, timedelta(days=3))
    assert 9 <= local.hour < 10
    assert max(_sent(house).values()) == 1
