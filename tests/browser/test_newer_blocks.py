"""A table is read and turned, a container opened by keyboard, an alert read; on a phone, too."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import hands
from tests.browser.axe import Axe, axe_source
from tests.drill.tiny_bot import (
    alert,
    button,
    buttons,
    container,
    data_table,
    folded,
    modal,
    plain,
    rich,
    section,
    text_input,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Wire = dict[str, Any]
CHANNEL = "C0TECHSUP1"
MANAGER, LEAD = "U0CSMGR001", "U0ENGLEAD1"
PHONE_PX = 375
WAITS = ("first answer", "update to the account", "reply to a question", "resolution")


def due(at: int) -> Wire:
    return {"type": "date", "timestamp": at, "format": "{time}", "fallback": "later"}


def row(place: int, now: int) -> tuple[Wire | str, ...]:
    late = {"type": "text", "text": "🔴 LATE, was due "}
    pieces = (late, due(now - 900)) if place < 2 else (due(now + 900 * place),)
    who = rich({"type": "user", "user_id": MANAGER if place % 2 else LEAD})
    return (f"{place} BW-10{place:02}", "Acme", WAITS[place % 4], rich(*pieces), who)


def queue(now: int) -> list[Wire]:
    head = ("Ticket", "Account", "Waits for", "By", "Who has it")
    for_lead = button("Release", "release") | {"visible_to_user_ids": [LEAD]}
    option = {"text": plain("Take BW-1001"), "value": "take"}
    chosen = {"type": "static_select", "placeholder": plain("Open or take"), "options": [option]}
    people = section("*Communicator*\nCSM One\n*Scribe*\nCSM Two")
    return [
        data_table("The queue", head, *(row(place, now) for place in range(1, 9))),
        folded("Who is here", people, buttons(button("Bring in", "bring")), subtitle=plain("4")),
        container("Next", section("Confirm the scope by 14:17."), has_header_divider=True),
        buttons(chosen, button("Review", "review"), for_lead),
    ]


def call(drill: str, method: str, **arguments: object) -> Wire:
    """Have the app call a method of the local Slack, as if the bot did."""
    token = {"Authorization": "Bearer xoxb-drill"}
    answer: Wire = httpx.post(f"{drill}/api/{method}", json=arguments, headers=token).json()
    assert answer["ok"], answer
    return answer


def posted(page: Page, drill: str) -> Locator:
    """Begin a rehearsal, and have the queue posted before whoever is played."""
    hands.start(page, "Duplicate payment")
    hands.become(page, "CS Manager One")
    hands.open_channel(page, "technical-support")
    now = int(page.evaluate("Date.now() / 1000"))
    call(drill, "chat.postMessage", channel=CHANNEL, text="The queue", blocks=queue(now))
    return page.locator(".mid .scroll .msg", has_text="The queue").last


def warned(page: Page, drill: str) -> Locator:
    """Open a form, and have the app warn in it at every level."""
    page.keyboard.press("/")
    page.keyboard.type("/ticket Wire rejected")
    page.keyboard.press("Enter")
    page.wait_for_selector(".modal")
    views = httpx.get(f"{drill}/drill/state", params={"as": MANAGER}).json()["views"]
    levels = ("warning", "error", "info", "success", "default")
    alerts = [alert(f"*{level}*: Tier 3 tells four people at once.", level) for level in levels]
    view = modal(*alerts, text_input("summary", "Summary"), title="Open a ticket")
    call(drill, "views.update", view_id=views[-1]["id"], view=view)
    return page.locator(".modal .b-alert")


def test_a_table_is_turned_and_a_container_opened_by_keyboard_on_a_phone_too(
    page: Page, drill: str
) -> None:
    axe = Axe(page, axe_source())
    message = posted(page, drill)
    expect(message.locator("caption")).to_have_text("The queue")
    expect(message.locator("tbody tr")).to_have_count(5)
    expect(message.locator("tbody tr").first).to_contain_text("LATE, was due")
    expect(message.get_by_role("button", name="Release")).to_have_count(0)
    message.get_by_role("button", name="Next").focus()
    page.keyboard.press("Enter")
    expect(message.locator(".b-pages")).to_contain_text("6 to 8 of 8")
    expect(message.locator("tbody tr")).to_have_count(3)
    page.keyboard.press("Enter")
    expect(message.locator("tbody tr")).to_have_count(3)

    box = message.get_by_role("button", name="Who is here")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(message.get_by_role("button", name="Bring in")).to_have_count(0)
    box.focus()
    page.keyboard.press("Space")
    expect(message.get_by_role("button", name="Bring in")).to_be_visible()
    expect(message.get_by_label("Open or take")).to_be_visible()
    axe.looks_at("a table and an open container")

    page.set_viewport_size({"width": PHONE_PX, "height": 800})
    rows = message.locator(".b-rows")
    assert rows.evaluate("(one) => one.scrollWidth > one.clientWidth"), "it scrolls by itself"
    page.wait_for_function("(w) => document.documentElement.scrollWidth <= w", arg=PHONE_PX)
    axe.looks_at("a table on a phone")

    alerts = warned(page, drill)
    expect(alerts).to_have_count(5)
    expect(alerts.first).to_contain_text("Warning: ")
    axe.looks_at("alerts in a form")
    page.keyboard.press("Escape")
    page.wait_for_selector(".modal", state="detached")
    page.set_viewport_size({"width": 1366, "height": 768})
    hands.become(page, "Engineering Lead One")
    hands.open_channel(page, "technical-support")
    expect(message.get_by_role("button", name="Release")).to_be_visible()
    assert axe.found == []


def test_a_long_answer_for_one_reader_is_read_from_its_beginning_on_a_phone(
    page: Page, drill: str
) -> None:
    hands.start(page, "Duplicate payment")
    hands.become(page, "CS Manager One")
    hands.open_channel(page, "technical-support")
    page.set_viewport_size({"width": PHONE_PX, "height": 667})
    rows = [section(f"*{place} · BW-10{place:02}* · Acme\nfirst reply") for place in range(1, 21)]
    answer = {"text": "The queue", "blocks": [section("*The queue*"), *rows]}
    call(drill, "chat.postEphemeral", channel=CHANNEL, user=MANAGER, **answer)
    message = page.locator(".mid .scroll .msg.alone")
    expect(message).to_contain_text("BW-1020")
    expect(message.get_by_text("The queue")).to_be_in_viewport()
    expect(message.get_by_text("BW-1020")).not_to_be_in_viewport()
    call(drill, "chat.postMessage", channel=CHANNEL, text="Somebody else's words")
    expect(page.locator(".mid .scroll")).to_contain_text("Somebody else's words")
    expect(message.get_by_text("The queue")).to_be_in_viewport()
