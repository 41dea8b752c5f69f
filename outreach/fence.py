"""Keeps a copy of a database, or a restored backup, from sending what has been sent before.

The database notes where it lives, which no copy shares; and each host keeps a mark beside its workspace of how far the
database had come, which a restored backup falls behind.
"""

from __future__ import annotations

import json
import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from outreach import models
from outreach.db import Database
from outreach.errors import DatabaseError

MARK = ".outreach-mark.json"
ADOPT = "outreach adopt --moved if no other one sends any more, outreach adopt --restored if it is a backup"


@dataclass(frozen=True)
class Standing:
    """How far a database has come: its installation, and the newest event in it with its source id."""

    instance: str
    event: int
    source: str


class Fence:
    """Guards one database for the processes that send from it; `folder` is where the mark is kept."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._path = folder / MARK

    def check(self) -> None:
        """Raise DatabaseError if this database is a copy or older than it was; a new one is taken as it is."""
        place = _place(self._database)
        with self._database.write() as session:
            instance = session.scalars(select(models.Instance)).one()
            if instance.place is None:
                instance.place = place
            if instance.place != place:
                raise DatabaseError(
                    f"this database is a copy of one that sends from another place, or was moved; say {ADOPT}"
                )
            marked = self._read()
            if marked and marked.instance == instance.name and not _has(session, marked):
                raise DatabaseError(
                    f"this database is older than it was: it has not come to event {marked.event}; say {ADOPT}"
                )
        self.note()

    def adopt(self, session: Session) -> None:
        """Take this database for the one that sends, from here."""
        instance = session.scalars(select(models.Instance)).one()
        instance.place = _place(self._database)
        instance.name = str(uuid.uuid4())  # the marks of other hosts speak of what it was before
        session.flush()
        self._write(_standing(session))

    def note(self) -> None:
        """Keep how far the database has come; a mark that is further stays."""
        with self._database.read() as session:
            here = _standing(session)
        marked = self._read()
        if marked is None or marked.instance != here.instance or marked.event < here.event:
            self._write(here)

    def _read(self) -> Standing | None:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return Standing(str(found["instance"]), int(found["event"]), str(found["source"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _write(self, standing: Standing) -> None:
        new = self._path.with_name(f"{MARK}.{os.getpid()}")
        try:
            new.write_text(json.dumps(vars(standing)), encoding="utf-8")
            new.replace(self._path)
        except OSError as error:
            raise DatabaseError(f"{self._path} can not be written: {error.strerror}") from None


def _standing(session: Session) -> Standing:
    name = session.scalars(select(models.Instance.name)).one()
    event = models.Event
    newest = session.execute(select(event.id, event.source_id).order_by(event.id.desc()).limit(1)).first()
    return Standing(name, newest.id, newest.source_id) if newest else Standing(name, 0, "")


def _has(session: Session, marked: Standing) -> bool:
    """Answer whether the event that was reached is there, and is the same one: others may have come since a restore."""
    if not marked.event:
        return True
    event = models.Event
    return session.scalar(select(event.source_id).where(event.id == marked.event)) == marked.source


def _place(database: Database) -> str:
    """Return what tells this database from every copy of it."""
    if database.is_sqlite:
        path = database.engine.url.database or ""
        found = os.stat(path)
        return f"sqlite:{os.statvfs(path).f_fsid:x}:{found.st_ino}"
    with database.read() as session:
        oid = session.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
        try:
            server = session.execute(
                text(
                    "SELECT system_identifier, timeline_id FROM pg_control_system(), pg_control_checkpoint()"
                )
            ).one()
        except DBAPIError:
            return f"postgresql:{oid}"
    return f"postgresql:{server.system_identifier}:{server.timeline_id}:{oid}"
