"""Who is asked for a role, and who hears who has it or that nobody has. Source: S43; D14."""

from __future__ import annotations

from protocols.bridge.roads import bridge_post, topic
from protocols.kernel.context import Context
from protocols.kernel.roads import dm, page
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.people.people import Role, Staff
from protocols.rights.roads import to_manager
from protocols.roles.events import RoleAsked, RoleLapsed, RoleTaken, RotaExhausted
from protocols.roles.state import Roles
from protocols.ticket import Ticket

RESPONDERS = ("security", "commander")


@tells(RoleAsked)
def role_asked(ticket: Ticket, event: RoleAsked, ctx: Context) -> Effects:
    """Ask a person to take a role; after the first of the rota, have the pager wake them."""
    number = stamp(event.at)
    suffix = f"role/{event.role}/{event.person.key}/{number}"
    params = {"role": event.role.value, "by": event.by.key, "reason": event.reason}
    asked = dm(ticket, suffix, event.person, "role_ask", params)
    seat = ticket.of(Roles).seat(event.role)
    again = seat is not None and len(seat.tried) > 1
    if not (again or event.role is Role.COMMANDER):
        return (asked,)
    return (asked, page(ticket, suffix, event.person, "page_role", role=event.role.value))


@tells(RoleTaken)
def role_taken(ticket: Ticket, event: RoleTaken, ctx: Context) -> Effects:
    """Tell the bridge, and give the role's card to the one who took it."""
    number = stamp(event.at)
    suffix = f"role-taken/{event.role}/{event.by.key}/{number}"
    params = {"role": event.role.value, "by": event.by.key}
    # The topic of a Tier 4 bridge names its commander.
    named = (topic(ticket, f"commander-{number}"),) if event.role is Role.COMMANDER else ()
    return (
        bridge_post(ticket, suffix, "role_line", params),
        dm(ticket, f"{suffix}/card", Staff(event.by), f"role_{event.role.value}"),
        *named,
    )


@tells(RoleLapsed)
def role_lapsed(ticket: Ticket, event: RoleLapsed, ctx: Context) -> Effects:
    """Tell the CS manager that a person has not answered and who is asked now. Source: D14."""
    seat = ticket.of(Roles).seat(event.role)
    if seat is None or seat.asked is None:
        return ()
    number = stamp(event.at)
    params = {
        "role": event.role.value,
        "silent": event.person.key,
        "asked": seat.asked.key,
    }
    return to_manager(ticket, ctx, f"role-lapsed/{event.role}/{number}", "role_unanswered", params)


@tells(RotaExhausted)
def rota_exhausted(ticket: Ticket, event: RotaExhausted, ctx: Context) -> Effects:
    """Tell the bridge and the CS manager that the rota is at its end."""
    number = stamp(event.at)
    suffix = f"rota-end/{event.role}/{number}"
    params: dict[str, object] = {"role": event.role.value}
    return (
        bridge_post(ticket, suffix, "rota_end", params),
        *to_manager(ticket, ctx, suffix, "rota_end", params),
    )
