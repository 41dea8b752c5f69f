"""The server in a thread of this process."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from outreach.errors import SettingsError
from outreach.web.server import Server, serve


async def _hello(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"hello {request.url.path}")


APP = Starlette(routes=[Route("/{path:path}", _hello)])


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(APP, "127.0.0.1", 0) as running:
        yield running


def test_the_server_answers_as_soon_as_it_is_started(server: Server) -> None:
    assert httpx.get(f"{server.url}/there").text == "hello /there"


def test_a_stopped_server_frees_its_port_although_a_client_stays_connected() -> None:
    server = serve(APP, "127.0.0.1", 0)
    with httpx.Client() as client:
        client.get(server.url)
        server.stop()
        with Server(APP, "127.0.0.1", server.port) as again:
            assert httpx.get(again.url).status_code == 200


def test_stopping_twice_is_harmless() -> None:
    server = serve(APP, "127.0.0.1", 0)
    server.stop()
    server.stop()


def test_a_port_in_use_is_told_in_one_line() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SettingsError) as refused:
            serve(APP, "127.0.0.1", port)
    assert str(refused.value) == f"port {port} is in use; choose another with --port"


def test_a_second_server_of_ours_on_the_same_port_is_refused(server: Server) -> None:
    with pytest.raises(SettingsError, match="in use"):
        serve(APP, "127.0.0.1", server.port)


@pytest.mark.parametrize(
    ("host", "port", "line"),
    [
        ("192.0.2.1", 8025, "192.0.2.1 is not an address of this machine; choose another with --host"),
        ("no such host", 8025, "no such host is not an address of this machine; choose another with --host"),
        ("127.0.0.1", 99999, "99999 is not a port; choose one from 1 to 65535 with --port"),
    ],
)
def test_an_impossible_place_is_told_in_one_line(host: str, port: int, line: str) -> None:
    with pytest.raises(SettingsError) as refused:
        serve(APP, host, port)
    assert str(refused.value) == line
