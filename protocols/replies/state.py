"""When the account was called by phone. Source: D24."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.deliveries.events import DeliveryRevived
from protocols.deliveries.state import Deliveries
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.people.people import Who
from protocols.replies.events import AccountCalled
from protocols.ticket import Ticket


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Calls:
    """When the account was called by phone, and how many deliveries had died by then."""

    calls: tuple[datetime, ...] = ()
    called_by: Who | None = None
    dead_when_called: int = 0


@on(AccountCalled)
def _called(calls: Calls, event: AccountCalled, before: Ticket) -> Calls:
    return Calls((*calls.calls, event.at), event.by, len(before.of(Deliveries).dead))


@on(DeliveryRevived)
def _dead_no_more(calls: Calls, event: DeliveryRevived, before: Ticket) -> Calls:
    told = before.of(Deliveries).dead[: calls.dead_when_called]
    return replace(calls, dead_when_called=len([key for key in told if key != event.key]))
