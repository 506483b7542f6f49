"""Running histories: by seed, by moves, and the shortest one that still shows a finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.histories.finding import Finding
from tests.histories.history import History, begun, plays, plays_by_chance
from tests.histories.judge import judged
from tests.histories.moves import Move

STEPS = 25
TRIES_MOST = 120
Look = Callable[[History], None]


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a history."""

    moves: tuple[Move, ...]
    findings: tuple[Finding, ...]
    transcript: str

    @property
    def codes(self) -> set[str]:
        """The kinds of what was found."""
        return {found.code for found in self.findings}


def by_seed(seed: int, steps: int = STEPS, look: Look | None = None) -> Played:
    """Play a history by chance."""
    with begun() as history:
        plays_by_chance(history, seed, steps)
        return _played(history, look)


def by_moves(moves: Sequence[Move], look: Look | None = None) -> Played:
    """Play these moves."""
    with begun() as history:
        plays(history, moves)
        return _played(history, look)


def _played(history: History, look: Look | None) -> Played:
    if look is not None:
        look(history)
    return Played(tuple(history.moves), tuple(judged(history)), history.transcript())


def shortest(moves: Sequence[Move], code: str, tries_most: int = TRIES_MOST) -> Played:
    """Drop moves, halves first and then one by one, as long as the finding stays."""
    best, tries = list(moves), 0
    size = max(1, len(best) // 2)
    while tries < tries_most:
        at, dropped = 0, False
        while at < len(best) and tries < tries_most:
            fewer = best[:at] + best[at + size :]
            tries += 1
            if code in by_moves(fewer).codes:
                best, dropped = fewer, True
            else:
                at += size
        if size == 1 and not dropped:
            break
        size = max(1, size // 2)
    return by_moves(best)


def report(seed: int, steps: int, played: Played) -> str:
    """Return what a failed history looks like, and how it is played again."""
    lines = [
        f"The history of seed {seed} does not hold:",
        *(f"  {each}" for each in played.findings),
    ]
    lines += ["", played.transcript, ""]
    lines += [f"Play it again: .venv/bin/python -m tests.histories {seed} --steps {steps}"]
    return "\n".join(lines)
