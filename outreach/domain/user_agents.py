"""What a user agent says of its maker: a browser, a mail client, a program, or a browser that can not be."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from crawleruseragents import is_crawler

LENGTH = 200
"""How much of a user agent is kept and looked at."""

PROXIES = (
    "googleimageproxy",
    "ggpht.com",
    "yahoomailproxy",
    "imageproxy",
    "image proxy",
    "image-proxy",
    "mailproxy",
    "mail proxy",
    "camo asset proxy",
    "github-camo",
)
"""Fetch pictures for a person, or ahead of one: nobody can tell which."""

BARE = "mozilla/5.0"
"""All that Apple's mail privacy protection says of itself when it fetches pictures; no browser stops there."""

SCANNERS = (
    "avanan",
    "barracuda",
    "bitdefender",
    "checkpoint url",
    "cloudmark",
    "existence discovery",  # Office asks so whether an address is there, before a browser goes
    "fireeye",
    "fortiguard",
    "fortimail",
    "hornetsecurity",
    "ironscales",
    "kaspersky",
    "mailguard",
    "messagelabs",
    "mimecast",
    "netcraft",
    "phishtank",
    "proofpoint",
    "protocol discovery",
    "retarus",
    "safebrowsing",
    "safelinks",
    "sophos",
    "spamtitan",
    "symantec",
    "trend micro",
    "trendmicro",
    "trustwave",
    "urldefense",
    "urlscan",
    "vade secure",
    "vadesecure",
    "virustotal",
    "zscaler",
)
"""Mail gateways that say who they are, beside those in the list of crawlers."""

PROGRAMS = (
    "applenewsbot",
    "bingpreview",
    "electron fetch",
    "faraday",
    "guzzle",
    "headless",
    "java/",
    "link preview",
    "linkpreview",
    "microsoft url control",
    "microsoft-cryptoapi",
    "microsoft-webdav",
    "playwright",
    "puppeteer",
    "pycurl",
    "restsharp",
    "selenium",
    "undici",
    "urllib",
    "webdriver",
    "winhttp",
    "wininet",
)
"""Libraries and tools that the list of crawlers does not know."""

OFFICE = "ms-office"
"""Word, Excel and Outlook look at a link so before they hand it to the browser, which then asks for itself."""

# The last versions for Windows XP and Android 4 are of 2016 and 2018; those for Windows 7 are 109 and 115.
_OLDEST = {"chrome": 70, "crios": 70, "firefox": 60, "fxios": 20}
_BROWSER = re.compile(r"\b(chrome|crios|firefox|fxios)/(\d{1,6})")
_ANCIENT = (
    "msie ",
    "windows nt 5.",
    "windows 9",
    "windows ce",
    "netscape",
    "presto/",
    "trident/4",
    "trident/5",
)
_KNOWN_AT, _KNOWN = date(2024, 10, 15), 131  # the newest of both families on that day
_DAYS_EACH = 14  # Chrome's shortest announced time between two versions
_AHEAD = 12  # what testers have, and to spare


def names_one_of(user_agent: str, words: tuple[str, ...]) -> bool:
    """Return whether one of the words, in lower case, stands in the user agent."""
    return _names(user_agent[:LENGTH], words)


@lru_cache(maxsize=4096)
def _names(user_agent: str, words: tuple[str, ...]) -> bool:
    lowered = user_agent.lower()
    return any(word in lowered for word in words)


def is_known_crawler(user_agent: str) -> bool:
    """Return whether the list of crawlers knows it."""
    return _known_crawler(user_agent[:LENGTH])


@lru_cache(maxsize=4096)  # 1,500 patterns take 0.1 ms, and most people use one of a few browsers
def _known_crawler(user_agent: str) -> bool:
    return bool(is_crawler(user_agent))


def is_bare(user_agent: str) -> bool:
    """Return whether it says no more than that it is some browser."""
    return user_agent.strip().lower() == BARE


def is_out_of_date(user_agent: str) -> bool:
    """Return whether hardly anybody still reads mail with it: scanners keep such names for years."""
    lowered = user_agent[:LENGTH].lower()
    if any(word in lowered for word in _ANCIENT):
        return True
    return any(int(version) < _OLDEST[name] for name, version in _BROWSER.findall(lowered))


def is_of_the_future(user_agent: str, at: datetime) -> bool:
    """Return whether it names a browser's version that can not have been out at that time."""
    newest = _KNOWN + max((at.date() - _KNOWN_AT).days, 0) // _DAYS_EACH + _AHEAD
    return any(int(version) > newest for _, version in _BROWSER.findall(user_agent[:LENGTH].lower()))
