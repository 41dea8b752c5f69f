"""Serves the web application in a thread of this process."""

from __future__ import annotations

import asyncio
import errno
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any

from granian.constants import Interfaces
from granian.server.embed import Server as Granian

from outreach.errors import SettingsError

STARTS_WITHIN = 20.0
STOPS_WITHIN = 10.0


class Server:
    """A running server; `stop()` ends it and returns when the port is free. Also a context manager."""

    def __init__(self, app: Callable[..., Any], host: str, port: int) -> None:
        self.host = host
        self.port = _free(host, port)
        self._app = app
        self._server: Granian | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)

    @property
    def url(self) -> str:
        """The address that a browser on this machine opens."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    def start(self) -> None:
        """Start serving; returns when the port answers. SettingsError says why it does not."""
        self._thread.start()
        ends = threading.Event()
        for _ in range(int(STARTS_WITHIN / 0.02)):
            if self._failure is not None or not self._thread.is_alive():
                break
            if _answers(self.url):
                return
            ends.wait(0.02)
        reason = type(self._failure).__name__ if self._failure else "no answer"
        self.stop()
        raise SettingsError(f"the web server does not start on {self.host} port {self.port}: {reason}")

    def stop(self) -> None:
        """End serving; requests that are being answered are answered."""
        if self._loop is not None and self._server is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._server.stop)
        if self._thread.ident is not None:
            self._thread.join(STOPS_WITHIN)

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # it is raised again in the thread that waits in start()
            self._failure = error

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._server = Granian(
            self._app,
            address=self.host,
            port=self.port,
            interface=Interfaces.ASGI,
            log_enabled=False,
            websockets=False,
        )
        await self._server.serve()


def serve(app: Callable[..., Any], host: str, port: int) -> Server:
    """Return the server of `app`, already answering on `host` and `port` (0: any free one)."""
    server = Server(app, host, port)
    server.start()
    return server


def _free(host: str, port: int) -> int:
    """Return the port, tried: the server itself would share it with another one and say nothing."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            return int(probe.getsockname()[1])
    except (OSError, OverflowError) as error:
        raise SettingsError(_reason(error, host, port)) from None


def _reason(error: Exception, host: str, port: int) -> str:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return f"port {port} is in use; choose another with --port"
    if number in (errno.EACCES, errno.EPERM):
        return f"port {port} may not be opened by this user; choose one above 1023 with --port"
    if isinstance(error, OverflowError):
        return f"{port} is not a port; choose one from 1 to 65535 with --port"
    return f"{host} is not an address of this machine; choose another with --host"


def _answers(url: str) -> bool:
    host, _, port = url.removeprefix("http://").rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=1).close()
    except OSError:
        return False
    return True
