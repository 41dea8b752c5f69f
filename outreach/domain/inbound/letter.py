"""A mail as the rules on its kind look at it; what several of them need is read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from outreach.domain.date_words import folded
from outreach.domain.inbound.identifiers import returned_mails, sole_address
from outreach.domain.inbound.parts import Headers, Opened
from outreach.domain.inbound.prose import Beginning, beginning


@dataclass(frozen=True)
class Letter:
    """The mail, and its subject, sender and first words in the form that rules compare."""

    mail: Opened

    @property
    def headers(self) -> Headers:
        return self.mail.headers

    @cached_property
    def subject(self) -> str:
        """The subject in lower case, without accents and encoded words."""
        return " ".join(folded(self.headers.text("subject")[:400]).split())

    @cached_property
    def sender(self) -> str:
        """The one address in From, or nothing."""
        return sole_address(self.headers)

    @cached_property
    def begun(self) -> Beginning:
        return beginning(self.mail)

    @cached_property
    def words(self) -> str:
        """What the mail begins with: lower case, no accents, no line breaks, no quoted mail."""
        return self.begun.words

    @cached_property
    def answers(self) -> bool:
        """Whether its headers name a mail that it answers."""
        return bool(self.headers.first("in-reply-to") or self.headers.first("references"))

    @cached_property
    def returned(self) -> list[Headers]:
        """The headers of the mails that it gives back, or has attached."""
        return returned_mails(self.mail)
