"""`bridgewatch run`: start everything; end within ten seconds of being asked. Source: L8."""

from __future__ import annotations

import argparse
import logging
import signal
import threading

from bot import interpreter, wiring
from bot.commands import Commands
from bot.settings import Settings

_log = logging.getLogger(__name__)

AWAKE_S = 0.2


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("run", help="run the bot")
    parser.set_defaults(command=run)


def run(settings: Settings, chosen: argparse.Namespace) -> int:
    """Run until SIGTERM or SIGINT; 0 when everything that had begun was recorded."""
    del chosen
    settings.check_to_run()
    ending = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: ending.set())
    interpreter.before_start()
    program = wiring.make(settings)
    program.start()
    interpreter.after_start()
    _log.info("ready on port %s%s", program.web.port, ", DRILL" if settings.desk.drill else "")
    # A signal may reach any thread, and its handler runs in this one: it must wake up to see it.
    while not ending.wait(AWAKE_S):
        pass
    _log.info("ending: no new work is taken")
    drained = program.stop()
    _log.info("ended%s", "" if drained else "; what was under way is taken up at the next start")
    return 0
