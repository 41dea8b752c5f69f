"""Signed addresses of the tracking pages: none can be guessed, altered or used for another purpose."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import quote, urlsplit

import idna

from outreach.errors import BadToken

Answer = Literal["accept", "reject"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)

OPEN, CLICK, UNSUBSCRIBE, HANDOFF, ENVELOPE = b"open", b"click", b"unsubscribe", b"handoff", b"envelope"
HONEYPOT = b"honeypot"

SIGNATURE_BYTES = 12
# VERP tokens share a local part of at most 64 octets with a prefix (RFC 5321, 4.5.3.1.1).
ENVELOPE_SIGNATURE_BYTES = 10
MAX_URL = 2000
MAX_TOKEN = 4096

# Everything RFC 3986 allows in an address, and the percent sign of what is already encoded.
_URL_SAFE = "!#$%&'()*+,/:;=?@[]~"
_HOST = r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
_CLEAN_URL = re.compile(rf"https?://{_HOST}(?:[/?#][!#-;=?-\[\]_a-z~]*)?")


@dataclass(frozen=True)
class Click:
    """What a click token says: which link of which message, and where it leads."""

    message_id: int
    link: int
    url: str


class Links:
    """Writes and reads the signed addresses under `base_url`.

    New tokens are signed with `secret_key`; tokens signed with one of `previous_keys` stay valid. Without
    `has_honeypot` mails get no link that only machines find.
    """

    has_honeypot = False

    def __init__(
        self,
        base_url: str,
        secret_key: str,
        previous_keys: tuple[str, ...] = (),
        *,
        has_honeypot: bool = True,
    ) -> None:
        self.has_honeypot = has_honeypot
        self.base_url = base_url.rstrip("/")
        self._keys = tuple(_Key(secret) for secret in (secret_key, *previous_keys))

    def open_pixel(self, message_id: int) -> str:
        """Return the address of the picture that tells of an open."""
        return f"{self.base_url}/o/{self._token(OPEN, _varint(message_id))}.gif"

    def click(self, message_id: int, link: int, url: str) -> str:
        """Return the address that records a click and leads to `url`, which has to be http(s)."""
        if not is_web_address(url):
            raise ValueError("a tracked link leads to an http or https address")
        payload = _varint(message_id) + _varint(link) + url.encode("ascii")
        return f"{self.base_url}/c/{self._token(CLICK, payload)}"

    def honeypot(self, message_id: int) -> str:
        """Return the address that nobody sees: who asks for it looks at all links of a mail, and is no person."""
        return f"{self.base_url}/l/{self._token(HONEYPOT, _varint(message_id))}"

    def unsubscribe(self, message_id: int) -> str:
        """Return the address of the unsubscribe page; a POST to it acts (RFC 8058)."""
        return f"{self.base_url}/u/{self._token(UNSUBSCRIBE, _varint(message_id))}"

    def handoff(self, handoff_id: int, answer: Answer) -> str:
        """Return the address where a rep accepts or rejects a lead."""
        payload = _varint(handoff_id) + bytes([ANSWERS.index(answer)])
        return f"{self.base_url}/h/{self._token(HANDOFF, payload)}"

    def envelope_token(self, message_id: int) -> str:
        """Return the part of the envelope sender that names the message: survives relays that fold case."""
        signed = self._keys[0].sign(ENVELOPE, _varint(message_id), ENVELOPE_SIGNATURE_BYTES)
        return base64.b32encode(signed).decode("ascii").rstrip("=").lower()

    def read_open(self, token: str) -> int:
        """Return the message id; raise BadToken for anything we did not sign as an open."""
        return _only_id(self._payload(OPEN, token))

    def read_click(self, token: str) -> Click:
        """Return what was clicked; raise BadToken for anything we did not sign as a click."""
        message_id, rest = _read_varint(self._payload(CLICK, token))
        link, url = _read_varint(rest)
        target = url.decode("ascii", "replace")
        if not is_web_address(target):
            raise BadToken("this link leads nowhere")
        return Click(message_id, link, target)

    def read_honeypot(self, token: str) -> int:
        """Return the message id; raise BadToken for anything we did not sign as the link that nobody sees."""
        return _only_id(self._payload(HONEYPOT, token))

    def read_unsubscribe(self, token: str) -> int:
        """Return the message id; raise BadToken for anything we did not sign as an unsubscribe link."""
        return _only_id(self._payload(UNSUBSCRIBE, token))

    def read_handoff(self, token: str) -> tuple[int, Answer]:
        """Return the hand-off's id and the answer; raise BadToken for anything we did not sign as one."""
        handoff_id, rest = _read_varint(self._payload(HANDOFF, token))
        if len(rest) != 1 or rest[0] >= len(ANSWERS):
            raise BadToken("this link is not valid")
        return handoff_id, ANSWERS[rest[0]]

    def read_envelope_token(self, token: str) -> int:
        """Return the message id, whatever the case of the letters; raise BadToken for all we did not sign."""
        upper = token.upper() if token.isascii() and len(token) <= MAX_TOKEN else ""
        try:
            data = base64.b32decode(upper + "=" * (-len(upper) % 8))
        except binascii.Error:
            raise BadToken("this is not a return address of ours") from None
        if base64.b32encode(data).decode("ascii").rstrip("=") != upper:
            raise BadToken("this is not a return address of ours")
        return _only_id(self._verified(ENVELOPE, data, ENVELOPE_SIGNATURE_BYTES))

    def _token(self, purpose: bytes, payload: bytes) -> str:
        signed = self._keys[0].sign(purpose, payload, SIGNATURE_BYTES)
        return base64.urlsafe_b64encode(signed).decode("ascii").rstrip("=")

    def _payload(self, purpose: bytes, token: str) -> bytes:
        if not token.isascii() or len(token) > MAX_TOKEN:
            raise BadToken("this link is not valid")
        try:
            data = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except binascii.Error:
            raise BadToken("this link is not valid") from None
        # The decoder skips foreign characters and unused last bits: only the one true spelling counts.
        if base64.urlsafe_b64encode(data).decode("ascii").rstrip("=") != token:
            raise BadToken("this link is not valid")
        return self._verified(purpose, data, SIGNATURE_BYTES)

    def _verified(self, purpose: bytes, data: bytes, size: int) -> bytes:
        for key in self._keys:
            if data[:1] == key.key_id and key.signed(purpose, data, size):
                return data[1 + size :]
        raise BadToken("this link is not valid")


class _Key:
    """One secret, with a key of its own for each purpose: no token serves for another one."""

    def __init__(self, secret: str) -> None:
        root = secret.encode("utf-8")
        self.key_id = hmac.digest(root, b"outreach key id", "sha256")[:1]
        self._purposes = {
            purpose: hmac.digest(root, b"outreach links " + purpose, "sha256")
            for purpose in (OPEN, CLICK, UNSUBSCRIBE, HANDOFF, ENVELOPE, HONEYPOT)
        }

    def sign(self, purpose: bytes, payload: bytes, size: int) -> bytes:
        """Return key id, signature and payload."""
        return self.key_id + hmac.digest(self._purposes[purpose], payload, "sha256")[:size] + payload

    def signed(self, purpose: bytes, data: bytes, size: int) -> bool:
        """Answer whether `data` is something that this key signed for this purpose."""
        return hmac.compare_digest(data, self.sign(purpose, data[1 + size :], size))


def is_web_address(url: str) -> bool:
    """Answer whether `url` is an absolute http(s) address in plain ASCII, without a user part."""
    return len(url) <= MAX_URL and _CLEAN_URL.fullmatch(url) is not None


def web_address(url: str) -> str | None:
    """Return `url` as an absolute http(s) address in plain ASCII, or None if there is no such reading.

    Blanks and letters outside ASCII are percent-encoded, an international host is written in punycode.
    """
    url = url.strip()
    if not is_web_address(url):
        try:
            url = _encoded(url)
        except ValueError:
            return None
    return url if is_web_address(url) else None


def _encoded(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc
    if not host.isascii():
        host = parts.netloc.replace(
            name := parts.hostname or "", idna.encode(name, uts46=True).decode("ascii")
        )
    rest = url.partition("://")[2][len(parts.netloc) :]
    return f"{parts.scheme}://{host}{quote(rest, safe=_URL_SAFE)}"


def _varint(number: int) -> bytes:
    if number < 0:
        raise ValueError("ids are not negative")
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _read_varint(data: bytes) -> tuple[int, bytes]:
    number = 0
    for position, byte in enumerate(data):
        number |= (byte & 0x7F) << 7 * position
        if byte < 0x80:
            return number, data[position + 1 :]
    raise BadToken("this link is not valid")


def _only_id(payload: bytes) -> int:
    number, rest = _read_varint(payload)
    if rest:
        raise BadToken("this link is not valid")
    return number
