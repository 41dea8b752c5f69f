"""Renders mails and notes from Jinja2 templates: lead data is data, and no mail leaves with a gap in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from jinja2 import Template
from jinja2 import TemplateError as JinjaError
from markupsafe import escape

from outreach.errors import Problem, TemplateError
from outreach.links import Links, web_address
from outreach.render.compiled import (
    LAYOUT_HTML,
    LAYOUT_TEXT,
    CompiledMail,
    CompiledNote,
    assembled,
    compile_mail,
    compile_note,
    compile_subject,
)
from outreach.render.language import LONGEST_OUTPUT, RUN, Fault, Faulty, Run
from outreach.render.plain import tidy
from outreach.render.sources import NOTE_KINDS, find, take_apart
from outreach.render.tokens import LAYOUT

__all__ = ["Rendered", "Renderer", "check"]


@dataclass(frozen=True)
class Rendered:
    """A mail's contents for one lead. `links` are the addresses that its links lead to, by their number."""

    subject: str
    preheader: str
    html: str
    text: str
    links: tuple[str, ...]
    unsubscribe_url: str


class Renderer:
    """Renders the templates of one set; each is compiled when it is first asked for."""

    def __init__(self, templates: Mapping[str, str], links: Links) -> None:
        self._templates = templates
        self._links = links
        self._mails: dict[str, CompiledMail] = {}
        self._notes: dict[str, CompiledNote] = {}

    def render(
        self, template: str, context: Mapping[str, Any], *, message_id: int, subject: str | None = None
    ) -> Rendered:
        """Return the mail for one lead; `subject` is one of a step's variants, a template too.

        TemplateError says in which line what is not known, empty, too long or forbidden.
        """
        mail = self._mail(template)
        followed: dict[int, str] = {}

        def follow(number: int, address: str) -> str:
            url = web_address(address)
            if url is None and address.lower().startswith("mailto:"):
                return address
            if url is None:
                raise JinjaError("a link is no http(s) address")
            followed[number] = url
            return self._links.click(message_id, number, url)

        honeypot = self._links.honeypot(message_id) if self._links.has_honeypot else ""
        run = Run(follow, self._links.open_pixel(message_id), honeypot)
        values = {**context, "unsubscribe_url": self._links.unsubscribe(message_id), RUN: run}
        said = mail.subject if subject is None else _subject(subject)
        page = _run(mail.file, mail.html, values)
        text = tidy(_run(mail.file, mail.text, values))
        _has_what_the_law_asks(mail.file, page, text, values)
        preheader = _run(mail.file, mail.preheader, values).strip() if mail.preheader else ""
        return Rendered(
            _run(mail.file, said, values).strip(),
            preheader,
            page,
            text,
            tuple(followed[number] for number in sorted(followed)),
            values["unsubscribe_url"],
        )

    def render_text(self, template: str, context: Mapping[str, Any]) -> tuple[str, str]:
        """Return subject and text of a note; TemplateError as for mails."""
        note = self._note(template)
        values = {**context, RUN: Run(lambda number, address: address)}
        return _run(note.file, note.subject, values).strip(), tidy(_run(note.file, note.text, values))

    def _mail(self, template: str) -> CompiledMail:
        if template not in self._mails:
            file = find(self._templates, template)
            try:
                self._mails[template] = compile_mail(self._templates, file)
            except Faulty as faulty:
                raise _error(file, faulty.faults[0]) from None
        return self._mails[template]

    def _note(self, template: str) -> CompiledNote:
        if template not in self._notes:
            file = find(self._templates, template, NOTE_KINDS)
            try:
                self._notes[template] = compile_note(file, take_apart(file, self._templates[file]))
            except Faulty as faulty:
                raise _error(file, faulty.faults[0]) from None
        return self._notes[template]


@lru_cache(maxsize=256)
def _subject(text: str) -> Template:
    try:
        return compile_subject(text)
    except Faulty as faulty:
        raise TemplateError("subject", 0, faulty.faults[0].message, faulty.faults[0].hint) from None


def _run(file: str, template: Template, values: Mapping[str, Any]) -> str:
    try:
        text = _at_most(template.generate(values), file)
    except JinjaError as error:
        raise _error(file, Fault(_line(error), str(error.message or "can not be rendered"))) from None
    except (TypeError, ValueError, ArithmeticError, RecursionError) as error:
        raise _error(file, Fault(_line(error), f"can not be rendered: {type(error).__name__}")) from None
    return text


def _at_most(pieces: Iterable[str], file: str) -> str:
    kept, size = [], 0
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size > LONGEST_OUTPUT:
            raise TemplateError(file, 0, f"the mail is longer than {LONGEST_OUTPUT:,} characters")
    return "".join(kept)


def _line(error: BaseException) -> int:
    """Return the template's line that raised, as Jinja has put it into the traceback."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "template":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _error(file: str, fault: Fault) -> TemplateError:
    which, line = divmod(fault.line, LAYOUT)
    return TemplateError((file, LAYOUT_HTML, LAYOUT_TEXT)[which], line, fault.message, fault.hint)


def _has_what_the_law_asks(file: str, page: str, text: str, values: Mapping[str, Any]) -> None:
    """Refuse a mail without a way out or without the sender's postal address (CAN-SPAM section 5)."""
    out, organisation = values["unsubscribe_url"], values.get("organisation", {})
    lines = [
        line.strip() for line in str(organisation.get("postal_address", "")).splitlines() if line.strip()
    ]
    for part, written in ((page, [str(escape(line)) for line in lines]), (text, lines)):
        if out not in part:
            raise TemplateError(
                file, 0, "the mail has no way to unsubscribe", "put {{ unsubscribe_url }} into the layouts"
            )
        if not lines or not all(line in part for line in written):
            hint = "put {{ organisation.postal_address }} into the layouts"
            raise TemplateError(file, 0, "the mail has no postal address", hint)


# -- checking ---------------------------------------------------------------------------------------


def check(templates: Mapping[str, str], name: str, known: Mapping[str, set[str]]) -> list[Problem]:
    """Return what is wrong in a template before any lead is known; `known` are names with their fields.

    A template below notes/, or one of text, is a note; every other is a mail.
    """
    try:
        file, used = _compiled(templates, name)
    except TemplateError as error:
        return [error.problem]
    except Faulty as faulty:
        file = _file(templates, name)
        return sorted({_error(file, fault).problem for fault in faulty.faults})
    return sorted({found for line, word, field in used for found in _unknown(file, line, word, field, known)})


def _file(templates: Mapping[str, str], name: str) -> str:
    return find(templates, name, NOTE_KINDS if _is_note(name) else (".md", ".html"))


def _is_note(name: str) -> bool:
    return name.startswith("notes/") or name.endswith(".txt")


def _compiled(templates: Mapping[str, str], name: str) -> tuple[str, tuple[tuple[int, str, str], ...]]:
    file = _file(templates, name)
    if _is_note(name):
        return file, compile_note(file, take_apart(file, templates[file])).used
    return file, assembled(templates, file).used


def _unknown(file: str, line: int, word: str, field: str, known: Mapping[str, set[str]]) -> list[Problem]:
    if word == "content" and line >= LAYOUT:
        return []
    if word not in known:
        near = get_close_matches(word, known, 1)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(known))}"
        return [_error(file, Fault(line, f"{word} is not known here", hint)).problem]
    if field and known[word] and field not in known[word]:
        near = get_close_matches(field, known[word], 1)
        hint = f"did you mean {word}.{near[0]}?" if near else ""
        return [_error(file, Fault(line, f"{word}.{field} is not known", hint)).problem]
    return []
