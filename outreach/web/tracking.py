"""The pages that mails lead to: open pixel, click redirect, unsubscribe."""

from __future__ import annotations

import asyncio
import base64
import hmac
import logging
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from sqlalchemy import Row, select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from outreach import activity, leads, models
from outreach.domain.events import Event
from outreach.domain.machine_hits import BURST, PREFETCH_HEADERS, USER_AGENT_LENGTH, VERSION, Hit, judge
from outreach.domain.words import Kind
from outreach.errors import BadToken
from outreach.links import Click
from outreach.web.site import NO_STORE, Site, peer, read_body, shortened

log = logging.getLogger(__name__)

GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
ANSWER_WITHIN = 0.5  # seconds: a reader does not wait for our database any longer
UNSUBSCRIBE_WITHIN = 10.0  # seconds: here the answer has to be true
MOST_PENDING = 1000  # hits that wait for the database; more are not recorded

_Mail = Row[int, int, int, str, datetime | None]  # of a message: id, lead, campaign, template, outcome_at


def routes(site: Site) -> list[Route]:
    """Return the routes that mails lead to."""
    tracking = _Tracking(site)
    return [
        Route("/o/{token}.gif", tracking.opened, methods=["GET", "HEAD"]),
        Route("/c/{token}", tracking.clicked, methods=["GET", "HEAD"]),
        Route("/u/{token}", tracking.unsubscribe_page, methods=["GET", "HEAD"]),
        Route("/u/{token}", tracking.unsubscribe, methods=["POST"]),
    ]


class _Tracking:
    def __init__(self, site: Site) -> None:
        self.site = site
        self.key = hmac.digest(site.settings.key().encode("utf-8"), b"outreach hit address", "sha256")
        self.pending: set[asyncio.Future[None]] = set()

    async def opened(self, request: Request) -> Response:
        """Answer a picture, whatever is asked for; a signed address is recorded as an open."""
        try:
            message_id = self.site.links.read_open(request.path_params["token"])
        except BadToken:
            pass
        else:
            await self._record(_record_open, request, message_id)
        return Response(GIF, media_type="image/gif", headers=NO_STORE)

    async def clicked(self, request: Request) -> Response:
        """Lead on to the signed address and record the click; anything else is a page that leads nowhere."""
        try:
            click = self.site.links.read_click(request.path_params["token"])
        except BadToken:
            return _no_such_link(self.site)
        await self._record(_record_click, request, click)
        return Response(status_code=302, headers=NO_STORE | {"Location": click.url})

    async def _record(self, work: Any, request: Request, what: int | Click) -> None:
        """Record before the answer if the database is quick, else behind it; a failure is logged, never shown."""
        if len(self.pending) >= MOST_PENDING:
            log.error("a hit was not recorded: the database is too slow")
            return
        arrived = self.site.in_thread(work, self.site, what, self._facts(request), self.site.clock.now())
        task: asyncio.Future[None] = asyncio.ensure_future(arrived)
        self.pending.add(task)
        task.add_done_callback(self._recorded)
        await asyncio.wait([task], timeout=ANSWER_WITHIN)

    def _recorded(self, task: asyncio.Future[None]) -> None:
        self.pending.discard(task)
        if task.cancelled():
            log.error("a hit was not recorded: the server is stopping")
        elif (error := task.exception()) is not None:
            log.error("a hit was not recorded: %s", type(error).__name__)

    def _facts(self, request: Request) -> dict[str, Any]:
        headers = {name: request.headers[name][:40] for name in PREFETCH_HEADERS if name in request.headers}
        return {
            "method": request.method,
            "user_agent": request.headers.get("user-agent", "")[:USER_AGENT_LENGTH],
            "network": shortened(self.key, peer(request)),
            **({"headers": headers} if headers else {}),
        }

    async def unsubscribe_page(self, request: Request) -> Response:
        """Show a page with a button: scanners fetch it too, so it changes nothing (RFC 8058, section 3.1)."""
        try:
            self.site.links.read_unsubscribe(request.path_params["token"])
        except BadToken:
            return _no_such_link(self.site)
        return self.site.page("unsubscribe.html")

    async def unsubscribe(self, request: Request) -> Response:
        """Unsubscribe at once, asking for nothing else; 200 means that it is committed."""
        try:
            message_id = self.site.links.read_unsubscribe(request.path_params["token"])
        except BadToken:
            return _no_such_link(self.site)
        facts = self._facts(request) | {"one_click": _is_one_click(await read_body(request))}
        work = self.site.in_thread(_record_unsubscribe, self.site, message_id, facts, self.site.clock.now())
        try:
            await asyncio.wait_for(work, UNSUBSCRIBE_WITHIN)
        except Exception as error:  # whatever it was: nothing is promised that is not committed
            log.error("an unsubscribe was not recorded: %s", type(error).__name__)
            text = "We could not take you off the list just now. Please try again in a few minutes."
            return self.site.message("Not done yet", text, code=503, Retry_After="120")
        text = "You will get no more mails from us. If you change your mind, just write to us."
        return self.site.message("You are unsubscribed", text)


def _no_such_link(site: Site) -> Response:
    text = "This link is not valid. It may have been cut off: please copy the whole address from the mail."
    return site.message("No such link", text, code=404)


def _is_one_click(body: bytes | None) -> bool:
    if not body:
        return False
    if b'name="List-Unsubscribe"' in body:  # RFC 8058 allows multipart/form-data as well
        return b"One-Click" in body
    return "One-Click" in parse_qs(body.decode("utf-8", "replace")).get("List-Unsubscribe", [])


# -- what is recorded ------------------------------------------------------------------------------


def _record_open(site: Site, message_id: int, facts: dict[str, Any], now: datetime) -> None:
    with site.database.write() as session:
        if (mail := _mail(session, message_id)) is not None:
            _record_judged(session, Kind.OPENED, f"open:{mail.id}", mail, facts, now)


def _record_click(site: Site, click: Click, facts: dict[str, Any], now: datetime) -> None:
    with site.database.write() as session:
        if (mail := _mail(session, click.message_id)) is None:
            return
        # Hits on one lead wait for each other here, so that each of a burst sees those before it.
        session.execute(select(models.Lead.id).where(models.Lead.id == mail.lead_id).with_for_update())
        links = _recent_links(session, mail, now) | {click.link}
        source = f"click:{mail.id}:{click.link}"
        facts = facts | {"link": click.link}
        _record_judged(
            session, Kind.CLICKED, source, mail, facts, now, detail=click.url, recent_links=len(links)
        )


def _mail(session: Session, message_id: int) -> _Mail | None:
    message = models.Message
    columns = (message.id, message.lead_id, message.campaign_id, message.template, message.outcome_at)
    return session.execute(select(*columns).where(message.id == message_id)).first()


def _recent_links(session: Session, mail: _Mail, now: datetime) -> set[int]:
    event = models.Event
    rows = session.scalars(
        select(event.data).where(
            event.lead_id == mail.lead_id,
            event.kind == Kind.CLICKED,
            event.at >= now - BURST,
            event.message_id == mail.id,
        )
    )
    return {data["link"] for data in rows if "link" in data}


def _record_judged(
    session: Session,
    kind: Kind,
    source: str,
    mail: _Mail,
    facts: dict[str, Any],
    now: datetime,
    *,
    detail: str = "",
    recent_links: int = 0,
) -> None:
    hit = Hit(
        method=facts["method"],
        user_agent=facts["user_agent"],
        at=now,
        headers=facts.get("headers", {}),
        sent_at=mail.outcome_at,
        recent_links=recent_links,
    )
    verdict, rule = judge(hit)
    # A reload within the second is the same hit; a machine's does not stand in a person's way.
    source_id = f"{source}:{int(now.timestamp())}:{verdict}"
    event = _event(kind, source_id, mail, facts | {"rule": rule, "rules": VERSION}, now)
    activity.record(session, replace(event, verdict=verdict, detail=detail), now)


def _event(kind: Kind, source_id: str, mail: _Mail, data: dict[str, Any], now: datetime) -> Event:
    return Event(
        kind,
        source_id,
        now,
        mail.lead_id,
        message_id=mail.id,
        campaign_id=mail.campaign_id,
        subject=mail.template,
        data=data,
    )


def _record_unsubscribe(site: Site, message_id: int, facts: dict[str, Any], now: datetime) -> None:
    """Record it once, and again where the address was let back in since. A mail that is gone has nobody."""
    with site.database.write() as session:
        if (mail := _mail(session, message_id)) is None:
            return
        event = _event(Kind.UNSUBSCRIBED, f"unsubscribe:{mail.id}", mail, facts, now)
        if activity.record(session, event, now):
            return
        suppressed = select(models.Lead.id).where(models.Lead.id == mail.lead_id, leads.is_suppressed(now))
        if session.scalar(suppressed) is None:
            again = replace(event, source_id=f"{event.source_id}:{int(now.timestamp())}")
            activity.record(session, again, now)
