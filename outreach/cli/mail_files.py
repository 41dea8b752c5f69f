"""Raw mails from files, folders, Maildirs, mbox files and a stream, one after the other, never all at once."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from outreach.domain.inbound.parts import MAX_BYTES

STREAM = "-"
LINE = 64 * 1024
BESIDES = (".json", ".jsonl", ".csv")
"""Lists that lie in a folder of mails, such as what is expected of them; a file that is named is read all the same."""

# The line that mboxes part mails by (RFC 4155) ends in a day and a time; a sentence that begins with "From " does not.
_PARTING = re.compile(rb"From [^\n]{1,300}?\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? [^\n]{1,20}\d:\d\d")
_ESCAPED = re.compile(rb"^>(?=>*From )", re.MULTILINE)


@dataclass(frozen=True)
class MailFile:
    """A raw mail and where it was found: the path, of a file with several with the number of the mail behind it."""

    name: str
    raw: bytes


@dataclass(frozen=True)
class Unreadable:
    """A file or folder that could not be read, and why."""

    name: str
    problem: str


def mails_in(paths: Iterable[str]) -> Iterator[MailFile | Unreadable]:
    """Yield every mail in `paths`, in their order, folders in the order of names; of each at most 10 MB."""
    for written in paths:
        try:
            if written == STREAM:
                yield from _mails(STREAM, sys.stdin.buffer)
            else:
                yield from _at(Path(written))
        except OSError as error:
            yield _unreadable(written, error)


def _at(path: Path) -> Iterator[MailFile | Unreadable]:
    if not path.is_dir():
        with path.open("rb") as file:
            yield from _mails(str(path), file)
        return
    for file_path in _files(path):
        try:
            with file_path.open("rb") as file:
                yield from _mails(str(file_path), file)
        except OSError as error:
            yield _unreadable(str(file_path), error)


def _unreadable(name: str, error: OSError) -> Unreadable:
    return Unreadable(shown(name), error.strerror or type(error).__name__)


def shown(name: str) -> str:
    """Return the name of a file as it can be printed, whatever bytes it is made of."""
    return os.fsencode(name).decode("utf-8", "replace")


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below `folder` that may be mails; of a Maildir those that are delivered."""
    entries = sorted(folder.iterdir())
    if (folder / "cur").is_dir() and (folder / "new").is_dir():
        # The others are the server's own files, and mails that are still being written.
        entries = [each for each in entries if each.is_dir() and each.name != "tmp"]
    else:
        entries = [each for each in entries if not each.name.startswith(".")]
    for entry in entries:
        if entry.is_dir():
            yield from _files(entry)
        elif entry.is_file() and entry.suffix.lower() not in BESIDES:
            yield entry


def _mails(name: str, file: BinaryIO) -> Iterator[MailFile]:
    first = file.readline(LINE)
    if not first.startswith(b"From "):
        yield MailFile(shown(name), first + file.read(MAX_BYTES - len(first)))
        return
    before: bytes | None = None
    count = 0
    for raw in _of_mbox(first, file):
        if before is not None:
            count += 1
            yield MailFile(f"{shown(name)}:{count}", before)
        before = raw
    if before is not None:
        yield MailFile(f"{shown(name)}:{count + 1}" if count else shown(name), before)


def _of_mbox(line: bytes, file: BinaryIO) -> Iterator[bytes]:
    lines: list[bytes] = []
    size = 0
    follows_blank = True
    while line:
        if follows_blank and _PARTING.match(line):
            if lines:
                yield _unescaped(lines)
            lines, size, follows_blank = [], 0, False
        else:
            follows_blank = line in (b"\n", b"\r\n")
            if size < MAX_BYTES:
                lines.append(line)
                size += len(line)
        line = file.readline(LINE)
    yield _unescaped(lines)


def _unescaped(lines: list[bytes]) -> bytes:
    return _ESCAPED.sub(b"", b"".join(lines))[:MAX_BYTES]
