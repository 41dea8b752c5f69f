"""Whatever process is killed at whatever point: nothing is lost, nothing goes out twice, and doubt stays in its bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from faults import mailbox
from faults.plant import BULK, STRICT, Mode, Plant
from faults.points import POINTS, Tally, crash
from mailserver import start

Build = Callable[..., Plant]
SEEDS = (1, 2)
AT_A_DESK = {
    "worker": ("claimed", "after_dot"),
    "scheduler": ("advancing", "handed_out"),
}


def _is_right(plant: Plant, name: str, mode: Mode, **more: Any) -> None:
    tally = Tally(name, mode.name, plant.database.engine.dialect.name)
    crash(plant, POINTS[name], SEEDS, tally, **more)
    assert not tally.violations, "\n".join(tally.violations)
    assert tally.kills == len(SEEDS), f"{name} is reached in {tally.kills} of {len(SEEDS)} runs"


@pytest.mark.parametrize("name", AT_A_DESK["worker"])
def test_a_worker_killed_with_one_mail_in_doubt_leaves_at_most_that_one_unknown(
    build: Build, name: str
) -> None:
    _is_right(build(), name, STRICT)


@pytest.mark.parametrize("name", ["answered"])
def test_a_worker_killed_with_many_mails_in_doubt_leaves_no_more_than_these_unknown(
    build: Build, name: str
) -> None:
    _is_right(build(mode=BULK), name, BULK)


@pytest.mark.parametrize("name", AT_A_DESK["scheduler"])
def test_a_scheduler_killed_in_the_midst_of_a_round_skips_nobody(build: Build, name: str) -> None:
    _is_right(build(), name, STRICT)


def test_a_worker_killed_while_it_tells_a_rep_tells_every_lead_at_least_once(build: Build) -> None:
    _is_right(build(notify=True), "notify_sent", STRICT)


@pytest.mark.parametrize("name", ["unsubscribing"])
def test_a_page_that_was_answered_is_recorded_and_one_that_was_cut_off_can_be_asked_again(
    build: Build, name: str
) -> None:
    _is_right(build(), name, STRICT)


def test_a_reply_is_recorded_once_when_the_reader_is_killed_before_it_notes_how_far_it_came(
    build: Build,
) -> None:
    with start() as server:
        box = mailbox.fresh(server)
        _is_right(build(imap_url=box.imap_url), "mail_recorded", STRICT, mailbox=box)


@pytest.mark.parametrize("name", ["after_dot"])
def test_the_one_process_that_does_everything_can_be_killed_as_well(
    build: Build, sqlite_url: str, name: str
) -> None:
    _is_right(build(database_url=sqlite_url, redis_url=None), name, STRICT)
