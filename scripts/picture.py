"""Draw the house from its real imports: `docs/architecture.svg`.

    .venv/bin/python -m scripts.picture            writes it
    .venv/bin/python -m scripts.picture --check    says whether the one that is kept is current

Roots are boxes, an arrow is a root that imports another, as thick as there are many files that
import many; its number is rounded to two digits, so that the picture changes when the house does.
What stands inside `protocols/` is read from its folders. An arrow that the house does not have is
drawn in red.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from math import log10, sqrt

from protocols.subjects import SUBJECTS
from scripts.sources import ROOT, ROOTS, imports, sources

PICTURE = ROOT / "docs" / "architecture.svg"
MACHINE = ("kernel", "time", "words", "policy", "people")
"""The folders of `protocols/` that are no subject."""
WIDTH, PAD, CHIP, GAP = 900, 16, 24, 8
TIP_SIZE = 10
LETTER = 7.8
"""About how wide a letter of a chip is."""
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
    'height="{height}" role="img" aria-label="Who imports whom">'
)
TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="12" markerHeight="12" '
    'markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 0 L8 4 L0 8 z"/></marker>'
    "</defs>"
)
STYLE = """
  .paper { fill: #fcfbf8; }
  .root { fill: #ffffff; stroke: #8a94a0; }
  .frame { fill: none; stroke: #b9c0c8; stroke-dasharray: 4 4; }
  .chip { fill: #e6eef6; }
  .machine { fill: #f4ead6; }
  .arrow { fill: none; stroke: #5b7fa3; }
  .tip { fill: #5b7fa3; }
  .stray { fill: none; stroke: #c0392b; }
  text { font: 13px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #2b333b; }
  .name { font-weight: 600; font-size: 15px; }
  .small { font-size: 12px; fill: #5d6873; }
  .middle { text-anchor: middle; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #1b2026; }
    .root { fill: #242b33; stroke: #6d7885; }
    .frame { stroke: #4a545f; }
    .chip { fill: #2f3f50; }
    .machine { fill: #4a412d; }
    .arrow { stroke: #7fa6cc; }
    .tip { fill: #7fa6cc; }
    text { fill: #e3e8ed; }
    .small { fill: #a3adb8; }
  }
"""


@dataclass(frozen=True, slots=True)
class Box:
    """A root: where it stands, and what it is in a few words."""

    x: int
    y: int
    width: int
    height: int
    says: str


BOXES = {
    "bot": Box(56, 56, 528, 62, "settings, engine, ticker, courier, gateways"),
    "handlers": Box(56, 178, 232, 62, "the ways in"),
    "store": Box(368, 178, 216, 62, "the only SQL"),
    "templates": Box(56, 300, 232, 62, "all words"),
    "protocols": Box(56, 422, 528, 0, "the rules: no clock, no database, no Slack"),
    "tests": Box(672, 178, 188, 62, "the proof"),
    "drill": Box(672, 300, 188, 62, "the local Slack"),
}
FRAME = Box(32, 28, 576, 0, "the product")
ROUTES: Mapping[tuple[str, str], Sequence[tuple[int, int]]] = {
    ("bot", "handlers"): ((172, 118), (172, 178)),
    ("bot", "store"): ((476, 118), (476, 178)),
    ("bot", "templates"): ((312, 118), (312, 331), (288, 331)),
    ("bot", "protocols"): ((344, 118), (344, 422)),
    ("handlers", "templates"): ((196, 240), (196, 300)),
    ("handlers", "protocols"): ((96, 240), (96, 270), (44, 270), (44, 446), (56, 446)),
    ("templates", "protocols"): ((172, 362), (172, 422)),
    ("store", "protocols"): ((476, 240), (476, 422)),
    ("tests", "drill"): ((766, 240), (766, 300)),
}
"""Where each arrow of the house runs."""


def main() -> str:
    """Write the picture; or return why the one that is kept is not current."""
    made = picture()
    if "--check" not in sys.argv[1:]:
        PICTURE.write_text(made, encoding="utf-8")
        return ""
    is_current = PICTURE.exists() and PICTURE.read_text(encoding="utf-8") == made
    return "" if is_current else f"{PICTURE.name} is not current: python -m scripts.picture"


def picture() -> str:
    """Return the house as SVG."""
    inside, bottom = chips(folders())
    height = bottom + 44
    parts = [
        HEAD.format(width=WIDTH, height=height),
        f"<style>{STYLE}</style>",
        TIP,
        f'<rect class="paper" width="{WIDTH}" height="{height}" rx="10"/>',
        _rect("frame", FRAME, bottom - FRAME.y + 20),
        _text("small", FRAME.x + 12, FRAME.y + 18, FRAME.says),
        *_boxes(bottom),
        *inside,
        *_arrows(weights()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def folders() -> tuple[list[str], list[str]]:
    """Return the folders of `protocols/`: those of the machine, and the subjects in their order."""
    found = {each.path.parts[1] for each in sources("protocols") if len(each.path.parts) > 2}
    return [name for name in MACHINE if name in found], [name for name in SUBJECTS if name in found]


@cache
def weights() -> Counter[tuple[str, str]]:
    """Return how many files of a root import how many of another."""
    found: Counter[tuple[str, str]] = Counter()
    for name, wanted in imports(sources(*ROOTS)).items():
        here = name.partition(".")[0]
        roots = (each.partition(".")[0] for each in set(wanted))
        found.update((here, there) for there in roots if there != here)
    return found


def chips(lists: tuple[Sequence[str], Sequence[str]]) -> tuple[list[str], int]:
    """Return the folders inside `protocols/`, and where its box ends."""
    box = BOXES["protocols"]
    made: list[str] = []
    y = box.y + 60
    for kind, title, names in zip(("machine", "chip"), ("the machine", "subjects"), lists,
                                  strict=True):  # fmt: skip
        if not names:
            continue
        made.append(_text("small", box.x + PAD, y + 16, title))
        x = start = box.x + PAD + 92
        for name in names:
            width = round(len(name) * LETTER + 24)
            if x + width > box.x + box.width - PAD:
                x, y = start, y + CHIP + GAP
            made.append(f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{CHIP}" '
                        f'rx="12"/>{_text("middle", x + width // 2, y + 16, name)}')  # fmt: skip
            x += width + GAP
        y += CHIP + GAP + 4
    return made, y + 6


def _boxes(bottom: int) -> Iterator[str]:
    for name, box in BOXES.items():
        yield _rect("root", box, box.height or bottom - box.y)
        yield _text("name", box.x + PAD, box.y + 26, f"{name}/")
        yield _text("small", box.x + PAD, box.y + 46, box.says)


def _arrows(found: Counter[tuple[str, str]]) -> Iterator[str]:
    for pair, count in sorted(found.items()):
        if pair in ROUTES:
            yield _arrow("arrow", ROUTES[pair], count)
        elif pair[0] != "tests":
            yield _arrow("stray", tuple(map(_middle, pair)), count)
    proof = sum(count for (here, there), count in found.items()
                if here == "tests" and there != "drill")  # fmt: skip
    edge = FRAME.x + FRAME.width
    yield _arrow("arrow", ((BOXES["tests"].x, 209), (edge, 209)), proof)


def _middle(name: str) -> tuple[int, int]:
    box = BOXES[name]
    return box.x + box.width // 2, box.y + (box.height or 40) // 2


def _arrow(kind: str, points: Sequence[tuple[int, int]], count: int) -> str:
    width = round(1 + sqrt(rounded(count)) / 5, 1)
    *before, (x, y), (to_x, to_y) = points
    end = (to_x - _sign(to_x - x) * TIP_SIZE, to_y - _sign(to_y - y) * TIP_SIZE)
    path = " L".join(f"{x} {y}" for x, y in (*before, (x, y), end))
    line = f'<path class="{kind}" d="M{path}" stroke-width="{width}" marker-end="url(#tip)"/>'
    return line + _text("small", *_beside(points), str(rounded(count)))


def _beside(points: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return where an arrow's number stands: beside its longest leg, late on one with bends."""
    (x, y), (to_x, to_y) = max(pairwise(points), key=_long)
    if x != to_x:
        return (x + to_x) // 2 - 8, y - 8
    return x + 7, y + (to_y - y) * (3 if len(points) > 2 else 2) // 4 + 4


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _long(leg: tuple[tuple[int, int], tuple[int, int]]) -> int:
    return abs(leg[0][0] - leg[1][0]) + abs(leg[0][1] - leg[1][1])


def rounded(count: int) -> int:
    """Return a number with two digits that count."""
    return round(count, min(0, 1 - int(log10(count))))


def _rect(kind: str, box: Box, height: int) -> str:
    return (
        f'<rect class="{kind}" x="{box.x}" y="{box.y}" width="{box.width}" height="{height}" '
        f'rx="8"/>'
    )


def _text(kind: str, x: int, y: int, words: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(words)}</text>'


if __name__ == "__main__":
    sys.exit(main() or None)
