"""The program that many would write: one task per mail, ORM objects, EmailMessage, smtplib. What ours is compared with.

It is run as `dramatiq outreach.bench.one_by_one` and written as a careful user would: templates are compiled once, each
thread keeps its connection, a mail is locked while it is sent, and each send is committed. It leaves out what would
cost it more: there is one commit for a mail, so that a crash may send it twice.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import smtplib
import threading
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from functools import lru_cache

import dramatiq
from dramatiq.brokers.redis import RedisBroker
from jinja2 import DictLoader, Environment
from sqlalchemy import DateTime, Engine, ForeignKey, String, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from outreach.bench import texts

DATABASE, REDIS, SMTP_PORT = "BENCH_DATABASE_URL", "BENCH_REDIS_URL", "BENCH_SMTP_PORT"
ACTOR, QUEUE = "send_mail", "plain"
KEY = b"a key for the links of a benchmark"
POLICY = policy.SMTP.clone(max_line_length=998)  # or long headers are encoded, and List-Unsubscribe broken
LINK = re.compile(r"\[(.+?)\]\((.+?)\)")
ORGANISATION = {"name": "Kestrel Software", "postal_address": "1 High Street, London"}


class Table(DeclarativeBase):
    """The tables of this program."""


class Recipient(Table):
    """Somebody who is written to."""

    __tablename__ = "plain_recipient"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    first_name: Mapped[str] = mapped_column(String(200))
    company: Mapped[str] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(2))


class Suppressed(Table):
    """An address that is not written to."""

    __tablename__ = "plain_suppressed"

    email: Mapped[str] = mapped_column(String(254), primary_key=True)


class Mail(Table):
    """A mail to send, and what became of it."""

    __tablename__ = "plain_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("plain_recipient.id"))
    status: Mapped[str] = mapped_column(String(16), index=True)
    message_id: Mapped[str | None] = mapped_column(String(255))
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    recipient: Mapped[Recipient] = relationship(lazy="joined", innerjoin=True)


def _templates() -> dict[str, str]:
    shown = LINK.sub(
        r"""<a href="{{ click('\2') }}">\1</a>""", "\n".join(f"<p>{each}</p>" for each in texts.PARAGRAPHS)
    )
    plain = LINK.sub(r"\1: \2", "\n\n".join(texts.PARAGRAPHS))
    return {
        "mail.html": texts.LAYOUT.replace("{{ content }}", shown),
        "mail.txt": texts.LAYOUT_TEXT.replace("{{ content }}", plain),
        "subject.txt": texts.SUBJECT,
    }


templates = Environment(loader=DictLoader(_templates()), autoescape=lambda name: str(name).endswith(".html"))
kept = threading.local()


@lru_cache(maxsize=1)
def engine() -> Engine:
    """Return the engine of this process."""
    return create_engine(os.environ[DATABASE], pool_size=20)


def server() -> smtplib.SMTP:
    """Return this thread's connection, opened again where it was lost."""
    connection: smtplib.SMTP | None = getattr(kept, "connection", None)
    if connection is None:
        connection = kept.connection = smtplib.SMTP("127.0.0.1", int(os.environ[SMTP_PORT]), timeout=60)
    return connection


def signed(kind: str, mail_id: int, target: str = "") -> str:
    """Return an address on our pages that nobody else can make."""
    value = f"{mail_id}.{base64.urlsafe_b64encode(target.encode()).decode()}"
    mark = hmac.digest(KEY, f"{kind}.{value}".encode(), hashlib.sha256)[:16]
    return f"{texts.BASE_URL}/{kind}/{value}.{base64.urlsafe_b64encode(mark).decode()}"


def composed(mail: Mail) -> EmailMessage:
    """Return the mail as text and HTML."""
    stop = signed("u", mail.id)
    values = {
        "lead": mail.recipient,
        "sender": {"signature": "Anna Berg, Kestrel"},
        "organisation": ORGANISATION,
        "unsubscribe_url": stop,
        "click": lambda target: signed("c", mail.id, target),
    }
    message = EmailMessage(POLICY)
    message["From"] = "Anna Berg <anna@kestrel.example.com>"
    message["To"] = mail.recipient.email
    message["Subject"] = templates.get_template("subject.txt").render(values)
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = mail.message_id = make_msgid(domain="kestrel.example.com")
    message["List-Unsubscribe"] = f"<{stop}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(templates.get_template("mail.txt").render(values))
    message.add_alternative(templates.get_template("mail.html").render(values), subtype="html")
    return message


def send_mail(mail_id: int) -> None:
    """Send one mail, if nobody else did, and write down that it is sent."""
    with Session(engine()) as session, session.begin():
        mail = session.get(Mail, mail_id, with_for_update={"of": Mail})
        if mail is None or mail.status != "queued":
            return
        if session.get(Suppressed, mail.recipient.email) is not None:
            mail.status = "skipped"
            return
        try:
            server().send_message(composed(mail))
        except smtplib.SMTPServerDisconnected:
            kept.connection = None
            raise
        mail.status, mail.sent_at = "sent", datetime.now(UTC)


if REDIS in os.environ:
    broker = RedisBroker(url=os.environ[REDIS])  # type: ignore[no-untyped-call]
    dramatiq.set_broker(broker)
    dramatiq.actor(queue_name=QUEUE, actor_name=ACTOR, broker=broker)(send_mail)
