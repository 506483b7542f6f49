"""The Follow-up list: many asked once more, many small ones closed by a lead. Source: D7."""

from __future__ import annotations

from datetime import timedelta

import pytest

from protocols.closure.events import Resolve
from protocols.closure.following_up import is_silent
from protocols.closure.state import Closure
from protocols.status import Status
from tests.unit.handlers.desk_in_memory import ACME_CHANNEL, TEAM, slack_id
from tests.unit.handlers.slack_side import Slack
from tests.unit.handlers.telling_desk import TellingDesk
from tests.unit.handlers.test_open_ticket import routine_form
from tests.unit.handlers.test_queue import plain

REFS = ("BW-1001", "BW-1002")


@pytest.fixture
def desk() -> TellingDesk:
    return TellingDesk()


@pytest.fixture
def slack(desk: TellingDesk) -> Slack:
    return Slack(desk)


@pytest.fixture
def silent(desk: TellingDesk, slack: Slack) -> Slack:
    """Two tickets of Tier 1 that silence has opened again, on a working day at noon."""
    for number, reference in enumerate(REFS):
        form = routine_form(slack, f"How do I export list {number}")
        form.id = f"V-{reference}"
        form.fill("severity", "low")
        slack.submit("csm-one", form)
        said = Resolve(reference, f"The list {number} is there.", "See your list.")
        desk.submit(said, desk.actor(TEAM, slack_id("csm-one")))
        desk.taken()
    begun_at = desk.at
    for reference in REFS:
        desk.at = begun_at
        desk.pass_time(reference, timedelta(days=7))
        assert is_silent(desk.tickets[reference])
    return slack


def pressed(slack: Slack, person: str, label: str) -> None:
    slack.press(person, label, "all", channel=ACME_CHANNEL)


def test_the_list_has_what_silence_opened_again_and_nothing_else(silent: Slack) -> None:
    silent.submit("csm-one", routine_form(silent, "Another question"))
    said = plain(silent, "queue follow-up")
    assert all(reference in said for reference in REFS)
    assert "BW-1003" not in said
    assert "Opened again because nobody answered" in said
    assert "Ask again" in said


def test_many_are_asked_by_one_press_and_a_refusal_of_one_stops_no_other(
    desk: TellingDesk, silent: Slack
) -> None:
    pressed(silent, "csm-one", "follow_up.ask")
    form = silent.shown()
    form.fill("tickets", [REFS[0]])
    assert "Asked again: BW-1001" in silent.submit("csm-one", form).text
    pressed(silent, "csm-one", "follow_up.ask")
    both = silent.shown()
    both.id = "V-both"
    both.fill("tickets", list(REFS))
    answer = silent.submit("csm-one", both).text
    assert "Asked again: BW-1002" in answer
    assert "BW-1001: Nothing was asked. Acme was asked about BW-1001 today." in answer
    asked = [len(desk.tickets[each].of(Closure).asked_again) for each in REFS]
    assert asked == [1, 1]


def test_a_lead_closes_many_small_ones_once_they_were_tried_on_two_days(
    desk: TellingDesk, silent: Slack
) -> None:
    pressed(silent, "cs-manager-one", "follow_up.close")
    assert "Nothing to choose from" in str(silent.shown().view)
    for turn in range(2):
        pressed(silent, "csm-one", "follow_up.ask")
        form = silent.shown()
        form.id = f"V-ask-{turn}"
        silent.submit("csm-one", form)
        desk.at += timedelta(days=1)
    pressed(silent, "csm-one", "follow_up.close")
    assert "Nothing to choose from" in str(silent.shown().view)
    pressed(silent, "cs-manager-one", "follow_up.close")
    form = silent.shown()
    form.id = "V-close"
    form.fill("tickets", list(REFS))
    assert silent.submit("cs-manager-one", form).errors == {"reason": "Fill this in."}
    form.fill("reason", "No answer in a week")
    assert "Closed: BW-1001, BW-1002" in silent.submit("cs-manager-one", form).text
    assert {desk.tickets[each].status for each in REFS} == {Status.CLOSED}
    assert "Nothing" not in plain(silent, "queue follow-up")
