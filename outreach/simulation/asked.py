"""Finds what somebody asks to have simulated: the workspace's files, and people of the database or of a file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from outreach import db, imports, lead_batches, leads, models, workspace
from outreach.domain.words import CampaignStatus
from outreach.errors import InputError, NotFound
from outreach.simulation import history, opening, population, scenes
from outreach.simulation.runs import Scene
from outreach.simulation.scenes import About, Applied, Asked

__all__ = ["Asked", "of_file", "scene"]


def of_file(
    source: str | None, consent: str | None, columns: Sequence[str], encoding: str | None
) -> imports.Options:
    """Return what is said about a file of leads."""
    columns_of = imports.read_columns(columns)
    return imports.Options(source=source, consent=consent, columns=columns_of, encoding=encoding)


def scene(
    folder: Path, database_url: str, asked: Asked, file: Path | None, options: imports.Options
) -> tuple[Scene, About]:
    """Return the scene and what it is made of. The database is only read; with a file there need be none.

    Problems where a file of the workspace is wrong, InputError where there is nothing to simulate.
    """
    loaded = workspace.load(folder)
    options = replace(options, fields=loaded.policies.funnel.fields)
    if not _is_there(database_url):
        if file is None:
            raise InputError("there is no database yet; run outreach apply, or name a file with --leads FILE")
        people, taken = population.from_file(file, options, asked.start)
        return scenes.scene(loaded, Applied(None), people, asked, taken)
    with closing(db.opened(database_url)) as opened, opened.read() as session:
        applied = _applied(session, asked.now or asked.start)
        if file is None:
            return scenes.scene(loaded, applied, applied.people, asked, None)
        there = {person.email: person for person in applied.people}

        def suppressed(emails: Collection[str]) -> set[str]:
            return _suppressed(session, emails, asked.start)

        people, taken = population.from_file(file, options, asked.start, suppressed, there)
        return scenes.scene(loaded, applied, people, asked, taken)


def _is_there(database_url: str) -> bool:
    """Return whether there may be a database: an SQLite file that is missing would be made by opening it."""
    try:
        url = make_url(database_url)
    except ArgumentError:
        return True  # the one who opens it says what is wrong
    return url.get_backend_name() != "sqlite" or bool(
        url.database and Path(url.database).is_file() and Path(url.database).stat().st_size
    )


def _suppressed(session: Session, emails: Collection[str], now: datetime) -> set[str]:
    salt = leads.salt(session)
    hashes = {leads.address_hash(salt, email): email for email in emails}
    return {hashes[each] for each in lead_batches.suppressed(session, list(hashes), now)}


def _applied(session: Session, now: datetime) -> Applied:
    """Return what runs in the database, and everybody as they stand there."""
    try:
        in_force, running, people = opening.from_database(session, now)
    except NotFound:
        return Applied(None)
    campaign = models.Campaign
    paused = session.execute(
        select(campaign.name, campaign.id).where(campaign.status == CampaignStatus.PAUSED)
    )
    return Applied(
        in_force,
        running,
        {name: number for name, number in paused},
        people,
        history.learn(session, now),
        leads.salt(session),
        opening.before(session, now),
    )
