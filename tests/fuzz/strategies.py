"""Strategies for mails: whole ones in the manner of real programs, and the same with something broken in them."""

from __future__ import annotations

import base64
import quopri

from fuzz.pieces import CHARSETS, CONTAINERS, ENCODINGS, FIELDS, LINES, SENDERS, SUBJECTS, TYPES
from hypothesis import strategies as st

BOUNDARIES = st.sampled_from(["b", "bb", "=_b", "b b", "-", "--", "b'", "ü", "b" * 70])


def _written(text: str, charset: str) -> bytes:
    return text.encode(charset, "replace")


def _transferred(data: bytes, encoding: str, is_honest: bool) -> bytes:
    if not is_honest:
        return data
    if encoding.strip().lower() == "base64":
        return base64.encodebytes(data)
    return quopri.encodestring(data) if encoding == "quoted-printable" else data


texts = st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=30)), max_size=25).map("\n".join)


@st.composite
def leaves(draw: st.DrawFn) -> bytes:
    """A part with a text; in one of four the transfer encoding is a lie."""
    encoding = draw(st.sampled_from(ENCODINGS))
    head = f"Content-Type: {draw(st.sampled_from(TYPES))}\n" if draw(st.integers(0, 5)) else ""
    head += f"Content-Transfer-Encoding: {encoding}\n" if encoding else ""
    head += "Content-Disposition: attachment; filename*=utf-8''%41\n" if not draw(st.integers(0, 5)) else ""
    data = _written(draw(texts), draw(st.sampled_from(CHARSETS)))
    blank = b"\n" if draw(st.integers(0, 9)) else b""
    return head.encode() + blank + _transferred(data, encoding, bool(draw(st.integers(0, 3))))


def _containers(children: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    @st.composite
    def built(draw: st.DrawFn) -> bytes:
        boundary = draw(BOUNDARIES)
        said = boundary if draw(st.integers(0, 7)) else draw(BOUNDARIES)
        line = f"\n--{boundary}\n".encode()
        parts = line + line.join(draw(st.lists(children, min_size=1, max_size=4)))
        end = f"\n--{boundary}--\n".encode() if draw(st.integers(0, 4)) else b""
        head = f'Content-Type: {draw(st.sampled_from(CONTAINERS))}; boundary="{said}"\n\n'
        return head.encode() + parts + end

    return built()


bodies = st.recursive(leaves(), _containers, max_leaves=6)


@st.composite
def mails(draw: st.DrawFn) -> bytes:
    """A mail with plain line ends whose structure is, mostly, as it should be."""
    lines = [f"From: {draw(st.sampled_from(SENDERS))}", f"Subject: {draw(st.sampled_from(SUBJECTS))}"]
    lines += draw(st.lists(st.sampled_from(FIELDS), max_size=6))
    return "\n".join([*draw(st.permutations(lines)), ""]).encode() + draw(bodies)


@st.composite
def broken(draw: st.DrawFn, whole: st.SearchStrategy[bytes]) -> bytes:
    """A mail of `whole` from which something was cut, or in which something was doubled or put, line ends too."""
    raw = draw(whole)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(raw)))
        upto = min(len(raw), at + draw(st.integers(0, 200)))
        put = draw(
            st.one_of(st.just(b""), st.binary(max_size=12), st.just(raw[at:upto] * 3), st.just(b"\n" * 5))
        )
        raw = raw[:at] + put + raw[upto:]
    return raw.replace(b"\n", draw(st.sampled_from([b"\n", b"\r\n", b"\r", b"\r\r\n", b"\n\r"])))
