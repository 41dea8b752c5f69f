"""Opens files of leads, CSV and JSON lines alike, as a header and rows of cells with their line numbers."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from outreach.domain import cells
from outreach.errors import InputError

DELIMITERS = ",;\t|"
LONGEST_LINE = 4 * 1024 * 1024  # characters: what is longer is no table
MOST_COLUMNS = 1_000
JSON_ENDINGS = frozenset({".jsonl", ".ndjson", ".json"})
ZIP, UTF_16 = b"PK\x03\x04", (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LONG_CELL = f"a cell is longer than {cells.LONGEST:,} characters"
KEPT_OF_A_BAD_LINE = 1_000


class Record(NamedTuple):
    """One row: its first line, its cells, and why it can not be read where that is so."""

    line: int
    cells: list[str]
    problem: str = ""


class Lines:
    """The lines of an open file, with the latest one and how many bytes were read."""

    def __init__(self, binary: BinaryIO, encoding: str) -> None:
        self._binary = binary
        self._text = TextIOWrapper(binary, encoding=encoding, newline="")
        self.latest = ""
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(LONGEST_LINE):
            self.count += 1
            if len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
                raise InputError(
                    f"line {self.count}: is longer than {LONGEST_LINE:,} characters; is this a table?"
                )
            self.latest = line
            yield line

    def bytes_read(self) -> int:
        return self._binary.tell()


@dataclass(frozen=True)
class LeadFile:
    """A file that has been read through once: it can be decoded, and its quotes close."""

    path: Path
    encoding: str
    delimiter: str  # empty: JSON lines
    header: tuple[str, ...]
    size: int  # bytes

    def rows(self, every: int) -> Iterator[tuple[list[Record], int]]:
        """Yield the rows below the header without the empty ones, `every` at a time, with the bytes read so far."""
        with _reading(self.path, self.encoding) as lines:
            records = self._records(lines)
            while chunk := list(islice(records, every)):
                yield chunk, lines.bytes_read()

    def _records(self, lines: Lines) -> Iterator[Record]:
        if not self.delimiter:
            return _json_records(lines, self.header)
        records = _csv_records(lines, self.delimiter)
        next(records, None)
        return _fitting(records, len(self.header))


def look(path: Path, encoding: str | None, known: Callable[[str], bool]) -> LeadFile:
    """Return the file ready to be read; InputError says in one line what is wrong with it.

    `known` says of a header whether it is taken for something: it tells the delimiter.
    """
    encoding = _codec(encoding)
    try:
        return _look(path, encoding, known)
    except OSError as error:
        raise InputError(f"{path}: can not be read: {error.strerror}") from None
    except UnicodeError:
        raise InputError(f"{path}: {_undecodable(path, encoding)}") from None
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _codec(encoding: str | None) -> str:
    try:
        name = codecs.lookup(encoding or "utf-8").name
        "".encode(name)  # LookupError where it is no encoding of text
    except LookupError:
        raise InputError(
            f"--encoding {encoding}: is not known; usual ones are utf-8, cp1252 and latin-1"
        ) from None
    return "utf-8-sig" if name == "utf-8" else name


def _look(path: Path, encoding: str, known: Callable[[str], bool]) -> LeadFile:
    if not path.exists():
        raise InputError("there is no such file")
    if not path.is_file():
        raise InputError("is a folder, not a file" if path.is_dir() else "is not a regular file")
    with path.open("rb") as binary:
        start = binary.read(4)
    if start.startswith(ZIP):
        raise InputError("is a spreadsheet or a zip file; save it as CSV")
    if start.startswith(UTF_16) and not encoding.startswith("utf-16"):
        raise InputError("is written in UTF-16; say --encoding utf-16, or save it as UTF-8")
    first = _first_line(path, encoding)
    as_json = path.suffix.lower() in JSON_ENDINGS or first.lstrip().startswith("{")
    delimiter = "" if as_json else _delimiter(first, known)
    with _reading(path, encoding) as lines:
        header = _json_header(lines) if as_json else _csv_header(lines, delimiter)
    if len(header) > MOST_COLUMNS:
        raise InputError(f"has {len(header):,} columns; {MOST_COLUMNS:,} is the most")
    return LeadFile(path, encoding, delimiter, header, path.stat().st_size)


@contextmanager
def _reading(path: Path, encoding: str) -> Iterator[Lines]:
    with path.open("rb") as binary:
        yield Lines(binary, encoding)


def _first_line(path: Path, encoding: str) -> str:
    with _reading(path, encoding) as lines:
        for line in lines:
            if line.strip():
                return line
    raise InputError("is empty")


def _undecodable(path: Path, encoding: str) -> str:
    with path.open("rb") as binary:
        if not encoding.startswith("utf-16") and b"\0" in binary.read(4096):
            return "is not a text file; save the leads as CSV"
        binary.seek(0)
        for number, line in enumerate(binary, 1):
            try:
                line.decode(encoding)
            except UnicodeError:
                hint = "" if encoding.startswith("cp") else "; from Excel it is usually --encoding cp1252"
                return f"line {number}: is not {encoding.removesuffix('-sig').upper()}{hint}"
    return f"is not {encoding.upper()}"


# -- CSV -----------------------------------------------------------------------------------------


def _delimiter(first: str, known: Callable[[str], bool]) -> str:
    def suits(delimiter: str) -> tuple[int, int]:
        try:
            header = next(csv.reader([first], delimiter=delimiter))
        except csv.Error:
            return 0, 0
        return sum(known(name) for name in header), len(header)

    return max(DELIMITERS, key=suits)  # the first of equals: a single column is CSV with commas


def _csv_header(lines: Lines, delimiter: str) -> tuple[str, ...]:
    records = _csv_records(lines, delimiter)
    header = next(records, None)
    if header is None:
        raise InputError("is empty")
    if header.problem:
        raise InputError(f"line {header.line}: {header.problem}")
    rows = sum(
        1 for _ in records
    )  # to the end: a quote left open refuses the file before anything is changed
    if not rows:
        raise InputError("has a header and no leads below it")
    return tuple(header.cells)


def _csv_records(lines: Lines, delimiter: str) -> Iterator[Record]:
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _unreadable(line, reader.line_num, lines.latest, str(error))
            continue
        if any(row):
            yield Record(line, row)


def _unreadable(line: int, last: int, text: str, reason: str) -> Record:
    if last > line or "unexpected end" in reason:
        # What opened here may have swallowed good rows: better none than some.
        raise InputError(f"line {line}: a quoted cell opens here and is not closed properly")
    problem = LONG_CELL if "limit" in reason else "a quote inside a cell; quote the cell and double the quote"
    return Record(line, [text.rstrip("\r\n")[:KEPT_OF_A_BAD_LINE]], problem)


def _fitting(records: Iterator[Record], width: int) -> Iterator[Record]:
    for record in records:
        count = len(record.cells)
        if count == width or record.problem:
            yield record
        elif count > width and not any(record.cells[width:]):
            yield Record(record.line, record.cells[:width])
        else:
            yield Record(record.line, record.cells, f"has {count} cells, the header has {width}")


# -- JSON lines ----------------------------------------------------------------------------------


def _json_header(lines: Lines) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for line in lines:
        value = _parsed(line)
        if isinstance(value, dict):
            names.update(dict.fromkeys(value))
        if len(names) > MOST_COLUMNS:
            raise InputError(f"has more than {MOST_COLUMNS:,} different names; is this a file of leads?")
    if not names:
        raise InputError('has no lead: every line is one, for example {"email": "dana@example.com"}')
    return tuple(names)


def _json_records(lines: Lines, header: tuple[str, ...]) -> Iterator[Record]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        value = _parsed(line)
        bad = [line.strip()[:KEPT_OF_A_BAD_LINE]]
        if not isinstance(value, dict):
            yield Record(number, bad, "is no JSON object")
            continue
        row = [_cell(value.get(name)) for name in header]
        found = [cell for cell in row if cell is not None]
        if len(found) < len(row):
            yield Record(number, bad, "holds a list or an object where a value belongs")
        elif any(found):
            yield Record(number, found)


def _parsed(line: str) -> object:
    """Return the value of a line, or a list (which no lead is) where it is no JSON."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return []


def _cell(value: object) -> str | None:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case int() | float():
            return str(value)
        case _:
            return None
