"""Commands that keep running: up, scheduler, worker, web; and the demo."""

from __future__ import annotations

import signal
import sys
import threading
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach import children, logs
from outreach.cli.context import choice, settings, workspace
from outreach.errors import SettingsError

if TYPE_CHECKING:
    from outreach.assembly import Running

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]
Level = Annotated[str, typer.Option("--log", help="debug, info, warning or error.")]


class LogLevel(StrEnum):
    """From where on something is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def add_to(app: typer.Typer) -> None:
    for command in (up, scheduler, worker, web, demo):
        app.command()(command)


def _running(
    *, scheduler: bool = False, workers: bool = False, pages_at: tuple[str, int] | None = None
) -> Running:
    # Broker, pages and mailbox take a second to import, and every other command does without them.
    from outreach.assembly import Running

    found = settings()
    if pages_at is not None and "base_url" not in found.model_fields_set:
        found = found.model_copy(update={"base_url": f"http://127.0.0.1:{pages_at[1]}"})
    if pages_at is None and found.redis_url is None:
        raise SettingsError(
            "OUTREACH_REDIS_URL is not set: scheduler and workers hear from each other through it; "
            "outreach up runs both in one process"
        )
    return Running(found, scheduler=scheduler, workers=workers, pages_at=pages_at)


def _log_from(level: str) -> None:
    logs.set_up(choice(LogLevel, level, "log level"))


def _told_to_end() -> threading.Event:
    """Return what is set once the process is told to end: asked for before anything starts, so that all of it is ended."""
    told = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: told.set())
    return told


def up(host: Host = "127.0.0.1", port: Port = 8025, log: Level = "info") -> None:
    """Run scheduler, workers and pages in one process, until it is told to end (Ctrl-C)."""
    _log_from(log)
    told = _told_to_end()
    with _running(scheduler=True, workers=True, pages_at=(host, port)) as running:
        running.serve(host, port)
        print(f"pages at http://{host}:{port}/", flush=True)
        if running.is_dry:
            print("OUTREACH_SMTP_URL is dry://: mails are written down as sent, and none is", flush=True)
        told.wait()


def scheduler(log: Level = "info") -> None:
    """Run the scheduler: it finds what is due and reads the mailbox. Two of them are as good as one."""
    _log_from(log)
    told = _told_to_end()
    with _running(scheduler=True):
        told.wait()


def worker(
    processes: Annotated[
        int, typer.Option(min=1, max=64, help="How many processes; one for each core is a good number.")
    ] = 1,
    log: Level = "info",
) -> None:
    """Run workers: they send what the scheduler hands out. Needs OUTREACH_REDIS_URL to hear from it."""
    _log_from(log)
    if processes > 1:
        with _running() as running:
            running.check()  # what is wrong is said once and not by each process
        children.keep_running(
            [sys.executable, "-m", "outreach", "-w", str(workspace()), "worker", "--log", log], processes
        )
        return
    told = _told_to_end()
    with _running(workers=True):
        told.wait()


def web(host: Host = "127.0.0.1", port: Port = 8025, log: Level = "info") -> None:
    """Serve tracking links, unsubscribe and hand-off pages, the API and the overview."""
    _log_from(log)
    told = _told_to_end()
    with _running(pages_at=(host, port)) as running:
        running.serve(host, port)
        print(f"pages at http://{host}:{port}/", flush=True)
        told.wait()


def demo(
    folder: Annotated[
        Path | None, typer.Option(help="Keep everything there; none: a new folder in the temporary one.")
    ] = None,
    leads: Annotated[int, typer.Option(min=20, max=2000, help="How many leads.")] = 200,
    days: Annotated[int, typer.Option(min=7, max=120, help="How many days are played.")] = 42,
    seed: Annotated[int, typer.Option(help="Of the recipients' behaviour.")] = 1,
    log: Level = "error",
) -> None:
    """Do the main job in about a minute, on real SMTP, IMAP and HTTP on this machine; nothing leaves it."""
    from outreach import demo as rehearsal  # needs the extra `demo`, which has the mail server

    _log_from(log)
    rehearsal.run(folder, leads=leads, days=days, seed=seed)
