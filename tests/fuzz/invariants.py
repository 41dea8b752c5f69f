"""What holds of every mail, whatever is in it."""

from __future__ import annotations

import dataclasses
import re
import time
from collections.abc import Iterator
from typing import Any

from outreach.domain.inbound import DEAD, InboundKind, Incoming, Recipient
from outreach.domain.inbound.classifier import classify

MOST_SECONDS = 0.5
TRIES = 3
MAX_TEXT = 64 * 1024

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MEANT = frozenset(
    {InboundKind.REPLY, InboundKind.UNSUBSCRIBE, InboundKind.AUTO_REPLY}
)  # who has left names others


def check(raw: bytes, most_seconds: float = MOST_SECONDS) -> Incoming:
    """Return what `raw` is; AssertionError, or what classify raises, where something does not hold."""
    began = time.process_time()
    found = classify(raw)
    seconds = time.process_time() - began
    if seconds > most_seconds:
        seconds = min(seconds, *(_seconds(raw) for _ in range(TRIES)))
        assert seconds <= most_seconds, f"takes {seconds:.2f} s for {len(raw)} bytes"
    for fault in faults(found):
        raise AssertionError(fault)
    assert classify(raw) == found, "is taken for something else the second time"
    return found


def _seconds(raw: bytes) -> float:
    began = time.process_time()
    classify(raw)
    return time.process_time() - began


def faults(found: Incoming) -> Iterator[str]:
    """Yield what no mail may be taken for."""
    for field in dataclasses.fields(found):
        if any(_UNSTORABLE.search(text) for text in _texts(getattr(found, field.name))):
            yield f"{field.name}: holds what a database does not store"
    if len(found.text) > MAX_TEXT or len(found.recipients) > 100 or len(found.message_ids) > 50:
        yield "is larger than its limits"
    if found.meaning is not None and found.kind not in _MEANT:
        yield f"a meaning of a {found.kind}"
    if not found.rule:
        yield "no rule"
    for each in found.recipients:
        yield from _faults_of(each, found.kind)


def _faults_of(each: Recipient, kind: InboundKind) -> Iterator[str]:
    if each.hard and each.reason not in DEAD:
        yield f"hard, but {each.reason}"
    if each.suppress and not _may_suppress(kind, each.hard):
        yield f"suppresses by a {kind}"
    if each.address != each.address.lower() or any(letter.isspace() for letter in each.address):
        yield f"no address: {each.address!r}"


def _may_suppress(kind: InboundKind, hard: bool) -> bool:
    return kind is InboundKind.COMPLAINT or (kind is InboundKind.BOUNCE and hard)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))
