"""Whether experiments can tell anything: their templates and senders are there, and what they measure can happen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outreach.domain import experiments
from outreach.domain.campaign import Campaign, Case, EmailStep, EnterOnEvent, WaitForStep, WaitStep
from outreach.domain.durations import Duration
from outreach.domain.sequence import FUNNEL_ORDER, step_id
from outreach.domain.variants import Measured, Variants, WaitVariants, stages_from
from outreach.errors import Problem
from outreach.workspace.checks import Known, Placed, meant, placed, template
from outreach.workspace.documents import Document, Place

RULE, FORGOTTEN = "experiment", "variant-forgotten"


def campaign(document: Document, campaign: Campaign, known: Known) -> Iterator[Problem]:
    """Yield what is wrong with the variants and the hold-out of a campaign that is well formed."""
    steps = list(placed(campaign.steps))
    found = experiments.designs(campaign, ((step_id(each.step, each.label), each.step) for each in steps))
    for each in steps:
        if isinstance(each.step, EmailStep) and each.step.variants:
            yield from _mails(document, each, campaign, known)
        if isinstance(each.step, WaitStep) and each.step.variants:
            yield from _wait(document, each, campaign)
        if isinstance(each.step, EmailStep | WaitStep) and each.step.variants:
            yield from _same(document, each, each.step.variants)
            yield from _measure(document, (*each.place, "variants"), each.step.variants, campaign)
    if campaign.experiment is not None:
        yield from _measure(document, ("experiment",), campaign.experiment, campaign)
        if not found:
            message = "nothing is compared: no step has variants, and nobody is held out"
            hint = "give a step variants, or write holdout: 10 %"
            yield document.problem(document.find(("experiment",)), RULE, message, hint)
    yield from _forgotten(document, campaign, steps)


def _same(document: Document, each: Placed, variants: Variants | WaitVariants) -> Iterator[Problem]:
    for key in type(variants).model_fields:
        values = getattr(variants, key)
        for number, value in enumerate(values if isinstance(values, tuple) else ()):
            if value in values[:number]:
                message = f'"{str(value)[:60]}" stands twice; variants that are the same tell nothing'
                yield document.problem(document.find((*each.place, "variants", key, number)), RULE, message)


def _mails(document: Document, each: Placed, campaign: Campaign, known: Known) -> Iterator[Problem]:
    assert isinstance(each.step, EmailStep) and each.step.variants
    for number, name in enumerate(each.step.variants.email or ()):
        if number:  # the first is the step's own
            yield from template(document, (*each.place, "variants", "email", number), name, known.mails)
    for number, name in enumerate(each.step.variants.sender or ()):
        if name not in campaign.senders:
            node = document.find((*each.place, "variants", "sender", number))
            message = f'"{name}" is not one of the campaign\'s senders'
            yield document.problem(node, "sender-unknown", message, meant(name, set(campaign.senders)))


def _wait(document: Document, each: Placed, campaign: Campaign) -> Iterator[Problem]:
    assert isinstance(each.step, WaitStep) and each.step.variants
    longest = max(each.step.variants.wait, key=Duration.about)
    within = each.step.variants.within or (campaign.experiment and campaign.experiment.within)
    within = within or experiments.WITHIN
    if longest.about() >= within.about():
        message = f"leads are measured for {within} from entering, and the longest wait here takes {longest}"
        node = document.find((*each.place, "variants"))
        yield document.problem(node, RULE, message, "write a longer within")


def _measure(document: Document, place: Place, measured: Measured, campaign: Campaign) -> Iterator[Problem]:
    stages = stages_from(measured.measure or "")
    there = [stage for stage in campaign.audience.stage if stage in stages]
    if there and all(FUNNEL_ORDER.index(stage) >= FUNNEL_ORDER.index(stages[0]) for stage in there):
        node = document.find((*place, "measure"))
        message = f"leads of the audience are {there[0]} already, so all of them would count"
        yield document.problem(node, RULE, message, "name what they are to reach")


def _forgotten(document: Document, campaign: Campaign, steps: Sequence[Placed]) -> Iterator[Problem]:
    """Yield a problem where something is asked of one of the templates that leads got, and not of the others."""
    sets = [each.step.templates for each in steps if isinstance(each.step, EmailStep)]
    tested = [set(names) for names in sets if len(names) > 1]
    for place, said in _asked(campaign, steps):
        for names in tested:
            named = {name for name in names if f'"{name}"' in said or f"'{name}'" in said}
            if named and named != names:
                others = " and ".join(sorted(names - named))
                message = f"some leads get {others} instead of {' and '.join(sorted(named))}"
                yield document.problem(document.find(place), FORGOTTEN, message, "ask for all of them")


def _asked(campaign: Campaign, steps: Sequence[Placed]) -> Iterator[tuple[Place, str]]:
    """Yield all places where a mail is asked for by its template, each with what stands there, in quotes."""
    if isinstance(campaign.enter, EnterOnEvent) and campaign.enter.subject:
        yield ("enter", "subject"), f'"{campaign.enter.subject}"'
    for each in steps:
        if isinstance(each.step, WaitForStep) and each.step.wait_for.subject:
            yield (*each.place, "wait_for", "subject"), f'"{each.step.wait_for.subject}"'
        for number, arm in enumerate(getattr(each.step, "branch", ())):
            if isinstance(arm, Case):
                yield (*each.place, "branch", number, "if"), arm.if_
