"""Mails that came in, read as a whole: who wrote, which mails of ours it is about, what it says; and hostile ones."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from incoming import DAEMON, OURS, PROSE, REPLY, feedback, mail, reply, report

from outreach.domain.inbound import InboundKind, Incoming
from outreach.domain.inbound.classifier import classify


@pytest.mark.parametrize(
    ("status", "hard"),
    [
        ("Action: failed\nStatus: 5.1.1", True),
        ("Action: failed\nStatus: 5.1.2", True),
        ("Action: failed\nStatus: 5.1.10", True),
        ("Action: failed\nStatus: 5.1.8", False),  # our own address
        ("Action: failed\nStatus: 4.4.7", False),
        ("Action: failed\nStatus: 5.2.2", False),
        ("Action: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 user unknown or blocked", False),
        ("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.1.1 No such user", True),
        ("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 No such user here", True),
        ("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 554 refused", False),
        ("Action: delayed\nStatus: 4.4.1", False),
    ],
)
def test_only_an_address_that_never_works_bounces_hard(status: str, hard: bool) -> None:
    (failed,) = classify(report(status)).recipients
    assert failed.hard is hard


def test_a_report_says_whom_and_why_and_of_which_mail() -> None:
    found = classify(
        report("Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550-5.1.1 No such\n  user here")
    )
    (failed,) = found.recipients
    assert (failed.address, failed.status, failed.smtp_code) == ("dana@acme.example.org", "5.1.1", "550")
    assert failed.text == "smtp; 550-5.1.1 No such user here"
    assert found.message_ids == (OURS,)


def test_the_original_recipient_counts_where_a_forwarder_failed() -> None:
    (failed,) = classify(
        report("Original-Recipient: rfc822;dana@old.example.org\nAction: failed\nStatus: 5.1.1")
    ).recipients
    assert failed.address == "dana@old.example.org"


def test_a_report_names_each_of_its_recipients() -> None:
    status = "Action: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; eva@acme.example.org\nAction: failed\nStatus: 5.2.2"
    assert [(one.address, one.hard) for one in classify(report(status)).recipients] == [
        ("dana@acme.example.org", True),
        ("eva@acme.example.org", False),
    ]


def test_a_notice_in_prose_says_the_same() -> None:
    found = classify(mail(PROSE, **DAEMON, Subject="Mail delivery failed"))
    (failed,) = found.recipients
    assert (failed.address, failed.status, failed.smtp_code, failed.hard) == (
        "dana@acme.example.org",
        "5.1.1",
        "550",
        True,
    )
    assert found.message_ids == (OURS,)


def test_a_forwarded_report_is_not_a_bounce_of_the_forwarder() -> None:
    raw = mail(
        "--b\nContent-Type: text/plain\n\nSee\n--b\nContent-Type: message/rfc822\n\n" + report("Action: failed").decode(),
        **REPLY, Content_Type="multipart/mixed; boundary=b",
    )  # fmt: skip
    assert classify(raw).kind is InboundKind.REPLY


def test_a_complaint_names_the_mail_that_it_is_about() -> None:
    assert classify(feedback("abuse")).message_ids == (OURS,)


def test_what_was_answered_comes_before_what_was_only_referred_to() -> None:
    found = classify(reply("x", References="<1@x> <2@x> <3@x>", In_Reply_To="<2@x>"))
    assert found.message_ids == ("<2@x>", "<3@x>", "<1@x>")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Dana@ACME.example.org", "dana@acme.example.org"),
        ('"anna@example.com" <dana@acme.example.org>', "dana@acme.example.org"),
        ("=?utf-8?q?D=C3=A1na?= <dana@acme.example.org>", "dana@acme.example.org"),
        ("dana@bücher.example.org", "dana@xn--bcher-kva.example.org"),
        ("<a@example.org>, <b@example.org>", ""),
        ("undisclosed", ""),
    ],
)
def test_the_sender_is_the_one_address_in_from(written: str, address: str) -> None:
    assert classify(mail("x", From=written)).from_address == address


def test_a_mail_with_two_senders_is_by_nobody() -> None:
    assert classify(b"From: a@example.org\r\nFrom: b@example.org\r\n\r\nHello").from_address == ""


@pytest.mark.parametrize(
    "address",
    [
        "b+aaaabbbbccccddddeeee@bounces.example.com",
        "B+AAAABBBBCCCCDDDDEEEE@bounces.example.com",
        "SRS0=x1y2=zz=bounces.example.com=b+aaaabbbbccccddddeeee@forwarder.example.net",
    ],
)
def test_an_envelope_token_is_found_in_whatever_case_and_wrapping(address: str) -> None:
    assert classify(mail("", **DAEMON, To=f"<{address}>")).tokens == ("aaaabbbbccccddddeeee",)


# -- the text --------------------------------------------------------------------------------------

QUOTED = "\n\nOn Mon, 2 Mar 2026 at 09:00, Anna Berg\n<anna@example.com> wrote:\n\n> Please unsubscribe me\n> Hello\n"
HTML = "<div>Yes, <b>call</b> me<br>today</div><div class='gmail_quote'>Anna wrote:<blockquote>old</blockquote></div>"
OUTLOOK = "<p>Yes</p><div id=appendonsend></div><hr><div><b>From:</b> Anna</div><div>old</div>"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (reply("Yes please." + QUOTED), "Yes please."),
        (reply(QUOTED.strip() + "\nTuesday then"), "Tuesday then"),
        (reply("> which day?\nTuesday\n> at ten?\nYes"), "Tuesday\nYes"),
        (reply("Ja.\n\nAm 02.03.2026 um 09:00 schrieb Anna Berg:\n> Hallo"), "Ja."),
        (
            reply("Igen.\n\nAnna Berg <a@example.com> ezt írta (időpont: 2026. márc. 2., H, 9:00):\n\n> Jó"),
            "Igen.",
        ),
        (reply("Yes.\n\n-----Original Message-----\nFrom: Anna\n\nold"), "Yes."),
        (reply("Yes.\n\n________________________________\nFrom: Anna\nSent: Monday\n\nold"), "Yes."),
        (reply("Yes.\n\nVon: Anna\nGesendet: Montag\n\nalt"), "Yes."),
        (reply("Yes.\n-- \nDana Doe\nAcme"), "Yes."),
        (reply("Yes.\n\nKind regards,\nDana Doe\nAcme"), "Yes."),
        (reply("Yes.\n\nSent from my iPhone"), "Yes."),
        (reply("Thanks!\n\nPlease remove me."), "Thanks!\n\nPlease remove me."),
        (
            reply(
                "=C3=9Cber",
                Content_Type="text/plain; charset=utf-8",
                Content_Transfer_Encoding="quoted-printable",
            ),
            "Über",
        ),
        (
            reply(
                "R3LDvMOfZQ==", Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding="base64"
            ),
            "Grüße",
        ),
        (reply("Hello", Content_Type="text/plain; charset=no-such-thing"), "Hello"),
        (reply(HTML, Content_Type="text/html"), "Yes, call me\ntoday"),
        (reply(OUTLOOK, Content_Type="text/html"), "Yes"),
        (b"From: a@b.org\r\n\r\nGr\xfc\xdfe", "Grüße"),
        (b"From: a@b.org\r\n\r\nnu\x00l", "nul"),
    ],
)
def test_the_text_is_what_was_newly_written(raw: bytes, text: str) -> None:
    assert classify(raw).text == text


def test_the_plain_part_is_read_and_an_attachment_is_not() -> None:
    body = (
        "--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nattached\n"
        "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain\n\nwritten\n"
        "--c\nContent-Type: text/html\n\n<p>marked up</p>\n--c--\n--b--"
    )
    assert classify(reply(body, Content_Type="multipart/mixed; boundary=b")).text == "written"


# -- hostile mails ---------------------------------------------------------------------------------


def nested(depth: int) -> bytes:
    parts = (
        f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n' for level in range(depth)
    )
    return ("From: a@b.org\r\n" + "".join(parts) + "Content-Type: text/plain\r\n\r\nHello").encode()


def long_header(name: str, value: str) -> bytes:
    return f"From: a@b.org\r\n{name}: {value * (1_000_000 // len(value))}\r\nIn-Reply-To: <a@b>\r\n\r\nHello".encode()


MULTIPART = b"From: a@b.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
RETURNED = b"--b\r\nContent-Type: message/rfc822\r\n\r\nTo: " + b"a" * 2000 + b"@b.org\r\n" * 200 + b"\r\n"
HOSTILE = {
    "2,000 returned mails": MULTIPART + RETURNED * 2000,
    "2,000 complaints": MULTIPART.replace(b"mixed", b"report; report-type=feedback-report") + RETURNED * 2000,
    "receivers of letters": b"From: a@b.org\r\n"
    + b"".join(b"%s: %s@\r\n" % (name, b"a" * 1990) for name in (b"To", b"Cc", b"Delivered-To")) * 40,
    "comments without end": reply("<!--" * 20_000, Content_Type="text/html"),
    "styles without end": reply("<style>" * 20_000, Content_Type="text/html"),
    "a subject that repeats": reply("x", Subject="re: " * 500 + "auto " * 500),
    "words of an absence": reply(
        "i am out of the office until thank you for your " * 400, Subject="Re: Hello"
    ),
    "words of a challenge": reply(
        "please confirm your message has been held spam click " * 400, Subject="confirm"
    ),
    "2,000 nested parts": nested(2000),
    "10 MB below 1,000 nested parts": nested(1000) + b"hello world\r\n" * 700_000,
    "100,000 nested parts of one boundary": MULTIPART + MULTIPART.join([b"--b\r\n"] * 100_000),
    "2,000 mails in mails": b"From: a@b.org\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 2000,
    "a million parts": MULTIPART + b"--b\r\n\r\nx\r\n" * 1_000_000,
    "100,000 headers": b"".join(b"X-%d: y\r\n" % number for number in range(100_000)) + b"\r\nHello",
    "a header of a megabyte": long_header("X", "y"),
    "a subject of broken words": long_header("Subject", "=?a?q?"),
    "a type of quotes": long_header("Content-Type", 'text/plain; a="\\"'),
    "a million references": long_header("References", "<a@b> "),
    "a From of angles": long_header("From", "<"),
    "a date of digits": long_header("Date", "1"),
    "20,000 On": reply("On " * 20_000),
    "50,000 underscores": reply("_" * 50_000),
    "50,000 hyphens": reply("-" * 50_000),
    "50,000 line breaks": reply("\n" * 50_000),
    "50,000 quotes": reply("> " * 50_000),
    "50,000 angles": reply("<" * 50_000, Content_Type="text/html"),
    "20,000 open tags": reply("<div>" * 20_000, Content_Type="text/html"),
    "10 MB of text": reply("hello world\n" * 1_000_000),
    "10 MB of carriage returns": b"\r" * 10_000_000,
    "NUL": b"Fr\x00om: a@b.org\r\nSubject: \x00\r\n\r\n\x00",
    "a charset that is a codec": reply("a-" * 30_000, Content_Type="text/plain; charset=punycode"),
    "a boundary of blanks": MULTIPART + b"--b" + b" " * 9_000_000,
    "bad base64": reply("=" * 50_000, Content_Transfer_Encoding="base64"),
    "a status of dots": report("Action: failed\nStatus: " + "5.1." * 20_000),
    "10,000 recipients": report(
        "Action: failed\n\n" + "Final-Recipient: rfc822; a@b.org\nAction: failed\n\n" * 10_000
    ),
    "dates without end": reply("until 3 May " * 10_000, Auto_Submitted="auto-replied"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_mail_takes_long(name: str) -> None:
    started = time.process_time()
    found = classify(HOSTILE[name])
    assert time.process_time() - started < 1
    assert len(found.text) <= 64 * 1024
    assert len(found.recipients) <= 100


@given(st.binary(max_size=2000))
def test_nothing_in_a_mail_makes_it_fail(raw: bytes) -> None:
    assert isinstance(classify(raw), Incoming)


PIECES = st.sampled_from([
    "From: a@b.org\r\n", "Subject: ", "=?utf-8?b?", "?=", "\r\n", "\r\n\r\n", "--b\r\n", "--b--", "\x00", "ü", ":", ";",
    "Content-Type: multipart/report; boundary=b\r\n", "Content-Type: message/delivery-status\r\n\r\n", "Date: 1\r\n",
    "Final-Recipient: rfc822;", "Action: failed\r\n", "Status: 5.1.1\r\n", "Content-Transfer-Encoding: base64\r\n",
    "Content-Type: text/html; charset=\"", "<div>", "On x wrote:\r\n", "> ", "31 February", "2026-99-99",
    "<a@b>", "In-Reply-To: ",
])  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_no_heap_of_pieces_makes_it_fail(pieces: list[str]) -> None:
    found = classify("".join(pieces).encode())
    for text in (
        found.text,
        found.subject,
        (found.meaning.evidence if found.meaning else ""),
        *(one.text for one in found.recipients),
    ):
        assert "\x00" not in text
        text.encode()  # nothing in it that a database would refuse
