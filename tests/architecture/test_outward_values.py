"""What may leave has a type, and that type is given in two places."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("protocols", "templates", "handlers", "bot", "store")
MADE_IN = {
    "LookedUp": {"templates/kit/outward.py"},
    "Released": {"protocols/updates/released.py"},
    "Outward": set(),
}


def makers(name: str) -> set[str]:
    """Return the files in which a value of this type is made."""
    found = set()
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                    found.add(path.relative_to(ROOT).as_posix())
    return found


@pytest.mark.parametrize("name", MADE_IN)
def test_a_value_that_may_leave_is_made_in_its_own_place_only(name: str) -> None:
    assert makers(name) == MADE_IN[name]
