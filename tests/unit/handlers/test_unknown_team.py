"""A gesture that does not say of which workspace it comes is refused, by every way in. D29."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from protocols.bridge.events import NoteJoined
from tests.unit.handlers.desk_in_memory import BRIDGE_CHANNEL, InMemoryDesk
from tests.unit.handlers.incident import REF, Incident
from tests.unit.handlers.slack_side import Answer, Json, Slack

FOR_STAFF = "staff"


class Teamless(Slack):
    """Slack, where payloads name no workspace."""

    def _base(self, person: str, team: str) -> Json:
        body: dict[str, Any] = {**super()._base(person, team), "team": None}
        body["user"] = {k: v for k, v in body["user"].items() if k != "team_id"}
        return body


@pytest.fixture
def incident() -> Incident:
    made = Incident()
    made.desk.commands.clear()
    made.desk.interactive.calls.clear()
    return made


@pytest.fixture
def slack(incident: Incident) -> Slack:
    return Teamless(incident.desk)


def refused(desk: InMemoryDesk, answer: Answer, slack: Slack) -> bool:
    said = answer.raw + (slack.told() if desk.interactive.calls else "")
    return FOR_STAFF in said and desk.commands == []


Way = Callable[[Incident, Slack], Answer]
WAYS: dict[str, Way] = {
    "command": lambda _i, s: s.slash("csm-one", "/ticket", f"show {REF}", team=""),
    "bridge command": lambda _i, s: s.slash(
        "csm-one", "/bridge", "note hm", team="", channel=BRIDGE_CHANNEL
    ),
    "action": lambda _i, s: s.press("csm-one", "call.started", REF),
    "reading action": lambda _i, s: s.press("csm-one", "ticket.show", REF),
    "view": lambda i, s: s.submit("csm-one", filled(i)),
    "message shortcut": lambda _i, s: s.message_shortcut(
        "csm-one", "finding.record", channel=BRIDGE_CHANNEL, text="x", author="csm-two"
    ),
}


def filled(incident: Incident) -> Any:
    """Return a form as somebody of ours was shown it."""
    form = incident.form("csm-one", "note.open")
    form.fill("note", "a note")
    incident.desk.interactive.calls.clear()
    return form


@pytest.mark.parametrize("way", WAYS)
def test_a_gesture_of_no_known_workspace_is_refused(
    incident: Incident, slack: Slack, way: str
) -> None:
    answer = WAYS[way](incident, slack)
    assert refused(incident.desk, answer, slack)


def test_a_search_of_no_known_workspace_finds_nothing(slack: Slack) -> None:
    assert slack.suggest("csm-one", "form.account", "acme").body == {"options": []}


def test_a_global_shortcut_of_no_known_workspace_opens_no_form(
    incident: Incident, slack: Slack
) -> None:
    slack.shortcut("csm-one", "ticket.open")
    assert slack.shown().view["callback_id"] == "notice"
    assert FOR_STAFF in slack.told()


def test_a_join_of_nobody_known_gives_no_place_on_the_ticket(incident: Incident) -> None:
    joined = {"type": "member_joined_channel", "user": "U0NOBODY", "channel": BRIDGE_CHANNEL}
    incident.slack.event({**joined, "event_ts": "1.1"})
    assert not [c for c in incident.desk.commands if isinstance(c, NoteJoined)]
