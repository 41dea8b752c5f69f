"""The main job in about a minute: the real scheduler, workers, pages and mail on this machine, with played recipients."""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import select

from outreach import apply, db, imports, models, starter
from outreach import leads as lead_rows
from outreach import workspace as workspaces
from outreach.assembly import Running
from outreach.clock import PlayedClock
from outreach.config import Settings
from outreach.db import Database
from outreach.demo import director, people, story
from outreach.demo.director import Stage
from outreach.demo.mailserver import WORLD, MailServer, Reader, free_port, mail_server
from outreach.demo.recipients import Recipients
from outreach.demo.salesforce import SalesForce
from outreach.domain.policies import Policies, Senders
from outreach.errors import InputError, OutreachError

PLAY_SECONDS = 50.0
TICK_SECONDS = 0.05


def run(folder: Path | None, *, leads: int, days: int, seed: int) -> None:
    """Play the demo and print what the database says at the end; OutreachError where the main job was not done."""
    console = Console(highlight=False)
    began = time.monotonic()
    folder = _folder(folder)
    # It ends about now, so that the pages look right when they are opened afterwards.
    start = (datetime.now(UTC) - timedelta(days=days)).replace(hour=6, minute=0, second=0, microsecond=0)
    loaded = _workspace(folder)
    cast = people.write_csv(folder, leads, seed, start)
    policies = loaded.policies
    with ExitStack() as stack:
        server = stack.enter_context(mail_server(_own_addresses(policies.senders)))
        settings = _settings(folder, server.smtp_url, server.imap_url)
        clock = PlayedClock(start)
        before = _prepare(settings, loaded, cast, start, console)
        running = stack.enter_context(Running(settings, clock, scheduler=True, workers=True))
        running.serve("127.0.0.1", int(settings.base_url.rpartition(":")[2]))
        stage = _stage(stack, running, server, settings, seed, policies)
        _customers_succeed(stage, start)
        with _progress(console, days) as tell:
            director.play(
                stage, start + timedelta(days=days), PLAY_SECONDS, lambda now: tell((now - start).days)
            )
        ended = story.tell(console, stage, before, cast, days, time.monotonic() - began)
    story.say_where(console, folder, settings)
    if ended:
        raise OutreachError("the demo did not do its main job: " + "; ".join(ended))


def _own_addresses(senders: Senders) -> list[str]:
    return [address for sender in senders.senders for address in (sender.address, sender.reply_to) if address]


def _folder(folder: Path | None) -> Path:
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="outreach-demo-"))
    if folder.exists() and any(folder.iterdir()):
        raise InputError(f"{folder} is not empty; the demo wants a new folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} can not be made: {error.strerror}") from None
    return folder


def _workspace(folder: Path) -> workspaces.Workspace:
    starter.unpack(folder)
    return workspaces.load(folder)


def _settings(folder: Path, smtp_url: str, imap_url: str) -> Settings:
    return Settings(
        workspace=folder,
        smtp_url=SecretStr(smtp_url),
        imap_url=SecretStr(imap_url),
        base_url=f"http://127.0.0.1:{free_port()}",
        secret_key=SecretStr(secrets.token_urlsafe(32)),
        api_token=SecretStr(secrets.token_urlsafe(24)),
        tick_seconds=TICK_SECONDS,
        mail_seconds=TICK_SECONDS,
        worker_threads=2,
    )


def _prepare(
    settings: Settings, loaded: workspaces.Workspace, cast: people.Cast, start: datetime, console: Console
) -> dict[str, int]:
    """Make the database, apply the examples, import the leads; return the funnel as it stands then."""
    database = db.connect(settings.database)
    try:
        db.migrate(database, start)
        with database.write() as session:
            changes = apply.apply(session, loaded, start)
        campaigns = sum(change.kind == "campaign" for change in changes)
        options = imports.Options(fields=loaded.policies.funnel.fields)
        done = imports.import_leads(database, cast.file, options, start, lambda done, total: None)
        console.print(
            f"applied {campaigns} campaigns; imported {done.added} leads, {done.rejected} rows rejected"
        )
        return _funnel(database)
    finally:
        database.close()


def _funnel(database: Database) -> dict[str, int]:
    with database.read() as session:
        return lead_rows.count_by_stage(session)


def _stage(
    stack: ExitStack, running: Running, server: MailServer, settings: Settings, seed: int, policies: Policies
) -> Stage:
    reader = Reader(server, WORLD)
    stack.callback(reader.close)
    funnel = policies.funnel
    token = settings.api_token.get_secret_value() if settings.api_token else ""
    recipients = Recipients(seed, server.smtp_port, settings.base_url, token)
    stack.callback(recipients.close)
    sales = SalesForce(seed, running.database, funnel, recipients.succeeds, recipients.reopen)
    stack.callback(sales.close)
    assert isinstance(running.clock, PlayedClock)
    return Stage(
        running.database,
        running.clock,
        reader,
        recipients,
        sales,
        frozenset(rep.email for rep in policies.team.reps),
    )


def _customers_succeed(stage: Stage, start: datetime) -> None:
    """Some who were customers before reach a goal in these weeks."""
    with stage.database.read() as session:
        addresses = session.scalars(select(models.Lead.email).where(models.Lead.stage == "customer")).all()
    for number, address in enumerate(addresses):
        if number % 2 == 0:
            stage.recipients.will_succeed(address, start + timedelta(days=2 + number))


class _progress:
    """A bar of played days when a person watches."""

    def __init__(self, console: Console, days: int) -> None:
        self._progress = Progress(
            TextColumn("playing {task.completed} of {task.total} days"),
            BarColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task("days", total=days)

    def __enter__(self) -> Callable[[int], None]:
        self._progress.start()
        return lambda day: self._progress.update(self._task, completed=day)

    def __exit__(self, *_: object) -> None:
        self._progress.stop()
