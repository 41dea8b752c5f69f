"""Labels that are right and not met, each with the reason; a label that is met by now must leave the list."""

from __future__ import annotations

KNOWN: dict[str, tuple[frozenset[str], str]] = {}
"""Sample (folder/file) to the keys that miss, and why."""
