"""Opening a connection within one total time: the look-up of the name, and every address of it.

A resolver waits as long as it likes and cannot be cut short, so names are looked up in a thread of
their own, one a name however many wait for it. Whoever no longer waits has given up: that thread
opens and sends nothing.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, TypeAlias

from bot.clock import MachineClock

LEAST_S = 0.001
_monotonic = MachineClock().monotonic
Address: TypeAlias = tuple[Any, Any, int, str, Any]
LookUp: TypeAlias = Callable[..., Sequence[Address]]


def left_s(until_s: float) -> float:
    """Return the seconds that are left until an instant of the monotonic clock.

    Raises:
        TimeoutError: None are.
    """
    left = until_s - _monotonic()
    if left < LEAST_S:
        raise TimeoutError("the call's time is used up")
    return left


class Connector:
    """Opens connections, from any number of threads.

    Args:
        look_up: finds a name's addresses, as `socket.getaddrinfo` does.
    """

    def __init__(self, look_up: LookUp = socket.getaddrinfo) -> None:
        self._look_up = look_up
        self._lock = threading.Lock()
        self._asked: dict[tuple[str, int], Future[Sequence[Address]]] = {}

    def open(self, host: str, port: int, *, until_s: float) -> socket.socket:
        """Connect to the first address that answers; each has its share of the time.

        Raises:
            TimeoutError: The time was used up.
            OSError: No address could be connected to, or the name has none.
        """
        failed: OSError = socket.gaierror(socket.EAI_NONAME, f"{host} has no address")
        addresses = self._addresses(host, port, until_s)
        for number, (family, kind, protocol, _, address) in enumerate(addresses):
            opened = socket.socket(family, kind, protocol)
            try:
                opened.settimeout(left_s(until_s) / (len(addresses) - number))
                opened.connect(address)
                opened.settimeout(left_s(until_s))
            except OSError as error:
                opened.close()
                failed = error
            else:
                return opened
        raise failed

    def _addresses(self, host: str, port: int, until_s: float) -> Sequence[Address]:
        with self._lock:
            coming = self._asked.get((host, port))
            if coming is None:
                coming = self._asked[host, port] = Future()
                threading.Thread(
                    target=self._find, args=(host, port, coming), name="names", daemon=True
                ).start()
        return coming.result(timeout=left_s(until_s))

    def _find(self, host: str, port: int, coming: Future[Sequence[Address]]) -> None:
        try:
            found = self._look_up(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            self._forget(host, port)
            coming.set_exception(error if isinstance(error, OSError) else OSError(str(error)))
        else:
            self._forget(host, port)
            coming.set_result(found)

    def _forget(self, host: str, port: int) -> None:
        with self._lock:
            del self._asked[host, port]
