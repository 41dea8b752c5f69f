"""Where a request comes from, as far as it may be kept: its network, and a hash that tells one address from another."""

from __future__ import annotations

import hmac
import ipaddress
import re
from collections.abc import Sequence
from functools import lru_cache

from starlette.types import Scope

from outreach.domain.scanner_networks import shortened
from outreach.errors import SettingsError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

KEPT = 4096
HASH_LENGTH = 16
MOST_HOPS = 20
"""How many addresses of X-Forwarded-For are looked at, from the right: the left ones are written by anybody."""

FORWARDED = frozenset(
    {b"forwarded", b"x-forwarded-for", b"x-real-ip", b"cf-connecting-ip", b"true-client-ip"}
)
"""Headers by which a proxy says that it asks for somebody else."""

NOWHERE = ("", "")


class Origins:
    """Tells where requests come from. Only proxies in the trusted networks are believed when they say so."""

    def __init__(self, key: str, trusted_proxies: str = "") -> None:
        self._key = hmac.digest(key.encode("utf-8"), b"outreach hit address", "sha256")
        self._trusted = _networks(trusted_proxies)
        self._kept = lru_cache(KEPT)(self._origin)
        self._is_trusted = lru_cache(KEPT)(self._trusts)

    def of(self, scope: Scope) -> tuple[str, str]:
        """Return network (/24 or /48) and source of a request; the source is empty where many may share the address."""
        client = scope.get("client")
        if not client:
            return NOWHERE
        forwarded = [(name, value) for name, value in scope["headers"] if name in FORWARDED]
        if not forwarded:
            return self._kept(client[0])
        if not self._is_trusted(client[0]):
            return self._kept(client[0])[0], ""
        hops = b",".join(value for name, value in forwarded if name == b"x-forwarded-for")
        return self._kept(self._first_untrusted(hops.decode("latin-1")))

    def _first_untrusted(self, hops: str) -> str:
        """Return the last address of X-Forwarded-For that is no proxy of ours."""
        for hop in reversed(hops.rsplit(",", MOST_HOPS)[-MOST_HOPS:]):
            if not self._is_trusted(hop.strip()):
                return hop.strip()
        return ""

    def _origin(self, host: str) -> tuple[str, str]:
        network = shortened(host)
        address = _address(host)
        if address is None or not address.is_global:
            return network, ""
        source = hmac.digest(self._key, str(address).encode("ascii"), "sha256").hex()[:HASH_LENGTH]
        return network, source

    def _trusts(self, host: str) -> bool:
        address = _address(host)
        return address is not None and any(address in each for each in self._trusted)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _networks(written: str) -> Sequence[Network]:
    try:
        return [ipaddress.ip_network(part, strict=False) for part in re.split(r"[,\s]+", written) if part]
    except ValueError:
        hint = "write networks as 127.0.0.1/32, 10.0.0.0/8"
        raise SettingsError(f"OUTREACH_TRUSTED_PROXIES is no list of networks; {hint}") from None
