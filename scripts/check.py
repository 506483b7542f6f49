"""Run the checks in stages, and print where the minutes went.

`check` is what a change should pass before it is shown: all but what plays incidents. `test` is
what CI runs; `full` adds what takes longer than a coffee.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
BUDGETS_S = {"check": 4 * 60, "test": 30 * 60}
REFUSED_AT = 1.5
"""So many times its minutes may what CI runs take: machines differ by half, and it says so."""
BARE = {"BRIDGEWATCH_TEST_POSTGRES": "wheel"}
HIDDEN = ("XDG_RUNTIME_DIR",)
"""What makes this machine look as bare as a newcomer's: its own PostgreSQL is passed over, and
there is no folder for a session's files. The other stages take whatever the machine has."""
ANEW = "PYTHONDONTWRITEBYTECODE"
"""Keeps Python from keeping what it compiled: each of hundreds of processes would do it anew."""
CORES = min(2, os.cpu_count() or 1)
WORKERS = CORES + 1
"""Tests wait for databases and sockets a third of their time: one worker more than cores."""
CACHE = ".pytest_cache/check"
FAILED = ROOT / CACHE / "v" / "cache" / "lastfailed"
UNSTEADY_MOST = 2
"""So many tests of a stage may fail among the others and pass by themselves: each is a race that
somebody has to mend, and is named at the end; more of them stop a change, as any failure does."""
FAST = "not slow and not crash and not browser and not full"
BROWSER = ("tests/browser",)
SHOWN = ("tests/architecture", "tests/contract", "tests/drill", "tests/golden", "tests/unit")
"""What `check` runs: most tests, in the time that one is willing to wait. Journeys, histories and
properties play whole incidents by the thousand, and are for `test`."""
SLOW = "(slow or crash) and not browser and not full"


@dataclass(frozen=True, slots=True)
class Stage:
    """One thing that is checked.

    Attributes:
        bare: as on a machine that has nothing of its own.
        beside: at the same time as the one before it, and told of after it.
        again: How a few failed tests are run once more by themselves; empty for what is no tests.
    """

    name: str
    command: tuple[str, ...]
    bare: bool = False
    beside: bool = False
    again: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ran:
    """How a stage went.

    Attributes:
        unsteady: What failed among the others, and passed by itself right after.
    """

    stage: Stage
    took_s: float
    code: int
    said: str = ""
    unsteady: tuple[str, ...] = ()


def main() -> int:
    """Run every stage, even after a failed one, and return 1 when any failed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("depth", choices=["check", "test", "full"])
    depth = arguments.parse_args().depth
    began = time.monotonic()
    results = [ran for group in groups(stages(depth)) for ran in _run_together(group)]
    total_s = time.monotonic() - began
    budget_s = BUDGETS_S.get(depth)
    print(_table(results, total_s, budget_s))
    if budget_s is not None and total_s > budget_s:
        print(f"That took more than {budget_s // 60} minutes.")
    # A change is shown from any machine, however slow; what CI runs has to stay within its limit.
    is_refused = depth == "test" and total_s > BUDGETS_S[depth] * REFUSED_AT
    return int(is_refused or any(result.code != 0 for result in results))


def stages(depth: str) -> Iterator[Stage]:
    """Yield what is run at a depth, in order."""
    yield Stage("format", (_tool("ruff"), "format", "--check", "."))
    yield Stage("lint", (_tool("ruff"), "check", "."))
    yield Stage("imports", (_tool("lint-imports"),))
    if depth == "check":
        marks = f"{FAST} and not postgres"
        yield _tests("quick tests, SQLite", marks, workers=WORKERS, where=SHOWN)
    else:
        yield replace(_tests("fast tests, both databases", FAST, workers=WORKERS), bare=True)
    yield Stage("types", (_tool("mypy"), *_folders()), beside=True)
    if depth in ("test", "full"):
        # Together, as they wait in turn, and as each stage has all tests read by each worker.
        yield _tests("slow and crash tests, both databases", SLOW, workers=WORKERS)
        yield _tests("browser tests", "browser and not full", workers=CORES, where=BROWSER)
    if depth == "full":
        yield _tests("full suites", "full")
        # It ends by itself: scripts/mutants.py has a limit for each mutant and for all of them.
        yield Stage("mutants of protocols/time", (str(BIN / "python"), "scripts/mutants.py"))


def groups(found: Iterable[Stage]) -> list[list[Stage]]:
    """Return stages in order, together with those that run beside them."""
    made: list[list[Stage]] = []
    for stage in found:
        if stage.beside:
            made[-1].append(stage)
        else:
            made.append([stage])
    return made


def _tests(name: str, marks: str, *, workers: int = 0, where: tuple[str, ...] = ()) -> Stage:
    """Return a stage of tests; what tests/conftest.py puts first is begun first."""
    spread = ("-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder")
    run = (_tool("pytest"), "-q", "-m", marks, "-o", f"cache_dir={CACHE}")
    told = ("--durations", "5", *(spread if workers > 1 else ()))
    return Stage(name, (*run, *told, *where), again=run)


def _tool(name: str) -> str:
    return str(BIN / name)


def _folders() -> list[str]:
    names = ["protocols", "templates", "store", "handlers", "bot", "drill", "tests", "scripts"]
    names.append("bench")
    return [name for name in names if any((ROOT / name).glob("**/*.py"))]


def _run_together(group: list[Stage]) -> Iterator[Ran]:
    """Run the first stage aloud and the others beside it; what those say is printed whole."""
    first, *others = group
    with ThreadPoolExecutor() as pool:
        beside = [pool.submit(_run, stage, subprocess.PIPE) for stage in others]
        print(f"\n== {first.name}", flush=True)
        yield _run(first)
        for each in beside:
            ran = each.result()
            print(f"\n== {ran.stage.name}\n{ran.said}", end="", flush=True)
            yield ran


def _run(stage: Stage, out: int | None = None) -> Ran:
    """Run a stage; a few tests that failed in it once more, by themselves."""
    if not stage.again:
        return _once(stage, out)
    FAILED.unlink(missing_ok=True)
    ran = _once(stage, out)
    failed = failed_tests(FAILED) if ran.code == 1 else ()
    if not 0 < len(failed) <= UNSTEADY_MOST:
        return ran
    print(f"\n== {stage.name}: {len(failed)} failed, and once more by themselves", flush=True)
    second = _once(replace(stage, command=(*stage.again, *failed)), out)
    steady = second.code != 0
    took_s = ran.took_s + second.took_s
    return replace(ran, took_s=took_s, code=second.code, unsteady=() if steady else failed)


def failed_tests(written: Path) -> tuple[str, ...]:
    """Return the tests that pytest wrote down as failed; none where it wrote nothing."""
    return tuple(json.loads(written.read_text("utf-8"))) if written.exists() else ()


def _once(stage: Stage, out: int | None = None) -> Ran:
    began = time.monotonic()
    environment = bare_environment(os.environ) if stage.bare else dict(os.environ)
    environment.pop(ANEW, None)
    ended = subprocess.run(
        stage.command,
        cwd=ROOT,
        env=environment,
        check=False,
        stdout=out,
        stderr=out and subprocess.STDOUT,
        text=True,
    )
    return Ran(stage, time.monotonic() - began, ended.returncode, ended.stdout or "")


def bare_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a stage that runs as on a bare machine.

    Whoever names a PostgreSQL to test against means that one, in every stage.
    """
    kept = {name: value for name, value in environment.items() if name not in HIDDEN}
    return kept if kept.get("BRIDGEWATCH_TEST_POSTGRES_URL") else kept | BARE


def _table(results: list[Ran], total_s: float, budget_s: int | None) -> str:
    rows = [(_named(r.stage), f"{r.took_s:7.1f} s", _verdict(r.code)) for r in results]
    rows.append(("total", f"{total_s:7.1f} s", f"of {budget_s} s allowed" if budget_s else ""))
    width = max(len(name) for name, _, _ in rows)
    lines = [f"{name:<{width}}  {took}  {verdict}" for name, took, verdict in rows]
    unsteady = [f"UNSTEADY, to be mended first: {each}" for r in results for each in r.unsteady]
    return "\n".join(["", "Where the minutes went", *lines, *unsteady])


def _named(stage: Stage) -> str:
    return f"  beside it, {stage.name}" if stage.beside else stage.name


def _verdict(code: int) -> str:
    return "passed" if code == 0 else f"FAILED ({code})"


if __name__ == "__main__":
    sys.exit(main())
