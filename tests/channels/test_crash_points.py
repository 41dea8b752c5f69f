"""A process that is killed at a point of the dialogue: how much of which mail the server has by then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from channels.fakeserver import PIPELINING, USUAL, FakeServer

from outreach import crash

BODY = b"Subject: hello\r\n\r\n" + b"x" * 900 + b"\r\n"
SEND_THREE = f"""
import sys
from outreach.channels import Outgoing
from outreach.channels.smtp import Smtp
mails = [Outgoing("a@example.com", f"to{{n}}@example.org", {BODY!r}) for n in range(3)]
outcomes = Smtp(f"smtp://127.0.0.1:{{sys.argv[1]}}").send(mails)
print([outcome.code for outcome in outcomes])
"""


def run(port: int, at: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {crash.VARIABLE: at}
    command = [sys.executable, "-c", SEND_THREE, str(port)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("ehlo", [PIPELINING, USUAL["EHLO"]], ids=["piped", "stepwise"])
@pytest.mark.parametrize(
    ("point", "taken"),
    [("mail_sent", 1), ("data_begun", 1), ("half_body", 1), ("after_dot", 2), ("answered", 2)],
)
def test_a_process_dies_where_it_is_told_to(point: str, taken: int, ehlo: str) -> None:
    with FakeServer({"EHLO": ehlo}) as fake:
        ended = run(fake.port, f"{point}:2")
        fake.wait()
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert fake.accepted == {f"to{n}@example.org": 1 for n in range(taken)}
    assert fake.mails == [BODY] * taken
    assert fake.count("RCPT TO:<TO1@") == 1


def test_a_mail_written_in_two_halves_arrives_whole() -> None:
    with FakeServer({"EHLO": PIPELINING}) as fake:
        ended = run(fake.port, "half_body:9")
    assert (ended.returncode, ended.stdout.strip()) == (0, "[250, 250, 250]"), ended.stderr
    assert fake.mails == [BODY] * 3
