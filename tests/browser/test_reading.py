"""The page can be read and worked: on a desk, on a phone, at 200 %, by keyboard, by everybody."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import hands
from tests.browser.axe import Axe, axe_source
from tests.browser.conftest import back_to_picker, watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPORT = "run twice. What is going on?"
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 800}
TWICE = {"width": 683, "height": 384}  # 1366x768 at 200 %
ROOM_PX = {"desk": 330, "phone": 250}


def sized(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.wait_for_function("(w) => document.documentElement.scrollWidth <= w", arg=size["width"])


def height(found: Locator) -> float:
    box = found.bounding_box()
    return box["height"] if box else 0.0


def top(found: Locator) -> float:
    box = found.bounding_box()
    return box["y"] if box else 0.0


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def test_the_channel_has_room_beside_the_folded_card_at_every_size(page: Page) -> None:
    sized(page, DESK)
    hands.start(page, "Duplicate payment")
    hands.open_ticket(page, REPORT)
    card, messages = page.locator(".pinned"), page.locator(".mid .scroll")
    expect(card).to_contain_text("DRILL · BW-1001 · Tier 3 · Acme")
    expect(card).to_contain_text("Next: confirm the scope")
    assert height(messages) > ROOM_PX["desk"]
    tops = [top(one) for one in page.locator(".pin-foot .row > *").all()]
    assert max(tops) - min(tops) < 8, "its buttons stand in one row"

    sized(page, PHONE)
    assert height(messages) > ROOM_PX["phone"]
    assert top(page.locator("#composer")) + 20 < top(page.locator(".sides"))
    expect(page.locator(".going > .coach")).to_contain_text("2 of 7")
    hands.whole_card(page)
    expect(card).to_contain_text("Steps")
    page.locator(".pin-head").click()

    sized(page, TWICE)
    page.locator(".mid").evaluate("(pane) => { pane.scrollTop = pane.scrollHeight; }")
    assert top(page.locator("#composer")) > height(page.locator(".top"))
    assert page.locator(".top").evaluate("(bar) => bar.scrollWidth <= bar.clientWidth")
    expect(page.locator(".pin-foot").get_by_role("button", name="Scope confirmed")).to_be_attached()

    page.locator(".sides").get_by_role("button", name="People").click()
    hands.open_channel(page, "general")
    for line in range(6):
        page.locator("#composer").fill(f"Line {line}")
        page.keyboard.press("Enter")
        expect(hands.message(page, f"Line {line}")).to_be_in_viewport()

    sized(page, PHONE)
    page.get_by_role("button", name="60x").click()
    expect(page.locator(".going > .coach .happened")).to_contain_text(re.compile("presses|writes"))
    said = page.locator(".going > .coach p").nth(1).bounding_box()
    assert said is not None
    assert said["width"] > PHONE["width"] * 0.7, "what happens does not squeeze what is to be done"


def test_a_thumb_opens_a_ticket_from_a_message_and_is_told_what_acme_got(
    browser: Browser, drill: str, complaints: list[str]
) -> None:
    with browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True) as context:  # type: ignore[arg-type]
        page = context.new_page()
        watched(page, drill, complaints)
        page.goto(drill)
        back_to_picker(page)
        page.locator("[data-first]").tap()
        expect(page.locator(".mid")).to_be_visible()
        expect(page.locator(".right")).to_be_hidden()
        page.locator(".mid .tools > button").tap()
        chosen = page.get_by_role("menuitem", name="Open ticket from message")
        expect(chosen).to_be_in_viewport(ratio=1)
        chosen.tap()
        hands.tick(page, "Funds moved wrongly")
        expect(page.locator(".modal")).to_contain_text("Tier 3, Critical")
        expect(page.locator(".modal .b-alert", has_text="Tier 3")).to_be_in_viewport()
        page.locator(".modal footer").get_by_role("button", name="Open and notify").tap()
        page.locator(".modal footer").get_by_role("button", name="Done").tap()
        expect(page.locator(".mid .pane-head h2")).to_contain_text("bw-1001-acme")
        expect(page.locator(".sides .news")).to_be_visible()
        page.get_by_role("button", name="Acme's side").tap()
        expect(page.locator(".right")).to_contain_text("We have your report.")
        expect(page.locator(".mid")).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert complaints == []


def test_the_keyboard_walks_menus_and_forms_and_keeps_its_place(page: Page) -> None:
    hands.start(page, "Duplicate payment")
    page.keyboard.press("7")
    expect(page.locator(".persona.on")).to_contain_text("AP Director One7")
    page.keyboard.press("1")
    expect(page.locator(".persona.on")).to_contain_text("CSM One1")
    expect(page.locator(".persona kbd")).to_have_count(7)
    expect(page.locator(".mid .day")).to_have_count(1)

    more = page.locator(".mid .tools > button")
    more.focus()
    page.keyboard.press("Enter")
    assert focused(page) == "Open ticket from message"
    page.keyboard.press("ArrowUp")
    assert focused(page) == "Reply in thread"
    page.keyboard.press("Escape")
    expect(more).to_be_focused()

    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_selector(".modal")
    box = page.locator(".modal .choice", has_text="Funds moved wrongly").locator("input")
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator(".modal")).to_contain_text("Tier 3, Critical")
    expect(box).to_be_focused()
    words = page.get_by_label("Summary")
    words.focus()
    page.keyboard.press("End")
    page.keyboard.type(" Twice, says the bank, for all of it.", delay=30)
    expect(words).to_be_focused()
    assert words.input_value().endswith(" Twice, says the bank, for all of it.")


def test_acmes_side_holds_nothing_that_acme_does_not_get(page: Page) -> None:
    hands.start(page, "Duplicate payment")
    right = page.locator(".right")
    right.get_by_role("tab", name="Mail (0)").click()
    expect(right).to_contain_text("No mail has reached Acme.")
    hands.open_ticket(page, REPORT)
    expect(right.get_by_role("tab", name="Everything that left (2)")).to_be_visible()
    expect(right.get_by_role("tab", name="Mail (0)")).to_be_visible()
    expect(right).not_to_contain_text("Sponsor")
    expect(right).not_to_contain_text("processor")
    right.get_by_role("tab", name="Mail (0)").focus()
    page.keyboard.press("ArrowRight")
    left = right.get_by_role("tab", name="Everything that left")
    expect(left).to_be_focused()
    expect(left).to_have_attribute("aria-selected", "true")
    expect(right.locator("h2")).to_have_text("Everything that left")
    expect(right).to_contain_text("Mail to duty@processor.example")
    hands.become(page, "Sponsor One")
    page.locator(".chan", has_text="Mail (1)").click()
    expect(page.locator(".mid")).to_contain_text("No decision is asked of you.")


def test_axe_finds_nothing_serious(page: Page) -> None:
    axe = Axe(page, axe_source())
    sized(page, DESK)
    axe.looks_at("picker")
    hands.start(page, "Duplicate payment")
    axe.looks_at("start")
    hands.shortcut(page, REPORT, "Open ticket from message")
    hands.tick(page, "Funds moved wrongly")
    expect(page.locator(".modal")).to_contain_text("Tier 3, Critical")
    axe.looks_at("form")
    hands.save(page)
    page.locator(".modal footer").get_by_role("button", name="Done").click()
    expect(page.locator(".pinned")).to_be_visible()
    hands.whole_card(page)
    page.locator(".pin-foot").get_by_role("button", name="More", exact=True).click()
    axe.looks_at("whole card and its menu")
    page.get_by_role("menuitem", name="Resolve").click()
    page.get_by_label("How to check").fill("Compare both lists.")
    hands.save(page)
    expect(page.locator(".modal .error").first).to_be_visible()
    axe.looks_at("form with a fault")
    page.get_by_label("What was done").fill("The second copies were returned.")
    hands.save(page)
    page.wait_for_selector(".modal", state="detached")
    hands.step_until(page, ".sheet")  # a colleague releases, Acme says yes
    page.locator(".sheet").get_by_role("button", name="Certificate").click()
    axe.looks_at("score and certificate")
    page.get_by_role("button", name="Close the score").click()
    page.get_by_role("tab", name="Everything that left").click()
    sized(page, PHONE)
    axe.looks_at("phone")
    page.get_by_role("button", name="Acme's side").click()
    axe.looks_at("phone, everything that left")
    assert axe.found == []


def test_words_for_another_account_are_not_said_to_be_with_the_one_that_is_played(
    page: Page,
) -> None:
    hands.start(page, "Monday at the desk")
    hands.become(page, "CS Manager One")
    hands.open_channel(page, "Payments Support")
    expect(page.locator(".mid")).to_contain_text("Released. It goes to Acme now.")


def test_axe_finds_nothing_serious_on_a_monday_at_the_desk(page: Page) -> None:
    axe = Axe(page, axe_source())
    page.locator(".card", has_text="Monday at the desk").get_by_role("button", name="Start").click()
    expect(page.locator(".lead")).to_contain_text(re.compile(r"\d+ of \d+"))
    axe.looks_at("what came before is done")
    hands.begun(page)
    assert hands.leading(page) == ["⌂Bridgewatch (home)"]
    page.locator(".chan", has_text="Bridgewatch (home)").click()
    expect(page.locator(".mid .led")).to_have_text("Take")
    axe.looks_at("home")
    page.locator(".mid .led").click()
    page.locator(".modal footer").get_by_role("button", name="Done").click()
    expect(page.locator(".led")).to_have_count(1)
    hands.open_channel(page, page.locator(".chan.led .who").inner_text())
    expect(page.locator(".mid .led")).to_have_text("Routine")
    page.locator(".mid .led").click()
    expect(page.locator(".led")).to_have_count(1)
    expect(page.locator(".led")).to_contain_text("channel-operations")
    hands.open_channel(page, "channel-operations")
    expect(page.locator(".mid .led")).to_have_text("Answer")
    axe.looks_at("cards in a team's channel")
    sized(page, PHONE)
    axe.looks_at("cards on a phone")
    page.locator(".mid .led").click()
    hands.typed(page)
    axe.looks_at("an answer on a phone")
    assert axe.found == []
