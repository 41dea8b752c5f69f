"""Commands on leads: import, lead."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select

from outreach import activity, applied, models, reps
from outreach import explain as explanations
from outreach import leads as rows
from outreach.cli.context import Json, choice, database, now, print_json, print_table
from outreach.cli.progress import progress_bar
from outreach.domain.events import Event
from outreach.domain.temperature import stated
from outreach.domain.words import OURS, WITH_A_ROW, Consent, Kind, Source, Stage
from outreach.errors import InputError

lead = typer.Typer(help="Look at leads, tell what happened to them, move them by hand.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.command(name="import")(import_)
    app.add_typer(lead, name="lead")


Email = Annotated[str, typer.Argument(help="The lead's address.")]


def import_(
    file: Annotated[Path, typer.Argument(help="CSV with a header line, or JSON lines.")],
    source: Annotated[
        str | None, typer.Option(help=f"Where they come from: {', '.join(Source)}. Or a column `source`.")
    ] = None,
    consent: Annotated[
        str | None,
        typer.Option(help=f"Why they may be written to: {', '.join(Consent)}. Or a column `consent`."),
    ] = None,
    source_detail: Annotated[str | None, typer.Option(help="Which fair, list, article ...")] = None,
    consent_note: Annotated[str | None, typer.Option(help="Where the consent is written down.")] = None,
    map_: Annotated[
        list[str] | None, typer.Option("--map", help='A column by its header: "Mail address=email".')
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="Of the file; none: UTF-8.")] = None,
    rejects: Annotated[
        Path | None, typer.Option(help="Where rejected rows go; none: FILE.rejected.csv.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Import leads. The address is the person: who is known already only gets empty fields filled.

    Source and consent are required and kept. Who is suppressed stays so. A row that can not be taken goes
    to the rejects file with its line and the reason, and the rest goes in. Importing twice changes nothing.
    """
    from outreach import imports  # with all its parsers, and nobody else needs them

    with database() as opened:
        with opened.read() as session:
            custom = applied.policies(session).funnel.funnel.fields
        options = imports.Options(
            source=source,
            consent=consent,
            source_detail=source_detail,
            consent_note=consent_note,
            columns=imports.read_columns(map_ or []),
            encoding=encoding,
            rejects=rejects,
            fields=custom,
        )
        with progress_bar("importing") as progress:
            done = imports.import_leads(opened, file, options, now(), progress)
    if as_json:
        print_json(done)
        return
    print(
        f"{done.added} added, {done.updated} updated, {done.unchanged} unchanged, "
        f"{done.suppressed} suppressed, {done.rejected} rejected"
    )
    if done.ignored:
        print(
            f"columns passed over: {', '.join(done.ignored)} (declare them under fields in funnel.yaml to keep them)"
        )
    if done.rejects_file:
        print(f"rejected rows: {done.rejects_file}")


@lead.command(name="list")
def list_(
    stage: Annotated[str | None, typer.Option(help=f"Only of this stage: {', '.join(Stage)}.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 50,
    as_json: Json = False,
) -> None:
    """List leads, the highest score first."""
    row = models.Lead
    found = select(row).order_by(row.score.desc(), row.id).limit(limit)
    if stage is not None:
        found = found.where(row.stage == choice(Stage, stage, "stage"))
    with database() as opened, opened.read() as session:
        leads = [
            [each.email, each.stage, round(each.score, 1), each.temperature, each.source, each.owner]
            for each in session.scalars(found)
        ]
    headings = ["email", "stage", "score", "temperature", "source", "owner"]
    if as_json:
        print_json([dict(zip(headings, each, strict=True)) for each in leads])
    else:
        print_table(headings, leads)


@lead.command()
def event(
    email: Email,
    kind: Annotated[
        str, typer.Argument(help=f"One of {', '.join(kind for kind in Kind if kind not in OURS)}.")
    ],
    subject: Annotated[str, typer.Option(help="The form, event or page.")] = "",
    detail: Annotated[str, typer.Option(help="For example the intent: meeting, not_interested.")] = "",
    purchase_time: Annotated[
        str | None, typer.Option(help='When the lead means to buy: "in 2 months".')
    ] = None,
    key: Annotated[
        str | None, typer.Option("--id", help="The occurrence's own id; the same one counts once.")
    ] = None,
) -> None:
    """Tell what a lead did elsewhere: attended a webinar, submitted a form, booked a meeting, stated a plan."""
    word = choice(Kind, kind, "kind of event")
    if word in OURS:
        raise InputError(f"{kind} is written by the program itself")
    if word in WITH_A_ROW:
        raise InputError(f"{kind} is told by outreach handoff, deal or task")
    if purchase_time and stated(purchase_time, now()) is None:
        raise InputError(
            f'{purchase_time!r} states no time; write for example "in 2 months", "next quarter" or 2026-12-31'
        )
    data = {"purchase_time": purchase_time} if purchase_time else {}
    with database() as opened, opened.write() as session:
        row = rows.find(session, email)
        source_id = f"told:{key or uuid.uuid4()}"
        told = Event(word, source_id, now(), row.id, subject=subject, detail=detail, data=data)
        new = activity.record(session, told, now())
    print("recorded" if new else "known already: nothing changed")


@lead.command()
def discard(email: Email, reason: Annotated[str, typer.Option(help="Why.")]) -> None:
    """Discard a lead that has no intent: it is never nurtured again."""
    _move(email, Stage.DISCARDED, reason)


@lead.command(name="set-aside")
def set_aside(
    email: Email,
    competitor: Annotated[str | None, typer.Option(help="From whom it bought.")] = None,
    contract_ends: Annotated[str | None, typer.Option(help="The day the contract ends, 2026-12-31.")] = None,
) -> None:
    """Set a lead aside that bought elsewhere: it comes back before that contract ends."""
    ends_at = reps.parse_day(contract_ends) if contract_ends else None
    reason = f"bought from {competitor or 'a competitor'}"
    _move(email, Stage.SET_ASIDE, reason, competitor=competitor, contract_ends_at=ends_at)


@lead.command()
def move(
    email: Email,
    stage: Annotated[str, typer.Argument(help=f"One of {', '.join(Stage)}.")],
    reason: Annotated[str, typer.Option(help="Why.")],
) -> None:
    """Move a lead to a stage by hand."""
    _move(email, choice(Stage, stage, "stage"), reason)


def _move(email: str, to: Stage, reason: str, **said: object) -> None:
    with database() as opened, opened.write() as session:
        moved = reps.move(session, email, to, reason, applied.policies(session), now(), **said)
    print(f"{email} is {to} now" if moved else f"{email} was {to} already: nothing changed")


@lead.command()
def resume(email: Email) -> None:
    """Let campaigns write again to a lead that replied and was left to a person."""
    with database() as opened, opened.write() as session:
        done = reps.resume(session, email, now())
    print("campaigns may write to it again" if done else "they may already: nothing changed")


@lead.command()
def export(email: Email) -> None:
    """Print all that is kept of a lead as JSON (GDPR article 15)."""
    with database() as opened, opened.read() as session:
        row = rows.find(session, email)
        fields = {column.name: getattr(row, column.name) for column in models.Lead.__table__.columns}
        explanation = explanations.explain(session, email, now())
    print_json({"lead": json.loads(json.dumps(fields, default=str)), "explanation": explanation})
