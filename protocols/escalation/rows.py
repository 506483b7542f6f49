"""Which rows of the policy hold for a ticket, and since when. Source: S93, S146; D45.

A ticket with a bridge has its people: the rows are of Tier 1 and 2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from protocols.closure.state import Closure
from protocols.details.state import Details
from protocols.escalation.state import Escalation
from protocols.flags.events import Flag
from protocols.flags.state import Flags
from protocols.kernel.stamps import stamp
from protocols.ladder.measures import answered_at
from protocols.losses.state import Losses
from protocols.policy.escalation import EscalationRow, Trigger
from protocols.policy.policy import Policy
from protocols.routing.state import Routing
from protocols.targets.clocks import RunningTarget, running
from protocols.targets.state import Blocking, TargetWatch
from protocols.targets.taking import is_free
from protocols.ticket import Ticket
from protocols.tiers.state import Tiers
from protocols.time.calendar import BusinessCalendar
from protocols.time.targets import Measure

_ONCE_EACH_TIME = (Trigger.LATE_AND_FREE, Trigger.FREE)
"""Rows that may hold anew after a ticket has become nobody's again."""


@dataclass(frozen=True, slots=True)
class Fallen:
    """A row that holds for a ticket from an instant on.

    Attributes:
        key: What is on record once it has had its turn.
    """

    row: EscalationRow
    key: str
    at: datetime


def is_desk(ticket: Ticket) -> bool:
    """Say whether the rows look at a ticket: it is worked on, and has no bridge."""
    return ticket.is_live and not ticket.tier.has_bridge


def is_nobodys(ticket: Ticket) -> bool:
    """Say whether nobody has taken a ticket, nor answered its account; or who had it is gone.

    Source: S65, M26; D29.
    """
    anew = ticket.of(Routing).is_handed_on or ticket.of(Losses).ownerless_at is not None
    return is_free(ticket) and (anew or answered_at(ticket) is None)


def falling(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[Fallen]:
    """Yield every row that holds and has not had its turn, with the instant from which it does.

    What was so before anybody looked after a ticket's clocks is only marked.
    """
    watched_at = ticket.of(TargetWatch).watched_at
    if watched_at is None or not is_desk(ticket):
        return
    done = ticket.of(Escalation).rows
    for row in policy.escalate.rows:
        since = _since(row, ticket, policy, calendar) if is_of(row, ticket) else None
        key = key_of(row, ticket)
        if since is None or key in done:
            continue
        at = since if row.after is None else calendar.due(since, row.after)
        if at <= watched_at and watched_at > ticket.opened_at:
            if row.when is not Trigger.LATE_AND_FREE:
                continue
            at = calendar.due(watched_at, policy.escalate.look_every)
        yield Fallen(row, key, at)


def limbo_since(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> datetime | None:
    """Return since when a ticket is late, nobody has it, and it is not escalated: never. S146."""
    if not is_desk(ticket) or ticket.of(Escalation).now is not None:
        return None
    return _late_and_free(ticket, running(ticket, policy, calendar))


def key_of(row: EscalationRow, ticket: Ticket) -> str:
    """Return under which name a row is on record as having had its turn."""
    since = free_since(ticket) if row.when in _ONCE_EACH_TIME else ticket.opened_at
    return row.name if since == ticket.opened_at else f"{row.name}#{stamp(since)}"


def free_since(ticket: Ticket) -> datetime:
    """Return since when a ticket is nobody's that nobody has: opened, given on, back from a bridge.

    Open again it is nobody's since it was thought solved; where who had it is gone, since then.
    """
    closure, given_at = ticket.of(Closure), ticket.of(Routing).since_at
    back = [c.at for c in ticket.of(Tiers).tier_changes if c.before.has_bridge]
    solved = closure.reopened and closure.resolution is not None
    solved_at = closure.resolution.at if solved and closure.resolution is not None else None
    gone_at = ticket.of(Losses).ownerless_at
    given = (given_at or ticket.opened_at, *back[-1:], solved_at, gone_at)
    return max(at for at in given if at is not None)


def is_of(row: EscalationRow, ticket: Ticket) -> bool:
    """Say whether a ticket meets the conditions of a row."""
    level = ticket.account.program_level if ticket.account is not None else None
    return (
        (not row.severities or ticket.severity in row.severities)
        and (not row.categories or ticket.category in row.categories)
        and (not row.program_levels or level in row.program_levels)
    )


def _since(
    row: EscalationRow, ticket: Ticket, policy: Policy, calendar: BusinessCalendar
) -> datetime | None:
    if row.when in _BY_CLOCK:
        return _BY_CLOCK[row.when](ticket, running(ticket, policy, calendar))
    if row.when is Trigger.EXCHANGED:
        came_back = ticket.of(Escalation).exchanges
        return came_back[row.times - 1] if len(came_back) >= row.times else None
    return _BY_FACT[row.when](ticket) if row.when in _BY_FACT else None


def _resolution_late(ticket: Ticket, clocks: tuple[RunningTarget, ...]) -> datetime | None:
    watched_at = ticket.of(TargetWatch).watched_at or ticket.opened_at
    of_it = (clock.breach_at for clock in clocks if clock.measure is Measure.RESOLVE)
    return next((at for at in of_it if at > watched_at), None)


def _late_and_free(ticket: Ticket, clocks: tuple[RunningTarget, ...]) -> datetime | None:
    if not is_nobodys(ticket) or not clocks:
        return None
    return max(clocks[0].breach_at, free_since(ticket))


def _open_since(ticket: Ticket) -> datetime | None:
    """Return since when it is open; an account that owes us an answer has it in its own hands."""
    return None if ticket.of(Details).waits else ticket.opened_at


_BY_CLOCK: dict[Trigger, Callable[[Ticket, tuple[RunningTarget, ...]], datetime | None]] = {
    Trigger.LATE: _resolution_late,
    Trigger.LATE_AND_FREE: _late_and_free,
}
_BY_FACT: dict[Trigger, Callable[[Ticket], datetime | None]] = {
    Trigger.FREE: lambda ticket: free_since(ticket) if is_nobodys(ticket) else None,
    Trigger.AGE: _open_since,
    Trigger.BLOCKED: lambda ticket: ticket.of(Blocking).since_at,
    Trigger.DISPUTED: lambda ticket: ticket.of(Flags).since(Flag.CONTRACT_DISPUTE),
}
