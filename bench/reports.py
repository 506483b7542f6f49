"""`python -m bench.reports`: what accounts write at once, to a real bot over the local Slack.

500 reports in a minute over 200 channels: how soon the bot has acknowledged each to Slack, and how
soon the account sees the ticket emoji on its words. And 1,000 messages of one person in a minute in
one channel: one ticket, one line in the thread, every word on record. Source: M16, S81, S144.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import text

from bench import world
from bench.figures import ENGINES, percentile
from bench.processes import Running, ask, bot, bot_environment, local_slack, pause
from bench.rounds import errors_in
from store.db import Database
from tests.kit import postgres

WRITERS = 3
AT_ONCE = 24
WAIT_S = 240.0


@dataclass(frozen=True, slots=True)
class Amounts:
    """How many channels, reports over them, messages in one of them, and the seconds of each."""

    channels: int = 200
    reports: int = 500
    messages: int = 1000
    within_s: float = 60.0


QUICK = Amounts(channels=10, reports=25, messages=50, within_s=3.0)


def main() -> int:
    """Run it and print a line a figure; 1 where something was dropped or an error logged."""
    parser = argparse.ArgumentParser(prog="python -m bench.reports", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few of each, about half a minute")
    parser.add_argument("--databases", nargs="+", choices=ENGINES, default=list(ENGINES))
    chosen = parser.parse_args()
    amounts = QUICK if chosen.quick else Amounts()
    return max(measure(engine, amounts) for engine in chosen.databases)


def measure(engine: str, amounts: Amounts) -> int:
    """Measure on one database; 0 where nothing was dropped and no error logged."""
    with tempfile.TemporaryDirectory(prefix="bw-reports-") as name:
        folder = Path(name)
        directory, seed = _files(folder, amounts.channels + 1)
        with _database(engine, folder) as url, local_slack(folder, seed) as (slack, mail, port):
            environment = bot_environment(slack, mail, port, url, directory)
            print(f"\n{engine}; the machine's load is {os.getloadavg()[0]:.1f}", flush=True)
            with bot(environment, folder / "bot.log"):
                _knows_its_channels(slack, amounts.channels + 1)
                whole = _reports(slack, url, amounts)
                whole &= _one_channel(slack, url, amounts)
        errors = errors_in(folder / "bot.log")
        print(f"  errors logged: {errors}; load at the end {os.getloadavg()[0]:.1f}", flush=True)
    return int(not whole or errors > 0)


def _reports(slack: Running, url: str, amounts: Amounts) -> bool:
    """Have each channel's people report, all within the time; say how soon each was heard."""
    said = [
        (
            _writer(1 + n % amounts.channels, n // amounts.channels % WRITERS),
            1 + n % amounts.channels,
        )
        for n in range(amounts.reports)
    ]
    at = _says(slack, said, amounts.within_s)
    marks = _waits_for(lambda: _marks(slack), amounts.reports)
    took = [(marks[ts] - said_s) * 1000 for ts, said_s in at.items() if ts in marks]
    _says_how_soon("acknowledged to Slack", _acknowledged(slack))
    _says_how_soon("ticket emoji on their words", took)
    tickets = _count(url, "ticket")
    print(f"  {amounts.reports} reports in {amounts.within_s:.0f} s over {amounts.channels} "
          f"channels: {tickets} tickets, {len(took)} emoji", flush=True)  # fmt: skip
    return tickets == amounts.reports == len(took)


def _one_channel(slack: Running, url: str, amounts: Amounts) -> bool:
    """Have one person write very much in one channel: one ticket, and every word on record."""
    before, number = _count(url, "ticket"), amounts.channels + 1
    seen = len(ask(f"{slack.url}/drill/log")["deliveries"])
    _says(slack, [(_writer(number, 0), number)] * amounts.messages, amounts.within_s)
    kept = _waits_for(lambda: _words(url, before), amounts.messages)
    # The line is said two minutes after the first of them at the latest.
    lines = _waits_for(lambda: _lines(slack, number), 1)
    pause(3.0)
    lines = _lines(slack, number)
    tickets = _count(url, "ticket") - before
    _says_how_soon("acknowledged, one channel", _acknowledged(slack, seen))
    print(f"  {amounts.messages} messages in one channel: {tickets} ticket, {len(lines)} line, "
          f"{len(kept)} on record", flush=True)  # fmt: skip
    return (tickets, len(lines), len(kept)) == (1, 1, amounts.messages)


def _says(slack: Running, said: list[tuple[str, int]], within_s: float) -> dict[str, float]:
    """Have these people write, evenly over a time; return when each message was written."""
    began_s = time.perf_counter() + 0.2

    def one(number: int) -> tuple[str, float]:
        who, channel = said[number]
        pause(max(began_s + number * within_s / len(said) - time.perf_counter(), 0.0))
        at_s = time.time()
        order = {"as": who, "do": "message", "channel": _channel(channel)}
        words = f"The export of batch {number} is missing two rows."
        done = ask(f"{slack.url}/drill/act", {**order, "text": words, "state": False})
        return str(done["ts"]), at_s

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(pool.map(one, range(len(said))))


def _says_how_soon(what: str, took_ms: list[float]) -> None:
    print(f"  {what:<28} p50 {percentile(took_ms, 50):7.0f} ms   p99 {percentile(took_ms, 99):7.0f}"
          f" ms   most {max(took_ms):7.0f} ms", flush=True)  # fmt: skip


def _acknowledged(slack: Running, seen: int = 0) -> list[float]:
    found = ask(f"{slack.url}/drill/log")["deliveries"][seen:]
    wrong = [each for each in found if each["failure"]]
    if wrong:
        print(f"  {len(wrong)} deliveries failed: {wrong[0]['failure']}", flush=True)
    return [each["ack_ms"] for each in found if each["name"] == "message"]


def _marks(slack: Running) -> dict[str, float]:
    """Return when the emoji stood on each message."""
    calls = ask(f"{slack.url}/drill/log")["calls"]
    added = (each for each in calls if each["method"] == "reactions.add" and each["applied"])
    return {str(each["args"]["timestamp"]): float(each["at_s"]) for each in added}


def _lines(slack: Running, number: int) -> list[Any]:
    calls = ask(f"{slack.url}/drill/log")["calls"]
    here = world.channel_id(number)
    return [
        each
        for each in calls
        if each["method"] == "chat.postMessage" and each["args"].get("channel") == here
    ]


def _waits_for(look: Any, count: int) -> Any:
    """Return what is looked for once there is so much of it, or when the time is over."""
    ends_s = time.perf_counter() + WAIT_S
    found = look()
    while len(found) < count and time.perf_counter() < ends_s:
        pause(1.0)
        found = look()
    return found


def _knows_its_channels(slack: Running, count: int) -> None:
    def known() -> set[str]:
        calls = ask(f"{slack.url}/drill/log")["calls"]
        asked = (each for each in calls if each["method"] == "conversations.members")
        return {str(each["args"].get("channel")) for each in asked}

    _waits_for(known, count)
    pause(2.0)


def _count(url: str, kind: str) -> int:
    database = Database(url)
    with database.read() as conn:
        found = conn.execute(text(f"SELECT count(*) FROM {kind}")).scalar_one()  # noqa: S608
    database.dispose()
    return int(found)


def _words(url: str, before: int) -> list[str]:
    """Return the references of what accounts wrote, an entry each, on tickets after so many."""
    database = Database(url)
    with database.read() as conn:
        rows = conn.execute(
            text(
                "SELECT chain FROM journal WHERE kind = 'CustomerWrote' AND chain = "
                "(SELECT reference FROM ticket WHERE number = (SELECT max(number) FROM ticket))"
            )
        ).scalars()
        found = [str(each) for each in rows]
    database.dispose()
    return found if before else []


def _writer(channel: int, number: int) -> str:
    return f"writer-{channel:04d}-{number}"


def _channel(number: int) -> str:
    return f"{world.account_key(number)}-support"


def _slack_id(channel: int, number: int) -> str:
    return f"U0W{channel:04d}{number:03d}"


def _files(folder: Path, channels: int) -> tuple[Path, Path]:
    """Write directory and workspace: each channel has its writers, who are contacts there."""
    directory = world.write_directory(folder, channels)
    seed = world.write_world(folder, channels)
    accounts = yaml.safe_load(directory.read_text("utf-8"))
    place = yaml.safe_load(seed.read_text("utf-8"))
    channel_of = {each["name"]: each for each in place["channels"]}
    for channel in range(world.FIRST, world.FIRST + channels):
        account = accounts["accounts"][world.account_key(channel)]
        account["intake"] = "on"
        for number in range(WRITERS):
            key, user = _writer(channel, number), _slack_id(channel, number)
            name = f"Writer {channel:04d} {number}"
            place["users"].append(
                {"key": key, "id": user, "name": name, "email": f"{key}@bench.example",
                 "time_zone": "America/New_York", "kind": "outside", "team": "T0ACME0001"}
            )  # fmt: skip
            account["contacts"].append({"name": name, "slack": user})
            channel_of[_channel(channel)]["members"].append(key)
    directory.write_text(yaml.safe_dump(accounts, sort_keys=False), "utf-8")
    seed.write_text(yaml.safe_dump(place, sort_keys=False), "utf-8")
    return directory, seed


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'reports.db'}"
        return
    with postgres.session(durable=True) as server:
        yield server.url(server.create())


if __name__ == "__main__":
    sys.exit(main())
