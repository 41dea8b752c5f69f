"""Commands for whoever keeps it running: doctor and status."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.context import Json, database, now, print_json, print_table, settings
from outreach.db import Database

if TYPE_CHECKING:
    from outreach.status import Status

Watch = Annotated[
    float | None, typer.Option(min=1, max=3600, help="Print it again every so many seconds, until Ctrl-C.")
]


def add_to(app: typer.Typer) -> None:
    for command in (status, doctor):
        app.command()(command)


def status(as_json: Json = False, watch: Watch = None) -> None:
    """Say how the whole stands: processes, what is due and for how long, sends, senders, mails in doubt.

    It reads a few indexes, at a cost that grows with the mails of the day and not with the leads; counting stops
    at 10,000.
    """
    with database() as opened:
        _print_status(opened, as_json)
        while watch is not None:
            try:
                time.sleep(watch)
            except KeyboardInterrupt:
                return
            print()
            _print_status(opened, as_json)


def _print_status(opened: Database, as_json: bool) -> None:
    from outreach import status as reader

    redis_url = settings().redis_url
    waiting = reader.at_broker(redis_url.get_secret_value() if redis_url else None)
    with opened.read() as session:
        found = reader.read(session, now(), waiting)
    if as_json:
        print_json(found)
    else:
        _print_page(found)


def _print_page(found: Status) -> None:
    from outreach.doctor.verdicts import counted, duration, megabytes, when

    print(f"{when(found.at)}, database {megabytes(found.database_bytes)}")
    print(f"processes: {counted(found.processes)}")
    if found.held_at is not None:
        print(f"backlog: {found.held_count or 0:,} mails wait since {when(found.held_at)} for a person")
    print()
    waiting = [
        ("mails", found.messages),
        ("enrollments", found.enrollments),
        ("leads to review", found.leads),
        ("leads to match", found.matches),
        ("events to follow up", found.followups),
        ("mails to reps", found.notifications),
        ("hand-offs not answered", found.handoffs),
        ("leases that ran out", found.leases),
        ("mails in doubt", found.unknown),
    ]
    rows = [
        [what, each.count, duration(each.age(found.at)) if each.since else None] for what, each in waiting
    ]
    print_table(["waiting", "number", "oldest"], rows)
    print()
    in_flight = f"in flight: {found.claimed} claimed, {found.transmitting} transmitting"
    at_broker = "" if found.at_broker is None else f"; {found.at_broker} batches at the broker"
    print(f"{in_flight}{at_broker}; {found.live} leads within a campaign")
    _print_senders(found)
    if found.unknown_ids:
        print(
            f"\nin doubt: {', '.join(str(id) for id in found.unknown_ids)}; decide with: outreach message resolve"
        )


def _print_senders(found: Status) -> None:
    from outreach.doctor.verdicts import when
    from outreach.status import OUTCOMES

    if not found.senders:
        return
    sends = {each.sender: each for each in found.sends}
    rows = [
        [
            line.name,
            f"{line.sent} of {'-' if line.limit is None else line.limit}",
            *(
                f"{sends[line.name].today.get(each, 0)} / {sends[line.name].last_hour.get(each, 0)}"
                for each in OUTCOMES
            ),
            when(line.next_at) if line.next_at and line.next_at > found.at else None,
            f"paused: {line.pause_reason}" if line.paused_at else None,
        ]
        for line in found.senders
    ]
    print("\nmails by outcome: today / last hour")
    print_table(["sender", "sent", *OUTCOMES, "not before", ""], rows)


def doctor(as_json: Json = False) -> None:
    """Examine settings, database, broker, mail server, mailbox, pages, DNS and clock, and what waits or is stuck.

    One line each: ok, warning or error, what is wrong, and what to do. Nothing is sent and nothing is changed.
    The exit code is 1 if there is an error.
    """
    # Broker, pages and resolver take a second to import, and every other command does without them.
    from outreach import doctor as practice

    findings = []
    for finding in practice.examine(settings(), now()):
        findings.append(finding)
        if not as_json:
            print(f"{finding.verdict:<8} {finding.check:<10} {finding.text}", flush=True)
    if as_json:
        print_json(findings)
    if any(finding.verdict == practice.Verdict.ERROR for finding in findings):
        raise typer.Exit(1)
