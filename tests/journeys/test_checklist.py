"""What a signal asks for stands on the ticket, is recalled once, and is done or not needed."""

from __future__ import annotations

from protocols.checklist.state import Checklist
from tests.journeys.test_low_tiers import is_told
from tests.kit.journey import SHARED, Journey

VARIANCE = "Customer reports a reconciliation variance"


def variance(desk: Journey) -> None:
    """Open a Tier 2 of Acme whose totals and ours differ."""
    desk.opened(signal=VARIANCE, summary="Their totals and ours differ")
    desk.hears(SHARED, "We have your ticket")
    shown(desk)
    desk.press("csm-one", "Acknowledge", None)
    desk.hears(SHARED, "CSM One has your ticket")
    desk.press("engineer-one", "I am on it", None)


def shown(desk: Journey) -> str:
    return desk.types("csm-one", "/ticket", "show BW-1001", None)


def test_a_list_stands_on_the_ticket_is_recalled_once_and_then_settled(desk: Journey) -> None:
    variance(desk)
    assert "⬜ open · ask for sample data" in shown(desk)
    assert "Do not* dismiss it as user error" in shown(desk)
    desk.minute(59)
    assert not is_told(desk, "csm-one", "checklist")
    desk.minute(61)
    assert is_told(desk, "csm-one", "open points on the checklist")
    fields = {
        "sample_at": "our drive, folder Acme",
        "do_finance": "Not needed here",
        "reason": "one line only",
    }
    desk.form("csm-one", "Checklist", None, **fields)
    assert "ask for sample data (CSM One says it is at our drive, folder Acme," in shown(desk)
    assert "➖ not needed · bring the data and finance team (CSM One: one line only)" in shown(desk)
    assert len(desk.ticket.of(Checklist).settled) == 2
    assert is_told(desk, "csm-one", "the checklist.* Done by CSM One"), "the reminder says so"
    before = len(desk.told("csm-one"))
    desk.minute(3 * 60)
    assert not [told for told in desk.told("csm-one")[before:] if "checklist" in told]


def test_sample_data_is_owed_until_the_account_answers_with_a_file(desk: Journey) -> None:
    variance(desk)
    desk.types("csm-one", "/ticket", "checklist BW-1001", None)
    desk.sees(lambda: desk.person("csm-one").has_view, "the form")
    before = desk.person("csm-one").view.title
    desk.person("csm-one").view.press("Ask for it")
    desk.sees(lambda: desk.person("csm-one").view.title != before, "the words to send")
    desk.submits("csm-one")
    [asked] = desk.hears(SHARED, "We need sample data")
    assert "Attach it to your answer" in asked
    assert "⬜ open · ask for sample data" in shown(desk)
    parent = desk.person("ap-director-one").sees(SHARED, "We have your ticket")
    assert parent is not None
    desk.person("ap-director-one").say(SHARED, "Here.", thread=parent.ts, file="ten-lines.csv")
    desk.settle()
    assert "✅ done · ask for sample data" in shown(desk)
    assert "(AP Director One sent 1 file" in shown(desk)


def test_a_checkpoint_asks_whether_the_sync_has_passed_until_it_has(desk: Journey) -> None:
    signal = "ERP integration failing (NetSuite, SAP, ...)"
    desk.opened(signal=signal, summary="Orders do not reach the ledger")
    desk.hears(SHARED, "We have your ticket")
    shown(desk)
    desk.press("csm-one", "Acknowledge", None)
    desk.hears(SHARED, "CSM One has your ticket")
    at = int(desk.bot.now().timestamp()) + 40 * 60
    address = "https://engineering.vendor.example/4711"
    fields = {"check_at": at, "address": address, "error_code": "SSS_REQUEST_LIMIT"}
    desk.form("csm-one", "Checklist", None, **fields)
    assert "✅ done · record the API error code as a finding (CSM One" in shown(desk)
    assert "its ticket: https://engineering.vendor.example/4711" in shown(desk)
    assert "▶ checkpoint" in shown(desk)
    desk.minute(42)
    assert is_told(desk, "csm-one", "has the sync passed?")
    desk.press("csm-one", "Failed", None)
    assert "· failed" in shown(desk)
    desk.minute(104)
    desk.press("csm-one", "Passed", None)
    assert "✅ done · set a checkpoint to verify the sync (CSM One" in shown(desk)


def test_a_support_window_is_told_to_its_person_and_the_account_and_mailed(desk: Journey) -> None:
    desk.opened(signal="Audit request before a period close", summary="The audit of 2026 begins")
    desk.hears(SHARED, "We have your ticket")
    now = int(desk.bot.now().timestamp())
    desk.types("csm-one", "/ticket", "checklist BW-1001", None)
    desk.sees(lambda: desk.person("csm-one").has_view, "the form")
    form = desk.person("csm-one").view
    form.fill(
        {"window_person": "support-one", "window_from": now + 3600, "window_to": now + 7200,
         "link": "https://files.vendor.example/export"}
    )  # fmt: skip
    desk.submits("csm-one")
    [said] = desk.hears(SHARED, "Your support window")
    assert "Support One is there for you from" in said
    assert is_told(desk, "support-one", "you have its support window")
    assert "assign a support window: Support One" in shown(desk)
    [mailed] = [mail for mail in desk.slack.mails if "support window" in str(mail["subject"])]
    assert "support-one" in str(mailed) or "support.one" in str(mailed)
    desk.minute(65)
    assert is_told(desk, "support-one", "your support window begins")
