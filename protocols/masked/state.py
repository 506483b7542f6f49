"""The numbers that were typed and not kept. Source: M14."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.masked.events import NumberMasked
from protocols.ticket import Ticket


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class MaskedNumbers:
    """Numbers that were typed and not kept, by kind and ending."""

    masked: tuple[str, ...] = ()


@on(NumberMasked)
def _number_masked(masked: MaskedNumbers, event: NumberMasked) -> MaskedNumbers:
    return MaskedNumbers((*masked.masked, f"{event.kind} ending {event.ending}"))
