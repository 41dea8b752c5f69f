"""Takes what other systems tell: an event about a lead, and the lead itself where it is new."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach import activity, applied, leads, models
from outreach.db import among
from outreach.domain import addresses, rows
from outreach.domain.events import Event
from outreach.domain.words import Kind, Stage
from outreach.errors import InputError, NotFound, OutreachError

Value = TypeVar("Value")


@dataclass(frozen=True)
class Told:
    """Something that another system tells. `id` is that system's own: told twice, it is recorded once.

    `lead` says who it is where nobody has the address yet: the columns of an import, source and consent among them.
    """

    email: str
    kind: Kind
    id: str
    at: datetime
    subject: str = ""
    detail: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    lead: Mapping[str, str] | None = None


def take(session: Session, told: Told, now: datetime) -> bool:
    """Note what is told; False where it was told before. What follows from it is drawn in a moment.

    NotFound where nobody has the address and no `lead` is told; a lead that is known is never changed by it.
    """
    address = _address(told)
    lead_id = _known(session, [address]).get(address) or _added(session, address, told, now)
    return activity.note_all(session, [_event(told, lead_id)], now) == 1


def take_all(session: Session, told: Sequence[Told], now: datetime) -> list[bool | str]:
    """Note all that is told, in one go; return for each whether it is new, or why it was refused.

    What follows from it is drawn in a moment, but for what has to be effective at the commit.
    """
    emails = [_refusable(partial(_address, each)) for each in told]
    known = _known(session, [str(each) for each in emails if not isinstance(each, OutreachError)])
    events: list[Event | OutreachError] = []
    for each, address in zip(told, emails, strict=True):
        if isinstance(address, OutreachError):
            events.append(address)
            continue
        if address not in known:
            added = _refusable(partial(_added, session, address, each, now))
            if isinstance(added, OutreachError):
                events.append(added)
                continue
            known[address] = added
        events.append(_event(each, known[address]))
    new = set(activity.note_each(session, [each for each in events if isinstance(each, Event)], now))
    return [
        str(each) if isinstance(each, OutreachError) else _counted(new, each.source_id) for each in events
    ]


def _counted(new: set[str], source_id: str) -> bool:
    """Return whether it is new, and no longer so where it is told again further down."""
    is_new = source_id in new
    new.discard(source_id)
    return is_new


def _refusable(act: Callable[[], Value]) -> Value | OutreachError:
    try:
        return act()
    except OutreachError as error:
        return error


def _address(told: Told) -> str:
    try:
        return addresses.normalised(told.email.strip())
    except addresses.BadAddress as error:
        raise InputError(f"email: {error}") from None


def _event(told: Told, lead_id: int) -> Event:
    return Event(
        told.kind,
        f"api:{told.id}",
        told.at,
        lead_id,
        subject=told.subject,
        detail=told.detail,
        data=told.data,
    )


def _added(session: Session, address: str, told: Told, now: datetime) -> int:
    if told.lead is None:
        raise NotFound('nobody has this address; to add them, tell "lead" with source and consent')
    return _add(session, address, told.lead, now)


def _known(session: Session, emails: Sequence[str]) -> dict[str, int]:
    query = select(models.Lead.email, models.Lead.id).where(among(session, models.Lead.email, emails))
    return {email: lead_id for email, lead_id in session.execute(query)}


def _add(session: Session, address: str, about: Mapping[str, str], now: datetime) -> int:
    told = _read(address, about, applied.policies(session).funnel.funnel.fields)
    row = leads.add(session, address, rows.with_zone(told.values), told.fields, now)
    if row is None:
        raise InputError("lead: this address must not be written to; it was not added")
    return row.id


def _read(address: str, about: Mapping[str, str], custom: Mapping[str, str]) -> rows.Incoming:
    """Return what is told of a new lead, by the rules of an import."""
    for needed in ("source", "consent"):
        if not about.get(needed):
            raise InputError(f"lead.{needed}: is missing")
    told = {"email": address} | {name: value for name, value in about.items() if name != "email"}
    layout = rows.layout(list(told), {}, custom)
    if layout.ignored:
        name = layout.ignored[0]
        raise InputError(f"lead.{name[:40]}: is not a field{rows.similar(name, [*rows.NAMES, *custom])}")
    reader = rows.RowReader(layout, custom, {"stage": str(Stage.SUSPECT)})
    try:
        return reader.read(list(told.values()))
    except rows.BadRow as error:
        raise InputError(f"lead.{error}") from None
