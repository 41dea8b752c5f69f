"""Mails that come in, as the rules are given them: replies, reports and complaints about one mail of ours."""

from __future__ import annotations

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
