"""A whole installation of real processes, which can be killed and started again while a real SMTP server keeps count."""

from __future__ import annotations

import itertools
import os
import socket
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import factories
from faults import workspace as files
from faults.nursery import Nursery, Process
from faults.servers import free_port
from faults.sink import Sink
from sqlalchemy import func, select, update

from outreach import apply, db, leads, models, workspace
from outreach.domain.words import EnrollmentStatus, MessageStatus
from outreach.links import Links

SECRET = "a secret key that no log may hold"
TOKEN = "a token that no log may hold"
PATIENCE = 60.0  # seconds; everything that a test waits for takes a few at most
LOOK = 0.04  # seconds between two looks at the database
UNDER_WAY = (MessageStatus.QUEUED, MessageStatus.CLAIMED, MessageStatus.TRANSMITTING)

_NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Mode:
    """How much one kill may leave in doubt, and what that is made of."""

    name: str
    in_doubt: int = 1
    threads: int = 1
    connections: int = 1
    batch: int = 5

    @property
    def bound(self) -> int:
        """How many mails one kill of a worker may leave unknown."""
        return self.threads * self.connections * self.in_doubt


STRICT = Mode("strict")
BULK = Mode("bulk", in_doubt=20, threads=2, connections=2, batch=40)


@dataclass(frozen=True)
class Forbidden:
    """A lead that no mail may reach any more, but for those that were on their way when that was committed."""

    lead_id: int
    since: float
    under_way: frozenset[str]  # Message-IDs


class Plant:
    """An installation on `database_url`: started by `with`, and all its processes ended with it."""

    def __init__(
        self,
        folder: Path,
        nursery: Nursery,
        database_url: str,
        redis_url: str | None = None,
        mode: Mode = STRICT,
        *,
        notify: bool = False,
        imap_url: str | None = None,
        **settings: object,
    ) -> None:
        self.folder = folder
        self.mode = mode
        self.nursery = nursery
        self.notify = notify
        self.web_port = free_port()
        self.forbidden: list[Forbidden] = []
        self.processes: list[Process] = []
        self._stack = ExitStack()
        self.settings: dict[str, object] = {
            "DATABASE_URL": database_url,
            "SECRET_KEY": SECRET,
            "API_TOKEN": TOKEN,
            "BASE_URL": f"http://127.0.0.1:{self.web_port}",
            "TICK_SECONDS": 0.1,
            "MAIL_SECONDS": 0.2,
            "LEASE_SECONDS": 2,
            "LOOK_AGAIN_SECONDS": 2,
            "WORKER_THREADS": mode.threads,
            "SMTP_CONNECTIONS": mode.connections,
            "BATCH": mode.batch,
        }
        if redis_url:
            self.settings["REDIS_URL"] = redis_url
        if imap_url:
            self.settings["IMAP_URL"] = imap_url
        self.settings |= settings
        self.links = Links(f"http://127.0.0.1:{self.web_port}", SECRET)

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            self.sink = Sink(self.folder / "wire.jsonl")
            stack.callback(self.sink.close)
            self.database = db.connect(str(self.settings["DATABASE_URL"]))
            stack.callback(self.database.close)
            files.write(self.folder, in_doubt=self.mode.in_doubt, notify=self.notify)
            with self.database.write() as session:
                apply.apply(session, workspace.load(self.folder), datetime.now(UTC))
            stack.callback(self.end_all)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    # -- processes ---------------------------------------------------------------------------------

    def start(self, kind: str, crash_at: str = "", **settings: object) -> Process:
        """Start scheduler, worker, web or up; with `crash_at` it ends itself there as `kill -9` does."""
        values = self.settings | {"SMTP_URL": self.sink.url} | settings
        environment = {f"OUTREACH_{name}": str(value) for name, value in values.items()}
        environment |= {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        if crash_at:
            environment["OUTREACH_CRASH_AT"] = crash_at
        arguments = ["-w", str(self.folder), kind]
        if kind in ("web", "up"):
            arguments += ["--port", str(self.web_port)]
        log = self.folder / f"{len(self.processes):03}-{kind}.log"
        process = self.nursery.start(arguments, environment, log)
        self.processes.append(process)
        return process

    def answers(self) -> bool:
        """Answer whether the pages are there."""
        try:
            socket.create_connection(("127.0.0.1", self.web_port), timeout=1).close()
        except OSError:
            return False
        return True

    def end_all(self) -> None:
        """Kill whatever of ours still runs."""
        for process in self.processes:
            process.kill()

    def logs(self) -> str:
        """Return everything that the processes have logged."""
        return "".join(
            process.log.read_text("utf-8", "replace") for process in self.processes if process.log.exists()
        )

    # -- leads and rows ----------------------------------------------------------------------------

    def add_leads(self, count: int) -> list[int]:
        """Add suspects who wait to be matched; return their ids."""
        now = datetime.now(UTC)
        ids = []
        with self.database.write() as session:
            salt = leads.salt(session)
            for number in itertools.islice(_NUMBERS, count):
                address = f"lead{number}@{files.RECIPIENTS}"
                fields = {"email": address, "address_hash": leads.address_hash(salt, address)}
                ids.append(factories.lead(session, match_at=now, stage_at=now, created_at=now, **fields).id)
        return ids

    def rows(self, table: type[Any], **where: Any) -> list[Any]:
        with self.database.read() as session:
            return list(session.scalars(select(table).filter_by(**where)))

    def count(self, table: type[Any], *where: Any) -> int:
        with self.database.read() as session:
            return session.scalar(select(func.count()).select_from(table).where(*where)) or 0

    def left(self) -> str:
        """Return in words what is not final yet; "" when everything is."""
        message, enrollment = models.Message, models.Enrollment
        checks: dict[str, Any] = {
            "leads to match": select(func.count()).where(models.Lead.match_at.is_not(None)),
            "enrollments under way": select(func.count()).where(enrollment.status == EnrollmentStatus.ACTIVE),
            "messages under way": select(func.count()).where(message.status.in_(UNDER_WAY)),
            "consequences to draw": select(func.count()).select_from(models.Followup),
            "notifications to send": select(func.count()).where(models.Notification.status == "queued"),
        }
        with self.database.read() as session:
            row = session.execute(
                select(*(check.scalar_subquery().label(str(n)) for n, check in enumerate(checks.values())))
            ).one()
        return ", ".join(f"{count} {name}" for name, count in zip(checks, row, strict=True) if count)

    def statuses(self) -> Counter[str]:
        """Return how many messages are in each status."""
        with self.database.read() as session:
            found = session.execute(
                select(models.Message.status, func.count()).group_by(models.Message.status)
            )
            return Counter({str(status): count for status, count in found})

    # -- time --------------------------------------------------------------------------------------

    def wait(self, until: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
        """Return when `until` is true; AssertionError when it does not become so in time."""
        deadline = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < deadline, f"not within {seconds:g} s: {what}; left: {self.left()}"
            time.sleep(LOOK)

    def wait_for_mails(self, count: int) -> None:
        """Return when the mail server has taken so many."""
        self.wait(lambda: self.sink.taken() >= count, f"{count} mails out")

    def finish(self, seconds: float = PATIENCE, *, hurried: bool = False) -> None:
        """Return when everything is final; `hurried` lets the waits after a deferral pass in a second or two."""
        looks = itertools.count(1)

        def is_done() -> bool:
            if hurried and next(looks) % 40 == 0:
                self.hurry()
            return not self.left()

        self.wait(is_done, "everything final", seconds)

    def hurry(self) -> None:
        """Let the time pass that messages and notifications wait after they were deferred."""
        now = datetime.now(UTC)
        soon = now + timedelta(seconds=10)
        with self.database.write() as session:
            for table in (models.Message, models.Notification):
                session.execute(
                    update(table)
                    .where(table.status == MessageStatus.QUEUED, table.due_at > soon)
                    .values(due_at=now)
                )

    def forbid(self, lead_id: int) -> None:
        """Note that an opt-out of this lead is committed: what is not on its way by now may never leave."""
        since = time.time()
        with self.database.read() as session:
            gone = session.scalars(
                select(models.Message.rfc_message_id).where(
                    models.Message.lead_id == lead_id,
                    models.Message.status.not_in((MessageStatus.QUEUED, MessageStatus.CLAIMED)),
                )
            ).all()
        self.forbidden.append(Forbidden(lead_id, since, frozenset(gone)))


def kill_all(processes: Sequence[Process]) -> None:
    """Kill these, all at once."""
    for process in processes:
        process.signal(9)
    for process in processes:
        assert process.ended_within(PATIENCE)
