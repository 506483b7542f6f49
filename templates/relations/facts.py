"""Facts of the form that says what another ticket is to one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from protocols.opening.events import Opening
from protocols.relations.events import HEAR, SOLVE
from protocols.relations.state import Relations
from protocols.ticket import Ticket
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.relations.words import linked_words
from templates.routing.categories import ChoiceLine


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


@presents("merged_away")
def away(scene: Scene) -> Facts:
    """Return of which ticket it is part now, or no more, and by whom."""
    return {**scene.common(), **_merged(scene)}


@presents("merged_here")
def here(scene: Scene) -> Facts:
    """Return which ticket is part of it now, or no more, and what that one owed."""
    return {
        **scene.common(),
        **_merged(scene),
        "hear_at": _instant(scene.param(HEAR)),
        "solve_at": _instant(scene.param(SOLVE)),
    }


def _merged(scene: Scene) -> Facts:
    return {
        "is_merged": bool(scene.param("is_merged")),
        "other": scene.param("other"),
        "person": scene.name(scene.param("by")),
    }


def _instant(words: str) -> datetime | None:
    return datetime.fromisoformat(words) if words else None


@presents("merged_late")
def late(scene: Scene) -> Facts:
    """Return what was owed on which ticket, and by when."""
    return {
        **scene.common(),
        "by_at": datetime.fromisoformat(scene.param("by_at")),
        "other": scene.param("other"),
        "solves": scene.param("what") == SOLVE,
    }
