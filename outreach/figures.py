"""Computes the key figures of each source: volume, conversion, average ticket, cycle time, retention."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from statistics import fmean
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from outreach import models
from outreach.domain.words import DealStatus, Kind, Stage

LADDER = (Stage.SUSPECT, Stage.MQL, Stage.SQL, Stage.OPPORTUNITY, Stage.CUSTOMER)
ALL = "all"


@dataclass(frozen=True)
class Ticket:
    """Deals won in one currency."""

    currency: str
    won: int
    average: float


@dataclass(frozen=True)
class KeyFigures:
    """Volume, conversion, average ticket, cycle time and retention of the leads of one source."""

    source: str
    reached: Mapping[Stage, int]  # leads that ever stood at least there
    won: int = 0
    lost: int = 0
    tickets: tuple[Ticket, ...] = ()
    cycle_days: float | None = None  # from the lead's first day to the deal won, on average
    customers_now: int = 0
    conversion: Mapping[Stage, float | None] = field(init=False)  # of those on the rung before

    def __post_init__(self) -> None:
        rates = {
            to: self.reached[to] / self.reached[of] if self.reached[of] else None
            for of, to in pairwise(LADDER)
        }
        object.__setattr__(self, "conversion", rates)

    @property
    def volume(self) -> int:
        return self.reached[Stage.SUSPECT]

    @property
    def retention(self) -> float | None:
        """The share of those who ever became customers that still are."""
        ever = self.reached[Stage.CUSTOMER]
        return self.customers_now / ever if ever else None


@dataclass(frozen=True)
class _Closed:
    source: str
    status: str
    amount: float | None
    currency: str
    days: float


def key_figures(session: Session) -> tuple[KeyFigures, ...]:
    """Return the key figures of all leads first, then of each source, the largest first."""
    rungs = _rungs(session)
    closed = _closed(session)
    customers = _customers(session)
    sources = sorted(rungs, key=lambda source: (-sum(rungs[source].values()), source))
    everything: dict[int, int] = defaultdict(int)
    for counts in rungs.values():
        for rung, count in counts.items():
            everything[rung] += count
    figures = [_figures(ALL, everything, closed, sum(customers.values()))]
    for source in sources:
        own = [deal for deal in closed if deal.source == source]
        figures.append(_figures(source, rungs[source], own, customers.get(source, 0)))
    return tuple(figures)


def _figures(source: str, rungs: Mapping[int, int], closed: Sequence[_Closed], customers: int) -> KeyFigures:
    won = [deal for deal in closed if deal.status == DealStatus.WON]
    lost = sum(deal.status == DealStatus.LOST for deal in closed)
    reached = {
        stage: sum(count for rung, count in rungs.items() if rung >= number)
        for number, stage in enumerate(LADDER)
    }
    return KeyFigures(
        source,
        reached,
        won=len(won),
        lost=lost,
        tickets=_tickets(won),
        cycle_days=fmean(deal.days for deal in won) if won else None,
        customers_now=customers,
    )


def _tickets(won: Sequence[_Closed]) -> tuple[Ticket, ...]:
    amounts: dict[str, list[float]] = defaultdict(list)
    for deal in won:
        if deal.amount is not None:
            amounts[deal.currency].append(deal.amount)
    return tuple(Ticket(currency, len(each), fmean(each)) for currency, each in sorted(amounts.items()))


def _rungs(session: Session) -> dict[str, dict[int, int]]:
    """Count leads by source and by the highest rung of the ladder they ever stood on."""
    lead, event = models.Lead, models.Event
    stood = (
        select(lead.id.label("lead_id"), _rung(lead.stage).label("rung"))
        .union_all(select(event.lead_id, _rung(event.subject)).where(event.kind == Kind.STAGE_CHANGED))
        .subquery()
    )
    highest = (
        select(stood.c.lead_id, func.max(stood.c.rung).label("rung")).group_by(stood.c.lead_id).subquery()
    )
    rows = session.execute(
        select(lead.source, highest.c.rung, func.count())
        .join(highest, highest.c.lead_id == lead.id)
        .group_by(lead.source, highest.c.rung)
    )
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for source, rung, count in rows:
        found[source][rung] = count
    return found


def _rung(column: Any) -> ColumnElement[int]:
    """Where on the ladder a stage is; those beside it say no more than that somebody was a suspect."""
    return case({str(stage): number for number, stage in enumerate(LADDER)}, value=column, else_=0)


def _closed(session: Session) -> list[_Closed]:
    deal, lead = models.Deal, models.Lead
    rows = session.execute(
        select(lead.source, deal.status, deal.amount, deal.currency, deal.closed_at, lead.created_at)
        .join(lead, lead.id == deal.lead_id)
        .where(deal.closed_at.is_not(None))
    )
    return [
        _Closed(source, status, amount, currency or "", (closed_at - created_at) / timedelta(days=1))
        for source, status, amount, currency, closed_at, created_at in rows
        if closed_at is not None
    ]


def _customers(session: Session) -> Mapping[str, int]:
    lead = models.Lead
    rows = session.execute(
        select(lead.source, func.count()).where(lead.stage == Stage.CUSTOMER).group_by(lead.source)
    )
    return {source: count for source, count in rows}
