"""``python -m drill``: the local Slack at http://127.0.0.1:8400."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from pathlib import Path

import uvloop

from drill.bot import Bot
from drill.control import Control
from drill.core import Settings
from drill.errors import DrillRefusal
from drill.teams import write_directory
from drill.workspace import Workspace


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m drill", description=__doc__)
    parser.add_argument("--port", type=int, default=8400)
    parser.add_argument("--smtp-port", type=int, default=8425)
    parser.add_argument("--manifest", type=Path, default=Path("app.yaml"))
    parser.add_argument("--bot-url", default="http://127.0.0.1:3000", help="where the bot listens")
    parser.add_argument("--world", default="acme")
    parser.add_argument("--scenarios", type=Path, help="a folder with further scenarios")
    parser.add_argument("--mode", choices=("http", "socket"), default="http")
    parser.add_argument("--rates", action="store_true", help="enforce Slack's rate limits")
    parser.add_argument("--latency-ms", type=int, default=0)
    parser.add_argument("--bot-database", type=Path, help="its file; a new world deletes it")
    parser.add_argument("--directory", type=Path, help="its people; the world's channels are added")
    parser.add_argument("bot", nargs="*", help="after --: how the bot is started, if it is to be")
    return parser.parse_args()


def _settings(wanted: argparse.Namespace) -> Settings:
    base = wanted.bot_url.rstrip("/")
    return Settings(
        manifest_path=wanted.manifest,
        world=wanted.world,
        mode=wanted.mode,
        scenarios=wanted.scenarios,
        request_url=f"{base}/slack/events",
        app_clock_url=f"{base}/drill/clock",
        signing_secret=os.environ.get("SLACK_SIGNING_SECRET", "drill-signing-secret"),
        bot_token=os.environ.get("SLACK_BOT_TOKEN", "xoxb-drill"),
        app_token=os.environ.get("SLACK_APP_TOKEN", "xapp-drill"),
    )


def _bot(wanted: argparse.Namespace) -> Bot | None:
    if not wanted.bot:
        return None
    if wanted.bot_database is None:
        raise DrillRefusal("To start a bot, --bot-database says which file is its database.")
    ready_url = f"{wanted.bot_url.rstrip('/')}/ready"
    database = wanted.bot_database.resolve()
    if wanted.directory is not None:
        written = write_directory(wanted.directory, wanted.world, database.parent)
        os.environ["BRIDGEWATCH_DIRECTORY"] = str(written)
    return Bot(tuple(wanted.bot), database, ready_url)


async def _serve(wanted: argparse.Namespace) -> None:
    bot = _bot(wanted)
    space = Workspace(_settings(wanted), Control.routes_of, bot)
    space.slack.rates.on = wanted.rates
    space.slack.latency_ms = wanted.latency_ms
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, space.stop)
    ready = asyncio.Event()
    serving = asyncio.create_task(space.run(wanted.port, wanted.smtp_port, ready))
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait((serving, waiting), return_when=asyncio.FIRST_COMPLETED)
    if ready.is_set():
        print(f"The local Slack is at {space.slack.base_url}", flush=True)
    waiting.cancel()
    try:
        if bot is not None and ready.is_set():
            await _with_bot(bot, space)
        await serving
    finally:
        if bot is not None:
            await bot.end()


async def _with_bot(bot: Bot, space: Workspace) -> None:
    """Start the bot, and serve until the drill is asked to end or the bot ends by itself."""
    await bot.begin()
    asked = asyncio.create_task(space.slack.ending.wait())
    ended = asyncio.create_task(bot.ended.wait())
    await asyncio.wait((asked, ended), return_when=asyncio.FIRST_COMPLETED)
    by_itself = ended.done() and not asked.done()
    asked.cancel()
    ended.cancel()
    space.stop()
    if by_itself:
        raise DrillRefusal("the bot ended by itself")


def main() -> int:
    """Run until interrupted."""
    try:
        uvloop.run(_serve(_arguments()))
    except (DrillRefusal, OSError) as error:
        print(f"The drill cannot go on: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
