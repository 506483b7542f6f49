"""When the leads are brought in, and when a bridge is archived. Source: S40, D18."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from protocols.bridge.events import BridgeArchiveAsked, StillShared
from protocols.bridge.rules import activation
from protocols.bridge.state import BridgeState
from protocols.closure.state import Closure, Resolution
from protocols.holds.events import HoldKind
from protocols.holds.state import Holds
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls
from protocols.ladder.state import Ladder
from protocols.policy.policy import Policy
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


@dues_of
def archive(ticket: Ticket, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when a bridge is archived: some time after nothing is owed there. Source: D18."""
    since = _over_since(ticket)
    bridge = ticket.of(BridgeState)
    done = bridge.archived_at is not None or not bridge.channel_id
    # While it is shared nothing of ours goes there, its archive neither: it comes after.
    if since is not None and not done and bridge.shared_at is None:
        missed = f":{bridge.archives_missed}" if bridge.archives_missed else ""
        at = since + policy.bridge.archive_after
        yield DuePoint(f"archive:{ticket.of(Closure).reopened}{missed}", "archive", at)


@dues_of
def shared_again(ticket: Ticket, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when it is said once more that a bridge is shared outside, and so is mute."""
    bridge = ticket.of(BridgeState)
    if bridge.shared_at is None or bridge.shared_again_at or bridge.archived_at is not None:
        return
    at = bridge.shared_at + policy.tier3.activation.opens
    yield DuePoint(f"still-shared:{int(bridge.shared_at.timestamp())}", "still_shared", at)


@falls("still_shared")
def still_shared(ticket: Ticket, point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the bridge is still shared."""
    return (StillShared(ctx.now, ctx.by),)


def _over_since(ticket: Ticket) -> datetime | None:
    if ticket.status is Status.OPENED_IN_ERROR:
        return ticket.of(Closure).error_at
    resolution = ticket.of(Closure).resolution
    if ticket.status is not Status.CLOSED or resolution is None:
        return None
    return _closed_at(ticket, resolution)


def _closed_at(ticket: Ticket, resolution: Resolution) -> datetime:
    """Return when the last thing owed was settled: that closed the ticket. Source: D18."""
    settled = [resolution.confirmed_at, resolution.rca_delivered_at, ticket.of(Closure).closed_at]
    settled += [
        hold.cleared_at for hold in ticket.of(Holds).holds if hold.kind is not HoldKind.RETENTION
    ]
    return max((at for at in settled if at is not None), default=resolution.at)


@falls("open_activation")
def open_activation(ticket: Ticket, point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return what brings in the leads, unless they were brought in before. Source: S40."""
    if ticket.of(BridgeState).brought_in_at is not None and ticket.of(Ladder).ladder_run == 1:
        return ()
    return activation(ticket, ctx)


@falls("archive")
def archive_due(ticket: Ticket, point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the bridge is to be archived; one that is closed to us is over as it is."""
    lost = ticket.of(BridgeState).lost_at is not None
    return (BridgeArchiveAsked(ctx.now, ctx.by, lost),)
