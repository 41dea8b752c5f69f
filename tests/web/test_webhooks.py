"""What mail providers tell: let in by their signature alone, recorded once, and never to anybody's promotion."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import func, select
from starlette.applications import Starlette
from street import Browser, Street
from webhooks import fakes
from webhooks.fakes import FIREFOX, JSON, MAILGUN_KEY, PASSWORD, TOPIC, WHSEC, Amazon, Request, SendGrid

from outreach import activity, db, models
from outreach.clock import PlayedClock
from outreach.config import Settings
from outreach.domain.words import Kind, Verdict
from outreach.errors import SettingsError
from outreach.web import webhooks
from outreach.web.site import Site

DANA = "dana@example.com"
STRANGER = "stranger@example.net"


class Office:
    """A street to which all providers tell things, and what is needed to ask what came of it."""

    def __init__(self, street: Street, amazon: Amazon, sendgrid: SendGrid, **changed: Any) -> None:
        self.street, self.house = street, street.house
        self.amazon, self.sendgrid = amazon, sendgrid
        self.settings = Settings.model_validate(
            {
                "secret_key": SecretStr("a secret key of a test"),
                "ses_webhook_topics": TOPIC,
                "ses_webhook_secret": PASSWORD,
                "postmark_webhook_secret": PASSWORD,
                "sendgrid_webhook_key": sendgrid.verification_key,
                "mailgun_webhook_key": MAILGUN_KEY,
                "webhook_secret": WHSEC,
            }
            | changed
        )
        self.app = self.opened(street.house.database)
        self.message: models.Message = street.house.rows(models.Message)[0]
        self.rfc_id = self.message.rfc_message_id

    def opened(self, database: db.Database) -> Starlette:
        site = Site(database, self.house.links, self.settings, PlayedClock(self.house.now))
        return Starlette(routes=list(webhooks.routes(site, self.amazon.fetch)))

    @property
    def now(self) -> Any:
        return self.house.now

    @property
    def token(self) -> str:
        return self.house.links.envelope_token(self.message.id)

    def tell(self, provider: str, request: Request) -> httpx.Response:
        body, headers = request
        browser = Browser(self.app, peer="203.0.113.9", host="track.example.com")
        return browser.post(f"/webhooks/{provider}", content=body, headers=headers)

    def told(self, provider: str, request: Request) -> httpx.Response:
        answer = self.tell(provider, request)
        assert answer.status_code == 200, answer.text
        return answer

    def event(self, kind: Kind) -> models.Event:
        (event,) = [each for each in self.street.events(kind) if each.source_id.startswith("webhook:")]
        return event

    @property
    def is_suppressed(self) -> bool:
        return bool(self.house.rows(models.Suppression))


@pytest.fixture(scope="session")
def sendgrid() -> SendGrid:
    return SendGrid()


@pytest.fixture(scope="session")
def key() -> Any:
    return Amazon.new_key()


@pytest.fixture
def amazon(key: Any, now: Any) -> Amazon:
    return Amazon(now, key)


@pytest.fixture
def office(street: Street, amazon: Amazon, sendgrid: SendGrid) -> Office:
    """On each kind of database."""
    return Office(street, amazon, sendgrid)


@pytest.fixture
def desk_office(desk: Street, amazon: Amazon, sendgrid: SendGrid) -> Office:
    return Office(desk, amazon, sendgrid)


@pytest.fixture
def make_office(desk: Street, amazon: Amazon, sendgrid: SendGrid) -> Callable[..., Office]:
    return lambda **settings: Office(desk, amazon, sendgrid, **settings)


PROVIDERS = ["ses", "postmark", "sendgrid", "mailgun", "generic"]


def bounce(office: Office, provider: str, to: str = DANA, *, ours: bool = True) -> Request:
    """Return how this provider tells that the address is dead, with our Message-ID or without."""
    now, rfc_id = office.now, office.rfc_id if ours else ""
    said = "550 5.1.1 <...> user unknown"
    match provider:
        case "ses":
            return office.amazon.notification(fakes.ses_bounce(now, to, rfc_id), now)
        case "postmark":
            return fakes.postmark(fakes.postmark_bounce(now, to, Content=f"...\r\nMessage-ID: {rfc_id}\r\n"))
        case "sendgrid":
            more = {"smtp-id": rfc_id, "type": "bounce", "reason": said, "status": "5.1.1"}
            return office.sendgrid.signed([fakes.sendgrid_event("bounce", now, to, **more)], now)
        case "mailgun":
            status = {"code": 550, "message": said, "description": "", "enhanced-code": "5.1.1"}
            more = {"severity": "permanent", "reason": "bounce", "delivery-status": status}
            return fakes.mailgun(fakes.mailgun_event("failed", now, to, rfc_id, **more), now)
        case _:
            told = {"id": "1", "event": "bounced", "email": to, "message_id": rfc_id, "text": said}
            return fakes.generic([told], now)


# -- recorded -------------------------------------------------------------------------------------


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_dead_address_is_suppressed_and_its_reason_kept(office: Office, provider: str) -> None:
    answer = office.told(provider, bounce(office, provider))
    assert answer.json() == {"recorded": 1, "ignored": 0}
    event = office.event(Kind.BOUNCED)
    assert (event.lead_id, event.message_id, event.subject) == (
        office.street.lead_id,
        office.message.id,
        "first",
    )
    assert event.detail == "5.1.1 user_unknown"
    assert {name: event.data[name] for name in ("provider", "hard", "reason", "status", "code", "matched_by")} == {
        "provider": provider, "hard": True, "reason": "user_unknown", "status": "5.1.1", "code": "550",
        "matched_by": "message_id",
    }  # fmt: skip
    assert office.is_suppressed


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_same_told_again_changes_nothing(office: Office, provider: str) -> None:
    office.told(provider, bounce(office, provider))
    before = office.street.state()
    for _ in range(2):
        assert office.told(provider, bounce(office, provider)).json()["recorded"] == 0
    assert office.street.state() == before


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_hundred_at_once_are_one(office: Office, provider: str) -> None:
    body, headers = bounce(office, provider)

    async def all_at_once() -> list[int]:
        transport = httpx.ASGITransport(app=office.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://track.example.com") as client:
            post = [client.post(f"/webhooks/{provider}", content=body, headers=headers) for _ in range(100)]
            return [answer.status_code for answer in await asyncio.gather(*post)]

    assert set(asyncio.run(all_at_once())) == {200}
    assert office.event(Kind.BOUNCED)
    assert len(office.house.rows(models.Suppression)) == 1


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_address_alone_may_stop_since_the_provider_signed_it(desk_office: Office, provider: str) -> None:
    desk_office.told(provider, bounce(desk_office, provider, ours=False))
    event = desk_office.event(Kind.BOUNCED)
    assert (event.message_id, event.data["matched_by"], event.verdict) == (None, "address", Verdict.UNKNOWN)
    assert desk_office.is_suppressed


@pytest.mark.parametrize("provider", PROVIDERS)
def test_what_is_told_of_an_address_that_the_mail_did_not_go_to_suppresses_nobody(
    desk_office: Office, provider: str
) -> None:
    other = desk_office.house.lead(email="other@example.com")
    for to in ("other@example.com", STRANGER):
        desk_office.told(provider, bounce(desk_office, provider, to))
    assert not desk_office.is_suppressed
    assert {event.detail for event in desk_office.street.events(Kind.NOTE)} == {"bounced: another address"}
    assert [event for event in desk_office.street.events(Kind.BOUNCED) if event.lead_id == other] == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_somebody_unknown_is_ignored(desk_office: Office, provider: str) -> None:
    before = desk_office.street.state()
    answer = desk_office.told(provider, bounce(desk_office, provider, STRANGER, ours=False))
    assert answer.json() == {"recorded": 0, "ignored": 1}
    assert desk_office.street.state() == before


def test_a_mail_is_known_by_its_envelope_token_too(desk_office: Office) -> None:
    office = desk_office
    told = fakes.ses_bounce(office.now, DANA)
    told["mail"]["source"] = f"anna+b-{office.token.upper()}@example.com"
    office.told("ses", office.amazon.notification(told, office.now))
    assert office.event(Kind.BOUNCED).data["matched_by"] == "envelope"


TOKENS: list[tuple[str, Callable[[Office], Request]]] = [
    ("ses", lambda of: of.amazon.notification(
        _with(fakes.ses("Delivery", of.now, DANA, recipients=[DANA]), "mail", tags={"outreach": [of.token]}), of.now)),
    ("postmark", lambda of: fakes.postmark({
        "RecordType": "Delivery", "MessageID": "1", "Recipient": DANA, "DeliveredAt": of.now.isoformat(),
        "Metadata": {"outreach": of.token}})),
    ("sendgrid", lambda of: of.sendgrid.signed(
        [fakes.sendgrid_event("delivered", of.now, DANA, outreach=of.token)], of.now)),
    ("mailgun", lambda of: fakes.mailgun(
        fakes.mailgun_event("delivered", of.now, DANA, **{"user-variables": {"outreach": of.token}}), of.now)),
    ("generic", lambda of: fakes.generic({"id": "1", "event": "delivered", "token": of.token}, of.now)),
]  # fmt: skip


def _with(told: dict[str, Any], part: str, **more: Any) -> dict[str, Any]:
    return told | {part: told[part] | more}


@pytest.mark.parametrize(("provider", "made"), TOKENS)
def test_a_delivery_is_a_note(desk_office: Office, provider: str, made: Callable[[Office], Request]) -> None:
    desk_office.told(provider, made(desk_office))
    event = desk_office.event(Kind.NOTE)
    assert (event.detail, event.message_id) == ("delivered", desk_office.message.id)


def test_a_forged_token_names_no_mail(desk_office: Office) -> None:
    forged = "a" * len(desk_office.token)
    told = {"id": "1", "event": "delivered", "token": forged}
    assert desk_office.told("generic", fakes.generic(told, desk_office.now)).json()["recorded"] == 0


# -- complaints and opt-outs ----------------------------------------------------------------------


def stop(office: Office, provider: str, kind: Kind, rfc_id: str) -> Request:
    now = office.now
    is_complaint = kind is Kind.COMPLAINED
    match provider:
        case "ses" if is_complaint:
            told = fakes.ses(
                "Complaint", now, DANA, rfc_id, key="notificationType", feedbackId="f-1",
                complainedRecipients=[{"emailAddress": DANA}], complaintFeedbackType="abuse",
            )  # fmt: skip
            return office.amazon.notification(told, now, "2")
        case "ses":
            left = {"unsubscribeAll": True}
            told = fakes.ses("Subscription", now, DANA, rfc_id, contactList="all", newTopicPreferences=left)
            return office.amazon.notification(told, now)
        case "postmark" if is_complaint:
            told = fakes.postmark_bounce(
                now, DANA, RecordType="SpamComplaint", Type="SpamComplaint", Details=""
            )
            return fakes.postmark(told | {"Content": f"Message-ID: {rfc_id}"})
        case "postmark":
            told = {
                "RecordType": "SubscriptionChange",
                "MessageID": "1",
                "Recipient": DANA,
                "Origin": "Recipient",
            }
            return fakes.postmark(told | {"SuppressSending": True, "SuppressionReason": "ManualSuppression"})
        case "sendgrid":
            event = "spamreport" if is_complaint else "group_unsubscribe"
            return office.sendgrid.signed(
                [fakes.sendgrid_event(event, now, DANA, **{"smtp-id": rfc_id})], now
            )
        case "mailgun":
            event = "complained" if is_complaint else "unsubscribed"
            return fakes.mailgun(fakes.mailgun_event(event, now, DANA, rfc_id), now)
        case _:
            told = {"id": "1", "event": str(kind), "email": DANA, "message_id": rfc_id}
            return fakes.generic([told], now)


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("kind", [Kind.COMPLAINED, Kind.UNSUBSCRIBED])
@pytest.mark.parametrize("ours", [True, False])
def test_who_complains_or_opts_out_gets_no_more_mail(
    desk_office: Office, provider: str, kind: Kind, ours: bool
) -> None:
    office = desk_office
    office.told(provider, stop(office, provider, kind, office.rfc_id if ours else ""))
    event = office.event(kind)
    by_message = event.message_id == office.message.id
    assert by_message is ours or provider == "postmark"
    assert event.verdict == (Verdict.HUMAN if by_message else Verdict.UNKNOWN)
    assert [row.reason for row in office.house.rows(models.Suppression)] == [str(kind)]


NO_STOPS: list[tuple[str, Callable[[Office], Any]]] = [
    ("ses", lambda of: fakes.ses(
        "Complaint", of.now, DANA, of.rfc_id, complainedRecipients=[{"emailAddress": DANA}],
        complaintFeedbackType="not-spam")),
    ("ses", lambda of: fakes.ses(
        "Complaint", of.now, DANA, of.rfc_id, complainedRecipients=[{"emailAddress": DANA}],
        complaintFeedbackType="auth-failure")),
    ("ses", lambda of: fakes.ses(
        "Subscription", of.now, DANA, of.rfc_id, newTopicPreferences={"unsubscribeAll": False})),
    ("ses", lambda of: fakes.ses_bounce(of.now, DANA, of.rfc_id, bounceSubType="OnAccountSuppressionList")),
    ("ses", lambda of: fakes.ses_bounce(of.now, DANA, of.rfc_id, bounceSubType="Suppressed")),
    ("ses", lambda of: fakes.ses_bounce(of.now, DANA, of.rfc_id, bounceType="Transient")),
    ("ses", lambda of: fakes.ses("Reject", of.now, DANA, of.rfc_id, reason="Bad content")),
    ("ses", lambda of: fakes.ses("Rendering Failure", of.now, DANA, of.rfc_id, errorMessage="Attribute missing")),
    ("postmark", lambda of: {
        "RecordType": "SubscriptionChange", "MessageID": "1", "Recipient": DANA, "SuppressSending": False,
        "SuppressionReason": None, "Metadata": {"outreach": of.token}}),
    ("postmark", lambda of: fakes.postmark_bounce(
        of.now, DANA, Type="SpamNotification", Details="smtp;550 5.7.1 spam", Metadata={"outreach": of.token})),
    ("postmark", lambda of: fakes.postmark_bounce(
        of.now, DANA, Type="ManuallyDeactivated", Details="user unknown", Metadata={"outreach": of.token})),
    ("sendgrid", lambda of: fakes.sendgrid_event(
        "dropped", of.now, DANA, reason="Bounced Address", **{"smtp-id": of.rfc_id})),
    ("sendgrid", lambda of: fakes.sendgrid_event(
        "bounce", of.now, DANA, type="blocked", reason="550 5.1.1 user unknown", **{"smtp-id": of.rfc_id})),
    ("sendgrid", lambda of: fakes.sendgrid_event(
        "bounce", of.now, DANA, type="bounce", reason="552 5.2.2 mailbox full", **{"smtp-id": of.rfc_id})),
    ("sendgrid", lambda of: fakes.sendgrid_event("group_resubscribe", of.now, DANA, **{"smtp-id": of.rfc_id})),
    ("mailgun", lambda of: fakes.mailgun_event(
        "failed", of.now, DANA, of.rfc_id, severity="permanent", reason="suppress-bounce",
        **{"delivery-status": {"code": 605, "message": "", "description": "Not delivering to previously bounced"}})),
    ("mailgun", lambda of: fakes.mailgun_event(
        "failed", of.now, DANA, of.rfc_id, severity="temporary", reason="generic",
        **{"delivery-status": {"code": 450, "message": "450 4.1.1 user unknown"}})),
    ("generic", lambda of: {
        "id": "1", "event": "bounced", "email": DANA, "message_id": of.rfc_id, "reason": "mailbox_full",
        "text": "550 5.1.1 user unknown"}),
]  # fmt: skip


def signed(office: Office, provider: str, value: Any) -> Request:
    match provider:
        case "ses":
            return office.amazon.notification(value, office.now)
        case "postmark":
            return fakes.postmark(value)
        case "sendgrid":
            return office.sendgrid.signed(value if isinstance(value, list) else [value], office.now)
        case "mailgun":
            return fakes.mailgun(value, office.now)
        case _:
            return fakes.generic(value, office.now)


@pytest.mark.parametrize(("provider", "made"), NO_STOPS)
def test_what_is_no_verdict_on_the_address_is_recorded_and_suppresses_nobody(
    desk_office: Office, provider: str, made: Callable[[Office], Any]
) -> None:
    answer = desk_office.told(provider, signed(desk_office, provider, made(desk_office)))
    assert answer.json()["recorded"] == 1
    assert not desk_office.is_suppressed
    assert desk_office.house.get(desk_office.street.lead_id).quiet_at is None


def test_what_the_providers_list_repeats_does_not_count_as_the_servers_word(desk_office: Office) -> None:
    told = fakes.ses_bounce(
        desk_office.now, DANA, desk_office.rfc_id, bounceSubType="OnAccountSuppressionList"
    )
    desk_office.told("ses", desk_office.amazon.notification(told, desk_office.now))
    assert desk_office.event(Kind.BOUNCED).data["reason"] == "on_hold"


def test_five_soft_bounces_in_a_row_let_the_address_rest(desk_office: Office) -> None:
    # One mail was sent, so one is all that can fail: told five times over it is still one.
    for number in range(5):
        told = fakes.ses_bounce(
            desk_office.now, DANA, desk_office.rfc_id, bounceType="Transient", feedbackId=f"{number}"
        )
        desk_office.told("ses", desk_office.amazon.notification(told, desk_office.now))
    assert len(desk_office.street.events(Kind.BOUNCED)) == 5
    assert not desk_office.is_suppressed


# -- opens and clicks -----------------------------------------------------------------------------

APPLE, SAFELINKS = "Mozilla/5.0", "Mozilla/5.0 (compatible; SafeLinks)"

HITS: list[tuple[str, Verdict, Callable[[Office], Any]]] = [
    ("ses", Verdict.UNKNOWN, lambda of: fakes.ses(
        "Click", of.now, DANA, of.rfc_id, ipAddress="198.51.100.7", link="https://example.com/a", userAgent=FIREFOX)),
    ("ses", Verdict.UNKNOWN, lambda of: fakes.ses(
        "Open", of.now, DANA, of.rfc_id, ipAddress="198.51.100.7", userAgent=FIREFOX)),
    ("ses", Verdict.PROXY, lambda of: fakes.ses("Open", of.now, DANA, of.rfc_id, userAgent=APPLE)),
    ("postmark", Verdict.MACHINE, lambda of: {
        "RecordType": "Click", "MessageID": "1", "Recipient": DANA, "ReceivedAt": of.now.isoformat(),
        "OriginalLink": "https://example.com/a", "UserAgent": SAFELINKS, "Geo": {"IP": "198.51.100.7"},
        "Metadata": {"outreach": of.token}}),
    ("sendgrid", Verdict.PROXY, lambda of: fakes.sendgrid_event(
        "open", of.now, DANA, useragent=FIREFOX, sg_machine_open=True, ip="198.51.100.7", **{"smtp-id": of.rfc_id})),
    ("mailgun", Verdict.MACHINE, lambda of: fakes.mailgun_event(
        "clicked", of.now, DANA, of.rfc_id, url="https://example.com/a", ip="198.51.100.7",
        **{"client-info": {"user-agent": FIREFOX, "bot": "generic"}})),
    ("mailgun", Verdict.PROXY, lambda of: fakes.mailgun_event(
        "opened", of.now, DANA, of.rfc_id, **{"client-info": {"user-agent": FIREFOX, "bot": "apple"}})),
    ("generic", Verdict.MACHINE, lambda of: {
        "id": "1", "event": "clicked", "message_id": of.rfc_id, "user_agent": FIREFOX, "machine": True,
        "url": "https://example.com/a"}),
]  # fmt: skip


@pytest.mark.parametrize(("provider", "verdict", "made"), HITS)
def test_an_open_or_click_is_kept_with_its_facts_and_never_surely_a_persons(
    desk_office: Office, provider: str, verdict: Verdict, made: Callable[[Office], Any]
) -> None:
    desk_office.told(provider, signed(desk_office, provider, made(desk_office)))
    (event,) = [each for each in desk_office.street.events() if each.kind in (Kind.OPENED, Kind.CLICKED)]
    assert event.verdict == verdict
    assert event.message_id == desk_office.message.id
    assert event.data["user_agent"] and event.data["rule"]
    assert "198.51.100.7" not in json.dumps(event.data)
    if event.kind == Kind.CLICKED:
        assert event.detail == "https://example.com/a"
    desk_office.house.tick()
    lead = desk_office.house.get(desk_office.street.lead_id)
    assert (lead.score, lead.stage) == (0, "suspect")


def test_a_click_on_a_link_of_ours_is_left_to_us(desk_office: Office) -> None:
    url = desk_office.house.links.click(desk_office.message.id, 1, "https://example.com/a")
    told = fakes.ses("Click", desk_office.now, DANA, desk_office.rfc_id, link=url, userAgent=FIREFOX)
    assert desk_office.told("ses", signed(desk_office, "ses", told)).json() == {"recorded": 0, "ignored": 1}


def test_an_open_with_nothing_but_an_address_may_be_of_any_mail_and_is_ignored(desk_office: Office) -> None:
    told = fakes.ses("Open", desk_office.now, DANA, userAgent=FIREFOX)
    assert desk_office.told("ses", signed(desk_office, "ses", told)).json()["recorded"] == 0


# -- batches --------------------------------------------------------------------------------------


def test_a_list_is_recorded_in_one_go_and_what_is_unknown_keeps_no_other_back(office: Office) -> None:
    now, ours = office.now, {"smtp-id": office.rfc_id}
    told = [
        fakes.sendgrid_event("processed", now, DANA, **ours),
        fakes.sendgrid_event("brand_new_word", now, DANA, **ours),
        fakes.sendgrid_event("delivered", now, DANA, **ours),
        fakes.sendgrid_event("delivered", now, STRANGER),
        fakes.sendgrid_event("open", now - timedelta(hours=1), DANA, useragent=FIREFOX, **ours),
        fakes.sendgrid_event("spamreport", now, DANA, **ours),
        fakes.sendgrid_event("spamreport", now, "not an address", **ours),
    ]
    answer = office.told("sendgrid", office.sendgrid.signed(told, now))
    assert answer.json() == {"recorded": 4, "ignored": 3}
    assert office.is_suppressed
    assert office.event(Kind.COMPLAINED).message_id == office.message.id
    assert {event.detail for event in office.street.events(Kind.NOTE)} >= {
        "delivered",
        "complained: another address",
    }


def test_one_event_that_can_not_be_recorded_keeps_no_other_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_each = activity.note_each

    def poisoned(session: Any, events: Any, now: Any) -> frozenset[str]:
        if any("poison" in event.source_id for event in events):
            raise ValueError("poison")
        return note_each(session, events, now)

    monkeypatch.setattr(activity, "note_each", poisoned)
    ours = {"smtp-id": office.rfc_id}
    told = [
        fakes.sendgrid_event("delivered", office.now, DANA, sg_event_id=name, **ours)
        for name in ("a", "poison", "b")
    ]
    assert office.told("sendgrid", office.sendgrid.signed(told, office.now)).json()["recorded"] == 2


def test_what_was_told_of_a_time_to_come_is_of_now(desk_office: Office) -> None:
    later = desk_office.now + timedelta(days=400)
    desk_office.told("ses", signed(desk_office, "ses", fakes.ses_bounce(later, DANA, desk_office.rfc_id)))
    assert desk_office.event(Kind.BOUNCED).at == desk_office.now


def test_text_that_no_database_keeps_does_no_harm(office: Office) -> None:
    said = "550 5.1.1 \x00user\ud800 unknown\r\n<img src=x onerror=alert(1)>"
    told = fakes.sendgrid_event(
        "bounce", office.now, DANA, type="bounce", reason=said, **{"smtp-id": office.rfc_id}
    )
    office.told("sendgrid", office.sendgrid.signed([told | {"sg_event_id": "x" * 5000}], office.now))
    assert office.event(Kind.BOUNCED).data["said"] == "550 5.1.1 user unknown <img src=x onerror=alert(1)>"


# -- mail that came in ----------------------------------------------------------------------------


def reply(office: Office) -> str:
    return (
        f"From: Dana <{DANA}>\r\nTo: anna@example.com\r\nSubject: Re: Hello\r\nIn-Reply-To: {office.rfc_id}\r\n"
        "Message-ID: <reply-1@example.com>\r\nDate: Tue, 03 Mar 2026 09:00:00 +0100\r\n\r\nPlease call me.\r\n"
    )


@pytest.mark.parametrize("is_raw", [True, False])
def test_a_mail_that_came_in_is_read_as_by_imap_and_once(office: Office, is_raw: bool) -> None:
    told = {
        "FromName": "Dana", "From": DANA, "FromFull": {"Email": DANA, "Name": "Dana"}, "To": "anna@example.com",
        "OriginalRecipient": "anna@example.com", "Subject": "Re: Hello", "MessageID": "73e6d360-66eb",
        "Date": "Tue, 3 Mar 2026 09:00:00 +0100", "TextBody": "Please call me.", "HtmlBody": "", "Attachments": [],
        "Headers": [
            {"Name": "In-Reply-To", "Value": office.rfc_id}, {"Name": "Message-ID", "Value": "<reply-1@example.com>"},
            {"Name": "X-Bad\r\nBcc", "Value": "a\r\nBcc: b@example.com"},
        ],
    }  # fmt: skip
    for _ in range(2):
        office.told("postmark", fakes.postmark(told | ({"RawEmail": reply(office)} if is_raw else {})))
    (event,) = office.street.events(Kind.REPLIED)
    assert (event.lead_id, event.message_id) == (office.street.lead_id, office.message.id)
    assert event.data["text"] == "Please call me."
    with office.house.database.read() as session:
        assert session.scalar(select(func.count()).select_from(models.InboundMail)) == 1


# -- who is let in --------------------------------------------------------------------------------


def forged(request: Request) -> list[Request]:
    """Return the request with each part of its signature changed or left out, and with another body."""
    body, headers = request
    made = [(body.replace(b"dana@", b"ron.@").replace(b"5.1.1", b"5.1.2"), headers)]
    for name in headers.keys() - {"Content-Type"}:
        made.append((body, {key: value for key, value in headers.items() if key != name}))
        value = headers[name]
        made.append((body, headers | {name: value[:-6] + ("AAAAAA" if value[-6:] != "AAAAAA" else "BBBBBB")}))
        made.append((body, headers | {name: ""}))
    return made


def forged_inside(request: Request) -> list[Request]:
    """Return the request with each part of a signature that stands in the body changed or left out."""
    body, headers = request
    whole = json.loads(body)
    inner = whole.get("signature", whole)
    made: list[Request] = []
    others: list[Any] = [None, "", "x", 1, [], {}]
    for name in inner:
        for value in [*others, "2" + str(inner[name])[1:]]:
            if value == inner[name]:
                continue
            changed = {key: kept for key, kept in inner.items() if key != name}
            changed |= {} if value is None else {name: value}
            made.append(
                (fakes.document(whole | {"signature": changed} if "signature" in whole else changed), headers)
            )
    return [
        *made,
        (b"{", headers),
        (b"", headers),
        (b"[]", headers),
        (b"null", headers),
        (b"[" * 5000, headers),
    ]


@pytest.mark.parametrize("provider", ["postmark", "sendgrid", "generic"])
def test_without_the_right_signature_nothing_is_read(desk_office: Office, provider: str) -> None:
    before = desk_office.street.state()
    requests = forged(bounce(desk_office, provider))
    for request in requests[1:] if provider == "postmark" else requests:  # a password does not cover the body
        answer = desk_office.tell(provider, request)
        assert (answer.status_code, answer.json()) == (401, {"error": "not signed"})
        assert desk_office.tell(provider, (b"{", request[1])).status_code == 401
    assert desk_office.street.state() == before


@pytest.mark.parametrize("provider", ["ses", "mailgun"])
def test_a_signature_inside_the_body_is_checked_as_well(desk_office: Office, provider: str) -> None:
    before = desk_office.street.state()
    requests = forged_inside(bounce(desk_office, provider))
    unsigned = {"UnsubscribeURL", "SignatureVersion"}
    for body, headers in requests:
        answer = desk_office.tell(provider, (body, headers))
        if answer.status_code == 200:  # what Amazon does not sign may be anything
            good = json.loads(bounce(desk_office, provider)[0])
            changed = {name for name in good if json.loads(body).get(name) != good[name]}
            assert changed <= unsigned
            continue
        assert (answer.status_code, answer.json()) == (401, {"error": "not signed"}), body
    after = desk_office.street.state()
    assert len(after["event"]) - len(before["event"]) <= 2


@pytest.mark.parametrize(
    ("provider", "age"),
    [
        ("ses", timedelta(hours=25)),
        ("sendgrid", timedelta(hours=26)),
        ("mailgun", timedelta(hours=10)),
        ("generic", timedelta(minutes=6)),
        ("ses", -timedelta(minutes=6)),
        ("sendgrid", -timedelta(minutes=6)),
        ("mailgun", -timedelta(minutes=6)),
        ("generic", -timedelta(minutes=6)),
    ],
)
def test_what_was_signed_too_long_ago_is_not_read(
    desk_office: Office, monkeypatch: pytest.MonkeyPatch, provider: str, age: timedelta
) -> None:
    request = bounce(_at(desk_office, -age, monkeypatch), provider)
    monkeypatch.undo()
    before = desk_office.street.state()
    assert desk_office.tell(provider, request).status_code == 401
    assert desk_office.street.state() == before


def _at(office: Office, shift: timedelta, monkeypatch: pytest.MonkeyPatch) -> Office:
    then = office.now + shift
    monkeypatch.setattr(Office, "now", property(lambda _: then))
    return office


@pytest.mark.parametrize(
    ("setting", "provider"),
    [
        ("postmark_webhook_secret", "postmark"),
        ("sendgrid_webhook_key", "sendgrid"),
        ("mailgun_webhook_key", "mailgun"),
        ("webhook_secret", "generic"),
    ],
)
def test_without_its_secret_a_provider_is_off_and_the_log_says_so_once(
    make_office: Callable[..., Office], caplog: pytest.LogCaptureFixture, setting: str, provider: str
) -> None:
    office = make_office(**{setting: "" if setting == "sendgrid_webhook_key" else None})
    before = office.street.state()
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert office.tell(provider, bounce(office, provider)).status_code == 404
    said = [record.getMessage() for record in caplog.records if "is off" in record.getMessage()]
    assert said == [f"webhook {provider} is off until OUTREACH_{setting.upper()} is set"]
    assert office.street.state() == before


def test_ses_is_off_without_topics_and_password(make_office: Callable[..., Office]) -> None:
    office = make_office(ses_webhook_topics="", ses_webhook_secret=None)
    assert office.tell("ses", bounce(office, "ses")).status_code == 404


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("ses_webhook_topics", "my-topic"),
        ("postmark_webhook_secret", "short"),
        ("sendgrid_webhook_key", "bm90IGEga2V5"),
        ("sendgrid_webhook_key", "not base64!"),
        ("webhook_secret", "whsec_no base64 at all!"),
        ("mailgun_webhook_key", f"{MAILGUN_KEY}, short"),
    ],
)
def test_a_secret_that_is_none_is_told_at_the_start(
    make_office: Callable[..., Office], setting: str, value: str
) -> None:
    with pytest.raises(SettingsError, match=f"OUTREACH_{setting.upper()}") as told:
        make_office(**{setting: value})
    assert "\n" not in str(told.value) and MAILGUN_KEY not in str(told.value)


def test_two_secrets_hold_while_one_replaces_the_other(
    make_office: Callable[..., Office], sendgrid: SendGrid
) -> None:
    other = SendGrid()
    office = make_office(
        postmark_webhook_secret=f"the old one of a test, {PASSWORD}",
        mailgun_webhook_key=f"the-old-one-of-a-test,{MAILGUN_KEY}",
        sendgrid_webhook_key=f"{other.verification_key},{sendgrid.verification_key}",
        webhook_secret=f"the-old-one-of-a-test, {WHSEC}",
    )
    for provider in ("postmark", "sendgrid", "mailgun", "generic"):
        office.told(provider, bounce(office, provider))


def test_a_bearer_token_will_do_for_postmark(desk_office: Office) -> None:
    body, _ = bounce(desk_office, "postmark")
    desk_office.told("postmark", (body, JSON | {"Authorization": f"Bearer {PASSWORD}"}))


def test_no_secret_and_no_address_reaches_the_log(
    desk_office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="outreach"):
        for provider in PROVIDERS:
            for request in (bounce(desk_office, provider), bounce(desk_office, provider, STRANGER)):
                desk_office.tell(provider, request)
                desk_office.tell(provider, (b"{}", request[1]))
        desk_office.tell("generic", fakes.generic({DANA: 1}, desk_office.now))
    text = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("outreach"))
    assert not any(secret in text for secret in (DANA, STRANGER, PASSWORD, MAILGUN_KEY, WHSEC))


# -- what a request has to be ---------------------------------------------------------------------


@pytest.mark.parametrize("provider", PROVIDERS)
def test_only_json_is_taken(desk_office: Office, provider: str) -> None:
    body, headers = bounce(desk_office, provider)
    for content_type in ("application/x-www-form-urlencoded", "multipart/form-data", ""):
        answer = desk_office.tell(provider, (body, headers | {"Content-Type": content_type}))
        assert answer.status_code == 415


@pytest.mark.parametrize("provider", PROVIDERS)
def test_what_is_too_long_is_not_read(desk_office: Office, provider: str) -> None:
    _, headers = bounce(desk_office, provider)
    size = (17 if provider == "postmark" else 1) * 1024 * 1024 + 1
    assert desk_office.tell(provider, (b"x" * size, headers)).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"\xff\xfe{}", b"NaN", b'{"a": Infinity}', b"[" * 500_000, b'{"a":' * 40 + b"1" + b"}" * 40,
        b'"text"', b"17", b"null", b"{}", b"[1]", b'[{"event": {}}]', b"1" * 5000,
    ],
)  # fmt: skip
def test_what_is_signed_and_can_not_be_read_is_told_in_one_line(desk_office: Office, body: bytes) -> None:
    before = desk_office.street.state()
    requests = {
        "postmark": fakes.postmark(body),
        "sendgrid": desk_office.sendgrid.signed(body, desk_office.now),
        "generic": fakes.generic(body, desk_office.now),
        "ses": desk_office.amazon.notification(body.decode("latin-1"), desk_office.now),
    }
    for provider, request in requests.items():
        if provider == "ses" and body in (b"null",):
            continue
        answer = desk_office.tell(provider, request)
        assert answer.status_code == 400, (provider, answer.text)
        assert "\n" not in answer.json()["error"]
    assert desk_office.street.state() == before


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ({"event": "bounced", "email": DANA}, "0.id: Field required"),
        ({"id": "1", "event": "bounced"}, "one of email, message_id and token"),
        ({"id": "1", "event": "exploded", "email": DANA}, "0.event: "),
        ({"id": "1", "event": "bounced", "email": DANA, "reason": "because"}, "0.reason: "),
        ({"id": "1", "event": "bounced", "email": DANA, "status": "five"}, "0.status: "),
        ({"id": "1", "event": "bounced", "email": DANA, "colour": "red"}, "0.colour: "),
        ({"id": "1", "event": "bounced", "email": DANA, "at": "2026-03-02T10:00:00"}, "0.at: "),
        ({"id": "1", "event": "bounced", "email": DANA, "a\nb": "red"}, "0.a b: "),
    ],
)
def test_what_is_wrong_in_our_own_format_is_told(desk_office: Office, told: Any, line: str) -> None:
    answer = desk_office.tell("generic", fakes.generic(told, desk_office.now))
    assert (answer.status_code, line in answer.json()["error"]) == (400, True), answer.text


def test_there_is_nothing_to_get_and_no_provider_of_any_other_name(desk_office: Office) -> None:
    browser = Browser(desk_office.app)
    assert browser.get("/webhooks/ses").status_code == 405
    assert browser.post("/webhooks/nobody", content=b"{}").status_code == 404


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_database_that_is_away_has_it_told_again(desk_office: Office, provider: str) -> None:
    office = desk_office
    request = bounce(office, provider)
    office.app = office.opened(db.connect("sqlite:////no/such/folder/outreach.db"))
    answer = office.tell(provider, request)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    office.app = office.opened(office.house.database)
    assert office.told(provider, request).json()["recorded"] == 1


@pytest.mark.parametrize("limit", ["MOST_WAITING", "MOST_HELD"])
def test_too_many_at_once_are_told_to_come_again(
    desk_office: Office, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(webhooks, limit, 0)
    assert desk_office.tell("ses", bounce(desk_office, "ses")).status_code == 503


# -- Amazon SNS -----------------------------------------------------------------------------------


def test_a_certificate_is_asked_for_once(desk_office: Office) -> None:
    for version in ("1", "2", "1"):
        told = desk_office.amazon.notification(
            fakes.ses_bounce(desk_office.now, DANA), desk_office.now, version
        )
        desk_office.told("ses", told)
    assert desk_office.amazon.asked == [fakes.CERTIFICATE]


@pytest.mark.parametrize(
    "url",
    [
        "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem",
        "https://sns.eu-west-1.amazonaws.com.example.net/SimpleNotificationService-1.pem",
        "https://example.net/sns.eu-west-1.amazonaws.com/a.pem",
        "https://sns.eu-west-1.amazonaws.com@example.net/a.pem",
        "https://example.net@sns.eu-west-1.amazonaws.com/a.pem",
        "https://sns.eu-west-1.amazonaws.com:8443/a.pem",
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
        "https://s3.eu-west-1.amazonaws.com/mine/a.pem",
        "https://sns.eu-west-1.amazonaws.com/?Action=Publish&x=a.pem",
        "https://sns.eu-west-1.amazonaws.com/a/../b.pem",
        "https://[::1]/a.pem",
        "https://[/a.pem",
        "file:///etc/a.pem",
    ],
)
def test_a_certificate_is_fetched_from_amazon_alone(desk_office: Office, url: str) -> None:
    told = desk_office.amazon.notification(
        fakes.ses_bounce(desk_office.now, DANA), desk_office.now, SigningCertURL=url
    )
    assert desk_office.tell("ses", told).status_code == 401
    assert desk_office.amazon.asked == []


def test_nobody_can_make_us_ask_amazon_without_end(desk_office: Office) -> None:
    statuses = []
    for number in range(20):
        told = desk_office.amazon.notification(
            fakes.ses_bounce(desk_office.now, DANA),
            desk_office.now,
            SigningCertURL=f"{fakes.SNS}/{number}.pem",
        )
        statuses.append(desk_office.tell("ses", told).status_code)
    assert statuses == [401] * 10 + [503] * 10
    assert len(desk_office.amazon.asked) == 10


def test_a_certificate_that_expired_signs_nothing(desk_office: Office) -> None:
    office = desk_office
    office.house.clock.turn_to(office.now + timedelta(days=400))
    office.app = office.opened(office.house.database)
    told = office.amazon.notification(fakes.ses_bounce(office.now, DANA), office.now)
    assert office.tell("ses", told).status_code == 401


def test_amazon_away_has_it_told_again(desk_office: Office) -> None:
    desk_office.amazon.is_away = True
    request = bounce(desk_office, "ses")
    assert desk_office.tell("ses", request).status_code == 503
    desk_office.amazon.is_away = False
    assert desk_office.told("ses", request).json()["recorded"] == 1


def test_what_amazon_signed_for_somebody_elses_topic_is_not_ours(desk_office: Office) -> None:
    stranger = "arn:aws:sns:eu-west-1:999999999999:theirs"
    told = desk_office.amazon.notification(
        fakes.ses_bounce(desk_office.now, DANA, desk_office.rfc_id), desk_office.now, TopicArn=stranger
    )
    assert desk_office.tell("ses", told).status_code == 401
    assert not desk_office.is_suppressed
    assert desk_office.amazon.asked == []


def test_a_subscription_of_our_topic_is_confirmed_at_amazon(desk_office: Office) -> None:
    answer = desk_office.told("ses", desk_office.amazon.confirmation(desk_office.now))
    assert answer.json() == {"recorded": 0, "ignored": 0}
    assert [url.partition("?")[0] for url in desk_office.amazon.asked] == [fakes.CERTIFICATE, f"{fakes.SNS}/"]


@pytest.mark.parametrize(
    "changed",
    [
        {"SubscribeURL": "https://example.net/?Action=ConfirmSubscription"},
        {"SubscribeURL": f"{fakes.SNS}/?Action=DeleteTopic&TopicArn={TOPIC}"},
        {"SubscribeURL": f"{fakes.SNS}/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:eu-west-1:9:theirs"},
        {"TopicArn": "arn:aws:sns:eu-west-1:999999999999:theirs"},
    ],
)
def test_nothing_else_is_confirmed(desk_office: Office, changed: dict[str, str]) -> None:
    assert (
        desk_office.tell("ses", desk_office.amazon.confirmation(desk_office.now, **changed)).status_code
        == 401
    )
    assert [url for url in desk_office.amazon.asked if url != fakes.CERTIFICATE] == []


def test_the_greeting_of_ses_is_no_event(desk_office: Office) -> None:
    greeting = "Successfully validated SNS topic for Amazon SES event publishing."
    told = desk_office.amazon.notification(greeting, desk_office.now, Subject="Amazon SES")
    assert desk_office.told("ses", told).json() == {"recorded": 0, "ignored": 0}


def test_raw_delivery_is_let_in_with_the_password_alone(
    desk_office: Office, make_office: Callable[..., Office]
) -> None:
    raw = {"Content-Type": "text/plain; charset=UTF-8", "x-amz-sns-rawdelivery": "true"}
    body = fakes.document(fakes.ses_bounce(desk_office.now, DANA, desk_office.rfc_id))
    answer = desk_office.tell("ses", (body, raw))
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Basic realm="outreach"')
    assert desk_office.tell("ses", (body, raw | fakes.basic("wrong"))).status_code == 401
    without = make_office(ses_webhook_secret=None)
    assert without.tell("ses", (body, raw | fakes.basic(""))).status_code == 401
    assert not desk_office.is_suppressed
    desk_office.told("ses", (body, raw | fakes.basic(PASSWORD)))
    assert desk_office.is_suppressed


def test_the_same_feedback_by_both_ways_of_ses_is_one_event(desk_office: Office) -> None:
    told = fakes.ses_bounce(desk_office.now, DANA, desk_office.rfc_id)
    older = {"notificationType": "Bounce"} | {
        name: value for name, value in told.items() if name != "eventType"
    }
    recorded = [
        desk_office.told("ses", signed(desk_office, "ses", each)).json()["recorded"] for each in (told, older)
    ]
    assert recorded == [1, 0]


# -- Mailgun --------------------------------------------------------------------------------------


def test_a_signature_of_mailgun_is_good_for_one_event(desk_office: Office) -> None:
    request = bounce(desk_office, "mailgun", STRANGER, ours=False)
    desk_office.told("mailgun", request)
    desk_office.told("mailgun", request)
    stolen = json.loads(request[0]) | {"event-data": fakes.mailgun_event("complained", desk_office.now, DANA)}
    assert desk_office.tell("mailgun", (fakes.document(stolen), JSON)).status_code == 401
    assert not desk_office.is_suppressed
