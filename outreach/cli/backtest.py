"""The command backtest: changed rules of the funnel held against what really happened."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.context import Json, database, now, print_json, print_table, workspace
from outreach.cli.progress import progress_bar
from outreach.errors import InputError

if TYPE_CHECKING:
    from outreach.applied import InForce
    from outreach.backtest import Backtest, Rung
    from outreach.domain.forecasts import Difference, Forecast
    from outreach.domain.policies import Funnel


def add_to(app: typer.Typer) -> None:
    app.command()(backtest)


FunnelFile = Annotated[
    Path | None, typer.Option(help="The rules to try; none: campaigns/funnel.yaml of the workspace.")
]
From = Annotated[str | None, typer.Option("--from", help="Leads known from this day on, 2026-01-31.")]
To = Annotated[str | None, typer.Option("--to", help="What happened up to the end of this day; none: all.")]
SuggestTo = Annotated[Path | None, typer.Option(help="Write the suggested scoring into this file too.")]


def backtest(
    funnel: FunnelFile = None,
    known_from: From = None,
    until: To = None,
    suggest: SuggestTo = None,
    as_json: Json = False,
) -> None:
    """Play the past once more under changed scoring and promotion rules: who would have been an MQL, and who bought.

    Edit campaigns/funnel.yaml, then run this before `outreach apply`. It reads the database and changes nothing.
    The mails of the past were sent under the rules of the past: what other mails would have brought, nobody knows.
    """
    from outreach import applied
    from outreach import backtest as backtests

    first, end = _days(known_from, until)
    if suggest is not None and suggest.exists():
        raise InputError(f"{suggest} is there already; name a file that is not")
    rules = _rules(funnel)
    with database() as opened, opened.read() as session:
        in_force = applied.policies(session)
        if backtests.first_event(session) is None:
            raise InputError(
                "nothing has happened yet that rules could be held against; outreach simulate looks ahead"
            )
        with progress_bar("leads played") as tell:
            found = backtests.backtest(session, _with(in_force, rules), first, end, tell)
    if found.leads == 0:
        raise InputError("no lead became known in these days")
    if suggest is not None and found.suggestion is not None:
        suggest.write_text(found.suggested, encoding="utf-8")
    if as_json:
        print_json(found)
    else:
        _print(found)


def _days(known_from: str | None, until: str | None) -> tuple[datetime | None, datetime]:
    first = datetime.combine(_day(known_from), time(), UTC) if known_from else None
    end = datetime.combine(_day(until) + timedelta(days=1), time(), UTC) if until else now()
    if first is not None and first >= end:
        raise InputError(f"--from {known_from} is not before --to {until or 'today'}")
    return first, min(end, now())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is not a day; write for example 2026-01-31") from None


def _rules(path: Path | None) -> Funnel:
    from outreach import workspace as workspaces
    from outreach.backtest import rules_file

    return rules_file.read(path) if path else workspaces.load(workspace()).policies.funnel


def _with(in_force: InForce, funnel: Funnel) -> InForce:
    from dataclasses import replace

    from outreach.domain.funnel import compile_funnel

    policies = in_force.policies.model_copy(update={"funnel": funnel})
    return replace(in_force, policies=policies, funnel=compile_funnel(funnel))


# -- as text -----------------------------------------------------------------------------------------


def _print(found: Backtest) -> None:
    since = f" known from {found.known_from}" if found.known_from else ""
    print(
        f"{found.leads:,} leads{since} up to {found.until:%Y-%m-%d}; {found.wins:,} bought,"
        f" {found.silent:,} never did anything."
    )
    if found.wins:
        print(f"Judged are those known for at least {found.horizon.days} days ({found.horizon_of}).")
    else:
        print("No deal was won yet: whom the rules promote can be said, and not how well they foretell.")
    for rung in found.rungs:
        print()
        _print_rung(rung, is_judged=found.wins > 0)
    if found.weeks:
        print("\nHand-offs under the rules tried, if each occupies its rep for 30 days:")
        rows = [
            [
                each.rep or "nobody", each.hand_offs, f"{each.per_week:.1f}",
                f"{each.fullest} (from {each.fullest_week})", f"{each.most_open} of {each.capacity}" if each.rep else "",
            ]
            for each in found.weeks
        ]  # fmt: skip
        print_table(["rep", "hand-offs", "per week", "fullest week", "most open"], rows)
    print(
        "\nThe mails of that time were sent under the rules of that time: what others would have brought is not known.\n"
    )
    print(found.suggested if found.suggestion else f"No points are suggested: {found.suggested}.")


def _print_rung(rung: Rung, *, is_judged: bool) -> None:
    print(f"{rung.stage.upper()}: {_changed(rung.difference)}")
    if not is_judged:
        return
    rows = [["then", *_cells(rung.then)], ["tried", *_cells(rung.tried)]]
    print_table(
        ["rules", "of those promoted bought", "of those who bought were promoted before", "lift"], rows
    )


def _cells(forecast: Forecast) -> list[str]:
    lift = "" if forecast.lift is None else f"{forecast.lift:.1f}"
    return [str(forecast.precision), str(forecast.recall), lift]


def _changed(found: Difference) -> str:
    if found.before == found.after and not (found.gained or found.dropped or found.earlier or found.later):
        return f"{found.before:,} leads, the same at the same time"
    parts = [f"{found.before:,} then, {found.after:,} under the rules tried"]
    parts += [f"{found.gained:,} more"] if found.gained else []
    parts += [f"{found.dropped:,} not any more"] if found.dropped else []
    if found.shift is not None:
        days = found.shift / timedelta(days=1)
        way = "later" if days > 0 else "earlier"
        parts.append(
            f"{found.earlier:,} earlier and {found.later:,} later (median {abs(days):.1f} days {way})"
        )
    return "; ".join(parts)
