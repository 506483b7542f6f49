"""However an account answers, or does not: nothing is lost, nothing closes by silence. D7, D33."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from protocols.closure.events import (
    AccountConfirmed,
    AnswerSolved,
    AskAgain,
    ClosedUnconfirmed,
    CloseUnconfirmed,
    RateResolution,
    Reopen,
    Resolve,
    TicketReopened,
)
from protocols.closure.state import Closure
from protocols.escalation.events import Escalated, EscalationReason
from protocols.kernel.command import Command
from protocols.kernel.refusals import Refusal
from protocols.ladder.measures import answered_at
from protocols.queue.queued import Turn, queued
from protocols.replies.events import RecordCall, RecordReply
from protocols.status import Status
from protocols.targets.events import Acknowledge
from tests.kit.rules_incident import REF, Incident, policy
from tests.unit.protocols.test_escalation import BIRCH, partner

TOO_OFTEN = "Opened again by the account too often"
OURS: tuple[Command, ...] = (
    Resolve(REF, "The statement was made anew.", "See the statement."),
    Reopen(REF, "I was too early"),
    AskAgain(REF),
    RecordCall(REF, "Nobody picked up."),
    CloseUnconfirmed(REF, "No answer."),
)
THEIRS: tuple[Command, ...] = (
    AnswerSolved(REF, solved=True),
    AnswerSolved(REF, solved=False),
    RateResolution(REF, 4),
    *(
        RecordReply(REF, "Partner Admin One", words, "C1", f"1.{number}", "")
        for number, words in enumerate(("works now", "still broken", "thanks", "Hm."))
    ),
)
STEPS = st.one_of(
    st.sampled_from([("csm-two", one) for one in OURS]),
    st.sampled_from([("cs-manager-one", one) for one in OURS]),
    st.sampled_from([(BIRCH, one) for one in THEIRS]),
    st.integers(1, 5),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(STEPS, min_size=4, max_size=14))
def test_every_answer_counts_and_silence_never_closes(steps: list[object]) -> None:
    incident = partner().by("csm-two", Acknowledge(REF), OURS[0]).delivered()
    met = answered_at(incident.ticket)
    for step in steps:
        _take(incident, step)
        _holds(incident)
        assert answered_at(incident.ticket) == met


def _take(incident: Incident, step: object) -> None:
    if isinstance(step, int):
        incident.until(incident.now + timedelta(days=step)).delivered()
        return
    assert isinstance(step, tuple)
    try:
        incident.at(incident.now + timedelta(minutes=7)).by(*step).delivered()
    except Refusal:
        return  # What the rules refuse changes nothing.


def _holds(incident: Incident) -> None:
    ticket, closure = incident.ticket, incident.ticket.of(Closure)
    again = incident.events(TicketReopened)
    by_account = [event for event in again if event.by_account]
    assert (closure.reopened, closure.reopened_by_account) == (len(again), len(by_account))
    assert not any(event.by_silence and event.by_account for event in again)
    rows = [event.row for event in incident.events(Escalated)]
    rows += [event.row for event in incident.events(EscalationReason)]
    assert (TOO_OFTEN in rows) <= (len(by_account) >= 3)
    if ticket.status is Status.CLOSED:
        ended = [e for e in incident.history if isinstance(e, AccountConfirmed | ClosedUnconfirmed)]
        assert ended
    if ticket.status is not Status.CLOSED:
        assert incident.dues(), "somebody is owed something, or waits, and nothing falls due"
    entry = queued(ticket, policy(), incident.ctx.calendar)
    if entry is not None and entry.turn is Turn.FOLLOW_UP:
        assert closure.awaits_answer
        assert entry.clock is None
