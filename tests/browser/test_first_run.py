"""The first two minutes: from the picker to the score, as a newcomer sees them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import hands

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPORT = "run twice. What is going on?"


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

    assert hands.run_until_stopped(page).endswith("the communicator is asked for a draft")
    expect(page.locator(".pinned")).to_contain_text("records isolated")
    hands.press(page, "What can I say?")
    page.locator(".msg.alone").get_by_role("button", name="Send the holding line").last.click()
    expect(page.locator(".right")).to_contain_text("accurate information, not fast information")
    expect(page.locator(".right")).to_contain_text("Just tell us the cause.")

    _write_the_update(page)
    hands.become(page, "CS Manager One")
    page.locator(".mid").get_by_role("button", name="Release").first.click()
    expect(page.locator(".dialog")).to_contain_text("Send this to Acme?")
    page.locator(".dialog-yes").click()
    for part in ("What we know", "What we are doing", "Next update by"):
        expect(page.locator(".right")).to_contain_text(part)

    hands.become(page, "CSM One")
    hands.from_menu(page, "Resolve")
    page.wait_for_selector(".modal")
    hands.take_words(page, "Type it for me")
    hands.save(page)
    _read_the_score(page)


def _write_the_update(page: Page) -> None:
    hands.become(page, "CSM Two")
    hands.press(page, "Draft update")
    page.wait_for_selector(".modal")
    hands.take_words(page, "Type the hasty words")
    hands.save(page)
    expect(page.locator(".modal .error").first).to_contain_text("names a cause")
    hands.take_words(page, "Take the suggestion")
    hands.save(page)
    page.wait_for_selector(".modal", state="detached")


def _read_the_score(page: Page) -> None:
    sheet = page.locator(".sheet")
    expect(sheet).to_contain_text("DRILL · Duplicate payment")
    expect(sheet).to_contain_text("12 of 12 steps on time")
    expect(sheet).to_contain_text("2 texts stopped before review")
    expect(sheet).to_contain_text("nothing internal reached Acme")
    expect(sheet).to_contain_text("1 release by a second person")
    expect(sheet).to_contain_text("RCA due")
    sheet.get_by_role("button", name="See the certificate").click()
    expect(sheet).to_contain_text("chain intact")
    expect(sheet.get_by_role("button", name="Next: Platform outage")).to_be_visible()


def test_a_second_run_begins_afresh_beside_the_first(page: Page) -> None:
    hands.start(page, "Duplicate payment")
    expect(page.locator(".left .coach")).to_contain_text("1 of 7")
    expect(page.locator(".right")).to_contain_text("Acme has heard nothing yet.")
    page.get_by_role("button", name="Restart").click()
    page.wait_for_selector(".picker")
