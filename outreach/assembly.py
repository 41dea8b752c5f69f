"""Puts the parts together for the entry points: database, links, channels, workers, scheduler, pages."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from types import TracebackType

from outreach import db, inbox, web, worker
from outreach.channels import from_url
from outreach.channels.imap import Mailbox
from outreach.clock import Clock, SystemClock
from outreach.config import Settings
from outreach.db import Database
from outreach.delivery import Post
from outreach.errors import Deferred
from outreach.links import Links
from outreach.scheduler import Engine, Scheduler
from outreach.web.server import Server

log = logging.getLogger(__name__)


def links_of(settings: Settings) -> Links:
    """Return what signs and reads the links; SettingsError without a secret key."""
    return Links(settings.base_url, settings.key(), settings.old_keys())


class MailReader:
    """Reads one mailbox, and connects again when the server went away."""

    def __init__(self, database: Database, url: str, links: Links, clock: Clock) -> None:
        self._database = database
        self._links = links
        self._url = url
        self._clock = clock
        self._mailbox: Mailbox | None = None

    def read(self) -> int:
        """Record what is new; return how many mails that were."""
        if self._mailbox is None:
            mailbox = Mailbox(self._url)
            mailbox.open()
            self._mailbox = mailbox
        try:
            now = self._clock.now()
            return inbox.read(self._database, self._mailbox, self._mailbox.name, now, links=self._links).new
        except Deferred:
            self.close()
            raise

    def close(self) -> None:
        if self._mailbox is not None:
            self._mailbox.close()
            self._mailbox = None


class Running:
    """The parts that run in this process, started by `with` and stopped in the opposite order."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock | None = None,
        *,
        scheduler: bool = False,
        workers: bool = False,
    ) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self._wants = (scheduler, workers)
        self._stack = ExitStack()

    def __enter__(self) -> Running:
        with ExitStack() as stack:
            self.links = links_of(self.settings)
            self.database = db.opened(self.settings.database)
            stack.callback(self.database.close)
            smtp_url = self.settings.smtp_url.get_secret_value()
            from_url(smtp_url)  # a wrong address is said now and not with the first mail
            channel = worker.PerThread(lambda: from_url(smtp_url))
            stack.callback(channel.close)
            redis = self.settings.redis_url
            broker = worker.make_broker(redis.get_secret_value() if redis else None)
            self.post = Post(self.database, channel, self.links, self.clock)
            self.actors = worker.Actors(broker, self.post)
            wants_scheduler, wants_workers = self._wants
            if wants_workers:
                working = worker.start(broker, self.settings.worker_threads)
                stack.callback(working.stop, timeout=30_000)
            self.engine = Engine(
                self.database, self.links, self.actors.deliver, self.actors.notify, self.settings.batch
            )
            if wants_scheduler:
                self._start_scheduler(stack)
            self._stack = stack.pop_all()
        return self

    def _start_scheduler(self, stack: ExitStack) -> None:
        reader = None
        if self.settings.imap_url is not None:
            reader = MailReader(
                self.database, self.settings.imap_url.get_secret_value(), self.links, self.clock
            )
            stack.callback(reader.close)
        scheduler = Scheduler(
            self.engine, self.clock, self.settings.tick_seconds, reader.read if reader else None
        )
        scheduler.start()
        stack.callback(scheduler.stop)

    def serve(self, host: str, port: int) -> Server:
        """Start the pages in this process; they stop with the rest."""
        app = web.create_app(self.database, self.links, self.settings, self.clock)
        server = Server(app, host, port)
        server.start()
        self._stack.callback(server.stop)
        return server

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
