"""The lines of a mail in plain text, and which of them are quoted."""

from __future__ import annotations

import re
from collections import Counter

from outreach.domain.inbound.reply_text.quotes import Line

MAX_LINES = 4000

# Marks of width nothing, of joining and of the direction of writing.
INVISIBLE = dict.fromkeys(
    [0xAD, 0x34F, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)]
)
_SUPERCITED = re.compile(r"^ ?([A-Za-z]{1,10}>)+ ", re.MULTILINE)
_MARKS = re.compile(r"[ \t]{0,4}(?:[A-Za-z]{0,10}[>|][ \t]?){1,60}")


def read_lines(text: str, *, flowed: bool = False, delsp: bool = False) -> list[Line]:
    """Return the lines of `text`; `flowed` and `delsp` as its part declares (RFC 3676)."""
    rows = [
        row.rstrip("\r\t\f\v")
        for row in text.translate(INVISIBLE).replace("\xa0", " ").split("\n", MAX_LINES)
    ]
    del rows[MAX_LINES:]
    rows = _unflowed(rows, delsp) if flowed else rows
    marks = _marks_of(text)
    quoted = [bool(row) and row.lstrip(" ").startswith(marks) for row in rows]
    lines = []
    for at, row in enumerate(rows):
        is_quoted = quoted[at] and not _is_own(rows, quoted, at)
        # mbox keepers put a ">" before a line that begins with "From ".
        own = row[1:] if quoted[at] and not is_quoted and row.startswith(">From ") else row
        lines.append(Line(_unmarked(own) if is_quoted else own.rstrip(), is_quoted))
    return lines


def _unmarked(row: str) -> str:
    found = _MARKS.match(row)
    return row[found.end() :].strip() if found else row.strip()


def _marks_of(text: str) -> tuple[str, ...]:
    """Return what quoted lines begin with: ">" always, "|" and "Name>" where several lines do."""
    marks = [">"]
    if "> " in text:
        names = Counter(found[0].strip() for found in _SUPERCITED.finditer(text))
        marks += [name for name, count in names.items() if count > 1]
    bars = re.findall(r"^ ?\| .{0,200}", text, re.MULTILINE) if "\n|" in text or text.startswith("|") else []
    if len(bars) > 1 and not any("|" in bar[3:] for bar in bars):
        marks.append("|")
    return tuple(marks)


def _is_own(rows: list[str], quoted: list[bool], at: int) -> bool:
    """Answer whether a line with the mark of a quote is the writer's own all the same."""
    row = rows[at]
    alone = not (at and quoted[at - 1]) and not (at + 1 < len(rows) and quoted[at + 1])
    if not alone:
        return False
    if row.startswith(">From "):
        return True
    before = rows[at - 1] if at else ""
    # The end of a link that was broken: "<https://example.com/\n>".
    return "://" in before and before.rfind("<") > before.rfind(">")


def _unflowed(rows: list[str], delsp: bool) -> list[str]:
    """Return the rows with those joined that a soft line break parts (RFC 3676, section 4)."""
    joined: list[str] = []
    soft, depth = False, 0
    for row in rows:
        text = row.lstrip(">")
        level = len(row) - len(text)
        text = text[1:] if text.startswith(" ") else text
        signed = text == "-- "
        if soft and level == depth and not signed and len(joined[-1]) < 10_000:
            joined[-1] += text
        else:
            joined.append(">" * level + (" " if level else "") + text)
        soft, depth = text.endswith(" ") and not signed, level
        if soft and delsp:
            joined[-1] = joined[-1][:-1]
    return joined
