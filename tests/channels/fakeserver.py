"""An SMTP server that follows a script: what to say at each stage, or to hang up, or to say nothing."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from typing import BinaryIO, Self

DROP = "drop"
SILENT = "silent"
# For "BODY": hang up once the first bytes of the mail are here.
CUT = "cut"
# Behind a reply: hang up after it.
THEN_DROP = " (then drop)"
# Before a reply: give it only after this time.
LATE = "late "
LATE_SECONDS = 0.3
# One byte of a reply after the other, without end.
DRIP = "drip"

PIPELINING = "250-fake.example\r\n250-PIPELINING\r\n250 SIZE 1000000"

USUAL: Mapping[str, str] = {
    "GREETING": "220 fake.example ESMTP",
    "EHLO": "250-fake.example\r\n250 SIZE 1000000",
    "HELO": "250 fake.example",
    "STARTTLS": "220 go ahead",
    "AUTH": "235 2.7.0 welcome",
    "MAIL": "250 2.1.0 sender fine",
    "RCPT": "250 2.1.5 recipient fine",
    "DATA": "354 go ahead",
    "BODY": "",
    "END": "250 2.0.0 taken as 1234",
    "RSET": "250 forgotten",
    "QUIT": "221 bye",
}


class FakeServer:
    """Serves on a free port of 127.0.0.1 until the `with` ends.

    `script` maps a stage to a reply, to DROP or SILENT, or to a list of these: one for each time, the last
    one stays. A whole command line as key wins over its stage: "RCPT TO:<gone@example.com>", and so does a stage
    with the local part of the mail's sender: "END anna".
    A reply at "BODY" is given once the first byte of the mail is here, and then nothing more is read.
    """

    def __init__(
        self,
        script: Mapping[str, str | list[str]] | None = None,
        tls: ssl.SSLContext | None = None,
        *,
        implicit: bool = False,
    ) -> None:
        self._script = {
            stage: [said] if isinstance(said, str) else [*said] for stage, said in (script or {}).items()
        }
        self._tls = tls
        self._implicit = implicit
        self.commands: list[str] = []
        self.mails: list[bytes] = []
        self.fragments: list[bytes] = []
        """What was received of mails without their end."""
        self.accepted: Counter[str] = Counter()
        """How often a mail to this address was received in full and not refused."""
        self.connections = 0
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self.stop_listening()
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()

    def stop_listening(self) -> None:
        """Refuse further connections; those that are open go on."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._threads[0].join(10)
        self._listener.close()

    def count(self, command: str) -> int:
        """Return how many commands began with this word."""
        return sum(line.upper().startswith(command) for line in self.commands)

    def wait(self) -> None:
        """Return when those who were connected are gone."""
        for thread in self._threads[1:]:
            thread.join(10)

    def _start(self, run: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=run, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.enter_context(connection)
            if self._implicit:
                connection = self._wrapped(connection, stack)
            self._talk(connection, stack)

    def _wrapped(self, connection: socket.socket, stack: contextlib.ExitStack) -> socket.socket:
        assert self._tls
        wrapped = stack.enter_context(self._tls.wrap_socket(connection, server_side=True))
        self._open.append(wrapped)
        return wrapped

    def _talk(self, connection: socket.socket, stack: contextlib.ExitStack) -> None:
        lines = stack.enter_context(connection.makefile("rb"))
        said = self._say(connection, "GREETING")
        sender = recipient = ""
        while said != DROP and (line := lines.readline()):
            command = line.decode("utf-8", "replace").rstrip("\r\n")
            self.commands.append(command)
            address = command.partition("<")[2].partition(">")[0]
            if command.upper().startswith("MAIL"):
                sender = address.partition("@")[0]
            elif command.upper().startswith("RCPT"):
                recipient = address
            said = self._say(connection, command, sender)
            match command.upper(), said[:3]:
                case "QUIT", _:
                    return
                case "STARTTLS", "220":
                    connection = self._wrapped(connection, stack)
                    lines = stack.enter_context(connection.makefile("rb"))
                case "DATA", "354":
                    said = self._take(connection, lines, sender, recipient)

    def _take(self, connection: socket.socket, lines: BinaryIO, sender: str, recipient: str) -> str:
        body = self._next("BODY", sender)
        if body == DROP:
            return DROP
        if body == CUT:
            lines.readline()
            return DROP
        if body:
            lines.read(1)
            connection.sendall(body.encode("utf-8") + b"\r\n")
            self._stopped.wait()
            return DROP
        mail = []
        while (line := lines.readline()) and line != b".\r\n":
            mail.append(line)
        if not line:
            self.fragments += [b"".join(mail)] if mail else []
            return DROP
        self.mails.append(b"".join(mail))
        said = self._next("END", sender)
        if said[:1] not in ("4", "5"):
            self.accepted[recipient] += 1
        return self._speak(connection, said)

    def _say(self, connection: socket.socket, command: str, sender: str = "") -> str:
        stage = command if command in self._script else command.partition(" ")[0].upper()
        return self._speak(connection, self._next(stage, sender))

    def _speak(self, connection: socket.socket, said: str) -> str:
        while said == DRIP and not self._stopped.wait(0.02):
            connection.sendall(b"2")
        if said == SILENT:
            self._stopped.wait()  # a server that hangs does not read on: with pipelining more commands are there
        if said in (DROP, SILENT, DRIP):
            return DROP
        if said.startswith(LATE):
            self._stopped.wait(LATE_SECONDS)
        words = said.removeprefix(LATE).removesuffix(THEN_DROP)
        connection.sendall(words.encode("utf-8", "surrogateescape") + b"\r\n")
        return DROP if said.endswith(THEN_DROP) else words

    def _next(self, stage: str, sender: str) -> str:
        scripted = self._script.get(f"{stage} {sender}") or self._script.get(stage)
        if not scripted:
            return USUAL.get(stage, "500 5.5.2 what?")
        return scripted.pop(0) if len(scripted) > 1 else scripted[0]
