"""Makes the lead of a test: what the test says of it, and for the rest what fits the campaign's audience."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from outreach.applied import InForce
from outreach.domain import experiments, leads, rows, windows
from outreach.domain.campaign import Campaign, Step
from outreach.domain.campaign_tests import CampaignTest
from outreach.domain.cells import BadCell
from outreach.domain.expressions import Schema
from outreach.domain.facts import Fact, Facts, Happened
from outreach.domain.fitting import fitted
from outreach.domain.policies import Policies
from outreach.domain.rows import BadRow, RowReader, similar
from outreach.domain.sequence import Program
from outreach.domain.timelines import Played
from outreach.domain.words import Consent, Source, Stage
from outreach.errors import InputError
from outreach.workspace.world import zone_meant

EMAIL = "lead@example.com"
ALSO = frozenset({"rounds", "angle", "owner", "sender"})
"""Fields that no import brings, but that a test may give."""
BY_ITSELF = {
    "score": "a score comes from what a lead does: write given: {clicked: day -1}",
    "temperature": "it follows from purchase_at: write for example purchase_at: 2026-03-20",
    "created_at": "it is when the test starts",
}
OTHERS: Mapping[str, Sequence[str]] = {
    "lead.country": ("DE", "GB", "HU", "US", "FR"),
    "lead.language": ("en", "de"),
}
"""What stands in a field where a condition only says what must not stand there."""
FIXED = frozenset({"email", "score", "temperature", "stage", "stage_at", "created_at", "timezone", "consent"})
MOST_LEADS = 3_000


class Unfit(Exception):
    """A test that can not be played as it is written; `path` is the place below the test that is wrong."""

    played: Played | None = None  # what had happened by then

    def __init__(self, path: tuple[str | int, ...], message: str, hint: str = "") -> None:
        self.path = path
        self.message = message
        self.hint = hint
        super().__init__(message)


@dataclass(frozen=True)
class Cast:
    """The lead of a test: its columns, those that no import brings, the declared fields, and what it did before."""

    values: Mapping[str, Any]
    also: Mapping[str, Any]
    custom: Mapping[str, Any]
    before: tuple[Happened, ...]
    zone: ZoneInfo
    country: str | None

    @property
    def stage(self) -> Stage:
        return Stage(self.values["stage"])

    @property
    def shown(self) -> Mapping[str, str]:
        """What a person has to know of the lead to follow what happens."""
        known = {**self.values, **self.also, **self.custom}
        names = (
            "source",
            "country",
            "title",
            "rounds",
            "lost_reason",
            "competitor",
            "purchase_at",
            *self.custom,
        )
        found = {name: known[name] for name in names if known.get(name)}
        return {
            name: f"{value:%Y-%m-%d}" if isinstance(value, datetime) else _plain(value)
            for name, value in found.items()
        }


def cast_lead(test: CampaignTest, program: Program, in_force: InForce) -> Cast:
    """Return the lead of the test; Unfit says what is wrong with it, or that nobody fits the audience."""
    custom_types = in_force.funnel.funnel.fields
    told, said = _read(test, in_force)
    stage = Stage(told.get("stage") or program.campaign.audience.stage[0])
    values: dict[str, Any] = {
        "email": EMAIL,
        "source": str(Source.CONTENT),
        "consent": str(Consent.LEGITIMATE_INTEREST),
        **told,
    }
    values["stage"] = str(stage)
    made = _fit(program, values, said, in_force)
    for name, value in made.fields.items():
        values[name.removeprefix("lead.")] = value
    values = rows.with_zone({name: value for name, value in values.items() if value is not None})
    organisation = in_force.policies.senders.organisation
    return Cast(
        {name: value for name, value in values.items() if name in rows.NAMES},
        {name: int(value) if name == "rounds" else value for name, value in values.items() if name in ALSO},
        {name: _stored(value) for name, value in values.items() if name in custom_types and name not in rows.NAMES},
        tuple(sorted(made.happened, key=lambda each: (each.kind, each.subject, each.detail))),
        windows.zone(values.get("timezone"), organisation.timezone),
        values.get("country") or organisation.country,
    )  # fmt: skip


def _stored(value: object) -> object:
    return value.date().isoformat() if isinstance(value, datetime) else value


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


# -- what the test says -----------------------------------------------------------------------------------


def _read(test: CampaignTest, in_force: InForce) -> tuple[dict[str, Any], frozenset[str]]:
    """Return the values that the test gives, by the rules of an import, and the names of all that it speaks of."""
    custom = in_force.funnel.funnel.fields
    found: dict[str, Any] = {}
    for name, written in test.lead.items():
        if hint := BY_ITSELF.get(name):
            raise Unfit(("lead", name), f'"{name}" can not be set', hint)
        if name not in rows.NAMES and name not in custom and name not in ALSO:
            known = [*rows.NAMES, *ALSO, *custom]
            raise Unfit(
                ("lead", name), f'"{name}" is not a field of a lead', similar(name, known).removeprefix("; ")
            )
        if written is not None:
            found[name] = _value(name, _plain_text(written), in_force)
    return found, frozenset(test.lead)


def _plain_text(written: str | float | bool) -> str:
    if isinstance(written, bool):
        return "yes" if written else "no"
    return _plain(written)


def _value(name: str, written: str, in_force: InForce) -> Any:
    """Return what is written of a field; Unfit where it can not be."""
    if name in ALSO:
        return _also(name, written, in_force.policies)
    try:
        if name == "stage":
            return rows.word(Stage, written)
        value = _imported(name, written, in_force.funnel.funnel.fields)
    except (BadRow, BadCell, InputError) as error:
        message, _, hint = str(error).removeprefix(f"{name}: ").partition("; ")
        raise Unfit(("lead", name), message, hint) from None
    if value is None:  # an import passes over it; here somebody meant something
        hint = zone_meant(written) if name == "timezone" else ""
        raise Unfit(("lead", name), f"{written[:40]!r} is no {name}", hint)
    return value


def _imported(name: str, written: str, custom: Mapping[str, str]) -> Any:
    layout = rows.layout(["email"] if name == "email" else ["email", name], {}, custom)
    reader = RowReader(layout, custom, {"source": "content", "consent": "express"}, reserved=True)
    incoming = reader.read([written] if name == "email" else [EMAIL, written])
    return incoming.email if name == "email" else {**incoming.values, **incoming.fields}.get(name)


def _also(name: str, written: str, policies: Policies) -> Any:
    there = {
        "owner": [rep.name for rep in policies.team.reps],
        "sender": [sender.name for sender in policies.senders.senders],
    }
    if name in there and written not in there[name]:
        hint = f"there are {', '.join(there[name])}"
        raise Unfit(("lead", name), f"there is no {name} {written[:40]!r}", hint)
    if name == "rounds" and not re.fullmatch(r"\d{1,2}", written):
        raise Unfit(("lead", name), f"{written[:40]!r} is no number of rounds", "write for example 1")
    return int(written) if name == "rounds" else written


# -- what fits ----------------------------------------------------------------------------------------------


def _fit(program: Program, values: Mapping[str, Any], said: frozenset[str], in_force: InForce) -> Facts:
    """Return what has to be known of the lead beside `values`, and to have happened, for it to be in the audience.

    Nothing where only the test's own words keep it out: then the test shows that it does not enter.
    """
    condition = program.audience
    if condition is None:
        return Facts({})
    schema = leads.schema(in_force.funnel.funnel.fields)
    known: dict[str, Fact] = {name: None for name in schema.fields}
    known |= {"lead.rounds": 0, "lead.score": 0.0, "lead.temperature": "cold"}
    known |= {f"lead.{name}": value for name, value in values.items()}
    base = Facts(known)
    free = [name for name in schema.fields if name.removeprefix("lead.") not in FIXED | said]
    words = _words(schema, in_force)
    made = fitted(condition, base, free, words)
    if made is None and said:
        # What the test says keeps the lead out: the rest is made to fit, so that only that is told.
        made = fitted(condition, base, [*free, *(f"lead.{name}" for name in said)], words)
    if made is None and not said:
        hint = "say what it is or did: lead: {country: DE}, given: {attended: day -1}"
        raise Unfit((), "no lead could be made up who is in the audience", hint)
    if made is None:
        return Facts({})
    changed = {name: made.fields[name] for name in free if made.fields[name] != known[name]}
    return Facts(changed, made.happened)


def _words(schema: Schema, in_force: InForce) -> Mapping[str, Sequence[str]]:
    words: dict[str, Sequence[str]] = {name: sorted(known) for name, known in schema.words.items()}
    funnel, policies = in_force.funnel.funnel, in_force.policies
    words |= {
        **OTHERS,
        "lead.lost_reason": sorted(funnel.lost.reasons),
        "lead.owner": [rep.name for rep in policies.team.reps],
        "lead.sender": [sender.name for sender in policies.senders.senders],
    }
    return words


def lead_ids(test: CampaignTest, program: Program) -> list[int]:
    """Return ids of leads who together get every variant of every step; of one who gets those that the test names.

    Who is held out gets no mail, so nobody of them is taken.
    """
    steps = {node.id: node.step for node in program.nodes if getattr(node.step, "variants", None) is not None}
    wanted = _wanted(test, program.campaign, steps)
    found: list[int] = []
    for lead_id in range(1, MOST_LEADS):
        if experiments.is_held_out(program.campaign, lead_id):
            continue
        arms = {
            (name, experiments.arm(program.campaign, name, step, lead_id)) for name, step in steps.items()
        }
        if test.variant is not None and arms == wanted:
            return [lead_id]
        if test.variant is None and (not found or arms & wanted):
            found.append(lead_id)
            wanted -= arms
        if test.variant is None and not wanted:
            return found
    return found or [1]


def _wanted(test: CampaignTest, campaign: Campaign, steps: Mapping[str, Step]) -> set[tuple[str, int | None]]:
    counts = {
        design.name: len(design.arms)
        for design in experiments.designs(campaign, steps.items())
        if design.name in steps
    }
    if test.variant is None:
        return {(name, number) for name, count in counts.items() for number in range(count)}
    if test.variant > max(counts.values(), default=0):
        hint = f"there are {max(counts.values())}" if counts else ""
        raise Unfit(("variant",), f"no step has a variant {test.variant}", hint)
    return {(name, min(test.variant, count) - 1) for name, count in counts.items()}
