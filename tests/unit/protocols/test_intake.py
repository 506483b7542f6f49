"""A contact's message is a report: marked, on a clock, and answered by one line. M16, S81, S144."""

from __future__ import annotations

from dataclasses import replace

import pytest

from protocols.account.addresses import Channel, CustomerThread
from protocols.contact.events import PocChanged
from protocols.deliveries.events import THREAD_GONE, TakeDelivery
from protocols.intake.events import ReportHeard
from protocols.intake.modes import Intake, intake_of
from protocols.intake.refusals import AlreadyHeard
from protocols.intake.subject_of import subject_of
from protocols.kernel.effects import Surface
from protocols.people.people import ENGINE
from protocols.relations.events import OpenBeside, RelatedTicket
from protocols.replies.events import RecordOwnWords, RecordReply
from protocols.replies.reading import joins
from protocols.scales import Category, Tier
from protocols.subjects import decide
from protocols.targets.events import Acknowledge
from tests.kit.rules_incident import (
    MESSAGE_TS,
    REF,
    SHARED,
    Incident,
    customer,
    instant,
    people,
    policy,
    report,
    who,
)

STATEMENT = "The October statement is missing deals."


def writes(incident: Incident, at: str, text: str = "And another thing.") -> Incident:
    stamp = f"{incident.at(at).now.timestamp():.6f}"
    command = RecordReply(REF, "AP", text, SHARED.channel_id, stamp, apart=True)
    return incident.by(customer(), command)


def test_the_message_gets_the_ticket_emoji_once_and_nobody_waits_for_it() -> None:
    incident = Incident.heard(STATEMENT)
    (mark,) = [e for e in incident.effects if e.method == "reactions.add"]
    assert mark.to == Channel(SHARED.channel_id)
    assert mark.arguments == {"timestamp": MESSAGE_TS, "name": "ticket"}
    assert mark.surface is Surface.DROP_IF_STALE


def test_the_line_comes_45_s_after_the_message_in_its_thread() -> None:
    incident = Incident.heard(STATEMENT).until("14:02:44")
    assert not incident.told("heard")
    (line,) = incident.until("14:02:45").told("heard")
    assert line.to == CustomerThread(SHARED.channel_id, None)
    assert line.arguments["thread_ts"] == MESSAGE_TS


def test_it_waits_for_the_last_of_their_words_and_two_minutes_at_most() -> None:
    incident = Incident.heard(STATEMENT)
    for at in ("14:02:30", "14:03:05", "14:03:40"):
        writes(incident, at)
        assert not incident.told("heard")
    assert incident.due_at("heard_line") == instant("14:04")
    assert len(incident.until("15:30").told("heard")) == 1


def test_more_of_the_hour_joins_and_what_comes_after_it_does_not() -> None:
    incident = writes(Incident.heard(STATEMENT), "14:30")
    assert joins(incident.ticket, customer().who.key, replace(incident.ctx, now=instant("15:29")))
    assert not joins(
        incident.ticket, customer().who.key, replace(incident.ctx, now=instant("15:31"))
    )


def test_a_colleague_who_answered_first_is_taken_as_having_it() -> None:
    incident = Incident.heard(STATEMENT).at("14:02:20")
    incident.by("csm-two", RecordOwnWords(REF, "I look into it.", SHARED.channel_id, "1.2"))
    assert incident.ticket.poc == who("csm-two")
    assert len(incident.events(PocChanged)) == 1
    assert len(incident.until("14:04").told("heard")) == 1


def test_who_takes_it_is_told_to_the_account_after_the_line() -> None:
    incident = Incident.heard(STATEMENT).until("14:03").by("csm-one", Acknowledge(REF))
    assert incident.told("acknowledged_customer")


def test_there_is_a_reply_clock_before_anybody_has_said_a_tier() -> None:
    incident = Incident.heard(STATEMENT)
    assert [point for point in incident.dues() if point.kind.startswith("target")]
    assert incident.ticket.tier is Tier.ROUTINE


def test_later_words_go_into_the_thread_that_the_account_began() -> None:
    incident = Incident.heard(STATEMENT).until("14:03")
    taken = TakeDelivery(
        REF, f"{REF}/heard", incident.now, SHARED.channel_id, SHARED.name, message_ts="9.9"
    )
    incident.by(ENGINE, taken).by("csm-one", Acknowledge(REF))
    (words,) = incident.told("acknowledged_customer")
    assert words.arguments["thread_ts"] == MESSAGE_TS


def test_where_the_report_was_deleted_the_thread_goes_on_under_the_line() -> None:
    incident = Incident.heard(STATEMENT).until("14:03")
    alone = TakeDelivery(
        REF, f"{REF}/heard", incident.now, SHARED.channel_id, SHARED.name, message_ts="9.9",
        note=THREAD_GONE,
    )  # fmt: skip
    incident.by(ENGINE, alone).by("csm-one", Acknowledge(REF))
    (words,) = incident.told("acknowledged_customer")
    assert words.arguments["thread_ts"] == "9.9"


def test_two_messages_at_once_are_one_report() -> None:
    incident = Incident.heard(STATEMENT)
    other = RelatedTicket(
        "BW-1000", "", Tier.ROUTINE, incident.now, "bridgewatch", heard_from=customer().who.key
    )
    ctx = replace(incident.ctx, beside={OpenBeside: OpenBeside((other,))})
    with pytest.raises(AlreadyHeard):
        decide(None, report("And another thing."), ctx)


def test_a_message_that_a_ticket_was_opened_from_on_the_way_is_no_second_report() -> None:
    incident, again = Incident.heard(STATEMENT), report("And another thing.")
    other = RelatedTicket(
        "BW-1000", "", Tier.CRITICAL, incident.now, "csm-one",
        began_in=(again.channel_id, again.message_ts),
    )  # fmt: skip
    ctx = replace(incident.ctx, beside={OpenBeside: OpenBeside((other,))})
    with pytest.raises(AlreadyHeard):
        decide(None, again, ctx)


def test_it_is_on_record_whose_message_it_was() -> None:
    (heard,) = Incident.heard(STATEMENT).events(ReportHeard)
    assert heard.author == customer().who


@pytest.mark.parametrize(
    ("text", "category"),
    [
        (STATEMENT, Category.COMMISSION_PAYMENT),
        ("I am locked out", Category.PORTAL_ACCESS),
        ("our deal registration was rejected", Category.DEAL_REGISTRATION),
        ("the API answers 500", Category.TECHNICAL_PRODUCT),
        ("please deal with it", Category.TECHNICAL_PRODUCT),
    ],
)
def test_words_propose_what_it_is_about(text: str, category: Category) -> None:
    assert subject_of(text, policy()) is category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Our bank statement shows a wrong balance", Category.TECHNICAL_PRODUCT),
        ("The insurance claims file is rejected", Category.TECHNICAL_PRODUCT),
        ("I am locked out", Category.PORTAL_ACCESS),
    ],
)
def test_what_only_partners_have_is_not_proposed_for_a_customer(
    text: str, category: Category
) -> None:
    assert subject_of(text, policy(), "customer") is category


def test_partners_are_heard_and_customers_are_not_if_the_directory_says_nothing() -> None:
    acme, birch = (people().account(key) for key in ("acme", "birch"))
    assert acme is not None
    assert birch is not None
    assert intake_of(birch) is Intake.ON
    assert intake_of(acme) is Intake.NUDGE
    assert intake_of(replace(acme, intake="off")) is Intake.OFF
    assert intake_of(replace(birch, intake="Nudge")) is Intake.NUDGE
