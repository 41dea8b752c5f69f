"""What a simulation tells, as entries of a timeline."""

from __future__ import annotations

from outreach.domain.timelines import Entry, What
from outreach.simulation.story import (
    Did,
    Ended,
    Entered,
    HandedOff,
    Moved,
    Record,
    Sent,
    Skipped,
    Tasked,
)

NOTE = "note"
LATE = "it came too late"


def entry(record: Record) -> Entry:
    """Return the record as an entry of a timeline."""
    match record:
        case Sent():
            variant = "" if record.variant is None else f"variant {record.variant + 1}"
            return Entry(record.at, What.MAIL, record.template, record.campaign, record.step, record.sender, variant,
                         due_at=record.queued_at)  # fmt: skip
        case Skipped():
            why = LATE if record.reason == "stale" else record.reason
            return Entry(
                record.at, What.SKIPPED, record.template, record.campaign, record.step, record.sender, why
            )
        case Entered() | Ended():
            return _of_campaign(record)
        case _:
            return _of_lead(record)


def _of_campaign(record: Entered | Ended) -> Entry:
    if isinstance(record, Entered):
        return Entry(record.at, What.ENTERED, record.campaign, record.campaign, who=record.sender)
    return Entry(record.at, What.ENDED, record.status, record.campaign, record.step, detail=record.reason)


def _of_lead(record: Moved | HandedOff | Tasked | Did) -> Entry:
    match record:
        case Moved():
            return Entry(record.at, What.STAGE, record.after, detail=record.because)
        case HandedOff():
            return Entry(record.at, What.HANDOFF, record.rep or "")
        case Tasked():
            kind = What.NOTE if record.kind == NOTE else What.TASK
            return Entry(record.at, kind, record.kind, record.campaign, record.step, record.rep or "")
        case Did():
            return Entry(record.at, What.HAPPENED, record.kind, step=record.subject, detail=record.detail)
