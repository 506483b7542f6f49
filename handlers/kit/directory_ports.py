"""What a handler may ask of who is who: duties that are swapped, accounts and their dealings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from protocols.directory.edits import AccountChange
from protocols.people.people import Actor, Who
from protocols.people.swaps import Swap
from protocols.program_records.events import ProgramRecord
from protocols.ticket import Ticket


class Swaps(Protocol):
    """What takes swaps of duties."""

    def swap(
        self,
        duty: str,
        person: Who,
        until_at: datetime,
        actor: Actor,
        *,
        delivery: str | None = None,
    ) -> Swap:
        """Give a duty to a person until an instant; the same delivery twice is one swap.

        Raises:
            Refused: The rules say no.
            NotSaved: The database did not take it.
        """
        ...


class ChangesAccounts(Protocol):
    """What takes changes of accounts."""

    def change_account(
        self, key: str, entries: Mapping[str, object], shown: str, actor: Actor
    ) -> AccountChange:
        """Change what some entries name of an account, or add it; the same twice is one change.

        Args:
            key: The account's.
            entries: As a directory file has them; None takes one away.
            shown: The mark of the account as the form showed it; empty for one that is new.
            actor: Who asks.

        Raises:
            Refused: The rules say no.
            NotSaved: The database did not take it.
        """
        ...


class KnowsRecords(Protocol):
    """What knows records of accounts' dealings."""

    def recent_records(self, account_key: str, limit: int) -> Sequence[ProgramRecord]:
        """Return what other systems know of an account's dealings, what was said last first."""
        ...

    def records_of(self, ticket: Ticket) -> Sequence[ProgramRecord]:
        """Return the records that a ticket is about, as they are known now."""
        ...
