"""Mails that come in, as bytes; a mailbox that is a list; and what an installation makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from house import House

from outreach import inbox, models
from outreach.channels.imap import Fetched
from outreach.domain.words import Kind
from outreach.inbox import Read

NAME = "anna@example.com@imap.example.com/INBOX"
LEAD = "dana@acme.example.com"


@dataclass
class Folder:
    """A mailbox as a list: the first mail has the uid 1."""

    mails: list[bytes] = field(default_factory=list)
    uid_validity: int = 7
    tells_next: bool = True
    fetches: int = 0

    def status(self) -> tuple[int, int]:
        return self.uid_validity, len(self.mails) + 1 if self.tells_next else 0

    def fetch_after(self, uid: int, limit: int) -> Sequence[Fetched]:
        self.fetches += 1
        return [Fetched(uid + number, raw) for number, raw in enumerate(self.mails[uid:], start=1)][:limit]


def read(house: House, folder: Folder, limit: int = 200) -> Read:
    return inbox.read(house.database, folder, NAME, house.now, limit, house.links)


def sent(house: House) -> models.Message:
    (row,) = house.rows(models.Message)
    assert isinstance(row, models.Message)
    return row


def mail(body: str = "Hello", /, sender: str = LEAD, **headers: str) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([f"From: {sender}", "Date: Mon, 2 Mar 2026 11:00:00 +0000", *lines, "", body]).encode()


def reply(house: House, body: str, /, message_id: str = "<r1@acme.example.com>", **headers: str) -> bytes:
    return mail(body, Message_ID=message_id, In_Reply_To=sent(house).rfc_message_id, **headers)


def bounce(
    house: House, /, status: str = "5.1.1", address: str = LEAD, returned: str = "", to: str = ""
) -> bytes:
    returned = returned or sent(house).rfc_message_id
    body = "\r\n".join([
        "--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example.net", "",
        f"Final-Recipient: rfc822; {address}", "Action: failed", f"Status: {status}", "",
        "--b", "Content-Type: text/rfc822-headers", "", f"Message-ID: {returned}", "", "--b--",
    ])  # fmt: skip
    headers = {
        "Content_Type": "multipart/report; report-type=delivery-status; boundary=b",
        "To": to or "anna@example.com",
    }
    return mail(body, sender="MAILER-DAEMON@mx.example.net", **headers)


def came_back(house: House) -> list[models.Event]:
    kinds = {Kind.REPLIED, Kind.AUTO_REPLIED, Kind.BOUNCED, Kind.COMPLAINED, Kind.UNSUBSCRIBED}
    return [row for row in house.rows(models.Event) if row.kind in kinds]


def enrollment(house: House) -> models.Enrollment:
    (row,) = house.rows(models.Enrollment)
    assert isinstance(row, models.Enrollment)
    return row


def complaint(house: House, /, about: str = LEAD, returned: str = "", to: str = "") -> bytes:
    returned = returned or sent(house).rfc_message_id
    rcpt = [f"Original-Rcpt-To: {about}"] if about else []
    body = "\r\n".join([
        "--b", "Content-Type: message/feedback-report", "", "Feedback-Type: abuse", *rcpt, "",
        "--b", "Content-Type: message/rfc822", "", f"Message-ID: {returned}", "", "--b--",
    ])  # fmt: skip
    content_type = "multipart/report; report-type=feedback-report; boundary=b"
    headers = {"Content_Type": content_type, "Message_ID": "<c@isp>", "To": to or "anna@example.com"}
    return mail(body, sender="fbl@isp.example.net", **headers)
