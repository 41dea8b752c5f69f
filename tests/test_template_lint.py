"""Rules on mails: each mistake gets one line at its own place, and what is right gets none."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from house import FUNNEL, LAYOUT, LAYOUT_TEXT, SENDERS, TEAM
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.domain.campaign import Campaign
from outreach.domain.certainty import surely_known
from outreach.domain.expressions import evaluate, parse
from outreach.domain.facts import Facts
from outreach.domain.leads import schema
from outreach.errors import Problem, TemplateError
from outreach.links import Links
from outreach.render import Renderer, check, sources
from outreach.render.compiled import assembled
from outreach.render.contents import longest
from outreach.render.gaps import gaps
from outreach.workspace import template_lint
from outreach.workspace.checks import Known
from outreach.workspace.documents import Document, Node
from outreach.workspace.files import Found, Read, find
from outreach.workspace.rules import RULES

ROOT = Path(__file__).parent.parent
SCHEMA = schema({"seats": "number", "plan": "text", "known": "yes/no"})
CAMPAIGN = "campaign: c\naudience: {stage: suspect}\nsenders: [anna]\nsteps:\n  - email: m\n"
SIGNED = SENDERS.replace("per_day: 1000", 'signature: "The signature", per_day: 1000')
AWAY = "https://kestrel.example.com"


def problems(
    folder: Path, body: str, campaign: str = CAMPAIGN, *, kind: str = ".md", **files: str
) -> list[Problem]:
    """Return what is wrong with a mail of this text, in a workspace in which all else is right."""
    given = {
        "campaigns/funnel.yaml": FUNNEL.replace("{seats: number}", "{seats: number, plan: text, known: yes/no}"),
        "campaigns/team.yaml": TEAM, "campaigns/senders.yaml": SIGNED, "campaigns/c.yaml": campaign,
        "templates/layout.html": LAYOUT, "templates/layout.txt": LAYOUT_TEXT,
        f"templates/m{kind}": body if body.startswith("---") else f"---\nsubject: Hello\n---\n{body}\n",
    }  # fmt: skip
    for name, text in (given | {name.replace("__", "/"): text for name, text in files.items()}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = find(folder)
    assert not found.problems
    return list(template_lint.mails(found, known_of(folder)))


def known_of(folder: Path) -> Known:
    return Known(SCHEMA, {"seats": "number", "plan": "text", "known": "yes/no"}, mails=frozenset({"m"}))


def told(folder: Path, body: str, campaign: str = CAMPAIGN, **files: str) -> list[str]:
    """Return the rules with their places."""
    return [
        f"{each.file.removeprefix('templates/')}:{each.line}:{each.column} {each.rule}"
        for each in problems(folder, body, campaign, **files)
    ]


# -- gaps ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "Hello {{ lead.first_name or 'there' }}",
        "Hello {{ lead.first_name|default('there') }}",
        "Hello you{{ lead.first_name|default('') }}",
        "{% if lead.first_name %}Hello {{ lead.first_name }}{% else %}Hello{% endif %}",
        "{% if not lead.first_name %}Hello{% else %}Hello {{ lead.first_name|title }}{% endif %}",
        "{% if lead.first_name and lead.company %}{{ lead.first_name }} of {{ lead.company }}{% endif %} hello",
        "Hello {{ lead.first_name if lead.first_name else lead.email }}",
        "Hello {{ lead.company or lead.first_name or lead.email }}",
        "{% if lead.country == 'DE' %}{{ lead.country }}{% endif %} hello",
        "{% if lead.country in ['DE', 'AT'] %}{{ lead.country }}{% endif %} hello",
        "{% if lead.seats and lead.seats > 5 %}{{ lead.seats }}{% endif %} hello",
        "{% if lead.plan is not none %}{{ lead.plan }}{% endif %} hello",
        "{% set who = lead.first_name or 'friend' %}Hello {{ who }}",
        "{{ lead.email }} {{ lead.source }} {{ lead.stage }} {{ lead.score }} {{ sender.name }} {{ sender.signature }}",
        "{{ organisation.name }} {{ campaign }} {{ lead.first_name|length }}",
    ],
)
def test_what_is_always_there_or_has_a_fallback_is_right(body: str, tmp_path: Path) -> None:
    assert told(tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Hello {{ lead.first_name }}", "m.md:4:10 missing-fallback"),
        ("Hello,\n\nat {{ lead.company|upper }}", "m.md:6:7 missing-fallback"),
        ("Hello {{ lead.first_name|default('')|title }}", "m.md:4:10 missing-fallback"),
        ("Hello {{ lead.first_name or lead.last_name }}", "m.md:4:29 missing-fallback"),
        ("{% if lead.company %}Hello {{ lead.first_name }}{% endif %} you", "m.md:4:31 missing-fallback"),
        ("{% if lead.first_name or lead.company %}{{ lead.company }}{% endif %} you", "m.md:4:26 missing-fallback"),
        ("{% if lead.country != 'DE' %}{{ lead.country }}{% endif %} you", "m.md:4:7 missing-fallback"),
        ("{% if lead.seats > 5 %}many{% endif %} you", "m.md:4:7 missing-fallback"),
        ("{% if 'x' in lead.title %}many{% endif %} you", "m.md:4:14 missing-fallback"),
        ("{% set who = lead.first_name %}Hello {{ who }}", "m.md:4:8 missing-fallback"),
        ("[Read]({{ lead.plan }}) this now, please", "m.md:4:11 missing-fallback"),
        ("---\nsubject: For {{ lead.company }}\n---\nHello", "m.md:2:17 missing-fallback"),
        ("---\nsubject: For you\npreheader: And {{ lead.company }}\n---\nHello", "m.md:3:19 missing-fallback"),
        ("at {{ organisation.website }} we", "m.md:4:7 missing-fallback"),
        ("{% if lead.company is defined %}x{% endif %} you", "m.md:4:7 always-defined"),
        ("{% if lead.angle == 'a' %}A{% elif lead.angle == 'b' %}B{% endif %} you", "m.md:4:7 empty-for-some"),
        ("{% if lead.company %}Hello{% endif %}", "m.md:4:1 empty-for-some"),
        ("{{ lead.company|default('') }}", "m.md:4:1 empty-for-some"),
        ('---\nsubject: "{% if lead.known %}Hi{% endif %}"\n---\nHello', "m.md:2:1 empty-for-some"),
    ],
)  # fmt: skip
def test_a_gap_is_told_where_it_stands(body: str, expected: str, tmp_path: Path) -> None:
    assert told(tmp_path, body) == [expected]


def test_a_field_is_told_once_of_a_template_and_says_what_to_write(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, "Hello {{ lead.first_name }},\n\nwell, {{ lead.first_name }}.")
    assert str(problem) == (
        "templates/m.md:4:10: missing-fallback: lead.first_name is not known of every lead of c, and no mail leaves "
        'with a gap; write {{ lead.first_name or "..." }}'
    )


def test_words_for_all_that_a_field_can_say_need_no_else(tmp_path: Path) -> None:
    arms = (
        "{% if lead.temperature == 'hot' %}now{% elif lead.temperature in ['warm', 'cold'] %}soon{% endif %}"
    )
    assert told(tmp_path, arms) == []


@pytest.mark.parametrize(
    ("where", "before", "expected"),
    [
        ("lead.company is defined", "", []),
        ('lead.company == "Foods"', "", []),
        ('"Foods" in lead.company', "", []),
        ("lead.company is defined or lead.score > 3", "", ["m.md:4:4 missing-fallback"]),
        ('lead.company != "Foods"', "", ["m.md:4:4 missing-fallback"]),
        ("not lead.company is defined", "", ["m.md:4:4 missing-fallback"]),
        ("lead.score > 3", "  - update: {company: Foods}\n", []),
        ("lead.company is defined", "  - update: {company: null}\n", ["m.md:4:4 missing-fallback"]),
    ],
)
def test_what_audience_and_updates_say_counts(
    where: str, before: str, expected: list[str], tmp_path: Path
) -> None:
    campaign = CAMPAIGN.replace("suspect}", f"suspect, where: '{where}'}}").replace(
        "steps:\n", f"steps:\n{before}"
    )
    assert told(tmp_path, "At {{ lead.company }} we", campaign) == [
        each.replace("4:4", "4:7") for each in expected
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("lead.company is defined", "- {else: [{wait: 1 day}]}", []),
        ("lead.company is defined", "- {else: [{email: m, id: again}]}", ["m.md:4:7 missing-fallback"]),
        ("lead.company is not defined", "- {else: [{email: m, id: again}]}", ["m.md:4:7 missing-fallback"]),
    ],
)
def test_an_arm_knows_its_condition_and_that_those_above_were_false(
    first: str, second: str, expected: list[str], tmp_path: Path
) -> None:
    steps = f"  - branch:\n      - {{if: {first}, then: [{{email: m}}]}}\n      {second}\n"
    assert told(tmp_path, "At {{ lead.company }} we", CAMPAIGN.replace("  - email: m\n", steps)) == expected


def test_the_last_arm_knows_what_the_first_one_took_away(tmp_path: Path) -> None:
    steps = "  - branch:\n      - {if: lead.company is not defined, then: [{wait: 1 day}]}\n      - {else: [{email: m}]}\n"
    assert told(tmp_path, "At {{ lead.company }} we", CAMPAIGN.replace("  - email: m\n", steps)) == []


def test_a_layout_is_told_once_for_all_its_mails(tmp_path: Path) -> None:
    campaign = CAMPAIGN + "  - wait: 1 day\n  - email: n\n"
    layout = LAYOUT.replace("{{ content }}", "<p>{{ lead.company }}</p>{{ content }}")
    other = {"templates__n.md": "---\nsubject: x\n---\nHello\n", "templates__layout.html": layout}
    assert told(tmp_path, "Hello", campaign, **other) == ["layout.html:1:19 missing-fallback"]


def test_a_sender_without_a_signature_leaves_a_gap(tmp_path: Path) -> None:
    one_without = SIGNED.replace('signature: "The signature", ', "", 1)
    (problem,) = problems(
        tmp_path, "Bye\n\n{{ sender.signature }}", **{"campaigns__senders.yaml": one_without}
    )
    assert (problem.line, problem.rule) == (6, "missing-fallback")
    assert "give each a signature in senders.yaml" in problem.hint


def test_subjects_that_a_campaign_tries_are_looked_at_where_they_stand(tmp_path: Path) -> None:
    variants = (
        f'    variants:\n      subject:\n        - "For {{{{ lead.company }}}}"\n        - "{"word " * 20}"\n'
    )
    found = problems(tmp_path, "Hello", CAMPAIGN + variants)
    assert [(each.file, each.line, each.rule) for each in found] == [
        ("campaigns/c.yaml", 8, "missing-fallback"),
        ("campaigns/c.yaml", 9, "subject-long"),
    ]


def combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Conditions made of conditions."""
    both = st.tuples(inner, st.sampled_from(["and", "or"]), inner)
    return inner.map("not ({})".format) | both.map(lambda parts: "({} {} {})".format(*parts))


FIELDS = ("first_name", "company", "country", "plan")
ASKED = [
    *(f"lead.{name}" for name in FIELDS), "lead.country == 'DE'", "lead.country != 'DE'", "lead.plan in ['a', 'b']",
    "lead.plan is none", "lead.company is not none",
]  # fmt: skip
TESTS = st.recursive(st.sampled_from(ASKED), combined, max_leaves=4)
SHOWS = st.sampled_from(FIELDS).map("{{{{ lead.{} }}}}".format) | st.just("{{ lead.plan or lead.company }}")
ARMS = "{{% if {} %}}{}{{% else %}}{}{{% endif %}}"
BODIES = st.recursive(
    SHOWS,
    lambda inner: st.tuples(TESTS, inner, inner).map(lambda parts: ARMS.format(*parts)),
    max_leaves=4,
)
LEADS = st.fixed_dictionaries({name: st.sampled_from([None, "DE", "a"]) for name in FIELDS})


@given(body=BODIES, lead=LEADS)
def test_a_mail_without_a_gap_is_rendered_for_every_lead(body: str, lead: dict[str, str | None]) -> None:
    templates = {"m.html": f"---\nsubject: x\n---\n<p>Hello {body}</p>"}
    mail = assembled(templates, "m.html")
    given_ = frozenset({"organisation.name", "organisation.postal_address"})
    found = gaps([mail.html, mail.text], given_, {})
    context = {"lead": lead, "organisation": {"name": "Ltd", "postal_address": "1 High Street"}}
    try:
        Renderer(templates, Links("https://t.example.com", "a secret key")).render("m", context, message_id=1)
    except TemplateError as error:
        assert {gap.name for gap in found} & set(re.findall(r"lead\.\w+", str(error)))


WHERES = st.recursive(
    st.sampled_from(
        [
            "lead.company is defined", 'lead.company == "a"', 'lead.country != "DE"', "lead.seats > 3",
            '"D" in lead.country', "lead.known", 'lead.country in ["DE", "a"]', "lead.seats + lead.score > 4",
        ]
    ),
    combined,
)  # fmt: skip
FACTS = st.fixed_dictionaries(
    {
        "lead.company": st.sampled_from([None, "a", "b"]), "lead.country": st.sampled_from([None, "DE", "a"]),
        "lead.seats": st.sampled_from([None, 1, 5]), "lead.known": st.sampled_from([None, True, False]),
        "lead.score": st.just(1.0),
    }
)  # fmt: skip


@given(where=WHERES, lead=FACTS)
def test_what_is_surely_known_is_known_of_every_lead_for_whom_the_condition_comes_out_so(
    where: str, lead: dict[str, object]
) -> None:
    condition = parse(where, SCHEMA)
    truth = evaluate(condition, Facts(lead)) is True  # type: ignore[arg-type]
    assert all(lead[name] is not None for name in surely_known(condition, truth))


# -- subject, size, law ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "rules"),
    [
        ("x" * 78, []),
        ("x" * 79, ["subject-long"]),
        ("x" * 40 + " {{ lead.company or 'you' }}", []),
        ("x" * 60 + " {{ lead.company or 'you' }}", ["subject-long"]),
        ("x" * 60 + " {{ lead.company|truncate(10) or 'you' }}", []),
        ("{% if lead.known %}" + "x" * 79 + "{% else %}short{% endif %}", ["subject-long"]),
        ("x" * 999, ["subject-too-long"]),
    ],
)
def test_a_subject_is_measured_with_long_names(subject: str, rules: list[str], tmp_path: Path) -> None:
    found = problems(tmp_path, f'---\nsubject: "{subject}"\n---\nHello')
    assert [each.rule for each in found] == rules
    assert all((each.line, each.column) == (2, 1) for each in found)


@pytest.mark.parametrize(
    ("letters", "rules"), [(80_000, []), (91_500, []), (92_200, ["mail-heavy"]), (99_000, ["mail-heavy"])]
)
def test_the_weight_of_the_html_is_told_before_gmail_cuts_it(
    letters: int, rules: list[str], tmp_path: Path
) -> None:
    found = problems(tmp_path, "word " * (letters // 5))
    assert [each.rule for each in found] == rules


def test_what_comes_from_the_styles_counts_in_every_place_where_they_are_written(tmp_path: Path) -> None:
    layout = LAYOUT.replace("<body>", f"<head><style>p {{ font-family: {'a' * 1000} }}</style></head><body>")
    found = problems(tmp_path, "one\n\n" * 110, **{"templates__layout.html": layout})
    assert [each.rule for each in found] == ["mail-too-heavy"]


def test_of_two_arms_only_the_heavier_one_counts(tmp_path: Path) -> None:
    arm = "word " * 9_500
    assert told(tmp_path, f"{{% if lead.known %}}{arm}{{% else %}}{arm}{{% endif %}}") == []


def otherwise(link: str) -> str:
    """The layout's link for some leads, and something else for the others."""
    layout = LAYOUT.replace("<p><a", "{% if lead.known %}" + link + "{% else %}<p><a")
    return layout.replace("</body>", "{% endif %}</body>")


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        (LAYOUT.replace("{{ unsubscribe_url }}", "https://example.com/u"), "no-unsubscribe"),
        (otherwise("<p>no way out</p>"), "no-unsubscribe"),
        (otherwise("<p>out: {{ unsubscribe_url }}</p>"), ""),
        (LAYOUT.replace("postal_address }}", "name }}"), "no-postal-address"),
        (LAYOUT.replace("postal_address }}", "postal_address|upper }}"), "no-postal-address"),
    ],
)
def test_what_the_law_asks_stands_in_every_mail(layout: str, expected: str, tmp_path: Path) -> None:
    found = told(tmp_path, "Hello", **{"templates__layout.html": layout})
    assert found == ([f"layout.html:1:1 {expected}"] if expected else [])


def test_an_address_of_two_lines_may_stand_on_two_lines(tmp_path: Path) -> None:
    senders = SIGNED.replace('"1 High Street, London"', '"1 High Street\\nLondon"')
    layout = LAYOUT.replace("postal_address }}", "postal_address|linebreaks }}")
    files = {"campaigns__senders.yaml": senders, "templates__layout.html": layout}
    assert told(tmp_path, "Hello", **files) == []


def test_the_weight_is_about_that_of_a_mail_that_is_rendered(tmp_path: Path) -> None:
    body = "".join(f"Hello {{{{ lead.company or 'you' }}}}, [read {i}]({AWAY}/{i}).\n\n" for i in range(100))
    problems(tmp_path, body)
    found = find(tmp_path)
    values = {
        "lead.company": "Internationale Verpackungswerke GmbH",
        "organisation.postal_address": "1 High Street",
    }
    estimate = len(longest(assembled(found.templates, "m.md").html, lambda name: values.get(name, name)))
    context = {
        "lead": {"company": values["lead.company"]},
        "organisation": {"name": "Ltd", "postal_address": "1 High Street"},
    }
    links = Links("https://mail.example.com", "a secret key")
    rendered = Renderer(found.templates, links).render("m", context, message_id=1_000_000)
    assert 0.95 < estimate / len(rendered.html) < 1.05


# -- links and images ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"[Read it]({AWAY}/a)", []),
        ("[Write](mailto:a@example.com), [call](tel:+4930), [below](#prices)", []),
        (f"[kestrel.example.com]({AWAY}/a) and [www.kestrel.example.com/a]({AWAY}/a)", []),
        ("[Read it]({{ lead.plan or 'https://x.example.com' }})", []),
        (f'<a href="{AWAY}"><img src="{AWAY}/a.png" alt="The board"></a> and this is more than enough text', []),
        ("[Read it](#)", ["m.md:4:11 link-address"]),
        ("Hello,\n\n[Read it](https://www.yourdomain.com/a)", ["m.md:6:11 link-address"]),
        (f"[Read it]({AWAY}/TODO)", ["m.md:4:11 link-address"]),
        ("[Read it](http://localhost:8000/a)", ["m.md:4:11 link-address"]),
        ("[Read it](http://192.168.1.4/a)", ["m.md:4:11 link-address"]),
        ("[Read it](http://intranet/a)", ["m.md:4:11 link-address"]),
        (f"[]({AWAY}/a) word", ["m.md:4:4 link-text"]),
        (f"[www.example.org]({AWAY}/a)", ["m.md:4:19 link-text"]),
        (f"[https://example.org/x]({AWAY}/a)", ["m.md:4:25 link-text"]),
        (f"![]({AWAY}/a.png) and this is more than enough text", ["m.md:4:5 image-without-text"]),
        (f"![The board]({AWAY}/a.png)", ["m.md:4:14 image-only"]),
        ("![The board](images/a.png) and this is more than enough text", ["m.md:4:14 image-address"]),
        ("![The board](data:image/png;base64,AAAA) and this is more than enough text", ["m.md:4:14 image-address"]),
    ],
)  # fmt: skip
def test_links_and_images_are_told_where_they_stand(body: str, expected: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, body) == expected


@pytest.mark.parametrize(
    ("alt", "rules"), [("", ["image-without-text"]), (' alt=""', []), (' alt="A board"', [])]
)
def test_in_html_an_image_may_be_mere_decoration(alt: str, rules: list[str], tmp_path: Path) -> None:
    body = f'---\nsubject: x\n---\n<p>This is more than enough text</p><img src="{AWAY}/a.png"{alt}>'
    assert [each.rule for each in problems(tmp_path, body, kind=".html")] == rules


def test_a_link_of_the_layout_is_told_once_and_there(tmp_path: Path) -> None:
    campaign = CAMPAIGN + "  - wait: 1 day\n  - email: n\n"
    layout = LAYOUT.replace("{{ content }}", '{{ content }}\n<p><a href="#">our site</a></p>')
    other = {"templates__n.md": "---\nsubject: x\n---\nHello\n", "templates__layout.html": layout}
    assert told(tmp_path, "Hello", campaign, **other) == ["layout.html:2:13 link-address"]


# -- all in all ------------------------------------------------------------------------------------


def test_a_mail_that_can_not_be_rendered_is_left_to_the_rule_that_says_so(tmp_path: Path) -> None:
    assert told(tmp_path, "{% if %}") == []


def test_the_examples_have_nothing_wrong() -> None:
    found = find(ROOT)
    funnel = schema({"machines": "number", "planning_tool": "text", "newsletter": "yes/no"})
    assert list(template_lint.mails(found, Known(funnel, {}))) == []


def test_a_hundred_campaigns_cost_little_beside_what_reading_their_templates_costs(tmp_path: Path) -> None:
    body = "Hello {{ lead.first_name or 'there' }},\n\n" + f"one, two, [three]({AWAY}/a).\n\n" * 6
    files = {f"templates__m{i}.md": f"---\nsubject: Mail {i}\n---\n{body}{i}" for i in range(100)}
    files |= {
        f"campaigns__c{i}.yaml": CAMPAIGN.replace("m\n", f"m{i}\n").replace(": c\n", f": c{i}\n")
        for i in range(100)
    }
    problems(tmp_path, "Hello", **files)
    found, known = find(tmp_path), known_of(tmp_path)
    begun = time.process_time()
    for i in range(100):
        check(found.templates, f"m{i}.md", {"lead": {"first_name"}})
    read = time.process_time() - begun
    begun = time.process_time()
    list(template_lint.mails(found, known))
    assert time.process_time() - begun < max(3 * read, 1.0)


LETTERS = st.text(st.sampled_from("ab 1-:#{}[]'\"\\,.?!&*|>%@`~_\t\u00e9\u00a0"), max_size=12)
LINES = st.tuples(st.sampled_from(["subject", "preheader"]), LETTERS).map(
    lambda parts: f"{parts[0]}: {parts[1]}\n"
)


@given(text=st.lists(LINES, max_size=3).map("".join))
def test_front_matter_that_is_read_without_yaml_says_what_yaml_says(text: str) -> None:
    if quick := sources._plain_front_matter(text):
        assert quick == sources._front_matter(text)


def test_most_front_matter_is_read_without_yaml() -> None:
    texts = [(ROOT / "templates" / name).read_text() for name in find(ROOT).templates if name.endswith(".md")]
    assert sum(bool(sources._plain_front_matter(text.split("---\n")[1])) for text in texts) > 0.8 * len(texts)


PIECES = [
    "Hello", " ", "\n\n", "<p>", "</p>", "{{ lead.first_name }}", "{{ lead.seats + 1 }}", "{{ lead.plan|date('%d') }}",
    "{{ lead.email|truncate('x') }}", "{% if lead.known %}", "{% elif lead.seats > 3 %}", "{% else %}", "{% endif %}",
    "{% for a in lead.email %}", "{{ loop.index }}", "{% endfor %}", "{% set a = lead.plan %}", "{{ a }}", "<img>",
    "<a href=''>", "<a href='{{ lead.plan }}'>", "</a>", "![](x)", "[a](https://[)", "[b](#)", "[c](https://a.b/{{ a }})",
    "{{ lead['email'] }}", "{{ lead.email[0] }}", "{{ 1 if lead.known }}", "{{ lead.a.b }}", "{{ unsubscribe_url }}", "<!--",
]  # fmt: skip


@given(body=st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
@settings(max_examples=300, deadline=None)
def test_whatever_a_template_says_each_finding_is_one_line_at_a_place(body: str) -> None:
    templates = {"m.md": f"---\nsubject: x\n---\n{body}", "layout.html": LAYOUT, "layout.txt": LAYOUT_TEXT}
    campaign = Campaign.model_validate(
        {"campaign": "c", "audience": {"stage": "suspect"}, "senders": ["anna"], "steps": [{"email": "m"}]}
    )
    document = Document("campaigns/c.yaml", "", Node(1, 1, 0, 0, {}))
    found = Found(campaigns=[Read(document, campaign)], templates=templates)
    for problem in template_lint.mails(found, Known(SCHEMA, {})):
        assert problem.line >= 1
        assert problem.column >= 1
        assert "\n" not in str(problem)
        assert problem.rule in RULES
