"""`bridgewatch outbox`: what was refused for good, and sending it again. Source: F09."""

from __future__ import annotations

import argparse

from bot.commands import Commands
from bot.databases import open_database
from bot.settings import Settings
from store.read import deliveries
from store.write import outbox


def add_to(commands: Commands) -> None:
    """Add the commands."""
    parser = commands.add_parser("outbox", help="deliveries that were refused for good")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="show them")
    listed.set_defaults(command=show)
    again = actions.add_parser("retry", help="try one or all of them again")
    again.add_argument("id", nargs="?", type=int, help="one row; all by default")
    again.set_defaults(command=retry)


def show(settings: Settings, chosen: argparse.Namespace) -> int:
    """List the dead rows and count the others by state."""
    del chosen
    database = open_database(settings)
    with database.read() as conn:
        dead = deliveries.dead_rows(conn)
        counts = deliveries.state_counts(conn)
    database.dispose()
    for row in dead:
        print(f"{row.id}  {row.key}  {row.method}  {row.attempts} tries  {row.last_error}")
    print(", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "Nothing.")
    return 0


def retry(settings: Settings, chosen: argparse.Namespace) -> int:
    """Let dead rows be tried again; a running bot takes them up within a second."""
    database = open_database(settings)
    with database.write() as conn:
        count = outbox.requeue(conn, chosen.id)
    database.dispose()
    print(f"{count} deliveries are tried again.")
    return 0
