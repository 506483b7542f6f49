"""The local Slack for tests: runs in a thread on free ports, and reads as prose.

with LocalSlack(Path("app.yaml")) as slack:
    slack.request_url = bot.url
    csm = slack.person("csm-one")
    csm.command("/ticket", "Duplicate payments")
    csm.view.fill({"Account": "Acme"}).submit()
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import uvloop

from drill.core import Settings
from drill.errors import DrillRefusal
from drill.faults import Fault
from drill.people import Person
from drill.record import Call, Delivery, Notice
from drill.workspace import Workspace
from drill.world import Channel

Wire = dict[str, Any]
T = TypeVar("T")

ACT_LIMIT_S = 20.0
START_LIMIT_S = 20.0


class LocalSlack:
    """A running local Slack.

    Args:
        manifest_path: the app's manifest; its commands, scopes and events are what there is.
        world: a world shipped with the drill, by name, or a seed file.
        mode: ``http`` or ``socket``.
        request_url: where the bot takes Slack's requests; may be set later.
        signing_secret: with which requests are signed.
        rates: whether rate limits are enforced.
        latency_ms: how long each API call takes at least.
        ack_limit_s: how long the bot may take to acknowledge.
    """

    def __init__(
        self,
        manifest_path: Path | str,
        world: str | Path = "acme",
        mode: str = "http",
        request_url: str | None = None,
        signing_secret: str = "drill-signing-secret",  # noqa: S107 - of a Slack that is not real
        *,
        bot_token: str = "xoxb-drill",  # noqa: S107
        app_token: str = "xapp-drill",  # noqa: S107
        rates: bool = False,
        latency_ms: int = 0,
        ack_limit_s: float = 3.0,
    ) -> None:
        self.space = Workspace(
            Settings(
                manifest_path=Path(manifest_path),
                world=world,
                mode=mode,
                request_url=request_url or "",
                signing_secret=signing_secret,
                bot_token=bot_token,
                app_token=app_token,
                ack_limit_s=ack_limit_s,
            )
        )
        self.core = self.space.slack
        self.core.rates.on = rates
        self.core.latency_ms = latency_ms
        self.core.on_change = self._wake
        self._changed = threading.Event()
        self._loop = uvloop.new_event_loop()
        self._ready = threading.Event()
        self._failed: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, name="local-slack", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(START_LIMIT_S) or self._failed:
            raise DrillRefusal(f"The local Slack did not start: {self._failed}")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self.space.stop)
        self._thread.join(START_LIMIT_S)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        except (OSError, DrillRefusal, SystemExit) as error:
            self._failed.append(error)
        finally:
            self._ready.set()
            self._loop.close()

    async def _serve(self) -> None:
        ready = asyncio.Event()
        serving = asyncio.create_task(self.space.run(0, 0, ready, own_api=True))
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait((serving, waiting), return_when=asyncio.FIRST_COMPLETED)
        if ready.is_set():
            self._ready.set()
        waiting.cancel()
        await serving

    def _wake(self) -> None:
        self._changed.set()

    # -- reaching the loop ------------------------------------------------------------------

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the server's loop and return what it returns."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(ACT_LIMIT_S)

    def ask(self, question: Callable[[], T]) -> T:
        """Call a function on the server's loop, so that it sees a state at rest."""
        answer: Future[T] = Future()

        def call() -> None:
            try:
                answer.set_result(question())
            except Exception as error:  # noqa: BLE001 - it goes to whoever asked
                answer.set_exception(error)

        self._loop.call_soon_threadsafe(call)
        return answer.result(ACT_LIMIT_S)

    def wait_for(self, predicate: Callable[[], T | None], timeout_s: float = 5.0) -> T:
        """Wait until a predicate is true and return its value.

        What is not there yet (a modal, a channel) counts as not true.

        Raises:
            AssertionError: it never was; says what Slack told people and the last calls.
        """
        clock = self.core.clock
        deadline = clock.monotonic() + timeout_s
        while True:
            self._changed.clear()
            with contextlib.suppress(DrillRefusal):
                value = predicate()
                if value:
                    return value
            left = deadline - clock.monotonic()
            if left <= 0:
                break
            self._changed.wait(min(0.05, left))
        told = [f"{n.user}: {n.text}" for n in self.notices[-5:]]
        last = [f"{c.method} {c.fault} {c.answer.get('error', 'ok')}" for c in self.calls()[-12:]]
        raise AssertionError(f"Not within {timeout_s} s. Told: {told}. Last calls: {last}.")

    def settle(self, timeout_s: float = 5.0) -> None:
        """Wait until no delivery to the bot is under way."""
        self.wait_for(lambda: self.ask(lambda: not self.core.tasks), timeout_s)

    # -- where things are -------------------------------------------------------------------

    @property
    def api_url(self) -> str:
        """The Web API's address, ending in ``/api/``."""
        return self.space.api_url

    @property
    def base_url(self) -> str:
        """The address of everything else: control API, sinks, page."""
        return self.core.base_url

    @property
    def smtp_url(self) -> str:
        """Where mail is taken."""
        return f"smtp://127.0.0.1:{self.space.mail.port}"

    @property
    def pager_url(self) -> str:
        """Where pages are taken."""
        return f"{self.base_url}/sink/pager"

    @property
    def status_url(self) -> str:
        """Where status posts are taken."""
        return f"{self.base_url}/sink/statuspage"

    @property
    def bot_token(self) -> str:
        """The token the bot must use."""
        return self.core.settings.bot_token

    @property
    def app_token(self) -> str:
        """The token Socket Mode asks for."""
        return self.core.settings.app_token

    @property
    def signing_secret(self) -> str:
        """The secret requests are signed with."""
        return self.core.settings.signing_secret

    @property
    def request_url(self) -> str:
        """Where the bot takes Slack's requests."""
        return self.core.settings.request_url

    @request_url.setter
    def request_url(self, url: str) -> None:
        clock = f"{url.removesuffix('/slack/events')}/drill/clock"
        self.core.settings = replace(self.core.settings, request_url=url, app_clock_url=clock)

    # -- people and what happened -----------------------------------------------------------

    def person(self, who: str) -> Person:
        """Return a person to act as, by seed key, handle, name, e-mail or id."""
        return Person(self, self.core.world.person(who).id)

    def calls(self, method: str | None = None, *, applied: bool | None = None) -> list[Call]:
        """Return the API calls so far, of one method, and only those (not) applied."""
        return [
            call
            for call in list(self.core.record.calls)
            if (method is None or call.method == method)
            and (applied is None or call.applied == applied)
        ]

    def deliveries(self, kind: str | None = None, name: str | None = None) -> list[Delivery]:
        """Return what was delivered to the bot so far."""
        return [
            delivery
            for delivery in list(self.core.record.deliveries)
            if (kind is None or delivery.kind == kind) and (name is None or delivery.name == name)
        ]

    @property
    def notices(self) -> list[Notice]:
        """What people were told by Slack itself because the bot failed them."""
        return list(self.core.record.notices)

    @property
    def mails(self) -> list[Wire]:
        """Every mail that left."""
        return list(self.core.mails)

    @property
    def pages(self) -> list[Wire]:
        """Every page that left."""
        return list(self.core.pages)

    @property
    def status_posts(self) -> list[Wire]:
        """Every status post that left."""
        return list(self.core.status_posts)

    def channel(self, name: str) -> Channel:
        """Return a channel by name or id, whoever is in it."""
        return self.ask(lambda: self.core.world.channel_named(name))

    @property
    def channel_names(self) -> list[str]:
        """The names of all channels, private and archived ones too."""
        return self.ask(
            lambda: [c.name for c in self.core.world.channels.values() if c.kind == "channel"]
        )

    # -- weather ----------------------------------------------------------------------------

    def fault(self, method: str, kind: str, **more: Any) -> Fault:
        """Let calls of a method go wrong; see ``drill.faults.Fault``."""
        rule = Fault(method=method, kind=kind, **more)
        self.core.faults.rules.append(rule)
        return rule

    def clear_faults(self) -> None:
        """Drop all fault rules."""
        self.core.faults.rules.clear()

    def down(self) -> None:
        """Take Slack down: API connections refused, sockets dropped."""
        self.run(self.space.set_down(down=True))

    def up(self) -> None:
        """Bring Slack back."""
        self.run(self.space.set_down(down=False))

    def rates(self, *, on: bool = True, commercial: bool = False) -> None:
        """Enforce rate limits, or not."""
        self.core.rates.on = on
        self.core.rates.commercial = commercial

    def latency(self, milliseconds: int) -> None:
        """Let each API call take this long at least."""
        self.core.latency_ms = milliseconds

    def mishap(self, kind: str, name: str = "", count: int = 1) -> None:
        """Let event deliveries go wrong: duplicate, two_ids, lost, reversed."""
        self.ask(lambda: self.space.events.mishap(kind, name, count))

    def retry_events(self) -> int:
        """Make every waiting event attempt at once."""
        return self.ask(self.space.events.retry_now)

    def pending_events(self) -> int:
        """Return how many events wait for another attempt."""
        return self.ask(lambda: len(self.space.events.pending))

    def forge(self, kind: str, body: bytes = b"command=%2Fticket&text=forged") -> int:
        """Send the bot a request with a bad signature; return the status it answers."""
        form = "application/x-www-form-urlencoded"
        return self.run(self.space.inbound.post(body, form, forgery=kind)).status

    def challenge(self) -> bool:
        """Ask the bot to prove its Request URL; tell whether it gave the challenge back."""
        asked = {"type": "url_verification", "token": "t", "challenge": "prove-it"}
        body = json.dumps(asked).encode()
        ack = self.run(self.space.inbound.post(body, "application/json"))
        return ack.status == 200 and b"prove-it" in ack.body

    def expired_triggers_read_as_arguments(self) -> None:
        """Refuse a late trigger in the older form: ``invalid_arguments`` and a message."""
        self.core.expired_as_arguments = True

    def sockets(self) -> int:
        """Return how many Socket Mode connections are open."""
        return self.ask(lambda: len(self.space.hub.lines))

    def disconnect(self, reason: str = "refresh_requested") -> int:
        """Send every socket a disconnect frame."""
        return self.run(self.space.hub.disconnect(reason))

    def drop_sockets(self) -> int:
        """Close every socket without a word."""
        return self.run(self.space.hub.drop())

    def share(self, channel: str, team_id: str = "T0ACME0001", *, shared: bool = True) -> None:
        """Share a channel with another organisation, or end that."""
        self.ask(lambda: self.space.talking.share(channel, team_id, shared=shared))

    def set_kind(self, who: str, kind: str) -> None:
        """Change an account: deactivated, guest, ..."""
        self.ask(lambda: self.space.talking.set_kind(who, kind))

    def adopt_clock(self, now: datetime) -> None:
        """Take over the bot's business time for message timestamps."""
        self.ask(lambda: self.core.clock.adopt(now))

    def reset(self) -> None:
        """Go back to the seed."""

        def start_over() -> None:
            self.space.events.forget()
            self.core.reset()

        self.ask(start_over)
