"""``python -m drill``: the local Slack at http://127.0.0.1:8400."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from pathlib import Path

import uvloop

from drill.control import Control
from drill.core import Settings
from drill.errors import DrillRefusal
from drill.workspace import Workspace


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m drill", description=__doc__)
    parser.add_argument("--port", type=int, default=8400)
    parser.add_argument("--smtp-port", type=int, default=8425)
    parser.add_argument("--manifest", type=Path, default=Path("app.yaml"))
    parser.add_argument("--bot-url", default="http://127.0.0.1:3000", help="where the bot listens")
    parser.add_argument("--world", default="acme")
    parser.add_argument("--mode", choices=("http", "socket"), default="http")
    parser.add_argument("--rates", action="store_true", help="enforce Slack's rate limits")
    parser.add_argument("--latency-ms", type=int, default=0)
    return parser.parse_args()


def _settings(wanted: argparse.Namespace) -> Settings:
    base = wanted.bot_url.rstrip("/")
    return Settings(
        manifest_path=wanted.manifest,
        world=wanted.world,
        mode=wanted.mode,
        request_url=f"{base}/slack/events",
        app_clock_url=f"{base}/drill/clock",
        signing_secret=os.environ.get("SLACK_SIGNING_SECRET", "drill-signing-secret"),
        bot_token=os.environ.get("SLACK_BOT_TOKEN", "xoxb-drill"),
        app_token=os.environ.get("SLACK_APP_TOKEN", "xapp-drill"),
    )


async def _serve(wanted: argparse.Namespace) -> None:
    space = Workspace(_settings(wanted), Control.routes_of)
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
    await serving


def main() -> int:
    """Run until interrupted."""
    try:
        uvloop.run(_serve(_arguments()))
    except (DrillRefusal, OSError) as error:
        print(f"The drill cannot start: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
