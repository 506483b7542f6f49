"""The command line: run, migrate, verify, doctor, manifest, outbox, export, format."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from bot import logs
from bot.commands import database, doctor, manifest, outbox, run
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
Command = Callable[[Settings, argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; whatever is refused is one sentence on standard error, and exit 2."""
    chosen = _parser().parse_args(arguments)
    try:
        settings = load()
        _configure_logs(settings)
        command: Command = chosen.command
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


def _configure_logs(settings: Settings) -> None:
    redaction = logs.Redaction(settings.secrets(), mask=lambda text: mask(text).text)
    logs.configure(settings.log.format, settings.log.level, redaction=redaction)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bridgewatch", description="The escalation bot.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for part in (run, database, doctor, manifest, outbox, format_):
        part.add_to(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
