"""Compiles a mail once, before any lead is known: Markdown, layout, CSS and links are done here and not per mail."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import css_inline
from jinja2 import Template, nodes
from markdown_it import MarkdownIt

from outreach.links import web_address
from outreach.render.language import (
    HTML,
    LINES,
    LINKED,
    PIXEL,
    PLAIN,
    Fault,
    Faulty,
    Language,
    names,
    parse,
    shown,
)
from outreach.render.plain import as_text
from outreach.render.sources import Source, Text, take_apart
from outreach.render.tokens import LAYOUT, Tokens, flatten, fresh, pattern, rebuild, torn

LAYOUT_HTML, LAYOUT_TEXT = "layout.html", "layout.txt"
BARE_HTML = '<html><body>{{ content }}<p>{{ organisation.name }}, {{ organisation.postal_address }}</p>\
<p><a href="{{ unsubscribe_url }}">Unsubscribe</a></p></body></html>'
BARE_TEXT = """{{ content }}

--
{{ organisation.name }}, {{ organisation.postal_address }}
Unsubscribe: {{ unsubscribe_url }}
"""
PIXEL_LOOK = 'width="1" height="1" alt="" style="display:none"'
PREHEADER_LOOK = "display:none;max-height:0;overflow:hidden;mso-hide:all"

_MARKDOWN = MarkdownIt("commonmark", {"html": True})
_HREF = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)(")', re.IGNORECASE | re.DOTALL)
_SINGLE_QUOTED = re.compile(r"(<a\b[^>]*?\bhref=)'([^'\"]*)'", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class CompiledMail:
    """A mail template ready to be rendered."""

    file: str
    subject: Template
    preheader: Template | None
    html: Template
    text: Template
    links: tuple[str, ...]  # addresses of the links that are known before a lead is
    used: tuple[tuple[int, str, str], ...]  # (line, name, field) that it takes from its context


@dataclass(frozen=True)
class CompiledNote:
    """A note template ready to be rendered."""

    file: str
    subject: Template
    text: Template
    used: tuple[tuple[int, str, str], ...]


def compile_note(file: str, source: Source) -> CompiledNote:
    """Return a compiled note; raise Faulty."""
    subject, body = _plain(_subject(source)), parse(LINES, source.body.text, source.body.line)
    used = (*_used(subject), *_used(body))
    return CompiledNote(file, _template(PLAIN, _shown_all(subject)), _template(PLAIN, _shown_all(body)), used)


@dataclass(frozen=True)
class Assembled:
    """A mail in its layout before it is compiled: trees in which every {{ }} and {% %} stands where it will act."""

    source: Source
    subject: nodes.Template
    preheader: nodes.Template | None
    body: nodes.Template  # what the author wrote, without the layout
    body_html: str  # the same as HTML, with tokens for what is not text
    html: nodes.Template
    text: nodes.Template
    links: tuple[str, ...]
    used: tuple[tuple[int, str, str], ...]


def compile_mail(templates: Mapping[str, str], file: str) -> CompiledMail:
    """Return a compiled mail in its layout; raise Faulty."""
    mail = assemble(templates, file)
    return CompiledMail(
        file,
        _template(PLAIN, mail.subject),
        _template(PLAIN, mail.preheader) if mail.preheader else None,
        _template(HTML, mail.html),
        _template(PLAIN, mail.text),
        mail.links,
        mail.used,
    )


def assemble(templates: Mapping[str, str], file: str) -> Assembled:
    """Return a mail in its layout; raise Faulty."""
    return _assembled(file, templates[file], *layouts_of(templates))


def assembled(templates: Mapping[str, str], file: str) -> Assembled:
    """Return the same as `assemble`, kept for whoever asks again: checks look at a mail from several sides."""
    return _kept(file, templates[file], *layouts_of(templates))


def layouts_of(templates: Mapping[str, str]) -> tuple[str, str]:
    """Return the layouts of HTML and of text: the bare ones where the templates have none."""
    return templates.get(LAYOUT_HTML, BARE_HTML), templates.get(LAYOUT_TEXT, BARE_TEXT)


def _assembled(file: str, written: str, *layouts: str) -> Assembled:
    source = take_apart(file, written)
    tokens = fresh(source.body.text, *layouts)
    subject = _plain(_subject(source))
    preheader = _plain(source.preheader) if source.preheader else None
    body_tree = parse(HTML, source.body.text, source.body.line)
    body = _body(source, flatten(body_tree, tokens), tokens)
    trees = [subject, body_tree, *([preheader] if preheader else [])]
    page = _in_layout(layouts[0], body, tokens, LAYOUT)
    text = _in_layout(layouts[1], as_text(body), tokens, 2 * LAYOUT)
    ready: dict[str, nodes.Expr] = {}
    try:
        page, links = _with_links(_inlined(page, tokens), tokens, ready)
    except Astray as astray:
        raise Faulty(_placed(astray, source, layouts[0])) from None
    page = _with_pixel(_with_preheader(page, preheader, tokens), tokens, ready)
    used = (
        *(each for tree in trees for each in _used(tree)),
        *_layout_used(layouts[0], LAYOUT),
        *_layout_used(layouts[1], 2 * LAYOUT),
    )
    return Assembled(
        source,
        _shown_all(subject),
        _shown_all(preheader) if preheader else None,
        body_tree,
        body,
        rebuild(page, tokens, HTML, ready),
        rebuild(text, tokens, PLAIN),
        links,
        used,
    )


_kept = lru_cache(maxsize=512)(_assembled)


def compile_subject(text: str) -> Template:
    """Return a subject that stands in a campaign file, compiled; raise Faulty."""
    return _template(PLAIN, subject_tree(text))


def subject_tree(text: str) -> nodes.Template:
    """Return a subject that stands in a campaign file as a tree in which nothing comes out empty; raise Faulty."""
    return _shown_all(_plain(Text(text, 1)))


def _subject(source: Source) -> Text:
    if source.subject is None or not source.subject.text.strip():
        raise Faulty(Fault(1, "there is no subject", "begin the file with ---, subject: ..., ---"))
    return source.subject


def _plain(text: Text) -> nodes.Template:
    return parse(PLAIN, " ".join(text.text.split("\n")).strip(), text.line)


def _shown_all(tree: nodes.Template) -> nodes.Template:
    """Return the tree in which nothing can come out empty."""
    tokens = fresh(*(data.data for data in tree.find_all(nodes.TemplateData)))
    return rebuild(flatten(tree, tokens), tokens, PLAIN)


def _template(language: Language, tree: nodes.Template) -> Template:
    code = language.compile(tree, "template", "template")
    return language.template_class.from_code(language, code, {})


def _used(tree: nodes.Template) -> Iterator[tuple[int, str, str]]:
    return names(tree)


# -- the body ---------------------------------------------------------------------------------------


def _body(source: Source, flat: str, tokens: Tokens) -> str:
    """Return the body as HTML with tokens."""
    if not source.is_markdown:
        return flat
    return _out_of_paragraphs(_MARKDOWN.render(_apart(flat, tokens)), tokens)


def _apart(flat: str, tokens: Tokens) -> str:
    """Put each {% %} that has a line to itself into a paragraph of its own, as a comment that Markdown leaves alone."""
    if not tokens.blocks:
        return flat
    alone = re.compile(
        rf"^[ \t]*((?:{'|'.join(tokens.blocks)})(?:[ \t]*(?:{'|'.join(tokens.blocks)}))*)[ \t]*$", re.M
    )
    single = re.compile("|".join(tokens.blocks))
    return alone.sub(
        lambda line: "\n\n" + "\n\n".join(f"<!--{name}-->" for name in single.findall(line[1])) + "\n\n", flat
    )


def _out_of_paragraphs(page: str, tokens: Tokens) -> str:
    """Take a block that fills a paragraph out of it, so that no empty paragraph stays where it is not true."""
    for name in tokens.named("if", "for"):
        node = tokens.known[name].node
        mine = [each for each in tokens.blocks if tokens.known[each].node in _parts(node)]
        end = mine[-1]
        whole = re.compile(rf"<p>{name}(((?!</p>).)*){end}</p>", re.DOTALL)
        turns = re.compile("|".join(mine[1:-1]) or r"(?!)")
        page = whole.sub(
            lambda found, name=name, end=end, turns=turns: (  # type: ignore[misc]
                f"{name}<p>" + turns.sub(lambda turn: f"</p>{turn[0]}<p>", found[1]) + f"</p>{end}"
            ),
            page,
        )
    return page


def _parts(node: nodes.Node) -> list[nodes.Node]:
    return [node, *(node.elif_ if isinstance(node, nodes.If) else [])]


# -- the layout -------------------------------------------------------------------------------------


def _in_layout(layout: str, body: str, tokens: Tokens, above: int) -> str:
    tree = _layout(layout, above)
    before = set(tokens.known)
    flat = flatten(tree, tokens)
    for name in tokens.known.keys() - before:
        shows = tokens.known[name].node
        if isinstance(shows, nodes.Name) and shows.name == "content":
            if flat.count(name) != 1:
                break
            return flat.replace(name, body)
    raise Faulty(
        Fault(above + 1, "the layout has no {{ content }}", "it stands once, where the mail's text goes")
    )


@lru_cache(maxsize=8)  # all mails of a workspace share two
def _layout(layout: str, above: int) -> nodes.Template:
    try:
        tree = parse(HTML, layout, 1)
    except Faulty as faulty:
        raise Faulty(*(fault._replace(line=fault.line + above) for fault in faulty.faults)) from None
    for node in tree.find_all(nodes.Node):
        if node.lineno is not None:
            node.lineno += above
    return tree


@lru_cache(maxsize=8)
def _layout_used(layout: str, above: int) -> tuple[tuple[int, str, str], ...]:
    return tuple(_used(_layout(layout, above)))


def _inlined(page: str, tokens: Tokens) -> str:
    # As comments, tokens between table rows or paragraphs stay where they are.
    marked = pattern(tokens.blocks).sub(lambda found: f"<!--{found[1]}-->", page)
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)
    return inliner.inline(marked)


def _with_preheader(page: str, preheader: nodes.Template | None, tokens: Tokens) -> str:
    if preheader is None:
        return page
    shown_first = f'<div style="{PREHEADER_LOOK}">{html.escape(flatten(preheader, tokens).strip())}</div>'
    return _BODY.sub(lambda found: found[0] + shown_first, page, count=1)


def _with_pixel(page: str, tokens: Tokens, ready: dict[str, nodes.Expr]) -> str:
    name = f"{tokens.prefix}pixelx"
    ready[name] = nodes.Filter(nodes.Const(PIXEL_LOOK), PIXEL, [], [], None, None, lineno=1)
    head, end, tail = page.rpartition("</body>")
    return f"{head}{name}{end}{tail}" if end else page + name


# -- links ------------------------------------------------------------------------------------------


class Astray(Exception):
    """A link that leads nowhere; its text is the address, as the author wrote it."""


def _placed(astray: Astray, source: Source, layout: str) -> Fault:
    """Return the fault with the line in which the address first stands."""
    address, line = str(astray), 0
    for text, first in ((source.body.text, source.body.line), (layout, LAYOUT + 1)):
        start = address.partition("{{ }}")[0]
        if start and start in text:
            line = first + text[: text.index(start)].count("\n")
            break
    return Fault(line, f"the link {address[:80]!r} leads nowhere", "write the whole address, https://...")


def _with_links(page: str, tokens: Tokens, ready: dict[str, nodes.Expr]) -> tuple[str, tuple[str, ...]]:
    """Return the page with a token for the address of each link that is to be followed, and the known addresses."""
    known: list[str] = []
    parts = pattern([*tokens.known], are_all=True)

    def replaced(found: re.Match[str]) -> str:
        address = html.unescape(found[2]).strip()
        names = parts.findall(address)
        for name in names:
            if tokens.known[name].role != "show":
                raise torn(tokens.known[name])
        if not _is_followed(address, names, tokens):
            return found[0]
        number = len(known)
        known.append(address if not names else "")
        name = f"{tokens.prefix}link{number}x"
        ready[name] = _followed(number, parts.split(address), tokens)
        return f"{found[1]}{name}{found[3]}"

    page = _SINGLE_QUOTED.sub(r'\1"\2"', page)
    return _HREF.sub(replaced, page), tuple(known)


def _is_followed(address: str, names: list[str], tokens: Tokens) -> bool:
    """Answer whether clicks on the address are counted; raise Astray for one that may not stand in a mail."""
    if len(names) == 1 and address == names[0]:
        node = tokens.known[names[0]].node
        return not (isinstance(node, nodes.Name) and node.name == "unsubscribe_url")
    if address.lower().startswith(("mailto:", "tel:", "#")):
        return False
    if not names and web_address(address) is not None:
        return True
    if names and address.lower().startswith(("http://", "https://")):
        return True
    raise Astray(pattern(names).sub("{{ }}", address))


def _followed(number: int, pieces: list[str], tokens: Tokens) -> nodes.Expr:
    line = 1
    expressions: list[nodes.Expr] = []
    for place, piece in enumerate(pieces):
        if place % 2:
            node = tokens.known[piece].node
            assert isinstance(node, nodes.Expr)
            line = node.lineno
            expressions.append(shown(node))
        elif piece:
            expressions.append(nodes.Const(piece))
    return nodes.Filter(nodes.Const(number), LINKED, expressions, [], None, None, lineno=line)
