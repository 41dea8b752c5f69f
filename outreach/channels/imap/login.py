"""Connects to an IMAP server and logs in, by password or by an OAuth 2.0 token."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from outreach.channels.imap.address import Place
from outreach.channels.oauth import Grant, Tokens, bearer
from outreach.errors import Deferred, Rejected, SettingsError

PASSWORDLESS: Mapping[str, str] = {
    "outlook.office365.com": "Microsoft takes no passwords here any more: use oauth=microsoft",
    "outlook.office.com": "Microsoft takes no passwords here any more: use oauth=microsoft",
    "imap-mail.outlook.com": "Microsoft takes no passwords here any more: use oauth=microsoft",
    "imap.gmail.com": "Google takes only app passwords: make one, or use oauth=google",
    "imap.mail.yahoo.com": "Yahoo takes only app passwords: make one",
    "imap.mail.me.com": "Apple takes only app-specific passwords: make one",
}
"""What to do about a refused password, by the host that refused it."""

PASSING = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "TOO MANY", "TRY AGAIN", "TEMPORAR")
"""What a refused login says when it is not about the login (RFC 5530, section 3, and Gmail's and Dovecot's words)."""

# A peer that is gone without a word is noticed after two minutes: probes from the first minute on.
KEEP_ALIVE = (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4))


def connected(where: Place, timeout: SocketTimeout) -> IMAPClient:
    """Return a connection that is secured as `where` says, not yet logged in."""
    context = None if where.security == "plain" else _context(where)
    client = IMAPClient(
        where.host, where.port, ssl=where.security == "tls", ssl_context=context, timeout=timeout
    )
    try:
        if where.security == "starttls":
            if not client.has_capability("STARTTLS"):
                raise Deferred(f"{where.host} does not offer STARTTLS, and a login is not sent in clear")
            client.starttls(context)
        _set_up(client.socket())
    except BaseException:
        with contextlib.suppress(IMAPClientError, OSError):
            client.shutdown()
        raise
    return client


def log_in(client: IMAPClient, where: Place, tokens: Tokens | None) -> None:
    """Log in; Rejected where the server will not have it however often it is asked."""
    if where.grant is None:
        _by_password(client, where)
    elif tokens is None:
        raise SettingsError(f"the mailbox {where.name} needs a token, and none can be had here")
    else:
        _by_token(client, where.host, where.grant, tokens)


def _by_password(client: IMAPClient, where: Place) -> None:
    with _refusing(where.host, PASSWORDLESS.get(where.host.lower(), "")):
        if client.has_capability("LOGINDISABLED"):
            raise LoginError
        client.login(where.user, where.password)


def _by_token(client: IMAPClient, host: str, grant: Grant, tokens: Tokens) -> None:
    offered = {way for way in ("OAUTHBEARER", "XOAUTH2") if client.has_capability(f"AUTH={way}")}
    if not offered:
        raise Rejected(f"{host} offers no login by token (XOAUTH2, OAUTHBEARER)", blames="sender")
    way = min(offered)  # the standard one (RFC 7628) before the one it was made from
    token, is_new = tokens.access(grant)
    try:
        _authenticate(client, host, way, bearer(way, grant.user, token, host))
    except Rejected:
        tokens.forget(grant)
        if is_new:
            raise
        # It may have been withdrawn before its time.
        _authenticate(client, host, way, bearer(way, grant.user, tokens.access(grant)[0], host))


def _authenticate(client: IMAPClient, host: str, way: str, answer: Callable[[bytes], bytes]) -> None:
    with _refusing(host, "the token is not for this mailbox, or IMAP is switched off for it"):
        client.sasl_login(way, answer)


@contextlib.contextmanager
def _refusing(host: str, hint: str) -> Iterator[None]:
    """Tell a login that is wrong from a server that has no time: what it said stays here, it may name the user."""
    try:
        yield
    except LoginError as error:
        cause = error.__context__
        if isinstance(cause, (IMAPClientAbortError, OSError)):
            raise cause from None
        if any(word in str(error).upper() for word in PASSING):
            raise Deferred(f"{host} takes no login now") from None
        raise Rejected(f"{host} refused the login" + (f"; {hint}" if hint else ""), blames="sender") from None


def _set_up(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        # imaplib writes a command in pieces: with Nagle's algorithm each one waits 40 ms for an acknowledgement.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for option, value in KEEP_ALIVE:
            if hasattr(socket, option):
                connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)


def _context(where: Place) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=where.cafile)
    except OSError as error:
        raise SettingsError(f"the mailbox's cafile {where.cafile} can not be used: {error}") from None
