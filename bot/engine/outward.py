"""Which rows of the outbox take words out of the house, and where to."""

from __future__ import annotations

from bot.courier.attempts import Addressed
from bot.courier.mailing import so_far
from bot.engine.facts import Facts
from protocols.account import outbound
from protocols.notices.routing import is_words
from protocols.withdrawals import standing


def is_outward(row: Addressed) -> bool:
    """Say whether a row takes words to an account, a third party or the public.

    What goes to a channel by its identity is outward whatever its key: the bridge is addressed by
    reference, people by theirs.
    """
    if row.reference is None:
        return False
    if is_words(row.reference, row.key):
        return True
    if row.gateway == "status" or outbound.words_of(row.reference, row.key) is not None:
        return True
    return row.gateway == "slack" and isinstance(row.payload.get("channel"), str)


def leaving(row: Addressed, facts: Facts) -> standing.Leaving:
    """Return where a row is about to take its words."""
    channel_id, addresses = place_of(row)
    account = facts.account_of_channel(channel_id) if channel_id else None
    return standing.Leaving(row.key, channel_id, addresses, account, begun=is_begun(row))


def place_of(row: Addressed) -> tuple[str, tuple[str, ...]]:
    """Return the channel that a row goes to, "" if to none, and its addresses."""
    channel, to = row.payload.get("channel"), row.payload.get("to")
    addresses = tuple(map(str, to)) if isinstance(to, list | tuple) else ()
    return channel if isinstance(channel, str) else "", addresses


def is_begun(row: Addressed) -> bool:
    """Say whether some at an account have a mail already, and others are still to get it."""
    return bool(so_far(row.result))
