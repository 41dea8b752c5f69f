"""Reports of mail systems: the samples with what a careful person says of them, and the tables behind it."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.inbound.bounces import Report, read
from outreach.domain.inbound.bounces.codes import reply_code, statuses
from outreach.domain.inbound.bounces.reasons import judge
from outreach.domain.inbound.bounces.spelled import address_of, addresses_in
from outreach.domain.inbound.parts import take_apart
from outreach.domain.inbound.words import DEAD, InboundKind, Reason

SAMPLES = Path(__file__).parent.parent.parent / "data" / "mail" / "bounces"
EXPECTED = [
    json.loads(line) for line in (SAMPLES / "expected.jsonl").read_text(encoding="utf-8").splitlines()
]
KINDS = ("bounce", "delayed", "delivered")
REPORTS = [sample for sample in EXPECTED if sample["kind"] in KINDS]
OTHERS = [sample for sample in EXPECTED if sample["kind"] not in KINDS]


def sample(file: str) -> bytes:
    return (SAMPLES / file).read_bytes()


def reading(raw: bytes) -> Report | None:
    return read(take_apart(raw))


def notice(body: str, subject: str = "failure notice", sender: str = "MAILER-DAEMON@mx.example.net") -> bytes:
    return f"Return-Path: <>\nFrom: {sender}\nTo: anna@example.com\nSubject: {subject}\n\n{body}".encode()


def report(fields: str, text: str = "See below.") -> bytes:
    head = "From: postmaster@mx.example.net\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
    status = f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n{fields}\n"
    return f"{head}--b\n\n{text}\n--b\n{status}--b--\n".encode()


@pytest.mark.parametrize("expected", REPORTS, ids=lambda each: each["file"])
def test_a_report_says_whom_it_is_about_and_why(expected: dict[str, Any]) -> None:
    found = reading(sample(expected["file"]))
    assert found is not None
    assert found.kind == expected["kind"]
    known = [
        {key: getattr(each, key) for key in wanted}
        for each, wanted in zip(found.recipients, expected["recipients"], strict=True)
    ]
    assert known == expected["recipients"]
    assert set(expected.get("message_ids", ())) <= set(found.message_ids)


@pytest.mark.parametrize("expected", OTHERS, ids=lambda each: each["file"])
def test_what_people_and_other_machines_write_is_no_report(expected: dict[str, Any]) -> None:
    assert reading(sample(expected["file"])) is None


def test_there_is_a_sample_for_every_file_and_a_file_for_every_sample() -> None:
    assert {each["file"] for each in EXPECTED} == {path.name for path in SAMPLES.glob("*.eml")}
    assert len(REPORTS) >= 90
    assert len(OTHERS) >= 30


JUDGED = [
    ("", "550", "550 5.1.7 Invalid address", Reason.SENDER_REJECTED),
    ("", "550", "550 5.7.1 Command rejected", Reason.POLICY),
    ("5.1.1", "550", "User unknown", Reason.USER_UNKNOWN),
    ("5.1.1", "550", "", Reason.USER_UNKNOWN),
    ("5.1.2", "", "", Reason.HOST_UNKNOWN),
    ("5.1.6", "", "", Reason.MOVED),
    ("5.2.2", "", "", Reason.MAILBOX_FULL),
    ("5.3.4", "", "", Reason.TOO_LARGE),
    ("4.4.7", "", "", Reason.EXPIRED),
    ("4.4.1", "", "", Reason.NETWORK),
    ("4.4.4", "", "", Reason.NETWORK),
    ("5.4.4", "", "", Reason.HOST_UNKNOWN),
    ("5.7.26", "550", "", Reason.AUTHENTICATION),
    ("5.7.606", "550", "Access denied, banned sending IP [192.0.2.1]", Reason.BLOCKED),
    ("5.7.620", "550", "", Reason.BLOCKED),
    ("5.7.133", "", "", Reason.RESTRICTED),
    ("5.0.0", "550", "", Reason.UNDEFINED),
    ("", "550", "", Reason.UNDEFINED),
    ("", "556", "", Reason.NOT_ACCEPTING),
    ("", "521", "host does not accept mail", Reason.NOT_ACCEPTING),
    ("5.1.10", "556", "recipient domain has a null MX", Reason.NOT_ACCEPTING),
    # What the words say goes before the code.
    ("5.1.1", "550", "user over quota", Reason.MAILBOX_FULL),
    ("5.0.0", "550", "Mailbox full", Reason.MAILBOX_FULL),
    ("5.1.1", "550", "Message blocked as spam", Reason.BLOCKED),
    ("5.1.1", "550", "message looks like spam", Reason.SPAM),
    ("5.7.1", "550", "<a@b.example>: Recipient address rejected: no such user here", Reason.USER_UNKNOWN),
    ("5.4.1", "550", "Recipient address rejected: Access denied", Reason.USER_UNKNOWN),
    ("5.7.1", "550", "Access denied", Reason.POLICY),
    ("5.2.1", "550", "The email account that you tried to reach is disabled", Reason.SUSPENDED),
    ("5.2.1", "550", "", Reason.SUSPENDED),
    ("5.1.1", "550", "account has been disabled", Reason.SUSPENDED),
    ("4.1.1", "450", "User unknown in local recipient table", Reason.USER_UNKNOWN),
    # A name says no word, and neither does a link.
    ("5.1.1", "550", "<spam.blocked@acme.example>: no mailbox here by that name", Reason.USER_UNKNOWN),
    ("", "550", "User not found: a@163.example https://help.example/spam/blocked", Reason.USER_UNKNOWN),
    ("", "550", "host mx.spam.example[192.0.2.1] said: unknown user", Reason.USER_UNKNOWN),
    # Whose fault it is.
    ("5.1.8", "553", "Domain not found", Reason.SENDER_REJECTED),
    ("", "550", "Sender verify failed: no such user", Reason.SENDER_REJECTED),
    ("", "550", "<x@y.example>: Sender address rejected: Domain not found", Reason.SENDER_REJECTED),
    ("", "550", "relay not permitted", Reason.RELAY_DENIED),
    ("", "553", "sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", Reason.RELAY_DENIED),
    ("4.7.1", "450", "Client host rejected: cannot find your hostname", Reason.PTR),
    ("4.7.1", "451", "Greylisting in action, please come back later", Reason.GREYLISTED),
    # A name that does not exist, and a name server that does not answer.
    (
        "4.4.3",
        "",
        "Name service error for name=acme.example type=MX: Host not found, try again",
        Reason.NETWORK,
    ),
    ("5.4.4", "", "Name service error for name=acme.example type=A: Host not found", Reason.HOST_UNKNOWN),
    ("4.0.0", "", "DNS lookup of acme.example responded with code NXDOMAIN", Reason.HOST_UNKNOWN),
    ("4.0.0", "", "DNS lookup of acme.example responded with code SERVFAIL", Reason.NETWORK),
    # The server had taken the recipient, and refused the mail.
    ("", "550", "Requested action not taken: mailbox unavailable", Reason.USER_UNKNOWN),
    ("", "450", "Requested action not taken: mailbox unavailable", Reason.UNDEFINED),
    ("", "550", "mailbox unavailable (in reply to end of DATA command)", Reason.POLICY),
    # In other languages.
    ("", "550", "Empfänger unbekannt", Reason.USER_UNKNOWN),
    ("", "", "a címzett postafiókja megtelt", Reason.MAILBOX_FULL),
    ("", "", "Utilisateur inconnu !", Reason.USER_UNKNOWN),
    ("", "", "El buzón está lleno", Reason.MAILBOX_FULL),
    ("", "", "utente sconosciuto", Reason.USER_UNKNOWN),
    ("", "", "dana@acme.example bestaat niet", Reason.USER_UNKNOWN),
    ("", "", "skrzynka odbiorcy jest pełna", Reason.MAILBOX_FULL),
    ("", "", "メールボックスの容量を超えています", Reason.MAILBOX_FULL),
    ("", "", "收件人地址不存在", Reason.USER_UNKNOWN),
    ("", "", "пользователь не найден", Reason.USER_UNKNOWN),
]


@pytest.mark.parametrize(("status", "code", "text", "reason"), JUDGED)
def test_the_reason_follows_from_words_status_and_code(
    status: str, code: str, text: str, reason: Reason
) -> None:
    assert judge(status, code, text) == (reason, reason in DEAD)


@pytest.mark.parametrize(
    ("field", "address"),
    [
        ("rfc822; Dana@Acme.Example", "dana@acme.example"),
        ("RFC822;<dana@acme.example>", "dana@acme.example"),
        ("dana@acme.example", "dana@acme.example"),
        ("rfc822; dana@acme.example (Dana Doe)", "dana@acme.example"),
        ("utf-8; j\\x{F6}rg@acme.example", "jörg@acme.example"),
        ("rfc822; dana+40acme.example", "dana@acme.example"),
        ("rfc822;IMCEASMTP-dana+40acme+2Eexample@exchange.example", "dana@acme.example"),
        ("rfc822;IMCEAEX-_O=ACME_CN=RECIPIENTS_CN=DANA@acme.example", ""),
        ("rfc822; O'Brien@acme.example", "o'brien@acme.example"),
        ("rfc822; 'dana@acme.example'", "dana@acme.example"),
        ("X400; /C=DE/A=DBP/S=DOE/", ""),
        ("LOCAL; dana", ""),
        ("", ""),
    ],
)
def test_an_address_is_found_however_a_report_spells_it(field: str, address: str) -> None:
    assert address_of(field) == address


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("smtp; 550 5.1.1 user unknown", "550"),
        ("550-5.1.1 The account\n550 5.1.1 does not exist", "550"),
        ("host mx.acme.example[192.0.2.1] said: 452 Over quota", "452"),
        ("Remote Server returned '554 5.2.2 mailbox full'", "554"),
        ("220 mx ready\n250 ok\n<<< 550 no", "550"),
        ("queue id 550123, 5 days, 500 MB", ""),
        ("at 192.0.2.550 and 4.550.1", ""),
        ("", ""),
    ],
)
def test_a_reply_code_is_told_from_other_numbers(text: str, code: str) -> None:
    assert reply_code(text) == code


def test_a_status_is_told_from_addresses_and_versions() -> None:
    assert statuses("550 5.1.1 (#4.4.1) at 5.1.1.2, version 5.2.10.3 or 12.5.1.1") == ["5.1.1", "4.4.1"]


def test_the_text_says_more_than_a_status_that_says_nothing() -> None:
    found = reading(report("Final-Recipient: rfc822; d@acme.example\nAction: failed\nStatus: 5.0.0\n"
                           "Diagnostic-Code: smtp; 550 5.1.1 unknown user"))  # fmt: skip
    assert found and (found.recipients[0].status, found.recipients[0].reason) == (
        "5.1.1",
        Reason.USER_UNKNOWN,
    )


def test_who_was_written_to_goes_before_who_it_was_passed_on_to() -> None:
    found = reading(report("Original-Recipient: rfc822; d@acme.example\nFinal-Recipient: rfc822; x@other.example\n"
                           "Action: failed\nStatus: 5.1.1"))  # fmt: skip
    assert found and [each.address for each in found.recipients] == ["d@acme.example"]


def test_recipients_that_got_the_mail_are_not_among_the_failed() -> None:
    found = reading(report("Final-Recipient: rfc822; a@acme.example\nAction: delivered\nStatus: 2.0.0\n\n"
                           "Final-Recipient: rfc822; b@acme.example\nAction: failed\nStatus: 5.1.1"))  # fmt: skip
    assert found and found.kind is InboundKind.BOUNCE
    assert [each.address for each in found.recipients] == ["b@acme.example"]


def test_one_recipient_told_twice_is_one() -> None:
    block = "Final-Recipient: rfc822; a@acme.example\nAction: failed\nStatus: 5.1.1"
    found = reading(report(f"{block}\n\n{block}"))
    assert found and [each.address for each in found.recipients] == ["a@acme.example"]


def test_the_mail_that_a_report_answers_is_the_returned_one_where_nothing_is_returned() -> None:
    raw = b"In-Reply-To: <m1@example.com>\n" + report(
        "Final-Recipient: rfc822; a@acme.example\nAction: failed\nStatus: 5.1.1"
    )
    found = reading(raw)
    assert found and found.message_ids == ("<m1@example.com>",)


def test_a_delay_that_ends_in_giving_up_is_a_failure() -> None:
    fields = "Final-Recipient: rfc822; a@acme.example\nAction: delayed\nStatus: 4.4.1"
    late = reading(report(fields, "The message has not yet been delivered."))
    over = reading(report(fields, "The message will be deleted from the queue."))
    assert late and late.kind is InboundKind.DELAYED
    assert over and over.kind is InboundKind.BOUNCE


def test_a_delay_never_suppresses() -> None:
    found = reading(report("Final-Recipient: rfc822; a@acme.example\nAction: delayed\nStatus: 4.1.1\n"
                           "Diagnostic-Code: smtp; 450 4.1.1 user unknown"))  # fmt: skip
    assert found and not found.recipients[0].suppress


def test_a_report_within_a_report_of_a_gateway_counts_and_one_that_a_person_forwards_does_not() -> None:
    inner = report("Final-Recipient: rfc822; a@acme.example\nAction: failed\nStatus: 5.1.1").decode()
    outer = "Content-Type: multipart/mixed; boundary=o\n\n--o\n\nhere\n--o\nContent-Type: message/rfc822\n\n{}\n--o--\n"
    passed_on = (
        f"From: MAILER-DAEMON@gw.example\nSubject: Undeliverable: Hello\n{outer.format(inner)}".encode()
    )
    forwarded = f"From: dana@acme.example\nSubject: Fwd: Undeliverable: Hello\n{outer.format(inner)}".encode()
    found = reading(passed_on)
    assert found and found.recipients[0].address == "a@acme.example"
    assert reading(forwarded) is None


def test_a_report_that_a_person_quotes_or_attaches_is_no_report() -> None:
    fields = "Final-Recipient: rfc822; a@acme.example\nAction: failed\nStatus: 5.1.1\n"
    head = "From: Dana <dana@acme.example>\nSubject: What is this?\nContent-Type: multipart/mixed; boundary=o\n\n--o\n"
    attached = f"\nHelp!\n--o\nContent-Type: message/rfc822\n\n{report(fields).decode()}\n--o--\n"
    for body in (f"\nHelp! I got:\n\n{fields}\n--o--\n", attached):
        assert reading(f"{head}{body}".encode()) is None


def test_our_own_sender_is_never_the_one_who_was_not_reached() -> None:
    found = reading(
        notice(
            "Your message could not be delivered.\n\nanna@example.com\n\nFor help write to postmaster@mx.example.net"
        )
    )
    assert found and found.recipients == ()


# -- nothing breaks it -----------------------------------------------------------------------------


@given(st.binary(max_size=3000))
def test_no_bytes_break_it(raw: bytes) -> None:
    for begin in (b"", b"From: MAILER-DAEMON@x.example\nSubject: failure notice\n\n", report("")[:-8]):
        found = reading(begin + raw)
        for each in found.recipients if found else ():
            assert not each.suppress or (each.hard and each.reason in DEAD)


@given(st.integers(0, len(REPORTS) - 1), st.randoms(use_true_random=False))
def test_a_garbled_report_breaks_nothing_and_suppresses_for_dead_addresses_alone(
    number: int, chance: Any
) -> None:
    lines = sample(REPORTS[number]["file"]).split(b"\n")
    chance.shuffle(lines)
    found = reading(b"\n".join(lines))
    for each in found.recipients if found else ():
        assert each.hard is (each.reason in DEAD and found is not None and found.kind is InboundKind.BOUNCE)
        assert not each.suppress or each.hard


@given(st.text(max_size=300), st.text(max_size=10), st.text(max_size=5))
def test_any_words_have_a_reason(text: str, status: str, code: str) -> None:
    reason, hard = judge(status, code, text)
    assert hard is (reason in DEAD)


@given(st.text(max_size=300))
def test_an_address_found_is_one(text: str) -> None:
    assert all(address.count("@") >= 1 and address == address.lower() for address in addresses_in(text))


HOSTILE = [
    "<a@b", "a@b.example\n", "550 ", "user ", "to ", "-----", "\n-", "Message-ID: <a", "<style", "recipient: ",
    "Final-Recipient: rfc822; a@b.example\n\n", "5.1.1 ", "\n> ", "http://", "[1.", "\n\n", "host a.",
    "(generated from ", "a" * 64 + "@", "\\x{41}", "+40", "mailbox ", "quota", "IMCEASMTP-", "said: ", "&lt;",
    "\nReceived: from ", "a'b@", "no such ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_notice_costs_little_time(piece: str) -> None:
    body = (piece * (64 * 1024 // len(piece) + 1))[: 64 * 1024]
    as_html = notice(body).replace(b"Subject:", b"Content-Type: text/html\nSubject:")
    start = time.process_time()
    for raw in (
        notice(body),
        report(body, body),
        as_html,
        notice(f"This is the mail system at host x.\n\n{body}"),
    ):
        reading(raw)
    assert time.process_time() - start < 2.0  # four mails; one may take a second
