"""Networks from which mail gateways look at links: what their owners publish, and what an installation adds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network

KEPT_BITS = {4: 24, 6: 48}
"""How much of an address is kept of a hit, by IP version; the rest is told apart by a keyed hash only."""

# Where each owner tells its ranges is named so that they can be looked up: what stands here is how they were known when
# this was written, and an installation adds and corrects with OUTREACH_SCANNER_NETWORKS.
SCANNERS: Mapping[str, tuple[str, ...]] = {
    # learn.microsoft.com, "Microsoft 365 URLs and IP address ranges", id 10: the hosts of Exchange Online Protection.
    "Microsoft Exchange Online Protection": (
        "40.92.0.0/15",
        "40.107.0.0/16",
        "52.100.0.0/14",
        "104.47.0.0/17",
        "2a01:111:f400::/48",
        "2a01:111:f403::/48",
    ),
    # Not published. Where Defender for Office 365 opens links from, as its administrators have seen for years.
    "Microsoft Defender for Office 365": ("40.94.0.0/16",),
    # help.proofpoint.com, the address ranges of its services; the registry has them as Proofpoint's own.
    "Proofpoint": (
        "67.231.144.0/20",
        "148.163.128.0/19",
        "205.220.160.0/20",
        "208.84.64.0/22",
        "91.209.104.0/24",
        "185.132.180.0/22",
    ),
    # mimecastsupport.zendesk.com, "Data centers and URLs"; the SPF record _netblocks.mimecast.com.
    "Mimecast": (
        "41.74.192.0/20",
        "63.128.21.0/24",
        "91.220.42.0/24",
        "103.96.20.0/22",
        "124.47.150.0/24",
        "124.47.189.0/24",
        "146.101.78.0/24",
        "170.10.128.0/21",
        "180.189.28.0/24",
        "185.58.84.0/22",
        "195.130.217.0/24",
        "205.139.110.0/23",
        "207.82.80.0/24",
        "207.211.30.0/23",
        "213.167.75.0/24",
        "213.167.81.0/24",
        "216.205.24.0/24",
    ),
    # campus.barracuda.com, "Email Gateway Defense IP ranges"; the registry has both as Barracuda's own.
    "Barracuda": ("64.235.144.0/20", "209.222.80.0/21"),
    # The SPF record spf.messagelabs.com, and Broadcom's "Email Security.cloud IP addresses".
    "Symantec Email Security.cloud": (
        "46.226.48.0/21",
        "67.219.240.0/20",
        "85.158.136.0/21",
        "95.131.104.0/21",
        "103.9.96.0/22",
        "117.120.16.0/21",
        "193.109.254.0/23",
        "194.106.220.0/23",
        "195.245.230.0/23",
        "216.82.240.0/20",
    ),
    # The registry: Cisco IronPort and Cisco Secure Email Cloud Gateway.
    "Cisco Secure Email": (
        "68.232.128.0/19",
        "184.94.240.0/20",
        "208.90.56.0/21",
        "216.71.128.0/19",
    ),
    # The registry: Trend Micro, from where its Web Reputation Services look at pages.
    "Trend Micro": ("150.70.0.0/16", "216.104.0.0/19"),
    # developers.google.com/search/apis/ipranges/googlebot.json: the IPv4 ranges all lie in this one.
    "Googlebot": ("66.249.64.0/20",),
}
"""Nobody reads a mail there: who asks from one of these networks is a machine, whatever it calls itself."""

IMAGE_PROXIES: Mapping[str, tuple[str, ...]] = {
    # google-proxy-*.google.com: what fetches the pictures of mails for those who read them in Gmail.
    "Gmail image proxy": ("66.102.0.0/20", "66.249.80.0/20", "74.125.208.0/20"),
    # The registry: Apple's own; pictures for Mail that do not come through the partners of its private relay.
    "Apple": ("17.0.0.0/8",),
}
"""From there come pictures for people who read, and ahead of them: nobody can tell which."""


class Networks:
    """Finds out to whom a network belongs, by name."""

    def __init__(self, owners: Mapping[str, Iterable[str]]) -> None:
        self._owners = {_widened(ip_network(each)): name for name, those in owners.items() for each in those}
        self._lengths = {
            version: sorted({each.prefixlen for each in self._owners if each.version == version})
            for version in KEPT_BITS
        }
        self.owner = lru_cache(4096)(self._owner)

    def _owner(self, network: str) -> str | None:
        """Return whose network it is, None for one that is not known or is none at all."""
        try:
            found = ip_network(network)
        except ValueError:
            return None
        for length in self._lengths[found.version]:
            if length <= found.prefixlen and (name := self._owners.get(found.supernet(new_prefix=length))):
                return name
        return None

    def with_more(self, written: str) -> Networks:
        """Return these and those that somebody has written down; ValueError names what is no network."""
        more = Networks({})
        more._owners = self._owners | {_widened(each): "added by hand" for each in _read(written)}
        more._lengths = {
            version: sorted({each.prefixlen for each in more._owners if each.version == version})
            for version in KEPT_BITS
        }
        return more


def _widened(network: Network) -> Network:
    """Return the network, or the one that a hit keeps of it: nothing narrower can be found again."""
    kept = KEPT_BITS[network.version]
    return network.supernet(new_prefix=kept) if network.prefixlen > kept else network


def _read(written: str) -> Iterator[Network]:
    """Yield the networks of a list: one a line or parted by commas or blanks; # begins a comment."""
    for line in written.splitlines():
        for part in re.split(r"[,\s]+", line.partition("#")[0]):
            if part:
                yield _network(part)


def _network(written: str) -> Network:
    try:
        return ip_network(written, strict=False)
    except ValueError:
        raise ValueError(f"{written[:50]!r} is no network; write for example 203.0.113.0/24") from None


def shortened(address: str) -> str:
    """Return the network (/24 or /48) of an address, as it may be kept; nothing for what is none."""
    try:
        found = ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    return str(ip_network((found, KEPT_BITS[found.version]), strict=False))


PUBLISHED = Networks(SCANNERS)
OF_PROXIES = Networks(IMAGE_PROXIES)
