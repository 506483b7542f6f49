"""Facts of the form that says what another ticket is to one."""

from __future__ import annotations

from collections.abc import Sequence

from protocols.opening.events import Opening
from protocols.relations.state import Relations
from protocols.ticket import Ticket
from templates.kit.scene import Facts
from templates.relations.words import linked_words
from templates.routing.facts import ChoiceLine


def link_facts(ticket: Ticket, offered: Sequence[Ticket]) -> Facts:
    """Return what the form shows: the tickets that are linked, and those that may be.

    Args:
        ticket: The ticket.
        offered: Those that who asks may read, what is likeliest at the beginning.
    """
    linked = {link.other for link in ticket.of(Relations).standing}
    return {
        "account": ticket.account.name if ticket.account is not None else "the account",
        "linked": linked_words(ticket),
        "offered": tuple(_line(one, linked) for one in offered),
        "ref": ticket.reference,
    }


def _line(ticket: Ticket, linked: set[str]) -> ChoiceLine:
    account = ticket.account.name if ticket.account is not None else "no account yet"
    mark = ", linked" if ticket.reference in linked else ""
    label = f"{ticket.reference}{mark} · {account} · {ticket.of(Opening).summary}"
    return ChoiceLine(ticket.reference, label)
