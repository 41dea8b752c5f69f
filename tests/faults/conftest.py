"""What the fault tests share: forked processes, a Valkey, and an installation on either kind of database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from faults.nursery import Nursery
from faults.plant import Plant
from faults.servers import Valkey

Build = Callable[..., Plant]


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where the processes of this run come from."""
    opened = Nursery()
    yield opened
    opened.close()


@pytest.fixture
def valkey() -> Iterator[Valkey]:
    """An empty Valkey that keeps nothing on disk."""
    server = Valkey()
    yield server
    server.close()


@pytest.fixture
def build(nursery: Nursery, valkey: Valkey, postgresql_url: str, tmp_path: Path) -> Iterator[Build]:
    """Return what starts an installation on PostgreSQL and Valkey; `database_url` and others override."""
    with ExitStack() as stack:

        def start(**more: Any) -> Plant:
            options = {"database_url": postgresql_url, "redis_url": valkey.url} | more
            return stack.enter_context(Plant(tmp_path / "plant", nursery, **options))

        yield start
