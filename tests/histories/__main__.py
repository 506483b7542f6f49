"""Play the history of a seed and print it: ``python -m tests.histories 17 --steps 40 --shrink``."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from pathlib import Path

from tests.histories import runner
from tests.histories.expected import CODES
from tests.histories.moves import Move
from tests.histories.runner import Played


def main() -> int:
    """Play, print, and say by the exit code whether all held that should hold today."""
    asked = _asked()
    logging.getLogger().setLevel(logging.ERROR)
    if asked.moves is not None:
        wires = json.loads(asked.moves.read_text(encoding="utf-8"))["moves"]
        played = runner.by_moves([Move.of(wire) for wire in wires])
    else:
        played = runner.by_seed(asked.seed, asked.steps)
    new = sorted(played.codes - CODES)
    wanted = asked.code or (new[0] if new else "")
    if asked.shrink and wanted:
        played = runner.shortest(played.moves, wanted)
    _print(played, as_json=asked.json)
    return 1 if played.codes - CODES else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.histories", description=__doc__)
    parser.add_argument("seed", type=int, nargs="?", default=0)
    parser.add_argument("--steps", type=int, default=runner.STEPS)
    parser.add_argument("--moves", type=Path, help="a file of moves instead of a seed")
    parser.add_argument("--shrink", action="store_true", help="drop what the finding does not need")
    parser.add_argument("--code", default="", help="the finding that must stay when shrinking")
    parser.add_argument("--json", action="store_true", help="print the moves as a file has them")
    return parser.parse_args()


def _print(played: Played, *, as_json: bool) -> None:
    out = sys.stdout.write
    if as_json:
        wires = ",\n".join(json.dumps(move.wire()) for move in played.moves)
        out(f'{{"moves": [\n{wires}\n]}}\n')
        return
    out(f"{played.transcript}\n\n")
    for found in played.findings:
        known = " (expected today)" if found.code in CODES else ""
        out(f"{found}{known}\n")
    if not played.findings:
        out("All holds.\n")


if __name__ == "__main__":
    raise SystemExit(main())
