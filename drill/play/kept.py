"""What the drill notes down while people act: it is in no message, and the score shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from drill.core import OpenView
from drill.play.facts import sections, texts

Wire = dict[str, Any]

ASKS = "*A check asks:* "


@dataclass(slots=True)
class Kept:
    """What was said to writers under their words, and what was found and belongs inside."""

    stopped: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    nearly: list[Wire] = field(default_factory=list)

    def form_sent(self, who: str, view: Wire, result: Wire, opened: Iterable[OpenView]) -> str:
        """Keep what a check found in words for an account; return the mark of the form."""
        callback = str(view["callback_id"])
        if callback == "finding":
            self.findings += texts(view)
        if not result.get("sent"):
            return ""
        reasons = _reasons(view, result, opened)
        if not reasons:
            return f"sent_{callback}"
        if not callback.startswith("draft"):
            return ""
        self.stopped += reasons
        self.nearly += [{"who": who, **one} for one in _nearly(view, result, reasons)]
        return "stopped"


def _nearly(view: Wire, result: Wire, reasons: list[str]) -> list[Wire]:
    """Return the words that were stopped, each with why."""
    values = view["state"]["values"]
    under = [
        {"words": str(element["value"]), "why": str(why)}
        for block, why in (result.get("errors") or {}).items()
        for element in values.get(block, {}).values()
        if element.get("value")
    ]
    return under or [{"words": " ".join(texts(view)), "why": " ".join(reasons)}]


def _reasons(view: Wire, result: Wire, opened: Iterable[OpenView]) -> list[str]:
    """Return why the form came back: under its fields, or asked between them."""
    under = [str(error) for error in (result.get("errors") or {}).values()]
    again = [one for one in opened if one.id == view["id"]]
    asked = [
        words.removeprefix(ASKS)
        for one in again
        for words in sections(one.wire)
        if words.startswith(ASKS)
    ]
    return under or asked
