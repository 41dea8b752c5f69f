"""Hands mails to an SMTP server command by command, so that the fate of each is known if it can be."""

from __future__ import annotations

import base64
import contextlib
import ipaddress
import re
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from outreach.channels.answers import Answer, Outcome, Outgoing
from outreach.channels.connection import Connection, Lost
from outreach.channels.replies import Reply, Stage, refusal
from outreach.errors import BadMail, ChannelError, Deferred, Rejected, SettingsError, Uncertain

Security = Literal["plain", "starttls", "tls"]
OPTIONS = frozenset({"starttls", "cafile"})

# How long to wait for the words of a server that hung up, and for its farewell.
LAST_WORDS_SECONDS = 5.0

_ENVELOPE = re.compile(r"[!-;=?A-~]{1,64}@[!-;=?A-~]{1,255}")
_BARE_BREAK = re.compile(rb"\r\n|\r|\n")
_LOCAL_NAMES = frozenset({"localhost", "ip6-localhost"})


@dataclass(frozen=True)
class Server:
    """Where mails are handed over, and how."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)
    cafile: str | None = None


class Smtp:
    """A mail server. The connection is opened at the first mail and kept for the next ones.

    Until the first byte of a mail is on its way, all that goes wrong is Deferred or Rejected; from then until
    the server has answered it is Uncertain, unless the server refuses; after that nothing can go wrong.
    A server may think for ten minutes about a mail it has received in full (RFC 5321, 4.5.3.2.6): to give up
    earlier is how mails are sent twice.
    """

    def __init__(
        self,
        url: str,
        lanes: int = 1,
        *,
        connect_timeout: float = 30.0,
        timeout: float = 300.0,
        final_timeout: float = 600.0,
    ) -> None:
        self.server = server(url)
        self.lanes = lanes
        self._connect_timeout = connect_timeout
        self._timeout = timeout
        self._final_timeout = final_timeout
        self._context = _context(self.server)
        self._connection: Connection | None = None
        self._extensions: dict[str, str] = {}
        self._unfinished = False

    def __repr__(self) -> str:
        return f"Smtp({self.server!r})"

    def open(self) -> None:
        """Connect and log in; raise Deferred or Rejected if that does not work."""
        if self._connection is not None:
            return
        try:
            self._connected()
        except Lost as lost:
            self._hang_up()
            raise Deferred(str(lost)) from None

    def send(self, mails: Sequence[Outgoing]) -> list[Outcome]:
        """Hand the mails over one after the other; return what became of each."""
        return [self._outcome(mail) for mail in mails]

    def _outcome(self, mail: Outgoing) -> Outcome:
        try:
            return self._send(mail.envelope_from, mail.to, mail.data)
        except (ChannelError, BadMail) as error:
            return error

    def _send(self, envelope_from: str, to: str, data: bytes) -> Answer:
        """Return the answer of the server that has taken the mail; raise Deferred, Rejected or Uncertain.

        Both addresses are as they go over the wire; an empty sender is the null one of notifications.
        """
        if (envelope_from and not _ENVELOPE.fullmatch(envelope_from)) or not _ENVELOPE.fullmatch(to):
            raise BadMail("an address that may not stand in an SMTP command")
        stuffed = on_the_wire(data)
        try:
            return self._transmit(self._begin(envelope_from, to, len(data)), stuffed)
        except Lost as lost:
            self._hang_up()
            raise Deferred(str(lost)) from None
        except ChannelError:
            raise
        except BaseException:
            # A worker that is told to stop leaves the connection in the middle of a command.
            self._hang_up()
            raise

    def close(self) -> None:
        """Say goodbye; what the server makes of it does not matter."""
        if self._connection is not None:
            with contextlib.suppress(Lost):
                self._connection.command("QUIT", min(self._timeout, LAST_WORDS_SECONDS))
        self._hang_up()

    def _begin(self, envelope_from: str, to: str, size: int) -> Connection:
        """Bring the server to the point where it waits for the first byte of the mail."""
        connection, answer = self._mail_from(envelope_from, size)
        self._unfinished = True
        self._expect(answer, 2, Stage.MAIL)
        self._expect(connection.command(f"RCPT TO:<{to}>", self._timeout), 2, Stage.RCPT)
        self._expect(connection.command("DATA", self._timeout), 3, Stage.DATA)
        return connection

    def _mail_from(self, envelope_from: str, size: int) -> tuple[Connection, Reply]:
        if self._connection is not None:
            # A kept connection may be dead by now. No mail is begun, so a fresh one can not double anything.
            with contextlib.suppress(Lost):
                answer = self._again(self._connection, envelope_from, size)
                if answer.code != 421:
                    return self._connection, answer
            self._hang_up()
        connection = self._connected()
        return connection, self._say_mail_from(connection, envelope_from, size)

    def _again(self, connection: Connection, envelope_from: str, size: int) -> Reply:
        if self._unfinished:
            answer = connection.command("RSET", self._timeout)
            if answer.code != 250:
                raise Lost("the server did not forget the last mail")
            self._unfinished = False
        return self._say_mail_from(connection, envelope_from, size)

    def _say_mail_from(self, connection: Connection, envelope_from: str, size: int) -> Reply:
        if "SIZE" not in self._extensions:
            return connection.command(f"MAIL FROM:<{envelope_from}>", self._timeout)
        most = self._extensions["SIZE"]
        if most.isdecimal() and 0 < int(most) < size:
            raise Rejected("the mail is larger than the server takes", 552, "5.3.4", "content")
        return connection.command(f"MAIL FROM:<{envelope_from}> SIZE={size}", self._timeout)

    def _transmit(self, connection: Connection, stuffed: bytes) -> Answer:
        try:
            connection.write(stuffed, self._timeout)
        except Lost as lost:
            raise self._last_words(connection, lost) from None
        try:
            answer = connection.reply(self._final_timeout)
        except Lost as lost:
            self._hang_up()
            raise Uncertain(str(lost)) from None
        if 200 <= answer.code < 300:
            self._unfinished = False
            return Answer(answer.code, answer.enhanced, answer.text)
        if answer.code < 400:
            self._hang_up()
            raise Uncertain("the server answered a mail with a code that has no meaning there", answer.code)
        self._unfinished = False
        raise self._refused(answer, Stage.END)

    def _last_words(self, connection: Connection, lost: Lost) -> ChannelError:
        """Return the refusal of a server that hung up in the middle of a mail, if it left one."""
        try:
            answer = connection.reply(LAST_WORDS_SECONDS)
        except Lost:
            return Uncertain(str(lost))
        finally:
            self._hang_up()
        return refusal(answer, Stage.END) if answer.code >= 400 else Uncertain(str(lost))

    def _connected(self) -> Connection:
        place = self.server
        self._connection = connection = Connection(place.host, place.port, self._connect_timeout)
        if place.security == "tls":
            connection.start_tls(self._context, self._connect_timeout)
        self._expect(connection.reply(self._timeout), 2, Stage.SESSION)
        self._greet(connection)
        if place.security == "starttls":
            if "STARTTLS" not in self._extensions:
                raise Lost(f"{place.host} does not offer STARTTLS, and mail is not sent in clear")
            self._expect(connection.command("STARTTLS", self._timeout), 2, Stage.SESSION)
            connection.start_tls(self._context, self._connect_timeout)
            self._greet(connection)
        if place.user:
            self._log_in(connection)
        self._unfinished = False
        return connection

    def _greet(self, connection: Connection) -> None:
        name = connection.local_address()
        answer = connection.command(f"EHLO {name}", self._timeout)
        if answer.code in (500, 502):
            answer = connection.command(f"HELO {name}", self._timeout)
        self._expect(answer, 2, Stage.SESSION)
        words = (line.upper().partition(" ") for line in answer.lines[1:])
        self._extensions = {keyword: rest.strip() for keyword, _, rest in words}

    def _log_in(self, connection: Connection) -> None:
        user, password = self.server.user, self.server.password
        ways = self._extensions.get("AUTH", "").split()
        if "PLAIN" in ways:
            steps = ["AUTH PLAIN " + _base64(f"\0{user}\0{password}")]
        elif "LOGIN" in ways:
            steps = ["AUTH LOGIN", _base64(user), _base64(password)]
        else:
            raise Lost(f"{self.server.host} offers no login that is known here (PLAIN, LOGIN)")
        for step in steps[:-1]:
            self._expect(connection.command(step, self._timeout), 3, Stage.SESSION)
        self._expect(connection.command(steps[-1], self._timeout), 2, Stage.SESSION)

    def _expect(self, answer: Reply, hundreds: int, stage: Stage) -> None:
        if answer.code // 100 != hundreds:
            raise self._refused(answer, stage)

    def _refused(self, answer: Reply, stage: Stage) -> ChannelError:
        # A server that says 421 closes; one that refuses to talk at all has nothing to keep a connection for.
        if answer.code == 421 or stage is Stage.SESSION:
            self._hang_up()
        return refusal(answer, stage)

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def server(url: str) -> Server:
    """Return what an smtp:// or smtps:// address says; raise SettingsError, never naming a password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SettingsError(
            "the mail server's address is not a valid one (smtp://user:password@host:587)"
        ) from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingsError(
            "the mail server's address is written smtp://host or smtps://user:password@host:465"
        )
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := sorted(options.keys() - OPTIONS):
        raise SettingsError(
            f"the mail server's address has no option {unknown[0]}, only {' and '.join(sorted(OPTIONS))}"
        )
    security = _security(parts, options.get("starttls", ""))
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if user and security == "plain" and not is_loopback(parts.hostname):
        raise SettingsError("a login is never sent in clear: leave out starttls=never, or the user")
    usual = {"tls": 465, "starttls": 587, "plain": 25}[security]
    return Server(parts.hostname, port or usual, security, user, password, options.get("cafile"))


def _security(parts: SplitResult, starttls: str) -> Security:
    if starttls not in ("", "require", "never"):
        raise SettingsError("the mail server's option starttls is require or never")
    if parts.scheme == "smtps":
        return "tls"
    if starttls:
        return "starttls" if starttls == "require" else "plain"
    return "plain" if is_loopback(parts.hostname or "") else "starttls"


def is_loopback(host: str) -> bool:
    """Answer whether `host` is this machine by its name alone, without asking anybody."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in _LOCAL_NAMES


def on_the_wire(data: bytes) -> bytes:
    """Return the mail as it follows DATA: CRLF only, leading dots doubled, with the dot that ends it.

    A lone CR or LF is made whole, so that no server can read an end of the mail into it.
    """
    if not data.count(b"\r\n") == data.count(b"\r") == data.count(b"\n"):
        data = _BARE_BREAK.sub(b"\r\n", data)
    if not data.endswith(b"\r\n"):
        data += b"\r\n"
    if data.startswith(b"."):
        data = b"." + data
    return data.replace(b"\r\n.", b"\r\n..") + b".\r\n"


def _context(place: Server) -> ssl.SSLContext:
    if place.security == "plain":
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody, and is not asked
    try:
        return ssl.create_default_context(cafile=place.cafile)
    except OSError as error:
        raise SettingsError(f"the mail server's cafile {place.cafile} can not be used: {error}") from None


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")
