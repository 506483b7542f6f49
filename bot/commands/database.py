"""`bridgewatch migrate`: the database's shape."""

from __future__ import annotations

import argparse

from bot.commands import Commands
from bot.settings import Settings
from bot.wiring import make_database


def add_to(commands: Commands) -> None:
    """Add the command."""
    migrate_parser = commands.add_parser("migrate", help="bring the database up to date")
    migrate_parser.set_defaults(command=migrate)


def migrate(settings: Settings, chosen: argparse.Namespace) -> int:
    """Bring the database up to date."""
    del chosen
    make_database(settings).dispose()
    print("The database is up to date.")
    return 0
