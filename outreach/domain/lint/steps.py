"""Goes through a campaign on every way at once, and says what can not happen on any of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from outreach.domain.campaign import (
    ALWAYS_STOPS,
    Awaited,
    BranchStep,
    Campaign,
    Case,
    EmailStep,
    EnterOnEvent,
    NotifyStep,
    Step,
    TaskStep,
    UpdateStep,
    WaitForStep,
    WaitStep,
)
from outreach.domain.expression_tree import (
    Call,
    Compare,
    Expression,
    Field,
    Known,
    Literal,
    Not,
    Operator,
    Type,
)
from outreach.domain.funnel import BY_EVENT
from outreach.domain.lint import conditions, hours, waited
from outreach.domain.lint.findings import Finding, Place
from outreach.domain.lint.known import OF_A_MAIL, Around, body
from outreach.domain.lint.lasting import Stay, lasting, without
from outreach.domain.words import Kind

OPENS = "opens of machines and privacy proxies do not count, so many who read it are not seen"
ASK_FOR_CLICKS = "ask for clicked or replied"


@dataclass(frozen=True)
class Sofar:
    """What may be so for the leads that come to a step."""

    sent: frozenset[str] = frozenset()  # mails that they may have got from this campaign
    just: frozenset[str] = frozenset()  # those after which there may have been no wait
    now: tuple[Expression, ...] = ()  # what is true at this moment
    kept: tuple[Expression, ...] = ()  # what stays true
    met: frozenset[Kind] = frozenset()  # what they may have done in this campaign, and were asked for

    def later(self) -> Sofar:
        """Return the same some time later."""
        return replace(self, just=frozenset(), now=())

    def knowing(self, condition: Expression, stay: Stay) -> Sofar:
        """Return the same for those of whom the condition is true."""
        kept = (*self.kept, lasting(condition, stay))
        met = waited.met(self.met, condition, self.sent)
        return replace(self, now=(*self.now, condition), kept=kept, met=met)


def steps(campaign: Campaign, around: Around) -> Iterator[Finding]:
    """Yield what is wrong with the steps of a campaign that somebody can enter."""
    yield from _Walk(campaign, around).through()
    yield from _at_end(campaign.steps, ("steps",))


class _Walk:
    def __init__(self, campaign: Campaign, around: Around) -> None:
        self.campaign = campaign
        self.around = around
        self.stay = Stay(frozenset(campaign.audience.stage), campaign.stops)
        self.findings: list[Finding] = []

    def through(self) -> list[Finding]:
        """Return all findings, in the order of the file."""
        first = Sofar()
        if self.campaign.audience.where is not None:
            first = first.knowing(self.around.read(self.campaign.audience.where), self.stay)
        if isinstance(self.campaign.enter, EnterOnEvent):
            first = first.knowing(_entered_by(self.campaign.enter), self.stay)
        self._steps(self.campaign.steps, ("steps",), first)
        return self.findings

    def _steps(self, listed: Sequence[Step], place: Place, sofar: Sofar) -> Sofar:
        for number, step in enumerate(listed):
            sofar = self._step(step, (*place, number), sofar)
        return sofar

    def _step(self, step: Step, place: Place, sofar: Sofar) -> Sofar:
        match step:
            case EmailStep():
                self.findings += _mail(step, place, sofar, self.around, self.campaign)
                sent = frozenset(step.templates)
                return replace(sofar.later(), sent=sofar.sent | sent, just=sent)
            case WaitStep(wait=wait):
                return sofar.later() if wait.amount or step.variants else sofar
            case WaitForStep(wait_for=awaited):
                self.findings += _waiting(awaited, (*place, "wait_for"), sofar, self.around, self.campaign)
                return replace(sofar.later(), met=sofar.met | {awaited.event})
            case BranchStep():
                return self._branch(step, (*place, "branch"), sofar)
            case TaskStep(task=given) | NotifyStep(notify=given):
                key = "task" if isinstance(step, TaskStep) else "notify"
                self.findings += _for_rep(given.to, (*place, key, "to"), self.around)
            case UpdateStep(update=values):
                return _updated(sofar, values)
        return sofar

    def _branch(self, step: BranchStep, place: Place, sofar: Sofar) -> Sofar:
        world = self.around.within(self.campaign, sofar.sent)
        asked = conditions.Asked(self.around, world, sofar.now, sofar.kept)
        ends: list[Sofar] = []
        inside, settled = sofar, False
        for number, arm in enumerate(step.branch):
            listed, key = body(arm)
            at = (*place, number)
            condition = self.around.read(arm.if_) if isinstance(arm, Case) else None
            if settled:
                continue  # whoever wrote `if: true` above has been told so
            found = asked.arm(condition, at)
            self.findings += found
            settled = any(each.rule == "always-true" for each in found)
            if condition is None or not found or settled:
                within = inside.knowing(condition, self.stay) if condition else inside
                ends.append(self._steps(listed, (*at, key), within))
            if condition is not None:
                self.findings += conditions.opens(condition, (*at, "if"))
                asked = asked.not_met(condition)
                inside = inside.knowing(Not(condition), self.stay)
        if isinstance(step.branch[-1], Case) and not settled and asked.is_left():
            ends.append(sofar)
        return _joined(ends) if ends else sofar


def _entered_by(enter: EnterOnEvent) -> Call:
    return Call("happened", tuple(map(str, filter(None, (enter.event, enter.subject)))))


def _joined(ends: Sequence[Sofar]) -> Sofar:
    """Return what may be so after a branch whose arms ended like this."""
    first, *others = ends
    return Sofar(
        frozenset().union(*(end.sent for end in ends)),
        frozenset().union(*(end.just for end in ends)),
        tuple(each for each in first.now if all(each in other.now for other in others)),
        tuple(each for each in first.kept if all(each in other.kept for other in others)),
        frozenset().union(*(end.met for end in ends)),
    )


def _updated(sofar: Sofar, values: dict[str, str | float | bool | None]) -> Sofar:
    fields = {f"lead.{name}" for name in values}
    facts = tuple(_set(f"lead.{name}", value) for name, value in values.items())
    now, kept = (*without(sofar.now, fields), *facts), without(sofar.kept, fields)
    return replace(sofar, now=now, kept=kept)


def _set(name: str, value: str | float | bool | None) -> Expression:
    """Return what is true of a field that was given this value."""
    if value is None:
        return Not(Known(Field(name, Type.TEXT)))
    if isinstance(value, bool):
        return Field(name, Type.YESNO) if value else Not(Field(name, Type.YESNO))
    if isinstance(value, str):
        return Compare(Field(name, Type.TEXT), Operator.EQ, Literal(value))
    return Compare(Field(name, Type.NUMBER), Operator.EQ, Literal(float(value)))


# -- one step --------------------------------------------------------------------------------------


def _mail(
    step: EmailStep, place: Place, sofar: Sofar, around: Around, campaign: Campaign
) -> Iterator[Finding]:
    at = (*place, "email")
    if sofar.just:
        other = ", ".join(sorted(sofar.just))
        yield Finding("no-wait", at, f"this may leave together with {other}", "put - wait: 3 days before it")
    if step.same_thread and not sofar.sent:
        message = "no mail of this campaign comes before this one, so there is no thread to answer in"
        yield Finding("no-earlier-mail", (*place, "same_thread"), message, "remove same_thread")
    if step.variants and step.variants.measure == "clicked" and around.linkless >= set(step.templates):
        message = f"{step.email} has no link, so clicks can not measure its variants"
        yield Finding("no-link", (*place, "variants", "measure"), message, "write measure: replied")
    if step.stale_after is not None:
        yield from hours.stale(campaign.window, step.stale_after, (*place, "stale_after"))


def _waiting(
    awaited: Awaited, place: Place, sofar: Sofar, around: Around, campaign: Campaign
) -> Iterator[Finding]:
    event, at = awaited.event, (*place, "event")
    instead = f"write - wait: {awaited.within}"
    if event in campaign.stops:
        why = "ends every campaign" if event in ALWAYS_STOPS else "ends this campaign (stop_on)"
        message = f"{event} {why}, so this always waits {awaited.within}"
        yield Finding("wait-never-met", at, message, instead)
    elif (to := BY_EVENT.get(event)) is not None and to not in campaign.audience.stage:
        message = (
            f"{event} makes a lead {_a(to)}, which ends this campaign, so this always waits {awaited.within}"
        )
        yield Finding("wait-never-met", at, message, instead)
    elif event == Kind.OPENED:
        yield Finding("rests-on-opens", at, OPENS, ASK_FOR_CLICKS)
    else:
        if event in OF_A_MAIL:
            yield from _waiting_for_mail(awaited, place, sofar, around, campaign)
        yield from waited.already(awaited, place, sofar.met, sofar.just)


def _a(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' or word in ('mql', 'sql') else 'a'} {word}"


def _waiting_for_mail(
    awaited: Awaited, place: Place, sofar: Sofar, around: Around, campaign: Campaign
) -> Iterator[Finding]:
    if awaited.subject is None:
        if awaited.event == Kind.CLICKED and sofar.sent and sofar.sent <= around.linkless:
            message = f"none of the mails before this has a link: {', '.join(sorted(sofar.sent))}"
            yield Finding(
                "no-link", (*place, "event"), message, "put a link into the mail, or wait for replied"
            )
        return
    call = Call(str(awaited.event), (awaited.subject,))
    if awaited.event == Kind.CLICKED and awaited.subject in around.linkless:
        message = f"{awaited.subject} has no link that could be clicked"
        yield Finding(
            "no-link", (*place, "subject"), message, "put a link into the mail, or wait for replied"
        )
    elif not around.within(campaign, sofar.sent).can_happen(call):
        message = f"{awaited.subject} is not sent before this step, so this always waits {awaited.within}"
        yield Finding("wait-never-met", (*place, "subject"), message, "name a mail that is sent before it")


def _for_rep(to: str, place: Place, around: Around) -> Iterator[Finding]:
    if to in around.idle:
        yield Finding("rep-unavailable", place, f"{to} {around.idle[to]}", "name another rep, or owner")


def _at_end(listed: Sequence[Step], place: Place) -> Iterator[Finding]:
    """Yield the waits after which nothing follows."""
    if not listed:
        return
    last, at = listed[-1], (*place, len(listed) - 1)
    if isinstance(last, BranchStep):
        for number, arm in enumerate(last.branch):
            inner, key = body(arm)
            yield from _at_end(inner, (*at, "branch", number, key))
    elif isinstance(last, WaitStep | WaitForStep):
        message = "nothing follows this wait; it only keeps the lead from other campaigns"
        yield Finding("wait-at-end", at, message, "remove it, or put a step below it")
