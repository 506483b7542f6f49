"""A complaint and a dispute of the contract: a person says it, Legal has it, words wait. D45."""

from __future__ import annotations

import pytest

from protocols.escalation.events import Escalated, EscalationReason
from protocols.flags.events import ClearFlag, Flag, FlagAsked, FlagSet, SetFlag, TakeFlag
from protocols.flags.refusals import FlaggedAlready, NotFlagged
from protocols.flags.state import Flags
from protocols.kernel.effects import Dm
from protocols.kernel.refusals import AlreadyDone, NotAllowed, ReasonNeeded
from protocols.policy.escalation import ROWS, Trigger
from protocols.rights.refusals import Outside
from protocols.targets.events import Acknowledge
from protocols.updates.events import DraftKind, DraftState, DraftText
from protocols.updates.second_person import SecondReason, reasons
from protocols.updates.state import Updates
from tests.kit.rules_incident import REF, Incident, customer, instant, who
from tests.unit.protocols.test_escalation import partner, to, why

BY_THEM = "They write that they complain formally."
COMPLAINT = SetFlag(REF, Flag.COMPLAINT, BY_THEM)
DISPUTE = SetFlag(REF, Flag.CONTRACT_DISPUTE, "They dispute clause 4.")
ANSWER = DraftText(REF, DraftKind.ANSWER, (("answer", "The statement is made anew today."),))


def taken() -> Incident:
    """Return a partner's ticket of Tier 1 that CSM Two has."""
    return partner().by("csm-two", Acknowledge(REF))


def alone(incident: Incident) -> bool:
    """Say whether an answer of whoever has the ticket leaves on their word."""
    draft = incident.by("csm-two", ANSWER).ticket.of(Updates).drafts[-1]
    return draft.state is DraftState.RELEASED


def test_before_anybody_says_so_an_answer_leaves_on_its_writers_word() -> None:
    assert alone(taken())


@pytest.mark.parametrize(
    ("said", "reason"),
    [(COMPLAINT, SecondReason.COMPLAINT), (DISPUTE, SecondReason.CONTRACT)],
)
def test_from_then_on_every_word_needs_a_second_person(said: SetFlag, reason: SecondReason) -> None:
    incident = taken().by("csm-one", said)
    assert not alone(incident)
    assert reasons(incident.ticket, DraftKind.ANSWER, "words", incident.ctx)[-1:] == (reason,)


def test_a_complaint_goes_to_legal_and_no_clock_of_the_law_begins() -> None:
    before = {point.kind for point in taken().dues()}
    incident = taken().by("csm-one", COMPLAINT)
    assert to(incident, "flag_ask") == [Dm(who("legal-one"))]
    assert to(incident, "flag_told") == [Dm(who("csm-two"))]
    assert {point.kind for point in incident.dues()} - before == {"flag_untaken"}


def test_until_somebody_has_it_the_next_is_asked_and_the_last_reminded() -> None:
    incident = taken().by("csm-one", COMPLAINT)
    incident.until("15:02")
    asked = incident.events(FlagAsked)[0]
    assert asked.reminded == (who("legal-one"),)
    assert asked.person not in (None, who("legal-one"))
    assert isinstance(incident.refused("engineer-one", TakeFlag(REF, Flag.COMPLAINT)), NotAllowed)
    incident.by("legal-one", TakeFlag(REF, Flag.COMPLAINT))
    assert not any(point.kind == "flag_untaken" for point in incident.dues())
    again = incident.refused("cs-manager-one", TakeFlag(REF, Flag.COMPLAINT))
    assert isinstance(again, AlreadyDone)


def test_with_nobody_left_all_are_reminded_again_each_business_day() -> None:
    incident = taken().by("csm-one", COMPLAINT).until("21:00")
    last = incident.events(FlagAsked)[-1]
    assert last.person is None
    assert who("legal-one") in last.reminded
    assert incident.due_at("flag_untaken") > instant("14:00", 24)


def test_a_dispute_of_the_contract_is_escalated_to_legal_and_finance_at_once() -> None:
    incident = taken().by("csm-one", DISPUTE)
    assert why(incident) == ["Dispute of the contract"]
    (escalated,) = incident.events(Escalated)
    assert escalated.to == (who("legal-one"), who("finance-one"), who("cs-manager-one"))
    assert to(incident, "flag_ask") == []
    assert incident.told("escalated_desk") == []


def test_a_ticket_that_is_escalated_already_has_one_more_reason() -> None:
    incident = taken().by("csm-one", DISPUTE).by("csm-one", COMPLAINT)
    assert [event.why for event in incident.events(EscalationReason)] == []
    assert to(incident, "flag_ask") == [Dm(who("legal-one"))]


def test_in_a_bridge_a_dispute_asks_legal_and_finance_itself() -> None:
    incident = Incident.open().by("csm-one", DISPUTE)
    assert incident.events(Escalated) == []
    assert to(incident, "flag_ask") == [Dm(who("legal-one")), Dm(who("finance-one"))]


def test_only_a_colleague_says_it_once_and_with_a_reason() -> None:
    incident = taken()
    assert isinstance(incident.refused(customer("birch"), COMPLAINT), Outside)
    assert isinstance(incident.refused("csm-one", SetFlag(REF, Flag.COMPLAINT, " ")), ReasonNeeded)
    incident.by("csm-one", COMPLAINT)
    assert isinstance(incident.refused("csm-two", COMPLAINT), FlaggedAlready)
    assert incident.events(FlagSet)[0].reason == BY_THEM


def test_only_legal_says_that_it_is_none_after_all_and_words_leave_again() -> None:
    none = ClearFlag(REF, Flag.COMPLAINT, "They asked for a form.")
    incident = taken()
    assert isinstance(incident.refused("legal-one", none), NotFlagged)
    incident.by("csm-one", COMPLAINT)
    assert isinstance(incident.refused("csm-two", none), NotAllowed)
    incident.by("legal-one", none)
    assert incident.ticket.of(Flags).flagged == ()
    assert alone(incident)


def test_the_row_of_a_dispute_is_one_of_the_policys_own() -> None:
    (row,) = (row for row in ROWS if row.when is Trigger.DISPUTED)
    assert (row.to, row.tells_account) == (("legal", "finance"), False)
