"""The shape of the repository: every folder placed, every file small, every wait bounded."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from scripts.sources import length, source

ROOT = Path(__file__).parents[2]
PACKAGES = ("protocols", "templates", "store", "handlers", "bot", "drill")
OTHER_FOLDERS = {
    "tests": "the proof",
    "docs": "decisions and glossary",
    "scripts": "what make calls",
    "locks": "pinned dependencies",
    "bench": "measurements and their kept results",
    "var": "local data, not kept",
    "build": "built, not kept",
    "dist": "built, not kept",
}
MIGRATIONS = "store/migrations/versions/"  # tables written out once, and never touched again
MODULE_MAX_LINES = 400
FUNCTION_MAX_LINES = 50
ASKED_OF_ERRORS = {"str", "type", "is_passing", "sentence_of"}
"""What is asked of an error; to call one of these is not to hand it on."""
IMPORT_NAMES = {"pyyaml": "yaml"}
STANDARD_VALUES = {
    *("__future__", "abc", "array", "bisect", "collections", "contextlib", "copy", "dataclasses"),
    *(
        "datetime",
        "decimal",
        "difflib",
        "enum",
        "fractions",
        "functools",
        "hashlib",
        "heapq",
        "html",
    ),
    *("importlib", "inspect", "pkgutil"),
    *("itertools", "json", "math", "operator", "re", "statistics", "string", "textwrap", "types"),
    *("typing", "unicodedata", "urllib.parse", "zoneinfo"),
}


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def limited() -> Iterator[Path]:
    return (path for path in sources(*PACKAGES, "scripts") if MIGRATIONS not in path.as_posix())


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_top_level_folder_is_placed() -> None:
    found = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name[0] not in "._"}
    found -= {name for name in found if name.endswith(".egg-info")}
    assert found - set(PACKAGES) - set(OTHER_FOLDERS) == set()


def test_the_import_contracts_know_every_package() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    roots = settings["tool"]["importlinter"]["root_packages"]
    holding_code = {
        path.name
        for path in ROOT.iterdir()
        if path.name not in OTHER_FOLDERS and (path / "__init__.py").exists()
    }
    assert set(roots) == set(PACKAGES) == holding_code


def test_no_module_is_longer_than_the_limit() -> None:
    too_long = {
        named(path): lines
        for path in limited()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MODULE_MAX_LINES
    }
    assert too_long == {}


def test_no_function_is_longer_than_the_limit() -> None:
    too_long = {
        f"{named(path)}:{function.name}": size
        for path in limited()
        for function in source(path.relative_to(ROOT)).functions()
        if (size := length(function)) > FUNCTION_MAX_LINES
    }
    assert too_long == {}


def test_the_rules_import_standard_values_only() -> None:
    foreign = {
        f"{named(path)}: {name}"
        for path in sources("protocols")
        for name in imported(path)
        if name.split(".")[0] != "protocols" and not allowed(name)
    }
    assert foreign == set()


def allowed(name: str) -> bool:
    return name in STANDARD_VALUES or name.split(".", 1)[0] in STANDARD_VALUES - {"urllib.parse"}


def imported(path: Path) -> Iterator[str]:
    return (module for module, _ in source(path.relative_to(ROOT)).imported)


def test_the_product_imports_only_what_it_asks_for() -> None:
    ours = set(sys.stdlib_module_names) | set(PACKAGES) | asked("dependencies")
    drill = ours | asked("dev")  # the local Slack is for development, and never in production
    foreign = {
        f"{named(path)}: {name}"
        for path in sources(*PACKAGES)
        for name in imported(path)
        if name.split(".", 1)[0] not in (drill if named(path).startswith("drill/") else ours)
    }
    assert foreign == set()


def asked(group: str) -> set[str]:
    """Return the import names of what pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project.get(group) or project["optional-dependencies"][group]
    names = {re.match(r"[A-Za-z0-9_-]+", line)[0].lower().replace("-", "_") for line in lines}  # type: ignore[index]
    return {IMPORT_NAMES.get(name, name) for name in names}


def test_every_module_says_what_it_owns() -> None:
    silent = [
        named(path)
        for path in sources(*PACKAGES)
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_a_module_is_named_by_its_first_line_and_not_introduced() -> None:
    """It is the matter itself, such as *How an instant is written.*, never *This file owns ...*."""
    introduced = [
        named(path)
        for path in sources(*PACKAGES, "tests")
        if re.match(r'r?"""This (file|module)', path.read_text(encoding="utf-8"))
    ]
    assert introduced == []


def test_no_name_is_one_of_the_empty_words() -> None:
    empty = re.compile(r"(^|_)(manager|utils?|helpers?|misc)(_|$|\.)")
    assert [named(path) for path in sources(*PACKAGES, "tests") if empty.search(path.name)] == []


def test_no_test_sleeps() -> None:
    sleeping = [
        named(path)
        for path in sources("tests")
        if path.name.startswith("test_")
        and path != Path(__file__)
        and re.search(r"\btime\.sleep\(|asyncio\.sleep\((?!0\))", read(path))
    ]
    assert sleeping == []


def test_no_test_replaces_parts_of_the_program() -> None:
    patching = [
        named(path)
        for path in sources("tests")
        if path != Path(__file__)
        and re.search(r"\bmonkeypatch\b|unittest\.mock|mock\.patch", read(path))
    ]
    assert patching == []


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def handlers_of_signals() -> Iterator[tuple[str, ast.expr, ast.Module]]:
    """Return what each call of ``signal.signal`` installs, and the module in which it stands."""
    for path in sources(*PACKAGES, "scripts", "bench", "tests"):
        if "signal.signal" not in (text := read(path)):
            continue
        tree = ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "signal.signal":
                yield named(path), node.args[1], tree


def does_nothing(name: str, tree: ast.Module) -> bool:
    """Say whether a function consists of its docstring."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    [found] = [function for function in functions if function.name == name]
    return len(found.body) == 1 and ast.get_docstring(found) is not None


def test_no_signal_handler_does_anything_as_it_could_wait_for_its_own_thread() -> None:
    found = list(handlers_of_signals())
    busy = [
        f"{file}: {ast.unparse(handler)}"
        for file, handler, tree in found
        if not ast.unparse(handler).startswith("signal.SIG_")
        and not (isinstance(handler, ast.Name) and does_nothing(handler.id, tree))
    ]
    assert len(found) >= 3
    assert busy == []


def broad_handlers() -> Iterator[tuple[str, ast.ExceptHandler]]:
    """Return where everything is caught that may go wrong."""
    for path in sources(*PACKAGES, "scripts", "bench"):
        for node in ast.walk(ast.parse(read(path))):
            if isinstance(node, ast.ExceptHandler) and is_broad(node.type):
                yield f"{named(path)}:{node.lineno}", node


def is_broad(caught: ast.expr | None) -> bool:
    return caught is None or ast.unparse(caught) in {"Exception", "BaseException"}


def tells_of_it(handler: ast.ExceptHandler) -> bool:
    """Say whether what was caught is logged with its traceback, raised again, or handed on."""
    calls = [node for node in ast.walk(handler) if isinstance(node, ast.Call)]
    names = [ast.unparse(call.func) for call in calls]
    with_traceback = any(key.arg == "exc_info" for call in calls for key in call.keywords)
    handed_on = any(
        isinstance(argument, ast.Name) and argument.id == handler.name
        for call, name in zip(calls, names, strict=True)
        if not name.casefold().startswith(("_log.", "logger.")) and name not in ASKED_OF_ERRORS
        for argument in call.args
    )
    is_raised = any(isinstance(node, ast.Raise) for node in ast.walk(handler))
    return with_traceback or handed_on or is_raised or any(n.endswith(".exception") for n in names)


def test_whoever_catches_everything_tells_of_it_with_its_traceback() -> None:
    found = list(broad_handlers())
    assert [where for where, handler in found if not tells_of_it(handler)] == []
    assert found
