"""The question before each outward send: does the release that this row rests on still stand?

It is asked of the database, in the worker that is about to call, behind the look-back and right
before the call; so also on a retry, and when a row was taken over. Between the answer and the
moment at which Slack or the mail server has the words lies a window that nothing closes: it is at
most what is left of the attempt's own budget (`CourierPace.deadline_s`), because the call gets no
more. Source: D17, D24; T14; design, Engine, Outward rows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.courier.attempts import Addressed
from bot.courier.verdict import STANDS, Verdict
from bot.engine import kinds
from bot.engine.facts import Facts
from bot.engine.outward import may_be_held, reader_of_edit
from bot.gateways.outcomes import NotSent, Withheld
from protocols.kernel.refusals import BeingUpdated
from protocols.withdrawals.events import Withdrawal
from store.db import Database
from store.faults import DATABASE_ERRORS, is_passing


class Releases:
    """Answers the question from the record as it stands now.

    Args:
        database: where records are.
        facts: policy, directory, and what Slack said of the channels.
        now: business time.
    """

    def __init__(self, database: Database, facts: Facts, now: Callable[[], datetime]) -> None:
        self._database = database
        self._facts = facts
        self._now = now

    def ask(self, row: Addressed) -> Verdict:
        """Return whether a row may leave; what stays inside may, while it does. Source: T13.

        One who is not one of us any more sees no edit of what they were told before. Source: D29.
        """
        reader = reader_of_edit(row)
        if reader and not self._is_ours(reader):
            return Verdict(Withheld(Withdrawal.ROAD.value))
        if not may_be_held(row):
            return STANDS
        try:
            with self._database.read() as conn:
                found = kinds.found(conn, row.reference or "")
                if found is None:
                    return STANDS
                kind, record = kinds.of_row(found), kinds.read(found)
                leaving = kind.leaving(conn, self._facts, record, row, self._now())
        except BeingUpdated as newer:
            return Verdict(NotSent(f"a newer process knows whether it still stands: {newer}"))
        except DATABASE_ERRORS as error:
            if not is_passing(error):
                raise
            return Verdict(NotSent(f"whether it still stands is not known: {error}"))
        why = leaving.why_not
        return Verdict(Withheld(why.value) if why is not None else None, leaving.thread_ts)

    def _is_ours(self, person: str) -> bool:
        """Say whether Slack has a person as one of us; until it has told of all, they are."""
        facts = self._facts
        is_known = person in facts.slack_ids or facts.who(person) is not None
        return is_known or not facts.known.complete
