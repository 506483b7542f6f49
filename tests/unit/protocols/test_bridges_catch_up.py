"""What a bridge did not get while people outside were in it, it gets once it is ours again. T13."""

from __future__ import annotations

from datetime import timedelta

import pytest

from protocols.bridge.events import (
    BridgeCaughtUp,
    GoOnInBridge,
    InvitePerson,
    NoteJoined,
    NoteShared,
    NoteUnshared,
)
from protocols.bridge.roads import card_key, pin_key
from protocols.bridge.state import BridgeState
from protocols.closure.events import MarkOpenedInError
from protocols.contact.events import AnswerPoc, OfferPoc
from protocols.kernel.effects import Effect
from protocols.losses.events import NoteBridgeBack, NoteBridgeLost
from protocols.people.people import ENGINE
from protocols.withdrawals.events import Withdrawal, WithdrawWords
from tests.kit.rules_incident import REF, Incident, who
from tests.unit.protocols.test_lost_bridges import opened

CHANNEL = "C0BRIDGE01"
SHARED, OURS = NoteShared(REF, CHANNEL), NoteUnshared(REF, CHANNEL)


def shared_before(*waiting: str) -> Incident:
    """Return a bridge that was shared while some things for it waited: they were held back."""
    incident = opened().by(ENGINE, SHARED)
    held = (WithdrawWords(REF, f"{REF}/{name}", Withdrawal.CHANNEL) for name in waiting)
    return incident.by(ENGINE, *held)


def done(incident: Incident, method: str, template: str = "") -> list[Effect]:
    last = incident.last_effects
    return [e for e in last if e.method == method and e.template == (template or e.template)]


@pytest.mark.parametrize("again", [OURS, GoOnInBridge(REF)])
def test_a_card_that_was_withheld_is_posted_once_when_the_bridge_is_ours_again(
    again: NoteUnshared | GoOnInBridge,
) -> None:
    incident = shared_before("card", "card", "pin")
    first = card_key(incident.ticket)
    incident.by("cs-manager-one", again)
    [card] = done(incident, "chat.postMessage", "card")
    assert card.key == card_key(incident.ticket) != first
    assert [pin.key for pin in done(incident, "pins.add")] == [pin_key(incident.ticket)]
    assert done(incident, "chat.update", "card") == []
    assert incident.by(ENGINE, SHARED, OURS).events(BridgeCaughtUp)[1:] == []


def test_the_line_that_posting_goes_on_stands_below_the_card() -> None:
    incident = shared_before("card").by(ENGINE, OURS)
    [card] = done(incident, "chat.postMessage", "card")
    [line] = [e for e in incident.told("bridge_unshared") if e.stream == card.stream]
    effects = list(incident.last_effects)
    assert effects.index(card) < effects.index(line)


def test_a_card_whose_withholding_is_told_late_is_posted_at_once() -> None:
    incident = opened().by(ENGINE, SHARED).by(ENGINE, OURS)
    incident.by(ENGINE, WithdrawWords(REF, card_key(incident.ticket), Withdrawal.CHANNEL))
    assert done(incident, "chat.postMessage", "card")


def test_a_card_that_stood_before_the_share_is_brought_up_to_date_and_not_posted_again() -> None:
    incident = shared_before("card-edit/7").by(ENGINE, OURS)
    assert done(incident, "chat.postMessage", "card") == []
    assert len(done(incident, "chat.update", "card")) == 1


def test_a_pin_alone_that_was_withheld_is_set_on_the_card_that_stands() -> None:
    incident = shared_before("pin").by(ENGINE, OURS)
    [pin] = done(incident, "pins.add")
    assert card_key(incident.ticket) in pin.needs
    assert done(incident, "chat.postMessage", "card") == []


def test_who_was_asked_in_meanwhile_comes_in_when_the_bridge_is_ours_again() -> None:
    incident = shared_before("invite/support-one/0")
    incident.by("cs-manager-one", InvitePerson(REF, who("legal-one"), "they lead it"))
    assert done(incident, "conversations.invite") == []
    incident.by(ENGINE, OURS)
    invited = [e.arguments["users"] for e in done(incident, "conversations.invite")]
    assert invited == [[{"$person": "support-one"}], [{"$person": "legal-one"}]]


def test_who_came_in_meanwhile_is_not_asked_in_again() -> None:
    incident = shared_before("invite/legal-one/0")
    incident.by(ENGINE, NoteJoined(REF, who("legal-one")), OURS)
    assert done(incident, "conversations.invite") == []


def test_a_topic_that_changed_meanwhile_is_set_when_the_bridge_is_ours_again() -> None:
    incident = opened().by(ENGINE, SHARED)
    incident.by("csm-one", OfferPoc(REF, who("csm-two")))
    incident.by("csm-two", AnswerPoc(REF, accept=True))
    assert done(incident, "conversations.setTopic") == []
    assert len(done(incident.by(ENGINE, OURS), "conversations.setTopic")) == 1


def test_who_was_asked_in_while_a_bridge_was_closed_comes_in_when_it_is_open_again() -> None:
    incident = opened()
    incident.by(ENGINE, NoteBridgeLost(REF, CHANNEL, "archived"))
    incident.by("cs-manager-one", InvitePerson(REF, who("legal-one"), "they lead it"))
    incident.by(ENGINE, NoteBridgeBack(REF, CHANNEL))
    assert len(done(incident, "conversations.invite")) == 1


def test_a_bridge_that_is_shared_is_archived_once_it_is_ours_again() -> None:
    incident = opened().by(ENGINE, SHARED)
    incident.by("csm-two", MarkOpenedInError(REF, "not_a_problem", "a test run"))
    assert "archive" not in {point.kind for point in incident.dues()}
    incident.by(ENGINE, OURS)
    assert "archive" in {point.kind for point in incident.dues()}


@pytest.mark.parametrize(("apart", "is_shared"), [(-1, True), (0, True), (1, False)])
def test_an_answer_to_a_question_from_before_the_share_opens_no_bridge(
    apart: int, is_shared: bool
) -> None:
    incident = opened().by(ENGINE, SHARED)
    asked_at = incident.now + timedelta(milliseconds=apart)
    incident.by(ENGINE, NoteUnshared(REF, CHANNEL, asked_at))
    assert (incident.ticket.of(BridgeState).shared_at is not None) is is_shared
