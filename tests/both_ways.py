"""Plays people through campaigns twice, in memory and for real on a database; and says what happened in one form."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from house import House
from sqlalchemy import func, select

from outreach import activity, models, reps, workspace
from outreach.domain.events import Event
from outreach.domain.variants import chance
from outreach.domain.words import OURS, Kind, MessageStatus
from outreach.errors import NotFound
from outreach.scheduler import due
from outreach.simulation import opening
from outreach.simulation.calendar import EVENTS
from outreach.simulation.people import Person
from outreach.simulation.state import Reaction as InMind
from outreach.simulation.story import (
    Did,
    Ended,
    Entered,
    HandedOff,
    Moved,
    Reaction,
    Record,
    Sent,
    Skipped,
    Tasked,
)
from outreach.simulation.world import World

REPS = (Kind.HANDOFF_ACCEPTED, Kind.HANDOFF_REJECTED, Kind.DEAL_WON, Kind.DEAL_LOST)


def _of(mail: Sent) -> tuple[object, ...]:
    return (mail.lead_id, mail.campaign, mail.step, mail.enrollment_id)


@dataclass(frozen=True)
class Behaviour:
    """People who do by a hash of the seed what a person may do; so both ways the same people do the same."""

    seed: int
    start: datetime
    liveliness: float = 1.0

    def __call__(self, told: Sent | HandedOff, person: Any) -> tuple[Reaction, ...]:
        if isinstance(told, HandedOff):
            return tuple(self._rep(told))
        return tuple(self._lead(told))

    def _draw(self, *what: object) -> float:
        return chance(self.seed, *what)

    def _does(self, mail: Sent, what: str, share: float) -> bool:
        return self._draw(what, *_of(mail)) < share * self.liveliness

    def _at(self, mail: Sent, what: str, most: timedelta = timedelta(days=4)) -> datetime:
        return mail.at + timedelta(
            seconds=60 + int(self._draw("when", what, *_of(mail)) * most.total_seconds())
        )

    def _lead(self, mail: Sent) -> Iterator[Reaction]:
        if self._does(mail, "hard", 0.02):
            at = self._at(mail, "hard", timedelta(hours=1))
            yield Reaction(at, Kind.BOUNCED, mail.template, "", {"hard": True})
            return
        if self._does(mail, "soft", 0.08):
            at = self._at(mail, "soft", timedelta(hours=1))
            yield Reaction(at, Kind.BOUNCED, mail.template, "", {"hard": False})
        if self._does(mail, "away", 0.05):
            back = self._at(mail, "back", timedelta(days=20)).date().isoformat()
            said = {"resume_on": back} if self._does(mail, "says when", 0.5) else {}
            at = self._at(mail, "away", timedelta(minutes=3))
            yield Reaction(at, Kind.AUTO_REPLIED, mail.template, "", said)
        if self._does(mail, "click", 0.35):
            yield from self._reads(mail, self._at(mail, "click"))
        if self._does(mail, "reply", 0.08):
            yield self._reply(mail)
        yield from self._ends(mail)

    def _reads(self, mail: Sent, clicked: datetime) -> Iterator[Reaction]:
        link = ("/guide", "/pricing", "/calculator", "/rollout")[int(self._draw("link", *_of(mail)) * 4)]
        yield Reaction(clicked, Kind.CLICKED, mail.template, f"https://example.com{link}")
        if self._does(mail, "visit", 0.4):
            yield Reaction(clicked + timedelta(seconds=90), Kind.VISITED, f"https://example.com{link}")
        if self._does(mail, "submit", 0.06):
            yield Reaction(clicked + timedelta(minutes=7), Kind.SUBMITTED, "demo-request")
        if self._does(mail, "register", 0.08):
            yield Reaction(clicked + timedelta(minutes=9), Kind.REGISTERED, "maintenance-webinar")

    def _reply(self, mail: Sent) -> Reaction:
        intents = ("meeting", "not_now", "not_interested", "question", "no_budget", "", "interested")
        intent = intents[int(self._draw("intent", *_of(mail)) * len(intents))]
        data = {"intent": intent}
        if intent == "not_now" and self._does(mail, "date", 0.5):
            data["resume_on"] = self._at(mail, "date", timedelta(days=30)).date().isoformat()
        return Reaction(self._at(mail, "reply"), Kind.REPLIED, mail.template, intent, data)

    def _ends(self, mail: Sent) -> Iterator[Reaction]:
        if self._does(mail, "stop", 0.02):
            yield Reaction(self._at(mail, "stop"), Kind.UNSUBSCRIBED, mail.template)
        if self._does(mail, "complain", 0.01):
            yield Reaction(self._at(mail, "complain"), Kind.COMPLAINED, mail.template)
        if self._does(mail, "book", 0.02):
            yield Reaction(self._at(mail, "book"), Kind.MEETING_BOOKED, "call")
        if self._does(mail, "state", 0.04):
            day = self._at(mail, "state purchase", timedelta(days=90)).date().isoformat()
            yield Reaction(self._at(mail, "state"), Kind.STATED, "", "", {"purchase_time": day})

    def _rep(self, told: HandedOff) -> Iterator[Reaction]:
        # The hour and not the minute of every answer: a rep looks at several things at once.
        answer, key = self._draw("answer", told.lead_id, told.handoff_id), (told.lead_id, told.handoff_id)
        if told.rep is None or answer < 0.25:
            return
        at = told.at + timedelta(minutes=20 * int(1 + self._draw("answer at", *key) * 12))
        if answer < 0.45:
            yield Reaction(at, Kind.HANDOFF_REJECTED, "", "other")
            return
        yield Reaction(at, Kind.HANDOFF_ACCEPTED)
        later = at + timedelta(minutes=int(self._draw("deal", *key) * 40000))
        if answer < 0.6:
            yield Reaction(later, Kind.DEAL_WON)
        elif answer < 0.9:
            yield Reaction(later, Kind.DEAL_LOST, "", "other")


@dataclass
class Story:
    """What happened, in one form for both ways: sorted, and times as they are."""

    records: list[tuple[Any, ...]] = field(default_factory=list)
    people: dict[int, tuple[Any, ...]] = field(default_factory=dict)

    def of(self, kind: type[Record]) -> list[tuple[Any, ...]]:
        """Return what happened of one sort, in order of time."""
        return [record for record in self.records if record[1] == kind.__name__]


ROW = (
    "stage", "stage_at", "score", "temperature", "purchase_at", "owner", "sender", "angle", "rounds", "lost_reason",
    "since_at", "return_at", "return_to", "hold_until", "quiet_at", "due_at", "match_at",
)  # fmt: skip
"""What is compared of each lead's row at the end."""


def _row(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in ROW)


def _told(record: Record) -> tuple[Any, ...]:
    at, *rest = record
    return (at, type(record).__name__, *rest)


def _key(record: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(str(each) for each in record)


def simulated(
    house: House, people: Sequence[dict[str, Any]], behaviour: Any, days: float, stops: int = 1
) -> Story:
    """Play it in memory, with the files of the house; in so many parts."""
    in_force, running = opening.from_files(workspace.load(house.folder))
    start, story = house.now, Story()
    persons = [
        Person.new(number, fields["email"], {k: v for k, v in fields.items() if k not in ("email", "fields")},
                   fields.get("fields", {}), start)
        for number, fields in enumerate(people, start=1)
    ]  # fmt: skip

    def tell(record: Record) -> None:
        story.records.append(_told(record))

    world = World(in_force, running, persons, start, behaviour, tell, batch=house.engine.batch)
    for part in range(1, stops + 1):
        world.run(start + timedelta(days=days) * part / stops)
    story.records.sort(key=_key)
    story.people = {person.id: _row(person) for person in persons}
    return story


def simulated_from(real: Real, until: datetime) -> Story:
    """Play on in memory from what the database of `real` holds now, with what its people still have in mind."""
    house, story = real.house, Story()
    with house.database.read() as session:
        in_force, running, persons = opening.from_database(session, house.now)
        before = opening.before(session, house.now)

    def tell(record: Record) -> None:
        story.records.append(_told(record))

    world = World(
        in_force, running, persons, house.now, real.behaviour, tell, batch=house.engine.batch, before=before
    )
    for at, lead_id, _, what, *ids in sorted(real.heap, key=lambda each: each[:3]):
        mind = InMind(what.kind, what.subject, what.detail, what.data, *ids)
        world.state.calendar.put(EVENTS, at, (lead_id, mind))
    world.run(until)
    story.records.sort(key=_key)
    story.people = {person.id: _row(person) for person in persons}
    return story


class Real:
    """The same for real: a database, the scheduler's ticks at each moment when something is due, a dry channel."""

    def __init__(self, house: House, behaviour: Any) -> None:
        self.house, self.behaviour = house, behaviour
        self.heap: list[tuple[Any, ...]] = []
        self.told: set[tuple[str, int]] = set()
        self.count = 0
        self.ticks = 0

    def play(self, people: Sequence[dict[str, Any]], days: float) -> Story:
        """Add the people, apply the files, play on, and return what the database tells."""
        for fields in people:
            now = self.house.now
            self.house.lead(**fields, stage_at=now, created_at=now, updated_at=now)
        self.house.apply()
        return self.play_on(self.house.now + timedelta(days=days))

    def play_on(self, until: datetime) -> Story:
        """Play on until then, and return all that the database tells."""
        while True:
            self._settle()
            following = self._next()
            if following is None or following > until:
                break
            self.house.clock.turn_to(following)
        return self._story()

    def _settle(self) -> None:
        while True:
            self._happen()
            with self.house.database.read() as session:
                found = due(session, self.house.now)
            if not found:
                if not self.heap or self.heap[0][0] > self.house.now:
                    return
                continue
            self.house.tick()
            self.ticks += 1
            self._listen()

    def _happen(self) -> None:
        """Have happen what the people and reps had in mind for now."""
        while self.heap and self.heap[0][0] <= self.house.now:
            _, lead_id, _, what, message_id, campaign_id, handoff_id = heapq.heappop(self.heap)
            self._record(lead_id, what, message_id, campaign_id, handoff_id)
            self._listen()

    def _record(
        self,
        lead_id: int,
        what: Reaction,
        message_id: int | None,
        campaign_id: int | None,
        handoff_id: int | None,
    ) -> None:
        now = self.house.now
        with self.house.database.write() as session:
            email = session.get_one(models.Lead, lead_id).email
            if what.kind in (Kind.HANDOFF_ACCEPTED, Kind.HANDOFF_REJECTED):
                assert handoff_id is not None
                accept = what.kind == Kind.HANDOFF_ACCEPTED
                reps.answer_handoff(session, handoff_id, accept, what.detail or None, now)
                return
            with suppress(NotFound):
                if what.kind == Kind.DEAL_WON:
                    reps.win(session, email, None, None, now)
                elif what.kind == Kind.DEAL_LOST:
                    reps.lose(session, email, what.detail, now)
            if what.kind in REPS:
                return
            self.count += 1
            event = Event(
                what.kind, f"test:{self.count}", now, lead_id, message_id, campaign_id, subject=what.subject,
                detail=what.detail, data=what.data,
            )  # fmt: skip
            activity.record(session, event, now)

    def _listen(self) -> None:
        """Tell the people and reps of what came to them, and remember what they mean to do about it."""
        arrived = {
            match[1].decode()
            for mail in self.house.outbox.outbox
            if (match := re.search(rb"(?im)^message-id: *\r?\n? *(<[^>]+>)", mail.data))
        }
        self.house.outbox.outbox.clear()
        message, event = models.Message, models.Event
        with self.house.database.read() as session:
            names = {row.id: row.name for row in session.scalars(select(models.Campaign))}
            for row in session.scalars(
                select(message).where(message.rfc_message_id.in_(arrived)).order_by(message.id)
            ):
                assert row.status == MessageStatus.ACCEPTED
                assert row.outcome_at is not None
                told = Sent(
                    row.outcome_at, row.lead_id, names[row.campaign_id], row.step, row.template, row.variant,
                    row.sender, row.enrollment_id, row.queued_at,
                )  # fmt: skip
                for reaction in self.behaviour(told, None):
                    self._plan(row.lead_id, reaction, row.id, row.campaign_id, None)
            for each in session.scalars(
                select(event).where(event.kind == Kind.HANDED_OFF).order_by(event.id)
            ):
                if ("handoff", each.id) in self.told:
                    continue
                self.told.add(("handoff", each.id))
                number = each.data["handoff"]
                handed = HandedOff(each.at, each.lead_id, each.data["rep"], number)
                for reaction in self.behaviour(handed, None):
                    self._plan(each.lead_id, reaction, None, None, number)

    def _plan(self, lead_id: int, what: Reaction, *ids: int | None) -> None:
        self.count += 1
        heapq.heappush(self.heap, (what.at, lead_id, self.count, what, *ids))

    def _next(self) -> datetime | None:
        columns = (
            models.Lead.due_at, models.Lead.match_at, models.Enrollment.due_at, models.Message.due_at,
            models.Handoff.due_at, models.Followup.due_at, models.Notification.due_at,
        )  # fmt: skip
        with self.house.database.read() as session:
            times = [session.scalar(select(func.min(column))) for column in columns]
        if self.heap:
            times.append(self.heap[0][0])
        return min((at for at in times if at is not None), default=None)

    # -- what the database tells -------------------------------------------------------------------

    def _story(self) -> Story:
        with self.house.database.read() as session:
            names = {row.id: row.name for row in session.scalars(select(models.Campaign))}
            ways = {row.id: row for row in session.scalars(select(models.Enrollment))}
            records = [
                *self._of_ways(ways, names),
                *self._of_mails(session.scalars(select(models.Message)), names),
                *self._of_events(session.scalars(select(models.Event)), names, ways, session),
            ]
            people = {row.id: _row(row) for row in session.scalars(select(models.Lead))}
        told = sorted((_told(record) for record in records), key=_key)
        return Story(told, people)

    def _of_ways(self, ways: Any, names: Any) -> Iterator[Record]:
        for row in ways.values():
            if row.ended_at is not None:
                reason = row.reason
                yield Ended(row.ended_at, row.lead_id, names[row.campaign_id], "?", row.status, reason)

    def _of_mails(self, rows: Any, names: Any) -> Iterator[Record]:
        for row in rows:
            name = names[row.campaign_id]
            if row.status == MessageStatus.ACCEPTED:
                yield Sent(
                    row.outcome_at, row.lead_id, name, row.step, row.template, row.variant, row.sender,
                    row.enrollment_id, row.queued_at,
                )  # fmt: skip
            elif row.status == MessageStatus.SKIPPED:
                yield Skipped(
                    row.outcome_at, row.lead_id, name, row.step, row.template, row.sender, row.reason
                )

    def _of_events(self, rows: Any, names: Any, ways: Any, session: Any) -> Iterator[Record]:
        tasks = {row.id: row for row in session.scalars(select(models.Task))}
        for row in rows:
            match row.kind:
                case Kind.ENROLLED:
                    way = ways[int(row.source_id.partition(":")[2])]
                    yield Entered(row.at, row.lead_id, names[row.campaign_id], "?")
                    assert way.entered_at == row.at
                case Kind.STAGE_CHANGED:
                    yield Moved(row.at, row.lead_id, row.data["from"], row.data["to"], row.detail)
                case Kind.HANDED_OFF:
                    yield HandedOff(row.at, row.lead_id, row.data["rep"], row.data["handoff"])
                case Kind.TASK_OPENED:
                    task = tasks[row.data["task"]]
                    name = names.get(row.campaign_id, "")
                    yield Tasked(row.at, row.lead_id, name, task.step or "", task.kind, task.rep)
                case kind if kind not in OURS:
                    yield Did(row.at, row.lead_id, row.kind, row.subject, row.detail)
        notes = select(models.Notification).where(models.Notification.kind == "note")
        for note in session.scalars(notes):
            _, enrollment_id, step = note.key.split(":", 2)
            name = names[ways[int(enrollment_id)].campaign_id]
            yield Tasked(note.created_at, note.lead_id, name, step, "note", note.rep)


def without(story: Story, kind: type[Record], *places: int) -> None:
    """Take out of all records of a kind what the database does not keep."""
    story.records = sorted(
        (
            tuple("?" if place in places else each for place, each in enumerate(record))
            if record[1] == kind.__name__
            else record
            for record in story.records
        ),
        key=_key,
    )


def first_difference(one: Story, other: Story) -> str:
    """Return in words where the two stories part; nothing where they do not."""
    if one.records == other.records:
        ids = [each for each in one.people if one.people[each] != other.people.get(each)]
        return "\n".join(
            f"lead {each}: "
            + ", ".join(
                f"{name} {a!s} != {b!s}"
                for name, a, b in zip(ROW, one.people[each], other.people[each], strict=True)
                if a != b
            )
            for each in ids
        )
    mine, theirs = set(map(_key, one.records)), set(map(_key, other.records))
    apart = sorted([("simulated", *each) for each in mine - theirs] + [("real", *each) for each in theirs - mine],
                   key=lambda each: each[1:])  # fmt: skip
    if not apart:
        return "something happened more often"
    lead = apart[0][3]
    before = [each for each in map(_key, one.records) if each[2] == lead and each[0] <= apart[0][1]]
    return "\n".join(map(str, [*before[-8:], "--", *apart[:12]]))
