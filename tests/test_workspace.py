"""A workspace is loaded as a whole, or everything wrong in it is told, each with its place and what would be right."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import NOW
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach import workspace
from outreach.domain.campaign import STEP_KEYS, walk
from outreach.domain.leads import FIELDS
from outreach.errors import InputError, Problems
from outreach.links import Links
from outreach.render import Renderer
from outreach.workspace import rules, shapes, yaml_files
from outreach.workspace.documents import Document, Node
from outreach.workspace.rules import Seen
from outreach.workspace.template_checks import is_layout, is_note, mails_of, notes_of

DATA = Path(__file__).parent / "data"
BAD = sorted((DATA / "bad_campaigns").glob("*.yaml"))
BAD_FOLDERS = sorted(path for path in (DATA / "bad_campaigns").iterdir() if path.is_dir())
NOT_SHOWN = {"mail-heavy", "mail-too-heavy", "subject-too-long"}
"""Rules that only very long files break; their pages have examples, which are tried too."""
ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "campaigns").glob("*.yaml"))

HEAD = "campaign: x\naudience: {stage: suspect}\nsenders: [anna]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small workspace in which everything is right."""
    return Path(shutil.copytree(DATA / "workspace", tmp_path / "workspace"))


def problems(folder: Path) -> list[str]:
    with pytest.raises(Problems) as caught:
        workspace.load(folder)
    return [str(problem) for problem in caught.value.problems]


def problems_of(folder: Path, text: str | bytes, file: str = "zz.yaml") -> list[str]:
    path = folder / "campaigns" / file
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return problems(folder)


# -- what is right ---------------------------------------------------------------------------------


def test_a_workspace_is_loaded_with_its_sources(folder: Path) -> None:
    loaded = workspace.load(folder)
    assert list(loaded.campaigns) == ["webinar-follow-up"]
    assert loaded.campaigns["webinar-follow-up"].file == "campaigns/webinar-follow-up.yaml"
    assert loaded.campaigns["webinar-follow-up"].source.startswith("campaign: webinar-follow-up\n")
    assert loaded.policies.senders.sender("ben") is not None
    assert loaded.policy_sources["team"].startswith("reps:")
    assert "webinar/thanks.md" in loaded.templates


def test_words_that_older_yaml_took_for_something_else_are_text() -> None:
    text = "a: no\nb: 9:30\nc: 09:00-17:00\nd: on\ne: 2026-01-02\nf: 01234\ng: 1_000\nh: 0x1F\ni: <<\n"
    values = {key: node.data for key, (_, node) in mapping(yaml_files.parse(text, "x.yaml").root).items()}
    assert values == {
        "a": "no", "b": "9:30", "c": "09:00-17:00", "d": "on", "e": "2026-01-02", "f": "01234", "g": "1_000",
        "h": "0x1F", "i": "<<",
    }  # fmt: skip


def test_numbers_yes_no_and_nothing_are_what_they_look_like() -> None:
    text = "a: 12\nb: -1.5e2\nc: true\nd: ~\ne:\nf: '12'\ng: .nan\n"
    values = [node.data for _, node in mapping(yaml_files.parse(text, "x.yaml").root).values()]
    assert values == [12, -150.0, True, None, None, "12", ".nan"]


def test_unquoted_hours_are_taken_as_they_are_written(folder: Path) -> None:
    (folder / "campaigns" / "zz.yaml").write_text(
        HEAD + "window: {hours: 09:30-17:00}\nsteps: [{wait: 1 day}]\n"
    )
    assert workspace.load(folder).campaigns["x"].campaign.window.minutes == (570, 1020)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(folder: Path) -> None:
    text = "\ufeff" + (HEAD + "steps: [{wait: 1 day}]\n").replace("\n", "\r\n")
    (folder / "campaigns" / "zz.yaml").write_bytes(text.encode())
    assert "x" in workspace.load(folder).campaigns


def test_files_that_editors_leave_behind_are_passed_over(folder: Path) -> None:
    for name in (".zz.yaml.swp", ".hidden.yaml", "#zz.yaml", "zz.yaml~", "README.md"):
        (folder / "campaigns" / name).write_text("[")
    assert list(workspace.load(folder).campaigns) == ["webinar-follow-up"]


# -- what is wrong in a file -----------------------------------------------------------------------


def test_there_are_many_kinds_of_broken_files() -> None:
    assert len(BAD) + len(BAD_FOLDERS) >= 150


def told(folder: Path) -> list[str]:
    """Return every line that a check of the workspace prints."""
    checked = workspace.check(folder)
    return [rules.shown(problem) for problem in sorted((*checked.errors, *checked.warnings))]


def expected_of(path: Path) -> list[str]:
    return re.findall(r"^# expect: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_broken_file_gets_the_lines_that_stand_at_its_top_and_no_other(path: Path, folder: Path) -> None:
    kind = path.stem.partition("-")[0]
    file = f"{kind}.yaml" if kind in shapes.POLICIES else "zz.yaml"
    shutil.copyfile(path, folder / "campaigns" / file)
    assert expected_of(path)
    assert told(folder) == [f"campaigns/{file}:{line}" for line in expected_of(path)]


@pytest.mark.parametrize("path", BAD_FOLDERS, ids=lambda path: path.name)
def test_broken_files_that_belong_together_get_the_line_that_stands_beside_them(
    path: Path, folder: Path
) -> None:
    shutil.copytree(path, folder, dirs_exist_ok=True)
    assert told(folder) == (path / "expect.txt").read_text(encoding="utf-8").splitlines()


def test_every_rule_is_broken_by_some_file() -> None:
    lines = [line for path in BAD for line in expected_of(path)]
    lines += [(path / "expect.txt").read_text(encoding="utf-8") for path in BAD_FOLDERS]
    broken = {name for name in rules.RULES for line in lines if f" {name}: " in line}
    asked = {rule.id for rule in rules.RULES.values() if rule.seen is Seen.FILES}
    assert asked - broken == NOT_SHOWN


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "1:1: yaml: the file is empty; write keys and values, or delete it"),
        (b"campaign: \x00x\n", "1:11: yaml: the control character U+0000 stands here; remove it"),
        ("a: 1\nb: M\u00fcller\n".encode("latin-1"), "2:5: yaml: the byte 0xfc is not UTF-8; save the file as UTF-8"),
        ("campaign: x".encode("utf-16"), "1:1: yaml: the byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"# " + b"x" * 1_000_000, " yaml: is larger than 1 MB; split it: these files are written by people"),
        (b"[" * 5000, "1:51: yaml: this is nested deeper than 50 levels"),
        (b"{a: " * 5000, "1:201: yaml: this is nested deeper than 50 levels"),
        (b"- " * 5000, "1:101: yaml: this is nested deeper than 50 levels"),
        (b"- a\n- b\n", "1:1: yaml: a list stands at the top; write key: value"),
        (b"just text\n", "1:1: yaml: a single value stands at the top; write key: value"),
        (b"\x7fELF\x02\x01\x01", "1:1: yaml: the control character U+007F stands here; remove it"),
    ],
    ids=["empty", "NUL", "Latin-1", "UTF-16", "1 MB", "brackets", "braces", "dashes", "list", "text", "binary"],
)  # fmt: skip
def test_a_file_that_is_no_text_for_us_gets_one_line(data: bytes, expected: str, folder: Path) -> None:
    assert problems_of(folder, data) == [f"campaigns/zz.yaml:{expected}"]


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 499_000,
        "- a\n" * 249_000,
        "a: [" + "b, " * 300_000 + "]",
        "a: " + "x\n  " * 200_000,
        'a: "' + "x\\n" * 300_000 + '"',
        "? " * 400_000,
        "\n" * 900_000,
        "a: &" + "x" * 900_000,
    ],
    ids=["brackets", "list", "flow", "plain", "quoted", "keys", "blank", "anchor"],
)
def test_a_hostile_file_costs_a_few_seconds_at_most(text: str) -> None:
    begun = time.monotonic()
    with pytest.raises(Problems):
        yaml_files.parse(text, "x.yaml").find(())
        raise Problems([])  # one that is well formed has to be quick, too
    assert time.monotonic() - begun < 10


@given(
    st.text(
        st.sampled_from("ab: -?[]{},#&*!|>'\"%@`\t\n\\0~\u0085\u2028\ufeff") | st.characters(), max_size=60
    )
)
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_document_or_has_a_problem_of_one_line(text: str) -> None:
    try:
        yaml_files.parse(text, "x.yaml")
    except Problems as error:
        assert all(len(str(problem).splitlines()) == 1 for problem in error.problems)


def test_of_very_many_problems_in_a_file_the_first_are_told(folder: Path) -> None:
    text = HEAD + "steps:\n  - branch:\n" + "      - {iff: 1}\n" * 9_000
    begun = time.monotonic()
    found = problems_of(folder, text)
    assert time.monotonic() - begun < 20
    assert found[0].startswith("campaigns/zz.yaml: yaml: has 18,")
    assert 10 < len(found) < 200


# -- places ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_character_of_every_text_is_found_where_it_stands(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    document = yaml_files.parse(text, path.name)
    lines = text.splitlines()
    for node in texts(document.root):
        if '\\"' in text[node.start : node.end]:
            continue
        for offset, character in enumerate(str(node.data).strip()):
            problem = document.problem(node, "rule", "message", offset=offset)
            if not character.isspace():
                assert lines[problem.line - 1][problem.column - 1] == character


def test_a_problem_in_a_text_with_escapes_is_told_at_its_start() -> None:
    document = yaml_files.parse('a: "x\\ty" \n', "x.yaml")
    assert place_of(document, ("a",), offset=2) == (1, 4)


def mapping(node: Node) -> dict[str, tuple[Node, Node]]:
    assert isinstance(node.data, dict)
    return node.data


def texts(node: Node) -> Iterator[Node]:
    if isinstance(node.data, dict):
        for _, value in node.data.values():
            yield from texts(value)
    elif isinstance(node.data, list):
        for value in node.data:
            yield from texts(value)
    elif isinstance(node.data, str):
        yield node


def place_of(document: Document, path: tuple[str, ...], offset: int) -> tuple[int, int]:
    problem = document.problem(document.find(path), "rule", "message", offset=offset)
    return problem.line, problem.column


# -- what is wrong between files --------------------------------------------------------------------


def test_everything_that_is_wrong_is_told_at_once(folder: Path) -> None:
    campaigns, templates = folder / "campaigns", folder / "templates"
    (campaigns / "team.yaml").write_text("reps: []\n")
    (campaigns / "aa.yaml").write_text(HEAD + "steps:\n  - email: webinar/thank\n  - wait: soon\n")
    (campaigns / "bb.yaml").write_text(HEAD.replace("anna", "ana") + "steps:\n  - email: webinar/thank\n")
    (templates / "webinar" / "thanks.md").write_text("---\nsubject: x\n---\n{{ lead.fist_name }}\n")
    found = problems(folder)
    assert [line.split(": ")[0] for line in found] == [
        "campaigns/aa.yaml:6:11",
        "campaigns/bb.yaml:3:11",
        "campaigns/bb.yaml:5:12",
        "campaigns/team.yaml:1:7",
        "templates/webinar/thanks.md:4",
    ]
    assert "did you mean" in found[-1]


def test_a_folder_without_campaigns_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(InputError) as empty:
        workspace.check(tmp_path)
    assert (
        str(empty.value)
        == f"{tmp_path} has no campaigns/; run outreach init, or name another workspace with -w"
    )
    with pytest.raises(InputError, match="nowhere: there is no such folder; run outreach init"):
        workspace.check(tmp_path / "nowhere")


@pytest.mark.parametrize("name", list(shapes.POLICIES))
def test_each_of_the_three_policies_has_to_be_there(name: str, folder: Path) -> None:
    (folder / "campaigns" / f"{name}.yaml").unlink()
    assert problems(folder) == [f"campaigns/{name}.yaml: yaml: is missing; outreach init writes an example"]


def test_a_file_with_the_other_ending_is_not_passed_over_in_silence(folder: Path) -> None:
    (folder / "campaigns" / "other.yml").write_text("campaign: other\n")
    assert problems(folder) == ["campaigns/other.yml: yaml: is not read; name it other.yaml"]


def test_a_template_that_stands_there_twice_is_a_problem(folder: Path) -> None:
    (folder / "templates" / "webinar" / "thanks.html").write_text("---\nsubject: Thanks\n---\n<p>Thanks</p>")
    expected = "templates/webinar/thanks.md: template: there is webinar/thanks.html too; keep one of them"
    assert problems(folder) == [expected]


def test_a_template_in_another_encoding_is_a_problem(folder: Path) -> None:
    (folder / "templates" / "webinar" / "thanks.md").write_bytes("Gr\u00fc\u00dfe".encode("latin-1"))
    expected = "templates/webinar/thanks.md:1:3: yaml: the byte 0xfc is not UTF-8; save the file as UTF-8"
    assert problems(folder) == [expected]


def test_without_a_note_for_hand_offs_reps_would_never_hear(folder: Path) -> None:
    (folder / "templates" / "notes" / "handoff.md").unlink()
    expected = "templates/notes/handoff.md: template-missing: is missing; reps are told by it"
    assert problems(folder) == [expected]


def test_a_note_may_name_what_a_hand_off_has_and_a_mail_may_not(folder: Path) -> None:
    (folder / "templates" / "webinar" / "thanks.md").write_text("---\nsubject: x\n---\n{{ accept_url }}\n")
    assert len(problems(folder)) == 1


def test_a_field_of_the_funnel_may_stand_in_mails_and_conditions(folder: Path) -> None:
    (folder / "templates" / "webinar" / "thanks.md").write_text(
        "---\nsubject: x\n---\n{{ lead.seats or 1 }}\n"
    )
    (folder / "campaigns" / "zz.yaml").write_text(HEAD.replace("suspect}", "suspect, where: lead.seats > 3}")
                                                  + "steps:\n  - email: webinar/thanks\n")  # fmt: skip
    assert "x" in workspace.load(folder).campaigns


# -- schemas and examples ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(shapes.FILES))
def test_the_shipped_schemas_are_up_to_date(name: str) -> None:
    shipped = (shapes.FOLDER / f"{name}.json").read_text(encoding="utf-8")
    hint = 'bring it up to date: python -c "from outreach import workspace; workspace.write_schemas()"'
    assert shipped == workspace.schemas()[name], hint


def test_the_examples_are_right() -> None:
    loaded = workspace.load(ROOT)
    assert set(loaded.campaigns) == {
        "suspect-education", "mql-nurture", "event-follow-up", "lost-deal-return", "competitor-contract-ending",
        "customer-referral-ask", "hot-lead-fast-track",
    }  # fmt: skip


def test_the_examples_show_every_kind_of_step() -> None:
    campaigns = [loaded.campaign for loaded in workspace.load(ROOT).campaigns.values()]
    used = {key for campaign in campaigns for step in walk(campaign.steps) for key in type(step).model_fields}
    assert used >= set(STEP_KEYS)
    assert all(campaign.window.holidays != "none" for campaign in campaigns)


def test_every_template_of_the_examples_is_used() -> None:
    loaded = workspace.load(ROOT)
    campaigns = [each.campaign for each in loaded.campaigns.values()]
    used = {name for campaign in campaigns for name in mails_of(campaign) | notes_of(campaign)}
    kept = {name.rpartition(".")[0] for name in loaded.templates if not is_layout(name)}
    assert kept - used == {"notes/handoff"}
    assert all(is_note(f"{name}.md") for campaign in campaigns for name in notes_of(campaign))


def test_the_examples_write_to_nobody_real() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in EXAMPLES)
    text += "\n".join(workspace.load(ROOT).templates.values())
    hosts = {host.lower() for host in re.findall(r"(?:https?://|@)([\w.-]+)", text)}
    assert hosts
    assert all(host.endswith(("example.com", "example.org")) for host in hosts)


BARE = {name: None for name in FIELDS} | {"email": "lea@example.com", "rounds": 1, "score": 0.0}
FULL = BARE | {
    "first_name": "Lea", "last_name": "Example", "company": "Example & Sons", "country": "DE", "title": "Plant Manager",
    "competitor": "Toolsmith", "lost_reason": "price", "contract_ends_at": NOW, "purchase_at": NOW, "phone": "+49 30 1",
}  # fmt: skip


@pytest.mark.parametrize("lead", [BARE, FULL], ids=["an address and no more", "everything"])
def test_every_mail_and_note_of_the_examples_is_rendered_for_a_lead_of_which_we_know(
    lead: dict[str, object],
) -> None:
    loaded = workspace.load(ROOT)
    links = Links("https://track.example.com", "a secret key of a test")
    renderer = Renderer(loaded.templates, links)
    senders = loaded.policies.senders
    context = {
        "lead": dict.fromkeys(loaded.policies.funnel.fields) | lead,
        "sender": {"name": senders.senders[0].full_name, "signature": senders.senders[0].signature},
        "organisation": senders.organisation.model_dump(),
        "rep": loaded.policies.team.reps[0].model_dump(),
        "lead_url": "https://track.example.com/leads/1",
        "reason": "asked for a meeting", "evidence": ['intent("meeting")'], "temperature": "hot", "opening": "Call.",
        "reply": ["Could we talk on Tuesday?", "Dana"],
        "actions": [{"at": "02 Mar 10:00 UTC", "what": "replied"}], "accept_url": "https://a.example.com",
        "reject_url": "https://r.example.com",
    }  # fmt: skip
    for loaded_campaign in loaded.campaigns.values():
        for name in mails_of(loaded_campaign.campaign):
            mail = renderer.render(name, context, message_id=1)
            assert mail.subject
            assert mail.links, f"{name} has nothing to click"
            assert "None" not in mail.text
    for file in filter(is_note, loaded.templates):
        subject, text = renderer.render_text(file, context)
        assert str(lead["last_name"] or lead["email"]) in subject + text
        assert "None" not in text
