"""*We are late* by one press: from the reminder on, once in a row, with the promise it makes."""

from __future__ import annotations

import pytest

from protocols.account.refusals import NoRoute
from protocols.closure.events import Resolve
from protocols.deliveries.events import BuryDelivery
from protocols.fixed_texts.events import SendFixed
from protocols.fixed_texts.refusals import LateSaid, NothingPromised, OnItsWay, TooEarly
from protocols.kernel.refusals import WrongState
from protocols.ladder.events import StepKind
from protocols.promises.events import PromiseLapsed
from protocols.promises.state import Promises
from protocols.rights.refusals import NotYours
from protocols.scales import NoticedBy
from tests.kit.rules_incident import REF, Incident, instant

LATE = SendFixed(REF, "late", sure=True)


def staffed(at: str) -> Incident:
    return Incident.open().staffed().until(at)


@pytest.mark.parametrize("clock", ["14:47", "14:55", "15:01:59"])
def test_it_promises_a_quarter_of_an_hour_from_the_promised_time(clock: str) -> None:
    incident = staffed(clock).by("csm-two", LATE)
    assert len(incident.told("late")) == 1
    assert incident.promised_at() == instant("15:17")
    assert [p.at for p in incident.ticket.of(Promises).promises if p.lapsed] == [instant("15:02")]


def test_after_the_promised_time_it_promises_a_quarter_of_an_hour_from_now() -> None:
    incident = staffed("15:00").at("15:04").by("csm-two", LATE)
    assert incident.promised_at() == instant("15:19")


def test_none_follows_by_itself_and_the_next_time_is_the_managers() -> None:
    incident = staffed("14:55").by("csm-two", LATE).until("15:16:59")
    assert len(incident.told("late")) == 1
    incident.until("15:17")
    assert len(incident.told("late")) == 1
    assert incident.promised_at() is None
    assert "cs-manager-one" in [e.params.get("person") for e in incident.last_effects]


def test_the_first_update_is_late_all_the_same() -> None:
    incident = staffed("14:55").by("csm-two", LATE).until("15:02")
    assert incident.step(StepKind.FIRST_UPDATE).late_told
    assert StepKind.FIRST_UPDATE in incident.owed()


def test_the_bridge_and_the_manager_read_it_and_the_presser_does_not() -> None:
    incident = staffed("14:55").by("csm-two", LATE)
    told = [e for e in incident.last_effects if e.template == "overdue_update"]
    assert {e.params["told_by"] for e in told} == {"csm-two"}
    assert [e.params["person"] for e in told if "person" in e.params] == ["cs-manager-one"]


def test_before_the_reminder_it_is_too_early() -> None:
    refusal = staffed("14:46:59").refused("csm-two", LATE)
    assert isinstance(refusal, TooEarly)
    assert refusal.facts["opens_at"] == instant("14:47")


def test_it_is_said_once_in_a_row_whoever_said_it() -> None:
    pressed = staffed("14:50").by("csm-two", LATE).at("15:05")
    assert isinstance(pressed.refused("csm-one", LATE), LateSaid)
    by_itself = staffed("15:07")
    assert by_itself.told("late")
    assert isinstance(by_itself.refused("csm-one", LATE), LateSaid)
    assert isinstance(by_itself.until("15:18").refused("csm-one", LATE), LateSaid)


def test_an_update_in_between_starts_the_row_anew() -> None:
    incident = staffed("14:50").by("csm-two", LATE).at("15:05").updated().until("15:55")
    incident.by("csm-two", LATE)
    assert len(incident.told("late")) == 2
    assert incident.promised_at() == instant("16:20")


def test_an_update_on_its_way_keeps_the_promise_instead() -> None:
    incident = staffed("14:50").draft().release()
    assert isinstance(incident.refused("csm-one", LATE), OnItsWay)
    incident.by("cs-manager-one", BuryDelivery(REF, f"{REF}/text/1", "gone"))
    incident.by("csm-one", LATE)
    assert incident.told("late")


def test_without_a_promise_there_is_none_to_put_off() -> None:
    from_us = Incident.open(noticed_by=NoticedBy.US).staffed().at("14:50")
    assert isinstance(from_us.refused("csm-one", LATE), NothingPromised)


def test_others_do_not_press_it_and_not_without_a_road_nor_at_the_end() -> None:
    assert isinstance(Incident.open().at("14:50").refused("support-two", LATE), NotYours)
    nowhere = Incident.open(account_key=None).at("14:50")
    assert isinstance(nowhere.refused("csm-one", LATE), NoRoute)
    ended = staffed("14:50").by("csm-one", Resolve(REF, "Copies returned.", "Look at your list."))
    assert isinstance(ended.refused("csm-one", LATE), WrongState)


def test_the_journal_says_that_it_was_said_ahead() -> None:
    early = staffed("14:55").by("csm-two", LATE).events(PromiseLapsed)
    assert [(e.told, e.ahead) for e in early] == [(True, True)]
    passed = staffed("15:02").events(PromiseLapsed)
    assert [(e.told, e.ahead) for e in passed] == [(True, False)]
