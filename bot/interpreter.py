"""How Python itself is set for a process that answers people and talks to Slack at once."""

from __future__ import annotations

import ctypes
import gc
import sys

# A thread that computes is asked to let others in after this long. At the default of 5 ms a
# request waits 5 ms behind a rendering thread each time it comes back from the database.
SWITCH_S = 0.0005
# What lives as long as the process is left out of every collection, and young objects are mostly
# freed by their counts, so that collecting them seldom costs nothing.
COLLECT_AFTER, COLLECT_OLDER = 10_000, 20
_ARENA_MAX = -8
_ARENAS = 2


def before_start() -> None:
    """Set what threads share before the first of them runs."""
    sys.setswitchinterval(SWITCH_S)
    # Each of a hundred threads would otherwise keep a heap of its own that never shrinks.
    allocator = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if allocator is not None:
        allocator(_ARENA_MAX, _ARENAS)


def after_start() -> None:
    """Leave what was made so far out of every later collection."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, COLLECT_OLDER, COLLECT_OLDER)
