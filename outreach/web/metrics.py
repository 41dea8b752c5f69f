"""Serves figures to Prometheus: how the whole stands, read from the database, and how fast this process answers."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from outreach import status
from outreach.errors import OutreachError
from outreach.status import OUTCOMES, Status, Waiting
from outreach.web.site import NO_STORE, Site

log = logging.getLogger(__name__)

KEPT_SECONDS = 5.0
"""Several scrapers, or an impatient one, cost the database no more than one."""

READ_WITHIN = 8.0  # seconds: a scrape is given up after ten by default
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
PAGES = {"/o/": "open", "/c/": "click", "/u/": "unsubscribe"}
KINDS = ("scheduler", "worker", "web")


class Tracking:
    """How long this process took to answer the pages that mails lead to."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        seconds = Histogram(
            "outreach_tracking_seconds",
            "Time until an open, a click or an opt-out was answered, by this web process.",
            ["page"],
            registry=self.registry,
            buckets=BUCKETS,
        )
        # A label is looked up under a lock; a hit has no time for that.
        self._observe = {prefix: seconds.labels(page=page).observe for prefix, page in PAGES.items()}

    def observe(self, path: str, seconds: float) -> None:
        """Count an answer; paths of other pages are not counted."""
        if (observe := self._observe.get(path[:3])) is not None:
            observe(seconds)


class Timed:
    """Measures how long the pages that mails lead to take; other requests pass as they are."""

    def __init__(self, app: ASGIApp, tracking: Tracking) -> None:
        self.app = app
        self.tracking = tracking

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, and count the time until its answer was handed over."""
        path = scope.get("path", "")
        if path[:3] not in PAGES:
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()

        async def send_and_count(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                self.tracking.observe(path, time.perf_counter() - begun)

        await self.app(scope, receive, send_and_count)


class Metrics:
    """Answers GET /metrics. Where the database does not answer, `outreach_database_up` is 0 and the rest is left out."""

    def __init__(self, site: Site, tracking: Tracking) -> None:
        self._site = site
        self._tracking = tracking
        self._lock = asyncio.Lock()
        self._text = b""
        self._until = 0.0

    async def page(self, request: Request) -> Response:
        """Return the figures; those of the database are at most some seconds old."""
        async with self._lock:
            if time.monotonic() >= self._until:
                self._text = await self._of_database()
                self._until = time.monotonic() + KEPT_SECONDS
        text = self._text + generate_latest(self._tracking.registry)
        return Response(text, headers=NO_STORE | {"Content-Type": CONTENT_TYPE_LATEST})

    async def _of_database(self) -> bytes:
        try:
            found = await asyncio.wait_for(self._site.in_thread(self._read), READ_WITHIN)
        except (SQLAlchemyError, OutreachError, TimeoutError) as error:
            log.warning("no figures: %s", type(error).__name__)
            found = None
        registry = CollectorRegistry()
        registry.register(_OfStatus(found))
        return generate_latest(registry)

    def _read(self) -> Status:
        redis_url = self._site.settings.redis_url
        waiting = status.at_broker(redis_url.get_secret_value() if redis_url else None)
        with self._site.database.read() as session:
            return status.read(session, self._site.clock.now(), waiting)


class _OfStatus(Collector):
    def __init__(self, found: Status | None) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        up = 0 if self._found is None else 1
        yield GaugeMetricFamily("outreach_database_up", "1 if the database answers.", value=up)
        if self._found is not None:
            yield from families(self._found)


def families(found: Status) -> Iterator[Metric]:
    """Yield the figures of a status. All are gauges: what they count stands in the database and may fall again."""
    yield _by(
        "outreach_processes",
        "Processes that said they are there.",
        "kind",
        {k: found.alive(k) for k in KINDS},
    )
    yield from _waiting(found)
    yield _by(
        "outreach_in_flight_messages",
        "Mails that a worker has a lease on, by status.",
        "status",
        {"claimed": found.claimed, "transmitting": found.transmitting},
    )
    yield _gauge("outreach_live_enrollments", f"Leads within a campaign, {_CAPPED}.", found.live.value)
    yield _gauge(
        "outreach_unknown_messages", f"Mails nobody knows the fate of, {_CAPPED}.", found.unknown.count.value
    )
    yield from _sends(found)
    yield from _senders(found)
    yield _gauge(
        "outreach_backlog_held", "1 while the backlog of an outage waits for a person.", _one(found.held_at)
    )
    yield _gauge("outreach_backlog_held_messages", "How many mails that holds back.", found.held_count or 0)
    yield _gauge("outreach_database_bytes", "Size of the database.", found.database_bytes)
    if found.at_broker is not None:
        yield _gauge("outreach_broker_queue_length", "Batches of ids that wait in Redis.", found.at_broker)


_CAPPED = f"counted up to {status.MOST_COUNTED}"


def _waiting(found: Status) -> Iterator[Metric]:
    """What is due, by sort, in the same two figures for each."""
    sorts: dict[str, Waiting] = {
        "messages": found.messages,
        "enrollments": found.enrollments,
        "leads": found.leads,
        "matches": found.matches,
        "followups": found.followups,
        "notifications": found.notifications,
        "handoffs": found.handoffs,
        "leases": found.leases,
    }
    counts = {name: each.count.value for name, each in sorts.items()}
    ages = {name: each.age(found.at) for name, each in sorts.items()}
    yield _by("outreach_due", f"What is due and not done, {_CAPPED}.", "what", counts)
    yield _by("outreach_due_age_seconds", "For how long the oldest of them has been due.", "what", ages)


def _sends(found: Status) -> Iterator[Metric]:
    today = GaugeMetricFamily(
        "outreach_sends_today",
        "Mails by outcome since midnight of the organisation.",
        labels=["sender", "outcome"],
    )
    last_hour = GaugeMetricFamily(
        "outreach_sends_last_hour", "Mails by outcome within the last hour.", labels=["sender", "outcome"]
    )
    for each in found.sends:
        for outcome in OUTCOMES:
            today.add_metric([each.sender, outcome], each.today.get(outcome, 0))
            last_hour.add_metric([each.sender, outcome], each.last_hour.get(outcome, 0))
    yield today
    yield last_hour


def _senders(found: Status) -> Iterator[Metric]:
    lines = found.senders
    name = "sender"
    yield _by("outreach_sender_sent_today", "Of its limit.", name, {each.name: each.sent for each in lines})
    yield _by(
        "outreach_sender_limit",
        "How many mails it may send today.",
        name,
        {each.name: each.limit for each in lines if each.limit is not None},
    )
    paused = {each.name: _one(each.paused_at) for each in lines}
    yield _by("outreach_sender_paused", "1 if it sends nothing until somebody resumes it.", name, paused)


def _one(value: object) -> int:
    return 0 if value is None else 1


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=value)


def _by(name: str, says: str, label: str, values: dict[str, int] | dict[str, float]) -> Metric:
    family = GaugeMetricFamily(name, says, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family
