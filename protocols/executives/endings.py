"""What became of a brief, of a question from it, and of the word that nobody was told. D11, D40."""

from __future__ import annotations

from dataclasses import replace

from protocols.closure.state import Closure
from protocols.executives.briefs import brief_key
from protocols.executives.state import Executives, Questions
from protocols.kernel.context import Context
from protocols.kernel.endings import NOT_CLOSED, Became, Key, over
from protocols.kernel.tables import Events, ends
from protocols.status import Status
from protocols.ticket import Ticket


@ends("brief")
def first(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that Tier 4 or the end brought a newer one, or that the ticket is closed."""
    return _replaced(ticket, "brief", key)


@ends("brief-tier4")
def of_tier_4(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that the end brought a newer one, or that the ticket is closed."""
    return _replaced(ticket, "brief-tier4", key)


@ends("brief-end")
def last(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that the ticket went on after its end, or that it is closed."""
    return _replaced(ticket, "brief-end", key)


def _replaced(ticket: Ticket, name: str, key: Key) -> Became | None:
    current = brief_key(ticket, key[0])
    is_current = current == "/".join((ticket.reference, name, *key))
    # A ticket that is open again edits a brief with its buttons that was said to be over.
    again = ticket.of(Closure).reopened
    if not is_current and ticket.status is not Status.OPENED_IN_ERROR:
        return Became("replaced", "brief", turn="replaced" if again else "")
    ending = over(ticket.status, "brief", alive=NOT_CLOSED)
    return replace(ending, turn=str(again)) if ending is not None and again else ending


@ends("no-executive")
def nobody_told(ticket: Ticket, _key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return that an executive is told after all, or how the ticket ended. Source: D40."""
    told = ticket.of(Executives)
    if told.executives and told.nobody_at is None:
        return Became("done", "executive", at=told.executives[-1].notified_at)
    return over(ticket.status, "executive")


@ends("question")
def question(ticket: Ticket, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return who has answered; it may be answered after the ticket's end too."""
    asks = key[1:] in ((), ("ask",)) or (key[1:2] == ("late",) and key[2:] != ("asker",))
    asked = ticket.of(Questions).question(key.number()) if key[0].isdigit() and asks else None
    if asked is None or asked.answered_at is None:
        return None
    return Became("came", "question", asked.asked_by.key, asked.answered_by, asked.answered_at)
