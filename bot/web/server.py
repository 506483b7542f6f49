"""The uvicorn server of the bot: started and stopped by the program, not by a signal."""

from __future__ import annotations

import logging
import math
import socket
import threading
from functools import partial
from typing import cast

import uvicorn
from prometheus_client import CollectorRegistry, Counter
from starlette.types import ASGIApp
from uvicorn.config import HTTPProtocolType

from bot.web.connection import Connection, Limits
from bot.web.crowd import Crowd
from bot.web.repeats import Repeats

_log = logging.getLogger(__name__)
BACKLOG = 512
START_TIMEOUT_S = 10.0
DRAIN_S = 4
FORCED_S = 0.5


class WebRefused(Exception):
    """Raised when the server cannot listen; carries a sentence."""


class WebServer:
    """Serves one application from a thread of its own."""

    def __init__(
        self,
        app: ASGIApp,
        host: str,
        port: int,
        *,
        metrics: CollectorRegistry | None = None,
        limits: Limits | None = None,
        crowd: Crowd | None = None,
    ) -> None:
        """Prepare; nothing listens yet.

        Args:
            app: What is served.
            host: The address to listen on.
            port: The port; 0 takes a free one.
            metrics: Takes a counter of connections that were cut.
            limits: What a caller may take; the usual when left out.
            crowd: How many may be connected; the usual when left out.
        """
        self._host = host
        self._port = port
        limits = limits or Limits()
        self._repeats = Repeats(_log)
        self._cuts = Counter(
            "bridgewatch_connections_cut",
            "Connections cut, by reason",
            ["reason"],
            registry=metrics or CollectorRegistry(),
        )
        connection = partial(Connection, crowd or Crowd(), limits, self._cut)
        self._socket: socket.socket | None = None
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=False,
                lifespan="off",
                # uvicorn only calls it, so that what it shares can be given beforehand.
                http=cast("HTTPProtocolType", connection),
                loop="uvloop",
                ws="none",
                timeout_keep_alive=math.ceil(limits.idle_s),
                timeout_graceful_shutdown=DRAIN_S,
            )
        )
        self._thread = threading.Thread(target=self._serve, name="web", daemon=True)

    @property
    def port(self) -> int:
        """Return the port that is listened on; known once started."""
        if self._socket is None:
            raise WebRefused("The web server has not been started.")
        port: int = self._socket.getsockname()[1]
        return port

    @property
    def url(self) -> str:
        """Return the address of this server on this machine."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self.port}"

    def bind(self) -> None:
        """Take the address; nobody is answered yet.

        Raises:
            WebRefused: The address is taken or is not ours.
        """
        self._socket = self._bound()

    def start(self) -> None:
        """Listen, and return when requests are taken.

        Raises:
            WebRefused: The address is taken or is not ours, or the server did not come up.
        """
        if self._socket is None:
            self.bind()
        assert self._socket is not None  # noqa: S101 - bound above
        self._socket.listen(BACKLOG)
        self._thread.start()
        deadline = threading.Event()
        for _ in range(int(START_TIMEOUT_S / 0.005)):
            if self._server.started:
                return
            if not self._thread.is_alive():
                break
            deadline.wait(0.005)
        raise WebRefused(f"The web server on {self._host}:{self._port} did not start.")

    def stop(self, timeout_s: float = DRAIN_S + 1.0) -> None:
        """Take no more requests, wait this long for those that run, and end the thread."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        if self._thread.is_alive():
            self._server.force_exit = True
            self._thread.join(FORCED_S)
        if self._socket is not None:
            self._socket.close()

    def _cut(self, why: str) -> None:
        self._cuts.labels(why).inc()
        self._repeats.say(f"A connection was cut: {why}")

    def _serve(self) -> None:
        assert self._socket is not None  # noqa: S101 - start() binds before it starts the thread
        self._server.run(sockets=[self._socket])

    def _bound(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self._host, self._port))
        except OSError as refused:
            listener.close()
            raise WebRefused(
                f"Cannot listen on {self._host}:{self._port}: {refused.strerror}. Another program "
                "may use it; BRIDGEWATCH_PORT chooses a different one."
            ) from refused
        return listener
