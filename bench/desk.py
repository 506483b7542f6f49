"""`python -m bench.desk`: what a desk's gestures cost with very many tickets, on both databases.

Only our own work is measured: a gesture is handled in this process, Slack is not asked. The tickets
are copies of one real one, written as rows; how they lie in the queue is spread over teams, owners
and clocks.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path

from bench import desk_report
from bench.copies import Copies
from bench.desk_report import Figures, Took
from bench.figures import ENGINES, percentile
from bench.large_directory import knowing
from handlers.kit.edge import Options, Slash
from handlers.kit.ports import Desk
from handlers.slack.directory import DOORS as PEOPLE
from handlers.slack.opening.gestures import DOORS as OPENING
from handlers.slack.queue import DOORS
from handlers.slack.reading import show_message
from protocols.updates.checking import checked
from store.db import Database
from store.schema import migrate
from templates.opening.words import FORM_ACCOUNT
from tests.contract.ports.asking import ROUTINE, ask
from tests.contract.ports.houses import Counting, RealHouse
from tests.unit.handlers.desk_in_memory import TEAM, slack_id

SIZES = ((10_000, 200, 1_000), (1_000_000, 20_000, 20_000))
QUICK = ((2_000, 200, 100), (20_000, 2_000, 2_000))
"""Tickets, how many of them are open (all of one account), and how many other accounts."""
SAMPLES = 200
Ask = Callable[[RealHouse, Desk, Slash], object]
_numbers = count()


def main() -> int:
    """Run it, and print a line a figure."""
    chosen = _arguments()
    sizes = QUICK if chosen.quick else (SIZES[0], (chosen.tickets, *SIZES[1][1:]))
    found: dict[tuple[str, int], Figures] = {}
    for engine in chosen.databases:
        for size in sizes:
            with tempfile.TemporaryDirectory(prefix="bw-desk-") as folder:
                found[engine, size[0]] = _alone(engine, Path(folder), *size)
    if not chosen.quick:
        desk_report.write(found, sizes)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few tickets, about half a minute")
    parser.add_argument("--tickets", type=int, default=SIZES[1][0], help="how many at the most")
    parser.add_argument("--databases", nargs="+", choices=ENGINES, default=list(ENGINES))
    return parser.parse_args()


def _alone(engine: str, folder: Path, *size: int) -> Figures:
    """Measure in a process of its own: the memory of one size or database is not another's."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as one:
        return one.submit(_measure, engine, folder, *size).result()


def _measure(engine: str, folder: Path, tickets: int, open_ones: int, accounts: int) -> Figures:
    with _house(engine, folder, accounts) as house:
        ask(house, ROUTINE)
        began_s = time.perf_counter()
        url = house.database.url.render_as_string(hide_password=False)
        _apart(_seed, url, house.clock.now(), tickets, open_ones)
        seeded_s = time.perf_counter() - began_s
        print(f"\n{engine}: {tickets} tickets, {open_ones} open, {accounts} accounts, "
              f"seeded in {seeded_s:.0f} s")  # fmt: skip
        found = {name: _of_samples(name, house, gesture) for name, gesture in GESTURES.items()}
        most_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"  this process, at its most: {most_mb:.0f} MB")
    return Figures(found, most_mb)


def _of_samples(name: str, house: RealHouse, gesture: Ask) -> Took:
    by_clock, by_work = zip(*(_took(house, gesture) for _ in range(SAMPLES)), strict=True)
    took = Took(percentile(by_clock, 50), percentile(by_clock, 95), percentile(by_work, 95))
    print(
        f"  {name:<12} p50 {took.clock_p50_ms:7.1f} ms   p95 {took.clock_p95_ms:7.1f} ms"
        f"   of the processor p95 {took.work_p95_ms:7.1f} ms",
        flush=True,
    )
    return took


def _seed(url: str, now: datetime, tickets: int, open_ones: int) -> None:
    Copies(Database(url), now).write(tickets, open_ones)


def _migrated(url: str) -> None:
    migrate(Database(url))


def _apart(work: Callable[..., None], *given: object) -> None:
    """Do work in a process of its own: what it takes of memory is not the desk's."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=given)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"What is done beside failed: exit {process.exitcode}.")


@contextmanager
def _house(engine: str, folder: Path, accounts: int) -> Iterator[RealHouse]:
    with _database(engine, folder) as url:
        _apart(_migrated, url)
        house = RealHouse(Counting(url), facts=knowing(accounts))
        try:
            yield house
        finally:
            house.close()


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'desk.db'}"
        return
    from tests.kit import postgres  # noqa: PLC0415 - its driver is ten megabytes of this process

    with postgres.session() as server:
        yield server.url(server.create())


def _took(house: RealHouse, gesture: Ask) -> tuple[float, float]:
    """Return how long a gesture took, by the clock and of this process's processor time."""
    slash = Slash(slack_id("csm-one"), TEAM, f"bench-{next(_numbers)}")
    began_s, worked_s = time.perf_counter(), time.process_time()
    with house.desks.gesture() as desk:
        gesture(house, desk, slash)
    took_s, work_s = time.perf_counter() - began_s, time.process_time() - worked_s
    # The house notes whatever is asked of it: thousands of answers are megabytes, and not ours.
    house.interactive.calls.clear()
    house.database.begun.clear()
    return took_s * 1000, work_s * 1000


def _verb(name: str, rest: str = "") -> Ask:
    return lambda _house, desk, slash: DOORS.list_verbs[name](desk, slash, rest)


def _show(_house: RealHouse, desk: Desk, slash: Slash) -> object:
    ticket = desk.ticket("BW-2500")
    assert ticket is not None
    return show_message(desk, slash, ticket)


def _open(house: RealHouse, _desk: Desk, slash: Slash) -> object:
    wanted = replace(ROUTINE, summary=f"A report is late {slash.delivery}", another_problem=True)
    return ask(house, wanted, delivery=slash.delivery)


def _search(_house: RealHouse, desk: Desk, slash: Slash) -> object:
    typed = Options(slash.user_id, TEAM, slash.delivery, action=FORM_ACCOUNT, typed="bench 19")
    return OPENING.options[FORM_ACCOUNT](desk, typed)


def _account(_house: RealHouse, desk: Desk, slash: Slash) -> object:
    return PEOPLE.slashes["account"](desk, replace(slash, text="Bench 00077"))


def _review(_house: RealHouse, desk: Desk, slash: Slash) -> object:
    ticket = desk.ticket("BW-2500")
    assert ticket is not None
    ctx = desk.context_on(desk.actor(TEAM, slash.user_id), ticket)
    return checked(ticket, (("done", "We sent the statement of October again."),), ctx)


GESTURES: dict[str, Ask] = {
    "queue": _verb("queue"),
    "queue, team": _verb("queue", "Technical Support"),
    "near breach": _verb("queue", "late"),
    "mine": _verb("mine"),
    "find": _verb("find", "w17 payment"),
    "find, common": _verb("find", "payment acme"),
    "show": _show,
    "open": _open,
    "search": _search,
    "account": _account,
    "review": _review,
}

if __name__ == "__main__":
    sys.exit(main())
