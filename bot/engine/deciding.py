"""What the engine does without a database: a command thought through on a ticket, or on none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from protocols.kernel.changing import fold
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.event import Event
from protocols.kernel.record import Record
from protocols.kernel.refusals import UnknownTicket
from protocols.opening.events import OpenTicket
from protocols.subjects import decide, plan
from protocols.ticket import Ticket

R = TypeVar("R", bound=Record)
NO_NUMBER = "0000"
"""What a ticket that is opened in thought has for a number."""


def decided(record: R, commands: Iterable[Command], ctx: Context) -> tuple[R, tuple[Event, ...]]:
    """Return a record after some commands, decided one upon the other, and what happened."""
    events: tuple[Event, ...] = ()
    for command in commands:
        more = decide(record, command, ctx)
        if more:
            record, events = fold(more, record), (*events, *more)
    return record, events


def opened(command: Command, ctx: Context) -> tuple[Any, tuple[Event, ...]]:
    """Return the record that is opened, and what happened."""
    events = decide(None, command, ctx)
    return fold(events), events


def thought(
    before: Ticket | None, command: Command, ctx: Context
) -> tuple[Ticket, tuple[Event, ...], tuple[Effect, ...]]:
    """Return the ticket after a command that nobody commits, what happened, what would be told.

    Raises:
        Refused: The rules say no, or there is no ticket to think it on.
    """
    if isinstance(command, OpenTicket):
        reference = f"{ctx.policy.reference_prefix}-{NO_NUMBER}"
        ticket, events = opened(replace(command, reference=reference), ctx)
    elif before is None:
        raise UnknownTicket(reference=command.reference)
    else:
        ticket, events = decided(before, (command,), ctx)
    return ticket, events, plan(before, events, ticket, ctx, 1)
