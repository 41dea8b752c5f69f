"""What people do about a mail, and reps about a lead: a model's rates, and a hash instead of dice."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from hashlib import blake2b
from struct import Struct
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from outreach.domain import windows
from outreach.domain.behaviour_model import RATES, Delay, Model, Past, Sourced, intents_of, rate_of
from outreach.domain.campaign import Window
from outreach.domain.inbound.words import Intent
from outreach.domain.policies import Funnel, Team
from outreach.domain.words import Kind

OTHER = "other"
"""The reason of a rep where funnel.yaml names none."""

_WORDS = Struct("<4I")
_ALL = 2**32
_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)
_LONGEST = timedelta(days=3650)


class Reaction(NamedTuple):
    """What somebody will do about something that was told, and when."""

    at: datetime
    kind: Kind
    subject: str = ""
    detail: str = ""
    data: Mapping[str, Any] = {}


class Mailed(Protocol):
    """A mail that was taken by the server."""

    @property
    def at(self) -> datetime: ...
    @property
    def campaign(self) -> str: ...
    @property
    def step(self) -> str: ...
    @property
    def template(self) -> str: ...


class Given(Protocol):
    """A lead that was given to a rep."""

    @property
    def at(self) -> datetime: ...
    @property
    def rep(self) -> str | None: ...
    @property
    def handoff_id(self) -> int: ...


class Somebody(Protocol):
    """A lead, as far as it matters here."""

    @property
    def id(self) -> int: ...
    @property
    def rounds(self) -> int: ...
    @property
    def timezone(self) -> str | None: ...


class Odds(NamedTuple):
    """When a throw from 0 to 2**32 - 1 means that something happens; it does below the number."""

    clicked: int
    opened: int  # clicks are below it too
    complained: int
    unsubscribed: int  # from `complained` up
    replied: int  # from `unsubscribed` up


@dataclass(frozen=True)
class OfMail:
    """What may come back of one step's mail: odds for the attentive and for the others."""

    key: bytes
    bounced: int
    away: int
    attentive: Odds
    others: Odds
    intents: tuple[tuple[float, str], ...]  # each with the upper end of its share
    links: tuple[str, ...]


@dataclass(frozen=True)
class Behaviour:
    """A model made ready for one seed. `told` are the rates that hold, by campaign, step and name, with their source."""

    model: Model
    seed: str
    mails: Mapping[tuple[str, str], OfMail]
    told: Mapping[tuple[str, str, str], Sourced]
    team: Team
    rejected_for: tuple[tuple[float, str], ...]
    lost_for: tuple[tuple[float, str], ...]
    zone: str = "UTC"  # of leads whose own is not known
    opens_matter: bool = True
    of_person: bytes = field(default=b"")


class Step(NamedTuple):
    """A step that sends mail, with the addresses that its template links to."""

    campaign: str
    step: str
    template: str
    links: tuple[str, ...] = ()


def prepare(
    model: Model,
    seed: str,
    steps: Sequence[Step],
    past: Past,
    funnel: Funnel,
    team: Team,
    *,
    zone: str = "UTC",
    opens_matter: bool = True,
) -> Behaviour:
    """Return the model made ready for these steps and this seed.

    Where nothing asks for opens (`opens_matter` false) none is played; everything else stays as it is.
    """
    told = {
        (each.campaign, each.step, name): rate_of(model, past, each.campaign, each.step, each.template, name)
        for each in steps
        for name in RATES
    }
    mails = {
        (each.campaign, each.step): _of_mail(
            model, seed, each, {name: told[each.campaign, each.step, name].rate for name in RATES}
        )
        for each in steps
    }
    return Behaviour(
        model, seed, mails, told, team,
        _reasons(model.reps.rejected_for, funnel.rejected.reasons),
        _reasons(model.reps.lost_for, funnel.lost.reasons),
        zone, opens_matter, f"{seed}:who:".encode(),
    )  # fmt: skip


def _of_mail(model: Model, seed: str, step: Step, rates: Mapping[str, float]) -> OfMail:
    attentive, others = _split(model, rates)
    intents = intents_of(model, step.campaign, step.step)
    return OfMail(
        f"{seed}:{step.campaign}:{step.step}:".encode(),
        _odds(rates["bounced"]),
        _odds(rates["away"]),
        _throws(attentive),
        _throws(others),
        _shares({str(intent): share for intent, share in intents.items()}),
        step.links,
    )


def _split(model: Model, rates: Mapping[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the rates of the attentive and of the others, so that all together have the rates given."""
    share, part = model.people.attentive, model.people.of_reactions
    attentive, others = {}, {}
    for name, rate in rates.items():
        theirs = min(1.0, rate * part / share) if share else 0.0
        # Where not all of the part fits into the attentive, the others do more.
        rest = min(1.0, max(0.0, (rate - share * theirs) / (1 - share))) if share < 1 else 0.0
        attentive[name], others[name] = (theirs if share < 1 else rate), rest
    return attentive, others


def _throws(rates: Mapping[str, float]) -> Odds:
    clicked, complained = rates["clicked"], rates["complained"]
    left = complained + rates["unsubscribed"]
    return Odds(
        _odds(clicked),
        _odds(max(clicked, rates["opened"])),
        _odds(complained),
        _odds(left),
        _odds(left + rates["replied"]),
    )


def _odds(rate: float) -> int:
    return min(_ALL, round(rate * _ALL))


def _shares(shares: Mapping[str, float]) -> tuple[tuple[float, str], ...]:
    total, found = 0.0, []
    for name, share in shares.items():
        total += share
        found.append((total, name))
    return tuple(found)


def _reasons(said: Mapping[str, float] | None, known: Mapping[str, Any]) -> tuple[tuple[float, str], ...]:
    return _shares(said if said is not None else {name: 1 / len(known) for name in known})


def _chosen(shares: Sequence[tuple[float, str]], throw: float, otherwise: str) -> str:
    return next((name for end, name in shares if throw < end), otherwise)


# -- what people do --------------------------------------------------------------------------------


def after_mail(behaviour: Behaviour, mail: Mailed, lead: Somebody) -> tuple[Reaction, ...]:
    """Return what the lead does about the mail, in order of time; mostly nothing.

    The same lead does the same about the same step in every run of a seed, whatever happens to others; another
    round through the funnel is another throw.
    """
    odds = behaviour.mails.get((mail.campaign, mail.step))
    if odds is None:
        return ()
    lead_id, rounds = lead.id, lead.rounds
    who, address, _, _ = _throw(b"%b%d" % (behaviour.of_person, lead_id))
    # An address is dead or not: it does not bounce for the first time at the fifth mail.
    if address < odds.bounced:
        return (_bounce(behaviour, mail, lead),)
    reading, talking, away, _ = _throw(b"%b%d:%d" % (odds.key, lead_id, rounds))
    own = odds.attentive if who < behaviour.model.people.attentive * _ALL else odds.others
    opened = own.opened if behaviour.opens_matter else own.clicked
    if reading >= opened and talking >= own.replied and away >= odds.away:
        return ()
    found = list(_reactions(behaviour, mail, lead, odds, own, (reading, talking, away)))
    return tuple(sorted(found, key=_when))


def _throw(text: bytes) -> tuple[int, int, int, int]:
    return _WORDS.unpack(blake2b(text, digest_size=16).digest())


def _when(reaction: Reaction) -> datetime:
    return reaction.at


class _Chance:
    """Throws for one lead about one thing, each with a name of its own."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def unit(self, what: str) -> float:
        """Return a number from 0 to 1, 1 left out."""
        return _throw(b"%b:%b" % (self._key, what.encode()))[0] / _ALL

    def wait(self, what: str, delay: Delay) -> timedelta:
        """Return a log-normal time, to the second."""
        first, second, _, _ = _throw(b"%b:%b" % (self._key, what.encode()))
        normal = math.sqrt(-2 * math.log((first + 1) / _ALL)) * math.cos(2 * math.pi * second / _ALL)
        median = delay.median.about() / _SECOND
        seconds = median * math.exp(math.log(delay.spread) * normal)
        return min(timedelta(seconds=max(1, round(seconds))), _LONGEST)


def _bounce(behaviour: Behaviour, mail: Mailed, lead: Somebody) -> Reaction:
    chance = _Chance(b"%b%d:bounce" % (behaviour.of_person, lead.id))
    at = mail.at + chance.wait("at", behaviour.model.people.bounces_after)
    return Reaction(at, Kind.BOUNCED, mail.template, "5.1.1 user_unknown", {"hard": True})


def _reactions(
    behaviour: Behaviour,
    mail: Mailed,
    lead: Somebody,
    odds: OfMail,
    own: Odds,
    throws: tuple[int, int, int],
) -> Iterator[Reaction]:
    reading, talking, away = throws
    people = behaviour.model.people
    chance = _Chance(b"%b%d:%d" % (odds.key, lead.id, lead.rounds))
    zone = windows.zone(lead.timezone, behaviour.zone)
    starts = mail.at
    if away < odds.away:
        back = _back(mail.at, chance.wait("away", people.away_for), zone)
        said = {"resume_on": back.isoformat()}
        yield Reaction(mail.at + 2 * _MINUTE, Kind.AUTO_REPLIED, mail.template, "", said)
        starts = back
    read_at = _awake(people.waking, starts + chance.wait("reads", people.reads_after), zone, chance, "reads")
    if behaviour.opens_matter and (reading < own.opened or talking < own.replied):
        yield Reaction(read_at, Kind.OPENED, mail.template)
    if reading < own.clicked:
        yield from _clicks(behaviour, mail, odds, chance, read_at + _MINUTE)
    if talking < own.complained:
        yield Reaction(read_at + 2 * _MINUTE, Kind.COMPLAINED, mail.template)
    elif talking < own.unsubscribed:
        yield Reaction(read_at + 2 * _MINUTE, Kind.UNSUBSCRIBED, mail.template)
    elif talking < own.replied:
        later = read_at + chance.wait("replies", people.replies_after)
        at = _awake(people.waking, later, zone, chance, "replies")
        yield from _reply(mail, odds, chance, at)


def _back(at: datetime, away: timedelta, zone: ZoneInfo) -> datetime:
    day = (at + max(away, timedelta(days=1))).astimezone(zone).date()
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _awake(waking: Window, at: datetime, zone: ZoneInfo, chance: _Chance, what: str) -> datetime:
    """Return `at`, or a while after the lead's next morning where it is night."""
    at = at.replace(microsecond=0)
    opens = windows.next_open(waking, at, zone=zone, country=None)
    if opens <= at:
        return opens
    return opens + timedelta(minutes=int(chance.unit(f"{what} in the morning") * 150))


def _clicks(
    behaviour: Behaviour, mail: Mailed, odds: OfMail, chance: _Chance, at: datetime
) -> Iterator[Reaction]:
    after = behaviour.model.after_click
    link = odds.links[int(chance.unit("link") * len(odds.links))] if odds.links else ""
    yield Reaction(at, Kind.CLICKED, mail.template, link)
    page = urlsplit(link).path
    if page and chance.unit("visits") < after.visited:
        yield Reaction(at + _SECOND, Kind.VISITED, page, link)
    for number, (other, share) in enumerate(after.pages.items(), start=2):
        if other != page and chance.unit(f"page:{other}") < share:
            yield Reaction(at + number * _MINUTE, Kind.VISITED, other, other)
    for form, share in after.forms.items():
        if chance.unit(f"form:{form}") < share:
            yield Reaction(at + 15 * _MINUTE, Kind.SUBMITTED, form)
    if chance.unit("meeting") < after.meeting_booked:
        yield Reaction(at + 20 * _MINUTE, Kind.MEETING_BOOKED)


def _reply(mail: Mailed, odds: OfMail, chance: _Chance, at: datetime) -> Iterator[Reaction]:
    intent = _chosen(odds.intents, chance.unit("intent"), "")
    yield Reaction(at, Kind.REPLIED, mail.template, intent, {"intent": intent} if intent else {})
    if intent == Intent.UNSUBSCRIBE:
        yield Reaction(at, Kind.UNSUBSCRIBED, mail.template, intent)


# -- what reps do ----------------------------------------------------------------------------------


def after_handoff(
    behaviour: Behaviour, given: Given, lead: Somebody, answer_by: datetime
) -> tuple[Reaction, ...]:
    """Return the rep's answer, and how the deal ends that it opens; nothing where the rep does not answer in time."""
    reps, team = behaviour.model.reps, behaviour.team
    if given.rep is None:
        return ()
    key = f"{behaviour.seed}:rep:{given.rep}:{lead.id}:{lead.rounds}"
    chance = _Chance(key.encode())
    if chance.unit("answers") >= reps.answered:
        return ()
    zone = windows.zone(team.hours.timezone)
    starts = windows.next_open(team.hours, given.at, zone=zone, country=None)
    at = windows.next_open(
        team.hours, starts + chance.wait("answers", reps.answers_after), zone=zone, country=None
    )
    if at >= answer_by:
        return ()
    data = {"handoff": given.handoff_id, "rep": given.rep}
    if chance.unit("accepts") >= reps.accepted:
        reason = _chosen(behaviour.rejected_for, chance.unit("reason"), OTHER)
        return (Reaction(at, Kind.HANDOFF_REJECTED, "", reason, data),)
    closes = at + chance.wait("closes", reps.closes_after)
    closes = windows.next_open(team.hours, max(closes, at + _MINUTE), zone=zone, country=None)
    accepted = Reaction(at, Kind.HANDOFF_ACCEPTED, "", "", data)
    if chance.unit("wins") < reps.won:
        return (accepted, Reaction(closes, Kind.DEAL_WON, "", "", data))
    reason = _chosen(behaviour.lost_for, chance.unit("lost"), OTHER)
    return (accepted, Reaction(closes, Kind.DEAL_LOST, "", reason, data))
