"""Tickets found by their words, open or closed, the newest first. Source: S66, S68."""

from __future__ import annotations

from sqlalchemy import Connection, and_, func, select

from protocols.queue.pages import WordsFound
from store.tables import ticket_word

MOST_WORDS = 8
MOST_LOOKED_AT = 1000
"""How many of the newest tickets with the rarest word are looked at for the others."""


def with_words(conn: Connection, words: tuple[str, ...], *, limit: int) -> WordsFound:
    """Return the newest tickets that have every one of some words."""
    asked = words[:MOST_WORDS]
    if not asked:
        return WordsFound(())
    counts = {word: _count(conn, word) for word in asked}
    rarest = min(asked, key=lambda word: counts[word])
    if not counts[rarest]:
        return WordsFound(())
    newest = (
        select(ticket_word.c.number, ticket_word.c.reference)
        .where(ticket_word.c.word == rarest)
        .order_by(ticket_word.c.number.desc(), ticket_word.c.reference.desc())
        .limit(MOST_LOOKED_AT)
        .subquery()
    )
    query = select(newest.c.reference)
    for word in asked:
        if word != rarest:
            other = ticket_word.alias()
            same = and_(other.c.number == newest.c.number, other.c.reference == newest.c.reference)
            query = query.where(select(other.c.word).where(other.c.word == word, same).exists())
    found = query.order_by(newest.c.number.desc(), newest.c.reference.desc()).limit(limit)
    return WordsFound(tuple(conn.execute(found).scalars()), is_cut=counts[rarest] > MOST_LOOKED_AT)


def _count(conn: Connection, word: str) -> int:
    some = select(ticket_word.c.number).where(ticket_word.c.word == word)
    query = select(func.count()).select_from(some.limit(MOST_LOOKED_AT + 1).subquery())
    count: int = conn.execute(query).scalar_one()
    return count
