"""Mailboxes on a real Dovecot: hearing at once, logins by token, and folders that change while they are read."""

from __future__ import annotations

import smtplib
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from imapclient import IMAPClient
from mailservers.dovecot import Dovecot
from mailservers.tokenserver import CLIENT, Provided

from outreach.channels.imap import Mailbox, place
from outreach.channels.imap import mailbox as mailboxes
from outreach.channels.oauth import Tokens
from outreach.errors import Deferred, Rejected

SOON = 3.0  # seconds; a poll would take LONG
LONG = 60.0


def mail(number: int, body: str = "Hello") -> bytes:
    return (
        f"From: ben@example.org\r\nTo: anna@example.com\r\nSubject: mail {number}\r\n"
        f"Message-ID: <{number}@example.org>\r\n\r\n{body}\r\n"
    ).encode()


def deliver(server: Dovecot, user: str, *mails: bytes) -> None:
    """Put mails into a mailbox, as a mail server does."""
    server.add(user)
    with smtplib.LMTP("127.0.0.1", server.lmtp_port, local_hostname="localhost") as session:
        for one in mails:
            session.sendmail("ben@example.org", [user], one)


def opened(server: Dovecot, user: str, folder: str = "INBOX") -> IMAPClient:
    """Return the mailbox as its owner's mail program sees it."""
    server.add(user)
    client = IMAPClient("127.0.0.1", server.imap_port, ssl=False)
    client.login(user, server.password)
    client.select_folder(folder)
    return client


def numbers(mailbox: Mailbox, uid: int = 0, limit: int = 100) -> list[int]:
    mailbox.status()
    lines = (
        one.raw.partition(b"Subject: mail ")[2].split(b"\r\n")[0] for one in mailbox.fetch_after(uid, limit)
    )
    return [int(line) for line in lines]


# -- hearing ---------------------------------------------------------------------------------------


def test_new_mail_is_heard_at_once(imap_server: Dovecot) -> None:
    with Mailbox(imap_server.imap_url("idle@example.com")) as mailbox:
        mailbox.status()
        later = threading.Timer(0.3, deliver, (imap_server, "idle@example.com", mail(1)))
        later.start()
        began = time.monotonic()
        assert mailbox.wait(LONG, LONG)
        assert time.monotonic() - began < SOON
        later.join()
        assert numbers(mailbox) == [1]


def test_mail_that_came_before_the_wait_began_is_not_waited_for(imap_server: Dovecot) -> None:
    with Mailbox(imap_server.imap_url("before@example.com")) as mailbox:
        mailbox.status()
        deliver(imap_server, "before@example.com", mail(1))
        assert mailbox.wait(LONG, LONG)


def test_a_wait_ends_when_it_is_told_to_and_the_connection_is_good_for_more(imap_server: Dovecot) -> None:
    here, there = socket.socketpair()
    with here, there, Mailbox(imap_server.imap_url("woken@example.com")) as mailbox:
        mailbox.status()
        threading.Timer(0.2, there.send, (b"x",)).start()
        began = time.monotonic()
        assert not mailbox.wait(LONG, LONG, here)
        assert time.monotonic() - began < SOON
        deliver(imap_server, "woken@example.com", mail(1))
        assert numbers(mailbox) == [1]


def test_an_idle_is_renewed_before_anybody_forgets_the_connection(imap_server: Dovecot) -> None:
    with Mailbox(imap_server.imap_url("renewed@example.com")) as mailbox:
        mailbox.status()
        assert not mailbox.wait(0.2, LONG)
        assert not mailbox.wait(0.2, LONG)
        deliver(imap_server, "renewed@example.com", mail(1))
        assert mailbox.wait(LONG, LONG)


def test_flags_that_somebody_sets_are_no_new_mail(imap_server: Dovecot) -> None:
    user = "flags@example.com"
    deliver(imap_server, user, mail(1))
    with Mailbox(imap_server.imap_url(user)) as mailbox, opened(imap_server, user) as owner:
        mailbox.status()
        threading.Timer(0.2, owner.set_flags, (owner.search(), [b"\\Seen"])).start()
        assert not mailbox.wait(1.0, LONG)


def test_a_connection_that_dies_in_idle_is_noticed(imap_server: Dovecot) -> None:
    mailbox = Mailbox(imap_server.imap_url("killed@example.com"))
    mailbox.status()
    threading.Timer(0.2, _kick, (imap_server, "killed@example.com")).start()
    with pytest.raises(Deferred, match="lost"):
        mailbox.wait(LONG, LONG)
    deliver(imap_server, "killed@example.com", mail(1))
    assert numbers(mailbox) == [1]
    mailbox.close()


def _kick(server: Dovecot, user: str) -> None:
    command = ["doveadm", "-c", str(server.folder / "dovecot.conf"), "kick", user]
    subprocess.run(command, check=True, capture_output=True)


# -- folders that change -----------------------------------------------------------------------------


def test_drafts_are_left_out(imap_server: Dovecot) -> None:
    user = "drafts@example.com"
    with opened(imap_server, user) as owner:
        owner.append("INBOX", mail(1), flags=[b"\\Draft"])
        owner.append("INBOX", mail(2))
    with Mailbox(imap_server.imap_url(user)) as mailbox:
        assert numbers(mailbox) == [2]


@pytest.mark.parametrize("folder", ["Sent", "sent"])
def test_what_we_sent_is_no_folder_to_read(imap_server: Dovecot, folder: str) -> None:
    with pytest.raises(Rejected):
        Mailbox(imap_server.imap_url("sent@example.com", folder)).status()


def test_other_folders_can_be_read(imap_server: Dovecot) -> None:
    user = "junk@example.com"
    with opened(imap_server, user) as owner:
        owner.create_folder("Söld In/Two")
        owner.append("Junk", mail(1))
        owner.append("Söld In/Two", mail(2))
    for folder, number in (("Junk", 1), ("Söld In/Two", 2)):
        with Mailbox(imap_server.imap_url(user, folder)) as mailbox:
            assert numbers(mailbox) == [number]


def test_mails_that_were_expunged_meanwhile_are_passed_over(imap_server: Dovecot) -> None:
    user = "expunged@example.com"
    deliver(imap_server, user, *(mail(number) for number in range(1, 7)))
    with Mailbox(imap_server.imap_url(user)) as mailbox, opened(imap_server, user) as owner:
        mailbox.status()
        owner.delete_messages([2, 3, 6])
        owner.expunge()
        assert numbers(mailbox, 1) == [4, 5]
        owner.delete_messages([4, 5])
        owner.expunge()
        assert numbers(mailbox, 1) == []
        assert mailbox.is_drained


def test_a_renumbered_folder_has_another_validity(imap_server: Dovecot) -> None:
    user = "renumbered@example.com"
    with opened(imap_server, user) as owner:
        owner.create_folder("In")
        owner.append("In", mail(1))
        with Mailbox(imap_server.imap_url(user, "In")) as mailbox:
            validity, _ = mailbox.status()
            owner.delete_folder("In")
            time.sleep(1.1)  # Dovecot's validity is the second of the creation
            owner.create_folder("In")
            owner.append("In", mail(2))
            with pytest.raises(Deferred, match="renumbered"):
                mailbox.fetch_after(0, 10)
            assert mailbox.status()[0] != validity
            assert numbers(mailbox) == [2]


def test_large_gaps_between_uids_are_crossed(imap_server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailboxes, "SPAN", 1)
    monkeypatch.setattr(mailboxes, "WIDEST", 2)
    user = "gaps@example.com"
    deliver(imap_server, user, *(mail(number) for number in range(1, 9)))
    with Mailbox(imap_server.imap_url(user)) as mailbox, opened(imap_server, user) as owner:
        owner.delete_messages([1, 2, 3, 4, 5, 6])
        owner.expunge()
        assert numbers(mailbox) == [7]
        assert numbers(mailbox, 7) == [8]


def test_nothing_is_marked_as_read_or_recent(imap_server: Dovecot) -> None:
    user = "unread@example.com"
    deliver(imap_server, user, mail(1))
    with Mailbox(imap_server.imap_url(user)) as mailbox:
        assert numbers(mailbox) == [1]
    new = Path(imap_server.folder, "mail", user)
    assert [path for path in new.rglob("new/*") if path.is_file()] != [], "not even moved from new to cur"


# -- logins by token ---------------------------------------------------------------------------------


@pytest.fixture
def allowed(token_server: Provided) -> Iterator[Tokens]:
    apps = {"google": CLIENT, "microsoft": CLIENT}
    yield Tokens(apps, providers=token_server.providers())


def by_token(
    server: Dovecot, refresh_token: str, provider: str = "google", user: str = "oauth@example.com"
) -> Mailbox:
    server.add(user)
    url = (
        f"imap://{user.replace('@', '%40')}:{refresh_token.replace('/', '%2F')}@127.0.0.1:{server.imap_port}"
    )
    return Mailbox(f"{url}?oauth={provider}", None)


@pytest.mark.parametrize("provider", ["google", "microsoft"])
@pytest.mark.parametrize("way", ["OAUTHBEARER", "XOAUTH2"])
def test_a_token_logs_in(
    imap_server: Dovecot,
    token_server: Provided,
    allowed: Tokens,
    provider: str,
    way: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    has = IMAPClient.has_capability
    monkeypatch.setattr(
        IMAPClient,
        "has_capability",
        lambda client, what: has(client, what) and (not what.startswith("AUTH=") or what == f"AUTH={way}"),
    )
    box = by_token(imap_server, token_server.allow("oauth@example.com"), provider)
    with Mailbox(box.place, allowed) as mailbox:
        assert mailbox.status()[0] > 0
    assert f"method={way}" in imap_server.log


def test_a_token_that_ended_before_its_time_is_renewed_once(
    imap_server: Dovecot, token_server: Provided, allowed: Tokens
) -> None:
    where = by_token(imap_server, token_server.allow("oauth@example.com")).place
    with Mailbox(where, allowed) as mailbox:
        mailbox.status()
    token_server.access.clear()
    asked = len(token_server.asked)
    with Mailbox(where, allowed) as mailbox:
        mailbox.status()
    assert len(token_server.asked) == asked + 1


def test_a_token_of_somebody_else_is_refused_in_one_line(
    imap_server: Dovecot, token_server: Provided, allowed: Tokens
) -> None:
    where = by_token(imap_server, token_server.allow("other@example.com")).place
    asked = len(token_server.asked)
    with pytest.raises(Rejected, match="refused the login; the token is not for this mailbox") as raised:
        Mailbox(where, allowed).open()
    assert len(token_server.asked) == asked + 1, "one that is new already is not renewed"
    assert "\n" not in str(raised.value)


def test_a_consent_that_was_withdrawn_is_a_matter_for_a_person(
    imap_server: Dovecot, token_server: Provided, allowed: Tokens
) -> None:
    where = by_token(imap_server, token_server.allow("oauth@example.com")).place
    with Mailbox(where, allowed):
        token_server.withdraw()
    with pytest.raises(Rejected, match="consent was withdrawn"):
        Mailbox(where, allowed).open()


def test_a_wrong_password_is_refused(imap_server: Dovecot) -> None:
    url = imap_server.imap_url("anna@example.com").replace(imap_server.password, "hunter2")
    with pytest.raises(Rejected, match="refused the login") as raised:
        Mailbox(place(url)).open()
    assert "hunter2" not in str(raised.value)
