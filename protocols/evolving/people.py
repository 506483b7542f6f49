"""What events of people, roles, findings and holds change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from protocols import events as ev
from protocols.evolving.registry import on, with_person
from protocols.people import Role, Who
from protocols.ticket import Finding, Helper, Hold, HoldState, PocOffer, Seat, Ticket


def _without(people: tuple[Who, ...], key: str) -> tuple[Who, ...]:
    return tuple(who for who in people if who.key != key)


@on(ev.PersonAdded)
def _person_added(ticket: Ticket, event: ev.PersonAdded) -> Ticket:
    return replace(ticket, people=with_person(ticket.people, event.person))


@on(ev.HelperCalled)
def _helper_called(ticket: Ticket, event: ev.HelperCalled) -> Ticket:
    called = Helper(event.duty, event.person, event.at, required=event.required)
    return replace(
        ticket,
        helpers=(*ticket.helpers, called),
        people=with_person(ticket.people, event.person),
    )


def _helpers(ticket: Ticket, person: str, **changes: Any) -> Ticket:
    def change(helper: Helper) -> Helper:
        return replace(helper, **changes) if helper.who.key == person else helper

    return replace(ticket, helpers=tuple(change(helper) for helper in ticket.helpers))


@on(ev.HelperCalledAgain)
def _helper_again(ticket: Ticket, event: ev.HelperCalledAgain) -> Ticket:
    return _helpers(ticket, event.person.key, asked_again_at=event.at, left=False)


@on(ev.HelperAnswered)
def _helper_answered(ticket: Ticket, event: ev.HelperAnswered) -> Ticket:
    return _helpers(ticket, event.person.key, here_at=event.at, left=False)


def _bridge(ticket: Ticket, **changes: Any) -> Ticket:
    return replace(ticket, bridge=replace(ticket.bridge, **changes))


@on(ev.LeadsBroughtIn)
def _brought_in(ticket: Ticket, event: ev.LeadsBroughtIn) -> Ticket:
    return _bridge(ticket, brought_in_at=event.at)


@on(ev.PersonInvited)
def _invited(ticket: Ticket, event: ev.PersonInvited) -> Ticket:
    return replace(ticket, people=with_person(ticket.people, event.person))


@on(ev.PersonJoined)
def _joined(ticket: Ticket, event: ev.PersonJoined) -> Ticket:
    people = ticket.people if event.outside else with_person(ticket.people, event.person)
    added = _helpers(replace(ticket, people=people), event.person.key, left=False)
    return _bridge(added, here=with_person(ticket.bridge.here, event.person))


@on(ev.PersonLeft)
def _left(ticket: Ticket, event: ev.PersonLeft) -> Ticket:
    gone = _bridge(ticket, here=_without(ticket.bridge.here, event.person.key))
    return _helpers(gone, event.person.key, left=True) if event.helped else gone


@on(ev.NinthKept)
def _ninth_kept(ticket: Ticket, event: ev.NinthKept) -> Ticket:
    return _bridge(ticket, kept=(*ticket.bridge.kept, event.person.key))


@on(ev.BridgeOpened)
def _bridge_opened(ticket: Ticket, event: ev.BridgeOpened) -> Ticket:
    opened = replace(
        ticket.bridge,
        channel_id=event.channel_id,
        channel_name=event.channel_name,
        opened_at=event.at,
    )
    return replace(ticket, bridge=opened)


@on(ev.BridgeSharedOutside)
def _bridge_shared(ticket: Ticket, event: ev.BridgeSharedOutside) -> Ticket:
    return _bridge(ticket, shared_at=event.at)


@on(ev.BridgeArchiveAsked)
def _archive_asked(ticket: Ticket, event: ev.BridgeArchiveAsked) -> Ticket:
    return _bridge(ticket, archived_at=event.at)


@on(ev.CallStarted)
def _call_started(ticket: Ticket, event: ev.CallStarted) -> Ticket:
    return _bridge(ticket, call_started_at=event.at, call_started_by=event.by)


@on(ev.ScopeConfirmed)
def _scope(ticket: Ticket, event: ev.ScopeConfirmed) -> Ticket:
    return replace(ticket, scope=event.how, scope_accounts=event.accounts, scope_since=event.since)


@on(ev.ExposureConfirmed)
def _exposure(ticket: Ticket, event: ev.ExposureConfirmed) -> Ticket:
    return replace(ticket, exposure_by=event.by, exposure_at=event.at)


def _seats(ticket: Ticket, role: Role, change: Callable[[Seat], Seat]) -> Ticket:
    seats = tuple(change(seat) if seat.role is role else seat for seat in ticket.seats)
    return replace(ticket, seats=seats)


@on(ev.RoleAsked)
def _role_asked(ticket: Ticket, event: ev.RoleAsked) -> Ticket:
    asked = _seats(
        ticket,
        event.role,
        lambda seat: replace(
            seat,
            asked=event.person,
            asked_at=event.at,
            tried=(*seat.tried, event.person.key),
            exhausted=False,
        ),
    )
    return replace(asked, people=with_person(ticket.people, event.person))


@on(ev.RoleTaken)
def _role_taken(ticket: Ticket, event: ev.RoleTaken) -> Ticket:
    taken = _seats(
        ticket,
        event.role,
        lambda seat: replace(
            seat,
            holder=event.by,
            taken_at=event.at,
            asked=None,
            asked_at=None,
            tried=(),
            exhausted=False,
        ),
    )
    return replace(taken, people=with_person(ticket.people, event.by))


@on(ev.RoleDeclined)
@on(ev.RoleLapsed)
def _role_free(ticket: Ticket, event: ev.RoleDeclined | ev.RoleLapsed) -> Ticket:
    return _seats(ticket, event.role, lambda seat: replace(seat, asked=None, asked_at=None))


@on(ev.RotaExhausted)
def _rota_exhausted(ticket: Ticket, event: ev.RotaExhausted) -> Ticket:
    return _seats(
        ticket, event.role, lambda seat: replace(seat, asked=None, asked_at=None, exhausted=True)
    )


@on(ev.PocOffered)
def _poc_offered(ticket: Ticket, event: ev.PocOffered) -> Ticket:
    offer = PocOffer(event.person, event.by, event.at)
    return replace(ticket, poc_offer=offer, people=with_person(ticket.people, event.person))


@on(ev.PocDeclined)
def _poc_declined(ticket: Ticket, event: ev.PocDeclined) -> Ticket:
    return replace(ticket, poc_offer=None)


@on(ev.PocChanged)
def _poc_changed(ticket: Ticket, event: ev.PocChanged) -> Ticket:
    people = with_person(ticket.people, event.person)
    return replace(ticket, poc=event.person, poc_offer=None, people=people)


@on(ev.FindingRecorded)
def _finding(ticket: Ticket, event: ev.FindingRecorded) -> Ticket:
    found = Finding(
        event.number,
        event.kind,
        event.text,
        event.by,
        event.at,
        event.accounts_count,
        event.records_count,
    )
    return replace(ticket, findings=(*ticket.findings, found))


@on(ev.HoldAsked)
def _hold_asked(ticket: Ticket, event: ev.HoldAsked) -> Ticket:
    hold = Hold(event.number, event.kind, HoldState.ASKED, event.by, event.at, event.reason)
    return replace(ticket, holds=(*ticket.holds, hold))


def _holds(ticket: Ticket, number: int, **changes: Any) -> Ticket:
    holds = tuple(replace(h, **changes) if h.number == number else h for h in ticket.holds)
    return replace(ticket, holds=holds)


@on(ev.StopAsked)
def _stop_asked(ticket: Ticket, event: ev.StopAsked) -> Ticket:
    hold = next(h for h in ticket.holds if h.number == event.number)
    tried = (*hold.tried, event.person.key)
    return _holds(
        ticket, event.number, stopper=event.person, stopper_asked_at=event.at, tried=tried
    )


@on(ev.StopLapsed)
@on(ev.StopRotaExhausted)
def _stop_unanswered(ticket: Ticket, event: ev.StopLapsed | ev.StopRotaExhausted) -> Ticket:
    return _holds(ticket, event.number, stopper=None, stopper_asked_at=None)


@on(ev.HoldStopped)
def _hold_stopped(ticket: Ticket, event: ev.HoldStopped) -> Ticket:
    return _holds(
        ticket,
        event.number,
        state=HoldState.STOPPED,
        stopped_by=event.confirmed_by,
        stopped_at=event.at,
    )


@on(ev.HoldCleared)
def _hold_cleared(ticket: Ticket, event: ev.HoldCleared) -> Ticket:
    return _holds(
        ticket,
        event.number,
        state=HoldState.CLEARED,
        cleared_by=event.by,
        cleared_at=event.at,
    )
