"""Asking Amazon: what is taken from an answer, and what is done without one."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from webhooks.fakes import CERTIFICATE, SNS, Amazon

from outreach.webhooks import Unavailable, fetched
from outreach.webhooks.sns import FETCHES, LONGEST_ANSWER, MOST_CERTIFICATES, Certificates

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


NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_names_that_are_made_up_never_push_out_a_certificate() -> None:
    amazon = Amazon(NOW, Amazon.new_key())
    certificates = Certificates(amazon.fetch)
    assert certificates.key(CERTIFICATE, NOW) is not None
    for number in range(3 * MOST_CERTIFICATES):
        at = NOW + timedelta(minutes=number)
        assert certificates.key(f"{SNS}/made-up-{number}.pem", at) is None
    for number in range(FETCHES):
        assert certificates.key(f"{SNS}/at-once-{number}.pem", NOW + timedelta(days=1)) is None
    with pytest.raises(Unavailable):
        certificates.key(f"{SNS}/one-more.pem", NOW + timedelta(days=1))
    assert certificates.key(CERTIFICATE, NOW + timedelta(days=1)) is not None
    assert amazon.asked.count(CERTIFICATE) == 1


def test_nobody_waits_while_a_made_up_certificate_is_asked_for() -> None:
    amazon = Amazon(NOW, Amazon.new_key())
    within: list[bool] = []

    def fetch(url: str) -> bytes | None:
        if url != CERTIFICATE:
            within.append(certificates.key(CERTIFICATE, NOW) is not None)  # with a lock held it would hang
        return amazon.fetch(url)

    certificates = Certificates(fetch)
    asking = threading.Thread(target=certificates.key, args=(f"{SNS}/slow.pem", NOW), daemon=True)
    asking.start()
    asking.join(10)
    assert within == [True]
