"""A real SMTP and IMAP server on this machine's loopback (mail-devel), for as long as the demo runs."""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from imapclient import IMAPClient

from outreach.errors import SettingsError

WORLD = "world@demo.example.com"  # the mailbox of everybody who is written to
INBOX = "inbox@demo.example.com"  # the mailbox of our own senders
PASSWORD = "demo"
START_SECONDS = 20
FIRST_PORT, PORTS = 20_000, 10_000  # Linux gives 32,768 and above to outgoing connections


@dataclass(frozen=True)
class MailServer:
    """Where the server listens."""

    smtp_port: int
    imap_port: int

    @property
    def smtp_url(self) -> str:
        return f"smtp://127.0.0.1:{self.smtp_port}"

    @property
    def imap_url(self) -> str:
        return f"imap://{INBOX.replace('@', '%40')}:{PASSWORD}@127.0.0.1:{self.imap_port}/INBOX"


_ports = itertools.count()


def free_port() -> int:
    """Return a port that nobody listens on; not one of those that the system gives to outgoing connections.

    Those could be taken between here and the server's start, by the demo's own players for one.
    """
    for number in _ports:
        port = FIRST_PORT + (os.getpid() * 31 + number) % PORTS
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("counting never ends")


@contextmanager
def mail_server(senders: Sequence[str]) -> Iterator[MailServer]:
    """Run the server: what is sent to `senders` goes to one mailbox, what is sent to anybody else to another."""
    if importlib.util.find_spec("mail_devel") is None:
        raise SettingsError("the demo needs its mail server; install it with: pip install 'outreach[demo]'")
    server = MailServer(free_port(), free_port())
    aliases = [f"{address}:{INBOX}" for address in senders] + [f"*:{WORLD}"]
    arguments = ["--host", "127.0.0.1", "--multi-user", "--password", PASSWORD, "--no-http"]
    arguments += ["--smtp-port", str(server.smtp_port), "--imap-port", str(server.imap_port)]
    for alias in aliases:
        arguments += ["--alias", alias]
    process = subprocess.Popen(
        [sys.executable, "-m", "mail_devel", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for port in (server.smtp_port, server.imap_port):
            _wait_for(port, process)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SettingsError("the demo's mail server did not start")


class Reader:
    """Reads a mailbox from its first mail on, each mail once."""

    def __init__(self, server: MailServer, user: str) -> None:
        self._client = IMAPClient("127.0.0.1", port=server.imap_port, ssl=False, timeout=20)
        # imaplib writes a command in pieces: with Nagle's algorithm each one waits 40 ms for an acknowledgement.
        self._client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._client.login(user, PASSWORD)
        self._client.select_folder("INBOX", readonly=True)
        self._uid = 0

    def new(self) -> list[tuple[Message, bytes]]:
        """Return the mails that came since the last call, parsed and raw."""
        self._client.noop()
        uids = [uid for uid in self._client.search(["UID", f"{self._uid + 1}:*"]) if uid > self._uid]
        if not uids:
            return []
        self._uid = max(uids)
        found = self._client.fetch(uids, ["BODY.PEEK[]"])
        raws = [found[uid][b"BODY[]"] for uid in sorted(uids) if uid in found]
        return [(message_from_bytes(raw), raw) for raw in raws]

    def close(self) -> None:
        self._client.logout()
