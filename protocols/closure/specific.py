"""Whether the words of a resolution are of this ticket, or could stand under any. Source: S98.

Words in another language than English are taken as its own: what is asked about is certain.
"""

from __future__ import annotations

import re

from protocols.closure.general_words import GENERAL
from protocols.closure.refusals import CouldStandAnywhere
from protocols.ticket import Ticket

_WORD = re.compile(r"[^\W_]+")


def could_stand_anywhere(words: str, account: str = "") -> bool:
    """Say whether a text has no word, number, name or place of a matter of its own.

    That it names its account does not make it one: it could stand under any ticket of theirs.
    """
    said = {word.casefold() for word in _WORD.findall(words)}
    named = {word.casefold() for word in _WORD.findall(account)}
    return bool(said) and said <= GENERAL | named


def general_fields(fields: tuple[tuple[str, str], ...], ticket: Ticket) -> tuple[str, ...]:
    """Return the fields of a resolution whose words could stand under any ticket."""
    account = ticket.account.name if ticket.account is not None else ""
    return tuple(name for name, words in fields if could_stand_anywhere(words, account))


def need_specific(fields: tuple[tuple[str, str], ...], said_right: str, ticket: Ticket) -> None:
    """Ask about words that could stand under any ticket, unless somebody says why they are right.

    Raises:
        CouldStandAnywhere: Nobody has.
    """
    found = general_fields(fields, ticket)
    if found and not said_right.strip():
        raise CouldStandAnywhere(reference=ticket.reference, fields=found)
