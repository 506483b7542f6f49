"""The list of impacted accounts, and the step that it meets with the released text. Source: S23."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import decides, follows
from protocols.ladder.events import StepKind
from protocols.ladder.rules import settle
from protocols.outreach.events import AddImpacted, ImpactedNamed
from protocols.outreach.state import Outreach
from protocols.rights.guards import need_on_ticket
from protocols.ticket import Ticket
from protocols.updates.events import DraftKind
from protocols.updates.state import Updates


@decides(AddImpacted)
def name_impacted(ticket: Ticket, command: AddImpacted, ctx: Context) -> tuple[Event, ...]:
    """Decide that accounts are impacted; unknown keys are left out. Source: S23."""
    need_on_ticket(ticket, ctx)
    known = tuple(
        key
        for key in command.accounts
        if ctx.directory.account(key) is not None and key not in ticket.of(Outreach).impacted
    )
    return (ImpactedNamed(ctx.now, ctx.by, known),) if known else ()


@follows
def outreach_released(
    _before: Ticket | None, _events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that the outreach is met by its list and its released text, whichever comes last.

    Source: S23.
    """
    impacted = ticket.of(Outreach).impacted
    released = any(
        draft.kind is DraftKind.OUTREACH and draft.released_at is not None
        for draft in ticket.of(Updates).drafts
    )
    if not (released and impacted):
        return ()
    return settle(ticket, StepKind.OUTREACH, ctx, note=f"{len(impacted)} accounts")
