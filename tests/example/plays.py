"""What the example's subject does, from a typed verb to the timeline.

It runs in a process of its own: a subject that is registered once is there for good.
"""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from protocols.ticket import Ticket
from store import bodies
from store.codec_errors import UnknownType
from store.registry import TypeRegistry
from templates.timeline.facts import entries
from tests.example.protocols.callbacks.events import CallbackAsked
from tests.example.protocols.callbacks.state import Callbacks
from tests.example.subjects import EVENTS, doors
from tests.example.templates.callbacks.words import CALLBACK_MADE
from tests.unit.handlers.desk_in_memory import BRIDGE_CHANNEL
from tests.unit.handlers.incident import REF, Incident
from tests.unit.handlers.slack_side import Slack, words
from tests.unit.handlers.telling_desk import TellingDesk


class Bridge:
    """A Tier 3 with its bridge, in a house that has the example's subject."""

    def __init__(self) -> None:
        self.desk = TellingDesk()
        Incident(self.desk)
        self.slack = Slack(self.desk, doors())

    @property
    def ticket(self) -> Ticket:
        return self.desk.tickets[REF]

    def types(self, words: str) -> str:
        return self.slack.slash("csm-one", "/bridge", words, channel=BRIDGE_CHANNEL).text

    def told(self) -> list[dict[str, object]]:
        """Return each message about the call: to whom, and the row as the courier gets it."""
        return [
            dict(row.payload) for effect, row in self.desk.told if effect.template == "callback"
        ]

    def timeline(self) -> list[str]:
        ctx = self.desk.context(self.desk.actor("T0VENDOR", "U0CSMONE"))
        return [each.sentence for each in entries(self.ticket, self.desk.history(REF), ctx)]


@pytest.fixture
def bridge() -> Bridge:
    return Bridge()


def test_a_typed_verb_becomes_an_event_and_changes_its_slice(bridge: Bridge) -> None:
    bridge.types("callback 30")
    assert bridge.ticket.of(Callbacks).call_by == bridge.desk.at + timedelta(minutes=30)
    assert any("promised a call by 23 Nov 2026 14:32" in line for line in bridge.timeline())


def test_the_contact_reads_by_when_and_has_the_button(bridge: Bridge) -> None:
    bridge.types("callback 30")
    shown = json.dumps(bridge.told(), ensure_ascii=False)
    assert "BW-1001: call Acme" in shown
    assert f'"action_id": "{CALLBACK_MADE}"' in shown


def test_a_press_ends_what_is_owed(bridge: Bridge) -> None:
    bridge.types("callback 30")
    bridge.slack.press("csm-one", CALLBACK_MADE, REF)
    assert bridge.ticket.of(Callbacks).call_by is None
    assert any("made the promised call" in line for line in bridge.timeline())
    bridge.desk.pass_time(REF, timedelta(minutes=31))
    assert len(bridge.told()) == 1


def test_a_second_press_is_refused_with_a_sentence(bridge: Bridge) -> None:
    bridge.types("callback 30")
    for ts in ("1.1", "1.2"):
        bridge.slack.press("csm-one", CALLBACK_MADE, REF, ts=ts)
    said = [words(given).strip() for _, given in bridge.desk.interactive.calls]
    assert said[0] == "The call is on the record of BW-1001."
    assert said[1].startswith("That is done already.")


def test_the_clock_speaks_when_nobody_called(bridge: Bridge) -> None:
    bridge.types("callback 30")
    bridge.desk.pass_time(REF, timedelta(minutes=31))
    assert any("nobody called Acme" in line for line in bridge.timeline())
    assert "nobody called Acme" in json.dumps(bridge.told()[-1])


def test_events_and_slice_survive_the_store(bridge: Bridge) -> None:
    bridge.types("callback 30")
    bridge.desk.pass_time(REF, timedelta(minutes=31))
    bridge.slack.press("csm-one", CALLBACK_MADE, REF)
    known = TypeRegistry(EVENTS)
    for event in bridge.desk.history(REF):
        assert known.decode(known.encode(event)) == event
    assert {"CallbackAsked", "CallbackLate", "CallbackMade"} <= known.names
    bridge.types(f"callback {REF} 45")
    body = bodies.anew(bridge.ticket)
    assert bodies.decoded(Ticket, body, lambda newer: newer) == bridge.ticket
    assert set(body["callbacks"]) == {"call_by"}


def test_a_house_without_the_subject_does_not_touch_what_it_wrote(bridge: Bridge) -> None:
    bridge.types("callback 30")
    ours = [each for each in EVENTS if not each.__module__.startswith("tests.")]
    asked = next(e for e in bridge.desk.history(REF) if isinstance(e, CallbackAsked))
    with pytest.raises(UnknownType):
        TypeRegistry(ours).decode(TypeRegistry(EVENTS).encode(asked))
