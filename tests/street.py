"""A house with its web application, and a browser that speaks to it without a socket."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
from house import House
from pydantic import SecretStr
from sqlalchemy import select
from starlette.types import ASGIApp

from outreach import models
from outreach.config import Settings
from outreach.db import Database
from outreach.domain.words import MessageStatus
from outreach.web import create_app

TOKEN = "a token of a test"
SECOND = timedelta(seconds=1)
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
)
TABLES = (
    models.Lead, models.Enrollment, models.Message, models.Event, models.Handoff, models.Deal, models.Task,
    models.Suppression, models.Notification,
)  # fmt: skip


class Browser:
    """Asks the application like a person's browser: no cookies, no redirects followed."""

    def __init__(self, app: ASGIApp, peer: str = "127.0.0.1", host: str = "127.0.0.1:8025") -> None:
        self.app = app
        self.peer = peer
        self.host = host

    def ask(self, method: str, url: str, **more: Any) -> httpx.Response:
        """Return the answer; `url` may be a whole one, of which only the path counts."""
        headers = {"User-Agent": CHROME} | more.pop("headers", {})
        path = httpx.URL(url).raw_path.decode("ascii")

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app, client=(self.peer, 50000))
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{self.host}") as client:
                answer = await client.request(method, path, headers=headers, **more)
            # A hit may be answered before it is recorded: the loop ends when that is done too.
            if behind := asyncio.all_tasks() - {asyncio.current_task()}:
                await asyncio.wait(behind, timeout=20)
            return answer

        return asyncio.run(ask())

    def get(self, url: str, **more: Any) -> httpx.Response:
        return self.ask("GET", url, **more)

    def head(self, url: str, **more: Any) -> httpx.Response:
        return self.ask("HEAD", url, **more)

    def post(self, url: str, **more: Any) -> httpx.Response:
        return self.ask("POST", url, **more)


class Street:
    """A house with a lead that got its first mail yesterday, and what a browser needs."""

    def __init__(self, house: House, **settings: Any) -> None:
        self.house = house
        self.settings = Settings(
            secret_key=SecretStr("a secret key of a test"), api_token=SecretStr(TOKEN), **settings
        )
        self.app = create_app(house.database, house.links, self.settings, house.clock)
        self.browser = Browser(self.app)
        if not house.rows(models.Lead):
            house.lead(email="dana@example.com", first_name="Dana")
            house.tick()
        self.lead_id: int = house.rows(models.Lead)[0].id
        self.message_id: int = house.rows(models.Message, status=MessageStatus.ACCEPTED)[0].id
        house.clock.turn_to(house.now + timedelta(days=1))

    def from_elsewhere(self) -> Browser:
        """Return a browser on another machine, which asks for the public host."""
        return Browser(self.app, peer="203.0.113.9", host="track.example.com")

    def events(self, kind: str | None = None) -> list[models.Event]:
        where = {"kind": kind} if kind else {}
        return self.house.rows(models.Event, **where)

    def state(self) -> dict[str, list[dict[str, Any]]]:
        """Return everything that a request may not change."""
        return state(self.house.database)


def state(database: Database) -> dict[str, list[dict[str, Any]]]:
    with database.read() as session:
        return {
            table.__tablename__: [
                {column: getattr(row, column) for column in table.__table__.columns.keys()}  # noqa: SIM118
                for row in session.scalars(select(table))
            ]
            for table in TABLES
        }
