"""The command preview: the mails of a campaign as they would be sent, to look through before anything is."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.cli.context import Json, database, now, print_json, print_table, settings, workspace
from outreach.errors import InputError

if TYPE_CHECKING:
    from outreach.preview import Person, Preview, StandIns
    from outreach.preview.folder import Shoot, Written
    from outreach.workspace import Workspace


def add_to(app: typer.Typer) -> None:
    app.command()(preview)


def preview(
    campaign: Annotated[str, typer.Argument(help="The campaign's name.")],
    lead: Annotated[str | None, typer.Option(help="The address of a lead in the database.")] = None,
    fields: Annotated[
        str | None,
        typer.Option(help="A lead that is made up: first_name=Eva,company=Foods; all else is not known."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="The folder that is written; none: preview/CAMPAIGN in the workspace.")
    ] = None,
    step: Annotated[str | None, typer.Option(help="Only the mail of this step.")] = None,
    html: Annotated[bool, typer.Option("--html", help="Only HTML and the page to look through.")] = False,
    eml: Annotated[bool, typer.Option("--eml", help="Only the bytes of the mails.")] = False,
    screenshot: Annotated[
        bool, typer.Option("--screenshot", help="Pictures too, 390 and 1280 pixels wide; needs a browser.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write every mail of a campaign as it would be sent: the exact bytes (.eml), HTML, and a page to look through.

    Without --lead or --fields few leads are made up that together show every arm of every branch and every
    fallback. The files are read as they are, applied or not; the database is asked only for --lead and never
    written to. A mail that can not be rendered is told, the others are written, and the exit code is 1.
    """
    from outreach import workspace as workspaces
    from outreach.preview import folder as folders

    if lead is not None and fields is not None:
        raise InputError("--lead is somebody of the database, --fields somebody made up; write one of them")
    if screenshot and eml and not html:
        raise InputError("pictures are taken of the HTML; leave out --eml, or --screenshot")
    loaded = workspaces.load(workspace())
    made = _made(loaded, campaign, lead, fields, step)
    where = out or workspace() / "preview" / campaign
    kinds = [kind for kind, wanted in (("eml", eml), ("html", html)) if wanted] or ["eml", "html"]
    with _camera(screenshot) as shoot:
        folders.ready(where)
        written = folders.write(where, made, kinds, shoot)
    _tell(made, written, where, "html" in kinds, as_json)
    for problem in made.problems if not as_json else ():
        print(problem, file=sys.stderr)
    if made.problems:
        raise typer.Exit(1)


def _made(
    loaded: Workspace, campaign: str, lead: str | None, fields: str | None, step: str | None
) -> Preview:
    from outreach import preview as previews

    at = now().replace(microsecond=0)
    stand_ins = _stand_ins()
    person: Person | None = None
    if lead is not None:
        with database() as opened, opened.read() as session:
            person = previews.person(session, lead)
    elif fields is not None:
        person = previews.written(loaded, campaign, fields, at)
    if person is None:
        return previews.of_sample(loaded, campaign, stand_ins, step)
    return previews.of_lead(loaded, campaign, person, stand_ins, step)


def _stand_ins() -> StandIns:
    from outreach.links import Links
    from outreach.preview import NO_KEY, StandIns

    known = settings()
    return StandIns(Links(known.base_url, NO_KEY, has_honeypot=known.honeypot), now().replace(microsecond=0))


@contextmanager
def _camera(wanted: bool) -> Iterator[Shoot | None]:
    """Yield what takes pictures of a page, None where none are wanted."""
    if not wanted:
        yield None
        return
    from outreach.preview import browser
    from outreach.preview.folder import WIDTHS

    with browser.Browser(browser.find(), blocked=(settings().base_url,)) as running:

        def shoot(page: Path, into: dict[str, Path]) -> None:
            for kind, path in into.items():
                path.write_bytes(running.picture(page, WIDTHS[kind], is_phone=kind == "phone"))

        yield shoot


def _tell(made: Preview, written: Sequence[Written], where: Path, has_page: bool, as_json: bool) -> None:
    rows = [_row(each) for each in written]
    if as_json:
        print_json(
            {"campaign": made.campaign, "folder": str(where), "mails": rows, "cases": made.cases, "notes": made.notes,
             "problems": made.problems}
        )  # fmt: skip
        return
    print_table(
        ["step", "variant", "subject", "mails", "for"],
        [[*key, mails, _leads(cases)] for key, (mails, cases) in _by_variant(rows).items()],
    )
    for note in made.notes:
        print(f"note: {note}")
    sent = [each for each in written if each.mail.made]
    print(f"{len(sent)} mails of {made.campaign} in {where}")
    print("stand-ins for what only comes to be on sending: Date, Message-ID, and the addresses of links")
    if has_page:
        print(f"look through them: {where / 'index.html'}")


def _by_variant(rows: Sequence[dict[str, Any]]) -> dict[tuple[str, str, str], tuple[int, set[str]]]:
    """Return of each step and variant how many mails differ, and for whom they are; under the first one's subject."""
    subjects: dict[tuple[str, str, bool], str] = {}
    found: dict[tuple[str, str, str], tuple[int, set[str]]] = {}
    for row in rows:
        step, variant = row["step"], row["variant"]
        key = step, variant, subjects.setdefault((step, variant, row["problem"] is None), row["subject"])
        mails, cases = found.get(key, (0, set()))
        found[key] = mails + 1, {*cases, *row["cases"]}
    return found


def _leads(cases: Collection[str]) -> str:
    return next(iter(cases)) if len(cases) == 1 else f"{len(cases)} leads"


def _row(each: Written) -> dict[str, Any]:
    mail = each.mail
    made = mail.made.mail if mail.made else None
    return {
        "step": mail.step,
        "number": mail.number,
        "template": mail.template,
        "variant": mail.variant,
        "subject": made.subject if made else "can not be sent",
        "to": made.to_address if made else None,
        "file": (each.eml or each.html).rpartition(".")[0],
        "eml": each.eml or None,
        "html": each.html or None,
        "pictures": each.pictures,
        "cases": mail.cases,
        "problem": mail.problem or None,
    }
