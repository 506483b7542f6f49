"""The table from an event's type to its plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from protocols import events as ev
from protocols.context import Context
from protocols.effects import Effect
from protocols.ticket import Ticket

Effects = tuple[Effect, ...]
Plan = Callable[[Ticket, Any, Context], Effects]
PLANS: dict[type[ev.Event], Plan] = {}


def on(*event_types: type[ev.Event]) -> Callable[[Plan], Plan]:
    """Register the plan of one or more event types."""

    def register(function: Plan) -> Plan:
        for event_type in event_types:
            PLANS[event_type] = function
        return function

    return register
