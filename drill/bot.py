"""The bot's own process, when the drill has started it: begun, and begun again with nothing kept.

The drill knows of it a command line, a database file, and an address that says when it is ready.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from drill.errors import DrillRefusal

READY_S = 40.0
LOOK_S = 0.05
END_S = 9.0


@dataclass(slots=True)
class Bot:
    """One bot at a time.

    Args:
        command: how it is started.
        database: the file of its database; the file is the drill's to delete.
        ready_url: answers 200 once the bot can be used.
    """

    command: tuple[str, ...]
    database: Path
    ready_url: str
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    _running: asyncio.subprocess.Process | None = None
    _watch: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Start the bot on an empty database; it may not be ready yet."""
        for file in self.database.parent.glob(f"{self.database.name}*"):
            file.unlink()
        self._running = await asyncio.create_subprocess_exec(
            *self.command, cwd=self.database.parent, start_new_session=True
        )
        self._watch = asyncio.create_task(self._until_it_ends(self._running))

    async def _until_it_ends(self, running: asyncio.subprocess.Process) -> None:
        await running.wait()
        self.ended.set()

    async def until_ready(self) -> None:
        """Wait until it can be used.

        Raises:
            DrillRefusal: it ended, or is not ready in time.
        """
        limit = aiohttp.ClientTimeout(total=2.0)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(READY_S), aiohttp.ClientSession(timeout=limit) as session:
                while not self.ended.is_set():
                    if await _answers(session, self.ready_url):
                        return
                    await asyncio.sleep(LOOK_S)
        raise DrillRefusal("The bot did not start. Its log, var/drill.log, says why.")

    async def end(self) -> None:
        """End it, gently at first; nothing happens when it has ended."""
        running, watch = self._running, self._watch
        if running is None or watch is None:
            return
        watch.cancel()
        with contextlib.suppress(ProcessLookupError):
            running.terminate()
        try:
            await asyncio.wait_for(running.wait(), END_S)
        except TimeoutError:
            running.kill()
            await running.wait()
        self._running = self._watch = None


async def _answers(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url) as got:
            return got.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False
