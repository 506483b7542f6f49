"""A local Slack that runs in a thread: begun, asked, waited for, ended."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import uvloop

from drill.control import Control
from drill.core import Settings
from drill.errors import DrillRefusal
from drill.record import Call, Notice
from drill.workspace import Workspace

T = TypeVar("T")

ACT_LIMIT_S = 20.0
START_LIMIT_S = 20.0


class RunningSlack:
    """One local Slack.

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
            ),
            Control.routes_of,
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

    def wait_for(self, predicate: Callable[[], T | None], timeout_s: float = 30.0) -> T:
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

    def settle(self, timeout_s: float = 30.0) -> None:
        """Wait until no delivery to the bot is under way."""
        self.wait_for(lambda: self.ask(lambda: not self.core.tasks), timeout_s)

    # -- what it kept ----------------------------------------------------------------------

    def calls(self, method: str | None = None, *, applied: bool | None = None) -> list[Call]:
        """Return the API calls so far, of one method, and only those (not) applied."""
        return [
            call
            for call in list(self.core.record.calls)
            if (method is None or call.method == method)
            and (applied is None or call.applied == applied)
        ]

    @property
    def notices(self) -> list[Notice]:
        """Return what people were told by Slack itself because the bot failed them."""
        return list(self.core.record.notices)
