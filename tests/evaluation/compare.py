"""What a mail was taken for against its labels: the same comparison for the test and for the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True)
class Miss:
    """A label that is not met."""

    key: str
    expected: Any
    found: Any

    def __str__(self) -> str:
        return f"{self.key}: {self.expected!r} expected, found {self.found!r}"


def misses(expected: Record, found: Record) -> list[Miss]:
    """Return every label of `expected` that `found` does not meet; what has no label is not looked at."""
    return [
        miss
        for key, label in expected.items()
        if key not in ("file", "note")
        for miss in _OF_KEY.get(key, _plain)(key, label, found[key])
    ]


def _plain(key: str, label: Any, found: Any) -> Iterator[Miss]:
    if (label or None) != (found or None):
        yield Miss(key, label, found)


def _words(key: str, label: Any, found: Any) -> Iterator[Miss]:
    if squeezed(label) != squeezed(found):
        yield Miss(key, label, found)


def _phrase(key: str, label: Any, found: Any) -> Iterator[Miss]:
    if squeezed(label).casefold() != squeezed(found).casefold():
        yield Miss(key, label, found)


def _among(key: str, label: Any, found: Any) -> Iterator[Miss]:
    """The ids that are expected have to be there, in any order; others may be."""
    if not set(label or ()) <= set(found):
        yield Miss(key, label, found)


def _quarantine(key: str, label: Any, found: Any) -> Iterator[Miss]:
    if (bool(found) if isinstance(label, bool) else found) != (label or type(label)()):
        yield Miss(key, label, found)


def _recipients(key: str, label: Any, found: Any) -> Iterator[Miss]:
    by_address = {each["address"]: each for each in found}
    wanted = {address_of(each): each for each in label or ()}
    if by_address.keys() != wanted.keys():
        yield Miss(f"{key}.address", sorted(wanted), sorted(by_address))
    for address, each in wanted.items():
        got = by_address.get(address, {})
        for name, value in each.items():
            if got and name != "address" and got[name] != value:
                yield Miss(f"{key}.{name}", value, got[name])


def _people(key: str, label: Any, found: Any) -> Iterator[Miss]:
    if [_person(each) for each in label or ()] != [_person(each) for each in found]:
        yield Miss(key, label, found)


def _person(each: Record) -> tuple[str, str]:
    return squeezed(each.get("name")).casefold(), str(each.get("email") or "").lower()


_OF_KEY: dict[str, Callable[[str, Any, Any], Iterator[Miss]]] = {
    "reply_text": _words,
    "purchase_time": _phrase,
    "competitor": _phrase,
    "message_ids": _among,
    "quarantine": _quarantine,
    "recipients": _recipients,
    "referral": _people,
}


def address_of(recipient: Record) -> str:
    return str(recipient.get("address") or "").lower()


def squeezed(text: Any) -> str:
    """Return the text with each run of white space as one blank."""
    return " ".join(str(text or "").split())
