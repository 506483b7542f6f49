"""Write the policy as a page for those who set the desk's figures: `docs/policy.md`.

    .venv/bin/python -m scripts.policy_page            writes it
    .venv/bin/python -m scripts.policy_page --check    says whether the one that is kept is current

It is read from `protocols/policy/policy.yaml` line by line: an entry, its figure, and where the
remark beside it says that the figure comes from. A section whose entries stand there commented out
has exactly these figures until somebody takes the marks away.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.files.policy import DEFAULT_POLICY
from scripts.sources import ROOT

PAGE = ROOT / "docs" / "policy.md"
_ENTRY = re.compile(r"^(?P<pad> *)(?P<item>- )?(?P<key>[a-z_0-9]+):(?: +(?P<value>.*))?$")
_REMARK = re.compile(r"\s+# ")
_PREFACE = """# The policy: every figure of the desk

Made from `protocols/policy/policy.yaml` by `python -m scripts.policy_page`; a test compares them.
Copy that file, change what you want, and name the copy in `BRIDGEWATCH_POLICY`. A ticket keeps
the policy that it was opened under: an edit touches new tickets only (D13). A line that is wrong is
refused at start, with its number and what to write instead.

Lengths in `s`, `m`, `h` and days run day and night; *business hours* and *business days* run in the
calendar; `24h-48h` is a target and a breach. *From* names the line of the requirements (S), the
decision (D, M), or *ours*.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: its dotted name within the section, its figure, and the remark beside it."""

    name: str
    value: str
    remark: str


@dataclass(slots=True)
class Part:
    """One entry of the outermost level, with all that stands in it."""

    name: str
    remark: str = ""
    said: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    is_implied: bool = False


def parts(text: str) -> list[Part]:
    """Return the sections of a policy file, in its order; lone entries stand in one first."""
    found, said = [Part("At the top")], list[str]()
    path: list[tuple[int, str]] = []
    items = 0
    for line in text.splitlines()[6:]:
        is_implied = line.startswith("#")
        bare = line.removeprefix("# ").removeprefix("#") if is_implied else line
        code, *remarks = _REMARK.split(bare, maxsplit=1)
        entry = _ENTRY.match(code)
        if entry is None or (is_implied and " " in code.strip() and entry["value"] is None):
            said = [*said, bare] if is_implied and bare else []
            continue
        remark = remarks[0] if remarks else ""
        depth = len(entry["pad"]) + (2 if entry["item"] else 0)
        path = [each for each in path if each[0] < depth]
        items = items if depth else 0
        if not depth and entry["value"] is None:
            found.append(Part(entry["key"], remark, said, is_implied=is_implied))
        elif not depth:
            found[0].rows.append(Row(entry["key"], entry["value"], remark))
        elif entry["value"] is not None:
            items += bool(entry["item"])
            numbered = [str(items)] if items else []
            name = ".".join((*numbered, *(key for _, key in path[1:]), entry["key"]))
            found[-1].rows.append(Row(name, entry["value"], remark))
        path.append((depth, entry["key"]))
        said = []
    return found


def page(text: str) -> str:
    """Return the page on the policy of this text."""
    return "\n".join((_PREFACE, *(line for part in parts(text) for line in _section(part))))


def _section(part: Part) -> Iterator[str]:
    yield f"## {part.name}\n"
    if part.said or part.remark:
        yield " ".join((*part.said, part.remark)).strip() + "\n"
    yield "| entry | figure | from |"
    yield "|---|---|---|"
    for row in part.rows:
        yield f"| `{row.name}` | {_cell(row.value)} | {_cell(row.remark)} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> int:
    """Write the page, or say whether it is current."""
    made = page(DEFAULT_POLICY.read_text(encoding="utf-8"))
    if "--check" in sys.argv:
        return 0 if is_current(PAGE, made) else 1
    PAGE.write_text(made, encoding="utf-8")
    return 0


def is_current(kept: Path, made: str) -> bool:
    """Say whether the page that is kept is the one that is made today."""
    return kept.exists() and kept.read_text(encoding="utf-8") == made


if __name__ == "__main__":
    sys.exit(main())
