"""The form as it lives: what each change shows, and that nothing typed is lost."""

from __future__ import annotations

import pytest

from handlers.slack.opening.form import OF_GROUP
from protocols.scales import Impact
from tests.unit.handlers.desk_in_memory import InMemoryDesk, slack_id
from tests.unit.handlers.slack_side import Modal, Slack, below, words
from tests.unit.handlers.test_open_ticket import critical_form, routine_form


@pytest.fixture
def desk() -> InMemoryDesk:
    return InMemoryDesk()


@pytest.fixture
def slack(desk: InMemoryDesk) -> Slack:
    return Slack(desk)


def fresh(slack: Slack) -> Modal:
    slack.slash("csm-one", "/ticket", "Payments late")
    return slack.shown()


def submit_label(modal: Modal) -> str:
    label: str = modal.view["submit"]["text"]
    return label


def test_nothing_ticked_is_tier_1(slack: Slack) -> None:
    modal = fresh(slack)
    assert "*Tier 1, Routine.*" in words(modal.view)
    assert submit_label(modal) == "Open"


def test_the_account_shows_who_it_is_and_presets_its_contact(slack: Slack) -> None:
    modal = fresh(slack)
    slack.change("csm-two", modal, "account", "acme")
    assert "*Acme* · customer · New York time · CSM One" in words(modal.view)
    assert modal.stands("contact") == slack_id("csm-one")
    assert modal.stands("category") == "technical_product"


def test_not_in_the_list_says_that_nothing_goes_outside(slack: Slack) -> None:
    modal = fresh(slack)
    slack.change("csm-one", modal, "account", "none")
    assert "Opens without an account. Nothing goes outside" in words(modal.view)
    assert modal.stands("account") == "none"


@pytest.mark.parametrize(
    ("group", "box", "sentence"),
    [
        ("impact_platform", "platform_failing", "*Tier 4, Systemic,* because the platform"),
        ("impact_platform", "card_data", "*Tier 4, Systemic,* because card data"),
        ("impact_money", "records_wrong", "*Tier 3, Critical,* because records may be wrong"),
        ("impact_payments", "batch_scope", "*Tier 2, Elevated,* because more than one user"),
    ],
)
def test_a_box_shows_its_tier_and_why(slack: Slack, group: str, box: str, sentence: str) -> None:
    modal = fresh(slack)
    slack.change("csm-one", modal, group, [box])
    assert sentence in words(modal.view)


def test_the_highest_box_wins_and_a_box_taken_back_counts_no_more(slack: Slack) -> None:
    modal = fresh(slack)
    slack.change("csm-one", modal, "impact_payments", ["payments_blocked"])
    slack.change("csm-one", modal, "impact_money", ["records_wrong"])
    assert "*Tier 3, Critical,*" in words(modal.view)
    slack.change("csm-one", modal, "impact_money", [])
    assert "*Tier 2, Elevated,*" in words(modal.view)


def test_a_legal_threat_says_that_legal_is_asked(slack: Slack) -> None:
    modal = critical_form(slack)
    assert "Legal One" not in words(modal.view)
    slack.change("csm-one", modal, "signal", "legal_threat")
    assert "asked at once: Legal One" in words(modal.view)


def test_tier_3_says_who_is_told_what_and_the_button_says_notify(slack: Slack) -> None:
    modal = critical_form(slack)
    shown = words(modal.view)
    assert submit_label(modal) == "Open and notify"
    assert "*Acme* is acknowledged in <#C0ACME0001|acme-support>" in shown
    assert "a private bridge opens: you, Engineering Lead One, CS Manager One" in shown
    assert "*Sponsor One* gets a brief" in shown
    assert "*our processor contact* gets a mail" in shown


@pytest.mark.parametrize(
    ("group", "box", "told"),
    [
        ("impact_platform", "data_exposed", "Opening tells AP Director One, by mail"),
        ("impact_platform", "data_exposed", "Security: Security One"),
        ("impact_money", "records_wrong", "Opening tells Acme, in <#C0ACME0001|acme-support>"),
        ("impact_money", "records_wrong", "executive: Sponsor One · our processor contact."),
        ("impact_payments", "payments_blocked", "Opening asks you"),
    ],
)
def test_below_the_ticked_box_stands_its_tier_and_who_is_told(
    slack: Slack, group: str, box: str, told: str
) -> None:
    modal = fresh(slack)
    slack.change("csm-one", modal, "account", "acme")
    slack.change("csm-one", modal, "noticed", "account")
    slack.change("csm-one", modal, group, [box])
    assert "*Tier" in below(modal, group)
    assert told in below(modal, group)


def test_below_boxes_that_are_not_ticked_stands_nothing(slack: Slack) -> None:
    modal = fresh(slack)
    slack.change("csm-one", modal, "impact_money", ["records_wrong"])
    assert below(modal, "impact_platform") == ""
    slack.change("csm-one", modal, "impact_money", [])
    assert below(modal, "impact_money") == ""


def test_each_box_belongs_to_one_group() -> None:
    assert sorted(i for group in OF_GROUP.values() for i in group) == sorted(Impact)


def test_when_we_noticed_first_nothing_leaves_by_itself(slack: Slack) -> None:
    modal = critical_form(slack)
    slack.change("csm-one", modal, "noticed", "us")
    assert "*Acme:* nothing yet. You noticed first" in words(modal.view)


def test_a_security_matter_is_never_announced_in_a_channel(slack: Slack) -> None:
    modal = critical_form(slack)
    slack.change("csm-one", modal, "signal", "unusual_login")
    shown = words(modal.view)
    assert "only AP Director One, by mail" in shown
    assert "is acknowledged in" not in shown


def test_a_signal_ticks_what_it_implies_and_shows_what_to_do(slack: Slack) -> None:
    modal = fresh(slack)
    slack.change("csm-one", modal, "signal", "ach_return_spike")
    assert modal.stands("impact_payments") == ["payments_blocked", "batch_scope"]
    assert "*Do:* look the return codes up" in words(modal.view)


def test_another_signal_takes_back_only_what_the_first_one_ticked(slack: Slack) -> None:
    modal = fresh(slack)
    slack.change("csm-one", modal, "impact_money", ["regulator"])
    slack.change("csm-one", modal, "signal", "ach_return_spike")
    slack.change("csm-one", modal, "signal", "duplicate_payment")
    assert modal.stands("impact_payments") == []
    assert modal.stands("impact_money") == ["funds_moved_wrongly", "regulator"]


def test_a_box_ticked_by_hand_stays_when_the_signal_that_implies_it_goes(slack: Slack) -> None:
    modal = fresh(slack)
    slack.change("csm-one", modal, "impact_money", ["funds_moved_wrongly"])
    slack.change("csm-one", modal, "signal", "duplicate_payment")
    slack.change("csm-one", modal, "signal", "audit_request")
    assert modal.stands("impact_money") == ["funds_moved_wrongly"]
    assert "*Tier 3, Critical,*" in words(modal.view)


def test_a_signal_picked_again_ticks_its_boxes_again(slack: Slack) -> None:
    modal = fresh(slack)
    slack.change("csm-one", modal, "signal", "erp_integration")
    slack.change("csm-one", modal, "impact_payments", [])
    slack.change("csm-one", modal, "signal", "audit_request")
    slack.change("csm-one", modal, "signal", "erp_integration")
    assert modal.stands("impact_payments") == ["payments_blocked"]


def test_the_signals_lower_figure_is_a_floor(slack: Slack) -> None:
    modal = fresh(slack)
    slack.change("csm-one", modal, "signal", "legal_threat")
    assert "*Tier 3, Critical,* because legal threat over non-payment" in words(modal.view)


def test_a_confirmed_duplicate_is_preset_as_confirmed(slack: Slack) -> None:
    modal = fresh(slack)
    slack.change("csm-one", modal, "signal", "duplicate_payment")
    assert modal.stands("confirmed") == "yes"


def test_a_wrong_payment_without_that_signal_is_preset_as_reported(slack: Slack) -> None:
    modal = critical_form(slack)
    assert modal.stands("confirmed") == "reported"


def test_severity_follows_the_tier_until_it_is_chosen(slack: Slack) -> None:
    modal = fresh(slack)
    assert modal.stands("severity") == "medium"
    slack.change("csm-one", modal, "impact_payments", ["payments_blocked"])
    assert modal.stands("severity") == "high"
    modal.fill("severity", "low")
    slack.change("csm-one", modal, "noticed", "account")
    assert modal.stands("severity") == "low"


def test_a_chosen_contact_stays_until_the_account_changes(slack: Slack) -> None:
    modal = critical_form(slack)
    modal.fill("contact", slack_id("csm-two"))
    slack.change("csm-one", modal, "confirmed", "yes")
    assert modal.stands("contact") == slack_id("csm-two")
    slack.change("csm-one", modal, "account", "cedar")
    assert modal.stands("contact") == slack_id("csm-two")
    slack.change("csm-one", modal, "account", "acme")
    assert modal.stands("contact") == slack_id("csm-one")


def test_typed_words_outlive_every_change(slack: Slack) -> None:
    modal = fresh(slack)
    modal.fill("summary", "Runs are <late> & *bold*")
    modal.fill("description", "Since 13:10\nfor everyone")
    for name, value in (
        ("account", "acme"), ("signal", "duplicate_payment"), ("impact_platform", ["card_data"]),
        ("noticed", "account"), ("account", "birch"), ("signal", None),
    ):  # fmt: skip
        slack.change("csm-one", modal, name, value)
    assert modal.stands("summary") == "Runs are <late> & *bold*"
    assert modal.stands("description") == "Since 13:10\nfor everyone"


def test_the_words_are_in_the_view_itself_for_a_screen_that_forgot_them(slack: Slack) -> None:
    modal = fresh(slack)
    modal.fill("summary", "Runs are <late> & *bold*")
    slack.change("csm-one", modal, "account", "acme")
    element = next(b["element"] for b in modal.view["blocks"] if b.get("block_id") == "summary")
    assert element["initial_value"] == "Runs are <late> & *bold*"


def test_the_view_is_updated_with_the_hash_it_was_read_with(
    desk: InMemoryDesk, slack: Slack
) -> None:
    modal = fresh(slack)
    modal.hash = "7.xyz"
    slack.change("csm-one", modal, "account", "acme")
    call, given = desk.interactive.calls[-1]
    assert (call, given["view_id"], given["view_hash"]) == ("update", "V1", "7.xyz")


def test_an_open_ticket_of_the_account_is_shown_with_a_way_to_it(
    desk: InMemoryDesk, slack: Slack
) -> None:
    slack.submit("csm-one", routine_form(slack, "Wire to supplier rejected"))
    modal = fresh(slack)
    slack.change("csm-one", modal, "account", "acme")
    assert '*Open for Acme now:* BW-1001, "Wire to supplier rejected"' in words(modal.view)
    slack.press_in("csm-one", modal, "form.go_to", "BW-1001")
    assert desk.interactive.calls[-1][0] == "push"
    assert "Wire to supplier rejected" in slack.told()


def test_see_the_text_shows_the_acknowledgment_word_for_word(
    desk: InMemoryDesk, slack: Slack
) -> None:
    modal = critical_form(slack)
    slack.press_in("csm-one", modal, "form.see_text")
    assert desk.interactive.calls[-1][0] == "push"
    assert "We have your report. CSM One has taken it" in slack.told()
    assert "<!date" not in slack.told()
    assert desk.tickets == {}


def test_see_the_text_shows_the_prepared_words_when_we_noticed(slack: Slack) -> None:
    modal = critical_form(slack)
    slack.change("csm-one", modal, "noticed", "us")
    slack.press_in("csm-one", modal, "form.see_text")
    assert "We are checking a matter that may concern your account" in slack.told()


def test_see_the_text_of_a_mail_shows_its_subject(slack: Slack) -> None:
    modal = critical_form(slack)
    slack.change("csm-one", modal, "signal", "unusual_login")
    slack.press_in("csm-one", modal, "form.see_text")
    assert "[BW-0000]" in slack.told()


def test_see_the_text_without_an_account_says_that_nothing_leaves(slack: Slack) -> None:
    modal = critical_form(slack)
    slack.change("csm-one", modal, "account", "none")
    slack.press_in("csm-one", modal, "form.see_text")
    assert "Nothing. No shared channel and no mail contact" in slack.told()


def test_a_screen_that_was_behind_is_shown_anew_and_opens_on_the_next_press(
    desk: InMemoryDesk, slack: Slack
) -> None:
    modal = routine_form(slack)
    # The box was ticked, and its update never arrived.
    modal.fill("impact_money", ["records_wrong"])
    answer = slack.submit("csm-one", modal)
    assert desk.tickets == {}
    assert answer.body["response_action"] == "update"
    assert "it is Tier 3 now" in words(modal.view["blocks"][0])
    assert submit_label(modal) == "Open and notify"
    assert "BW-1001 is open" in slack.submit("csm-one", modal).text


def test_a_route_that_changed_behind_the_screen_is_shown_first(
    desk: InMemoryDesk, slack: Slack
) -> None:
    modal = critical_form(slack)
    modal.fill("noticed", "us")
    assert slack.submit("csm-one", modal).body["response_action"] == "update"
    assert desk.tickets == {}
    assert "nothing yet" in words(modal.view)
