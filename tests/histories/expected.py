"""What does not hold today and is known: each with a history that shows it. May only shrink.

An entry is one file in ``expected/``: its code, what part of the issue mends it, a sentence, and
the moves of a short history in which it is found. Whoever mends it puts the file into ``mended/``;
the test says when that is due, because the history no longer shows it. There it is played on, and
must hold.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from tests.histories.moves import Move

FOLDER = Path(__file__).parent / "expected"


@dataclass(frozen=True, slots=True)
class Expected:
    """One known failure.

    Attributes:
        name: Its file's name.
        code: The judge's code for it.
        mends: Where it will be mended.
        sentence: What does not hold, for a reader.
        moves: A history that shows it.
    """

    name: str
    code: str
    mends: str
    sentence: str
    moves: tuple[Move, ...]


def _read(path: Path) -> Expected:
    wire = json.loads(path.read_text(encoding="utf-8"))
    moves = tuple(Move.of(each) for each in wire["moves"])
    return Expected(path.stem, wire["code"], wire["mends"], wire["sentence"], moves)


MENDED = tuple(_read(path) for path in sorted(FOLDER.with_name("mended").glob("*.json")))
"""What once failed: the history that showed it is played for ever, and shows it no more."""
EXPECTED = tuple(_read(path) for path in sorted(FOLDER.glob("*.json")))
CODES = frozenset(each.code for each in EXPECTED)
