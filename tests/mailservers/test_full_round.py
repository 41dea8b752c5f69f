"""The full round on real servers: sent through Postfix, and what comes back of it heard over IMAP from Dovecot."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import house as houses
import pytest
from house import House
from imapclient import IMAPClient
from mailservers.dovecot import Dovecot
from mailservers.postfix import Postfix
from mailservers.test_dovecot import opened
from mailservers.test_mail_reader import until
from sqlalchemy import select

from outreach import models
from outreach.channels import from_url
from outreach.db import Database
from outreach.delivery import Post
from outreach.domain.words import Kind
from outreach.links import Links
from outreach.mail_reader import MailReader

OUR_MAILBOX = "anna@example.com"

ALIVE = "ben@example.org"
WRITES_BACK = "dana@example.org"
AWAY = "carla@example.org"
FULL = "full@example.org"
SLOW = "eva@slow.example"
UNKNOWN = "nobody.here@example.org"  # taken by Postfix, and unknown where it is delivered
REFUSED = "refused@example.org"  # refused while we are still connected
NO_HOST = "frank@nohost.example"

DEAD = {UNKNOWN, REFUSED, NO_HOST}
EVERYBODY = {ALIVE, WRITES_BACK, AWAY, FULL, SLOW, *DEAD}
COME_BACK = 6  # a reply, an auto-reply, a delay warning, and three bounces

SENDERS = houses.SENDERS.replace(
    "address: anna@example.com,", 'address: anna@example.com, return_path: "anna+b-{token}@example.com",'
)

# Mails of a list get no vacation answer from Dovecot, and ours are such (RFC 5230, 4.6; RFC 2369): other servers do it.
VACATION = """
require ["editheader", "vacation"];
deleteheader "List-Unsubscribe";
deleteheader "List-Unsubscribe-Post";
vacation :days 1 :subject "Out of office" "I am out of the office until 9 March 2026.";
"""


@pytest.fixture
def house(
    sqlite: Database, tmp_path: Path, now: Any, imap_server: Dovecot, mail_server: Postfix
) -> Iterator[House]:
    """An installation that sends through Postfix, with everybody as a lead."""
    for user in (OUR_MAILBOX, ALIVE, WRITES_BACK, AWAY):
        imap_server.add(user)
    imap_server.add(FULL, quota="1")
    imap_server.sieve(AWAY, VACATION)
    built = House(sqlite, tmp_path / "workspace", now)
    built.links = Links("https://t.example.com", "a secret key of a test")
    built.write(senders=SENDERS)
    built.apply()
    for address in sorted(EVERYBODY):
        built.lead(email=address, first_name="Friend")
    with closing(from_url(mail_server.smtp_url)) as channel:
        built.post = Post(sqlite, channel, built.links, built.clock)
        yield built


@pytest.fixture
def reader(house: House, imap_server: Dovecot) -> Iterator[MailReader]:
    """Our mailbox, listened to."""
    running = MailReader(house.database, imap_server.imap_url(OUR_MAILBOX), house.links, house.clock)
    running.start()
    yield running
    running.stop()


def write_back(server: Dovecot, postfix: Postfix, user: str) -> None:
    """Answer the only mail in the mailbox of `user`, as a mail program does."""
    with opened(server, user) as client:
        until(lambda: _count(client) == 1, "a mail to answer")
        (found,) = client.fetch([1], ["ENVELOPE"]).values()
    envelope = found[b"ENVELOPE"]
    reply = (
        f"From: Dana Cole <{user}>\r\nTo: Anna Berg <{OUR_MAILBOX}>\r\nSubject: Re: {envelope.subject.decode()}\r\n"
        f"Message-ID: <reply@example.org>\r\nIn-Reply-To: {envelope.message_id.decode()}\r\n\r\n"
        "Yes, let us have a call on Tuesday.\r\n\r\n> Hello\r\n"
    )
    with smtplib.SMTP("127.0.0.1", postfix.smtp_port, local_hostname="localhost") as session:
        session.sendmail(user, [OUR_MAILBOX], reply.encode())


def _count(client: IMAPClient) -> int:
    client.noop()
    return len(client.search())


def heard(house: House) -> dict[str, str]:
    """Return what each lead's mail that came in was taken for, by address."""
    with house.database.read() as session:
        query = select(models.Lead.email, models.InboundMail.kind).join(
            models.Lead, models.Lead.id == models.InboundMail.lead_id
        )
        return {email: str(kind) for email, kind in session.execute(query)}


def suppressed(house: House) -> set[str]:
    """Return who is never written to again."""
    with house.database.read() as session:
        query = select(models.Lead.email).join(
            models.Suppression, models.Suppression.address_hash == models.Lead.address_hash
        )
        return set(session.scalars(query.where(models.Suppression.until.is_(None))))


def sent_to(house: House) -> list[str]:
    with house.database.read() as session:
        query = select(models.Lead.email).join(models.Message, models.Message.lead_id == models.Lead.id)
        return sorted(session.scalars(query.where(models.Message.status == "accepted")))


def test_what_comes_back_is_heard_understood_and_acted_upon(
    house: House, reader: MailReader, imap_server: Dovecot, mail_server: Postfix
) -> None:
    house.tick()
    assert sent_to(house) == sorted(EVERYBODY - {REFUSED}), "one was refused at once, by an answer at RCPT"
    write_back(imap_server, mail_server, WRITES_BACK)
    until(lambda: len(house.rows(models.InboundMail)) >= COME_BACK, f"all mails; {mail_server.log}")

    assert heard(house) == {
        WRITES_BACK: "reply",
        AWAY: "auto_reply",
        SLOW: "delayed",
        FULL: "bounce",
        UNKNOWN: "bounce",
        NO_HOST: "bounce",
    }
    ways = {(row.kind, row.matched_by) for row in house.rows(models.InboundMail)}
    assert ways <= {(kind, way) for kind in ("reply", "auto_reply") for way in ("message_id", "envelope")} | {
        ("delayed", "envelope"), ("bounce", "envelope")
    }, "never by the sender alone"  # fmt: skip
    house.tick()
    assert suppressed(house) == DEAD

    house.later(days=3)
    second = sent_to(house)
    assert second.count(ALIVE) == 2
    assert {address for address in EVERYBODY if second.count(address) == 2} <= {ALIVE, FULL, SLOW}
    replies = [row.data["text"] for row in house.rows(models.Event) if row.kind == Kind.REPLIED]
    assert replies == ["Yes, let us have a call on Tuesday."]

    reader.stop()
    with opened(imap_server, OUR_MAILBOX) as client:
        flags = client.get_flags(client.search()).values()
        assert len(flags) >= COME_BACK
        assert not [one for one in flags if set(one) - {b"\\Recent"}], "nothing in our mailbox was touched"
