"""Plays the reps: they answer hand-offs by the link in the mail they got, then win or lose the deals."""

from __future__ import annotations

import heapq
import itertools
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import Message
from email.utils import parseaddr

import requests

from outreach import reps
from outreach.db import Database
from outreach.demo.people import chance, pick
from outreach.domain.policies import Funnel

LINK = re.compile(r"https?://\S+/h/[A-Za-z0-9_-]+")
ACCEPTS = 0.85
WINS = 0.45
TOO_LATE = 409  # it went to a colleague meanwhile


class SalesForce:
    """The reps. `briefs` are the hand-off mails they got, as text."""

    def __init__(
        self,
        seed: int,
        database: Database,
        funnel: Funnel,
        tells: Callable[[str, datetime], None],
        reopens: Callable[[str], None],
    ) -> None:
        self.briefs: list[Message] = []
        self.got: Counter[str] = Counter()
        self.did: Counter[str] = Counter()
        self._seed = seed
        self._database = database
        self._rejected = sorted(funnel.rejected.reasons)
        self._lost = sorted(funnel.lost.reasons)
        self._tells_success = tells
        self._reopens = reopens
        self._http = requests.Session()
        self._acts: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._numbers = itertools.count()

    def next_at(self) -> datetime | None:
        """When a rep acts next."""
        return self._acts[0][0] if self._acts else None

    def act(self, now: datetime) -> int:
        """Do everything that is due; return how much that was."""
        done = 0
        while self._acts and self._acts[0][0] <= now:
            heapq.heappop(self._acts)[2](now)
            done += 1
        return done

    def _later(self, at: datetime, do: Callable[[datetime], None]) -> None:
        heapq.heappush(self._acts, (at, next(self._numbers), do))

    def receive(self, mail: Message, now: datetime) -> None:
        """A rep gets a mail: a hand-off is answered within hours, anything else is read."""
        self.got[str(mail["Message-ID"])] += 1
        text = _text(mail)
        links = LINK.findall(text)
        if len(links) < 2:
            return
        self.briefs.append(mail)
        luck = chance(self._seed, "answers", str(mail["Message-ID"]))
        address = _lead_address(text)
        answer_at = now + timedelta(minutes=30 + 120 * luck)
        if luck < ACCEPTS:
            self._later(answer_at, lambda now: self._answers(links[0], {}, address, now))
        else:
            self._later(answer_at, lambda now: self._answers(links[1], self._reason(address), address, now))

    def _reason(self, address: str | None) -> dict[str, str]:
        return {"reason": pick(self._rejected, self._seed, "rejects", address) if self._rejected else "other"}

    def _answers(self, url: str, form: dict[str, str], address: str | None, now: datetime) -> None:
        answer = self._http.post(url, data=form, timeout=10)
        if answer.status_code == TOO_LATE:
            self.did["too late"] += 1
            return
        answer.raise_for_status()
        self.did["rejected" if form else "accepted"] += 1
        if address is None:
            return
        if form:
            self._reopens(address)
            return
        closes_at = now + timedelta(days=4 + 8 * chance(self._seed, "closes", address))
        self._later(closes_at, lambda now: self._closes(address, now))

    def _closes(self, address: str, now: datetime) -> None:
        self._reopens(address)
        with self._database.write() as session:
            if chance(self._seed, "wins", address) < WINS:
                amount = round(4000 + 30000 * chance(self._seed, "amount", address), -2)
                reps.win(session, address, amount, "EUR", now)
                self.did["won"] += 1
                self._later(now + timedelta(days=9), lambda now: self._tells_success(address, now))
                return
            reason = pick(self._lost, self._seed, "reason", address)
            said = {"competitor": "Toolsmith"} if reason == "competitor" else {}
            reps.lose(session, address, reason, now, **said)
            self.did["lost"] += 1

    def close(self) -> None:
        self._http.close()


def _text(mail: Message) -> str:
    for part in mail.walk():
        if part.get_content_type() == "text/plain":
            payload = part.get_payload(decode=True)
            return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return ""


def _lead_address(text: str) -> str | None:
    found = re.search(r"[\w.+-]+@[\w.-]+\.example\.com", text)
    return parseaddr(found[0])[1] if found else None
