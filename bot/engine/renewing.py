"""Records that say something else now are posted to the open tickets that are about them. S67, S90.

The ticker has each decided; given twice, nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from bot.engine import ledger
from bot.engine.kinds import COMMANDS
from protocols.people.people import ENGINE
from protocols.program_records.events import ProgramRecord, RenewRecord
from protocols.program_records.renewing import is_behind
from protocols.ticket import Ticket
from store import codec
from store.db import Connection
from store.read import tickets
from store.write import posted


def post(conn: Connection, changed: Sequence[ProgramRecord], turn: int, now: datetime) -> None:
    """Post each of these records to the tickets that have it as it was known before.

    ``turn`` is that of the taking in: what is said anew by another is posted anew.
    """
    if not changed:
        return
    at_work = tickets.accounts_at_work(conn)
    theirs = (each for each in changed if each.account_key in at_work)
    by_account = sorted(theirs, key=lambda each: each.account_key)
    posts = [
        new
        for account_key, records in groupby(by_account, lambda each: each.account_key)
        for new in _of_account(conn, account_key, tuple(records), turn)
    ]
    posted.put(conn, posts, now)


def _of_account(
    conn: Connection, account_key: str, records: tuple[ProgramRecord, ...], turn: int
) -> Iterator[posted.NewPost]:
    def behind(ticket: Ticket) -> tuple[str, tuple[ProgramRecord, ...]]:
        return ticket.reference, tuple(each for each in records if is_behind(ticket, each))

    for reference, found in ledger.readable(tickets.all_open_of(conn, account_key), behind):
        for record in found:
            key = f"record/{reference}/{record.mark}/{turn}"
            command = COMMANDS.encode(RenewRecord(reference, record))
            yield posted.NewPost(key, reference, command, codec.encode(ENGINE))
