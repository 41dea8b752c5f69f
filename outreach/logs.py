"""How the program logs: one `key=value` line each, never with an address in it."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime

from outreach.errors import without_addresses


class Line(logging.Formatter):
    """Formats a record as `at=... level=... part=... what="..."`; whatever looks like an address is taken out."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        what = (
            without_addresses(record.getMessage())
            .replace("\\", "\\\\")
            .replace('"', '\\"')
            .replace("\n", "\\n")
        )
        line = f'at={at} level={record.levelname.lower()} part={record.name} what="{what}"'
        if record.exc_info:
            trace = without_addresses(self.formatException(record.exc_info))
            line += "\n" + trace
        return line


def set_up(level: str = "info") -> None:
    """Log to standard error from `level` on; libraries only their warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("outreach").setLevel(level.upper())
    # What a job says of itself when it is late is not news: the next tick does the same work.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
