"""The parts of the local Slack put together, and its servers."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.server import ServerState

from drill.api import WebApi
from drill.bot import Bot
from drill.core import Settings, Slack
from drill.errors import DrillRefusal
from drill.events import Events
from drill.forms import Forms
from drill.hooks import Hooks
from drill.inbound import Inbound
from drill.interact import Acting
from drill.sinks import MailSink
from drill.sockets import SocketHub
from drill.talking import Talking
from drill.transport import BreakableProtocol

GRACE_S = 0.05
PAGE = Path(__file__).parent / "page"


class Workspace:
    """One local Slack, whole."""

    def __init__(
        self,
        settings: Settings,
        control: Callable[[Workspace], Sequence[BaseRoute]],
        bot: Bot | None = None,
    ) -> None:
        """Put the parts together.

        Args:
            settings: What the local Slack is told.
            control: Makes the routes that know the whole workspace.
            bot: The bot's process, when it is the drill's to end and begin.
        """
        self._control = control
        self.bot = bot
        self.slack = Slack(settings)
        self.hub = SocketHub(self.slack)
        self.slack.socket_url = self.hub.url
        self.inbound = Inbound(self.slack, self.hub)
        self.events = Events(self.slack, self.inbound)
        self.acting = Acting(self.slack, self.inbound)
        self.forms = Forms(self.slack, self.inbound)
        self.talking = Talking(self.slack, self.acting)
        self.mail = MailSink(self.slack)
        self.api_url = ""
        self._api_port = 0
        self._api_server: asyncio.Server | None = None
        self._config: uvicorn.Config | None = None
        self._state = ServerState()

    def application(self) -> ASGIApp:
        """Return the ASGI application: Web API and hooks first, for speed, then the rest."""
        api, hooks = WebApi(self.slack), Hooks(self.slack)
        routes: list[BaseRoute] = [
            *self._control(self),
            WebSocketRoute("/link", self.hub.serve),
            WebSocketRoute("/link/", self.hub.serve),
        ]
        if PAGE.is_dir():
            routes.append(Mount("/", StaticFiles(directory=PAGE, html=True)))
        rest = Starlette(routes=routes)

        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http" and scope["path"].startswith("/api/"):
                await api(scope, receive, send)
            elif scope["type"] == "http" and scope["path"].startswith("/hooks/"):
                await hooks(scope, receive, send)
            else:
                await rest(scope, receive, send)

        return application

    async def run(
        self,
        port: int,
        smtp_port: int,
        ready: asyncio.Event | None = None,
        *,
        own_api: bool = False,
    ) -> None:
        """Serve until ``stop``; ``own_api`` gives the Web API a port that can really be closed."""
        listener = _listen(port)
        self.slack.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.api_url = f"{self.slack.base_url}/api/"
        await self.mail.start(smtp_port)
        self._config = uvicorn.Config(
            self.application(),
            ws="websockets-sansio",
            lifespan="off",
            log_level="error",
            access_log=False,
            timeout_keep_alive=30,
        )
        self._config.load()
        server = await asyncio.get_running_loop().create_server(self._protocol, sock=listener)
        if own_api:
            await self._open_api(0)
        if ready is not None:
            ready.set()
        try:
            await self.slack.ending.wait()
        finally:
            server.close()
            await self._clean()

    def _protocol(self) -> asyncio.Protocol:
        """Return the protocol of one connection.

        uvicorn's own server would bring signal handlers and pauses of 0.2 s at its end.
        """
        if self._config is None:
            raise DrillRefusal("The local Slack is not running.")
        return BreakableProtocol(self._config, self._state, {})

    async def _open_api(self, port: int) -> None:
        loop = asyncio.get_running_loop()
        self._api_server = await loop.create_server(self._protocol, "127.0.0.1", port)
        self._api_port = self._api_server.sockets[0].getsockname()[1]
        self.api_url = f"http://127.0.0.1:{self._api_port}/api/"

    async def begin_again(self) -> None:
        """Begin a new world: nothing said, no clock moved on, and a bot that remembers nothing.

        Raises:
            DrillRefusal: the bot is not the drill's to end, or does not start.
        """
        if self.bot is None:
            raise DrillRefusal("This drill did not start its bot: end both, and start them anew.")
        await self.bot.end()
        self.events.forget()
        self.slack.clock.begin_again()
        self.slack.reset()
        await self.bot.begin()
        await self.bot.until_ready()

    async def set_down(self, *, down: bool) -> None:
        """Take Slack down (connections refused or reset, sockets dropped) or bring it back."""
        self.slack.faults.down = down
        if down:
            await self.hub.drop()
            if self._api_server is not None:
                self._api_server.close()
        elif self._api_port:
            await self._open_api(self._api_port)
        self.slack.touch()

    def stop(self) -> None:
        """Ask the servers to end."""
        self.slack.ending.set()
        self.slack.changed.set()

    async def _clean(self) -> None:
        self.events.forget()
        self.mail.stop()
        if self._api_server is not None:
            self._api_server.close()
        await self.hub.drop()
        for connection in list(self._state.connections):
            connection.shutdown()
        while left := [*self._state.tasks, *self.slack.tasks]:
            await asyncio.wait(left, timeout=GRACE_S)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)
            # The callbacks that take finished tasks off the two lists run after this.
            await asyncio.sleep(0)
        await self.inbound.close()


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(512)
    listener.set_inheritable(False)
    return listener
