"""Reading mailboxes for ever: heard at once, each mail once, whatever happens to the servers meanwhile."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mailservers import brokenimap, dovecot
from mailservers.brokenimap import Broken
from mailservers.dovecot import Dovecot
from mailservers.test_dovecot import deliver, mail, opened
from sqlalchemy import select

from outreach import mail_reader, models
from outreach.channels.imap import places
from outreach.clock import SystemClock
from outreach.db import Database
from outreach.errors import Deferred, Rejected, SettingsError
from outreach.links import Links
from outreach.mail_reader import LONGEST_PAUSE, LONGEST_REFUSED_PAUSE, MailReader, pause_after

SECONDS = 20.0
LINKS = Links("https://t.example.com", "a secret of sixteen letters")


def reader(database: Database, urls: str) -> MailReader:
    return MailReader(database, urls, LINKS, SystemClock(), poll_seconds=0.05, listen_seconds=5)


@contextmanager
def listening(database: Database, urls: str) -> Iterator[MailReader]:
    running = reader(database, urls)
    running.start()
    try:
        yield running
    finally:
        began = time.monotonic()
        running.stop()
        assert time.monotonic() - began < mail_reader.STOP_SECONDS


def recorded(database: Database) -> list[str]:
    """Return the mailbox of each mail that was recorded."""
    with database.read() as session:
        return list(
            session.scalars(select(models.InboundMail.mailbox).order_by(models.InboundMail.source_id))
        )


def until(met: Callable[[], bool], what: str) -> float:
    """Wait for it; return how many seconds it took."""
    began = time.monotonic()
    while not met():
        assert time.monotonic() - began < SECONDS, f"never: {what}"
        time.sleep(0.01)
    return time.monotonic() - began


def url(server: Broken) -> str:
    return f"imap://anna:secret@127.0.0.1:{server.port}"


@pytest.fixture
def broken() -> Iterator[Broken]:
    with brokenimap.start() as running:
        running.mails = {uid: b"Subject: %d\r\n\r\nHello\r\n" % uid for uid in (1, 2)}
        yield running


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the next try come soon."""
    monkeypatch.setattr(mail_reader, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(mail_reader, "LONGEST_PAUSE", 0.2)


# -- on a real server --------------------------------------------------------------------------------


def test_a_reply_is_heard_within_a_second_or_two(imap_server: Dovecot, sqlite: Database) -> None:
    user = "heard@example.com"
    with listening(sqlite, imap_server.imap_url(user)):
        deliver(imap_server, user, mail(1))
        until(lambda: len(recorded(sqlite)) == 1, "the first")
        time.sleep(0.3)  # it is in IDLE again
        deliver(imap_server, user, mail(2))
        assert until(lambda: len(recorded(sqlite)) == 2, "the second") < 2


def test_several_mailboxes_are_listened_to_at_once(imap_server: Dovecot, sqlite: Database) -> None:
    users = ["several1@example.com", "several2@example.com"]
    with listening(sqlite, " ".join(imap_server.imap_url(user) for user in users)):
        for number, user in enumerate(users):
            deliver(imap_server, user, mail(number))
        until(lambda: len(recorded(sqlite)) == 2, "both")
    assert {name.partition("@127")[0] for name in recorded(sqlite)} == set(users)


def test_two_readers_of_a_mailbox_record_each_mail_once(imap_server: Dovecot, database: Database) -> None:
    user = f"two-{random.randrange(10**9)}@example.com"
    where = imap_server.imap_url(user)
    with listening(database, where), listening(database, where):
        for start in range(0, 30, 3):
            deliver(imap_server, user, *(mail(number) for number in range(start, start + 3)))
        until(lambda: len(recorded(database)) >= 30, "all of them")
        time.sleep(0.3)
    assert len(recorded(database)) == 30
    with database.read() as session:
        assert session.scalars(select(models.MailboxCursor.uid)).one() == 30


def test_a_renumbered_mailbox_is_read_again_and_each_mail_stays_one(
    imap_server: Dovecot, sqlite: Database
) -> None:
    user = "again@example.com"
    with opened(imap_server, user) as owner:
        owner.create_folder("In")
        owner.append("In", mail(1))
        with listening(sqlite, imap_server.imap_url(user, "In")):
            until(lambda: len(recorded(sqlite)) == 1, "the first")
            time.sleep(1.1)  # Dovecot's validity is the second of the creation
            owner.rename_folder("In", "Out")
            owner.create_folder("In")
            owner.append("In", mail(1))
            owner.append("In", mail(2))
            until(lambda: len(recorded(sqlite)) == 2, "the second")
        owner.select_folder("In", readonly=True)
        assert [flags for flags in owner.get_flags([1, 2]).values() if b"\\Seen" in flags] == []


def test_a_server_that_went_away_is_found_again(
    sqlite: Database, imap_server: Dovecot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="outreach")
    user = "restart@example.com"
    deliver(imap_server, user, mail(1))
    with dovecot.start() as other:
        where = other.imap_url(user)
        running = reader(sqlite, where)
        running.start()
        deliver(other, user, mail(2))
        until(lambda: len(recorded(sqlite)) == 1, "the first")
    until(lambda: "mailbox 1 (127.0.0.1): " in caplog.text, "a line about it")
    running.mailboxes[0].place = places(imap_server.imap_url(user))[0]
    until(lambda: len(recorded(sqlite)) == 2, "the second")
    running.stop()
    until(lambda: "mailbox 1 (127.0.0.1) can be read again" in caplog.text, "a line that it is over")
    assert "restart@example.com" not in caplog.text
    assert imap_server.password not in caplog.text


# -- on servers that fail ----------------------------------------------------------------------------


def test_what_is_new_is_read_on_demand_as_well(broken: Broken, sqlite: Database) -> None:
    here = reader(sqlite, url(broken))
    assert (here.read(), here.read()) == (2, 0)
    here.close()


def test_one_mailbox_that_fails_does_not_keep_the_others(broken: Broken, sqlite: Database) -> None:
    with brokenimap.start() as refusing:
        refusing.login = b"NO [AUTHENTICATIONFAILED] no"
        here = reader(sqlite, f"{url(refusing)} {url(broken)}")
        with pytest.raises(Rejected):
            here.read()
        here.close()
    assert len(recorded(sqlite)) == 2


def test_a_mail_that_can_not_be_had_holds_up_nothing_for_long(broken: Broken, sqlite: Database) -> None:
    broken.cuts, broken.mails[3] = {2}, b"Subject: 3\r\n\r\nHello\r\n"
    with listening(sqlite, url(broken)):
        until(lambda: len(recorded(sqlite)) >= 2 and [3] in broken.fetches, "the third")
        until(lambda: _cursor(sqlite) == 3, "the end")


def _cursor(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(models.MailboxCursor.uid)) or 0


def test_the_same_trouble_is_said_once(
    broken: Broken, sqlite: Database, caplog: pytest.LogCaptureFixture
) -> None:
    broken.login = b"NO [UNAVAILABLE] later"
    with listening(sqlite, url(broken)):
        until(lambda: broken.logins >= 4, "four tries")
    lines = [record.getMessage() for record in caplog.records if record.name == "outreach.mail_reader"]
    assert lines == ["mailbox 1 (127.0.0.1): 127.0.0.1 takes no login now"]


def test_a_refused_login_is_not_hammered(broken: Broken, sqlite: Database) -> None:
    broken.login = b"NO [AUTHENTICATIONFAILED] no"
    with listening(sqlite, url(broken)):
        until(lambda: broken.logins == 1, "a try")
        time.sleep(0.5)
    assert broken.logins == 1


def test_a_wrong_list_of_mailboxes_is_said_before_anything_starts(sqlite: Database) -> None:
    with pytest.raises(SettingsError):
        reader(sqlite, "imaps://anna:x@imap.example.com pop3://nowhere")


@given(failures=st.integers(1, 10_000), chance=st.floats(0, 1), refused=st.booleans())
def test_the_pause_grows_has_a_limit_and_some_chance(failures: int, chance: float, refused: bool) -> None:
    error, longest = (Rejected("no"), LONGEST_REFUSED_PAUSE) if refused else (Deferred("no"), LONGEST_PAUSE)
    seconds = pause_after(error, failures, chance)
    assert 0 < seconds <= longest
    assert seconds >= pause_after(error, max(failures - 1, 1), chance) * 0.999
    assert pause_after(error, failures, 0) <= seconds <= 2 * pause_after(error, failures, 0)
