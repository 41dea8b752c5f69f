"""Records hits on pixels and links in groups: all that wait go into the database with one commit."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Row, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from outreach import activity, crash, models
from outreach.db import AWAY, Database, among, kind_of
from outreach.domain.events import Event
from outreach.domain.machine_hits import BURST, VERSION, Hit, judge
from outreach.domain.words import Kind
from outreach.links import Click

log = logging.getLogger(__name__)

ANSWER_WITHIN = 0.5  # seconds: a reader does not wait for our database any longer
LOOK_EVERY = 0.1  # seconds between two looks for readers who have waited too long
MOST_PENDING = 10_000  # hits that wait for the database; more are not recorded
MOST_AT_ONCE = 500  # hits of one transaction: a larger one holds up the others for too long
AGAIN_AFTER = (0.2, 1.0)  # seconds until a group is tried again that met no database
CLOSES_WITHIN = 8.0  # seconds: the server itself is waited for no longer than a little more

RECORDERS = 0x6F7574  # the advisory lock that the recorders of several processes share
HANGS_AFTER = (
    "5s"  # then PostgreSQL ends a recorder, or one whose machine is gone: the others wait for its lock
)


class Arrival(NamedTuple):
    """A request for a pixel, or for a link if there is a click, with what it tells of its maker."""

    message_id: int
    click: Click | None
    at: datetime
    facts: dict[str, Any]  # method, user_agent, network; headers, where there are any that tell something


# -- in the event loop -----------------------------------------------------------------------------


@dataclass(slots=True)
class _Held:
    """A hit, and the reader who waits for its answer."""

    hit: Arrival
    answer: asyncio.Future[None]
    since: float

    def release(self) -> None:
        if not self.answer.done():
            self.answer.set_result(None)


GATHERS = 0.004
"""Seconds that a group gathers while many hits come: a commit for each handful would cost more than it saves."""


class Recorder:
    """Hands what waits to `write` in groups, one after the other, in a thread of its own.

    While one group is being written the next one gathers, so that a commit costs many hits no more than one.
    """

    def __init__(self, write: Callable[[Sequence[Arrival]], None]) -> None:
        self.lost = 0
        self._write = write
        self._thread = ThreadPoolExecutor(1, "hits")
        self._waiting: list[_Held] = []
        self._writing: Sequence[_Held] = ()
        self._task: asyncio.Task[None] | None = None
        self._turned_away = 0

    def add(self, hit: Arrival) -> asyncio.Future[None]:
        """Return what is done when the hit is committed, or can not be, or ANSWER_WITHIN is over."""
        loop = asyncio.get_running_loop()
        answer = loop.create_future()
        if len(self._waiting) >= MOST_PENDING:
            self._turned_away += 1
            answer.set_result(None)
            return answer
        self._waiting.append(_Held(hit, answer, loop.time()))
        if self._task is None:
            self._task = loop.create_task(self._write_all())
        return answer

    async def close(self) -> None:
        """Return when nothing waits any more."""
        if self._task is not None:
            await asyncio.wait([self._task], timeout=CLOSES_WITHIN)

    async def _write_all(self) -> None:
        watch = asyncio.create_task(self._answer_late())
        try:
            while self._waiting:
                group = self._waiting[:MOST_AT_ONCE]
                del self._waiting[:MOST_AT_ONCE]
                self._writing = group
                await self._written(group)
                if len(group) > 1:  # many come: those who were just answered come again within a moment
                    await asyncio.sleep(GATHERS)
        except asyncio.CancelledError:
            self._lose(self._waiting, "the server is stopping")
            self._waiting = []
            raise
        finally:
            watch.cancel()
            self._task = None
            self._tell_turned_away()

    async def _written(self, group: Sequence[_Held]) -> None:
        """Write the group, again where the database was away; one bad hit does not take the others with it."""
        for pause in (*AGAIN_AFTER, None):
            error = await self._tried(group)
            if error is None:
                return
            if not _is_away(error):
                return await self._halved(group, error)
            if pause is None:
                return self._lose(group, type(error).__name__)
            await asyncio.sleep(pause)

    async def _halved(self, group: Sequence[_Held], error: Exception) -> None:
        if len(group) == 1:
            return self._lose(group, type(error).__name__)
        half = len(group) // 2
        await self._written(group[:half])
        await self._written(group[half:])

    async def _tried(self, group: Sequence[_Held]) -> Exception | None:
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._thread, self._write, [held.hit for held in group])
        except Exception as error:  # whatever it was: the readers are answered, and it is told
            return error
        for held in group:
            held.release()
        return None

    async def _answer_late(self) -> None:
        """Let nobody wait longer than ANSWER_WITHIN; what they did is recorded behind the answer."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(LOOK_EVERY)
            limit = loop.time() - ANSWER_WITHIN + LOOK_EVERY
            for held in chain(self._writing, self._waiting):
                if held.since > limit:
                    break
                held.release()
            self._tell_turned_away()

    def _lose(self, group: Collection[_Held], reason: str) -> None:
        for held in group:
            held.release()
        self._tell(len(group), reason)

    def _tell_turned_away(self) -> None:
        self._tell(self._turned_away, "the database is too slow")
        self._turned_away = 0

    def _tell(self, count: int, reason: str) -> None:
        self.lost += count
        if count:
            log.error("%s not recorded: %s", "a hit was" if count == 1 else f"{count} hits were", reason)


def _is_away(error: Exception) -> bool:
    """Answer whether it is the database that failed, and not what was to be written."""
    return isinstance(error, AWAY) or (isinstance(error, DBAPIError) and error.connection_invalidated)


# -- in the recorder's thread ----------------------------------------------------------------------

_Mail = Row[int, int, int, str, datetime | None]  # of a message: id, lead, campaign, template, outcome_at
_Clicks = dict[int, list[tuple[datetime, int]]]  # by message: when which link was fetched


def record(database: Database, hits: Sequence[Arrival], now: datetime) -> int:
    """Judge the hits, in their order, and record those that are new with one commit; return how many that were."""
    with database.write() as session:
        if any(hit.click for hit in hits):
            _wait_for_other_recorders(session)
        mails = _mails(session, {hit.message_id for hit in hits})
        clicks = _recent_clicks(
            session, [hit for hit in hits if hit.click and hit.message_id in mails], mails
        )
        events = [_judged(hit, mails[hit.message_id], clicks) for hit in hits if hit.message_id in mails]
        new = activity.note_all(session, events, now)
        crash.point("hit_recording")
    crash.point("hit_recorded")
    return new


def _wait_for_other_recorders(session: Session) -> None:
    """Each click of a burst has to see those before it, also where another process took them.

    SQLite has one writer at a time anyway.
    """
    if kind_of(session) == "postgresql":
        limit = func.set_config("idle_in_transaction_session_timeout", HANGS_AFTER, True)
        session.execute(select(limit, func.pg_advisory_xact_lock(RECORDERS)))


def _mails(session: Session, ids: Collection[int]) -> dict[int, _Mail]:
    message = models.Message
    columns = (message.id, message.lead_id, message.campaign_id, message.template, message.outcome_at)
    return {
        mail.id: mail for mail in session.execute(select(*columns).where(among(session, message.id, ids)))
    }


def _recent_clicks(session: Session, hits: Sequence[Arrival], mails: Mapping[int, _Mail]) -> _Clicks:
    """Return the clicks on these mails that may belong to one burst with these hits."""
    found: _Clicks = defaultdict(list)
    if hits:
        event = models.Event
        message_ids = {hit.message_id for hit in hits}
        rows = session.execute(
            select(event.message_id, event.at, event.data).where(
                among(session, event.lead_id, {mails[message_id].lead_id for message_id in message_ids}),
                event.kind == Kind.CLICKED,
                event.at >= min(hit.at for hit in hits) - BURST,
                among(session, event.message_id, message_ids),
            )
        )
        for message_id, at, data in rows:
            if "link" in data:
                found[message_id].append((at, data["link"]))
    return found


def _judged(hit: Arrival, mail: _Mail, clicks: _Clicks) -> Event:
    """Return the event, judged; a click is added to `clicks` for those that follow it."""
    recent_links, name, data, detail = 0, f"open:{mail.id}", hit.facts.copy(), ""
    if hit.click:
        seen = clicks[mail.id]
        seen.append((hit.at, hit.click.link))
        since = hit.at - BURST
        recent_links = len({link for at, link in seen if at >= since})
        name, data["link"], detail = f"click:{mail.id}:{hit.click.link}", hit.click.link, hit.click.url
    verdict, data["rule"] = judge(
        Hit(
            data["method"], data["user_agent"], hit.at, data.get("headers", {}), mail.outcome_at, recent_links
        )
    )
    data["rules"] = VERSION
    return Event(
        Kind.CLICKED if hit.click else Kind.OPENED,
        # A reload within the second is the same hit; a machine's does not stand in a person's way.
        f"{name}:{int(hit.at.timestamp())}:{verdict}",
        hit.at,
        mail.lead_id,
        message_id=mail.id,
        campaign_id=mail.campaign_id,
        verdict=verdict,
        subject=mail.template,
        detail=detail,
        data=data,
    )
