"""HTTP over kept connections with one total deadline a call, told by whether anything was sent.

urllib3 keeps, checks and encrypts the connections. Its own limits are per read, so that a peer
that drips a byte a second would hold a call for ever: here every read waits no longer than the
call has left, and connecting, its names included, takes no longer than that either.
"""

from __future__ import annotations

import http.client
import io
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from bot.clock import MachineClock
from bot.gateways.connecting import Connector, left_s
from bot.gateways.outcomes import NotSent, Unknown, in_words

CONNECT_S = 4.0
_monotonic = MachineClock().monotonic


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back: status, headers by any spelling of their names, and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _Call(threading.local):
    """The call that this thread makes now: until when, and whether a byte of it has left."""

    until_s: float = 0.0
    sent: bool = False
    connector: Connector = Connector()

    @property
    def left_s(self) -> float:
        """Return the seconds that are left.

        Raises:
            TimeoutError: None are.
        """
        return left_s(self.until_s)


_call = _Call()


class _CallInput(io.RawIOBase):
    """What arrives on a socket, awaited no longer than the call has left."""

    def __init__(self, sock: socket.socket, raw: io.RawIOBase) -> None:
        self._sock = sock
        self._raw = raw

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(_call.left_s)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Response(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp = io.BufferedReader(_CallInput(sock, self.fp.detach()))


class _Timed(HTTPConnection):
    response_class = _Response

    def send(self, data: Any) -> None:
        _open_and_note(self)
        super().send(data)

    def _new_conn(self) -> socket.socket:
        return _opened(self, self._dns_host)


class _TimedOverTls(HTTPSConnection):
    response_class = _Response

    def send(self, data: Any) -> None:
        _open_and_note(self)
        super().send(data)

    def _new_conn(self) -> socket.socket:
        return _opened(self, self._dns_host)


def _opened(connection: HTTPConnection, host: str) -> socket.socket:
    """Connect as urllib3 does, but within one time, the look-up of the name included."""
    until_s = min(_call.until_s, _monotonic() + CONNECT_S)
    port = connection.port or connection.default_port
    try:
        opened = _call.connector.open(host, port, until_s=until_s)
    except socket.gaierror as error:
        raise urllib3.exceptions.NameResolutionError(connection.host, connection, error) from error
    except TimeoutError as error:
        told = f"no connection to {connection.host} in time"
        raise urllib3.exceptions.ConnectTimeoutError(connection, told) from error
    except OSError as error:
        raise urllib3.exceptions.NewConnectionError(connection, str(error)) from error
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    opened.settimeout(_call.left_s)
    return opened


def _open_and_note(connection: HTTPConnection) -> None:
    """Connect first, so that a failure to connect is known to have sent nothing."""
    if connection.sock is None:
        connection.connect()
    connection.sock.settimeout(_call.left_s)
    _call.sent = True


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Timed


class _PoolOverTls(urllib3.HTTPSConnectionPool):
    ConnectionCls = _TimedOverTls


class TimedHttp:
    """Makes calls from any number of threads, never one twice.

    Args:
        connections: How many are kept to each host.
        proxy: The address of a proxy; empty for none.
        connector: Opens connections.
    """

    def __init__(
        self, *, connections: int = 64, proxy: str = "", connector: Connector | None = None
    ) -> None:
        self._connector = connector or Connector()
        options: dict[str, Any] = {"maxsize": connections, "block": False}
        if proxy:
            self._pools: urllib3.PoolManager = urllib3.ProxyManager(proxy, **options)
        else:
            self._pools = urllib3.PoolManager(**options)
        self._pools.pool_classes_by_scheme = {"http": _Pool, "https": _PoolOverTls}
        self._closed = False

    def call(
        self,
        verb: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None = None,
        deadline_s: float,
    ) -> HttpAnswer | NotSent | Unknown:
        """Make one request and wait for the last byte of its answer; follow no redirect.

        Args:
            verb: GET or POST.
            url: The whole address.
            headers: What to send with it.
            body: What to send in it.
            deadline_s: The total time, connecting included.

        Returns:
            NotSent while nothing of the request had left; Unknown once some may have.
        """
        if self._closed:
            return NotSent("the gateway is closed")
        _call.until_s, _call.sent = _monotonic() + deadline_s, False
        _call.connector = self._connector
        try:
            answer = self._pools.urlopen(
                verb,
                url,
                redirect=False,
                retries=False,
                body=body,
                headers=headers,
                timeout=urllib3.Timeout(connect=min(CONNECT_S, deadline_s), read=deadline_s),
            )
        except urllib3.exceptions.NewConnectionError as error:
            # Of urllib3's time-outs this one comes at once: nobody listens there.
            return NotSent(f"no connection: {in_words(error)}")
        except (TimeoutError, urllib3.exceptions.TimeoutError):
            if _call.sent:
                return Unknown(f"no answer within {deadline_s:g} s")
            return NotSent("no connection in time")
        except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError) as error:
            if _call.sent:
                return Unknown(f"the connection broke: {in_words(error)}")
            return NotSent(f"no connection: {in_words(error)}")
        return HttpAnswer(answer.status, answer.headers, answer.data)

    def close(self) -> None:
        """Take no more calls and close the kept connections; a running call ends by itself."""
        self._closed = True
        self._pools.clear()
