"""Prints how the demo ended. Every number comes from the database, and is held against what the recipients saw."""

from __future__ import annotations

import shutil
import sys
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach import leads, models
from outreach.config import Settings
from outreach.demo.director import Stage
from outreach.demo.people import Cast
from outreach.domain.words import Kind, MessageStatus
from outreach.domain.words import Stage as FunnelStage


def tell(
    console: Console, stage: Stage, before: dict[str, int], cast: Cast, days: int, seconds: float
) -> list[str]:
    """Print the end; return what is missing from the main job, nothing when all was done."""
    with stage.database.read() as session:
        _funnel(console, before, leads.count_by_stage(session))
        _mails(console, session)
        moves = _moves(console, session)
        _handoffs(console, session, stage)
        recycled = _recycled(console, session)
        missing = _missing(session, stage, moves, recycled)
    did = ", ".join(f"{count} {what}" for what, count in sorted(stage.recipients.did.items()))
    console.print(f"\nThe recipients: {did}.")
    console.print(f"{days} days were played in {seconds:.0f} seconds.")
    return missing


def _funnel(console: Console, before: dict[str, int], after: dict[str, int]) -> None:
    table = Table(title="The funnel", title_justify="left", box=None)
    for heading in ("stage", "before", "after"):
        table.add_column(heading, justify="left" if heading == "stage" else "right")
    for stage in FunnelStage:
        table.add_row(stage, str(before.get(stage, 0)), str(after.get(stage, 0)))
    console.print("", table)


def _mails(console: Console, session: Session) -> None:
    message = models.Message
    rows = session.execute(
        select(message.status, message.reason, func.count())
        .group_by(message.status, message.reason)
        .order_by(message.status, func.count().desc())
    ).all()
    table = Table(title="Mails by outcome", title_justify="left", box=None)
    table.add_column("outcome")
    table.add_column("why")
    table.add_column("mails", justify="right")
    for status, reason, count in rows:
        table.add_row(status, reason or "", str(count))
    console.print("", table)


def _moves(console: Console, session: Session) -> dict[tuple[str, str], int]:
    event = models.Event
    events = session.scalars(select(event).where(event.kind == Kind.STAGE_CHANGED).order_by(event.id)).all()
    counted: dict[tuple[str, str, str], int] = {}
    for each in events:
        key = (
            str(each.data["from"]),
            str(each.data["to"]),
            str(each.data["because"]).partition(", round")[0],
        )
        counted[key] = counted.get(key, 0) + 1
    table = Table(title="Moves through the funnel", title_justify="left", box=None)
    for heading in ("from", "to", "because"):
        table.add_column(heading)
    table.add_column("leads", justify="right")
    for (start, to, because), count in sorted(counted.items()):
        table.add_row(start, to, because, str(count))
    console.print("", table)
    totals: dict[tuple[str, str], int] = {}
    for (start, to, _), count in counted.items():
        totals[start, to] = totals.get((start, to), 0) + count
    return totals


def _handoffs(console: Console, session: Session, stage: Stage) -> None:
    handoff = models.Handoff
    rows = session.execute(
        select(handoff.rep, handoff.status, func.count())
        .group_by(handoff.rep, handoff.status)
        .order_by(handoff.rep)
    ).all()
    table = Table(title="Hand-offs", title_justify="left", box=None)
    table.add_column("rep")
    table.add_column("answer")
    table.add_column("leads", justify="right")
    for rep, status, count in rows:
        table.add_row(rep or "nobody", status, str(count))
    console.print("", table)
    if stage.reps.briefs:
        console.print("\nA mail that a rep got:\n")
        _print_mail(console, stage.reps.briefs[-1])


def _print_mail(console: Console, mail: Message) -> None:
    for header in ("From", "To", "Subject"):
        value = make_header(decode_header(str(mail[header])))
        console.print(f"  | {header}: {value}", markup=False)
    console.print("  |")
    payload = mail.get_payload(decode=True)
    text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    for line in text.splitlines():
        console.print(f"  | {line}", markup=False, soft_wrap=True)


def _recycled(console: Console, session: Session) -> int:
    lead = models.Lead
    rows = session.execute(
        select(lead.angle, lead.stage, func.count())
        .where(lead.rounds > 0)
        .group_by(lead.angle, lead.stage)
        .order_by(lead.angle, lead.stage)
    ).all()
    table = Table(
        title="Back in play: lost deals and those who bought elsewhere", title_justify="left", box=None
    )
    table.add_column("angle")
    table.add_column("stage now")
    table.add_column("leads", justify="right")
    for angle, stage, count in rows:
        table.add_row(angle or "", stage, str(count))
    console.print("", table)
    return sum(count for _, _, count in rows)


def _missing(session: Session, stage: Stage, moves: dict[tuple[str, str], int], recycled: int) -> list[str]:
    """Hold the database against what the recipients saw, and the main job against what happened."""
    accepted = set(
        session.scalars(
            select(models.Message.rfc_message_id).where(models.Message.status == MessageStatus.ACCEPTED)
        )
    )
    got = stage.recipients.got
    checks = {
        "a mail came twice": not any(count > 1 for count in got.values()),
        "the ledger and the mailboxes differ": accepted == set(got),
        "a mail came after a reply or an opt-out": not stage.recipients.late,
        "nobody became an MQL": moves.get(("suspect", "mql"), 0) > 0,
        "nobody became an SQL": any(to == "sql" for _, to in moves),
        "no rep got a hand-off": bool(stage.reps.briefs),
        "no lost deal came back": recycled > 0,
    }
    return [what for what, holds in checks.items() if not holds]


def say_where(console: Console, folder: Path, settings: Settings) -> None:
    """Print how to look at the pages, and at a lead."""
    key = settings.secret_key.get_secret_value() if settings.secret_key else ""
    (folder / "demo.env").write_text(
        f"OUTREACH_WORKSPACE={folder}\nOUTREACH_SECRET_KEY={key}\nOUTREACH_SMTP_URL=dry://\n",
        encoding="utf-8",
    )
    (folder / "demo.env").chmod(0o600)
    console.print("\nLook at it (the mails that are still due stay here):", soft_wrap=True)
    console.print(f"  export $(cat {folder}/demo.env)", soft_wrap=True, markup=False)
    program = "outreach" if shutil.which("outreach") else sys.argv[0]
    for call in (
        "up            # pages at http://127.0.0.1:8025/",
        "lead list --stage opportunity",
        "explain EMAIL",
    ):
        console.print(f"  {program} {call}", soft_wrap=True, markup=False)
