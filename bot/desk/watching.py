"""The forms that opened a ticket and show its answer until all that T+0 brings is done."""

from __future__ import annotations

import threading
from collections import OrderedDict

from protocols.fixed_texts.state import FixedTexts
from protocols.ladder.events import StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.ticket import Ticket

WATCHED_MOST = 500


class Watched:
    """Remembers which form waits for which ticket."""

    def __init__(self) -> None:
        self._views: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, reference: str, view_id: str) -> None:
        """Remember a form; the oldest is forgotten when there are too many."""
        with self._lock:
            self._views[reference] = view_id
            while len(self._views) > WATCHED_MOST:
                self._views.popitem(last=False)

    def take(self, ticket: Ticket) -> str | None:
        """Return the form that can be rewritten now, once; None while there is nothing to say."""
        if ticket.reference not in self._views or not _set_up(ticket):
            return None
        with self._lock:
            return self._views.pop(ticket.reference, None)


def _set_up(ticket: Ticket) -> bool:
    """Say whether everything that the bot does at T+0 is done."""
    kinds = (
        StepKind.BRIDGE_OPEN,
        StepKind.SPONSOR_TOLD,
        StepKind.VENDOR_TOLD,
        StepKind.ACKNOWLEDGE,
    )
    by_bot = [step for step in ticket.of(Ladder).steps if step.kind in kinds]
    waiting = [
        step
        for step in by_bot
        if step.state is StepState.OWED
        and not (step.kind is StepKind.ACKNOWLEDGE and not ticket.of(FixedTexts).fixed_texts)
    ]
    return not waiting
