"""The command explain: why a lead, a mail or a campaign is as it is, now or at another time."""

from __future__ import annotations

import re
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.context import LARGEST_ID, Json, database, now, print_json
from outreach.errors import InputError, NotFound

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from outreach.explain import CampaignStory, Explanation, MessageStory

MOST_COMPARED = 50_000
WORDS = re.compile(r"(message|campaign)")


def add_to(app: typer.Typer) -> None:
    app.command()(explain)


def explain(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="EMAIL | message ID | campaign NAME", help="A lead's address, a mail, or a campaign."
        ),
    ],
    at: Annotated[
        str | None,
        typer.Option(
            help='As of another time: "2026-11-03 09:00", with a zone or in the organisation\'s; "3 days ago"; '
            '"in 2 weeks", as if nothing happened until then.'
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say why, why not, what is next, and what would change it.

    Of a lead: why it has its stage, score and temperature, every mail sent or held back, and what is next. For each
    rule of funnel.yaml and each campaign that does not take it, which part of the condition is not true, and what
    would make it so. Of a message: its whole life. Of a campaign: who stands where, what holds them, and who enters.

    \b
    outreach explain anna@example.com
    outreach explain anna@example.com --at "2026-11-03 09:00"
    outreach explain message 123
    outreach explain campaign mql-nurture
    """
    kind, name = _asked(what)
    from outreach import explain as explanations  # not every call of a command needs the database

    with database() as opened, opened.read() as session:
        instant = _instant(session, at)
        story = _story(session, kind, name, instant)
    if as_json:
        print_json(story)
    elif isinstance(story, explanations.MessageStory):
        print("\n".join(explanations.message_lines(story)))
    elif isinstance(story, explanations.CampaignStory):
        print("\n".join(explanations.campaign_lines(story)))
    else:
        print("\n".join(explanations.lines(story)))


def _asked(what: list[str]) -> tuple[str, str]:
    """Return what is to be explained: lead, message or campaign, and which."""
    if len(what) == 1 and not WORDS.fullmatch(what[0]):
        return "lead", what[0]
    if len(what) == 2 and WORDS.fullmatch(what[0]):
        if what[0] == "message" and not (
            what[1].isascii() and what[1].isdigit() and 0 < int(what[1]) <= LARGEST_ID
        ):
            raise InputError(f"{what[1]!r} is no number of a message; see: outreach message list")
        return what[0], what[1]
    raise InputError(
        "write one of: outreach explain EMAIL, outreach explain message ID, outreach explain campaign NAME"
    )


def _instant(session: Session, written: str | None) -> datetime | None:
    if written is None:
        return None
    from outreach import applied
    from outreach.domain import windows
    from outreach.explain import read_instant

    organisation = applied.policies(session).policies.senders.organisation
    return read_instant(written, windows.zone(organisation.timezone), now())


def _story(
    session: Session, kind: str, name: str, at: datetime | None
) -> Explanation | MessageStory | CampaignStory:
    from outreach import explain as explanations

    if kind == "message":
        return explanations.explain_message(session, int(name), now(), at)
    if kind == "campaign":
        return explanations.explain_campaign(session, name, now(), at)
    try:
        return explanations.explain(session, name, now(), at)
    except NotFound as error:
        near = _campaign(session, name) or _near(session, name)
        if near is None:
            raise
        raise NotFound(f"{str(error).partition(';')[0]}; did you mean {near}?") from None


def _campaign(session: Session, name: str) -> str | None:
    """Return how a campaign of this name is asked for; none where there is none."""
    from sqlalchemy import select

    from outreach import models

    found = session.scalar(select(models.Campaign.name).where(models.Campaign.name == name.strip()))
    return None if found is None else f"outreach explain campaign {found}"


def _near(session: Session, email: str) -> str | None:
    """Return the address nearest to a wrong one; none where there is no such lead, or the lead is there."""
    from sqlalchemy import func, or_, select

    from outreach import models

    lead, written = models.Lead, email.strip().lower()
    local, _, domain = written.partition("@")
    if session.scalar(select(lead.id).where(lead.email == written)) is not None:
        return None
    alike = or_(
        lead.email.startswith(local[:3], autoescape=True),
        func.substr(lead.email, func.length(lead.email) - len(domain)) == f"@{domain}",
    )
    known = session.scalars(select(lead.email).where(alike).order_by(lead.id).limit(MOST_COMPARED)).all()
    return next(iter(get_close_matches(written, known, 1, 0.75)), None)
