"""A token endpoint on this machine that keeps the documented contract of Google's and Microsoft's.

https://developers.google.com/identity/protocols/oauth2/native-app (offline access, invalid_grant),
https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow (scope, another refresh token each time),
RFC 6749, sections 4.1.3, 5 and 6; RFC 7636; and introspection (RFC 7662), which Dovecot asks for.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from outreach.channels.oauth import PROVIDERS, App, Provider

CLIENT = App("client-1", "hunter2", "common")


@dataclass
class Provided:
    """What the provider knows: consents by refresh token, tokens it gave, codes that wait, and what it was asked."""

    port: int = 0
    rotates: bool = False
    expires_in: Any = 3600
    consents: dict[str, str] = field(default_factory=dict)
    access: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    failing: list[tuple[int, bytes]] = field(default_factory=list)
    minted: int = 0

    def providers(self) -> dict[str, Provider]:
        """Return both providers, with their pages at this server."""
        here = f"http://127.0.0.1:{self.port}"
        return {
            name: Provider(
                name, f"{here}/authorize", f"{here}/{{tenant}}/token", one.scopes, one.consent_options
            )
            for name, one in PROVIDERS.items()
        }

    def allow(self, user: str) -> str:
        """Have `user` give consent; return the refresh token."""
        token = self._mint("refresh")
        self.consents[token] = user
        return token

    def withdraw(self) -> None:
        """Take all consents back, and what was given under them."""
        self.consents.clear()
        self.access.clear()

    def answer(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Return what the token endpoint says."""
        self.asked.append(form)
        if (form.get("client_id"), form.get("client_secret", "")) != (CLIENT.client_id, CLIENT.secret):
            return 401, {"error": "invalid_client", "error_description": "The OAuth client was not found."}
        match form.get("grant_type"):
            case "refresh_token":
                return self._refresh(form["refresh_token"])
            case "authorization_code":
                return self._redeem(form)
        return 400, {"error": "unsupported_grant_type"}

    def _refresh(self, token: str) -> tuple[int, dict[str, Any]]:
        user = self.consents.get(token)
        if user is None:
            return 400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
        return 200, self._given(user) | ({"refresh_token": self.allow(user)} if self.rotates else {})

    def _redeem(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            asked is None
            or challenge != asked["code_challenge"]
            or form.get("redirect_uri") != asked["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant", "error_description": "Bad Request"}
        user = asked["login_hint"]
        return 200, self._given(user) | {"refresh_token": self.allow(user)}

    def _given(self, user: str) -> dict[str, Any]:
        token = self._mint("access")
        self.access[token] = user
        return {"access_token": token, "expires_in": self.expires_in, "token_type": "Bearer"}

    def _mint(self, kind: str) -> str:
        self.minted += 1
        return f"{kind}.{self.minted}/x+y=="

    def consent(self, page: str) -> str:
        """Say yes on the consent page, as its person; return where the browser is sent."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(page).query).items()}
        code = self._mint("code")
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?code={code.replace('+', '%2B').replace('=', '%3D')}&state={asked['state']}"


@contextmanager
def start() -> Iterator[Provided]:
    """Yield a running provider."""
    provided = Provided()

    class Page(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            if self.path == "/introspect":
                user = provided.access.get(form.get("token", ""))
                self._say(200, json.dumps({"active": user is not None, "email": user or ""}).encode())
            elif provided.failing:
                self._say(*provided.failing.pop(0))
            else:
                status, answer = provided.answer(form)
                self._say(status, json.dumps(answer).encode())

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            if status == 302:
                self.send_header("Location", f"http://127.0.0.1:{provided.port}/introspect")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        provided.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield provided
        finally:
            server.shutdown()
            thread.join()
