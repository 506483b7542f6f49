"""What a signal asks for is done, or not needed and why, and nothing of it goes silent. S25-S33."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from protocols.bridge.state import BridgeState
from protocols.checklist.events import (
    ActionSettled,
    ActionsReminded,
    SampleCame,
    SaySynced,
    SettleActions,
    SyncCheckAsked,
    SyncChecked,
    SyncCheckSet,
)
from protocols.checklist.files import is_file_address
from protocols.checklist.items import items, undone
from protocols.checklist.refusals import CheckNotAhead, NothingSettled
from protocols.checklist.sync import waiting
from protocols.classification.events import Classify
from protocols.closure.events import Resolve
from protocols.engineering.events import RecordEngineeringTicket
from protocols.engineering.refusals import AddressNeeded
from protocols.engineering.state import Loop
from protocols.helpers.events import JoinBridge
from protocols.investigation.events import ConfirmExposure
from protocols.investigation.state import Investigation
from protocols.kernel.refusals import AlreadyDone, OldButton, ReasonNeeded
from protocols.opening.signals import SIGNALS
from protocols.policy.checklist import ROWS
from protocols.replies.events import RecordOwnWords, RecordReply
from protocols.rights.refusals import NotYours, Outside
from protocols.scales import Signal, Tier
from tests.kit.rules_incident import REF, Incident, customer, instant, policy

VARIANCE = Signal.RECON_VARIANCE
DONE = SettleActions(REF, sample_at="our drive, folder Acme")
WAIVED = SettleActions(REF, (), ("finance",), "one line only")


def opened(signal: Signal | None = VARIANCE, **changes: Any) -> Incident:
    impacts = SIGNALS[signal].implies if signal is not None else frozenset()
    return Incident.open(**{"impacts": impacts, "signal": signal, **changes})


def open_names(incident: Incident) -> list[str]:
    return [rule.name for rule in undone(incident.ticket, policy())]


def due(incident: Incident) -> list[str]:
    return [point.key for point in incident.dues() if point.kind == "checklist"]


@pytest.mark.parametrize("signal", Signal)
def test_the_first_rows_of_the_policy_are_what_the_form_says(signal: Signal) -> None:
    assert [row.do for row in ROWS if row.signal is signal] == list(SIGNALS[signal].do)


def test_a_ticket_without_a_signal_has_no_list_and_is_reminded_of_nothing() -> None:
    incident = opened(None)
    assert items(incident.ticket, policy()) == ()
    assert due(incident) == []


def test_somebody_says_that_an_action_is_done_and_who_and_when_stand_on_record() -> None:
    incident = opened().at("14:20").by("csm-one", DONE)
    [settled] = incident.events(ActionSettled)
    assert (settled.action, settled.waived, settled.by.key) == ("sample_data", False, "csm-one")
    assert settled.at == incident.now
    assert open_names(incident) == ["finance"]


def test_an_action_that_is_not_needed_is_waived_with_a_reason_and_not_without() -> None:
    incident = opened()
    assert isinstance(
        incident.refused("csm-one", SettleActions(REF, (), ("finance",))), ReasonNeeded
    )
    incident.by("csm-one", WAIVED)
    [settled] = incident.events(ActionSettled)
    assert (settled.waived, settled.reason) == (True, "one line only")


def test_what_is_settled_stays_and_the_second_hears_who_was_first() -> None:
    incident = opened().by("csm-one", DONE)
    refusal = incident.refused("cs-manager-one", DONE)
    assert isinstance(refusal, AlreadyDone)
    assert refusal.facts["person"] == "CSM One"
    audit = opened(Signal.AUDIT_REQUEST).by("csm-one", SettleActions(REF, ("scope",)))
    audit.by("cs-manager-one", SettleActions(REF, ("scope",), ("window",), "one day only"))
    assert [event.action for event in audit.events(ActionSettled)] == ["scope", "window"]


def test_nothing_said_and_an_action_of_another_list_are_refused() -> None:
    incident = opened()
    assert isinstance(incident.refused("csm-one", SettleActions(REF)), NothingSettled)
    assert isinstance(incident.refused("csm-one", SettleActions(REF, ("bridge",))), OldButton)


def test_only_who_is_on_the_ticket_says_so() -> None:
    incident = opened()
    assert isinstance(incident.refused("csm-two", DONE), NotYours)
    assert isinstance(incident.refused(customer(), DONE), Outside)


def test_what_is_not_done_is_recalled_once_to_who_has_the_ticket() -> None:
    incident = opened().by("csm-one", DONE)
    assert incident.due_at("checklist") == incident.at("15:02").now
    incident.until("15:02").until("20:00", 24)
    [reminded] = incident.events(ActionsReminded)
    assert reminded.undone == ("bring the data and finance team",)
    [told] = incident.told("checklist_undone")
    assert told.key == f"{REF}/checklist/csm-one"
    assert due(incident) == []


def test_where_nobody_has_the_ticket_those_on_duty_are_reminded() -> None:
    incident = opened(unreachable=frozenset({"csm-one"})).until("15:02")
    [reminded] = incident.events(ActionsReminded)
    assert [who.key for who in reminded.to] == ["csm-two"]


def test_a_list_on_which_nothing_is_open_reminds_nobody() -> None:
    assert due(opened().by("csm-one", DONE, WAIVED)) == []


def test_a_resolved_ticket_reminds_nobody() -> None:
    incident = opened().by("csm-one", Resolve(REF, "Two lines were put right.", "See line 4."))
    assert due(incident) == []


def test_on_tier_3_it_is_recalled_within_the_first_hour_by_the_clock() -> None:
    incident = Incident.open(at="22:02")
    assert incident.due_at("checklist") == incident.at("23:02").now


def test_a_ticket_that_a_person_classified_counts_from_there() -> None:
    incident = Incident.heard("Our totals and yours differ by one line.").at("14:30")
    incident.by("csm-one", Classify(REF, Tier.ELEVATED, SIGNALS[VARIANCE].implies, VARIANCE))
    assert open_names(incident) == ["sample_data", "finance"]
    assert incident.due_at("checklist") == incident.at("15:30").now


def test_facts_of_the_record_do_what_they_show_and_nothing_more() -> None:
    incident = Incident.open()
    assert open_names(incident) == ["bridge", "people", "document"]
    incident.staffed().delivered("bridge/create")
    assert incident.ticket.of(BridgeState).channel_id
    assert open_names(incident) == ["people", "document"]
    incident.by("cs-manager-one", ConfirmExposure(REF))
    incident.by("compliance-one", JoinBridge(REF))
    assert "people" in open_names(incident), "Finance is not here"
    incident.by("finance-one", JoinBridge(REF))
    assert open_names(incident) == ["document"]


@pytest.mark.parametrize("signal", [Signal.PAYMENT_RUN_MISSED, Signal.ERP_INTEGRATION])
def test_the_address_of_engineerings_ticket_is_its_being_open(signal: Signal) -> None:
    incident = opened(signal)
    assert "engineering" in open_names(incident)
    address = RecordEngineeringTicket(REF, "https://engineering.vendor.example/4711")
    assert "engineering" not in open_names(incident.by("csm-one", address))


def test_a_legal_threat_is_held_at_once_and_acknowledged_once_it_has_arrived() -> None:
    incident = opened(Signal.LEGAL_THREAT)
    assert open_names(incident) == ["acknowledge", "people"]
    assert "acknowledge" not in open_names(incident.delivered())


def test_an_unusual_login_asks_for_security_and_the_named_contact() -> None:
    incident = opened(Signal.UNUSUAL_LOGIN)
    assert open_names(incident) == ["security", "contact"]
    incident.by("security-one", JoinBridge(REF))
    assert open_names(incident) == ["contact"]


ENG = "https://engineering.vendor.example/4711"
EXPORT = "https://files.vendor.example/ledger-2026"


def test_the_address_given_on_the_list_is_engineerings_ticket() -> None:
    incident = opened(Signal.PAYMENT_RUN_MISSED).by("csm-one", SettleActions(REF, address=ENG))
    assert incident.ticket.of(Loop).address == ENG
    assert "engineering" not in open_names(incident)


@pytest.mark.parametrize(
    ("signal", "name"),
    [
        (Signal.PAYMENT_RUN_MISSED, "engineering"),
        (Signal.ERP_INTEGRATION, "sync_check"),
        (Signal.RECON_VARIANCE, "sample_data"),
        (Signal.AUDIT_REQUEST, "export"),
        (Signal.ERP_INTEGRATION, "error_code"),
    ],
)
def test_no_word_opens_the_loop_checks_a_sync_makes_a_file_or_is_a_code(
    signal: Signal, name: str
) -> None:
    assert isinstance(opened(signal).refused("csm-one", SettleActions(REF, (name,))), OldButton)


def test_an_export_is_ready_where_the_link_says() -> None:
    incident = opened(Signal.AUDIT_REQUEST)
    wrong = incident.refused("csm-one", SettleActions(REF, ("scope",), link="on the drive"))
    assert isinstance(wrong, AddressNeeded)
    incident.by("csm-one", SettleActions(REF, ("scope",), link=EXPORT))
    said = {event.action: event.link for event in incident.events(ActionSettled)}
    assert said == {"scope": "", "export": EXPORT}


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        (EXPORT, True),
        ("https://vendor.slack.com/files/U0CSMONE/F0EXPORT/ledger-2026.csv", True),
        ("https://vendor.slack.com/archives/C0ACME/p1764000000000100", False),
        ("http://files.vendor.example/ledger", False),
        ("https://files/ledger", False),
        ("https://files.vendor.example", False),
        ("https://files.vendor.example/<b>", False),
    ],
)
def test_a_file_has_an_address_of_its_own(address: str, is_one: bool) -> None:
    assert is_file_address(address) is is_one


def asked() -> Incident:
    """Return a ticket about a variance whose account has words of ours."""
    incident = opened()
    incident.by("csm-one", RecordOwnWords(REF, "Please send us ten lines.", "C0ACME", "2.1"))
    return incident


def wrote(number: int, files: int, **more: Any) -> RecordReply:
    reply = RecordReply(REF, "AP Director One", "Here.", "C0ACME", f"3.{number}", files=files)
    return replace(reply, **more)


def test_sample_data_is_there_once_the_account_answers_with_a_file() -> None:
    incident = asked().at("14:20").by(customer(), wrote(1, 0))
    incident.by(customer("birch"), wrote(2, 1))
    assert "sample_data" in open_names(incident), "no file, or of somebody else"
    incident.by(customer(), wrote(3, 2, link="https://x.slack.com/archives/C1/p1"))
    assert "sample_data" not in open_names(incident)
    [came] = incident.events(SampleCame)
    assert (came.author, came.files) == ("AP Director One", 2)
    incident.by(customer(), wrote(4, 1))
    assert len(incident.events(SampleCame)) == 1


def test_a_file_that_came_before_we_wrote_or_where_none_is_owed_is_no_sample_data() -> None:
    assert opened().by(customer(), wrote(1, 1)).events(SampleCame) == []
    assert opened(Signal.AUDIT_REQUEST).by(customer(), wrote(1, 1)).events(SampleCame) == []


def test_one_of_us_says_where_sample_data_is_and_it_stands_as_their_word() -> None:
    incident = opened().by("csm-one", DONE)
    [settled] = incident.events(ActionSettled)
    assert (settled.where, settled.link) == ("our drive, folder Acme", "")


def test_an_error_code_is_a_finding_and_with_it_the_action_is_done() -> None:
    incident = opened(Signal.ERP_INTEGRATION)
    incident.by("csm-one", SettleActions(REF, error_code="SSS_REQUEST_LIMIT"))
    assert "error_code" not in open_names(incident)
    [found] = incident.ticket.of(Investigation).findings
    assert found.text == "API error code: SSS_REQUEST_LIMIT"


def test_a_file_that_is_owed_is_recalled_each_business_day_until_it_is_there() -> None:
    incident = opened().until("15:02").until("15:02", 25)
    turns = [event.turn for event in incident.events(ActionsReminded)]
    assert turns == [1, 2, 3]
    keys = [told.key for told in incident.told("checklist_undone")]
    assert len(set(keys)) == 3
    incident.by("csm-one", DONE)
    assert due(incident) == []


def checked(at: str = "16:00") -> Incident:
    """Return a ticket about an integration whose sync is to be checked."""
    incident = opened(Signal.ERP_INTEGRATION)
    return incident.by("csm-one", SettleActions(REF, check_at=instant(at)))


def asked_to(incident: Incident) -> list[list[str]]:
    return [[who.key for who in event.to] for event in incident.events(SyncCheckAsked)]


def test_a_checkpoint_asks_who_has_the_ticket_whether_the_sync_has_passed() -> None:
    incident = checked()
    assert "sync_check" not in open_names(incident), "it is set"
    assert asked_to(incident.until("15:59")) == []
    assert asked_to(incident.until("16:00")) == [["csm-one"]]
    incident.by("csm-one", SaySynced(REF, 1, passed=True))
    assert waiting(incident.ticket) is None
    assert asked_to(incident.until("20:00", 25)) == [["csm-one"]]


def test_a_checkpoint_that_nobody_answers_reaches_the_manager_and_never_ends() -> None:
    incident = checked().until("17:00", 24)
    both = ["csm-one", "cs-manager-one"]
    assert asked_to(incident) == [["csm-one"], both, both]


def test_one_that_failed_is_followed_by_the_next() -> None:
    incident = checked().until("16:00").by("csm-one", SaySynced(REF, 1, passed=False))
    [first, second] = incident.events(SyncCheckSet)
    assert (first.number, second.number) == (1, 2)
    assert second.check_at == instant("17:00")
    check = waiting(incident.ticket)
    assert check is not None
    assert check.failed_at == instant("16:00")
    incident.until("17:00").by("csm-one", SaySynced(REF, 2, passed=True))
    assert [event.passed for event in incident.events(SyncChecked)] == [False, True]


def test_a_checkpoint_is_answered_once_and_an_old_question_is_refused() -> None:
    incident = checked().until("16:00").by("csm-one", SaySynced(REF, 1, passed=True))
    assert isinstance(
        incident.refused("cs-manager-one", SaySynced(REF, 1, passed=True)), AlreadyDone
    )
    incident.by("csm-one", SettleActions(REF, check_at=instant("18:00")))
    assert isinstance(incident.refused("csm-one", SaySynced(REF, 1, passed=True)), OldButton)


@pytest.mark.parametrize(("at", "day"), [("14:02", 23), ("14:01", 23)])
def test_a_checkpoint_lies_ahead(at: str, day: int) -> None:
    command = SettleActions(REF, check_at=instant(at, day))
    incident = opened(Signal.ERP_INTEGRATION)
    assert isinstance(incident.refused("csm-one", command), CheckNotAhead)


def test_the_same_checkpoint_again_says_nothing_new() -> None:
    incident = checked()
    again = SettleActions(REF, check_at=instant("16:00"))
    assert isinstance(incident.refused("csm-one", again), NothingSettled)
