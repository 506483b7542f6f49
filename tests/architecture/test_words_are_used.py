"""No line of the words is left that nobody says."""

from __future__ import annotations

import re
from pathlib import Path

from templates.kit import catalogue

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("protocols", "templates", "handlers", "bot")


def test_every_line_is_said_somewhere() -> None:
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    said = set(re.findall(r"""["'](\w+)["']""", code))
    assert sorted(set(catalogue.lines()) - said) == []
