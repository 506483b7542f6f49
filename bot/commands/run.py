"""`bridgewatch run`: start everything; end within ten seconds of being asked. Source: L8."""

from __future__ import annotations

import argparse
import logging

from bot import interpreter
from bot.commands import Commands
from bot.ending import CUT_SHORT, Ending
from bot.program import Program
from bot.settings import Settings
from bot.wiring import make

_log = logging.getLogger(__name__)

REFUSED = 2


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("run", help="run the bot")
    parser.set_defaults(command=run)


def run(settings: Settings, chosen: argparse.Namespace) -> int:
    """Run until SIGTERM or SIGINT; 0 when everything that had begun was recorded."""
    del chosen
    settings.check_to_run()
    ending = Ending()
    ending.listen()
    interpreter.before_start()
    code = REFUSED
    try:
        code = _live(make(settings), ending)
    finally:
        # Whatever went wrong at start, its threads hold the process up no longer than a signal.
        ending.ask()
        ending.over(code)
    return code


def _live(program: Program, ending: Ending) -> int:
    """Start, wait to be asked, and stop; what a start has begun is stopped whatever it refused."""
    drained = False
    try:
        program.start()
        interpreter.after_start()
        drill = ", DRILL" if program.settings.desk.drill else ""
        _log.info("listening on port %s%s", program.web.port, drill)
        ending.wait()
        _log.info("ending: no new work is taken")
    finally:
        ending.ask()
        drained = program.stop()
    _log.info("ended%s", "" if drained else "; what was under way is taken up at the next start")
    return 0 if drained else CUT_SHORT
