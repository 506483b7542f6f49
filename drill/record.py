"""The append-only log: every API call the bot made, every delivery it got."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

Wire = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One API call as it happened.

    ``applied`` tells whether it changed the workspace, whatever the caller was told;
    ``status`` 0 means that the answer never left.
    """

    n: int
    method: str
    args: Wire
    status: int
    answer: Wire
    applied: bool
    fault: str
    at: str
    at_s: float

    @property
    def ok(self) -> bool:
        """Tell whether Slack did what was asked."""
        return self.applied

    @property
    def channel(self) -> str:
        """Return the channel the call names, if any."""
        return str(self.args.get("channel") or self.args.get("channel_id") or "")

    @property
    def text(self) -> str:
        """Return the text the call carries, if any."""
        return str(self.args.get("text") or "")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request to the bot, and how it acknowledged."""

    n: int
    kind: str
    name: str
    user: str
    status: int
    ack_ms: float
    failure: str
    retry: int
    at: str
    body: Wire = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a person was told by Slack itself, because the bot failed to answer."""

    user: str
    text: str
    where: str
    at: str


@dataclass(slots=True)
class Record:
    """Everything that crossed the wire, in order."""

    calls: list[Call] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def plain(self, since: int = 0) -> Wire:
        """Return the log as JSON-ready values, from the call of this number on."""
        return {
            "calls": [_plain(c) for c in self.calls[since:]],
            "deliveries": [_plain(d, without="body") for d in self.deliveries],
            "notices": [_plain(n) for n in self.notices],
        }


def _plain(entry: Call | Delivery | Notice, without: str = "") -> Wire:
    """Return the fields of an entry: what is in them is plain already, and is not copied."""
    names = (each.name for each in fields(entry))
    return {name: getattr(entry, name) for name in names if name != without}
