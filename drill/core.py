"""The local Slack's state in one place: workspace, app, views, triggers, hooks, log."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drill.clock import DrillClock
from drill.errors import SlackError, invalid_arguments
from drill.facts import Method, methods
from drill.faults import Faults
from drill.manifest import Manifest, read_manifest
from drill.rates import Rates
from drill.record import Notice, Record
from drill.seed import build_world, read_seed
from drill.state import Values
from drill.world import Channel, World

Wire = dict[str, Any]
Emit = Callable[[str, Wire, Channel | None], None]

TRIGGER_LIVES_S = 3.0
HOOK_LIVES_S = 1800.0
HOOK_USES = 5


@dataclass(frozen=True, slots=True)
class Settings:
    """How the local Slack is started."""

    manifest_path: Path
    world: str | Path = "acme"
    mode: str = "http"
    request_url: str = ""
    signing_secret: str = "drill-signing-secret"  # noqa: S105 - of a Slack that is not real
    bot_token: str = "xoxb-drill"  # noqa: S105
    app_token: str = "xapp-drill"  # noqa: S105
    ack_limit_s: float = 3.0
    app_clock_url: str = ""
    scenarios: Path | None = None


@dataclass(slots=True)
class Trigger:
    """A trigger_id: who may open a view with it, until when."""

    user_id: str
    issued_s: float
    view_id: str = ""
    used: bool = False


@dataclass(slots=True)
class OpenView:
    """A view as one person has it open, with what they typed."""

    wire: Wire
    user_id: str
    values: Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[Wire]] = field(default_factory=dict)
    banner: str = ""

    @property
    def id(self) -> str:
        """Return the view's id."""
        return str(self.wire["id"])

    def payload(self) -> Wire:
        """Return the view as payloads carry it: with its state."""
        return {**self.wire, "state": {"values": self.values}}


@dataclass(slots=True)
class Hook:
    """A response_url: where it answers and how often it still may."""

    channel_id: str
    user_id: str
    issued_s: float
    message_ts: str = ""
    ephemeral: bool = False
    uses: int = 0


class Slack:
    """One workspace with one app installed. All access is from one event loop."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.manifest: Manifest = read_manifest(settings.manifest_path)
        self.methods: dict[str, Method] = methods()
        self.clock = DrillClock()
        self.rates = Rates()
        self.faults = Faults()
        self.latency_ms = 0
        self.expired_as_arguments = False
        self.base_url = ""
        self.emit: Emit = _emit_nothing
        self.on_change: Callable[[], None] = _nothing
        self.socket_url: Callable[[], str] = str
        self.tasks: set[asyncio.Task[None]] = set()
        self.changes = 0
        self.changed = asyncio.Event()
        self.ending = asyncio.Event()
        self._start_over()

    def _start_over(self) -> None:
        self.record = Record()
        self.world: World = build_world(
            read_seed(self.settings.world), self.manifest.name, self.clock
        )
        self.triggers: dict[str, Trigger] = {}
        self.hooks: dict[str, Hook] = {}
        self.stacks: dict[str, list[OpenView]] = {}
        self.homes: dict[str, OpenView] = {}
        self.chosen: dict[tuple[str, str], Values] = {}
        self.mails: list[Wire] = []
        self.pages: list[Wire] = []
        self.status_posts: list[Wire] = []

    def reset(self) -> None:
        """Go back to the seed: nothing said, nothing logged, no faults."""
        self.faults.clear()
        self.rates.reset()
        self._start_over()
        self.touch()

    def touch(self) -> None:
        """Tell whoever watches that something changed."""
        self.changes += 1
        self.changed.set()
        self.on_change()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine beside, keeping hold of it."""
        if self.ending.is_set():
            work.close()
            return
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def linger(self, seconds: float) -> None:
        """Wait in real time, but not beyond the end of the server."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.ending.wait(), seconds)

    def at(self) -> str:
        """Return the business instant as text."""
        return self.clock.business().isoformat()

    def notice(self, user_id: str, text: str, where: str = "") -> None:
        """Show a person a line from Slack itself."""
        self.record.notices.append(Notice(user_id, text, where, self.at()))
        self.touch()

    def scopes_allow(self, wanted: tuple[str, ...]) -> bool:
        """Tell whether the app was granted one of these scopes."""
        return not wanted or bool(set(wanted) & set(self.manifest.scopes))

    def require_scopes(self, wanted: tuple[str, ...]) -> None:
        """Refuse when none of these scopes was granted.

        Raises:
            SlackError: ``missing_scope`` with what is needed and what there is.
        """
        if not self.scopes_allow(wanted):
            raise SlackError(
                "missing_scope",
                needed=",".join(wanted),
                provided=",".join(self.manifest.scopes),
            )

    def issue_trigger(self, user_id: str, view_id: str = "") -> str:
        """Return a fresh trigger_id for one gesture of this person."""
        ids = self.world.ids
        name = f"{ids.number()}.{ids.number()}.{ids.secret()}"
        self.triggers[name] = Trigger(user_id, self.clock.monotonic(), view_id)
        return name

    def take_trigger(self, name: object) -> Trigger:
        """Use up a trigger_id.

        Raises:
            SlackError: it is unknown, older than three seconds, or was used before.
        """
        trigger = self.triggers.get(str(name))
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self.clock.monotonic() - trigger.issued_s > TRIGGER_LIVES_S:
            if self.expired_as_arguments:
                raise invalid_arguments("`trigger_id` expired [json-pointer:/trigger_id]")
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger

    def issue_hook(self, hook: Hook, family: str) -> str:
        """Return a response_url that answers as the hook says."""
        name = self.world.ids.secret()
        self.hooks[name] = hook
        return f"{self.base_url}/hooks/{family}/{self.world.team_id}/{name}"

    def views_open(self) -> list[OpenView]:
        """Return every view somebody has before them."""
        opened = [view for stack in self.stacks.values() for view in stack]
        return [*opened, *self.homes.values()]


def _emit_nothing(_name: str, _event: Wire, _channel: Channel | None) -> None:
    return


def _nothing() -> None:
    return
