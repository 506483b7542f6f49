"""When one who was asked for a role has not answered. Source: D14."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import dues_of, falls
from protocols.people.people import Role
from protocols.policy.policy import Policy
from protocols.roles.rules import lapse
from protocols.roles.state import Roles
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


@dataclass(frozen=True, slots=True)
class RolePoint(DuePoint):
    """When one who was asked for a role has not answered."""

    role: Role


@dues_of
def roles_asked(ticket: Ticket, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when one who was asked for a role has not answered. Source: D14."""
    if ticket.status is not Status.OPEN or not ticket.tier.has_bridge:
        return
    for seat in ticket.of(Roles).seats:
        if seat.asked is None or seat.asked_at is None:
            continue
        number = stamp(seat.asked_at)
        key = f"role:{seat.role}:{seat.asked.key}:{number}"
        at = seat.asked_at + policy.roles.accept_within
        yield RolePoint(key, f"role_{seat.role}", at, seat.role)


@falls(*(f"role_{role}" for role in Role))
def role_unanswered(ticket: Ticket, point: RolePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the next on the rota is asked."""
    return lapse(ticket, point.role, ctx)
