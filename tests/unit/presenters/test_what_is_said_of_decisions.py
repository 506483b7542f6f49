"""What card, brief, timeline and certificate say of a decision, from the question to its end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from protocols.closure.events import Resolve
from protocols.decisions.events import AskDecision, Decide
from protocols.deliveries.events import BuryDelivery
from protocols.executives.events import AskQuestion, MarkSeen
from protocols.people.people import ENGINE
from protocols.scales import Tier
from protocols.tiers.events import ChangeTier
from templates.kit import render
from templates.ticket.certificate import certificate_facts
from templates.timeline.facts import timeline_facts
from tests.unit.presenters import journey
from tests.unit.presenters.walking import LINKS, REFERENCE, Walk, at
from tests.unit.templates import prose

SPONSOR, MANAGER = "sponsor-one", "cs-manager-one"
QUESTION = "Stop all runs of today?"


def asked() -> Walk:
    """The CS manager asks at 14:35, by 15:30."""
    walk = journey.twenty_minutes_in()
    question = AskDecision(
        REFERENCE, QUESTION, ("Stop them", "Go on"), at("15:30"), "we go on as now."
    )
    walk.by(MANAGER, question, "14:35")
    return walk


def decided() -> Walk:
    """The sponsor decides at 14:50."""
    walk = asked()
    walk.by(SPONSOR, Decide(REFERENCE, 1, 1), "14:50")
    return walk


def lapsed() -> Walk:
    """Nobody answers until 15:30."""
    walk = asked()
    walk.run_until(at("15:30:30"))
    return walk


def withdrawn() -> Walk:
    """The ticket is resolved at 14:45."""
    walk = asked()
    done = Resolve(REFERENCE, "The second copies were returned.", "See the statement.")
    walk.by("csm-one", done, "14:45")
    return walk


def card(walk: Walk) -> str:
    made = walk.card()
    return prose.message(made.text, made.blocks)


def brief(walk: Walk) -> str:
    """Return the newest words of the executive's brief."""
    sent = (e for e in reversed(walk.sent) if e.template in ("brief_t3", "brief_t4"))
    made = next(said for e in sent if isinstance(said := walk.said[e.key], render.Message))
    return prose.message(made.text, made.blocks)


def certificate(walk: Walk) -> str:
    assert walk.ticket is not None
    facts = certificate_facts(walk.ticket, walk.history, walk.ctx, LINKS, intact=True)
    made = render.message("certificate", facts)
    return prose.message(made.text, made.blocks)


def decisions(walk: Walk) -> str:
    assert walk.ticket is not None
    facts = timeline_facts(walk.ticket, walk.history, 1, True, walk.ctx, LINKS)
    made = render.message("timeline", facts)
    return prose.message(made.text, made.blocks)


def test_the_card_says_in_one_line_that_a_decision_is_open() -> None:
    lines = [line for line in card(asked()).splitlines() if "Decision asked" in line]
    assert lines == [
        "  ▶ *Decision asked of Sponsor One,* by <!date^1795447800^{time}|23 Nov 2026 15:30 UTC>"
    ]


@pytest.mark.parametrize(
    ("reach", "said"),
    [(decided, "✅ *Sponsor One decided* "), (lapsed, "➖ *No answer from Sponsor One* by ")],
)
def test_the_card_says_what_holds(reach: Callable[[], Walk], said: str) -> None:
    shown = card(reach())
    assert said in shown
    assert "Decision asked" not in shown


def test_the_brief_says_it_only_while_a_decision_is_asked() -> None:
    assert "A decision is asked of you by" in brief(asked())
    assert "No decision" not in brief(asked())
    for reach in (decided, lapsed, withdrawn):
        assert "No decision is asked of you" in brief(reach())


def test_a_raise_to_tier_4_keeps_the_question_in_the_new_brief() -> None:
    walk = asked()
    raised = ChangeTier(REFERENCE, Tier.SYSTEMIC, "same in 9 accounts")
    walk.by("engineering-lead-one", raised, "14:40")
    assert "BW-1001 is now Tier 4: 1 account. A decision is asked of you by" in brief(walk)
    walk.by(SPONSOR, Decide(REFERENCE, 1, 2), "14:41")
    assert "No decision is asked now." in brief(walk)


@pytest.mark.parametrize(
    ("reach", "said"),
    [
        (journey.opened, "no."),
        (asked, "yes, open until 15:30:00."),
        (decided, "yes, decided 14:50:00: Stop them."),
        (lapsed, "yes, no answer by 15:30:00, so this held: we go on as now."),
        (withdrawn, "yes, withdrawn 14:45:00, because it is resolved."),
    ],
)
def test_the_certificate_says_whether_the_sponsor_was_reached(
    reach: Callable[[], Walk], said: str
) -> None:
    assert f"*Reached the sponsor for a decision:* {said}" in certificate(reach())


def test_an_executives_question_does_not_count_as_reaching_them() -> None:
    walk = journey.opened()
    walk.by(SPONSOR, AskQuestion(REFERENCE, "how long?"))
    assert "*Reached the sponsor for a decision:* no." in certificate(walk)


def test_the_sponsors_step_keeps_the_facts_apart() -> None:
    assert "not seen yet · asked: no" in certificate(journey.opened())
    assert "not seen yet · asked 14:35:00 · decided 14:50:00" in certificate(decided())
    walk = asked()
    walk.by(SPONSOR, MarkSeen(REFERENCE), "14:36")
    assert "seen 14:36:00 · asked 14:35:00 · " in certificate(walk)


def test_the_decisions_of_the_timeline_hold_the_answer_or_what_held_without_one() -> None:
    assert 'Sponsor One decided "Stop them" (asked: "Stop all runs of today?")' in decisions(
        decided()
    )
    held = 'no answer from Sponsor One, so this holds: "we go on as now." (asked: "Stop all'
    assert held in decisions(lapsed())
    assert "Sponsor One" not in decisions(withdrawn())


def test_a_question_that_did_not_arrive_is_said_on_the_card() -> None:
    walk = asked()
    walk.do(ENGINE, BuryDelivery(REFERENCE, "BW-1001/decision/1", "user_not_found"))
    assert "🔴 *NOT delivered inside:* the question to Sponsor One" in card(walk)
    walk.do(ENGINE, BuryDelivery(REFERENCE, "BW-1001/decision/1/mail", "refused"))
    assert "the question to Sponsor One by mail" in card(walk)
