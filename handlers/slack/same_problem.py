"""Who gets the words of a resolution beside the ticket's own account. Source: S67; D45; M10."""

from __future__ import annotations

from handlers.kit.acting import account_name, context_of
from handlers.kit.edge import Gesture
from handlers.kit.ports import Glance
from protocols.problems.answerable import Fields, why_not
from protocols.problems.events import WhyNot
from protocols.relations.state import Relations
from protocols.rights.rules import may_read
from protocols.ticket import Ticket
from templates.kit.scene import Facts
from templates.problems.facts import forecast


def answers(desk: Glance, gesture: Gesture, ticket: Ticket, fields: Fields = ()) -> Facts:
    """Return who gets the words of a resolution beside the ticket's own account, and who not."""
    go, not_so = [], []
    for other in ticket.of(Relations).with_problem:
        there = desk.ticket(other)
        if there is None:
            continue
        ctx = context_of(desk, gesture, there)
        is_led_on = there.reference != other
        why = WhyNot.MERGED if is_led_on else why_not(there, ticket.reference, fields, ctx)
        if why is not None:
            not_so.append((other, why))
            continue
        named = there.account is not None and may_read(there, ctx)
        go.append(f"{other} ({account_name(there)})" if named else other)
    return forecast(go, not_so)
