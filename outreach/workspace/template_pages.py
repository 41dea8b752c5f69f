"""What is wrong with the links and images of a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from outreach.errors import Problem
from outreach.render.compiled import LAYOUT_HTML, Assembled
from outreach.render.contents import EXPRESSION, Image, Link, letters, shown
from outreach.workspace.files import TEMPLATES

FEWEST_LETTERS = 20
"""A mail with an image and less text than this is taken for spam, and says nothing where images are off."""
NO_HOST = re.compile(
    r"(?:www\.)?(?:your-?(?:site|domain|company|link|website)|domain|website)\.(?:com|tld)|localhost"
)
FILL_IN = re.compile(r"\bTODO\b|\bXXX+\b|\bFIXME\b|INSERT|YOUR[-_]|\[[^\]]*\]|<[^>]*>|%5B|%3C")
LOOKS_LIKE_ADDRESS = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[/?#]\S*)?", re.IGNORECASE)
FOUND_AS = ('"{}"', "'{}'", "({}", "<{}", "{}")


def of(file: str, source: str, layout: str | None, parts: Assembled) -> Iterator[Problem]:
    """Yield what is wrong with the links and images of a mail in its layout, each at its own line."""
    page = shown(parts.html)
    texts = [(file, source), *([(LAYOUT_HTML, layout)] if layout else [])]
    for link in page.links:
        yield from _told(texts, link.address, _link(link))
    for image in page.images:
        yield from _told(texts, image.address, _image(image, parts.source.is_markdown))
    own = [image for image in page.images if image.address.partition(EXPRESSION)[0] in source]
    if own and letters(parts.body_html) < FEWEST_LETTERS:
        message = "the mail is an image with hardly any text"
        hint = "say in words what it shows: many programs show no images at first, and filters distrust such mails"
        yield from _told(texts, own[0].address, [("image-only", message, hint)])


Finding = tuple[str, str, str]  # rule, what is wrong, what would be right


def _told(texts: list[tuple[str, str]], address: str, findings: list[Finding]) -> Iterator[Problem]:
    if findings:
        file, line, column = _place(texts, address)
        for rule, message, hint in findings:
            yield Problem(f"{TEMPLATES}/{file}", line, column, rule, message, hint)


def _place(texts: list[tuple[str, str]], address: str) -> tuple[str, int, int]:
    """Return where the address is written: in the mail, or in the layout."""
    start = address.partition(EXPRESSION)[0]
    for form in FOUND_AS:
        needle = form.format(address) if EXPRESSION not in address else form.partition("{")[0] + start
        for file, text in texts:
            at = text.find(needle) if needle else -1
            if at >= 0:
                at += len(form.partition("{")[0])
                return file, text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
    return texts[0][0], 1, 1


# -- links -----------------------------------------------------------------------------------------


def _link(link: Link) -> list[Finding]:
    if link.address == EXPRESSION or link.address.lower().startswith(("mailto:", "tel:")):
        return _text_of(link)
    if link.address.startswith("#"):
        if len(link.address) > 1:
            return []  # a place within the mail
        return [("link-address", "the link leads nowhere", "write the whole address, https://...")]
    said = link.address.replace(EXPRESSION, "x")
    try:
        host = (urlsplit(said).hostname or "").lower()
    except ValueError:
        host = ""
    if why := _unreachable(host, said):
        return [
            (
                "link-address",
                f"the link {link.address[:80]!r} {why}",
                "write the address that people are to see",
            )
        ]
    return _text_of(link, host)


def _unreachable(host: str, address: str) -> str:
    if FILL_IN.search(address) or NO_HOST.fullmatch(host):
        return "is still to be filled in"
    try:
        if not ip_address(host).is_global:
            return "can only be reached from your own network"
    except ValueError:
        if "." not in host:
            return "can only be reached from your own network"
    return ""


def _text_of(link: Link, host: str = "") -> list[Finding]:
    if not link.text:
        message = "the link has no text, so nobody sees or hears it"
        return [("link-text", message, "write what it leads to, or the alt text of its image")]
    found = LOOKS_LIKE_ADDRESS.fullmatch(link.text)
    if not host or not found or _bare(found[1]) == _bare(host):
        return []
    message = f"the link shows {found[1][:60]} and leads to {host[:60]}"
    return [("link-text", message, "write words instead: filters and people take it for a fraud")]


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


# -- images ----------------------------------------------------------------------------------------


def _image(image: Image, is_markdown: bool) -> list[Finding]:
    found: list[Finding] = []
    if image.alt is None or (is_markdown and not image.alt.strip()):
        hint = (
            "![what it shows](address)"
            if is_markdown
            else 'alt="what it shows", or alt="" for mere decoration'
        )
        message = "the image has no text for those who do not see it"
        found.append(("image-without-text", message, f"write {hint}"))
    address = image.address
    if not address.lower().startswith(("https://", "http://", EXPRESSION)):
        kind = (
            "is part of the mail" if address.lower().startswith(("data:", "cid:")) else "has no whole address"
        )
        message = f"the image {kind}, and most mail programs will not show it"
        found.append(("image-address", message, "put it on a web server and write its address, https://..."))
    return found
