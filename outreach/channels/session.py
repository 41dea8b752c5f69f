"""Opens a session with an SMTP server: greeting, TLS, login."""

from __future__ import annotations

import base64
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass

from outreach.channels.connection import Connection, NoSession
from outreach.channels.oauth import Grant, Tokens, initial_response
from outreach.channels.replies import Reply, Stage, refusal
from outreach.channels.server import Server
from outreach.errors import SettingsError

BY_TOKEN = ("OAUTHBEARER", "XOAUTH2")
"""Logins by an OAuth token: the standard one (RFC 7628) before the one it was made from."""


@dataclass(frozen=True)
class Limits:
    """How many seconds a server is given: to connect, for all of a greeting or a step of a mail, for the final dot.

    A server may think for ten minutes about a mail it has received in full (RFC 5321, 4.5.3.2.6): to give up
    earlier is how mails are sent twice.
    """

    connect: float = 30.0
    command: float = 300.0
    final: float = 600.0


class Session:
    """A connection that is ready for mails, and what the server at its other end can do."""

    def __init__(self, server: Server, context: ssl.SSLContext, limits: Limits) -> None:
        """Raise Lost where there is no connection, and what `refusal` returns where the server wants none."""
        self.connection = Connection(server.host, server.port, limits.connect)
        self.extensions: dict[str, str] = {}
        self._server = server
        self._deadline = time.monotonic() + limits.command
        try:
            self._begin(context, limits)
        except BaseException:
            self.connection.close()
            raise

    @property
    def pipelines(self) -> bool:
        """Whether several commands may go out in one write (RFC 2920)."""
        return "PIPELINING" in self.extensions

    @property
    def largest(self) -> int | None:
        """The size of the largest mail that is taken, or None if the server does not say (RFC 1870)."""
        most = self.extensions.get("SIZE", "")
        return int(most) if most.isdecimal() and int(most) else None

    def _begin(self, context: ssl.SSLContext, limits: Limits) -> None:
        server = self._server
        if server.security == "tls":
            self.connection.start_tls(context, limits.connect)
        _expect(self.connection.reply(self._deadline), 2)
        self._greet()
        if server.security == "starttls":
            if "STARTTLS" not in self.extensions:
                raise NoSession(f"{server.host} does not offer STARTTLS, and mail is not sent in clear")
            self._command("STARTTLS")
            self.connection.start_tls(context, limits.connect)
            self._greet()
        if server.user:
            self._log_in()

    def _greet(self) -> None:
        name = self.connection.local_address()
        answer = self.connection.command(f"EHLO {name}", self._deadline)
        if answer.code in (500, 502):
            answer = self.connection.command(f"HELO {name}", self._deadline)
        _expect(answer, 2)
        words = (line.upper().partition(" ") for line in answer.lines[1:])
        self.extensions = {keyword: rest.strip() for keyword, _, rest in words}

    def _log_in(self) -> None:
        user, password = self._server.user, self._server.password
        ways = self.extensions.get("AUTH", "").upper().split()
        if self._server.grant is not None:
            self._log_in_by_token(self._server.grant, self._server.tokens, ways)
        elif "PLAIN" in ways:
            self._command("AUTH PLAIN " + _base64(f"\0{user}\0{password}"))
        elif "LOGIN" in ways:
            self._command("AUTH LOGIN", 3)
            self._command(_base64(user), 3)
            self._command(_base64(password))
        else:
            raise NoSession(f"{self._server.host} offers no login that is known here (PLAIN, LOGIN)")

    def _log_in_by_token(self, grant: Grant, tokens: Tokens | None, ways: Sequence[str]) -> None:
        way = next((way for way in BY_TOKEN if way in ways), None)
        if tokens is None or way is None:
            raise NoSession(f"{self._server.host} offers no login by token (XOAUTH2, OAUTHBEARER)")
        token, is_new = tokens.access(grant)
        answer = self._authenticated(way, grant.user, token)
        if answer.hundreds == 5 and not is_new:
            # It may have been withdrawn before its time.
            tokens.forget(grant)
            answer = self._authenticated(way, grant.user, tokens.access(grant)[0])
        if answer.hundreds == 5:
            tokens.forget(grant)
        _expect(answer, 2)

    def _authenticated(self, way: str, user: str, token: str) -> Reply:
        said = initial_response(way, user, token, self._server.host, self._server.port)
        line = f"AUTH {way} " + base64.b64encode(said).decode("ascii")
        answer = self.connection.command(line, self._deadline)
        if answer.hundreds == 3:
            # Why it is refused: the refusal itself comes after an answer (RFC 7628, 3.2.3, and Google's page).
            answer = self.connection.command("" if way == "XOAUTH2" else "AQ==", self._deadline)
        return answer

    def _command(self, line: str, hundreds: int = 2) -> None:
        _expect(self.connection.command(line, self._deadline), hundreds)


def trusted(server: Server) -> ssl.SSLContext:
    """Return whom we trust to be `server`; SettingsError where its cafile can not be used."""
    if server.security == "plain":
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody, and is not asked
    try:
        return ssl.create_default_context(cafile=server.cafile)
    except OSError as error:
        raise SettingsError(f"the mail server's cafile {server.cafile} can not be used: {error}") from None


def _expect(answer: Reply, hundreds: int) -> None:
    if answer.hundreds != hundreds:
        raise refusal(answer, Stage.SESSION)


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")
