"""**Send to account**: how the time to resolve counts, as words that may leave. words.md 11.6."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from protocols.account.refusals import NoRoute
from protocols.closure.events import Resolve
from protocols.fixed_texts.events import FixedTextSent
from protocols.fixed_texts.refusals import AlreadySent
from protocols.holds.events import HoldKind, PlaceHold
from protocols.kernel.refusals import WrongState
from protocols.ladder.measures import met
from protocols.replies.events import RecordReply
from protocols.rights.refusals import NotYours
from protocols.scales import Severity
from protocols.targets.events import SendClock
from protocols.targets.refusals import NoClockToSend
from protocols.targets.sending import can_be_told, clock_told, latest_told
from protocols.targets.state import NextReply
from protocols.time.targets import Measure
from tests.kit.rules_incident import REF, Incident, customer, instant

SEND = SendClock(REF)
LOW: dict[str, Any] = {"impacts": frozenset(), "signal": None, "severity": Severity.LOW}


def sent(incident: Incident) -> list[str]:
    return [each.key for each in incident.events(FixedTextSent) if each.name == "why"]


def test_the_account_reads_how_its_time_counts_and_no_clock_is_met() -> None:
    incident = Incident.open(**LOW).at("15:00")
    incident.by(customer(), RecordReply(REF, "AP", "By when?", "C0ACME0001", "1.1"))
    incident.by("csm-one", SEND)
    assert sent(incident) == [f"{REF}/why/1"]
    assert [each.template for each in incident.last_effects if "why" in each.key] == ["why_told"]
    assert Measure.REPLY not in met(incident.ticket)
    assert incident.ticket.of(NextReply).asked_at == instant("15:00")


def test_the_figures_are_those_of_the_clock_that_binds() -> None:
    incident = Incident.open(**LOW)
    clock = clock_told(incident.ticket, incident.ctx)
    assert clock is not None
    assert (clock.measure, clock.source) == (Measure.RESOLVE, "S76")


def test_of_two_clocks_by_two_calendars_the_account_reads_the_one_that_is_breached_first() -> None:
    """24 to 48 hours of weekdays from Monday 05:30; a business day begins with the desk."""
    form = {**LOW, "severity": Severity.HIGH}
    incident = Incident.open(at="05:30", **form)
    clock = clock_told(incident.ticket, incident.ctx)
    assert clock is not None
    assert (clock.whose, clock.due_at) == ("Severity High", instant("14:00", 24))
    assert latest_told(incident.ticket, incident.ctx) is None


def test_a_second_press_within_minutes_sends_nothing_and_a_later_one_does() -> None:
    incident = Incident.open(**LOW).by("csm-one", SEND)
    assert isinstance(incident.refused("csm-one", SEND), AlreadySent)
    incident.at(incident.now + timedelta(minutes=5)).by("csm-one", SEND)
    assert sent(incident) == [f"{REF}/why/1", f"{REF}/why/2"]


def test_where_words_need_a_second_person_none_leave_by_one_press() -> None:
    """Source: D15."""
    incident = Incident.open()
    assert not can_be_told(incident.ticket, incident.ctx)
    assert isinstance(incident.refused("csm-one", SEND), NoClockToSend)


def test_under_a_stop_none_leave_by_one_press() -> None:
    incident = Incident.open(**LOW).by(
        "csm-one", PlaceHold(REF, HoldKind.DISCLOSURE, "they wrote so")
    )
    assert isinstance(incident.refused("csm-one", SEND), NoClockToSend)


def test_an_account_without_a_road_is_not_written_to() -> None:
    assert isinstance(Incident.nowhere(**LOW).refused("csm-one", SEND), NoRoute)


def test_once_it_is_resolved_no_time_to_resolve_is_told() -> None:
    incident = Incident.open(**LOW).by(
        "csm-one", Resolve(REF, "The list was sent.", "Look at your list.")
    )
    assert isinstance(incident.refused("csm-one", SEND), WrongState)


def test_only_who_is_on_the_ticket_sends_it() -> None:
    assert isinstance(Incident.open(**LOW).refused("finance-one", SEND), NotYours)
