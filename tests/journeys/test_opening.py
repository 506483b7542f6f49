"""Opening a ticket: the two ways in, the live form, and what leaves for each kind of matter."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from protocols.bridge.state import BridgeState
from tests.kit.bot import DIRECTORY
from tests.kit.journey import (
    BRIDGE,
    CONFIRMED,
    CUSTOMER,
    FUNDS,
    PROCESSOR,
    REPORTED,
    SHARED,
    THEY_TOLD,
    WE_FOUND,
    YES,
    Journey,
    journey,
)

SECURITY = "A security incident, suspected or confirmed"
UNUSUAL = "Unusual login or permission change"
DUPLICATE = "Duplicate payment confirmed"


def test_a_message_of_the_customer_fills_the_form(desk: Journey) -> None:
    form = desk.form_from_message(words="Our bank shows the 23 Nov run twice.")
    assert form.value("Account") == "Acme"
    assert form.value("Summary") == "Our bank shows the 23 Nov run twice."
    assert form.value("What happened") == "Our bank shows the 23 Nov run twice."
    assert form.value("Who noticed first?") == THEY_TOLD
    assert form.submit_text == "Open"


def test_one_tick_makes_the_form_say_the_tier_and_who_is_told(desk: Journey) -> None:
    form = desk.form_from_message()
    assert "Tier 1, Routine" in form.words
    desk.fills(form, impact_money=[FUNDS], confirmed=REPORTED)
    assert "*Tier 3, Critical,* because funds moved wrongly" in form.words
    assert "acknowledged in <#C0ACMESUP1|acme-support>" in form.words
    assert "CS Manager One" in form.words
    assert "*Sponsor One* gets a brief" in form.words
    assert form.submit_text == "Open and notify"


def test_a_signal_ticks_what_it_implies(desk: Journey) -> None:
    form = desk.form_from_command()
    desk.fills(form, account="Acme", signal=DUPLICATE)
    assert form.value("Business impact: money and records") == [FUNDS]
    assert form.value(CONFIRMED) == YES
    assert "Tier 3, Critical" in form.words


def test_a_typed_command_finds_the_account_and_keeps_the_words(desk: Journey) -> None:
    form = desk.form_from_command(text="Duplicate payments at Acme")
    assert form.value("Summary") == "Duplicate payments at Acme"
    assert form.options("Account", "acm") == ["Acme", "Not in the list"]
    desk.fills(form, account="Acme")
    assert "CSM One" in form.words


def test_opening_acknowledges_briefs_and_builds_the_bridge(desk_in_slack: Journey) -> None:
    play = desk_in_slack
    ticket = play.opened(settles=False)
    assert ticket.reference == "BW-1001"
    [said] = play.hears(SHARED, "We have your report.")
    assert "Mon 23 Nov 2026, 10:02 EST (15:02 UTC)" in said
    assert "CSM One" in said
    [letter] = play.hears(PROCESSOR, "priority matter")
    assert "Acme" not in letter
    card = play.card()
    assert "✅ done: Acme acknowledged" in card
    assert "confirm the scope" in card
    assert play.person("csm-one").channels.count(BRIDGE) == 1
    assert [told.splitlines()[0] for told in play.told("engineering-lead-one")] == [
        "*BW-1001 · Tier 3 · Acme.* You are its engineering lead."
    ]
    assert "You are its CS manager" in play.told("cs-manager-one")[0]
    assert "No decision is asked of you" in play.told("sponsor-one")[0]
    assert [mail["to"] for mail in play.slack.mails].count(["sponsor.one@vendor.example"]) == 1
    assert play.told("finance-one") == []
    assert play.told("legal-one") == []


def test_the_same_form_answers_with_reference_deadlines_and_then_the_bridge(desk: Journey) -> None:
    form = desk.form_from_message()
    desk.fills(form, impact_money=[FUNDS], confirmed=REPORTED, summary="Sent twice")
    assert form.submit().failure == ""
    csm = desk.person("csm-one")
    desk.sees(lambda: csm.view.title == "BW-1001 is open", "the answer in the form")
    desk.settle()
    desk.sees(lambda: "bw-1001-acme" in csm.view.words, "the bridge in the answer")
    assert "Acme hears next" in csm.view.words
    assert desk.person("csm-one").sees(None, "bw-1001-acme")
    desk.acme_was_acknowledged()


def test_a_confirmed_wrong_payment_brings_finance_and_compliance_at_once(desk: Journey) -> None:
    desk.opened(impact_money=[FUNDS], confirmed=YES)
    desk.acme_was_acknowledged()
    asked = {who for who in ("finance-one", "legal-one", "compliance-one") if desk.told(who)}
    assert "finance-one" in asked
    assert asked & {"legal-one", "compliance-one"}
    assert len(asked) == 2, "Legal or Compliance: one of them is enough"


def test_a_security_matter_goes_by_mail_to_the_named_contact_only(desk: Journey) -> None:
    form = desk.form_from_message(words="Someone logged in at night.")
    desk.fills(form, signal=UNUSUAL)
    assert "only AP Director One, by mail" in form.words
    assert not form.submit().errors
    desk.settle()
    desk.hears(CUSTOMER, "We have your report.")
    desk.hears(SHARED)
    desk.hears(PROCESSOR, "priority matter")
    assert desk.told("security-one")


def test_a_matter_we_found_waits_for_one_press_of_the_contact(desk: Journey) -> None:
    desk.opened(impact_money=[FUNDS], confirmed=REPORTED, noticed=WE_FOUND)
    desk.hears(SHARED)
    desk.hears(PROCESSOR, "priority matter")
    assert any("Acme has heard nothing yet" in told for told in desk.told("csm-one"))
    desk.minute(5)
    desk.press("csm-one", "Send", None)
    desk.hears(SHARED, "We are checking a matter that may concern your account.")
    assert not any("[Send]" in told for told in desk.told("csm-one"))
    desk.hears(SHARED)


def test_a_press_that_never_comes_is_late_at_fifteen_minutes(desk: Journey) -> None:
    desk.opened(impact_money=[FUNDS], confirmed=REPORTED, noticed=WE_FOUND)
    desk.hears(PROCESSOR, "priority matter")
    desk.minute(16)
    assert "LATE" in desk.card()
    assert desk.has_line("🔴 LATE")
    assert any("LATE" in told or "late" in told for told in desk.told("cs-manager-one"))
    desk.hears(SHARED)


@pytest.fixture
def no_route(tmp_path: Path) -> Path:
    """Give a directory in which Elm can be reached by phone alone."""
    known = yaml.safe_load(DIRECTORY.read_text())
    known["accounts"]["elm"]["contacts"] = [{"name": "Elm Controller One", "phone": "+1 555-0170"}]
    path = tmp_path / "directory.yaml"
    path.write_text(yaml.safe_dump(known, sort_keys=False))
    return path


def test_an_account_without_a_route_is_called_and_the_call_recorded(
    migrated_sqlite_url: str, no_route: Path
) -> None:
    with journey(migrated_sqlite_url, directory=no_route) as desk:
        form = desk.form_from_command()
        desk.fills(form, account="Elm", impact_money=[FUNDS], confirmed=REPORTED, noticed=THEY_TOLD)
        assert "no shared channel and no mail contact" in form.words
        form.submit()
        desk.settle()
        desk.closes_all("csm-one")
        bridge = "bw-1001-elm"
        assert "has no channel and no mail contact" in desk.card(bridge)
        desk.form("csm-one", "I called", bridge, speaker="Elm Controller One", note="Told them.")
        assert "✅ done: Elm acknowledged" in desk.card(bridge)
        assert "has no channel and no mail contact" not in desk.card(bridge)
        assert "✅ Elm: called" in desk.card(bridge).replace("*", "")
        assert "Told them." in desk.types("csm-one", "/bridge", "timeline", bridge)


def test_a_second_critical_ticket_of_one_account_asks_whether_it_is_another_problem(
    desk: Journey,
) -> None:
    desk.opened()
    desk.acme_was_acknowledged()
    form = desk.form_from_message(words="Another run is wrong too.")
    assert "BW-1001" in form.words
    desk.fills(form, impact_money=[FUNDS], confirmed=REPORTED, summary="Another run")
    form.submit()
    desk.settle()
    view = desk.person("csm-one").view
    assert "BW-1001" in view.words
    assert desk.newest_reference() == "BW-1001"
    view.submit()
    desk.settle()
    assert desk.newest_reference() == "BW-1002"
    desk.hears(SHARED, "We have your report.")
    desk.hears(PROCESSOR, "priority matter")


def test_the_same_words_twice_within_a_minute_open_one_ticket(desk: Journey) -> None:
    desk.opened(impact_money=[FUNDS], confirmed=REPORTED, summary="Payments sent twice")
    desk.acme_was_acknowledged()
    form = desk.form_from_message()
    desk.fills(form, impact_money=[FUNDS], confirmed=REPORTED, summary="Payments sent twice")
    form.submit()
    desk.settle()
    assert "BW-1001" in " ".join(desk.person("csm-one").view.errors.values())
    assert desk.newest_reference() == "BW-1001"


def test_a_card_number_is_masked_everywhere_and_compliance_is_told(desk: Journey) -> None:
    desk.opened(
        impact_money=[FUNDS], confirmed=REPORTED,
        description="Card 4111 1111 1111 1111 was charged twice",
    )  # fmt: skip
    desk.acme_was_acknowledged()
    assert "ending 1111" in " ".join(desk.told("csm-one"))
    assert "1111" in " ".join(desk.told("compliance-one"))
    said = [str(call.args) for call in desk.slack.calls()]
    assert not any("4111 1111 1111 1111" in words for words in said)


def test_a_routine_ticket_is_recorded_acknowledged_and_shown(desk_in_slack: Journey) -> None:
    play = desk_in_slack
    play.opened(summary="How do I export a statement?")
    play.hears(SHARED, "We have your")
    assert play.ticket.of(BridgeState).channel_id == ""
    shown = play.types("csm-one", "/ticket", "show BW-1001", None)
    assert "BW-1001 · Acme" in shown
    assert "How do I export a statement?" in shown
    why = play.types("csm-one", "/ticket", "why BW-1001", None)
    assert "the next time that binds" in why
    assert "Tier 1" in why


def test_an_elevated_ticket_has_the_clocks_of_its_tier(desk: Journey) -> None:
    late = "Payments are delayed or blocked, or soon will be"
    desk.opened(impact_payments=[late], summary="The run has not started")
    desk.hears(SHARED, "We have your")
    assert int(desk.ticket.tier) == 2
    assert "Tier 2" in desk.types("csm-one", "/ticket", "why BW-1001", None)


def test_what_is_put_into_the_form_stands_for_colleagues_and_goes_nowhere_else(
    desk: Journey,
) -> None:
    form = desk.form_from_message()
    desk.fills(form, impact_money=[FUNDS], confirmed=REPORTED, summary="Sent twice")
    put = [{"name": "run.csv", "size": 120_400}, {"name": "card 4111 1111 1111 1111.png"}]
    desk.fills(form, files=put)
    desk.submits("csm-one")
    card = desk.card()
    assert '*What happened:* "Our run went twice."' in card
    assert "run.csv> (CSV, 120 kB)" in card
    assert "4111 1111 1111 1111" not in card
    assert "ending 1111" in card
    [said] = desk.hears(SHARED, "We have your report.")
    assert "run.csv" not in said
    desk.hears(PROCESSOR, "priority matter")


def test_a_file_that_is_too_large_is_named_under_its_field(desk: Journey) -> None:
    form = desk.form_from_message()
    desk.fills(form, files=[{"name": "night run.mp4", "size": 212_000_000}])
    [told] = form.submit().errors.values()
    assert told.startswith('"night run.mp4" is 212.0 MB; the limit is 25 MB.')
