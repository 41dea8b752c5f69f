"""Mails taken apart: headers, parts, charsets, encodings, as real programs write them and as they break them."""

from __future__ import annotations

import base64
import binascii
import quopri
import time
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.inbound.charsets import decode
from outreach.domain.inbound.headers import Headers, parameters, readable
from outreach.domain.inbound.parts import MAX_BYTES, MAX_DEPTH, MAX_TEXT, Opened, headers_of, take_apart

HEAD = "From: Dana <dana@example.org>\nSubject: Hello\n"


def opened(text: str | bytes) -> Opened:
    raw = text.encode() if isinstance(text, str) else text
    return take_apart(raw.replace(b"\n", b"\r\n"))


def texts(mail: Opened) -> list[tuple[str, str]]:
    return [(part.headers.content_type, part.text().strip()) for part in mail.parts]


# -- headers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "leading",
    [
        "",
        "\n",
        "\n\n\n",
        "From dana@example.org Mon Mar  2 10:00:00 2026\n",
        ">From dana@example.org Mon Mar  2 10:00:00 2026\n",
        "\ufeff",
        "\ufeff\n",
        "From MAILER-DAEMON Mon Mar  2 10:00:00 2026\n>From x@y Mon\n",
    ],
)
def test_what_stands_before_the_headers_is_passed_over(leading: str) -> None:
    mail = opened(leading + HEAD + "\nText")
    assert mail.headers.first("subject") == "Hello"
    assert texts(mail) == [("text/plain", "Text")]


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        (b"Subject: Hello\n\nText", "Text"),
        (b"Subject: Hello\r\n\r\nText", "Text"),
        (b"Subject: Hello\r\rText", "Text"),
        (b"Subject: Hello\r\r\n\r\r\nText", "Text"),
        (b"SUBJECT : Hello\n\nText", "Text"),
        (b"Subject:Hello\n\nText", "Text"),
        (b"Subject:\n Hello\n\nText", "Text"),
        (b"Subject: Hello\nText without a blank line\n", "Text without a blank line"),
        (b"Subject: Hello\n>From the start\n\nText", "Text"),
        (b"Subject: Hello", ""),
        (b"Subject: Hello\n\n", ""),
        (b"subject: Hello\nSubject: other\n\nText", "Text"),
    ],
)
def test_the_headers_end_where_a_reader_sees_their_end(raw: bytes, body: str) -> None:
    mail = take_apart(raw)
    assert mail.headers.first("subject") == "Hello"
    assert texts(mail) == [("text/plain", body)]


def test_a_line_that_lost_its_indent_belongs_to_the_field_before_it() -> None:
    mail = opened("Subject: a long\nsubject\nFrom: dana@example.org\nMIME-Version: 1.0\n\nText")
    assert mail.headers.first("subject") == "a long subject"
    assert mail.headers.first("from") == "dana@example.org"
    assert texts(mail) == [("text/plain", "Text")]


def test_a_block_of_a_report_is_read_over_a_broken_line() -> None:
    block = headers_of(
        b"Final-Recipient: rfc822; a@b.org\nDiagnostic-Code: smtp; 550 no\nsuch user\nStatus: 5.1.1\n"
    )
    assert block.first("diagnostic-code") == "smtp; 550 no such user"
    assert block.first("status") == "5.1.1"


def test_a_field_that_comes_twice_is_kept_twice() -> None:
    mail = opened("From: a@example.org\nFrom: b@example.org\n\nText")
    assert mail.headers.all("from") == ("a@example.org", "b@example.org")
    assert mail.headers.first("from") == "a@example.org"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Hello", "Hello"),
        ("=?utf-8?q?V=C3=A1=3A_Hello?=", "Vá: Hello"),
        ("=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
        ("=?UTF-8?B?R3LDvMOfZQ?= aus Wien", "Grüße aus Wien"),
        ("=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=", "Grüße"),
        ("=?iso-8859-1?q?Gr=FC=DFe?=", "Grüße"),
        ("=?iso-8859-2?q?=D5r?= =?iso-8859-1?q?=FC?=", "Őrü"),
        ('"=?utf-8?q?D=C3=A1na?=" <dana@example.org>', '"Dána" <dana@example.org>'),
        ("Re:=?utf-8?q?_Gr=C3=BC=C3=9Fe?=", "Re: Grüße"),
        ("=?utf-8*de?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?q?What? Really??=", "What? Really?"),
        ("=?no-such?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?x?what?=", "=?utf-8?x?what?="),
        ("=?utf-8?q?cut off", "=?utf-8?q?cut off"),
        ("=?iso-2022-jp?B?GyRCRnxLXDhsGyhC?=", "日本語"),
        ("=?gb2312?B?1tDOxA==?=", "中文"),
        ("=?windows-1251?B?z/Do4uXy?=", "Привет"),
        ("a =?utf-8?q?b?= c", "a b c"),
        ("=?utf-8?q?a=00b=0Ac?=", "ab c"),
    ],
)
def test_encoded_words_are_read(written: str, read: str) -> None:
    assert opened(f"Subject: {written}\n\n").headers.text("subject") == read


def test_a_header_that_was_not_encoded_is_read_all_the_same() -> None:
    assert take_apart("Subject: Grüße\n\n".encode()).headers.text("subject") == "Grüße"
    assert take_apart("Subject: Grüße\n\n".encode("latin-1")).headers.text("subject") == "Grüße"
    labelled = "Content-Type: text/plain; charset=iso-8859-2\nSubject: Őrült\n\n".encode("iso-8859-2")
    assert take_apart(labelled).headers.text("subject") == "Őrült"
    wide = b"Content-Type: text/plain; charset=utf-16\nSubject: Hello\n\n"
    assert take_apart(wide).headers.text("subject") == "Hello"


@pytest.mark.parametrize(
    ("written", "content_type"),
    [
        ("TEXT/HTML; charset=utf-8", "text/html"),
        ("text/html charset=utf-8", "text/html"),
        (" text / html ", "text/html"),
        ('"text/html"', "text/html"),
        ("text/html;", "text/html"),
        ("multipart/report; report-type=delivery-status", "multipart/report"),
        ("text", "text/plain"),
        ("", "text/plain"),
        ("/", "text/plain"),
    ],
)
def test_the_content_type_is_read_as_written_by_careless_programs(written: str, content_type: str) -> None:
    assert Headers({"content-type": (written,)}).content_type == content_type


@pytest.mark.parametrize(
    ("written", "name", "value"),
    [
        ("text/plain; charset=utf-8", "charset", "utf-8"),
        ('text/plain; charset="utf-8"', "charset", "utf-8"),
        ("text/plain; CHARSET = utf-8 ; x=y", "charset", "utf-8"),
        ("text/plain; charset=us-ascii (Plain text)", "charset", "us-ascii"),
        ("text/plain charset=utf-8", "charset", "utf-8"),
        ("text/plain;\tcharset=utf-8;format=flowed", "format", "flowed"),
        ("text/plain; charset=a; charset=b", "charset", "a"),
        ('multipart/mixed; boundary="a;b=c"', "boundary", "a;b=c"),
        (r'multipart/mixed; boundary="a\"b"', "boundary", 'a"b'),
        ("multipart/mixed; boundary==_x", "boundary", "=_x"),
        ('multipart/mixed; name="x boundary=no"; boundary=yes', "boundary", "yes"),
        ("multipart/mixed; boundary*0=ab; boundary*1=cd", "boundary", "abcd"),
        ("multipart/mixed; boundary*1=cd; boundary*0=ab", "boundary", "abcd"),
        ("text/plain; name*=utf-8''Gr%C3%BC%C3%9Fe.txt", "name", "Grüße.txt"),
        ("text/plain; name*0*=iso-8859-1'de'Gr%FC; name*1=%41.txt", "name", "Grü%41.txt"),
        ("text/plain; name=old.txt; name*=utf-8''n%C3%A9w.txt", "name", "néw.txt"),
        ("text/plain; name*=utf-8", "name", "utf-8"),
        ("text/plain; charset*=us-ascii'en'utf-8", "charset", "utf-8"),
        ('text/plain; name="no end', "name", "no end"),
    ],
)
def test_parameters_are_read_also_where_they_are_split_or_encoded(
    written: str, name: str, value: str
) -> None:
    assert parameters(written)[name] == value


# -- parts -----------------------------------------------------------------------------------------


def multipart(*parts: str, boundary: str = "b", kind: str = "mixed", end: str = "--b--\nepilogue") -> str:
    body = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return HEAD + f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\npreamble\n{body}{end}'


PLAIN = "Content-Type: text/plain\n\nText"
MARKED = "Content-Type: text/html\n\n<p>Text</p>"
BOTH = [("text/plain", "Text"), ("text/html", "<p>Text</p>")]


@pytest.mark.parametrize(
    "written",
    [
        multipart(PLAIN, MARKED),
        multipart(PLAIN, MARKED, end=""),
        multipart(PLAIN, MARKED).replace('boundary="b"', "boundary=b"),
        multipart(PLAIN, MARKED).replace('boundary="b"', "\n\tboundary*0=b"),
        multipart(PLAIN, MARKED).replace("--b\n", "--b  \t\n"),
        multipart(PLAIN, MARKED).replace("multipart/mixed", "MULTIPART/Mixed"),
        multipart(PLAIN, MARKED).replace('; boundary="b"', ""),
        multipart(PLAIN, MARKED).replace('boundary="b"', 'boundary=""'),
        multipart(PLAIN, MARKED).replace('boundary="b"', 'boundary="another"'),
        multipart(PLAIN, MARKED).replace("preamble\n", ""),
        multipart("\nText", MARKED),
        multipart("Text", MARKED),
    ],
)  # fmt: skip
def test_the_parts_are_found(written: str) -> None:
    assert texts(opened(written)) == BOTH


def test_a_boundary_that_begins_with_another_parts_its_own_parts_alone() -> None:
    inner = (
        'Content-Type: multipart/alternative; boundary="bb"\n\n--bb\n'
        + PLAIN
        + "\n--bb\n"
        + MARKED
        + "\n--bb--"
    )
    assert texts(opened(multipart(inner, PLAIN))) == [*BOTH, ("text/plain", "Text")]


def test_a_report_within_a_mixed_mail_is_found_and_a_mail_within_is_one_part() -> None:
    status = "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b.org"
    returned = f"Content-Type: message/rfc822\n\n{multipart(PLAIN, boundary='old', end='')}"
    report = (
        f'Content-Type: multipart/report; boundary="r"\n\n--r\n{PLAIN}\n--r\n{status}\n--r\n{returned}\n--r--'
    )
    kinds = [kind for kind, _ in texts(opened(multipart(report, "Content-Type: text/plain\n\nfooter")))]
    assert kinds == ["text/plain", "message/delivery-status", "message/rfc822", "text/plain"]


def test_an_attachment_is_known_by_its_disposition() -> None:
    part = "Content-Type: text/plain\nContent-Disposition: ATTACHMENT; filename*=utf-8''%C3%A1.txt\n\nx"
    mail = opened(multipart(part))
    assert mail.parts[0].is_attachment
    assert mail.parts[0].headers.disposition["filename"] == "á.txt"


# -- transfer encodings ----------------------------------------------------------------------------


def encoded(encoding: str, body: bytes, charset: str = "utf-8") -> str:
    head = f"{HEAD}Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    return opened(head.encode() + body).parts[0].text().strip()


GREETING = "Grüße aus Zürich, schöne Woche"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("8bit", GREETING.encode()),
        ("base64", base64.encodebytes(GREETING.encode())),
        ("BASE64", base64.b64encode(GREETING.encode())),
        ("base64;", base64.b64encode(GREETING.encode())),
        ('"base64"', base64.b64encode(GREETING.encode())),
        ("base64", base64.b64encode(GREETING.encode()).rstrip(b"=")),
        (
            "base64",
            b" ".join([base64.b64encode(GREETING.encode())[:9], base64.b64encode(GREETING.encode())[9:]]),
        ),
        ("base64", base64.encodebytes(GREETING.encode()) + b"_______________\na list's footer\n"),
        ("quoted-printable", quopri.encodestring(GREETING.encode())),
        ("quoted-printable (see RFC 2045)", quopri.encodestring(GREETING.encode())),
        ("quoted-printable", quopri.encodestring(GREETING.encode()).replace(b", ", b",=  \n ")),
        ("quoted-printable", quopri.encodestring(GREETING.encode()).lower()),
        ("x-uuencode", b"begin 644 x.txt\n" + binascii.b2a_uu(GREETING.encode()) + b"`\nend\n"),
        ("no-such-encoding", GREETING.encode()),
    ],
)
def test_the_transfer_encoding_is_undone(encoding: str, body: bytes) -> None:
    assert encoded(encoding, body).lower() == GREETING.lower()


def test_a_file_that_lies_in_the_text_as_letters_is_no_text() -> None:
    lines = b"".join(binascii.b2a_uu(bytes(range(n, n + 45))) for n in range(0, 180, 45))
    assert encoded("8bit", b"See below.\nbegin 644 a.bin\n" + lines + b"`\nend\nBye") == "See below.\n\nBye"
    assert (
        encoded("8bit", b"See below.\n=ybegin line=128 size=3 name=a\n\x93\x94\n=yend size=3\nBye")
        == "See below.\nBye"
    )
    assert (
        encoded("8bit", b"We begin 2026 with a plan.\nbegin now") == "We begin 2026 with a plan.\nbegin now"
    )


# -- charsets --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written_in", "label"),
    [
        ("Grüße", "utf-8", "utf-8"),
        ("Grüße", "utf-8", ""),
        ("Grüße", "utf-8", "us-ascii"),
        ("Grüße", "utf-8", "iso-8859-1"),
        ("Grüße", "utf-8", "no-such"),
        ("Grüße", "latin-1", ""),
        ("Grüße aus Köln", "latin-1", "utf-8"),
        ("„Grüße“ – 5 €", "cp1252", "iso-8859-1"),
        ("„Grüße“", "cp1252", "us-ascii"),
        ("Őrült nő, szűk út", "cp1250", "windows-1250"),
        ("Őrült nő, szűk út", "cp1250", "WIN-1250"),
        ("Őrült nő, szűk út", "iso-8859-2", "iso-8859-2"),
        ("Köszönöm, később jövő héten", "cp1250", ""),
        ("Dziękuję, proszę o wiadomość, żółw", "cp1250", ""),
        ("Merci à vous, où êtes-vous ? Ça va bientôt", "cp1252", ""),
        ("Obrigado, as informações são boas, corações", "cp1252", ""),
        ("¿Qué tal, señor?", "cp1252", ""),
        ("Спасибо, пришлите предложение", "cp1251", ""),
        ("Спасибо, пришлите предложение", "koi8-r", ""),
        ("Спасибо", "cp1251", "windows-1251"),
        ("日本語です", "iso-2022-jp", ""),
        ("日本語です", "iso-2022-jp", "iso-2022-jp"),
        ("日本語です①", "cp932", "shift_jis"),
        ("日本語です", "euc-jp", "euc-jp"),
        ("中文邮件", "gb18030", "gb2312"),
        ("한국어", "cp949", "ks_c_5601-1987"),
        ("Grüße", "utf-16", "utf-16"),
        ("Grüße", "utf-16", ""),
        ("Grüße", "utf-16-le", "utf-16le"),
        ("Grüße", "utf-8-sig", ""),
        ("Grüße", "utf-7", "unicode-1-1-utf-7"),
        ("Grüße", "latin-1", "'iso-8859-1'"),
    ],
)
def test_the_charset_is_found_also_where_its_label_lies(text: str, written_in: str, label: str) -> None:
    assert decode(text.encode(written_in), label) == text


def test_a_letter_cut_in_two_at_the_end_is_left_out() -> None:
    assert decode("ü".encode() * 5 + b"\xc3", "utf-8") == "üüüüü"


@given(st.text(), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_what_a_charset_wrote_it_reads(text: str, charset: str) -> None:
    if text.startswith(("\ufeff", "\ufffe", "ÿþ", "þÿ")):
        return
    try:
        written = text.encode(charset)
    except UnicodeEncodeError:
        return
    if charset == "gb18030" and written.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return
    assert decode(written, charset) == text


# -- limits and doubts -----------------------------------------------------------------------------

ONE_LEVEL = 'Content-Type: multipart/mixed; boundary="b{0}"\n\n--b{0}\n'


@pytest.mark.parametrize(
    ("raw", "doubt"),
    [
        ((HEAD + "\nHello").encode(), ""),
        (b"Subject: x\n\nHello", "no sender"),
        (b"From: a@example.org\nFrom: b@example.org\n\nHello", "several senders"),
        (b"Hello", "no headers; no sender"),
        (b"", "no headers; no sender"),
        ((HEAD + "\n").encode() + b"x" * MAX_BYTES, "cut at 10 MB; a text of more than 1 MB"),
        ((HEAD + "\n").encode() + b"x\n" * 600_000, "a text of more than 1 MB"),
        ((HEAD + "X-A: y\n" * 5000 + "\nHello").encode(), "too many headers"),
        ((HEAD + "X-A: " + "y" * 300_000 + "\n\nHello").encode(), "too many headers"),
        (multipart(*[PLAIN] * 3000).encode(), "more than 2,000 parts"),
        (
            (HEAD + "".join(ONE_LEVEL.format(level) for level in range(20)) + "\nHello").encode(),
            f"nested more than {MAX_DEPTH} deep",
        ),
        (
            (HEAD + "Content-Type: multipart/mixed; boundary=x\n\nHello").encode(),
            "a multipart without its parts",
        ),
        (
            (HEAD + "Content-Type: application/pkcs7-mime\n\nMIAGCSqGSIb3").encode(),
            "encrypted or signed as a whole",
        ),
        (
            multipart("Content-Type: application/pgp-encrypted\n\nVersion: 1", kind="encrypted").encode(),
            "encrypted or signed as a whole",
        ),
        (multipart("Content-Type: application/ms-tnef\n\nx").encode(), "nothing but winmail.dat"),
        (multipart(PLAIN, "Content-Type: application/ms-tnef\n\nx").encode(), ""),
        (
            (HEAD + "Content-Transfer-Encoding: base64\n\n!!!!!!!!!!!!!").encode(),
            "a text that can not be read",
        ),
        ((HEAD + "\n").encode() + b"nu\x00l", "NUL in the text"),
        ((HEAD + "Content-Type: text/plain; charset=utf-16le\n\n").encode() + "Hi".encode("utf-16le"), ""),
        (
            multipart("Content-Type: message/delivery-status\n\nStatus: 5.1.1")
            .replace("From", "X-From")
            .encode(),
            "",
        ),
    ],
)
def test_a_mail_says_why_a_person_should_look_at_it(raw: bytes, doubt: str) -> None:
    assert take_apart(raw).quarantine == doubt


def test_what_is_beyond_the_headers_of_a_hundred_thousand_lines_is_still_the_text() -> None:
    mail = take_apart(HEAD.encode() + b"X-A: y\n" * 100_000 + b"\nHello")
    assert texts(mail) == [("text/plain", "Hello")]


def test_a_text_is_read_up_to_its_limit_whatever_its_encoding() -> None:
    assert len(encoded("8bit", b"x" * 10 * MAX_TEXT)) == MAX_TEXT
    assert len(encoded("base64", base64.encodebytes(b"x" * 10 * MAX_TEXT))) > MAX_TEXT * 0.98
    assert len(encoded("quoted-printable", quopri.encodestring(b"x" * 10 * MAX_TEXT))) == MAX_TEXT


SLOW_VALUES = (
    "=?a?q?",
    '"\\"',
    ";x=",
    ";",
    "(",
    "=?",
    "?=",
    " =?a?b?=",
    "*=",
    ";a*0*=",
    "'",
    "%41",
    "\t",
    ",",
    "/",
)


@pytest.mark.parametrize("piece", SLOW_VALUES)
@pytest.mark.parametrize("name", ["content-type", "subject", "from"])
def test_no_header_takes_long(name: str, piece: str) -> None:
    headers = Headers({name: (piece * (300_000 // len(piece)),)})
    began = time.process_time()
    headers.text(name)
    assert headers.content_type and headers.parameters is not None and headers.disposition is not None
    assert time.process_time() - began < 0.2


@given(st.binary(max_size=400))
def test_nothing_makes_it_fail(data: bytes) -> None:
    mail = take_apart(data)
    assert isinstance(mail.quarantine, str)
    for part in mail.parts:
        (part.text() + mail.headers.text("subject")).encode()


@given(st.text(max_size=200))
def test_a_value_without_encoded_words_is_read_as_it_stands(value: str) -> None:
    if "=?" not in value:
        assert readable(value) == readable(readable(value))


def test_nothing_stands_in_a_header_that_can_not_be_stored() -> None:
    headers = take_apart(
        b"Message-ID: <a\x00b\x1b[2J@c>\r\nX-A: a\tb\r\nX-B: \xff\xed\xa0\x80\r\n\r\n"
    ).headers
    headers.first("x-b").encode()
    assert headers.first("message-id") == "<ab[2J@c>"
    assert headers.first("x-a") == "a\tb"


PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=120)


@given(
    PRINTABLE,
    st.lists(PRINTABLE, max_size=5),
    st.sampled_from(["base64", "quoted-printable", "8bit"]),
    st.booleans(),
)
def test_what_the_standard_library_writes_is_read_as_written(
    subject: str, lines: list[str], encoding: str, with_attachment: bool
) -> None:
    text = "\n".join(lines)
    mail = EmailMessage(policy=policy.SMTP)
    mail["Subject"] = subject
    mail.set_content(text, cte=encoding)
    mail.add_alternative("<p>x</p>", subtype="html")
    if with_attachment:
        mail.add_attachment(b"\x00" * 100, maintype="image", subtype="png", filename=subject or "x")
    found = take_apart(mail.as_bytes())
    assert " ".join(found.headers.text("subject").split()) == " ".join(subject.split())
    assert found.parts[0].text().removesuffix("\n") == text.removeprefix("\ufeff").removesuffix("\n")
    assert len(found.parts) == 2 + with_attachment
