"""A decision asked of an executive: asked, pressed or left to the clock, and on every record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from protocols.decisions.state import Decisions, DecisionState
from tests.kit.journey import BRIDGE, PROCESSOR, SHARED, SPONSOR, Journey

QUESTION = "Stop all runs of today?"
ASKS = "Ask for a decision"
MANAGER, EXECUTIVE = "cs-manager-one", "sponsor-one"


@pytest.fixture
def bridge(desk: Journey) -> Journey:
    """Give a desk whose CS manager is in Acme's bridge."""
    staffed(desk)
    return desk


def staffed(play: Journey) -> None:
    """Open Acme's Tier 3 ticket and bring the CS manager in."""
    play.opened()
    play.acme_was_acknowledged()
    play.press(MANAGER, "Join", None)


def asks(play: Journey, *, minutes: int = 88, typed: bool = False) -> None:
    """Have the CS manager ask, for an answer so many minutes after the opening."""
    if typed:
        play.types(MANAGER, "/bridge", "decision")
        play.sees(lambda: play.view_id(MANAGER) != "", "the form")
    else:
        play.opens(MANAGER, ASKS)
    due_at = play.ticket.opened_at + timedelta(minutes=minutes)
    form = play.person(MANAGER).view
    form.fill({
        "question": QUESTION, "answers": "Stop them\nGo on", "default": "we go on as now",
        "due_at": int(due_at.timestamp()),
    })  # fmt: skip
    assert play.submits(MANAGER).errors == {}


def decision(play: Journey) -> DecisionState:
    """Return what became of the first decision."""
    return play.ticket.of(Decisions).decisions[0].state


def brief(play: Journey) -> str:
    """Return the executive's brief as it reads now."""
    return play.told(EXECUTIVE)[0]


def test_asked_decided_and_on_every_record(desk_in_slack: Journey) -> None:
    play = desk_in_slack
    staffed(play)
    assert "No decision is asked of you" in brief(play)
    play.minute(35)
    asks(play)
    asked = play.told(EXECUTIVE)[-1]
    assert "a decision is asked of you by" in asked
    assert QUESTION in asked
    assert "Asked by CS Manager One. No answer by then: we go on as now." in asked
    [letter] = [mail for mail in play.slack.mails if "A decision is asked" in mail["subject"]]
    assert letter["to"] == [SPONSOR]
    assert "Stop them · Go on" in letter["text"]
    assert "▶ *Decision asked of Sponsor One,* by" in play.card()
    assert "A decision is asked of you by" in brief(play)
    assert "No decision is asked" not in brief(play)
    play.minute(48)
    said = play.answered(EXECUTIVE, lambda: play.press(EXECUTIVE, "Stop them", None))
    assert "CS Manager One has your answer." in said
    assert decision(play) is DecisionState.MADE
    messages = play.told(EXECUTIVE)
    assert "you decided at" in messages[-1]
    assert len(messages) == 2, "the question is edited in place"
    assert not play.person(EXECUTIVE).dm()[-1].buttons
    assert "No decision is asked of you" in brief(play)
    assert [told for told in play.told(MANAGER) if "Sponsor One decided" in told] != []
    assert "✅ *Sponsor One decided*" in play.card()
    shown = play.types(MANAGER, "/bridge", "timeline")
    assert 'Sponsor One decided "Stop them" (asked: "Stop all runs of today?")' in shown
    record = play.types(MANAGER, "/bridge", "certificate")
    assert "*Reached the sponsor for a decision:* yes, decided 14:50" in record
    assert "Stop them" in record
    play.minute(95)
    play.hears(SHARED, "You hear from us by")
    assert decision(play) is DecisionState.MADE
    assert "so this holds" not in " ".join(play.told(MANAGER))


def test_without_an_answer_the_default_holds_from_the_due_time_on(bridge: Journey) -> None:
    asks(bridge, minutes=30, typed=True)
    assert "Go on" in bridge.reads(EXECUTIVE, QUESTION, None).buttons
    bridge.minute(29.9)
    assert decision(bridge) is DecisionState.ASKED
    bridge.minute(30.1)
    assert decision(bridge) is DecisionState.LAPSED
    assert "No answer, so this holds:* we go on as now" in bridge.told(EXECUTIVE)[-1]
    assert not bridge.person(EXECUTIVE).dm()[-1].buttons
    told = [said for said in bridge.told(MANAGER) if "no answer from Sponsor One" in said]
    assert len(told) == 1
    assert "➖ *No answer from Sponsor One* by" in bridge.card()
    assert "No decision is asked of you" in brief(bridge)
    record = bridge.types(MANAGER, "/bridge", "certificate")
    assert "yes, no answer by 14:32" in record
    assert 'no answer from Sponsor One, so this holds: "we go on as now"' in bridge.types(
        MANAGER, "/bridge", "timeline"
    )


def test_only_a_manager_or_the_commander_is_given_the_form(bridge: Journey) -> None:
    said = bridge.answered("csm-one", lambda: bridge.press("csm-one", ASKS))
    assert "This needs a CS manager or the incident commander." in said
    assert "CS Manager One" in said
    assert bridge.ticket.of(Decisions).decisions == ()


def test_a_mistake_in_the_form_is_told_under_its_field(bridge: Journey) -> None:
    form = bridge.opens(MANAGER, ASKS)
    form.fill({"question": QUESTION, "answers": "Stop them", "default": "we go on as now"})
    bridge.submits(MANAGER)
    assert "2 to 4 different answers" in form.errors["Answers, one on each line"]
    due_at = bridge.ticket.opened_at - timedelta(minutes=1)
    form.fill({"answers": "Stop them\nGo on", "due_at": int(due_at.timestamp())})
    bridge.submits(MANAGER)
    assert "must lie in the future" in form.errors["By when"]
    assert bridge.ticket.of(Decisions).decisions == ()


def test_a_resolved_ticket_asks_nothing_any_more(bridge: Journey) -> None:
    asks(bridge)
    bridge.form(
        "csm-one", "Resolve", done="The copies were returned.", how_to_check="Your statement."
    )
    assert decision(bridge) is DecisionState.WITHDRAWN
    messages = bridge.told(EXECUTIVE)
    assert any("no decision is asked of you any more,* because it is resolved" in m
               for m in messages)  # fmt: skip
    assert "resolved" in messages[-1]
    assert "No decision is asked of you" in messages[-1]
    bridge.minute(95)
    assert decision(bridge) is DecisionState.WITHDRAWN
    bridge.hears(SHARED, "We said you would hear from us")
    bridge.hears(PROCESSOR)
    assert BRIDGE in bridge.person(MANAGER).channels
