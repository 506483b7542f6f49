"""Which call is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.ticket import Ticket
from tests.example.protocols.callbacks.events import CallbackAsked, CallbackMade


@part_of(Ticket, under="callbacks")
@dataclass(frozen=True, slots=True)
class Callbacks:
    """Which call is owed: by when, None when none is."""

    call_by: datetime | None = None


@on(CallbackAsked)
def _asked(event: CallbackAsked) -> Callbacks:
    return Callbacks(event.call_by)


@on(CallbackMade)
def _made(_event: CallbackMade) -> Callbacks:
    return Callbacks()
