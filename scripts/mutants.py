"""Change protocols/time in every way that mutmut knows, and say which changes no test notices.

The mutants of a module stand in it side by side, and none is chosen while the tests are read; then
each is chosen in a process of its own, which ends with the first test that fails. A test is asked
only about functions that it calls. The branches that no test takes are named first.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOL = ROOT / "var" / "mutmut"
WANTED = "mutmut>=3.8,<4"
PACKAGE = "protocols.time"
TESTS = (
    "tests/unit/test_calendar.py",
    "tests/unit/test_calendar_edges.py",
    "tests/unit/test_durations.py",
    "tests/unit/test_targets.py",
    "tests/unit/protocols/test_next_reply.py",
    "tests/unit/protocols/test_desk_steps.py",
    "tests/property/clocks",
)
# Nobody reads why a test fails, and to say it takes ten times as long as to fail.
TOLD = ("-q", "--tb=no", "-p", "no:cacheprovider", "-m", "not full", "--import-mode=importlib")
ENOUGH = 95.0
"""Percent of the mutants that a test has to notice."""
EACH_S, ALL_S = 60, 30 * 60
"""A mutant that is not decided by then loops, and was noticed; all of them end by then."""
CHOSEN = "MUTANT_UNDER_TEST"


class Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives each module of the package with its mutants beside the functions."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._code: dict[str, CodeType] = {}
        for path in sorted((ROOT / PACKAGE.replace(".", "/")).glob("[a-z]*.py")):
            name = f"{PACKAGE}.{path.stem}"
            file_mutation = importlib.import_module("mutmut.mutation.file_mutation")
            made = file_mutation.mutate_file_contents(str(path), path.read_text("utf-8"))
            self._code[name] = compile(made.code, str(path), "exec")
            self.names += [f"{name}.{mutant}" for mutant in made.mutant_names]

    def find_spec(
        self, fullname: str, _path: object, _target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return where a module of the package comes from: from here."""
        if fullname not in self._code:
            return None
        return importlib.util.spec_from_loader(fullname, self)

    def exec_module(self, module: ModuleType) -> None:
        """Run a module."""
        exec(self._code[module.__name__], module.__dict__)  # noqa: S102 - our own, mutated


class Trials:
    """A plugin of pytest that tries each mutant instead of running the tests."""

    def __init__(self, mutated: Mutated, workers: int, said: Callable[[str], None]) -> None:
        self.caught: list[str] = []
        self.missed: list[str] = []
        self.left: list[str] = []
        self._names, self._workers, self._said = mutated.names, workers, said
        self._failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note that a test failed."""
        self._failed = self._failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try them all, as many at once as there are workers."""
        from hypothesis import Phase, settings  # noqa: PLC0415 - pytest reads it first

        # What is asked is whether a test fails, not with which smallest example.
        settings.register_profile("mutants", settings.default, phases=[Phase.generate])
        settings.load_profile("mutants")
        calls = self._calls(session.items)
        ends_at = time.monotonic() + ALL_S
        running: dict[int, str] = {}
        for name in self._names:
            if time.monotonic() > ends_at:
                self.left.append(name)
                continue
            if len(running) == self._workers:
                self._waits(running)
            running[_forked(partial(self._tries, name, calls))] = name
        while running:
            self._waits(running)
        return True

    def _waits(self, running: dict[int, str]) -> None:
        ended, status = os.waitpid(-1, 0)
        name = running.pop(ended)
        (self.missed if status == 0 else self.caught).append(name)
        done = len(self.missed) + len(self.caught)
        if status == 0 or done % 50 == 0:
            self._said(f"{done:4} of {len(self._names)}{'  missed ' + name if not status else ''}")

    def _calls(self, items: Sequence[pytest.Item]) -> dict[str, list[pytest.Item]]:
        """Return the tests that call each function, the shortest first."""
        kept = ROOT / "var" / f"calls-{os.getpid()}.json"

        def looks() -> bool:
            trampoline: Any = importlib.import_module("mutmut.mutation.trampoline")
            called: set[str] = set()
            trampoline.record_trampoline_hit = lambda name, **_: called.add(name)
            os.environ[CHOSEN] = "stats"
            found = []
            for number, item in enumerate(items):
                called.clear()
                began_s = time.perf_counter()
                self._runs(item)
                found.append((time.perf_counter() - began_s, number, sorted(called)))
            kept.write_text(json.dumps(sorted(found)), "utf-8")
            return not self._failed

        _, status = os.waitpid(_forked(looks, None), 0)
        if status:
            raise SystemExit("The tests fail without any mutant.")
        by_function: dict[str, list[pytest.Item]] = defaultdict(list)
        calls = json.loads(kept.read_text("utf-8"))
        kept.unlink()
        for _, number, names in calls:
            for name in names:
                by_function[name].append(items[number])
        return by_function

    def _tries(self, mutant: str, calls: dict[str, list[pytest.Item]]) -> bool:
        """Say whether every test that calls the mutant's function passes."""
        os.environ[CHOSEN] = mutant
        for item in calls.get(mutant.rpartition("__mutmut_")[0], ()):
            self._runs(item)
            if self._failed:
                return False
        return True

    def _runs(self, item: pytest.Item) -> None:
        plugins = item.config.pluginmanager
        if plugins.has_plugin("terminalreporter"):  # a child speaks by its exit alone
            plugins.unregister(name="terminalreporter")
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)


def _forked(work: Callable[[], bool], limit_s: int | None = EACH_S) -> int:
    """Do work in a child that says by its exit whether it went well, and nothing else."""
    child = os.fork()
    if child:
        return child
    signal.alarm(limit_s or 0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    code = 3
    try:
        code = 0 if work() else 1
    finally:
        os._exit(code)


def _has_tool() -> None:
    if not TOOL.exists():
        uv = ROOT / ".venv" / "bin" / "uv"
        command = [uv, "pip", "install", "--quiet", "--target", TOOL, WANTED]
        subprocess.run(list(map(str, command)), check=True)
    sys.path.insert(0, str(TOOL))
    os.environ["PYTHONPATH"] = os.pathsep.join([str(TOOL), str(ROOT)])


def _takes_every_branch() -> bool:
    """Say whether the tests take every branch of the package; print those that they do not."""
    data = f"--data-file={ROOT / 'var' / 'coverage'}"
    only = f"--include={PACKAGE.replace('.', '/')}/*"
    cover = [sys.executable, "-m", "coverage"]
    subprocess.run(
        [*cover, "run", "--branch", data, only, "-m", "pytest", *TOLD, *TESTS], cwd=ROOT, check=True
    )
    shown = [*cover, "report", data, "--show-missing", "--skip-covered", "--fail-under=100"]
    return subprocess.run(shown, cwd=ROOT, check=False).returncode == 0


def main() -> int:
    """Return 1 where a branch is not taken, too few mutants are noticed, or time was too short."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--part", default="1/1", help="one of so many parts of them, as in 2/4")
    chosen = parser.parse_args()
    os.chdir(ROOT)
    _has_tool()
    part, parts = map(int, chosen.part.split("/"))
    covers = part > 1 or _takes_every_branch()
    mutated = Mutated()
    mutated.names = mutated.names[part - 1 :: parts]
    sys.meta_path.insert(0, mutated)
    trials = Trials(mutated, chosen.workers, _says(os.dup(1)))
    pytest.main([*TOLD, *TESTS], plugins=[trials])
    tried = len(trials.caught) + len(trials.missed)
    score = 100 * len(trials.caught) / max(tried, 1)
    for name in trials.missed:
        print(f"  no test notices {name}")
    print(f"{tried} mutants, {len(trials.caught)} noticed: {score:.1f} % (wanted {ENOUGH:.0f} %); "
          f"{len(trials.left)} were not tried in {ALL_S // 60} minutes")  # fmt: skip
    return int(not covers or score < ENOUGH or bool(trials.left))


def _says(to: int) -> Callable[[str], None]:
    def says(line: str) -> None:
        os.write(to, f"{line}\n".encode())

    return says


if __name__ == "__main__":
    sys.exit(main())
