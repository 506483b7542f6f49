"""One conversation with a mail server whose every wait ends with the attempt's deadline.

smtplib's own limit is a read's: a server that drips would hold it for ever. Here each byte that is
waited for, in or out, has what the attempt has left, and nothing is said after it. No other thread
has a hand in it, so that what was cut stays cut.
"""

from __future__ import annotations

import io
import re
import smtplib
import socket
from typing import Any

from bot.clock import MachineClock
from bot.gateways.connecting import left_s

_monotonic = MachineClock().monotonic
_GOODBYE_S = 1.0
_GO_ON = 354
_LINE_OF_A_DOT = re.compile(rb"^\.", re.MULTILINE)


class Talk(smtplib.SMTP):
    """smtplib on a connection that is already open, until an instant of the monotonic clock.

    Attributes:
        handed_over: the end of the text has been sent, so that only an answer says what came of it.
    """

    def __init__(self, opened: socket.socket, host: str, until_s: float) -> None:
        self._opened = opened
        self._until_s = until_s
        self.handed_over = False
        super().__init__(local_hostname=_our_name(opened))
        self._host = host  # what STARTTLS checks the name against
        code, _ = self.connect(host)
        if code != 220:
            opened.close()
            raise smtplib.SMTPConnectError(code, b"no greeting")

    def hand_over(self, text: bytes) -> tuple[int, bytes]:
        """Send the text of a mail and return the answer to it.

        A server takes no mail whose final dot it has not seen: only from there on it is unknown.
        """
        code, answer = self.docmd("DATA")
        if code != _GO_ON:
            return code, answer
        self.send(_LINE_OF_A_DOT.sub(b"..", text))
        if not text.endswith(b"\r\n"):
            self.send(b"\r\n")
        left_s(self._until_s)
        self.handed_over = True
        self.send(b".\r\n")
        return self.getreply()

    def say_goodbye(self) -> None:
        """End the conversation; nobody waits long for the answer, the mail has been taken."""
        self._until_s = min(self._until_s, _monotonic() + _GOODBYE_S)
        self.quit()

    def send(self, s: Any) -> None:
        """Send bytes or a command, as long as there is time."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("please run connect() first")
        rest = memoryview(s.encode(self.command_encoding) if isinstance(s, str) else s)
        while rest:
            self.sock.settimeout(left_s(self._until_s))
            rest = rest[self.sock.send(rest) :]

    def getreply(self) -> tuple[int, bytes]:
        """Wait for an answer, as long as there is time."""
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(_TalkInput(self.sock, self))
        return super().getreply()

    @property
    def left_s(self) -> float:
        """Return the seconds that are left."""
        return left_s(self._until_s)

    def _get_socket(self, host: object, port: object, timeout: object) -> socket.socket:
        del host, port, timeout
        return self._opened


class _TalkInput(io.RawIOBase):
    """What arrives on a socket, awaited no longer than the conversation has left."""

    def __init__(self, sock: socket.socket, talk: Talk) -> None:
        self._sock = sock
        self._talk = talk

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._talk.left_s)
        return self._sock.recv_into(buffer)


def _our_name(opened: socket.socket) -> str:
    """Return what we call ourselves, without asking a name server for it."""
    name = socket.gethostname()
    if "." in name and name.isascii():
        return name
    address = str(opened.getsockname()[0])
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"
