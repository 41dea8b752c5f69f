"""Judges old hits anew by the rules of today, and finds the promotions that would not have happened."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import fsum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach import applied, judging, leads, models
from outreach.applied import InForce
from outreach.db import Database, among
from outreach.domain import funnel, scoring
from outreach.domain.facts import Facts
from outreach.domain.leads import facts
from outreach.domain.machine_hits import CROWD, TRAP, UNDECIDED, crowds
from outreach.domain.scanner_networks import Networks
from outreach.domain.words import OURS, Kind, Stage, Verdict
from outreach.judging import HITS, Judged
from outreach.leads import Past

AT_ONCE = 5_000
"""About how many events of leads one transaction reads."""

SETTLED = timedelta(minutes=1)
"""Younger hits may still be held: they are judged in a moment anyway."""

RUNGS = (Stage.SUSPECT, Stage.MQL, Stage.SQL, Stage.OPPORTUNITY, Stage.CUSTOMER)

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Evidence:
    """A hit that counted as a person's: what it is taken for now. `event` is the event's id."""

    event: int
    at: datetime
    kind: str
    subject: str
    detail: str
    before: str
    now: str
    rule: str


@dataclass(frozen=True)
class Handed:
    """The hand-off that a promotion led to."""

    id: int
    rep: str | None
    status: str


@dataclass(frozen=True)
class Promotion:
    """A move up the funnel that rests on hits which are not taken for a person's any more.

    `is_sure`: by funnel.yaml and the lead's fields as they are today it would not have happened. Where they do not
    give the move in any case, because they have changed since, nobody can tell.
    """

    lead: str
    at: datetime
    from_stage: str
    to_stage: str
    because: str
    is_sure: bool
    stage_now: str
    handoff: Handed | None
    evidence: tuple[Evidence, ...]


@dataclass
class Rejudged:
    """What came of it: how many hits were looked at, and how many have another verdict, by (before, now)."""

    hits: int = 0
    changed: Counter[tuple[str, str]] = field(default_factory=Counter)
    leads: int = 0
    promotions: list[Promotion] = field(default_factory=list)


def rejudge(
    database: Database,
    known: Networks,
    now: datetime,
    since: datetime | None = None,
    *,
    is_dry: bool = False,
    tell: Tell = lambda done, total: None,
) -> Rejudged:
    """Apply the rules of today to the hits since then, and have the scores of the leads made up again.

    Nobody is moved down by it: that is for a person to decide. In batches of leads, each in a transaction of its own;
    what was done before an interruption is done, and a second run finds nothing left.
    """
    result = Rejudged()
    with database.read() as session:
        crowded = crowds(_clicks(session, since))
        last = session.scalar(select(func.max(models.Event.lead_id))) or 0
    done = 0
    while done < last:
        with _opened(database, is_dry) as session:
            until = _until(session, done)
            _rejudge_some(session, (done, until), crowded, known, since, now, is_dry, result)
        done = until
        tell(done, last)
    return result


def _opened(database: Database, is_dry: bool) -> AbstractContextManager[Session]:
    return database.read() if is_dry else database.write()


def _clicks(session: Session, since: datetime | None) -> Iterator[tuple[int, datetime, str, int]]:
    """Yield the clicks of which it is known where they came from, in the order of time."""
    event = models.Event
    source = event.data["source"].as_string()
    asked = select(event.id, event.at, source, event.lead_id).where(event.kind == Kind.CLICKED, source != "")
    if since is not None:
        asked = asked.where(event.at >= since - CROWD)
    for row in session.execute(asked.order_by(event.at, event.id).execution_options(yield_per=AT_ONCE)):
        yield row[0], row[1], row[2], row[3]


def _until(session: Session, after: int) -> int:
    """Return the last lead of the next batch."""
    event = models.Event
    some = (
        select(event.lead_id).where(event.lead_id > after).order_by(event.lead_id).limit(AT_ONCE).subquery()
    )
    return session.scalar(select(func.max(some.c.lead_id))) or after + 1


def _rejudge_some(
    session: Session,
    between: tuple[int, int],
    crowded: Collection[int],
    known: Networks,
    since: datetime | None,
    now: datetime,
    is_dry: bool,
    result: Rejudged,
) -> None:
    judged = [
        each
        for each in judging.judge_all(session, _hits(session, between, since, now), crowded, known)
        if since is None or each.stored.hit.at >= since
    ]
    changed = [each for each in judged if each.is_changed]
    touched = {each.stored.lead_id for each in changed}
    result.hits += len(judged)
    result.changed.update((str(each.stored.verdict), str(each.judgement.verdict)) for each in changed)
    result.leads += len(touched)
    result.promotions += _unfounded(session, changed)
    if not is_dry:
        judging.lock_leads(session, touched)
        judging.write(session, changed)
        judging.review_soon(session, touched, now)


def _hits(
    session: Session, between: tuple[int, int], since: datetime | None, now: datetime
) -> list[judging.Stored]:
    event = models.Event
    asked = select(*judging.COLUMNS).where(
        event.lead_id > between[0],
        event.lead_id <= between[1],
        event.kind.in_(HITS),
        event.at < now - SETTLED,
    )
    if since is not None:
        asked = asked.where(event.at >= since - TRAP)
    found = judging.read(session.execute(asked))
    return [each for each in found if judging.has_facts(each) and each.data.get("rule") != UNDECIDED.rule]


# -- promotions that would not have happened -------------------------------------------------------


def _unfounded(session: Session, changed: Sequence[Judged]) -> list[Promotion]:
    """Return the moves up of these leads that rest on what is no person's any more, in the order of leads and time."""
    by_lead: dict[int, dict[int, Judged]] = defaultdict(dict)
    for each in changed:
        by_lead[each.stored.lead_id][each.stored.id] = each
    for those in list(by_lead.values()):
        if all(each.stored.verdict != Verdict.HUMAN for each in those.values()):
            del by_lead[next(iter(those.values())).stored.lead_id]
    if not by_lead:
        return []
    rows = {
        row.id: row
        for row in session.scalars(select(models.Lead).where(among(session, models.Lead.id, by_lead)))
    }
    handed = _handed(session, by_lead)
    happened = _happened(session, by_lead)
    in_force = applied.policies(session)
    return [
        promotion
        for lead_id in sorted(rows)
        for promotion in _of_lead(in_force, rows[lead_id], happened[lead_id], by_lead[lead_id], handed)
    ]


def _handed(session: Session, lead_ids: Collection[int]) -> dict[int, Handed]:
    """Return the hand-offs of these leads by the event that made them."""
    handoff = models.Handoff
    rows = session.execute(
        select(handoff.event_id, handoff.id, handoff.rep, handoff.status).where(
            among(session, handoff.lead_id, lead_ids), handoff.event_id.is_not(None)
        )
    )
    return {row.event_id: Handed(row.id, row.rep, row.status) for row in rows}


def _happened(session: Session, lead_ids: Collection[int]) -> dict[int, list[Any]]:
    """Return what these leads did, and how they moved, oldest first."""
    event = models.Event
    rows = session.execute(
        select(
            event.id,
            event.lead_id,
            event.kind,
            event.subject,
            event.detail,
            event.at,
            event.verdict,
            event.data,
        )
        .where(
            among(session, event.lead_id, lead_ids),
            event.kind.not_in(OURS - {Kind.STAGE_CHANGED}),
        )
        .order_by(event.at, event.id)
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.lead_id].append(row)
    return found


def _of_lead(
    in_force: InForce,
    lead: models.Lead,
    happened: Sequence[Any],
    changed: Mapping[int, Judged],
    handed: Mapping[int, Handed],
) -> Iterator[Promotion]:
    stood_since = lead.created_at
    for move in happened:
        if move.kind != Kind.STAGE_CHANGED:
            continue
        evidence = tuple(
            _evidence(row, changed[row.id]) for row in happened if row.id in changed and row.at <= move.at
        )
        if any(each.before == Verdict.HUMAN for each in evidence) and _is_up(move):
            founded = _founded(in_force, lead, happened, changed, move, stood_since)
            if founded is not True:
                yield Promotion(
                    lead.email,
                    move.at,
                    str(move.data.get("from", "")),
                    move.subject,
                    move.detail,
                    founded is False,
                    lead.stage,
                    handed.get(move.id),
                    evidence,
                )
        stood_since = move.at


def _is_up(move: Any) -> bool:
    """Answer whether a rule of funnel.yaml moved the lead to a higher rung."""
    before, to = str(move.data.get("from")), str(move.data.get("to"))
    if before not in RUNGS or to not in RUNGS or not str(move.data.get("rule", "")).startswith("moves"):
        return False
    return RUNGS.index(Stage(before)) < RUNGS.index(Stage(to))


def _evidence(row: Any, judged: Judged) -> Evidence:
    verdict, rule = judged.judgement
    return Evidence(
        row.id, row.at, row.kind, row.subject, row.detail, str(judged.stored.verdict), str(verdict), rule
    )


def _founded(
    in_force: InForce,
    lead: models.Lead,
    happened: Sequence[Any],
    changed: Mapping[int, Judged],
    move: Any,
    stood_since: datetime,
) -> bool | None:
    """Return whether the move would have happened without what has changed; None where nobody can tell."""
    verdicts_now = {id: each.judgement.verdict for id, each in changed.items()}
    for verdicts, answer in ((verdicts_now, True), ({}, False)):
        pasts = [
            _past(row, verdicts.get(row.id, Verdict(row.verdict))) for row in happened if _did(row, move.at)
        ]
        if _next_stage(in_force, lead, pasts, move, stood_since) == move.subject:
            return answer
    return None


def _did(row: Any, until: datetime) -> bool:
    return row.kind != Kind.STAGE_CHANGED and bool(row.at <= until)


def _past(row: Any, verdict: Verdict) -> Past:
    return Past(Kind(row.kind), row.subject, row.detail, row.at, verdict, row.data.get("hard") is True)


def _next_stage(
    in_force: InForce, row: models.Lead, pasts: Sequence[Past], move: Any, stood_since: datetime
) -> str | None:
    """Return where funnel.yaml would have moved the lead then."""
    since = row.since_at if row.since_at is not None and row.since_at < move.at else None
    lead = replace(leads.snapshot(row), stage=Stage(move.data["from"]), stage_at=stood_since)
    seen = facts(lead, leads.happened(pasts, since))
    rules = in_force.funnel
    earned = scoring.earned(rules.funnel.scoring, leads.scored(pasts), move.at)
    score = scoring.kept(fsum([*earned, *scoring.fitting(rules.fit, seen)]))
    moved = funnel.next_move(rules, lead, Facts({**seen.fields, funnel.SCORE: score}, seen.happened), move.at)
    return moved.to if moved else None
