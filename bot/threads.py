"""Threads as they are given to parts: so many, of a name."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TypeAlias

Threads: TypeAlias = Callable[[int, str], Executor]
"""Makes so many threads of a name."""


def real_threads(count: int, name: str) -> Executor:
    """Return so many threads of a name."""
    return ThreadPoolExecutor(count, thread_name_prefix=name)
