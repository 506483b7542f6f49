"""The digest as a kind of record, and what is held for it: one message in half an hour a person.

Whose turn it is stands in one row a person, which is locked to the end of the transaction that
tells them something: two tickets that speak in the same instant do not both speak. Source: D8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.engine import kinds
from bot.engine.facts import Facts
from bot.engine.kinds import COMMANDS, Beginning
from protocols.digest.events import HeldLine, HoldForDigest, OpenDigest
from protocols.digest.state import Digest
from protocols.digest.turns import TellingTurn, digest_of, held_until
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.effects import Dm, Effect
from protocols.kernel.record import Record
from protocols.people.people import ENGINE, Actor, Staff
from protocols.subjects import KINDS
from store import codec
from store.db import Connection
from store.outbox_rows import NewRow
from store.write import meta, posted, records, swaps
from templates.digest.facts import rendering

NAME = "digest"
PREFIX = "turn/"


def told_now(
    conn: Connection,
    rows: Sequence[NewRow],
    effects: Sequence[Effect],
    record: Record,
    ctx: Context,
) -> list[NewRow]:
    """Return the rows that go now; what waits for its reader's turn is posted to their digest."""
    readers = {
        effect.key: effect.to.person
        for effect in effects
        if effect.unasked and isinstance(effect.to, Dm)
    }
    mine = [row for row in rows if row.key in readers]
    turns = {who: _turn(conn, who) for who in sorted({readers[row.key] for row in mine}, key=_key)}
    held: set[str] = set()
    for row in mine:
        who = readers[row.key]
        until = None if isinstance(record, Digest) else held_until(turns[who], who, ctx)
        turns[who] = TellingTurn(ctx.now) if until is None else replace(turns[who], until=until)
        if until is not None:
            held.add(row.key)
            _hold(conn, row, who, until, ctx.now)
    for who, turn in turns.items():
        _keep(conn, who, turn)
    return [row for row in rows if row.key not in held]


def _key(who: Staff) -> str:
    return who.key


def _turn(conn: Connection, who: Staff) -> TellingTurn:
    """Return a person's turn, and lock it."""
    return codec.decode(TellingTurn, meta.merge(conn, f"{PREFIX}{who.key}", {}))


def _keep(conn: Connection, who: Staff, turn: TellingTurn) -> None:
    meta.put(conn, f"{PREFIX}{who.key}", codec.encode(turn))


def _hold(conn: Connection, row: NewRow, who: Staff, until: datetime, now: datetime) -> None:
    """Post a message that waits to its reader's digest, as one line of it."""
    name = digest_of(who)
    line = HeldLine(row.reference or "", str(row.payload["text"]), now, row.key, row.stale_at)
    asked = (OpenDigest(name, who), HoldForDigest(name, line, until))
    posts = [_post(f"{row.key}/held/{n}", each) for n, each in enumerate(asked, 1)]
    posted.put_once(conn, posts, now)


def _post(key: str, command: Command) -> posted.NewPost:
    return posted.NewPost(key, command.reference, COMMANDS.encode(command), codec.encode(ENGINE))


def _begin(
    conn: Connection, facts: Facts, command: OpenDigest, actor: Actor, now: datetime
) -> Beginning:
    ctx = facts.context(now, actor, facts.policy, swaps=swaps.standing(conn, now))
    return Beginning(command, ctx)


def _context(
    conn: Connection,
    facts: Facts,
    _digest: Digest,
    actor: Actor,
    now: datetime,
    _asked: object = (),
) -> Context:
    """Return what a digest is decided with: it lives on from policy to policy."""
    return facts.context(now, actor, facts.policy, swaps=swaps.standing(conn, now))


_EVENTS, _NEWER = kinds.known(Digest, KINDS[Digest])
DIGESTS = kinds.add(
    kinds.RecordKind(
        name=NAME,
        record=Digest,
        events=_EVENTS,
        newer=_NEWER,
        shelf=records.OTHERS,
        is_numbered=False,
        row=kinds.plain_row(NAME),
        begin=_begin,
        context=_context,
        rendering=rendering,
        held_back=kinds.nothing_held_back,
        leaving=kinds.everything_leaves,
    ),
    KINDS[Digest],
)
