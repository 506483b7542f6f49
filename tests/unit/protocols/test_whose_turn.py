"""Whose turn an open ticket is: ours, unless the account owes us an answer. S65, S84, D33."""

from __future__ import annotations

from typing import Any

from protocols.closure.events import Resolve
from protocols.deliveries.events import TakeDelivery
from protocols.people.people import ENGINE
from protocols.queue.queued import Queued, Turn, queued
from protocols.replies.events import RecordCall, RecordReply
from protocols.scales import Severity
from protocols.targets.events import Acknowledge
from protocols.time.targets import Measure
from protocols.updates.events import DraftKind, DraftText
from templates.queue.words import reasons
from tests.kit.rules_incident import REF, Incident, customer

LOW: dict[str, Any] = {"impacts": frozenset(), "signal": None, "severity": Severity.LOW}
CHANNEL = "C0ACME0001"


def stands(incident: Incident) -> Queued:
    found = queued(incident.ticket, incident.ctx.policy, incident.ctx.calendar)
    assert found is not None
    return found


def arrived(incident: Incident) -> Incident:
    for key in [each.key for each in incident.last_effects if each.reports]:
        incident.by(ENGINE, TakeDelivery(REF, key, incident.now, CHANNEL, "acme-support", "1.5"))
    return incident


def opened_again() -> Incident:
    """Return a ticket that the account opened again, and that was answered since."""
    incident = arrived(Incident.open(**LOW)).at("14:30").by("csm-one", Acknowledge(REF))
    done = Resolve(REF, "The export of 3 Nov was made anew.", "Open the export of 3 Nov.")
    arrived(incident.at("15:00").by("csm-one", done))
    still = RecordReply(REF, "AP", "It is still broken, row 10 is missing.", CHANNEL, "1.6")
    incident.at("16:00").by(customer(), still)
    answer = (("answer", "We look at row 10 now."),)
    return arrived(incident.at("16:20").by("csm-one", DraftText(REF, DraftKind.ANSWER, answer)))


def test_what_the_account_opened_again_is_ours_also_while_no_clock_runs() -> None:
    entry = stands(opened_again())
    assert entry.clock is None
    assert entry.turn is Turn.OURS


def test_while_the_account_owes_an_answer_it_is_theirs() -> None:
    incident = arrived(Incident.open(**LOW)).at("14:30").by("csm-one", Acknowledge(REF))
    asked = DraftText(REF, DraftKind.DETAILS, (("questions", "Which row?"),))
    entry = stands(arrived(incident.by("csm-one", asked)))
    assert (entry.turn, entry.waits_since) == (Turn.THEIRS, incident.now)
    answered = RecordReply(REF, "AP", "Row 10.", CHANNEL, "1.6")
    assert stands(incident.at("15:00").by(customer(), answered)).turn is Turn.OURS


def resolved() -> Incident:
    incident = arrived(Incident.open(**LOW)).at("14:30").by("csm-one", Acknowledge(REF))
    done = Resolve(REF, "The export of 3 Nov was made anew.", "Open the export of 3 Nov.")
    return arrived(incident.at("15:00").by("csm-one", done))


def test_what_they_ask_once_it_is_resolved_is_ours_until_it_is_answered() -> None:
    """Source: M17."""
    incident = resolved()
    assert stands(incident).turn is Turn.SOLVED
    asks = RecordReply(REF, "AP", "Where do I find the export of 3 Nov?", CHANNEL, "1.6")
    entry = stands(incident.at("15:10").by(customer(), asks))
    assert entry.turn is Turn.OURS
    assert entry.clock is not None
    assert entry.clock.measure is Measure.NEXT_REPLY
    assert "They wrote after it was resolved" in reasons(entry, incident.now)
    called = incident.by("csm-one", RecordCall(REF, "AP Director One: told where it is"))
    assert stands(called).turn is Turn.SOLVED


def test_an_owner_who_has_not_taken_it_is_told_from_one_who_has() -> None:
    """Source: S65."""
    incident = arrived(Incident.open(**LOW))
    assert (stands(incident).owner, stands(incident).is_taken) == ("csm-one", False)
    assert stands(incident.by("csm-one", Acknowledge(REF))).is_taken
