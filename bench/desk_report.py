"""What is kept of the desk's bench: a table for readers and a plot of how figures grow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

HERE = Path(__file__).parent
LIMIT_MS = 50.0
LIMIT_MB = 150.0
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Took:
    """How long a gesture took, by the clock and of our own processor time."""

    clock_p50_ms: float
    clock_p95_ms: float
    work_p95_ms: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found of one database with so many tickets.

    Attributes:
        took: How long each gesture took, by its name.
        most_mb: The most memory that the process held that measured it.
    """

    took: Mapping[str, Took]
    most_mb: float


Found: TypeAlias = Mapping[tuple[str, int], Figures]
Sizes: TypeAlias = Sequence[tuple[int, int, int]]


def write(found: Found, sizes: Sizes) -> None:
    """Write the table and the plot."""
    (HERE / "DESK.md").write_text("\n".join([*_head(sizes), *_rows(found, sizes), ""]), "utf-8")
    _plot(found, sizes)


def _head(sizes: Sizes) -> list[str]:
    said = "; ".join(
        f"{tickets:,} tickets, {open_ones:,} of them open and of one account, {accounts:,} accounts"
        for tickets, open_ones, accounts in sizes
    )
    return [
        "# The desk's gestures, measured",
        "",
        f"`python -m bench.desk`: {said}.",
        "Our own work alone: a gesture is handled in the process that measures; no Slack is asked.",
        f"p95 of the processor (limit {LIMIT_MS:.0f} ms), and in brackets of the clock.",
        f"Each column has a process of its own, and its memory last (limit {LIMIT_MB:.0f} MB).",
        "",
        "![The same, as a plot](desk.png)",
        "",
    ]


def _rows(found: Found, sizes: Sizes) -> list[str]:
    engines = list(dict.fromkeys(engine for engine, _ in found))
    columns = [(engine, tickets) for engine in engines for tickets, *_ in sizes]
    heads = [f"{NAMES[engine]}, {tickets:,}" for engine, tickets in columns]
    lines = [f"| gesture | {' | '.join(heads)} |", f"|---|{'---|' * len(heads)}"]
    for name in found[columns[0]].took:
        cells = (_cell(found[column].took[name]) for column in columns)
        lines.append(f"| {name} | {' | '.join(cells)} |")
    held = (_held(found[column].most_mb) for column in columns)
    return [*lines, f"| memory, at its most | {' | '.join(held)} |"]


def _cell(took: Took) -> str:
    work = f"{took.work_p95_ms:.1f} ms"
    missed = f"**{work}, missed**" if took.work_p95_ms > LIMIT_MS else work
    return f"{missed} (clock {took.clock_p95_ms:.0f})"


def _held(most_mb: float) -> str:
    return f"**{most_mb:.0f} MB, missed**" if most_mb > LIMIT_MB else f"{most_mb:.0f} MB"


def _plot(found: Found, sizes: Sizes) -> None:
    import matplotlib as mpl  # noqa: PLC0415 - slow to import, and needed only here

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    engines = list(dict.fromkeys(engine for engine, _ in found))
    figure, panes = plt.subplots(1, len(engines), figsize=(6.4 * len(engines), 4.6), squeeze=False)
    colours = mpl.color_sequences["tab20"]
    counts = [tickets for tickets, *_ in sizes]
    for pane, engine in zip(panes[0], engines, strict=True):
        for name, colour in zip(found[engine, counts[0]].took, colours, strict=False):
            took = [found[engine, n].took[name].work_p95_ms for n in counts]
            pane.plot(counts, took, "o-", label=name, color=colour)
        pane.axhline(LIMIT_MS, color="grey", linestyle="--")
        pane.set_xscale("log")
        pane.set_title(NAMES[engine])
        pane.set_xlabel("tickets")
        pane.set_ylabel("p95 of the processor, ms")
        pane.grid(visible=True, alpha=0.3)
        pane.set_ylim(bottom=0)
    panes[0][-1].legend(fontsize=8, loc="center left", bbox_to_anchor=(1.02, 0.5))
    figure.tight_layout()
    figure.savefig(HERE / "desk.png", dpi=110, metadata={"Software": None})
    plt.close(figure)
