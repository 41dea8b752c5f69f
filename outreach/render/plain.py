"""Writes HTML as plain text: what the text part of a mail says."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from outreach.render.tokens import SHAPE

_PARAGRAPHS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre", "hr"}
)
_SILENT = frozenset({"head", "style", "script", "title"})
_GAPS = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[ \t\r\n]+")


def as_text(html: str) -> str:
    """Return the text of `html`: paragraphs with a line between, `- ` before items, and `text: address` for links."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return tidy("".join(writer.out))


def tidy(text: str) -> str:
    """Return `text` without blanks at the ends of lines, and with at most one empty line at a time."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return _GAPS.sub("\n\n", lines).strip() + "\n"


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._silent = 0
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _PARAGRAPHS:
            self.out.append("\n\n")
        elif tag == "br":
            self.out.append("\n")
        elif tag in ("li", "tr"):
            self.out.append("\n- " if tag == "li" else "\n")
        elif tag == "a":
            self._links.append((dict(attributes).get("href") or "", len(self.out)))
        elif tag == "img":
            self.out.append(dict(attributes).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _PARAGRAPHS:
            self.out.append("\n\n")
        elif tag == "a" and self._links:
            href, start = self._links.pop()
            said = "".join(self.out[start:]).strip()
            if href and href != said:
                self.out.append(f": {href}" if said else href)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            text = _SPACES.sub(" ", data)
            at_start = not self.out or self.out[-1].endswith(("\n", "- "))
            self.out.append(text.lstrip() if at_start else text)

    def handle_comment(self, data: str) -> None:
        # A block of the template that stands between paragraphs; what the author noted is for nobody else.
        if SHAPE.fullmatch(data):
            self.out.append(f"\n\n{data}\n\n")
