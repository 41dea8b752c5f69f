"""Access tokens for mailboxes, against a token endpoint that keeps the documented contract."""

from __future__ import annotations

import base64
import logging
import stat
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from mailservers import tokenserver
from mailservers.tokenserver import CLIENT, Provided
from pydantic import SecretStr

from outreach.channels.consent import Consent
from outreach.channels.oauth import (
    EARLY,
    PROVIDERS,
    App,
    Grant,
    Tokens,
    Vault,
    bearer,
    initial_response,
    tokens_of,
    vault_of,
)
from outreach.config import Settings
from outreach.errors import Deferred, InputError, Rejected, SettingsError

USER = "anna@example.com"


@pytest.fixture
def provider() -> Iterator[Provided]:
    with tokenserver.start() as running:
        yield running


class Watch:
    """A clock that a test moves."""

    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def tokens(
    provider: Provided, vault: Vault | None = None, app: App = CLIENT, watch: Watch | None = None
) -> Tokens:
    apps = {"google": app, "microsoft": app}
    return Tokens(apps, vault, providers=provider.providers(), clock=watch or Watch())


# -- tokens ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_refresh_token_is_exchanged_for_an_access_token(provider: Provided, name: str) -> None:
    token, is_new = tokens(provider).access(Grant(name, USER, provider.allow(USER)))
    assert provider.access[token] == USER
    assert is_new


def test_microsoft_is_told_the_scopes_of_reading_and_sending(provider: Provided) -> None:
    tokens(provider).access(Grant("microsoft", USER, provider.allow(USER)))
    assert set(provider.asked[0]["scope"].split()) == {
        "https://outlook.office.com/IMAP.AccessAsUser.All",
        "https://outlook.office.com/SMTP.Send",
        "offline_access",
    }


def test_a_token_is_kept_until_shortly_before_it_ends(provider: Provided) -> None:
    watch = Watch()
    giving, grant = tokens(provider, watch=watch), Grant("google", USER, provider.allow(USER))
    first = giving.access(grant)[0]
    watch.seconds += 3600 - EARLY - 1
    assert giving.access(grant) == (first, False)
    watch.seconds += 2
    second, is_new = giving.access(grant)
    assert is_new
    assert second != first


def test_a_token_that_was_refused_is_not_given_again(provider: Provided) -> None:
    giving, grant = tokens(provider), Grant("google", USER, provider.allow(USER))
    first = giving.access(grant)[0]
    giving.forget(grant)
    assert giving.access(grant)[0] != first


def test_many_threads_ask_once(provider: Provided) -> None:
    giving, grant = tokens(provider), Grant("google", USER, provider.allow(USER))
    threads = [threading.Thread(target=giving.access, args=(grant,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(provider.asked) == 1


@pytest.mark.parametrize("expires_in", ["3600", "soon", None, -5, 60])
def test_an_odd_lifetime_is_no_reason_to_fail(provider: Provided, expires_in: object) -> None:
    provider.expires_in = expires_in
    giving, grant = tokens(provider), Grant("google", USER, provider.allow(USER))
    assert giving.access(grant)[0] in provider.access


# -- refusals ----------------------------------------------------------------------------------------


def test_a_withdrawn_consent_says_what_a_person_has_to_do(provider: Provided) -> None:
    grant = Grant("google", USER, provider.allow(USER))
    provider.withdraw()
    with pytest.raises(
        Rejected, match=r"^google: consent was withdrawn .*outreach mailbox login google"
    ) as raised:
        tokens(provider).access(grant)
    assert raised.value.blames == "sender"


def test_an_unknown_app_names_the_setting(provider: Provided) -> None:
    giving = tokens(provider, app=App("client-1", "wrong"))
    with pytest.raises(Rejected, match="OUTREACH_MICROSOFT_CLIENT_ID"):
        giving.access(Grant("microsoft", USER, provider.allow(USER)))


def test_no_app_and_no_consent_are_said_before_anybody_is_asked(provider: Provided) -> None:
    with pytest.raises(SettingsError, match="OUTREACH_GOOGLE_CLIENT_ID is not set"):
        tokens(provider, app=App("")).access(Grant("google", USER, "some"))
    with pytest.raises(Rejected, match="no consent for this mailbox yet"):
        tokens(provider).access(Grant("google", USER))
    assert provider.asked == []


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (500, b"", Deferred),
        (503, b'{"error":"temporarily_unavailable"}', Deferred),
        (429, b'{"error":"rate_limited"}', Deferred),
        (400, b"<html>a proxy's page</html>", Deferred),
        (302, b"", Deferred),
        (200, b"[" * 60_000, Rejected),
        (200, b"null", Rejected),
        (200, b'{"access_token": 5}', Rejected),
        (400, b'{"error": {"message": "hunter2"}}', Deferred),
        (400, b'{"error": "invalid_scope", "error_description": "hunter2"}', Rejected),
        (400, b'{"error": "consent_required"}', Rejected),
        (200, b'{"access_token": "' + b"x" * 100_000, Rejected),
    ],
)
def test_an_answer_that_is_no_token_is_one_line(
    provider: Provided, status: int, body: bytes, kind: type[Exception]
) -> None:
    provider.failing.append((status, body))
    with pytest.raises(kind) as raised:
        tokens(provider).access(Grant("google", USER, provider.allow(USER)))
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 200
    assert "hunter2" not in str(raised.value)


def test_a_provider_that_is_away_is_a_matter_of_time() -> None:
    with tokenserver.start() as gone:
        giving = tokens(gone)
    with pytest.raises(Deferred, match="google gives no token now: ConnectionError"):
        giving.access(Grant("google", USER, "some"))


def test_no_secret_is_in_a_repr_or_in_the_log(provider: Provided, caplog: pytest.LogCaptureFixture) -> None:
    refresh_token = provider.allow(USER)
    grant = Grant("google", USER, refresh_token)
    giving = tokens(provider)
    with caplog.at_level(logging.DEBUG, logger="outreach"):
        access = giving.access(grant)[0]
    shown = repr(grant) + repr(CLIENT) + repr(giving) + caplog.text
    assert not any(secret in shown for secret in (refresh_token, access, CLIENT.secret))


# -- refresh tokens that change ----------------------------------------------------------------------


def test_a_refresh_token_that_was_exchanged_is_kept_in_a_file_of_its_owner(
    provider: Provided, tmp_path: Path
) -> None:
    provider.rotates = True
    path = tmp_path / "tokens.json"
    first = provider.allow(USER)
    grant = Grant("microsoft", USER, first)
    tokens(provider, Vault(path)).access(grant)
    del provider.consents[first]
    tokens(provider, Vault(path)).access(grant)
    assert provider.asked[1]["refresh_token"] != first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["tokens.json"]


def test_a_new_refresh_token_in_the_settings_wins_over_what_was_kept(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "tokens.json")
    vault.put(Grant("microsoft", USER, "old"), "newer")
    assert vault.get(Grant("microsoft", USER, "old")) == "newer"
    assert vault.get(Grant("microsoft", USER, "new")) == "new"
    assert vault.get(Grant("microsoft", "Anna@Example.com", "")) == "newer"
    assert vault.get(Grant("google", USER, "")) == ""


def test_a_file_that_can_not_be_written_does_not_keep_mail_from_being_read(
    provider: Provided, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    provider.rotates = True
    first = provider.allow(USER)
    giving = tokens(provider, Vault(tmp_path / "no such folder" / "tokens.json"))
    grant = Grant("microsoft", USER, first)
    giving.access(grant)
    del provider.consents[first]
    giving.forget(grant)
    assert giving.access(grant)[0] in provider.access
    assert "can not be written" in caplog.text


@pytest.mark.parametrize("held", [b"\xff\xfe", b"{", b"[1, 2]", b'{"google:a": 5}'])
def test_a_file_that_is_none_of_ours_is_said_in_one_line(tmp_path: Path, held: bytes) -> None:
    path = tmp_path / "tokens.json"
    path.write_bytes(held)
    with pytest.raises(SettingsError, match="OUTREACH_OAUTH_PATH"):
        Vault(path).get(Grant("google", USER))


def test_the_settings_say_what_we_are_registered_as_and_where_tokens_are_kept(tmp_path: Path) -> None:
    settings = Settings(
        workspace=tmp_path,
        microsoft_client_id="id",
        microsoft_client_secret=SecretStr("hunter2"),
        microsoft_tenant="example.com",
    )
    assert tokens_of(settings).app("microsoft") == App("id", "hunter2", "example.com")
    assert "hunter2" not in repr(settings)
    vault_of(settings).put(Grant("google", USER), "kept")
    assert vault_of(settings).get(Grant("google", USER)) == "kept"


# -- the login ---------------------------------------------------------------------------------------


def test_the_first_answer_is_what_the_providers_pages_show() -> None:
    # developers.google.com/gmail/imap/xoauth2-protocol: "Initial Client Response"
    said = initial_response(
        "XOAUTH2", "someuser@example.com", "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"
    )
    assert base64.b64encode(said) == (
        b"dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ=="
    )


def test_the_first_answer_of_the_standard_is_that_of_its_example() -> None:
    # RFC 7628, section 4.1
    said = initial_response(
        "OAUTHBEARER",
        "user@example.com",
        "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==",
        "server.example.com",
        143,
    )
    assert said == (
        b"n,a=user@example.com,\x01host=server.example.com\x01port=143\x01"
        b"auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\x01\x01"
    )
    assert b"n,a=a=3Db=2Cc@example.com," in initial_response("OAUTHBEARER", "a=b,c@example.com", "x")


@pytest.mark.parametrize(("way", "last"), [("XOAUTH2", b""), ("OAUTHBEARER", b"\x01")])
def test_a_refusal_is_answered_so_that_the_server_can_say_no(way: str, last: bytes) -> None:
    answer = bearer(way, USER, "token")
    assert b"Bearer token" in answer(b"")
    assert answer(b'{"status":"401"}') == last


# -- consent -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PROVIDERS)
def test_consent_ends_with_a_refresh_token(provider: Provided, name: str) -> None:
    with Consent(provider.providers()[name], CLIENT, USER) as consent:
        address = provider.consent(consent.page)
        browser = threading.Thread(target=lambda: urllib.request.urlopen(address, timeout=10).close())
        browser.start()
        issued = consent.exchange(consent.wait(10))
        browser.join()
    assert provider.consents[issued.refresh_token] == USER


def test_an_address_that_is_pasted_does_as_well(provider: Provided) -> None:
    with Consent(provider.providers()["google"], CLIENT, USER) as consent:
        assert consent.exchange(provider.consent(consent.page) + "\n").refresh_token in provider.consents


def test_the_answer_to_another_try_is_none_to_this_one(provider: Provided) -> None:
    google = provider.providers()["google"]
    with Consent(google, CLIENT, USER) as consent, Consent(google, CLIENT, USER) as other:
        with pytest.raises(InputError, match="not the answer to this command"):
            consent.exchange(provider.consent(other.page))
        state = consent.page.partition("state=")[2].partition("&")[0]
        with pytest.raises(Rejected):  # a code of another try does not fit this one's verifier
            consent.exchange(provider.consent(other.page).partition("&state=")[0] + f"&state={state}")
        with pytest.raises(InputError, match="access_denied"):
            consent.exchange(f"http://localhost/?error=access_denied&state={state}")


def test_other_visitors_of_the_port_change_nothing(provider: Provided) -> None:
    with Consent(provider.providers()["google"], CLIENT, USER) as consent:
        address = provider.consent(consent.page)

        def visit() -> None:
            with pytest.raises(urllib.error.HTTPError):
                urllib.request.urlopen(address.partition("?")[0] + "favicon.ico", timeout=10)
            urllib.request.urlopen(address, timeout=10).close()

        browser = threading.Thread(target=visit)
        browser.start()
        assert "code=" in consent.wait(10)
        browser.join()


def test_nobody_is_waited_for_for_ever(provider: Provided) -> None:
    with (
        Consent(provider.providers()["google"], CLIENT, USER) as consent,
        pytest.raises(InputError, match="in time"),
    ):
        consent.wait(0.05)
