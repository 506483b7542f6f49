"""Cedar's deal comes from another system, and stands on Cedar's ticket: inside alone. S67, S69."""

from __future__ import annotations

import json

import httpx

from bot.clock import MachineClock
from tests.journeys.test_triage import CEDAR, FINANCE, below, card, desk, opened
from tests.kit.journey import Journey
from tests.kit.signing import signed_by_another

__all__ = ["desk"]
MARKER = "zebra-4711"
DEAL = {
    "account": "cedar",
    "type": "deal_registration",
    "id": f"DR-{MARKER}",
    "address": f"https://crm.vendor.example/{MARKER}",
    "as_of": "2025-11-20",
    "fields": {"Stage": f"Approved {MARKER}"},
}


def posted(played: Journey, **change: object) -> dict[str, int]:
    """Have another system say what it knows of the deal."""
    body = json.dumps({"records": [{**DEAL, **change}]}).encode()
    headers = signed_by_another(body, MachineClock().now().timestamp())
    answer = httpx.post(f"{played.bot.url}/records", content=body, headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, int] = answer.json()
    return found


def test_a_deal_is_chosen_for_a_ticket_and_what_it_says_is_not_asked_and_never_leaves(
    desk: Journey,
) -> None:
    opened(desk)
    desk.hears(CEDAR, "BW-1001")
    assert posted(desk)["new"] == 1
    desk.types("finance-one", "/ticket", "record BW-1001", None)
    form = desk.person("finance-one").view
    form.choose("record", f"Deal registration DR-{MARKER} · 20 Nov 2025 · Approved {MARKER}")
    desk.submits("finance-one")
    desk.settle()
    named = f"About: Deal registration DR-{MARKER} (as of 20 Nov 2025)"
    desk.sees(lambda: named in card(desk) or None, "the record on the card")
    said = desk.types("csm-two", "/ticket", "show BW-1001", None)
    assert f"Stage: Approved {MARKER}" in said
    assert posted(desk, as_of="2025-11-21", fields={"Stage": f"Won {MARKER}"})["changed"] == 1
    renewed = f"About: Deal registration DR-{MARKER} (as of 21 Nov 2025)"
    desk.sees(lambda: renewed in card(desk) or None, "the record as it is said now")
    changed = f"Won {MARKER} (before: Approved {MARKER})"
    desk.sees(lambda: below(desk, changed) or None, "what changed, below the card")
    said = desk.types("csm-two", "/ticket", "show BW-1001", None)
    assert f"as of 21 Nov 2025: Stage: Won {MARKER}" in said
    desk.press("finance-one", "Take", FINANCE)
    asking = desk.opens("finance-one", "Ask for details", FINANCE)
    assert f"Stage: Won {MARKER}" in asking.words
    asking.choose("questions", "Which deal do you miss?")
    desk.submits("finance-one")
    desk.hears(CEDAR, "Finance One has your ticket", "Which deal do you miss?")
    done = "We added the missing deals to your October statement."
    desk.form(
        "finance-one",
        "Resolve",
        FINANCE,
        done=done,
        how_to_check="See the October statement.",
        cause="Deal missing on the statement",
    )
    desk.hears(CEDAR, done)
    assert not [heard for _key, heard in desk.outside() if MARKER in heard.words]
