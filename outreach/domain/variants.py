"""Which of several texts a lead gets: a hash of ids, so that every run and every machine says the same."""

from __future__ import annotations

from hashlib import blake2b


def pick(count: int, *ids: object) -> int:
    """Return a number from 0 to `count` - 1 that depends on nothing but the ids, evenly spread."""
    if count < 1:
        raise ValueError("there is nothing to pick from")
    # Lengths stand before the ids, or (1, 23) and (12, 3) would be the same.
    words = [str(each).encode() for each in ids]
    digest = blake2b(b"".join(b"%d:%b" % (len(word), word) for word in words), digest_size=8).digest()
    return int.from_bytes(digest) % count
