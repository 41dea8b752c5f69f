"""When a mail that waits goes: one sender's queue played forward."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain import pacing, windows
from outreach.domain.campaign import Window
from outreach.domain.pacing import Usage
from outreach.domain.policies import Sender
from outreach.domain.slots import Queued, Slot, slot

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # a Tuesday, 13:00 in Budapest
ZONE = ZoneInfo("Europe/Budapest")
OFFICE = Window(days="mon-fri", hours="09:00-17:00", holidays="none")


def sender(**fields: Any) -> Sender:
    return Sender.model_validate(
        {"name": "anna", "full_name": "Anna", "address": "anna@example.com", "per_day": 50, **fields}
    )


def opens(message_id: int, at: datetime) -> datetime:
    return windows.next_open(OFFICE, at, zone=ZONE, country=None)


def waiting(count: int, due_at: datetime = NOW) -> list[Queued]:
    return [Queued(number, NOW - timedelta(hours=1), due_at) for number in range(1, count + 1)]


def told(who: Sender, queue: list[Queued], wanted: int, sent: int = 0, now: datetime = NOW) -> Slot:
    return slot(who, Usage(now.astimezone(ZONE).date(), sent, None), queue, wanted, opens, now, ZONE)


SLOTS = [
    ("the first of the queue goes at once", {}, 1, 1, 0, "2026-11-24T13:00", 0, []),
    ("so does the last one within the limit", {}, 50, 50, 0, "2026-11-24T13:00", 49, []),
    ("one more waits for tomorrow's window", {}, 51, 51, 0, "2026-11-25T09:00", 50,
     ["50 of 50 sent today", "its window is closed"]),
    ("what was sent counts", {}, 1, 1, 50, "2026-11-25T09:00", 0, ["50 of 50 sent today", "its window is closed"]),
    ("a ramp gives more each day", {"ramp": {"since": "2026-11-24", "start": 1, "add_per_day": 1}}, 6, 6, 0,
     "2026-11-26T09:00", 5, None),
    ("a weekend lies between", {"per_day": 1}, 5, 5, 0, "2026-11-30T09:00", 4, None),
    ("a gap puts the next one off", {"gap": "10 minutes"}, 4, 4, 0, "2026-11-24T13:30", 3, ["10 minutes between two mails"]),
    ("with a limit of nothing it never goes", {"per_day": 0}, 1, 1, 0, None, 0, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "count", "wanted", "sent", "at", "before", "holds"),
    [each[1:] for each in SLOTS],
    ids=[each[0] for each in SLOTS],
)
def test_a_slot(
    fields: dict[str, Any],
    count: int,
    wanted: int,
    sent: int,
    at: str | None,
    before: int,
    holds: list[str] | None,
) -> None:
    found = told(sender(**fields), waiting(count), wanted, sent)
    local = found.at.astimezone(ZONE).isoformat()[:16] if found.at else None
    assert (local, found.before, found.is_exact) == (at, before, True)
    if holds is not None:
        assert [hold.why for hold in found.holds] == holds


def test_a_mail_that_would_come_too_late_is_left_out() -> None:
    late = Queued(2, NOW, NOW, stale_at=NOW + timedelta(hours=2))
    found = told(sender(per_day=1), [*waiting(1), late], 2)
    assert found.is_stale


def test_many_at_once_with_a_gap_between_them_are_not_exact() -> None:
    assert not told(sender(gap="1 minute"), waiting(60), 60).is_exact


@given(
    st.integers(1, 30),
    st.integers(1, 12),
    st.sampled_from(["0 minutes", "15 minutes", "3 hours"]),
    st.integers(0, 5),
    st.integers(0, 72),
)
def test_no_day_has_more_than_its_limit_and_none_goes_out_of_its_window(
    count: int, per_day: int, gap: str, sent: int, hours: int
) -> None:
    now, who = NOW + timedelta(hours=hours), sender(per_day=per_day, gap=gap)
    queue = waiting(count, now)
    days: dict[date, int] = {now.astimezone(ZONE).date(): sent}
    went = []
    for mail in queue:
        at = told(who, queue, mail.id, sent, now).at
        assert at is not None
        assert opens(mail.id, at) == at >= now
        day = at.astimezone(ZONE).date()
        days[day] = days.get(day, 0) + 1
        went.append(at)
    assert all(many <= max(pacing.limit_on(who, day), sent) for day, many in days.items())
    if who.gap.amount:
        assert len(set(went)) == count


@given(st.integers(1, 40), st.integers(1, 20), st.integers(1, 20))
def test_a_higher_limit_is_never_later(count: int, per_day: int, more: int) -> None:
    queue = waiting(count)
    lower, higher = (
        told(sender(per_day=per_day), queue, count),
        told(sender(per_day=per_day + more), queue, count),
    )
    assert lower.at is not None and higher.at is not None
    assert higher.at <= lower.at
