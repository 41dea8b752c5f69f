"""Answers those who watch this process: whether it is up, and whether it can do its work."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from outreach import db
from outreach.errors import OutreachError
from outreach.web.site import NO_STORE, Site

READY_WITHIN = 5.0  # seconds

log = logging.getLogger(__name__)


async def health(request: Request) -> Response:
    """Say that the process is up. Whoever restarts it for a database that is away would only make things worse."""
    return JSONResponse({"status": "ok"}, headers=NO_STORE)


class Readiness:
    """Says whether this process can do its work: the database answers and is of this program's version."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def page(self, request: Request) -> Response:
        """Answer 200 if it can, else 503."""
        try:
            await asyncio.wait_for(self._site.in_thread(db.check, self._site.database), READY_WITHIN)
        except (SQLAlchemyError, OutreachError, TimeoutError) as error:
            log.warning("not ready: %s", type(error).__name__)
            return JSONResponse({"status": "the database does not answer"}, 503, NO_STORE)
        return JSONResponse({"status": "ok"}, headers=NO_STORE)
