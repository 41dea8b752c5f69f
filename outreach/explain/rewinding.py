"""Takes a lead's row back to what it said at a past instant, by the events that changed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from outreach import models
from outreach.applied import InForce
from outreach.domain import recycling, temperature, windows
from outreach.domain.inbound import Intent
from outreach.domain.recycling import Rest
from outreach.domain.words import Kind, Stage, Verdict
from outreach.explain.standing import copy

LEAVES = frozenset({Kind.DEAL_WON, Kind.DEAL_LOST, Kind.HANDOFF_REJECTED})
"""What puts a lead back into play that was left to a person."""

RESTS = frozenset({Stage.LOST, Stage.SET_ASIDE})
BY_HAND = "by hand"
RETURN = "return"


def lead_at(
    row: models.Lead, events: Sequence[models.Event], at: datetime, in_force: InForce
) -> tuple[models.Lead, tuple[str, ...]]:
    """Return a copy of the row as it stood at `at`, and what of it can not be known any more.

    `events` are all of the lead. A field that nothing changed since is as it is now.
    """
    found = copy(row)
    before = [event for event in events if event.recorded_at <= at]
    after = [event for event in events if event.recorded_at > at]
    _stage(found, before, after)
    found.since_at = _since(before)
    found.rounds = row.rounds - sum(_is_return(event) and _from(event) is not None for event in after)
    found.quiet_at = _quiet(before)
    found.hold_until = _hold(before, in_force, found)
    _return(found, before, after, in_force)
    not_known = list(_fields(found, before, after))
    rule = in_force.funnel.funnel.temperature
    found.temperature = temperature.temperature(rule, found.purchase_at, at)[0]
    if row.updated_at > at and all(event.recorded_at != row.updated_at for event in after):
        not_known.append(
            f"which fields were empty then that an import or a person has filled since "
            f"(last on {row.updated_at:%d %b %Y})"
        )
    return found, tuple(not_known)


# -- stage -----------------------------------------------------------------------------------------


def _stage(found: models.Lead, before: Sequence[models.Event], after: Sequence[models.Event]) -> None:
    moves = [event for event in before if event.kind == Kind.STAGE_CHANGED]
    later = [event for event in after if event.kind == Kind.STAGE_CHANGED]
    if moves:
        found.stage, found.stage_at = str(moves[-1].data.get("to")), moves[-1].at
    elif later:
        found.stage, found.stage_at = str(later[0].data.get("from")), found.created_at


def _from(event: models.Event) -> str | None:
    return event.data.get("from")


def _is_return(event: models.Event) -> bool:
    return event.kind == Kind.STAGE_CHANGED and event.data.get("rule") == RETURN


def _is_back(event: models.Event) -> bool:
    """A lead that came back after the time that it had asked for."""
    return event.kind == Kind.NOTE and event.source_id.startswith("back:")


def _since(before: Sequence[models.Event]) -> datetime | None:
    since = [
        event.recorded_at
        for event in before
        if _is_back(event)
        or (
            event.kind == Kind.STAGE_CHANGED
            and (event.data.get("rule") in (RETURN, BY_HAND, *LEAVES) or event.data.get("to") in RESTS)
            and event.data.get("rule") != Kind.DEAL_WON
        )
    ]
    return max(since, default=None)


# -- quiet, away, back -----------------------------------------------------------------------------


def _counts(event: models.Event) -> bool:
    return event.verdict in (Verdict.HUMAN, Verdict.UNKNOWN)


def _quiet(before: Sequence[models.Event]) -> datetime | None:
    quiet_at = None
    for event in sorted(before, key=lambda event: event.id):
        if (event.kind == Kind.REPLIED and _counts(event)) or _has_left(event):
            quiet_at = event.recorded_at
        elif event.kind in LEAVES or _is_back(event) or _is_return(event) or _is_by_hand(event):
            quiet_at = None
    return quiet_at


def _is_by_hand(event: models.Event) -> bool:
    if event.kind == Kind.NOTE:
        return event.source_id.startswith("resumed:")
    return event.kind == Kind.STAGE_CHANGED and event.data.get("rule") == BY_HAND


def _has_left(event: models.Event) -> bool:
    return (
        event.kind == Kind.AUTO_REPLIED
        and event.message_id is not None
        and event.data.get("matched_by") != "sender"
        and event.data.get("intent") == Intent.WRONG_PERSON
    )


def _hold(before: Sequence[models.Event], in_force: InForce, row: models.Lead) -> datetime | None:
    zone = windows.zone(row.timezone, in_force.policies.senders.organisation.timezone)
    usual = in_force.funnel.funnel.hold_after_auto_reply
    held = []
    for event in before:
        if event.kind == Kind.AUTO_REPLIED and _counts(event):
            back = _instant(event.data.get("resume_on"))
            if back is None or back > event.recorded_at + timedelta(days=1100):
                held.append(usual.after(event.recorded_at, zone))
            else:
                held.append(max(back, event.recorded_at))
        elif event.kind == Kind.SUPPRESSED and event.data.get("reason") == "soft_bounces":
            held.append(_instant(event.data.get("until")) or event.recorded_at)
    return max(held, default=None)


def _return(
    found: models.Lead, before: Sequence[models.Event], after: Sequence[models.Event], in_force: InForce
) -> None:
    """Set when the lead was to come back. Where nothing has moved it since that is what its row says."""
    if not any(_moves_return(event) for event in after):
        return
    found.return_at, found.return_to = None, None
    for event in sorted(before, key=lambda event: event.id):
        if event.kind == Kind.NOTE and event.source_id.startswith("rests:"):
            found.return_at, found.return_to = _instant(event.data.get("until")), found.stage
        elif _is_back(event):
            found.return_at = found.return_to = None
        elif event.kind == Kind.STAGE_CHANGED:
            rest = _rest(found, event, before, in_force)
            found.return_at = rest.return_at if rest else None
            found.return_to = rest.return_to if rest else None
            if rest and rest.angle:
                found.angle = rest.angle


def _moves_return(event: models.Event) -> bool:
    return event.kind == Kind.STAGE_CHANGED or _is_back(event) or event.source_id.startswith("rests:")


def _rest(
    found: models.Lead, event: models.Event, before: Sequence[models.Event], in_force: InForce
) -> Rest | None:
    rules, to, rule = in_force.funnel.funnel, event.data.get("to"), event.data.get("rule")
    zone = windows.zone(found.timezone, in_force.policies.senders.organisation.timezone)
    if to == Stage.SET_ASIDE:
        return recycling.set_aside(rules.set_aside, found.contract_ends_at, event.recorded_at)
    if to != Stage.LOST:
        return None
    told = [each for each in before if each.kind == rule and each.id <= event.id]
    reason = (told[-1].detail or None) if told else found.lost_reason
    if rule == Kind.HANDOFF_REJECTED:
        return recycling.after_rejection(rules, reason, event.recorded_at, zone)
    return recycling.after_loss(rules, reason, found.rounds, event.recorded_at, zone)


# -- fields that events tell of --------------------------------------------------------------------


def _fields(
    found: models.Lead, before: Sequence[models.Event], after: Sequence[models.Event]
) -> Iterator[str]:
    """Set the fields that were overwritten since back to what they were; yield those of which nobody knows it."""
    for name, changed in _changed(after).items():
        earlier = [event for event in before if name in _said(event)]
        value = _said(earlier[-1])[name] if earlier else None
        if name in models.Lead.__table__.columns:
            is_time = isinstance(getattr(found, name), datetime) or name.endswith("_at")
            setattr(found, name, _instant(value) if is_time else value)
        else:
            found.fields = {**found.fields, name: value}
        if not earlier:
            yield f"lead.{name}: overwritten on {changed.at:%d %b %Y}; it is taken as empty"
    if any(_forgets(event) for event in before) and not any("purchase_at" in _said(event) for event in after):
        return
    _forget(found, before)


def _changed(after: Sequence[models.Event]) -> dict[str, models.Event]:
    found: dict[str, models.Event] = {}
    for event in after:
        for name in _said(event):
            found.setdefault(name, event)
        if _forgets(event):
            found.setdefault("purchase_at", event)
    return found


def _said(event: models.Event) -> dict[str, Any]:
    fields = event.data.get("fields") if event.kind == Kind.UPDATED else None
    return fields if isinstance(fields, dict) else {}


def _forgets(event: models.Event) -> bool:
    """Answer whether what the lead had said of its plans no longer counted from then on."""
    return event.kind == Kind.STAGE_CHANGED and event.data.get("to") in RESTS


def _forget(found: models.Lead, before: Sequence[models.Event]) -> None:
    rested = max((event.id for event in before if _forgets(event)), default=0)
    told = max((event.id for event in before if "purchase_at" in _said(event)), default=0)
    if rested > told:
        found.purchase_at = None


def _instant(written: Any) -> datetime | None:
    if not written or str(written) == "None":
        return None
    try:
        at = datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=windows.zone(None))
