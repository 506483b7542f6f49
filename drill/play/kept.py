"""What the drill notes down while people act: it is in no message, and the score shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from drill.core import OpenView
from drill.play.facts import texts

Wire = dict[str, Any]

FOUND = ("*A check asks:* ", "*Stopped:* ")


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
        found = [*_under(view, result), *_between(view, opened)]
        if not found:
            return f"sent_{callback}"
        if not callback.startswith("draft"):
            return ""
        self.stopped += [why for _words, why in found]
        self.nearly += [
            {
                "who": who,
                "words": words,
                "why": " ".join(why for said, why in found if said == words),
            }
            for words in dict.fromkeys(words for words, _why in found)
        ]
        return "stopped"


def _under(view: Wire, result: Wire) -> Iterator[tuple[str, str]]:
    """Yield words and why they came back, as it stands under their field."""
    values = view["state"]["values"]
    for block, why in (result.get("errors") or {}).items():
        yield _typed(values.get(block, {})), str(why)


def _between(view: Wire, opened: Iterable[OpenView]) -> Iterator[tuple[str, str]]:
    """Yield words and what a check found in them, as it stands after their field."""
    for again in (one for one in opened if one.id == view["id"]):
        words = ""
        for block in again.wire["blocks"]:
            if block["type"] == "input":
                words = _typed(again.values.get(block["block_id"], {}))
            elif block["type"] == "section" and (why := _why(str(block["text"]["text"]))):
                yield words, why


def _why(said: str) -> str:
    found = next((one for one in FOUND if said.startswith(one)), None)
    return said.removeprefix(found).split("\n")[0] if found else ""


def _typed(held: Wire) -> str:
    return " ".join(str(one["value"]) for one in held.values() if one.get("value"))
