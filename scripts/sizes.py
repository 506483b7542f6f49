"""Measure the roots: lines, files, functions, circles between files, and names passed on.

.venv/bin/python -m scripts.sizes
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from scripts.sources import ROOTS, Source, circles, imports, length, sources

LONGEST = 50
MIGRATIONS = "migrations.versions"
"""Tables written out once and never touched again: they have no size to keep small."""
COLUMNS = ("lines", "files", "a file", "functions", "a function", "longest", "passed on")


def main() -> None:
    """Print a row a root, and what should not be there."""
    print(f"{'':<11}" + "".join(f"{column:>11}" for column in COLUMNS))
    for root in ROOTS:
        print(f"{root:<11}" + "".join(f"{value:>11}" for value in row(sources(root))))
    product = sources(*(root for root in ROOTS if root != "tests"))
    print(f"{'product':<11}" + "".join(f"{value:>11}" for value in row(product)))
    _listed(f"functions of more than {LONGEST} lines", too_long(product))
    _listed("circles between files", [" <-> ".join(each) for each in circles(imports(product))])
    _listed("classes of one name", same_names(product))


def row(files: Sequence[Source]) -> tuple[str, ...]:
    """Return a row's figures: medians for a file and for a function, both without empty files."""
    full = [each.lines for each in files if each.lines]
    sizes = [length(function) for each in counted(files) for function in each.functions()]
    passed = sum(map(passed_on, files))
    figures = (sum(full), len(files), median(full), len(sizes), median(sizes), max(sizes), passed)
    return tuple(f"{figure:g}" for figure in figures)


def counted(files: Sequence[Source]) -> list[Source]:
    """Return files without those that are written once."""
    return [each for each in files if MIGRATIONS not in each.name]


def passed_on(source: Source) -> int:
    """Return how many names a package's own file imports of ours and does not use itself."""
    if source.path.name != "__init__.py":
        return 0
    used = {node.id for node in ast.walk(source.tree) if isinstance(node, ast.Name)}
    ours = [name for module, name in source.imported if module.partition(".")[0] in ROOTS]
    return len([name for name in ours if name and name not in used])


def too_long(files: Sequence[Source]) -> list[str]:
    """Return the functions that are longer than they should be."""
    return [
        f"{each.path.as_posix()}:{function.lineno} {function.name}, {length(function)} lines"
        for each in counted(files)
        for function in each.functions()
        if length(function) > LONGEST
    ]


def same_names(files: Sequence[Source]) -> list[str]:
    """Return the names that more than one class has, each with where they stand."""
    places: dict[str, list[str]] = defaultdict(list)
    for each in files:
        for node in ast.walk(each.tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(each.name)
    return [f"{name}: {', '.join(at)}" for name, at in sorted(places.items()) if len(at) > 1]


def _listed(title: str, found: Sequence[str]) -> None:
    print(f"\n{title}: {len(found) or 'none'}")
    for line in found:
        print(f"  {line}")


if __name__ == "__main__":
    main()
