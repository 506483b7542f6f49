"""Which rows of the outbox take words out of the house, and where to.

A bridge is ours, and its rows are none of these; but once people outside may read in one, whatever
waits for it would leave as well. An edit says before an account what became of a question: it is
asked about as well, because something else may have become of it since.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.courier.attempts import Addressed
from bot.courier.mailing import so_far
from bot.engine.facts import Facts
from protocols.account import outbound
from protocols.bridge.roads import BRIDGE_CHANNEL, stream_of
from protocols.kernel.endings import PREFIX
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


def is_before_account(stream: str) -> bool:
    """Say whether what stands in a stream is read by an account in its channel."""
    return stream.startswith("customer/")


def edited(row: Addressed) -> str:
    """Return the key of the message before an account that a row edits; empty for all else."""
    beginning, named = f"{row.reference}/{PREFIX}/", row.payload.get("ts")
    if not row.key.startswith(beginning) or not is_before_account(row.stream):
        return ""
    of = named.get("$result") if isinstance(named, Mapping) else None
    return str(of[0]) if isinstance(of, list | tuple) and of else ""


def reader_of_edit(row: Addressed) -> str:
    """Return whose direct message a row edits; empty for all else.

    A post finds its reader anew as it leaves; an edit goes where the message stands.
    """
    kind, _, rest = row.stream.partition("/")
    is_edit = row.gateway == "slack" and kind == "dm" and isinstance(row.payload.get("ts"), Mapping)
    return rest.partition("/")[0] if is_edit else ""


def is_of_bridge(row: Addressed) -> bool:
    """Say whether a row is posted, edited or done in a ticket's bridge. Source: T13."""
    reference = row.reference
    if reference is None or row.gateway != "slack":
        return False
    channel = row.payload.get("channel", row.payload.get("channel_id"))
    named = channel.get("$result") if isinstance(channel, Mapping) else None
    in_it = isinstance(named, list | tuple) and list(named[1:]) == BRIDGE_CHANNEL
    return in_it or row.stream == stream_of(reference)


def may_be_held(row: Addressed) -> bool:
    """Say whether something may stand against a row that waits."""
    return is_outward(row) or is_of_bridge(row) or bool(edited(row))


def leaving(row: Addressed, facts: Facts) -> standing.Leaving:
    """Return where a row is about to take its words."""
    channel_id, addresses = place_of(row)
    account = facts.account_of_channel(channel_id) if channel_id else None
    begun, in_bridge = is_begun(row), is_of_bridge(row)
    return standing.Leaving(
        row.key,
        channel_id,
        addresses,
        account,
        begun=begun,
        in_bridge=in_bridge,
        edits=edited(row),
    )


def place_of(row: Addressed) -> tuple[str, tuple[str, ...]]:
    """Return the channel that a row goes to, "" if to none, and its addresses."""
    channel, to = row.payload.get("channel"), row.payload.get("to")
    addresses = tuple(map(str, to)) if isinstance(to, list | tuple) else ()
    return channel if isinstance(channel, str) else "", addresses


def is_begun(row: Addressed) -> bool:
    """Say whether some at an account have a mail already, and others are still to get it."""
    return bool(so_far(row.result))
