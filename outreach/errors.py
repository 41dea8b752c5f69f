"""What can go wrong, in one tree.

OutreachError                 one clear line for a person; the commands exit with 1
├── InputError                what a person wrote is wrong: a file, an option, a value
│   ├── Problems              several of them at once, one line each
│   ├── TemplateError         a template that can not be rendered, with its line
│   └── BadMail               a value that may not stand in a mail
├── SettingsError             an OUTREACH_* setting is missing or wrong
├── DatabaseError             the database can not be used as it is
├── NotFound                  no such lead, campaign, message, ...
├── BadToken                  a link that we did not sign, or not for this
└── ChannelError              a channel did not take a mail
    ├── Deferred              surely not taken now; later may do
    ├── Rejected              surely refused, and whom that blames
    └── Uncertain             lost after the first byte of the mail: may have been taken
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

ADDRESS = re.compile(r"[^\s<>,;:\"']*@[^\s<>,;:\"']*")


def without_addresses(text: str) -> str:
    """Return `text` with everything that looks like an address replaced, for logs."""
    return ADDRESS.sub("<address>", text)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one place of a file. Lines and columns count from 1; 0 means the whole file.

    `below` are lines that show how it comes about, `also` the other files that it is about; two that differ in
    nothing else are the same.
    """

    file: str
    line: int
    column: int
    rule: str
    message: str
    hint: str = ""
    below: tuple[str, ...] = field(default=(), compare=False)
    also: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        place = ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])
        return f"{place}: {self.rule}: {self.message}" + (f"; {self.hint}" if self.hint else "")


class OutreachError(Exception):
    """Anything a person is told in one line."""


class InputError(OutreachError):
    """What a person wrote is wrong."""


class Problems(InputError):
    """Several problems, each on a line of its own, in the order of the files, with what stands below it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        lines = [line for problem in self.problems for line in (str(problem), *problem.below)]
        super().__init__("\n".join(lines))


class TemplateError(InputError):
    """A template that can not be rendered."""

    def __init__(self, template: str, line: int, message: str, hint: str = "") -> None:
        self.template = template
        self.line = line
        self.problem = Problem(f"templates/{template}", line, 0, "template", message, hint)
        super().__init__(str(self.problem))


class BadMail(InputError, ValueError):
    """A value that may not stand in a mail. The text never holds the value."""


class SettingsError(OutreachError):
    """An OUTREACH_* setting is missing or wrong."""


class DatabaseError(OutreachError):
    """The database can not be used as it is."""


class NotFound(OutreachError):
    """There is no such thing in the database."""


class BadToken(OutreachError):
    """A link that we did not sign, or not for this purpose."""


class ChannelError(OutreachError):
    """A channel did not take a mail. `str()` is safe to log, `text` is what the server said."""

    def __init__(self, text: str, code: int = 0, enhanced: str = "") -> None:
        self.text = text
        self.code = code
        self.enhanced = enhanced
        super().__init__(
            " ".join(part for part in (str(code or ""), enhanced, without_addresses(text)) if part)
        )


class Deferred(ChannelError):
    """Surely not taken, and worth another try later. `tried` is False for a mail that was not even offered."""

    def __init__(self, text: str, code: int = 0, enhanced: str = "", *, tried: bool = True) -> None:
        self.tried = tried
        super().__init__(text, code, enhanced)


class Rejected(ChannelError):
    """Surely refused. `blames` is whom: the "lead" (address), the "sender" (policy, login) or the "content"."""

    def __init__(self, text: str, code: int = 0, enhanced: str = "", blames: str = "lead") -> None:
        self.blames = blames
        super().__init__(text, code, enhanced)


class Uncertain(ChannelError):
    """The connection was lost or timed out after the first byte of the mail: nobody knows."""
