"""The web application: what mails lead to, hand-offs, the API, and the pages to look through."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from outreach.clock import Clock
from outreach.config import Settings
from outreach.db import Database
from outreach.links import Links
from outreach.web import api, handoffs, pages, tracking, webhooks
from outreach.web.access import guarded
from outreach.web.metrics import Metrics, Timed, Tracking
from outreach.web.probes import Readiness, health
from outreach.web.site import HERE, SecurityHeaders, Site

API_VERSION = "1"


def create_app(database: Database, links: Links, settings: Settings, clock: Clock) -> FastAPI:
    """Return the application; nothing is opened that has to be closed."""
    site = Site(database, links, settings, clock)
    tracked = Tracking()
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
    app.router.routes += webhooks.routes(site)
    app.router.routes += [
        Route("/healthz", health, methods=["GET", "HEAD"]),
        Route("/readyz", Readiness(site).page, methods=["GET", "HEAD"]),
        Route("/metrics", guarded(site, Metrics(site, tracked).page), methods=["GET", "HEAD"]),
        Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
    ]
    app.include_router(api.router(site))
    app.router.routes += pages.routes(site)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Timed, tracking=tracked)
    app.add_middleware(tracking.Front, site=site, observe=tracked.observe)
    return app
