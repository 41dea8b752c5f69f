"""Mails that nobody wrote: what holds of every mail holds of them. `make fuzz` does the same for as long as one likes."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz.invariants import check, faults
from fuzz.strategies import broken, mails
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from outreach.domain.inbound import DEAD, InboundKind, Incoming, Reason, Recipient
from outreach.domain.inbound.classifier import classify

SAMPLES = sorted((Path(__file__).parent.parent / "data" / "mail").rglob("*.eml"))

NOT_BY_LINES = (b"\r", b"\x00", b"=00", b"\xff\xfe")
"""A return that is there already, and UTF-16 whose line ends are not encoded: other line ends make another text of it."""

# The same mails on every run, and no word on how long it takes to make one: this is a test, not the search.
quick = settings(
    max_examples=150, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


@quick
@given(mails())
@example(b"")
def test_whatever_a_mail_is_made_of_its_rules_hold(raw: bytes) -> None:
    check(raw)


@quick
@given(broken(mails()))
@example(b"From: a@b.org\n\n\xff\xfe")
def test_whatever_is_broken_in_a_mail_the_rules_hold(raw: bytes) -> None:
    check(raw)


@quick
@given(st.binary(max_size=1000))
def test_whatever_bytes_come_the_rules_hold(raw: bytes) -> None:
    check(raw)


@quick
@given(mails())
def test_line_ends_are_no_part_of_a_mail(raw: bytes) -> None:
    if not any(piece in raw for piece in NOT_BY_LINES):
        assert classify(raw.replace(b"\n", b"\r\n")) == classify(raw)


@quick
@given(mails())
def test_a_trace_on_top_changes_nothing(raw: bytes) -> None:
    if raw[:5] in (b"From:", b"Subje"):
        trace = b"Received: from mx.example.org by mail.example.com\n"
        assert classify(trace + raw) == classify(raw)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_rules_hold_of_every_sample(path: Path) -> None:
    check(path.read_bytes())


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        (Incoming(InboundKind.REPLY, "x", text="a\x00"), "text: holds what a database does not store"),
        (
            Incoming(InboundKind.REPLY, "x", subject="a\ud800"),
            "subject: holds what a database does not store",
        ),
        (Incoming(InboundKind.REPLY, "x", text="a" * 70_000), "is larger than its limits"),
        (Incoming(InboundKind.OTHER, ""), "no rule"),
        (
            Incoming(
                InboundKind.DELAYED,
                "x",
                recipients=(Recipient("a@b", reason=min(DEAD), hard=True, suppress=True),),
            ),
            "suppresses by a delayed",
        ),
        (
            Incoming(InboundKind.BOUNCE, "x", recipients=(Recipient("a@b", reason=Reason.SPAM, hard=True),)),
            "hard, but spam",
        ),
        (Incoming(InboundKind.BOUNCE, "x", recipients=(Recipient("A@b"),)), "no address: 'A@b'"),
    ],
)
def test_the_fuzzer_sees_what_must_not_be(found: Incoming, fault: str) -> None:
    assert fault in list(faults(found))
