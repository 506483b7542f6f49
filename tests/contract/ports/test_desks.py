"""What a desk answers, whichever it is: the handlers' tests prove nothing on one that differs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.kit.ports import NotSaved
from protocols.account.state import Road
from protocols.closure.events import MarkOpenedInError, Resolve
from protocols.deliveries.events import TakeDelivery
from protocols.kernel.refusals import BeingUpdated, NotAllowed, Refusal, UnknownTicket
from protocols.opening.events import Opening
from protocols.people.people import Actor, Standing, Who
from protocols.relations.events import MergeTickets, OpenBeside
from protocols.relations.refusals import IsMerged
from protocols.routing.events import ChangeTicket
from protocols.scales import NoticedBy, Severity
from protocols.timeline.events import AddNote, NoteAdded
from tests.contract.ports.asking import CRITICAL, NOTE, REF, ROUTINE, acting, ask, by_engine
from tests.contract.ports.houses import (
    ACMES_DIRECTOR,
    ACMES_STRANGER,
    GUEST,
    House,
)
from tests.kit.errors import ErrorLines
from tests.unit.handlers.desk_in_memory import (
    ACME_CHANNEL,
    ACMES_TEAM,
    BRIDGE_CHANNEL,
    TEAM,
    slack_id,
)


def references(tickets: object) -> list[str]:
    assert isinstance(tickets, (list, tuple))
    return [each.reference for each in tickets]


def test_a_delivery_seen_before_changes_nothing_and_shows_the_ticket(house: House) -> None:
    first = ask(house, ROUTINE, delivery="form-1")
    again = ask(house, ROUTINE, delivery="form-1")
    assert (first.repeated, again.repeated) == (False, True)
    assert again.ticket == first.ticket
    ask(house, NOTE, delivery="note-1")
    assert ask(house, NOTE, delivery="note-1").events == ()
    with acting(house) as (desk, _):
        assert sum(isinstance(each, NoteAdded) for each in desk.history(REF)) == 1


def test_an_opening_that_comes_again_is_answered_with_what_it_opened(house: House) -> None:
    first = ask(house, ROUTINE, delivery="form-1")
    other = ask(house, replace(ROUTINE, summary="Another", another_problem=True), delivery="form-2")
    assert other.ticket.reference != first.ticket.reference
    assert ask(house, ROUTINE, delivery="form-1").ticket.reference == first.ticket.reference


def test_what_was_refused_may_come_again(house: House) -> None:
    with pytest.raises(Refusal):
        ask(house, NOTE, delivery="note-1")
    ask(house, ROUTINE)
    assert not ask(house, NOTE, delivery="note-1").repeated


def test_an_unknown_ticket_is_none_has_no_history_and_takes_no_command(house: House) -> None:
    with acting(house) as (desk, actor):
        assert desk.ticket("BW-9") is None
        assert not desk.history("BW-9")
        with pytest.raises(UnknownTicket):
            desk.submit(AddNote("BW-9", "x"), actor)


def test_a_reference_is_read_as_people_type_it(house: House) -> None:
    ask(house, ROUTINE)
    with acting(house) as (desk, _):
        found = desk.ticket(" bw-1001 ")
    assert found is not None
    assert found.reference == REF


def test_a_thread_is_its_own_tickets_and_the_channel_its_newest_open_ones(house: House) -> None:
    ask(house, CRITICAL)
    by_engine(house, TakeDelivery(REF, f"{REF}/ack", house.desks.now(), ACME_CHANNEL, "", "1.5"))
    house.later(timedelta(hours=1))
    newer = ask(house, replace(CRITICAL, another_problem=True)).ticket.reference
    with acting(house) as (desk, _):
        at_top = desk.ticket_of_customer(ACME_CHANNEL, None)
        other = desk.ticket_of_customer(ACME_CHANNEL, "9.9")
        first = desk.ticket(REF)
        open_ones = desk.tickets_in_channel(ACME_CHANNEL)
        assert not desk.tickets_in_channel(BRIDGE_CHANNEL)
        assert first is not None
        own = desk.ticket_of_customer(ACME_CHANNEL, first.of(Road).thread_ts)
    assert at_top is not None
    assert at_top.reference == newer
    assert other is None
    assert references(open_ones) == [newer, REF]
    assert own is not None
    assert own.reference == REF


def test_a_merged_ticket_leads_to_the_one_that_it_is_part_of(house: House) -> None:
    ours = replace(ROUTINE, noticed_by=NoticedBy.US)
    ask(house, ours)
    other = ask(house, replace(ours, summary="Another")).ticket.reference
    ask(house, MergeTickets(REF, other))
    noted = ask(house, NOTE)
    assert noted.ticket.reference == other
    with pytest.raises(IsMerged):
        ask(house, ChangeTicket(REF, severity=Severity.LOW))
    with acting(house) as (desk, _):
        assert getattr(desk.ticket(REF), "reference", "") == other
        assert desk.ticket("BW-9") is None


def test_a_bridge_is_its_tickets(house: House) -> None:
    ask(house, CRITICAL)
    taken = TakeDelivery(REF, f"{REF}/bridge", house.desks.now(), BRIDGE_CHANNEL, "bw-1001-acme")
    by_engine(house, taken)
    with acting(house) as (desk, _):
        found = desk.ticket_of_bridge(BRIDGE_CHANNEL)
        assert desk.ticket_of_bridge("C0OTHER") is None
        assert desk.ticket_of_bridge("") is None
    assert found is not None
    assert found.reference == REF


def test_lists_are_newest_first_and_a_resolved_ticket_is_still_open(house: House) -> None:
    ask(house, CRITICAL)
    house.later(timedelta(hours=1))
    ask(house, ROUTINE)
    house.later(timedelta(hours=1))
    ask(house, replace(ROUTINE, account_key="birch"))
    house.later(timedelta(hours=1))
    ask(house, Resolve("BW-1002", "The report of 23 November is there.", "Read it in the portal."))
    ask(house, replace(ROUTINE, account_key="acme", summary="Opened twice"))
    ask(house, MarkOpenedInError("BW-1004", "duplicate", "It is BW-1002."))
    with acting(house) as (desk, actor):
        related = [each.reference for each in desk.context(actor, "acme").known(OpenBeside).tickets]
        assert references(desk.tickets_of("csm-one")) == ["BW-1003", "BW-1002", REF]
        assert related == ["BW-1002", REF]
        assert references(desk.recent_tickets("acme", 5)) == ["BW-1004", "BW-1002", REF]
        assert references(desk.recent_tickets("acme", 1)) == ["BW-1004"]


def test_of_tickets_opened_in_one_moment_the_higher_tier_stands_first(house: House) -> None:
    for wanted in (ROUTINE, CRITICAL, replace(ROUTINE, account_key="birch")):
        ask(house, wanted)
    with acting(house) as (desk, _):
        assert references(desk.tickets_of("csm-one")) == ["BW-1002", REF, "BW-1003"]


def test_who_opened_a_ticket_before_the_desk_knew_them_still_has_it(house: House) -> None:
    unmet = Actor(Who(slack_id("engineer-one"), "Engineer One"))
    with house.desks.gesture() as desk:
        desk.submit(replace(ROUTINE, account_key=None), unmet)
        assert references(desk.tickets_of("engineer-one")) == [REF]


@pytest.mark.parametrize(
    ("team", "user", "standing"),
    [
        (TEAM, slack_id("csm-one"), Standing.MEMBER),
        (TEAM, GUEST, Standing.OUTSIDE),
        (ACMES_TEAM, ACMES_DIRECTOR, Standing.CUSTOMER),
        (ACMES_TEAM, ACMES_STRANGER, Standing.OUTSIDE),
        (None, slack_id("csm-one"), Standing.OUTSIDE),
    ],
)
def test_who_a_slack_user_is(house: House, team: str | None, user: str, standing: Standing) -> None:
    with house.desks.gesture() as desk:
        found = desk.actor(team, user)
    assert found.standing is standing
    assert found.is_person is True or team is None
    assert found.speaks_for("acme") is (standing is Standing.CUSTOMER)


def test_a_context_knows_which_keys_are_one_person_and_who_is_one_of_us(house: House) -> None:
    with acting(house) as (desk, actor):
        ctx = desk.context(actor)
    assert ctx.same(slack_id("csm-two"), "csm-two")
    assert ctx.is_actor(slack_id("csm-one"))
    assert ctx.is_ours(slack_id("csm-two"))
    assert not ctx.is_ours("support-two")
    assert not ctx.is_ours(GUEST)


def test_numbers_that_must_not_be_kept_are_not(house: House) -> None:
    made = ask(house, replace(ROUTINE, description="The card 4111 1111 1111 1111 was charged."))
    assert "4111" not in made.ticket.of(Opening).description


def test_a_preview_is_what_the_command_then_does_and_changes_nothing(house: House) -> None:
    with acting(house) as (desk, actor):
        thought = desk.preview(CRITICAL, actor)
        assert desk.ticket(thought.ticket.reference) is None
        done = desk.submit(CRITICAL, actor)
        assert [type(each) for each in thought.events] == [type(each) for each in done.events]
        noted = desk.preview(NOTE, actor)
        assert [type(each) for each in noted.events] == [NoteAdded]
        assert desk.ticket(REF) == done.ticket
        with pytest.raises(UnknownTicket):
            desk.preview(AddNote("BW-9", "x"), actor)


def test_a_swap_stands_until_it_ends_and_is_made_once(house: House) -> None:
    until_at = house.desks.now() + timedelta(hours=2)
    with acting(house, "cs-manager-one") as (desk, actor):
        taker = Who("csm-two", "CSM Two")
        first = desk.swap("csm", taker, until_at, actor, delivery="swap-1")
        assert desk.swap("csm", taker, until_at, actor, delivery="swap-1") == first
        assert desk.context(actor).swaps == (first,)
    house.later(timedelta(hours=3))
    with acting(house) as (desk, actor):
        assert desk.context(actor).swaps == ()


def test_someone_outside_swaps_nothing(house: House) -> None:
    with house.desks.gesture() as desk:
        actor = desk.actor(TEAM, GUEST)
        until_at = desk.now() + timedelta(hours=2)
        with pytest.raises(Refusal):
            desk.swap("csm", Who("csm-two", "CSM Two"), until_at, actor)
        assert desk.context(actor).swaps == ()


def test_a_newer_process_ticket_is_not_read_not_changed_and_hides_no_other(house: House) -> None:
    ask(house, CRITICAL)
    by_engine(
        house, TakeDelivery(REF, f"{REF}/bridge", house.desks.now(), BRIDGE_CHANNEL, "bw-1001")
    )
    ask(house, ROUTINE)
    house.touch(REF)
    with acting(house) as (desk, actor):
        with pytest.raises(BeingUpdated):
            desk.ticket(REF)
        with pytest.raises(BeingUpdated):
            desk.ticket_of_bridge(BRIDGE_CHANNEL)
        with pytest.raises(BeingUpdated):
            desk.tickets_in_channel(ACME_CHANNEL)
        with pytest.raises(BeingUpdated):
            desk.submit(NOTE, actor)
        assert references(desk.tickets_of("csm-one")) == ["BW-1002"]
        assert references(desk.recent_tickets("acme", 5)) == ["BW-1002"]
        assert [
            each.reference for each in desk.context(actor, "acme").known(OpenBeside).tickets
        ] == ["BW-1002"]


def test_what_is_newer_deep_inside_a_ticket_hides_no_other_from_a_list(house: House) -> None:
    ask(house, CRITICAL)
    ask(house, ROUTINE)
    house.touch(REF, "people")
    with acting(house) as (desk, _):
        assert references(desk.tickets_of("csm-one")) == ["BW-1002"]
        assert references(desk.recent_tickets("acme", 5)) == ["BW-1002"]


def test_a_command_that_asks_nothing_of_what_is_newer_changes_nothing_either(house: House) -> None:
    ask(house, CRITICAL)
    house.touch(REF, "called_by")
    with acting(house) as (desk, actor):
        with pytest.raises(BeingUpdated):
            desk.submit(NOTE, actor)
        assert not any(isinstance(each, NoteAdded) for each in desk.history(REF))


@pytest.mark.expects_errors
def test_while_the_database_is_away_whoever_asks_is_told(
    house: House, error_lines: ErrorLines
) -> None:
    ask(house, ROUTINE)
    house.leave()
    with acting(house) as (desk, actor):
        for question in (
            lambda: desk.ticket(REF),
            lambda: desk.context(actor),
            lambda: desk.history(REF),
            lambda: desk.tickets_of("csm-one"),
            lambda: desk.submit(NOTE, actor),
        ):
            with pytest.raises(NotSaved):
                question()


def test_a_permalink_is_the_address_of_a_message(house: House) -> None:
    with house.desks.gesture() as desk:
        found = desk.permalink("C1", "1.5")
        assert found == "https://vendor.example/archives/C1/p15"
        assert desk.permalink("", "1.5") == ""
        assert desk.account_of_channel(ACME_CHANNEL) == "acme"


def test_an_account_is_added_by_who_may_and_by_nobody_else(house: House) -> None:
    entries = {"name": "Quince", "kind": "customer", "time_zone": "UTC", "csm": "csm-two"}
    with acting(house, "engineer-one") as (desk, engineer), pytest.raises(NotAllowed):
        desk.change_account("quince", entries, "", engineer)
    with acting(house, "csm-two") as (desk, csm):
        assert desk.file_of_account("quince") == ""
        change = desk.change_account("quince", entries, "", csm)
    assert change.before is None
    assert (change.after.name, change.after.csm) == ("Quince", "csm-two")
