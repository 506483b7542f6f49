"""Who is connected: no more than so many, and no more than so many of one address.

Whoever sends its request at once is served, whoever came before it and only holds its connection
gives way. So a crowd of half requests keeps nobody out, not even from its own address, which may
be that of a proxy that Slack comes through too.
"""

from __future__ import annotations

import ipaddress
import resource
from collections import OrderedDict
from typing import Protocol

MOST = 512
MOST_OF_ONE = 256


class Guest(Protocol):
    """A connection, as the crowd knows it."""

    def give_way(self) -> None:
        """Let the connection go at once."""


class Crowd:
    """Every connection, in the order in which each began to wait for its caller.

    Args:
        most: How many there may be; half of what this process may open, when that is less.
        most_of_one: How many of one address.
    """

    def __init__(self, most: int = MOST, most_of_one: int = MOST_OF_ONE) -> None:
        self._most = min(most, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2)
        self._most_of_one = most_of_one
        self._places: dict[Guest, bytes] = {}
        self._numbers: dict[bytes, int] = {}
        self._waiting: OrderedDict[Guest, bytes] = OrderedDict()

    @property
    def size(self) -> int:
        """Return how many are connected."""
        return len(self._places)

    def come(self, guest: Guest, host: str) -> None:
        """Take a connection in; when there is one too many, the longest waiting one gives way."""
        place = _place(host)
        self._places[guest] = self._waiting[guest] = place
        self._numbers[place] = self._numbers.get(place, 0) + 1
        if self._numbers[place] > self._most_of_one:
            self._let_go(next(other for other, at in self._waiting.items() if at == place))
        elif len(self._places) > self._most:
            self._let_go(next(iter(self._waiting)))

    def work(self, guest: Guest) -> None:
        """Note that a connection waits for us: it gives way to nobody."""
        self._waiting.pop(guest, None)

    def wait(self, guest: Guest) -> None:
        """Note that we wait for its caller from now on."""
        if guest in self._places:
            self._waiting[guest] = self._places[guest]
            self._waiting.move_to_end(guest)

    def go(self, guest: Guest) -> None:
        """Forget a connection; it may have gone before."""
        self._waiting.pop(guest, None)
        place = self._places.pop(guest, None)
        if place is not None:
            self._numbers[place] -= 1
            if not self._numbers[place]:
                del self._numbers[place]

    def _let_go(self, guest: Guest) -> None:
        self.go(guest)
        guest.give_way()


def _place(host: str) -> bytes:
    """Return what one caller has of addresses: of IPv6, the half that a network is given."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host.encode()
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return address.packed[:8]
    return address.packed
