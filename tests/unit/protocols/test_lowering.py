"""A lower tier from 3 or 4: asked by a CS manager, agreed to by Legal or Security. Source: D12."""

from __future__ import annotations

from dataclasses import replace

import pytest

from protocols.bridge.events import NoteJoined
from protocols.closure.events import Resolve
from protocols.kernel.effects import Dm
from protocols.kernel.refusals import NotAllowed, OldButton
from protocols.rights.refusals import Outside
from protocols.rights.state import Known
from protocols.scales import Tier
from protocols.tiers.events import AnswerLowering, ChangeTier, TierChanged
from protocols.tiers.refusals import CannotLower, JudgeIsAsker, LoweringWaits
from protocols.tiers.state import LoweringState, Tiers
from tests.kit.rules_incident import EMPTY, REF, Incident, actor, customer, who

LOWER = ChangeTier(REF, Tier.ELEVATED, "it was one payment")
LOWEST = ChangeTier(REF, Tier.ROUTINE, "a question only")
RAISE = ChangeTier(REF, Tier.SYSTEMIC, "nine accounts")
YES, NO = AnswerLowering(REF, 1, agree=True), AnswerLowering(REF, 1, agree=False)
MANAGER = "cs-manager-one"


def asked() -> Incident:
    """Return a Tier 3 whose CS manager asked for Tier 2 at 14:10."""
    incident = Incident.open().delivered().by("csm-one", NoteJoined(REF, who("legal-one")))
    return incident.at("14:10").by(MANAGER, LOWER)


def last_to(incident: Incident, person: str, template: str) -> int:
    return sum(e.to == Dm(who(person)) and e.template == template for e in incident.last_effects)


def test_legals_presence_in_the_bridge_lowers_nothing() -> None:
    incident = asked()
    assert incident.ticket.tier is Tier.CRITICAL
    assert not incident.events(TierChanged)
    assert incident.owed()


def test_legal_and_security_on_duty_are_asked_each_by_direct_message() -> None:
    asks = [e.to for e in asked().told("lowering_ask")]
    assert asks == [Dm(who("legal-one")), Dm(who("security-one"))]


def test_to_be_asked_puts_nobody_on_the_ticket() -> None:
    assert not asked().ticket.of(Known).knows("security-one")


@pytest.mark.parametrize("judge", ["legal-one", "security-one"])
def test_on_the_agreement_of_one_of_them_the_tier_is_lowered(judge: str) -> None:
    incident = asked().at("14:12").by(judge, YES)
    assert incident.ticket.tier is Tier.ELEVATED
    (change,) = incident.events(TierChanged)
    assert (change.by, change.agreed_by) == (who(MANAGER), who(judge))
    assert last_to(incident, MANAGER, "lowering_answer") == 1
    edited = [e for e in incident.last_effects if e.template == "lowering_ask"]
    assert [e.to for e in edited] == [Dm(who("legal-one")), Dm(who("security-one"))]


def test_the_bridge_reads_that_the_tier_was_lowered_also_below_3_and_its_topic_says_so() -> None:
    told = [e.template for e in asked().at("14:12").by("legal-one", YES).last_effects]
    assert told.count("tier_line") == 1
    assert told.count("topic") == 1


def test_a_bridge_that_stands_reads_that_the_tier_is_raised_again() -> None:
    incident = asked().at("14:12").by("legal-one", YES)
    incident.at("14:13").by("csm-one", ChangeTier(REF, Tier.CRITICAL, "more of them"))
    assert [e.template for e in incident.last_effects].count("tier_line") == 1


def test_a_no_leaves_the_tier_and_is_told_to_the_one_who_asked() -> None:
    incident = asked().by("legal-one", NO)
    assert incident.ticket.tier is Tier.CRITICAL
    assert incident.ticket.of(Tiers).lowerings[0].state is LoweringState.DECLINED
    assert last_to(incident, MANAGER, "lowering_answer") == 1


def test_no_answer_in_time_leaves_the_tier_and_is_told_to_the_one_who_asked() -> None:
    incident = asked().until("14:39")
    assert incident.ticket.of(Tiers).waiting_lowering is not None
    incident.until("14:41")
    assert incident.ticket.of(Tiers).lowerings[0].state is LoweringState.LAPSED
    assert [e.to for e in incident.told("lowering_answer")] == [Dm(who(MANAGER))]
    assert isinstance(incident.refused("legal-one", YES), OldButton)
    assert incident.ticket.tier is Tier.CRITICAL


@pytest.mark.parametrize("person", ["csm-one", "compliance-one", "sponsor-one"])
def test_nobody_else_agrees(person: str) -> None:
    assert isinstance(asked().refused(person, YES), NotAllowed)
    assert isinstance(asked().refused(person, NO), NotAllowed)


def test_nobody_outside_agrees() -> None:
    assert isinstance(asked().refused(customer(), YES), Outside)


def test_whoever_asked_does_not_agree_as_well() -> None:
    both = actor(MANAGER)
    two = type(both)(both.who, both.standing, both.duties | {"legal"})
    assert isinstance(asked().refused(two, YES), JudgeIsAsker)


def test_whoever_asked_does_not_agree_by_another_account_of_theirs_either() -> None:
    incident = asked()
    both = frozenset({MANAGER, "legal-one"})
    incident.ctx = replace(incident.ctx, linked_keys=dict.fromkeys(both, both))
    assert isinstance(incident.refused("legal-one", YES), JudgeIsAsker)


@pytest.mark.parametrize("person", ["csm-one", "engineering-lead-one", "legal-one"])
def test_only_a_cs_manager_asks(person: str) -> None:
    incident = Incident.open().by("csm-one", NoteJoined(REF, who("legal-one")))
    incident.by("csm-one", NoteJoined(REF, who("engineering-lead-one")))
    assert isinstance(incident.refused(person, LOWER), CannotLower)


def test_with_nobody_of_legal_or_security_on_duty_the_tier_stays() -> None:
    gone = frozenset({"legal-one", "security-one"})
    refusal = Incident.open(unreachable=gone).refused(MANAGER, LOWER)
    assert isinstance(refusal, CannotLower)
    assert refusal.facts["what"] == "nobody_to_agree"


def test_the_same_is_asked_once() -> None:
    assert isinstance(asked().refused(MANAGER, LOWER), LoweringWaits)


def test_another_wish_replaces_the_first_whose_buttons_are_old() -> None:
    incident = asked().by(MANAGER, LOWEST)
    assert incident.ticket.of(Tiers).lowerings[0].state is LoweringState.WITHDRAWN
    assert isinstance(incident.refused("legal-one", YES), OldButton)
    incident.by("legal-one", AnswerLowering(REF, 2, agree=True))
    assert incident.ticket.tier is Tier.ROUTINE


def test_a_raise_withdraws_the_question_and_says_so() -> None:
    incident = asked().by("csm-one", RAISE)
    lowering = incident.ticket.of(Tiers).lowerings[0]
    assert (lowering.state, lowering.why) == (LoweringState.WITHDRAWN, "the ticket is Tier 4 now")
    assert last_to(incident, MANAGER, "lowering_answer") == 1
    assert isinstance(incident.refused("legal-one", YES), OldButton)


def test_a_resolved_ticket_asks_for_no_lower_tier() -> None:
    incident = asked().by("csm-one", Resolve(REF, "It was returned.", "Look at your balance."))
    assert incident.ticket.of(Tiers).waiting_lowering is None


def test_without_a_directory_any_member_lowers() -> None:
    member = actor("csm-one")
    incident = Incident.open(directory=EMPTY, by=member, account_key=None)
    incident.by(member, LOWER)
    assert incident.ticket.tier is Tier.ELEVATED
