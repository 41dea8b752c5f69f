"""Plays one lead forward as if nothing happened but time: points fade, steps come due, mails go and are accepted."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from outreach import applied, leads, models
from outreach.domain import experiments, funnel, scoring, sequence, temperature
from outreach.domain.campaign import EmailStep
from outreach.domain.expressions import holds
from outreach.domain.sequence import Do, Finish, Stop, Wait
from outreach.domain.words import EnrollmentStatus, Kind, MessageStatus
from outreach.explain import mails
from outreach.explain.standing import WAITING, Running, Standing, progress
from outreach.explain.values import Happening

MOST_MOMENTS = 2_000
MOST_MOVES = 5
EXPECTED = "expected"


def until(session: Session, standing: Standing, at: datetime) -> tuple[Standing, tuple[Happening, ...]]:
    """Return how the lead would stand at `at`, and what happens on the way, if nothing else does.

    Each mail is taken as accepted when its window opens, or when its turn in the queue comes for one that waits now;
    the limits of senders are not played further. What opens, clicks and replies would change is not guessed.
    """
    played = _Play(session, standing)
    for _ in range(MOST_MOMENTS):
        played.act()
        soon = played.next_moment()
        if soon is None or soon > at:
            break
        standing.at = soon
    standing.at, standing.view = at, "future"
    return standing, tuple(played.expected)


class _Play:
    """A lead whose time is played."""

    def __init__(self, session: Session, standing: Standing) -> None:
        self.session, self.standing = session, standing
        self.expected: list[Happening] = []
        self.goes: dict[int, datetime | None] = {}
        self.looks_at: datetime | None = None  # when its campaign is looked at next
        self.numbers = iter(range(-1, -1_000_000, -1))
        asked = {each for run in standing.running for each in run.program.thresholds}
        compiled = standing.in_force.funnel
        self.compiled = replace(compiled, thresholds=tuple(sorted(asked | set(compiled.thresholds))))
        for message in standing.messages:
            if message.status in WAITING:
                going = mails.going(session, standing, message)
                self.goes[message.id] = going.at if going else None

    def next_moment(self) -> datetime | None:
        """Return when time alone next changes something."""
        standing = self.standing
        looks = [
            funnel.next_look(
                self.compiled, leads.snapshot(standing.row), standing.scored(), self._fit(), standing.at
            ),
            self.looks_at,
            *self.goes.values(),
        ]
        if standing.suppressed is not None:
            looks.append(standing.suppressed.until)
        looks += self._again()
        return min((look for look in looks if look is not None and look > standing.at), default=None)

    def _again(self) -> Iterator[datetime]:
        """Yield when campaigns that the lead was in may be entered once more."""
        for running in self.standing.running:
            after = running.program.campaign.again_after
            entered = [
                each.entered_at for each in self.standing.enrollments if each.campaign_id == running.id
            ]
            if after is not None and entered:
                yield max(entered) + after.about()

    def act(self) -> None:
        """Do what is due at the present instant."""
        self._come_back()
        self._temperature()
        self._move()
        self._send()
        self._advance()
        self._enter()
        self._advance()

    # -- the lead ----------------------------------------------------------------------------------

    def _tell(self, kind: str, what: str) -> None:
        self.expected.append(Happening(self.standing.at, kind, what, EXPECTED))

    def _come_back(self) -> None:
        row, now = self.standing.row, self.standing.at
        if row.return_at is None or row.return_at > now or row.return_to is None:
            return
        before, to = row.stage, row.return_to
        row.return_at = row.return_to = row.quiet_at = None
        row.since_at = now
        self._tell(Kind.STAGE_CHANGED if to != before else Kind.NOTE, f"back from {before} as {to}")
        if to != before:
            row.rounds += 1
            row.stage, row.stage_at = to, now

    def _temperature(self) -> None:
        row, rule = self.standing.row, self.compiled.funnel.temperature
        word = temperature.temperature(rule, row.purchase_at, self.standing.at)[0]
        if word != row.temperature:
            self._tell(Kind.TEMPERATURE_CHANGED, f"{row.temperature} -> {word}")
            row.temperature = word

    def _fit(self) -> float:
        return math.fsum(scoring.fitting(self.compiled.fit, self.standing.facts_of_moves()))

    def _move(self) -> None:
        row, now = self.standing.row, self.standing.at
        for _ in range(MOST_MOVES):
            row.score = scoring.kept(self.standing.score().total)
            moved = funnel.next_move(self.compiled, leads.snapshot(row), self.standing.facts_of_moves(), now)
            if moved is None:
                return
            self._tell(Kind.STAGE_CHANGED, f"{row.stage} -> {moved.to}: {moved.because} ({moved.rule})")
            row.stage, row.stage_at = moved.to, now

    # -- campaigns ---------------------------------------------------------------------------------

    def _send(self) -> None:
        for message in self.standing.messages:
            at = self.goes.get(message.id)
            if at is not None and at <= self.standing.at and message.status in WAITING:
                message.status, message.outcome_at = MessageStatus.ACCEPTED, at
                message.reason, message.detail = EXPECTED, None
                self._tell(Kind.ACCEPTED, f"mail {message.template} goes")

    def _advance(self) -> None:
        self.looks_at = None
        row = self.standing.live
        if row is None or row.status == EnrollmentStatus.PAUSED:
            return
        program = applied.program(self.session, row.version_id)
        for _ in range(2 * len(program.nodes) + 2):
            match self._decide(program, row):
                case Do() as decision:
                    self._do(row, decision)
                case Wait(position, look_at, _):
                    row.node, row.node_at, self.looks_at = position.node, position.at, look_at
                    return
                case Finish(reason):
                    return self._end(row, EnrollmentStatus.FINISHED, reason)
                case Stop(reason):
                    return self._end(row, EnrollmentStatus.STOPPED, reason)

    def _decide(self, program: sequence.Program, row: models.Enrollment) -> sequence.Decision:
        standing = self.standing
        now = progress(self.session, standing, row, program, standing.pasts)
        return sequence.decide(program, now, standing.at)

    def _do(self, row: models.Enrollment, decision: Do) -> None:
        name, node, position = self.standing.names.get(row.campaign_id, "?"), decision.node, decision.position
        if not isinstance(node.step, EmailStep):
            self._tell(Kind.NOTE, f"step {node.id} of {name}")
            row.node, row.node_at = node.next, position.at
            return
        row.node, row.node_at = position.node, position.at
        message = self._mail(row, decision, node.step)
        row.sender = message.sender  # who wrote goes on writing
        self.standing.messages.append(message)
        self._tell(Kind.SKIPPED if decision.skip else Kind.ACCEPTED, f"mail {message.template} of {name}")

    def _mail(self, row: models.Enrollment, decision: Do, step: EmailStep) -> models.Message:
        now, status = self.standing.at, MessageStatus.SKIPPED if decision.skip else MessageStatus.ACCEPTED
        chosen = experiments.chosen(step, decision.variant, row.sender)
        return models.Message(
            id=next(self.numbers), enrollment_id=row.id, step=decision.node.id, lead_id=row.lead_id, attempts=1,
            version_id=row.version_id, campaign_id=row.campaign_id, template=chosen.template, sender=chosen.sender,
            variant=decision.variant, status=status, reason=decision.skip or EXPECTED, queued_at=now, outcome_at=now,
            claims=0, crashes=0,
        )  # fmt: skip

    def _end(self, row: models.Enrollment, status: EnrollmentStatus, reason: str) -> None:
        row.status, row.reason, row.ended_at = status, reason, self.standing.at
        kind = Kind.FINISHED if status == EnrollmentStatus.FINISHED else Kind.STOPPED
        self._tell(kind, f"{self.standing.names.get(row.campaign_id, '?')}: {reason}")

    def _enter(self) -> None:
        """Let the lead into the first campaign that takes it by its audience."""
        for running in self._open():
            live = self.standing.live
            if live is not None:
                self._end(live, EnrollmentStatus.STOPPED, f"outranked:{running.name}")
            now, lead_id = self.standing.at, self.standing.row.id
            self.standing.enrollments.append(
                models.Enrollment(
                    id=next(self.numbers), lead_id=lead_id, campaign_id=running.id, version_id=running.version_id,
                    sender=self._sender(running), status=EnrollmentStatus.ACTIVE, node=0, node_at=now,
                    entered_at=now,
                )
            )  # fmt: skip
            self._tell(Kind.ENROLLED, running.name)

    def _sender(self, running: Running) -> str:
        """Return who writes: the lead's own sender where the campaign has it, else one by the lead's id."""
        senders, row = running.program.campaign.senders, self.standing.row
        return row.sender if row.sender in senders else senders[row.id % len(senders)]

    def _open(self) -> Iterator[Running]:
        standing = self.standing
        for running in standing.running:
            live = standing.live
            if running.program.campaign.enter != "when_matching" or (
                live and not self._outranks(running, live)
            ):
                continue
            if self._is_free() and self._fits(running):
                yield running

    def _outranks(self, running: Running, live: models.Enrollment) -> bool:
        other = next((each for each in self.standing.running if each.id == live.campaign_id), None)
        return other is not None and other.priority < running.priority

    def _is_free(self) -> bool:
        suppressed = self.standing.suppressed
        is_suppressed = suppressed is not None and (
            suppressed.until is None or suppressed.until > self.standing.at
        )
        return self.standing.row.quiet_at is None and not is_suppressed

    def _fits(self, running: Running) -> bool:
        campaign = running.program.campaign
        if self.standing.row.stage not in campaign.audience.stage:
            return False
        after = campaign.again_after
        for each in self.standing.enrollments:
            if each.campaign_id == running.id and (
                after is None or each.entered_at > after.before(self.standing.at)
            ):
                return False
        audience = running.program.audience
        return audience is None or holds(audience, self.standing.facts())
