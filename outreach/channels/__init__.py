"""The ways a mail can leave: one module a way, one line in the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from outreach.channels.answers import Answer, Channel, Outcome, Outgoing
from outreach.channels.dry import Dry
from outreach.channels.oauth import Tokens
from outreach.channels.smtp import Smtp
from outreach.errors import SettingsError

__all__ = ["CHANNELS", "Answer", "Channel", "Outcome", "Outgoing", "from_url"]

CHANNELS: Mapping[str, Callable[[str, int, Tokens | None], Channel]] = {
    "smtp": Smtp,
    "smtps": Smtp,
    "dry": lambda url, lanes, tokens: Dry(lanes=lanes),
}


def from_url(url: str, lanes: int = 1, tokens: Tokens | None = None) -> Channel:
    """Return the channel that `url` names, not yet opened, with at most so many connections.

    `tokens` is for a mail server that is logged in to by OAuth.

    SettingsError where there is none.
    """
    scheme = url.partition(":")[0].lower()
    if scheme not in CHANNELS:
        raise SettingsError(
            f"a mail server begins with one of {', '.join(f'{name}://' for name in CHANNELS)}"
        )
    return CHANNELS[scheme](url, lanes, tokens)
