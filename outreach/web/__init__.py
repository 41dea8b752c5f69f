"""The web application: what mails lead to, hand-offs, the API, and the pages to look through."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from outreach import db
from outreach.clock import Clock
from outreach.config import Settings
from outreach.db import Database
from outreach.errors import OutreachError
from outreach.links import Links
from outreach.web import api, handoffs, pages, tracking
from outreach.web.access import Handler
from outreach.web.site import HERE, NO_STORE, SecurityHeaders, Site

API_VERSION = "1"
PROBE_WITHIN = 5.0  # seconds

log = logging.getLogger(__name__)


def create_app(database: Database, links: Links, settings: Settings, clock: Clock) -> FastAPI:
    """Return the application; nothing is opened that has to be closed."""
    site = Site(database, links, settings, clock)
    app = FastAPI(
        title="outreach",
        summary="Tell outreach what leads do elsewhere.",
        version=API_VERSION,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.router.routes += tracking.routes(site)
    app.router.routes += handoffs.routes(site)
    app.router.routes += [
        Route("/healthz", _health(site), methods=["GET", "HEAD"]),
        Route("/readyz", _readiness(site), methods=["GET", "HEAD"]),
        Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
    ]
    app.include_router(api.router(site))
    app.router.routes += pages.routes(site)
    app.add_middleware(SecurityHeaders)
    return app


def _health(site: Site) -> Handler:
    def ask() -> None:
        with site.database.read() as session:
            session.execute(select(1))

    return _probe(site, ask)


def _readiness(site: Site) -> Handler:
    return _probe(site, lambda: db.check(site.database))


def _probe(site: Site, ask: Callable[[], None]) -> Handler:
    async def answer(request: Request) -> Response:
        try:
            await asyncio.wait_for(site.in_thread(ask), PROBE_WITHIN)
        except (SQLAlchemyError, OutreachError, TimeoutError) as error:
            log.warning("not healthy: %s", type(error).__name__)
            return JSONResponse({"status": "the database does not answer"}, 503, NO_STORE)
        return JSONResponse({"status": "ok"}, headers=NO_STORE)

    return answer
