"""Gestures that were told "not saved yet": the same once more is the same delivery.

What was told so may have been saved after all. Whoever presses again, or types it again, must not
do it twice.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace
from typing import TypeVar

from handlers.kit.edge import Gesture, Press, Submission

REMEMBERED_MOST = 2_000
G = TypeVar("G", bound=Gesture)


class Late:
    """Remembers the deliveries that were not answered in time, until each comes again."""

    def __init__(self) -> None:
        self._deliveries: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, gesture: Gesture) -> None:
        """Note that a gesture was not answered in time."""
        with self._lock:
            self._deliveries[_alike(gesture)] = gesture.delivery
            if len(self._deliveries) > REMEMBERED_MOST:
                self._deliveries.popitem(last=False)

    def again(self, gesture: G) -> G:
        """Return a gesture, as the delivery that it repeats when it repeats one."""
        if isinstance(gesture, Submission):
            return gesture  # a form is one delivery as long as it stands open
        with self._lock:
            delivery = self._deliveries.pop(_alike(gesture), None)
        return gesture if delivery is None else replace(gesture, delivery=delivery)


def _alike(gesture: Gesture) -> str:
    """Return what is the same when a person does the same again."""
    if isinstance(gesture, Press):
        gesture = replace(gesture, view=None)
    return repr(replace(gesture, delivery="", trigger_id="", response_url=""))
