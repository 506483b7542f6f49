"""T+15 to T+60 inside: the call, findings, isolation, exposure, and transaction holds."""

from __future__ import annotations

import pytest

from protocols.holds.state import Holds
from protocols.investigation.state import Investigation
from protocols.ladder.events import StepKind
from protocols.updates.state import Updates
from tests.kit.journey import BRIDGE, SHARED, Journey

SCOPE_KIND = "Scope: how much is touched"
FOUND = "412 payments of batch 77 were double submitted by the retry job"
STOPPED = "Payments from your account have been stopped."


@pytest.fixture
def manned(desk: Journey) -> Journey:
    """Give a desk with Acme's bridge, its scope confirmed and its three roles taken."""
    desk.opened()
    desk.acme_was_acknowledged()
    desk.takes_up()
    return desk


def test_a_call_that_starts_in_time_completes_activation(manned: Journey) -> None:
    manned.press("cs-manager-one", "Call started")
    assert manned.is_done(StepKind.CALL_RUNNING)
    assert "call running" in manned.card().split("▶ now")[0]
    manned.minute(33)
    assert not any("bridge is not active" in told for told in manned.told("cs-manager-one"))


def test_a_call_after_thirty_minutes_is_late_to_the_manager_and_on_the_card(
    manned: Journey,
) -> None:
    manned.minute(30.5)
    late = [told for told in manned.told("cs-manager-one") if "the bridge is not active" in told]
    assert len(late) == 1, "one message for each late step"
    assert "Missing: the call" in late[0]
    assert manned.has_line("🔴 LATE")
    assert "LATE" in manned.card()
    manned.press("cs-manager-one", "Call started", None)
    certificate = manned.types("csm-one", "/bridge", "certificate")
    assert "late" in certificate
    assert manned.is_done(StepKind.CALL_RUNNING)


def test_the_blast_radius_is_a_finding_with_both_counts(manned: Journey) -> None:
    manned.press("cs-manager-one", "Call started")
    manned.form(
        "engineer-one", "Record finding",
        kind=SCOPE_KIND, finding=FOUND, accounts_count="1", records_count="412",
    )  # fmt: skip
    assert manned.is_done(StepKind.BLAST_RADIUS)
    manned.hears(SHARED)


def test_a_count_that_is_no_number_is_told_under_its_field(manned: Journey) -> None:
    form = manned.form(
        "engineer-one", "Record finding",
        kind=SCOPE_KIND, finding=FOUND, accounts_count="one", records_count="412",
    )  # fmt: skip
    assert form.errors == {"Accounts touched": "A whole number."}
    assert manned.ticket.of(Investigation).findings == ()


def test_records_are_isolated_with_where_and_how(manned: Journey) -> None:
    manned.form("engineer-one", "Isolated", None, how="quarantine queue")
    assert manned.is_done(StepKind.RECORDS_ISOLATED)


def test_isolation_that_is_not_possible_says_why(manned: Journey) -> None:
    form = manned.opens("engineer-one", "Isolated", None)
    form.press("Not possible")
    engineer = manned.person("engineer-one")
    manned.sees(lambda: engineer.view.title == "Not possible", "the form")
    engineer.view.fill({"why": "already settled at the bank"})
    manned.submits("engineer-one")
    assert manned.is_done(StepKind.RECORDS_ISOLATED)
    assert not engineer.has_view
    assert "already settled at the bank" in manned.types("csm-one", "/bridge", "timeline")


def test_confirming_exposure_asks_finance_and_one_of_legal_and_compliance(manned: Journey) -> None:
    assert manned.told("finance-one") == []
    manned.form("csm-one", "Confirm exposure", seen_by="Acme and our ledger")
    assert manned.told("finance-one")
    asked = [who for who in ("legal-one", "compliance-one") if manned.told(who)]
    assert len(asked) == 1
    manned.press("finance-one", "Join", None)
    manned.press(asked[0], "Join", None)
    assert manned.is_done(StepKind.REVIEWERS_HERE)


def test_a_hold_is_asked_stopped_and_cleared_by_another(manned: Journey) -> None:
    manned.form("engineer-one", "Place hold", reason="copies may still go out")
    assert "NOT confirmed" in manned.card()
    assert manned.has_line("Transaction hold on Acme: asked, by Engineer One")
    assert "Call Payments Operations: +1 555-0122" in manned.card()
    manned.form("csm-one", "Confirmed stopped", confirmed_by="Payments Operations One")
    assert "NOT confirmed" not in manned.card()
    assert "stopped" in manned.card()
    refused = manned.form("engineer-one", "Clear hold", reason="all separated")
    assert "Hold kept. You placed it" in " ".join(refused.errors.values())
    manned.closes_all("engineer-one")
    manned.form("cs-manager-one", "Clear hold", reason="all separated")
    assert manned.has_line("Transaction hold on Acme: cleared, by CS Manager One")
    manned.hears(SHARED)


def test_whoever_can_stop_payments_is_asked_and_confirms_from_outside_the_bridge(
    manned: Journey,
) -> None:
    asked = "payments-operations-one"
    here = manned.here()
    manned.form("engineer-one", "Place hold", reason="copies may still go out")
    assert "stop the payments of Acme now" in manned.told(asked)[-1]
    assert "Payments Operations One has been asked since" in manned.card()
    form = manned.opens(asked, "Confirmed stopped", None)
    assert form.title == "Confirmed stopped"
    manned.submits(asked)
    hold = manned.ticket.of(Holds).holds[0]
    assert hold.stopped_by == "Payments Operations One"
    assert manned.here() == here
    assert "payments are stopped, confirmed by Payments Operations One" in manned.told(asked)[-1]
    assert "NOT confirmed" not in manned.card()
    manned.walk(minutes=6)
    assert not any("NOT confirmed" in told for told in manned.told("cs-manager-one"))


def test_who_does_not_answer_for_a_stop_is_told_of_to_the_manager_who_has_the_phone(
    manned: Journey,
) -> None:
    asked = "payments-operations-one"
    manned.form("engineer-one", "Place hold", reason="copies may still go out")
    manned.walk(minutes=5.1)
    told = [words for words in manned.told("cs-manager-one") if "NOT confirmed" in words]
    assert len(told) == 1
    assert "+1 555-0122" in told[0]
    manned.press(asked, "Go to the bridge", None)
    assert asked in manned.here()


def test_stopped_may_be_said_only_when_it_is_confirmed(manned: Journey) -> None:
    manned.form("engineer-one", "Place hold", reason="copies may still go out")
    form = manned.drafts(doing=STOPPED)
    assert "is not confirmed" in form.words
    assert manned.ticket.of(Updates).drafts == ()
    timeline = manned.types("csm-one", "/bridge", "timeline")
    assert "a check stopped words of CSM Two for the update: a stop that is not" in timeline
    assert "Texts stopped by a check" in manned.types("csm-one", "/bridge", "certificate")
    assert STOPPED not in timeline
    manned.form("csm-one", "Confirmed stopped", confirmed_by="Payments Operations One")
    assert manned.person("csm-two").view.submit().failure == ""
    manned.settle()
    assert len(manned.ticket.of(Updates).waiting_drafts()) == 1


def test_a_finding_may_be_typed_and_may_be_taken_from_a_message(manned: Journey) -> None:
    manned.types("engineer-one", "/bridge", "finding the retry job ran twice")
    assert [found.text for found in manned.ticket.of(Investigation).findings] == [
        "the retry job ran twice"
    ]
    said = manned.person("engineer-one").say(BRIDGE, "Batch 77 and only that one")
    manned.settle()
    engineer = manned.person("engineer-one")
    engineer.shortcut("Record as finding", on=said, channel=BRIDGE)
    manned.sees(lambda: engineer.has_view, "the form")
    manned.submits("engineer-one")
    assert manned.ticket.of(Investigation).findings[-1].text == "Batch 77 and only that one"
    manned.hears(SHARED)


def test_a_message_is_put_on_the_timeline_once(manned: Journey) -> None:
    said = manned.person("engineer-one").say(BRIDGE, "Bank says: recall possible until 18:00")
    for who in ("csm-one", "csm-two"):
        manned.person(who).shortcut("Put on the timeline", on=said, channel=BRIDGE)
        manned.settle()
    timeline = manned.types("csm-one", "/bridge", "timeline")
    assert timeline.count("Bank says: recall possible") == 1


def test_what_is_edited_or_deleted_in_the_bridge_is_recorded(manned: Journey) -> None:
    engineer = manned.person("engineer-one")
    first = engineer.say(BRIDGE, "it was the retry job")
    second = engineer.say(BRIDGE, "forget this")
    manned.settle()
    engineer.edit(BRIDGE, first.ts, "we look at the retry job")
    engineer.delete(BRIDGE, second.ts)
    manned.settle()
    timeline = manned.types("csm-one", "/bridge", "timeline")
    assert "it was the retry job" in timeline
    assert "forget this" in timeline
