"""The MIME writer: judged by its bytes and by another reader, the standard library's."""

import email
import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outreach import mime
from outreach.errors import BadMail
from outreach.mime import Mail

MAIL = Mail(
    sender_name="Anna Kovács",
    sender_address="anna@example.com",
    envelope_from="b+token@bounces.example.com",
    to_name="Ben",
    to_address="ben@example.org",
    subject="How was the webinar?",
    text="Hello Ben,\n\nhow was it?\n",
    html="<p>Hello Ben,</p>",
    message_id="<m1.abc@example.com>",
    date=datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
    unsubscribe_url="https://t.example.com/u/" + "x" * 90,
    unsubscribe_mailto="unsubscribe+abc@example.com",
)
LONG_ID = "<" + "A" * 100 + "@EUR05.prod.outlook.example>"
CONTROLS = ["\r\n", "\r", "\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x00", "\x1f", "\x7f", "\x9b"]
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def parsed(mail: Mail) -> EmailMessage:
    message = email.message_from_bytes(mime.write(mail), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def display_name(data: bytes, header: str) -> str:
    # Not message[header].addresses: Python 3.11 puts a blank between the encoded words of a name.
    return str(make_header(decode_header(parseaddr(email.message_from_bytes(data)[header])[0])))


def changed(field: str, value: str | tuple[str, ...]) -> Mail:
    values: dict[str, Any] = {field: value}
    return replace(MAIL, **values)


def head(data: bytes) -> bytes:
    return data.partition(b"\r\n\r\n")[0]


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert isinstance(part, EmailMessage)
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    return data.decode("utf-8")


def assert_wire(data: bytes) -> None:
    assert data.isascii()
    assert data.count(b"\r") == data.count(b"\n") == data.count(b"\r\n")
    top, _, rest = data.partition(b"\r\n\r\n")
    for line in top.split(b"\r\n"):
        assert line.strip()
        assert len(line) <= (76 if b"=?" in line else 998)
    assert all(len(line) <= 76 for line in rest.split(b"\r\n"))
    for word in re.findall(rb"=\?[^?]*\?.\?[^?]*\?=", top):
        assert len(word) <= 75


def test_another_reader_finds_every_part() -> None:
    message = parsed(MAIL)
    assert message["From"].addresses[0].display_name == "Anna Kovács"
    assert message["From"].addresses[0].addr_spec == "anna@example.com"
    assert str(message["To"]) == "Ben <ben@example.org>"
    assert message["Subject"] == "How was the webinar?"
    assert message["Message-ID"] == "<m1.abc@example.com>"
    assert message["Date"].datetime == MAIL.date
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert body(message, "plain") == "Hello Ben,\r\n\r\nhow was it?\r\n"
    assert body(message, "html") == "<p>Hello Ben,</p>\r\n"
    assert not message.defects


def test_a_mail_without_html_is_one_text() -> None:
    message = parsed(replace(MAIL, html=None))
    assert message.get_content_type() == "text/plain"
    assert body(message, "plain") == "Hello Ben,\r\n\r\nhow was it?\r\n"


def test_the_same_mail_gives_the_same_bytes() -> None:
    assert mime.write(MAIL) == mime.write(replace(MAIL))


def test_unsubscribe_headers_are_as_rfc_8058_wants_them() -> None:
    top = head(mime.write(MAIL))
    url = b"https://t.example.com/u/" + b"x" * 90
    assert b"List-Unsubscribe: <" + url + b">,\r\n <mailto:unsubscribe+abc@example.com>\r\n" in top
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in top


def test_one_click_is_promised_only_with_an_address_to_post_to() -> None:
    top = head(mime.write(replace(MAIL, unsubscribe_url=None)))
    assert b"List-Unsubscribe: <mailto:unsubscribe+abc@example.com>" in top
    assert b"One-Click" not in top
    assert b"List-Unsubscribe" not in mime.write(replace(MAIL, unsubscribe_url=None, unsubscribe_mailto=None))


def test_structural_headers_are_never_encoded() -> None:
    many = tuple(LONG_ID.replace("A@", f"{number}@") for number in range(30))
    mail = replace(MAIL, message_id=LONG_ID, in_reply_to=LONG_ID, references=many)
    top = head(mime.write(mail))
    for name in (b"Message-ID", b"In-Reply-To", b"References", b"List-Unsubscribe", b"List-Unsubscribe-Post"):
        value = re.search(rb"(?m)^%b: ((?:.*\r\n )*.*)" % name, top)
        assert value
        assert b"=?" not in value[1]
        assert len(value[0].replace(b"\r\n", b"")) < 998
    assert_wire(mime.write(mail))


def test_a_long_thread_keeps_its_first_and_its_last_messages() -> None:
    ids = tuple(f"<{number}.{'x' * 60}@example.com>" for number in range(40))
    kept = str(parsed(replace(MAIL, references=ids))["References"]).split()
    assert kept[0] == ids[0]
    assert kept[1:] == list(ids[-len(kept) + 1 :])
    assert len(kept) > 10


def test_notifications_say_that_nobody_should_answer() -> None:
    message = parsed(replace(MAIL, auto_submitted=True, unsubscribe_url=None, unsubscribe_mailto=None))
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert "Auto-Submitted" not in parsed(MAIL)


def test_extra_headers_are_written() -> None:
    message = parsed(replace(MAIL, extra=(("Feedback-ID", "c1:example"), ("X-Note", "für dich"))))
    assert message["Feedback-ID"] == "c1:example"
    assert message["X-Note"] == "für dich"


@pytest.mark.parametrize(
    "name", ["Bcc", "bcc", "To", "Subject", "DKIM Signature", "X:", "", "X\r\nBcc", "X" * 60, "Ü"]
)
def test_an_extra_header_can_not_replace_ours(name: str) -> None:
    with pytest.raises(BadMail):
        mime.write(replace(MAIL, extra=((name, "v@example.com"),)))


@pytest.mark.parametrize("control", CONTROLS)
@pytest.mark.parametrize("field", ["sender_name", "to_name", "subject"])
def test_a_control_character_never_starts_a_header(control: str, field: str) -> None:
    data = mime.write(changed(field, f"x{control}Bcc: victim@example.com"))
    assert_wire(data)
    message = email.message_from_bytes(data, policy=default)
    assert message["Bcc"] is None
    assert message.keys() == parsed(MAIL).keys()
    assert "x Bcc: victim@example.com" in str(message["Subject"]) + str(message["From"]) + str(message["To"])


@pytest.mark.parametrize("control", [*CONTROLS, " ", "<", ">"])
@pytest.mark.parametrize(
    "field",
    ["sender_address", "to_address", "envelope_from", "reply_to", "message_id", "in_reply_to", "references",
     "unsubscribe_url", "unsubscribe_mailto"],
)  # fmt: skip
def test_an_address_with_a_control_character_is_refused_without_being_told(control: str, field: str) -> None:
    plain = {"message_id": "<a@x.example>", "in_reply_to": "<a@x.example>", "references": "<a@x.example>"}
    value = plain.get(field, "https://a@x.example" if field == "unsubscribe_url" else "a@x.example")
    broken = value[:3] + control + "Bcc:" + value[3:]
    with pytest.raises(BadMail) as refused:
        mime.write(changed(field, (broken,) if field == "references" else broken))
    assert "Bcc" not in str(refused.value)
    assert "x.example" not in str(refused.value)


def test_an_extra_value_with_a_line_end_is_refused() -> None:
    with pytest.raises(BadMail):
        mime.write(replace(MAIL, extra=(("X-Note", "a\r\nBcc: v@example.com"),)))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a",
        "@example.com",
        "a@",
        "a@b>\r\nDATA",
        "a b@example.com",
        '"a b"@example.com',
        "jürgen@example.com",
        "a@exa mple.com",
        "a@-example.com",
        "a@example..com",
        "a@" + "x" * 64 + ".com",
        "x" * 65 + "@example.com",
        "a@" + "ü" * 70 + ".example",
        "a@\udc80",
        "a,b@example.com",
        "a@[127.0.0.1]",
        "a@" + "a." * 200 + "com",
    ],
)
def test_what_is_no_plain_address_is_refused(address: str) -> None:
    with pytest.raises(BadMail):
        mime.wire_address(address)


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("a@example.com", "a@example.com"),
        ("Anna.K+x@bücher.example", "Anna.K+x@xn--bcher-kva.example"),
        ("a@BÜCHER.example", "a@xn--bcher-kva.example"),
        ("b..c.@docomo.example", "b..c.@docomo.example"),
    ],
)
def test_domains_are_written_in_punycode(address: str, wire: str) -> None:
    assert mime.wire_address(address) == wire


def test_a_hostile_domain_costs_no_time() -> None:
    begun = time.process_time()
    with pytest.raises(BadMail):
        mime.wire_address("a@" + "a-" * 50_000 + "!")
    assert time.process_time() - begun < 0.5


def test_a_date_without_a_zone_is_refused() -> None:
    with pytest.raises(BadMail):
        mime.write(replace(MAIL, date=datetime(2026, 3, 1)))


def test_message_ids_are_made_of_token_and_domain() -> None:
    assert mime.message_id("bücher.example", "m12.ab") == "<m12.ab@xn--bcher-kva.example>"
    with pytest.raises(BadMail):
        mime.message_id("example.com", "a>\r\nX:")


@given(TEXT, TEXT, TEXT)
@example("=?utf-8?q?=0ABcc:?=", "=?utf-8?q?=0ABcc:?=", "=?utf-8?q?=0ABcc:?=")
@example('a "quoted\\" name', "O'Brien, (x) <y@z>", "x" * 2000)
@example("Dr. A", "A  B", ("word " * 60).strip() + "   and  blanks")
@example("\U0001f600" * 40, "ü" * 40, "é " * 40)
def test_any_name_and_subject_survives(sender: str, to: str, subject: str) -> None:
    data = mime.write(replace(MAIL, sender_name=sender, to_name=to, subject=subject))
    assert_wire(data)
    message = email.message_from_bytes(data, policy=default)
    assert message["Subject"] == mime.clean(subject)
    assert display_name(data, "From") == mime.clean(sender)
    assert display_name(data, "To") == mime.clean(to)
    assert message["To"].addresses[0].addr_spec == "ben@example.org"


@given(TEXT, TEXT)
@example(".", "\n.\n..\n. \n")
@example("From here\nFrom there", "x\nFrom " + "y" * 100)
@example("blank \ntab\t\n \n\t", "x" * 74 + " \n" + "x" * 75 + " \n" + "x" * 76 + " ")
@example("a\rb\r\nc\n\rd", "\r.\r")
@example("no line end", "x" * 75 + "From x")
@example("=_" * 60, "--=_\n--")
@example("ü" * 200, "a" * 75 + ".")
def test_any_body_survives(text: str, html: str) -> None:
    def lines(source: str) -> str:
        return re.sub("\r\n|\r|\n", "\r\n", source).removesuffix("\r\n") + "\r\n"

    data = mime.write(replace(MAIL, text=text, html=html))
    assert_wire(data)
    message = email.message_from_bytes(data, policy=default)
    assert body(message, "plain") == lines(text)
    assert body(message, "html") == lines(html)
    rest = data.partition(b"\r\n\r\n")[2]
    assert not re.search(rb"(?m)^(From |\.\r$)", rest)
    assert not re.search(rb"(?m)[ \t]\r$", rest)


def test_half_a_letter_is_no_reason_to_crash() -> None:
    data = mime.write(replace(MAIL, subject="a\udc80b", to_name="\ud800", text="\udfff", html="\udfff"))
    assert_wire(data)


def test_a_long_address_and_a_long_name_keep_within_the_lines() -> None:
    far = "x" * 64 + "@" + ".".join(["y" * 60] * 3) + ".example"
    data = mime.write(replace(MAIL, to_address=far, to_name="Ä" * 300, sender_address=far, reply_to=far))
    assert_wire(data)
    assert email.message_from_bytes(data, policy=default)["To"].addresses[0].addr_spec == far
