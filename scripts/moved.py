"""Compare commits: the size of each root, what is said twice, and whether old code grew.

    .venv/bin/python -m scripts.moved 2c2854de cb15475e HEAD

A function of the first commit still stands where a later one has its name or its body to the
letter, whatever file that is in, and shares at least half of its words.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from re import findall

from scripts.sizes import counted, passed_on, same_names, too_long
from scripts.sources import ROOT, ROOTS, Function, Source, circles, imports, length, sources

PRODUCT = tuple(root for root in ROOTS if root != "tests")
ALIKE = 0.5
A_LIST = 8
"""So many of our names in one literal of a module are a list that somebody has to keep."""


@dataclass(frozen=True)
class Placed:
    """A function of a module or of a class, with the name it has in its module."""

    name: str
    node: Function

    @cached_property
    def body(self) -> str:
        """Return what it does, as written, without its docstring and the way it is broken."""
        nodes = self.node.body[ast.get_docstring(self.node) is not None :]
        return "\n".join(map(ast.unparse, nodes))

    @cached_property
    def words(self) -> Counter[str]:
        """Return the words of its body, each as often as it stands there."""
        return Counter(findall(r"\w+", self.body))


@dataclass(frozen=True)
class Stands:
    """What became of the functions of one commit in another: those that stand, in pairs."""

    before: int
    pairs: tuple[tuple[Placed, Placed], ...]

    def lines(self, side: int) -> int:
        """Return how many lines those that stand have: 0 before, 1 after."""
        return sum(length(pair[side].node) for pair in self.pairs)

    def longer(self) -> int:
        """Return how many of them have more lines than before."""
        return sum(length(old.node) < length(new.node) for old, new in self.pairs)

    def shorter(self) -> int:
        """Return how many of them have fewer lines than before."""
        return sum(length(old.node) > length(new.node) for old, new in self.pairs)


def main() -> None:
    """Print the table of the commits that are named."""
    with tempfile.TemporaryDirectory() as folder:
        trees = {commit: _taken(commit, Path(folder) / commit) for commit in sys.argv[1:]}
        files = {commit: sources(*ROOTS, base=base) for commit, base in trees.items()}
        columns = {commit: dict(figures(found)) for commit, found in files.items()}
        first, *later = (
            [each for each in found if each.root in PRODUCT] for found in files.values()
        )
        _table(columns)
        for commit, found in zip([*files][1:], later, strict=True):
            print(told(commit, standing(functions(first), functions(found))))


def figures(files: list[Source]) -> Iterator[tuple[str, int]]:
    """Yield what is counted of a commit, each with its name."""
    for root in ROOTS:
        yield f"lines in {root}", sum(each.lines for each in files if each.root == root)
    product = [each for each in files if each.root in PRODUCT]
    lists = [size for each in product for size in kept_lists(each)]
    yield "lines of the product", sum(each.lines for each in product)
    yield "files of the product", len(product)
    yield "lines of its imports", sum(map(lines_of_imports, product))
    yield "names passed on", sum(map(passed_on, product))
    yield "lists kept by hand", len(lists)
    yield "names on them", sum(lists)
    yield "classes of one name", len(same_names(product))
    yield "circles between files", len(circles(imports(product)))
    yield "functions over 50 lines", len(too_long(product))


def lines_of_imports(source: Source) -> int:
    """Return how many lines a file spends on saying what it imports."""
    heads = [node for node in source.tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    return sum((node.end_lineno or 0) - node.lineno + 1 for node in heads)


def kept_lists(source: Source) -> Iterator[int]:
    """Yield how many of our classes, functions and modules each list of a module names."""
    known = {name for node in source.tree.body for name in _named(node)}
    for node in source.tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            size = sum(_first(each) in known for each in _entries(node.value))
            if size >= A_LIST:
                yield size


def _named(node: ast.stmt) -> Iterator[str]:
    """Yield what a statement of a module gives a name to, if it is ours and no value."""
    if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ROOTS:
        yield from (each.asname or each.name for each in node.names)
    elif isinstance(node, ast.ClassDef | Function):
        yield node.name


def _entries(value: ast.expr) -> list[ast.expr]:
    """Return what a literal lists: the keys of a table, or its values where the keys are words."""
    if isinstance(value, ast.Call):
        return [each for part in value.args for each in _entries(part)]
    if isinstance(value, ast.Dict):
        keys = [key for key in value.keys if key is not None]
        return value.values if any(isinstance(key, ast.Constant) for key in keys) else keys
    return value.elts if isinstance(value, ast.Tuple | ast.List | ast.Set) else []


def _first(value: ast.expr) -> str:
    while isinstance(value, ast.Attribute):
        value = value.value
    return value.id if isinstance(value, ast.Name) else ""


def functions(files: Iterable[Source]) -> list[Placed]:
    """Return the functions of modules and of classes; what stands inside one belongs to it."""
    return [placed for each in counted(list(files)) for placed in _placed(each.tree, "")]


def _placed(node: ast.Module | ast.ClassDef, within: str) -> Iterator[Placed]:
    for each in node.body:
        if isinstance(each, ast.ClassDef):
            yield from _placed(each, f"{within}{each.name}.")
        elif isinstance(each, Function):
            yield Placed(within + each.name, each)


def standing(before: list[Placed], after: list[Placed]) -> Stands:
    """Return what became of functions: each of today stands for one of then, the likest first."""
    by_name, by_body = _grouped(after, "name"), _grouped(after, "body")
    found = [
        (alike(old, new), at, old, new)
        for at, old in enumerate(before)
        for new in {id(each): each for each in (*by_name[old.name], *by_body[old.body])}.values()
    ]
    taken: set[int] = set()
    pairs = []
    for likeness, _, old, new in sorted(found, key=lambda each: (-each[0], each[1])):
        if likeness >= ALIKE and not taken & {id(old), id(new)}:
            taken |= {id(old), id(new)}
            pairs.append((old, new))
    return Stands(len(before), tuple(pairs))


def _grouped(found: Iterable[Placed], key: str) -> Mapping[str, list[Placed]]:
    groups: dict[str, list[Placed]] = defaultdict(list)
    for each in found:
        groups[getattr(each, key)].append(each)
    return groups


def alike(one: Placed, other: Placed) -> float:
    """Return the share of their words that two functions have in common, from 0 to 1."""
    total = one.words.total() + other.words.total()
    return 2 * (one.words & other.words).total() / total if total else 1.0


def told(commit: str, stands: Stands) -> str:
    """Return what became of the first commit's functions, in one sentence."""
    share = len(stands.pairs) / stands.before
    return (
        f"{commit}: {len(stands.pairs)} of {stands.before} functions ({share:.0%}) still stand, "
        f"with {stands.lines(0)} lines then and {stands.lines(1)} now; "
        f"{stands.longer()} are longer, {stands.shorter()} shorter."
    )


def _taken(commit: str, to: Path) -> Path:
    """Lay the tree of a commit into a folder, and return the folder."""
    to.mkdir()
    asked = ("git", "archive", commit, *ROOTS)
    packed = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True).stdout
    subprocess.run(("tar", "-x", "-C", str(to)), input=packed, check=True)
    return to


def _table(columns: Mapping[str, Mapping[str, int]]) -> None:
    print(f"{'':<26}" + "".join(f"{commit:>11}" for commit in columns))
    for name in next(iter(columns.values())):
        print(f"{name:<26}" + "".join(f"{column[name]:>11,}" for column in columns.values()))


if __name__ == "__main__":
    main()
