"""The ways a mail can leave: one module a way, one line in the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from outreach.channels.answers import Answer, Channel
from outreach.channels.dry import Dry
from outreach.channels.smtp import Smtp
from outreach.errors import SettingsError

__all__ = ["CHANNELS", "Answer", "Channel", "from_url"]

CHANNELS: Mapping[str, Callable[[str], Channel]] = {
    "smtp": Smtp,
    "smtps": Smtp,
    "dry": lambda url: Dry(),
}


def from_url(url: str) -> Channel:
    """Return the channel that `url` names, not yet opened; raise SettingsError if there is none."""
    scheme = url.partition(":")[0].lower()
    if scheme not in CHANNELS:
        raise SettingsError(
            f"a mail server begins with one of {', '.join(f'{name}://' for name in CHANNELS)}"
        )
    return CHANNELS[scheme](url)
