"""What a person does on the drill's page, in a word each."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.kit.waiting import until

MADE_MS = 150_000
LED = """[...document.querySelectorAll('.led')].filter((one) => one.offsetParent)
  .map((one) => one.textContent)"""


def start(page: Page, name: str) -> None:
    """Begin a scenario from its card."""
    page.locator(".card", has_text=name).get_by_role("button", name="Start").click()
    begun(page)


def begun(page: Page) -> None:
    """Wait until the rehearsal has begun: of a Monday, forty tickets are made before it."""
    page.wait_for_selector(".going .coach", state="attached", timeout=MADE_MS)


def become(page: Page, name: str) -> None:
    """Play somebody else."""
    page.locator(".persona", has_text=name).click()
    expect(page.locator(".persona.on")).to_contain_text(name)
    expect(page.locator("#channels-of")).to_contain_text(name)


def message(page: Page, words: str) -> Locator:
    """Return a message of the channel in the middle."""
    return page.locator(".mid .scroll .msg", has_text=words).last


def shortcut(page: Page, words: str, name: str) -> None:
    """Use a shortcut of the menu on a message."""
    found = message(page, words)
    found.hover()
    found.locator(".tools > button").click()
    page.get_by_role("menuitem", name=name).click()
    page.wait_for_selector(".modal")


def tick(page: Page, words: str) -> None:
    """Tick a box of the form in front."""
    page.locator(".modal .choice", has_text=words).locator("input").check()


def save(page: Page) -> None:
    """Press the form's own button."""
    page.locator(".modal footer .primary").click()


def take_words(page: Page, label: str) -> None:
    """Let the coach type."""
    field = page.locator(".modal-body textarea, .modal-body input[type=text]").first
    before = field.input_value()
    page.locator(".in-form").get_by_role("button", name=label).click()
    expect(field).not_to_have_value(before)


def typed(page: Page) -> None:
    """Wait until the coach has typed."""
    expect(page.locator(".modal-body textarea, .modal-body input[type=text]").first).to_have_value(
        re.compile(".")
    )


def press(page: Page, label: str) -> None:
    """Press a button of the pinned card."""
    page.locator(".pinned").get_by_role("button", name=label, exact=True).click()


def from_menu(page: Page, label: str) -> None:
    """Choose in the card's menu."""
    page.locator(".pin-foot").get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name=label).click()


def whole_card(page: Page) -> None:
    """Unfold the pinned card."""
    page.locator(".pin-head").click()
    page.wait_for_selector(".pin-body")


def release(page: Page) -> None:
    """Press the newest Release of the channel, and confirm."""
    page.locator(".mid").get_by_role("button", name="Release").last.click()
    page.locator(".dialog-yes").click()


def resolve(page: Page) -> None:
    """Resolve with the coach's words; somebody else must release them."""
    press(page, "Resolve")  # the coach names it, so that it stands beside the menu
    page.wait_for_selector(".modal")
    typed(page)
    save(page)
    page.wait_for_selector(".modal", state="detached")


def open_channel(page: Page, name: str) -> None:
    """Open a channel by its name."""
    page.locator(".chan", has_text=name).click()
    expect(page.locator(".mid .pane-head h2")).to_contain_text(name)


def from_message(page: Page, words: str) -> None:
    """Open a Tier 3 ticket from what the customer wrote; its bridge comes by itself."""
    shortcut(page, words, "Open ticket from message")
    tick(page, "Funds moved wrongly")
    page.locator(".modal footer").get_by_role("button", name="Open and notify").click()
    page.locator(".modal footer").get_by_role("button", name="Done").click()


def open_ticket(page: Page, words: str) -> None:
    """Open a Tier 3 ticket from what the customer wrote, and go to its bridge."""
    from_message(page, words)
    open_channel(page, bridge_name(page))


def bridge_name(page: Page) -> str:
    """Return the name of this run's bridge, once it is there."""
    asked = """async () => {
      const seen = await (await fetch('/drill/play')).json();
      const bridge = seen.me.channels.find((one) => one.id === seen.play.bridge);
      return bridge ? bridge.name : '';
    }"""
    return str(until(lambda: page.evaluate(asked), 45.0, every_s=0.1, what="a bridge"))


def confirm_scope(page: Page) -> None:
    """Confirm the scope with the coach's words."""
    press(page, "Scope confirmed")
    page.wait_for_selector(".modal")
    typed(page)
    assert leading(page) == ["Scope confirmed"], "not the button behind the form, too"
    save(page)
    page.wait_for_selector(".modal", state="detached")


def step_until(page: Page, selector: str) -> None:
    """Press for the next step, again and again, until something is there."""

    def there() -> bool:
        if page.locator(selector).count() == 0:
            page.keyboard.press("n")
            expect(page.get_by_role("button", name="+1 min")).to_be_enabled()
        return page.locator(selector).count() > 0

    until(there, 90.0, every_s=0.5, what=selector)


def leading(page: Page) -> list[str]:
    """Return what the coach leads to, of what is not covered by a form."""
    return list(page.evaluate(LED))


def watch_until_stopped(page: Page) -> str:
    """Watch time go on until it stops by itself, and return why."""
    page.wait_for_selector(".status >> text=Stopped", timeout=90_000)
    return page.locator(".status").inner_text()
