"""Experiments in the engine: who gets which subject, template, sender and wait, who is held out, and what is counted."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import factories
import pytest
from house import House
from sqlalchemy import event, select

from outreach import allocations, applied, briefs, enrollments, experiments, ledger, models
from outreach.db import Database
from outreach.domain import experiments as assignment
from outreach.domain.words import EnrollmentStatus, Kind, MessageStatus, Verdict
from outreach.errors import NotFound

CAMPAIGN = """
campaign: welcome
audience: {stage: suspect}
again_after: 1 year
window: {days: mon-sun, hours: "00:00-24:00", holidays: none}
senders: [anna, ben]
stop_on: [unsubscribed]
%s
"""
SECOND = "---\nsubject: Another\n---\nSomething else, [read it](https://example.com/b).\n"


@pytest.fixture
def house(database: Database, tmp_path: Path, now: Any) -> House:
    found = House(database, tmp_path, now)
    (tmp_path / "templates" / "other.md").write_text(SECOND, encoding="utf-8")
    return found


def start(house: House, rest: str, leads: int = 40, **fields: Any) -> list[int]:
    """Apply the campaign and let so many leads enter."""
    house.write(welcome=CAMPAIGN % rest)
    house.apply()
    ids = [house.lead(**fields) for _ in range(leads)]
    house.tick()
    return ids


def program(house: House, name: str = "welcome") -> Any:
    with house.database.read() as session:
        row = session.scalars(select(models.Campaign).filter_by(name=name)).one()
        assert row.version_id is not None
        return applied.program(session, row.version_id)


def results(house: House, name: str | None = None) -> experiments.Shown:
    with house.database.read() as session:
        return experiments.show(session, "welcome", name, house.now)[0]


# -- who gets what ---------------------------------------------------------------------------------


def test_each_lead_gets_the_subject_that_the_hash_says(house: House) -> None:
    start(house, "steps: [{email: first, variants: {subject: [One, Two]}}]")
    campaign = program(house).campaign
    subjects: Counter[str] = Counter()
    for message in house.rows(models.Message):
        assert message.variant == assignment.arm(campaign, "first", campaign.steps[0], message.lead_id)
        assert message.subject == ("One", "Two")[message.variant]
        subjects[message.subject] += 1
    assert subjects.total() == 40 and min(subjects.values()) >= 10


def test_each_lead_gets_its_template(house: House) -> None:
    start(house, "steps: [{email: first, variants: {email: [first, other]}}]")
    sent = {(message.variant, message.template, message.subject) for message in house.rows(models.Message)}
    assert sent == {(0, "first", "Hello Dana"), (1, "other", "Another")}


def test_who_wrote_in_an_experiment_goes_on_writing(house: House) -> None:
    steps = "[{email: first, variants: {sender: [anna, ben]}}, {wait: 1 day}, {email: second}]"
    start(house, f"steps: {steps}")
    house.later(days=2)
    by_lead: dict[int, list[str]] = {}
    for message in house.rows(models.Message):
        by_lead.setdefault(message.lead_id, []).append(message.sender)
    assert all(len(senders) == 2 and len(set(senders)) == 1 for senders in by_lead.values())
    assert {senders[0] for senders in by_lead.values()} == {"anna", "ben"}
    assert {mail["From"].addresses[0].username for mail in house.mails()} == {"anna", "ben"}
    domains = {message.rfc_message_id.rpartition("@")[2] for message in house.rows(models.Message)}
    assert domains == {"example.com>"}


def test_each_lead_waits_as_long_as_its_variant_says(house: House) -> None:
    steps = "[{email: first}, {wait: 1 day, id: pause, variants: {wait: [1 day, 3 days]}}, {email: second}]"
    start(house, f"steps: {steps}")
    house.later(days=4)
    node = program(house).nodes[1]
    for enrollment in house.rows(models.Enrollment):
        first, second = house.rows(models.Message, enrollment_id=enrollment.id)
        number = assignment.arm(program(house).campaign, "pause", node.step, enrollment.lead_id)
        assert number is not None
        assert second.queued_at - first.outcome_at == timedelta(days=(1, 3)[number])


def test_a_lead_keeps_its_variant_when_it_enters_again(house: House) -> None:
    ids = start(house, "steps: [{email: first, variants: {subject: [One, Two, Three]}}]", leads=12)
    house.later(hours=1)
    for days in (366, 2):
        house.clock.turn_to(house.now + timedelta(days=days))
        house.tick()
    found: dict[int, list[int]] = {lead_id: [] for lead_id in ids}
    for message in house.rows(models.Message):
        found[message.lead_id].append(message.variant)
    assert all(len(each) == 2 and len(set(each)) == 1 for each in found.values())


def test_a_late_mail_is_skipped_and_counts_for_no_variant(house: House) -> None:
    rest = "steps: [{email: first, stale_after: 1 hour, variants: {subject: [One, Two]}}]"
    house.write(welcome=CAMPAIGN % rest)
    house.apply()
    lead = house.lead(hold_until=house.now + timedelta(hours=1))
    house.tick()
    house.clock.turn_to(house.now + timedelta(days=2))
    house.tick()
    late = house.rows(models.Message, lead_id=lead)
    assert [(each.status, each.reason, each.variant) for each in late] == [
        (MessageStatus.SKIPPED, "stale", None)
    ]
    found = results(house).results
    assert sum(arm.leads + arm.waiting for arm in found.arms) == 0


# -- the hold-out ----------------------------------------------------------------------------------

HELD = """
experiment: {holdout: 40 %, measure: meeting_booked, within: 10 days}
steps:
  - update: {angle: seen}
  - email: first
  - notify: {to: rita, text: notes/call}
"""


def test_who_is_held_out_enters_but_gets_nothing_and_leaves_when_the_time_is_over(house: House) -> None:
    ids = start(house, HELD)
    campaign = program(house).campaign
    held = {lead_id for lead_id in ids if assignment.is_held_out(campaign, lead_id)}
    assert 8 <= len(held) <= 24
    waiting = {row.lead_id: row for row in house.rows(models.Enrollment) if row.lead_id in held}
    assert {row.reason for row in waiting.values()} == {"hold-out"}
    assert {row.due_at - row.entered_at for row in waiting.values()} == {timedelta(days=10)}
    house.later(days=11)
    assert {message.lead_id for message in house.rows(models.Message)} == set(ids) - held
    assert all((house.get(lead_id).angle == "seen") == (lead_id not in held) for lead_id in ids)
    ended = {row.lead_id: (row.status, row.reason) for row in house.rows(models.Enrollment)}
    assert {ended[lead_id] for lead_id in held} == {(EnrollmentStatus.FINISHED, "hold-out")}
    finished = house.rows(models.Event, kind=Kind.FINISHED)
    assert {event.lead_id for event in finished if event.detail == "hold-out"} == held


def test_what_a_held_out_lead_does_stops_it_and_counts(house: House) -> None:
    ids = start(house, HELD)
    held = [lead_id for lead_id in ids if assignment.is_held_out(program(house).campaign, lead_id)]
    house.later(hours=2)
    house.event(held[0], Kind.MEETING_BOOKED)
    house.event(held[1], Kind.UNSUBSCRIBED)
    house.later(days=11)
    reasons = {row.lead_id: row.reason for row in house.rows(models.Enrollment)}
    assert reasons[held[1]] == Kind.UNSUBSCRIBED
    arm = results(house, "hold-out").results.arms[0]
    assert (arm.leads, arm.conversions) == (len(held), 1)


def test_a_higher_campaign_takes_held_out_leads_over_as_all_others(house: House) -> None:
    ids = start(house, HELD)
    held = [lead_id for lead_id in ids if assignment.is_held_out(program(house).campaign, lead_id)]
    house.write(better=(CAMPAIGN % "priority: 90\nsteps: [{email: other}]").replace("welcome", "better"))
    house.apply()
    house.tick()
    ended = {row.lead_id: row.reason for row in house.rows(models.Enrollment, campaign_id=1)}
    assert all(ended[lead_id] == "outranked:better" for lead_id in held)
    assert {m.lead_id for m in house.rows(models.Message, template="other")} >= set(held)


def test_who_has_mails_is_never_held_out_by_a_version_that_it_is_moved_to(house: House) -> None:
    ids = start(house, "in_flight: move\nsteps: [{email: first}, {wait: 2 days}, {email: second}]", leads=12)
    house.later(hours=2)
    moved = (
        "in_flight: move\nexperiment: {holdout: 50 %, measure: mql}\nsteps: [{wait: 2 days}, {email: second}]"
    )
    house.write(welcome=CAMPAIGN % moved)
    house.apply()
    house.later(days=20)
    assert any(assignment.is_held_out(program(house).campaign, lead_id) for lead_id in ids)
    assert {message.lead_id for message in house.rows(models.Message, step="second")} == set(ids)


# -- moved while its mail waits --------------------------------------------------------------------

SUBJECTS = (
    "in_flight: move\n%ssteps: [{email: first, variants: {subject: [%s]}}, {wait: 2 days}, {email: second}]"
)


@pytest.mark.parametrize(
    ("more", "subjects", "stays"),
    [
        ("priority: 30\n", "One, Two, Three", True),
        ("", "One, Two", False),
        ("experiment: {method: thompson}\n", "One, Two", False),
        ("experiment: {measure: clicked}\n", "One, Two, Three", False),
    ],
)
def test_a_mail_stays_in_its_variant_only_where_the_experiment_does(
    house: House, more: str, subjects: str, stays: bool
) -> None:
    house.write(welcome=CAMPAIGN % (SUBJECTS % ("", "One, Two, Three")))
    house.apply()
    with house.database.write() as session:
        ledger.pause_sender(session, "anna", "away", house.now)
        ledger.pause_sender(session, "ben", "away", house.now)
    ids = [house.lead() for _ in range(12)]
    house.tick()
    before = {message.lead_id: message.variant for message in house.rows(models.Message)}
    assert set(before.values()) == {0, 1, 2}
    house.write(welcome=CAMPAIGN % (SUBJECTS % (more, subjects)))
    house.apply()
    after = {message.lead_id: message.variant for message in house.rows(models.Message, step="first")}
    assert after == (before if stays else dict.fromkeys(ids))
    with house.database.write() as session:
        ledger.resume_sender(session, "anna", house.now)
        ledger.resume_sender(session, "ben", house.now)
    house.later(hours=2)
    house.later(days=15)
    assert sum(arm.leads for arm in results(house).results.arms) == (len(ids) if stays else 0)


def test_a_mail_in_a_variant_that_is_not_there_is_not_counted(house: House) -> None:
    start(house, "steps: [{email: first, variants: {subject: [One, Two]}}]", leads=6)
    with house.database.write() as session:
        session.get_one(models.Message, 1).variant = 2
    house.later(days=15)
    assert sum(arm.leads for arm in results(house).results.arms) == 5


# -- what is counted -------------------------------------------------------------------------------

MEASURED = """
experiment: {measure: replied, within: 3 days, stratify: [source]}
steps: [{email: first, variants: {subject: [One, Two], measure: %s}}]
"""


def test_only_leads_whose_time_is_over_are_counted(house: House) -> None:
    ids = start(house, MEASURED % "submitted", leads=10)
    house.later(hours=1)
    house.event(ids[0], Kind.SUBMITTED)
    before = results(house).results
    assert sum(arm.leads for arm in before.arms) == 0 and sum(arm.waiting for arm in before.arms) == 10
    assert sum(arm.conversions for arm in before.arms) == 0
    house.later(days=3)
    after = results(house).results
    assert sum(arm.leads for arm in after.arms) == 10 and sum(arm.waiting for arm in after.arms) == 0
    assert sum(arm.conversions for arm in after.arms) == 1
    assert sum(leads for leads, _, _ in after.days[-1].arms) == 10


def test_what_comes_too_late_or_from_machines_does_not_count(house: House) -> None:
    ids = start(house, MEASURED % "submitted", leads=6)
    house.later(hours=1)
    house.event(ids[0], Kind.SUBMITTED, verdict=Verdict.MACHINE)
    house.event(ids[1], Kind.CHATTED)
    house.later(days=4)
    house.event(ids[2], Kind.SUBMITTED)
    assert sum(arm.conversions for arm in results(house).results.arms) == 0


def test_a_click_counts_for_the_mail_that_was_clicked(house: House) -> None:
    start(house, MEASURED % "clicked", leads=6)
    house.later(hours=1)
    first, second = house.rows(models.Message)[:2]
    with house.database.write() as session:
        for message, of in ((first, first.id), (second, first.id)):
            lead = session.get_one(models.Lead, message.lead_id)
            factories.event(session, lead, Kind.CLICKED, at=house.now, message_id=of)
    house.later(days=4)
    assert sum(arm.conversions for arm in results(house).results.arms) == 1


def test_a_stage_counts_when_that_one_or_a_later_one_is_reached(house: House) -> None:
    ids = start(house, MEASURED % "mql", leads=6)
    house.later(hours=1)
    with house.database.write() as session:
        for lead_id, stage in zip(ids, ("mql", "customer", "lost", "discarded"), strict=False):
            lead = session.get_one(models.Lead, lead_id)
            factories.event(session, lead, Kind.STAGE_CHANGED, at=house.now, subject=stage)
    house.later(days=4)
    assert sum(arm.conversions for arm in results(house).results.arms) == 2


def test_refused_mails_and_a_second_time_are_not_counted(house: House) -> None:
    ids = start(house, MEASURED % "submitted", leads=6)
    house.later(days=4)
    with house.database.write() as session:
        session.get_one(models.Message, 1).status = MessageStatus.REFUSED
    house.clock.turn_to(house.now + timedelta(days=366))
    house.tick()
    house.later(days=5)
    assert len(house.rows(models.Message)) == 2 * len(ids)
    assert sum(arm.leads for arm in results(house).results.arms) == len(ids)


def test_another_measure_is_a_new_experiment_and_another_text_around_it_is_not(house: House) -> None:
    start(house, MEASURED % "submitted", leads=6)
    house.later(days=4)
    house.write(welcome=CAMPAIGN % ("priority: 30\n" + MEASURED % "submitted"))
    house.apply()
    same = results(house)
    assert same.versions == (1, 2) and sum(arm.leads for arm in same.results.arms) == 6
    house.write(welcome=CAMPAIGN % (MEASURED % "chatted"))
    house.apply()
    other = results(house)
    assert other.versions == (3,) and sum(arm.leads for arm in other.results.arms) == 0


def test_another_text_of_a_template_that_is_compared_is_a_new_experiment(house: House) -> None:
    start(house, "steps: [{email: first, variants: {email: [first, other]}}]", leads=4)
    (house.folder / "templates" / "other.md").write_text(SECOND + "More.\n", encoding="utf-8")
    house.apply()
    assert results(house).versions == (2,)


def test_waits_are_counted_from_entering_for_everybody(house: House) -> None:
    steps = (
        "[{email: first}, {wait: 1 day, id: pause, variants: {wait: [1 day, 3 days], measure: submitted}}]"
    )
    ids = start(house, f"experiment: {{within: 5 days}}\nsteps: {steps}", leads=10)
    house.event(ids[0], Kind.SUBMITTED)
    house.later(days=6)
    arms = results(house, "pause").results.arms
    assert sum(arm.leads for arm in arms) == 10 and sum(arm.conversions for arm in arms) == 1


def test_an_experiment_that_is_not_there_is_said_with_what_was_meant(house: House) -> None:
    start(house, MEASURED % "submitted", leads=1)
    with house.database.read() as session:
        with pytest.raises(NotFound, match="no campaign has the name welcom; did you mean welcome"):
            experiments.show(session, "welcom", None, house.now)
        with pytest.raises(NotFound, match="welcome has no experiment frist; did you mean first"):
            experiments.show(session, "welcome", "frist", house.now)


# -- Thompson sampling -----------------------------------------------------------------------------

THOMPSON = """
experiment: {measure: submitted, within: 2 days, method: thompson}
steps: [{email: first, variants: {subject: [One, Two]}}]
"""


def reallocate(house: House) -> int:
    with house.database.read() as session:
        changed = experiments.reallocated(session, house.now)
    with house.database.write() as session:
        allocations.write(session, changed, house.now)
    return len(changed)


def test_results_decide_who_gets_what_from_the_next_lead_on(house: House) -> None:
    start(house, THOMPSON, leads=80)
    assert reallocate(house) == 1
    house.later(hours=1)
    for message in house.rows(models.Message, variant=1)[:20]:
        house.event(message.lead_id, Kind.SUBMITTED)
    house.later(days=2)
    assert reallocate(house) == 1
    with house.database.read() as session:
        design = allocations.designs_of(program(house))[0]
        shares = [each for _, each in allocations.history(session, 1, design)]
    assert shares == [(0.5, 0.5), (0.1, 0.9)]
    new = {house.lead() for _ in range(60)}
    house.tick()
    variants = Counter(m.variant for m in house.rows(models.Message) if m.lead_id in new)
    assert variants.total() == 60 and variants[1] >= 45
    house.later(days=3)
    shown = results(house)
    assert sum(arm.leads for arm in shown.results.arms) == 140
    assert [arm.share for arm in shown.results.arms] == [0.1, 0.9]


def test_shares_change_once_a_day_and_not_at_all_where_nobody_wants_that(house: House) -> None:
    start(house, THOMPSON, leads=4)
    assert [reallocate(house), reallocate(house)] == [1, 0]
    house.later(days=1)
    assert reallocate(house) == 1
    house.write(welcome=CAMPAIGN % (MEASURED % "submitted"))
    house.apply()
    house.later(days=1)
    assert reallocate(house) == 0


def test_shares_are_read_once_however_many_leads_go_on(house: House) -> None:
    start(
        house,
        "experiment: {method: thompson}\nsteps: [{wait: 1 day}, {email: first, variants: {subject: [One, Two]}}]",
    )
    assert reallocate(house) == 1
    house.clock.turn_to(house.now + timedelta(days=1))
    read: list[str] = []

    def on_execute(*args: Any) -> None:
        read.append(args[2])

    with house.database.write() as session:
        in_force = applied.policies(session)
        note = briefs.note_for(session, in_force, house.links)
        event.listen(house.database.engine, "before_cursor_execute", on_execute)
        done = enrollments.advance_due(session, in_force, note, house.now, 100)
        event.remove(house.database.engine, "before_cursor_execute", on_execute)
    assert done.queued == 40
    assert sum("FROM allocation" in each for each in read) == 1


def test_results_are_read_without_keeping_anybody_from_writing(house: House) -> None:
    start(house, THOMPSON, leads=4)
    with house.database.read() as session:
        changed = experiments.reallocated(session, house.now)
        house.clock.turn_to(house.now + timedelta(minutes=5))
        new = house.lead()
        house.tick()
    written_at = house.now + timedelta(minutes=1)
    with house.database.write() as session:
        allocations.write(session, changed, written_at)
        allocations.write(session, (), written_at)
    with house.database.read() as session:
        (row,) = session.scalars(select(models.Allocation))
        assert row.at == written_at
        (enrollment,) = session.scalars(select(models.Enrollment).filter_by(lead_id=new))
        made = program(house)
        assert allocations.shares(session, 1, made, enrollment.entered_at) == {}
        assert allocations.shares(session, 1, made, written_at) == {"first": (0.5, 0.5)}
