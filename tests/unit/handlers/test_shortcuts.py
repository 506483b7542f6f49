"""The shortcuts on a bridge's messages."""

from __future__ import annotations

import pytest

from protocols.timeline.events import NoteAdded
from tests.unit.handlers.desk_in_memory import BRIDGE_CHANNEL, InMemoryDesk
from tests.unit.handlers.slack_side import Slack
from tests.unit.handlers.test_open_ticket import critical_form


@pytest.fixture
def desk() -> InMemoryDesk:
    return InMemoryDesk()


@pytest.fixture
def slack(desk: InMemoryDesk) -> Slack:
    made = Slack(desk)
    made.submit("csm-one", critical_form(made))
    desk.open_bridge("BW-1001")
    desk.interactive.calls.clear()
    return made


def notes(desk: InMemoryDesk) -> list[NoteAdded]:
    return [event for event in desk.journal["BW-1001"] if isinstance(event, NoteAdded)]


def put(slack: Slack, person: str = "csm-one", text: str = "We stop &amp; wait") -> None:
    slack.message_shortcut(
        person, "timeline.put", channel=BRIDGE_CHANNEL, text=text, author="cs-manager-one"
    )


def test_a_message_is_put_on_the_timeline_with_author_and_place(
    desk: InMemoryDesk, slack: Slack
) -> None:
    put(slack)
    (note,) = notes(desk)
    assert (note.text, note.author) == ("We stop & wait", "CS Manager One")
    assert note.link.endswith("p1795446120000300")
    assert "On the timeline of BW-1001" in slack.told()


def test_a_message_put_twice_stands_once(desk: InMemoryDesk, slack: Slack) -> None:
    put(slack)
    put(slack, "cs-manager-one")
    assert len(notes(desk)) == 1


def test_a_message_without_words_is_not_kept(desk: InMemoryDesk, slack: Slack) -> None:
    put(slack, text="  ")
    assert notes(desk) == []
    assert "Nothing was changed" in slack.told()


def test_a_colleague_who_is_not_on_the_ticket_is_refused(desk: InMemoryDesk, slack: Slack) -> None:
    put(slack, "finance-one")
    assert notes(desk) == []
    assert "Only people on BW-1001 can do this. Ask CSM One" in slack.told()


@pytest.mark.parametrize("shortcut", ["timeline.put", "finding.record"])
def test_a_message_outside_of_a_bridge_is_not_kept(slack: Slack, shortcut: str) -> None:
    slack.message_shortcut(
        "csm-one", shortcut, channel="C0GENERAL1", text="words", author="csm-one"
    )
    assert "in no bridge's channel" in slack.told()


def test_a_finding_opens_with_the_messages_words(slack: Slack) -> None:
    slack.message_shortcut(
        "csm-one", "finding.record", channel=BRIDGE_CHANNEL, text="412 payments twice",
        author="engineer-one",
    )  # fmt: skip
    modal = slack.shown()
    assert modal.stands("finding") == "412 payments twice"
    assert modal.view["private_metadata"] == "BW-1001"
