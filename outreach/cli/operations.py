"""Commands for whoever answers for the sending: campaign, backlog, retry, adopt."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlalchemy import func, select

from outreach import backlog as backlogs
from outreach import campaigns, ledger, models
from outreach.cli.context import Json, database, now, print_json, print_table, settings
from outreach.domain.words import EnrollmentStatus
from outreach.errors import InputError

campaign = typer.Typer(help="Campaigns as they run: pause one, and let it go on.", no_args_is_help=True)
backlog = typer.Typer(
    help="What gathered while nothing ran. Above OUTREACH_CATCH_UP_ABOVE overdue mails nothing is sent before "
    "somebody has looked and said: outreach backlog release.",
    no_args_is_help=True,
)
Name = Annotated[str, typer.Argument(help="The campaign's name.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(campaign, name="campaign")
    app.add_typer(backlog, name="backlog")
    app.command()(retry)
    app.command()(adopt)


@campaign.command(name="list")
def list_campaigns(as_json: Json = False) -> None:
    """List the campaigns with their state and how many leads are in them now."""
    row, enrollment = models.Campaign, models.Enrollment
    live = enrollment.status.in_([EnrollmentStatus.ACTIVE, EnrollmentStatus.PAUSED])
    count = select(func.count()).where(enrollment.campaign_id == row.id, live).scalar_subquery()
    with database() as opened, opened.read() as session:
        found = session.execute(
            select(row.name, row.status, row.priority, count).order_by(row.priority.desc(), row.name)
        )
        rows = [list(each) for each in found]
    headings = ["campaign", "status", "priority", "leads in it"]
    if as_json:
        print_json([dict(zip(headings, each, strict=True)) for each in rows])
    else:
        print_table(headings, rows)


@campaign.command()
def pause(name: Name) -> None:
    """Pause a campaign: nobody enters and nothing is sent; what is on the wire goes out."""
    with database() as opened, opened.write() as session:
        moved = campaigns.pause(session, name)
    print(f"{name} is paused: {moved.enrollments} leads stand still, {moved.mails} queued mails wait")


@campaign.command()
def resume(name: Name) -> None:
    """Let a paused campaign go on. What went stale meanwhile is skipped; the rest keeps windows and limits."""
    with database() as opened, opened.write() as session:
        moved = campaigns.resume(session, name, now())
    print(f"{name} runs: {moved.enrollments} leads go on, {moved.mails} mails are due")


@backlog.command()
def show(as_json: Json = False) -> None:
    """Show what is overdue by more than an hour, by campaign, and whether it is held."""
    with database() as opened, opened.read() as session:
        found = backlogs.waiting(session, now())
        instance = session.scalars(select(models.Instance)).one()
        held_at, held = instance.held_at, instance.held_count
    if as_json:
        print_json({"held_at": held_at, "held": held, "waiting": found})
        return
    if held_at is not None:
        print(
            f"held since {held_at:%Y-%m-%d %H:%M} UTC: {held} overdue; let them go with: outreach backlog release"
        )
    if not found:
        print("nothing is overdue")
    else:
        rows = [[each.campaign, each.leads, each.mails, f"{each.since:%Y-%m-%d %H:%M}"] for each in found]
        print_table(["campaign", "leads overdue", "mails overdue", "since (UTC)"], rows)


@backlog.command()
def release() -> None:
    """Let the backlog go: windows, limits and `stale_after` hold as ever, so it is spread and not sent at once."""
    with database() as opened, opened.write() as session:
        count = backlogs.release(session)
    print("nothing was held" if count is None else f"{count} overdue leads and mails go on")


def retry(
    failed: Annotated[bool, typer.Option("--failed", help="What a server surely refused.")] = False,
    quarantined: Annotated[
        bool, typer.Option("--quarantined", help="What was set aside because its workers ended.")
    ] = False,
    only: Annotated[str | None, typer.Option("--campaign", help="Only mails of this campaign.")] = None,
) -> None:
    """Queue mails again that a server surely refused (given up, policy, content), but for bad addresses.

    Nobody gets a mail twice by this: what was accepted or is unknown stays as it is.
    """
    if not (failed or quarantined):
        raise InputError("say what to retry: outreach retry --failed, or outreach retry --quarantined")
    count = 0
    with database() as opened, opened.write() as session:
        campaign_id = campaigns.find(session, only).id if only else None
        if failed:
            count += ledger.retry_failed(session, campaign_id, now())
        if quarantined:
            count += ledger.retry_quarantined(session, campaign_id, now())
    print(f"{count} mails are queued again")


def adopt(
    moved: Annotated[
        bool, typer.Option("--moved", help="It was moved here, and no other one sends.")
    ] = False,
    restored: Annotated[bool, typer.Option("--restored", help="It is a backup of an earlier time.")] = False,
) -> None:
    """Take this database for the one that sends, after it was moved, copied or restored from a backup.

    Of a backup nobody knows what was sent after it was made: with --restored everything that is due by now turns to
    unknown, is not sent, and a person decides (outreach message list --status unknown).
    """
    if moved == restored:
        raise InputError("say which: outreach adopt --moved, or outreach adopt --restored")
    from outreach.adoption import doubt_what_is_due
    from outreach.assembly import links_of
    from outreach.fence import Fence

    found = settings()
    with database() as opened:
        doubted = doubt_what_is_due(opened, links_of(found), now()) if restored else 0
        fence = Fence(opened, found.workspace)
        with opened.write() as session:
            fence.adopt(session)
    print("this database sends from here now" + (f"; {doubted} mails are unknown" if restored else ""))
