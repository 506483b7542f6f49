"""The seats of a ticket's bridge. Source: S43, D14."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.ladder.events import LadderStarted
from protocols.losses.events import PersonGone
from protocols.people.people import Role, Staff
from protocols.roles.events import RoleAsked, RoleDeclined, RoleLapsed, RoleTaken, RotaExhausted
from protocols.scales import Tier
from protocols.ticket import Ticket
from protocols.tiers.events import TierChanged


@dataclass(frozen=True, slots=True)
class Seat:
    """One role: who holds it, who is asked, who was tried already. Source: D14."""

    role: Role
    holder: Staff | None = None
    taken_at: datetime | None = None
    asked: Staff | None = None
    asked_at: datetime | None = None
    tried: tuple[str, ...] = ()
    exhausted: bool = False


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Roles:
    """The seats that the tier has."""

    seats: tuple[Seat, ...] = ()

    def seat(self, role: Role) -> Seat | None:
        """Return the seat of a role, None when this tier has no such seat."""
        return next((seat for seat in self.seats if seat.role is role), None)


def _seats(roles: Roles, role: Role, change: Callable[[Seat], Seat]) -> Roles:
    return Roles(tuple(change(seat) if seat.role is role else seat for seat in roles.seats))


@on(LadderStarted)
def _seats_of_ladder(roles: Roles, event: LadderStarted) -> Roles:
    seats = {seat.role: seat for seat in roles.seats}
    for role in event.roles:
        seats.setdefault(role, Seat(role))
    return Roles(tuple(seats.values()))


@on(TierChanged)
def _without_commander(roles: Roles, event: TierChanged) -> Roles:
    if event.after >= Tier.SYSTEMIC:
        return roles
    return Roles(tuple(seat for seat in roles.seats if seat.role is not Role.COMMANDER))


@on(RoleAsked)
def _role_asked(roles: Roles, event: RoleAsked) -> Roles:
    def ask(seat: Seat) -> Seat:
        tried = (*seat.tried, event.person.key)
        return replace(seat, asked=event.person, asked_at=event.at, tried=tried, exhausted=False)

    return _seats(roles, event.role, ask)


@on(RoleTaken)
def _role_taken(roles: Roles, event: RoleTaken) -> Roles:
    return _seats(roles, event.role, lambda seat: Seat(seat.role, Staff(event.by), event.at))


@on(RoleDeclined, RoleLapsed)
def _role_free(roles: Roles, event: RoleDeclined | RoleLapsed) -> Roles:
    return _seats(roles, event.role, lambda seat: replace(seat, asked=None, asked_at=None))


@on(RotaExhausted)
def _rota_exhausted(roles: Roles, event: RotaExhausted) -> Roles:
    return _seats(
        roles, event.role, lambda seat: replace(seat, asked=None, asked_at=None, exhausted=True)
    )


@on(PersonGone)
def _gone(roles: Roles, event: PersonGone) -> Roles:
    def without(seat: Seat) -> Seat:
        key = event.person.key
        if seat.holder is not None and seat.holder.key == key:
            return Seat(seat.role, asked=seat.asked, asked_at=seat.asked_at, tried=(key,))
        if seat.asked is not None and seat.asked.key == key:
            return replace(seat, asked=None, asked_at=None)
        return seat

    return Roles(tuple(without(seat) for seat in roles.seats))
