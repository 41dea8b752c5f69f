"""Who is let in: held against what the providers publish, not only against what we sign ourselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr
from webhooks import fakes

from outreach.config import Settings
from outreach.webhooks import PROVIDERS, Fetch, Guard, Unsigned
from outreach.webhooks.guards import Tokens, from_seconds, has_password

SETTINGS = Settings(
    sendgrid_webhook_key=(
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eN"
        "Ec6wEA3F+g=="
    ),
    webhook_secret=SecretStr("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
    mailgun_webhook_key=SecretStr(fakes.MAILGUN_KEY),
)


def no_fetch(url: str) -> bytes | None:
    raise AssertionError(url)


def guard(name: str, fetch: Fetch = no_fetch) -> Guard:
    found = PROVIDERS[name].guard(SETTINGS, fetch)
    assert found is not None
    return found


def test_the_published_example_of_sendgrid_is_let_in_and_its_neighbour_is_not() -> None:
    # From the tests of SendGrid's own libraries, sendgrid-python test/unit/test_eventwebhook.py.
    body = (
        b'[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address",'
        b'"sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA",'
        b'"sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0",'
        b'"smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]\r\n'
    )
    headers = {
        "x-twilio-email-event-webhook-signature": (
            "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM="
        ),
        "x-twilio-email-event-webhook-timestamp": "1600112502",
    }
    at = datetime.fromtimestamp(1600112502, UTC)
    assert guard("sendgrid").open(headers, body, at)[0]["event"] == "dropped"
    with pytest.raises(Unsigned, match="bad signature"):
        guard("sendgrid").open(headers, body.rstrip(), at)
    with pytest.raises(Unsigned, match="too old"):
        guard("sendgrid").open(headers, body, at + timedelta(days=2))


STANDARD = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}
STANDARD_BODY = b'{"test": 2432232314}'
STANDARD_AT = datetime.fromtimestamp(1614265330, UTC)


def test_the_published_example_of_standard_webhooks_is_let_in() -> None:
    # From the specification's reference libraries.
    assert guard("generic").open(STANDARD, STANDARD_BODY, STANDARD_AT) == {"test": 2432232314}


@pytest.mark.parametrize(
    ("changed", "body", "later"),
    [
        ({}, STANDARD_BODY + b" ", 0),
        ({"webhook-id": "msg_other"}, STANDARD_BODY, 0),
        ({"webhook-timestamp": "1614265331"}, STANDARD_BODY, 0),
        ({"webhook-timestamp": "１６１４２６５３３０"}, STANDARD_BODY, 0),
        ({"webhook-timestamp": "1614265330.0"}, STANDARD_BODY, 0),
        ({"webhook-timestamp": "9" * 400}, STANDARD_BODY, 0),
        ({"webhook-signature": "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}, STANDARD_BODY, 0),
        ({"webhook-signature": "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}, STANDARD_BODY, 0),
        ({"webhook-signature": "v1,"}, STANDARD_BODY, 0),
        ({"webhook-signature": "v1,é"}, STANDARD_BODY, 0),
        ({}, STANDARD_BODY, 301),
        ({}, STANDARD_BODY, -301),
    ],
)
def test_anything_else_is_not(changed: dict[str, str], body: bytes, later: int) -> None:
    with pytest.raises(Unsigned):
        guard("generic").open(STANDARD | changed, body, STANDARD_AT + timedelta(seconds=later))


def test_one_good_signature_of_several_is_enough() -> None:
    several = f"v1a,x v1,AAAA {STANDARD['webhook-signature']}"
    assert guard("generic").open(STANDARD | {"webhook-signature": several}, STANDARD_BODY, STANDARD_AT)


def test_a_token_is_used_once_or_again_by_the_same_request_and_the_oldest_are_forgotten() -> None:
    tokens = Tokens(most=2)
    assert [tokens.use("a", b"1"), tokens.use("a", b"1"), tokens.use("a", b"2")] == [True, True, False]
    assert tokens.use("b", b"1") and tokens.use("c", b"1")
    assert tokens.use("a", b"2")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (fakes.basic("right")["Authorization"], True),
        (fakes.basic("right", user="")["Authorization"], True),
        ("bearer right", True),
        (fakes.basic("wrong")["Authorization"], False),
        (fakes.basic("")["Authorization"], False),
        ("Basic right", False),
        ("Basic é", False),
        ("Basic /w==", False),
        ("Digest right", False),
        ("Bearer rïght", False),
        ("", False),
    ],
)
def test_a_password_is_told_by_basic_authentication_or_as_a_bearer_token(value: str, expected: bool) -> None:
    assert has_password({"authorization": value}, ["other", "right"]) is expected


@pytest.mark.parametrize("written", ["", "-1", "1e9", " 1", "1 ", "٣", "1" * 12, "1\n"])
def test_a_time_is_written_in_digits_alone(written: str) -> None:
    assert from_seconds(written) is None
