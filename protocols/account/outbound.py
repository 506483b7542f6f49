"""Which effects carry words out of the house, and which words: read from an effect's key.

A key is for ever, so rows of every version can be judged by it: it names the ticket and the text,
and after a withdrawal the turn, so that each release leaves under a key of its own.
Source: D15, D24; design, Engine, Outward rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from protocols.deliveries.state import Deliveries
from protocols.fixed_texts.state import FixedText, FixedTexts
from protocols.ticket import Ticket
from protocols.updates.events import PUBLIC
from protocols.updates.state import Draft, Updates


def turn_of(ticket: Ticket, number: int) -> str:
    """Return what tells one release of a text from the next after a withdrawal."""
    draft = ticket.of(Updates).draft(number)
    return str(number) if draft is None else text_key(ticket, draft).partition("/text/")[2]


BY_MAIL = "/by-mail"

_OUTWARD = re.compile(
    r"(?P<text>(?P<name>ack(?:/\d+)?|vendor|heard"
    r"|(?:text|holding|no-change|late|escalated|escalated-desk|acknowledged|why|secure-link|details-reminder|reminder|reopened"
    r"|confirmed|closed-unconfirmed|ended)"
    r"/(?P<number>\d+)(?:/\d+)?))"
    r"(?P<mail>/by-mail)?"
)


@dataclass(frozen=True, slots=True)
class OutwardWords:
    """Words on their way out.

    Attributes:
        key: The key that the text has, whatever road it takes.
        name: Which text: ``text`` for a released one, else a fixed one.
        number: The draft's number, or which time the fixed text is said; 0 for the only one.
        by_mail: Whether this is the mail that took the place of a post.
    """

    key: str
    name: str
    number: int = 0
    by_mail: bool = False


def words_of(reference: str, key: str) -> OutwardWords | None:
    """Return which words an effect takes outside; None for all that stays inside."""
    found = _OUTWARD.fullmatch(key.removeprefix(f"{reference}/"))
    if found is None:
        return None
    name = found["name"].partition("/")[0]
    number = int(found["number"] or 0)
    return OutwardWords(f"{reference}/{found['text']}", name, number, found["mail"] is not None)


def text_key(ticket: Ticket, draft: Draft) -> str:
    """Return the key under which a draft's present or next release leaves."""
    turn = f"/{draft.withdrawn + 1}" if draft.withdrawn else ""
    return f"{ticket.reference}/text/{draft.number}{turn}"


def for_account(ticket: Ticket, key: str) -> OutwardWords | None:
    """Return the words if it is the ticket's account that they go to, else None."""
    words = words_of(ticket.reference, key)
    if words is None or words.name == "vendor":
        return None
    draft = ticket.of(Updates).draft(words.number) if words.name == "text" else None
    return None if draft is not None and draft.kind in PUBLIC else words


def is_dead(ticket: Ticket, draft: Draft) -> bool:
    """Say whether a released text was refused for good, on every road it took."""
    return is_refused(ticket, text_key(ticket, draft))


def is_refused(ticket: Ticket, key: str) -> bool:
    """Say whether the words of a key were refused for good, on every road they took."""
    return key in ticket.of(Deliveries).dead or f"{key}{BY_MAIL}" in ticket.of(Deliveries).dead


def is_lost(ticket: Ticket, text: FixedText) -> bool:
    """Say whether a fixed text was withdrawn, or refused for good: the account has not got it."""
    return text.withdrawn_at is not None or is_refused(ticket, text.key)


def acknowledgments(ticket: Ticket) -> tuple[FixedText, ...]:
    """Return every turn of the acknowledgment, oldest first."""
    texts = ticket.of(FixedTexts).fixed_texts
    return tuple(text for text in texts if text.name == "acknowledgment")


def newest_acknowledgment(ticket: Ticket) -> FixedText | None:
    """Return the acknowledgment that the account has or gets, None while it has none."""
    alive = (text for text in reversed(acknowledgments(ticket)) if not is_lost(ticket, text))
    return next(alive, None)


def acknowledgment_key(ticket: Ticket) -> str:
    """Return the key of the next acknowledgment: each after a lost one has a turn of its own."""
    turns = len(acknowledgments(ticket))
    return f"{ticket.reference}/ack" + (f"/{turns + 1}" if turns else "")


def has_arrived(ticket: Ticket, words: OutwardWords) -> bool:
    """Say whether a text is on record as taken, by whatever road."""
    if words.name == "text":
        draft = ticket.of(Updates).draft(words.number)
        return draft is not None and draft.delivered_at is not None
    text = next((text for text in ticket.of(FixedTexts).fixed_texts if text.key == words.key), None)
    return text is not None and text.taken_at is not None
