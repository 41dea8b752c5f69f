"""Puts together what a simulation begins with: the files as they are now, and people of the database or of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel

from outreach.applied import InForce
from outreach.domain.behaviour_model import Model
from outreach.domain.campaign import EmailStep
from outreach.errors import InputError
from outreach.simulation import model_file, opening
from outreach.simulation.acting import links_of
from outreach.simulation.history import History
from outreach.simulation.people import Person
from outreach.simulation.population import Taken
from outreach.simulation.runs import Scene
from outreach.simulation.state import Before, Running
from outreach.workspace import Workspace

AS_APPLIED = "as applied"
DIFFERS = "edited since the last apply"
NEW = "not applied yet"
NOT_IN_FILES = "in no file, as they were applied"
PAUSED = "paused, left out"
PAUSED_TOO = "paused, played as if they ran"


@dataclass(frozen=True)
class Applied:
    """What runs in a database, with its people as they stand."""

    in_force: InForce | None  # none: nothing is applied yet
    running: tuple[Running, ...] = ()
    paused: Mapping[str, int] = field(default_factory=dict)  # name -> id
    people: Sequence[Person] = ()
    history: History = field(default_factory=History)
    salt: str = ""
    before: Before | None = None


@dataclass(frozen=True)
class Asked:
    """What somebody wants simulated."""

    start: datetime
    days: int
    campaign: str | None = None
    model: Path | None = None
    now: datetime | None = None  # the present, if it is not the start


@dataclass(frozen=True)
class About:
    """What a scene is made of, to be told with its results."""

    people: str  # where they are from
    campaigns: Mapping[str, str]  # name -> how the file stands to what is applied
    policies: Sequence[str]  # files that differ from what is applied: funnel, team, senders
    left_out: int  # people who are under way in other campaigns than the one asked for
    taken: Taken | None  # of a file


def scene(
    workspace: Workspace,
    applied: Applied,
    people: Sequence[Person],
    asked: Asked,
    taken: Taken | None,
) -> tuple[Scene, About]:
    """Return the scene and what it is made of; InputError where there is nothing to simulate.

    Where a file differs from what is applied the file holds: a simulation shows what an edit would do. People who are
    under way stay on the version that they entered on, as they would after an apply.
    """
    in_force, filed = opening.from_files(workspace)
    merged, states = _merged(filed, applied)
    campaigns = _chosen(merged, states, asked.campaign)
    there = [person for person in people if _may_be(person, campaigns, asked.campaign)]
    if not there:
        raise InputError(_nobody(people, asked.campaign, taken))
    _bring_forward(there, asked)
    if applied.in_force is not None:
        _as_after_an_apply(there, campaigns, states, applied.in_force, in_force, asked.start)
    names = {each.name for each in campaigns}
    about = About(
        "the file" if taken else "the database",
        {name: state for name, state in states.items() if name in names or state == PAUSED},
        _differing(applied.in_force, in_force),
        len(people) - len(there),
        taken,
    )
    model = _model(asked.model, campaigns, in_force)
    links = links_of(workspace.templates)
    return Scene(
        in_force,
        campaigns,
        there,
        model,
        applied.history,
        links,
        asked.start,
        asked.days,
        applied.salt,
        applied.before,
    ), about


def _model(path: Path | None, campaigns: Sequence[Running], in_force: InForce) -> Model:
    if path is None:
        return Model()
    return model_file.read(path, {each.name: mails_of(each) for each in campaigns}, in_force.policies.funnel)


def mails_of(running: Running) -> list[str]:
    """Return the steps of a campaign that send a mail, in the order of the file."""
    return [node.id for node in running.program.nodes if isinstance(node.step, EmailStep)]


# -- files and what is applied ---------------------------------------------------------------------


def _merged(filed: Iterable[Running], applied: Applied) -> tuple[list[Running], dict[str, str]]:
    """Return the campaigns as an apply of the files would leave them, and how each file stands to what is applied."""
    running = {each.name: each for each in applied.running}
    ids = {**{each.name: each.id for each in applied.running}, **dict(applied.paused)}
    next_id = max(ids.values(), default=0) + 1
    next_version = max((each.version_id for each in applied.running), default=0) + 1
    found, states = [], {}
    for number, each in enumerate(filed):
        before = running.pop(each.name, None)
        if before is not None and _same(before.program.campaign, each.program.campaign):
            found.append(before)
            states[each.name] = AS_APPLIED
            continue
        number_of = ids.get(each.name, next_id + number)
        found.append(each._replace(id=number_of, version_id=next_version + number))
        states[each.name] = DIFFERS if before else PAUSED if each.name in applied.paused else NEW
    for name, each in running.items():
        found.append(each)
        states[name] = NOT_IN_FILES
    return found, states


def _same(before: BaseModel, after: BaseModel) -> bool:
    # As apply compares: read back from a database, a value that was left out counts as one that was said.
    return before.model_dump(mode="json", by_alias=True) == after.model_dump(mode="json", by_alias=True)


def _chosen(campaigns: list[Running], states: dict[str, str], name: str | None) -> tuple[Running, ...]:
    if name is None:
        return tuple(each for each in campaigns if states[each.name] != PAUSED)
    known = [each.name for each in campaigns]
    if name not in known:
        raise InputError(f"there is no campaign {name!r}; {model_file.meant(name, known)}")
    if states[name] == PAUSED:
        states[name] = PAUSED_TOO
    return tuple(each for each in campaigns if each.name == name)


def _differing(before: InForce | None, after: InForce) -> list[str]:
    if before is None:
        return []
    return [
        f"{name}.yaml"
        for name in ("funnel", "team", "senders")
        if not _same(getattr(before.policies, name), getattr(after.policies, name))
    ]


# -- people ----------------------------------------------------------------------------------------


def _may_be(person: Person, campaigns: Sequence[Running], name: str | None) -> bool:
    """Return whether the person takes part: who is under way in another campaign than the one asked for does not."""
    return name is None or person.live is None or person.live.campaign == name


def _nobody(people: Sequence[Person], campaign: str | None, taken: Taken | None) -> str:
    if people:
        return f"nobody is left to simulate: all {len(people):,} leads are under way in other campaigns than {campaign}"
    if taken is None:
        return "there are no leads to simulate: import some, or name a file with --leads FILE --source SOURCE"
    why = f"; {taken.rejected:,} rows are rejected" if taken.rejected else ""
    why += f", the first: {taken.reasons[0]}" if taken.reasons else ""
    why += f"; {taken.suppressed:,} people must not be written to" if taken.suppressed else ""
    return f"there is nobody to simulate in the file{why}"


def _bring_forward(people: Iterable[Person], asked: Asked) -> None:
    """Have people stand at a start in the past as they stand now: what is due now is due then."""
    now, start = asked.now or asked.start, asked.start
    if start >= now:
        return
    for person in people:
        for each in (person, person.live, *person.waiting):
            if each is not None and each.due_at is not None and each.due_at <= now:
                each.due_at = start
        if person.match_at is not None and person.match_at <= now:
            person.match_at = start
        person.stage_at, person.created_at = min(person.stage_at, start), min(person.created_at, start)


def _as_after_an_apply(
    people: Iterable[Person],
    campaigns: Sequence[Running],
    states: Mapping[str, str],
    before: InForce,
    after: InForce,
    now: datetime,
) -> None:
    """Have people looked at as an apply would: matched for what is new or changed, reviewed by another funnel."""
    stages = {
        stage
        for each in campaigns
        if states[each.name] != AS_APPLIED
        for stage in each.program.campaign.audience.stage
    }
    reviewed = not _same(before.policies.funnel, after.policies.funnel)
    for person in people:
        if person.stage in stages and person.match_at is None:
            person.match_at = now
        if reviewed:
            person.due_at = now
