"""The commands `experiment list` and `experiment show`: what variants and hold-outs showed so far."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from outreach import experiments
from outreach.cli.context import Json, database, now, print_json, print_table
from outreach.domain.experiment_results import Arm, Comparison, Results
from outreach.domain.experiment_words import between, points
from outreach.errors import InputError
from outreach.experiments import Shown

Campaign = Annotated[str, typer.Argument(help="Name of the campaign.")]
Step = Annotated[
    str | None, typer.Argument(help="Name of the step, or hold-out; none: all experiments of the campaign.")
]
Picture = Annotated[
    Path | None,
    typer.Option("--picture", help="Write the rates over time with their intervals: an SVG file."),
]


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(
        help="See what variants and hold-outs showed so far: valid however often you look.",
        no_args_is_help=True,
    )
    group.command("list")(list_)
    group.command()(show)
    app.add_typer(group, name="experiment")


def list_(as_json: Json = False) -> None:
    """List all experiments: what they are measured by, how many leads are counted, and the verdict."""
    with database() as opened, opened.read() as session:
        found = experiments.listed(session, now())
    if as_json:
        print_json([_plain(each) for each in found])
        return
    if not found:
        print("no experiments: no step has variants, and nobody is held out")
        return
    print_table(
        ["campaign", "experiment", "of", "measure", "counted", "verdict"],
        [
            [
                each.campaign,
                each.name,
                each.results.design.what,
                f"{each.results.design.measure} within {each.results.design.within}",
                f"{sum(arm.leads for arm in each.results.arms):,}",
                each.verdict,
            ]
            for each in found
        ],
    )


def show(campaign: Campaign, step: Step = None, as_json: Json = False, picture: Picture = None) -> None:
    """Show each arm's rate with an interval, the evidence, and in one sentence what it means.

    Only leads whose time is over are counted, and only what people did. Intervals and evidence are valid at whatever
    moment you look: the chance that they ever mislead is alpha. Evidence of 20 says that who had bet on a difference
    has 20 times the money.
    """
    with database() as opened, opened.read() as session:
        found = experiments.show(session, campaign, step, now())
    if picture is not None:
        _draw(found, picture)
    if as_json:
        print_json([_plain(each) for each in found])
        return
    for number, each in enumerate(found):
        if number:
            print()
        _print(each)
    if picture is not None:
        print(f"\nthe picture is in {picture}")


def _draw(found: tuple[Shown, ...], path: Path) -> None:
    from outreach.cli.experiment_picture import svg

    try:
        path.write_text(svg(found), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} can not be written: {error.strerror}") from None


def _print(each: Shown) -> None:
    results, design = each.results, each.results.design
    versions = ", ".join(str(number) for number in each.versions)
    label = "version" if len(each.versions) == 1 else "versions"
    what = "" if design.what == each.name else f"{design.what}, "
    print(f"{each.campaign} {each.name}: {what}measured by {design.measure} within {design.within}")
    shares = "" if design.method == "fixed" else "; shares follow the results (thompson)"
    effect = f"smallest effect that matters {design.minimum_effect * 100:.4g} points"
    print(f"{label} {versions}; {effect}; alpha {design.alpha * 100:.4g} %{shares}")
    comparisons = {found.number: found for found in results.comparisons}
    print_table(
        [
            "arm",
            "",
            "share",
            "leads",
            "waiting",
            design.measure,
            "rate",
            "interval",
            "against 1",
            "evidence",
            "",
        ],
        [_row(arm, comparisons.get(arm.number), results) for arm in results.arms],
    )
    print(each.sentence)


def _row(arm: Arm, against: Comparison | None, results: Results) -> list[Any]:
    rate = "" if arm.rate is None else f"{arm.rate:.1%}"
    interval = f"{arm.interval.low:.1%} to {arm.interval.high:.1%}" if arm.leads else ""
    row = [arm.number, _short(arm.name), f"{arm.share:.0%}", f"{arm.leads:,}", f"{arm.waiting:,}",
           f"{arm.conversions:,}", rate, interval]  # fmt: skip
    if against is None or not results.arms[0].leads or not arm.leads:
        return [*row, "", "", ""]
    difference = f"{points(against.difference)} ({between(against.interval)})"
    return [*row, difference, f"{_evidence(against.evidence)} of {against.enough:.0f}", _word(against)]


def _word(against: Comparison) -> str:
    if not against.is_sure:
        return ""
    return "better" if against.difference > 0 else "worse"


def _evidence(value: float) -> str:
    if value >= 1_000_000:
        return "over 1,000,000"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:39] + "…"


def _plain(each: Shown) -> dict[str, Any]:
    """Return an experiment as programs read it, with the rates said too."""
    results = each.results
    return {
        "campaign": each.campaign,
        "experiment": each.name,
        "versions": each.versions,
        "verdict": str(each.verdict),
        "sentence": each.sentence,
        "design": {**vars(results.design), "within": str(results.design.within)},
        "since": results.since,
        "last_ripe_at": results.last_ripe_at,
        "shares_are_off": results.shares_are_off,
        "arms": [{**vars(arm), "rate": arm.rate, "interval": list(arm.interval)} for arm in results.arms],
        "comparisons": [
            {**vars(found), "interval": list(found.interval), "is_sure": found.is_sure}
            for found in results.comparisons
        ],
        "forecast": results.forecast,
        "days": [
            {
                "day": day.day.isoformat(),
                "arms": [
                    {"leads": leads, "conversions": came, "interval": list(interval)}
                    for leads, came, interval in day.arms
                ],
            }
            for day in results.days
        ],
    }
