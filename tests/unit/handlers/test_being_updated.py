"""While a newer process has a ticket, whoever presses here reads a sentence and loses nothing."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.kit.edge import Slash
from handlers.kit.journey import on_slash
from handlers.kit.ports import Desk
from handlers.kit.replies import Answer
from protocols.kernel.refusals import BeingUpdated, WrongState
from protocols.ticket import Ticket
from tests.unit.handlers.desk_in_memory import TEAM, slack_id
from tests.unit.handlers.incident import REF, Incident
from tests.unit.handlers.slack_side import Slack
from tests.unit.handlers.test_slack_events import message

SENTENCE = "Bridgewatch is being updated; press again in a minute."


@pytest.fixture
def slack() -> Slack:
    """Give an incident's Slack; a newer process has written its ticket since."""
    incident = Incident()
    incident.desk.newer.add(REF)
    return incident.slack


@pytest.mark.parametrize("action", ["ticket.show", "nonsense.of.tomorrow"])
def test_a_press_on_its_card_is_told_so_whether_the_button_is_known_or_not(
    slack: Slack, action: str
) -> None:
    assert slack.press("csm-one", action, "BW-1001").status == 200
    assert SENTENCE in slack.told()


@pytest.mark.parametrize("text", ["show BW-1001", "why BW-1001", "resolve BW-1001"])
def test_a_command_on_it_is_told_so(slack: Slack, text: str) -> None:
    assert SENTENCE in slack.slash("csm-one", "/ticket", text).text


def test_a_form_on_it_stays_open_with_the_sentence_under_a_field(slack: Slack) -> None:
    view = {
        "type": "modal", "id": "V1", "callback_id": "of_tomorrow", "hash": "1",
        "private_metadata": "BW-1001",
        "blocks": [{"type": "input", "block_id": "a", "element": {"action_id": "x"}}],
        "state": {"values": {}},
    }  # fmt: skip
    sent = {"type": "view_submission", "user": {"id": slack_id("csm-one")}, "view": view}
    answer = slack.send({**sent, "team": {"id": TEAM}})
    assert SENTENCE in str(answer.errors)


def test_what_an_account_writes_is_asked_for_again(slack: Slack) -> None:
    assert slack.event(message()).status == 500


@pytest.fixture
def inside() -> Incident:
    """Give an incident whose ticket has a head known here, and all else from a newer process."""
    incident = Incident()
    incident.desk.tickets[REF] = Ticket((incident.desk.tickets[REF].head,), written_by_newer)
    return incident


def written_by_newer(kind: type[Any]) -> Any:
    raise BeingUpdated(reference=REF, found=f"a field of {kind.__name__}")


def test_a_button_of_tomorrow_is_told_so_where_only_the_head_is_known(inside: Incident) -> None:
    inside.slack.press("csm-one", "nonsense.of.tomorrow", REF)
    assert SENTENCE in inside.slack.told()


def test_a_refusal_whose_sentence_reads_what_is_newer_is_told_so(inside: Incident) -> None:
    def refuses(_desk: Desk, _slash: Slash) -> Answer:
        raise WrongState(reference=REF)

    said: list[object] = []
    body = {"command": "/ticket", "user_id": slack_id("csm-one"), "team_id": TEAM}
    on_slash(inside.desk, refuses)(said.append, body)
    assert SENTENCE in str(said)
