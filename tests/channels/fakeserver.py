"""An SMTP server that follows a script: what to say at each stage, or to hang up, or to say nothing."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from typing import BinaryIO, Self

DROP = "drop"
SILENT = "silent"
# For "BODY": hang up once the first bytes of the mail are here.
CUT = "cut"

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
    one stays. A whole command line as key wins over its stage: "RCPT TO:<gone@example.com>".
    A reply at "BODY" is given before the mail is read, and then nothing more is read.
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
        self._listener.shutdown(socket.SHUT_RDWR)
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()
        self._listener.close()

    def count(self, command: str) -> int:
        """Return how many commands began with this word."""
        return sum(line.upper().startswith(command) for line in self.commands)

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
        while said != DROP and (line := lines.readline()):
            command = line.decode("utf-8", "replace").rstrip("\r\n")
            self.commands.append(command)
            said = self._say(connection, command)
            match command.upper(), said[:3]:
                case "QUIT", _:
                    return
                case "STARTTLS", "220":
                    connection = self._wrapped(connection, stack)
                    lines = stack.enter_context(connection.makefile("rb"))
                case "DATA", "354":
                    said = self._take(connection, lines)

    def _take(self, connection: socket.socket, lines: BinaryIO) -> str:
        body = self._next("BODY")
        if body == DROP:
            return DROP
        if body == CUT:
            lines.readline()
            return DROP
        if body:
            connection.sendall(body.encode("utf-8") + b"\r\n")
            self._stopped.wait()
            return DROP
        mail = b""
        while (line := lines.readline()) and line != b".\r\n":
            mail += line
        if line:
            self.mails.append(mail)
        return self._say(connection, "END")

    def _say(self, connection: socket.socket, command: str) -> str:
        said = self._next(command if command in self._script else command.partition(" ")[0].upper())
        if said not in (DROP, SILENT):
            connection.sendall(said.encode("utf-8", "surrogateescape") + b"\r\n")
        return said

    def _next(self, stage: str) -> str:
        scripted = self._script.get(stage)
        if not scripted:
            return USUAL.get(stage, "500 5.5.2 what?")
        return scripted.pop(0) if len(scripted) > 1 else scripted[0]
