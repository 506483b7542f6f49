"""What stands in the roots: files, functions, and who imports whom, read off the tree."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOTS = ("protocols", "templates", "store", "handlers", "bot", "drill", "tests")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """A Python file of a root.

    Attributes:
        path: Where it is, below the repository's root.
        base: That root: this tree's, or that of another commit.
    """

    path: Path
    base: Path = ROOT

    @cached_property
    def text(self) -> str:
        """Return what stands in it."""
        return (self.base / self.path).read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        """Return its syntax; read each time, as the trees of all files together are large."""
        return ast.parse(self.text)

    @property
    def root(self) -> str:
        """Return the root it belongs to."""
        return self.path.parts[0]

    @property
    def name(self) -> str:
        """Return the name by which it is imported."""
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def lines(self) -> int:
        """Return how many lines it has."""
        return len(self.text.splitlines())

    def functions(self) -> Iterator[Function]:
        """Yield its functions, those inside others as well."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    @cached_property
    def called(self) -> frozenset[str]:
        """Return the names that are called in it."""
        calls = (node.func for node in ast.walk(self.tree) if isinstance(node, ast.Call))
        return frozenset(each.id for each in calls if isinstance(each, ast.Name))

    @cached_property
    def imported(self) -> tuple[tuple[str, str], ...]:
        """Return what it imports: a module, and the name taken from it or ""."""
        return tuple(self._imported())

    def _imported(self) -> Iterator[tuple[str, str]]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((each.name, "") for each in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.module or "", each.name) for each in node.names)


@cache
def source(path: Path, base: Path = ROOT) -> Source:
    """Return a file below the repository's root, read once however often it is asked for."""
    return Source(path, base)


def sources(*roots: str, base: Path = ROOT) -> list[Source]:
    """Return the files of some roots, by path."""
    found = (path for root in roots for path in (base / root).rglob("*.py"))
    return [source(path.relative_to(base), base) for path in sorted(found)]


def length(function: Function) -> int:
    """Return how many lines a function has after its docstring."""
    body = function.body
    first = body[1] if ast.get_docstring(function) and len(body) > 1 else body[0]
    return (function.end_lineno or 0) - first.lineno + 1


def imports(files: Iterable[Source]) -> dict[str, list[str]]:
    """Return for each file, by name, the files among these that it imports, each as often as said.

    ``from a import b`` means the file a.b when there is one, and a otherwise.
    """
    listed = list(files)
    known = {each.name for each in listed}
    found: dict[str, list[str]] = {}
    for each in listed:
        wanted = (f"{module}.{name}" if f"{module}.{name}" in known else module
                  for module, name in each.imported)  # fmt: skip
        found[each.name] = [name for name in wanted if name in known and name != each.name]
    return found


def circles(graph: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Return every group of files that import each other, directly or through others."""
    reach = {name: _reached(graph, name) for name in graph}
    groups = {
        frozenset({name} | {other for other in reach[name] if name in reach[other]})
        for name in graph
        if name in reach[name]
    }
    return sorted(sorted(group) for group in groups)


def _reached(graph: Mapping[str, Iterable[str]], name: str) -> set[str]:
    found: set[str] = set()
    waiting = list(graph[name])
    while waiting:
        if (each := waiting.pop()) not in found:
            found.add(each)
            waiting += graph[each]
    return found
