"""One connection of Socket Mode, from its handshake to its end. Source: slack-contract 7."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect

_log = logging.getLogger(__name__)


OPEN_S = 8.0
CLOSE_S = 1.0
# A line that was cut says nothing: a ping that stays without its pong is all that shows it.
PING_S = 3.0
PONG_S = 4.0
NOTICED_S = PING_S + PONG_S + CLOSE_S
"""Within how many seconds a silent connection is given up."""
LARGEST_BYTES = 8 * 1024 * 1024


def _is_news(record: logging.LogRecord) -> bool:
    """Say whether the library's word is news; a ping without its pong is told where it matters."""
    cause = record.exc_info[1] if record.exc_info else None
    return not isinstance(cause, ConnectionClosed)


_wire = logging.getLogger("websockets.client")
_wire.addFilter(_is_news)


class LineRefused(Exception):
    """Raised when a connection does not come about; says why in a few words."""


class Line:
    """One open socket, read by a thread of its own.

    Args:
        address: Where Slack told us to connect; good for one connection.
        took: Called with each message.
        ended: Called once it is over, whoever ended it.
        open_s: How long that may take.
        through_proxy: Whether the proxy of the environment is used.

    Raises:
        LineRefused: Nobody answered there, or not as a socket.
    """

    def __init__(
        self,
        address: str,
        *,
        took: Callable[[Line, str], None],
        ended: Callable[[Line], None],
        open_s: float = OPEN_S,
        through_proxy: bool = True,
    ) -> None:
        self.is_greeted = False
        self.is_leaving = False
        self._took = took
        self._ended = ended
        self._held = ExitStack()
        self._socket = _opened(address, self._held, open_s, through_proxy=through_proxy)
        self._thread = threading.Thread(target=self._read, name="slack-socket-line", daemon=True)

    @property
    def stands(self) -> bool:
        """Say whether Slack has said hello and has not said that it will close."""
        return self.is_greeted and not self.is_leaving

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def send(self, text: str) -> bool:
        """Send a message; say whether the connection still took it."""
        try:
            self._socket.send(text)
        except (ConnectionClosed, OSError):
            return False
        return True

    def close(self) -> None:
        """End it; whoever reads it learns that."""
        self.is_leaving = True
        self._held.close()

    def _read(self) -> None:
        try:
            for message in self._socket:
                if isinstance(message, str):
                    self._took(self, message)
        except ConnectionClosed as closed:
            _log.debug("a connection to Slack ended: %s", closed)
        except Exception:  # noqa: BLE001 - logged; another connection is opened
            _log.exception("what Slack sent over its socket could not be read")
        finally:
            self._held.close()
            self._ended(self)


def _opened(
    address: str, held: ExitStack, open_s: float, *, through_proxy: bool
) -> ClientConnection:
    try:
        opening = connect(
            address,
            compression=None,
            open_timeout=open_s,
            close_timeout=CLOSE_S,
            ping_interval=PING_S,
            ping_timeout=PONG_S,
            max_size=LARGEST_BYTES,
            proxy=True if through_proxy else None,
        )
        return held.enter_context(opening)
    except (OSError, WebSocketException, EOFError, ValueError) as error:
        raise LineRefused(type(error).__name__) from error
