"""Somebody or something is gone in mid-incident: the next in line is asked, and people are told.

Proves: F28.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from protocols.account.events import RoadLost, RouteKind
from protocols.account.state import Road
from protocols.bridge.state import BridgeState
from protocols.contact.events import PocChanged
from protocols.deliveries.events import BuryDelivery
from protocols.executives.events import NoExecutiveFound
from protocols.executives.state import Executives
from protocols.helpers.events import HelperCalled
from protocols.helpers.state import Helpers
from protocols.losses.events import PersonGone, RoadFound, TakeStock
from protocols.people.directory import Person
from protocols.people.people import ENGINE, Role
from protocols.roles.events import RoleAsked
from protocols.roles.state import Roles
from protocols.updates.state import Updates
from tests.kit.rules_incident import REF, SHARED, Incident, people

STOCK = TakeStock(REF)


def gone(incident: Incident, *keys: str) -> Incident:
    """Let people go: Slack does not know them any more."""
    incident.ctx = replace(incident.ctx, unreachable=incident.ctx.unreachable | set(keys))
    return incident.by(ENGINE, STOCK)


def seated(role: Role) -> tuple[Incident, str]:
    incident = Incident.open().staffed()
    seat = incident.ticket.of(Roles).seat(role)
    assert seat is not None
    assert seat.holder is not None
    return incident, seat.holder.key


def test_while_all_are_there_nothing_follows() -> None:
    incident = Incident.open().staffed()
    before = len(incident.history)
    incident.by(ENGINE, STOCK)
    assert len(incident.history) == before


def test_a_contact_who_is_gone_is_followed_by_the_next_in_line() -> None:
    incident = Incident.open().staffed()
    assert incident.ticket.poc is not None
    was = incident.ticket.poc.key
    gone(incident, was)
    assert incident.ticket.poc is not None
    assert incident.ticket.poc.key != was
    assert incident.events(PocChanged)[-1].before is not None
    assert incident.told("role_poc")[-1].params["person"] == incident.ticket.poc.key


def test_the_cs_manager_is_told_who_is_gone_once() -> None:
    incident, was = seated(Role.COMMUNICATOR)
    gone(incident, was).by(ENGINE, STOCK)
    assert len(incident.events(PersonGone)) == 1
    told = incident.told("person_gone")
    assert [effect.params["person"] for effect in told] == ["cs-manager-one"]
    assert Role.COMMUNICATOR.value in told[0].params["parts"]  # type: ignore[operator]


@pytest.mark.parametrize("role", [Role.INVESTIGATOR, Role.COMMUNICATOR, Role.SCRIBE])
def test_whoever_held_a_seat_and_is_gone_holds_it_no_more(role: Role) -> None:
    incident, was = seated(role)
    gone(incident, was)
    seat = incident.ticket.of(Roles).seat(role)
    assert seat is not None
    assert seat.holder is None
    assert seat.asked is None or seat.asked.key != was
    assert seat.asked is not None or seat.exhausted


def test_whoever_was_asked_for_a_seat_and_is_gone_gives_way_to_the_next_at_once() -> None:
    incident = Incident.open().until("14:18")
    asked = incident.events(RoleAsked)[-1]
    gone(incident, asked.person.key)
    seat = incident.ticket.of(Roles).seat(asked.role)
    assert seat is not None
    assert seat.asked is None or seat.asked.key != asked.person.key


def test_for_a_duty_the_next_on_duty_is_called_under_a_key_of_their_own() -> None:
    known = people()
    lead = known.person("engineering-lead-one")
    assert lead is not None
    staff = known.people
    second = next(each for each in staff if each.key not in ("engineering-lead-one", "csm-one"))
    staff = tuple(
        replace(each, duties=(*each.duties, *lead.duties)) if each.key == second.key else each
        for each in known.people
    )
    incident = Incident.open(directory=replace(known, people=staff))
    asked = next(e for e in incident.events(HelperCalled) if e.duty == "engineering-lead")
    before = {each.key for each in incident.effects}
    gone(incident.at("14:03"), asked.person.key)
    called = incident.events(HelperCalled)[-1]
    assert called.person.key != asked.person.key
    assert called.duty == "engineering-lead"
    told = incident.told("heads_up")[-1]
    assert told.key not in before
    assert told.params["person"] == called.person.key
    assert all(each.who.key != asked.person.key for each in incident.ticket.of(Helpers).helpers)


def test_no_line_of_the_bridge_names_someone_who_is_gone() -> None:
    incident, was = seated(Role.SCRIBE)
    gone(incident, was)
    assert all(who.key != was for who in incident.ticket.of(BridgeState).here)


def test_whoever_left_the_directory_is_gone() -> None:
    incident, was = seated(Role.COMMUNICATOR)
    known = people()
    left = replace(known, people=tuple(each for each in known.people if each.key != was))
    incident.ctx = replace(incident.ctx, directory=left)
    incident.by(ENGINE, STOCK)
    assert [event.person.key for event in incident.events(PersonGone)] == [was]


@pytest.mark.parametrize(
    ("seen", "why"),
    [(None, "unseen"), (replace(SHARED, is_ext_shared=False), "channel")],
)
def test_an_accounts_channel_that_is_none_any_more_gives_way_to_mail(
    seen: object, why: str
) -> None:
    incident = Incident.open().staffed()
    incident.ctx = replace(incident.ctx, channel=seen)  # type: ignore[arg-type]
    incident.by(ENGINE, STOCK).by(ENGINE, STOCK)
    assert [event.error for event in incident.events(RoadLost)] == [why]
    assert incident.ticket.of(Road).route.kind is RouteKind.MAIL
    assert incident.told("road_lost")


def test_a_channel_that_is_there_again_is_the_road_again() -> None:
    incident = Incident.open().staffed()
    incident.ctx = replace(incident.ctx, channel=None)
    incident.by(ENGINE, STOCK)
    incident.ctx = replace(incident.ctx, channel=SHARED)
    incident.by(ENGINE, STOCK).by(ENGINE, STOCK)
    assert len(incident.events(RoadFound)) == 1
    assert incident.ticket.of(Road).route.channel_id == SHARED.channel_id
    assert incident.told("road_found")


def test_a_channel_that_refused_our_words_though_it_is_there_is_not_tried_again() -> None:
    incident = Incident.open().staffed().at("14:50").draft().release()
    incident.by(ENGINE, BuryDelivery(REF, f"{REF}/text/1", "restricted_action"))
    assert incident.ticket.of(Road).route.kind is RouteKind.MAIL
    incident.by(ENGINE, STOCK)
    assert incident.events(RoadFound) == []


def test_in_a_channel_that_is_shared_anew_the_thread_begins_anew() -> None:
    incident = Incident.open().staffed()
    anew = replace(SHARED, channel_id="C0ANEW", name="acme-again")
    incident.ctx = replace(incident.ctx, channel=anew)
    incident.by(ENGINE, STOCK)
    assert incident.ticket.of(Road).thread_ts == ""
    incident.at("14:50").draft().release()
    (words,) = incident.told("update_customer") or incident.told("update")
    assert "thread_ts" not in words.arguments


def test_contacts_that_the_directory_has_changed_are_written_to() -> None:
    incident = Incident.open(channel=None).staffed()
    known = people()
    accounts = tuple(
        replace(one, contacts=tuple(replace(c, email=f"new.{c.email}") for c in one.contacts))
        for one in known.accounts
    )
    incident.ctx = replace(incident.ctx, directory=replace(known, accounts=accounts))
    incident.by(ENGINE, STOCK)
    assert all(each.startswith("new.") for each in incident.ticket.of(Road).route.addresses)
    assert [event.error for event in incident.events(RoadLost)] == ["contacts"]


def test_another_executive_is_told_at_once_where_the_one_who_was_is_gone() -> None:
    incident = Incident.open()
    first = incident.ticket.of(Executives).executives[-1].who.key
    other = add_executive(incident)
    gone(incident, first).by(ENGINE, STOCK)
    assert [each.who.key for each in incident.ticket.of(Executives).executives] == [first, other]
    assert len(incident.events(PersonGone)) == 1
    assert incident.told("brief_t3")[-1].params["person"] == other


def test_where_no_other_executive_is_there_that_is_said_once() -> None:
    incident = Incident.open()
    first = incident.ticket.of(Executives).executives[-1].who.key
    gone(incident, first).by(ENGINE, STOCK).by(ENGINE, STOCK)
    assert len(incident.events(PersonGone)) == 1
    assert len(incident.events(NoExecutiveFound)) == 1


def add_executive(incident: Incident) -> str:
    """Have another executive be on duty."""
    known = incident.ctx.directory
    duty = next(each for one in known.people for each in one.duties if each.name == "csm")
    other = Person("sponsor-two", "Sponsor Two", "sponsor.two@vendor.example",
                   duties=(replace(duty, name="executive"),))  # fmt: skip
    directory = replace(known, people=(*known.people, other))
    incident.ctx = replace(incident.ctx, directory=directory)
    return other.key


def test_a_text_that_waits_for_one_who_is_gone_is_shown_to_the_next_at_once() -> None:
    incident = Incident.open().staffed().draft()
    [draft] = incident.ticket.of(Updates).waiting_drafts()
    assert draft.asked_of is not None
    was = draft.asked_of.key
    shown = [
        effect.params["person"] for effect in incident.told("review") if "person" in effect.params
    ]
    assert shown == [was]
    gone(incident, was).by(ENGINE, STOCK)
    [waits] = incident.ticket.of(Updates).waiting_drafts()
    assert waits.asked_of is not None
    assert waits.asked_of.key != was
    shown = [
        effect.params["person"] for effect in incident.told("review") if "person" in effect.params
    ]
    assert shown == [was, waits.asked_of.key]
    assert len([e for e in incident.events(PersonGone) if "release" in e.parts]) == 1


def test_a_text_that_waits_while_nobody_is_left_to_release_it_is_told_once() -> None:
    incident = Incident.open().staffed().draft()
    everybody = [person.key for person in incident.ctx.directory.people]
    gone(incident, *everybody).by(ENGINE, STOCK)
    [waits] = incident.ticket.of(Updates).waiting_drafts()
    assert waits.asked_of is None
    assert len([e for e in incident.events(PersonGone) if "release" in e.parts]) == 1
