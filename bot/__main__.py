"""The command line: run, and what is done with the database, accounts and evidence beside it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from bot import logs
from bot.commands import (
    accounts,
    database,
    doctor,
    export,
    manifest,
    outbox,
    rebuild,
    records,
    run,
    verify,
)
from bot.commands import format as format_
from bot.database_words import sentence_of, server_said
from bot.files.lines import FileRefused
from bot.settings import Settings, SettingsRefused, load
from bot.slack.manifest import ManifestRefused
from bot.web.server import WebRefused
from protocols.words.masking import mask
from store.errors import DatabaseRefused
from store.faults import DATABASE_ERRORS

REFUSALS = (SettingsRefused, FileRefused, ManifestRefused, WebRefused, DatabaseRefused)
REFUSED = 2
INTERRUPTED = 130
WHAT_IT_IS = (
    "Runs tiered incident escalation in Slack: one bridge, its clocks, and words to the account "
    "that a second person releases."
)
AT_WORK = (run.run, database.migrate)
"""Commands whose log lines are wanted; all others print their answer."""
Command = Callable[[Settings, argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; whatever is refused is one sentence on standard error, and exit 2."""
    chosen = _parser().parse_args(arguments)
    try:
        settings = load()
        command: Command = chosen.command
        _configure_logs(settings, only_warnings=command not in AT_WORK)
        return command(settings, chosen)
    except REFUSALS as refused:
        print(f"bridgewatch: {refused}", file=sys.stderr)
        return REFUSED
    except DATABASE_ERRORS as error:
        said = server_said(error)
        more = f" PostgreSQL says: {said}." if said else ""
        print(f"bridgewatch: {sentence_of(error)}{more}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED


def _configure_logs(settings: Settings, *, only_warnings: bool) -> None:
    """Set up the logs; a command that answers a question is not drowned by what it had to do."""
    quiet = only_warnings and settings.log.level == "INFO"
    redaction = logs.Redaction(settings.secrets(), mask=lambda text: mask(text).text)
    level = "WARNING" if quiet else settings.log.level
    logs.configure(settings.log.format, level, redaction=redaction)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bridgewatch", description=WHAT_IT_IS)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for part in (
        run,
        database,
        rebuild,
        accounts,
        records,
        verify,
        doctor,
        manifest,
        outbox,
        export,
        format_,
    ):
        part.add_to(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
