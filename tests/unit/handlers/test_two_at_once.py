"""Two gestures for one wish: one text leaves, and the second hears who was first and when."""

from __future__ import annotations

import pytest

from protocols.closure.events import Resolve
from protocols.closure.state import Closure
from protocols.fixed_texts.state import FixedTexts
from protocols.holds.events import HoldKind, PlaceHold
from protocols.status import Status
from protocols.updates.approval import hash_of
from protocols.updates.events import DraftKind, ReleaseText
from protocols.updates.state import Updates
from tests.unit.handlers.incident import REF, Incident


def released(incident: Incident) -> None:
    incident.draft()
    incident.ask(
        "cs-manager-one", ReleaseText(REF, 1, hash_of(incident.ticket.of(Updates).drafts[0]))
    )
    incident.taken(1)


def sent(incident: Incident, name: str) -> int:
    return sum(text.name == name for text in incident.ticket.of(FixedTexts).fixed_texts)


@pytest.mark.parametrize("action", ["holding", "no_change", "acknowledge"])
def test_a_triple_click_and_another_person_send_one(incident: Incident, action: str) -> None:
    released(incident)
    name = "acknowledgment" if action == "acknowledge" else action
    for person in ("csm-one", "csm-one", "csm-one", "cs-manager-one"):
        incident.press(person, f"fixed.{action}")
    assert sent(incident, name) == 1
    assert "Not sent again. CSM One sent it at <!date" in incident.told


def test_we_are_late_is_asked_first_and_leaves_once(incident: Incident) -> None:
    incident.later(50)
    forms = [incident.form(person, "fixed.late") for person in ("csm-one", "cs-manager-one")]
    assert sent(incident, "late") == 0
    incident.send("csm-one", forms[0])
    answer = incident.send("cs-manager-one", forms[1])
    assert sent(incident, "late") == 1
    assert "CSM One sent it at <!date" in answer.text


def test_two_release_one_text_and_the_second_hears_of_the_first(incident: Incident) -> None:
    incident.draft()
    bound = ("1", hash_of(incident.ticket.of(Updates).drafts[0]))
    for person in ("csm-one", "cs-manager-one"):
        incident.press(person, "update.release", *bound)
    draft = incident.ticket.of(Updates).drafts[0]
    assert draft.released_by is not None
    assert draft.released_by.key == "csm-one"
    assert "14:02 UTC>; it does not go out a second time" in incident.told


def test_two_resolve_and_one_text_waits(incident: Incident) -> None:
    forms = [incident.form(person, "ticket.resolve") for person in ("csm-one", "csm-two")]
    fields = {"done": "The copies were returned.", "how_to_check": "See your statement."}
    incident.send("csm-one", forms[0], **fields)
    answer = incident.send("csm-two", forms[1], **fields)
    assert [d.kind for d in incident.ticket.of(Updates).drafts] == [DraftKind.RESOLUTION]
    assert "BW-1001 is resolved (CSM One, 23 Nov 2026 14:02 UTC)" in answer.errors["done"]


def test_two_open_it_again_and_the_second_hears_who_did(incident: Incident) -> None:
    incident.ask("csm-one", Resolve(REF, "The copies were returned.", "Look at your list."))
    for person in ("csm-one", "csm-two"):
        answer = incident.slack.slash(person, "/ticket", f"reopen {REF} they called", channel="C1")
    assert incident.ticket.status is Status.OPEN
    assert incident.ticket.of(Closure).reopened == 1
    assert "BW-1001 is open (CSM One, <!date" in answer.text


def test_the_holding_line_is_offered_only_while_it_can_leave(incident: Incident) -> None:
    incident.press("csm-one", "say.open")
    assert "fixed.holding" in incident.sent
    incident.press("csm-one", "fixed.holding")
    incident.press("csm-one", "say.open")
    assert "fixed.holding" not in incident.sent
    incident.ask("cs-manager-one", PlaceHold(REF, HoldKind.DISCLOSURE, "legal threat"))
    incident.draft()
    incident.press("csm-one", "update.release", "1", hash_of(incident.ticket.of(Updates).drafts[0]))
    assert "Legal has held this ticket" in incident.told
    assert "The holding line can go now" not in incident.told
