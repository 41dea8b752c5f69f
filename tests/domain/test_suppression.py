"""Suppression: which events end all mail to an address."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from outreach.domain.events import Event
from outreach.domain.suppression import Suppress, suppresses
from outreach.domain.words import Kind

SUPPRESSING = {Kind.UNSUBSCRIBED, Kind.COMPLAINED, Kind.BOUNCED}


def event(kind: Kind, **data: Any) -> Event:
    return Event(kind, "source:1", datetime(2026, 3, 2, tzinfo=UTC), 1, data=data)


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        (event(Kind.UNSUBSCRIBED), Suppress("unsubscribed", None)),
        (event(Kind.COMPLAINED), Suppress("complained", None)),
        (event(Kind.BOUNCED, hard=True), Suppress("bounced", None)),
        (event(Kind.BOUNCED, hard=False), None),
        (event(Kind.BOUNCED), None),
        (event(Kind.BOUNCED, hard="false"), None),
        (event(Kind.BOUNCED, hard=None), None),
    ],
)
def test_an_address_is_suppressed_by_what_ends_all_mail(happened: Event, expected: Suppress | None) -> None:
    assert suppresses(happened) == expected


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in SUPPRESSING])
def test_nothing_else_suppresses(kind: Kind) -> None:
    assert suppresses(event(kind, hard=True)) is None
