"""The dramatiq side: a broker, and actors that are given ids and look the rest up."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any

import dramatiq
from dramatiq.brokers.redis import RedisBroker
from dramatiq.brokers.stub import StubBroker
from dramatiq.middleware import AgeLimit, Callbacks, Middleware, ShutdownNotifications, TimeLimit
from redis.exceptions import RedisError

from outreach import delivery, notifications
from outreach.channels import Channel, Outcome, Outgoing
from outreach.delivery import Post
from outreach.errors import OutreachError, SettingsError
from outreach.queues import MAIL, NAMESPACE, REPS, in_redis

log = logging.getLogger(__name__)

HOUR = 3_600_000
OBJECTS_BETWEEN_COLLECTIONS = 50_000

MOST_AGE = 300_000  # milliseconds; by then the same ids are handed out again
ALWAYS = (
    1_000_000  # of a million commands: dramatiq otherwise looks for lost messages too seldom on an idle queue
)


def make_broker(redis_url: str | None) -> dramatiq.Broker:
    """Return the broker at `redis_url`, or one inside this process. There are no retries: the database knows what is due."""
    middleware: list[Middleware] = [
        AgeLimit(max_age=MOST_AGE),
        TimeLimit(time_limit=HOUR),
        ShutdownNotifications(),
        Callbacks(),
    ]
    if redis_url is None:
        return StubBroker(middleware=middleware)
    try:
        broker = RedisBroker(  # type: ignore[no-untyped-call]
            url=redis_url, middleware=middleware, maintenance_chance=ALWAYS, namespace=NAMESPACE
        )
        broker.client.ping()
    except (RedisError, ValueError) as error:
        raise SettingsError(f"OUTREACH_REDIS_URL: no Redis answers there: {type(error).__name__}") from None
    return broker


class PerThread:
    """A channel that gives each thread connections of its own."""

    def __init__(self, make: Callable[[], Channel], lanes: int = 1) -> None:
        self._make = make
        self._lanes = lanes
        self._local = threading.local()
        self._lock = threading.Lock()
        self._all: list[Channel] = []

    def open(self) -> None:
        """Connections are made when the first mail is sent."""

    @property
    def lanes(self) -> int:
        """How many mails a thread has under way at the same time."""
        return self._lanes

    def send(self, mails: Sequence[Outgoing]) -> list[Outcome]:
        """Send on this thread's connections."""
        channel: Channel | None = getattr(self._local, "channel", None)
        if channel is None:
            channel = self._local.channel = self._make()
            with self._lock:
                self._all.append(channel)
        return channel.send(mails)

    def close(self) -> None:
        with self._lock:
            for channel in self._all:
                channel.close()
            self._all.clear()


class Actors:
    """What workers can be asked to do. An actor never fails: what went wrong stands in the database and the log."""

    def __init__(self, broker: dramatiq.Broker, post: Post) -> None:
        self.broker = broker
        self.post = post
        self._deliver = dramatiq.actor(broker=broker, queue_name=MAIL, actor_name="deliver")(self._delivering)
        self._notify = dramatiq.actor(broker=broker, queue_name=REPS, actor_name="notify")(self._notifying)

    def waiting(self) -> int:
        """Return how many batches of mails wait to be taken by a worker."""
        if isinstance(self.broker, StubBroker):
            return int(self.broker.queues[MAIL].qsize())
        return int(self.broker.client.llen(in_redis(MAIL)))  # type: ignore[attr-defined]

    def deliver(self, ids: Sequence[int]) -> None:
        """Have these messages sent by whichever worker is free."""
        self._deliver.send(list(ids))

    def notify(self, ids: Sequence[int]) -> None:
        """Have these notifications sent."""
        self._notify.send(list(ids))

    def _delivering(self, ids: list[int]) -> None:
        self._guarded("deliver", delivery.deliver, ids)

    def _notifying(self, ids: list[int]) -> None:
        self._guarded("notify", notifications.send, ids)

    def _guarded(self, name: str, act: Callable[[Post, list[int]], Any], ids: list[int]) -> None:
        try:
            act(self.post, ids)
        except OutreachError as error:
            log.warning("%s: %s", name, error)
        except Exception as error:
            # The rows stay due or keep their lease; the text of a database error could hold an address.
            log.error(
                "%s of %d ids failed: %s", name, len(ids), type(error).__name__, exc_info=log.isEnabledFor(10)
            )


def start(broker: dramatiq.Broker, threads: int) -> dramatiq.Worker:
    """Start working in this process; the caller stops it."""
    # A batch makes many objects and no cycles: the collector would look through all of them for nothing.
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    worker = dramatiq.Worker(broker, worker_threads=threads, worker_timeout=100)
    worker.start()
    return worker
