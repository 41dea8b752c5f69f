"""The words of webhooks: what a provider tells, what its words mean to us, and what can be wrong with a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from outreach.domain.inbound.words import Reason
from outreach.domain.words import Kind
from outreach.errors import InputError, OutreachError


class Unsigned(OutreachError):
    """Not signed by the provider, or too long ago: answered with 401."""


class Unreadable(InputError):
    """Signed, and not what the provider documents: answered with 400."""


class Unavailable(OutreachError):
    """What is needed to decide can not be reached: answered with 503, so that the provider tells it again."""


@dataclass(frozen=True)
class Word:
    """What a provider's word means.

    `kind` is what is recorded; None is nothing at all. `note` is the text of a note. `reason` is that of a bounce
    whose server's answer tells none, and `may_be_dead` whether a bounce of this word can end an address for good.
    `is_held` says that the provider itself kept the mail back: no server was asked, and what is said is its own.
    """

    kind: Kind | None
    note: str = ""
    reason: Reason = Reason.UNDEFINED
    may_be_dead: bool = False
    is_held: bool = False


NOTHING = Word(None)
DELIVERED = Word(Kind.NOTE, "delivered")
DELAYED = Word(Kind.NOTE, "delayed")
OPENED = Word(Kind.OPENED)
CLICKED = Word(Kind.CLICKED)
COMPLAINED = Word(Kind.COMPLAINED)
UNSUBSCRIBED = Word(Kind.UNSUBSCRIBED)
AUTO_REPLIED = Word(Kind.AUTO_REPLIED)


def note(text: str) -> Word:
    """Return the word for what is only kept as a fact."""
    return Word(Kind.NOTE, text)


def judged(reason: Reason = Reason.UNDEFINED) -> Word:
    """Return the word for a bounce that ends the address where its reason does; `reason` is for want of a better."""
    return Word(Kind.BOUNCED, reason=reason, may_be_dead=True)


def soft(reason: Reason) -> Word:
    """Return the word for a bounce that ends no address, whatever the server said."""
    return Word(Kind.BOUNCED, reason=reason)


def held(reason: Reason = Reason.ON_HOLD) -> Word:
    """Return the word for a mail that never left the provider: of the address that says nothing new."""
    return Word(Kind.BOUNCED, reason=reason, is_held=True)


def meaning(words: Mapping[str, Word], word: str) -> Word | None:
    """Return what `word` means: "a/b/c" is looked up as it is, then as "a/b", then as "a"; None if not even that."""
    while word:
        if (found := words.get(word)) is not None:
            return found
        word = word.rpartition("/")[0]
    return None


@dataclass(frozen=True)
class Seen:
    """What a provider tells of an open or a click. `by` is its own judgement: "machine", "proxy" or nothing."""

    user_agent: str = ""
    host: str = ""
    url: str = ""
    by: str = ""


@dataclass(frozen=True)
class Notice:
    """One thing that a provider tells about one recipient of one mail.

    `id` is the same however often it is told. `message_ids` and `tokens` are what may name a mail of ours; `word` is
    looked up in the provider's table. `mail` is a whole mail that came in, of which nothing else is told.
    """

    id: str
    word: str
    at: datetime | None = None
    address: str = ""  # as the provider spells it; none where it does not say
    message_ids: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    status: str = ""  # RFC 3463
    smtp_code: str = ""
    reason: Reason | None = None  # told outright
    text: str = ""  # what the receiving server said
    seen: Seen | None = None
    mail: bytes | None = None
