"""The processes that are measured: the bot, the local Slack, a bare Bolt app."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.world import ROOT

HOST = "127.0.0.1"
SECRET = "bench-signing-secret"  # noqa: S105 - signs for a Slack that is not real
START_S = 180.0
END_S = 15.0
OURS = ("SLACK_", "BRIDGEWATCH_", "DATABASE_", "SMTP_")


class DidNotStart(Exception):
    """Raised when a process that is to be measured did not come up."""


@dataclass(frozen=True, slots=True)
class Running:
    """A process and its address."""

    process: subprocess.Popen[bytes]
    port: int
    took_s: float

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://{HOST}:{self.port}"

    def memory_mb(self) -> float:
        """Return the memory that it holds now, from the kernel."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise DidNotStart("The process has ended.")

    def cpu_s(self) -> float:
        """Return the processor time that it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def machine_busy_s() -> float:
    """Return the processor time that everything on this machine has used."""
    first = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:]
    user, nice, system, _idle, _wait, *rest = (int(each) for each in first[:8])
    return (user + nice + system + sum(rest)) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def ask(url: str, body: Mapping[str, object] | None = None, method: str | None = None) -> Any:
    """Return the JSON that an address answers with."""
    content = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(  # noqa: S310 - http on loopback
        url, content, {"content-type": "application/json"}, method=method
    )
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return json.loads(answer.read())


def pause(seconds: float) -> None:
    """Wait: what is measured goes on meanwhile."""
    threading.Event().wait(seconds)


@contextlib.contextmanager
def local_slack(folder: Path, world: Path) -> Iterator[tuple[Running, int, int]]:
    """Run the drill's local Slack; yield it, its mail port, and the port that the bot must take."""
    port, mail_port, bot_port = free_port(), free_port(), free_port()
    command = [
        *(sys.executable, "-m", "drill", "--port", str(port), "--smtp-port", str(mail_port)),
        *("--manifest", str(ROOT / "app.yaml"), "--world", str(world)),
        *("--bot-url", f"http://{HOST}:{bot_port}"),
    ]
    environment = _environment() | {"SLACK_SIGNING_SECRET": SECRET}
    with running(command, environment, folder / "slack.log", port, "/drill/settings") as slack:
        yield slack, mail_port, bot_port


def bot_environment(
    slack: Running, mail_port: int, port: int, database_url: str, directory: Path
) -> dict[str, str]:
    """Return the settings of a bot that speaks to a local Slack; it is no drill."""
    return _environment() | {
        "SLACK_BOT_TOKEN": "xoxb-drill",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"{slack.url}/api/",
        "DATABASE_URL": database_url,
        "BRIDGEWATCH_HOST": HOST,
        "BRIDGEWATCH_PORT": str(port),
        "BRIDGEWATCH_DIRECTORY": str(directory),
        "BRIDGEWATCH_CALL_URL": "https://call.vendor.example/bridge",
        "BRIDGEWATCH_PAGER_URL": f"{slack.url}/sink/pager",
        "SMTP_URL": f"smtp://{HOST}:{mail_port}",
        "BRIDGEWATCH_MAIL_FROM": "support@vendor.example",
    }


@contextlib.contextmanager
def bot(environment: Mapping[str, str], log: Path) -> Iterator[Running]:
    """Run the bot until the block ends; `took_s` is from its start until /ready says ok."""
    command = [sys.executable, "-m", "bot", "run"]
    port = int(environment["BRIDGEWATCH_PORT"])
    with running(command, environment, log, port, "/ready") as found:
        yield found


@contextlib.contextmanager
def bare_bolt(folder: Path, *, before_response: bool) -> Iterator[Running]:
    """Run a Bolt app that acknowledges and does nothing, on our server stack."""
    port = free_port()
    mode = "before" if before_response else "default"
    command = [sys.executable, "-m", "bench.bare_bolt", str(port), mode]
    environment = _environment() | {"SLACK_SIGNING_SECRET": SECRET}
    with running(command, environment, folder / "bare.log", port, "/health") as found:
        yield found


@contextlib.contextmanager
def running(
    command: list[str], environment: Mapping[str, str], log: Path, port: int, path: str
) -> Iterator[Running]:
    """Run a process that listens, from when it answers until the block ends.

    Raises:
        DidNotStart: It ended, or did not answer in time; carries the end of its log.
    """
    began_s = time.perf_counter()
    with log.open("ab") as sink:
        process = subprocess.Popen(
            command, cwd=ROOT, env=dict(environment), stdout=sink, stderr=sink
        )
    try:
        while not _answers(f"http://{HOST}:{port}{path}"):
            if process.poll() is not None or time.perf_counter() - began_s > START_S:
                raise DidNotStart(log.read_text(errors="replace")[-2000:])
            pause(0.004)
        yield Running(process, port, time.perf_counter() - began_s)
    finally:
        process.terminate()
        try:
            process.wait(END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - http on loopback
            return bool(answer.status == 200)
    except OSError:
        return False


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
