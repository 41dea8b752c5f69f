"""Bytes as text: in the charset that a mail names, or in the one it is more likely written in."""

from __future__ import annotations

import codecs
import re

_NAMED = re.compile(r"[\w.:-]{1,40}", re.ASCII)
# Python knows codecs that are no charsets; some of them (punycode, idna) take quadratic time.
_READABLE = re.compile(
    r"ascii|utf-(?:7|8|16|32)(?:-[lb]e)?|utf-8-sig|iso8859-\d+|cp\d+|koi8-[rut]|gb\w+|hz|big5\w*|shift_ji\w+"
    r"|euc_\w+|iso2022_\w+|johab|mac-\w+|tis-620"
)
# Names that mails use and Python does not know.
_ALSO = {
    "x-sjis": "cp932", "x-gbk": "gb18030", "x-big5": "big5hkscs", "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8",
    "unicode-1-1-utf-7": "utf-7", "unicode-1-1-utf-8": "utf-8", "x-mac-roman": "mac-roman", "x-mac-cyrillic": "mac-cyrillic",
    "windows-874": "cp874", "windows-949": "cp949", "x-windows-949": "cp949", "ms932": "cp932", "x-euc-jp": "euc_jp",
    "iso-8859-6-i": "iso8859-6", "visual": "iso8859-8", "koi8": "koi8-r",
    "utf": "utf-8", "utf-8mb4": "utf-8", "utf8mb4": "utf-8",
}  # fmt: skip
# What is written under these names is what the wider charset holds (WHATWG Encoding Standard, section 4.2).
_WIDER = {
    "ascii": "", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
    "utf-8-sig": "utf-8",
}  # fmt: skip
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# ISO-2022-JP is seven bits wide: it passes for ASCII.
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]|\x1b\([JI]")
_ASIAN = re.compile(r"gb|hz|big5|cp9\d\d|euc|iso2022|johab|shift")
# Letters of cp1250 (ą, ł, ż, ź in Polish, ő in Hungarian) that in cp1252 are signs which stand in no word; õ is
# Portuguese before an e.
_CENTRAL_EUROPEAN = re.compile(
    rb"[A-Za-z\xc0-\xff][\xb3\xb9\xbf\x9f]|[\xb3\xb9\xbf\x9f][a-z\xe0-\xff]|\xf5(?!e)"
)
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_LETTER = re.compile(rb"[\xc0-\xff]")
_LETTER = re.compile(rb"[A-Za-z\xc0-\xff]")
_LOOKED_AT = 4000


def decode(data: bytes, charset: str) -> str:
    """Return `data` as text in `charset`, or in the likeliest one where that is unknown, none, or plainly wrong.

    What can not be read stands as U+FFFD. A letter that is cut in two at the end is left out.
    """
    return _decoded_by(
        data, next((bom for mark, bom in _BOMS if data.startswith(mark)), "") or _codec(charset)
    ).removeprefix("\ufeff")


def _decoded_by(data: bytes, name: str) -> str:
    if name and name != "utf-8" and _ASIAN.match(name) is None and not name.startswith("utf-"):
        return _utf_8(data) or _decoded(data, name)
    if name and name != "utf-8":
        return _decoded(data, name)
    if not name and _ISO_2022_JP.search(data):
        return _decoded(data, "iso2022_jp")
    return _unless_mislabelled(data)


def _codec(charset: str) -> str:
    """Return Python's name for a charset, nothing for ASCII and for what is none."""
    written = charset.strip(" '\"").lower().split("*")[0]
    if not _NAMED.fullmatch(written):
        return ""
    try:
        name = codecs.lookup(
            _ALSO.get(written, re.sub(r"^(?:windows|win|ibm|cp)[-_]?(?=\d)", "cp", written))
        ).name
    except (LookupError, ValueError):
        return ""
    return _WIDER.get(name, name) if _READABLE.fullmatch(name) else ""


def _decoded(data: bytes, name: str) -> str:
    try:
        return codecs.getincrementaldecoder(name)("replace").decode(data)
    except (ValueError, LookupError):
        return data.decode("cp1252", "replace")


def _utf_8(data: bytes) -> str:
    """Return `data` where it is UTF-8 beyond ASCII, which nothing else looks like; else nothing."""
    if data.isascii():
        return ""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return ""


def _unless_mislabelled(data: bytes) -> str:
    if data.isascii():
        return data.decode("ascii")
    if found := _utf_8(data):
        return found
    text = _decoded(data, "utf-8")
    wrong = text.count("\ufffd")
    beyond = len(_HIGH.findall(data[: 4 * _LOOKED_AT]))
    return text if wrong * 4 < beyond else _decoded(data, _guessed(data[:_LOOKED_AT]))


def _guessed(data: bytes) -> str:
    """Return the eight-bit charset that a text of the languages read here is likeliest in."""
    high = _HIGH_LETTER.findall(data)
    if 2 * len(high) > len(_LETTER.findall(data)):
        # Small letters are the most, and the two Cyrillic charsets have them in each other's capitals' place.
        small = sum(1 for byte in high if byte >= b"\xe0")
        return "cp1251" if 2 * small > len(high) else "koi8-r"
    return "cp1250" if _CENTRAL_EUROPEAN.search(data) else "cp1252"
