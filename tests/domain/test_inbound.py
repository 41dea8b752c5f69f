"""Mails that came in, small ones of every kind, and what each is taken for."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.inbound import InboundKind, Incoming, classify

OURS = "<m1.abc@example.com>"
DATE = "Mon, 2 Mar 2026 10:00:00 +0100"
REPLY = {
    "From": "Dana Doe <dana@acme.example.org>",
    "Subject": "Re: Hello",
    "In-Reply-To": OURS,
    "Date": DATE,
}
DAEMON = {"From": "Mail Delivery System <MAILER-DAEMON@mx.example.net>", "Date": DATE, "Return-Path": "<>"}


def mail(body: str = "", /, **headers: str) -> bytes:
    """Return a mail as it comes off the wire; an underscore in a name stands for a hyphen."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\n".join([*lines, "", body])).replace("\n", "\r\n").encode()


def reply(body: str, /, **headers: str) -> bytes:
    return mail(body, **(REPLY | {name.replace("_", "-"): value for name, value in headers.items()}))


def report(
    status: str, /, explanation: str = "", returned: str = f"Message-ID: {OURS}", **headers: str
) -> bytes:
    """Return a delivery report (RFC 3464) with these lines about its recipient."""
    content_type = {"Content-Type": 'multipart/report; report-type=delivery-status; boundary="=_b"'}
    subject = {"Subject": "Undelivered Mail Returned to Sender"}
    body = "\n".join([
        "--=_b", "Content-Type: text/plain", "", explanation,
        "--=_b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example.net", "",
        "Final-Recipient: rfc822; dana@acme.example.org", status, "",
        "--=_b", "Content-Type: message/rfc822", "", "From: anna@example.com", returned, "", "Hello Dana", "",
        "--=_b--", "",
    ])  # fmt: skip
    return mail(body, **(DAEMON | subject | content_type | headers))


def feedback(kind: str) -> bytes:
    body = "\n".join([
        "--b", "Content-Type: text/plain", "", "This is an abuse report.",
        "--b", "Content-Type: message/feedback-report", "", f"Feedback-Type: {kind}", "User-Agent: x/1", "",
        "--b", "Content-Type: message/rfc822", "", f"Message-ID: {OURS}", "", "Hello", "--b--",
    ])  # fmt: skip
    content_type = "multipart/report; report-type=feedback-report; boundary=b"
    return mail(body, From="fbl@isp.example.net", Subject="FW: Hello", Content_Type=content_type)


PROSE = f"""This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its recipients.

  dana@acme.example.org
    host mx.acme.example.org: 550 5.1.1 User unknown

------ This is a copy of the message, including all the headers. ------

From: anna@example.com
Message-ID: {OURS}

Hello"""

KINDS: list[tuple[str, bytes, InboundKind, str]] = [
    ("an answer", reply("Hello"), InboundKind.REPLY, "references"),
    ("references alone", mail("Hi", From="a@b.org", References=f"<x@y> {OURS}"), InboundKind.REPLY, "references"),
    ("Re: alone", mail("Hi", From="a@b.org", Subject="RE: Hello"), InboundKind.REPLY, "subject"),
    ("AW: alone", mail("Hi", From="a@b.org", Subject="AW: Hello"), InboundKind.REPLY, "subject"),
    ("an encoded Vá:", mail("Hi", From="a@b.org", Subject="=?utf-8?q?V=C3=A1=3A_Hello?="), InboundKind.REPLY, "subject"),
    ("a person's new mail", mail("Hi", From="a@b.org", Subject="A question"), InboundKind.REPLY, "a new mail"),
    ("a newsletter", mail("Hi", From="a@b.org", List_Unsubscribe="<https://b.org>"), InboundKind.OTHER, "list-unsubscribe"),
    ("a list's mail", mail("Hi", From="a@b.org", List_Id="<l.b.org>"), InboundKind.OTHER, "list-id"),
    ("an answer from a group", reply("Hi", List_Id="<s.acme.org>", Precedence="list"), InboundKind.REPLY, "references"),
    ("RFC 3834", reply("Away", Auto_Submitted="auto-replied"), InboundKind.AUTO_REPLY, "auto-submitted"),
    ("RFC 3834 and more", reply("Away", Auto_Submitted="auto-generated; x=y"), InboundKind.AUTO_REPLY, "auto-submitted"),
    ("Auto-Submitted: no", reply("Hello", Auto_Submitted="no"), InboundKind.REPLY, "references"),
    ("X-Autoreply", reply("Away", X_Autoreply="yes"), InboundKind.AUTO_REPLY, "x-autoreply"),
    ("X-Autorespond", reply("Away", X_Autorespond="x"), InboundKind.AUTO_REPLY, "x-autorespond"),
    ("Exchange", reply("Away", X_Auto_Response_Suppress="All"), InboundKind.AUTO_REPLY, "x-auto-response-suppress"),
    ("Precedence", reply("Away", Precedence="auto_reply"), InboundKind.AUTO_REPLY, "precedence"),
    ("bulk", reply("Away", Precedence="bulk"), InboundKind.AUTO_REPLY, "precedence"),
    ("a null sender", reply("Away", Return_Path="<>"), InboundKind.AUTO_REPLY, "null sender"),
    ("Automatic reply:", reply("Away", Subject="Automatic reply: Hello"), InboundKind.AUTO_REPLY, "subject"),
    ("Out of Office", reply("Away", Subject="Out of office: Hello"), InboundKind.AUTO_REPLY, "subject"),
    ("Abwesenheit", reply("Weg", Subject="Abwesenheitsnotiz: Hello"), InboundKind.AUTO_REPLY, "subject"),
    ("Automatikus válasz", reply("x", Subject="=?utf-8?q?Automatikus_v=C3=A1lasz?="), InboundKind.AUTO_REPLY, "subject"),
    ("a failure", report("Action: failed\nStatus: 5.1.1"), InboundKind.BOUNCE, "delivery report: failed"),
    ("a failure without Action", report("Status: 5.1.1"), InboundKind.BOUNCE, "delivery report: failed"),
    ("a delay", report("Action: delayed\nStatus: 4.4.1"), InboundKind.DELAYED, "delivery report: delayed"),
    ("a delivery", report("Action: delivered\nStatus: 2.0.0"), InboundKind.DELIVERED, "delivery report: delivered"),
    ("a relay", report("Action: relayed\nStatus: 2.0.0"), InboundKind.DELIVERED, "delivery report: relayed"),
    (
        "a notice in prose",
        mail(PROSE, **DAEMON, Subject="Mail delivery failed: returning message to sender"),
        InboundKind.BOUNCE,
        "failure notice: failed",
    ),
    (
        "a warning in prose",
        mail("Later", **DAEMON, Subject="Warning: message delayed"),
        InboundKind.DELAYED,
        "failure notice: delayed",
    ),
    (
        "Exim's header",
        mail(PROSE, From="x@mx.example.net", X_Failed_Recipients="dana@acme.example.org"),
        InboundKind.BOUNCE,
        "failure notice: failed",
    ),
    ("somebody who asks about a bounce", reply("?", Subject="Re: Undeliverable: Hello"), InboundKind.REPLY, "references"),
    ("a complaint", feedback("abuse"), InboundKind.COMPLAINT, "feedback report: abuse"),
    ("an opt-out by feedback", feedback("opt-out"), InboundKind.COMPLAINT, "feedback report: opt-out"),
    ("a DMARC failure", feedback("auth-failure"), InboundKind.OTHER, "feedback report: no complaint"),
    ("not spam", feedback("not-spam"), InboundKind.OTHER, "feedback report: no complaint"),
    (
        "Outlook.com's complaint",
        mail(f"--b\nContent-Type: message/rfc822\n\nMessage-ID: {OURS}\n\nx\n--b--", From="staff@hotmail.com",
             Content_Type="multipart/mixed; boundary=b"),
        InboundKind.COMPLAINT,
        "feedback of Outlook.com",
    ),
    (
        "a read receipt",
        reply("Read", Content_Type="multipart/report; report-type=disposition-notification; boundary=b"),
        InboundKind.READ_RECEIPT,
        "read receipt",
    ),
    ("a mail to List-Unsubscribe", mail("", From="a@b.org", Subject="unsubscribe"), InboundKind.UNSUBSCRIBE, "subject"),
    ("no From", mail("Hello", Subject="x"), InboundKind.OTHER, "no sender"),
    ("nothing", b"", InboundKind.OTHER, "no sender"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "kind", "rule"), [case[1:] for case in KINDS], ids=[case[0] for case in KINDS]
)
def test_a_mail_is_known_by_its_headers(raw: bytes, kind: InboundKind, rule: str) -> None:
    found = classify(raw)
    assert (found.kind, found.rule) == (kind, rule)


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
        ("Action: failed\nDiagnostic-Code: smtp; 452 4.2.2 mailbox of unknown user full", False),
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


# -- absences --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("I am out of the office and will be back on 16 March.", date(2026, 3, 16)),
        ("I am away from 3 March to 13 March 2026.", date(2026, 3, 13)),
        ("Out until March 20th. I return on Monday, March 23rd.", date(2026, 3, 23)),
        ("I'm on leave from 5 March and back on 2026-03-12.", date(2026, 3, 12)),
        ("Ich bin bis zum 15.03.2026 nicht im Büro.", date(2026, 3, 15)),
        ("Ab dem 16. März bin ich wieder erreichbar.", date(2026, 3, 16)),
        ("Március 13-ig szabadságon vagyok.", date(2026, 3, 13)),
        ("I will be back in two weeks.", date(2026, 3, 16)),
        ("I am back on Monday (9 March).", date(2026, 3, 9)),
        ("Back next Monday", date(2026, 3, 9)),
        ("Out until 04/05.", None),  # April or May?
        ("I was back on 1 February.", None),
        ("I am away. For urgent matters call Eva.", None),
    ],
)
def test_an_absence_ends_on_the_day_that_it_states(text: str, day: date | None) -> None:
    assert classify(reply(text, Auto_Submitted="auto-replied")).resume_on == day


def test_an_absence_over_the_new_year_ends_in_the_next_one() -> None:
    raw = reply(
        "I am back on 3 January.", Auto_Submitted="auto-replied", Date="Tue, 22 Dec 2026 10:00:00 +0100"
    )
    assert classify(raw).resume_on == date(2027, 1, 3)


def test_an_absence_without_a_date_of_its_own_ends_nowhere() -> None:
    assert (
        classify(reply("Back on 16 March", Auto_Submitted="auto-replied", Date="whenever")).resume_on is None
    )


# -- hostile mails ---------------------------------------------------------------------------------


def nested(depth: int) -> bytes:
    parts = (
        f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n' for level in range(depth)
    )
    return ("From: a@b.org\r\n" + "".join(parts) + "Content-Type: text/plain\r\n\r\nHello").encode()


def long_header(name: str, value: str) -> bytes:
    return f"From: a@b.org\r\n{name}: {value * (1_000_000 // len(value))}\r\nIn-Reply-To: <a@b>\r\n\r\nHello".encode()


MULTIPART = b"From: a@b.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
HOSTILE = {
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
