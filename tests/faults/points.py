"""Runs in which one process is killed at one named point again and again, each time by another seed."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any

import requests
from faults import oracle
from faults import workspace as files
from faults.mailbox import Mailbox
from faults.nursery import Process
from faults.oracle import Allowed, Verdict
from faults.plant import UNDER_WAY, Mode, Plant
from sqlalchemy import select

from outreach import models
from outreach.domain.words import Kind, MessageStatus

REACHED_WITHIN = 20.0
MOST_MISSED = 1  # a point that is not reached more often is not there
LEADS_EACH = 9  # new leads for each kill, so that the point is surely reached
PAGES = "web"
BROWSER = (
    "Mozilla/5.0 (Windows NT 10.0; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
)


@dataclass(frozen=True)
class Point:
    """A named point of the program, who reaches it, and what a kill there may leave behind."""

    name: str
    who: str  # worker, scheduler, web; inbox: a scheduler that reads a mailbox
    often: int = 2  # a seed picks one of so many times that the point is reached
    doubtful: bool = False  # the row says that the mail is on its way: it may end as unknown
    notes: bool = False  # reached with mails to reps

    def reach(self, mode: Mode) -> int:
        """Return how often a run of this mode surely comes by: a large batch does so less often than a mail."""
        if mode.batch <= LEADS_EACH:
            return self.often
        return 1 if self.notes else min(self.often, 2) if self.name == "opened" else self.often


POINTS = {
    point.name: point
    for point in (
        Point("claimed", "worker"),
        Point("rendered", "worker"),
        Point("opened", "worker", often=8, doubtful=True),
        Point("mail_sent", "worker", often=8, doubtful=True),
        Point("data_begun", "worker", often=8, doubtful=True),
        Point("half_body", "worker", often=8, doubtful=True),
        Point("after_dot", "worker", often=8, doubtful=True),
        Point("answered", "worker", often=8, doubtful=True),
        Point("settled", "worker"),
        Point("notify_claimed", "worker", notes=True),
        Point("notify_sent", "worker", notes=True),
        Point("advancing", "scheduler"),
        Point("advanced", "scheduler"),
        Point("handing_out", "scheduler"),
        Point("handed_out", "scheduler", often=2),
        Point("swept", "scheduler", often=1),
        Point("hit_recording", PAGES, often=4),
        Point("hit_recorded", PAGES, often=4),
        Point("unsubscribing", PAGES, often=3),
        Point("unsubscribed", PAGES, often=3),
        Point("mail_recorded", "inbox", often=1),
        Point("mail_read", "inbox", often=1),
    )
}


@dataclass
class Tally:
    """What became of the runs at one point."""

    point: str
    mode: str
    database: str
    runs: int = 0
    kills: int = 0
    unreached: int = 0
    mails: int = 0
    doubles: int = 0
    losses: int = 0
    unknown: int = 0
    bound: int = 0
    doubled_notes: int = 0
    seconds: float = 0.0
    violations: list[str] = field(default_factory=list)

    def add(self, verdict: Verdict, bound: int) -> None:
        self.runs += 1
        self.mails += verdict.mails
        self.doubles += verdict.doubles
        self.losses += verdict.losses
        self.unknown += verdict.unknown
        self.bound += bound
        self.doubled_notes += verdict.doubled_notes
        self.violations += verdict.violations


def crash(
    plant: Plant, point: Point, seeds: Iterable[int], tally: Tally, mailbox: Mailbox | None = None
) -> None:
    """Kill at the point once for each seed, let the rest end in peace, and judge what is left.

    Without Redis all parts run in one process, and that is the one that is killed.
    """
    began = time.monotonic()
    alone = "REDIS_URL" not in plant.settings
    run = _KILLS["up" if alone and point.who in ("worker", "scheduler") else point.who](plant, point, mailbox)
    deaths, missed = 0, 0
    for seed in seeds:
        run.spare()
        chance = random.Random(f"{point.name}:{plant.mode.name}:{seed}")
        if run.kill(f"{point.name}:{chance.randint(1, point.reach(plant.mode))}", chance):
            deaths += 1
        else:
            missed += 1
            if missed > MOST_MISSED:
                break
    run.calm()
    plant.finish(hurried=point.notes)
    tally.violations += run.wrong()
    exact = plant.mode.bound == 1 and not alone
    worker_dies = point.who == "worker" or alone
    may = worker_dies and (point.doubtful or not exact)
    unknown = (deaths + run.others) * plant.mode.bound if may else run.others * plant.mode.bound
    notes = deaths * plant.mode.batch if point.notes or (alone and plant.notify) else 0
    tally.add(oracle.judge(oracle.look(plant), Allowed(unknown=unknown, doubled_notes=notes)), unknown)
    tally.kills += deaths
    tally.unreached += missed
    if missed > MOST_MISSED:
        tally.violations.append(f"K1: the point {point.name} was not reached {missed} times")
    tally.seconds += time.monotonic() - began


class _Kills:
    """Kills a worker; the scheduler lives."""

    worker = "worker"
    others = 0  # kills of workers beside those at the point

    def __init__(self, plant: Plant, point: Point, mailbox: Mailbox | None) -> None:
        self.plant = plant
        self.mailbox = mailbox
        plant.add_leads(LEADS_EACH)
        self.begin()

    def begin(self) -> None:
        self.plant.start("scheduler")

    def kill(self, crash_at: str, chance: random.Random) -> bool:
        """Have one process die at the point; return whether it did."""
        self.plant.add_leads(LEADS_EACH)
        return self.died(self.plant.start("worker", crash_at))

    def spare(self) -> None:
        """Let a healthy worker have what a kill has hit already: nothing here means to be a poison message."""
        hit = (models.Message.crashes > 0, models.Message.status.in_(UNDER_WAY))
        if self.plant.count(models.Message, *hit):
            healthy = self.plant.start(self.worker)
            self.plant.wait(lambda: not self.plant.count(models.Message, *hit), "what was hit has gone out")
            healthy.stop()

    def died(self, process: Process) -> bool:
        if process.ended_within(REACHED_WITHIN):
            assert process.status == -9, f"the {process.kind} ended with {process.status}, see {process.log}"
            return True
        process.stop()
        return False

    def calm(self) -> None:
        """Have everything run that is needed to bring what is left to its end."""
        self.plant.start("worker")

    def wrong(self) -> list[str]:
        """Return what else is wrong, beside what the oracle finds."""
        return []


class _KillsAll(_Kills):
    """Kills the one process that does everything."""

    worker = "up"

    def begin(self) -> None:
        pass

    def kill(self, crash_at: str, chance: random.Random) -> bool:
        self.plant.add_leads(LEADS_EACH)
        if crash_at.startswith("swept"):
            # There is nothing to sweep without a crash before it.
            self.others += self.died(self.plant.start("up", "claimed:1"))
        return self.died(self.plant.start("up", crash_at))

    def calm(self) -> None:
        self.plant.start("up")


class _KillsScheduler(_Kills):
    """Kills a scheduler; the worker lives, unless leases have to run out."""

    def begin(self) -> None:
        self.plant.start("worker")

    def kill(self, crash_at: str, chance: random.Random) -> bool:
        self.plant.add_leads(LEADS_EACH)
        if crash_at.startswith("swept"):
            return self._kill_sweeper(crash_at)
        return self.died(self.plant.start("scheduler", crash_at))

    def _kill_sweeper(self, crash_at: str) -> bool:
        plant = self.plant
        for process in plant.processes:
            process.kill()
        self.others += plant.mode.bound > 1  # of several threads one may be in the midst of a mail
        scheduler = plant.start("scheduler")
        dead = self.died(plant.start("worker", "claimed:1"))
        scheduler.kill()
        plant.start("worker")
        return dead and self.died(plant.start("scheduler", crash_at))

    def spare(self) -> None:
        scheduler = self.plant.start("scheduler")  # the one that was killed handed out what was hit
        super().spare()
        scheduler.stop()

    def calm(self) -> None:
        self.plant.start("scheduler")


class _KillsPages(_Kills):
    """Kills the web process while people click and opt out; they try again, as people and mailers do."""

    def begin(self) -> None:
        self.plant.start("scheduler")
        self.plant.start("worker")
        self.point = ""
        self.answered: list[tuple[Kind, int]] = []
        self.session = requests.Session()
        self.session.headers["User-Agent"] = BROWSER

    def kill(self, crash_at: str, chance: random.Random) -> bool:
        self.plant.add_leads(LEADS_EACH)
        opts_out = crash_at.startswith("unsub")
        web = self.plant.start("web", crash_at)
        self._is_up(web)
        deadline = time.monotonic() + REACHED_WITHIN
        while web.is_alive and time.monotonic() < deadline:
            if (mail := self._mail(chance)) is not None and not self._ask(mail, opts_out):
                died = self.died(web)
                again = self.plant.start("web")
                self._is_up(again)
                assert self._ask(mail, opts_out), "a request that was cut off is not answered the second time"
                again.kill()
                return died
        return self.died(web)

    def _is_up(self, web: Process) -> None:
        self.plant.wait(lambda: not web.is_alive or self.plant.answers(), "the pages answer")

    def _mail(self, chance: random.Random) -> tuple[int, int] | None:
        """Return message and lead of a mail that somebody has got and not opted out of."""
        message = models.Message
        with self.plant.database.read() as session:
            got = session.execute(
                select(message.id, message.lead_id).where(message.status == MessageStatus.ACCEPTED)
            ).all()
        done = {each.lead_id for each in self.plant.forbidden}
        left = [(row[0], row[1]) for row in got if row[1] not in done]
        return chance.choice(left) if left else None

    def _ask(self, mail: tuple[int, int], opts_out: bool) -> bool:
        """Opt out, or click; return whether there was an answer."""
        message_id, lead_id = mail
        links = self.plant.links
        try:
            if opts_out:
                form = {"List-Unsubscribe": "One-Click"}
                answer = self.session.post(links.unsubscribe(message_id), data=form, timeout=20)
            else:
                address = links.click(message_id, 1, "https://example.com/a")
                answer = self.session.get(address, timeout=20, allow_redirects=False)
        except requests.ConnectionError:
            return False
        assert answer.status_code == (200 if opts_out else 302), f"the answer is {answer.status_code}"
        quick = answer.elapsed.total_seconds() < 0.4  # a slower hit may be answered before it is recorded
        if opts_out:
            self.plant.forbid(lead_id)
        if opts_out or quick:
            self.answered.append((Kind.UNSUBSCRIBED if opts_out else Kind.CLICKED, message_id))
        return True

    def calm(self) -> None:
        self.session.close()

    def wrong(self) -> list[str]:
        event = models.Event
        kinds = (Kind.UNSUBSCRIBED, Kind.CLICKED)
        with self.plant.database.read() as session:
            found = session.execute(select(event.kind, event.message_id).where(event.kind.in_(kinds))).all()
        there = [(str(kind), message_id) for kind, message_id in found]
        lines = [
            f"W1: {kind} of message {id} was answered, but no event tells of it"
            for kind, id in self.answered
            if (str(kind), id) not in there
        ]
        opted_out = Counter(id for kind, id in there if kind == Kind.UNSUBSCRIBED)
        twice = [
            f"W2: the opt-out of message {id} is recorded {n} times" for id, n in opted_out.items() if n > 1
        ]
        return lines + twice


class _KillsReader(_Kills):
    """Kills a scheduler while it reads replies; each is recorded once."""

    def begin(self) -> None:
        self.plant.start("worker")
        self.replied: list[int] = []

    def kill(self, crash_at: str, chance: random.Random) -> bool:
        plant = self.plant
        plant.add_leads(LEADS_EACH)
        before = plant.start("scheduler", IMAP_URL="")
        plant.wait(lambda: len(self._open()) >= 3, "mails to reply to")
        before.kill()
        self._reply(chance.sample(sorted(self._open()), 3))
        return self.died(plant.start("scheduler", crash_at))

    def _open(self) -> dict[int, Any]:
        """Return a mail that came, for each lead that has not replied."""
        rows = self.plant.rows(models.Message, status=MessageStatus.ACCEPTED)
        return {row.lead_id: row for row in rows if row.lead_id not in self.replied}

    def _reply(self, lead_ids: list[int]) -> None:
        assert self.mailbox
        open_mails = self._open()
        mails = []
        for lead_id in lead_ids:
            mail = EmailMessage()
            [lead] = self.plant.rows(models.Lead, id=lead_id)
            mail["From"], mail["To"], mail["Subject"] = lead.email, self.mailbox.user, "Re: Hello"
            mail["Message-ID"] = make_msgid(domain=files.RECIPIENTS)
            mail["In-Reply-To"] = open_mails[lead_id].rfc_message_id
            mail.set_content("Thank you, I will read it next week.")
            mails.append(mail.as_bytes())
            self.replied.append(lead_id)
        self.mailbox.deliver(*mails)

    def calm(self) -> None:
        self.plant.start("scheduler")
        self.plant.wait(lambda: len(self._recorded()) >= len(self.replied), "all replies recorded")
        for lead_id in self.replied:
            self.plant.forbid(lead_id)

    def _recorded(self) -> list[int]:
        return [event.lead_id for event in self.plant.rows(models.Event, kind=Kind.REPLIED)]

    def wrong(self) -> list[str]:
        recorded = self._recorded()
        lines = [f"R1: the reply of lead {id} is recorded {recorded.count(id)} times"
                 for id in self.replied if recorded.count(id) != 1]  # fmt: skip
        count = self.plant.count(models.InboundMail)
        return lines + (
            [f"R2: {count} mails came in of {len(self.replied)}"] if count != len(self.replied) else []
        )


_KILLS: dict[str, type[_Kills]] = {
    "worker": _Kills,
    "up": _KillsAll,
    "scheduler": _KillsScheduler,
    PAGES: _KillsPages,
    "inbox": _KillsReader,
}
