"""Mails that are made to break a reader: too large for samples in files, and each made only when it is asked for."""

from __future__ import annotations

import base64
from collections.abc import Callable

HEAD = "From: Dana <dana@example.org>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0100\r\nIn-Reply-To: <m1.abc@example.com>\r\n"
DAEMON = "From: Mail Delivery System <MAILER-DAEMON@mx.example.net>\r\nSubject: Undelivered Mail Returned to Sender\r\n"
TEN_MB = 10 * 1024 * 1024


def mail(body: str | bytes = "", /, head: str = HEAD, **fields: str) -> bytes:
    """Return a mail; an underscore in a name stands for a hyphen."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return (head + lines + "\r\n").encode() + (body if isinstance(body, bytes) else body.encode())


def filled(piece: str, size: int = TEN_MB) -> str:
    return piece * (size // len(piece.encode()))


def html(body: str) -> bytes:
    return mail(body, Content_Type="text/html; charset=utf-8")


def nested(depth: int, boundary: str = "b{0}") -> bytes:
    """Return a multipart in a multipart, and so on."""
    levels = (
        f'Content-Type: multipart/mixed; boundary="{boundary.format(level)}"\r\n\r\n--{boundary.format(level)}\r\n'
        for level in range(depth)
    )
    return (HEAD + "".join(levels) + "Content-Type: text/plain\r\n\r\nHello\r\n").encode()


def multipart(parts: bytes, boundary: str = "b", kind: str = "mixed") -> bytes:
    return mail(parts, Content_Type=f'multipart/{kind}; boundary="{boundary}"')


def report(status: str) -> bytes:
    """Return a delivery report whose status part is this."""
    notice = "--r\r\nContent-Type: text/plain\r\n\r\nIt failed.\r\n"
    parts = f"{notice}--r\r\nContent-Type: message/delivery-status\r\n\r\n{status}\r\n--r--"
    return mail(parts, head=DAEMON, Content_Type="multipart/report; report-type=delivery-status; boundary=r")


def prose(text: str) -> bytes:
    return mail(text, head=DAEMON, Content_Type="text/plain")


def coded(body: bytes, encoding: str, kind: str = "text/plain") -> bytes:
    return mail(body, Content_Type=kind, Content_Transfer_Encoding=encoding)


def away(text: str) -> bytes:
    return mail(text, Auto_Submitted="auto-replied", Subject="Automatic reply: Hello")


RECIPIENT = "Final-Recipient: rfc822; a@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"

HUGE: dict[str, Callable[[], bytes]] = {
    "10 MB of text": lambda: mail(filled("hello world\r\n")),
    "10 MB in one line": lambda: mail(filled("hello ")),
    "10 MB of quotes": lambda: mail("Yes.\r\n\r\nOn Monday Anna wrote:\r\n" + filled("> hello world\r\n")),
    "10 MB of HTML": lambda: html(filled("<p>hello <b>world</b></p>\r\n")),
    "5 MB of a style sheet": lambda: html(
        "<style>" + filled("p{color:red}", TEN_MB // 2) + "</style><p>Yes</p>"
    ),
    "10 MB of base64": lambda: coded(base64.encodebytes(b"hello world " * 600_000), "base64"),
    "10 MB of quoted-printable": lambda: coded(filled("=C3=BC=\r\n").encode(), "quoted-printable"),
    "10 MB of uuencode": lambda: coded(
        b"begin 644 a\r\n" + b"M" + b"8" * 60 + b"\r\n" * 160_000, "x-uuencode"
    ),
    "10 MB attached": lambda: multipart(
        b"--b\r\n\r\nYes.\r\n--b\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(b"\0" * 7_000_000)
    ),
    "10 MB below 1,000 nested parts": lambda: nested(1000) + b"hello world\r\n" * 780_000,
    "10 MB of carriage returns": lambda: b"\r" * TEN_MB,
    "10 MB of line breaks": lambda: mail("\r\n" * (TEN_MB // 2)),
    "10 MB of NUL": lambda: b"\0" * TEN_MB,
    "10 MB of a letter": lambda: b"a" * TEN_MB,
    "10 MB of colons": lambda: b":" * TEN_MB,
    "10 MB of From lines": lambda: b"From a\n" * (TEN_MB // 7),
    "10 MB of a report": lambda: report(filled(RECIPIENT)),
    "10 MB of a notice": lambda: prose(filled("<a@example.org>: 550 5.1.1 User unknown\r\n")),
    "10 MB of UTF-16": lambda: coded(
        filled("hello ", TEN_MB // 2).encode("utf-16"), "8bit", "text/plain; charset=utf-16"
    ),
    "10 MB of UTF-7": lambda: coded(filled("+AOQ-").encode(), "8bit", "text/plain; charset=utf-7"),
    "10 MB of ISO-2022-JP": lambda: coded(
        filled("\x1b$B\x1b(B").encode(), "8bit", "text/plain; charset=iso-2022-jp"
    ),
    "10 MB of HZ": lambda: coded(filled("~{<:~}").encode(), "8bit", "text/plain; charset=hz"),
    "10 MB of high bytes": lambda: mail(b"\xff\xfe\xfd" * (TEN_MB // 3)),
    "2,000 nested parts": lambda: nested(2000),
    "100,000 nested parts of one boundary": lambda: nested(100_000, "b"),
    "2,000 parts of 5 kB": lambda: multipart(
        (b"--b\r\nContent-Type: text/plain\r\n\r\n" + b"x " * 2500 + b"\r\n") * 2000
    ),
    "2,000 parts of HTML": lambda: multipart(
        (b"--b\r\nContent-Type: text/html\r\n\r\n" + b"<p>x" * 1000 + b"\r\n") * 2000
    ),
    "a million parts": lambda: multipart(b"--b\r\n\r\nx\r\n" * 1_000_000),
    "2,000 reports": lambda: multipart(
        (b"--b\r\nContent-Type: message/delivery-status\r\n\r\n" + RECIPIENT.encode() * 60) * 2000,
        kind="report",
    ),
    "2,000 mails in mails": lambda: HEAD.encode() + b"Content-Type: message/rfc822\r\n\r\n" * 2000,
    "2,000 attached mails": lambda: multipart(
        (
            b"--b\r\nContent-Type: message/rfc822\r\n\r\n"
            + DAEMON.encode()
            + b"\r\n"
            + b"5.1.1 User unknown\r\n" * 100
        )
        * 2000
    ),
    "100,000 headers": lambda: (
        HEAD.encode() + b"".join(b"X-%d: y\r\n" % number for number in range(100_000)) + b"\r\nHello"
    ),
    "100,000 froms": lambda: b"From: a@b.org\r\n" * 100_000 + b"\r\nHello",
    "a million empty folds": lambda: HEAD.encode() + b"X: y\r\n" + b" \r\n" * 1_000_000 + b"\r\nHello",
    "a boundary of 70,000": lambda: multipart(
        b"--" + b"b" * 70_000 + b"\r\n\r\nHello\r\n", boundary="b" * 70_000
    ),
    "a boundary of blanks": lambda: multipart(b"--b" + b" " * 9_000_000),
    "a boundary of hyphens": lambda: multipart(b"--\r\n" * 2_000_000, boundary="-"),
    "a boundary that is empty": lambda: multipart(b"--\r\n\r\nHello\r\n" * 500_000, boundary=""),
    "a boundary that never comes": lambda: multipart(b"--bb\r\nContent-\r\n" * 500_000),
    "100,000 open divs": lambda: html("<div>" * 100_000),
    "100,000 open quotes": lambda: html("<blockquote>" * 100_000),
    "100,000 open tables": lambda: html("<table><tr><td>" * 30_000),
    "100,000 spans": lambda: html("<span>" * 100_000 + "x" + "</span>" * 100_000),
    "100,000 attributes": lambda: html("<p " + " ".join(f"a{number}=b" for number in range(100_000)) + ">x"),
    "100,000 classes": lambda: html("<p class='" + "x_gmail_quote " * 100_000 + "'>x"),
    "100,000 entities": lambda: html("&amp" * 100_000 + "&#x1F600;" * 10_000),
    "100,000 angles": lambda: html("<" * 100_000),
    "100,000 comments": lambda: html("<!--" * 100_000),
    "100,000 formatting tags": lambda: html("<b><i><u><a>" * 25_000 + "x"),
}

_VALUES = (
    "=?utf-8?q?=41", "=?a?q?", "=?utf-8?b?QUFB?= ", '"\\"', "<a@b> ", "<", "(", ";a=", ";a*0*=%41", "Re: ",
    "Fwd: ", "1", "\t", "a@", "@b", "550 5.1.1 ", "user unknown ", "\udcff",
)  # fmt: skip
_FIELDS = (
    "Subject", "From", "To", "References", "In-Reply-To", "Date", "Content-Type", "Content-Disposition",
    "Message-ID", "Auto-Submitted", "X-Failed-Recipients", "Return-Path", "Received", "List-Unsubscribe",
    "Content-Transfer-Encoding",
)  # fmt: skip
_LINES = (
    "On ", "On Mon, 2 Mar 2026 at 09:00, Anna wrote ", "On Monday <a@b> ", "> ", ">", "_", "-", "- ", "\n",
    "\n\n", " ", "\t", "From: ", "From: a\n", "*From:* ", "Von: ", "Am 2. ", "Le ", "--\n", "-- \n",
    "wrote:\n", "schrieb ", "a écrit ", "| ", "http://", "<http://a> ", "[", "](", "[cid:", "<", "a@b.org ",
    "<a@b.org>: ", "550 ", "550 5.1.1 ", "5.1.1", "5.", "user ", "unknown ", "user unknown ",
    "mailbox full ", "unsubscribe ", "not ", "not interested ", "don't ", "until ", "until 3 May ",
    "back on ", "3 May ", "31 February ", "2026-99-99 ", "1/2 ", "in ", "in two ", "in two months ",
    "next ", "?", "? ", ".", "!", "we need it ", "we decide in ", "please contact ", "Jane Doe ",
    "Regards\n", "Sent from my ", "\N{ZERO WIDTH SPACE}", "\u202e", "\N{COMBINING ACUTE ACCENT}", "😀", "ﷺ",
    "Ж", "中", "ʼ", "ẞ", "İ", "Message-ID: <", "Final-Recipient: ", "begin 644 a\n", "=ybegin \n",
    "-----BEGIN PGP SIGNED MESSAGE-----\n", "-----Original Message-----\n",
    "________________________________\n", "Ich bin bis ", "szabadságon ", "jusqu'au ", "hasta el ",
    "tot en met ", "do 3 marca ", "ist nicht mehr ", "kindly ", "no longer ",
)  # fmt: skip


def _in_header(name: str, value: str) -> Callable[[], bytes]:
    written = value.encode("utf-8", "surrogateescape").decode("latin-1")
    return lambda: mail("Hello", **{name: filled(written, 300_000)})


def _in_text(make: Callable[[str], bytes], line: str) -> Callable[[], bytes]:
    return lambda: make(filled(line, 70_000))


def _diagnostic(text: str) -> bytes:
    return report(f"Final-Recipient: rfc822; a@b.org\r\nAction: failed\r\nDiagnostic-Code: smtp; {text}")


_MAKERS: dict[str, Callable[[str], bytes]] = {
    "text": mail,
    "away": away,
    "notice": prose,
    "HTML": lambda line: html(f"<p>{line}"),
    "diagnostic": _diagnostic,
}

REPEATED: dict[str, dict[str, Callable[[], bytes]]] = {
    **{name: {repr(value): _in_header(name, value) for value in _VALUES} for name in _FIELDS},
    **{name: {repr(line): _in_text(make, line) for line in _LINES} for name, make in _MAKERS.items()},
}
"""What is written over and over, by where: in a header of 300 kB, in a text of 70 kB."""
