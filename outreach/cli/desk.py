"""Commands of the sales desk: handoff, deal, task, message, sender, report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach import applied, ledger, models, reps
from outreach.cli.context import LARGEST_ID, Json, choice, database, now, print_json, print_table
from outreach.domain.words import MessageStatus
from outreach.errors import InputError

SENT = frozenset({"sent", "delivered", "done", "ok"})
"""What people call a mail that the mail server took."""

handoff = typer.Typer(help="Hand-offs: leads given to reps.", no_args_is_help=True)
deal = typer.Typer(help="Deals: won, or lost for a reason.", no_args_is_help=True)
task = typer.Typer(help="Tasks for people.", no_args_is_help=True)
message = typer.Typer(
    help="The ledger of mails. Where the connection was lost within a mail nobody can know whether it went out: "
    "it stands there as unknown, is never sent again by itself, and a person decides.",
    no_args_is_help=True,
)
sender = typer.Typer(
    help="Mailboxes that mails are sent from. One pauses by itself where the mail server refuses the login or the "
    "sender; its mails wait.",
    no_args_is_help=True,
)


def add_to(app: typer.Typer) -> None:
    for name, commands in (
        ("handoff", handoff),
        ("deal", deal),
        ("task", task),
        ("message", message),
        ("sender", sender),
    ):
        app.add_typer(commands, name=name)


Email = Annotated[str, typer.Argument(help="The lead's address.")]
HandoffId = Annotated[int, typer.Argument(min=1, max=LARGEST_ID, help="From: outreach handoff list")]
TaskId = Annotated[int, typer.Argument(min=1, max=LARGEST_ID, help="From: outreach task list")]
MessageId = Annotated[int, typer.Argument(min=1, max=LARGEST_ID, help="From: outreach explain")]


@handoff.command(name="list")
def list_handoffs(as_json: Json = False) -> None:
    """List the hand-offs that wait for an answer."""
    row, lead = models.Handoff, models.Lead
    found = (
        select(row, lead.email)
        .join(lead, lead.id == row.lead_id)
        .where(row.status == "open")
        .order_by(row.due_at)
    )
    with database() as opened, opened.read() as session:
        rows = [
            [each.id, email, each.rep, each.reason, each.due_at] for each, email in session.execute(found)
        ]
    headings = ["id", "email", "rep", "reason", "answer by"]
    if as_json:
        print_json([dict(zip(headings, each, strict=True)) for each in rows])
    else:
        print_table(headings, rows)


@handoff.command()
def accept(id: HandoffId) -> None:
    """Accept a hand-off: the lead becomes an opportunity with an open deal."""
    _answer(id, True, None)


@handoff.command()
def reject(
    id: HandoffId,
    reason: Annotated[str, typer.Option(help="One of the reasons under `rejected` in funnel.yaml.")],
) -> None:
    """Reject a hand-off: funnel.yaml says where the lead goes, by reason."""
    _answer(id, False, reason)


def _answer(id: int, accept: bool, reason: str | None) -> None:
    with database() as opened, opened.write() as session:
        done = reps.answer_handoff(session, id, accept, reason, now())
    print("done" if done else "answered before: nothing changed")


@deal.command()
def win(
    email: Email,
    amount: Annotated[float | None, typer.Option(min=0, max=1e12, help="What the deal is worth.")] = None,
    currency: Annotated[str | None, typer.Option(help="EUR, USD ...")] = None,
) -> None:
    """Close the lead's open deal as won: the lead is a customer."""
    if currency is not None and not (len(currency) == 3 and currency.isalpha()):
        raise InputError(f"{currency!r} is no currency; write three letters, for example EUR")
    with database() as opened, opened.write() as session:
        reps.win(session, email, amount, currency.upper() if currency else None, now())
    print(f"{email} is a customer now")


@deal.command()
def lose(
    email: Email,
    reason: Annotated[str, typer.Option(help="One of the reasons under `lost` in funnel.yaml.")],
    competitor: Annotated[str | None, typer.Option(help="Who won it.")] = None,
    contract_ends: Annotated[str | None, typer.Option(help="The day that contract ends, 2026-12-31.")] = None,
) -> None:
    """Close the lead's open deal as lost; funnel.yaml says whether and when the lead comes back."""
    ends_at = reps.parse_day(contract_ends) if contract_ends else None
    with database() as opened, opened.write() as session:
        reps.lose(session, email, reason, now(), competitor=competitor, contract_ends_at=ends_at)
        lead = session.scalars(select(models.Lead).where(models.Lead.email == email.strip().lower())).one()
        stage, return_at = lead.stage, lead.return_at
    print(f"{email} is {stage} now" + (f", back on {return_at:%Y-%m-%d}" if return_at else ""))


@task.command(name="list")
def list_tasks(
    rep: Annotated[str | None, typer.Option(help="Only of this rep.")] = None, as_json: Json = False
) -> None:
    """List the open tasks, the most urgent first."""
    row, lead = models.Task, models.Lead
    found = (
        select(row, lead.email)
        .join(lead, lead.id == row.lead_id)
        .where(row.status == "open")
        .order_by(row.due_at)
    )
    if rep is not None:
        found = found.where(row.rep == rep)
    with database() as opened, opened.read() as session:
        rows = [[each.id, each.kind, email, each.rep, each.due_at] for each, email in session.execute(found)]
    headings = ["id", "kind", "email", "rep", "due"]
    if as_json:
        print_json([dict(zip(headings, each, strict=True)) for each in rows])
    else:
        print_table(headings, rows)


@task.command()
def done(id: TaskId) -> None:
    """Mark a task as done."""
    with database() as opened, opened.write() as session:
        first = reps.finish_task(session, id, now())
    print("done" if first else "was done before: nothing changed")


@message.command(name="list")
def list_messages(
    status: Annotated[str, typer.Option(help=", ".join(MessageStatus))] = "unknown",
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at most.")] = 100,
    as_json: Json = False,
) -> None:
    """List mails of one status, those first that wait longest; without an option those whose outcome is unknown."""
    row, lead = models.Message, models.Lead
    wanted = _status(status)
    found = (
        select(row, lead.email)
        .join(lead, lead.id == row.lead_id)
        .where(row.status == str(wanted))
        .order_by(row.id)
        .limit(limit)
    )
    with database() as opened, opened.read() as session:
        rows = [
            [
                each.id,
                email,
                each.template,
                each.sender,
                each.reason,
                each.outcome_at or each.due_at,
                each.detail,
            ]
            for each, email in session.execute(found)
        ]
        others = {} if rows else _counts(session)
    headings = ["id", "email", "template", "sender", "reason", "at", "detail"]
    if as_json:
        print_json([dict(zip(headings, each, strict=True)) for each in rows])
    elif rows:
        print_table(headings, rows)
    else:
        print(_none(wanted, others))


def _status(written: str) -> MessageStatus:
    if written.strip().lower() in SENT:
        raise InputError(
            f"{written!r} is no status; did you mean accepted? outreach message list --status accepted"
        )
    return MessageStatus(choice(MessageStatus, written, "status"))


def _counts(session: Session) -> dict[str, int]:
    """Return how many mails there are of each status that any has."""
    row = models.Message
    counts = session.execute(select(row.status, func.count()).group_by(row.status)).all()
    found = {str(status): count for status, count in counts}
    return {str(status): found[status] for status in MessageStatus if status in found}


def _none(wanted: MessageStatus, others: Mapping[str, int]) -> str:
    """Return the line for a list with nothing in it: what there is instead, and how to see the most of it."""
    if not others:
        return "there are no mails yet"
    most = max(others, key=lambda status: others[status])
    told = ", ".join(f"{count:,} {status}" for status, count in others.items())
    return f"no mail is {wanted}; {told}: outreach message list --status {most}"


@message.command()
def resolve(
    id: MessageId,
    sent: Annotated[bool, typer.Option("--sent/--not-sent", help="What the mail server's log says.")],
) -> None:
    """Decide a mail whose outcome is unknown. It is never sent again, either way."""
    with database() as opened, opened.write() as session:
        decided = ledger.resolve(session, id, sent, now())
    if not decided:
        raise InputError(f"message {id} is not unknown: nothing changed")
    print("decided")


@sender.command()
def resume(name: Annotated[str, typer.Argument(help="Its name in senders.yaml.")]) -> None:
    """Let a paused sender send again."""
    with database() as opened, opened.write() as session:
        senders = applied.policies(session).policies.senders
        if senders.sender(name) is None:
            known = ", ".join(sender.name for sender in senders.senders)
            raise InputError(f"no sender in senders.yaml has the name {name!r}; there are {known}")
        waiting = ledger.resume_sender(session, name, now())
    print(f"{name} sends again; {waiting} mails were waiting")
