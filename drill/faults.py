"""Faults on demand: which call goes wrong, and how."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from drill.errors import DrillRefusal

KINDS = frozenset(
    ("429", "500", "503", "internal_error", "fatal_error", "reset", "hang", "drip", "lost",
     "refuse", "slow", "garbage", "error")
)  # fmt: skip
# What came to Block Kit in 2026: a Slack that has not got it yet refuses it by name.
NEWER = frozenset(("container", "data_table", "alert", "visible_to_user_ids"))
APPLIED_BY_NATURE = frozenset(("drip", "lost", "garbage", "slow"))


@dataclass(slots=True)
class Fault:
    """One rule.

    Attributes:
        method: the Web API method, ``hooks`` for response_url posts, ``link`` for new sockets,
            or ``*`` for all but sockets.
        kind: what happens; see ``KINDS``. ``slow`` waits ``delay_ms`` and then works.
        nth: only the n-th matching call (from 1); 0 means any.
        every: every n-th matching call; 0 means any.
        count: how often it strikes at most; 0 means without end.
        only_if: a piece of the call's arguments (as JSON) that must be there.
        applied: whether the call takes effect before it goes wrong; None: by the kind's nature.
        delay_ms: for ``slow``.
        retry_after_s: for ``429``; any text is sent as it is.
        error: Slack's error name, for kind ``error``.
    """

    method: str
    kind: str
    nth: int = 0
    every: int = 0
    count: int = 1
    only_if: str = ""
    applied: bool | None = None
    delay_ms: int = 0
    retry_after_s: str = "1"
    error: str = "internal_error"
    seen: int = 0
    struck: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise DrillRefusal(f"No fault is called {self.kind!r}; there are {sorted(KINDS)}.")
        if self.nth:
            self.count = 1

    @property
    def applies(self) -> bool:
        """Tell whether the call takes effect although it goes wrong."""
        return self.kind in APPLIED_BY_NATURE if self.applied is None else self.applied

    def strikes(self, method: str, args: dict[str, Any]) -> bool:
        """Count a call and tell whether it is hit."""
        if self.method not in ("*", method) or (self.count and self.struck >= self.count):
            return False
        if self.only_if and self.only_if not in json.dumps(args, ensure_ascii=False):
            return False
        self.seen += 1
        if self.nth and self.seen != self.nth:
            return False
        if self.every and self.seen % self.every:
            return False
        self.struck += 1
        return True


@dataclass(slots=True)
class Faults:
    """The rules in force, the switch that takes Slack down, and what this Slack has not got."""

    rules: list[Fault] = field(default_factory=list)
    down: bool = False
    lacks: frozenset[str] = frozenset()

    def lack(self, names: Iterable[str]) -> None:
        """Know no more of these kinds and fields, as an older Slack; all the others again.

        Raises:
            DrillRefusal: it is none of the newer ones.
        """
        wanted = frozenset(names)
        if wanted - NEWER:
            raise DrillRefusal(f"A Slack can lack {sorted(NEWER)}, not {sorted(wanted - NEWER)}.")
        self.lacks = wanted

    def hit(self, method: str, args: dict[str, Any]) -> Fault | None:
        """Return the first rule that strikes this call."""
        for rule in self.rules:
            if rule.strikes(method, args):
                return rule
        return None

    def on_link(self) -> Fault | None:
        """Return the first rule that strikes this new socket: hang, reset or refuse."""
        for rule in self.rules:
            if rule.method == "link" and rule.strikes("link", {}):
                return rule
        return None

    def clear(self) -> None:
        """Drop all rules, bring Slack back, and let it know every kind."""
        self.rules.clear()
        self.down = False
        self.lacks = frozenset()
