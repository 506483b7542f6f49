"""What is kept of a run: the figures as JSON, a table for readers, and a plot."""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bench.figures import ENGINES, LINES, Measured, Wanted, percentile

HERE = Path(__file__).resolve().parent
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
CAUSES = HERE / "causes.json"
CURVES = (
    ("ack_alone", "acknowledgment, alone"),
    ("ack_20", "acknowledgment, 20 a second"),
    ("ack_burst", "acknowledgment, burst of 32"),
    ("first", "first message in the bridge"),
    ("set_up", "all set up"),
    ("due_alone", "one step due alone"),
    ("due_crowd", "a crowd of steps due"),
)


def machine() -> str:
    """Return what kind of machine this is, without its name."""
    release = platform.freedesktop_os_release()
    system = f"{release.get('NAME', 'Linux').split()[0]} {release.get('VERSION_ID', '')}".strip()
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {system}"


def write(found: Mapping[str, Measured], *, today: date, load: str, quick: bool) -> None:
    """Write results, table and plot.

    Args:
        found: What was measured, by database.
        today: The day of the run.
        load: The load of the machine while it ran, in words.
        quick: Whether this was the short form; it replaces neither table nor plot.
    """
    kind = machine().lower().replace(", ", "-").replace(" ", "-")
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    suffix = "-quick" if quick else ""
    path = results / f"{today.isoformat()}-{kind}{suffix}.json"
    path.write_text(json.dumps(_json(found, today, load), indent=1) + "\n", encoding="utf-8")
    text = table(found, today=today, load=load)
    print(f"\n{text}")
    if not quick:
        (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
        plot(found, HERE / "results.png")


def _json(found: Mapping[str, Measured], today: date, load: str) -> dict[str, Any]:
    return {
        "date": today.isoformat(),
        "machine": machine(),
        "load": load,
        "databases": {
            engine: {
                "figures": measured.values,
                "samples": measured.samples,
                "beside": measured.beside,
                "sorted": {key: _thinned(each) for key, each in measured.spread.items()},
            }
            for engine, measured in found.items()
        },
    }


def _thinned(samples: list[float]) -> list[float]:
    """Return a hundred of the samples, evenly chosen, with the slowest."""
    if len(samples) <= 100:
        return samples
    return [percentile(samples, percent) for percent in range(1, 101)]


def table(found: Mapping[str, Measured], *, today: date, load: str) -> str:
    """Return the table as Markdown."""
    causes = json.loads(CAUSES.read_text(encoding="utf-8")) if CAUSES.exists() else {}
    lines = [
        "# Speed, measured",
        "",
        f"`make bench` on {today.isoformat()}: {machine()}. {load}",
        "The bot is a process of its own over HTTP with signed requests on kept connections; the",
        "local Slack is another, takes 120 ms a call, and has its rate limits off. Every commit",
        "is on the disk (SQLite `synchronous=FULL`, PostgreSQL `fsync` on). n is how often a",
        "figure was taken; p99 of fewer than a hundred is the slowest. The crowd of steps is",
        "tickets at T+15, the heaviest instant of the ladder: two steps and six messages each.",
        "",
        "| figure | wanted SQLite | SQLite | wanted PostgreSQL | PostgreSQL |",
        "|---|---|---|---|---|",
        *(_row(wanted, found) for wanted in LINES),
        "",
    ]
    missed = [w for w in LINES if any(_met(w, e, found[e]) is False for e in found)]
    if missed:
        lines += ["## Missed, and why", ""]
        for wanted in missed:
            lines.append(f"- **{wanted.title}**: {causes.get(wanted.key, 'not explained yet.')}")
        lines.append("")
    return "\n".join([*lines, *_beside(found), ""])


def _row(wanted: Wanted, found: Mapping[str, Measured]) -> str:
    cells = [wanted.title]
    for engine in ENGINES:
        limit = wanted.limits[engine]
        cells.append("" if math.isinf(limit) else f"<= {_shown(limit)} {wanted.unit}")
        cells.append(_cell(wanted, engine, found.get(engine)))
    return f"| {' | '.join(cells)} |"


def _cell(wanted: Wanted, engine: str, measured: Measured | None) -> str:
    if measured is None or wanted.key not in measured.values:
        return ""
    value = (
        f"{_shown(measured.values[wanted.key])} {wanted.unit} (n={measured.samples[wanted.key]})"
    )
    return value if _met(wanted, engine, measured) else f"**{value}, missed**"


def _met(wanted: Wanted, engine: str, measured: Measured) -> bool | None:
    value = measured.values.get(wanted.key)
    return None if value is None else value <= wanted.limits[engine]


def _shown(value: float) -> str:
    return f"{value:.2f}" if abs(value) < 10 and value != int(value) else f"{value:,.0f}"


def _beside(found: Mapping[str, Measured]) -> list[str]:
    names = dict.fromkeys(name for measured in found.values() for name in measured.beside)
    head = " | ".join(NAMES[engine] for engine in found)
    lines = [
        "## Beside them",
        "",
        "Times in ms unless the name says otherwise. `bare` is a Bolt app that only acknowledges,",
        "on the same server: `before` with process_before_response, `default` without.",
        "",
        f"| figure | {head} |",
        f"|---|{'---|' * len(found)}",
    ]
    for name in names:
        cells = (_or_nothing(measured.beside.get(name)) for measured in found.values())
        lines.append(f"| {name.replace('_', ' ')} | {' | '.join(cells)} |")
    return lines


def _or_nothing(value: float | None) -> str:
    return "" if value is None else _shown(value)


def plot(found: Mapping[str, Measured], path: Path) -> None:
    """Draw how the times are spread: for each share of the samples, the time it stays under."""
    import matplotlib as mpl  # noqa: PLC0415 - slow to import, and needed only here

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    figure, panes = plt.subplots(1, len(found), figsize=(6.4 * len(found), 4.6), squeeze=False)
    for pane, (engine, measured) in zip(panes[0], found.items(), strict=True):
        for key, title in CURVES:
            samples = measured.spread.get(key)
            if samples:
                shares = [(place + 1) / len(samples) * 100 for place in range(len(samples))]
                pane.step([max(each, 0.5) for each in samples], shares, where="post", label=title)
        pane.set_xscale("log")
        pane.set_title(NAMES[engine])
        pane.set_xlabel("milliseconds")
        pane.set_ylabel("% of the samples within")
        pane.grid(visible=True, alpha=0.3)
        pane.legend(fontsize=8, loc="lower right")
    figure.tight_layout()
    figure.savefig(path, dpi=110, metadata={"Software": None})
    plt.close(figure)
