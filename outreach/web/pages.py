"""The pages to look through: funnel, leads, campaigns, mails, hand-offs, tasks. They only read."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from outreach import applied, explain, figures, listings, models, reports
from outreach.composing import Composer, compose
from outreach.domain.words import MessageStatus, Stage
from outreach.errors import NotFound, OutreachError
from outreach.ledger import Claimed
from outreach.links import Links
from outreach.mime import Mail
from outreach.web.access import Handler, guarded
from outreach.web.site import NO_STORE, Site, plain

CHARTED = (Stage.MQL, Stage.SQL, Stage.OPPORTUNITY, Stage.CUSTOMER)
LARGEST_ID = 2**63 - 1

# A mail is shown as it would arrive, but can neither load, run nor send anything.
PREVIEW_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'"
)

Word = TypeVar("Word", bound=StrEnum)
Ask = Callable[[Session, Request], dict[str, Any]]


def routes(site: Site) -> list[Route]:
    """Return the routes of the pages."""
    pages = _Pages(site)
    table: dict[str, Handler] = {
        "/": pages.answer("overview.html", pages.overview),
        "/figures": pages.answer("figures.html", _figures),
        "/leads": pages.answer("leads.html", _leads),
        "/leads/{id:int}": pages.answer("lead.html", pages.lead),
        "/campaigns": pages.answer("campaigns.html", _campaigns),
        "/campaigns/{name}": pages.answer("campaign.html", _campaign),
        "/messages": pages.answer("messages.html", _messages),
        "/handoffs": pages.answer("handoffs.html", _handoffs),
        "/tasks": pages.answer("tasks.html", _tasks),
        "/mail/{id:int}": pages.answer("mail.html", pages.mail),
        "/mail/{id:int}/html": pages.mail_html,
    }
    return [Route(path, guarded(site, handler), methods=["GET", "HEAD"]) for path, handler in table.items()]


class _Pages:
    def __init__(self, site: Site) -> None:
        self.site = site
        self.links = _Untracked(site.links)

    def answer(self, template: str, ask: Ask) -> Handler:
        """Return the handler that asks the database, beside the event loop, and fills the template."""

        async def handler(request: Request) -> Response:
            try:
                context = await self.site.in_thread(self._ask, ask, request)
            except NotFound as error:
                return self.site.message("Not found", f"There is {error}.", code=404)
            return self.site.page(template, path=request.url.path, **context)

        return handler

    def _ask(self, ask: Ask, request: Request) -> dict[str, Any]:
        with self.site.database.read() as session:
            return ask(session, request)

    def overview(self, session: Session, request: Request) -> dict[str, Any]:
        moves = reports.moves(session, self.site.clock.now())
        return {
            "funnel": reports.funnel(session),
            "outcomes": reports.outcomes(session),
            "responses": reports.responses(session),
            "waiting": reports.waiting(session),
            "campaigns": reports.campaigns(session),
            "moves": moves,
            "charted": CHARTED,
            "chart": _chart(moves),
        }

    def lead(self, session: Session, request: Request) -> dict[str, Any]:
        record = listings.lead(session, _id(request), _before(request))
        try:
            explanation = explain.explain(session, record.lead.email, self.site.clock.now())
        except OutreachError:
            explanation = None  # nothing is applied yet: the facts still stand
        return {"record": record, "lead": record.lead, "explanation": explanation, "older": _older(request)}

    def mail(self, session: Session, request: Request) -> dict[str, Any]:
        line = listings.message(session, _id(request))
        mail, problem = self._compose(session, line.message)
        return {"line": line, "mail": mail, "problem": problem}

    async def mail_html(self, request: Request) -> Response:
        """Answer the mail's HTML part alone, for the frame on its page."""

        try:
            mail: Mail | None = (await self.site.in_thread(self._ask, self.mail, request))["mail"]
        except NotFound:
            mail = None
        html = (mail.html or "") if mail else ""
        return HTMLResponse(html, headers=NO_STORE | {"Content-Security-Policy": PREVIEW_POLICY})

    def _compose(self, session: Session, row: models.Message) -> tuple[Mail | None, str]:
        """Return the mail as it would be written now, with plain links, or why it can not be."""
        try:
            in_force = applied.policies(session)
            lead = session.get_one(models.Lead, row.lead_id)
            draft = Composer(session, in_force, self.links).draft(Claimed.of(row), lead)
            return compose(draft, row.outcome_at or self.site.clock.now()), ""
        except OutreachError as error:
            return None, str(error)


class _Untracked(Links):
    """Links of a preview: whoever looks at a mail here is not its reader."""

    def __init__(self, links: Links) -> None:
        self.base_url = links.base_url

    def open_pixel(self, message_id: int) -> str:
        return f"{self.base_url}/o/preview.gif"

    def click(self, message_id: int, link: int, url: str) -> str:
        return url

    def unsubscribe(self, message_id: int) -> str:
        return f"{self.base_url}/u/preview"


# -- what each page asks ---------------------------------------------------------------------------


def _figures(session: Session, request: Request) -> dict[str, Any]:
    return {"figures": figures.key_figures(session), "ladder": figures.LADDER}


def _leads(session: Session, request: Request) -> dict[str, Any]:
    search = request.query_params.get("q", "")[: listings.LONGEST_SEARCH]
    stage = _word(Stage, request.query_params.get("stage"))
    found = listings.leads(session, search, stage, _before(request))
    return {"found": found, "search": search, "stage": stage, "stages": list(Stage), "older": _older(request)}


def _campaigns(session: Session, request: Request) -> dict[str, Any]:
    return {"campaigns": reports.campaigns(session)}


def _campaign(session: Session, request: Request) -> dict[str, Any]:
    name = request.path_params["name"]
    found = reports.campaigns(session, name)
    if not found:
        raise NotFound("no campaign of this name")
    return {"campaign": found[0], "detail": listings.campaign_steps(session, found[0].id)}


def _messages(session: Session, request: Request) -> dict[str, Any]:
    status = _word(MessageStatus, request.query_params.get("status"))
    found = listings.messages(session, status, _before(request))
    return {"found": found, "status": status, "statuses": list(MessageStatus), "older": _older(request)}


def _handoffs(session: Session, request: Request) -> dict[str, Any]:
    return {"found": listings.handoffs(session, _before(request)), "older": _older(request)}


def _tasks(session: Session, request: Request) -> dict[str, Any]:
    return {"found": listings.tasks(session, _before(request)), "older": _older(request)}


def _chart(moves: reports.Moves) -> dict[str, Any]:
    return {
        "days": [day.isoformat() for day in moves.days],
        "series": [{"name": plain(stage), "values": list(moves.into[stage])} for stage in CHARTED],
    }


def _id(request: Request) -> int:
    number = int(request.path_params["id"])
    if number > LARGEST_ID:
        raise NotFound("no such number")
    return number


def _before(request: Request) -> int | None:
    written = request.query_params.get("before", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else None


def _word(words: type[Word], written: str | None) -> Word | None:
    return next((word for word in words if word == written), None)


def _older(request: Request) -> Callable[[int], str]:
    """Return what makes the address of the next page: the same questions, further back."""
    asked = {name: value for name, value in request.query_params.items() if name != "before" and value}
    return lambda before: f"{request.url.path}?{urlencode(asked | {'before': before})}"
