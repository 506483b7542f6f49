"""A swap of a duty, in one transaction: kept, on the desk's chain, and both people told.

Source: D14; design, Engine, Journal; words.md 8.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot import ids
from bot.clock import Clock
from bot.engine import desk_record
from bot.engine.facts import Facts
from bot.engine.saving import saved
from protocols.people.people import Actor, Who
from protocols.people.swapping import swapped
from protocols.people.swaps import AWAY, BACK, Swap
from protocols.rights.guards import need_staff
from store.db import Connection, Database, after_commit
from store.journal_rows import Entry
from store.outbox_rows import NewRow
from store.write import swaps
from store.write.enqueue import enqueue
from templates.kit import render

SWAPPED = desk_record.SWAPPED
URGENT = 10


@dataclass(frozen=True, slots=True)
class Swapping:
    """Makes swaps.

    Attributes:
        committed: Called after each commit that has something to send.
    """

    database: Database
    facts: Facts
    clock: Clock
    committed: Callable[[], None]

    def swap(
        self, duty: str, person: Who, until_at: datetime, actor: Actor, delivery: str | None
    ) -> Swap:
        """Give a duty to a person until an instant; the same delivery twice is one swap.

        Raises:
            Refused: The rules say no; nothing was written.
            CommandNotSaved: The database did not take it.
        """
        key = delivery or ids.unique_id()
        return saved(
            self.database,
            SWAPPED,
            lambda conn: self._once(conn, key, duty, person, until_at, actor),
        )

    def _once(
        self,
        conn: Connection,
        key: str,
        duty: str,
        person: Who,
        until_at: datetime,
        actor: Actor,
    ) -> Swap:
        before = swaps.by_key(conn, key)
        if before is not None:
            return before
        now, facts = self.clock.now(), self.facts
        ctx = facts.context(now, actor, facts.policy, swaps=swaps.standing(conn, now))
        need_staff(ctx)
        made = swapped(duty, person, until_at, ctx)
        swaps.put(conn, key, made, ctx.team_id)
        entry = Entry(SWAPPED, now, made.by.key, _payload(made))
        desk_record.append(conn, [entry], team_id=ctx.team_id, drill=facts.drill)
        if made.duty in (AWAY, BACK):
            return made
        people = {who.key: who for who in (made.person, made.instead) if who is not None}
        enqueue(conn, [_told(key, made, who, ctx.team_id) for who in people.values()])
        after_commit(conn, self.committed)
        return made


def _payload(made: Swap) -> dict[str, object]:
    instead = made.instead
    return {
        "duty": made.duty,
        "person": {"key": made.person.key, "name": made.person.name},
        "instead": None if instead is None else {"key": instead.key, "name": instead.name},
        "by": {"key": made.by.key, "name": made.by.name},
        "until_at": made.until_at.isoformat(),
    }


def _told(key: str, made: Swap, who: Who, team_id: str) -> NewRow:
    facts = {
        "by": made.by.name,
        "duty": made.duty,
        "instead": made.instead.name if made.instead is not None else "",
        "is_taker": who.key == made.person.key,
        "now": made.from_at,
        "person": made.person.name,
        "until_at": made.until_at,
    }
    message = render.message("duty_swapped", facts)
    return NewRow(
        key=f"desk/swap/{key}/{who.key}",
        team_id=team_id,
        gateway="slack",
        method="chat.postMessage",
        stream=f"dm/{who.key}/desk",
        payload={"channel": {"$dm": who.key}, "text": message.text, "blocks": message.blocks},
        created_at=made.from_at,
        urgent=URGENT,
    )
