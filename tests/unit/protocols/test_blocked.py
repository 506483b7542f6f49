"""**It blocks my business**, and every word of an account whose ticket has no bridge. D19, D45."""

from __future__ import annotations

from protocols.closure.events import Resolve
from protocols.escalation.events import EscalationReason
from protocols.kernel.effects import Dm
from protocols.kernel.refusals import OldButton
from protocols.replies.events import CustomerWrote, RecordCall, RecordOwnWords, RecordReply
from protocols.rights.refusals import Outside
from protocols.scales import Impact
from protocols.targets.events import (
    Blocked,
    BlockedNamed,
    BlockedUnanswered,
    BusinessBlocked,
    SayBlocked,
    SayWhatIsBlocked,
)
from protocols.targets.state import Blocking
from tests.kit.rules_incident import REF, Incident, customer, instant, who

PRESS = SayBlocked(REF, "Partner Admin One", "C1", "1.1/blocked")
DEAL = SayWhatIsBlocked(REF, "Partner Admin One", Blocked.DEAL)
BIRCH = customer("birch")


def birch() -> Incident:
    return Incident.open(
        by="csm-two", account_key="birch", channel=None, impacts=frozenset(), signal=None
    )


def to(incident: Incident, template: str) -> list[object]:
    return [effect.to for effect in incident.told(template)]


def test_the_press_tells_the_owner_and_the_manager_and_is_their_word() -> None:
    incident = birch().at("14:10").by(BIRCH, PRESS)
    assert to(incident, "business_blocked") == [Dm(who("csm-two"))]
    assert to(incident, "escalation") == [Dm(who("cs-manager-one"))]
    assert [event.text for event in incident.events(CustomerWrote)] == ["It blocks my business."]
    assert incident.due_at("blocked_unanswered") == instant("14:40")


def test_an_unanswered_press_is_late_and_told() -> None:
    incident = birch().at("14:10").by(BIRCH, PRESS).until("14:41")
    assert len(incident.events(BlockedUnanswered)) == 1
    assert to(incident, "blocked_unanswered") == [Dm(who("csm-two")), Dm(who("cs-manager-one"))]


def test_a_press_that_goes_on_unanswered_is_told_again_until_a_person_answers() -> None:
    incident = birch().at("14:10").by(BIRCH, PRESS).until("22:41")
    assert [event.turn for event in incident.events(BlockedUnanswered)] == [1, 2, 3]
    incident.by("csm-two", RecordCall(REF, "It blocks a deal.")).until("14:41", 24)
    assert len(incident.events(BlockedUnanswered)) == 3


def test_a_persons_answer_ends_it() -> None:
    incident = birch().at("14:10").by(BIRCH, PRESS).at("14:20")
    incident.by("csm-two", RecordCall(REF, "It blocks a deal.")).until("15:00")
    assert incident.events(BlockedUnanswered) == []


def test_a_second_press_changes_nothing_while_the_answer_is_owed() -> None:
    incident = birch().at("14:10").by(BIRCH, PRESS).at("14:20").by(BIRCH, PRESS)
    assert len(incident.events(BusinessBlocked)) == 1


def test_nobody_else_says_it() -> None:
    assert isinstance(birch().refused(customer("acme"), PRESS), Outside)
    assert isinstance(birch().refused("csm-two", PRESS), Outside)


def test_a_plain_answer_in_their_thread_ends_it_and_one_of_before_does_not() -> None:
    incident = birch().at("14:10").by(BIRCH, PRESS).at("14:20")
    early = RecordOwnWords(REF, "We look at it.", "C1", "3.1", "", written_at=instant("14:09"))
    incident.by("csm-two", early)
    assert incident.ticket.of(Blocking).is_owed
    incident.by("csm-two", RecordOwnWords(REF, "Your access is back.", "C1", "3.2"))
    incident.until("15:00")
    assert incident.events(BlockedUnanswered) == []


def test_what_it_blocks_is_on_record_and_told_to_the_owner_and_to_who_leads_it() -> None:
    incident = birch().at("14:10").by(BIRCH, PRESS).at("14:11").by(BIRCH, DEAL)
    assert incident.ticket.of(Blocking).what is Blocked.DEAL
    assert to(incident, "blocked_named") == [Dm(who("csm-two"))]
    assert to(incident, "escalation_reason") == [Dm(who("cs-manager-one"))]
    (reason,) = incident.events(EscalationReason)
    assert reason.why == "It blocks their business: deal"
    incident.at("14:12").by(BIRCH, DEAL)
    assert len(incident.events(BlockedNamed)) == 1


def test_nobody_says_what_it_blocks_who_has_not_said_that_it_does() -> None:
    assert isinstance(birch().refused(BIRCH, DEAL), OldButton)
    assert isinstance(birch().by(BIRCH, PRESS).refused("csm-two", DEAL), Outside)


def test_the_owner_reads_that_it_blocks_them_and_that_it_is_escalated_in_one_message() -> None:
    incident = birch().at("14:10").by(BIRCH, PRESS)
    assert to(incident, "business_blocked") == [Dm(who("csm-two"))]
    assert to(incident, "escalation_owner") == []


def test_after_a_resolution_it_is_on_record_and_owes_no_answer() -> None:
    incident = birch().by("csm-two", Resolve(REF, "Access is back.", "Sign in."))
    incident.by(BIRCH, PRESS)
    assert incident.events(CustomerWrote)
    assert incident.events(BusinessBlocked) == []


def test_the_accounts_words_reach_who_has_a_ticket_without_a_bridge() -> None:
    incident = Incident.open(impacts=frozenset({Impact.PAYMENTS_BLOCKED}), signal=None)
    incident.by(customer(), RecordReply(REF, "AP Director One", "Third batch now.", "C1", "2.1"))
    assert to(incident, "account_wrote") == [Dm(who("csm-one"))]


def test_in_a_bridge_they_stand_in_the_bridge() -> None:
    incident = Incident.open().by(
        customer(), RecordReply(REF, "AP Director One", "Third batch now.", "C1", "2.1")
    )
    assert to(incident, "account_wrote") == []
