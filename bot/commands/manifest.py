"""`bridgewatch manifest`: the Slack app manifest, for Socket Mode or, with --url, for HTTP."""

from __future__ import annotations

import argparse

from bot.commands import Commands
from bot.settings import Settings
from bot.slack.manifest import http_form, load, printed, with_prefix


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("manifest", help="print the Slack app manifest")
    parser.add_argument("--url", help="your bot's address, for the HTTP form")
    parser.set_defaults(command=show)


def show(settings: Settings, chosen: argparse.Namespace) -> int:
    """Print the manifest."""
    manifest = load()
    if settings.slack.command_prefix:
        manifest = with_prefix(manifest, settings.slack.command_prefix)
    if chosen.url:
        manifest = http_form(manifest, chosen.url)
    print(printed(manifest), end="")
    return 0
