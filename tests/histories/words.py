"""What people write into fields: fit for the field, and each time with a mark of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from drill.core import OpenView
from drill.elements import all_options
from drill.walking import stateful
from tests.histories.marks import mark
from tests.histories.persons import INSIDERS

Wire = dict[str, Any]

_TRUE = "412 payments of your run of 23 November were submitted twice. We call it {}."
_DOING = "We are separating the affected payments. We call it {}."
_CHECK = "Please look at the list of the run. We call it {}."
_CAUSE = "It happened because of a bug in our deploy. We call it {}."
_PLAIN = "Seen and noted as {}."
_OF = {
    "known": _TRUE, "right": _TRUE, "doing": _DOING, "done": _DOING, "how_to_check": _CHECK,
    "default": "we go on as now, {}", "summary": "Payments sent twice {}",
    "questions": "Which batch was it? We call it {}.", "answer": _TRUE,
}  # fmt: skip
_NUMBERS = ("accounts_count", "records_count")
_CAUSE_SHARE = 0.06
_LEFT_SHARE = 0.5


@dataclass(slots=True)
class Pen:
    """Writes; every text has a mark that no other text of the history has."""

    chance: Random
    count: int = 0

    def marked(self, form: str) -> str:
        """Return a text of this form with a mark of its own."""
        self.count += 1
        return form.format(mark(self.count))

    def note(self) -> str:
        """Return some words of no consequence."""
        return self.marked(_PLAIN)

    def entries(self, view: OpenView, now: datetime) -> tuple[tuple[str, Any], ...]:
        """Fill a form as it stands open."""
        filled = []
        for block, element in stateful(view.wire["blocks"]):
            if block["type"] != "input":
                continue
            name = str(block["block_id"]).partition(":")[0]
            value = self._value(name, block, element, now)
            if value is not None:
                filled.append((name, value))
        return tuple(filled)

    def _value(self, name: str, block: Wire, element: Wire, now: datetime) -> Any:
        optional = bool(block.get("optional"))
        if optional and self.chance.random() < _LEFT_SHARE and name not in _NUMBERS:
            return None
        match element["type"]:
            case "plain_text_input":
                return self._text(name, element)
            case "static_select" | "radio_buttons":
                return self._choice(name, element)
            case "checkboxes":
                return [self.chance.choice(all_options(element))["value"]]
            case "users_select":
                return self.chance.choice(INSIDERS)
            case "datetimepicker":
                minutes = self.chance.choice((20, 45, 90, 240))
                return int((now + timedelta(minutes=minutes)).timestamp())
            case _:
                return None

    def _choice(self, name: str, element: Wire) -> Any:
        options = [option["value"] for option in all_options(element)]
        if name == "next" and self.chance.random() < 0.8:
            options = [value for value in options if value != "other"]
        return self.chance.choice(options)

    def _text(self, name: str, element: Wire) -> Any:
        if name in _NUMBERS:
            return str(self.chance.choice((1, 2, 412)))
        if name == "duplicate_of":
            return "BW-1001"
        if name == "accounts" and element.get("multiline"):
            return "acme\nbirch\nelm"
        if name == "answers":
            return "Stop all runs of today\nGo on"
        if name == "wrong":
            return None
        form = _OF.get(name, _PLAIN)
        if name in ("known", "doing") and self.chance.random() < _CAUSE_SHARE:
            form = _CAUSE
        text = self.marked(form)
        return text[: int(element.get("max_length", 3000))]
