"""Start the local Slack and the bot beside it, show where to look, and end both on Ctrl-C."""

from __future__ import annotations

import argparse
import os
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var"
HOST = "127.0.0.1"
# The first start makes the database and reads every word; a machine may be busy.
READY_S = 120.0
END_S = 12.0
OURS = ("SLACK_", "BRIDGEWATCH_")
OURS_EXACTLY = ("DATABASE_URL", "SMTP_URL")
# Of the local Slack; they open nothing else.
BOT_TOKEN = "xoxb-drill"  # noqa: S105
APP_TOKEN = "xapp-drill"  # noqa: S105
SIGNING_SECRET = "drill-signing-secret"  # noqa: S105


def main() -> int:
    """Run the drill until Ctrl-C, or until one of the two ends by itself."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", type=int, default=8400)
    arguments.add_argument("--world", default="acme")
    arguments.add_argument("--scenarios", type=Path, help="a folder with scenarios of your own")
    arguments.add_argument("--mode", choices=["http", "socket"], default="http")
    arguments.add_argument("--no-browser", action="store_true")
    arguments.add_argument("--var", type=Path, default=VAR, help="where its data and log are kept")
    chosen = arguments.parse_args()
    asked = Asked()
    if _taken(chosen.port):
        print(f"Port {chosen.port} is in use, perhaps by another drill: make drill PORT=8401")
        return 1
    bot_port, smtp_port = _free_port(), _free_port()
    url = f"http://{HOST}:{chosen.port}"
    # Where the bot runs: no .env of the real Slack is found here.
    home: Path = chosen.var / "drill"
    log_file: Path = chosen.var / "drill.log"
    home.mkdir(parents=True, exist_ok=True)
    bot_url = f"http://{HOST}:{bot_port}"
    both = [
        *(sys.executable, "-m", "drill", "--port", str(chosen.port), "--world", chosen.world),
        *("--smtp-port", str(smtp_port), "--bot-url", bot_url),
        *("--manifest", str(ROOT / "app.yaml"), "--mode", chosen.mode),
        *(("--scenarios", str(chosen.scenarios.resolve())) if chosen.scenarios else ()),
        *("--directory", str(ROOT / "directory.example.yaml")),
        *("--bot-database", str(home / "drill.db"), "--", sys.executable, "-m", "bot", "run"),
    ]
    settings = _settings(url, bot_port, smtp_port, chosen.mode, home)
    print("Starting a local Slack and the bot beside it ...", flush=True)
    with log_file.open("wb") as log, _running(both, ROOT, settings, log) as process:
        for who, ready in (("The local Slack", f"{url}/"), ("The bot", f"{bot_url}/ready")):
            if not _answers(ready, process, asked):
                return _not_started(who, asked, log_file)
        print(f"Open {url}   (Ctrl-C ends it; the log is in {log_file})", flush=True)
        if not chosen.no_browser:
            _show(url)
        return _until_the_end(asked, log_file, process)


class Asked:
    """Whether Ctrl-C or SIGTERM came, from the first moment on.

    No lock is taken in a signal handler: it could be the one that the main thread holds while it
    waits. The interpreter writes what came into a socket; the handler does nothing.
    """

    def __init__(self) -> None:
        self._reads, self._writes = socket.socketpair()
        self._writes.setblocking(False)
        signal.set_wakeup_fd(self._writes.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _noted)

    def within(self, seconds: float) -> bool:
        """Wait this long at most, and say whether somebody asked."""
        # What was written is left where it is: whoever looks again sees it again.
        return bool(select.select([self._reads], [], [], seconds)[0])


def _ends(code: int) -> int:
    """Return the exit code; who asks once more while the interpreter ends changes nothing."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    return code


def _noted(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: see Asked."""


def _settings(url: str, bot_port: int, smtp_port: int, mode: str, home: Path) -> dict[str, str]:
    """Return the environment of both: the machine's own, with nothing of the real Slack in it."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(OURS) and name not in OURS_EXACTLY
    }
    way_in = (
        {"SLACK_APP_TOKEN": APP_TOKEN}
        if mode == "socket"
        else {"SLACK_SIGNING_SECRET": SIGNING_SECRET}
    )
    return (
        kept
        | way_in
        | {
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_API_URL": f"{url}/api/",
            "DATABASE_URL": f"sqlite:///{home / 'drill.db'}",
            "BRIDGEWATCH_HOST": HOST,
            "BRIDGEWATCH_PORT": str(bot_port),
            "BRIDGEWATCH_DRILL": "1",
            "BRIDGEWATCH_CALL_URL": "https://call.vendor.example/bridge",
            "BRIDGEWATCH_PAGER_URL": f"{url}/sink/pager",
            "BRIDGEWATCH_STATUSPAGE_URL": f"{url}/sink/statuspage",
            "BRIDGEWATCH_MAIL_FROM": "support@vendor.example",
            "SMTP_URL": f"smtp://{HOST}:{smtp_port}",
        }
    )


@contextmanager
def _running(
    command: list[str], folder: Path, environment: Mapping[str, str], log: IO[bytes]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process in a session of its own, so that Ctrl-C reaches it through us alone."""
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(url: str, process: subprocess.Popen[bytes], asked: Asked) -> bool:
    """Wait until an address answers that all is well; False when its process ended or is late."""
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline and process.poll() is None and not asked.within(0.05):
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - http on loopback
        except OSError:
            continue
        return True
    return False


def _not_started(who: str, asked: Asked, log_file: Path) -> int:
    """Say that somebody ended the drill before it began (0), or what went wrong (1)."""
    if asked.within(0):
        print("\nEnded.")
        return 0
    print(f"{who} did not start. The end of {log_file}:")
    print(_end_of(log_file))
    return 1


def _end_of(log_file: Path) -> str:
    return log_file.read_text(errors="replace")[-3_000:]


def _show(url: str) -> None:
    """Open a browser where there is a screen; the printed line is enough otherwise."""
    if sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(url)


def _until_the_end(asked: Asked, log_file: Path, process: subprocess.Popen[bytes]) -> int:
    """Wait for Ctrl-C or SIGTERM (0), or until the local Slack or the bot ended by itself (1)."""
    while not asked.within(0.3):
        if process.poll() is not None:
            print(f"One of the two ended by itself. The end of {log_file}:")
            print(_end_of(log_file))
            return 1
    print("\nEnded.")
    return 0


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


if __name__ == "__main__":
    sys.exit(_ends(main()))
