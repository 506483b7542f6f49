"""Opening a ticket: its tier, who may, its one contact, and what T+0 tells whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from protocols.account.addresses import AccountMail, CustomerThread
from protocols.account.events import RouteKind
from protocols.account.state import Road
from protocols.contact.refusals import NotACsm
from protocols.contact.state import HandOver
from protocols.fixed_texts.events import FixedTextSent, SendFixed
from protocols.holds.events import HoldKind
from protocols.holds.state import Holds
from protocols.investigation.state import Investigation
from protocols.kernel.event import Event
from protocols.ladder.events import StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.opening.refusals import AlreadyOpen, SecondCritical
from protocols.opening.rules import open_ticket
from protocols.opening.tiering import because, tier_of
from protocols.outreach.state import Outreach
from protocols.people.people import Actor, Contact, Standing, Who
from protocols.relations.events import OpenBeside, RelatedTicket
from protocols.replies.events import RecordCall
from protocols.rights.refusals import Outside
from protocols.scales import Impact, NoticedBy, Signal, Tier
from tests.kit.rules_incident import (
    EMPTY,
    REF,
    SHARED,
    Incident,
    actor,
    instant,
    opening,
    who,
    without_sponsors,
)

BOXES = {
    Impact.PLATFORM_FAILING: 4,
    Impact.SECURITY_INCIDENT: 4,
    Impact.CARD_DATA: 4,
    Impact.FUNDS_MOVED_WRONGLY: 3,
    Impact.RECORDS_WRONG: 3,
    Impact.REGULATOR: 3,
    Impact.PAYMENTS_BLOCKED: 2,
    Impact.BALANCE_QUESTIONED: 2,
    Impact.BATCH_SCOPE: 2,
}
FLOORS = {
    Signal.PAYMENT_RUN_MISSED: 2,
    Signal.RECON_VARIANCE: 2,
    Signal.DUPLICATE_PAYMENT: 3,
    Signal.ACH_RETURN_SPIKE: 2,
    Signal.UNUSUAL_LOGIN: 3,
    Signal.AUDIT_REQUEST: 1,
    Signal.LEGAL_THREAT: 3,
    Signal.ERP_INTEGRATION: 2,
}


@pytest.mark.parametrize(("box", "tier"), BOXES.items())
def test_any_one_box_proposes_its_tier(box: Impact, tier: int) -> None:
    assert tier_of(frozenset({box}), None) == tier


@pytest.mark.parametrize(("signal", "tier"), FLOORS.items())
def test_the_lower_figure_of_a_signal_is_a_floor(signal: Signal, tier: int) -> None:
    assert tier_of(frozenset(), signal) == tier
    assert tier_of(frozenset({Impact.CARD_DATA}), signal) == Tier.SYSTEMIC


def test_no_box_and_no_signal_is_tier_1() -> None:
    assert tier_of(frozenset(), None) is Tier.ROUTINE


def test_the_highest_box_wins_and_says_why() -> None:
    boxes = frozenset({Impact.BATCH_SCOPE, Impact.RECORDS_WRONG, Impact.PAYMENTS_BLOCKED})
    assert tier_of(boxes, Signal.AUDIT_REQUEST) is Tier.CRITICAL
    assert because(boxes, Signal.AUDIT_REQUEST) == "records may be wrong"


@pytest.mark.parametrize("standing", [Standing.CUSTOMER, Standing.OUTSIDE])
def test_nobody_from_outside_opens_a_ticket(standing: Standing) -> None:
    outsider = Actor(Who("guest", "Guest"), standing)
    with pytest.raises(Outside):
        Incident.open(by=outsider)


@pytest.mark.parametrize(
    ("by", "account", "poc", "asked"),
    [
        ("csm-one", "acme", "csm-one", None),
        ("csm-two", "acme", "csm-two", "csm-one"),
        ("support-one", "acme", "support-one", "csm-one"),
        ("csm-two", None, "csm-two", None),
        ("support-one", None, "support-one", "csm-one"),
    ],
)
def test_the_opener_is_the_contact_until_the_right_csm_accepts(
    by: str, account: str | None, poc: str, asked: str | None
) -> None:
    ticket = Incident.open(by=by, account_key=account).ticket
    assert ticket.poc == who(poc)
    offered_to = ticket.of(HandOver).asked
    assert (offered_to.key if offered_to is not None else None) == asked


def test_an_unreachable_csm_is_passed_over_for_an_opener_who_is_one() -> None:
    incident = Incident.open(by="csm-two", unreachable=frozenset({"csm-one"}))
    assert incident.ticket.poc == who("csm-two")
    assert incident.ticket.of(HandOver).poc_offer is None


def test_only_a_csm_can_be_chosen_as_contact() -> None:
    with pytest.raises(NotACsm):
        Incident.open(poc="engineer-one")


def test_what_a_machine_opens_has_a_person_as_contact() -> None:
    machine = Actor(Who("bridgewatch", "bot"), Standing.MACHINE)
    assert Incident.open(by=machine).ticket.poc == who("csm-one")


def test_an_empty_directory_lets_any_member_open_and_hold_the_contact() -> None:
    incident = Incident.open(directory=EMPTY)
    assert incident.ticket.poc == who("csm-one")
    assert incident.ticket.account is None
    assert incident.ticket.of(Road).route.kind is RouteKind.NONE


def test_at_t0_an_account_that_told_us_is_acknowledged_and_promised_t60() -> None:
    incident = Incident.open()
    (ack,) = incident.told("ack_customer")
    assert ack.to == CustomerThread("C0ACME0001", None)
    assert incident.promised_at() == instant("15:02")
    assert incident.step(StepKind.ACKNOWLEDGE).due_at == instant("14:03")


def test_at_t0_a_matter_we_found_waits_for_one_press() -> None:
    incident = Incident.open(noticed_by=NoticedBy.US)
    assert incident.events(FixedTextSent) == []
    assert incident.promised_at() is None
    assert incident.step(StepKind.ACKNOWLEDGE).due_at == instant("14:17")
    assert [e.params["person"] for e in incident.told("prompt_acknowledge")] == ["csm-one"]
    incident.at("14:10").by("csm-one", SendFixed(REF, "acknowledgment")).delivered()
    assert incident.told("ack_customer_found_by_us")
    assert incident.step(StepKind.ACKNOWLEDGE).state is StepState.DONE
    assert incident.promised_at() == instant("15:02")


def test_a_security_matter_goes_by_mail_to_the_named_contact_alone() -> None:
    impacts = frozenset({Impact.SECURITY_INCIDENT})
    incident = Incident.open(impacts=impacts, signal=None)
    (ack,) = incident.told("ack_customer")
    assert ack.to == AccountMail((Contact("", "ap.director.one@acme.example"),), who("csm-one"))
    assert not [e for e in incident.effects if isinstance(e.to, CustomerThread)]
    assert "called/security" in incident.planned()


def test_an_account_without_channel_and_mail_is_called() -> None:
    incident = Incident.open(account_key=None)
    assert incident.ticket.of(Road).route.kind is RouteKind.NONE
    assert incident.events(FixedTextSent) == []
    assert [e.params["person"] for e in incident.told("prompt_call")] == ["csm-one"]
    incident.at("14:10").by("csm-one", RecordCall(REF, "they know"))
    assert incident.step(StepKind.ACKNOWLEDGE).state is StepState.DONE


@pytest.mark.parametrize("facts", [None, SHARED], ids=["unknown", "not shared"])
def test_a_channel_that_is_not_shared_is_not_the_road(facts: object) -> None:
    channel = None if facts is None else replace(SHARED, is_ext_shared=False)
    assert Incident.open(channel=channel).ticket.of(Road).route.kind is RouteKind.MAIL


def test_a_legal_threat_brings_legal_and_holds_the_cause() -> None:
    incident = Incident.open(impacts=frozenset(), signal=Signal.LEGAL_THREAT)
    assert "called/legal" in incident.planned()
    assert incident.ticket.of(Holds).holds_in_force(HoldKind.DISCLOSURE)


@pytest.mark.parametrize("confirmed", [True, False])
def test_finance_and_compliance_are_asked_at_once_only_when_it_is_confirmed(
    confirmed: bool,
) -> None:
    incident = Incident.open(funds_confirmed=confirmed)
    assert ("called/compliance" in incident.planned()) is confirmed
    assert ("called/finance" in incident.planned()) is confirmed
    assert (StepKind.REVIEWERS_HERE in incident.owed()) is confirmed


def test_a_confirmed_movement_without_its_box_confirms_nothing() -> None:
    boxes = frozenset({Impact.RECORDS_WRONG})
    assert (
        Incident.open(funds_confirmed=True, impacts=boxes).ticket.of(Investigation).exposure_at
        is None
    )


def test_at_t0_leads_sponsor_and_processor_are_told() -> None:
    incident = Incident.open()
    told = {"heads-up/engineering-lead", "heads-up/cs-manager", "brief/sponsor-one", "vendor"}
    assert told <= set(incident.planned())
    assert not incident.told("role_ask")


def test_where_there_is_no_sponsor_and_no_executive_no_notice_is_owed_to_one() -> None:
    incident = Incident.open(account_key="cedar", directory=without_sponsors(duty=False))
    assert incident.ticket.of(Ladder).step(StepKind.SPONSOR_TOLD) is None
    assert incident.ticket.of(Ladder).step(StepKind.VENDOR_TOLD) is None


def test_tier_4_asks_a_commander_and_lists_the_account() -> None:
    incident = Incident.open(impacts=frozenset({Impact.PLATFORM_FAILING}), signal=None)
    assert incident.step(StepKind.COMMANDER).due_at == instant("14:17")
    assert incident.step(StepKind.OUTREACH).due_at == instant("14:32")
    assert incident.ticket.of(Outreach).impacted == ("acme",)
    assert [e.params["role"] for e in incident.told("role_ask")] == [
        "commander",
        "communicator",
        "scribe",
    ]
    assert incident.promised_at() == instant("14:32")


@pytest.mark.parametrize("impacts", [frozenset(), frozenset({Impact.PAYMENTS_BLOCKED})])
def test_tiers_1_and_2_are_acknowledged_without_a_promise_or_a_bridge(
    impacts: frozenset[Impact],
) -> None:
    incident = Incident.open(impacts=impacts, signal=None)
    told = [e.template for e in incident.effects if e.template != "engineer_ask"]
    assert told == ["opened", "ack_customer_routine"]
    assert incident.promised_at() is None
    assert {point.kind for point in incident.dues()} >= {"target_near", "target_breach"}


def test_an_acknowledgment_pressed_on_tier_2_promises_no_update() -> None:
    boxes = frozenset({Impact.PAYMENTS_BLOCKED})
    incident = Incident.open(impacts=boxes, signal=None, noticed_by=NoticedBy.US)
    incident.by("csm-one", SendFixed(REF, "acknowledgment"))
    assert incident.told("ack_customer_routine")
    assert incident.promised_at() is None


def _open_beside(other: RelatedTicket, **form: object) -> tuple[Event, ...]:
    ctx = replace(Incident.open().ctx, beside={OpenBeside: OpenBeside((other,))})
    return open_ticket(opening(reference="BW-1002", **form), ctx)


def _other(seconds_ago: int, summary: str = "Other", tier: Tier = Tier.CRITICAL) -> RelatedTicket:
    opened_at = instant("14:02") - timedelta(seconds=seconds_ago)
    return RelatedTicket("BW-1000", summary, tier, opened_at, "csm-one")


@pytest.mark.parametrize(
    "summary", [" payments of 23 nov SENT twice", "Payments\u200b  of 23 Nov *sent* twice"]
)
def test_the_same_words_by_the_same_person_within_a_minute_open_one_ticket(summary: str) -> None:
    twin = _other(59, summary)
    with pytest.raises(AlreadyOpen):
        _open_beside(twin, another_problem=True)


def test_the_same_words_after_a_minute_open_another() -> None:
    assert _open_beside(_other(60, opening().summary), another_problem=True)


def test_a_second_critical_ticket_within_the_hour_asks_whether_it_is_another() -> None:
    with pytest.raises(SecondCritical):
        _open_beside(_other(3599))
    assert _open_beside(_other(3599), another_problem=True)
    assert _open_beside(_other(3600))
    assert _open_beside(_other(10, tier=Tier.ELEVATED))


def test_the_sample_world_knows_its_people() -> None:
    assert actor("cs-manager-one").holds("cs-manager")
