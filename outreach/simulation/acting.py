"""Has the people and reps of a simulation act by a model: what the world asks after each mail and hand-off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from outreach import handoffs
from outreach.applied import InForce
from outreach.domain.behaviour import Behaviour, Reaction, Step, after_handoff, after_mail, prepare
from outreach.domain.behaviour_model import Model, Sourced, learned
from outreach.domain.campaign import EmailStep
from outreach.domain.policies import Team
from outreach.domain.sequence import Program
from outreach.domain.words import Kind
from outreach.simulation.history import History
from outreach.simulation.story import HandedOff, Sent
from outreach.workspace.template_checks import name_of

if TYPE_CHECKING:
    from outreach.simulation.people import Person

_LINK = re.compile(r"""\]\(\s*<?(https?://[^\s)>]+)|\bhref\s*=\s*["'](https?://[^"'\s]+)""")


def links_of(templates: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the addresses that each template links to, by its name without ending; those with fields in them too."""
    return {
        name_of(name): tuple(dict.fromkeys(first or second for first, second in _LINK.findall(text)))
        for name, text in templates.items()
    }


def steps_of(
    programs: Iterable[tuple[str, Program]], links: Mapping[str, tuple[str, ...]]
) -> tuple[Step, ...]:
    """Return the steps of these campaigns that send a mail."""
    return tuple(
        Step(name, node.id, node.step.email, links.get(node.step.email, ()))
        for name, program in programs
        for node in program.nodes
        if isinstance(node.step, EmailStep)
    )


def asks_for_opens(in_force: InForce, programs: Iterable[Program]) -> bool:
    """Return whether anything could follow from an open: else none need be played."""
    written = [in_force.policies.funnel, *(program.campaign for program in programs)]
    return any(str(Kind.OPENED) in json.dumps(each.model_dump(mode="json")) for each in written)


def reps_of(model: Model, history: History) -> tuple[Model, dict[str, Sourced]]:
    """Return the model with what the past says of reps, and where their rates are from."""
    told = {}
    for name, count in (("accepted", history.accepted), ("won", history.won)):
        said = name in model.reps.model_fields_set
        found = Sourced(getattr(model.reps, name), "file" if said else "default")
        if model.history and not said and count.mails:
            found = learned(count, found, enough=50)
        told[name] = found
    rates = {name: each.rate for name, each in told.items()}
    return model.model_copy(update={"reps": model.reps.model_copy(update=rates)}), told


class Acting:
    """A behaviour as the world asks for it. It holds nothing that changes."""

    def __init__(self, behaviour: Behaviour) -> None:
        self._behaviour = behaviour
        self._team: Team = behaviour.team

    def __call__(self, told: Sent | HandedOff, person: Person) -> Iterable[Reaction]:
        if isinstance(told, Sent):
            return after_mail(self._behaviour, told, person)
        return after_handoff(self._behaviour, told, person, handoffs.answer_by(self._team, told.at))


def prepared(
    model: Model,
    seed: str,
    in_force: InForce,
    campaigns: Sequence[tuple[str, Program]],
    history: History,
    links: Mapping[str, tuple[str, ...]],
) -> Behaviour:
    """Return the model made ready for one seed and these campaigns."""
    model, _ = reps_of(model, history)
    policies = in_force.policies
    opens_matter = asks_for_opens(in_force, [program for _, program in campaigns])
    behaviour = prepare(
        model,
        seed,
        steps_of(campaigns, links),
        history.mails,
        policies.funnel,
        policies.team,
        zone=policies.senders.organisation.timezone,
    )
    return replace(behaviour, opens_matter=opens_matter)
