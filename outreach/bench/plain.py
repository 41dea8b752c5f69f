"""Measures the program that many would write, on the same servers, and says how many times faster ours is."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import dramatiq
from dramatiq.brokers.redis import RedisBroker
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from outreach.bench import servers, shop
from outreach.bench.figures import Figure, Rates
from outreach.bench.ground import Ground
from outreach.bench.one_by_one import ACTOR, DATABASE, QUEUE, REDIS, SMTP_PORT, Mail, Recipient, Table
from outreach.bench.processes import started
from outreach.bench.sending import WARM_UP, rate_of, rates_of
from outreach.errors import OutreachError

THREADS = 8  # dramatiq's own default
LEAST = 20.0
LIMIT_IS = "one task per mail: ORM, EmailMessage, smtplib; mails/s"


def times(ground: Ground) -> Figure:
    """Return how many times as fast the bulk rate is as that of one task per mail."""
    began = time.monotonic()
    ground.tell("one task per mail")
    sent, by_server = _sent(ground)
    rate = max(rate_of(sent) or 0.0, by_server)
    ground.rates.append(Rates("one task per mail", rates_of(sent)))
    ours = ground.found.get("bulk")
    ratio = ours / rate if ours else None
    unit = "mails/s" if ours else "bulk was not measured"
    mails, processes = f"{len(sent):,} mails", f"{ground.scale.workers} processes of {THREADS} threads"
    note = f"{mails} by {processes}; the higher of the rates by its times and by the server's count"
    if "embedded" in ground.found:
        note += f"; the embedded default is {ground.found['embedded'] / rate:.1f} times as fast"
    return Figure(
        "one-task-per-mail", "bulk against one task per mail", ours, unit, rate, LIMIT_IS, ratio,
        f"ratio >= {LEAST:.0f}", None if ratio is None else ratio >= LEAST, time.monotonic() - began, note,
    )  # fmt: skip


def _sent(ground: Ground) -> tuple[Sequence[datetime], float]:
    """Send the mails; return when each was, and mails/s as the mail server counted them."""
    mails = ground.scale.plain_mails
    folder, redis_url, database_url = (
        ground.new_folder("plain"),
        ground.redis_url(),
        ground.postgresql("plain"),
    )
    engine = create_engine(database_url)
    try:
        Table.metadata.create_all(engine)
        _fill(engine, mails)
        _enqueue(redis_url, mails)
        with servers.sink(folder) as sink:
            counted = _run(
                ground, folder, sink, {DATABASE: database_url, REDIS: redis_url, SMTP_PORT: str(sink.port)}
            )
        with Session(engine) as session:
            found = session.scalars(select(Mail.sent_at).where(Mail.status == "sent").order_by(Mail.sent_at))
            times = [at for at in found if at is not None]
        return times, counted.rate(WARM_UP.total_seconds())
    finally:
        engine.dispose()


def _run(ground: Ground, folder: Path, sink: servers.Sink, environment: dict[str, str]) -> servers.Counted:
    options = ["--processes", str(ground.scale.workers), "--threads", str(THREADS), "--queues", QUEUE]
    command = [sys.executable, "-m", "dramatiq", "outreach.bench.one_by_one", *options]
    with started(command, folder / "dramatiq.log", environment) as process:
        counted = servers.watched(sink, ground.scale.plain_mails, ground.scale.seconds, [process])
        if not counted.mails:
            raise OutreachError(f"one task per mail sent nothing: {process.last_line()}")
        time.sleep(0.5)
        return counted


def _fill(engine: Engine, mails: int) -> None:
    with Session(engine) as session, session.begin():
        for number in range(mails):
            recipient = Recipient(
                email=shop.address("plain", number),
                first_name=shop.FIRST[number % len(shop.FIRST)],
                company=f"Company {number % 997} GmbH",
                country=shop.COUNTRIES[number % len(shop.COUNTRIES)],
            )
            session.add(Mail(recipient=recipient, status="queued"))


def _enqueue(redis_url: str, mails: int) -> None:
    broker = RedisBroker(url=redis_url)  # type: ignore[no-untyped-call]
    broker.declare_queue(QUEUE)
    for number in range(1, mails + 1):
        broker.enqueue(dramatiq.Message(QUEUE, ACTOR, (number,), {}, {}))
    broker.close()
