"""What a person of the local Slack sees, to assert on: messages, forms, outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from drill.core import OpenView
from drill.errors import DrillRefusal
from drill.finding import button_texts, find_button, find_input
from drill.running import RunningSlack
from drill.state import held
from drill.walking import leaves, rows_of, seen_by, texts_of

Wire = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action came to. ``failure`` is what Slack showed the person, "" when all is well."""

    status: int
    ack_ms: float
    failure: str
    sent: bool
    errors: dict[str, str]

    @classmethod
    def of(cls, wire: Wire) -> Outcome:
        """Return the outcome of a wire answer."""
        return cls(
            wire["status"],
            wire["ack_ms"],
            wire["failure"],
            wire["sent"],
            dict(wire.get("errors", {})),
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """One message as a person sees it."""

    wire: Wire

    @property
    def ts(self) -> str:
        """Its timestamp, which names it in its channel."""
        return str(self.wire["ts"])

    @property
    def text(self) -> str:
        """Its plain text, as notifications show it."""
        return str(self.wire.get("text", ""))

    @property
    def texts(self) -> list[str]:
        """Every text in its blocks, in reading order; the plain text when it has none."""
        return list(texts_of(self.wire.get("blocks", []))) or [self.text]

    @property
    def words(self) -> str:
        """All it says, in one string."""
        return "\n".join(self.texts)

    @property
    def buttons(self) -> list[str]:
        """What can be pressed in it."""
        return button_texts(self.wire.get("blocks", []))

    @property
    def rows(self) -> list[list[str]]:
        """The rows of its tables, headers too, each cell as it reads."""
        return [row for block in leaves(self.wire.get("blocks", [])) for row in rows_of(block)]

    @property
    def user(self) -> str:
        """Who wrote it."""
        return str(self.wire.get("user", ""))

    @property
    def subtype(self) -> str:
        """Slack's kind of message; "" for a plain one."""
        return str(self.wire.get("subtype", ""))

    @property
    def thread_ts(self) -> str:
        """The parent's timestamp, "" outside threads."""
        return str(self.wire.get("thread_ts", ""))

    @property
    def metadata(self) -> Wire:
        """The event payload the app put behind it."""
        return dict((self.wire.get("metadata") or {}).get("event_payload", {}))

    @property
    def edited(self) -> bool:
        """Tell whether it was changed after it was posted."""
        return "edited" in self.wire

    @property
    def is_ephemeral(self) -> bool:
        """Tell whether only this person sees it."""
        return bool(self.wire.get("is_ephemeral"))


class Form:
    """A modal or home tab as a person has it before them."""

    def __init__(self, slack: RunningSlack, user_id: str, opened: OpenView) -> None:
        self._slack = slack
        self._user_id = user_id
        self._opened = opened

    @property
    def wire(self) -> Wire:
        """The view as Slack holds it."""
        return self._opened.wire

    @property
    def _shown(self) -> list[Wire]:
        return seen_by(self.wire["blocks"], self._user_id)

    @property
    def id(self) -> str:
        """The view's id."""
        return self._opened.id

    @property
    def title(self) -> str:
        """What its frame says."""
        return str((self.wire.get("title") or {}).get("text", ""))

    @property
    def submit_text(self) -> str:
        """What its submit button says, "" when it has none."""
        return str((self.wire.get("submit") or {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        """Its callback_id."""
        return str(self.wire["callback_id"])

    @property
    def texts(self) -> list[str]:
        """Every text in it, in reading order."""
        return list(texts_of(self.wire["blocks"]))

    @property
    def words(self) -> str:
        """All it says, in one string."""
        return "\n".join(self.texts)

    @property
    def labels(self) -> list[str]:
        """The labels of its inputs."""
        return [b["label"]["text"] for b in self.wire["blocks"] if b["type"] == "input"]

    @property
    def buttons(self) -> list[str]:
        """What can be pressed in it."""
        return button_texts(self._shown)

    @property
    def errors(self) -> dict[str, str]:
        """The red texts under its inputs, by label."""
        labels = {
            b["block_id"]: b["label"]["text"] for b in self.wire["blocks"] if b["type"] == "input"
        }
        return {labels.get(k, k): v for k, v in self._opened.errors.items()}

    @property
    def banner(self) -> str:
        """What Slack itself says across it when the app failed."""
        return self._opened.banner

    def value(self, field: str) -> object:
        """Return what a field holds: text, an option's label, or a list of labels."""
        block, element = find_input(self._opened, field)
        entry = self._opened.values[block["block_id"]][element["action_id"]]
        bare = held(element, entry)
        if isinstance(bare, dict):
            return bare["text"]["text"]
        if isinstance(bare, list):
            return [o["text"]["text"] if isinstance(o, dict) else o for o in bare]
        return bare

    def fill(self, values: dict[str, object]) -> Self:
        """Type into or choose in fields, named by label, block_id or action_id, in order."""
        for name, value in values.items():
            self.choose(name, value)
        return self

    def choose(self, field: str, value: object) -> Outcome:
        """Type into or choose in one field; say what the app made of it."""
        acting = self._slack.space.acting
        return Outcome.of(
            self._slack.run(acting.set_field(self._user_id, self._opened, field, value))
        )

    def options(self, field: str, typed: str) -> list[str]:
        """Type into an external select and return the labels offered."""
        block, element = find_input(self._opened, field)
        acting = self._slack.space.acting
        offered = self._slack.run(
            acting.options(self._user_id, self._opened, block, element, typed)
        )
        return [option["text"]["text"] for option in offered]

    def offered(self, field: str) -> list[str]:
        """Return the labels a field offers by itself."""
        _, element = find_input(self._opened, field)
        return [o["text"]["text"] for o in element.get("options", [])]

    def press(self, button: str) -> Outcome:
        """Press a button in it."""
        found = find_button(self._shown, button)
        if found is None:
            raise DrillRefusal(f"No button {button!r} here; there are {self.buttons}.")
        acting = self._slack.space.acting
        return Outcome.of(self._slack.run(acting.press_in_view(self._user_id, self._opened, found)))

    def submit(self) -> Outcome:
        """Press its submit button."""
        user = self._slack.core.world.users[self._user_id]
        return Outcome.of(self._slack.run(self._slack.space.forms.submit(user)))

    def close(self, *, everything: bool = False) -> Outcome:
        """Close it, or the whole stack with the x."""
        user = self._slack.core.world.users[self._user_id]
        forms = self._slack.space.forms
        return Outcome.of(self._slack.run(forms.close(user, everything=everything)))
