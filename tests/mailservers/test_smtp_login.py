"""Sending with a login by token, against a real Postfix that asks Dovecot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from urllib.parse import quote

import pytest
from mailservers.dovecot import Dovecot
from mailservers.postfix import Postfix
from mailservers.tokenserver import CLIENT, Provided

from outreach.channels import Channel, from_url
from outreach.channels import session as sessions
from outreach.channels.oauth import App, Tokens
from outreach.errors import Deferred, Rejected, SettingsError

USER = "oauth@example.com"


@pytest.fixture
def allowed(token_server: Provided) -> Iterator[Tokens]:
    yield Tokens({"google": CLIENT, "microsoft": CLIENT}, providers=token_server.providers())


def channel(postfix: Postfix, refresh_token: str, tokens: Tokens | None, provider: str = "google") -> Channel:
    login = f"{quote(USER, safe='')}:{quote(refresh_token, safe='')}"
    return from_url(f"smtp://{login}@127.0.0.1:{postfix.smtp_port}?oauth={provider}", tokens=tokens)


@pytest.mark.parametrize("way", ["OAUTHBEARER", "XOAUTH2"])
@pytest.mark.parametrize("provider", ["google", "microsoft"])
def test_a_token_logs_in(
    imap_server: Dovecot,
    mail_server: Postfix,
    token_server: Provided,
    allowed: Tokens,
    way: str,
    provider: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sessions, "BY_TOKEN", (way,))
    imap_server.add(USER)
    with closing(channel(mail_server, token_server.allow(USER), allowed, provider)) as sending:
        sending.open()


def test_a_token_that_ended_before_its_time_is_renewed_once(
    imap_server: Dovecot, mail_server: Postfix, token_server: Provided, allowed: Tokens
) -> None:
    imap_server.add(USER)
    refresh_token = token_server.allow(USER)
    with closing(channel(mail_server, refresh_token, allowed)) as sending:
        sending.open()
    token_server.access.clear()
    asked = len(token_server.asked)
    with closing(channel(mail_server, refresh_token, allowed)) as sending:
        sending.open()
    assert len(token_server.asked) == asked + 1


def test_a_token_of_somebody_else_is_a_matter_for_a_person(
    mail_server: Postfix, token_server: Provided, allowed: Tokens
) -> None:
    sending = channel(mail_server, token_server.allow("other@example.com"), allowed)
    with closing(sending), pytest.raises(Rejected) as raised:
        sending.open()
    assert raised.value.blames == "sender"


def test_a_consent_that_was_withdrawn_is_said(
    mail_server: Postfix, token_server: Provided, allowed: Tokens
) -> None:
    refresh_token = token_server.allow(USER)
    token_server.withdraw()
    sending = channel(mail_server, refresh_token, allowed)
    with closing(sending), pytest.raises(Rejected, match="consent was withdrawn"):
        sending.open()


def test_without_tokens_nothing_is_sent_at_all(mail_server: Postfix) -> None:
    with closing(channel(mail_server, "some", None)) as sending, pytest.raises(Deferred):
        sending.open()


def test_a_wrong_address_gets_one_line(mail_server: Postfix) -> None:
    for url, says in (
        ("smtps://anna:x@smtp.example.com?oauth=yahoo", "one of google, microsoft"),
        ("smtps://smtp.example.com?oauth=google", "needs the mailbox as the user"),
        ("smtps://anna:x@smtp.example.com?oauth=google", "OUTREACH_GOOGLE_CLIENT_ID"),
    ):
        with pytest.raises(SettingsError, match=says):
            from_url(url, tokens=Tokens({"google": App("")}))
