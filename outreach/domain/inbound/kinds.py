"""What a mail that came in is, by the first rule of a table that knows it; headers come before words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from outreach.domain.inbound import auto_replies, bounces, challenges, complaints, receipts, unsubscribes
from outreach.domain.inbound.auto_reply_words import NO_REPLY
from outreach.domain.inbound.complaints import Feedback
from outreach.domain.inbound.letter import Letter
from outreach.domain.inbound.parts import Opened
from outreach.domain.inbound.words import InboundKind, Recipient


@dataclass(frozen=True)
class Sorted:
    """What a mail is and which rule says so; of a report also whom and which mails it is about."""

    kind: InboundKind
    rule: str
    recipients: tuple[Recipient, ...] = ()
    message_ids: tuple[str, ...] = ()
    envelopes: tuple[str, ...] = ()  # where the mails that it is about came from


def sort(mail: Opened) -> Sorted:
    """Return what the mail is, by the first rule that knows it; what no rule knows is a person's new mail."""
    letter = Letter(mail)
    for rule in _RULES:
        if found := rule(letter):
            return found
    return Sorted(InboundKind.REPLY, "a new mail")


def kind_of(mail: Opened) -> tuple[InboundKind, str]:
    """Return what the mail is, and which rule says so."""
    found = sort(mail)
    return found.kind, found.rule


def _by_feedback(letter: Letter) -> Sorted | None:
    """What somebody called spam; on a mail that was none, or failed to authenticate, nobody complained."""
    found: Feedback | None = complaints.read(letter)
    if found is None:
        return None
    return Sorted(found.kind, found.rule, found.recipients, found.message_ids, found.envelopes)


def _by_delivery_report(letter: Letter) -> Sorted | None:
    found = bounces.read(letter.mail)
    return Sorted(found.kind, found.rule, found.recipients, found.message_ids) if found else None


def _ruled(kind: InboundKind, name: Callable[[Letter], str]) -> Callable[[Letter], Sorted | None]:
    def decide(letter: Letter) -> Sorted | None:
        found = name(letter)
        return Sorted(kind, found) if found else None

    return decide


_CALENDAR = re.compile(r"method\s?[=:]\s?\"?reply", re.IGNORECASE)
_CALENDAR_WORDS = re.compile(
    r"(?:[^?.]{0,120} )?(?:has )?(?:accepted|declined|tentatively accepted)(?: this invitation| the invitation)?"
    r"|$|hat (?:diese |die )?(?:einladung|terminanfrage)|a accepte|ha aceptado|ha accettato|heeft deze uitnodiging"
    r"|elfogadta"
)


_CALENDAR_SUBJECT = re.compile(
    r"(?:accepted|declined|tentative(?:ly accepted)?|zugesagt|abgelehnt|mit vorbehalt|angenommen|elfogadva|elutasitva"
    r"|accepte|refuse|aceptad[oa]|rechazad[oa]|accettato|rifiutato|geaccepteerd|geweigerd"
    r"|zaakceptowano|odrzucono)(?: invitation)? ?:"
)


def _calendar_answer(letter: Letter) -> str:
    """A pressed "accept" is nobody's text and answers no mail of a campaign: the calendar keeps it.

    With words of the writer's own beside it, it is a reply like any other.
    """
    parts = (
        f"{part.headers.first('content-type')} {part.text()[:2000]}"
        for part in islice(letter.mail.of_type("text/calendar"), 5)
    )
    is_answer = any(_CALENDAR.search(written) for written in parts) or _CALENDAR_SUBJECT.match(letter.subject)
    return "calendar answer" if is_answer and _CALENDAR_WORDS.match(letter.words) else ""


_ANSWER = re.compile(
    r"(?:re|aw|antw|sv|va|vs|ref|rif|odp|r|res|rv|回复|答复|ответ|отв)(?:\[\d{1,3}\])? ?[:：]"
)


def _answer(letter: Letter) -> str:
    if letter.answers:
        return "references"
    return "subject" if _ANSWER.match(letter.subject) else ""


_OF_LISTS = (
    "list-id", "list-unsubscribe", "list-post", "feedback-id", "x-loop", "x-cron-env", "x-campaign", "x-campaign-id",
    "x-campaignid", "x-mailgun-tag", "x-github-reason", "x-mc-user", "x-ses-outgoing-campaign", "x-linkedin-class",
)  # fmt: skip


# Of programs that tell what others wrote elsewhere, also as answers: they never answer a mail of a campaign.
_OF_PROGRAMS = (
    "x-github-reason", "x-github-sender", "x-gitlab-project", "x-gitlab-notificationreason", "x-jira-fingerprint",
    "x-linkedin-class", "x-cron-env", "x-bugzilla-reason", "x-launchpad-message-rationale", "x-discourse-post-id",
    "x-phabricator-sent-this-message", "x-trac-project", "x-redmine-project", "x-facebook-notify",
)  # fmt: skip


def _program(letter: Letter) -> str:
    return next((name for name in _OF_PROGRAMS if letter.headers.first(name)), "")


def _no_person(letter: Letter) -> str:
    """What lists and machines send on their own is nobody's answer."""
    for name in _OF_LISTS:
        if letter.headers.first(name):
            return name
    if letter.headers.first("precedence").lower() in ("bulk", "junk", "list"):
        return "precedence"
    if letter.headers.first("auto-submitted").lower() not in ("", "no"):
        return "auto-submitted"
    if not letter.sender:
        return "no sender"
    return "no-reply sender" if NO_REPLY.match(letter.sender) else ""


# Reports before answers, as they quote what they report on; what a machine says before what looks like an answer.
_RULES: tuple[Callable[[Letter], Sorted | None], ...] = (
    _by_feedback,
    _ruled(InboundKind.AUTH_REPORT, receipts.authentication_report),
    _by_delivery_report,
    _ruled(InboundKind.READ_RECEIPT, receipts.read_receipt),
    _ruled(InboundKind.CHALLENGE, challenges.challenge),
    _ruled(InboundKind.UNSUBSCRIBE, unsubscribes.unsubscribe),
    _ruled(InboundKind.OTHER, _calendar_answer),
    _ruled(InboundKind.OTHER, _program),
    _ruled(InboundKind.AUTO_REPLY, auto_replies.rule),
    _ruled(InboundKind.REPLY, _answer),
    _ruled(InboundKind.OTHER, _no_person),
)
