"""Plays the people who are written to: they open, click, reply, bounce, opt out, go on holiday, over HTTP and SMTP."""

from __future__ import annotations

import heapq
import itertools
import re
import smtplib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage, Message
from email.utils import format_datetime, parseaddr, parsedate_to_datetime
from functools import partial

import requests

from outreach.demo.people import Mood, chance, mood, pick

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SCANNER = "Mozilla/5.0 (compatible; BarracudaCentral/1.0; link scanner bot)"
CLICK = re.compile(r'href="(https?://[^"]+/c/[^"]+)"')
PIXEL = re.compile(r'src="(https?://[^"]+/o/[^"]+)"')

INTERESTED = (
    "Thanks, this fits what we are looking for. Could we have a call next week? We would need it within 3 weeks.",
    "Good timing. Please send me two times for a meeting, we decide this month.",
    "Can you show me this on our own machines? Let us schedule a meeting.",
)
NOT_INTERESTED = (
    "Thank you, but we are not interested.",
    "No thanks, not interested. Please do not follow up.",
)
BOUND = ("We already signed with Toolsmith until {year}-{month:02}-28, so not for us now.",)
AWAY = "I am out of the office until {day:%Y-%m-%d} with no access to e-mail. Best regards"


@dataclass(order=True)
class _Act:
    at: datetime
    number: int
    do: Callable[[datetime], None] = field(compare=False)


class Recipients:
    """Everybody who gets mail. What they did is counted in `did`, every Message-ID they got in `got`."""

    def __init__(self, seed: int, smtp_port: int, base_url: str, api_token: str) -> None:
        self.did: Counter[str] = Counter()
        self.got: Counter[str] = Counter()
        self.mails_sent = 0  # to our own mailboxes
        self.late: list[str] = []  # Message-IDs that reached somebody after a reply or an opt-out
        self._seed = seed
        self._smtp_port = smtp_port
        self._base_url = base_url
        self._api_token = api_token
        self._http = requests.Session()
        self._smtp: smtplib.SMTP | None = None
        self._acts: list[_Act] = []
        self._numbers = itertools.count()
        self._mails: Counter[str] = Counter()
        self._closed: dict[
            str, datetime
        ] = {}  # since when somebody wants no more mail, or was answered by a person

    # -- time ------------------------------------------------------------------------------------

    def next_at(self) -> datetime | None:
        """When somebody acts next."""
        return self._acts[0].at if self._acts else None

    def act(self, now: datetime) -> int:
        """Do everything that is due; return how much that was."""
        done = 0
        while self._acts and self._acts[0].at <= now:
            heapq.heappop(self._acts).do(now)
            done += 1
        return done

    def _later(self, at: datetime, do: Callable[[datetime], None]) -> None:
        heapq.heappush(self._acts, _Act(at, next(self._numbers), do))

    # -- a mail comes ----------------------------------------------------------------------------

    def receive(self, mail: Message, now: datetime) -> None:
        """Somebody gets a mail, and will do about it what is in their nature."""
        address = parseaddr(str(mail["To"]))[1].lower()
        message_id = str(mail["Message-ID"])
        self.got[message_id] += 1
        self._mails[address] += 1
        if address in self._closed and parsedate_to_datetime(str(mail["Date"])) > self._closed[address]:
            self.late.append(message_id)
        nature = mood(self._seed, address)
        luck = chance(self._seed, address, message_id)
        reads_at = now + timedelta(minutes=20 + luck * 60 * 20)
        plays = {
            Mood.EAGER: self._eager,
            Mood.CURIOUS: self._curious,
            Mood.SILENT: self._silent,
            Mood.AWAY: self._away,
            Mood.ANNOYED: self._annoyed,
            Mood.BOUND: self._bound,
            Mood.GONE: self._gone,
            Mood.GUARDED: self._guarded,
        }
        plays[nature](mail, address, luck, reads_at, now)

    def _eager(self, mail: Message, address: str, luck: float, at: datetime, now: datetime) -> None:
        self._reads(mail, at, clicks=0.75, luck=luck)
        count = self._mails[address]
        if count == 2 and luck < 0.45:
            details = {
                "subject": "demo-request",
                "detail": "meeting",
                "data": {"purchase_time": "within 2 weeks"},
            }
            self._later(at + timedelta(hours=3), lambda now: self._tells(address, "submitted", details, now))
        elif count >= 2 and luck > 0.7:
            self._later(at + timedelta(hours=5), lambda now: self._replies(mail, address, INTERESTED, now))
        elif luck < 0.6:
            details = {"subject": "/pricing", "detail": "https://kestrel.example.com/pricing"}
            self._later(at + timedelta(hours=1), lambda now: self._tells(address, "visited", details, now))

    def _curious(self, mail: Message, address: str, luck: float, at: datetime, now: datetime) -> None:
        if luck < 0.8:
            self._reads(mail, at, clicks=0.4, luck=luck)
        if luck < 0.12:
            details = {"subject": "maintenance-webinar"}
            self._later(at + timedelta(days=2), lambda now: self._tells(address, "attended", details, now))

    def _silent(self, mail: Message, address: str, luck: float, at: datetime, now: datetime) -> None:
        if luck < 0.25:
            self._reads(mail, at, clicks=0.0, luck=luck)

    def _away(self, mail: Message, address: str, luck: float, at: datetime, now: datetime) -> None:
        if self._mails[address] > 1:
            self._curious(mail, address, luck, at, now)
            return
        text = AWAY.format(day=now + timedelta(days=6))
        extra = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
        self._later(
            now + timedelta(minutes=1),
            lambda now: self._writes(mail, address, "Out of office", text, extra, now),
        )

    def _annoyed(self, mail: Message, address: str, luck: float, at: datetime, now: datetime) -> None:
        if luck < 0.5:
            self._later(at, lambda now: self._unsubscribes(mail, address, now))
        else:
            self._later(at, lambda now: self._replies(mail, address, NOT_INTERESTED, now))

    def _bound(self, mail: Message, address: str, luck: float, at: datetime, now: datetime) -> None:
        ends = now + timedelta(days=130)
        texts = tuple(text.format(year=ends.year, month=ends.month) for text in BOUND)
        self._later(at, lambda now: self._replies(mail, address, texts, now))

    def _gone(self, mail: Message, address: str, luck: float, at: datetime, now: datetime) -> None:
        self._later(now + timedelta(minutes=5), lambda now: self._bounces(mail, address, now))

    def _guarded(self, mail: Message, address: str, luck: float, at: datetime, now: datetime) -> None:
        self._later(now + timedelta(minutes=1), lambda now: self._scans(mail))
        if luck < 0.3:
            self._reads(mail, at, clicks=0.3, luck=luck)

    # -- what they do ----------------------------------------------------------------------------

    def _reads(self, mail: Message, at: datetime, clicks: float, luck: float) -> None:
        html = _part(mail, "text/html")
        for url in PIXEL.findall(html)[:1]:
            self._later(at, partial(self._fetches, "opened", url, BROWSER))
        links = CLICK.findall(html)
        if links and (luck * 7) % 1 < clicks:
            url = links[int(luck * 1000) % len(links)]
            self._later(at + timedelta(minutes=3), partial(self._fetches, "clicked", url, BROWSER))

    def _fetches(self, what: str, url: str, agent: str, now: datetime | None = None) -> None:
        self._http.get(url, headers={"User-Agent": agent}, allow_redirects=False, timeout=10)
        self.did[what] += 1

    def _scans(self, mail: Message) -> None:
        html = _part(mail, "text/html")
        for url in PIXEL.findall(html) + CLICK.findall(html):
            self._fetches("scanned", url, SCANNER)

    def _unsubscribes(self, mail: Message, address: str, now: datetime) -> None:
        url = re.search(r"<(https?://[^>]+)>", str(mail["List-Unsubscribe"]))
        if url:
            answer = self._http.post(url[1], data={"List-Unsubscribe": "One-Click"}, timeout=10)
            answer.raise_for_status()
            self.did["unsubscribed"] += 1
            self._closed[address] = now

    def reopen(self, address: str) -> None:
        """A person has dealt with the reply, so that campaigns may write again."""
        self._closed.pop(address, None)

    def _tells(self, address: str, kind: str, details: Mapping[str, object], now: datetime) -> None:
        body = {"email": address, "kind": kind, "id": f"{kind}:{address}:{now.isoformat()}", **details}
        answer = self._http.post(
            f"{self._base_url}/api/events",
            json=body,
            headers={"Authorization": f"Bearer {self._api_token}"},
            timeout=10,
        )
        answer.raise_for_status()
        self.did[kind] += 1

    def succeeds(self, address: str, now: datetime) -> None:
        """A customer reaches a goal with what it bought."""
        self._tells(address, "succeeded", {"subject": "goal-reached"}, now)

    def will_succeed(self, address: str, at: datetime) -> None:
        """A customer will reach a goal at `at`."""
        self._later(at, lambda now: self.succeeds(address, now))

    def _replies(self, mail: Message, address: str, texts: tuple[str, ...], now: datetime) -> None:
        if address in self._closed:
            return
        text = pick(texts, self._seed, address)
        self._writes(mail, address, f"Re: {_subject(mail)}", text, {}, now)
        self._closed[address] = now

    def _writes(
        self, mail: Message, address: str, subject: str, text: str, extra: dict[str, str], now: datetime
    ) -> None:
        answer = self._letter(mail, address, subject, now)
        for name, value in extra.items():
            answer[name] = value
        quoted = "\n".join(f"> {line}" for line in _part(mail, "text/plain").splitlines()[:6])
        answer.set_content(f"{text}\n\nOn {mail['Date']}, {mail['From']} wrote:\n{quoted}\n")
        self._post(answer, address)
        self.did["auto-replied" if extra else "replied"] += 1

    def _letter(self, mail: Message, address: str, subject: str, now: datetime) -> EmailMessage:
        answer = EmailMessage()
        answer["From"] = address
        answer["To"] = parseaddr(str(mail["Reply-To"] or mail["From"]))[1]
        answer["Subject"] = subject
        answer["Date"] = format_datetime(now)
        answer["Message-ID"] = f"<{next(self._numbers)}.letter@{address.rpartition('@')[2]}>"
        answer["In-Reply-To"] = str(mail["Message-ID"])
        answer["References"] = str(mail["Message-ID"])
        return answer

    def _bounces(self, mail: Message, address: str, now: datetime) -> None:
        """Their mail server says that the address is dead: an RFC 3464 report, as Postfix writes it."""
        host = address.rpartition("@")[2]
        raw = (
            f"From: MAILER-DAEMON@{host} (Mail Delivery System)\r\n"
            f"To: {parseaddr(str(mail['From']))[1]}\r\n"
            f"Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
            f"Date: {format_datetime(now)}\r\nMessage-ID: <{next(self._numbers)}.bounce@{host}>\r\n"
            f"MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
            f"--b\r\nContent-Type: text/plain\r\n\r\n<{address}>: host mx.{host} said: 550 5.1.1 User unknown\r\n"
            f"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.{host}\r\n\r\n"
            f"Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
            f"Diagnostic-Code: smtp; 550 5.1.1 <{address}> User unknown\r\n\r\n"
            f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {mail['Message-ID']}\r\n"
            f"To: {address}\r\nFrom: {mail['From']}\r\n\r\n--b--\r\n"
        )
        self._deliver("", parseaddr(str(mail["From"]))[1], raw.encode("utf-8", "replace"))
        self.did["bounced"] += 1
        self._closed[address] = now

    def _post(self, answer: EmailMessage, address: str) -> None:
        self._deliver(address, str(answer["To"]), answer.as_bytes(policy=policy.SMTP))

    def _deliver(self, sender: str, to: str, raw: bytes) -> None:
        if self._smtp is None:
            self._smtp = smtplib.SMTP("127.0.0.1", self._smtp_port, timeout=20)
        self._smtp.sendmail(sender, [to], raw)
        self.mails_sent += 1

    def close(self) -> None:
        """Hang up."""
        self._http.close()
        if self._smtp is not None:
            self._smtp.quit()


def _subject(mail: Message) -> str:
    return str(mail["Subject"]).replace("\r", "").replace("\n", "")


def _part(mail: Message, kind: str) -> str:
    for part in mail.walk():
        if part.get_content_type() == kind:
            payload = part.get_payload(decode=True)
            return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return ""
