"""Who is reminded of the written analysis. Source: S53; words.md 0 rule 4."""

from __future__ import annotations

from protocols.analysis.events import RcaReminded
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.roads import dm
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.rights.roads import to_manager
from protocols.ticket import Ticket


@tells(RcaReminded)
def rca_reminded(ticket: Ticket, event: RcaReminded, ctx: Context) -> Effects:
    """Remind the contact of the written analysis; when late, the CS manager too."""
    suffix = f"rca/{'late' if event.late else 'due'}/{stamp(event.at)}"
    params: dict[str, object] = {"late": event.late}
    told: list[Effect] = []
    if ticket.poc is not None:
        told.append(dm(ticket, suffix, ticket.poc, "rca_reminder", params))
    if event.late:
        told += to_manager(ticket, ctx, suffix, "rca_reminder", params)
    return tuple(told)
