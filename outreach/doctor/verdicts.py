"""Decides what is wrong and what to do about it, from what was asked: tables of limits, and one line for each finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from outreach.errors import without_addresses
from outreach.heartbeats import Process
from outreach.status import SenderLine, Status, Waiting

MINUTE, HOUR = 60.0, 3600.0
CLOCK_WARNING, CLOCK_ERROR = 2.0, 60.0  # seconds
OLDEST_SQLITE, OLDEST_POSTGRESQL = (
    (3, 35),
    (14,),
)  # SQLite without RETURNING; PostgreSQL that is still maintained
LEAST_FREE = 1 << 30  # bytes
BUSY = 0.8  # of the connections
SLOW_BROKER = 0.1  # seconds
RELEASE = "outreach backlog release"
MOST_IDS = 5


class Verdict(StrEnum):
    """How bad it is: an error means that mails do not go out, or should not."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """What one check found, in one line: what is wrong, and what to do."""

    check: str
    verdict: Verdict
    text: str


def ok(check: str, text: str) -> Finding:
    return Finding(check, Verdict.OK, text)


def warning(check: str, text: str) -> Finding:
    return Finding(check, Verdict.WARNING, text)


def error(check: str, text: str) -> Finding:
    return Finding(check, Verdict.ERROR, text)


# -- database and broker --------------------------------------------------------------------------


@dataclass(frozen=True)
class DatabaseFacts:
    """What the database says of itself; None where its kind has no such thing."""

    kind: str  # sqlite, postgresql
    version: tuple[int, ...]
    bytes: int
    refuses_writing: str = ""
    journal_mode: str | None = None
    free_bytes: int | None = None
    connections: int | None = None
    most_connections: int | None = None
    synchronous_commit: str | None = None
    fsync: str | None = None
    ahead: float | None = None  # seconds by which its clock is before ours


def of_database(facts: DatabaseFacts) -> Iterator[Finding]:
    """Yield what is wrong with the database, or that it is well."""
    wrong = [*_any_database(facts), *(_sqlite(facts) if facts.kind == "sqlite" else _postgresql(facts))]
    version = ".".join(str(number) for number in facts.version)
    name = "SQLite" if facts.kind == "sqlite" else "PostgreSQL"
    yield from wrong or [ok("database", f"{name} {version}, {megabytes(facts.bytes)}, can be written")]


def _any_database(facts: DatabaseFacts) -> Iterator[Finding]:
    if facts.refuses_writing:
        yield error(
            "database", f"it can not be written: {facts.refuses_writing}; nothing is sent until it can"
        )
    oldest = OLDEST_SQLITE if facts.kind == "sqlite" else OLDEST_POSTGRESQL
    if facts.version < oldest:
        wanted = ".".join(str(number) for number in oldest)
        yield error("database", f"{facts.kind} is too old; use {wanted} or newer")


def _sqlite(facts: DatabaseFacts) -> Iterator[Finding]:
    if facts.journal_mode != "wal":
        text = f"its journal is {facts.journal_mode} and not WAL: pages wait while mails are sent; put it on a local disk"
        yield warning("database", text)
    if facts.free_bytes is not None and facts.free_bytes < LEAST_FREE:
        text = f"only {megabytes(facts.free_bytes)} are left on its disk: nothing is sent once it is full; make room"
        yield warning("database", text)


def _postgresql(facts: DatabaseFacts) -> Iterator[Finding]:
    for name, value in (("synchronous_commit", facts.synchronous_commit), ("fsync", facts.fsync)):
        if value == "off":
            text = (
                f"{name} is off: a server that crashes forgets mails that were sent, and they are sent again"
            )
            yield error("database", f"{text}; set {name} = on")
    if facts.connections and facts.most_connections and facts.connections > BUSY * facts.most_connections:
        text = f"{facts.connections} of {facts.most_connections} connections are taken"
        yield warning("database", f"{text}; raise max_connections, or run fewer processes")


@dataclass(frozen=True)
class BrokerFacts:
    """What Redis says of itself."""

    version: str
    seconds: float  # until it answered
    ahead: float


def of_broker(facts: BrokerFacts | None) -> Finding:
    """Say whether the broker is well; None: there is none."""
    if facts is None:
        return ok(
            "broker", "within the process: fit for outreach up; several machines need OUTREACH_REDIS_URL"
        )
    if facts.seconds > SLOW_BROKER:
        text = f"{facts.version} took {facts.seconds * 1000:.0f} ms to answer; have it near the workers"
        return warning("broker", text)
    return ok("broker", f"{facts.version} answers; losing what it holds would lose nothing")


# -- domains of senders ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Records:
    """What DNS says of a domain; None where it could not be asked."""

    domain: str
    mx: tuple[str, ...] | None
    has_address: bool | None
    spf: tuple[str, ...] | None
    dmarc: tuple[str, ...] | None


def of_domain(records: Records) -> Iterator[Finding]:
    """Yield what is wrong with the records of a sender's domain, or that they are well."""
    if None in (records.mx, records.spf, records.dmarc):
        text = (
            f"{records.domain}: its MX, SPF and DMARC could not be asked; try again with a resolver in reach"
        )
        yield warning("dns", text)
        return
    if not (records.mx or records.has_address or records.spf):
        text = f"DNS knows nothing of {records.domain}: its mails are refused, and replies are lost"
        yield error("dns", f"{text}; look at its spelling in senders.yaml")
        return
    wrong = [*_mx(records), *_spf(records), *_dmarc(records)]
    yield from wrong or [ok("dns", f"{records.domain} has MX, SPF and DMARC")]


def _mx(records: Records) -> Iterator[Finding]:
    mx, domain = records.mx or (), records.domain
    if mx == (".",):
        yield error(
            "dns",
            f"{domain} says that it takes no mail (null MX): replies and bounces are lost; give it an MX",
        )
    elif not mx and not records.has_address:
        yield error("dns", f"{domain} has no MX: replies and bounces are lost; give it one")
    elif not mx:
        yield warning(
            "dns", f"{domain} has no MX, only an address: many servers do not reply to such; give it one"
        )


def _spf(records: Records) -> Iterator[Finding]:
    spf, domain = records.spf or (), records.domain
    if not spf:
        text = f"{domain} has no SPF record: receivers take its mails for forged"
        yield error("dns", f'{text}; add a TXT record like "v=spf1 include:YOUR-PROVIDER ~all"')
    elif len(spf) > 1:
        yield error(
            "dns", f"{domain} has {len(spf)} SPF records, so none counts (RFC 7208, 4.5); make one of them"
        )
    elif spf[0].split()[-1].lower() in ("+all", "all"):
        yield warning("dns", f"the SPF record of {domain} lets everybody send in its name; end it with ~all")


def _dmarc(records: Records) -> Iterator[Finding]:
    dmarc, domain = records.dmarc or (), records.domain
    if not dmarc:
        text = f"{domain} has no DMARC record, which large providers ask of bulk senders"
        yield warning("dns", f'{text}; add at _dmarc.{domain}: "v=DMARC1; p=none; rua=mailto:..."')
    elif len(dmarc) > 1:
        yield warning("dns", f"{domain} has {len(dmarc)} DMARC records, so none counts; keep one")


# -- clock ----------------------------------------------------------------------------------------


def of_clock(ahead: Mapping[str, float]) -> Finding:
    """Say whether this clock agrees with others; `ahead` is by how many seconds each is before ours."""
    if not ahead:
        return ok("clock", "there was no other to compare it with")
    name, seconds = max(ahead.items(), key=lambda each: abs(each[1]))
    text = f"{abs(seconds):.1f} s {'behind' if seconds > 0 else 'before'} that of the {name}; run an NTP client on both"
    if abs(seconds) > CLOCK_ERROR:
        return error("clock", f"{text}: windows, limits and leases go wrong")
    if abs(seconds) > CLOCK_WARNING:
        return warning("clock", text)
    return ok("clock", f"agrees with that of the {', '.join(ahead)}")


# -- what runs, and what waits --------------------------------------------------------------------


@dataclass(frozen=True)
class Patience:
    """How long something may be due, in seconds, and what to do when it is for longer."""

    what: str
    warning: float
    error: float
    hint: str


SLOW_SCHEDULER = "the scheduler does not keep up, or fails: look into its log"
SLOW_WORKERS = "workers do not keep up, or fail: look into their log, or start more"
PATIENCE: Mapping[str, Patience] = {
    "messages": Patience("mails to send", 10 * MINUTE, HOUR, SLOW_WORKERS),
    "notifications": Patience("mails to reps", 15 * MINUTE, HOUR, SLOW_WORKERS),
    "enrollments": Patience("enrollments", 5 * MINUTE, HOUR, SLOW_SCHEDULER),
    "leads": Patience("leads to review", 10 * MINUTE, HOUR, SLOW_SCHEDULER),
    "matches": Patience("leads to match", 10 * MINUTE, HOUR, SLOW_SCHEDULER),
    "followups": Patience("events to follow up", 2 * MINUTE, HOUR, SLOW_SCHEDULER),
    "handoffs": Patience("hand-offs to pass on", 10 * MINUTE, HOUR, SLOW_SCHEDULER),
    "leases": Patience("leases that ran out", 5 * MINUTE, HOUR, SLOW_SCHEDULER),
}
HELD = frozenset({"messages", "enrollments"})  # old by right while a backlog is held
BY_WORKERS = frozenset({"messages", "notifications"})


def of_work(status: Status) -> Iterator[Finding]:
    """Yield what is wrong with the processes, the queue, the senders and the mails whose fate nobody knows."""
    yield from of_processes(status)
    yield from of_queue(status)
    yield from of_senders(status.senders)
    yield of_unknown(status.unknown, status.unknown_ids)
    if status.held_at is not None:
        text = f"{status.held_count or 0:,} mails of an outage wait since {when(status.held_at)} for a person"
        yield warning("backlog", f"{text}; let them go with: {RELEASE}")


def of_processes(status: Status) -> Iterator[Finding]:
    """Yield which processes are missed."""
    if not status.processes:
        text = "none runs; start outreach up, or scheduler, worker and web"
        due = status.messages.count or status.enrollments.count
        yield (error if due else warning)("processes", f"{text}: something is due" if due else text)
        return
    missing = {
        "scheduler": "no scheduler runs: nothing that becomes due is seen; start outreach scheduler",
        "worker": "no worker runs: nothing is sent; start outreach worker",
        "web": "no web process runs: nobody can opt out, links lead nowhere; start outreach web",
    }
    wrong = [error("processes", text) for kind, text in missing.items() if not status.alive(kind)]
    yield from wrong or [ok("processes", counted(status.processes))]


def counted(processes: Sequence[Process]) -> str:
    """Return how many there are of each kind: "1 scheduler, 2 worker"."""
    kinds = [process.kind for process in processes]
    return ", ".join(f"{kinds.count(kind)} {kind}" for kind in sorted(set(kinds))) or "none"


def of_queue(status: Status) -> Iterator[Finding]:
    """Yield what has been due for too long although somebody is there to do it."""
    wrong = []
    for name, patience in PATIENCE.items():
        waiting: Waiting = getattr(status, name)
        age = waiting.age(status.at)
        excused = status.held_at is not None and name in HELD
        attended = status.alive("scheduler") and (status.alive("worker") or name not in BY_WORKERS)
        if age > patience.warning and attended and not excused:
            say = error if age > patience.error else warning
            text = f"{waiting.count} {patience.what} are due, the oldest for {duration(age)}"
            wrong.append(say("queue", f"{text}; {patience.hint}"))
    yield from wrong or [ok("queue", f"{status.messages.count} mails are due, oldest {_oldest(status)}")]


def _oldest(status: Status) -> str:
    return duration(status.messages.age(status.at))


def of_senders(lines: Sequence[SenderLine]) -> Iterator[Finding]:
    """Yield which senders are paused, and how to let them go on."""
    paused = [line for line in lines if line.paused_at is not None]
    say = error if len(paused) == len(lines) else warning
    for line in paused:
        why = without_addresses(line.pause_reason or "no reason was kept").replace("\n", " ")
        text = f"{line.name} is paused since {when(line.paused_at)}: {why}; mend that, then: outreach sender resume"
        yield say("senders", f"{text} {line.name}")
    if not paused:
        yield ok("senders", f"none of {len(lines)} is paused")


def of_unknown(unknown: Waiting, ids: Sequence[int]) -> Finding:
    """Say which mails nobody knows the fate of, and how to decide them."""
    if not unknown.count:
        return ok("unknown", "the fate of every mail is known")
    some = ", ".join(str(id) for id in ids[:MOST_IDS]) + (", ..." if len(ids) > MOST_IDS else "")
    text = f"nobody knows whether {unknown.count} mails went out (ids {some}); look into the mail server's log, then: "
    return warning("unknown", f"{text}outreach message resolve {ids[0]} --sent (or --not-sent)")


# -- how figures are written ----------------------------------------------------------------------


def when(at: datetime | None) -> str:
    """Return a time to the minute."""
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "-"


def duration(seconds: float) -> str:
    """Return a time span in its largest fitting unit: "45 s", "12 min", "3 h", "2 days"."""
    for unit, size in (("days", 24 * HOUR), ("h", HOUR), ("min", MINUTE)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


def megabytes(size: int) -> str:
    """Return a size in MB."""
    return f"{size / 1e6:,.1f} MB"
