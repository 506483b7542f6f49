"""A bridge that is closed to the bot: told once, open again or made anew by a button."""

from __future__ import annotations

import pytest

from protocols.bridge.addresses import Bridge
from protocols.bridge.events import BridgeArchiveAsked, BridgeOpened, NoteJoined, NoteLeft
from protocols.bridge.state import BridgeState
from protocols.closure.events import MarkOpenedInError, Resolve
from protocols.deliveries.events import BuryDelivery, TakeDelivery
from protocols.kernel.endings import ending_of
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.stamps import stamp
from protocols.losses.events import (
    BridgeBack,
    BridgeLost,
    BridgeRenamed,
    MakeBridgeAnew,
    NoteBridgeBack,
    NoteBridgeLost,
    NoteBridgeRenamed,
)
from protocols.people.people import ENGINE, Role
from protocols.roles.state import Roles
from templates.kit.scene import Scene
from templates.kit.sentences import sentence
from tests.kit.rules_incident import REF, Incident, instant
from tests.unit.presenters.walking import LINKS


def bridge_of(incident: Incident) -> BridgeState:
    return incident.ticket.of(BridgeState)


def opened() -> Incident:
    incident = Incident.open().staffed()
    made = TakeDelivery(REF, f"{REF}/bridge", incident.now, "C0BRIDGE01", "bw-1001-acme")
    return incident.by(ENGINE, made)


def lost(why: str = "archived") -> Incident:
    incident = opened()
    return incident.by(ENGINE, NoteBridgeLost(REF, bridge_of(incident).channel_id, why))


@pytest.mark.parametrize("why", ["archived", "deleted", "left"])
def test_a_lost_bridge_is_told_once_to_who_can_mend_it(why: str) -> None:
    incident = lost(why)
    incident.by(ENGINE, NoteBridgeLost(REF, bridge_of(incident).channel_id, why))
    assert len(incident.events(BridgeLost)) == 1
    people = [effect.params["person"] for effect in incident.told("bridge_lost")]
    assert people == ["csm-one", "cs-manager-one"]


def test_nothing_is_posted_in_a_lost_bridge() -> None:
    incident = lost()
    before = len(incident.effects)
    incident.until("16:30")
    later = incident.effects[before:]
    assert later
    assert not [each for each in later if isinstance(each.to, Bridge)]


@pytest.mark.parametrize("error", ["is_archived", "not_in_channel", "channel_not_found"])
def test_a_post_that_is_refused_for_the_bridge_says_that_it_is_lost(error: str) -> None:
    incident = opened()
    incident.by(ENGINE, BuryDelivery(REF, f"{REF}/late/scope/1", error))
    assert len(incident.events(BridgeLost)) == 1


def test_a_bridge_that_is_open_again_is_posted_in_again() -> None:
    incident = lost()
    channel = bridge_of(incident).channel_id
    incident.by(ENGINE, NoteBridgeBack(REF, channel), NoteBridgeBack(REF, channel))
    assert len(incident.events(BridgeBack)) == 1
    assert incident.told("bridge_back")
    assert incident.last_effects is not None


def test_a_new_bridge_has_a_channel_a_card_and_the_people_of_the_old_one() -> None:
    incident = lost("deleted")
    here = {who.key for who in bridge_of(incident).here}
    before = len(incident.effects)
    incident.by("csm-one", MakeBridgeAnew(REF))
    made = incident.effects[before:]
    assert f"{REF}/bridge/2" in [each.key for each in made]
    assert f"{REF}/card/2" in [each.key for each in made]
    invited = {each.key.split("/")[2] for each in made if "/invite/" in each.key}
    assert here <= invited
    taken = TakeDelivery(REF, f"{REF}/bridge/2", instant("14:40"), "C0NEW", "bw-1001-acme-2")
    incident.by(ENGINE, taken)
    assert incident.events(BridgeOpened)[-1].channel_id == "C0NEW"
    assert bridge_of(incident).lost_at is None


def test_a_bridge_that_is_lost_after_the_resolution_can_be_made_anew_until_the_ticket_closes() -> (
    None
):
    incident = opened().at("16:40").by("csm-one", Resolve(REF, "It was stopped.", "See your list."))
    incident.by(ENGINE, NoteBridgeLost(REF, bridge_of(incident).channel_id, "archived"))
    key = f"bridge-lost/{stamp(incident.now)}/csm-one"
    assert ending_of(incident.ticket, key, incident.last, incident.ctx) is None
    incident.by("csm-one", MakeBridgeAnew(REF))
    assert f"{REF}/bridge/2" in [each.key for each in incident.effects]
    assert bridge_of(incident).lost_at is None


def test_a_new_bridge_is_made_only_where_the_old_one_is_lost() -> None:
    incident = Incident.open().staffed()
    assert isinstance(incident.refused("csm-one", MakeBridgeAnew(REF)), AlreadyDone)


def test_another_channel_is_not_the_bridge() -> None:
    incident = opened()
    incident.by(ENGINE, NoteBridgeLost(REF, "C0ANOTHER", "archived"))
    assert not incident.events(BridgeLost)


def test_a_bridge_is_called_what_slack_calls_it() -> None:
    incident = opened()
    channel = bridge_of(incident).channel_id
    renamed = NoteBridgeRenamed(REF, channel, "acme-war-room")
    incident.by(ENGINE, renamed, renamed)
    assert bridge_of(incident).channel_name == "acme-war-room"
    assert len(incident.events(BridgeRenamed)) == 1


def test_a_communicator_who_leaves_the_bridge_hears_that_the_seat_is_theirs_still() -> None:
    incident = Incident.open().staffed()
    seat = incident.ticket.of(Roles).seat(Role.COMMUNICATOR)
    assert seat is not None
    assert seat.holder is not None
    incident.by(ENGINE, NoteJoined(REF, seat.holder), NoteLeft(REF, seat.holder))
    told = [effect.params["person"] for effect in incident.told("you_left")]
    asked = [effect.params["person"] for effect in incident.told("holder_left")]
    assert (told, asked) == ([seat.holder.key], ["cs-manager-one"])


def over(incident: Incident) -> str:
    """Let the ticket end and its bridge come to its archive, and return what the record says."""
    incident.by("cs-manager-one", MarkOpenedInError(REF, "not_a_problem", "A test of theirs."))
    incident.until("16:30", 27)
    [asked] = incident.events(BridgeArchiveAsked)
    return sentence(Scene(incident.ticket, incident.ctx, LINKS, {}), asked)


def archivings(incident: Incident) -> int:
    return sum(each.method == "conversations.archive" for each in incident.effects)


def test_a_bridge_that_is_there_is_archived_by_us() -> None:
    incident = opened()
    assert over(incident) == "Slack is asked to archive the bridge"
    assert archivings(incident) == 1


@pytest.mark.parametrize("why", ["archived", "deleted", "left"])
def test_of_a_bridge_that_was_lost_before_no_archive_is_asked_or_said(why: str) -> None:
    incident = lost(why)
    assert over(incident) == "nothing is archived: the bridge was closed to the bot before"
    assert archivings(incident) == 0


@pytest.mark.parametrize("why", ["archived", "deleted", "left"])
def test_a_bridge_that_comes_back_after_its_archive_is_archived_after_all(why: str) -> None:
    incident = lost(why)
    over(incident)
    incident.by(ENGINE, NoteBridgeBack(REF, bridge_of(incident).channel_id))
    [back] = incident.events(BridgeBack)
    said = sentence(Scene(incident.ticket, incident.ctx, LINKS, {}), back)
    assert said == "the bridge is open to the bot again; it is to be archived after all"
    incident.until("16:31", 27)
    assert archivings(incident) == 1
    assert "archive" not in {point.kind for point in incident.dues()}


def test_a_bridge_that_comes_back_before_its_archive_is_archived_at_its_time() -> None:
    incident = lost()
    incident.by(ENGINE, NoteBridgeBack(REF, bridge_of(incident).channel_id))
    assert over(incident) == "Slack is asked to archive the bridge"
    assert archivings(incident) == 1


def test_a_bridge_that_came_back_and_was_archived_is_not_archived_once_more() -> None:
    incident = lost()
    over(incident)
    channel = bridge_of(incident).channel_id
    incident.by(ENGINE, NoteBridgeBack(REF, channel)).until("16:31", 27)
    incident.by(ENGINE, NoteBridgeBack(REF, channel)).until("16:32", 27)
    assert archivings(incident) == 1
