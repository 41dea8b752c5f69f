"""Explains a lead: stage, score and temperature, campaigns and mails, what is next, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from outreach import leads, models
from outreach.domain.words import Kind
from outreach.explain import coming, forecast, funnel, mails, membership, past
from outreach.explain.standing import Standing, present
from outreach.explain.values import Explanation, Happening


def explain(session: Session, email: str, now: datetime, at: datetime | None = None) -> Explanation:
    """Return the explanation of the lead with this address, now or as of `at`. Changes nothing.

    In the past it is what the rows of then say; in the future what comes if nothing happens but time. NotFound where
    there is no such lead, or not yet.
    """
    row = leads.find(session, email)
    expected: tuple[Happening, ...] = ()
    if at is None or at == now:
        standing = present(session, row, now)
    elif at < now:
        standing = past.then(session, row, at)
    else:
        standing, expected = forecast.until(session, present(session, row, now), at)
    return _explained(session, standing, expected)


def _explained(session: Session, standing: Standing, expected: tuple[Happening, ...]) -> Explanation:
    row = standing.row
    moves = funnel.moves(standing)
    return Explanation(
        lead_id=row.id,
        email=row.email,
        name=" ".join(part for part in (row.first_name, row.last_name) if part),
        source=" ".join(part for part in (row.source, row.source_detail) if part),
        consent=row.consent,
        owner=row.owner,
        zone=standing.zone.key,
        stage=funnel.stage(standing),
        score=funnel.score(standing),
        temperature=funnel.temperature_of(standing),
        held=tuple(held(standing)),
        campaigns=membership.campaigns(standing),
        mails=mails.mails(session, standing),
        next=coming.coming(session, standing, moves),
        history=tuple(happening(event) for event in standing.events),
        at=standing.at,
        view=standing.view,
        moves=moves,
        not_in=membership.not_in(standing),
        not_known=standing.not_known,
        expected=expected,
    )


def held(standing: Standing) -> Iterator[str]:
    """Yield what forbids or delays every mail to the lead."""
    row, now = standing.row, standing.at
    if standing.suppressed is not None:
        until = standing.suppressed.until
        yield f"suppressed {f'until {until:%d %b %Y}' if until else 'for good'}: {standing.suppressed.reason}"
    if row.quiet_at is not None and row.return_at is not None:
        yield f"asked for time on {row.quiet_at:%d %b %Y}: nothing before {row.return_at:%d %b %Y}"
    elif row.quiet_at is not None:
        yield f"replied on {row.quiet_at:%d %b %Y}: left to a person; outreach lead resume ends that"
    if row.hold_until is not None and row.hold_until > now:
        yield f"away, or mails do not arrive: nothing before {row.hold_until:%d %b %Y %H:%M} UTC"


def happening(event: models.Event) -> Happening:
    """Return an event as a line of the history."""
    what = " ".join(part for part in (event.subject, event.detail) if part)
    if event.kind == Kind.STAGE_CHANGED:
        what = f"{event.data.get('from')} -> {event.data.get('to')}: {event.detail}"
    return Happening(event.at, event.kind, what, event.verdict)
