"""A support window: a named person from then to then, told, routed, ranked, and over. S31."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.engine.calendars import calendar_of
from protocols.checklist.events import SettleActions, WindowBegan, WindowEnded, WindowGiven
from protocols.checklist.items import undone
from protocols.checklist.refusals import NotAWindow, NothingSettled
from protocols.checklist.state import Checklist
from protocols.fixed_texts.events import FixedTextSent
from protocols.kernel.effects import StaffMail
from protocols.people.people import Who
from protocols.people.refusals import PersonUnknown
from protocols.queue.queued import Queued, queued
from protocols.replies.events import RecordReply
from protocols.rights.rules import is_on
from protocols.scales import Signal
from protocols.targets.people import have_it
from tests.kit.rules_incident import REF, Incident, customer, instant, policy, who


def audit() -> Incident:
    return Incident.open(impacts=frozenset(), signal=Signal.AUDIT_REQUEST)


def window(person: str = "support-one", start: str = "16:00", end: str = "18:00") -> SettleActions:
    named = Who(person, who(person).name)
    times = {"window_from": instant(start), "window_to": instant(end)}
    return SettleActions(REF, window_person=named, **times)  # type: ignore[arg-type]


def given() -> Incident:
    return audit().by("csm-one", window())


def in_queue(incident: Incident) -> Queued:
    calendar = calendar_of(policy().calendar, incident.now.date())
    found = queued(incident.ticket, policy(), calendar)
    assert found is not None
    return found


def heads(incident: Incident) -> list[str]:
    return [each.key for each in have_it(incident.ticket, incident.ctx)]


def test_a_named_person_has_it_and_the_action_is_done() -> None:
    incident = given()
    [event] = incident.events(WindowGiven)
    assert (event.person.key, event.from_at, event.to_at) == (
        "support-one",
        instant("16:00"),
        instant("18:00"),
    )
    assert "window" not in [rule.name for rule in undone(incident.ticket, policy())]
    assert is_on(incident.ticket, "support-one", incident.ctx)


def test_they_are_told_with_a_calendar_file_by_mail() -> None:
    told = given().told("window_given")
    assert [effect.key for effect in told] == [
        f"{REF}/window/1/support-one",
        f"{REF}/window/1/mail",
    ]
    assert told[1].to == StaffMail(who("support-one"))
    assert told[1].arguments["calendar"] == {
        "uid": f"{REF}-support-window",
        "sequence": 1,
        "from": instant("16:00").isoformat(),
        "to": instant("18:00").isoformat(),
    }


def test_the_account_is_told_by_a_fixed_text_and_not_where_nothing_reaches_it() -> None:
    [sent] = [e for e in given().events(FixedTextSent) if e.name == "support_window"]
    assert (sent.key, sent.until_at) == (f"{REF}/support-window/1", instant("18:00"))
    nowhere = Incident.nowhere(impacts=frozenset(), signal=Signal.AUDIT_REQUEST)
    nowhere.by("csm-one", window())
    assert [e for e in nowhere.events(FixedTextSent) if e.name == "support_window"] == []


def test_while_it_runs_its_person_hears_what_comes_and_the_ticket_goes_first() -> None:
    incident = given().until("15:59")
    assert heads(incident) == ["csm-one"]
    assert in_queue(incident).is_behind
    incident.until("16:00")
    assert heads(incident) == ["support-one", "csm-one"]
    assert not in_queue(incident).is_behind
    [begins] = incident.told("window_begins")
    assert begins.key == f"{REF}/window-begins/1/support-one"
    words = RecordReply(REF, "AP Director One", "Where is the ledger?", "C0ACME0001", "1.1")
    before = len(incident.effects)
    incident.by(customer(), words)
    told = [effect.key for effect in incident.effects[before:]]
    assert any("support-one" in key for key in told)


def test_it_is_over_at_its_end() -> None:
    incident = given().until("18:00")
    assert heads(incident) == ["csm-one"]
    assert in_queue(incident).is_behind
    assert len(incident.events(WindowBegan)) == len(incident.events(WindowEnded)) == 1
    assert not is_on(incident.ticket, "support-one", incident.ctx)


def test_another_takes_its_place_and_who_had_it_is_told() -> None:
    incident = given().by("csm-one", window("support-two", "17:00", "19:00"))
    held = incident.ticket.of(Checklist).window
    assert held is not None
    assert (held.number, held.person.key) == (2, "support-two")
    [over] = incident.told("window_over")
    assert over.key == f"{REF}/window-over/2/support-one"
    incident.until("16:30")
    assert heads(incident) == ["csm-one"]


@pytest.mark.parametrize(
    ("start", "end"), [("16:00", "16:00"), ("18:00", "16:00"), ("12:00", "13:00")]
)
def test_its_times_lie_ahead_one_after_the_other(start: str, end: str) -> None:
    assert isinstance(audit().refused("csm-one", window(start=start, end=end)), NotAWindow)


def test_it_is_whole_and_its_person_is_one_of_us() -> None:
    half = SettleActions(REF, window_from=instant("16:00"))
    assert isinstance(audit().refused("csm-one", half), NotAWindow)
    assert isinstance(audit().refused("csm-one", window("nobody-here")), PersonUnknown)


def test_the_same_window_again_says_nothing_new() -> None:
    assert isinstance(given().refused("csm-one", window()), NothingSettled)


def test_a_window_that_has_begun_already_begins_at_once() -> None:
    incident = audit().at("16:30").by("csm-one", window())
    start: datetime = incident.due_at("window_begins")
    assert start == instant("16:00")
    incident.until("16:30")
    assert heads(incident) == ["support-one", "csm-one"]
