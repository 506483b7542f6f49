"""An account of Tier 2 is asked, keeps silent, is reminded, answers; and is answered by a form."""

from __future__ import annotations

import pytest

from protocols.details.state import Details
from protocols.updates.state import Updates
from tests.journeys.test_low_tiers import is_told, tier_2
from tests.kit.journey import SHARED, Journey

NONE = None
ASK: dict[str, object] = {"questions": "Which batch was it?\nWho saw it first?"}


def writes(desk: Journey, words: str) -> None:
    """Have the account write in the thread of its ticket."""
    customer = desk.person("ap-director-one")
    parent = desk.sees(lambda: customer.sees(SHARED, "We have your ticket"), "the receipt")
    customer.say(SHARED, words, thread=parent.ts)
    desk.settle()


def types_form(desk: Journey, text: str) -> None:
    """Type a command that opens a form, and wait for the form."""
    before = desk.view_id("csm-one")
    desk.types("csm-one", "/ticket", text, NONE)
    desk.sees(lambda: desk.view_id("csm-one") not in ("", before), "the form")


def test_an_account_is_asked_keeps_silent_is_reminded_and_answers(desk: Journey) -> None:
    tier_2(desk)
    types_form(desk, "ask BW-1001")
    desk.person("csm-one").view.fill(ASK)
    desk.submits("csm-one")
    [asked] = desk.hears(SHARED, "We need from you")
    assert "1. Which batch was it?\n2. Who saw it first?" in asked
    assert desk.ticket.of(Details).waits
    assert "waiting for the account" in desk.types("csm-one", "/ticket", "why BW-1001", NONE)
    writes(desk, "Thanks!")
    assert desk.ticket.of(Details).waits
    desk.minute(5 * 60)
    assert is_told(desk, "csm-one", "Call them")
    desk.minute(25 * 60)
    [reminded] = desk.hears(SHARED, "We still need from you")
    assert "1. Which batch was it?" in reminded
    writes(desk, "Batch 14. Our clerk saw it.")
    assert not desk.ticket.of(Details).waits
    assert is_told(desk, "csm-one", "Batch 14. Our clerk saw it.")


@pytest.mark.slow
def test_an_account_that_never_answers_is_its_owners_again(desk: Journey) -> None:
    tier_2(desk)
    types_form(desk, "ask BW-1001")
    desk.person("csm-one").view.fill(ASK)
    desk.submits("csm-one")
    desk.minute(9 * 24 * 60)
    again = "We still need from you"
    desk.hears(SHARED, "We need from you", again, again)
    assert is_told(desk, "csm-one", "It is yours to say how it goes on")
    desk.form("csm-one", "Go on without it", NONE, reason="Found in the records.")
    assert not desk.ticket.of(Details).waits


def test_an_answer_leaves_on_its_writers_word_and_meets_the_clock(desk: Journey) -> None:
    tier_2(desk)
    types_form(desk, "answer BW-1001")
    form = desk.person("csm-one").view
    form.fill({"answer": "Your run starts again now; nothing is lost."})
    form.press("Preview")
    desk.settle()
    desk.sees(lambda: "Your run starts again now" in form.words, "the preview")
    desk.submits("csm-one")
    desk.hears(SHARED, "Your run starts again now; nothing is lost.")
    why = desk.types("csm-one", "/ticket", "why BW-1001", NONE)
    assert "Acknowledged by a person" in why
    assert "done" in why


def test_an_amount_with_refund_is_read_by_a_second_person_first(desk: Journey) -> None:
    tier_2(desk)
    types_form(desk, "answer BW-1001")
    desk.person("csm-one").view.fill({"answer": "We refund you $1,200 this week."})
    desk.submits("csm-one")
    assert not desk.ticket.of(Updates).drafts[0].alone
    desk.press("cs-manager-one", "Release", NONE)
    desk.hears(SHARED, "We refund you $1,200 this week.")
