"""The tests that stand in a campaign file: a lead, what happens to it, and what is expected of the campaign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from outreach.domain.durations import Duration
from outreach.domain.inbound.words import Intent
from outreach.domain.moments import FIRST_YEAR, LAST_YEAR, Moment
from outreach.domain.words import Kind, Stage
from outreach.domain.written import Name, TemplateName, Written, parse_hours

START = "2026-03-02 08:00"
"""When a test starts that does not say it: a Monday morning, weeks away from clock changes and most holidays."""
LONGEST_TEXT = 4000


@dataclass(frozen=True)
class _AlsoWritten:
    """Says in the JSON Schema of a list that one item may stand for it, or a mapping with a key for each item."""

    by_key: bool = False

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        listed = handler(schema)
        one = listed["items"]
        if self.by_key:  # what is said of each stands beside its name
            one = {
                "type": "object",
                "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "object"}]},
            }
        return {"anyOf": [one, listed]}


# -- what happens ------------------------------------------------------------------------------------


class _OrOneWord(Written):
    """A mapping for which a single value may stand: that of its first key."""

    @model_validator(mode="before")
    @classmethod
    def _from_one_value(cls, value: Any) -> Any:
        if isinstance(value, Mapping | Written):
            return value
        first = next(iter(cls.model_fields.items()))
        return {first[1].alias or first[0]: value}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        whole = handler(schema)
        first = next(iter(handler.resolve_ref_schema(whole)["properties"].values()))
        return {"anyOf": [{word: said for word, said in first.items() if word != "title"}, whole]}


class Happens(_OrOneWord):
    """Something happens to the lead at this time; `subject` is the mail's template, the form, the event, the page."""

    at: Moment
    subject: str | None = None


class Clicks(Happens):
    """A click; `link` is the address or a part of it."""

    link: str | None = None


class Says(Happens):
    """Something that the lead says: in words that are read as those of a mail, or what they mean."""

    text: Annotated[str, Field(max_length=LONGEST_TEXT)] | None = None
    intent: Intent | None = None
    purchase_time: str | None = None
    resume_on: date | None = None  # not now: when to write again
    competitor: str | None = None
    contract_ends_at: date | None = None


class IsAway(Happens):
    """An automatic answer; `back` is the day it names."""

    back: date | None = None


class Bounces(Happens):
    """The mail comes back; for good, or because a mailbox is full."""

    hard: bool = True


class Answers(_OrOneWord):
    """A rep answers a hand-off, or closes a deal; `reason` is one of funnel.yaml's."""

    at: Moment
    reason: Name | None = None


class Given(Written):
    """What happens, each at its time. The words are those of events, and a few shorter ones."""

    reply: Says | None = None
    replied: Says | None = None
    auto_reply: IsAway | None = None
    auto_replied: IsAway | None = None
    bounce: Bounces | None = None
    bounced: Bounces | None = None
    unsubscribe: Happens | None = None
    unsubscribed: Happens | None = None
    complained: Happens | None = None
    opened: Happens | None = None
    clicked: Clicks | None = None
    visited: Happens | None = None
    submitted: Says | None = None
    registered: Happens | None = None
    attended: Happens | None = None
    chatted: Says | None = None
    called: Happens | None = None
    reacted: Happens | None = None
    meeting_booked: Happens | None = None
    stated: Says | None = None
    succeeded: Happens | None = None
    handoff_accepted: Answers | None = None
    handoff_rejected: Answers | None = None
    deal_won: Answers | None = None
    deal_lost: Answers | None = None

    def each(self) -> Iterator[tuple[str, Kind, Happens | Answers]]:
        """Yield all that happens: the word as written, the kind of event, and what is said of it."""
        for word in type(self).model_fields:
            if (happens := getattr(self, word)) is not None:
                yield word, KINDS.get(word) or Kind(word), happens


KINDS: Mapping[str, Kind] = {
    "reply": Kind.REPLIED,
    "auto_reply": Kind.AUTO_REPLIED,
    "bounce": Kind.BOUNCED,
    "unsubscribe": Kind.UNSUBSCRIBED,
}
"""Shorter words for events."""
OF_A_MAIL = frozenset(
    {
        Kind.OPENED, Kind.CLICKED, Kind.REPLIED, Kind.AUTO_REPLIED, Kind.BOUNCED, Kind.COMPLAINED,
        Kind.UNSUBSCRIBED,
    }
)  # fmt: skip
"""Kinds that answer a mail: their subject is its template."""
OF_A_REP = frozenset({Kind.HANDOFF_ACCEPTED, Kind.HANDOFF_REJECTED, Kind.DEAL_WON, Kind.DEAL_LOST})
"""Kinds that a rep tells."""


def _in_a_list(value: Any) -> Any:
    return [value] if isinstance(value, Mapping) else value


# -- what is expected ----------------------------------------------------------------------------------


class ExpectedMail(_OrOneWord):
    """A mail that goes: on this day or at this minute, not later than, not earlier than."""

    template: TemplateName
    at: Moment | None = None
    by: Moment | None = None
    not_before: Moment | None = None
    sender: Name | None = None


class ExpectedTask(_OrOneWord):
    """A task that is opened."""

    kind: Name
    to: Name | None = None
    by: Moment | None = None


class ExpectedStage(_OrOneWord):
    """The stage in which the lead stands: at the end, or at this time."""

    is_: Stage = Field(alias="is")
    at: Moment | None = None


def _at_each(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return [
        {**each, "template": name} if isinstance(each, Mapping) else {"template": name, "at": each}
        for name, each in value.items()
    ]


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _makes_sense(hours: str) -> str:
    parse_hours(hours)
    return hours


def _is_wanted(value: bool) -> bool:
    if not value:
        raise ValueError("false says nothing; leave it out, or write true")
    return value


Never = Annotated[bool, AfterValidator(_is_wanted)]


class Expect(Written):
    """What must be true of all that happened until the end of the test."""

    enters: bool | None = None
    mails: (
        Annotated[tuple[ExpectedMail, ...], BeforeValidator(_at_each), _AlsoWritten(by_key=True)] | None
    ) = None  # all, in this order
    mail: ExpectedMail | None = None  # this one among others
    no_mail: Never | None = None
    no_mail_after: Moment | None = None
    never: Annotated[tuple[TemplateName, ...], BeforeValidator(_listed), _AlsoWritten()] | None = None
    mails_at_most: Annotated[int, Field(ge=0, le=1000)] | None = None
    sender: Name | None = None
    between: Annotated[str, AfterValidator(_makes_sense)] | None = None  # hours of the lead's clock
    handoff_within: Duration | None = None  # after what was given last, else after the start
    handoff_to: Name | None = None
    no_handoff: Never | None = None
    task: ExpectedTask | None = None
    task_within: Duration | None = None
    stage: ExpectedStage | None = None
    ends: Name | None = None  # finished, stopped, or why
    until: Moment | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is expected: how long a test runs is no expectation."""
        return all(getattr(self, word) is None for word in type(self).model_fields if word != "until")

    def moments(self) -> Iterator[tuple[tuple[str | int, ...], Moment]]:
        """Yield every time that is named, with its place."""
        parts: list[tuple[tuple[str | int, ...], Any]] = [
            ((), self), (("mail",), self.mail), (("task",), self.task), (("stage",), self.stage),
            *((("mails", number), mail) for number, mail in enumerate(self.mails or ())),
        ]  # fmt: skip
        for path, part in parts:
            for word in TIMES:
                if isinstance(moment := getattr(part, word, None), Moment):
                    yield (*path, word), moment


TIMES = ("at", "by", "not_before", "no_mail_after", "until")
"""The words of expectations that hold a time."""

# -- a test ----------------------------------------------------------------------------------------------


def _start(written: str) -> str:
    try:
        at = datetime.strptime(written, "%Y-%m-%d %H:%M")
    except ValueError:
        raise ValueError(f"{written[:40]!r} is not when a test starts; write for example {START!r}") from None
    if not FIRST_YEAR <= at.year < LAST_YEAR:
        raise ValueError(
            f"the year {at.year} is not one in which tests are played; write for example {START!r}"
        )
    return written


class CampaignTest(Written):
    """One lead's way through the campaign. What is not said of the lead is made to fit the audience."""

    name: str | None = Field(default=None, max_length=200)
    lead: dict[str, str | float | bool | None] = {}
    given: Annotated[tuple[Given, ...], BeforeValidator(_in_a_list), _AlsoWritten()] = ()
    start: Annotated[str, AfterValidator(_start)] = START
    variant: Annotated[int, Field(ge=1, le=8)] | None = (
        None  # of each step that has some; without it each is played
    )
    beside: tuple[Name, ...] = ()  # campaigns that run at the same time; without them this one is alone
    expect: Expect = Expect()

    @property
    def start_at(self) -> datetime:
        """When it starts on the lead's clock, without a zone."""
        return datetime.strptime(self.start, "%Y-%m-%d %H:%M")

    def happenings(self) -> list[tuple[int, str, Kind, Happens | Answers]]:
        """Return all that is given, with its number in the list, in the order of the file."""
        return [(number, *each) for number, given in enumerate(self.given) for each in given.each()]
