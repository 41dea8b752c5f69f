"""Takes over a restored backup: what it would send may have been sent after it was made, so nobody knows, and it says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from outreach import backlog, ledger
from outreach.db import Database
from outreach.links import Links
from outreach.scheduler import Engine, tick

ROUNDS = 1000


def doubt_what_is_due(database: Database, links: Links, now: datetime) -> int:
    """Do everything that is due, but turn each mail of it to unknown instead of sending it; return how many."""
    engine = Engine(database, links, _send_nothing, _send_nothing)
    with database.write() as session:
        backlog.release(session)
    doubted = 0
    for _ in range(ROUNDS):
        idle = tick(engine, now).idle
        with database.write() as session:
            count = ledger.doubt(session, now)
        doubted += count
        if idle and not count:
            break
    return doubted


def _send_nothing(ids: Sequence[int]) -> None:
    """Reps hear of it from whoever works on after this; leads do not."""
