"""A plan: what applying would change, and what that does to how many leads. Written to a file, it can be read back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from outreach.domain.campaign import InFlight
from outreach.domain.differences import Difference, StepChange
from outreach.errors import InputError

FORMAT = 1
NEW, CHANGED, SAME, WITHDRAWN = "new", "changed", "unchanged", "withdrawn"


@dataclass(frozen=True)
class PolicyPlan:
    """A policy that would be another."""

    kind: str
    what: str  # new, changed
    version: int
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()  # whom it concerns


@dataclass(frozen=True)
class TemplatePlan:
    """A template that would be another: its unified diff, and the campaigns that send it."""

    file: str
    campaigns: tuple[str, ...]
    diff: tuple[str, ...]


@dataclass(frozen=True)
class Stand:
    """Leads that stand in one place, and where they would stand afterwards; `to` empty: where they are."""

    version: int
    at: str
    leads: int
    to_version: int
    to: str = ""


@dataclass(frozen=True)
class Count:
    """So many leads or mails, and what of them."""

    what: str
    count: int


@dataclass(frozen=True)
class People:
    """What becomes of the people of one campaign."""

    stands: tuple[Stand, ...] = ()
    enters: int = 0
    entered: str = ""  # how one enters
    outranked: tuple[Count, ...] = ()  # by the campaign that they leave
    leave: tuple[Count, ...] = ()
    twice: tuple[Count, ...] = ()
    never: tuple[Count, ...] = ()
    queued: tuple[Count, ...] = ()
    dropped: int = 0  # mails in the queue that would not be sent
    notes: tuple[str, ...] = ()

    @property
    def live(self) -> int:
        return sum(each.leads for each in self.stands)

    @property
    def moving(self) -> int:
        return sum(each.leads for each in self.stands if each.to)


@dataclass(frozen=True)
class CampaignPlan:
    """A campaign that would be another, or whose leads would be moved."""

    name: str
    what: str  # new, changed, unchanged, withdrawn
    version: int  # in force before
    to_version: int
    in_flight: str
    differences: tuple[Difference, ...]
    steps: tuple[StepChange, ...]
    people: People


@dataclass(frozen=True)
class FunnelEffect:
    """What another funnel.yaml would do at the next look at each lead. `looked_at` of `leads`: all, or a sample."""

    leads: int
    looked_at: int
    higher: int  # scores
    lower: int
    moves: tuple[Count, ...]  # "suspect to mql", those that the funnel in force would not make
    unmoved: tuple[Count, ...]  # those that only the funnel in force would make


@dataclass(frozen=True)
class Plan:
    """Everything that applying would do. Nothing of it has happened."""

    format: int
    outreach: str
    instance: str  # the database that it was made against; empty: there was none
    made_at: datetime
    title: str
    in_flight: InFlight | None  # the rule that was given for this time; none: what each campaign says
    base: Mapping[str, int]  # versions in force
    files: Mapping[str, str]  # digests of what is to be in force
    policies: tuple[PolicyPlan, ...]
    templates: tuple[TemplatePlan, ...]
    campaigns: tuple[CampaignPlan, ...]
    absent: tuple[str, ...]  # campaigns that run and are not in the files
    funnel: FunnelEffect | None

    @property
    def is_empty(self) -> bool:
        return not (self.policies or self.campaigns)


def program_version() -> str:
    """Return this program's version."""
    return version("outreach")


# -- as a file -----------------------------------------------------------------------------------------

_PLAN = TypeAdapter(Plan)


def write(plan: Plan, path: Path) -> None:
    """Write the plan to a file; InputError where that can not be written."""
    text = json.dumps(asdict(plan), indent=2, ensure_ascii=False, default=lambda at: at.isoformat())
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} can not be written: {error.strerror}") from None


def read(path: Path) -> Plan:
    """Return the plan in a file; InputError where it is none, or one of another version of this program."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path} can not be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise InputError(f"{path} is no plan; make one with: outreach plan --out FILE") from None
    ours = isinstance(found, dict) and "format" in found and "outreach" in found
    if ours and (found["format"] != FORMAT or found["outreach"] != program_version()):
        raise InputError(
            f"{path} is a plan of outreach {found['outreach']}, and this is {program_version()}; make a new one"
        )
    try:
        return _PLAN.validate_python(found) if ours else _PLAN.validate_python({})
    except ValidationError:
        raise InputError(f"{path} is no plan; make one with: outreach plan --out FILE") from None


# -- whether it still holds ----------------------------------------------------------------------------


def moved_on(planned: Plan, now: Plan) -> list[str]:
    """Return one line for each thing by which the database or the files are not what they were when it was planned."""
    if planned.instance != now.instance and planned.instance:
        return ["the plan is of another database"]
    lines = []
    for name in sorted({*planned.base, *now.base}):
        before, after = planned.base.get(name, 0), now.base.get(name, 0)
        if before != after:
            lines.append(f"{name}: version {before} was in force, now {after or 'none'} is")
    for name in sorted({*planned.files, *now.files}):
        if planned.files.get(name) != now.files.get(name):
            lines.append(f"{name}: the files say something else than the plan")
    return lines


def other_numbers(planned: Plan, now: Plan) -> list[str]:
    """Return one line for each number of leads or mails that applying would concern and that has changed since."""
    before, after = dict(_numbers(planned)), dict(_numbers(now))
    return [
        f"{what}: {before.get(what, 0)} when planned, {after.get(what, 0)} now"
        for what in sorted({*before, *after})
        if before.get(what, 0) != after.get(what, 0)
    ]


def _numbers(plan: Plan) -> Iterator[tuple[str, int]]:
    """Yield what the apply itself does to how many: those it moves, mails it drops, those it lets in."""
    for campaign in plan.campaigns:
        people = campaign.people
        for stand in people.stands:
            if stand.to:
                yield f"{campaign.name}: from {stand.at} (version {stand.version}) to {stand.to}", stand.leads
        yield f"{campaign.name}: mails that are dropped", people.dropped
        yield f"{campaign.name}: who would enter", people.enters
