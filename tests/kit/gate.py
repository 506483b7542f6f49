"""A gate before an address on this machine: it passes bytes on, until what passes falls silent.

A silenced connection takes what is sent and passes nothing on, in either direction; it is not
closed, as those of a network that was cut are not. Connections made later pass.
"""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack, suppress


class Gate:
    """Listens on a port of its own, and passes what comes on to another.

    Args:
        port: To which port of this machine.
    """

    def __init__(self, port: int) -> None:
        self._to = port
        self._silent = threading.Event()
        self._held = ExitStack()
        self._server = self._held.enter_context(socket.create_server(("127.0.0.1", 0)))
        self.port: int = self._server.getsockname()[1]

    def __enter__(self) -> Gate:
        threading.Thread(target=self._welcome, name="gate", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def silence(self) -> None:
        """Pass nothing on over the connections of this moment."""
        passed, self._silent = self._silent, threading.Event()
        passed.set()

    def _welcome(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._server.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                for one, other in ((near, far), (far, near)):
                    self._held.callback(one.close)
                    given = (one, other, self._silent)
                    threading.Thread(target=_pass, args=given, daemon=True).start()


def _pass(one: socket.socket, other: socket.socket, silent: threading.Event) -> None:
    with suppress(OSError):
        while read := one.recv(65_536):
            if not silent.is_set():
                other.sendall(read)
        if not silent.is_set():
            other.shutdown(socket.SHUT_WR)
