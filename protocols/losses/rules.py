"""What follows when somebody or something is gone in mid-incident. Source: D14, D23, D24, D29."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.account.events import RoadLost, Route, RouteKind
from protocols.account.rules import account_card, is_security_matter, route
from protocols.account.state import Road
from protocols.bridge.events import PersonInvited
from protocols.bridge.state import BridgeState
from protocols.contact.cover import looked_at
from protocols.contact.events import PocChanged
from protocols.contact.state import HandOver
from protocols.engineering.rules import passed_on
from protocols.engineering.state import Loop
from protocols.escalation.dues import somebody_came
from protocols.executives.events import ExecutiveNotified, NoExecutiveFound
from protocols.executives.state import Executives
from protocols.helpers.calling import LEAD_DUTIES
from protocols.helpers.events import HelperCalled, HelperCalledAgain
from protocols.helpers.state import Helpers
from protocols.holds.rules import stop_lapse
from protocols.holds.state import Hold, Holds, HoldState
from protocols.kernel.changing import fold
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import decides
from protocols.losses.events import PersonGone, RoadFound, TakeStock
from protocols.losses.state import Losses
from protocols.people.duties import PAYMENTS
from protocols.people.people import Role, Staff, Who
from protocols.roles.asking import ask_role
from protocols.roles.state import Roles
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.triage.rules import shown_again
from protocols.updates.reviewers import asked, asked_and_gone
from protocols.updates.state import Updates

CONTACT = "contact"
EXECUTIVE = "executive"
RELEASE = "release"


@decides(TakeStock)
def take_stock(ticket: Ticket, _command: TakeStock, ctx: Context) -> tuple[Event, ...]:
    """Return what follows from who and what is gone; nothing when all is still there."""
    if not ticket.is_open:
        return ()
    events: tuple[Event, ...] = ()
    for who, parts in parts_of_the_gone(ticket, ctx).items():
        more = _without(who, parts, ticket, ctx)
        ticket, events = fold(more, ticket), (*events, *more)
    more = _executive_after(ticket, ctx)
    ticket, events = fold(more, ticket) if more else ticket, (*events, *more)
    found = (*looked_at(ticket, ctx), *somebody_came(ticket, ctx), *shown_again(ticket, ctx))
    return (*events, *found, *_road_anew(ticket, ctx))


def parts_of_the_gone(ticket: Ticket, ctx: Context) -> dict[Who, tuple[str, ...]]:
    """Return what everybody had, or was asked for, who is one of us no more. Source: D29."""
    found: dict[Who, tuple[str, ...]] = {}
    for who, part in _parts(ticket):
        if not ctx.is_ours(who.key):
            found[who] = tuple(dict.fromkeys((*found.get(who, ()), part)))
    return found


def _parts(ticket: Ticket) -> Iterator[tuple[Who, str]]:
    seats = ticket.of(Roles).seats
    parts: list[tuple[Who | None, str]] = [
        (ticket.poc, CONTACT),
        (ticket.of(HandOver).asked, CONTACT),
        *((who, seat.role.value) for seat in seats for who in (seat.holder, seat.asked)),
        *((draft.asked_of, RELEASE) for draft in ticket.of(Updates).waiting_drafts()),
        *((helper.who, helper.duty) for helper in ticket.of(Helpers).helpers),
        *((hold.stopper, PAYMENTS) for hold in _asked_stops(ticket)),
        (ticket.of(Loop).asked, "engineering"),
    ]
    yield from ((who, part) for who, part in parts if who is not None)


def _asked_stops(ticket: Ticket) -> list[Hold]:
    return [hold for hold in ticket.of(Holds).holds if hold.state is HoldState.ASKED]


def _without(who: Who, parts: tuple[str, ...], ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    """Return that the next in line is asked for each part of one who is gone."""
    gone = PersonGone(ctx.now, ctx.by, who, parts)
    stops = [hold.number for hold in _asked_stops(ticket) if hold.stopper == who]
    engineer = ticket.of(Loop).asked
    events: list[Event] = [gone, *_contact_after(who, ticket, ctx)]
    events += (asked(ticket, draft, ctx) for draft in asked_and_gone(ticket, ctx)
               if draft.asked_of == who)  # fmt: skip
    for number in stops:
        events += stop_lapse(ticket, number, ctx)
    if engineer is not None and engineer == who:
        events += passed_on(ticket, engineer, ctx)
    if ticket.status is Status.OPEN:
        events += _seats_after(parts, fold(tuple(events), ticket), ctx)
        events += _duties_after(who, ticket, ctx)
    return tuple(events)


def _contact_after(who: Who, ticket: Ticket, ctx: Context) -> list[Event]:
    """Return the next contact: the account's CSM, the CSM on duty, the CS manager. Source: D23."""
    if ticket.poc is None or ticket.poc.key != who.key:
        return []
    csm = ticket.account.csm if ticket.account is not None else None
    named = ctx.who(csm) if csm is not None and ctx.is_ours(csm) else None
    found = named or ctx.first_on_duty("csm") or ctx.first_on_duty("cs-manager")
    if found is None:
        return []
    return [PocChanged(ctx.now, ctx.by, found, ticket.poc), *_invited(found, ticket, ctx)]


def _executive_after(ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    """Return that another executive is told where the one who was is gone. Source: S15, D40."""
    told = ticket.of(Executives)
    last = told.executives[-1].who if told.executives else None
    if last is None or told.nobody_at is not None or ctx.is_ours(last.key):
        return ()
    gone = PersonGone(ctx.now, ctx.by, last, (EXECUTIVE,))
    besides = frozenset(each.who.key for each in told.executives)
    found = ctx.first_on_duty("executive", besides=besides)
    if found is None:
        return (gone, NoExecutiveFound(ctx.now, ctx.by))
    return (gone, ExecutiveNotified(ctx.now, ctx.by, found))


def _invited(who: Staff, ticket: Ticket, ctx: Context) -> list[Event]:
    bridge = ticket.of(BridgeState)
    is_here = any(each.key == who.key for each in bridge.here)
    wanted = ticket.tier.has_bridge and bridge.archived_at is None and not is_here
    return [PersonInvited(ctx.now, ctx.by, who)] if wanted else []


def _seats_after(parts: tuple[str, ...], ticket: Ticket, ctx: Context) -> list[Event]:
    """Return the questions for the seats that are free now. Source: D14."""
    events: list[Event] = []
    for role in (Role(part) for part in parts if part in {role.value for role in Role}):
        seat = ticket.of(Roles).seat(role)
        if seat is not None and seat.holder is None and seat.asked is None:
            asked = ask_role(role, fold(tuple(events), ticket) if events else ticket, ctx)
            events += asked
    return events


def _duties_after(who: Who, ticket: Ticket, ctx: Context) -> list[Event]:
    """Return the call of the next on duty, for each duty that one who is gone was called for."""
    events: list[Event] = []
    for helper in ticket.of(Helpers).helpers:
        if helper.who.key != who.key:
            continue
        found = ctx.first_on_duty(helper.duty, besides=frozenset({who.key}))
        if found is None:
            continue
        lead = helper.duty in LEAD_DUTIES
        events.append(
            HelperCalled(ctx.now, ctx.by, helper.duty, found, lead, required=helper.required)
        )
        if lead and ticket.of(BridgeState).brought_in_at is not None:
            events += _invited(found, ticket, ctx)
            events.append(HelperCalledAgain(ctx.now, ctx.by, helper.duty, found))
    return events


def _road_anew(ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    """Return the account's road, taken anew: its shared channel, else mail, else none. D24."""
    now, wanted = ticket.of(Road).route, _wanted(ticket, ctx)
    if wanted is None or _is_same(now, wanted) or not ticket.is_open:
        return ()
    if wanted.kind is RouteKind.CHANNEL:
        return (RoadFound(ctx.now, ctx.by, wanted),)
    return (RoadLost(ctx.now, ctx.by, _why(now, ctx), wanted),)


def _wanted(ticket: Ticket, ctx: Context) -> Route | None:
    """Return the road that the ticket would take if it were opened now, None for no account."""
    if ticket.account is None:
        return None
    known = ctx.directory.account(ticket.account.key)
    card = account_card(known) if known is not None and known.active else ticket.account
    seen = ctx.channel
    # A channel that refused our words, though it is there, is not tried again by itself.
    closed = seen is not None and seen.channel_id in ticket.of(Losses).closed
    return route(card, None if closed else seen, security=is_security_matter(ticket))


def _is_same(now: Route, wanted: Route) -> bool:
    if now.kind is not wanted.kind:
        return False
    return now.channel_id == wanted.channel_id and set(now.addresses) == set(wanted.addresses)


def _why(road: Route, ctx: Context) -> str:
    if road.kind is not RouteKind.CHANNEL:
        return "contacts"
    seen = ctx.channel
    return "channel" if seen is not None and seen.channel_id == road.channel_id else "unseen"
