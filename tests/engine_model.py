"""What the engine may do, as a small model that shares no code with it: the test holds the two against each other.

It is told what happens to people and what the mail server answers, and refuses what must not be: `offered` looks at
every mail before the server takes it, `agrees` at the rows after every step, `is_at_rest` when everything is over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

CAMPAIGNS = {"welcome": ("first", "second", "third"), "nurture": ("fourth", "fifth")}
"""All mails there are, in their order: nobody enters a campaign twice, so nobody gets one of them twice."""

MOST_TRIES = 8
MOST_CRASHES = 3
MOST_REFUSALS_OF_A_SENDER = 3
POINTS = 20
PER_DAY = 6
SLOW = timedelta(minutes=30)
"""So long a mail may take from being let go to being offered: windows and days are held no closer than this."""

FINAL = {"accepted", "refused", "skipped"}


class Row(NamedTuple):
    """A message as the database has it, with the kinds of the events about its outcome."""

    id: int
    message_id: str
    lead: int
    enrollment: int
    step: str
    sender: str
    status: str
    reason: str | None
    attempts: int
    told: tuple[str, ...]


@dataclass
class Person:
    """What happened to one lead."""

    address: str
    zone: ZoneInfo
    gone: str = ""  # why it is never written to again
    replied: bool = False
    ended: set[int] = field(default_factory=set)  # enrollments that its own doing ended
    away_until: datetime | None = None
    clicks: int = 0  # of a human


@dataclass
class Mail:
    """What the server made of one mail so far: "" is nothing yet, "doubt" is known to nobody."""

    lead: int
    step: str
    fate: str = ""
    tries: int = 0
    refusals_of_its_sender: int = 0


class Model:
    """Knows the people, the mails that were offered, and what therefore must not be."""

    def __init__(self) -> None:
        self.people: dict[int, Person] = {}
        self.mails: dict[str, Mail] = {}
        self.under_way: set[str] = set()  # transmission began before what was told last
        self.paused: set[str] = set()
        self.resolved: set[str] = set()
        self.edition = 1
        self.editions: dict[int, int] = {}  # of each enrollment, by when it was first seen
        self.taken_on: Counter[tuple[str, date]] = Counter()
        self.deaths = 0

    # -- what happens ------------------------------------------------------------------------------

    def ended(self, lead: int, kind: str, enrollments: Collection[int], under_way: Collection[str]) -> None:
        """The lead replied, or is gone for good."""
        person = self.people[lead]
        self.under_way |= set(under_way)
        person.ended |= set(enrollments)
        if kind == "replied":
            person.replied = True
        else:
            person.gone = kind

    def died(self, rows: Sequence[Row]) -> None:
        """A worker is gone, and with it the answers that it had not written down."""
        self.deaths += 1
        for row in rows:
            mail = self.mails.get(row.message_id)
            if mail is not None and row.status == "transmitting":
                mail.fate = "doubt"

    # -- what the mail server sees -----------------------------------------------------------------

    def offered(self, row: Row, to: str, edition: int, now: datetime) -> Mail:
        """Return the mail that is offered; AssertionError if it must not be."""
        person = self.people[row.lead]
        mail = self.mails.setdefault(row.message_id, Mail(row.lead, row.step))
        assert mail.fate in ("", "later"), f"{row} is offered again, it was: {mail.fate}"
        assert to == person.address, f"{row} goes to somebody else"
        assert not set(self._taken_by(row.lead)) & set(_after(row.step)), f"{row} comes after a later step"
        assert edition == self.editions.setdefault(row.enrollment, self.edition), (
            f"{row} is of another version"
        )
        if row.message_id not in self.under_way:
            self._may_be_written_to(row, person, now)
        return mail

    def _taken_by(self, lead: int) -> Iterator[str]:
        return (mail.step for mail in self.mails.values() if mail.lead == lead and mail.fate == "taken")

    def _may_be_written_to(self, row: Row, person: Person, now: datetime) -> None:
        assert not person.gone, f"{row} goes to somebody who {person.gone}"
        assert not person.replied, f"{row} goes to somebody who replied"
        assert row.enrollment not in person.ended, f"{row} is of a campaign that the lead ended"
        assert row.sender not in self.paused, f"{row} is of a sender that a rep paused"
        assert person.away_until is None or person.away_until <= now, f"{row} goes to somebody who is away"
        was_open = any(_is_open(at.astimezone(person.zone)) for at in (now, now - SLOW))
        assert was_open, f"{row} goes out of hours, at {now.astimezone(person.zone)}"

    def answered(self, mail: Mail, row: Row, fate: str, day: date) -> None:
        """The server took the mail, refused it, said later, or nobody can know."""
        mail.fate = fate
        mail.tries += 1
        if fate == "taken":
            self.taken_on[row.sender, day] += 1
            assert self.taken_on[row.sender, day] <= PER_DAY, (
                f"{row.sender} sent more than its limit on {day}"
            )

    # -- what the database must say ----------------------------------------------------------------

    def agrees(self, rows: Sequence[Row], given: Counter[str]) -> None:
        """AssertionError if rows, events and outbox (copies by Message-ID) do not tell the same story."""
        by_id = {row.message_id: row for row in rows}
        assert set(given) <= set(by_id), "a mail that is in no row"
        assert all(copies == 1 for copies in given.values()), f"the server has a mail twice: {given}"
        steps = Counter((row.lead, row.step) for row in rows if row.message_id in given)
        assert all(times == 1 for times in steps.values()), f"somebody has a mail twice: {steps}"
        for row in rows:
            self._agrees(row, row.message_id in given)
        in_doubt = sum(mail.fate == "doubt" for mail in self.mails.values())
        unknown = sum(row.status in ("unknown", "transmitting") for row in rows)
        assert unknown <= in_doubt + self.deaths, (
            f"{unknown} unknown of {in_doubt} in doubt, {self.deaths} deaths"
        )

    def _agrees(self, row: Row, given: bool) -> None:
        mail = self.mails.get(row.message_id, Mail(row.lead, row.step))
        assert mail.tries <= MOST_TRIES, f"{row} was offered {mail.tries} times"
        assert row.attempts <= MOST_TRIES + MOST_CRASHES, f"{row} was claimed too often"
        assert mail.refusals_of_its_sender <= MOST_REFUSALS_OF_A_SENDER, f"{row} blames its sender for ever"
        told = Counter(row.told)
        assert all(times == 1 for times in told.values()), f"{row}: an outcome is told twice"
        assert set(told) & FINAL == {row.status} & FINAL, f"{row}: events and row do not agree"
        assert row.status != "unknown" or "unknown" in told, f"{row}: nobody was told"
        if row.message_id in self.resolved:
            return
        if row.status == "accepted":
            assert given, f"{row} is accepted, and the server does not have it"
        if given:
            assert row.status in ("accepted", "transmitting", "unknown"), f"{row}: the server has it"
        if mail.fate == "refused":
            assert row.status in ("refused", "transmitting", "unknown"), f"{row}: the server refused it"

    def scored(self, lead: int, score: float, stage: str) -> None:
        """AssertionError if the lead stands higher than what a human did can bring it."""
        clicks = self.people[lead].clicks
        assert 0 <= score <= clicks * POINTS, f"lead {lead} has {score} points for {clicks} clicks"
        assert clicks >= 2 or stage == "suspect", f"lead {lead} is {stage} after {clicks} clicks"

    def is_at_rest(self, rows: Sequence[Row], ended: Mapping[int, Mapping[str, str]]) -> None:
        """AssertionError unless every message is final, and every lead got all there was or a reason why not.

        `ended` says of each lead which campaigns ended and why.
        """
        for row in rows:
            assert row.status in FINAL | {"unknown"}, f"{row} is not final"
            assert row.status == "accepted" or row.reason, f"{row} is not explained"
        for lead, person in self.people.items():
            assert person.gone or person.replied or lead in ended, f"lead {lead} was forgotten"
            steps = [row.step for row in rows if row.lead == lead]
            for campaign, reason in ended.get(lead, {}).items():
                due = [step for step in steps if step in CAMPAIGNS[campaign]]
                complete = reason != "completed" or due == list(CAMPAIGNS[campaign])
                assert complete, f"lead {lead} completed {campaign} and has {due}"


def _after(step: str) -> tuple[str, ...]:
    [steps] = (steps for steps in CAMPAIGNS.values() if step in steps)
    return steps[steps.index(step) + 1 :]


def _is_open(local: datetime) -> bool:
    return local.weekday() < 5 and 9 <= local.hour < 17
