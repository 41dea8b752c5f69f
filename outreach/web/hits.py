"""Records hits on pixels and links in groups: all that wait go into the database with one commit."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from outreach import activity, crash, models
from outreach.db import AWAY, Database, among
from outreach.domain.events import Event
from outreach.domain.machine_hits import UNDECIDED, VERSION, hit_of, judge_request
from outreach.domain.scanner_networks import PUBLISHED, Networks
from outreach.domain.words import Kind
from outreach.links import Click

log = logging.getLogger(__name__)

ANSWER_WITHIN = 0.5  # seconds: a reader does not wait for our database any longer
LOOK_EVERY = 0.1  # seconds between two looks for readers who have waited too long
MOST_PENDING = 10_000  # hits that wait for the database; more are not recorded
MOST_AT_ONCE = 500  # hits of one transaction: a larger one holds up the others for too long
AGAIN_AFTER = (0.2, 1.0)  # seconds until a group is tried again that met no database
CLOSES_WITHIN = 8.0  # seconds: the server itself is waited for no longer than a little more


class Arrival(NamedTuple):
    """A request for a pixel, for a link if there is a click, or for the hidden link; with what it tells of its maker."""

    message_id: int
    click: Click | None
    at: datetime
    facts: dict[
        str, Any
    ]  # method, user_agent, network, source; headers, where there are any that tell something
    is_honeypot: bool = False


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

_Mail = Row[int, int, int, str]  # of a message: id, lead, campaign, template


def record(database: Database, hits: Sequence[Arrival], now: datetime, known: Networks = PUBLISHED) -> int:
    """Record the hits that are new with one commit; return how many that were.

    What the request itself gives away is judged at once; everything else is held until what comes around it is
    there too, from whatever process (see judging.py).
    """
    with database.write() as session:
        mails = _mails(session, {hit.message_id for hit in hits})
        events = [_event(hit, mails[hit.message_id], known) for hit in hits if hit.message_id in mails]
        new = activity.note_all(session, events, now)
        crash.point("hit_recording")
    crash.point("hit_recorded")
    return new


def _mails(session: Session, ids: Collection[int]) -> dict[int, _Mail]:
    message = models.Message
    columns = (message.id, message.lead_id, message.campaign_id, message.template)
    return {
        mail.id: mail for mail in session.execute(select(*columns).where(among(session, message.id, ids)))
    }


def _event(hit: Arrival, mail: _Mail, known: Networks) -> Event:
    name, data, detail = f"open:{mail.id}", hit.facts.copy(), ""
    if hit.click:
        name, data["link"], detail = f"click:{mail.id}:{hit.click.link}", hit.click.link, hit.click.url
    elif hit.is_honeypot:
        name, data["honeypot"] = f"honeypot:{mail.id}", True
    # The hidden link is held too: with it the others of that mail are judged again.
    judgement = UNDECIDED if hit.is_honeypot else judge_request(hit_of(hit.at, data), known)
    data["rule"], data["rules"] = judgement.rule, VERSION
    return Event(
        Kind.CLICKED if hit.click or hit.is_honeypot else Kind.OPENED,
        # A reload within the second is the same hit; a machine's does not stand in a person's way.
        f"{name}:{int(hit.at.timestamp())}:{judgement.verdict}",
        hit.at,
        mail.lead_id,
        message_id=mail.id,
        campaign_id=mail.campaign_id,
        verdict=judgement.verdict,
        subject=mail.template,
        detail=detail,
        data=data,
    )
