"""Whatever happens in whatever order, the engine does nothing that a small model of it forbids."""

from __future__ import annotations

import logging
import os
import re
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.parser import BytesHeaderParser
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from engine_model import PER_DAY, POINTS, Mail, Model, Person, Row
from house import House
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select, text, update

from outreach import activity, crash, db, ledger, models, reps
from outreach.channels import Answer, Outcome, Outgoing
from outreach.channels.dry import Dry
from outreach.clock import PlayedClock
from outreach.db import Database
from outreach.domain.events import Event
from outreach.domain.words import Kind, Verdict
from outreach.errors import Deferred, Rejected, Uncertain

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
"""Many more runs, by chance: for a night, not for every commit."""

SETTINGS = settings(
    max_examples=2000 if LONG else 18,
    stateful_step_count=60 if LONG else 40,
    deadline=None,
    derandomize=not LONG,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)

FUNNEL = f"""
scoring: {{points: [{{event: clicked, points: {POINTS}}}]}}
moves:
  - {{from: suspect, to: mql, if: lead.score >= {POINTS + 1}, because: clear interest}}
"""
SENDERS = f"""
organisation: {{name: Example Ltd, postal_address: "1 High Street", timezone: Europe/Berlin, country: DE}}
senders:
  - {{name: anna, full_name: Anna Berg, address: anna@example.com, per_day: {PER_DAY}}}
  - {{name: ben, full_name: Ben Kohl, address: ben@example.com, per_day: {PER_DAY}}}
"""
WELCOME = """
campaign: welcome
goal: mql
audience: {stage: suspect}
priority: 20
window: {holidays: none}
senders: [anna, ben]
steps:
  - email: first
  - wait: 2 hours
  - email: second
    same_thread: true
  - wait_for: {event: clicked, within: 2 days}
  - email: third
    stale_after: 3 days
"""
NURTURE = """
campaign: nurture
audience: {stage: mql}
priority: 30
window: {holidays: none}
senders: [anna, ben]
steps:
  - email: fourth
  - email: fifth
"""
STARTS = [
    datetime(2026, 3, 2, 10, tzinfo=UTC),  # a Monday
    datetime(2026, 3, 6, 20, tzinfo=UTC),  # America turns its clocks in two days
    datetime(2026, 3, 27, 14, tzinfo=UTC),  # Europe does
    datetime(2026, 10, 23, 14, tzinfo=UTC),  # Europe turns them back
    datetime(2026, 12, 31, 15, tzinfo=UTC),
]
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Sydney"]  # there the senders' day ends at work

DIES = {"dies untaken": False, "dies taken": True}
MEANWHILE = {
    "unsubscribes meanwhile": Kind.UNSUBSCRIBED,
    "replies meanwhile": Kind.REPLIED,
    "is away meanwhile": Kind.AUTO_REPLIED,
}
ANSWERS: dict[str, Callable[[], Outcome]] = {
    "accepts": lambda: Answer(250, "2.0.0", "OK"),
    "defers": lambda: Deferred("greylisted", 450, "4.7.1"),
    "is not there": lambda: Deferred("no connection", tried=False),
    "blames the lead": lambda: Rejected("no such user", 550, "5.1.1", blames="lead"),
    "blames the sender": lambda: Rejected("policy", 550, "5.7.1", blames="sender"),
    "blames the content": lambda: Rejected("spam", 554, "5.6.0", blames="content"),
    "takes it and is gone": lambda: Uncertain("connection lost after the final dot"),
    "is gone": lambda: Uncertain("connection lost in the middle"),
}
SCRIPTED = [*ANSWERS, *DIES, *MEANWHILE, "is slow", "is slow and others go on", "others get every id"]
SCRIPTS = st.lists(st.sampled_from(SCRIPTED), min_size=2, max_size=6)
SENDER_NAMES = ("anna", "ben")
POINTS_OF_DEATH = [
    "claimed", "rendered", "opened", "answered", "settled", "notify_claimed", "notify_sent",
    "advancing", "advanced", "handing_out", "handed_out", "swept",
]  # fmt: skip
ENDINGS = [
    (Kind.REPLIED, "replied", {}),
    (Kind.UNSUBSCRIBED, "unsubscribed", {}),
    (Kind.COMPLAINED, "complained", {}),
    (Kind.BOUNCED, "bounced", {"hard": True}),
]
OUTCOMES = (Kind.ACCEPTED, Kind.REFUSED, Kind.SKIPPED, Kind.UNKNOWN)
EDITION = re.compile(rb"Edition (\d+)")


class Killed(BaseException):
    """What no handler of an error may catch: the process is gone."""


class TurnedBack(PlayedClock):
    """A played clock that can also be put back, as a machine's can."""

    def turn(self, by: timedelta) -> None:
        """Go on, or back where it is negative."""
        with self._lock:
            self._now += by


class Server(Dry):
    """A mail server that answers as scripted, and shows the model each mail before."""

    def __init__(self, house: Installation) -> None:
        super().__init__()
        self.house = house
        self.script: list[str] = []
        self.broken: list[AssertionError] = []  # the engine logs an error of its channel and goes on

    def send(self, mails: Sequence[Outgoing]) -> list[Outcome]:
        """Answer each mail as scripted; mails to reps are always taken."""
        try:
            return [self._answer(mail) for mail in mails]
        except AssertionError as error:
            self.broken.append(error)
            raise

    def _answer(self, mail: Outgoing) -> Outcome:
        if b"Auto-Submitted" in mail.data:
            return ANSWERS["accepts"]()
        said = self.script.pop(0) if self.script else "accepts"
        row = self.house.row_of(mail)
        offered = self.house.offered(mail, row)
        day = self.house.now.astimezone(ZoneInfo(ZONES[0])).date()
        if said in DIES:
            self._take(mail) if DIES[said] else None
            offered.fate = "doubt"
            raise Killed
        answer = ANSWERS.get(said, ANSWERS["accepts"])()
        if isinstance(answer, Answer):
            self._take(mail)
        self._meanwhile(said, row)
        return self._noted(answer, said, mail, row, offered, day)

    def _take(self, mail: Outgoing) -> None:
        self.outbox.append(mail)

    def _meanwhile(self, said: str, row: Row) -> None:
        if said in MEANWHILE:
            self.house.happens(row.lead, MEANWHILE[said])
        if said.startswith("is slow"):
            self.house.clock.turn(timedelta(minutes=11))
        if said == "is slow and others go on":
            self.house.tick()
        if said == "others get every id":
            self.house.deliver_every_id()

    def _noted(
        self, answer: Outcome, said: str, mail: Outgoing, row: Row, offered: Mail, day: date
    ) -> Outcome:
        fate = {Answer: "taken", Deferred: "later", Uncertain: "doubt"}.get(type(answer), "refused")
        if said == "takes it and is gone":
            self._take(mail)
        if said == "blames the sender":
            fate = "later"
            offered.refusals_of_its_sender += 1
        if said == "is not there":
            offered.fate = "later"
            return answer
        self.house.model.answered(offered, row, fate, day)
        return answer


class Installation(House):
    """A house whose mail server, clock and broker can go wrong, and that tells a model what happens."""

    def __init__(self, database: Database, folder: Path, start: datetime) -> None:
        super().__init__(database, folder, start)
        self.model = Model()
        self.clock: TurnedBack = TurnedBack(start)
        self.server = self.outbox = Server(self)
        self.post = replace(self.post, channel=self.server, clock=self.clock)
        self.broker = "delivers"
        self.waiting: list[int] = []  # ids that the broker delivers late
        self.told: list[Event] = []
        self._numbers = count(1)
        self.write(funnel=FUNNEL, senders=SENDERS, welcome=WELCOME, nurture=NURTURE)
        self.apply_edition(1)

    def apply_edition(self, number: int) -> None:
        """Apply campaigns whose mails say which edition they are of."""
        for name in ("first", "second", "third", "fourth", "fifth"):
            text = f"---\nsubject: The {name}\n---\nEdition {number}, {{{{ lead.first_name }}}}.\n"
            (self.folder / "templates" / f"{name}.md").write_text(text, encoding="utf-8")
        self.apply()
        self.model.edition = number

    # -- the broker --------------------------------------------------------------------------------

    def _deliver(self, ids: Sequence[int]) -> None:
        if self.broker == "is late":
            self.waiting += ids
        elif self.broker != "loses":
            for _ in range(2 if self.broker == "doubles" else 1):
                super()._deliver(list(ids))

    def deliver_late(self) -> None:
        ids, self.waiting = self.waiting, []
        super()._deliver(ids)

    def deliver_every_id(self) -> None:
        """Give a worker the ids of all messages there are."""
        super()._deliver([row.id for row in self.messages()])

    # -- what is in the database -------------------------------------------------------------------

    def messages(self, **where: Any) -> list[Row]:
        with self.database.read() as session:
            told: dict[int | None, list[str]] = defaultdict(list)
            for message_id, kind in session.execute(
                select(models.Event.message_id, models.Event.kind).where(models.Event.kind.in_(OUTCOMES))
            ):
                told[message_id].append(kind)
            found = session.scalars(select(models.Message).filter_by(**where).order_by(models.Message.id))
            return [
                Row(row.id, row.rfc_message_id, row.lead_id, row.enrollment_id, row.step, row.sender, row.status,
                    row.reason, row.attempts, tuple(told[row.id]))
                for row in found
            ]  # fmt: skip

    def row_of(self, mail: Outgoing) -> Row:
        [row] = self.messages(rfc_message_id=message_id(mail))
        return row

    def offered(self, mail: Outgoing, row: Row) -> Mail:
        found = EDITION.search(mail.data)
        assert found, "a mail without its edition"
        return self.model.offered(row, mail.to, int(found[1]), self.now)

    def under_way(self, **where: Any) -> set[str]:
        return {row.message_id for row in self.messages(status="transmitting", **where)}

    # -- what happens ------------------------------------------------------------------------------

    def happens(self, lead: int, kind: Kind, noted: bool = False, **details: Any) -> None:
        """Record what a lead did, or only note it for the next tick; the model is told of it too."""
        details["source_id"] = f"model:{next(self._numbers)}"
        for ending, name, data in ENDINGS:
            if ending == kind and details.get("data", data) == data:
                details["data"] = data
                enrolled = [row.id for row in self.rows(models.Enrollment, lead_id=lead)]
                self.model.ended(lead, name, enrolled, self.under_way(lead_id=lead))
        if kind == Kind.AUTO_REPLIED:
            days = details.pop("days", 3)
            back = (self.now + timedelta(days=days)).replace(hour=0, minute=0)
            details["data"] = {"resume_on": back.date().isoformat()}
            self.model.under_way |= self.under_way(lead_id=lead)
            self.model.people[lead].away_until = back
        if kind == Kind.CLICKED and details.get("verdict", Verdict.HUMAN) == Verdict.HUMAN:
            self.model.people[lead].clicks += 1
        event = Event(kind, at=self.now, lead_id=lead, **details)
        with self.database.write() as session:
            record = activity.note_all if noted else activity.record_all
            assert record(session, [event], self.now) == 1
        self.told.append(event)

    def learn_of_bounces(self) -> None:
        """Tell the model which leads the engine knows to be unreachable, from the server's own answers."""
        for event in self.rows(models.Event, kind=Kind.BOUNCED):
            if event.source_id.startswith("smtp:"):
                enrolled = [row.id for row in self.rows(models.Enrollment, lead_id=event.lead_id)]
                self.model.ended(event.lead_id, "bounced", enrolled, ())


def message_id(mail: Outgoing) -> str:
    return str(BytesHeaderParser().parsebytes(mail.data)["Message-ID"])


class Errors(logging.Handler):
    """Keeps what the engine logs as an error: it goes on after one, a test must not."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record.getMessage())


class Engine(RuleBasedStateMachine):
    """Every rule is something that can happen to an installation."""

    leads = Bundle("leads")
    opened: Callable[[], tuple[Database, Path]]

    def __init__(self) -> None:
        super().__init__()
        self.errors = Errors()
        logging.getLogger("outreach").addHandler(self.errors)
        self.database, self.folder = type(self).opened()
        self.numbers = count(1)
        self.house: Installation

    @initialize(target=leads, start=st.sampled_from(STARTS))
    def begin(self, start: datetime) -> Any:
        self.house = Installation(self.database, self.folder, start)
        return multiple(*(self._lead(zone) for zone in ZONES))

    def _lead(self, zone: str) -> int:
        address = f"lead{next(self.numbers)}@example.com"
        times = {"stage_at": self.house.now, "created_at": self.house.now}
        lead = self.house.lead(email=address, timezone=zone, **times)
        self.model.people[lead] = Person(address, ZoneInfo(zone))
        return lead

    @property
    def model(self) -> Model:
        return self.house.model

    @contextmanager
    def _mortal(self) -> Iterator[None]:
        """Let the process die in the block, if it has to."""
        try:
            yield
        except Killed:
            self.model.died(self.house.messages())
        finally:
            self.house.learn_of_bounces()

    # -- people ------------------------------------------------------------------------------------

    @rule(target=leads, zone=st.sampled_from(ZONES))
    def a_lead_comes(self, zone: str) -> int:
        return self._lead(zone)

    @rule(lead=leads, kind=st.sampled_from([ending for ending, _, _ in ENDINGS]))
    def it_ends_for_a_lead(self, lead: int, kind: Kind) -> None:
        self.house.happens(lead, kind)

    @rule(lead=leads, days=st.integers(0, 12))
    def a_lead_is_away(self, lead: int, days: int) -> None:
        self.house.happens(lead, Kind.AUTO_REPLIED, days=days)

    @rule(
        lead=leads,
        verdict=st.sampled_from([*[Verdict.HUMAN] * 2, Verdict.MACHINE, Verdict.PROXY]),
        noted=st.booleans(),
    )
    def somebody_clicks(self, lead: int, verdict: Verdict, noted: bool) -> None:
        before = self.house.get(lead)
        self.house.happens(lead, Kind.CLICKED, noted, subject="first", verdict=verdict)
        after = self.house.get(lead)
        changed = (before.score, before.stage) != (after.score, after.stage)
        assert verdict == Verdict.HUMAN or not changed, "a machine moved a lead"

    @precondition(lambda self: self.house.told)
    @rule(which=st.integers(0, 99), noted=st.booleans())
    def the_same_is_told_again(self, which: int, noted: bool) -> None:
        event = self.house.told[which % len(self.house.told)]
        before = self._everything()
        with self.database.write() as session:
            record = activity.note_all if noted else activity.record_all
            assert record(session, [replace(event, at=self.house.now)], self.house.now) == 0
        assert self._everything() == before

    # -- reps and files ----------------------------------------------------------------------------

    @rule(lead=leads)
    def a_rep_resumes_a_lead(self, lead: int) -> None:
        with self.database.write() as session:
            reps.resume(session, self.model.people[lead].address, self.house.now)
        self.model.people[lead].replied = False

    @rule(name=st.sampled_from(SENDER_NAMES), pause=st.booleans())
    def a_rep_sets_a_sender(self, name: str, pause: bool) -> None:
        with self.database.write() as session:
            if pause:
                ledger.pause_sender(session, name, "by a rep", self.house.now)
            else:
                ledger.resume_sender(session, name, self.house.now)
        (self.model.paused.add if pause else self.model.paused.discard)(name)

    @precondition(lambda self: self.house.messages(status="unknown"))
    @rule(sent=st.booleans())
    def a_rep_decides_what_is_unknown(self, sent: bool) -> None:
        for row in self.house.messages(status="unknown"):
            with self.database.write() as session:
                assert ledger.resolve(session, row.id, sent, self.house.now)
            self.model.resolved.add(row.message_id)

    @rule(new=st.booleans())
    def files_are_applied(self, new: bool) -> None:
        before = len(self.house.rows(models.CampaignVersion)), len(self.house.rows(models.Policy))
        self.house.apply_edition(self.model.edition + new)
        after = len(self.house.rows(models.CampaignVersion)), len(self.house.rows(models.Policy))
        assert after == (before[0] + 2 * new, before[1]), "the same files are another version"

    # -- time, and what goes wrong -----------------------------------------------------------------

    @rule(hours=st.sampled_from([0, 2, 4, 24, 72]), script=SCRIPTS)
    def time_goes_on(self, hours: int, script: list[str]) -> None:
        self.house.server.script = script
        with self._mortal():
            self.house.tick()
        for _ in range(0, hours, 2):
            with self._mortal():
                self.house.later(hours=2)

    @rule(minutes=st.sampled_from([1, 6, 11, 61, 300, -1, -9, -61, -180]))
    def time_passes_unseen(self, minutes: int) -> None:
        """The clock goes on without a tick, or is put back."""
        self.house.clock.turn(timedelta(minutes=minutes))

    @rule(how=st.sampled_from(["delivers", "loses", "doubles", "is late"]), script=SCRIPTS)
    def the_broker(self, how: str, script: list[str]) -> None:
        self.house.broker = how
        self.time_goes_on(0, script)

    @rule(every=st.booleans(), script=SCRIPTS)
    def what_was_late_is_delivered(self, every: bool, script: list[str]) -> None:
        self.house.server.script = script
        with self._mortal():
            self.house.deliver_every_id() if every else self.house.deliver_late()

    @rule(name=st.sampled_from(POINTS_OF_DEATH), script=SCRIPTS)
    def a_process_dies(self, name: str, script: list[str]) -> None:
        def reached(point: str) -> None:
            if point == name:
                raise Killed

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(crash, "point", reached)
            self.time_goes_on(0, script)

    @rule()
    def a_worker_claims_and_dies(self) -> None:
        message = models.Message
        with self.database.write() as session:
            session.execute(
                update(message)
                .where(message.status == "queued", message.due_at <= self.house.now, message.attempts < 8)
                .values(
                    status="claimed",
                    due_at=None,
                    lease_until=self.house.now + timedelta(minutes=10),
                    attempts=message.attempts + 1,
                )
            )

    # -- what must hold ----------------------------------------------------------------------------

    @invariant()
    def the_model_agrees(self) -> None:
        for error in self.house.server.broken:
            raise error
        rows = self.house.messages()
        self.model.agrees(rows, Counter(message_id(mail) for mail in self.house.outbox.outbox))
        for enrollment in self.house.rows(models.Enrollment):
            self.model.editions.setdefault(enrollment.id, self.model.edition)
        for lead in self.house.rows(models.Lead):
            self.model.scored(lead.id, lead.score, lead.stage)
        assert self.errors.seen == []

    def _everything(self) -> dict[str, Any]:
        with self.database.read() as session:
            return {
                table.name: session.execute(select(table).order_by(*table.primary_key)).all()
                for table in models.Base.metadata.sorted_tables
            }

    def teardown(self) -> None:
        try:
            if hasattr(self, "house") and sys.exception() is None:
                self._come_to_rest()
        finally:
            logging.getLogger("outreach").removeHandler(self.errors)
            self.database.close()

    def _come_to_rest(self) -> None:
        """Let everything work again for 40 days: then nothing is left to do, and nothing is unexplained."""
        self.house.server.script.clear()
        self.house.broker = "delivers"
        for name in SENDER_NAMES:
            self.a_rep_sets_a_sender(name, pause=False)
        for _ in range(40 * 24 // 9):
            self.house.clock.turn(timedelta(hours=9))
            self.house.tick()
        self.the_model_agrees()
        names = {row.id: row.name for row in self.house.rows(models.Campaign)}
        ended: dict[int, dict[str, str]] = defaultdict(dict)
        for row in self.house.rows(models.Enrollment):
            assert row.status in ("finished", "stopped"), f"enrollment {row.id} still waits: {row.reason}"
            ended[row.lead_id][names[row.campaign_id]] = row.reason
        self.model.is_at_rest(self.house.messages(), ended)


def _machine(opened: Callable[[], tuple[Database, Path]]) -> type[Engine]:
    return type("Opened", (Engine,), {"opened": staticmethod(opened)})


def _folders(path: Path) -> Iterator[Path]:
    for number in count(1):
        folder = path / str(number)
        folder.mkdir()
        yield folder


def test_the_engine_does_nothing_that_its_model_forbids(sqlite_template: Path, tmp_path: Path) -> None:
    folders = _folders(tmp_path)

    def opened() -> tuple[Database, Path]:
        folder = next(folders)
        return db.connect(f"sqlite:///{shutil.copy(sqlite_template, folder / 'outreach.db')}"), folder

    run_state_machine_as_test(_machine(opened), settings=SETTINGS)


def test_nor_does_it_on_postgresql(postgresql_url: str, tmp_path: Path) -> None:
    folders = _folders(tmp_path)

    def opened() -> tuple[Database, Path]:
        database = db.connect(postgresql_url)
        tables = [name for name in models.Base.metadata.tables if name != "instance"]
        with database.write() as session:
            session.execute(text(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE"))
        return database, next(folders)

    few = settings(SETTINGS, max_examples=SETTINGS.max_examples // 6)
    run_state_machine_as_test(_machine(opened), settings=few)
