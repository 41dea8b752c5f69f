"""Whether what a test names is there: mails that are sent, senders, reps, tasks, ends."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from outreach.domain import experiments
from outreach.domain.campaign import EmailStep, Step, TaskStep, walk
from outreach.domain.campaign_tests import OF_A_MAIL, Answers, CampaignTest, Expect, ExpectedMail, Happens
from outreach.domain.expectations import STATUSES
from outreach.domain.policies import Funnel, Policies
from outreach.domain.sequence import COMPLETED, Program
from outreach.domain.words import OURS, Kind
from outreach.rehearsal.casting import Unfit
from outreach.rehearsal.given import OTHER

Path = tuple[str | int, ...]

OF_A_REPLY = "answer_reply"
"""The kind of the task that a reply opens which somebody has to answer."""
ENDS = frozenset({*STATUSES, COMPLETED, experiments.HOLD_OUT, "goal_reached", "left_audience", "outranked"})


@dataclass(frozen=True)
class _There:
    """What a test may name."""

    mails: frozenset[str]
    senders: frozenset[str]
    reps: frozenset[str]
    tasks: frozenset[str]
    ends: frozenset[str]


def unknown(
    test: CampaignTest, program: Program, beside: Sequence[Program], policies: Policies
) -> Iterator[Unfit]:
    """Yield what the test names that never comes up in these campaigns, so that nothing could be said of it."""
    there = _there(program, beside, policies)
    for path, name in _mails_named(test):
        yield from _known(path, name, there.mails, "no step sends")
    for path, name, reasons in _reasons_named(test, policies.funnel):
        yield from _known(path, name, {*reasons, OTHER}, "funnel.yaml has no reason")
    expect = test.expect
    for path, name in _senders_named(expect):
        yield from _known(path, name, there.senders, "no mail comes from")
    for path, name in _reps_named(expect):
        yield from _known(path, name, there.reps, "no rep in team.yaml has the name")
    if expect.task:
        yield from _known(("expect", "task"), expect.task.kind, there.tasks, "no step opens a task")
    if expect.ends:
        yield from _known(("expect", "ends"), expect.ends, there.ends, "no campaign ends with")


def _known(path: Path, name: str, names: Collection[str], what: str) -> Iterator[Unfit]:
    if name not in names:
        close = get_close_matches(name, sorted(names), 1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(sorted(names)) or 'none'}"
        yield Unfit(path, f"{what} {name}", hint)


def _there(program: Program, beside: Sequence[Program], policies: Policies) -> _There:
    mails: set[str] = set()
    senders: set[str] = set()
    tasks = {OF_A_REPLY}
    for each in (program, *beside):
        mails |= {
            name
            for node in each.nodes
            if isinstance(node.step, EmailStep)
            for name in _mails(node.id, node.step)
        }
        senders |= {*each.campaign.senders, *(name for node in each.nodes for name in _senders(node.step))}
        tasks |= {step.task.kind for step in walk(each.campaign.steps) if isinstance(step, TaskStep)}
    ends = ENDS | {str(kind) for kind in Kind if kind not in OURS}
    reps = frozenset(rep.name for rep in policies.team.reps)
    return _There(frozenset(mails), frozenset(senders), reps, frozenset(tasks), ends)


def _mails(name: str, step: EmailStep) -> tuple[str, ...]:
    return (name, step.email, *((step.variants and step.variants.email) or ()))


def _senders(step: Step) -> tuple[str, ...]:
    variants = step.variants if isinstance(step, EmailStep) else None
    return (variants and variants.sender) or ()


def _mails_named(test: CampaignTest) -> Iterator[tuple[Path, str]]:
    for number, word, kind, happens in test.happenings():
        if kind in OF_A_MAIL and isinstance(happens, Happens) and happens.subject:
            yield ("given", number, word, "subject"), happens.subject
        if happens.at.anchor:
            yield ("given", number, word, "at"), happens.at.anchor
    expect = test.expect
    for path, mail in _expected(expect):
        yield path, mail.template
    for number, name in enumerate(expect.never or ()):
        yield ("expect", "never", number), name
    for path, moment in expect.moments():
        if moment.anchor:
            yield ("expect", *path), moment.anchor


def _reasons_named(test: CampaignTest, funnel: Funnel) -> Iterator[tuple[Path, str, Collection[str]]]:
    reasons = {Kind.HANDOFF_REJECTED: funnel.rejected.reasons, Kind.DEAL_LOST: funnel.lost.reasons}
    for number, word, kind, happens in test.happenings():
        if isinstance(happens, Answers) and happens.reason and kind in reasons:
            yield ("given", number, word, "reason"), happens.reason, reasons[kind]


def _expected(expect: Expect) -> Iterator[tuple[Path, ExpectedMail]]:
    for number, mail in enumerate(expect.mails or ()):
        yield ("expect", "mails", number), mail
    if expect.mail:
        yield ("expect", "mail"), expect.mail


def _senders_named(expect: Expect) -> Iterator[tuple[Path, str]]:
    for path, mail in _expected(expect):
        if mail.sender:
            yield (*path, "sender"), mail.sender
    if expect.sender:
        yield ("expect", "sender"), expect.sender


def _reps_named(expect: Expect) -> Iterator[tuple[Path, str]]:
    if expect.handoff_to:
        yield ("expect", "handoff_to"), expect.handoff_to
    if expect.task and expect.task.to:
        yield ("expect", "task", "to"), expect.task.to
