"""What the providers' words mean, and that nothing they tell can surprise us."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from factories import NOW
from hypothesis import given
from hypothesis import strategies as st
from webhooks import fakes

from outreach.domain.inbound.words import DEAD, Reason
from outreach.domain.words import Kind
from outreach.webhooks import PROVIDERS, Notice, Unreadable
from outreach.webhooks.payloads import code_in, instant, parsed, rfc_ids, status_in, text, tokens_in
from outreach.webhooks.words import Word, meaning

DANA = "dana@example.com"
WORDS = [(name, word) for name, provider in PROVIDERS.items() for word in provider.words]


def only(provider: str, payload: Any) -> tuple[Notice, Word]:
    """Return the one thing that is told, and what its word means."""
    (notice,) = PROVIDERS[provider].read(payload)
    word = meaning(PROVIDERS[provider].words, notice.word)
    assert word is not None
    return notice, word


# -- the tables -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("provider", "word"), WORDS)
def test_only_a_bounce_has_a_reason_and_only_a_note_has_a_text(provider: str, word: str) -> None:
    means = PROVIDERS[provider].words[word]
    assert bool(means.note) is (means.kind is Kind.NOTE)
    if means.kind is not Kind.BOUNCED:
        assert means.reason is Reason.UNDEFINED and not means.may_be_dead and not means.is_held
    assert not (means.is_held and means.may_be_dead)
    assert means.may_be_dead or means.reason not in DEAD


@pytest.mark.parametrize(("provider", "word"), WORDS)
def test_nothing_a_provider_tells_can_promote(provider: str, word: str) -> None:
    kinds = {
        Kind.NOTE,
        Kind.OPENED,
        Kind.CLICKED,
        Kind.BOUNCED,
        Kind.COMPLAINED,
        Kind.UNSUBSCRIBED,
        Kind.AUTO_REPLIED,
    }
    assert PROVIDERS[provider].words[word].kind in {None, *kinds}


@pytest.mark.parametrize(("provider", "word"), WORDS)
def test_a_word_with_something_new_behind_it_still_means_the_same(provider: str, word: str) -> None:
    words = PROVIDERS[provider].words
    assert meaning(words, f"{word}/something new") == words[word]


def test_a_word_that_nobody_knows_means_nothing() -> None:
    assert meaning(PROVIDERS["ses"].words, "Brand/New") is None
    assert meaning(PROVIDERS["ses"].words, "") is None


HARD = [
    ("ses", "Bounce/Permanent/General"),
    ("ses", "Bounce/Undetermined/Undetermined"),
    ("postmark", "Bounce/HardBounce"),
    ("postmark", "Bounce/BadEmailAddress"),
    ("sendgrid", "bounce/bounce/invalid address"),
    ("sendgrid", "bounce/bounce/"),
    ("mailgun", "failed/permanent/bounce"),
    ("generic", "bounced"),
]
NEVER_HARD = [
    ("ses", "Bounce/Permanent/Suppressed"),
    ("ses", "Bounce/Permanent/OnAccountSuppressionList"),
    ("ses", "Bounce/Transient/MailboxFull"),
    ("ses", "Bounce/Transient/Something"),
    ("postmark", "Bounce/SoftBounce"),
    ("postmark", "Bounce/Blocked"),
    ("postmark", "Bounce/DMARCPolicy"),
    ("sendgrid", "bounce/blocked/unclassified"),
    ("sendgrid", "bounce/bounce/reputation"),
    ("sendgrid", "dropped/bounced address"),
    ("mailgun", "failed/permanent/suppress-bounce"),
    ("mailgun", "failed/permanent/old"),
]


@pytest.mark.parametrize(
    ("provider", "word", "expected"),
    [(*each, True) for each in HARD] + [(*each, False) for each in NEVER_HARD],
)
def test_which_words_let_a_bounce_end_an_address(provider: str, word: str, expected: bool) -> None:
    means = meaning(PROVIDERS[provider].words, word)
    assert means is not None
    assert (means.kind, means.may_be_dead) == (Kind.BOUNCED, expected)


# -- the payloads ---------------------------------------------------------------------------------


def test_a_bounce_of_ses_tells_each_recipient_apart() -> None:
    told = fakes.ses_bounce(NOW, DANA, "<m1@example.com>")
    told["bounce"]["bouncedRecipients"].append({"emailAddress": "other@example.com"})
    one, other = PROVIDERS["ses"].read(told)
    assert (one.address, other.address) == (DANA, "other@example.com")
    assert (one.status, one.smtp_code, one.message_ids, one.id) == (
        "5.1.1",
        "550",
        ("<m1@example.com>",),
        "0102018f5b2c7b33-aaaa",
    )
    assert one.at == NOW


def test_an_open_of_a_mail_to_several_people_is_nobodys() -> None:
    told = fakes.ses("Open", NOW, DANA)
    told["mail"]["destination"].append("other@example.com")
    assert list(PROVIDERS["ses"].read(told)) == []


@pytest.mark.parametrize(
    ("preferences", "expected"),
    [
        ({"unsubscribeAll": True}, Kind.UNSUBSCRIBED),
        (
            {"unsubscribeAll": False, "topicSubscriptionStatus": [{"subscriptionStatus": "OptOut"}]},
            Kind.UNSUBSCRIBED,
        ),
        (
            {"topicSubscriptionStatus": [{"subscriptionStatus": "OptOut"}, {"subscriptionStatus": "OptIn"}]},
            Kind.NOTE,
        ),
        ({"unsubscribeAll": "true"}, Kind.NOTE),
        ({}, Kind.NOTE),
    ],
)
def test_who_left_every_topic_of_ses_opted_out(preferences: Any, expected: Kind) -> None:
    told = fakes.ses("Subscription", NOW, DANA, newTopicPreferences=preferences)
    assert only("ses", told)[1].kind is expected


def test_postmark_tells_our_message_id_in_the_bounce_itself() -> None:
    told = fakes.postmark_bounce(NOW, DANA, Content="Subject: x\r\nMessage-Id: <m1@example.com>\r\n\r\nHello")
    assert only("postmark", told)[0].message_ids == ("<m1@example.com>",)


def test_postmark_describes_its_types_by_examples_that_are_not_this_bounce() -> None:
    notice, _ = only("postmark", fakes.postmark_bounce(NOW, DANA, Details=""))
    assert notice.text == ""


def test_two_opens_of_postmark_are_two_and_one_told_twice_is_one() -> None:
    told = {"RecordType": "Open", "MessageID": "1", "Recipient": DANA, "ReceivedAt": "2026-03-02T10:00:00Z"}
    first, again = only("postmark", told)[0], only("postmark", dict(told))[0]
    later = only("postmark", told | {"ReceivedAt": "2026-03-02T10:00:01Z"})[0]
    assert first.id == again.id != later.id


@pytest.mark.parametrize(
    ("code", "message", "expected"),
    [
        (550, "5.1.1 user unknown", "550"),
        (605, "Not delivering to previously bounced address", ""),
        (498, "Too old", ""),
        (None, "550 5.1.1 user unknown", "550"),
        ("421", "", "421"),
    ],
)
def test_mailguns_own_codes_are_none_of_smtp(code: Any, message: str, expected: str) -> None:
    told = fakes.mailgun_event(
        "failed", NOW, DANA, severity="permanent", **{"delivery-status": {"code": code, "message": message}}
    )
    assert only("mailgun", {"event-data": told})[0].smtp_code == expected


# -- single values --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-03-02T10:00:00Z", True),
        ("2026-03-02T11:00:00+01:00", True),
        ("2026-03-02T10:00:00", True),
        ("2026-03-02T10:00:00.0000000Z", True),
        (NOW.timestamp(), True),
        (int(NOW.timestamp()), True),
        ("yesterday", False),
        (1e300, False),
        (-1e300, False),
        (True, False),
        (None, False),
        ({}, False),
        ("0001-01-01T00:00:00+14:00", False),
    ],
)
def test_a_time_is_read_however_it_is_written(value: Any, expected: bool) -> None:
    assert instant({"at": value}, "at") == (NOW if expected else None)


def test_what_a_server_said_is_searched_for_its_codes() -> None:
    said = "smtp; 550-5.1.1 The account 10.0.0.1 does not exist"
    assert (code_in(said), status_in(said)) == ("550", "5.1.1")
    assert (code_in("at 10.550.1.1"), status_in("host 192.5.1.1.9")) == ("", "")


def test_message_ids_are_found_with_and_without_brackets() -> None:
    assert rfc_ids("m1@example.com", "<m2@example.com>", "", "nothing") == (
        "<m1@example.com>",
        "<m2@example.com>",
    )


def test_a_token_is_found_in_an_address_that_a_forwarder_wrapped() -> None:
    token = "abcdefghijklmnop234567"
    for address in (
        f"anna+b-{token.upper()}@example.com",
        f"SRS0=xx=yy=example.com=anna+b-{token}@example.net",
    ):
        assert token in tokens_in(address)


def test_text_is_one_line_that_every_database_keeps() -> None:
    assert text({"a": "x\x00\r\n\ud800 y" + "z" * 5000}, "a", limit=9) == "x yzz"


@pytest.mark.parametrize("size", [10_000, 1_000_000])
def test_hostile_text_takes_no_time(size: int) -> None:
    started = time.process_time()
    for piece in ("<", "a@", "Message-ID: <", "5.", "550", "+a", "=?", "> > "):
        written = piece * (size // len(piece))
        told = fakes.postmark_bounce(
            NOW, written, Details=written, Content=written, Metadata={"outreach": written}
        )
        list(PROVIDERS["postmark"].read(told))
        list(
            PROVIDERS["ses"].read(fakes.ses_bounce(NOW, DANA, written, recipient={"diagnosticCode": written}))
        )
    assert time.process_time() - started < 2


# -- anything at all ------------------------------------------------------------------------------

NAMES = [
    "event", "event-data", "eventType", "notificationType", "mail", "bounce", "bounceType", "bouncedRecipients", "click",
    "RecordType", "Type", "FromFull", "Headers", "Metadata", "outreach", "timestamp", "email", "smtp-id", "reason",
    "delivery-status", "code", "message", "headers", "recipient", "client-info", "commonHeaders", "messageId", "source",
    "tags", "destination", "open", "id", "at", "token", "message_id", "ID", "Geo", "Content", "newTopicPreferences",
]  # fmt: skip
VALUES = [
    "Bounce",
    "Open",
    "Click",
    "Subscription",
    "Inbound",
    "bounced",
    "bounce",
    "failed",
    "opened",
    "Complaint",
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(VALUES),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), inner, max_size=6)
    ),
    max_leaves=25,
)


def texts_of(notice: Notice) -> Iterator[str]:
    yield from (notice.id, notice.word, notice.address, notice.text, notice.status, notice.smtp_code)
    yield from (*notice.message_ids, *notice.tokens)
    if notice.seen:
        yield from (notice.seen.user_agent, notice.seen.host, notice.seen.url)


@given(value=ANYTHING)
def test_whatever_is_told_is_read_or_refused_and_can_be_kept(value: Any) -> None:
    for provider in PROVIDERS.values():
        for payload in (value, [value], {"event-data": value}):
            try:
                notices = list(provider.read(payload))
            except Unreadable as error:
                assert "\n" not in str(error)
                continue
            for notice in notices:
                for each in texts_of(notice):
                    assert "\x00" not in each and len(each) <= 2100
                    each.encode("utf-8")


@given(raw=st.binary(max_size=200) | ANYTHING.map(lambda value: json.dumps(value).encode()))
def test_whatever_is_sent_is_json_or_refused(raw: bytes) -> None:
    try:
        value = parsed(raw)
    except Unreadable as error:
        assert "\n" not in str(error)
    else:
        json.dumps(value)
