"""A small ticket to its end: a complaint on the way, words that are its own, a Yes, a rating."""

from __future__ import annotations

from protocols.account.state import Road
from protocols.flags.state import Flags
from tests.journeys.test_low_tiers import is_told
from tests.kit.journey import SHARED, Journey

ANSWER = "The export stands under Reports, in the menu of each list."


def tier_1(desk: Journey) -> None:
    """Open a Tier 1 that Acme reported, and have it taken."""
    desk.opened(summary="How do I export the list", severity="Low", signal=None)
    desk.hears(SHARED, "We have your ticket")
    desk.press("csm-one", "Acknowledge", None)
    desk.hears(SHARED, "CSM One has your ticket")


def typed(desk: Journey, who: str, text: str, **fields: object) -> None:
    """Open a form by a command, fill it, and submit it."""
    desk.types(who, "/ticket", text, None)
    form = desk.person(who).view
    for name, value in fields.items():
        form.choose(name, value)
    desk.submits(who)


def test_on_a_complaint_legal_has_it_and_no_word_leaves_on_one_persons_say(desk: Journey) -> None:
    tier_1(desk)
    said = "They write that they complain formally."
    typed(desk, "csm-one", "change BW-1001", flags=["A complaint"], reason=said)
    assert is_told(desk, "legal-one", "BW-1001 · Tier 1 · Acme: a complaint")
    desk.press("legal-one", "I have it", None)
    shown = desk.types("csm-one", "/ticket", "show BW-1001", None)
    assert "It is a complaint" in shown
    assert "Legal One has it" in shown
    typed(desk, "csm-one", "answer BW-1001", answer=ANSWER)
    desk.hears(SHARED)
    desk.press("cs-manager-one", "Release", None)
    desk.hears(SHARED, ANSWER)


def test_words_of_a_complaint_ask_who_has_it_and_only_their_press_makes_it_one(
    desk: Journey,
) -> None:
    tier_1(desk)
    thread = desk.ticket.of(Road).thread_ts
    desk.person("ap-director-one").say(SHARED, "This is a formal complaint.", thread=thread)
    desk.settle()
    assert is_told(desk, "csm-one", "is it a complaint?")
    assert not desk.ticket.of(Flags).flagged
    desk.press("csm-one", "Yes, it is", None)
    assert is_told(desk, "legal-one", "BW-1001 · Tier 1 · Acme: a complaint")
    desk.hears(SHARED)


def test_after_its_yes_the_account_rates_it_in_the_same_line(desk: Journey) -> None:
    tier_1(desk)
    cause = "Used otherwise than meant"
    typed(
        desk, "csm-one", "resolve BW-1001", done=ANSWER, how_to_check="Open Reports.", cause=cause
    )
    desk.hears(SHARED, ANSWER)
    desk.press("ap-director-one", "Yes, it is solved", SHARED)
    desk.hears(SHARED, "BW-1001 is closed.")
    desk.press("ap-director-one", "4", SHARED)
    desk.hears(SHARED, "You rated it 4 of 5")
    rated = desk.reads("ap-director-one", "You rated it 4 of 5", SHARED)
    assert rated.buttons == []
    shown = desk.types("csm-one", "/ticket", "show BW-1001", None)
    assert cause in shown
    assert "They rated it" in shown
    assert not [heard for _key, heard in desk.outside() if cause in heard.words]
