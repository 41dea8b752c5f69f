"""In which campaigns a lead is and was, and for each running one that it is not in: why, and when it could be."""

from __future__ import annotations

from datetime import datetime, timedelta

from outreach.domain import counterfactuals
from outreach.domain.campaign import Campaign, EnterOnEvent
from outreach.domain.expressions import holds
from outreach.domain.words import EnrollmentStatus
from outreach.explain.standing import Running, Standing
from outreach.explain.values import NotIn, Reason

HOW = {
    EnrollmentStatus.ACTIVE: "is in it",
    EnrollmentStatus.PAUSED: "is in it, and it is paused",
    EnrollmentStatus.FINISHED: "finished",
    EnrollmentStatus.STOPPED: "stopped",
}


def campaigns(standing: Standing) -> tuple[Reason, ...]:
    """Return the campaigns that the lead was let into, oldest first, and how each ended."""
    found = []
    for row in standing.enrollments:
        how = HOW.get(EnrollmentStatus(row.status), row.status)
        if row.ended_at is not None:
            how = f"{row.status}: {row.reason or ''} on {row.ended_at.astimezone(standing.zone):%a %d %b %Y %H:%M}"
        found.append(Reason(standing.names.get(row.campaign_id, "?"), row.entered_at, how))
    return tuple(found)


def not_in(standing: Standing) -> tuple[NotIn, ...]:
    """Return the running campaigns that the lead is not in, the highest priority first."""
    live = standing.live
    return tuple(
        _not_in(standing, running)
        for running in standing.running
        if live is None or live.campaign_id != running.id
    )


def _not_in(standing: Standing, running: Running) -> NotIn:
    row, campaign = standing.row, running.program.campaign
    if row.stage not in campaign.audience.stage:
        stages = " or ".join(campaign.audience.stage)
        return NotIn(running.name, f"it is for {stages}, and this is a {row.stage}")
    if (again := _again(standing, running)) is not None:
        return again
    parts = (
        counterfactuals.parts(running.program.audience, standing.facts()) if running.program.audience else ()
    )
    if running.program.audience and not holds(running.program.audience, standing.facts()):
        false = "; ".join(part.text for part in parts if not part.holds)
        return NotIn(running.name, f"not true: {false}", parts)
    return _free(standing, running, campaign)


def _again(standing: Standing, running: Running) -> NotIn | None:
    """Return that it was in it before, where that keeps it from entering."""
    entered = [each.entered_at for each in standing.enrollments if each.campaign_id == running.id]
    if not entered:
        return None
    last, after = max(entered), running.program.campaign.again_after
    if after is None:
        return NotIn(running.name, f"was in it from {last:%d %b %Y}, and nobody enters it twice")
    if last <= after.before(standing.at):
        return None
    # Strictly older is what the engine asks for, and whole seconds are what it counts.
    return NotIn(
        running.name, f"was in it from {last:%d %b %Y}; again {after} after", (), last + after.about()
    )


def _free(standing: Standing, running: Running, campaign: Campaign) -> NotIn:
    """Return what keeps somebody of the audience from entering."""
    row, live = standing.row, standing.live
    if standing.suppressed is not None:
        until = standing.suppressed.until
        return NotIn(running.name, f"suppressed: {standing.suppressed.reason}", (), until)
    if row.quiet_at is not None:
        return NotIn(running.name, "replied and is left to a person", (), row.return_at)
    if live is not None:
        other = next((each for each in standing.running if each.id == live.campaign_id), None)
        name = standing.names.get(live.campaign_id, "?")
        if other is None or other.priority >= running.priority:
            rank = f" (priority {other.priority}, this has {running.priority})" if other else ""
            return NotIn(running.name, f"is in {name}{rank}, and a person is in one campaign at a time")
    if isinstance(campaign.enter, EnterOnEvent):
        subject = f" {campaign.enter.subject}" if campaign.enter.subject else ""
        return NotIn(running.name, f"is entered when {campaign.enter.event}{subject} happens")
    if campaign.enter == "once":
        return NotIn(running.name, "is entered when it is applied")
    soon = standing.row.match_at
    return NotIn(running.name, "fits, and enters with the next look", (), _soon(standing, soon))


def _soon(standing: Standing, match_at: datetime | None) -> datetime | None:
    if not standing.is_now or match_at is None:
        return None
    return max(match_at, standing.at + timedelta())
