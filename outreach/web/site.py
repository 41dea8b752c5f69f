"""What all pages share: the database, the signed links, the templates, and how a request is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from outreach.clock import Clock
from outreach.config import Settings
from outreach.db import Database
from outreach.domain.words import Stage
from outreach.links import Links

HERE = Path(__file__).parent
BODY_LIMIT = 64 * 1024

NO_STORE = {"Cache-Control": "no-store"}
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}

P = ParamSpec("P")
T = TypeVar("T")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(when=_when, plain=plain, share=_share, amount=_amount, days=_days)
    return environment


def _when(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "–"


def plain(word: object) -> str:
    """Return a stored word as people write it."""
    if word in (None, ""):
        return "–"
    return str(word).upper() if word in (Stage.MQL, Stage.SQL) else str(word).replace("_", " ")


def _share(value: float | None) -> str:
    return f"{value:.0%}" if value is not None else "–"


def _amount(value: float | None) -> str:
    return f"{value:,.0f}".replace(",", " ") if value is not None else "–"


def _days(value: float | None) -> str:
    return f"{value:.0f} days" if value is not None else "–"


@dataclass(frozen=True)
class Site:
    """Everything a page needs; one per application."""

    database: Database
    links: Links
    settings: Settings
    clock: Clock
    environment: Environment = field(default_factory=_environment)

    def page(
        self, template: str, *, code: int = 200, headers: dict[str, str] | None = None, **context: Any
    ) -> HTMLResponse:
        """Return the page; it is never stored on the way."""
        text = self.environment.get_template(template).render(now=self.clock.now(), **context)
        return HTMLResponse(text, status_code=code, headers=NO_STORE | (headers or {}))

    def message(self, title: str, text: str, *, code: int = 200, **headers: str) -> HTMLResponse:
        """Return a page that says one thing."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.page("message.html", code=code, headers=named, title=title, text=text)

    async def in_thread(self, work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Do blocking work, such as asking the database, beside the event loop."""
        return await run_in_threadpool(work, *arguments, **named)


class SecurityHeaders:
    """Adds the headers that every answer carries, unless the answer has its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


# -- reading requests -----------------------------------------------------------------------------


async def read_body(request: Request, limit: int = BODY_LIMIT) -> bytes | None:
    """Return the request's body, or None where it is longer than `limit`; no more than that is ever kept."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            return None
    return bytes(body)


def peer(request: Request) -> str:
    """Return the address at the other end of the connection; forwarding headers can be forged: not read."""
    return request.client.host if request.client else ""
