"""The command rejudge: old opens and clicks, judged anew."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Annotated

import typer

from outreach import judging
from outreach.cli.context import Json, database, now, print_json, print_table, settings
from outreach.cli.progress import progress_bar
from outreach.errors import InputError
from outreach.rejudging import Promotion, Rejudged


def add_to(app: typer.Typer) -> None:
    app.command()(rejudge)


Since = Annotated[str | None, typer.Option(help="Only hits since this day (UTC), as 2026-03-09.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")]


def rejudge(since: Since = None, dry_run: DryRun = False, as_json: Json = False) -> None:
    """Judge old opens and clicks by the rules of today: which of them were a person's, and which a machine's.

    Scores are made up again from what people did. Nobody is moved down: the promotions and hand-offs that would not
    have happened are listed, and a person decides.
    """
    from outreach import rejudging

    start = _day(since)
    known = judging.known_networks(settings().scanner_networks)
    with database() as opened, progress_bar("judging") as tell:
        result = rejudging.rejudge(opened, known, now(), start, is_dry=dry_run, tell=tell)
    if as_json:
        changed = [
            {"before": before, "now": after, "hits": count}
            for (before, after), count in sorted(result.changed.items())
        ]
        told = {
            "hits": result.hits,
            "changed": changed,
            "leads": result.leads,
            "promotions": result.promotions,
        }
        print_json({"dry_run": dry_run, **told})
    else:
        _print(result, dry_run)


def _day(written: str | None) -> datetime | None:
    if written is None:
        return None
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise InputError(f"--since: {written!r} is no day; write it as 2026-03-09") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _print(result: Rejudged, dry_run: bool) -> None:
    total = sum(Counter(result.changed).values())
    would = "would be" if dry_run else "are"
    print(f"{result.hits} hits looked at; {total} {would} judged otherwise, of {result.leads} leads")
    for (before, after), count in sorted(result.changed.items()):
        print(f"  {before} -> {after}: {count}")
    if result.promotions:
        print("\npromotions that would not have happened; nobody was moved down:")
        headings = ["when (UTC)", "lead", "move", "stands at", "hand-off", "rests on", "sure"]
        print_table(headings, [_row(each) for each in result.promotions])


def _row(each: Promotion) -> list[str]:
    handed = each.handoff
    handoff = f"{handed.id} {handed.rep or 'nobody'} {handed.status}" if handed else ""
    hits = [
        f"{hit.kind} {hit.subject} ({hit.now}: {hit.rule})" for hit in each.evidence if hit.before == "human"
    ]
    more = f" and {len(hits) - 1} more" if len(hits) > 1 else ""
    move = f"{each.from_stage} -> {each.to_stage}"
    sure = "yes" if each.is_sure else "rules or fields changed since"
    return [f"{each.at:%Y-%m-%d %H:%M}", each.lead, move, each.stage_now, handoff, hits[0] + more, sure]
