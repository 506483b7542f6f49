"""What a courier holds, whom it tells, and how fast it is: values that its parts share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from bot.courier.attempts import Results
from store.outbox_rows import OutboxRow

# The store's connection is handed through, never used: only the store speaks SQL.
Conn: TypeAlias = Any


Delivered: TypeAlias = tuple[OutboxRow, Mapping[str, object]]
Settled: TypeAlias = Callable[[Conn, Sequence[Delivered]], None]
Died: TypeAlias = Callable[[Conn, OutboxRow, str], None]


@dataclass(frozen=True, slots=True)
class CourierPace:
    """How many and how fast.

    Attributes:
        workers: calls at the same time.
        deadline_s: total time of one attempt.
        settling_s: how long a request may still take effect after its deadline.
        watch_s: the longest sleep of the claiming thread.
        back_off_s: the first wait after a failure; doubles.
        back_off_most_s: the longest wait after a failure.
        mail_after_s: how long Slack has to be down before that is told.
        most_tries: tries of a row that may be given up, while Slack answers others.
    """

    workers: int = 64
    deadline_s: float = 8.0
    settling_s: float = 5.0
    watch_s: float = 1.0
    back_off_s: float = 1.0
    back_off_most_s: float = 60.0
    mail_after_s: float = 120.0
    most_tries: int = 50

    @property
    def lease_s(self) -> float:
        """Return how long a claimed row is ours: its call, and what the network may still hold."""
        return self.deadline_s + self.settling_s


@dataclass(frozen=True, slots=True)
class Reports:
    """Whom the courier tells; each is called in a worker's thread.

    Attributes:
        settled: called for rows of one ticket that report, inside the transaction that marks
            them done and before it does; it locks the ticket first, so the order of locks is kept.
        died: the same for every row that is given up, with the reason.
        withheld: called for every row that may not leave any more, with the rules' word for why.
        slack_down: called once an outage that lasts, with its beginning.
        slack_up: called when such an outage is over.
    """

    settled: Settled
    died: Died
    slack_down: Callable[[datetime], None] | None = None
    slack_up: Callable[[], None] | None = None
    withheld: Died = lambda _conn, _row, _why: None


@dataclass(frozen=True, slots=True)
class ClaimedRow:
    """A claimed row and the claim that holds it, until an instant of our monotonic clock."""

    row: OutboxRow
    owner: str
    until_s: float
    results: Results
