"""The first two minutes: from the picker to the score, as a newcomer sees them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import hands

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPORT = "run twice. What is going on?"
PAST_REVIEW = "The cause was a bad deploy, sorry."
ANOTHER_DAY = re.compile(r"Next step: reminder, \w{3} \d+ \w{3}, \d\d:\d\d")


def test_the_first_run_goes_from_a_customers_message_to_a_score(page: Page) -> None:
    expect(page.locator("[data-first]")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_selector(".going .coach")
    expect(page.locator(".persona.on")).to_contain_text("CSM One")
    expect(page.locator(".right")).to_contain_text("Acme has heard nothing yet.")
    expect(page.locator(".left .coach")).to_contain_text("1 of 7")

    hands.open_ticket(page, REPORT)
    expect(page.locator(".right")).to_contain_text("We have your report.")
    hands.confirm_scope(page)

    assert hands.watch_until_stopped(page).endswith("the communicator is asked for a draft")
    hands.whole_card(page)
    expect(page.locator(".pinned")).to_contain_text("records isolated")
    hands.press(page, "What can I say?")
    page.locator(".msg.alone").get_by_role("button", name="Send the holding line").last.click()
    expect(page.locator(".right")).to_contain_text("accurate information, not fast information")
    expect(page.locator(".right")).to_contain_text("Just tell us the cause.")

    _write_the_update(page)
    hands.become(page, "CS Manager One")
    hands.release(page)
    for part in ("What we know", "What we are doing", "Next update by"):
        expect(page.locator(".right")).to_contain_text(part)

    hands.become(page, "CSM One")
    hands.resolve(page)
    expect(page.locator(".left .coach")).to_contain_text("Acme is not asked yet")
    _read_the_score(page)
    _again(page)


def _write_the_update(page: Page) -> None:
    hands.become(page, "CSM Two")
    hands.press(page, "Draft update")
    page.wait_for_selector(".modal")
    hands.typed(page)
    hands.save(page)
    expect(page.locator(".modal .error").first).to_contain_text("names a cause")
    hands.take_words(page, "Take the suggestion")
    hands.save(page)
    page.wait_for_selector(".modal", state="detached")
    hands.release(page)  # its writer may not
    expect(page.locator(".mid")).to_contain_text("someone else")
    hands.open_channel(page, "acme-support")
    page.locator("#composer").fill(PAST_REVIEW)
    page.locator("#composer").press("Enter")


def _read_the_score(page: Page) -> None:
    sheet = page.locator(".sheet")
    expect(sheet).to_contain_text("DRILL · Duplicate payment")
    expect(sheet).to_contain_text("12 of 12 steps on time")
    expect(sheet).to_contain_text("1 text stopped before review: a cause")
    expect(sheet).to_contain_text("1 message of ours reached Acme with no review")
    expect(sheet).to_contain_text(PAST_REVIEW)
    expect(sheet).not_to_contain_text("nothing internal reached Acme")
    expect(sheet).to_contain_text("2 releases by a second person")
    expect(sheet).to_contain_text("RCA due")
    expect(page.get_by_role("button", name=ANOTHER_DAY)).to_be_visible()
    sheet.get_by_role("button", name="See the certificate").click()
    expect(sheet).to_contain_text("chain intact")
    expect(sheet.get_by_role("button", name="Next: Platform outage")).to_be_visible()


def _again(page: Page) -> None:
    page.locator(".sheet").get_by_role("button", name="Again").click()
    expect(page.locator(".left .coach")).to_contain_text("1 of 7")
    expect(page.locator(".right")).to_contain_text("Acme has heard nothing yet.")
    expect(page.locator(".since")).to_have_text("T+0")
    expect(page.get_by_role("button", name="Next step: nothing is due")).to_be_disabled()
    expect(page.locator(".channels")).not_to_contain_text("bw-1001")
    hands.open_ticket(page, REPORT)
    expect(page.locator(".mid .pane-head h2")).to_contain_text("bw-1001-acme")


def test_whoever_goes_back_to_the_scenarios_begins_the_next_in_a_new_world(page: Page) -> None:
    hands.start(page, "Duplicate payment")
    hands.open_ticket(page, REPORT)
    page.get_by_role("button", name="Scenarios").click()
    page.wait_for_selector(".picker")
    hands.start(page, "Platform outage")
    expect(page.locator(".left .coach")).to_contain_text("1 of 10")
    expect(page.locator(".chan")).to_have_count(3)
    expect(page.locator(".right .msg")).to_have_count(1)
