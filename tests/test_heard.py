"""What follows from mail that came in, on both databases: rest, tasks, referrals, soft bounces, hand-offs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from house import FUNNEL, House
from letters import LEAD, Folder, bounce, came_back, mail, read, reply, sent

from outreach import models
from outreach.db import Database
from outreach.domain.words import Kind, MessageStatus, Stage, Temperature
from outreach.errors import Rejected

AGAIN = """
campaign: again
audience: {stage: suspect, where: lead.angle == "right_time"}
priority: 90
window: {holidays: none}
senders: [anna]
steps:
  - email: again
"""
LONG = "\n".join(
    [
        "campaign: long",
        "audience: {stage: suspect}",
        "priority: 90",
        "window: {holidays: none}",
        "senders: [anna]",
        "steps:",
    ]
    + [
        line
        for number in range(8)
        for line in ("  - email: first", f"    id: mail-{number}", "  - wait: 1 day")
    ]
)


@pytest.fixture
def house(database: Database, tmp_path: Path, now: Any) -> House:
    """A house whose one lead got the first mail and waits for the second."""
    built = House(database, tmp_path / "workspace", now)
    built.write(again=AGAIN)
    (built.folder / "templates" / "again.md").write_text(
        "---\nsubject: Now?\n---\nYou asked us to come back.\n"
    )
    built.apply()
    built.lead(email=LEAD, country="DE")
    built.tick()
    return built


@pytest.fixture
def folder() -> Folder:
    return Folder()


def hear(house: House, folder: Folder, *raw: bytes) -> None:
    folder.mails += raw
    read(house, folder)


def lead(house: House) -> Any:
    return next(row for row in house.rows(models.Lead) if row.email == LEAD)


def tasks(house: House) -> list[models.Task]:
    return house.rows(models.Task)


# -- replies ---------------------------------------------------------------------------------------


def test_who_asks_for_time_hears_nothing_until_then_and_is_back_where_it_stood(
    house: House, folder: Folder
) -> None:
    hear(house, folder, reply(house, "Not now, please come back to me on 20 April 2026."))
    row = lead(house)
    assert (row.stage, row.angle, row.return_to) == (Stage.SUSPECT, "right_time", Stage.SUSPECT)
    assert row.return_at is not None
    assert f"{row.return_at:%Y-%m-%d %H}" == "2026-04-19 22"
    assert tasks(house) == []
    house.later(days=47)
    assert len(house.mails(LEAD)) == 1
    house.later(days=4)
    assert [mail["Subject"] for mail in house.mails(LEAD)] == ["Hello Dana", "Now?"]
    assert (lead(house).rounds, lead(house).return_at) == (0, None)


def test_who_asks_for_time_and_moves_within_the_funnel_still_comes_back(house: House, folder: Folder) -> None:
    hear(house, folder, reply(house, "Not now, please come back to me on 20 April 2026."))
    house.event(lead(house).id, Kind.ATTENDED)
    assert (lead(house).stage, lead(house).return_to) == (Stage.MQL, Stage.MQL)
    assert lead(house).return_at is not None


def test_who_asks_for_time_and_then_books_a_meeting_does_not_fall_back(house: House, folder: Folder) -> None:
    hear(house, folder, reply(house, "Not now, please come back to me on 20 April 2026."))
    hear(
        house,
        folder,
        reply(house, "On second thought: let's have a call on Tuesday.", "<r2@acme.example.com>"),
    )
    assert (lead(house).stage, lead(house).return_at) == (Stage.SQL, None)


def test_a_reply_that_no_rule_is_sure_of_is_read_by_somebody_and_promotes_nobody(
    house: House, folder: Folder
) -> None:
    hear(house, folder, reply(house, "The weather in Hamburg was fine."))
    (task,) = tasks(house)
    assert (task.kind, task.rep, lead(house).stage) == ("answer_reply", "rita", Stage.SUSPECT)
    assert "The weather in Hamburg was fine." in task.text
    assert "No rule is sure what it means" in task.text


def test_an_upset_reply_is_a_task_that_says_so_and_no_campaign_writes_again(
    house: House, folder: Folder
) -> None:
    hear(house, folder, reply(house, "How dare you spam me like this? This is outrageous."))
    assert [row.data["intent"] for row in came_back(house)] == ["angry"]
    assert "Apologise" in tasks(house)[0].text
    house.later(days=10)
    assert len(house.mails(LEAD)) == 1


def test_nobody_has_to_answer_who_unsubscribes(house: House, folder: Folder) -> None:
    hear(house, folder, reply(house, "Please remove me from your list."))
    assert tasks(house) == []


def test_a_time_of_purchase_sets_the_temperature(house: House, folder: Folder) -> None:
    hear(house, folder, reply(house, "Thanks. We will decide in six weeks."))
    assert lead(house).temperature == Temperature.WARM
    assert lead(house).purchase_at is not None


def test_a_rep_gets_the_hand_off_with_the_reply_and_what_to_say_first(house: House, folder: Folder) -> None:
    (house.folder / "templates" / "notes" / "handoff.md").write_text(
        "---\nsubject: New lead\n---\n{% for line in reply %}\n> {{ line }}\n{% endfor %}\n\n{{ opening }}\n"
        "{{ accept_url }} {{ reject_url }}\n"
    )
    house.apply()
    hear(house, folder, reply(house, "Happy to have a call.\r\nHow about Tuesday?\r\n\r\n> Hello Dana"))
    house.tick()
    (told,) = house.mails("rita@example.org")
    text = told.get_content().replace("\r\n", "\n")
    assert "> Happy to have a call.\n> How about Tuesday?" in text
    assert "> Hello Dana" not in text
    assert "Offer two times" in text


# -- referrals -------------------------------------------------------------------------------------


REFERRING = "I am not the right person, please contact my colleague Eva Klein (eva@acme.example.com)."


def test_who_names_the_right_person_brings_a_new_lead_that_keeps_the_edge(
    house: House, folder: Folder
) -> None:
    hear(house, folder, reply(house, REFERRING))
    new = next(row for row in house.rows(models.Lead) if row.email == "eva@acme.example.com")
    assert (new.source, new.referred_by_id, new.stage) == ("referral", lead(house).id, Stage.SUSPECT)
    assert (new.first_name, new.last_name, new.country) == ("Eva", "Klein", "DE")
    house.later(hours=2)
    assert len(house.mails("eva@acme.example.com")) == 1


def test_the_same_naming_again_changes_nothing(house: House, folder: Folder) -> None:
    hear(house, folder, reply(house, REFERRING), reply(house, REFERRING, "<r2@acme.example.com>"))
    assert [row.email for row in house.rows(models.Lead)] == [LEAD, "eva@acme.example.com"]
    assert len(house.rows(models.Event, kind="imported")) == 1


def test_a_colleague_who_wants_no_mail_is_not_added(house: House, folder: Folder) -> None:
    eva = house.lead(email="eva@acme.example.com")
    house.event(eva, Kind.UNSUBSCRIBED)
    before = house.get(eva).stage
    hear(house, folder, reply(house, REFERRING))
    assert house.get(eva).stage == before
    house.later(days=2)
    assert house.mails("eva@acme.example.com") == []


def test_a_name_in_a_mail_that_anybody_could_have_written_brings_nobody(house: House, folder: Folder) -> None:
    hear(house, folder, mail(REFERRING, Message_ID="<n@x>"))
    assert len(house.rows(models.Lead)) == 1


GONE = "I am no longer with Acme. Please contact Eva Klein (eva@acme.example.com) instead."


def test_who_has_left_the_company_is_not_written_to_and_the_successor_is_a_new_lead(
    house: House, folder: Folder
) -> None:
    house.write(
        funnel=FUNNEL.replace(
            'intent("not_interested")', 'intent("not_interested") or intent("wrong_person")'
        )
    )
    house.apply()
    hear(house, folder, reply(house, GONE, Auto_Submitted="auto-replied"))
    assert [row.kind for row in came_back(house)] == [Kind.AUTO_REPLIED]
    assert lead(house).stage == Stage.DISCARDED
    assert [row.email for row in house.rows(models.Lead)] == [LEAD, "eva@acme.example.com"]
    house.later(days=30)
    assert len(house.mails(LEAD)) == 1


def test_who_is_away_and_names_a_deputy_is_away(house: House, folder: Folder) -> None:
    away = "I am out of the office until 16 March 2026. In urgent cases please contact Eva Klein (eva@acme.example.com)."
    hear(house, folder, reply(house, away, Auto_Submitted="auto-replied"))
    assert len(house.rows(models.Lead)) == 1
    assert lead(house).hold_until is not None


# -- bounces ---------------------------------------------------------------------------------------


def fail(house: House, folder: Folder, message: models.Message) -> None:
    """Let a mail come back because the mailbox is full."""
    hear(house, folder, bounce(house, status="5.2.2", returned=message.rfc_message_id))


def mails_sent(house: House) -> list[models.Message]:
    return [row for row in house.rows(models.Message) if row.status == MessageStatus.ACCEPTED]


@pytest.fixture
def long_house(database: Database, tmp_path: Path, now: Any) -> House:
    built = House(database, tmp_path / "workspace", now)
    built.write(long=LONG)
    built.apply()
    built.lead(email=LEAD)
    built.tick()
    return built


def test_five_mails_in_a_row_that_fail_for_a_time_let_the_address_rest_and_then_go_on(
    long_house: House, folder: Folder
) -> None:
    house = long_house
    for number in range(1, 6):
        assert len(mails_sent(house)) == number
        assert house.rows(models.Suppression) == []
        fail(house, folder, mails_sent(house)[-1])
        if number < 5:
            wait_for_mail(house)
    (rests,) = house.rows(models.Suppression)
    assert (rests.reason, rests.until) == ("soft_bounces", house.now + timedelta(days=30))
    house.later(days=29)
    assert len(mails_sent(house)) == 5
    house.later(days=5)
    assert len(mails_sent(house)) > 5


def wait_for_mail(house: House) -> None:
    before = len(mails_sent(house))
    for _ in range(24 * 5):
        if len(mails_sent(house)) > before:
            return
        house.later(hours=1)


def test_a_click_between_them_shows_that_mails_arrive(long_house: House, folder: Folder) -> None:
    house = long_house
    for number in range(1, 6):
        if number == 3:
            message = mails_sent(house)[-1]
            house.event(message.lead_id, Kind.CLICKED, message_id=message.id, subject="first")
        fail(house, folder, mails_sent(house)[-1])
        if number < 5:
            wait_for_mail(house)
    assert house.rows(models.Suppression) == []


def test_a_mail_that_did_not_come_back_begins_the_count_anew(long_house: House, folder: Folder) -> None:
    house = long_house
    for number in range(1, 7):
        if number != 3:
            fail(house, folder, mails_sent(house)[-1])
        if number < 6:
            wait_for_mail(house)
    assert house.rows(models.Suppression) == []


# -- envelope addresses ----------------------------------------------------------------------------


def test_a_sender_with_a_return_path_names_each_mail_in_its_envelope(house: House, folder: Folder) -> None:
    path = house.folder / "campaigns" / "senders.yaml"
    path.write_text(
        path.read_text().replace(
            "address: anna@example.com,", 'address: anna@example.com, return_path: "b+{token}@example.com",'
        )
    )
    house.apply()
    house.lead(email="eva@acme.example.com")
    house.tick()
    (outgoing,) = [each for each in house.outbox.outbox if each.to == "eva@acme.example.com"]
    (row,) = [row for row in house.rows(models.Message) if row.lead_id != lead(house).id]
    assert outgoing.envelope_from == f"b+{house.links.envelope_token(row.id)}@example.com"
    written = house.mails("eva@acme.example.com")[0]
    assert f"mailto:{outgoing.envelope_from}?subject=unsubscribe" in written["List-Unsubscribe"]
    assert written["From"] == "Anna Berg <anna@example.com>"


def test_an_opt_out_from_another_address_to_that_of_a_mail_is_the_leads(house: House, folder: Folder) -> None:
    to = f"b+{house.links.envelope_token(sent(house).id)}@example.com"
    hear(
        house,
        folder,
        mail("", sender="private@example.net", To=to, Subject="unsubscribe", Message_ID="<u@x>"),
    )
    assert [row.reason for row in house.rows(models.Suppression)] == ["unsubscribed"]


def test_some_day_takes_back_a_date_that_was_named_before(house: House, folder: Folder) -> None:
    hear(house, folder, reply(house, "Thanks. We will decide in six weeks."))
    assert lead(house).temperature == Temperature.WARM
    hear(house, folder, reply(house, "We will decide some day.", "<r2@acme.example.com>"))
    assert (lead(house).temperature, lead(house).purchase_at) == (Temperature.COLD, None)


def test_a_lost_lead_that_asks_for_time_still_comes_back_where_it_was_to(
    house: House, folder: Folder
) -> None:
    house.event(lead(house).id, Kind.DEAL_LOST, detail="price")
    before = lead(house)
    assert (before.stage, before.return_to) == (Stage.LOST, Stage.SUSPECT)
    hear(house, folder, reply(house, "Not now, please come back to me on 1 October 2026."))
    assert (lead(house).stage, lead(house).return_to) == (Stage.LOST, Stage.SUSPECT)
    assert lead(house).return_at > before.return_at
    house.later(days=220)
    assert (lead(house).stage, lead(house).return_at) == (Stage.SUSPECT, None)


def test_who_is_with_a_rep_and_asks_for_time_is_read_by_the_rep(house: House, folder: Folder) -> None:
    hear(house, folder, reply(house, "Let's have a call on Tuesday."))
    assert lead(house).stage == Stage.SQL
    hear(
        house,
        folder,
        reply(house, "Not now after all, please come back to me in October.", "<r2@acme.example.com>"),
    )
    assert (lead(house).stage, lead(house).return_at) == (Stage.SQL, None)
    assert [task.rep for task in tasks(house)] == ["rita"]


def test_our_own_people_are_never_leads(house: House, folder: Folder) -> None:
    hear(
        house, folder, reply(house, "I am not the right person, please contact Rita Rep (rita@example.org).")
    )
    assert [row.email for row in house.rows(models.Lead)] == [LEAD]


def test_a_later_auto_reply_without_a_date_ends_no_absence(house: House, folder: Folder) -> None:
    hear(house, folder, reply(house, "I am back on 31 March 2026.", Auto_Submitted="auto-replied"))
    held = lead(house).hold_until
    thanks = reply(
        house, "Thank you, we got your mail.", "<r2@acme.example.com>", Auto_Submitted="auto-replied"
    )
    tomorrow = mail("I am back tomorrow.", Message_ID="<n@x>", Auto_Submitted="auto-replied")
    hear(house, folder, thanks, tomorrow)
    assert lead(house).hold_until == held


def test_reports_that_anybody_could_have_written_let_no_address_rest(
    long_house: House, folder: Folder
) -> None:
    house = long_house
    for number in range(1, 7):
        about = mails_sent(house)[-1].rfc_message_id
        hear(house, folder, bounce(house, status="5.2.2", address="else@example.net", returned=about))
        if number < 6:
            wait_for_mail(house)
    assert house.rows(models.Suppression) == []


def test_reports_that_come_out_of_order_count_all_the_same(long_house: House, folder: Folder) -> None:
    house = long_house
    for _ in range(4):
        wait_for_mail(house)
    first, second, third, fourth, fifth = mails_sent(house)
    for message in (first, second, third, fifth):
        fail(house, folder, message)
    assert house.rows(models.Suppression) == []
    fail(house, folder, fourth)
    assert [row.reason for row in house.rows(models.Suppression)] == ["soft_bounces"]


def test_an_address_that_rests_a_second_time_rests_for_longer(long_house: House, folder: Folder) -> None:
    house = long_house
    for number in range(1, 6):
        fail(house, folder, mails_sent(house)[-1])
        if number < 5:
            wait_for_mail(house)
    (rest,) = house.rows(models.Suppression)
    for _ in range(40):
        if len(mails_sent(house)) > 5:
            break
        house.later(days=1)
    fail(house, folder, mails_sent(house)[-1])
    (longer,) = house.rows(models.Suppression)
    assert longer.until > rest.until
    assert len(house.rows(models.Event, kind="suppressed")) == 2


def test_mails_that_a_server_refuses_for_a_time_count_from_the_first(long_house: House) -> None:
    house = long_house
    house.answers = lambda to: Rejected("mailbox full", 552, "5.2.2", "lead")
    for _ in range(5):
        house.later(days=4)
    refused = [row for row in house.rows(models.Message) if row.status == MessageStatus.REFUSED]
    assert len(refused) == 5 or house.rows(models.Suppression)
    assert [row.reason for row in house.rows(models.Suppression)] == ["soft_bounces"]
    assert len(refused) == 5
