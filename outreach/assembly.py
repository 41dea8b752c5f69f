"""Puts the parts together for the entry points: database, links, channels, workers, scheduler, pages."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import socket
from contextlib import ExitStack
from datetime import datetime, timedelta
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from outreach import allocations, applied, backlog, campaigns, db, experiments, heartbeats, judging, worker
from outreach.channels import from_url
from outreach.channels.imap import places
from outreach.channels.oauth import Tokens, tokens_of
from outreach.channels.server import is_loopback
from outreach.clock import Clock, SystemClock
from outreach.config import Settings
from outreach.db import Database
from outreach.delivery import Post
from outreach.errors import DatabaseError, SettingsError
from outreach.fence import Fence
from outreach.links import Links
from outreach.scheduler import Engine, Job, Scheduler, hurry, tick

if TYPE_CHECKING:
    from outreach.web.server import Server

log = logging.getLogger(__name__)

STOPS_WITHIN = 30_000  # milliseconds, for the mails that are on the wire

UPKEEP = 60.0  # seconds between looks at what is finished

OWN_ADDRESS = (
    "OUTREACH_BASE_URL is this machine's own address, where nobody who gets a mail could opt out; "
    "set the public address of the pages"
)

EXAMPLE = re.compile(r"[@.]example(\.(com|net|org))?$", re.IGNORECASE)  # RFC 2606


def links_of(settings: Settings) -> Links:
    """Return what signs and reads the links; SettingsError without a secret key."""
    return Links(settings.base_url, settings.key(), settings.old_keys(), has_honeypot=settings.honeypot)


def check_mailboxes(settings: Settings, tokens: Tokens | None) -> None:
    """Raise SettingsError where a mailbox is badly written or, for who reads with `tokens`, can give none."""
    if settings.imap_url is None:
        return
    try:
        for where in places(settings.imap_url.get_secret_value()):
            if tokens is not None and where.grant is not None:
                tokens.check(where.grant)
    except SettingsError as wrong:
        raise SettingsError(f"OUTREACH_IMAP_URL: {wrong}") from None


def refuse_examples(settings: Settings, database: Database) -> None:
    """SettingsError where real people would get links that lead nowhere, or mail of the examples' company."""
    server = urlsplit(settings.smtp_url.get_secret_value())
    if server.scheme == "dry" or is_loopback(server.hostname or ""):
        return
    if is_loopback(urlsplit(settings.base_url).hostname or ""):
        raise SettingsError(OWN_ADDRESS)
    with database.read() as session:
        for sender in applied.policies(session).policies.senders.senders:
            if EXAMPLE.search(sender.address):
                raise SettingsError(
                    f"the sender {sender.name} in senders.yaml still has an example's address; put your own in"
                )


class Running:
    """The parts that run in this process, started by `with` and stopped in the opposite order."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock | None = None,
        *,
        scheduler: bool = False,
        workers: bool = False,
        pages_at: tuple[str, int] | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self._wants = (scheduler, workers)
        self._pages_at = pages_at
        self._server: Server | None = None
        self._kinds = [kind for kind, wanted in (("scheduler", scheduler), ("worker", workers)) if wanted]
        self._stack = ExitStack()

    @property
    def is_dry(self) -> bool:
        """Whether mails stay here."""
        return self.settings.smtp_url.get_secret_value().startswith("dry:")

    def __enter__(self) -> Running:
        with ExitStack() as stack:
            self.links = links_of(self.settings)
            self.database = db.opened(self.settings.database)
            stack.callback(self.database.close)
            smtp_url = self.settings.smtp_url.get_secret_value()
            tokens = tokens_of(self.settings)
            from_url(smtp_url, tokens=tokens)  # a wrong address is said now and not with the first mail
            check_mailboxes(self.settings, tokens if self._wants[0] else None)
            self.fence = Fence(self.database, self.settings.workspace)
            if any(self._wants):
                self.check()
            if self._pages_at is not None:  # what is wrong with them is said before anything is sent
                self._server = self._pages(*self._pages_at)
            lanes = self.settings.smtp_connections
            channel = worker.PerThread(lambda: from_url(smtp_url, lanes, tokens), lanes)
            stack.callback(channel.close)
            redis = self.settings.redis_url
            broker = worker.make_broker(redis.get_secret_value() if redis else None)
            lease = timedelta(seconds=self.settings.lease_seconds)
            self.post = Post(self.database, channel, self.links, self.clock, lease)
            self.actors = worker.Actors(broker, self.post)
            wants_scheduler, wants_workers = self._wants
            if wants_workers:
                working = worker.start(broker, self.settings.worker_threads)
                stack.callback(working.stop, timeout=STOPS_WITHIN)
            self.engine = Engine(
                self.database,
                self.links,
                self.actors.deliver,
                self.actors.notify,
                self.settings.batch,
                self.actors.waiting,
                timedelta(seconds=self.settings.look_again_seconds),
                known=judging.known_networks(self.settings.scanner_networks),
            )
            jobs = self._jobs_of_scheduler(stack, tokens) if wants_scheduler else []
            self._started_at = self.clock.now()
            self._beat()
            stack.callback(self._stop_beating)
            schedule = Scheduler([*jobs, ("heartbeat", heartbeats.EVERY.total_seconds(), self._beat)])
            schedule.start()
            stack.callback(schedule.stop)
            # First of all when it ends: what is claimed goes back, whatever else takes time.
            stack.callback(self.post.stopping.set)
            self._stack = stack.pop_all()
        return self

    def check(self) -> None:
        """Raise SettingsError or DatabaseError where this installation must not send as it is."""
        refuse_examples(self.settings, self.database)
        self.fence.check()

    def _jobs_of_scheduler(self, stack: ExitStack, tokens: Tokens) -> list[Job]:
        seconds, clock = self.settings.tick_seconds, self.clock
        with self.database.read() as session:
            self._ticked_at = heartbeats.last_of(session, "scheduler")
        jobs: list[Job] = [
            ("tick", seconds, self._tick),
            ("hurry", seconds / 4, lambda: hurry(self.engine, clock.now())),
            ("upkeep", UPKEEP, self._keep_up),
        ]
        if self.settings.imap_url is not None:
            from outreach.mail_reader import MailReader

            urls = self.settings.imap_url.get_secret_value()
            poll = self.settings.mail_seconds
            reader = MailReader(self.database, urls, self.links, self.clock, tokens, poll_seconds=poll)
            stack.callback(reader.stop)
            reader.start()
        return jobs

    def _tick(self) -> None:
        """Tick; after a long time without one (a stop, a sleeping machine) first see what gathered meanwhile."""
        now = self.clock.now()
        if self._ticked_at is not None and now - self._ticked_at > backlog.OUTAGE:
            self._hold_backlog(self._ticked_at, now)
        tick(self.engine, now)
        self._ticked_at = now

    def _hold_backlog(self, seen: datetime, now: datetime) -> None:
        with self.database.write() as session:
            held = backlog.hold_if_outage(session, seen, self.settings.catch_up_above, now)
        if held:
            log.warning("%d overdue leads and mails are held: outreach backlog show", held)

    def _keep_up(self) -> None:
        with self.database.write() as session:
            for name in campaigns.close_done(session):
                log.info("campaign %s is finished", name)
        with self.database.read() as session:  # results take long, and nobody is to wait for them
            changed = experiments.reallocated(session, self.clock.now())
        if changed:
            with self.database.write() as session:
                allocations.write(session, changed, self.clock.now())

    def _beat(self) -> None:
        """Say that this process is there, and look whether the database still is the one it was."""
        if any(self._wants):
            self._check_fence()
        with self.database.write() as session:
            for kind in self._kinds:
                name = heartbeats.name_of(kind, socket.gethostname(), os.getpid())
                heartbeats.beat(session, name, kind, self._started_at, self.clock.now())

    def _check_fence(self) -> None:
        try:
            self.fence.check()
        except DatabaseError as error:
            # Restored under a running process: what it knows is not what the database knows any more.
            self.post.stopping.set()
            log.error("nothing is sent any more: %s", error)
            raise

    def _stop_beating(self) -> None:
        with contextlib.suppress(SQLAlchemyError), self.database.write() as session:
            # When the last scheduler was there is asked after an outage.
            for kind in set(self._kinds) - {"scheduler"}:
                heartbeats.stop(session, heartbeats.name_of(kind, socket.gethostname(), os.getpid()))

    def serve(self, host: str, port: int) -> Server:
        """Start the pages in this process; they stop with the rest."""
        self._kinds.append("web")
        self._beat()
        server = self._server or self._pages(host, port)
        server.start()
        self._stack.callback(server.stop)
        return server

    def _pages(self, host: str, port: int) -> Server:
        # A worker needs no pages, and is smaller without them.
        from outreach import web
        from outreach.web.server import Server

        return Server(web.create_app(self.database, self.links, self.settings, self.clock), host, port)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
