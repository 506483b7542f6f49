"""The forms that opened a ticket and show its answer until all that T+0 brings is done."""

from __future__ import annotations

import threading
from collections import OrderedDict

from protocols.ladder import set_up
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
        if ticket.reference not in self._views or set_up.under_way(ticket):
            return None
        with self._lock:
            return self._views.pop(ticket.reference, None)
