"""The drill as people start it: the local Slack and the bot, each in its own process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.kit.ports import free_port
from tests.kit.waiting import until

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
READY_S = 60.0
END_S = 15.0
OURS = ("SLACK_", "BRIDGEWATCH_", "DATABASE_URL", "SMTP_URL")


def settings(url: str, bot_port: int, smtp_port: int, folder: Path) -> dict[str, str]:
    """Return the environment of both, with nothing of a real Slack in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": "xoxb-drill",
        "SLACK_SIGNING_SECRET": "drill-signing-secret",
        "SLACK_API_URL": f"{url}/api/",
        "DATABASE_URL": f"sqlite:///{folder / 'drill.db'}",
        "BRIDGEWATCH_HOST": HOST,
        "BRIDGEWATCH_PORT": str(bot_port),
        "BRIDGEWATCH_DRILL": "1",
        "BRIDGEWATCH_CALL_URL": "https://call.vendor.example/bridge",
        "BRIDGEWATCH_PAGER_URL": f"{url}/sink/pager",
        "BRIDGEWATCH_STATUSPAGE_URL": f"{url}/sink/statuspage",
        "BRIDGEWATCH_MAIL_FROM": "support@vendor.example",
        "SMTP_URL": f"smtp://{HOST}:{smtp_port}",
    }


@contextmanager
def running_drill(folder: Path) -> Iterator[str]:
    """Run the drill and its bot on free ports, and give the address of its page."""
    port, bot_port, smtp_port = free_port(), free_port(), free_port()
    url = f"http://{HOST}:{port}"
    environment = settings(url, bot_port, smtp_port, folder)
    both = [
        *(sys.executable, "-m", "drill", "--port", str(port), "--smtp-port", str(smtp_port)),
        *("--bot-url", f"http://{HOST}:{bot_port}", "--manifest", str(ROOT / "app.yaml")),
        *("--directory", str(ROOT / "directory.example.yaml")),
        *("--bot-database", str(folder / "drill.db"), "--", sys.executable, "-m", "bot", "run"),
    ]
    with _process(both, ROOT, environment, folder / "drill.log"):
        _wait_until_answers(f"{url}/drill/people")
        _wait_until_answers(f"http://{HOST}:{bot_port}/ready")
        yield url


@contextmanager
def _process(
    command: list[str], folder: Path, environment: dict[str, str], log: Path
) -> Iterator[None]:
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=out)
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(END_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_answers(url: str) -> None:
    def answers() -> bool:
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            return False
        return True

    until(answers, READY_S, every_s=0.05, what=f"an answer of {url}")
