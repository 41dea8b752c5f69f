"""A real SMTP and IMAP server on this machine for tests: mail-devel in a process of its own."""

from __future__ import annotations

import contextlib
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PASSWORD = "secret"
STARTS = 3
SECONDS = 30.0


@dataclass(frozen=True)
class MailServer:
    """A running mail-devel.

    What is sent lies in the INBOX of each address in To, Cc and Bcc, upper and lower case told apart; the envelope
    does not count. A mail without them is lost, and so is one with a comma in a quoted name ("Doe, Anna"). Uids begin
    at 101, lines end in LF, and bodies outside UTF-8 and ASCII are not kept.
    """

    smtp_port: int
    imap_port: int
    password: str = PASSWORD

    def imap_url(self, user: str, folder: str = "INBOX") -> str:
        """Return the address of the mailbox of `user`."""
        return f"imap://{quote(user, safe='')}:{self.password}@127.0.0.1:{self.imap_port}/{folder}"

    @property
    def smtp_url(self) -> str:
        return f"smtp://127.0.0.1:{self.smtp_port}"

    def deliver(self, *mails: bytes, envelope_from: str = "", to: str = "anybody@example.org") -> None:
        """Hand the mails over in one session, to whom their headers name."""
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=SECONDS) as session:
            for mail in mails:
                session.sendmail(envelope_from, [to], mail)


@contextlib.contextmanager
def start(*options: str) -> Iterator[MailServer]:
    """Yield a running server in multi-user mode: every address is a mailbox, all with one password.

    `options` are mail-devel's own, for example "--cert", "--key" and "--alias".
    """
    for attempt in range(1, STARTS + 1):
        smtp_port, imap_port = _free_ports()
        process = _process(smtp_port, imap_port, options)
        try:
            if _is_up(process, (smtp_port, imap_port)):
                yield MailServer(smtp_port, imap_port)
                return
            # Somebody took a port between our look and the server's.
            assert attempt < STARTS, "mail-devel does not start"
        finally:
            process.terminate()
            process.wait(SECONDS)


def _process(smtp_port: int, imap_port: int, more: tuple[str, ...]) -> subprocess.Popen[bytes]:
    program = Path(sys.executable).with_name("mail_devel")
    options = ["--multi-user", "--password", PASSWORD, "--no-http", "--host", "127.0.0.1"]
    ports = ["--smtp-port", str(smtp_port), "--imap-port", str(imap_port)]
    return subprocess.Popen(
        [str(program), *options, *ports, *more],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        for held in (one, other):
            held.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _is_up(process: subprocess.Popen[bytes], ports: tuple[int, ...]) -> bool:
    deadline = time.monotonic() + SECONDS
    for port in ports:
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                return False
            time.sleep(0.02)
    return True


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            return bool(connection.recv(1))
    except OSError:
        return False
