"""A whole installation in a test: files applied to a database, a clock turned by hand, an outbox instead of a server."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import factories
from sqlalchemy import select

from outreach import activity, apply, delivery, leads, models, notifications, workspace
from outreach.channels import Answer, Outcome
from outreach.channels.dry import Dry
from outreach.clock import PlayedClock
from outreach.db import Database
from outreach.delivery import Post
from outreach.domain.events import Event
from outreach.domain.words import Kind
from outreach.links import Links
from outreach.scheduler import Engine, Ticked, tick

FUNNEL = """
fields: {seats: number}
scoring:
  half_life: 30 days
  points:
    - {event: clicked, points: 20}
    - {event: attended, points: 40}
moves:
  - {from: suspect, to: mql, if: lead.score >= 40, because: clear interest}
  - {from: [suspect, mql], to: sql, if: 'intent("meeting") or lead.temperature == "hot"', because: wants to buy}
  - {from: [suspect, mql], to: discarded, if: 'intent("not_interested")', because: no intent}
  - {from: mql, to: suspect, if: lead.score < 10, after: 30 days, because: interest faded}
lost:
  rounds: 2
  reasons:
    price: {after: 90 days, to: suspect, angle: value}
    competitor: set_aside
    no_need: discarded
rejected:
  reasons:
    not_ready: {after: 0 days, to: mql}
"""
TEAM = """
reps:
  - {name: rita, full_name: Rita Rep, email: rita@example.org, territories: [DE, AT]}
  - {name: ron, full_name: Ron Rep, email: ron@example.org, territories: [GB]}
hours: {days: mon-fri, hours: "09:00-17:00", timezone: Europe/Berlin, holidays: none}
fallback: ron
"""
SENDERS = """
organisation: {name: Example Ltd, postal_address: "1 High Street, London", timezone: Europe/Berlin, country: DE}
senders:
  - {name: anna, full_name: Anna Berg, address: anna@example.com, per_day: 1000}
  - {name: ben, full_name: Ben Kohl, address: ben@example.com, per_day: 1000}
"""
CAMPAIGN = """
campaign: welcome
goal: mql
audience: {stage: suspect}
priority: 20
window: {holidays: none}
senders: [anna]
steps:
  - email: first
  - wait: 2 days
  - email: second
    same_thread: true
"""
LAYOUT = """<html><body>{{ content }}<p>{{ organisation.name }}, {{ organisation.postal_address }}</p>
<p><a href="{{ unsubscribe_url }}">Unsubscribe</a></p></body></html>"""
LAYOUT_TEXT = """{{ content }}

{{ organisation.name }}, {{ organisation.postal_address }}
Unsubscribe: {{ unsubscribe_url }}
"""
TEMPLATES = {
    "layout.html": LAYOUT,
    "layout.txt": LAYOUT_TEXT,
    "first.md": "---\nsubject: Hello {{ lead.first_name }}\n---\nHello, [read this](https://example.com/a).\n",
    "second.md": "---\nsubject: Again\n---\nDid you see it, {{ lead.first_name }}?\n",
    "notes/handoff.md": (
        "---\nsubject: 'Hand-off: {{ lead.email }}'\n---\n"
        "{{ reason }}\n{% for line in evidence %}{{ line }}\n{% endfor %}{{ opening }}\n{{ accept_url }}\n{{ reject_url }}\n"
    ),
    "notes/call.md": "---\nsubject: Call {{ lead.email }}\n---\nCall {{ lead.email }}.\n",
}


class House:
    """An installation on `database` whose time is `now` until somebody turns the clock."""

    def __init__(self, database: Database, folder: Path, now: datetime) -> None:
        self.database = database
        self.folder = folder
        self.clock = PlayedClock(now)
        self.answers: Callable[[str], Outcome] | None = None
        self.outbox = Dry(lambda to: self.answers(to) if self.answers else Answer(250, "2.0.0", "OK"))
        self.links = Links("https://track.example.com", "a secret key of a test")
        self.post = Post(database, self.outbox, self.links, self.clock)
        self.engine = Engine(database, self.links, self._deliver, self._notify, batch=50)
        self.write(funnel=FUNNEL, team=TEAM, senders=SENDERS, welcome=CAMPAIGN)
        for name, text in TEMPLATES.items():
            path = folder / "templates" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def _deliver(self, ids: Sequence[int]) -> None:
        delivery.deliver(self.post, ids)

    def _notify(self, ids: Sequence[int]) -> None:
        notifications.send(self.post, ids)

    def write(self, **files: str) -> None:
        """Write files into campaigns/, by name."""
        for name, text in files.items():
            path = self.folder / "campaigns" / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def apply(self) -> None:
        with self.database.write() as session:
            apply.apply(session, workspace.load(self.folder), self.now)

    def lead(self, **fields: Any) -> int:
        """Add a suspect who waits to be matched; return its id."""
        with self.database.write() as session:
            address = fields.setdefault("email", f"lead{next(factories.NUMBERS)}@example.com")
            fields.setdefault("address_hash", leads.address_hash(leads.salt(session), address))
            return factories.lead(session, match_at=self.now, due_at=self.now, **fields).id

    def tick(self) -> Ticked:
        return tick(self.engine, self.now)

    def later(self, **time: float) -> None:
        """Turn the clock on, and tick every hour on the way."""
        until = self.now + timedelta(**time)
        while self.now < until:
            self.clock.turn_to(min(self.now + timedelta(hours=1), until))
            self.tick()

    def event(self, lead_id: int, kind: Kind, **details: Any) -> bool:
        """Let something happen to a lead."""
        source_id = details.pop("source_id", f"test:{next(factories.NUMBERS)}")
        with self.database.write() as session:
            return activity.record(session, Event(kind, source_id, self.now, lead_id, **details), self.now)

    def get(self, lead_id: int) -> models.Lead:
        with self.database.read() as session:
            return session.get_one(models.Lead, lead_id)

    def rows(self, table: type[Any], **where: Any) -> list[Any]:
        with self.database.read() as session:
            return list(session.scalars(select(table).filter_by(**where).order_by(table.id)))

    def mails(self, to: str | None = None) -> list[EmailMessage]:
        """Return what reached the mail server, parsed."""
        parsed = [
            email.message_from_bytes(sent.data, policy=email.policy.default) for sent in self.outbox.outbox
            if to in (None, sent.to)
        ]  # fmt: skip
        return [mail for mail in parsed if isinstance(mail, EmailMessage)]

    def mails_to_leads(self) -> list[EmailMessage]:
        return [mail for mail in self.mails() if "Auto-Submitted" not in mail]
