"""The command report: the funnel and the figures a sales lead steers by."""

from __future__ import annotations

import csv
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer

from outreach import figures, reports
from outreach.cli.context import choice, database, print_json, print_table


class Format(StrEnum):
    """How a report is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def add_to(app: typer.Typer) -> None:
    app.command()(report)


FormatOption = Annotated[str, typer.Option("--format", help="table, json or csv (the figures by source).")]


def report(format: FormatOption = "table") -> None:
    """Print the funnel, mails by outcome, and the figures by source.

    Volume is how many leads came, conversion the share of each rung that reached the next, average ticket what
    a deal won is worth, cycle the days from a lead's first day to its deal, retention who of the customers stayed.
    """
    wanted = choice(Format, format, "format")
    with database() as opened, opened.read() as session:
        funnel, outcomes = reports.funnel(session), reports.outcomes(session)
        campaigns, by_source = reports.campaigns(session), figures.key_figures(session)
    if wanted == Format.JSON:
        print_json({"funnel": funnel, "mails": outcomes, "campaigns": campaigns, "figures": by_source})
    elif wanted == Format.CSV:
        csv.writer(sys.stdout).writerows([_headings(), *(_row(each) for each in by_source)])
    else:
        _print_tables(funnel, outcomes, campaigns, by_source)


def _print_tables(
    funnel: tuple[reports.StageCount, ...],
    outcomes: tuple[reports.Outcome, ...],
    campaigns: tuple[reports.CampaignCount, ...],
    by_source: tuple[figures.KeyFigures, ...],
) -> None:
    print_table(
        ["stage", "leads", "hot", "warm", "cold"],
        [[each.stage, each.leads, each.hot, each.warm, each.cold] for each in funnel],
    )
    print()
    print_table(["mails", "why", "number"], [[each.status, each.reason, each.mails] for each in outcomes])
    print()
    print_table(
        ["campaign", "version", "active", "finished", "stopped", "goal", "mails"],
        [
            [each.name, each.version, each.active, each.finished, each.stopped, each.goal_reached, each.mails]
            for each in campaigns
        ],
    )
    print()
    print_table(_headings(), [_row(each) for each in by_source])


def _headings() -> list[str]:
    rungs = [f"to {stage}" for stage in figures.LADDER[1:]]
    return ["source", "volume", *rungs, "won", "lost", "average ticket", "cycle days", "retention"]


def _row(each: figures.KeyFigures) -> list[Any]:
    rates = [_share(each.conversion[stage]) for stage in figures.LADDER[1:]]
    tickets = ", ".join(f"{ticket.average:.0f} {ticket.currency}" for ticket in each.tickets)
    cycle = "" if each.cycle_days is None else f"{each.cycle_days:.0f}"
    return [each.source, each.volume, *rates, each.won, each.lost, tickets, cycle, _share(each.retention)]


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"
