"""Gets a person's consent for a mailbox: a page of the provider, whose answer comes back to this machine (RFC 8252)."""

from __future__ import annotations

import base64
import errno
import hashlib
import hmac
import secrets
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from outreach.channels.oauth import App, Issued, Provider, ask
from outreach.errors import InputError

DONE = b"<!doctype html><title>outreach</title><p>That is all: go back to the terminal, and close this page."
LONGEST = 8192
READ_SECONDS = 5.0


class Consent:
    """One try to get consent for a mailbox. The answer is good for this try alone (state, and PKCE: RFC 7636)."""

    def __init__(self, provider: Provider, app: App, user: str, port: int = 0) -> None:
        """Listen on `port` of this machine, or on any that is free; InputError where that port can not be had."""
        self._provider = provider
        self._app = app
        self._user = user
        self._state = secrets.token_urlsafe(24)
        self._verifier = secrets.token_urlsafe(48)
        self._listener = _listener(port)
        self._redirect = f"http://localhost:{self._listener.server_port}/"

    def __enter__(self) -> Consent:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.server_close()

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return self._listener.server_port

    @property
    def page(self) -> str:
        """The address that the person opens in a browser."""
        digest = hashlib.sha256(self._verifier.encode("ascii")).digest()
        asked = {
            "response_type": "code",
            "client_id": self._app.client_id,
            "redirect_uri": self._redirect,
            "scope": " ".join(self._provider.scopes),
            "state": self._state,
            "code_challenge": base64.urlsafe_b64encode(digest).decode("ascii").rstrip("="),
            "code_challenge_method": "S256",
            "login_hint": self._user,
            **self._provider.consent_options,
        }
        return f"{self._provider.authorize_url.format(tenant=self._app.tenant)}?{urlencode(asked)}"

    def wait(self, seconds: float) -> str:
        """Return the address that the browser was sent to with the answer; InputError where none comes in time."""
        deadline = time.monotonic() + seconds
        while not self._listener.answer:
            self._listener.timeout = deadline - time.monotonic()
            if self._listener.timeout <= 0:
                raise InputError("nobody answered in time; run the command again")
            self._listener.handle_request()
        return self._listener.answer

    def exchange(self, address: str) -> Issued:
        """Return the tokens for the answer in `address`; InputError where it is no answer to this try."""
        found = {name: values[0] for name, values in parse_qs(urlsplit(address.strip()).query).items()}
        if not hmac.compare_digest(found.get("state", "").encode(), self._state.encode()):
            raise InputError("this is not the answer to this command; run it again")
        if "code" not in found:
            refused = found.get("error", "")
            word = refused if refused.isascii() and refused.replace("_", "").isalpha() else "no code"
            raise InputError(f"{self._provider.name} gave no consent: {word[:40]}")
        form = {
            "grant_type": "authorization_code",
            "code": found["code"],
            "redirect_uri": self._redirect,
            "code_verifier": self._verifier,
        }
        issued = ask(self._provider, self._app, form)
        if not issued.refresh_token:
            raise InputError(
                f"{self._provider.name} gave no refresh token; take the consent back there and try again"
            )
        return issued


class _Listener(HTTPServer):
    """Takes one answer."""

    answer = ""

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever else looks at this port may go away as they came."""


def _listener(port: int) -> _Listener:
    try:
        return _Listener(("127.0.0.1", port), _Page)
    except OSError as error:
        in_use = error.errno == errno.EADDRINUSE
        why = "is in use" if in_use else f"can not be listened on ({error.strerror})"
        raise InputError(f"port {port} {why}; choose another with --port, or use --paste") from None


class _Page(BaseHTTPRequestHandler):
    """The page on this machine that the provider sends the browser back to."""

    timeout = READ_SECONDS

    def do_GET(self) -> None:
        if "state=" not in self.path or len(self.path) > LONGEST:  # a browser also asks for an icon
            self.send_error(404)
            return
        assert isinstance(self.server, _Listener)
        self.server.answer = self.path
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(DONE)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the line would hold the code."""
