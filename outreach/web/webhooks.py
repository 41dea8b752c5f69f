"""Where mail providers tell what became of mails; nothing is read that a provider did not sign."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from outreach.errors import without_addresses
from outreach.web.site import NO_STORE, Site, read_body
from outreach.webhooks import (
    PROVIDERS,
    Fetch,
    Guard,
    Provider,
    Recorded,
    Unavailable,
    Unreadable,
    Unsigned,
    fetched,
    record,
)

log = logging.getLogger(__name__)

AT_ONCE = 4  # requests that are worked on; the pages and opt-outs keep the other threads and connections
MOST_WAITING = 1000  # more are told to come again, so that each is answered while its provider still listens
MOST_HELD = 64 * 1024 * 1024  # bytes of those that wait
TOLD_AGAIN = timedelta(minutes=1)  # a flood of requests is one line in the log
RETRY_AFTER = "30"  # seconds


def routes(site: Site, fetch: Fetch = fetched) -> list[Route]:
    """Return the routes of the providers that the settings name; SettingsError where a secret is none."""
    guards = {name: provider.guard(site.settings, fetch) for name, provider in PROVIDERS.items()}
    hooks = _Webhooks(site, guards)
    return [Route("/webhooks/{provider}", hooks.take, methods=["POST"])]


class _Webhooks:
    def __init__(self, site: Site, guards: dict[str, Guard | None]) -> None:
        self.site = site
        self._guards = guards
        self._threads = ThreadPoolExecutor(AT_ONCE, "webhooks")
        self._waiting = self._held = 0
        self._told: dict[str, datetime] = {}

    async def take(self, request: Request) -> JSONResponse:
        """Record what a provider tells; 200 means that it is committed, and that it may be forgotten there."""
        provider = PROVIDERS.get(request.path_params["provider"])
        if provider is None:
            return _error(404, f"no such provider; there are {', '.join(PROVIDERS)}")
        guard = self._guards[provider.name]
        if guard is None:
            names = " or ".join(f"OUTREACH_{name.upper()}" for name in provider.settings)
            self._say(provider, f"is off until {names} is set", once=True)
            return _error(404, "this provider is off")
        body = await self._admitted(provider, guard, request)
        if isinstance(body, JSONResponse):
            return body
        if self._waiting >= MOST_WAITING or self._held + len(body) > MOST_HELD:
            return _error(503, "too much at once; tell it again")
        self._waiting += 1
        self._held += len(body)
        try:
            loop, headers = asyncio.get_running_loop(), dict(request.headers)
            return await loop.run_in_executor(self._threads, self._answered, provider, guard, headers, body)
        finally:
            self._waiting -= 1
            self._held -= len(body)

    async def _admitted(self, provider: Provider, guard: Guard, request: Request) -> bytes | JSONResponse:
        """Return the body of a request that may be one of the provider's, or how the others are answered."""
        content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if content_type not in provider.content_types:
            return _error(415, f"the content type has to be {' or '.join(sorted(provider.content_types))}")
        if not guard.admits(request.headers):
            self._say(provider, "was told something without a signature")
            return _error(401, "not signed")
        body = await read_body(request, provider.limit)
        return _error(413, f"longer than {provider.limit} bytes") if body is None else body

    def _answered(
        self, provider: Provider, guard: Guard, headers: dict[str, str], body: bytes
    ) -> JSONResponse:
        try:
            done = self._recorded(provider, guard, headers, body)
        except Unsigned as error:
            self._say(provider, f"was told something that is not signed: {error}")
            return _error(401, "not signed")
        except Unreadable as error:
            self._say(provider, f"told what can not be read: {error}")
            return _error(400, str(error))
        except Unavailable as error:
            self._say(provider, f"can not be heard just now: {error}")
            return _error(503, "not now; tell it again")
        except SQLAlchemyError as error:
            log.error("what %s told was not recorded: %s", provider.name, type(error).__name__)
            return _error(503, "the database does not answer; tell it again")
        return JSONResponse({"recorded": done.new, "ignored": done.ignored}, 200, NO_STORE)

    def _recorded(self, provider: Provider, guard: Guard, headers: dict[str, str], body: bytes) -> Recorded:
        now = self.site.clock.now()
        notices = list(provider.read(guard.open(headers, body, now)))
        return record(self.site.database, provider.name, provider.words, notices, self.site.links, now)

    def _say(self, provider: Provider, what: str, *, once: bool = False) -> None:
        """Say it in the log, unless something of the provider was said just now, or for `once` ever."""
        now, name = self.site.clock.now(), provider.name
        last = self._told.get(name)
        if last is None or (not once and now - last >= TOLD_AGAIN):
            self._told[name] = now
            log.warning("webhook %s %s", name, without_addresses(what))


def _error(status: int, text: str) -> JSONResponse:
    headers = {
        401: {"WWW-Authenticate": 'Basic realm="outreach"'},  # SNS sends its password only when it is asked
        503: {"Retry-After": RETRY_AFTER},
    }.get(status, {})
    return JSONResponse({"error": text}, status, NO_STORE | headers)
