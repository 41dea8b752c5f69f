"""Takes pictures of pages with a browser that is there, spoken to over a pipe in the DevTools protocol."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from outreach.errors import OutreachError

NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
    "headless_shell",
)  # fmt: skip
PATIENCE = 30.0  # seconds for one answer
LOADING = 8.0  # seconds after which a page is taken as it is
TALLEST = 16_000  # pixels, of one picture
CHUNK = 1 << 20

# Chromium speaks on the file descriptors 3 and 4, which are taken in a program that has opened anything.
STARTER = """
import fcntl, os, sys
read, write = (fcntl.fcntl(int(fd), fcntl.F_DUPFD, 10) for fd in sys.argv[1:3])
os.dup2(read, 3), os.dup2(write, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class NoBrowser(OutreachError):
    """There is no browser, or it does not answer."""


def find() -> str:
    """Return the program of a browser; NoBrowser where there is none."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise NoBrowser(
        f"no browser is there to take pictures ({', '.join(NAMES[:3])}); install one, or leave out --screenshot"
    )


class Browser:
    """A running browser without a window, which keeps nothing and asks for no address that begins with one `blocked`."""

    def __init__(self, program: str, blocked: Sequence[str] = ()) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="outreach-browser-", ignore_cleanup_errors=True)
        self._blocked = [f"{address}*" for address in blocked]
        self._number = 0
        self._rest = b""
        its_in, self._out = os.pipe()
        self._in, its_out = os.pipe()
        options = [
            "--headless=new", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu", "--hide-scrollbars",
            "--mute-audio", "--disable-background-networking", f"--user-data-dir={self._folder.name}",
        ]  # fmt: skip
        if os.geteuid() == 0:
            options.append("--no-sandbox")  # as root there is none
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", STARTER, str(its_in), str(its_out), program, *options],
                pass_fds=(its_in, its_out), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )  # fmt: skip
        finally:
            os.close(its_in)
            os.close(its_out)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the browser."""
        self._process.kill()
        self._process.wait()
        os.close(self._out)
        os.close(self._in)
        self._folder.cleanup()

    def picture(self, page: Path, width: int, *, is_phone: bool) -> bytes:
        """Return a PNG of the whole page as it looks in a window of this width in pixels; NoBrowser if it can not."""
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        try:
            self._ask("Page.enable", session)
            self._ask("Network.enable", session)
            self._ask("Network.setBlockedURLs", session, urls=self._blocked)
            self._ask("Emulation.setScriptExecutionDisabled", session, value=True)
            size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": is_phone}
            self._ask("Emulation.setDeviceMetricsOverride", session, **size)
            self._ask("Page.navigate", session, url=page.resolve().as_uri())
            self._wait_for("Page.loadEventFired", LOADING)
            whole = self._ask("Page.getLayoutMetrics", session)["cssContentSize"]
            clip = {"x": 0, "y": 0, "width": width, "height": min(whole["height"], TALLEST), "scale": 1}
            taken = self._ask("Page.captureScreenshot", session, captureBeyondViewport=True, clip=clip)
            return base64.b64decode(taken["data"])
        finally:
            self._ask("Target.closeTarget", targetId=target)

    def _ask(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        try:
            os.write(self._out, json.dumps(message).encode() + b"\0")
        except OSError:
            raise NoBrowser("the browser ended before it took a picture") from None
        for answer in self._heard(PATIENCE):
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise NoBrowser(f"the browser does not do {method}: {answer['error'].get('message', '')}")
                found: dict[str, Any] = answer["result"]
                return found
        raise NoBrowser(f"the browser did not answer within {PATIENCE:.0f} seconds")

    def _wait_for(self, event: str, seconds: float) -> None:
        for message in self._heard(seconds):
            if message.get("method") == event:
                return

    def _heard(self, seconds: float) -> Iterator[dict[str, Any]]:
        """Yield what the browser says, for so long."""
        until = time.monotonic() + seconds
        while True:
            while b"\0" in self._rest:
                message, _, self._rest = self._rest.partition(b"\0")
                yield json.loads(message)
            ready, _, _ = select.select([self._in], [], [], max(until - time.monotonic(), 0))
            if not ready:
                return
            chunk = os.read(self._in, CHUNK)
            if not chunk:
                raise NoBrowser("the browser ended before it took a picture")
            self._rest += chunk
