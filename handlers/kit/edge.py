"""What Slack's payloads are to us: one frozen value for each kind of gesture.

Handlers see these alone; ``payloads`` makes them, and nothing behind it reads a payload.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from protocols.opening.events import AttachedFile

Payload = Mapping[str, Any]
Chosen = str | tuple[str, ...]
"""What stands in one field: a text or an option's value, or several of them; "" when empty."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """What every gesture has.

    Attributes:
        user_id: Slack's id of the one who acts.
        team_id: Their workspace: another one than ours for people outside.
        delivery: The identity of this delivery; the same one twice is one gesture.
        trigger_id: Opens one modal within three seconds; may be empty.
        response_url: Where an answer can be sent; empty in modals.
        channel_id: Where it happened; empty in modals and for a global shortcut.
    """

    user_id: str
    team_id: str
    delivery: str
    trigger_id: str = ""
    response_url: str = ""
    channel_id: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A modal as it stands on somebody's screen.

    Attributes:
        values: What stands in each field, by its name without the version after ":".
        blocks: The block_id of each input, by the field's name: errors are told under it.
        metadata: The parts of ``private_metadata``; the first is most often the reference.
        files: What was put into each field that takes files, by the field's name.
    """

    id: str
    hash: str
    callback_id: str
    root_id: str
    metadata: tuple[str, ...]
    values: Mapping[str, Chosen]
    blocks: Mapping[str, str]
    files: Mapping[str, tuple[AttachedFile, ...]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return one field's text or chosen value; empty when the field is empty or absent."""
        found = self.values.get(name, "")
        return found if isinstance(found, str) else "".join(found[:1])

    def several(self, name: str) -> tuple[str, ...]:
        """Return the chosen values of one field."""
        found = self.values.get(name, ())
        return found if isinstance(found, tuple) else ((found,) if found else ())

    @property
    def reference(self) -> str:
        """Return the ticket that the modal is for; empty when it is for none yet."""
        return self.metadata[0] if self.metadata else ""


@dataclass(frozen=True, slots=True)
class Press(Gesture):
    """A button, a menu or a live field.

    Attributes:
        action: Which, without its version: one of ``templates.actions``. For an overflow menu
            the chosen entry's action, not the menu's.
        version: What stood after ":".
        value: The parts of the button's value.
        chosen: What was picked in a select, radio, date or text.
        is_ephemeral: Only the presser sees the message; it can be changed by response_url alone.
        view: The modal that it stands in.
    """

    action: str = ""
    version: str = ""
    value: tuple[str, ...] = ()
    chosen: Chosen = ""
    message_ts: str = ""
    thread_ts: str = ""
    is_ephemeral: bool = False
    view: View | None = None

    @property
    def reference(self) -> str:
        """Return the ticket that was pressed on."""
        if self.value:
            return self.value[0]
        return self.view.reference if self.view is not None else ""

    def part(self, index: int) -> str:
        """Return one part of the value; empty when the button has none there."""
        return self.value[index] if index < len(self.value) else ""


@dataclass(frozen=True, slots=True)
class Slash(Gesture):
    """A typed command: ``text`` is everything after its name, as typed."""

    command: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Submission(Gesture):
    """A modal's submit button."""

    view: View = field(default_factory=lambda: View("", "", "", "", (), {}, {}))

    @property
    def reference(self) -> str:
        """Return the ticket that the modal is for."""
        return self.view.reference


@dataclass(frozen=True, slots=True)
class Shortcut(Gesture):
    """A global shortcut."""

    callback_id: str = ""


@dataclass(frozen=True, slots=True)
class MessageShortcut(Gesture):
    """A shortcut on a message: whose, its words, its place."""

    callback_id: str = ""
    message_ts: str = ""
    thread_ts: str = ""
    text: str = ""
    author_id: str = ""
    author_team_id: str = ""


@dataclass(frozen=True, slots=True)
class Options(Gesture):
    """A search in an external select: which field, what was typed so far."""

    action: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class SlackEvent(Gesture):
    """Something that happened in Slack; ``fields`` is the event as Slack sent it.

    Attributes:
        gesture: The identity of what happened, whichever delivery told it: the same message can
            be told several times under different event ids.
        tries: How often Slack has sent it before.
        late: Whether nobody heard it when it happened: it was read afterwards.
    """

    kind: str = ""
    subtype: str = ""
    ts: str = ""
    thread_ts: str = ""
    text: str = ""
    gesture: str = ""
    is_bot: bool = False
    tries: int = 0
    fields: Payload = field(default_factory=dict)
    late: bool = False

    @property
    def words(self) -> str:
        """Return the identity of what was written: on whichever record it comes, it comes once."""
        return f"heard:{self.channel_id}:{self.ts}"

    @property
    def asked_at(self) -> datetime | None:
        """Return when Slack was asked how it stands, where it was read late; else None."""
        seconds, _, rest = str(self.fields.get("event_ts") or "").partition(".")
        if not (self.late and seconds.isascii() and seconds.isdigit() and rest.isdigit()):
            return None
        asked = datetime.fromtimestamp(int(seconds), tz=UTC)
        return asked.replace(microsecond=int(rest[:6].ljust(6, "0")))

    @property
    def written_at(self) -> datetime | None:
        """Return when it was written, as Slack says, where it was read late; else None."""
        seconds = self.ts.partition(".")[0]
        if not (self.late and seconds.isascii() and seconds.isdigit()):
            return None
        return datetime.fromtimestamp(int(seconds), tz=UTC)
