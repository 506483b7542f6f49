"""Questions that are settled: their messages say what became of them, and their buttons go.

The outbox knows every message that was posted, and the rules what became of what it asks. The
edit is silent and never a message of its own; of what did not arrive nothing is edited.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace

from bot.engine import kinds, outgoing
from bot.engine.outward import is_before_account
from protocols.account.addresses import Channel
from protocols.bridge.addresses import Bridge
from protocols.bridge.roads import bridge_stream
from protocols.bridge.state import BridgeState
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect, Gateway, Surface
from protocols.kernel.endings import PREFIX, Became, edit_key, ending_of
from protocols.kernel.event import Event
from protocols.kernel.record import Record
from protocols.kernel.roads import result
from protocols.kernel.tables import rules_of
from protocols.outreach.state import OutreachTold
from protocols.ticket import Ticket
from store.db import Connection
from store.outbox_rows import NewRow, OutboxRow
from store.read import deliveries
from store.read.deliveries import PostSent
from templates.kit.catalogue import messages
from templates.kit.links import Links

_log = logging.getLogger(__name__)


def rows(
    conn: Connection,
    record: Record,
    events: tuple[Event, ...],
    ctx: Context,
    links: Links,
    roads: outgoing.Roads,
) -> list[NewRow]:
    """Return the edits of messages whose questions are settled by now; each end is said once."""
    if not rules_of(type(record)).ends:
        return []
    beginning = f"{record.reference}/{PREFIX}/"
    settled = None
    made: list[NewRow] = []
    for sent in deliveries.posts_of(conn, record.reference):
        if not may_be_edited(record, sent):
            continue
        suffix = sent.key.removeprefix(f"{record.reference}/")
        ending = ending_of(record, suffix, events, ctx)
        if ending is None:
            continue
        if is_before_account(sent.stream) and not messages()[ending.template].is_outward:
            _log.error("%s stands before the account: our words do not go on it", sent.key)
            continue
        if settled is None:
            settled = deliveries.edits_of(conn, record.reference, beginning)
        key = edit_key(record.reference, suffix, ending)
        if key in settled:
            continue
        edited = edit(key, sent, ending)
        (row,) = outgoing.rows((edited,), record, ctx, links, roads, kinds.of(record).rendering)
        row = _kept(conn, row, sent, bare=ending.bare) if ending.keeps else row
        if not _says_the_same(conn, row):
            made.append(row)
    return made


def _says_the_same(conn: Connection, row: NewRow) -> bool:
    """Say whether a message was edited to these very words, though by another key of an edit.

    An earlier release may have named an ending otherwise; nobody sees an edit that changes no word.
    """
    stands = deliveries.standing_edit(conn, row.slot or "")
    return all(stands.get(part) == row.payload.get(part) for part in ("text", "blocks"))


def may_be_edited(record: Record, sent: PostSent) -> bool:
    """Say whether words can be changed where a message stands; not in a bridge that is shut."""
    if not isinstance(record, Ticket):
        return True
    bridge = record.of(BridgeState)
    shut = bridge.archived_at is not None or bridge.shared_at is not None
    return not (shut and sent.stream == bridge_stream(record))


def edit(key: str, sent: PostSent, ending: Became) -> Effect:
    """Return the edit by which a message says what became of its question."""
    return Effect(
        key=key,
        gateway=Gateway.SLACK,
        method="chat.update",
        to=Channel("") if messages()[ending.template].is_outward else Bridge(),
        template=ending.template,
        params={"ending": ending, **ending.params},
        arguments={"channel": result(sent.key, "channel"), "ts": result(sent.key, "ts")},
        stream=sent.stream,
        surface=Surface.LATEST_ONLY,
        slot=f"{sent.key}/edit",
        needs=(sent.key,),
    )


def _kept(conn: Connection, row: NewRow, sent: PostSent, *, bare: bool) -> NewRow:
    """Return an edit that leaves words as they were sent: only the buttons give way to its own."""
    own = [each for each in _blocks(row.payload) if not bare or each.get("type") == "actions"]
    posted = deliveries.by_key(conn, sent.key)
    blocks = _blocks(posted.payload) if posted is not None else []
    at = next((i for i, block in enumerate(blocks) if block.get("type") == "actions"), len(blocks))
    shown = [*blocks[:at], *own, *blocks[at + 1 :]]
    return replace(row, payload={**row.payload, "blocks": shown})


def _blocks(payload: Mapping[str, object]) -> list[Mapping[str, object]]:
    found = payload.get("blocks")
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def became(conn: Connection, reference: str, channel_id: str, message_ts: str) -> str:
    """Return what became of the question of a message, empty while it stands or asks nothing.

    The message may be that of a record which the named one opened: its buttons name the opener.
    """
    found = (
        _became(deliveries.of_ticket(conn, each), each, channel_id, message_ts)
        for each in (reference, *_opened_by(conn, reference))
    )
    return next(filter(None, found), "")


def _opened_by(conn: Connection, reference: str) -> tuple[str, ...]:
    row = kinds.found(conn, reference)
    record = kinds.read(row) if row is not None else None
    notice = record.of(OutreachTold).notice if isinstance(record, Ticket) else ""
    return (notice,) if notice else ()


def _became(
    all_rows: tuple[OutboxRow, ...], reference: str, channel_id: str, message_ts: str
) -> str:
    posted = next(
        (
            row.key
            for row in all_rows
            if isinstance(row.result, Mapping)
            and row.result.get("ts") == message_ts
            and row.result.get("channel") == channel_id
            and row.method == "chat.postMessage"
        ),
        None,
    )
    if posted is None:
        return ""
    edit, beginning = f"{posted}/edit", f"{reference}/{PREFIX}/"
    said = [row for row in all_rows
            if row.key == edit or (row.slot == edit and row.key.startswith(beginning))]  # fmt: skip
    return str(said[-1].payload.get("text") or "") if said else ""
