"""Tickets as a test wants them: any field of any slice, by its name."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from protocols.ticket import Ticket


def with_fields(ticket: Ticket, **changes: Any) -> Ticket:
    """Return the ticket with these fields changed, wherever they stand."""
    for kind, form in Ticket.slices.items():
        own = {f.name: changes.pop(f.name) for f in fields(kind) if f.name in changes}
        if own and not form.under:
            ticket = ticket.having(replace(ticket.of(kind), **own))
        elif own:
            changes.update(own)
        if form.under in changes:
            ticket = ticket.having(changes.pop(form.under))
    assert not changes, f"a ticket has no {', '.join(changes)}"
    return ticket
