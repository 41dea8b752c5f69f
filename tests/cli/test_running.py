"""Commands that keep running end in order, whenever they are told to."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from types import TracebackType

import pytest

from outreach.cli import running


class Starting:
    """Stands for a process that is told to end while it is still starting."""

    is_dry = False

    def __init__(self, told: signal.Signals) -> None:
        self.told = told
        self.ended = False

    def __enter__(self) -> Starting:
        os.kill(os.getpid(), self.told)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ended = True

    def serve(self, host: str, port: int) -> None:
        pass


@pytest.fixture(autouse=True)
def _handlers() -> Iterator[None]:
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("command", [running.up, running.scheduler, running.worker, running.web])
def test_told_to_end_while_it_starts_it_ends_what_it_has_begun(
    command: object, told: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    starting = Starting(told)
    monkeypatch.setattr(running, "_running", lambda **_: starting)
    monkeypatch.setattr(running, "_log_from", lambda _: None)
    assert callable(command)
    command()
    assert starting.ended
