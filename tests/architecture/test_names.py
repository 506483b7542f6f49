"""A class has a name of its own, and a public function says what it does in one sentence."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = ("protocols", "templates", "store", "handlers", "bot")
DESCRIBED = (*PRODUCT, "drill", "scripts", "bench", "tests/kit")


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


NO_VERBS = frozenset(
    [
        "A",
        "All",
        "An",
        "Another",
        "At",
        "By",
        "Everyone",
        "For",
        "How",
        "In",
        "Its",
        "No",
        "One",
        "Rows",
        "Slack's",
        "The",
        "This",
        "What",
        "When",
        "Where",
        "Whether",
        "Which",
        "Who",
        "Whoever",
        "Why",
        "With",
        "Without",
    ]
)
NO_IMPERATIVE = ("ed", "'s")


def is_public(node: ast.stmt) -> TypeGuard[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Say whether others may call a function; what sets a property is told of where it is read."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name[0] == "_":
        return False
    return not any(ast.unparse(each).endswith(".setter") for each in node.decorator_list)


def described(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Return the public functions of a module and of its public classes, with their first lines."""
    nodes = list(tree.body)
    for node in nodes:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            nodes += node.body
        elif is_public(node):
            yield node.name, (ast.get_docstring(node) or "").partition("\n")[0]


def completes_the_sentence(line: str) -> bool:
    """Say whether a line completes "This function will ..." and ends there."""
    verb = line.partition(" ")[0].rstrip(".,;:")
    third_person = verb.endswith("s") and not verb.endswith("ss")
    starts = verb.istitle() and verb not in NO_VERBS and not verb.endswith(NO_IMPERATIVE)
    return starts and not third_person and line.endswith(".")


def test_a_public_functions_first_line_is_there_and_completes_this_function_will() -> None:
    other = {
        f"{file}:{name}": line
        for file, tree in trees(*DESCRIBED)
        for name, line in described(tree)
        if not completes_the_sentence(line)
    }
    assert other == {}
