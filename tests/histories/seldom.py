"""What histories do not reach: never, and seldom. Both lists may only shrink."""

from __future__ import annotations

NEVER = frozenset[str]()
SELDOM = NEVER
