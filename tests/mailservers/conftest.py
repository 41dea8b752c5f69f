"""Real mail servers of this run; where they are not installed their tests are skipped, but never in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from mailservers import dovecot, postfix, tokenserver
from mailservers.dovecot import Dovecot
from mailservers.postfix import Postfix
from mailservers.tokenserver import Provided


def _need(program: str, package: str) -> None:
    if shutil.which(program) or os.path.exists(program):
        return
    if os.environ.get("CI"):
        raise RuntimeError(f"{program} is missing: apt-get install {package}")
    pytest.skip(f"{program} is not installed: apt-get install {package}")


@pytest.fixture(scope="session")
def token_server() -> Iterator[Provided]:
    with tokenserver.start() as running:
        yield running


@pytest.fixture(scope="session")
def submit_port() -> int:
    """Where Postfix takes mail."""
    return dovecot.free_ports(1)[0]


@pytest.fixture(scope="session")
def imap_server(token_server: Provided, submit_port: int) -> Iterator[Dovecot]:
    _need("dovecot", "dovecot-imapd dovecot-lmtpd dovecot-sieve")
    with dovecot.start(submit_port=submit_port, introspect_port=token_server.port) as running:
        yield running


@pytest.fixture(scope="session")
def mail_server(imap_server: Dovecot, submit_port: int) -> Iterator[Postfix]:
    _need("/usr/sbin/postfix", "postfix")
    if os.getuid() != 0 and not os.environ.get("CI"):
        pytest.skip("Postfix starts only as root")
    # slow.example is where nobody listens, and who waits for it is told after a second. Logins are Dovecot's.
    routes = {"slow.example": "smtp:[127.0.0.1]:1"}
    settings = {
        "delay_warning_time": "1s",
        "smtpd_sasl_auth_enable": "yes",
        "smtpd_sasl_type": "dovecot",
        "smtpd_sasl_path": f"inet:127.0.0.1:{imap_server.auth_port}",
    }
    with postfix.start(imap_server.lmtp_port, submit_port, settings=settings, transports=routes) as running:
        yield running
