"""A preview shows the bytes that will be sent, of every mail, and every branch and fallback of a campaign."""

from __future__ import annotations

import email
import email.policy
import itertools
import re
import struct
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from factories import NOW
from house import CAMPAIGN, House
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from outreach import leads, models, preview, workspace
from outreach.cli import app, context
from outreach.db import Database
from outreach.domain.coverings import assignments, cover
from outreach.domain.expressions import Type
from outreach.domain.words import Kind
from outreach.errors import InputError, NotFound
from outreach.links import Links
from outreach.preview import NO_KEY, Preview, StandIns, browser, folder
from outreach.preview.factors import parsed

ROOT = Path(__file__).parent.parent
LINKS = Links("https://track.example.com", NO_KEY)
IDS = StandIns(LINKS, NOW)

BRANCHED = """
campaign: branched
goal: mql
audience: {stage: suspect, where: 'lead.source in ["webinar", "content"] and not replied()'}
priority: 90
window: {holidays: none}
senders: [anna, ben]
steps:
  - email: first
    variants: {subject: ["One", "Two for {{ lead.company or 'you' }}"]}
  - wait: 1 day
  - update: {angle: fresh}
  - branch:
      - if: clicked("first") and lead.seats > 20
        then:
          - email: large
          - branch:
              - if: lead.country == "DE"
                then: [{email: german}]
      - if: lead.temperature == "warm"
        then: [{email: warm}]
      - else: []
  - email: second
    same_thread: true
"""
MAILS = {
    "first": "Hello {{ lead.first_name or 'there' }}, [read this](https://example.com/a).",
    "second": "Did you see it{% if lead.company %} at {{ lead.company }}{% endif %}? {{ lead.angle }}",
    "large": "{{ lead.seats|round }} seats are {% if lead.seats >= 100 %}many{% else %}some{% endif %}.",
    "german": "Hallo {{ lead.first_name or 'zusammen' }}.",
    "warm": "Now? {{ sender.name }}",
}


@pytest.fixture
def house(sqlite: Database, tmp_path: Path, now: datetime) -> House:
    """A house with a campaign that branches."""
    made = House(sqlite, tmp_path / "workspace", now)
    made.write(branched=BRANCHED, welcome=CAMPAIGN.replace("suspect", "customer"))
    for name, text in MAILS.items():
        path = made.folder / "templates" / f"{name}.md"
        path.write_text(f"---\nsubject: About {name}\npreheader: In short\n---\n{text}\n", encoding="utf-8")
    return made


def sample(house: House, **options: Any) -> Preview:
    return preview.of_sample(workspace.load(house.folder), "branched", IDS, **options)


def texts(made: Preview, step: str) -> list[str]:
    return [mail.made.mail.text for mail in made.mails if mail.step == step and mail.made]


# -- it is what is sent ----------------------------------------------------------------------------


def stand_ins_of(house: House, message: models.Message) -> StandIns:
    """What was not known before this mail was sent, as it came out."""
    sent = house.rows(models.Message, lead_id=message.lead_id)
    with house.database.read() as session:
        salt = leads.salt(session)
    ids = {row.step: row.id for row in sent}
    assert message.outcome_at is not None
    return StandIns(house.links, message.outcome_at, message.enrollment_id, ids, salt)


@pytest.mark.parametrize(
    "fields",
    [
        {"first_name": "Zo\u00eb", "company": "K\u00f6nig & S\u00f6hne", "fields": {"seats": 120.0}},
        {"first_name": None, "last_name": None, "company": None, "temperature": "warm"},
        {"first_name": "Eva", "company": "<b>Foods</b>", "fields": {"seats": 30.0}, "country": "AT"},
    ],
)
def test_the_bytes_are_those_that_the_engine_sends(fields: Mapping[str, Any], house: House) -> None:
    house.apply()
    lead_id = house.lead(**fields)
    house.tick()
    house.event(lead_id, Kind.CLICKED, subject="first")
    with house.database.read() as session:
        who = preview.person(session, house.get(lead_id).email)
    loaded = workspace.load(house.folder)
    house.later(days=5)
    sent = [row for row in house.rows(models.Message, lead_id=lead_id) if row.status == "accepted"]
    assert len(sent) >= 2
    outbox = {mail.data for mail in house.outbox.outbox}
    for message in sent:
        made = preview.of_lead(loaded, "branched", who, stand_ins_of(house, message), message.step)
        on_its_way = [mail for mail in made.mails if "way 1" in mail.cases and mail.made]
        assert {mail.made.data for mail in on_its_way if mail.made} & outbox, message.step


def test_only_date_ids_and_addresses_of_links_differ_from_what_is_sent(house: House) -> None:
    house.apply()
    lead_id = house.lead(first_name="Eva")
    with house.database.read() as session:
        who = preview.person(session, house.get(lead_id).email)
    made = preview.of_lead(workspace.load(house.folder), "branched", who, IDS)
    house.later(days=5)
    sent = [masked(mail.data) for mail in house.outbox.outbox]
    shown = [masked(mail.made.data) for mail in made.mails if mail.made and "way 1" in mail.cases]
    assert sent
    assert all(each in shown for each in sent)
    assert not {mail.data for mail in house.outbox.outbox} & {
        mail.made.data for mail in made.mails if mail.made
    }


def masked(data: bytes) -> tuple[list[tuple[str, str]], list[str]]:
    """Return headers and parts of a mail without what is only known when it is sent."""
    mail = email.message_from_bytes(data, policy=email.policy.default)
    hidden = {"Date", "Message-ID", "References", "In-Reply-To"}
    heads = [(name, "" if name in hidden else str(value)) for name, value in mail.items()]
    parts = [str(part.get_content()) for part in mail.walk() if not part.is_multipart()]
    address, boundary = re.compile(r"https://track\.example\.com/\w/[\w.-]+"), re.compile(r'boundary="[^"]+"')
    clean = [(name, boundary.sub("", address.sub("", value))) for name, value in heads]
    return clean, [address.sub("", part) for part in parts]


def test_nobody_takes_the_addresses_of_a_preview_for_true(house: House) -> None:
    made = sample(house).mails[0].made
    assert made is not None
    tokens = re.findall(r"https://track\.example\.com/(\w)/([\w-]+)", made.mail.html or "")
    assert {kind for kind, _ in tokens} == {"c", "o", "u", "l"}
    for kind, token in tokens:
        read = {"c": house.links.read_click, "o": house.links.read_open, "u": house.links.read_unsubscribe}
        with pytest.raises(Exception, match="not valid"):
            read.get(kind, house.links.read_honeypot)(token)


def test_a_preview_of_somebody_writes_nothing_to_the_database(house: House, sqlite_url: str) -> None:
    house.apply()
    house.lead(email="eva@example.com")
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    house.database.close()
    before = path.read_bytes()
    assert run(house, "branched", "--lead", "eva@example.com", url=sqlite_url).exit_code == 0
    assert path.read_bytes() == before


# -- the sample ------------------------------------------------------------------------------------


def test_the_sample_shows_every_arm_and_every_fallback(house: House) -> None:
    made = sample(house)
    assert made.steps == ("first", "large", "german", "warm", "second")
    assert not made.problems and not made.notes
    assert [sum(mail.step == step for mail in made.mails) > 0 for step in made.steps] == [True] * 5
    assert {"Hello Dana", "Hello there"} == {text.partition(",")[0] for text in texts(made, "first")}
    assert {"Did you see it?", "Did you see it at Example Foods?"} == {
        text.partition("?")[0] + "?" for text in texts(made, "second")
    }
    assert {"many", "some"} == {text.split()[3].rstrip(".") for text in texts(made, "large")}
    assert {arm for case in made.cases for arm in case.arms} == {
        'branch 4: if clicked("first") and lead.seats > 20', 'branch 4: if lead.temperature == "warm"',
        "branch 4: else", 'branch 4a2: if lead.country == "DE"', "branch 4a2: no arm",
    }  # fmt: skip


def test_each_sender_and_each_variant_is_shown(house: House) -> None:
    made = sample(house)
    first = [mail for mail in made.mails if mail.step == "first" and mail.made]
    assert {mail.made.mail.sender_name for mail in first if mail.made} == {"Anna Berg", "Ben Kohl"}
    subjects = {mail.made.mail.subject for mail in first if mail.made}
    assert subjects == {"One", "Two for Example Foods", "Two for you"}


def test_of_each_mail_every_pair_of_what_may_be_missing_is_shown(house: House) -> None:
    (house.folder / "templates/second.md").write_text(
        "---\nsubject: x\n---\n{{ lead.first_name or 'A' }} {{ lead.company or 'B' }} {{ lead.title or 'C' }}\n"
    )
    shown = [((t[0] == "A"), (" B " in t), (" C\n" in t)) for t in texts(sample(house), "second")]
    for one, two in itertools.combinations(range(3), 2):
        assert {(each[one], each[two]) for each in shown} == set(itertools.product([True, False], repeat=2))


def test_fields_that_a_step_sets_are_seen_by_later_mails(house: House) -> None:
    assert all(text.partition("? ")[2].startswith("fresh") for text in texts(sample(house), "second"))


def test_a_mail_in_a_thread_answers_the_first_one(house: House) -> None:
    made = [mail.made for mail in sample(house).mails if mail.step == "second" and mail.made]
    assert all(
        each.mail.subject == "Re: One" and each.mail.in_reply_to in each.mail.references for each in made
    )


def test_an_arm_that_no_made_up_lead_comes_into_is_shown_all_the_same(house: House) -> None:
    house.write(branched=BRANCHED.replace('lead.temperature == "warm"', 'lead.source == "linkedin"'))
    made = sample(house)
    assert texts(made, "warm")
    assert made.cases[-1].about == "as if: no made-up lead comes here"


def test_an_audience_that_nobody_fits_is_said(house: House) -> None:
    house.write(branched=BRANCHED.replace("not replied()", 'lead.source == "lunch"'))
    assert sample(house).notes == [
        "no made-up lead fits the condition of the audience: these are shown regardless"
    ]


def test_the_same_files_give_the_same_mails(house: House) -> None:
    one, two = sample(house), sample(house)
    assert [mail.made and mail.made.data for mail in one.mails] == [
        mail.made and mail.made.data for mail in two.mails
    ]
    assert one.cases == two.cases


@pytest.mark.parametrize("campaign", sorted(workspace.load(ROOT).campaigns))
def test_every_mail_of_the_examples_can_be_shown(campaign: str) -> None:
    made = preview.of_sample(workspace.load(ROOT), campaign, IDS)
    assert {mail.step for mail in made.mails} == set(made.steps)
    assert not made.problems and not made.notes
    assert len(made.cases) <= 20


def test_a_mail_that_can_not_be_sent_says_why_and_the_others_are_shown(house: House) -> None:
    (house.folder / "templates/second.md").write_text("---\nsubject: x\n---\nAt {{ lead.company }} you\n")
    made = sample(house)
    (problem,) = made.problems
    assert problem.startswith("templates/second.md:4: template: lead.company is empty")
    assert texts(made, "second") and texts(made, "first")


# -- choosing --------------------------------------------------------------------------------------

FACTORS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.integers(1, 4).map(lambda count: list(range(count))), max_size=8
)


@given(factors=FACTORS, most=st.integers(1, 60))
def test_assignments_are_of_the_factors_and_begin_with_the_usual(
    factors: dict[str, list[int]], most: int
) -> None:
    found = list(assignments(factors, most))
    assert 1 <= len(found) <= max(most, 1)
    assert found[0] == {name: 0 for name in factors}
    assert all(each[name] in values for each in found for name, values in factors.items())


@given(shows=st.lists(st.frozensets(st.integers(0, 12), max_size=6), min_size=1, max_size=20))
def test_what_is_chosen_shows_all_and_nothing_of_it_is_needless(shows: list[frozenset[int]]) -> None:
    chosen = cover(shows)
    assert chosen[0] == 0
    assert frozenset().union(*(shows[number] for number in chosen)) == frozenset().union(*shows)
    for number in chosen[1:]:
        rest = frozenset().union(*(shows[other] for other in chosen if other != number))
        assert shows[number] - rest


# -- somebody ----------------------------------------------------------------------------------------


def test_of_a_lead_every_mail_is_shown_with_the_way_that_it_goes_now(house: House) -> None:
    house.apply()
    house.lead(email="eva@example.com", first_name="Eva", fields={"seats": 30.0}, temperature="warm")
    with house.database.read() as session:
        who = preview.person(session, "eva@example.com")
    made = preview.of_lead(workspace.load(house.folder), "branched", who, IDS)
    assert {mail.step for mail in made.mails} == set(made.steps)
    assert made.cases[0].arms == ('branch 4: if lead.temperature == "warm"',)
    assert [mail.step for mail in made.mails if "way 1" in mail.cases] == ["first", "first", "warm", "second"]
    (given_,) = [mail for mail in made.mails if "which this lead gets" in mail.variant]
    assert given_.step == "first"


def test_a_mail_on_a_way_that_the_lead_can_not_go_is_no_fault(house: House) -> None:
    loaded = workspace.load(house.folder)
    made = preview.of_lead(
        loaded, "branched", preview.written(loaded, "branched", "first_name=Eva", NOW), IDS
    )
    assert not made.problems
    (large,) = [mail for mail in made.mails if mail.step == "large"]
    assert large.problem.startswith("templates/large.md:5: template: lead.seats is empty")
    assert {case.about for case in made.cases if case.name in large.cases} == {
        "only if its fields were others"
    }


def test_an_unknown_lead_is_told(house: House) -> None:
    house.apply()
    with house.database.read() as session, pytest.raises(NotFound, match="no lead has the address"):
        preview.person(session, "nobody@example.com")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("first_nam=Eva", "no lead has a field 'first_nam'; did you mean first_name?"),
        ("Eva", "'Eva' is not written name=value"),
        ("seats=many", "seats holds a number, and 'many' is none"),
        ("purchase_at=soon", "purchase_at holds a day such as 2026-03-01, and 'soon' is none"),
    ],
)
def test_a_made_up_lead_has_to_be_written_right(written: str, expected: str, house: House) -> None:
    with pytest.raises(InputError, match=re.escape(expected)):
        preview.written(workspace.load(house.folder), "branched", written, NOW)


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (Type.TEXT, " Eva ", "Eva"), (Type.TEXT, "", None), (Type.NUMBER, "30", 30.0), (Type.YESNO, "Yes", True),
        (Type.YESNO, "no", False), (Type.DATE, "2026-03-02", "2026-03-02"),
    ],
)  # fmt: skip
def test_values_are_read_by_the_type_of_their_field(kind: Type, written: str, value: object) -> None:
    assert parsed("own", written, kind) == value


def test_a_made_up_lead_is_of_the_campaign_and_has_only_what_was_written(house: House) -> None:
    loaded = workspace.load(house.folder)
    who = preview.written(loaded, "branched", "first_name=Eva, seats=30", NOW)
    made = preview.of_lead(loaded, "branched", who, IDS)
    assert not made.notes
    assert texts(made, "first")[0].startswith("Hello Eva,")
    assert texts(made, "second")[0].startswith("Did you see it?")


# -- the command -----------------------------------------------------------------------------------


def run(house: House, *arguments: str, url: str = "") -> Any:
    context.set_workspace(house.folder)
    environment = {"OUTREACH_DATABASE_URL": url} if url else {}
    return CliRunner(env=environment).invoke(app, ["-w", str(house.folder), "preview", *arguments])


def test_the_command_writes_bytes_html_and_a_page(house: House, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run(house, "branched", "--out", str(out))
    assert result.exit_code == 0, result.output
    made = sample(house)
    names = {path.name for path in out.iterdir()}
    assert len([name for name in names if name.endswith(".eml")]) == len(made.mails)
    assert names >= {"index.html", "01-first-1.eml", "01-first-1.html", "05-second-1.eml"}
    read = email.message_from_bytes((out / "05-second-1.eml").read_bytes(), policy=email.policy.default)
    assert read["Subject"] == "Re: One"
    page = (out / "index.html").read_text()
    assert page.count("<iframe") == 2 * len(made.mails) == page.count("sandbox")
    assert "stand-ins for what only comes to be on sending" in result.output


def test_the_command_tells_a_step_and_variant_once_and_the_page_tells_every_mail(
    house: House, tmp_path: Path
) -> None:
    out, made = tmp_path / "out", sample(house)
    lines = run(house, "branched", "--out", str(out)).output.splitlines()
    rows = lines[
        1 : next(
            place
            for place, line in enumerate(lines)
            if line.startswith(("note: ", f"{len(made.mails)} mails"))
        )
    ]
    assert len(rows) == len({(mail.step, mail.variant) for mail in made.mails}) < len(made.mails)
    assert re.fullmatch(r"second +Re: One +\d+ +\d+ leads", rows[-1])
    links = re.findall(
        r'<a href="#[^"]*-\d+"[^>]*>(.*?)<span>(.*?)</span></a>', (out / "index.html").read_text()
    )
    assert len(links) == len(made.mails)
    assert any(about.startswith("variant 1: ") for _, about in links)


def test_an_earlier_preview_is_replaced_and_nothing_else(house: House, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(house, "branched", "--out", str(out)).exit_code == 0
    assert run(house, "branched", "--out", str(out), "--step", "warm", "--eml").exit_code == 0
    assert {path.suffix for path in out.iterdir()} == {".eml", ""}
    (out / "mine.txt").write_text("x")
    refused = run(house, "branched", "--out", str(out))
    assert refused.exit_code == 1
    assert str(refused.exception) == f"{out} holds other files; name an empty folder with --out"
    assert (out / "mine.txt").exists() and list(out.glob("*.eml"))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["branchd"], "there is no campaign 'branchd'; did you mean branched?"),
        (["branched", "--step", "secnd"], "branched sends no mail in a step 'secnd'; did you mean second?"),
        (["branched", "--lead", "a@b.com", "--fields", "x=y"], "--lead is somebody of the database"),
        (["branched", "--eml", "--screenshot"], "pictures are taken of the HTML"),
        (["branched", "--out", "/proc/nothing"], "/proc/nothing can not be written"),
    ],
)
def test_a_wrong_call_gets_one_line(arguments: list[str], expected: str, house: House) -> None:
    result = run(house, *arguments)
    assert result.exit_code == 1
    assert str(result.exception).startswith(expected)
    assert "\n" not in str(result.exception)


def test_a_mail_that_can_not_be_sent_is_told_and_the_exit_code_says_so(house: House, tmp_path: Path) -> None:
    (house.folder / "templates/second.md").write_text("---\nsubject: x\n---\nAt {{ lead.company }} you\n")
    result = run(house, "branched", "--out", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert "templates/second.md:4: template: lead.company is empty" in result.output
    assert (tmp_path / "out" / "01-first-1.eml").exists()
    assert "can not be sent" in (tmp_path / "out" / "index.html").read_text()


def test_without_a_browser_there_is_one_clear_line_and_nothing_is_written(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = run(house, "branched", "--out", str(tmp_path / "out"), "--screenshot")
    assert result.exit_code == 1
    assert str(result.exception).startswith("no browser is there to take pictures (chromium, ")
    assert not (tmp_path / "out").exists()


def test_pictures_are_as_wide_as_a_phone_and_a_desktop(house: House, tmp_path: Path) -> None:
    try:
        program = browser.find()
    except browser.NoBrowser as error:
        pytest.skip(str(error))
    page = tmp_path / "page.html"
    page.write_text(
        "<html><body style='margin:0'><p style='height:1500px'>Hello</p><script>document.body.remove()</script>"
    )
    with browser.Browser(program) as running:
        sizes = [
            size_of(running.picture(page, width, is_phone=width < 500)) for width in folder.WIDTHS.values()
        ]
    assert [width for width, _ in sizes] == [390, 1280]
    assert all(height >= 1500 for _, height in sizes)


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_browser_that_ends_at_once_is_told(tmp_path: Path) -> None:
    with (
        browser.Browser("/bin/false") as running,
        pytest.raises(browser.NoBrowser, match="the browser ended"),
    ):
        running.picture(tmp_path, 390, is_phone=True)
