"""A history as it is played: a fresh workspace, a fresh database, one process after the other."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Self

from tests.histories.acts import Acts
from tests.histories.choosing import Chooser
from tests.histories.machine import Machine, migrated
from tests.histories.moves import Move
from tests.histories.place import Place
from tests.histories.stepping import StepClock
from tests.histories.weather import Weather


class _Faults(logging.Handler):
    """Keeps every line that the program logs as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(record.getMessage())


@dataclass
class History:
    """What is played, and what came of each move.

    Attributes:
        clock: The clock.
        weather: What hangs over the wires.
        place: The workspace.
        machine: The program.
        made: The moves that were made, with what came of each.
        faults: What the program logged as an error.
    """

    clock: StepClock
    weather: Weather
    place: Place
    machine: Machine
    acts: Acts
    made: list[tuple[Move, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @classmethod
    def begin(cls, url: str) -> Self:
        """Begin a history on a migrated, empty database."""
        clock, weather = StepClock(), Weather()
        place = Place(clock)
        machine = Machine(place, clock, weather, url)
        machine.reads()
        return cls(clock, weather, place, machine, Acts(place, machine))

    def makes(self, move: Move) -> str:
        """Make a move and note what came of it."""
        came = self.acts.makes(move)
        self.made.append((move, came))
        return came

    @property
    def moves(self) -> list[Move]:
        """All moves so far."""
        return [move for move, _ in self.made]

    def transcript(self) -> str:
        """Return the history as it reads."""
        lines = []
        for number, (move, came) in enumerate(self.made, 1):
            lines.append(f"{number:3}. {move.line()}" + (f"\n       -> {came}" if came else ""))
        return "\n".join(lines)


@cache
def _shelf() -> Path:
    """Return a folder in memory where there is one, for databases that live a second."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="histories-", dir=memory if memory.is_dir() else None))


@cache
def _template() -> Path:
    path = _shelf() / "template.db"
    migrated(f"sqlite:///{path}")
    return path


@contextmanager
def begun() -> Iterator[History]:
    """Have a fresh history, and clear away after it."""
    template = _template()
    with tempfile.TemporaryDirectory(dir=_shelf()) as folder:
        shutil.copy(template, Path(folder) / "history.db")
        faults = _Faults()
        logging.getLogger().addHandler(faults)
        history = History.begin(f"sqlite:///{folder}/history.db")
        history.faults = faults.lines
        try:
            yield history
        finally:
            logging.getLogger().removeHandler(faults)
            history.machine.ends()


def plays(history: History, moves: Iterable[Move]) -> None:
    """Make these moves, and let the weather clear in the end."""
    for move in moves:
        history.makes(move)
    history.machine.calms()


def plays_by_chance(history: History, seed: int, steps: int) -> None:
    """Make so many moves by chance, and let the weather clear in the end."""
    chooser = Chooser(seed, history.place, history.clock)
    for number in range(steps):
        history.makes(chooser.next(number))
    history.machine.calms()
