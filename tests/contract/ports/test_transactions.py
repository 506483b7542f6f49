"""How often a gesture goes to the database: at most once to look, and once to write.

A gesture that looks twice may see two moments, and each look is one more wait.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from protocols.bridge.events import BringInNow
from protocols.deliveries.events import TakeDelivery
from protocols.timeline.events import AddNote, NoteAdded
from tests.contract.ports.asking import CRITICAL, NOTE, REF, ROUTINE, acting, ask, by_engine
from tests.contract.ports.houses import RealHouse
from tests.unit.handlers.desk_in_memory import ACME_CHANNEL, ACMES_TEAM, BRIDGE_CHANNEL, slack_id
from tests.unit.handlers.slack_side import Slack

LOOKS, LOOKS_AND_WRITES = ["read"], ["read", "write"]


class Counted:
    """A Tier 3 with its bridge, and how often each gesture went to the database."""

    def __init__(self, house: RealHouse) -> None:
        self.slack = Slack(house.desks)
        self._begun = house.database.begun
        ask(house, CRITICAL)
        at = house.desks.now()
        by_engine(house, TakeDelivery(REF, f"{REF}/bridge", at, BRIDGE_CHANNEL, "bw-1001"))
        ask(house, BringInNow(REF))

    def of(self, gesture: Callable[[], object]) -> list[str]:
        """Return the transactions of one gesture, in order."""
        self._begun.clear()
        gesture()
        return list(self._begun)

    def typed(self, command: str, text: str, channel: str = BRIDGE_CHANNEL) -> list[str]:
        return self.of(lambda: self.slack.slash("csm-one", command, text, channel=channel))

    def pressed(self, action: str, person: str = "csm-one") -> list[str]:
        return self.of(lambda: self.slack.press(person, action, REF, channel=BRIDGE_CHANNEL))

    def form(self, action: str, **fields: object) -> list[str]:
        """Open a form by a button, fill it in, and return what its submission took."""
        self.slack.press("csm-one", action, REF, channel=BRIDGE_CHANNEL)
        modal = self.slack.shown()
        for name, value in fields.items():
            modal.fill(name, value)
        return self.of(lambda: self.slack.submit("csm-one", modal))


@pytest.fixture
def counted(real: RealHouse) -> Counted:
    return Counted(real)


@pytest.mark.parametrize("text", ["Payments late", "show BW-1001", "why BW-1001", "mine", "log"])
def test_ticket_looks_once(counted: Counted, text: str) -> None:
    assert counted.typed("/ticket", text) == LOOKS


@pytest.mark.parametrize("text", ["status", "status BW-1001", "help"])
def test_bridge_looks_once(counted: Counted, text: str) -> None:
    assert counted.typed("/bridge", text) == LOOKS


def test_a_bridge_command_elsewhere_looks_once(counted: Counted) -> None:
    assert counted.typed("/bridge", "status", channel="C0GENERAL1") == LOOKS


@pytest.mark.parametrize("action", ["ticket.show", "update.draft", "words.open", "note.open"])
def test_a_press_that_shows_looks_once(counted: Counted, action: str) -> None:
    assert counted.pressed(action) == LOOKS


def test_a_press_that_is_refused_before_it_writes_looks_once(counted: Counted) -> None:
    assert counted.pressed("update.draft", "legal-one") == LOOKS


def test_what_the_rules_refuse_is_explained_by_a_fresh_look(counted: Counted) -> None:
    assert counted.pressed("poc.decline", "engineer-one") == [*LOOKS_AND_WRITES, "read"]


def test_the_opening_looks_writes_and_looks_whether_all_is_sent(
    counted: Counted,
) -> None:
    slack = counted.slack
    slack.slash("csm-one", "/ticket", "How do I export")
    modal = slack.shown()
    assert counted.of(lambda: slack.change("csm-one", modal, "account", "acme")) == LOOKS
    shown = counted.of(lambda: slack.press_in("csm-one", modal, "form.see_text"))
    assert shown == LOOKS
    assert counted.of(lambda: slack.submit("csm-one", modal)) == [*LOOKS_AND_WRITES, "read"]


def test_a_submitted_form_looks_once_and_writes_once(counted: Counted) -> None:
    known, doing = "412 payments were sent twice.", "We are separating the affected payments."
    assert counted.form("update.draft", known=known, doing=doing) == LOOKS_AND_WRITES


def test_what_an_account_writes_looks_once_and_writes_once(counted: Counted) -> None:
    written = {
        "type": "message", "channel": ACME_CHANNEL, "user": "U0APDIRECTOR", "user_team": ACMES_TEAM,
        "team": ACMES_TEAM, "text": "Two more arrived", "ts": "1795446120.000300",
    }  # fmt: skip
    assert counted.of(lambda: counted.slack.event(written)) == LOOKS_AND_WRITES


def test_who_joins_a_bridge_is_one_look_and_one_write(counted: Counted) -> None:
    joined = {
        "type": "member_joined_channel", "channel": BRIDGE_CHANNEL,
        "user": slack_id("engineer-one"), "team": "T0VENDOR",
    }  # fmt: skip
    assert counted.of(lambda: counted.slack.event(joined)) == LOOKS_AND_WRITES


def test_no_write_waits_beside_an_open_reading_and_none_stays_open(
    real: RealHouse, counted: Counted
) -> None:
    counted.form("update.draft", known="412 payments were sent twice.", doing="We look.")
    counted.pressed("poc.decline", "engineer-one")
    counted.pressed("update.draft", "legal-one")
    assert set(real.database.beside) == {0}
    assert real.database.readings == 0


@pytest.mark.expects_errors
def test_a_gesture_whose_reading_fails_leaves_none_open(real: RealHouse, counted: Counted) -> None:
    real.leave()
    assert counted.pressed("ticket.show") == LOOKS
    assert "saved" in counted.slack.told()
    assert real.database.readings == 0


def test_a_gesture_sees_one_moment_until_it_writes(real: RealHouse) -> None:
    ask(real, ROUTINE)
    with acting(real) as (desk, actor):
        before = desk.ticket(REF)
        ask(real, NOTE)
        assert desk.ticket(REF) == before
        assert sum(isinstance(each, NoteAdded) for each in desk.history(REF)) == 0
        desk.submit(AddNote(REF, "Another."), actor)
        assert sum(isinstance(each, NoteAdded) for each in desk.history(REF)) == 2
