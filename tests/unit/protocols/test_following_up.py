"""What silence opened again: asked once more, closed by a lead where it is small. Source: D7."""

from __future__ import annotations

from typing import Any

from protocols.closure.events import (
    AnswerSolved,
    AskAgain,
    AskedAgain,
    ClosedUnconfirmed,
    CloseUnconfirmed,
    Resolve,
)
from protocols.closure.following_up import days_tried, is_silent
from protocols.closure.refusals import AskedToday, AsleepNow, AttemptsNeeded, NotSilent
from protocols.closure.state import Closure
from protocols.escalation.events import Escalated
from protocols.kernel.endings import ending_of
from protocols.kernel.refusals import NotAllowed
from protocols.queue.queued import FOLLOW_UP_FROM, Queued, Turn, queued
from protocols.queue.rank import in_order
from protocols.replies.events import RecordCall, RecordReply
from protocols.scales import Severity
from protocols.status import Status
from protocols.targets.events import Acknowledge
from tests.kit.rules_incident import REF, Incident, customer, policy, who
from tests.unit.protocols.test_escalation import BIRCH, partner

RESOLVE = Resolve(REF, "The statement was made anew.", "See the statement.")
ASK = AskAgain(REF)
CLOSE = CloseUnconfirmed(REF, "No answer since Monday.")


def silent(severity: Severity = Severity.LOW, **form: Any) -> Incident:
    """Return a ticket that silence has opened again, on a morning of its account."""
    incident = partner(severity, **form).by("csm-two", Acknowledge(REF), RESOLVE).delivered()
    incident.until("12:00", 30)
    assert is_silent(incident.ticket)
    return incident


def entry(incident: Incident) -> Queued:
    found = queued(incident.ticket, policy(), incident.ctx.calendar)
    assert found is not None
    return found


def test_the_account_is_asked_once_more_on_a_day_and_its_yes_counts() -> None:
    incident = silent().by("csm-two", ASK).delivered()
    assert [effect.key for effect in incident.told("ask_again")] == [f"{REF}/ask-again/1/1"]
    assert isinstance(incident.refused("csm-one", ASK), AskedToday)
    assert ending_of(incident.ticket, "ask-again/1/1", (), incident.ctx) is None
    incident.by(BIRCH, AnswerSolved(REF, solved=True))
    assert incident.status() is Status.CLOSED
    said = ending_of(incident.ticket, "ask-again/1/1", (), incident.ctx)
    assert said is not None
    assert said.word == "solved"


def test_it_is_asked_within_its_own_day() -> None:
    assert isinstance(silent().at("23:30", 30).refused("csm-two", ASK), AsleepNow)


def test_what_nobodys_silence_opened_again_is_not_asked() -> None:
    assert isinstance(partner().refused("csm-two", ASK), NotSilent)


def test_asking_on_two_days_is_two_attempts_and_a_lead_closes_what_is_small() -> None:
    incident = silent().by("csm-two", ASK)
    assert isinstance(incident.refused("cs-manager-one", CLOSE), AttemptsNeeded)
    incident.until("12:00", 1, 12).by("csm-two", ASK)
    assert days_tried(incident.ticket, policy()) == 2
    assert isinstance(incident.refused("csm-two", CLOSE), NotAllowed)
    incident.by("cs-manager-one", CLOSE)
    assert incident.status() is Status.CLOSED
    assert incident.events(ClosedUnconfirmed)[0].attempted_at == tuple(
        event.at for event in incident.events(AskedAgain)
    )


def test_a_call_and_a_question_on_two_days_are_two_attempts() -> None:
    incident = silent().by("csm-two", RecordCall(REF, "Nobody picked up."))
    incident.until("12:00", 1, 12).by("csm-two", ASK)
    assert incident.by("cs-manager-one", CLOSE).status() is Status.CLOSED


def test_resolved_anew_it_begins_from_nothing() -> None:
    incident = silent().by("csm-two", ASK, RESOLVE)
    assert incident.ticket.of(Closure).asked_again == ()


def test_it_stands_behind_all_else_without_a_clock_until_the_account_writes() -> None:
    incident = silent()
    followed = entry(incident)
    assert (followed.turn, followed.clock) == (Turn.FOLLOW_UP, None)
    assert followed.key >= FOLLOW_UP_FROM
    other = entry(partner(Severity.LOW))
    assert other.key < FOLLOW_UP_FROM
    assert in_order((followed, other), incident.now)[-1] is followed
    text = "The March line is still missing."
    incident.by(BIRCH, RecordReply(REF, "Partner Admin One", text, "C1", "1.1", ""))
    assert entry(incident).turn is Turn.OURS


def test_silence_alone_never_escalates_as_a_third_reopening() -> None:
    incident = silent()
    for _ in range(4):
        incident.by("csm-two", RESOLVE).delivered()
        while not is_silent(incident.ticket):
            incident.fall(incident.dues()[0])
    rows = [event.why for event in incident.events(Escalated)]
    assert "Opened again by the account too often" not in rows


def test_only_who_sorts_it_asks_again() -> None:
    incident = silent()
    assert incident.ticket.poc == who("csm-two")
    assert isinstance(incident.refused("engineer-one", ASK), NotAllowed)
    refused = incident.refused(customer("birch"), ASK)
    assert refused.code == "outside"
