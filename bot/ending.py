"""How this process is asked to end, and that it does end. Source: L8.

A signal handler of Python runs between two bytecodes of the main thread, and a lock which that
thread holds at that moment is never given back to it: a handler that sets an event while the main
thread waits for that event waits for itself. So no handler here does anything. The interpreter
writes the signal's number into a socket (``signal.set_wakeup_fd``), whatever thread it came to, and
a thread that reads that socket does the rest.

Being asked twice is the same as being asked once: `make` and a terminal both pass a Ctrl-C on.

What does not end in time (a call that hangs, a database that is locked) is left where it is: the
process ends without it. That loses and doubles nothing, for the same reason for which a kill does
not: what was told accepted was committed before; a delivery is committed as being sent before its
call, and whoever comes after its lease looks it up before sending it again.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from types import FrameType

_log = logging.getLogger(__name__)

SIGNS = (signal.SIGTERM, signal.SIGINT)
WITHIN_S = 9.5
# Threads of libraries that wait for something of their own hold up Python's end.
LEFTOVERS_S = 1.0
# The kernel's own timer ends even what no longer runs Python.
KERNEL_AFTER_S = 0.5
SAY_S = 0.3
CUT_SHORT = 1


class Ending:
    """The one end of this process.

    Args:
        within_s: How long the way out may take, from being asked.
    """

    def __init__(self, *, within_s: float = WITHIN_S) -> None:
        self._within_s = within_s
        self._reads, self._writes = socket.socketpair()
        self._writes.setblocking(False)
        self._asked = threading.Event()
        self._over = threading.Event()
        self._code = CUT_SHORT
        self._thread = threading.Thread(target=self._see_it_through, name="ending", daemon=True)

    def listen(self) -> None:
        """Take SIGTERM and SIGINT from now on; only the main thread may."""
        self._thread.start()
        signal.set_wakeup_fd(self._writes.fileno(), warn_on_full_buffer=False)
        for sign in SIGNS:
            signal.signal(sign, _noted)

    def ask(self) -> None:
        """Ask as a signal does: from now on the time runs."""
        try:
            self._writes.send(b"\0")
        except BlockingIOError:
            # So many signals wait to be read that one more says nothing new.
            return

    @property
    def is_asked(self) -> bool:
        """Say whether somebody asked."""
        return self._asked.is_set()

    def wait(self) -> None:
        """Wait until somebody asks."""
        self._asked.wait()

    def over(self, code: int) -> None:
        """Note that everything has been done, and how; what is left of threads has a moment."""
        # Python puts the deadly handlers back while it ends: a late signal would change the code.
        for sign in SIGNS:
            signal.signal(sign, signal.SIG_IGN)
        self._code = code
        self._over.set()

    def _see_it_through(self) -> None:
        self._reads.recv(1)
        signal.setitimer(signal.ITIMER_REAL, self._within_s + KERNEL_AFTER_S)
        self._asked.set()
        if self._over.wait(self._within_s):
            threading.Event().wait(LEFTOVERS_S)
        else:
            _say("ended before all was done; what was under way is taken up at the next start")
        os._exit(self._code)


def _noted(_sign: int, _frame: FrameType | None) -> None:
    """Do nothing: the interpreter has told the thread that waits. See the top of this file."""


def _say(line: str) -> None:
    """Write a line unless the log itself is what hangs."""
    teller = threading.Thread(target=_log.warning, args=(line,), daemon=True)
    teller.start()
    teller.join(SAY_S)
