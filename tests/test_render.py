"""Templates: what a lead brings is only ever text, no mail leaves with a gap, and nothing in a template runs away."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import TemplateError
from outreach.links import Links
from outreach.render import Rendered, Renderer, check

LINKS = Links("https://t.example.com", "a secret of the test")
LAYOUT = """<!doctype html>
<html><head><style>p { color: #222 } @media (max-width: 600px) { p { color: #333 } }</style></head>
<body>
{{ content }}
<p>{{ sender.signature|linebreaks }}</p>
<p>{{ organisation.name }}, {{ organisation.postal_address }}</p>
<p><a href="{{ unsubscribe_url }}">No more mails</a></p>
</body></html>
"""
LAYOUT_TEXT = """{{ content }}
{{ sender.signature }}
{{ organisation.name }}, {{ organisation.postal_address }}
No more mails: {{ unsubscribe_url }}
"""
LEAD: Mapping[str, Any] = {
    "first_name": "Zoë",
    "last_name": "Kiss",
    "company": None,
    "website": "https://kiss.example/a b?c=1&d=2",
    "seats": 50.0,
    "purchase_at": datetime(2026, 3, 1, 12, tzinfo=UTC),
    "is_known": True,
    "plans": ["one", "two"],
}
CONTEXT: Mapping[str, Any] = {
    "lead": LEAD,
    "sender": {"name": "Anna", "signature": "Anna\nKestrel"},
    "organisation": {"name": "Kestrel & Sons", "postal_address": "1 Main Street, Town"},
}
KNOWN = {
    "lead": set(LEAD),
    "sender": {"name", "signature"},
    "organisation": {"name", "postal_address"},
    "unsubscribe_url": set[str](),
}


def a_set(body: str, subject: str = "Hello", kind: str = ".md", **others: str) -> dict[str, str]:
    layouts = {"layout.html": LAYOUT, "layout.txt": LAYOUT_TEXT}
    return {**layouts, f"a/mail{kind}": f"---\nsubject: '{subject}'\n---\n{body}\n", **others}


def mail(body: str, subject: str = "Hello", kind: str = ".md", lead: Mapping[str, Any] = LEAD) -> Rendered:
    return Renderer(a_set(body, subject, kind), LINKS).render(
        "a/mail", {**CONTEXT, "lead": lead}, message_id=7
    )


def note(body: str, **context: Any) -> str:
    templates = {"notes/a.md": f"---\nsubject: hello\n---\n{body}"}
    return Renderer(templates, LINKS).render_text("notes/a", {**CONTEXT, **context})[1]


def refused(render: Callable[[], object]) -> TemplateError:
    with pytest.raises(TemplateError) as raised:
        render()
    assert "\n" not in str(raised.value)
    return raised.value


class Reader(HTMLParser):
    """What a mail program sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.hrefs: list[str] = []
        self.images: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        if tag == "a":
            self.hrefs.append(values.get("href") or "")
        if tag == "img":
            self.images.append(values.get("src") or "")

    def handle_data(self, data: str) -> None:
        self.words += data


def targets(rendered: Rendered) -> list[str]:
    return [
        LINKS.read_click(href.rpartition("/")[2]).url
        for href in Reader(rendered.html).hrefs
        if href.startswith("https://t.example.com/c/")
    ]


# -- what comes out -----------------------------------------------------------------------------------


def test_markdown_becomes_html_and_text() -> None:
    rendered = mail("Hello **{{ lead.first_name }}**,\n\n- one\n- two\n\n[Read it](https://example.com/case)")
    assert "<strong>Zoë</strong>" in rendered.html
    assert re.search(r"<ul[^>]*>\s*<li[^>]*>one</li>", rendered.html)
    assert "Hello Zoë,\n\n- one\n- two\n" in rendered.text
    assert "Read it: https://example.com/case" in rendered.text
    assert "**" not in rendered.text


def test_html_templates_have_a_text_part_too() -> None:
    rendered = mail("<h1>Hi</h1><p>Hello {{ lead.first_name }},<br>how are <b>you</b>?</p>", kind=".html")
    assert "<b>you</b>" in rendered.html
    assert rendered.text.startswith("Hi\n\nHello Zoë,\nhow are you?\n")


def test_the_style_sheet_is_written_into_the_tags() -> None:
    html = mail("Hello").html
    assert re.search(r'<p style="color: ?#222', html)
    assert "@media" in html


def test_both_parts_have_a_way_out_and_the_address() -> None:
    rendered = mail("Hello")
    unsubscribe = LINKS.unsubscribe(7)
    assert unsubscribe in Reader(rendered.html).hrefs
    assert unsubscribe in rendered.text
    assert "Kestrel &amp; Sons, 1 Main Street, Town" in rendered.html
    assert "Kestrel & Sons, 1 Main Street, Town" in rendered.text


def test_a_signature_keeps_its_lines() -> None:
    rendered = mail("Hello")
    assert re.search(r"Anna<br>\s*Kestrel", rendered.html)
    assert "Anna\nKestrel\n" in rendered.text


def test_an_open_is_counted_before_the_end_of_the_body() -> None:
    html = mail("Hello").html
    assert Reader(html).images == [LINKS.open_pixel(7)]
    assert html.index("<img") < html.index("</body>")


def test_the_preheader_is_hidden_at_the_top() -> None:
    templates = a_set("Hello")
    templates["a/mail.md"] = "---\nsubject: Hi\npreheader: For {{ lead.first_name }} & co\n---\nHello\n"
    rendered = Renderer(templates, LINKS).render("a/mail", CONTEXT, message_id=7)
    assert rendered.preheader == "For Zoë & co"
    assert re.search(r"<body[^>]*>\s*<div style=\"display:none[^>]*>For Zoë &amp; co</div>", rendered.html)
    assert "For Zoë" not in rendered.text


def test_a_subject_of_a_variant_replaces_the_template_s_own() -> None:
    renderer = Renderer(a_set("Hello", "Mine"), LINKS)
    assert renderer.render("a/mail", CONTEXT, message_id=7).subject == "Mine"
    other = renderer.render("a/mail", CONTEXT, message_id=7, subject="For {{ lead.first_name }}")
    assert other.subject == "For Zoë"


def test_rendering_twice_gives_the_same() -> None:
    renderer = Renderer(a_set("Hello {{ lead.first_name }} [x](https://example.com)"), LINKS)
    first = renderer.render("a/mail", CONTEXT, message_id=7)
    assert renderer.render("a/mail", CONTEXT, message_id=7) == first
    assert renderer.render("a/mail", CONTEXT, message_id=8) != first


def test_a_comment_of_the_author_stays_at_home() -> None:
    assert "secret" not in mail("Hello {# secret #}").html
    assert "secret" not in mail("Hello\n\n<!-- secret -->\n\nthere").text


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ lead.seats }} seats", "50 seats"),
        ("{{ lead.seats + 5 }}", "55"),
        ("{{ lead.purchase_at|date('%d %B') }}", "01 March"),
        ("{{ lead.purchase_at }}", "1 March 2026"),
        ("{{ day }}", "2 April 2026"),
        ("{{ written|date('%Y') }}", "2026"),
        ("{{ lead.first_name|upper }}", "ZOË"),
        ("{{ lead['last_name']|lower }}", "kiss"),
        ("{{ lead.plans|join(' and ') }}", "one and two"),
        ("{{ lead.plans|first }} {{ lead.plans|last }} {{ lead.plans|length }}", "one two 2"),
        ("{{ 'a long sentence of words'|truncate(10) }}", "a long…"),
        ("{{ 2.456|round(1) }} {{ 2.6|round }}", "2.5 3"),
        ("{{ lead.company or 'your company' }}", "your company"),
        ("{{ lead.company|default('your company') }}", "your company"),
        ("{{ lead.company or lead.last_name }}", "Kiss"),
        ("{{ 'a' if lead.company else 'b' }}", "b"),
        ("x{{ lead.company or '' }}y", "xy"),
        ("{% set name = lead.first_name %}{{ name }}", "Zoë"),
        ("{% if lead.company is none and lead.seats > 10 %}big{% elif lead.seats %}small{% endif %}", "big"),
        ("{% if 'K' in lead.last_name and lead.last_name in ['Kiss', 'Nagy'] %}yes{% endif %}", "yes"),
        ("{% for plan in lead.plans %}{{ loop.index }}{{ plan }}{% endfor %}", "1one2two"),
        ("{% for plan in none_yet %}x{% else %}none{% endfor %}", "none"),
        ("{{ 'a b&c'|urlencode }}", "a%20b%26c"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
    ],
)
def test_the_language(source: str, shown: str) -> None:
    assert note(source, day=date(2026, 4, 2), written="2026-05-01", none_yet=[]).strip() == shown


BLOCKS = """First.

{% if lead.company %}
You work at {{ lead.company }}.
{% elif lead.seats > 100 %}
You are **many**.
{% else %}
Where do you work?
{% endif %}

Last.
"""


@pytest.mark.parametrize(
    ("lead", "said"),
    [
        ({"company": "Acme", "seats": 1}, "You work at Acme."),
        ({"company": None, "seats": 200}, "You are many."),
        ({"company": None, "seats": 1}, "Where do you work?"),
    ],
)
def test_a_block_leaves_no_gap(lead: dict[str, object], said: str) -> None:
    rendered = mail(BLOCKS, lead=lead)
    assert rendered.text.startswith(f"First.\n\n{said}\n\nLast.\n")
    assert not re.search(r"<p[^>]*>\s*</p>", rendered.html)
    assert said in Reader(rendered.html).words


def test_a_loop_over_items_makes_items() -> None:
    rendered = mail("Plans:\n\n{% for plan in lead.plans %}\n- {{ plan }}\n{% endfor %}\n\nBye.")
    assert Reader(rendered.html).tags.count("li") == 2
    assert re.search(r"- one\s+- two\s+Bye\.", rendered.text)


def test_notes_are_left_as_they_are_written() -> None:
    assert note("A *b* <c> & {{ lead.first_name }}\n\n- x\n") == "A *b* <c> & Zoë\n\n- x\n"


# -- links --------------------------------------------------------------------------------------------


def test_links_to_the_web_are_counted_and_others_are_left() -> None:
    rendered = mail(
        "[a](https://example.com/1?x=1&y=2) [b](http://example.com/2) [c](mailto:a@example.com) [d](tel:+36)"
    )
    assert targets(rendered) == ["https://example.com/1?x=1&y=2", "http://example.com/2"]
    assert rendered.links == ("https://example.com/1?x=1&y=2", "http://example.com/2")
    assert {"mailto:a@example.com", "tel:+36", LINKS.unsubscribe(7)} <= set(Reader(rendered.html).hrefs)


def test_links_have_their_place_as_number_and_the_message() -> None:
    rendered = mail("[a](https://example.com/1) [b](https://example.com/2)")
    hrefs = [href for href in Reader(rendered.html).hrefs if "/c/" in href]
    clicks = [LINKS.read_click(href.rpartition("/")[2]) for href in hrefs]
    assert {click.message_id for click in clicks} == {7}
    assert len({click.link for click in clicks}) == 2


def test_an_address_may_hold_lead_data() -> None:
    rendered = mail("[a](https://example.com/?n={{ lead.first_name|urlencode }}) [b]({{ lead.website }})")
    assert targets(rendered) == ["https://example.com/?n=Zo%C3%AB", "https://kiss.example/a%20b?c=1&d=2"]


def test_addresses_in_html_templates_are_counted_whatever_the_quotes() -> None:
    rendered = mail(
        """<p><a class=x href='https://example.com/1'>a</a><A HREF="https://example.com/2">b</A></p>""",
        kind=".html",
    )
    assert targets(rendered) == ["https://example.com/1", "https://example.com/2"]


@pytest.mark.parametrize(
    "website", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "kiss", "/x", "ftp://a.example"]
)
def test_an_address_of_a_lead_that_leads_elsewhere_stops_the_mail(website: str) -> None:
    error = refused(lambda: mail("Hello\n\n[b]({{ lead.website }})", lead={**LEAD, "website": website}))
    assert (error.template, error.line) == ("a/mail.md", 6)
    assert website not in str(error)


def test_an_address_of_a_lead_may_be_one_to_write_to() -> None:
    rendered = mail("[b]({{ lead.website }})", lead={**LEAD, "website": "mailto:a@example.com"})
    assert "mailto:a@example.com" in Reader(rendered.html).hrefs


# -- data is data -------------------------------------------------------------------------------------

HOSTILE = [
    "{{ 7*7 }}",
    "{% for x in range(9) %}",
    "<img src=x onerror=alert(1)>",
    "</p></body><script>alert(1)</script>",
    '" onmouseover="x',
    "**bold** [link](https://evil.example) `code`",
    "# heading",
    "<!-- comment -->",
    "&lt;b&gt; &amp;",
    "=?utf-8?q?x?=",
    "j0123456789x0x",
    "%s %(x)s {0}",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_a_lead_brings_is_only_text(name: str) -> None:
    body = "# Hi {{ lead.first_name }}\n\n*{{ lead.first_name }}* and `{{ lead.first_name }}`\n\n- {{ lead.first_name }}\n"
    usual, rendered = mail(body), mail(body, "{{ lead.first_name }}", lead={**LEAD, "first_name": name})
    assert Reader(rendered.html).tags == Reader(usual.html).tags
    assert Reader(rendered.html).words.count(name) == 4
    assert rendered.text.count(name) == 4
    assert rendered.subject == name


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), min_size=1))
def test_any_name_comes_through_whole(name: str) -> None:
    rendered = RENDERER.render("a/mail", {**CONTEXT, "lead": {"first_name": name}}, message_id=7)
    assert rendered.text.startswith(f"Hello -{name}-,\n")
    assert f"Hello -{name}-," in Reader(rendered.html).words
    assert rendered.subject == f"-{name}-"


RENDERER = Renderer(a_set("Hello *-{{ lead.first_name }}-*,", "-{{ lead.first_name }}-"), LINKS)


def test_lead_data_in_an_attribute_stays_in_it() -> None:
    rendered = mail(
        "<p title={{ lead.first_name }}>x</p>", kind=".html", lead={"first_name": 'a" onclick="b c'}
    )
    assert "onclick" not in [
        name for tag in re.findall(r"<p[^>]*>", rendered.html) for name in re.findall(r' (\w+)="', tag)
    ]


# -- no gaps ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("company", [None, "", "  ", "\n"])
@pytest.mark.parametrize(
    "place",
    [
        "{{ lead.company }}",
        "{{ lead.company|upper }}",
        "{{ lead.company or lead.company }}",
        "{{ lead.company if lead.company is defined }}",
        "{{ lead.company|default(lead.company) }}",
        "{% set x = lead.company %}{{ x }}",
        "[a](https://example.com/{{ lead.company }})",
    ],
)
def test_an_empty_field_stops_the_mail_with_file_and_line(company: str | None, place: str) -> None:
    error = refused(lambda: mail(f"Hello,\n\nabout {place}.", lead={**LEAD, "company": company}))
    assert (error.template, error.line) == ("a/mail.md", 6)
    assert "empty" in str(error)


def test_an_empty_field_in_the_subject_stops_the_mail() -> None:
    error = refused(lambda: mail("Hello", "About {{ lead.company }}"))
    assert "lead.company is empty" in str(error)
    assert error.line == 2


def test_an_empty_field_in_the_layout_names_the_layout() -> None:
    context = {**CONTEXT, "sender": {"signature": ""}}
    error = refused(lambda: Renderer(a_set("Hello"), LINKS).render("a/mail", context, message_id=7))
    assert (error.template, error.line) == ("layout.html", 5)


def test_an_empty_field_in_the_text_layout_names_that_one() -> None:
    templates = a_set("Hello") | {"layout.txt": LAYOUT_TEXT + "{{ sender.phone }}"}
    error = refused(lambda: Renderer(templates, LINKS).render("a/mail", CONTEXT, message_id=7))
    assert (error.template, error.line) == ("layout.txt", 5)


@pytest.mark.parametrize("place", ["{{ lead.nmae }}", "{{ nobody }}", "{{ nobody.name }}", "{% if lead.nmae %}x{% endif %}",
                                   "{% for x in nobody %}{% endfor %}", "{{ lead.nmae or 'x' }}"])  # fmt: skip
def test_an_unknown_name_stops_the_mail(place: str) -> None:
    error = refused(lambda: mail(f"Hello,\n\nabout {place}."))
    assert (error.template, error.line) == ("a/mail.md", 6)
    assert "not known" in str(error)


@pytest.mark.parametrize(
    "place",
    ["{{ lead }}", "{{ lead.is_known }}", "{{ lead.plans }}", "{{ lead or 'x' }}", "{{ lead.plans or 'x' }}"],
)
def test_what_nobody_wants_to_read_stops_the_mail(place: str) -> None:
    assert "can not be printed" in str(refused(lambda: mail(place)))


@pytest.mark.parametrize(
    ("layouts", "missing"),
    [
        ({"layout.html": LAYOUT.replace("{{ unsubscribe_url }}", "https://example.com")}, "unsubscribe"),
        ({"layout.txt": LAYOUT_TEXT.replace("{{ unsubscribe_url }}", "-")}, "unsubscribe"),
        ({"layout.html": LAYOUT.replace("{{ organisation.postal_address }}", "-")}, "postal address"),
        ({"layout.txt": LAYOUT_TEXT.replace("{{ organisation.postal_address }}", "-")}, "postal address"),
        ({"layout.html": LAYOUT.replace("{{ content }}", "-")}, "content"),
        ({"layout.html": LAYOUT.replace("{{ content }}", "{{ content }}{{ content }}")}, "content"),
    ],
)
def test_no_mail_leaves_without_what_the_law_asks(layouts: dict[str, str], missing: str) -> None:
    error = refused(lambda: Renderer(a_set("Hello") | layouts, LINKS).render("a/mail", CONTEXT, message_id=7))
    assert missing in str(error)


def test_a_postal_address_may_have_lines() -> None:
    templates = a_set("Hello") | {
        "layout.html": LAYOUT.replace("postal_address", "postal_address|linebreaks")
    }
    organisation = {"name": "Kestrel", "postal_address": "1 Main's Street\n1000 Town"}
    rendered = Renderer(templates, LINKS).render(
        "a/mail", {**CONTEXT, "organisation": organisation}, message_id=7
    )
    assert re.search(r"Street<br>\s*1000 Town", rendered.html)


# -- nothing runs away --------------------------------------------------------------------------------

FORBIDDEN = [
    "{{ 'a' * 200000000 }}",
    "{{ 'a' ** 9 }}",
    "{{ '%200000000d' % 1 }}",
    "{{ '%200000000d'|format(1) }}",
    "{{ 'a' ~ 'b' }}",
    "{{ range(99999999) }}",
    "{{ lipsum(n=100000) }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ lead.__class__ }}",
    "{{ lead['__class__'] }}",
    "{{ lead|attr('__class__') }}",
    "{{ lead.first_name.upper() }}",
    "{{ 'x'|center(9999999) }}",
    "{{ 'x'|indent(9999999) }}",
    "{{ ['a', 'b']|join }}",
    "{{ ('a', 'b') }}",
    "{{ {'a': 1} }}",
    "{{ lead.first_name[1:] }}",
    "{{ self }}",
    "{{ x is divisibleby 3 }}",
    "{% for x in range(99999) %}x{% endfor %}",
    "{% for x in 'abc' %}x{% endfor %}",
    "{% for x in [1, 2] %}x{% endfor %}",
    "{% for x in lead.plans recursive %}{{ loop(x) }}{% endfor %}",
    "{% for x in lead.plans %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% include 'a/mail.md' %}",
    "{% extends 'layout.html' %}",
    "{% import 'x' as y %}",
    "{% from 'x' import y %}",
    "{% macro x() %}{{ x() }}{% endmacro %}",
    "{% block x %}{% endblock %}",
    "{% filter upper %}x{% endfilter %}",
    "{% set x %}y{% endset %}",
    "{% set ns.x = 1 %}",
    "{% set a, b = lead.plans %}",
    "{% with %}{% endwith %}",
    "{% autoescape false %}{{ lead.first_name }}{% endautoescape %}",
    "{% call x() %}{% endcall %}",
    "{{ lead.first_name|safe }}",
    "{{ lead.first_name|striptags }}",
    "{{",
    "}} {{ }}",
    "{% if %}",
    "{% endfor %}",
    "{% if lead.company %}",
    "{% nonsense %}",
    "{{ " + "(" * 20000 + "1" + ")" * 20000 + " }}",
    "{{ " + "not " * 5000 + "1 }}",
    "{{ " + "-".join(["1"] * 3000) + " }}",
    "{{ " + "9" * 10000 + " }}",
    "{% if 1 %}" * 60 + "{% endif %}" * 60,
    "x" * 200_000,
]


@pytest.mark.parametrize("source", FORBIDDEN, ids=lambda source: source[:40])
def test_what_is_not_part_of_the_language_is_said_before_any_mail(source: str) -> None:
    begun = time.process_time()
    problems = check(a_set(f"Hello\n\n{source}"), "a/mail", KNOWN)
    assert problems
    assert all(problem.file == "templates/a/mail.md" and problem.line in (0, 6) for problem in problems)
    assert all("\n" not in str(problem) and len(str(problem)) < 500 for problem in problems)
    refused(lambda: mail(f"Hello\n\n{source}"))
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "source",
    [
        "{% set x = 'aaaaaaaaaa' %}" + "{% set x = x + x %}" * 40 + "{{ x }}",
        "{% set x = 'aaaaaaaaaa' %}" + "{% set x = x|join(x) %}" * 10 + "{{ x }}",
        "{% set x = '&&&&&&&&&&' %}" + "{% set x = x|urlencode %}" * 3000 + "{{ x|length + many }}",
        "{{ lead.purchase_at|date('%99999999d') }}",
        "{% for x in many_items %}x{% endfor %}",
        "{% for x in items %}{% for y in items %}{% for z in items %}x{% endfor %}{% endfor %}{% endfor %}",
        "{% for x in items %}" + "y" * 5000 + "{% endfor %}",
        "{{ long }}{{ long }}{{ long }}",
        "{{ lead.first_name - 1 }}",
        "{{ lead.company > 1 }}",
        "{{ lead.first_name|date('%d') }}",
        "{{ lead.first_name|round }}",
        "{{ lead.first_name|truncate('x') }}",
    ],
    ids=lambda source: source[:60],
)
def test_what_grows_or_does_not_fit_stops_in_time(source: str) -> None:
    begun = time.process_time()
    context: dict[str, object] = {
        "many_items": list(range(200)),
        "items": list(range(90)),
        "long": "x" * 90_000,
        "many": "x",
    }
    refused(lambda: note(source, **context))
    assert time.process_time() - begun < 5


# -- checking -----------------------------------------------------------------------------------------


def problems_of(body: str, subject: str = "Hello") -> list[str]:
    return [str(problem) for problem in check(a_set(body, subject), "a/mail", KNOWN)]


def test_a_good_template_has_no_problems() -> None:
    assert (
        problems_of(
            "Hello {{ lead.first_name }} {% for x in lead.plans %}{{ x.name }}{{ loop.index }}{% endfor %}"
        )
        == []
    )


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("Hello\n{{ lead.fist_name }}", 5, "did you mean lead.first_name?"),
        ("Hello\n\n{{ laed.first_name }}", 6, "did you mean lead?"),
        ("{% if lead.fist_name %}x{% endif %}", 4, "did you mean lead.first_name?"),
        ("Hello\n[x](https://example.com/{{ lead.fist_name }})", 5, "did you mean lead.first_name?"),
        ("Hello\n<a href='javascript:alert(1)'>x</a>", 5, "leads nowhere"),
        ("Hello\n\n[x](example.com)", 6, "leads nowhere"),
        ("Hello\n\n[x](ftp://{{ lead.website }})", 6, "leads nowhere"),
        ("Hello\n\n{% if lead.company %}\nx", 6, "endif"),
    ],
)
def test_problems_have_the_line_of_the_template(body: str, line: int, words: str) -> None:
    found = problems_of(body)
    assert [
        problem for problem in found if f"templates/a/mail.md:{line}: " in problem and words in problem
    ], found


def test_a_wrong_name_in_the_layout_is_told_of_the_layout() -> None:
    templates = a_set("Hello") | {"layout.html": LAYOUT.replace("sender.signature", "sender.singature")}
    assert [str(problem) for problem in check(templates, "a/mail", KNOWN)] == [
        "templates/layout.html:5: template: sender.singature is not known; did you mean sender.signature?"
    ]


def test_all_that_is_forbidden_is_told_at_once() -> None:
    assert len(problems_of("{{ a() }}\n{{ 1 * 2 }}\n{% include 'x' %}")) == 3


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("Hello", 1, "subject"),
        ("---\npreheader: x\n---\nHello", 1, "subject"),
        ("---\nsubject: ''\n---\nHello", 1, "subject"),
        ("---\nsubject: x\nHello", 1, "does not end"),
        ("---\nsubject: x\nsubjetc: y\n---\nHello", 3, "not a key"),
        ("---\nsubjetc: y\n---\nHello", 2, "did you mean subject?"),
        ("---\nsubject: x\nsubject: y\n---\nHello", 3, "twice"),
        ("---\nsubject: {{ lead.first_name }}\n---\nHello", 2, "quotes"),
        ("---\nsubject: [x]\n---\nHello", 2, "quotes"),
        ("---\nsubject: &a x\npreheader: *a\n---\nHello", 2, "quotes"),
        ("---\n\tsubject: x\n---\nHello", 2, "YAML"),
        ("---\n- x\n---\nHello", 2, "keys"),
        ("---\nsubject: '{{ lead.fist_name }}'\n---\nHello", 2, "did you mean"),
        ("---\nsubject: >\n  Hello\n  {{ lead.fist_name }}\n---\nHello", 0, "did you mean"),
        ("---\n" + "[" * 5000 + "\n---\nHello", 1, "YAML"),
        ("---\nsubject: \x00\n---\nHello", 1, "YAML"),
    ],
)
def test_wrong_front_matter_is_told_with_its_line(source: str, line: int, words: str) -> None:
    problems = check(a_set("x") | {"a/mail.md": source}, "a/mail", KNOWN)
    assert len(problems) == 1
    assert words in str(problems[0])
    assert line in (problems[0].line, 0)


def test_files_from_other_systems_are_read() -> None:
    templates = a_set("x") | {"a/mail.md": "\ufeff---\r\nsubject: Hi\r\n---\r\nHello\r\n\r\nthere\r\n"}
    rendered = Renderer(templates, LINKS).render("a/mail", CONTEXT, message_id=7)
    assert rendered.subject == "Hi"
    assert rendered.text.startswith("Hello\n\nthere\n")


def test_a_template_that_is_missing_is_suggested() -> None:
    error = refused(lambda: Renderer(a_set("x"), LINKS).render("a/mial", CONTEXT, message_id=7))
    assert "did you mean a/mail?" in str(error)


def test_a_block_that_is_torn_apart_is_refused() -> None:
    error = refused(lambda: mail("Hello\n\n[x](https://example.com/{% if lead.company %}a{% endif %})"))
    assert error.template == "a/mail.md"


def test_no_problem_and_no_error_holds_lead_data() -> None:
    secret = "s3cret@example.com"
    error = refused(lambda: mail("{{ lead.first_name - 1 }}", lead={"first_name": secret}))
    assert secret not in str(error)


def test_a_mail_is_rendered_quickly() -> None:
    renderer = Renderer(
        a_set("Hello {{ lead.first_name }},\n\n" + "A [link](https://example.com) of many.\n\n" * 20), LINKS
    )
    renderer.render("a/mail", CONTEXT, message_id=7)
    begun = time.process_time()
    for number in range(100):
        renderer.render("a/mail", CONTEXT, message_id=number)
    assert (time.process_time() - begun) / 100 < 0.01
