"""A class has a name of its own, and a public function says what it does in one sentence."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = ("protocols", "templates", "store", "handlers", "bot")


def trees(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            yield name, ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("folders", [PRODUCT, ("drill",), ("tests/kit",)], ids=" ".join)
def test_no_two_classes_have_one_name(folders: tuple[str, ...]) -> None:
    places = defaultdict(list)
    for file, tree in trees(*folders):
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(file)
    assert {name: files for name, files in places.items() if len(files) > 1} == {}
