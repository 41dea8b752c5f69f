"""All that a simulation knows at one instant: people, calendar, senders, reps; and where it tells what happens."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from outreach import handoffs, reviews
from outreach.applied import InForce
from outreach.domain import windows
from outreach.domain.experiments import Shares
from outreach.domain.policies import Sender
from outreach.domain.sequence import Program
from outreach.domain.words import Kind, Stage
from outreach.handoffs import Standing
from outreach.simulation.calendar import ENROLLMENTS, HANDOFFS, LEADS, MATCHES, Calendar
from outreach.simulation.lots import Post
from outreach.simulation.people import LIVE, Handoff, Person, Way
from outreach.simulation.story import Behaviour, Tell


class Running(NamedTuple):
    """A campaign that runs, with the version that new leads enter on."""

    id: int
    name: str
    priority: int
    version_id: int
    program: Program
    enters_now: bool = False  # it is `enter: once`, and its audience enters at the start of the simulation


class Reaction(NamedTuple):
    """Something that will happen to a lead; `mail` and `handoff` are ids of what it answers."""

    kind: Kind
    subject: str
    detail: str
    data: Mapping[str, Any]
    mail: int | None = None
    campaign: int | None = None
    handoff: int | None = None


class ByHand(NamedTuple):
    """That somebody will move a lead to a stage."""

    to: Stage
    because: str


@dataclass
class Mailbox:
    """A sender and what it has sent today, with the attributes of a row of `sender_state`."""

    name: str
    sender: Sender | None
    day: str = ""
    sent: int = 0
    next_at: datetime | None = None
    paused_at: datetime | None = None
    pause_reason: str | None = None


class Before(NamedTuple):
    """What was before a simulation, beside people.

    What senders sent, what reps have, the last ids given; and the shares of variants that results decided, by campaign:
    these stay as they are.
    """

    mailboxes: Sequence[Mailbox]
    standing: Standing
    last_enrollment: int
    last_mail: int
    last_handoff: int
    shares: Mapping[int, Shares] = {}


class State:
    """A simulation at one instant."""

    def __init__(
        self,
        in_force: InForce,
        campaigns: Sequence[Running],
        people: Iterable[Person],
        start: datetime,
        behaviour: Behaviour | None,
        tell: Tell,
        batch: int,
        before: Before | None = None,
    ) -> None:
        self.campaigns = sorted(campaigns, key=lambda each: (-each.priority, each.id))
        self.in_force = reviews.with_thresholds(in_force, [each.program for each in self.campaigns])
        self.people = {person.id: person for person in people}
        self.calendar = Calendar(start)
        self.behaviour, self.tell, self.batch = behaviour, tell, batch
        self.organisation = in_force.policies.senders.organisation
        self.zone = windows.zone(self.organisation.timezone)
        self.mailboxes = {
            sender.name: Mailbox(sender.name, sender) for sender in in_force.policies.senders.senders
        }
        self.standing = Standing(Counter(), deque(maxlen=handoffs.RECENT))
        self.handoffs: dict[int, Handoff] = {}
        self.open_handoffs: dict[int, list[Handoff]] = {}  # by lead
        self.deals: dict[int, str | None] = {}  # rep of the open deal, by lead
        self.post = Post(self.calendar, self.organisation)
        self.last_enrollment = self.last_mail = self.last_event = self.last_handoff = 0
        self.shares: Mapping[int, Shares] = {}
        if before is not None:
            self._go_on_from(before)
        for person in self.people.values():
            self._take_in(person)

    def _go_on_from(self, before: Before) -> None:
        for each in before.mailboxes:
            self.mailboxes[each.name] = replace(each, sender=self.mailbox(each.name).sender)
        self.standing.load.update(before.standing.load)
        self.standing.recent.extend(before.standing.recent)
        self.last_enrollment, self.last_mail = before.last_enrollment, before.last_mail
        self.last_handoff = before.last_handoff
        self.shares = before.shares

    def _take_in(self, person: Person) -> None:
        """Take in what somebody brings along from before the simulation."""
        if person.live is not None:
            self.look(person.live, person.live.due_at)
        for mail in person.waiting:
            self.post.waiting[mail.id] = mail
            if mail.due_at is not None:
                self.post.put(mail, mail.due_at)
        for handoff in person.handoffs:
            self.handoffs[handoff.id] = handoff
            self.open_handoffs.setdefault(person.id, []).append(handoff)
            if handoff.due_at is not None:
                self.calendar.put(HANDOFFS, handoff.due_at, handoff)
        if person.deal is not None:
            self.deals[person.id] = person.deal.rep

    @property
    def now(self) -> datetime:
        return self.calendar.now

    def event_id(self) -> int:
        """Return the id of a further event."""
        self.last_event += 1
        return self.last_event

    def plan(self, person: Person) -> None:
        """Have a person looked at and matched when its row says so; to be called whenever its row may have changed."""
        due_at = person.due_at
        if due_at is not person.planned_at:
            person.planned_at = due_at
            if due_at is not None:
                self.calendar.put(LEADS, due_at, person)

    def match(self, person: Person) -> None:
        """Have a person matched when its row says so."""
        if person.match_at is not None:
            self.calendar.put(MATCHES, person.match_at, person)

    def wake(self, person: Person) -> None:
        """Have the campaign in which the person is looked at again now."""
        if person.live is not None:
            self.look(person.live, self.calendar.now)

    def look(self, way: Way, at: datetime | None) -> None:
        """Have a way through a campaign looked at then."""
        way.due_at = at
        if at is not None:
            self.calendar.put(ENROLLMENTS, at, way)

    def count_deal(self, rep: str | None, by: int) -> None:
        """Count a deal that a rep has more or less."""
        if rep:
            self.standing.load[rep] += by

    def mailbox(self, name: str) -> Mailbox:
        """Return the sender of that name, also one that senders.yaml does not know any more."""
        found = self.mailboxes.get(name)
        if found is None:
            found = self.mailboxes[name] = Mailbox(name, None)
        return found


def is_suppressed(person: Person, now: datetime) -> bool:
    """Return whether nothing may be sent to the person."""
    suppressed = person.suppressed
    return suppressed is not None and (suppressed.until is None or suppressed.until > now)


def is_live(way: Way | None) -> bool:
    """Return whether somebody is in a campaign."""
    return way is not None and way.status in LIVE
