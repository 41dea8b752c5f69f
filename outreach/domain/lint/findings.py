"""What a rule of the linter finds: in words, with the place in the file that it is about."""

from __future__ import annotations

from dataclasses import dataclass

Place = tuple[str | int, ...]
"""Where something stands in a file: keys, and numbers in lists from 0."""


@dataclass(frozen=True)
class Finding:
    """One thing that a rule has to say. With `of_key` it is about the key that the place ends with.

    `other` is the campaign that it is about too.
    """

    rule: str
    place: Place
    message: str
    hint: str = ""
    of_key: bool = False
    other: str = ""
