"""OAuth 2.0 for mailboxes: access tokens from refresh tokens, and the login that carries them (RFC 6749, 7628)."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from outreach.config import Settings
from outreach.errors import Deferred, Rejected, SettingsError

log = logging.getLogger(__name__)

SECONDS = (10.0, 30.0)  # to connect, and to answer
MOST_BYTES = 65_536
EARLY = 120.0
"""How many seconds before its end a token is used no more: a login has to be through by then."""
USUAL_LIFE = 3600.0
NO_CONSENT = "there is no consent for this mailbox yet; run: {}"

_WORD = re.compile(r"[a-z_]{1,40}")


@dataclass(frozen=True)
class Provider:
    """Whose mailboxes: where consent and tokens are given, and what is asked for."""

    name: str
    authorize_url: str
    token_url: str
    scopes: tuple[str, ...]
    consent_options: Mapping[str, str] = field(default_factory=dict)
    needs_secret: bool = False  # also of an app on a person's machine, which can keep none


PROVIDERS: Mapping[str, Provider] = {
    # developers.google.com/identity/protocols/oauth2/native-app, developers.google.com/gmail/imap/xoauth2-protocol
    "google": Provider(
        "google",
        "https://accounts.google.com/o/oauth2/v2/auth",
        "https://oauth2.googleapis.com/token",
        ("https://mail.google.com/",),
        # Without them Google gives no refresh token to who consented once before.
        {"access_type": "offline", "prompt": "consent"},
        needs_secret=True,
    ),
    # Microsoft: "Authenticate an IMAP, POP or SMTP connection using OAuth" (learn.microsoft.com/exchange)
    "microsoft": Provider(
        "microsoft",
        "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
        "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
        (
            "https://outlook.office.com/IMAP.AccessAsUser.All",
            "https://outlook.office.com/SMTP.Send",
            "offline_access",
        ),
        {"prompt": "select_account"},
    ),
}


@dataclass(frozen=True)
class App:
    """What we are registered as with a provider."""

    client_id: str
    secret: str = field(default="", repr=False)
    tenant: str = "common"


@dataclass(frozen=True)
class Grant:
    """What a person allowed: a mailbox of a provider, and the refresh token that was given for it."""

    provider: str
    user: str
    refresh_token: str = field(default="", repr=False)

    @property
    def key(self) -> str:
        """What the grant is kept under; addresses are no secret and have no case."""
        return f"{self.provider}:{self.user.lower()}"


@dataclass(frozen=True)
class Issued:
    """What a token endpoint gave: an access token for so many seconds, and perhaps another refresh token."""

    access_token: str = field(repr=False)
    seconds: float
    refresh_token: str = field(default="", repr=False)


# -- tokens ------------------------------------------------------------------------------------------


class Tokens:
    """Gives access tokens: each asked for once, kept until shortly before it ends, by any number of threads.

    A refresh token that a provider exchanges for another (Microsoft does each time) is kept in `vault`.
    """

    def __init__(
        self,
        apps: Mapping[str, App],
        vault: Vault | None = None,
        *,
        providers: Mapping[str, Provider] = PROVIDERS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._apps = apps
        self._vault = vault or Vault(None)
        self._providers = providers
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[str, float]] = {}

    def access(self, grant: Grant) -> tuple[str, bool]:
        """Return an access token, and whether it is a new one.

        Deferred where the provider does not answer; Rejected where it refuses, with what a person has to do.
        """
        with self._lock:
            token, until = self._kept.get(grant.key, ("", 0.0))
            if self._clock() < until:
                return token, False
            issued = self._refreshed(grant)
            self._kept[grant.key] = issued.access_token, self._clock() + max(issued.seconds - EARLY, 0.0)
            return issued.access_token, True

    def forget(self, grant: Grant) -> None:
        """Use the access token of this mailbox no more: a server refused it."""
        with self._lock:
            self._kept.pop(grant.key, None)

    def _refreshed(self, grant: Grant) -> Issued:
        refresh_token = self._vault.get(grant)
        if not refresh_token:
            raise Rejected(NO_CONSENT.format(command(grant)), blames="sender")
        issued = ask(
            self._providers[grant.provider],
            self.app(grant.provider),
            {"grant_type": "refresh_token", "refresh_token": refresh_token},
            on_withdrawn=command(grant),
        )
        if issued.refresh_token and issued.refresh_token != refresh_token:
            try:
                self._vault.put(grant, issued.refresh_token)
            except SettingsError as error:
                log.warning("a new refresh token is lost when this process ends: %s", error)
        return issued

    def app(self, provider: str) -> App:
        """Return what we are registered as; SettingsError names the setting that is missing."""
        app = self._apps.get(provider, App(""))
        has_secret = bool(app.secret) or not self._providers[provider].needs_secret
        for name, is_set in (("CLIENT_ID", bool(app.client_id)), ("CLIENT_SECRET", has_secret)):
            if not is_set:
                raise SettingsError(
                    f"OUTREACH_{provider.upper()}_{name} is not set (docs/deploy.md, Mailboxes)"
                )
        return app

    def check(self, grant: Grant) -> None:
        """Raise SettingsError where no token can be had for this mailbox, without asking anybody."""
        self.app(grant.provider)
        if not self._vault.get(grant):
            raise SettingsError(NO_CONSENT.format(command(grant)))


class Vault:
    """Keeps refresh tokens in a file that only its owner reads; without a file, in memory."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._newer: dict[str, dict[str, str]] = {}

    def get(self, grant: Grant) -> str:
        """Return the newest refresh token of the grant: a kept one, unless another was put into the settings since."""
        kept = (self._read() | self._newer).get(grant.key, {})
        is_of_this = not grant.refresh_token or kept.get("first") == grant.refresh_token
        return kept.get("token", "") if is_of_this and kept else grant.refresh_token

    def put(self, grant: Grant, token: str) -> None:
        """Keep the token; where the file can not be written it is kept in memory, and SettingsError says so."""
        self._newer[grant.key] = {"first": grant.refresh_token, "token": token}
        if self._path is None:
            return
        try:
            self._write(self._read() | self._newer)
        except OSError as error:
            raise SettingsError(
                f"OUTREACH_OAUTH_PATH: {self._path} can not be written: {error.strerror}"
            ) from None
        self._newer.clear()

    def _read(self) -> dict[str, dict[str, str]]:
        if self._path is None:
            return {}
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return {key: dict(value) for key, value in found.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, AttributeError, TypeError):
            raise SettingsError(f"OUTREACH_OAUTH_PATH: {self._path} can not be read") from None

    def _write(self, tokens: Mapping[str, Mapping[str, str]]) -> None:
        assert self._path is not None
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}.{threading.get_ident()}")
        try:
            with open(
                os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
            ) as file:
                json.dump(tokens, file, indent=1, sort_keys=True)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, self._path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                beside.unlink()


def vault_of(settings: Settings) -> Vault:
    """Return where refresh tokens are kept: the setting, or a file in the workspace."""
    return Vault(settings.oauth_path or settings.workspace / ".outreach-oauth.json")


def tokens_of(settings: Settings) -> Tokens:
    """Return what gives access tokens under these settings."""
    return Tokens(apps_of(settings), vault_of(settings))


def apps_of(settings: Settings) -> dict[str, App]:
    """Return what we are registered as, by provider."""
    google, microsoft = settings.google_client_secret, settings.microsoft_client_secret
    return {
        "google": App(settings.google_client_id, google.get_secret_value() if google else ""),
        "microsoft": App(
            settings.microsoft_client_id,
            microsoft.get_secret_value() if microsoft else "",
            settings.microsoft_tenant,
        ),
    }


def command(grant: Grant) -> str:
    """Return the command that gets consent for a mailbox."""
    return f"outreach mailbox login {grant.provider} ADDRESS"


# -- the token endpoint ------------------------------------------------------------------------------

WITHDRAWN = frozenset({"invalid_grant", "interaction_required", "consent_required", "login_required"})
UNKNOWN_APP = frozenset({"invalid_client", "unauthorized_client"})
PASSING = frozenset({"temporarily_unavailable", "server_error", "slow_down"})


def ask(provider: Provider, app: App, form: Mapping[str, str], on_withdrawn: str = "") -> Issued:
    """Return what the token endpoint gives for this grant (RFC 6749, 5 and 6).

    Deferred where it does not answer or has no time; Rejected, with one clear line, where it refuses.
    """
    fields = {"client_id": app.client_id, **form}
    if app.secret:
        fields["client_secret"] = app.secret
    if provider.name == "microsoft":
        fields["scope"] = " ".join(provider.scopes)
    status, answer = _posted(provider, provider.token_url.format(tenant=app.tenant), fields)
    if status == 200 and isinstance(answer.get("access_token"), str):
        return _issued(answer)
    raise _refusal(provider.name, status, answer, on_withdrawn)


def _posted(provider: Provider, url: str, fields: Mapping[str, str]) -> tuple[int, Mapping[str, Any]]:
    try:
        # No redirect is followed: the secrets are for this address.
        with requests.post(url, data=fields, timeout=SECONDS, allow_redirects=False, stream=True) as response:
            body = response.raw.read(MOST_BYTES, decode_content=True)
            status = response.status_code
    except (requests.RequestException, OSError) as error:
        kind = "not in time" if isinstance(error, requests.Timeout) else type(error).__name__
        raise Deferred(f"{provider.name} gives no token now: {kind}") from None
    except Exception as error:  # urllib3 raises its own while a body is read
        raise Deferred(f"{provider.name} gives no token now: {type(error).__name__}") from None
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    return status, answer if isinstance(answer, dict) else {}


def _issued(answer: Mapping[str, Any]) -> Issued:
    try:
        seconds = float(answer.get("expires_in", USUAL_LIFE))
    except (TypeError, ValueError):
        seconds = USUAL_LIFE
    refresh_token = answer.get("refresh_token")
    return Issued(answer["access_token"], seconds, refresh_token if isinstance(refresh_token, str) else "")


def _refusal(name: str, status: int, answer: Mapping[str, Any], on_withdrawn: str) -> Deferred | Rejected:
    said = answer.get("error")
    word = said if isinstance(said, str) and _WORD.fullmatch(said) else ""
    if status == 429 or status >= 500 or word in PASSING or (status != 200 and not word):
        return Deferred(f"{name} gives no token now: {word or f'HTTP {status}'}")
    if word in WITHDRAWN:
        text = f"{name}: consent was withdrawn or has ended ({word})"
        return Rejected(text + (f"; run: {on_withdrawn}" if on_withdrawn else ""), blames="sender")
    if word in UNKNOWN_APP:
        text = f"{name} does not know OUTREACH_{name.upper()}_CLIENT_ID with this secret ({word})"
        return Rejected(text, blames="sender")
    return Rejected(f"{name} gives no token: {word or 'an answer without one'}", blames="sender")


# -- the login ---------------------------------------------------------------------------------------


def bearer(way: str, user: str, token: str, host: str = "", port: int = 0) -> Callable[[bytes], bytes]:
    """Return what answers the challenges of XOAUTH2 or OAUTHBEARER: first the token, then what ends a refusal.

    A server that refuses says why in a second challenge, and waits for an empty answer (XOAUTH2) or a single
    0x01 (RFC 7628, 3.2.3) before it says NO.
    """
    first, last = initial_response(way, user, token, host, port), b"" if way == "XOAUTH2" else b"\x01"
    answers = iter((first,))
    return lambda _: next(answers, last)


def initial_response(way: str, user: str, token: str, host: str = "", port: int = 0) -> bytes:
    """Return the first answer of XOAUTH2 (Google's and Microsoft's pages) or OAUTHBEARER (RFC 7628, 3.1), not in base64."""
    if way == "XOAUTH2":
        return f"user={user}\x01auth=Bearer {token}\x01\x01".encode()
    name = user.replace("=", "=3D").replace(",", "=2C")
    where = (f"host={host}\x01" if host else "") + (f"port={port}\x01" if port else "")
    return f"n,a={name},\x01{where}auth=Bearer {token}\x01\x01".encode()
