"""Asking Amazon: what is taken from an answer, and what is done without one."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from outreach.webhooks import Unavailable, fetched
from outreach.webhooks.sns import LONGEST_ANSWER

ANSWERS: dict[str, tuple[int, bytes]] = {
    "/good.pem": (200, b"certificate"),
    "/moved.pem": (302, b""),
    "/long.pem": (200, b"x" * (LONGEST_ANSWER + 1)),
    "/broken.pem": (503, b"later"),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, body = ANSWERS.get(self.path, (404, b"nothing"))
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Location", "/good.pem")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A web server that is played."""
    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.daemon_threads = True
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()
    thread.join()
    served.server_close()


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/good.pem", b"certificate"), ("/moved.pem", None), ("/none.pem", None), ("/long.pem", None)],
)
def test_an_answer_is_taken_as_it_stands_there_and_not_from_elsewhere(
    server: str, path: str, expected: bytes | None
) -> None:
    assert fetched(server + path) == expected


def test_a_server_in_trouble_is_asked_again_later(server: str) -> None:
    with pytest.raises(Unavailable):
        fetched(server + "/broken.pem")


def test_nobody_there_is_asked_again_later() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(Unavailable):
            fetched(f"http://127.0.0.1:{unused.getsockname()[1]}/a.pem")
