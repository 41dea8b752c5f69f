"""Asks DNS about the domains of senders, all at the same time and not for long."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

import dns.asyncresolver
import dns.exception
import dns.resolver

from outreach.doctor.verdicts import Records

SECONDS = 2.5
"""For one question, and as all are asked at once for all of them."""

MOST_DOMAINS = 20


def ask(domains: Iterable[str], resolver: dns.asyncresolver.Resolver | None = None) -> list[Records]:
    """Return what DNS says of each domain, by the machine's own resolver unless another is given."""
    wanted = sorted(set(domains))[:MOST_DOMAINS]
    try:
        asked = resolver or dns.asyncresolver.Resolver()
    except dns.exception.DNSException:
        return [Records(domain, None, None, None, None) for domain in wanted]
    return asyncio.run(_all(wanted, asked))


async def _all(domains: Sequence[str], resolver: dns.asyncresolver.Resolver) -> list[Records]:
    return list(await asyncio.gather(*(_records(domain, resolver) for domain in domains)))


async def _records(domain: str, resolver: dns.asyncresolver.Resolver) -> Records:
    mx, a, aaaa, texts, dmarc = await asyncio.gather(
        _answers(resolver, domain, "MX"),
        _answers(resolver, domain, "A"),
        _answers(resolver, domain, "AAAA"),
        _answers(resolver, domain, "TXT"),
        _dmarc(domain, resolver),
    )
    return Records(
        domain,
        mx=None if mx is None else tuple(each.split()[-1] for each in mx),
        has_address=None if a is None and aaaa is None else bool(a or aaaa),
        spf=None if texts is None else _beginning(texts, "v=spf1"),
        dmarc=dmarc,
    )


async def _dmarc(domain: str, resolver: dns.asyncresolver.Resolver) -> tuple[str, ...] | None:
    """Return the record of the domain, or of the nearest one above it that has one."""
    labels = domain.split(".")
    above = [".".join(labels[start:]) for start in range(max(len(labels) - 1, 1))]
    answers = await asyncio.gather(*(_answers(resolver, f"_dmarc.{name}", "TXT") for name in above))
    for texts in answers:
        if texts is None:
            return None
        if found := _beginning(texts, "v=DMARC1"):
            return found
    return ()


async def _answers(resolver: dns.asyncresolver.Resolver, name: str, kind: str) -> list[str] | None:
    """Return the records as text; an empty list where there are none, None where nobody could be asked."""
    try:
        found = await resolver.resolve(name, kind, lifetime=SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError, ValueError):
        return None
    if kind != "TXT":
        return [each.to_text() for each in found]
    return [b"".join(each.strings).decode("ascii", "replace") for each in found]


def _beginning(texts: Iterable[str], word: str) -> tuple[str, ...]:
    """Return the records that begin with the word, which ends there."""
    first = word.lower()
    return tuple(text for text in texts if text.replace(";", " ").lower().split(" ")[0].strip() == first)
