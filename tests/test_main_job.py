"""The main job on both databases: from a campaign file to a lead promoted, handed off or recycled."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import factories
import pytest
from house import CAMPAIGN, House

from outreach import explain, leads, models, reps
from outreach.channels import Answer, Outcome
from outreach.db import Database
from outreach.domain.words import Kind, MessageStatus, Stage, Verdict
from outreach.errors import Deferred, Rejected, Uncertain


@pytest.fixture
def house(database: Database, tmp_path: Path, now: datetime) -> House:
    built = House(database, tmp_path / "workspace", now)
    built.apply()
    return built


def only(rows: list[models.Message]) -> models.Message:
    assert len(rows) == 1
    return rows[0]


# -- campaigns -------------------------------------------------------------------------------------


def test_a_suspect_gets_the_first_mail_with_the_first_tick(house: House) -> None:
    house.lead(email="dana@example.com", first_name="Dana")
    house.tick()
    assert [mail["Subject"] for mail in house.mails("dana@example.com")] == ["Hello Dana"]


def test_the_second_mail_follows_in_the_same_thread_after_the_wait(house: House) -> None:
    house.lead()
    house.tick()
    house.later(days=1, hours=23)
    assert len(house.mails()) == 1
    house.later(hours=2)
    first, second = house.mails()
    assert second["In-Reply-To"] == first["Message-ID"]
    assert second["Subject"].startswith("Re: Hello")


def test_a_finished_lead_is_not_written_to_again(house: House) -> None:
    house.lead()
    house.later(days=30)
    assert len(house.mails()) == 2
    assert [row.reason for row in house.rows(models.Enrollment)] == ["completed"]


def test_an_idle_tick_finds_nothing_due(house: House) -> None:
    house.lead()
    house.later(days=30)
    assert house.tick().idle


def test_a_campaign_of_higher_priority_takes_a_lead_over(house: House) -> None:
    lead_id = house.lead()
    house.tick()
    house.write(
        urgent="campaign: urgent\naudience: {stage: suspect, where: lead.score > 10}\npriority: 90\n"
        "window: {holidays: none}\nsenders: [ben]\nsteps:\n  - email: second\n"
    )
    house.apply()
    house.event(lead_id, Kind.CLICKED)
    house.tick()
    first, second = house.rows(models.Enrollment)
    assert (first.status, first.reason) == ("stopped", "outranked:urgent")
    assert (second.sender, second.campaign_id) == ("ben", first.campaign_id + 1)
    assert [mail["Subject"] for mail in house.mails()] == ["Hello Dana", "Again"]


def test_leads_in_flight_keep_the_version_they_entered_on(house: House) -> None:
    house.lead(email="early@example.com")
    house.tick()
    (house.folder / "templates" / "second.md").write_text("---\nsubject: New\n---\nA new text.\n")
    house.apply()
    house.lead(email="late@example.com")
    house.later(days=5)
    texts = {mail["To"].addresses[0].addr_spec: mail.as_string() for mail in house.mails()}
    assert "Did you see it" in texts["early@example.com"]
    assert "A new text" in texts["late@example.com"]


# -- promise 2 -------------------------------------------------------------------------------------

ENDINGS = [
    (Kind.REPLIED, {}),
    (Kind.UNSUBSCRIBED, {}),
    (Kind.COMPLAINED, {}),
    (Kind.BOUNCED, {"hard": True}),
]


@pytest.mark.parametrize(("kind", "data"), ENDINGS)
def test_promise_2_nothing_follows_a_reply_or_an_opt_out(
    house: House, kind: Kind, data: dict[str, bool]
) -> None:
    lead_id = house.lead()
    house.tick()
    house.event(lead_id, kind, data=data)
    house.later(days=10)
    assert len(house.mails_to_leads()) == 1


@pytest.mark.parametrize(("kind", "data"), ENDINGS)
def test_promise_2_is_kept_between_rendering_and_transmission(
    house: House, kind: Kind, data: dict[str, bool]
) -> None:
    """The event is committed when the mail is queued already: the transaction that opens the transmission sees it."""
    lead_id = house.lead()
    deliver, house.engine = (
        house.engine.deliver,
        house.engine.__class__(house.database, house.links, lambda ids: None, lambda ids: None, 50),
    )
    house.tick()
    queued = only(house.rows(models.Message))
    house.event(lead_id, kind, data=data)
    deliver([queued.id])
    assert house.mails_to_leads() == []
    assert only(house.rows(models.Message)).status == MessageStatus.SKIPPED


def test_a_soft_bounce_stops_nothing(house: House) -> None:
    lead_id = house.lead()
    house.tick()
    house.event(lead_id, Kind.BOUNCED, data={"hard": False})
    house.later(days=5)
    assert len(house.mails()) == 2


def test_somebody_away_is_held_and_then_goes_on(house: House) -> None:
    lead_id = house.lead()
    house.tick()
    house.event(
        lead_id, Kind.AUTO_REPLIED, data={"resume_on": (house.now + timedelta(days=9)).date().isoformat()}
    )
    house.later(days=8)
    assert len(house.mails()) == 1
    house.later(days=5)
    assert len(house.mails()) == 2


def test_who_is_suppressed_enters_nothing(house: House) -> None:
    lead_id = house.lead()
    house.event(lead_id, Kind.UNSUBSCRIBED)
    house.later(days=3)
    assert house.mails() == []
    assert house.rows(models.Enrollment) == []


# -- promise 1: every answer of a server ------------------------------------------------------------


def answers(house: House, *said: Outcome) -> None:
    left = list(said)
    house.answers = lambda to: left.pop(0) if left else Answer(250, "2.0.0", "OK")


def test_a_deferred_mail_is_sent_later_and_once(house: House) -> None:
    answers(house, Deferred("greylisted", 450, "4.7.1"))
    house.lead()
    house.tick()
    assert house.mails() == []
    house.later(hours=3)
    assert len(house.mails()) == 1
    assert only(house.rows(models.Message)).attempts == 2


def test_a_mail_deferred_for_days_is_given_up_once(house: House) -> None:
    house.answers = lambda to: Deferred("try later", 451, "4.3.0")
    house.lead()
    house.later(days=7)
    first = house.rows(models.Message)[0]
    assert (first.status, first.reason, first.attempts) == (MessageStatus.REFUSED, "given up", 8)


def test_promise_1_an_unknown_outcome_is_never_sent_again(house: House) -> None:
    answers(house, Uncertain("connection lost after the final dot"))
    house.lead()
    house.later(days=1)
    assert only(house.rows(models.Message)).status == MessageStatus.UNKNOWN
    assert house.mails() == []


def test_a_refused_address_is_suppressed_and_its_campaign_ends(house: House) -> None:
    answers(house, Rejected("no such user", 550, "5.1.1", blames="lead"))
    lead_id = house.lead()
    house.later(days=5)
    assert only(house.rows(models.Message)).status == MessageStatus.REFUSED
    assert [row.reason for row in house.rows(models.Suppression)] == ["bounced"]
    assert house.rows(models.Event, lead_id=lead_id, kind=Kind.BOUNCED)


def test_a_policy_refusal_pauses_the_sender_and_harms_no_lead(house: House) -> None:
    answers(house, Rejected("policy", 550, "5.7.1", blames="sender"))
    house.lead()
    house.lead()
    house.later(hours=5)
    assert house.mails() == []
    assert {row.status for row in house.rows(models.Message)} == {MessageStatus.QUEUED}
    assert house.rows(models.Suppression) == []
    with house.database.write() as session:
        from outreach import ledger

        assert ledger.resume_sender(session, "anna", house.now) == 2
    house.tick()
    assert len(house.mails()) == 2


def test_a_lead_with_an_empty_merge_field_gets_no_mail_and_the_others_do(house: House) -> None:
    house.lead(email="nameless@example.com", first_name=None)
    house.lead(email="dana@example.com")
    house.tick()
    assert [mail["To"].addresses[0].addr_spec for mail in house.mails()] == ["dana@example.com"]
    skipped = house.rows(models.Message, status=MessageStatus.SKIPPED)
    assert [row.reason for row in skipped] == ["not rendered"]


def test_a_lease_that_ran_out_before_transmission_is_queued_again(house: House) -> None:
    house.lead()
    house.tick()
    house.outbox.outbox.clear()
    with house.database.write() as session:
        row = session.query(models.Message).one()
        row.status, row.lease_until, row.outcome_at = MessageStatus.CLAIMED, house.now, None
    house.tick()
    assert len(house.mails()) == 1


def test_a_lease_that_ran_out_in_transmission_becomes_unknown(house: House) -> None:
    house.lead()
    house.tick()
    house.outbox.outbox.clear()
    with house.database.write() as session:
        row = session.query(models.Message).one()
        row.status, row.lease_until, row.outcome_at = MessageStatus.TRANSMITTING, house.now, None
    house.later(hours=5)
    assert house.mails() == []
    assert only(house.rows(models.Message)).status == MessageStatus.UNKNOWN


# -- promises 4 and 5 -------------------------------------------------------------------------------


def test_promise_4_the_same_event_twice_changes_nothing(house: House) -> None:
    lead_id = house.lead()
    assert house.event(lead_id, Kind.CLICKED, source_id="click:1")
    score = house.get(lead_id).score
    assert not house.event(lead_id, Kind.CLICKED, source_id="click:1")
    assert house.get(lead_id).score == score
    assert len(house.rows(models.Event, kind=Kind.CLICKED)) == 1


@pytest.mark.parametrize("verdict", [Verdict.MACHINE, Verdict.PROXY])
def test_promise_5_a_machine_never_scores_and_never_promotes(house: House, verdict: Verdict) -> None:
    lead_id = house.lead()
    for _ in range(5):
        house.event(lead_id, Kind.CLICKED, verdict=verdict)
    lead = house.get(lead_id)
    assert (lead.score, lead.stage) == (0, Stage.SUSPECT)


# -- funnel ----------------------------------------------------------------------------------------


def test_clear_interest_makes_a_suspect_an_mql_with_the_evidence(house: House) -> None:
    lead_id = house.lead()
    house.event(lead_id, Kind.CLICKED)
    assert house.get(lead_id).stage == Stage.SUSPECT
    house.event(lead_id, Kind.CLICKED)
    assert house.get(lead_id).stage == Stage.MQL
    moved = house.rows(models.Event, kind=Kind.STAGE_CHANGED)[0]
    assert moved.data["because"] == "clear interest"
    assert "lead.score" in moved.data["evidence"][0]


def test_a_score_fades_and_takes_the_stage_back_with_it(house: House) -> None:
    lead_id = house.lead()
    house.event(lead_id, Kind.ATTENDED)
    assert house.get(lead_id).stage == Stage.MQL
    house.later(days=62)
    lead = house.get(lead_id)
    assert lead.stage == Stage.SUSPECT
    assert lead.score < 10.1


def test_a_stated_purchase_turns_hot_by_itself_as_the_date_comes_near(house: House) -> None:
    lead_id = house.lead(purchase_at=house.now + timedelta(days=40))
    house.tick()
    assert house.get(lead_id).temperature == "warm"
    house.later(days=27)
    lead = house.get(lead_id)
    assert (lead.temperature, lead.stage, lead.owner) == ("hot", Stage.SQL, "rita")


def test_an_sql_goes_to_a_rep_at_once_and_the_mail_says_why(house: House) -> None:
    lead_id = house.lead(email="dana@example.com")
    house.tick()
    house.event(lead_id, Kind.REPLIED, detail="meeting")
    house.tick()
    brief = house.mails("rita@example.org")[0]
    text = brief.get_content()
    assert "dana@example.com" in brief["Subject"]
    assert "wants to buy" in text and "meeting" in text
    assert text.count("https://track.example.com/h/") == 2
    assert brief["Auto-Submitted"] == "auto-generated"


def test_a_reply_that_moves_nothing_is_given_to_a_person(house: House) -> None:
    lead_id = house.lead(email="dana@example.com")
    house.tick()
    house.event(lead_id, Kind.REPLIED, detail="", data={"text": "Who are you?"})
    house.tick()
    task = house.rows(models.Task)[0]
    assert (task.kind, task.rep) == ("answer_reply", "rita")
    assert "Who are you?" in house.mails("rita@example.org")[0].get_content()


def test_who_replied_gets_no_mail_of_any_campaign_until_a_person_says_so(house: House) -> None:
    lead_id = house.lead(email="dana@example.com")
    house.tick()
    house.event(lead_id, Kind.REPLIED)
    house.write(
        other="campaign: other\naudience: {stage: suspect}\npriority: 90\nwindow: {holidays: none}\n"
        "senders: [ben]\nsteps:\n  - email: second\n"
    )
    house.apply()
    house.later(days=4)
    assert len(house.mails("dana@example.com")) == 1
    with house.database.write() as session:
        assert reps.resume(session, "dana@example.com", house.now)
    house.tick()
    assert len(house.mails("dana@example.com")) == 2


def test_a_reached_goal_is_counted_as_one(house: House) -> None:
    house.write(
        nurture="campaign: nurture\naudience: {stage: mql}\npriority: 90\nwindow: {holidays: none}\n"
        "senders: [ben]\nsteps:\n  - email: second\n"
    )
    house.apply()
    lead_id = house.lead()
    house.tick()
    house.event(lead_id, Kind.ATTENDED)
    house.tick()
    first = house.rows(models.Enrollment)[0]
    assert (first.status, first.reason) == ("finished", "goal_reached")


def test_a_hand_off_is_passed_on_at_most_once_to_each_rep(house: House) -> None:
    house.event(house.lead(), Kind.REPLIED, detail="meeting")
    house.later(days=20)
    assert [row.rep for row in house.rows(models.Handoff)] == ["rita", "ron"]


def test_an_accepted_hand_off_is_an_opportunity_with_a_deal(house: House) -> None:
    lead_id = house.lead()
    house.event(lead_id, Kind.REPLIED, detail="meeting")
    handoff = house.rows(models.Handoff)[0]
    with house.database.write() as session:
        assert reps.answer_handoff(session, handoff.id, True, None, house.now)
        assert not reps.answer_handoff(session, handoff.id, True, None, house.now)
    assert house.get(lead_id).stage == Stage.OPPORTUNITY
    assert [row.status for row in house.rows(models.Deal)] == ["open"]


def test_a_rejected_hand_off_goes_back_and_does_not_come_again_for_the_same_reason(house: House) -> None:
    lead_id = house.lead()
    house.event(lead_id, Kind.REPLIED, detail="meeting")
    with house.database.write() as session:
        reps.answer_handoff(session, house.rows(models.Handoff)[0].id, False, "not_ready", house.now)
    house.later(days=2)
    assert house.get(lead_id).stage == Stage.MQL
    assert len(house.rows(models.Handoff)) == 1


def test_a_hand_off_not_answered_in_time_goes_to_the_next_rep(house: House) -> None:
    house.event(house.lead(), Kind.REPLIED, detail="meeting")
    house.later(days=2)
    handoffs = house.rows(models.Handoff)
    assert [row.status for row in handoffs[:1]] == ["expired"]
    assert handoffs[1].rep == "ron"


def lost(house: House, reason: str) -> models.Lead:
    lead_id = house.lead(stage=Stage.OPPORTUNITY)
    with house.database.write() as session:
        factories.deal(session, session.get_one(models.Lead, lead_id))
    with house.database.write() as session:
        reps.lose(session, house.get(lead_id).email, reason, house.now)
    return house.get(lead_id)


def test_a_lost_deal_comes_back_by_reason_and_date_with_another_angle(house: House) -> None:
    lead = lost(house, "price")
    assert lead.stage == Stage.LOST
    house.later(days=91)
    back = house.get(lead.id)
    assert (back.stage, back.rounds, back.angle) == (Stage.SUSPECT, 1, "value")


@pytest.mark.parametrize(("reason", "stage"), [("no_need", Stage.DISCARDED), ("competitor", Stage.SET_ASIDE)])
def test_a_reason_says_what_becomes_of_a_lost_deal(house: House, reason: str, stage: Stage) -> None:
    assert lost(house, reason).stage == stage


def test_who_bought_elsewhere_comes_back_before_that_contract_ends(house: House) -> None:
    lead_id = house.lead()
    ends_at = house.now + timedelta(days=120)
    with house.database.write() as session:
        from outreach import applied

        reps.move(
            session, house.get(lead_id).email, Stage.SET_ASIDE, "signed", applied.policies(session), house.now,
            competitor="Other", contract_ends_at=ends_at,
        )  # fmt: skip
    house.later(days=29)
    assert house.get(lead_id).stage == Stage.SET_ASIDE
    house.later(days=2)
    assert house.get(lead_id).stage == Stage.MQL


def test_the_discarded_are_never_nurtured_again(house: House) -> None:
    lead_id = house.lead()
    house.event(lead_id, Kind.REPLIED, detail="not_interested")
    assert house.get(lead_id).stage == Stage.DISCARDED
    house.event(lead_id, Kind.CLICKED)
    house.event(lead_id, Kind.ATTENDED)
    house.later(days=40)
    assert house.get(lead_id).stage == Stage.DISCARDED
    assert house.mails() == []


# -- promise 6 -------------------------------------------------------------------------------------


def test_promise_6_a_lead_is_explained(house: House) -> None:
    lead_id = house.lead(email="dana@example.com")
    house.tick()
    house.event(lead_id, Kind.CLICKED, subject="first", detail="https://example.com/a")
    with house.database.read() as session:
        explained = explain.explain(session, "dana@example.com", house.now)
    text = "\n".join(explain.lines(explained))
    assert explained.stage.what == "suspect"
    assert explained.score.what == "20.0"
    assert [mail.status for mail in explained.mails] == ["accepted"]
    assert explained.next[0].at == house.now + timedelta(days=2)
    assert "wait 2 days" in text


def test_promise_6_explains_what_is_held_and_why(house: House) -> None:
    lead_id = house.lead(email="dana@example.com")
    house.event(lead_id, Kind.UNSUBSCRIBED)
    house.tick()
    with house.database.read() as session:
        explained = explain.explain(session, "dana@example.com", house.now)
    assert explained.held == ("suppressed for good: unsubscribed",)


def test_suppression_survives_a_new_import_of_the_same_address(house: House) -> None:
    lead_id = house.lead(email="dana@example.com")
    house.event(lead_id, Kind.UNSUBSCRIBED)
    with house.database.read() as session:
        stored = leads.address_hash(leads.salt(session), "Dana@Example.com")
        assert session.query(models.Suppression).one().address_hash == stored


# -- nothing stops the others -----------------------------------------------------------------------


def test_one_lead_that_can_not_be_advanced_does_not_stop_the_others(house: House) -> None:
    note = house.folder / "templates" / "notes" / "phone.md"
    note.write_text("---\nsubject: Call\n---\nCall {{ lead.phone }}.\n")
    house.write(
        calls="campaign: calls\naudience: {stage: mql}\npriority: 30\nwindow: {holidays: none}\nsenders: [ben]\n"
        "steps:\n  - task: {kind: call, text: notes/phone}\n  - email: second\n"
    )
    house.apply()
    house.lead(stage=Stage.MQL, phone=None)
    house.lead(stage=Stage.MQL, phone="+49 30 1", email="dana@example.com")
    house.tick()
    assert [mail["Subject"] for mail in house.mails("dana@example.com")] == ["Again"]
    stuck = [
        row for row in house.rows(models.Enrollment) if (row.reason or "").startswith("can not be advanced")
    ]
    assert len(stuck) == 1 and stuck[0].due_at is not None


def test_a_reply_that_only_raises_the_score_is_read_by_a_person_too(house: House) -> None:
    house.write(
        funnel=house_funnel().replace("points: 40}", "points: 40}\n    - {event: replied, points: 50}")
    )
    house.apply()
    lead_id = house.lead()
    house.event(lead_id, Kind.REPLIED, data={"text": "What does it cost?"})
    assert house.get(lead_id).stage == Stage.MQL
    assert [row.kind for row in house.rows(models.Task)] == ["answer_reply"]


def house_funnel() -> str:
    from house import FUNNEL

    return FUNNEL


def test_copies_of_an_id_in_the_broker_do_not_shorten_the_way_to_giving_up(house: House) -> None:
    house.answers = lambda to: Deferred("greylisted", 450, "4.7.1")
    house.lead()
    house.tick()
    message = only(house.rows(models.Message))
    for _ in range(8):
        house.engine.deliver([message.id])
    assert only(house.rows(models.Message)).attempts == 1


def test_who_is_moved_by_hand_leaves_its_campaign_and_comes_back_in_time(house: House) -> None:
    from outreach import applied

    lead_id = house.lead(email="dana@example.com")
    house.tick()
    house.later(days=1)
    with house.database.write() as session:
        reps.move(
            session, "dana@example.com", Stage.LOST, "closed down", applied.policies(session), house.now
        )
    house.later(days=5)
    assert len(house.mails("dana@example.com")) == 1
    assert house.get(lead_id).return_at is not None
    house.later(days=200)
    assert house.get(lead_id).stage == Stage.SUSPECT


def test_a_campaign_is_entered_again_after_its_time(house: House) -> None:
    house.write(
        yearly="campaign: yearly\naudience: {stage: customer}\nagain_after: 30 days\nwindow: {holidays: none}\n"
        "senders: [ben]\nsteps:\n  - email: second\n"
    )
    house.apply()
    house.lead(stage=Stage.CUSTOMER)
    house.later(days=40)
    assert len(house.rows(models.Enrollment)) == 2


def test_an_audience_by_score_is_entered_when_the_score_has_faded_under_it(house: House) -> None:
    house.write(
        cold="campaign: cold\naudience: {stage: mql, where: lead.score < 15}\nwindow: {holidays: none}\n"
        "senders: [ben]\nsteps:\n  - email: second\n"
    )
    house.apply()
    lead_id = house.lead(stage=Stage.MQL)
    house.event(lead_id, Kind.CLICKED)
    house.tick()
    assert house.rows(models.Enrollment) == []
    house.later(days=14)
    assert len(house.rows(models.Enrollment)) == 1


def test_a_lead_that_leaves_the_rep_takes_its_hand_off_along(house: House) -> None:
    from outreach import applied

    lead_id = house.lead()
    house.event(lead_id, Kind.REPLIED, detail="meeting")
    with house.database.write() as session:
        reps.move(
            session,
            house.get(lead_id).email,
            Stage.DISCARDED,
            "a student",
            applied.policies(session),
            house.now,
        )
    house.later(days=3)
    assert [row.status for row in house.rows(models.Handoff)] == ["expired"]


def test_a_rep_is_not_told_of_a_hand_off_that_is_over(house: House) -> None:
    lead_id = house.lead()
    house.event(lead_id, Kind.REPLIED, detail="meeting")
    with house.database.write() as session:
        reps.answer_handoff(session, house.rows(models.Handoff)[0].id, True, None, house.now)
    house.tick()
    assert house.mails("rita@example.org") == []


def test_a_message_that_its_server_always_blames_on_the_sender_is_given_up(house: House) -> None:
    house.answers = lambda to: Rejected("policy", 550, "5.7.1", blames="sender")
    house.lead()
    for _ in range(5):
        house.later(hours=2)
        with house.database.write() as session:
            from outreach import ledger

            ledger.resume_sender(session, "anna", house.now)
    house.tick()
    assert house.rows(models.Message)[0].status == MessageStatus.REFUSED


def test_a_mail_that_is_late_before_it_is_queued_is_told_as_skipped(house: House) -> None:
    house.write(welcome=CAMPAIGN.replace("same_thread: true", "stale_after: 1 day"))
    house.apply()
    house.lead()
    house.tick()
    house.clock.turn_to(house.now + timedelta(days=9))
    house.tick()
    [row] = house.rows(models.Message, status=MessageStatus.SKIPPED)
    assert [event.message_id for event in house.rows(models.Event, kind=Kind.SKIPPED)] == [row.id]
