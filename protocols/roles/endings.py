"""What became of a question about a role. Source: S43; D14."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.endings import NOT_CLOSED, Became, Key, over
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Events, ends
from protocols.people.people import Role
from protocols.roles.events import RoleDeclined
from protocols.roles.state import Roles, Seat
from protocols.ticket import Ticket

ABOUT = "role"


@ends("role")
def asked(ticket: Ticket, key: Key, events: Events, ctx: Context) -> Became | None:
    """Return whether a role is taken, declined, asked of another, or not needed any more."""
    role, person, asked_at = Role(key[0]), key[1], key.number(2)
    seat = ticket.of(Roles).seat(role)
    if seat is None:
        return Became("void", ABOUT, role.value)
    if _waits(seat, person, asked_at):
        return over(ticket.status, ABOUT, role.value)
    declined = next(
        (e for e in events if isinstance(e, RoleDeclined) and e.person.key == person), None
    )
    if declined is not None and declined.role is role:
        return Became("declined", ABOUT, role.value, declined.person, declined.at, seat.asked)
    if _taken_since(seat, asked_at):
        return Became("taken", ABOUT, role.value, seat.holder, seat.taken_at)
    if seat.asked is None:
        return over(ticket.status, ABOUT, role.value) or Became("lapsed", ABOUT, role.value)
    return Became("lapsed", ABOUT, role.value, then=seat.asked)


def _waits(seat: Seat, person: str, asked_at: int) -> bool:
    is_asked = seat.asked is not None and seat.asked.key == person
    return is_asked and seat.asked_at is not None and stamp(seat.asked_at) == asked_at


def _taken_since(seat: Seat, at: int) -> bool:
    return seat.holder is not None and seat.taken_at is not None and stamp(seat.taken_at) >= at


@ends("rota-end")
def nobody(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return who took a role for which nobody on the rota had answered."""
    role = Role(key[0])
    seat = ticket.of(Roles).seat(role)
    if seat is None:
        return Became("void", ABOUT, role.value)
    if _taken_since(seat, key.number(1)):
        return Became("taken", ABOUT, role.value, seat.holder, seat.taken_at)
    return over(ticket.status, ABOUT, role.value)


@ends("role-taken")
def held(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return who has a role now, for the card of the one who had it."""
    role, person = Role(key[0]), key[1]
    if key[3:] != ("card",):
        return None
    seat = ticket.of(Roles).seat(role)
    if seat is None:
        return Became("void", ABOUT, role.value)
    if seat.holder is not None and seat.holder.key != person:
        return Became("taken", ABOUT, role.value, seat.holder, seat.taken_at)
    return over(ticket.status, ABOUT, role.value, NOT_CLOSED)
