"""A plan as lines for a terminal, in the words and colours of a code review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outreach.domain.differences import ADDED, CHANGED, REMOVED, SAME, Difference, StepChange
from outreach.planning import plan
from outreach.planning.plan import CampaignPlan, Count, People, Plan, PolicyPlan, Stand

Line = tuple[str, str]
"""A style of rich (empty: none), and the text."""

STYLES = {ADDED: "green", REMOVED: "red", CHANGED: "yellow", SAME: ""}
LONG = 80
"""Values that are together longer than this stand below each other."""

FILES = {
    "funnel": "funnel.yaml",
    "team": "team.yaml",
    "senders": "senders.yaml",
    "notes": "templates of notes",
}
MARKS = {plan.NEW: ADDED, plan.CHANGED: CHANGED, plan.WITHDRAWN: REMOVED, plan.SAME: CHANGED}


def lines(found: Plan) -> list[Line]:
    """Return the whole plan, line by line."""
    if found.is_empty:
        where = "before the latest apply" if found.title == "undo" else "in the files"
        return [("", f"no changes: what is in force is what stands {where}"), *_absent(found)]
    out: list[Line] = []
    if not found.base:
        out += [("", "nothing is applied yet: everything is new"), ("", "")]
    for policy in found.policies:
        out += [*_policy(policy, found), ("", "")]
    for campaign in found.campaigns:
        out += [*_campaign(campaign, found), ("", "")]
    for template in found.templates:
        out += [*_template(template), ("", "")]
    return [*out, *_absent(found), ("bold", summary(found))]


def summary(found: Plan) -> str:
    """Return the plan in one line."""
    campaigns = [each.what for each in found.campaigns]
    parts = [
        _many(campaigns.count(plan.NEW), "new campaign"),
        _many(campaigns.count(plan.CHANGED), "changed campaign"),
        _many(campaigns.count(plan.WITHDRAWN), "withdrawn campaign"),
        _many(len(found.policies), "policy", "policies"),
        _many(sum(each.people.moving for each in found.campaigns), "lead moves", "leads move"),
        _many(sum(each.people.enters for each in found.campaigns), "lead enters", "leads enter"),
        _many(
            sum(each.people.dropped for each in found.campaigns),
            "queued mail dropped",
            "queued mails dropped",
        ),
    ]
    return f"{found.title}: " + ", ".join(part for part in parts if part)


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count:,} {one if count == 1 else more or f'{one}s'}" if count else ""


def _absent(found: Plan) -> Iterator[Line]:
    for name in found.absent:
        yield "", f"campaign {name} is not in the files; it goes on as it is"


# -- policies and templates ----------------------------------------------------------------------------


def _policy(policy: PolicyPlan, found: Plan) -> Iterator[Line]:
    versions = f"version {policy.version - 1} → {policy.version}" if policy.what != plan.NEW else "new"
    yield _marked(MARKS[policy.what], f"{FILES[policy.kind]}   {versions}", bold=True)
    for difference in policy.differences:
        yield from _difference(difference)
    for note in policy.notes:
        yield "yellow", f"    ! {note}"
    if policy.kind == "funnel" and found.funnel is not None:
        yield from _funnel(found.funnel)


def _funnel(effect: plan.FunnelEffect) -> Iterator[Line]:
    sample = effect.looked_at < effect.leads
    of = (
        f"a sample of {effect.looked_at:,} of {effect.leads:,} leads"
        if sample
        else f"all {effect.leads:,} leads"
    )
    yield "", f"    at the next look, reckoned on {of}:"
    yield "", f"      scores: {effect.higher:,} higher, {effect.lower:,} lower"
    for count in effect.moves:
        yield "yellow", f"      {count.count:,} go from {count.what}"
    for count in effect.unmoved:
        yield "yellow", f"      {count.count:,} do not go from {count.what}, as they would have"
    if not (effect.moves or effect.unmoved):
        yield "", "      no stage changes by it"


def _template(template: plan.TemplatePlan) -> Iterator[Line]:
    users = f"   sent by {', '.join(template.campaigns)}" if template.campaigns else ""
    yield "bold", f"templates/{template.file}{users}"
    for line in template.diff:
        style = "bold" if line.startswith(("---", "+++")) else STYLES.get(line[:1], "")
        yield "cyan" if line.startswith("@@") else style, f"    {line}"


def _difference(difference: Difference) -> Iterator[Line]:
    path, before, after = difference.path, difference.before, difference.after
    if difference.mark != CHANGED:
        yield _marked(difference.mark, f"{path}: {after or before}", 4)
    elif len(before) + len(after) < LONG:
        yield _marked(CHANGED, f"{path}: {before} → {after}", 4)
    else:
        yield _marked(CHANGED, f"{path}:", 4)
        yield _marked(REMOVED, before, 8)
        yield _marked(ADDED, after, 8)


def _marked(mark: str, text: str, indent: int = 0, *, bold: bool = False) -> Line:
    style = f"bold {STYLES[mark]}" if bold else STYLES[mark]
    return style, f"{' ' * indent}{mark} {text}"


# -- campaigns -----------------------------------------------------------------------------------------


def _campaign(campaign: CampaignPlan, found: Plan) -> Iterator[Line]:
    yield _marked(MARKS[campaign.what], f"campaign {campaign.name}   {_versions(campaign)}", bold=True)
    for difference in campaign.differences:
        yield from _difference(difference)
    if any(step.mark != SAME for step in campaign.steps):
        yield "", "    steps"
        for step in campaign.steps:
            yield from _step(step)
    files = [each.file for each in found.templates if campaign.name in each.campaigns]
    if files:
        yield "", f"    texts: {', '.join(files)} (below)"
    yield from _people(campaign)


def _versions(campaign: CampaignPlan) -> str:
    match campaign.what:
        case plan.NEW:
            return "new" if campaign.to_version == 1 else f"version {campaign.to_version}, anew"
        case plan.WITHDRAWN:
            return f"version {campaign.version} → none: nobody enters any more"
        case plan.SAME:
            return f"version {campaign.version} stays"
    return f"version {campaign.version} → {campaign.to_version}"


def _step(step: StepChange) -> Iterator[Line]:
    indent = 6 + 4 * step.depth
    if len(step.notes) <= 1:
        note = f"   ({step.notes[0]})" if step.notes else ""
        yield _marked(step.mark, f"{step.step}{note}", indent)
        return
    yield _marked(step.mark, step.step, indent)
    for note in step.notes:
        yield STYLES[step.mark], f"{' ' * indent}    {note}"


# -- people --------------------------------------------------------------------------------------------


def _people(campaign: CampaignPlan) -> Iterator[Line]:
    people = campaign.people
    if people.stands:
        yield "", f"    {people.live:,} leads in flight; {_rule(campaign)}"
        yield from _stands(people.stands)
    yield from _enters(people)
    yield from _counts("leave at the next look", people.leave)
    yield from _counts("twice", people.twice)
    yield from _counts("never", people.never)
    yield from _counts("in the queue", people.queued, of="mails", warns=people.dropped > 0)
    for note in people.notes:
        yield "yellow", f"    ! {note}"


def _rule(campaign: CampaignPlan) -> str:
    if campaign.what == plan.WITHDRAWN or not campaign.people.moving:
        return "in_flight: keep: they finish on the version that they entered on"
    if campaign.in_flight == "move":
        return "in_flight: move: they go on at the same step of the new version"
    return "those who were moved go back where they stood"


def _stands(stands: Sequence[Stand]) -> Iterator[Line]:
    rows = [
        (f"{each.leads:,}", f"{each.at} (version {each.version})", f"{each.to} (version {each.to_version})")
        if each.to
        else (f"{each.leads:,}", f"{each.at} (version {each.version})", "stay")
        for each in stands
    ]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for each, (leads, at, to) in zip(stands, rows, strict=True):
        style = "yellow" if each.to else ""
        yield style, f"      {leads.rjust(widths[0])}  {at.ljust(widths[1])}  → {to}"


def _enters(people: People) -> Iterator[Line]:
    if people.enters:
        yield "green", f"    {people.enters:,} leads enter {people.entered}"
        for count in people.outranked:
            yield "yellow", f"      {count.count:,} of them leave {count.what} for it"
    elif people.entered:
        yield (
            "",
            f"    no lead enters now; {people.entered}"
            if "nobody" in people.entered
            else (
                "    no lead enters now"
                if people.entered == "at the next tick"
                else f"    leads enter {people.entered}"
            ),
        )


def _counts(title: str, counts: Sequence[Count], of: str = "leads", *, warns: bool = True) -> Iterator[Line]:
    if counts:
        yield "", f"    {title}:"
    for count in counts:
        yield "yellow" if warns else "", f"      {_many(count.count, of[:-1], of)}: {count.what}"
