"""Judges who fetched an open pixel or a click link: a person, a machine, or a mail client's proxy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from crawleruseragents import is_crawler

from outreach.domain.words import Verdict

VERSION = 1
"""Kept with each verdict, so that old facts can be judged again by better rules."""

BURST = timedelta(seconds=2)
"""Several links of one mail within this time: nobody reads that fast."""

TOO_SOON = timedelta(seconds=1)
"""A click this soon after the mail was taken comes from the receiving server."""

USER_AGENT_LENGTH = 200

PREFETCH_HEADERS = ("purpose", "sec-purpose", "x-purpose", "x-moz")
_PREFETCH_WORDS = ("prefetch", "prerender", "preview")

PROXIES = ("googleimageproxy", "yahoomailproxy", "ggpht.com")
"""Fetch pictures for a person, or ahead of one: nobody can tell which."""

PRIVACY_RELAY = "mozilla/5.0"
"""All that Apple's mail privacy protection says of itself; no browser stops there."""

SCANNERS = (
    "barracuda",
    "bitdefender",
    "existence discovery",
    "fortiguard",
    "fortimail",
    "messagelabs",
    "mimecast",
    "proofpoint",
    "safelinks",
    "sophos",
    "symantec",
    "trend micro",
    "trendmicro",
    "zscaler",
)
"""Mail gateways that say who they are, beside those in the list of crawlers."""


@dataclass(frozen=True)
class Hit:
    """One request for a pixel or a link, with what it tells of its maker. Header names are in lower case."""

    method: str
    user_agent: str
    at: datetime
    headers: Mapping[str, str] = field(default_factory=dict)
    sent_at: datetime | None = None  # none: not known
    recent_links: int = (
        0  # distinct links of this mail fetched within BURST, this one included; 0 for a pixel
    )


Rule = Callable[[Hit], bool]


def judge(hit: Hit) -> tuple[Verdict, str]:
    """Return who did it and by which rule; the first rule of the table that applies decides."""
    for name, verdict, applies in RULES:
        if applies(hit):
            return verdict, name
    return Verdict.HUMAN, "no_rule"


def _is_head(hit: Hit) -> bool:
    return hit.method == "HEAD"


def _is_prefetch(hit: Hit) -> bool:
    return bool(hit.headers) and any(
        word in hit.headers.get(name, "").lower() for name in PREFETCH_HEADERS for word in _PREFETCH_WORDS
    )


def _says_nothing(hit: Hit) -> bool:
    return not hit.user_agent.strip()


def _is_proxy(hit: Hit) -> bool:
    return _names(hit.user_agent, PROXIES)


def _is_privacy_relay(hit: Hit) -> bool:
    return hit.user_agent.strip().lower() == PRIVACY_RELAY


def _is_scanner(hit: Hit) -> bool:
    return _names(hit.user_agent, SCANNERS)


def _is_crawler(hit: Hit) -> bool:
    return _known_crawler(hit.user_agent[:USER_AGENT_LENGTH])


def _is_burst(hit: Hit) -> bool:
    return hit.recent_links > 1


def _is_too_soon(hit: Hit) -> bool:
    return hit.recent_links > 0 and hit.sent_at is not None and hit.at - hit.sent_at < TOO_SOON


@lru_cache(maxsize=4096)
def _names(user_agent: str, words: tuple[str, ...]) -> bool:
    lowered = user_agent.lower()
    return any(word in lowered for word in words)


@lru_cache(maxsize=4096)  # 1,500 patterns take 0.1 ms, and most people use one of a few browsers
def _known_crawler(user_agent: str) -> bool:
    return bool(is_crawler(user_agent))


RULES: tuple[tuple[str, Verdict, Rule], ...] = (
    ("head", Verdict.MACHINE, _is_head),
    ("prefetch", Verdict.MACHINE, _is_prefetch),
    ("no_user_agent", Verdict.MACHINE, _says_nothing),
    ("image_proxy", Verdict.PROXY, _is_proxy),
    ("privacy_relay", Verdict.PROXY, _is_privacy_relay),
    ("scanner", Verdict.MACHINE, _is_scanner),
    ("crawler", Verdict.MACHINE, _is_crawler),
    ("burst", Verdict.MACHINE, _is_burst),
    ("too_soon", Verdict.MACHINE, _is_too_soon),
)
"""The rules in their order: what a request says of itself comes before what its timing suggests."""
