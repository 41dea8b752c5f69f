"""The machine-readable part of a delivery report (RFC 3464, RFC 6533), read as broken as it comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from outreach.domain.inbound.parts import Opened, Part

MAX_BLOCKS = 100
MAX_LINES = 4000
MAX_FIELD = 2000

STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status", "message/x-delivery-status")
# Types under which a gateway hides that part.
_DISGUISES = ("text/plain", "text/delivery-status", "text/rfc822-headers", "application/octet-stream")

_FIELD = re.compile(r"([A-Za-z][\w-]{1,60})[ \t]{0,4}:[ \t]{0,8}(.*)")
_RECIPIENT = re.compile(rb"^(?:final|original)-recipient[ \t]*:", re.IGNORECASE | re.MULTILINE)
_NAMES = frozenset({
    "original-recipient", "final-recipient", "x-actual-recipient", "action", "status", "diagnostic-code", "remote-mta",
    "last-attempt-date", "will-retry-until", "reporting-mta", "arrival-date", "original-envelope-id", "dsn-gateway",
    "received-from-mta", "final-log-id", "localized-recipient", "message-id",
})  # fmt: skip
_ACTIONS = {
    "failed": "failed", "failure": "failed", "fail": "failed", "rejected": "failed", "bounced": "failed",
    "expired": "failed", "denied": "failed", "undeliverable": "failed", "delayed": "delayed", "deferred": "delayed",
    "delay": "delayed", "delivered": "delivered", "relayed": "delivered", "expanded": "delivered",
    "deliverable": "delivered", "success": "delivered", "transferred": "delivered",
}  # fmt: skip
_BY_CLASS = {"5": "failed", "4": "delayed", "2": "delivered"}


@dataclass
class Block:
    """The fields about one recipient; of a repeated field the texts are joined."""

    fields: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.fields.get(name, "")

    @property
    def names_somebody(self) -> bool:
        return "final-recipient" in self.fields or "original-recipient" in self.fields

    @property
    def action(self) -> str:
        """Return "failed", "delayed" or "delivered", by Action or else by the class of Status."""
        written = re.findall(r"[a-z]+", self.get("action").lower())
        return next((_ACTIONS[word] for word in written if word in _ACTIONS), "") or self._by_class

    @property
    def _by_class(self) -> str:
        status = self.get("status").lstrip()[:1] or next(
            iter(re.findall(r"\b([245])\d\d\b", self.get("diagnostic-code"))), ""
        )
        return _BY_CLASS.get(status, "")


def blocks_of(mail: Opened, *, disguised: bool = True) -> list[Block]:
    """Return what the report says of each recipient, at most `MAX_BLOCKS`; nothing where the mail has no such part.

    `disguised` looks for it under wrong types too, where only a mail system's own words may stand: a person may quote
    one. A report that somebody forwards lies within that mail: not looked at.
    """
    parts = list(mail.of_type(*STATUS_TYPES))
    if disguised and not parts:
        parts = [part for part in mail.parts if _is_disguised(mail, part)]
    found = [block for part in parts[:20] for block in _blocks(part.text())]
    return [block for block in found if block.names_somebody][:MAX_BLOCKS]


def _is_disguised(mail: Opened, part: Part) -> bool:
    if not mail.headers.content_type.startswith("multipart/") or part.headers.content_type not in _DISGUISES:
        return False
    start = part.data(3000)
    return bool(_RECIPIENT.search(start)) and (b"ction:" in start or b"tatus:" in start)


def _blocks(text: str) -> Iterator[Block]:
    block, after_blank = Block(), False
    for name, value in _fields(text):
        if not name:
            after_blank = True
            continue
        if _begins_another(block, name, after_blank):
            yield block
            block = Block()
        after_blank = False
        before = block.get(name)
        block.fields[name] = f"{before}\n{value}"[:MAX_FIELD] if before else value[:MAX_FIELD]
    yield block


def _begins_another(block: Block, name: str, after_blank: bool) -> bool:
    """Answer whether `name` belongs to the next recipient: some reports have blank lines anywhere, some have none."""
    if name not in ("original-recipient", "final-recipient"):
        return False
    told = "action" in block.fields or "status" in block.fields
    return name in block.fields or (after_blank and told and block.names_somebody)


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """Yield names and values, and two empty strings for a blank line."""
    name, lines = "", [""]
    for line in text.split("\n")[:MAX_LINES]:
        found = _FIELD.match(line)
        # A reply of several lines is often not indented: what is no field of this kind goes on with the last one.
        if found and (found[1].lower() in _NAMES or found[1].lower().startswith("x-")):
            if name:
                yield name, "\n".join(lines)
            name, lines = found[1].lower(), [found[2].strip()]
        elif line.strip():
            lines += [line.strip()] if not line.startswith("--") else []
        elif name:
            yield name, "\n".join(lines)
            yield "", ""
            name = ""
    if name:
        yield name, "\n".join(lines)
