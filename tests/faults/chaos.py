"""Runs in which something is broken at random while mails go out: processes, Redis, PostgreSQL, the mail server."""

from __future__ import annotations

import contextlib
import json
import random
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import redis
from faults import oracle
from faults.oracle import Allowed, Seen, Verdict
from faults.plant import Plant
from faults.servers import Postgresql, Valkey, administer
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from outreach import models

QUEUES = ("dramatiq:mail", "dramatiq:reps")
DISCONNECT = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = '{name}' AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""


def verdict(plant: Plant, unknown: int = 0, doubled_notes: int = 0) -> Verdict:
    """Return what the oracle says, with so many unknown mails allowed."""
    return oracle.judge(oracle.look(plant), Allowed(unknown=unknown, doubled_notes=doubled_notes))


def random_kills(plant: Plant, seed: int, kills: int, *, every: float = 0.5) -> int:
    """Kill a random process every now and then, and put another in its place; return how many were workers."""
    chance = random.Random(seed)
    alone = "REDIS_URL" not in plant.settings
    running = [plant.start(kind) for kind in (["up"] if alone else ["scheduler", "worker", "worker"])]
    pause = threading.Event()
    workers = 0
    for _ in range(kills):
        plant.add_leads(10)
        pause.wait(every * chance.uniform(0.5, 1.5))
        place = chance.randrange(len(running))
        running[place].kill()
        workers += running[place].kind != "scheduler"
        running[place] = plant.start(running[place].kind)
    return workers


@contextmanager
def meanwhile(act: Callable[[], object], every: float, times: int = 1_000_000) -> Iterator[None]:
    """Do something again and again while the block runs; what it raises is raised at the end."""
    over = threading.Event()
    errors: list[Exception] = []

    def run() -> None:
        for _ in range(times):
            if over.wait(every):
                return
            try:
                act()
            except Exception as error:
                errors.append(error)
                return

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    if errors:
        raise errors[0]


def double_the_queue(client: redis.Redis, copies: int = 1, most: int = 10) -> int:
    """Put copies of the messages that wait in the broker behind them, of at most so many; return of how many.

    Works on the broker's own keys, so that it needs to know nothing of what is in a message.
    """
    doubled = 0
    for queue in QUEUES:
        for id in client.lrange(queue, 0, most - 1):
            if (raw := client.hget(f"{queue}.msgs", id)) is None:
                continue
            message = json.loads(raw)
            doubled += 1
            for _ in range(copies):
                new = str(uuid.uuid4())
                message["message_id"] = new
                message["options"]["redis_message_id"] = new
                client.hset(f"{queue}.msgs", new, json.dumps(message))
                client.rpush(queue, new)
    return doubled


def restart_empty(valkey: Valkey) -> None:
    """Kill Redis and bring it back without anything in it."""
    valkey.kill()
    valkey.start()


def cut_connections(database_url: str) -> int:
    """End every connection to the database, in whatever it is; return how many there were."""
    url = make_url(database_url)
    with contextlib.suppress(SQLAlchemyError):
        return len(administer(url.set(database="postgres"), DISCONNECT.format(name=url.database)))
    return 0


def restart_database(server: Postgresql, mode: str) -> None:
    """Stop the server and start it again: "fast", or "immediate" as a crash does."""
    server.restart(mode)


def unanswered(seen: Seen) -> int:
    """Return how many mails the server took and hung up on without an answer, or that were cut in the midst."""
    return sum(fact.what in ("unheard", "cut") for fact in seen.wire)


def attempts(plant: Plant) -> list[tuple[int, int, str, str]]:
    """Return attempts, crashes, status and reason of every message."""
    return [
        (row.attempts, row.crashes, str(row.status), row.reason or "") for row in plant.rows(models.Message)
    ]
