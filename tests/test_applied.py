"""What is applied becomes versions: the same twice changes nothing, and nothing that was applied ever changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import factories
import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session

from outreach import applied, leads, models, workspace
from outreach.apply import Change, apply
from outreach.db import Database
from outreach.domain.campaign import EmailStep
from outreach.domain.words import CampaignStatus, Stage
from outreach.errors import NotFound
from outreach.planning import edition

DATA = Path(__file__).parent / "data"
ROOT = Path(__file__).parent.parent
CAMPAIGN = "campaign: webinar-follow-up\naudience: {stage: suspect}\nsenders: [anna]\nsteps:\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = Path(shutil.copytree(DATA / "workspace", tmp_path / "workspace"))
    write(found, "campaigns/webinar-follow-up.yaml", CAMPAIGN + "  - email: webinar/thanks\n")
    return found


def put(database: Database, folder: Path, now: datetime) -> dict[str, str]:
    """Apply the workspace; return what became of each part."""
    with database.write() as session:
        return {change.name: change.what for change in apply(session, workspace.load(folder), now)}


def changed(parts: dict[str, str]) -> dict[str, str]:
    return {name: what for name, what in parts.items() if what != "unchanged"}


def write(folder: Path, file: str, text: str) -> None:
    (folder / file).write_text(text, encoding="utf-8")


def later(now: datetime) -> datetime:
    return now + timedelta(hours=1)


# -- versions ----------------------------------------------------------------------------------------


def test_the_first_apply_makes_everything_new(database: Database, folder: Path, now: datetime) -> None:
    with database.write() as session:
        changes = apply(session, workspace.load(folder), now)
    assert changes == (
        Change("funnel", "funnel", "new", 1),
        Change("team", "team", "new", 1),
        Change("senders", "senders", "new", 1),
        Change("notes", "notes", "new", 1),
        Change("campaign", "webinar-follow-up", "new", 1),
    )


def test_the_same_twice_changes_nothing(database: Database, folder: Path, now: datetime) -> None:
    put(database, folder, now)
    before = rows(database)
    assert changed(put(database, folder, later(now))) == {}
    assert rows(database) == before


def rows(database: Database) -> list[object]:
    with database.read() as session:
        return [
            *session.execute(select(models.Policy.__table__)).all(),
            *session.execute(select(models.Campaign.__table__)).all(),
            *session.execute(select(models.CampaignVersion.__table__)).all(),
        ]


def test_comments_and_layout_of_a_file_are_no_change(database: Database, folder: Path, now: datetime) -> None:
    put(database, folder, now)
    for path in (folder / "campaigns").glob("*.yaml"):
        path.write_text("# a comment\n\n" + path.read_text().replace("{", "{  "))
    assert changed(put(database, folder, later(now))) == {}


def test_another_step_makes_a_new_version_and_the_old_one_stays(
    database: Database, folder: Path, now: datetime
) -> None:
    put(database, folder, now)
    write(
        folder, "campaigns/webinar-follow-up.yaml", CAMPAIGN + "  - wait: 1 day\n  - email: webinar/thanks\n"
    )
    assert changed(put(database, folder, later(now))) == {"webinar-follow-up": "changed"}
    with database.read() as session:
        old, new = session.scalars(select(models.CampaignVersion.id).order_by(models.CampaignVersion.version))
        assert session.scalars(select(models.Campaign.version_id)).one() == new
        assert [node.id for node in applied.program(session, old).nodes] == ["webinar/thanks"]
        assert [node.id for node in applied.program(session, new).nodes] == ["1", "webinar/thanks"]


def test_another_text_of_a_mail_changes_the_campaigns_that_send_it(
    database: Database, folder: Path, now: datetime
) -> None:
    write(
        folder, "campaigns/other.yaml", CAMPAIGN.replace("webinar-follow-up", "other") + "  - wait: 1 day\n"
    )
    put(database, folder, now)
    write(folder, "templates/webinar/thanks.md", "---\nsubject: Many thanks\n---\nHello\n")
    assert changed(put(database, folder, later(now))) == {"webinar-follow-up": "changed"}
    with database.read() as session:
        versions = session.scalars(
            select(models.CampaignVersion.id)
            .join(models.Campaign, models.Campaign.id == models.CampaignVersion.campaign_id)
            .where(models.Campaign.name == "webinar-follow-up")
            .order_by(models.CampaignVersion.version)
        ).all()
        texts = [applied.templates(session, version)["webinar/thanks.md"] for version in versions]
    assert ["Many thanks" in text for text in texts] == [False, True]


def test_another_layout_changes_every_campaign(database: Database, folder: Path, now: datetime) -> None:
    put(database, folder, now)
    layout = (ROOT / "templates" / "layout.html").read_text(encoding="utf-8")
    write(folder, "templates/layout.html", layout)
    assert changed(put(database, folder, later(now))) == {"webinar-follow-up": "changed"}


def test_a_version_holds_its_mails_and_the_notes_and_nothing_else(
    database: Database, folder: Path, now: datetime
) -> None:
    put(database, folder, now)
    with database.read() as session:
        version = session.scalars(select(models.CampaignVersion.id)).one()
        assert set(applied.templates(session, version)) == {
            "webinar/thanks.md",
            "notes/call.md",
            "notes/handoff.md",
        }


def test_another_text_for_hand_offs_is_in_force_at_once_and_no_new_campaign(
    database: Database, folder: Path, now: datetime
) -> None:
    put(database, folder, now)
    write(folder, "templates/notes/handoff.md", "---\nsubject: Yours\n---\nTake {{ lead.email }}\n")
    assert changed(put(database, folder, later(now))) == {"notes": "changed"}
    with database.read() as session:
        assert "Yours" in applied.policies(session).notes["notes/handoff.md"]


def test_the_note_of_a_task_is_in_force_wherever_it_stands(
    database: Database, folder: Path, now: datetime
) -> None:
    write(folder, "templates/webinar/ask.txt", "---\nsubject: Ask\n---\nAsk {{ lead.email }}\n")
    task = "  - task: {kind: call, text: webinar/ask}\n"
    write(folder, "campaigns/webinar-follow-up.yaml", CAMPAIGN + task)
    put(database, folder, now)
    with database.read() as session:
        assert "webinar/ask.txt" in applied.policies(session).notes


# -- campaigns ---------------------------------------------------------------------------------------


def test_a_campaign_that_is_not_in_the_files_goes_on_running(
    database: Database, folder: Path, now: datetime
) -> None:
    put(database, folder, now)
    (folder / "campaigns" / "webinar-follow-up.yaml").unlink()
    assert changed(put(database, folder, later(now))) == {"webinar-follow-up": "not in the files"}
    with database.read() as session:
        assert session.scalars(select(models.Campaign.status)).one() == CampaignStatus.RUNNING


def test_a_campaign_that_somebody_paused_stays_paused(
    database: Database, folder: Path, now: datetime
) -> None:
    put(database, folder, now)
    with database.write() as session:
        session.execute(update(models.Campaign).values(status=CampaignStatus.PAUSED))
    write(folder, "campaigns/webinar-follow-up.yaml", CAMPAIGN + "  - wait: 1 day\n")
    put(database, folder, later(now))
    with database.read() as session:
        row = session.scalars(select(models.Campaign)).one()
        assert row.status == CampaignStatus.PAUSED
        assert applied.program(session, row.version_id or 0).nodes[0].id == "1"


def test_another_priority_counts_at_once(database: Database, folder: Path, now: datetime) -> None:
    put(database, folder, now)
    write(folder, "campaigns/webinar-follow-up.yaml", CAMPAIGN + "  - email: webinar/thanks\npriority: 77\n")
    put(database, folder, later(now))
    with database.read() as session:
        assert session.scalars(select(models.Campaign.priority)).one() == 77
        assert list(applied.names(session).values()) == ["webinar-follow-up"]


# -- leads -------------------------------------------------------------------------------------------


def test_a_new_campaign_has_the_leads_of_its_stages_matched(
    database: Database, folder: Path, now: datetime
) -> None:
    with database.write() as session:
        suspect = person(session)
        customer = person(session, Stage.CUSTOMER)
    put(database, folder, later(now))
    assert lead(database, suspect).match_at == later(now)
    assert lead(database, customer).match_at is None


def test_nothing_changed_means_no_lead_is_touched(database: Database, folder: Path, now: datetime) -> None:
    put(database, folder, now)
    with database.write() as session:
        suspect = person(session)
    put(database, folder, later(now))
    assert (lead(database, suspect).match_at, lead(database, suspect).due_at) == (None, None)


def test_another_funnel_has_every_lead_looked_at(database: Database, folder: Path, now: datetime) -> None:
    put(database, folder, now)
    with database.write() as session:
        customer = person(session, Stage.CUSTOMER)
    funnel = (folder / "campaigns" / "funnel.yaml").read_text().replace("points: 10", "points: 11")
    write(folder, "campaigns/funnel.yaml", funnel)
    assert changed(put(database, folder, later(now))) == {"funnel": "changed"}
    assert lead(database, customer).due_at == later(now)


def person(session: Session, stage: Stage = Stage.SUSPECT) -> int:
    email = f"lead{next(factories.NUMBERS)}@example.com"
    return factories.lead(
        session, email=email, stage=stage, address_hash=leads.address_hash(leads.salt(session), email)
    ).id


def lead(database: Database, lead_id: int) -> models.Lead:
    with database.read() as session:
        return session.get_one(models.Lead, lead_id)


def test_a_campaign_that_is_entered_once_lets_its_audience_in_when_applied(
    database: Database, folder: Path, now: datetime
) -> None:
    with database.write() as session:
        person(session)
    write(folder, "campaigns/webinar-follow-up.yaml", CAMPAIGN + "  - email: webinar/thanks\nenter: once\n")
    put(database, folder, now)
    assert enrolled(database) == 1
    with database.write() as session:
        person(session)
    put(database, folder, later(now))
    assert enrolled(database) == 1


def enrolled(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(models.Enrollment)) or 0


# -- reading -----------------------------------------------------------------------------------------


def test_before_the_first_apply_there_is_nothing_in_force(database: Database) -> None:
    with database.read() as session, pytest.raises(NotFound, match="run: outreach apply"):
        applied.policies(session)
    with database.read() as session, pytest.raises(NotFound):
        applied.program(session, 1)


def test_what_is_read_back_is_what_the_files_say(database: Database, now: datetime) -> None:
    loaded = workspace.load(ROOT)
    with database.write() as session:
        apply(session, loaded, now)
    with database.read() as session:
        in_force = applied.policies(session)
        assert in_force.policies == loaded.policies
        assert in_force.funnel.funnel == loaded.policies.funnel
        assert in_force.versions == {"funnel": 1, "team": 1, "senders": 1, "notes": 1}
        for row in session.scalars(select(models.Campaign)):
            assert row.version_id is not None
            program = applied.program(session, row.version_id)
            written = loaded.campaigns[row.name].campaign
            assert edition.definition_of(program.campaign) == edition.definition_of(written)
            mails = {node.step.email for node in program.nodes if isinstance(node.step, EmailStep)}
            assert {f"{name}.md" for name in mails} <= set(applied.templates(session, row.version_id))


def test_a_version_means_what_it_meant_when_a_field_is_taken_out_later(
    database: Database, folder: Path, now: datetime
) -> None:
    where = CAMPAIGN.replace("suspect}", "suspect, where: lead.seats > 3}")
    write(folder, "campaigns/webinar-follow-up.yaml", where + "  - email: webinar/thanks\n")
    put(database, folder, now)
    write(folder, "campaigns/webinar-follow-up.yaml", CAMPAIGN + "  - email: webinar/thanks\n")
    funnel = (folder / "campaigns" / "funnel.yaml").read_text().replace("seats: number, ", "")
    write(folder, "campaigns/funnel.yaml", funnel)
    put(database, folder, later(now))
    with database.read() as session:
        old, new = session.scalars(select(models.CampaignVersion.id).order_by(models.CampaignVersion.version))
        assert applied.program(session, old).audience is not None
        assert applied.program(session, new).audience is None


# -- what earlier releases stored ------------------------------------------------------------------

TESTED = CAMPAIGN + "  - {email: webinar/thanks, variants: {subject: [%s]%s}}\n"


def store_as_before(database: Database) -> None:
    """Make of the only version what the release before experiments stored: every default, and nothing newer."""
    with database.write() as session:
        row = session.scalars(select(models.CampaignVersion)).one()
        before = {key: each for key, each in row.definition.items() if key != "in_flight"}
        (step,) = before["steps"]
        variants = {"subject": step["variants"]["subject"], "measure": "replied"}
        before |= {"steps": [{**step, "variants": variants}], "tests": [{"what": "was not read"}]}
        table = models.CampaignVersion.__table__
        session.connection().execute(update(table).values(definition=before))  # type: ignore[arg-type]


@pytest.mark.parametrize("said", ["", ", measure: replied"])
def test_an_unchanged_file_makes_no_version_after_an_upgrade(
    database: Database, folder: Path, now: datetime, said: str
) -> None:
    write(folder, "campaigns/webinar-follow-up.yaml", TESTED % ("one, two", said))
    put(database, folder, now)
    store_as_before(database)
    assert changed(put(database, folder, later(now))) == {}
    write(folder, "campaigns/webinar-follow-up.yaml", TESTED % ("one, two", ", measure: clicked"))
    assert changed(put(database, folder, later(now))) == {"webinar-follow-up": "changed"}


def test_a_subject_that_stood_twice_for_a_larger_share_goes_on_in_the_version_that_has_it(
    database: Database, folder: Path, now: datetime
) -> None:
    write(folder, "campaigns/webinar-follow-up.yaml", TESTED % ("one, two, three", ""))
    put(database, folder, now)
    store_as_before(database)
    with database.write() as session:
        row = session.scalars(select(models.CampaignVersion)).one()
        (step,) = row.definition["steps"]
        weighted = {**step, "variants": {"subject": ["one", "one", "two"], "measure": "replied"}}
        table = models.CampaignVersion.__table__
        changes = {"definition": {**row.definition, "steps": [weighted]}}
        session.connection().execute(update(table).values(**changes))  # type: ignore[arg-type]
    with database.read() as session:
        version_id = session.scalars(select(models.CampaignVersion.id)).one()
        (step,) = applied.program(session, version_id).campaign.steps
    assert isinstance(step, EmailStep) and step.variants is not None
    assert step.variants.subject == ("one", "one", "two")
    assert changed(put(database, folder, later(now))) == {"webinar-follow-up": "changed"}


def test_what_was_read_once_is_not_read_again(database: Database, folder: Path, now: datetime) -> None:
    put(database, folder, now)
    with database.read() as session:
        version = session.scalars(select(models.CampaignVersion.id)).one()
        first = (
            applied.program(session, version),
            applied.policies(session),
            applied.templates(session, version),
        )
    with database.read() as session:
        session.scalars(select(models.Campaign.id)).all()
        with counted(database) as statements:
            assert applied.program(session, version) is first[0]
            assert applied.templates(session, version) is first[2]
        assert statements == []
        with counted(database) as statements:
            assert applied.policies(session) is first[1]
        assert len(statements) == 1


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def on_execute(*args: object) -> None:
        statements.append(str(args[2]))

    event.listen(database.engine, "before_cursor_execute", on_execute)
    yield statements
    event.remove(database.engine, "before_cursor_execute", on_execute)


def test_what_is_kept_of_one_database_is_not_told_of_another(
    sqlite: Database, postgresql: Database, folder: Path, now: datetime
) -> None:
    put(sqlite, folder, now)
    write(folder, "campaigns/webinar-follow-up.yaml", CAMPAIGN + "  - wait: 1 day\n")
    put(postgresql, folder, now)
    ids = []
    for database in (sqlite, postgresql):
        with database.read() as session:
            version = session.scalars(select(models.CampaignVersion.id)).one()
            ids.append([node.id for node in applied.program(session, version).nodes])
    assert ids == [["webinar/thanks"], ["1"]]


def test_what_was_rolled_back_is_forgotten(database: Database, folder: Path, now: datetime) -> None:
    loaded = workspace.load(folder)
    with pytest.raises(_ChangedMyMindError), database.write() as session:
        apply(session, loaded, now)
        version = session.scalars(select(models.CampaignVersion.id)).one()
        assert applied.program(session, version).nodes[0].id == "webinar/thanks"
        raise _ChangedMyMindError
    assert rows(database) == []
    write(folder, "campaigns/webinar-follow-up.yaml", CAMPAIGN + "  - wait: 1 day\n")
    put(database, folder, now)
    with database.read() as session:
        version = session.scalars(select(models.CampaignVersion.id)).one()
        assert applied.program(session, version).nodes[0].id == "1"


class _ChangedMyMindError(Exception):
    pass


def test_policies_are_applied_without_any_campaign(database: Database, folder: Path, now: datetime) -> None:
    (folder / "campaigns" / "webinar-follow-up.yaml").unlink()
    put(database, folder, now)
    with database.read() as session:
        assert applied.policies(session).policies == workspace.load(folder).policies
        assert applied.names(session) == {}
