"""One round of every measurement on one database."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from bench import declares, due, forms, seeding, world
from bench.declares import Amounts
from bench.figures import Measured, median, percentile
from bench.processes import Running, ask, bare_bolt, bot, bot_environment, local_slack, pause
from bench.slack_log import calls_since
from store.db import Database

REST_S = 3.0
PATTERN = "BW-1002"


def measure(engine: str, database_url: str, folder: Path, amounts: Amounts) -> Measured:
    """Measure everything on one empty database.

    Args:
        engine: sqlite or postgresql.
        database_url: Of the empty database.
        folder: For files that nobody needs afterwards.
        amounts: How often.
    """
    found = Measured()
    directory = world.write_directory(folder, amounts.accounts)
    seed = world.write_world(folder, amounts.accounts)
    with local_slack(folder, seed) as (slack, mail_port, port):
        sample = bot_environment(
            slack, mail_port, port, database_url, world.ROOT / "directory.example.yaml"
        )
        _starts(sample, folder, amounts, found)
        large = {**sample, "BRIDGEWATCH_DIRECTORY": str(directory)}
        with bot(large, folder / "bot.log") as running:
            made = _prepared(slack, amounts)
            _declares(running, slack, made, amounts, found)
        _bare(folder, made, amounts, found)
        ask(f"{slack.url}/drill/settings", {"latency_ms": 120}, "PUT")
        _due(engine, Database(database_url), large, folder, amounts, found)
    return found


def _starts(environment: dict[str, str], folder: Path, amounts: Amounts, found: Measured) -> None:
    """Start the bot again and again: the first start makes the tables, the others find them."""
    took: list[float] = []
    memory = 0.0
    for _ in range(amounts.starts + 1):
        with bot(environment, folder / "bot.log") as running:
            took.append(running.took_s)
            if len(took) == amounts.starts + 1:
                pause(REST_S)
                memory = running.memory_mb()
    found.put("cold_start", max(took), len(took))
    found.note("cold_start_median", median(took))
    found.note("cold_start_with_empty_database", took[0])
    found.put("idle_memory", memory, 1)
    found.keep("cold_start", [each * 1000 for each in took])


def _prepared(slack: Running, amounts: Amounts) -> forms.Forms:
    """Wait until the bot knows its channels, fill the form once, and make Slack slow."""
    for _ in range(200):
        pause(0.3)
        known = [c for c in calls_since(slack, 0) if c["method"] == "conversations.members"]
        if len({call["args"].get("channel") for call in known}) >= amounts.accounts:
            break
    pause(1.0)
    made = forms.fill(slack)
    ask(f"{slack.url}/drill/settings", {"latency_ms": 120}, "PUT")
    return made


def _declares(
    running: Running, slack: Running, made: forms.Forms, amounts: Amounts, found: Measured
) -> None:
    warm = Amounts(alone=3, gap_s=0.5)
    declares.alone(running, made, warm, Measured(silent=True))
    declares.quiet(slack)
    before_mb = running.memory_mb()
    declares.alone(running, made, amounts, found)
    declares.steady(running, slack, made, amounts, found)
    declares.bursts(running, slack, made, amounts, found)
    declared = amounts.alone + declares.RATE * amounts.steady_s + declares.BURST * amounts.bursts
    declared = declares.up_to(running, slack, made, declared, amounts)
    pause(REST_S)
    found.put("memory_500", running.memory_mb() - before_mb, declared)
    found.note("memory_at_rest_large_directory", before_mb)
    found.note("memory_at_the_end", running.memory_mb())
    declares.hanging(running, slack, amounts, found)


def _bare(folder: Path, made: forms.Forms, amounts: Amounts, found: Measured) -> None:
    for mode, before_response in (("before", True), ("default", False)):
        with bare_bolt(folder, before_response=before_response) as app:
            declares.bare(app, made, amounts, mode, found)
    for key, bare in (("ack_alone_p50", "alone_p50"), ("ack_20_p99", "20_p99")):
        for mode in ("before", "default"):
            ratio = found.values[key] / found.beside[f"bare_{mode}_{bare}"]
            found.note(f"ratio_{mode}_{bare}", ratio)


def _due(
    engine: str,
    database: Database,
    environment: dict[str, str],
    folder: Path,
    amounts: Amounts,
    found: Measured,
) -> None:
    log = folder / "bot.log"
    of = seeding.pattern(database, PATTERN)
    _retire(database)
    seeding.background(database, of, amounts.background, datetime.now(UTC))
    due.singles(database, of, environment, log, amounts, found)
    late = due.crowd(database, of, [environment], log, amounts, prefix="CROWD")
    _keep(late, "due_crowd", found)
    if engine == "postgresql":
        both = [environment, due.other_port(environment)]
        _keep(due.crowd(database, of, both, log, amounts, prefix="PAIR"), "due_crowd_two", found)
    database.dispose()


def _keep(late: list[float], key: str, found: Measured) -> None:
    found.put(f"{key}_p99", percentile(late, 99), len(late))
    found.note(f"{key}_p50", median(late))
    found.keep(key, [each * 1000 for each in late])


def _retire(database: Database) -> None:
    """Let what the declares left owing fall due another day, so that only the seeded steps do."""
    with database.write() as conn:
        seeding.postpone(conn)


def errors_in(log: Path) -> int:
    """Count the errors that the bot logged: a figure with errors behind it is none."""
    text = log.read_text(encoding="utf-8", errors="replace")
    return len(re.findall(r"^\S+ ERROR ", text, re.MULTILINE))
