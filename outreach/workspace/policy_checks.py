"""What the classes of funnel.yaml, team.yaml and senders.yaml can not tell by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from outreach.domain.funnel import FunnelError, compile_funnel
from outreach.domain.leads import FIELDS
from outreach.domain.policies import Funnel, Return, Senders, Team
from outreach.domain.words import Stage
from outreach.errors import Problem
from outreach.workspace import world
from outreach.workspace.checks import Known, condition, meant, subject, twice, window
from outreach.workspace.documents import Document, Place

NURTURED = frozenset({Stage.SUSPECT, Stage.MQL, Stage.SQL, Stage.CUSTOMER})
"""Stages into which it makes sense to come back."""


def funnel(document: Document, funnel: Funnel, known: Known) -> Iterator[Problem]:
    """Yield what is wrong in a funnel that is well formed."""
    for name in funnel.fields:
        if name in FIELDS:
            message = f'every lead has "{name}" already'
            yield document.problem(
                document.key(("fields", name)), "duplicate-name", message, "choose another name"
            )
    conditions = [*_scoring(document, funnel, known), *_moves(document, funnel, known)]
    yield from conditions or _compiled(document, funnel)
    yield from _temperature(document, funnel)
    for name, rules in (("lost", funnel.lost), ("rejected", funnel.rejected)):
        yield from _returns(document, (name, "reasons"), rules.reasons)
        yield from _returns(document, (name,), {"otherwise": rules.otherwise})
    if funnel.set_aside.to not in NURTURED:
        yield _no_way_back(document, ("set_aside", "to"), funnel.set_aside.to)


def _scoring(document: Document, funnel: Funnel, known: Known) -> Iterator[Problem]:
    for number, points in enumerate(funnel.scoring.points):
        yield from subject(document, ("scoring", "points", number), points.event, points.subject, known)
    for number, fit in enumerate(funnel.scoring.fit):
        yield from condition(document, ("scoring", "fit", number, "if"), fit.if_, known)


def _moves(document: Document, funnel: Funnel, known: Known) -> Iterator[Problem]:
    for number, move in enumerate(funnel.moves):
        yield from condition(document, ("moves", number, "if"), move.if_, known)
        if move.to in move.from_:
            node = document.find(("moves", number, "to"))
            yield document.problem(
                node, "stage", f"a lead in {move.to} is there already", "take it out of from"
            )


def _compiled(document: Document, funnel: Funnel) -> Iterator[Problem]:
    """Yield what only shows when all conditions are taken together."""
    try:
        compile_funnel(funnel)
    except FunnelError as error:
        node = document.find(error.path)
        yield document.problem(node, "expression", error.message, error.hint, offset=error.column - 1)


def _temperature(document: Document, funnel: Funnel) -> Iterator[Problem]:
    rule = funnel.temperature
    if rule.warm.about() < rule.hot.about():
        message = f"warm ({rule.warm}) is nearer than hot ({rule.hot})"
        yield document.problem(
            document.find(("temperature", "warm")), "wrong-value", message, "make warm longer"
        )


def _returns(document: Document, place: Place, rules: Mapping[str, Return | str]) -> Iterator[Problem]:
    for name, rule in rules.items():
        if isinstance(rule, Return) and rule.to not in NURTURED:
            yield _no_way_back(document, (*place, name, "to"), rule.to)


def _no_way_back(document: Document, place: Place, to: Stage) -> Problem:
    message = f"nobody is written to in the stage {to}"
    return document.problem(document.find(place), "stage", message, "leads come back as suspect or mql")


def team(document: Document, team: Team) -> Iterator[Problem]:
    """Yield what is wrong in a team that is well formed."""
    yield from twice(document, [(rep.name, ("reps", i, "name")) for i, rep in enumerate(team.reps)], "rep")
    for number, rep in enumerate(team.reps):
        place: Place = ("reps", number)
        yield from _address(document, (*place, "email"), rep.email)
        for index, country in enumerate(rep.territories):
            yield from _country(document, (*place, "territories", index), country)
        for index, away in enumerate(rep.away):
            if away.last < away.first:
                node = document.find((*place, "away", index, "last"))
                yield document.problem(node, "wrong-value", "the last day away is before the first")
    if team.fallback is not None and team.rep(team.fallback) is None:
        message = f'no rep has the name "{team.fallback}"'
        hint = meant(team.fallback, {rep.name for rep in team.reps})
        yield document.problem(document.find(("fallback",)), "rep-unknown", message, hint)
    yield from window(document, ("hours",), team.hours)


def senders(document: Document, senders: Senders) -> Iterator[Problem]:
    """Yield what is wrong in senders that are well formed."""
    organisation = senders.organisation
    if organisation.timezone not in world.zones():
        node = document.find(("organisation", "timezone"))
        message = f'"{organisation.timezone}" is no time zone'
        yield document.problem(node, "wrong-value", message, world.zone_meant(organisation.timezone))
    if organisation.country is not None:
        yield from _country(document, ("organisation", "country"), organisation.country)
    listed = list(enumerate(senders.senders))
    yield from twice(document, [(sender.name, ("senders", i, "name")) for i, sender in listed], "sender")
    yield from twice(
        document, [(sender.address, ("senders", i, "address")) for i, sender in listed], "mailbox"
    )
    for number, sender in listed:
        yield from _address(document, ("senders", number, "address"), sender.address)
        if sender.reply_to is not None:
            yield from _address(document, ("senders", number, "reply_to"), sender.reply_to)


def _country(document: Document, place: Place, code: str) -> Iterator[Problem]:
    if not world.is_country(code):
        node = document.find(place)
        yield document.problem(node, "wrong-value", f'"{code}" is no country', world.country_meant(code))


def _address(document: Document, place: Place, address: str) -> Iterator[Problem]:
    if fault := world.address_fault(address):
        yield document.problem(document.find(place), "wrong-value", f"this is no e-mail address: {fault}")
