"""Senders and reps that can not do what files ask of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from outreach.domain.campaign import Campaign, EmailStep, walk
from outreach.domain.lint.findings import Finding
from outreach.domain.policies import Rep, Sender, Senders, Team

FOR_GOOD = timedelta(days=366)
"""Who is away for longer than this does not take work."""


def senders_of(campaign: Campaign) -> frozenset[str]:
    """Return the names of all senders that mails of the campaign may come from."""
    tried = [
        name
        for step in walk(campaign.steps)
        if isinstance(step, EmailStep) and step.variants
        for name in step.variants.sender or ()
    ]
    return frozenset(campaign.senders) | frozenset(tried)


def silent(campaign: Campaign, senders: Senders) -> Iterator[Finding]:
    """Yield the senders of a campaign that may send nothing."""
    for number, name in enumerate(campaign.senders):
        sender = senders.sender(name)
        if sender is not None and sender.per_day == 0:
            message = f"{name} may send 0 mails a day, so the leads that are given to {name} wait"
            yield Finding("sender-silent", ("senders", number), message, "take it out, or raise per_day")


def senders(senders: Senders, campaigns: Sequence[Campaign]) -> Iterator[Finding]:
    """Yield the senders whose limit is not what they can send, and those that nobody has."""
    for number, sender in enumerate(senders.senders):
        using = [campaign for campaign in campaigns if sender.name in senders_of(campaign)]
        if not using:
            message = f"no campaign sends from {sender.name}"
            yield Finding("unused-sender", ("senders", number, "name"), message, "remove it, or use it")
        elif "per_day" in sender.model_fields_set and (most := _most(sender, using)) < sender.per_day:
            message = (
                f"with {sender.gap} between two mails {sender.name} sends at most {most} in the open hours"
            )
            hint = f"write per_day: {most}, or a shorter gap"
            yield Finding("limit-unreachable", ("senders", number, "per_day"), message, hint)


def _most(sender: Sender, using: Sequence[Campaign]) -> int:
    """Return how many mails fit into the longest day of the campaigns' windows."""
    gap = sender.gap.about()
    if not gap:
        return sender.per_day
    opens, closes = (
        min(each.window.minutes[0] for each in using),
        max(each.window.minutes[1] for each in using),
    )
    return -(-timedelta(minutes=closes - opens) // gap)


def idle(team: Team) -> Mapping[str, str]:
    """Return of each rep who can take no work why that is."""
    found = {rep.name: _hindrance(rep) for rep in team.reps}
    return {name: why for name, why in found.items() if why}


def _hindrance(rep: Rep) -> str:
    if rep.capacity == 0:
        return "has a capacity of 0"
    away = next((away for away in rep.away if away.last - away.first > FOR_GOOD), None)
    return f"is away until {away.last:%d %b %Y}" if away else ""


def team(team: Team) -> Iterator[Finding]:
    """Yield that nobody of a team can take anything."""
    reasons = idle(team)
    if len(reasons) == len(team.reps):
        message = f"no rep can take a hand-off: {', '.join(f'{name} {why}' for name, why in reasons.items())}"
        yield Finding("rep-unavailable", ("reps",), message, "give somebody a capacity")
    elif team.fallback is not None and team.fallback in reasons:
        message = f"the fallback {team.fallback} {reasons[team.fallback]}"
        yield Finding("rep-unavailable", ("fallback",), message, "name another rep")
