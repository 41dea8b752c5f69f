"""The pages where a rep accepts or rejects a lead; the signed address is the permission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from outreach import applied, briefs, models, reps
from outreach.applied import InForce
from outreach.domain.words import HandoffStatus
from outreach.errors import BadToken, NotFound, OutreachError
from outreach.links import Answer
from outreach.web.site import Site, read_body

OTHER = "other"


def routes(site: Site) -> list[Route]:
    """Return the routes of the hand-off links."""
    pages = _Handoffs(site)
    return [
        Route("/h/{token}", pages.show, methods=["GET", "HEAD"]),
        Route("/h/{token}", pages.answer, methods=["POST"]),
    ]


@dataclass(frozen=True)
class _Brief:
    """What a rep has to know to answer."""

    id: int
    status: str
    answer_reason: str | None
    lead: str
    company: str | None
    reason: str
    evidence: tuple[str, ...]
    text: str  # the mail that the rep got
    reasons: tuple[str, ...]
    due_at: datetime | None


class _Handoffs:
    def __init__(self, site: Site) -> None:
        self.site = site

    async def show(self, request: Request) -> Response:
        """Show the brief and the button; nothing changes before it is pressed."""
        return await self._page(request.path_params["token"])

    async def answer(self, request: Request) -> Response:
        """Accept or reject, once."""
        token = request.path_params["token"]
        body = await read_body(request)
        form = parse_qs((body or b"").decode("utf-8", "replace"))
        try:
            handoff_id, answer = self.site.links.read_handoff(token)
            reason = form.get("reason", [""])[0] if answer == "reject" else None
            now = self.site.clock.now()
            done = await self.site.in_thread(_answer, self.site, handoff_id, answer == "accept", reason, now)
        except (BadToken, NotFound):
            return self._gone()
        if done == "no reason":
            return await self._page(token, code=422, complaint="Please choose a reason.")
        if done == "answered before":
            return await self._page(token, code=409)
        said = "The lead is yours. Its mails have stopped." if answer == "accept" else "Thank you, noted."
        return self.site.message("Accepted" if answer == "accept" else "Rejected", said)

    async def _page(self, token: str, *, code: int = 200, complaint: str = "") -> Response:
        try:
            handoff_id, answer = self.site.links.read_handoff(token)
            brief = await self.site.in_thread(_brief, self.site, handoff_id)
        except (BadToken, NotFound):
            return self._gone()
        context: dict[str, Any] = {"brief": brief, "answer": answer, "complaint": complaint}
        if brief.status != HandoffStatus.OPEN:
            return self.site.page("handoff_answered.html", code=code, **context)
        opposite: Answer = "reject" if answer == "accept" else "accept"
        other_url = self.site.links.handoff(handoff_id, opposite).removeprefix(self.site.links.base_url)
        return self.site.page("handoff.html", code=code, other_url=other_url, **context)

    def _gone(self) -> Response:
        text = (
            "This link is not valid. It may have been cut off: please copy the whole address from the mail."
        )
        return self.site.message("No such hand-off", text, code=404)


def _brief(site: Site, handoff_id: int) -> _Brief:
    with site.database.read() as session:
        handoff = session.get(models.Handoff, handoff_id)
        lead = session.get(models.Lead, handoff.lead_id) if handoff else None
        if handoff is None or lead is None:
            raise NotFound(f"no hand-off {handoff_id}")
        in_force = _in_force(session)
        name = " ".join(part for part in (lead.first_name, lead.last_name) if part)
        return _Brief(
            handoff.id,
            handoff.status,
            handoff.answer_reason,
            f"{name} <{lead.email}>" if name else lead.email,
            lead.company,
            handoff.reason,
            tuple(str(line) for line in handoff.evidence.get("lines", ())),
            _text(session, handoff, in_force, site),
            _reasons(in_force),
            handoff.due_at,
        )


def _in_force(session: Session) -> InForce | None:
    try:
        return applied.policies(session)
    except NotFound:
        return None


def _text(session: Session, handoff: models.Handoff, in_force: InForce | None, site: Site) -> str:
    rep = in_force.policies.team.rep(handoff.rep) if in_force else None
    if in_force is None or rep is None:
        return ""
    try:
        return briefs.brief(session, handoff, rep, in_force, site.links)[1]
    except OutreachError:
        return ""  # the facts on the page say the most important part of it


def _reasons(in_force: InForce | None) -> tuple[str, ...]:
    known = in_force.funnel.funnel.rejected.reasons if in_force else {}
    return (*(reason for reason in known if reason != OTHER), OTHER)


def _answer(site: Site, handoff_id: int, accept: bool, reason: str | None, now: datetime) -> str:
    with site.database.write() as session:
        if not accept and reason not in _reasons(_in_force(session)):
            return "no reason"
        done = reps.answer_handoff(session, handoff_id, accept, reason, now)
        return "answered" if done else "answered before"
