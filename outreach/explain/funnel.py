"""Why a lead has its stage, score and temperature; why no rule moves it on, and what would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from outreach import leads
from outreach.domain import counterfactuals, temperature
from outreach.domain.expressions import holds, text
from outreach.domain.funnel import UPWARDS
from outreach.domain.words import Kind
from outreach.explain.standing import Standing
from outreach.explain.values import NotMoved, Reason

MOST_PARTS = 12


def stage(standing: Standing) -> Reason:
    """Return why the lead has its stage."""
    row = standing.row
    moves = [event for event in standing.events if event.kind == Kind.STAGE_CHANGED]
    if not moves:
        return Reason(row.stage, row.stage_at, f"entered as {row.stage} from {row.source}")
    last = moves[-1].data
    because = f"from {last.get('from')}: {last.get('because')}"
    if last.get("rule"):
        because += f" (rule {last['rule']})"
    return Reason(row.stage, row.stage_at, because, tuple(last.get("evidence", ())))


def score(standing: Standing) -> Reason:
    """Return what the score is made of, the largest part first, and when it fades under a threshold."""
    found = standing.score()
    parts = sorted(found.contributions, key=lambda part: -abs(part.points_now))
    lines = [
        f"{part.because} {part.points:+g} on {part.at:%d %b %Y} (now {part.points_now:.1f})"
        if part.at
        else f"{part.because} {part.points:+g}, does not fade"
        for part in parts[:MOST_PARTS]
    ]
    if len(parts) > MOST_PARTS:
        rest = sum(part.points_now for part in parts[MOST_PARTS:])
        lines.append(f"and {len(parts) - MOST_PARTS} more, together {rest:+.1f}")
    because = "what the lead did, fading, and what it is" if parts else "nothing yet that earns points"
    return Reason(f"{found.total:.1f}", None, because, (*lines, *_fading(standing)))


def _fading(standing: Standing) -> Iterator[str]:
    for threshold, at in falls(standing):
        local = at.astimezone(standing.zone)
        yield f"decays under {threshold:g} on {local:%a %d %b %Y %H:%M} if nothing happens"


def falls(standing: Standing) -> tuple[tuple[float, datetime], ...]:
    """Return each score that a rule or an audience asks for and that this one fades under, and when."""
    compiled = standing.in_force.funnel
    asked = {*compiled.thresholds, *(each for run in standing.running for each in run.program.thresholds)}
    return counterfactuals.falls_under(
        compiled, sorted(asked), standing.scored(), standing.facts(), standing.at
    )


def temperature_of(standing: Standing) -> Reason:
    """Return why the lead is hot, warm or cold."""
    row, rule = standing.row, standing.in_force.funnel.funnel.temperature
    word, changes_at = temperature.temperature(rule, row.purchase_at, standing.at)
    if row.purchase_at is None:
        return Reason(word, None, "no time of purchase is stated")
    lines = [f"hot from {rule.hot} before it to {rule.hot} after it, warm from {rule.warm} before it"]
    if changes_at:
        after = temperature.temperature(rule, row.purchase_at, changes_at)[0]
        lines.append(f"becomes {after} on {changes_at.astimezone(standing.zone):%a %d %b %Y %H:%M}")
    return Reason(word, None, f"means to buy by {row.purchase_at:%d %b %Y}", tuple(lines))


def moves(standing: Standing) -> tuple[NotMoved, ...]:
    """Return the rules for the lead's stage, in the order of the file: why each does not apply, and what would do it."""
    compiled = standing.in_force.funnel
    return tuple(
        _not_moved(standing, number)
        for number, (move, _) in enumerate(compiled.moves)
        if standing.row.stage in move.from_ and move.to != standing.row.stage
    )


def _not_moved(standing: Standing, number: int) -> NotMoved:
    compiled, seen = standing.in_force.funnel, standing.facts_of_moves()
    move, condition = compiled.moves[number]
    lead, scored = leads.snapshot(standing.row), standing.scored()
    ripe_at = counterfactuals.ripe_at(move, lead) if move.after else None
    is_ripe = ripe_at is None or ripe_at <= standing.at
    is_so = holds(condition, seen)
    return NotMoved(
        rule=f"moves[{number}]",
        to=move.to,
        because=move.because,
        condition=text(condition) + (f", for {move.after} in the stage" if move.after else ""),
        parts=counterfactuals.parts(condition, seen),
        ripe_at=None if is_ripe else ripe_at,
        by_itself_at=counterfactuals.by_itself(compiled, number, lead, scored, seen, standing.at),
        ways=()
        if is_so or not is_ripe or move.to not in UPWARDS
        else counterfactuals.ways(compiled, condition, scored, seen, standing.at),
    )
