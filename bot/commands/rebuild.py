"""`bridgewatch rebuild`: what lists read of tickets is made anew from the tickets."""

from __future__ import annotations

import argparse
import sys

from bot.clock import BusinessClock, MachineClock
from bot.commands import Commands
from bot.databases import open_database
from bot.engine.drill_clock import Offset
from bot.engine.frozen_calendars import freeze
from bot.engine.relisting import Relisted, Relisting
from bot.settings import Settings
from bot.wiring import make_facts
from protocols.counts import counted


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "rebuild", help="make anew from the tickets what lists read of them; the bot may run"
    )
    parser.set_defaults(command=rebuild)


def rebuild(settings: Settings, chosen: argparse.Namespace) -> int:
    """Look at every ticket, and say how far it is and how many were listed otherwise."""
    del chosen
    facts, database, machine = make_facts(settings), open_database(settings), MachineClock()
    clock = BusinessClock(
        machine, Offset(database, machine) if settings.desk.drill else lambda: 0.0
    )
    with database.write() as conn:
        freeze(conn, facts, clock.now().date())
    done = Relisting(database, facts, clock, between_s=0.0).rebuild(_say)
    database.dispose()
    looked_at = counted(done.looked_at, "ticket was looked at", "tickets were looked at")
    print(f"{looked_at}; listed anew: {done.mended}.")
    return 0


def _say(done: Relisted) -> None:
    if done.looked_at % 1_000 == 0:
        print(f"{done.looked_at} looked at, {done.mended} listed anew", file=sys.stderr)
