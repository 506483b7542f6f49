"""A mail server that stops at one point of the conversation, and goes on when a test says so.

It writes down what it took, when, and every command that came after it had been let go on.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from dataclasses import dataclass, field

DRIP_S = 0.02
LONG_RECORD = b"\x16\x03\x03\x3f\xff\x02"
"""How a TLS server's first record begins; the rest of it is 16 kB away."""


@dataclass
class Taken:
    """One mail that was handed over with its final dot."""

    message_id: str
    at_s: float


@dataclass
class PostOffice:
    """Runs on a free port of 127.0.0.1.

    Attributes:
        stops_at: the word after which nothing more is said: "connect", "banner", "EHLO", "TLS"
            (after STARTTLS was granted), "MAIL", "RCPT", "DATA", "." or "" for nowhere. Whoever
            speaks TLS from the first byte stops at the banner.
        drips: say half an answer, a byte at a time, instead of nothing.
        drip_begins: what comes before the drip.
        times: how many conversations stop; later ones go through.
    """

    stops_at: str = ""
    drips: bool = False
    drip_begins: bytes = b""
    times: int = 1
    taken: list[Taken] = field(default_factory=list)
    late: list[bytes] = field(default_factory=list)
    talks: int = 0
    ended: int = 0

    def __post_init__(self) -> None:
        self.go_on = threading.Event()
        self.stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=0)
        self.port = self._listener.getsockname()[1]
        self._crowd: list[socket.socket] = []
        if self.stops_at == "connect":
            self._fill()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no more."""
        self.go_on.set()
        for each in self._crowd:
            each.close()
        with contextlib.suppress(OSError):  # closed before
            self._listener.shutdown(socket.SHUT_RDWR)  # closing wakes nobody who waits in accept
        self._thread.join(5)
        self._listener.close()

    def _fill(self) -> None:
        """Fill the queue of those who wait to be let in: the next one gets no answer at all."""
        while True:
            one = socket.socket()
            one.settimeout(0.2)
            self._crowd.append(one)
            try:
                one.connect(("127.0.0.1", self.port))
            except TimeoutError:
                return

    def _run(self) -> None:
        if self.stops_at == "connect":
            self.stopped.set()
            self.go_on.wait(30)
        while True:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            self.talks += 1
            threading.Thread(target=self._talk, args=(peer, self.talks), daemon=True).start()

    def _talk(self, peer: socket.socket, number: int) -> None:
        try:
            with peer:
                self._converse(peer, stops=number <= self.times)
        except OSError:
            pass  # whoever was kept waiting has gone
        finally:
            self.ended += 1

    def _converse(self, peer: socket.socket, *, stops: bool) -> None:
        self._pause(peer, "banner", stops=stops)
        peer.sendall(b"220 post.example\r\n")
        message_id, in_text = "", False
        lines = peer.makefile("rb")
        while line := lines.readline():
            word = line.strip().split(b" ")[0].upper().decode("latin-1")
            if self.go_on.is_set() and stops:
                self.late.append(line)
            if in_text and word != ".":
                if line.lower().startswith(b"message-id:"):
                    message_id = line.split(b":", 1)[1].strip().decode()
                continue
            self._pause(peer, word, stops=stops)
            if word == ".":
                self.taken.append(Taken(message_id, time.monotonic()))
            in_text = word == "DATA"
            peer.sendall(self._answer(word))
            if word == "STARTTLS":
                self._pause(peer, "TLS", stops=stops)
                return
            if word == "QUIT":
                return

    def _answer(self, word: str) -> bytes:
        if word == "EHLO" and self.stops_at == "TLS":
            return b"250-post.example\r\n250 STARTTLS\r\n"
        return {"DATA": b"354 go on\r\n", "STARTTLS": b"220 go on\r\n"}.get(word, b"250 OK\r\n")

    def _pause(self, peer: socket.socket, word: str, *, stops: bool) -> None:
        if word != self.stops_at or not stops:
            return
        self.stopped.set()
        drip = self.drip_begins
        while self.drips and not self.go_on.wait(DRIP_S):
            peer.sendall(drip or b"2")
            drip = b""
        self.go_on.wait(30)
