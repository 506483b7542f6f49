"""What lists keep of a ticket: its place in the queue, who is on it, and the words it is found by.

Source: S66, S68, S89.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from protocols.opening.events import Opening
from protocols.policy.policy import Policy
from protocols.queue.queued import Queued, queued
from protocols.rights.rules import is_confidential
from protocols.rights.state import Known
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar
from protocols.words.normal_form import words

MOST_WORDS = 60
"""How many of a ticket's words it is found by; a description may be long."""
LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class InLists:
    """What lists keep of one ticket.

    Attributes:
        queued: None once it is closed.
        people: Who is on it, by key, while it is open.
        words: What it is found by, open or closed.
    """

    queued: Queued | None = None
    people: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


def listed(ticket: Ticket, policy: Policy, calendar: BusinessCalendar, number: int = 0) -> InLists:
    """Return what lists keep of a ticket."""
    people = ticket.of(Known).people if ticket.is_open else ()
    return InLists(
        queued(ticket, policy, calendar, number),
        frozenset(who.key for who in people),
        _words(ticket),
    )


def searched(typed: str) -> tuple[str, ...]:
    """Return the words that were typed, as tickets keep them, each once."""
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in words(typed)))


def _words(ticket: Ticket) -> frozenset[str]:
    """Return the words of what happened; of a confidential ticket only whose it is."""
    account = ticket.account.name if ticket.account is not None else ""
    told = ticket.of(Opening)
    inside = "" if is_confidential(ticket) else f"{told.summary} {told.description}"
    number = ticket.reference.rpartition("-")[2]
    return frozenset(islice(searched(f"{number} {account} {inside}"), MOST_WORDS))
