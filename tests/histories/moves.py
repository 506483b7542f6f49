"""A move: one thing that somebody does, or that happens to the wires, the clock or the process.

Moves are plain values: a history is a list of them, and the same list plays the same history. A
move that cannot be made where it stands (its message is gone) is left out, so that a history of
which some moves were dropped still plays.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Self

OPEN = "open"
PRESS = "press"
PRESS_IN_FORM = "press in form"
FILL = "fill"
CLOSE = "close"
TYPE = "type"
SAY = "say"
EDIT = "edit"
DELETE = "delete"
SHORTCUT = "shortcut"
INVITE = "invite"
LEAVE = "leave"
ARCHIVE = "archive"
SHARE = "share"
UNSHARE = "unshare"
BECOME = "become"
WALK = "walk"
CLOUD = "cloud"
CLEAR = "clear"
DIE = "die"


@dataclass(frozen=True, slots=True)
class Move:
    """One move.

    Attributes:
        kind: What is done; one of the names above.
        who: Who does it; empty for the clock, the wires and the process.
        where: The channel; empty for the direct message with the desk.
        what: The button's action, the form's name, the command, the fate of calls.
        value: The button's value, the command's text, the words, a number.
        entries: A form's fields by name, in order.
        after_s: How many seconds pass before it.
        lazy: Nothing is delivered after it: the next move falls between commit and delivery.
        twice: A double click: both presses come before anything else.
    """

    kind: str
    who: str = ""
    where: str = ""
    what: str = ""
    value: str = ""
    entries: tuple[tuple[str, Any], ...] = ()
    after_s: float = 0.0
    lazy: bool = False
    twice: bool = False

    @property
    def label(self) -> str:
        """Return what is counted: the kind, and what is done."""
        if self.kind == TYPE:
            return f"{self.kind} {self.what} {self.value.split(' ', 1)[0]}".strip()
        return f"{self.kind} {self.what}".strip()

    def line(self) -> str:
        """Return the move as a line of a transcript."""
        parts = [f"+{self.after_s:.0f}s", self.who or "-", self.kind]
        if self.where:
            parts.append(f"in {self.where}:")
        parts += [part for part in (self.what, self.value) if part]
        if self.entries:
            parts.append("; ".join(f"{name}={value}" for name, value in self.entries))
        parts += [word for word, on in (("(lazy)", self.lazy), ("(twice)", self.twice)) if on]
        return " ".join(parts)

    def wire(self) -> dict[str, Any]:
        """Return the move as JSON takes it, without what is as usual."""
        usual = {each.name: each.default for each in fields(self)}
        return {name: value for name, value in asdict(self).items() if value != usual[name]}

    @classmethod
    def of(cls, wire: dict[str, Any]) -> Self:
        """Return the move that was written so."""
        entries = tuple((str(name), value) for name, value in wire.get("entries", ()))
        return cls(**{**wire, "entries": entries})
