"""The notice as a kind of record: what it is decided with, its words, and what of it may leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.courier.attempts import Addressed
from bot.engine import kinds, tickets
from bot.engine.facts import Facts
from bot.engine.kinds import Beginning, Departure
from bot.engine.outward import is_begun, place_of
from protocols.kernel.context import Context
from protocols.notices.events import OpenNotice
from protocols.notices.routing import NoticeThread, account_of, channel_stream
from protocols.notices.standing import objection
from protocols.notices.state import Notice
from protocols.people.people import ENGINE, Actor
from protocols.subjects import KINDS
from protocols.ticket import Ticket
from protocols.updates.state import Updates
from protocols.withdrawals import standing
from protocols.withdrawals.events import Withdrawal
from store.db import Connection
from store.read import deliveries
from store.write import records, swaps
from templates.notices.facts import rendering

NAME = "notice"
HEARD_FOR = timedelta(days=30)
"""How long what is written under a notice is heard as a reply to it."""


def _begin(
    conn: Connection, facts: Facts, command: OpenNotice, actor: Actor, now: datetime
) -> Beginning:
    ctx = facts.context(now, actor, facts.policy, swaps=swaps.standing(conn, now))
    return Beginning(command, ctx)


def _context(
    conn: Connection, facts: Facts, notice: Notice, actor: Actor, now: datetime, _asked: object = ()
) -> Context:
    policy = facts.policy_of(conn, notice.policy_version)
    return facts.context(now, actor, policy, swaps=swaps.standing(conn, now))


def _leaving(
    conn: Connection, facts: Facts, notice: Notice, row: Addressed, now: datetime
) -> Departure:
    """Return whether the notice itself, and then the release that its words rest on, stands."""
    ctx = _context(conn, facts, notice, ENGINE, now)
    why = objection(notice, row.key, *place_of(row), ctx, begun=is_begun(row))
    return Departure(why or _of_release(conn, facts, notice, row.key, now))


def _of_release(
    conn: Connection, facts: Facts, notice: Notice, key: str, now: datetime
) -> Withdrawal | None:
    found, row = account_of(notice, key), kinds.found(conn, notice.about)
    source = kinds.read(row) if row is not None else None
    if found is None or not isinstance(source, Ticket):
        return Withdrawal.OUTDATED
    draft = source.of(Updates).draft(found[0])
    if draft is None:
        return Withdrawal.OUTDATED
    return standing.of_draft(source, draft, tickets.context(conn, facts, source, ENGINE, now))


def of_thread(
    conn: Connection, channel_id: str, thread_ts: str, now: datetime
) -> NoticeThread | None:
    """Return the notice whose words began a thread in an account's channel, if one did of late."""
    stream, since = channel_stream(channel_id), now - HEARD_FOR
    for reference, key, answer in deliveries.posted_by(conn, NAME, stream, since=since):
        if isinstance(answer, Mapping) and answer.get("ts") == thread_ts:
            row = kinds.found(conn, reference)
            notice = kinds.read(row) if row is not None else None
            found = account_of(notice, key) if isinstance(notice, Notice) else None
            return NoticeThread(reference, found[1]) if found is not None else None
    return None


_EVENTS, _NEWER = kinds.known(Notice, KINDS[Notice])
NOTICES = kinds.add(
    kinds.RecordKind(
        name=NAME,
        record=Notice,
        events=_EVENTS,
        newer=_NEWER,
        shelf=records.OTHERS,
        is_numbered=False,
        row=kinds.plain_row(NAME),
        begin=_begin,
        context=_context,
        rendering=rendering,
        held_back=kinds.nothing_held_back,
        leaving=_leaving,
    ),
    KINDS[Notice],
)
