"""Writes a preview into a folder: the bytes and the HTML of every mail, and a page to look through them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from outreach.errors import InputError
from outreach.preview import Preview, Shown

INDEX = "index.html"
LIST = ".outreach-preview"
"""Names the files of a preview, so that the next one may take their place; nothing else in a folder is touched."""
WIDTHS = {"phone": 390, "desktop": 1280}
NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")

Shoot = Callable[[Path, dict[str, Path]], None]
"""Takes pictures of a page: of each width's name into its file."""


@dataclass(frozen=True)
class Written:
    """A mail with the files it is in, by their names in the folder."""

    mail: Shown
    eml: str = ""
    html: str = ""
    pictures: tuple[str, ...] = ()


def ready(folder: Path) -> None:
    """Make the folder, and take an earlier preview out of it; InputError where it holds anything else."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = {path.name for path in folder.iterdir()}
        listed = (folder / LIST).read_text(encoding="utf-8").splitlines() if LIST in there else []
        if there - {LIST, *listed}:
            raise InputError(f"{folder} holds other files; name an empty folder with --out")
        for name in there:
            (folder / name).unlink()
        (folder / LIST).write_text("", encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no folder for a preview"
        raise InputError(f"{folder} can not be written: {why}") from None


def write(
    folder: Path, preview: Preview, kinds: Sequence[str] = ("eml", "html"), shoot: Shoot | None = None
) -> list[Written]:
    """Write the mails and the page; return what was written of each mail. The folder has to be `ready`."""
    names: list[str] = []
    done = []
    for mail in preview.mails:
        written = _mail(folder, preview, mail, kinds)
        names += [name for name in (written.eml, written.html) if name]
        if shoot and written.html:
            written = _pictures(folder, written, shoot)
            names += written.pictures
        done.append(written)
        _note(folder, names)
    if "html" in kinds:
        (folder / INDEX).write_text(_page(preview, done), encoding="utf-8")
        _note(folder, [INDEX, *names])
    return done


def _note(folder: Path, names: Sequence[str]) -> None:
    (folder / LIST).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")


def _mail(folder: Path, preview: Preview, mail: Shown, kinds: Sequence[str]) -> Written:
    written = Written(mail)
    if mail.made is None:
        return written
    place = preview.steps.index(mail.step) + 1
    name = f"{place:02}-{NOT_IN_NAMES.sub('-', mail.step.lower()).strip('-')}-{mail.number}"
    if "eml" in kinds:
        written = replace(written, eml=f"{name}.eml")
        (folder / written.eml).write_bytes(mail.made.data)
    if "html" in kinds:
        written = replace(written, html=f"{name}.html")
        (folder / written.html).write_text(mail.made.mail.html or "", encoding="utf-8", newline="")
    return written


def _pictures(folder: Path, written: Written, shoot: Shoot) -> Written:
    names = {kind: f"{written.html.removesuffix('.html')}-{kind}.png" for kind in WIDTHS}
    shoot(folder / written.html, {kind: folder / name for kind, name in names.items()})
    return replace(written, pictures=tuple(names.values()))


# -- the page --------------------------------------------------------------------------------------


def _page(preview: Preview, done: Sequence[Written]) -> str:
    pages = Environment(
        loader=PackageLoader("outreach.preview", "."), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    cases = {case.name: case for case in preview.cases}
    steps = [
        {
            "name": step,
            "place": place,
            "mails": [_row(each, cases) for each in done if each.mail.step == step],
        }
        for place, step in enumerate(preview.steps, start=1)
    ]
    return pages.get_template("index.jinja").render(
        campaign=preview.campaign,
        steps=[step for step in steps if step["mails"]],
        cases=preview.cases,
        notes=preview.notes,
        problems=preview.problems,
        count=sum(each.mail.made is not None for each in done),
    )


def _row(written: Written, cases: dict[str, Any]) -> dict[str, Any]:
    mail = written.mail
    made = mail.made.mail if mail.made else None
    return {
        "id": f"{NOT_IN_NAMES.sub('-', mail.step.lower()).strip('-')}-{mail.number}",
        "number": mail.number,
        "template": mail.template,
        "variant": mail.variant,
        "cases": [cases[name] for name in mail.cases],
        "problem": mail.problem,
        "subject": made.subject if made else "",
        "preheader": mail.made.preheader if mail.made else "",
        "from": f"{made.sender_name} <{made.sender_address}>" if made else "",
        "sender": made.sender_name if made else "",
        "to": f"{made.to_name} <{made.to_address}>".strip() if made else "",
        "in_thread": bool(made and made.in_reply_to),
        "text": made.text if made else "",
        "size": f"{len((made.html or '').encode()) / 1024:.1f}" if made else "",
        "eml": written.eml,
        "html": written.html,
    }
