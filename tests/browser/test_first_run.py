"""The first two minutes: from the picker to the score, as a newcomer sees them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import hands

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPORT = "run twice. What is going on?"
PAST_REVIEW = "The cause was a bad deploy, sorry."
MOST_PRESSES = 18
NEARLY = [
    "Sorry, our retry job sent it twice.",
    "The cause was a bad deploy, fixed soon.",
    "It should be back by noon.",
]
COUNT_PRESSES = """() => {
  window.presses = 0;
  addEventListener('pointerdown', (event) => { if (event.isTrusted) window.presses += 1; }, true);
}"""
SAY_PAST_REVIEW = f"""() => fetch('/drill/act', {{method: 'POST', body: JSON.stringify(
  {{as: 'csm-two', do: 'message', channel: 'acme-support', text: '{PAST_REVIEW}'}})}})"""
COPIED = "navigator.clipboard.read().then((all) => all.flatMap((one) => one.types))"


def test_the_first_run_goes_from_a_customers_message_to_its_yes_in_eighteen_presses(
    page: Page,
) -> None:
    page.evaluate(COUNT_PRESSES)
    hands.start(page, "Duplicate payment")
    expect(page.locator(".persona.on")).to_contain_text("CSM One")
    expect(page.locator(".right")).to_contain_text("Acme has heard nothing yet.")
    expect(page.locator(".left .coach")).to_contain_text("1 of 7")
    hands.from_message(page, REPORT)
    expect(page.locator(".right")).to_contain_text("We have your report.")
    hands.confirm_scope(page)
    assert hands.watch_until_stopped(page).endswith("the communicator is asked for a draft")
    hands.press(page, "What can I say?")
    page.locator(".msg.alone").get_by_role("button", name="Send the holding line").last.click()
    expect(page.locator(".right")).to_contain_text("accurate information, not fast information")
    _write_the_update(page)
    _release_and_resolve(page)
    assert page.evaluate("presses") <= MOST_PRESSES
    _read_the_finish(page)
    _again(page)


def _write_the_update(page: Page) -> None:
    expect(page.locator(".persona.on")).to_contain_text("CSM Two")
    hands.press(page, "Draft update")
    page.wait_for_selector(".modal")
    hands.typed(page)
    hands.save(page)
    expect(page.locator(".modal-body")).to_contain_text("names a cause")
    assert hands.leading(page) == ["Take the suggestion"]
    hands.take_words(page, "Take the suggestion")
    assert hands.leading(page) == ["Put in review"]
    hands.save(page)
    page.wait_for_selector(".modal", state="detached")


def _release_and_resolve(page: Page) -> None:
    expect(page.locator(".persona.on")).to_contain_text("CS Manager One")
    hands.release(page)
    for part in ("What we know", "What we are doing", "Next update by"):
        expect(page.locator(".right")).to_contain_text(part)
    expect(page.locator(".persona.on")).to_contain_text("CSM One")
    page.evaluate(SAY_PAST_REVIEW)
    hands.resolve(page)
    expect(page.locator(".left .coach")).to_contain_text("Acme is not asked yet")
    page.wait_for_selector(".sheet")


def _read_the_finish(page: Page) -> None:
    sheet = page.locator(".sheet")
    expect(sheet).to_contain_text("DRILL · Duplicate payment")
    expect(sheet.locator(".figure")).to_contain_text("minutes from the ticket to a true update")
    expect(sheet.locator("s")).to_have_text(NEARLY)
    expect(sheet.locator(".side").last).to_contain_text("412 payments of your run")
    expect(sheet.locator(".hour")).to_contain_text("first update")
    expect(sheet).to_contain_text("12 of 12 steps on time")
    expect(sheet).to_contain_text("1 message of ours reached Acme with no review")
    expect(sheet).to_contain_text(PAST_REVIEW)
    expect(sheet).not_to_contain_text("nothing internal reached Acme")
    sheet.get_by_role("button", name="Certificate").click()
    expect(sheet).to_contain_text("chain intact")
    expect(sheet.get_by_role("button", name="Next: Platform outage")).to_be_visible()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sheet.get_by_role("button", name="Copy image").click()
    expect(sheet).to_contain_text("The image is copied.")
    assert page.evaluate(COPIED) == ["image/png"]


def _again(page: Page) -> None:
    page.locator(".sheet").get_by_role("button", name="Again").click()
    expect(page.locator(".left .coach")).to_contain_text("1 of 7")
    expect(page.locator(".right")).to_contain_text("Acme has heard nothing yet.")
    expect(page.locator(".since")).to_have_text("T+0")
    # Nothing of the world before is due: at most what was just asked about the first message.
    begins = re.compile("^Next step: (nothing is due|opens by itself)")
    expect(page.get_by_role("button", name=begins)).to_be_visible()
    expect(page.locator(".channels")).not_to_contain_text("bw-1001")


def test_whoever_goes_back_to_the_scenarios_begins_the_next_in_a_new_world(page: Page) -> None:
    hands.start(page, "Duplicate payment")
    hands.open_ticket(page, REPORT)
    page.get_by_role("button", name="Scenarios").click()
    page.wait_for_selector(".picker")
    hands.start(page, "Platform outage")
    expect(page.locator(".left .coach")).to_contain_text("1 of 10")
    expect(page.locator(".channels")).not_to_contain_text("bw-1001")
    expect(page.locator(".right .msg")).to_have_count(1)
