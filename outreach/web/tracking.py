"""The pages that mails lead to: open pixel, click redirect, the link that nobody sees, unsubscribe."""

from __future__ import annotations

import asyncio
import base64
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from outreach import activity, crash, judging, leads, models
from outreach.domain import user_agents
from outreach.domain.events import Event
from outreach.domain.machine_hits import TOLD_HEADERS
from outreach.domain.words import Kind
from outreach.errors import BadToken
from outreach.web.hits import Arrival, Recorder, record
from outreach.web.origins import Origins
from outreach.web.site import NO_STORE, SECURITY_HEADERS, SecurityHeaders, Site, read_body

log = logging.getLogger(__name__)

GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
UNSUBSCRIBE_WITHIN = 10.0  # seconds: here the answer has to be true
HEADER_LENGTH = 40

Observe = Callable[[str, float], object]
"""Is told the path of each hit, and after how many seconds it was answered."""


def routes(site: Site) -> list[Route]:
    """Return the routes that mails lead to, but for those that `Front` answers."""
    optout = _OptOut(site)
    judging.known_networks(
        site.settings.scanner_networks
    )  # a wrong setting is said now, not with the first hit
    return [
        Route("/u/{token}", optout.page, methods=["GET", "HEAD"]),
        Route("/u/{token}", optout.act, methods=["POST"]),
    ]


# -- opens and clicks ------------------------------------------------------------------------------

_COMMON = [
    (name.lower().encode("latin-1"), value.encode("latin-1"))
    for name, value in (NO_STORE | SECURITY_HEADERS).items()
]
_PICTURE = [*_COMMON, (b"content-type", b"image/gif"), (b"content-length", str(len(GIF)).encode())]
_REDIRECT = [*_COMMON, (b"content-length", b"0")]
_TOLD = {name.encode("latin-1"): name for name in TOLD_HEADERS}


class Front:
    """Answers pixels and links before anything else is asked, and leaves all other requests to `app`.

    Routing, request and response objects would cost more than the whole hit does.
    """

    def __init__(self, app: ASGIApp, site: Site, observe: Observe | None = None) -> None:
        self.app = app
        self.site = site
        self.recorder = Recorder(self._record)
        self._answers = {"/o/": self._opened, "/c/": self._clicked, "/l/": self._trapped}
        self._facts = _Facts(site)
        self._known = judging.known_networks(site.settings.scanner_networks)
        self._observe = observe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or have it answered; before the end of serving all hits are written."""
        if scope["type"] == "lifespan":
            return await self._until_written(scope, receive, send)
        path = scope.get("path", "")
        kind = path[:3]
        answer = self._answers.get(kind)
        if answer is None or "/" in path[3:] or scope.get("method") not in ("GET", "HEAD"):
            return await self.app(scope, receive, send)
        began = time.perf_counter()
        await answer(path[3:], scope, receive, send)
        if self._observe is not None:
            self._observe(path, time.perf_counter() - began)

    async def _opened(self, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a picture, whatever is asked for; a signed address is recorded as an open."""
        if not name.endswith(".gif"):
            return await self.app(scope, receive, send)
        try:
            message_id = self.site.links.read_open(name[:-4])
        except BadToken:
            pass
        else:
            await self.recorder.add(Arrival(message_id, None, self.site.clock.now(), self._facts.of(scope)))
        await send({"type": "http.response.start", "status": 200, "headers": _PICTURE})
        await send({"type": "http.response.body", "body": GIF})

    async def _clicked(self, token: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Lead on to the signed address and record the click; anything else is a page that leads nowhere."""
        try:
            click = self.site.links.read_click(token)
        except BadToken:
            return await SecurityHeaders(_no_such_link(self.site))(scope, receive, send)
        hit = Arrival(click.message_id, click, self.site.clock.now(), self._facts.of(scope))
        await self.recorder.add(hit)
        headers = [*_REDIRECT, (b"location", click.url.encode("ascii"))]
        await send({"type": "http.response.start", "status": 302, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def _trapped(self, token: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Record that somebody follows the link that nobody sees, and answer kindly whoever it is."""
        try:
            message_id = self.site.links.read_honeypot(token)
        except BadToken:
            return await SecurityHeaders(_no_such_link(self.site))(scope, receive, send)
        facts = self._facts.of(scope)
        await self.recorder.add(Arrival(message_id, None, self.site.clock.now(), facts, is_honeypot=True))
        text = "This link is for programs that look through mails. There is nothing here to read."
        await SecurityHeaders(self.site.message("Nothing here", text))(scope, receive, send)

    def _record(self, hits: Sequence[Arrival]) -> None:
        record(self.site.database, hits, self.site.clock.now(), self._known)

    async def _until_written(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_when_written(message: Message) -> None:
            if message["type"].startswith("lifespan.shutdown."):
                await self.recorder.close()
            await send(message)

        await self.app(scope, receive, send_when_written)


class _Facts:
    """What is kept of a request: never the address it came from."""

    def __init__(self, site: Site) -> None:
        self._origins = Origins(site.settings.key(), site.settings.trusted_proxies)

    def of(self, scope: Scope) -> dict[str, Any]:
        """Return the facts as an event keeps them."""
        network, source = self._origins.of(scope)
        facts = {"method": scope["method"], "user_agent": "", "network": network, "source": source}
        for name, value in scope["headers"]:
            if name == b"user-agent":
                facts["user_agent"] = value.decode("latin-1")[: user_agents.LENGTH]
            elif name in _TOLD:
                headers = facts.setdefault("headers", {})
                headers[_TOLD[name]] = value.decode("latin-1")[:HEADER_LENGTH]
        return facts


# -- opting out ------------------------------------------------------------------------------------


class _OptOut:
    def __init__(self, site: Site) -> None:
        self.site = site
        self.facts = _Facts(site)

    async def page(self, request: Request) -> Response:
        """Show a page with a button: scanners fetch it too, so it changes nothing (RFC 8058, section 3.1)."""
        try:
            self.site.links.read_unsubscribe(request.path_params["token"])
        except BadToken:
            return _no_such_link(self.site)
        return self.site.page("unsubscribe.html")

    async def act(self, request: Request) -> Response:
        """Unsubscribe at once, asking for nothing else; 200 means that it is committed."""
        try:
            message_id = self.site.links.read_unsubscribe(request.path_params["token"])
        except BadToken:
            return _no_such_link(self.site)
        facts = self.facts.of(request.scope) | {"one_click": _is_one_click(await read_body(request))}
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


def _record_unsubscribe(site: Site, message_id: int, facts: dict[str, Any], now: datetime) -> None:
    """Record it once, and again where the address was let back in since. A mail that is gone has nobody."""
    with site.database.write() as session:
        message = session.get(models.Message, message_id)
        if message is None:
            return
        source_id = f"unsubscribe:{message.id}"
        event = Event(
            Kind.UNSUBSCRIBED,
            source_id,
            now,
            message.lead_id,
            message_id=message.id,
            campaign_id=message.campaign_id,
            subject=message.template,
            data=facts,
        )
        if not activity.record(session, event, now):
            suppressed = select(models.Lead.id).where(
                models.Lead.id == message.lead_id, leads.is_suppressed(now)
            )
            if session.scalar(suppressed) is None:
                again = replace(event, source_id=f"{source_id}:{int(now.timestamp())}")
                activity.record(session, again, now)
        crash.point("unsubscribing")
    crash.point("unsubscribed")
