"""`python -m bench`: measure everything on both databases and write what was found."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench import report
from bench.declares import QUICK, Amounts
from bench.figures import ENGINES, Measured
from bench.rounds import errors_in, measure
from tests.kit import postgres


def main() -> int:
    """Run the bench; 0 whatever the figures are, for a missed one is a finding, not a failure."""
    chosen = _arguments()
    amounts = QUICK if chosen.quick else Amounts()
    before = os.getloadavg()[0]
    began_s = time.perf_counter()
    found = {engine: _round(engine, amounts) for engine in chosen.databases}
    took_s = time.perf_counter() - began_s
    load = (
        f"It took {took_s / 60:.1f} minutes; the machine's load was {before:.1f} when it began "
        "and the bench itself keeps both cores busy in parts."
    )
    report.write(found, today=datetime.now(UTC).date(), load=load, quick=chosen.quick)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer samples, about a minute")
    parser.add_argument(
        "--databases", nargs="+", choices=ENGINES, default=list(ENGINES), metavar="DATABASE"
    )
    return parser.parse_args()


def _round(engine: str, amounts: Amounts) -> Measured:
    print(f"\n{report.NAMES[engine]}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="bw-bench-"))
    try:
        with _database(engine, folder) as url:
            found = measure(engine, url, folder, amounts)
        found.note("errors_logged", errors_in(folder / "bot.log"))
    finally:
        if keep := os.environ.get("BENCH_KEEP_LOGS"):
            shutil.copytree(folder, keep, dirs_exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
    return found


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[str]:
    """Yield the address of an empty database, on a PostgreSQL started for it where one is due."""
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'bench.db'}"
        return
    with postgres.session(durable=True) as server:
        name = server.create()
        yield server.url(name)
        server.drop(name)


if __name__ == "__main__":
    sys.exit(main())
