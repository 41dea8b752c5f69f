"""Feedback reports and the forms of providers: who complained of which mail, and what is no complaint."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.inbound import InboundKind, Incoming
from outreach.domain.inbound.classifier import classify

OURS = "<m1.abc@example.com>"
TOKEN = "aaaabbbbccccddddeeee"
RETURNED = f"""Return-Path: <b+{TOKEN}@bounces.example.com>
From: anna@example.com
To: Dana Doe <dana@isp.example>
Message-ID: {OURS}

Hello Dana"""


def report(
    fields: str, returned: str = RETURNED, words: str = "This is an email abuse report.", **headers: str
) -> bytes:
    given_headers = {
        "From": "fbl@isp.example.net",
        "Subject": "FW: Hello",
        "Content-Type": "multipart/report; report-type=feedback-report; boundary=b",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in given_headers.items()]
    lines += ["", "--b", "Content-Type: text/plain", "", words]
    if fields:
        lines += ["--b", "Content-Type: message/feedback-report", "", fields]
    return "\r\n".join(
        [*lines, "--b", "Content-Type: message/rfc822", "", *returned.split("\n"), "--b--"]
    ).encode()


def complainers(found: Incoming) -> list[str]:
    return [one.address for one in found.recipients]


@pytest.mark.parametrize(
    ("kind", "taken_for"),
    [
        ("abuse", InboundKind.COMPLAINT),
        ("ABUSE", InboundKind.COMPLAINT),
        ("fraud", InboundKind.COMPLAINT),
        ("virus", InboundKind.COMPLAINT),
        ("other", InboundKind.COMPLAINT),
        ("opt-out", InboundKind.COMPLAINT),
        ("opt-out-list", InboundKind.COMPLAINT),
        ("miscategorized", InboundKind.COMPLAINT),
        ("not-spam", InboundKind.OTHER),
        ("auth-failure", InboundKind.AUTH_REPORT),
    ],
)
def test_a_feedback_type_says_whether_somebody_complained(kind: str, taken_for: InboundKind) -> None:
    found = classify(report(f"Feedback-Type: {kind}\r\nUser-Agent: x/1\r\nVersion: 1"))
    assert found.kind is taken_for
    assert complainers(found) == (["dana@isp.example"] if taken_for is InboundKind.COMPLAINT else [])
    assert all(one.suppress and not one.hard for one in found.recipients)


@pytest.mark.parametrize(
    ("fields", "returned", "addresses"),
    [
        ("Original-Rcpt-To: <Eva@ISP.example>", RETURNED, ["eva@isp.example"]),
        ("Original-Rcpt-To: rfc822; eva@isp.example", RETURNED, ["eva@isp.example"]),
        (
            "Original-Rcpt-To: eva@isp.example\r\nOriginal-Rcpt-To: ida@isp.example",
            RETURNED,
            ["eva@isp.example", "ida@isp.example"],
        ),
        ("Removal-Recipient: eva@isp.example", RETURNED, ["eva@isp.example"]),
        ("Original-Rcpt-To: redacted@isp.example", RETURNED, ["dana@isp.example"]),
        (
            "Version: 1",
            RETURNED.replace("From:", "X-HmXmrOriginalRecipient: eva@isp.example\nFrom:"),
            ["eva@isp.example"],
        ),
        (
            "Version: 1",
            RETURNED.replace("To: Dana Doe <dana@isp.example>", "To: undisclosed-recipients:;"),
            [],
        ),
        (
            "Version: 1",
            RETURNED.replace("To: Dana", "Delivered-To: eva@isp.example\nX-To: Dana"),
            ["eva@isp.example"],
        ),
    ],
)
def test_who_complained_is_named_by_the_report_or_by_the_mail(
    fields: str, returned: str, addresses: list[str]
) -> None:
    assert complainers(classify(report(f"Feedback-Type: abuse\r\n{fields}", returned))) == addresses


def test_a_complaint_names_our_mail_and_its_envelope() -> None:
    found = classify(
        report("Feedback-Type: abuse\r\nOriginal-Mail-From: <b+zzzzyyyyxxxxwwwwvvvv@bounces.example.com>")
    )
    assert found.message_ids == (OURS,)
    assert found.tokens == ("zzzzyyyyxxxxwwwwvvvv", TOKEN)


def test_a_report_without_its_own_part_is_read_from_the_text() -> None:
    words = (
        "A user complained.\r\n\r\nVersion: 1\r\nFeedback-Type: abuse\r\nOriginal-Rcpt-To: eva@isp.example"
    )
    found = classify(report("", words=words))
    assert (found.kind, complainers(found)) == (InboundKind.COMPLAINT, ["eva@isp.example"])


@pytest.mark.parametrize(
    ("sender", "subject", "words", "kind"),
    [
        ("staff@hotmail.com", "complaint about message from 192.0.2.1", "", InboundKind.COMPLAINT),
        ("complaints@eu-west-1.email-abuse.amazonses.com", "Complaint", "", InboundKind.COMPLAINT),
        ("scomp@aol.net", "Client TOS Notification", "", InboundKind.COMPLAINT),
        ("abuse@isp.example", "Abuse report", "", InboundKind.COMPLAINT),
        ("abuse@isp.example", "Re: Hello", "Your mail was reported as spam.", InboundKind.COMPLAINT),
        ("robot@isp.example", "Spam complaint", "Our user has reported this as spam.", InboundKind.COMPLAINT),
        ("abuse@isp.example", "Rückfrage", "Guten Tag, stammt die Mail von Ihnen?", InboundKind.REPLY),
        ("dana@isp.example", "Is this yours?", "Our filter found the attached mail.", InboundKind.REPLY),
        (
            "dana@isp.example",
            "Complaint about message quality",
            "The mail attached has odd characters.",
            InboundKind.REPLY,
        ),
    ],
)
def test_forms_of_providers_are_known_by_two_signs_and_the_mail(
    sender: str, subject: str, words: str, kind: InboundKind
) -> None:
    raw = report("", words=words, From=sender, Subject=subject, Content_Type="multipart/mixed; boundary=b")
    assert classify(raw).kind is kind


def test_a_form_without_the_mail_is_no_complaint() -> None:
    raw = b"From: abuse@isp.example\r\nSubject: Abuse report\r\n\r\nA user has reported your mail as spam."
    assert classify(raw).kind is not InboundKind.COMPLAINT


PIECES = st.sampled_from([
    "Feedback-Type: abuse", "Feedback-Type:", "Original-Rcpt-To: ", "<a@b.org>", "\r\n", "\r\n\r\n", "--b", "--b--", "@",
    "é",
    "Content-Type: message/rfc822", "Content-Type: message/feedback-report", "To: redacted@x.example", "Message-ID: <x@y>",
])  # fmt: skip


@given(st.lists(PIECES, max_size=30))
def test_only_complaints_suppress_and_only_addresses(pieces: list[str]) -> None:
    head = b"From: fbl@isp.example\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\n"
    found = classify(head + "\r\n".join(pieces).encode())
    for one in found.recipients if found.kind is not InboundKind.BOUNCE else ():
        assert (one.suppress, one.hard) == (found.kind is InboundKind.COMPLAINT, False)
        assert "@" in one.address
        assert one.address == one.address.lower()
