"""Measures how many mails a second leave: bulk and strict on PostgreSQL and Valkey, and as one process on SQLite."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta

from outreach.bench import servers
from outreach.bench.figures import Figure, Missing, Rates
from outreach.bench.ground import LIMIT_IS, Ground, up_arguments
from outreach.bench.processes import Process, outreach
from outreach.bench.shop import Ledger, Shop, import_leads, ledger_of, queue_mails
from outreach.errors import OutreachError

BULK, STRICT = 100, 1  # in_doubt: how many mails of a sender a killed process may leave unknown
STRICT_LANES = 32
"""Connections of a worker thread where each carries one mail in doubt: their commits are shared, as in bulk."""

WARM_UP = timedelta(seconds=1)
UNDECIDED = ("accepted", "unknown", "transmitting")
NOTE = (
    "each send in the ledger; the server took as many as it says; the lower of the rates by its times and by the server's "
    "count; the first second left out of runs longer than three"
)


@dataclass(frozen=True)
class Sent:
    """What one run of sending came to."""

    mails: int
    per_second: float
    rates: Sequence[float]


def bulk(ground: Ground) -> Figure:
    """Return mails/s on PostgreSQL and Valkey, in batches."""
    return _figure(ground, "bulk", "mails/s, bulk", BULK, least=0.30)


def strict(ground: Ground) -> Figure:
    """Return mails/s where a killed process leaves at most one mail unknown."""
    return _figure(ground, "strict", "mails/s, strict (in_doubt: 1)", STRICT, least=0.15)


def embedded(ground: Ground) -> Figure:
    """Return mails/s of `outreach up` on SQLite."""
    return _figure(ground, "embedded", "mails/s, embedded (SQLite, outreach up)", BULK, least=None)


def embedded_strict(ground: Ground) -> Figure:
    """Return mails/s of `outreach up` on SQLite where a kill leaves at most one mail unknown."""
    return _figure(ground, "embedded-strict", "mails/s, embedded and strict", STRICT, least=None)


def _figure(ground: Ground, name: str, title: str, in_doubt: int, least: float | None) -> Figure:
    began = time.monotonic()
    target = "" if least is None else f"ratio >= {least}"
    send = _sent_embedded if name.startswith("embedded") else _sent
    sent = send(ground, name, in_doubt)
    ground.rates.append(Rates(name, sent.rates))
    ground.found[name] = sent.per_second
    try:
        limit = ground.limit()
    except Missing as missing:
        note = f"{NOTE}; no limit: {missing}"
        seconds = time.monotonic() - began
        return Figure(name, title, sent.per_second, "mails/s", target=target, seconds=seconds, note=note)
    ratio = sent.per_second / limit.mails_per_second
    return Figure(
        name, title, sent.per_second, "mails/s", limit.mails_per_second, LIMIT_IS, ratio, target,
        None if least is None else ratio >= least, time.monotonic() - began,
        f"{sent.mails:,} mails of {limit.mail_bytes:,} bytes; {_lanes(in_doubt)}; {NOTE}",
    )  # fmt: skip


def _lanes(in_doubt: int) -> str:
    lanes = STRICT_LANES if in_doubt == STRICT else 1
    return f"{lanes} connections a thread, {in_doubt} in doubt on each"


def _sent(ground: Ground, name: str, in_doubt: int) -> Sent:
    """Send with a scheduler and worker processes."""
    redis_url = ground.redis_url()
    shop = _queued(ground, name, ground.postgresql(name), in_doubt, ground.scale.mails)
    commands = [["scheduler", "--log", "error"], *[["worker", "--log", "error"]] * ground.scale.workers]
    lanes = str(STRICT_LANES if in_doubt == STRICT else 1)
    settings = {"redis_url": redis_url, "smtp_connections": lanes}
    return _send(ground, name, shop, commands, ground.scale.mails, settings)


def _sent_embedded(ground: Ground, name: str, in_doubt: int) -> Sent:
    mails = ground.scale.embedded_mails
    shop = _queued(ground, name, "", in_doubt, mails)
    lanes = str(STRICT_LANES if in_doubt == STRICT else 1)
    return _send(ground, name, shop, [up_arguments()], mails, {"smtp_connections": lanes})


def _queued(ground: Ground, name: str, database_url: str, in_doubt: int, mails: int) -> Shop:
    ground.tell(f"{name}: {mails:,} mails are queued")
    folder = ground.new_folder(name)
    shop = Shop.made(folder, database_url or f"sqlite:///{folder / 'outreach.db'}", in_doubt=in_doubt)
    import_leads(shop, mails)
    queue_mails(shop, mails)
    return shop


def _send(
    ground: Ground, name: str, shop: Shop, commands: list[list[str]], mails: int, settings: dict[str, str]
) -> Sent:
    ground.tell(f"{name}: they are sent")
    with ExitStack() as stack:
        sink = stack.enter_context(servers.sink(shop.folder))
        with ExitStack() as ours:
            environment = shop.environment(smtp_url=sink.smtp_url, **settings)
            running = [
                ours.enter_context(outreach(command, shop.folder, environment, number))
                for number, command in enumerate(commands)
            ]
            counted = servers.watched(sink, mails, ground.scale.seconds, running)
        time.sleep(2 * servers.COUNTED_EVERY)
        ledger = ledger_of(shop)
        _compare(ledger, sink.taken(), running)
    return Sent(len(ledger.accepted_at), _lower(ledger, counted), rates_of(ledger.accepted_at))


def _lower(ledger: Ledger, counted: servers.Counted) -> float:
    """Return the lower of the two rates: by the ledger's times, and by the mail server's count."""
    by_ledger, by_server = rate_of(ledger.accepted_at), counted.rate(WARM_UP.total_seconds())
    return by_server if by_ledger is None else min(by_ledger, by_server)


def _compare(ledger: Ledger, taken: int, running: list[Process]) -> None:
    """OutreachError unless the mail server took as many mails as the ledger says."""
    known = sum(ledger.counts.get(status, 0) for status in UNDECIDED)
    if not ledger.accepted_at or not len(ledger.accepted_at) <= taken <= known:
        said = next((line for process in running if (line := process.last_line())), "nothing in the log")
        raise OutreachError(f"the server took {taken} mails, the ledger says {dict(ledger.counts)}; {said}")


def rate_of(times: Sequence[datetime]) -> float | None:
    """Return how many came in a second, from the end of the warm-up to the last; None where they are too few.

    Those of the first moment do not count: the time they took is not known.
    """
    if not times:
        return None
    long_enough = times[-1] - times[0] > 3 * WARM_UP
    start = next(at for at in times if at >= times[0] + WARM_UP) if long_enough else times[0]
    elapsed = (times[-1] - start).total_seconds()
    later = sum(at > start for at in times)
    return later / elapsed if elapsed > 0.2 else None


def rates_of(times: Sequence[datetime]) -> list[float]:
    """Return how many came in each whole second since the first; of less than a second, the number."""
    if not times:
        return []
    counts = [0.0] * (int((times[-1] - times[0]).total_seconds()) + 1)
    for at in times:
        counts[int((at - times[0]).total_seconds())] += 1
    return counts[:-1] or counts
