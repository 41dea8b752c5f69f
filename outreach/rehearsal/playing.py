"""Plays the lead of a test through the campaign, on the engine's own rules and a clock that jumps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from outreach.applied import InForce
from outreach.domain.campaign import EmailStep, EnterOnEvent
from outreach.domain.campaign_tests import OF_A_REP, Answers, CampaignTest, Happens
from outreach.domain.fitting import false_parts
from outreach.domain.inbound.words import Intent
from outreach.domain.leads import facts
from outreach.domain.moments import Moment
from outreach.domain.timelines import Entry, Played, What
from outreach.domain.windows import NeverOpens
from outreach.domain.words import Kind, Stage, Verdict
from outreach.errors import OutreachError
from outreach.leads import Past, happened, snapshot
from outreach.rehearsal.casting import Cast, Unfit, cast_lead
from outreach.rehearsal.given import details, impossible, subject_of
from outreach.rehearsal.records import entry
from outreach.simulation.effects import Effects
from outreach.simulation.people import Person, as_lead
from outreach.simulation.story import HandedOff, Reaction, Record, Sent
from outreach.simulation.world import Running, World

LONGEST = timedelta(days=400)
STRIDE = timedelta(days=14)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Setting:
    """What a test is played with. `templates` are the texts of mails by name."""

    in_force: InForce
    running: Mapping[str, Running]
    templates: Mapping[str, str]


@dataclass(frozen=True)
class _Given:
    """One thing that happens, with its place in the test."""

    path: tuple[str | int, ...]
    kind: Kind
    happens: Happens | Answers

    @property
    def moment(self) -> Moment:
        return self.happens.at


def play(setting: Setting, name: str, test: CampaignTest, lead_id: int) -> Played:
    """Return what happens in the test to a lead of this id; Unfit where it can not be played as it is written."""
    running = setting.running[name]
    lead = cast_lead(test, running.program, setting.in_force)
    stage = _Play(setting, running, test, lead, lead_id)
    try:
        stage.play()
    except Unfit as unfit:
        unfit.played = stage.played()
        raise
    except (NeverOpens, OutreachError, OverflowError) as error:
        raise Unfit((), f"the engine could not go on: {error}") from error
    return stage.played()


class _Play:
    """One test while it is played."""

    def __init__(
        self, setting: Setting, running: Running, test: CampaignTest, lead: Cast, lead_id: int
    ) -> None:
        self.setting = setting
        self.running = running
        self.test = test
        self.lead = lead
        self.start_at = test.start_at.replace(tzinfo=lead.zone).astimezone(UTC)
        self.end_at = self.start_at
        self.entries: list[Entry] = []
        self.given_at: list[datetime] = []
        self.latest_at = self.start_at  # for which something is planned
        self.given = [
            _Given(("given", number, word), kind, happens)
            for number, word, kind, happens in test.happenings()
        ]
        self.counted: dict[int, datetime] = {}  # givens that follow a mail, by number, with when they happen
        self.person = Person.new(
            lead_id, lead.values["email"], {**lead.values, **lead.also}, lead.custom, self.start_at
        )
        self.world = World(
            setting.in_force, self._campaigns(), [self.person], self.start_at, self._behave, self._tell
        )

    def _campaigns(self) -> list[Running]:
        for number, name in enumerate(self.test.beside):
            if name not in self.setting.running:
                raise Unfit(("beside", number), f'there is no campaign "{name}"')
        return [self.running, *(self.setting.running[name] for name in self.test.beside)]

    def _tell(self, record: Record) -> None:
        self.entries.append(entry(record))

    def played(self, until: datetime | None = None) -> Played:
        """Return what happened until then, or until the end as far as it is known."""
        end_at = until or self.end_at
        place = self.running.program.campaign.window
        return Played(
            self.running.name, place, tuple(each for each in self.entries if each.at <= end_at), self.start_at,
            end_at, self.lead.zone, self.lead.country, self.lead.stage, tuple(self.given_at), self.lead.shown,
        )  # fmt: skip

    # -- the play ----------------------------------------------------------------------------------------

    def play(self) -> None:
        self._before()
        self._enter()
        for at, given in self._at_their_times():
            self._run(at)
            self._happens(at, given)
        self._to_the_end()
        self._all_happened()

    def _run(self, until: datetime) -> None:
        self.end_at = max(self.end_at, until)
        self.world.run(until)

    def _before(self) -> None:
        """Have done what the lead did before the test starts: it counts, and nothing follows from it."""
        done = [
            Past(Kind(each.kind), each.subject, each.detail, self.start_at - A_DAY, Verdict.HUMAN, False)
            for each in self.lead.before
        ]
        for at, given in self._at_their_times(before=True):
            detail, data = details(given.kind, given.happens, at.date())
            subject = given.happens.subject if isinstance(given.happens, Happens) else None
            hard = data.get("hard") is True
            done.append(Past(given.kind, subject or "", detail, at, Verdict.HUMAN, hard))
        self.person.pasts.extend(sorted(done, key=lambda past: past.at))

    def _enter(self) -> None:
        """Have happened at the start what makes leads enter, where the test says nothing of it."""
        enter = self.running.program.campaign.enter
        if isinstance(enter, EnterOnEvent) and all(given.kind != enter.event for given in self.given):
            self._schedule(self.start_at, enter.event, enter.subject or "", "", {})
        if self.person.stage == Stage.SQL:
            self._hand_off()
        self._run(self.start_at)
        self.out = tuple(_why_out(self.running, self.person, self.lead))

    def _hand_off(self) -> None:
        """Have a lead that starts as SQL handed to a rep, as whoever becomes one is."""
        effects = Effects(self.world.state)
        effects.open(as_lead(self.person), reason="wants to buy", evidence={"lines": []})
        effects.done()

    def _at_their_times(self, *, before: bool = False) -> Iterator[tuple[datetime, _Given]]:
        times = [
            (at, number, given)
            for number, given in enumerate(self.given)
            if (at := given.moment.happens_at(self.start_at, self.lead.zone, {})) is not None
            and (at < self.start_at) is before
        ]
        yield from ((at, given) for at, _, given in sorted(times, key=lambda each: each[:2]))

    def _happens(self, at: datetime, given: _Given) -> None:
        played = self.played()
        self._must_be_possible(played, at, given)
        subject = subject_of(given.kind, given.happens, played, at)
        detail, data = details(given.kind, given.happens, at.astimezone(self.lead.zone).date())
        for kind in _kinds(given.kind, detail):
            self._schedule(at, kind, subject, detail, data)
        self._note_given(at, given)

    def _schedule(self, at: datetime, kind: Kind, subject: str, detail: str, data: Mapping[str, Any]) -> None:
        self.latest_at = max(self.latest_at, at)
        self.world.schedule(at, self.person.id, kind, subject, detail, data)

    def _note_given(self, at: datetime, given: _Given) -> None:
        if given.kind not in OF_A_REP:
            self.given_at.append(at)

    def _behave(self, told: Sent | HandedOff, person: Person) -> Iterable[Reaction]:
        if isinstance(told, HandedOff):
            return []
        way = person.live  # which stands at the step of this mail
        ready_at = way.node_at if way else told.queued_at
        self.entries[-1] = self.entries[-1]._replace(ready_at=ready_at, back_at=person.hold_until)
        return [each for number, given in enumerate(self.given) for each in self._after(told, number, given)]

    def _after(self, told: Sent, number: int, given: _Given) -> Iterator[Reaction]:
        """Yield what is given to happen so long after this mail, where it is the first of its template or step."""
        if given.moment.anchor not in (told.template, told.step):
            return
        at = given.moment.happens_at(self.start_at, self.lead.zone, {given.moment.anchor or "": told.at})
        if at is None or self.counted.setdefault(number, at) != at:
            return
        detail, data = details(given.kind, given.happens, at.astimezone(self.lead.zone).date())
        subject = subject_of(given.kind, given.happens, self.played(told.at), told.at)
        self.latest_at = max(self.latest_at, at)
        for kind in _kinds(given.kind, detail):
            yield Reaction(at, kind, subject, detail, data)

    # -- the end -----------------------------------------------------------------------------------------

    def _to_the_end(self) -> None:
        """Go on until the campaign is over for the lead and all times that are named have passed, and a day more."""
        wanted = self.test.expect.until
        if wanted is not None and (span := wanted.span(self.start_at, self.lead.zone, self._sent())):
            self._run(span.end)
            return
        named_at = self._named_at()
        at, last_at = named_at, self.start_at + LONGEST
        self.world.run(max(at, self.end_at))
        while at < last_at and (self._is_live() or self.latest_at > at):
            at = min(at + STRIDE, last_at)
            self.world.run(at)
        over = [each.at for each in self.entries if each.what is What.ENDED]
        self.end_at = max([named_at, self.latest_at, *over], default=at) + A_DAY
        if self._is_live():
            self.end_at = at
        self.world.run(max(self.end_at, at))

    def _sent(self) -> Mapping[str, datetime]:
        return self.played().sent

    def _is_live(self) -> bool:
        kinds = [each.what for each in self.entries]
        return kinds.count(What.ENTERED) > kinds.count(What.ENDED)

    def _named_at(self) -> datetime:
        """Return the latest time that the test names."""
        expect = self.test.expect
        moments = [given.moment for given in self.given] + [moment for _, moment in expect.moments()]
        spans = [moment.span(self.start_at, self.lead.zone, {}) for moment in moments]
        latest = max([self.end_at, *(span.end for span in spans if span)])
        within = [each for each in (expect.handoff_within, expect.task_within) if each]
        return max([latest, *(each.after(latest, self.lead.zone) for each in within)])

    def _all_happened(self) -> None:
        """Refuse a test of which something given never came to pass."""
        played = self.played()
        for number, given in enumerate(self.given):
            if given.moment.anchor is None:
                continue
            if number not in self.counted:
                message = f"{given.moment.anchor} never goes, so this never happens"
                raise Unfit((*given.path, "at"), message, _standing_of(played))
            at = self.counted[number]
            if at <= self.end_at:
                self._must_be_possible(played, at, given)
                self._note_given(at, given)
        self._must_enter(played)

    def _must_be_possible(self, played: Played, at: datetime, given: _Given) -> None:
        first = next((node.id for node in self.running.program.nodes if isinstance(node.step, EmailStep)), "")
        message, hint = impossible(given.kind, given.happens, played, at, self.setting.templates, first)
        if message:
            raise Unfit(given.path, message, hint)

    def _must_enter(self, played: Played) -> None:
        if self.test.expect.enters is False or any(
            each.campaign == self.running.name for _, each in played.of(What.ENTERED)
        ):
            return
        why = "; ".join(self.out)
        hint = "change lead:, or write expect: {enters: false}"
        raise Unfit(("lead",), f"the lead does not enter: {why}", hint)


def _kinds(kind: Kind, detail: str) -> tuple[Kind, ...]:
    """Return the kinds of event that it is: a reply that asks for no more mail is an opt-out too."""
    if kind == Kind.REPLIED and detail == Intent.UNSUBSCRIBE:
        return (kind, Kind.UNSUBSCRIBED)
    return (kind,)


def _standing_of(played: Played) -> str:
    ended = next((each for _, each in played.of(What.ENDED)), None)
    return f"the campaign ends on {played.day(ended.at)} ({ended.detail})" if ended else ""


def _why_out(running: Running, person: Person, lead: Cast) -> Iterator[str]:
    audience, stages = running.program.audience, running.program.campaign.audience.stage
    if lead.stage not in stages:
        yield f"it is {lead.stage}, and the audience is {' or '.join(stages)}"
    elif person.stage not in stages:
        yield f"it is {person.stage} at once, and the audience is {' or '.join(stages)}"
    if audience is not None:
        yield from false_parts(audience, facts(snapshot(as_lead(person)), happened(person.pasts)))
