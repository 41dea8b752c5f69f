"""Mail that came in, on both databases: each mail once, matched to what was sent, with what follows from it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import mailserver
import pytest
from house import House
from letters import LEAD, Folder, bounce, came_back, complaint, enrollment, mail, read, reply, sent

from outreach import activity, inbox, models
from outreach.channels.imap import Fetched, Mailbox
from outreach.db import Database
from outreach.domain.words import Kind, Stage, Verdict
from outreach.errors import Deferred
from outreach.inbox import Read


@pytest.fixture
def house(database: Database, tmp_path: Path, now: Any) -> House:
    """A house whose one lead got the first mail and waits for the second."""
    built = House(database, tmp_path / "workspace", now)
    built.apply()
    built.lead(email=LEAD)
    built.tick()
    return built


@pytest.fixture
def folder() -> Folder:
    return Folder()


# -- once ------------------------------------------------------------------------------------------


def test_a_mail_is_read_once(house: House, folder: Folder) -> None:
    folder.mails.append(reply(house, "Hello"))
    assert read(house, folder) == Read(1, 1)
    assert read(house, folder) == Read(0, 0)
    assert len(came_back(house)) == 1


def test_the_same_mail_under_another_uid_changes_nothing(house: House, folder: Folder) -> None:
    folder.mails += [reply(house, "Hello"), reply(house, "Hello")]
    assert read(house, folder) == Read(1, 1)
    folder.mails.append(reply(house, "Hello"))
    assert read(house, folder) == Read(0, 0)
    assert len(came_back(house)) == len(house.rows(models.InboundMail)) == 1


def test_a_mail_without_an_id_of_its_own_is_known_by_its_bytes(house: House, folder: Folder) -> None:
    folder.mails += [bounce(house), bounce(house)]
    assert read(house, folder) == Read(1, 1)


def test_after_a_change_of_uidvalidity_all_is_read_again_and_nothing_recorded_twice(
    house: House, folder: Folder
) -> None:
    folder.mails.append(reply(house, "Hello"))
    read(house, folder)
    folder.uid_validity += 1
    folder.mails.insert(0, reply(house, "And again", "<r2@acme.example.com>"))
    assert read(house, folder) == Read(1, 1)
    assert [row.data["text"] for row in came_back(house)] == ["Hello", "And again"]


def test_an_idle_mailbox_is_not_fetched_from(house: House, folder: Folder) -> None:
    folder.mails.append(reply(house, "Hello"))
    read(house, folder)
    fetches = folder.fetches
    read(house, folder)
    assert folder.fetches == fetches


def test_a_server_that_does_not_tell_the_next_uid_is_asked_for_mails(house: House, folder: Folder) -> None:
    folder.tells_next = False
    folder.mails.append(reply(house, "Hello"))
    assert read(house, folder) == Read(1, 1)
    assert read(house, folder) == Read(0, 0)


def test_what_is_beyond_the_limit_is_read_the_next_time(house: House, folder: Folder) -> None:
    folder.mails += [
        mail("x", sender=f"p{number}@example.net", Message_ID=f"<{number}@x>") for number in range(5)
    ]
    assert [read(house, folder, limit=2).new for _ in range(4)] == [2, 2, 1, 0]


def test_a_lost_connection_leaves_the_place_where_it_was(house: House, folder: Folder) -> None:
    class Breaking(Folder):
        def fetch_after(self, uid: int, limit: int) -> Sequence[Fetched]:
            raise Deferred("the connection was lost")

    folder.mails.append(reply(house, "Hello"))
    with pytest.raises(Deferred):
        read(house, Breaking(folder.mails))
    assert read(house, folder) == Read(1, 1)


def test_two_readers_at_once_record_each_mail_once(house: House, folder: Folder) -> None:
    both_have_fetched = threading.Barrier(2, timeout=30)

    class Shared(Folder):
        def fetch_after(self, uid: int, limit: int) -> Sequence[Fetched]:
            fetched = super().fetch_after(uid, limit)
            both_have_fetched.wait()
            return fetched

    shared = Shared([reply(house, "Please remove me."), bounce(house, status="5.2.2")])
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(read, house, shared) for _ in range(2)]:
            done.result()
    assert [row.kind for row in came_back(house)] == [Kind.REPLIED, Kind.UNSUBSCRIBED, Kind.BOUNCED]
    assert len(house.rows(models.InboundMail)) == 2
    assert read(house, shared) == Read(0, 0)


# -- what follows ----------------------------------------------------------------------------------


def test_a_reply_stops_the_sequence_before_the_next_mail(house: House, folder: Folder) -> None:
    folder.mails.append(reply(house, "Thanks, I will look at it."))
    read(house, folder)
    house.later(days=10)
    assert len(house.mails(LEAD)) == 1
    assert enrollment(house).status == "stopped"


def test_a_reply_is_told_by_the_template_and_the_intent(house: House, folder: Folder) -> None:
    folder.mails.append(reply(house, "Happy to have a call.\r\n\r\n> Hello", Subject="Re: Hello"))
    read(house, folder)
    (row,) = came_back(house)
    assert (row.kind, row.subject, row.detail, row.verdict) == (
        Kind.REPLIED,
        "first",
        "meeting",
        Verdict.HUMAN,
    )
    assert row.message_id == sent(house).id
    assert row.data["text"] == "Happy to have a call."
    assert row.data["evidence"] == "Happy to have a call"
    assert (row.data["matched_by"], row.data["from_lead"]) == ("message_id", True)


def test_a_lead_that_wants_to_talk_goes_to_a_rep(house: House, folder: Folder) -> None:
    folder.mails.append(reply(house, "Can we schedule a call on Tuesday?"))
    read(house, folder)
    assert house.rows(models.Lead)[0].stage == Stage.SQL
    assert len(house.rows(models.Handoff)) == 1


def test_a_colleague_who_answers_counts_as_the_lead(house: House, folder: Folder) -> None:
    raw = reply(house, "I take over from Dana.").replace(LEAD.encode(), b"eva@acme.example.com", 1)
    folder.mails.append(raw)
    read(house, folder)
    (row,) = came_back(house)
    assert (row.kind, row.data["from_lead"]) == (Kind.REPLIED, False)


def test_a_mail_known_by_its_sender_alone_stops_and_never_promotes(house: House, folder: Folder) -> None:
    folder.mails.append(
        mail("Can we schedule a call on Tuesday?", sender=f"Dana <{LEAD.title()}>", Message_ID="<n@x>")
    )
    assert read(house, folder) == Read(1, 1)
    (row,) = came_back(house)
    assert (row.kind, row.detail, row.verdict) == (Kind.REPLIED, "", Verdict.UNKNOWN)
    assert row.data["matched_by"] == "sender"
    assert house.rows(models.Lead)[0].stage == Stage.SUSPECT
    house.later(days=10)
    assert len(house.mails(LEAD)) == 1


def test_a_reply_that_says_unsubscribe_does(house: House, folder: Folder) -> None:
    folder.mails.append(reply(house, "Please remove me from your list."))
    read(house, folder)
    assert [row.kind for row in came_back(house)] == [Kind.REPLIED, Kind.UNSUBSCRIBED]
    assert [row.reason for row in house.rows(models.Suppression)] == ["unsubscribed"]


def test_a_mail_to_list_unsubscribe_by_its_sender_alone_does_too(house: House, folder: Folder) -> None:
    folder.mails.append(mail("", Subject="unsubscribe", Message_ID="<u@x>"))
    read(house, folder)
    assert [row.kind for row in came_back(house)] == [Kind.UNSUBSCRIBED]
    assert len(house.rows(models.Suppression)) == 1


def test_who_is_away_is_not_a_reply_and_is_written_to_when_back(house: House, folder: Folder) -> None:
    folder.mails.append(reply(house, "I am back on 16 March.", Auto_Submitted="auto-replied"))
    read(house, folder)
    (row,) = came_back(house)
    assert (row.kind, row.data["resume_on"]) == (Kind.AUTO_REPLIED, "2026-03-16")
    house.later(days=10)
    assert len(house.mails(LEAD)) == 1
    house.later(days=10)
    assert len(house.mails(LEAD)) == 2


def test_who_bought_elsewhere_tells_from_whom_and_until_when(house: House, folder: Folder) -> None:
    folder.mails.append(reply(house, "We signed with Fiix until 2028-03-31."))
    read(house, folder)
    lead = house.rows(models.Lead)[0]
    assert lead.competitor == "Fiix"
    assert lead.contract_ends_at.date().isoformat() == "2028-03-31"


# -- bounces and complaints ------------------------------------------------------------------------


def test_a_hard_bounce_ends_it_for_good(house: House, folder: Folder) -> None:
    folder.mails.append(bounce(house))
    read(house, folder)
    (row,) = came_back(house)
    assert (row.kind, row.subject, row.detail, row.data["hard"]) == (
        Kind.BOUNCED,
        "first",
        "5.1.1 user_unknown",
        True,
    )
    assert [row.reason for row in house.rows(models.Suppression)] == ["bounced"]
    house.later(days=10)
    assert len(house.mails(LEAD)) == 1


def test_a_full_mailbox_suppresses_nobody(house: House, folder: Folder) -> None:
    folder.mails.append(bounce(house, status="5.2.2"))
    read(house, folder)
    assert [row.data["hard"] for row in came_back(house)] == [False]
    assert house.rows(models.Suppression) == []


def test_a_bounce_of_a_mail_that_we_did_not_send_is_kept_and_nothing_more(
    house: House, folder: Folder
) -> None:
    folder.mails.append(bounce(house, returned="<forged@example.net>"))
    assert read(house, folder) == Read(1, 0)
    (row,) = house.rows(models.InboundMail)
    assert (row.kind, row.matched_by, row.lead_id) == ("bounce", None, None)
    assert came_back(house) == []
    assert house.rows(models.Suppression) == []


def test_a_bounce_about_another_address_suppresses_nobody(house: House, folder: Folder) -> None:
    folder.mails.append(bounce(house, address="else@example.net"))
    read(house, folder)
    assert [row.data["hard"] for row in came_back(house)] == [False]
    assert house.rows(models.Suppression) == []


def test_a_bounce_to_the_envelope_address_of_a_mail_is_of_that_mail(house: House, folder: Folder) -> None:
    token = house.links.envelope_token(sent(house).id)
    to = f"SRS0=ab=cd=example.com=b+{token.upper()}@forwarder.example.net"
    folder.mails.append(bounce(house, returned="<lost@example.net>", address="new@else.example.net", to=to))
    read(house, folder)
    (row,) = came_back(house)
    assert (row.lead_id, row.data["matched_by"], row.data["hard"]) == (sent(house).lead_id, "envelope", True)


def test_an_envelope_address_that_we_did_not_make_is_nobodys(house: House, folder: Folder) -> None:
    folder.mails.append(
        bounce(house, returned="<lost@example.net>", to="b+aaaabbbbccccddddeeeeffff@example.com")
    )
    assert read(house, folder) == Read(1, 0)


def test_a_complaint_ends_it_for_good(house: House, folder: Folder) -> None:
    folder.mails.append(complaint(house))
    read(house, folder)
    assert [row.kind for row in came_back(house)] == [Kind.COMPLAINED]
    assert [row.reason for row in house.rows(models.Suppression)] == ["complained"]


def test_a_complaint_to_the_envelope_address_of_a_mail_needs_no_name(house: House, folder: Folder) -> None:
    to = f"b+{house.links.envelope_token(sent(house).id)}@example.com"
    folder.mails.append(complaint(house, about="", returned="<lost@example.net>", to=to))
    read(house, folder)
    assert [row.reason for row in house.rows(models.Suppression)] == ["complained"]


@pytest.mark.parametrize("about", ["", "else@example.net"])
def test_a_complaint_that_anybody_could_have_written_stops_and_suppresses_nobody(
    house: House, folder: Folder, about: str
) -> None:
    folder.mails.append(complaint(house, about=about))
    read(house, folder)
    assert [row.kind for row in came_back(house)] == [Kind.COMPLAINED]
    assert house.rows(models.Suppression) == []


# -- what is nobody's ------------------------------------------------------------------------------


def test_what_a_rep_or_a_sender_of_ours_answers_is_no_reply(house: House, folder: Folder) -> None:
    for number, address in enumerate(["anna@example.com", "rita@example.org"]):
        raw = reply(house, "Let's have a call.", f"<{number}@example.com>")
        folder.mails.append(raw.replace(LEAD.encode(), address.encode(), 1))
    assert read(house, folder) == Read(2, 0)
    assert came_back(house) == []


def test_mail_of_strangers_is_counted_and_nothing_more(house: House, folder: Folder) -> None:
    folder.mails += [mail("Buy now!", sender="spam@example.net", Message_ID="<s@x>"), b"", b"\x00" * 100]
    assert read(house, folder) == Read(3, 0)
    assert came_back(house) == []


HALF_A_PAIR = "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "\x00", HALF_A_PAIR, "\u2028\x85\x1b[0m"])
def test_whatever_stands_in_a_reply_can_be_stored(house: House, folder: Folder, text: str) -> None:
    folder.mails.append(reply(house, text, Subject=f"Re: {text}"))
    assert read(house, folder) == Read(1, 1)


def test_a_real_mailbox_is_read_the_same_way(house: House) -> None:
    with mailserver.start() as server, Mailbox(server.imap_url("anna@example.com")) as mailbox:
        assert inbox.read(house.database, mailbox, mailbox.name, house.now) == Read(0, 0)
        server.deliver(reply(house, "Let's talk on Tuesday.", To="anna@example.com"))
        assert inbox.read(house.database, mailbox, mailbox.name, house.now) == Read(1, 1)
        assert inbox.read(house.database, mailbox, mailbox.name, house.now) == Read(0, 0)
    assert [row.detail for row in came_back(house)] == ["meeting"]


def test_a_mail_that_can_not_be_recorded_does_not_hold_back_the_others(
    house: House, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_all = activity.record_all

    def record(session: Any, events: Sequence[Any], now: Any) -> int:
        if any("poison" in str(event.data.get("text")) for event in events):
            raise ValueError("poison")
        return record_all(session, events, now)

    monkeypatch.setattr(activity, "record_all", record)
    folder.mails += [
        reply(house, "poison", "<r1@acme.example.com>"),
        reply(house, "Hello", "<r2@acme.example.com>"),
    ]
    assert read(house, folder) == Read(2, 1)
    assert read(house, folder) == Read(0, 0)
    assert [row.kind for row in came_back(house)] == [Kind.REPLIED]
    bad, good = house.rows(models.InboundMail)
    assert {bad.rule, good.rule} >= {"not recorded: ValueError"}


def test_two_mails_that_a_machine_gave_one_id_are_two(house: House, folder: Folder) -> None:
    folder.mails += [reply(house, "Hello", "<same@x>"), reply(house, "Please remove me.", "<same@x>")]
    assert read(house, folder) == Read(2, 2)
    assert Kind.UNSUBSCRIBED in [row.kind for row in came_back(house)]


def test_a_mail_that_the_server_does_not_give_is_quarantined_and_the_others_are_read(
    house: House, folder: Folder
) -> None:
    folder.mails += [b"", reply(house, "Hello"), b""]
    assert read(house, folder) == Read(3, 1)
    kept = [row.quarantine for row in house.rows(models.InboundMail) if row.quarantine]
    assert kept == ["the server did not give this mail"] * 2
