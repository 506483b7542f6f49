"""What each person sees on the drill's page, and how it behaves under keys and errors."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import hands

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPORT = "run twice. What is going on?"


def test_the_picker_offers_the_scenarios_and_marks_where_to_start(page: Page) -> None:
    expect(page.locator(".card h2")).to_have_text(
        [
            "Duplicate payment",
            "Platform outage",
            "ACH return spike",
            "Legal threat",
            "Monday at the desk",
        ]
    )
    expect(page.locator(".card.first")).to_contain_text("Start here")


def test_each_persona_sees_only_their_own_channels_and_their_own_home(page: Page) -> None:
    hands.start(page, "Duplicate payment")
    expect(page.locator(".channels")).to_contain_text("acme-support")
    page.get_by_role("button", name="Bridgewatch (home)").click()
    expect(page.locator(".mid")).to_contain_text("home of CSM One")
    expect(page.locator(".mid")).to_contain_text("Yours now (0)")
    hands.become(page, "Sponsor One")
    expect(page.locator(".channels")).not_to_contain_text("acme-support")
    expect(page.locator(".channels")).to_contain_text(
        "One message is all an executive gets. It changes in place."
    )
    hands.become(page, "AP Director One")
    expect(page.locator(".chan")).to_have_count(1)
    expect(page.locator(".mid .tools")).to_have_count(1)


def test_legal_is_told_why_they_are_not_in_the_bridge(page: Page) -> None:
    hands.start(page, "Duplicate payment")
    hands.open_ticket(page, REPORT)
    hands.become(page, "Legal One")
    expect(page.locator(".channels")).to_contain_text("Legal is called when")


def test_legal_who_is_called_is_told_where_the_way_in_is(page: Page) -> None:
    hands.start(page, "Legal threat")
    hands.shortcut(page, "Our lawyers", "Open ticket from message")
    page.get_by_label("What are you seeing?").select_option("legal_threat")
    page.locator(".modal footer").get_by_role("button", name="Open and notify").click()
    page.locator(".modal footer").get_by_role("button", name="Done").click()
    hands.become(page, "Legal One")
    expect(page.locator(".channels")).to_contain_text("Join stands in your messages.")


def test_a_required_field_left_empty_is_marked_and_typed_words_stay(page: Page) -> None:
    hands.start(page, "Duplicate payment")
    hands.shortcut(page, REPORT, "Open ticket from message")
    summary = page.get_by_label("Summary")
    summary.fill("")
    page.get_by_label("What happened").fill("Seen on the bank's list")
    hands.save(page)
    expect(page.locator(".modal .error")).to_contain_text("Please complete this required field.")
    summary.fill("Payments sent twice")
    hands.tick(page, "Funds moved wrongly")
    expect(page.locator(".modal")).to_contain_text("Tier 3, Critical")
    expect(page.get_by_label("What happened")).to_have_value("Seen on the bank's list")
    page.locator(".modal footer").get_by_role("button", name="Cancel").click()
    page.wait_for_selector(".modal", state="detached")


def test_an_account_is_found_by_typing(page: Page) -> None:
    hands.start(page, "Duplicate payment")
    page.locator("#composer").fill("/ticket Wire rejected")
    page.locator("#composer").press("Enter")
    page.wait_for_selector(".modal")
    box = page.get_by_role("combobox", name="Account", exact=True)
    box.fill("Elm")
    page.get_by_role("option", name="Elm").first.click()
    expect(page.locator(".modal")).to_contain_text("customer")
    expect(page.get_by_label("Summary")).to_have_value("Wire rejected")
    page.keyboard.press("Escape")
    page.wait_for_selector(".modal", state="detached")


def test_the_keyboard_changes_persona_reaches_the_composer_and_runs_the_clock(page: Page) -> None:
    hands.start(page, "Duplicate payment")
    page.keyboard.press("3")
    expect(page.locator(".persona.on")).to_contain_text("CS Manager One")
    page.keyboard.press("/")
    expect(page.locator("#composer")).to_be_focused()
    page.keyboard.type("12 n")
    expect(page.locator(".persona.on")).to_contain_text("CS Manager One")
    page.keyboard.press("Escape")
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="60x")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="60x")).to_have_attribute("aria-pressed", "false")


def test_the_next_step_says_what_and_when_before_it_jumps(page: Page) -> None:
    hands.start(page, "Duplicate payment")
    hands.open_ticket(page, REPORT)
    step = page.get_by_role("button", name="Next step: scope")
    expect(step).to_be_enabled()
    before = page.locator(".since").inner_text()
    page.keyboard.press("n")
    expect(page.locator(".since")).not_to_have_text(before)
    expect(page.locator(".pinned")).to_contain_text("LATE")


def test_the_clock_above_and_the_messages_are_in_one_zone_that_of_who_is_played(
    page: Page,
) -> None:
    hands.start(page, "Duplicate payment")
    page.set_viewport_size({"width": 1366, "height": 768})
    for name, city in (("CSM One", "New York"), ("Engineering Lead One", "London")):
        hands.become(page, name)
        expect(page.locator(".clock")).to_contain_text(city)
    hands.become(page, "CSM One")
    written = page.locator(".mid .msg .stamp").first.inner_text()
    assert written in page.locator(".clock").inner_text()
    step = page.locator(".top .step")
    expect(step).to_contain_text("opens by itself")
    assert step.evaluate("(one) => one.scrollWidth <= one.clientWidth"), "it is read whole"


def test_without_colleagues_nobody_else_answers(page: Page) -> None:
    hands.start(page, "Duplicate payment")
    page.get_by_label("Colleagues act alone").uncheck()
    hands.open_ticket(page, REPORT)
    for _ in range(3):
        page.get_by_role("button", name="+1 min").click()
        expect(page.get_by_role("button", name="+1 min")).to_be_enabled()
    hands.whole_card(page)
    expect(page.locator(".pinned")).to_contain_text("1 of 8")
    page.get_by_label("Colleagues act alone").check()


def test_the_customers_answer_reaches_the_bridge(page: Page) -> None:
    hands.start(page, "Duplicate payment")
    hands.open_ticket(page, REPORT)
    expect(page.locator(".right")).to_contain_text("We have your report.")
    page.locator("#outside-composer").fill("Is it one run or all?")
    page.locator("#outside-composer").press("Enter")
    expect(page.locator(".right .thread")).to_contain_text("Is it one run or all?")
    expect(page.locator(".mid .scroll")).to_contain_text("Acme wrote in")


def test_whoever_opens_from_the_question_is_led_to_the_tier_before_the_bridge(page: Page) -> None:
    hands.start(page, "Duplicate payment")
    hands.open_channel(page, "Payments Support")
    page.locator(".mid").get_by_role("button", name="Open ticket").click()
    coach = page.locator(".left .coach")
    expect(coach).to_contain_text("without a tier")
    expect(coach).to_contain_text("1 of 7")
    expect(page.locator(".mid .led")).to_have_text("Tier 3")
    page.locator(".mid .led").click()
    expect(page.locator(".modal")).to_contain_text("Tier of BW-1001")
    page.locator(".modal footer").get_by_role("button", name="Set and notify").click()
    page.locator(".modal footer").get_by_role("button", name="Done").click()
    expect(coach).to_contain_text("2 of 7")
    expect(page.locator(".mid .pane-head h2")).to_contain_text("bw-1001-acme")
    hands.open_channel(page, "acme-support")
    marked = page.locator(".mid .reactions")
    expect(marked.locator(".mark.ticket")).to_be_visible()
    expect(marked).not_to_contain_text(":ticket:")
