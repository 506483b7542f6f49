"""No file needs another that needs it: whoever reads one can begin at its end."""

from __future__ import annotations

from scripts.sources import Source, circles, imports, sources

PRODUCT = ("protocols", "templates", "store", "handlers", "bot", "drill")
STILL = (
    {"drill.control", "drill.gestures", "drill.play.colleagues", "drill.play.pace",
     "drill.play.rehearsal", "drill.play.routes", "drill.workspace"},
    {"drill.local", "drill.people", "drill.reading"},
    {"protocols.context", "protocols.swaps"},
)  # fmt: skip
"""Circles of the first build; they only shrink."""


def test_files_import_each_other_in_no_circle() -> None:
    found = circles(imports(sources(*PRODUCT)))
    assert [each for each in found if not any(set(each) <= still for still in STILL)] == []


def test_a_circle_is_found_through_any_number_of_files() -> None:
    around = {"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"], "e": ["f"], "f": ["e"], "g": []}
    assert circles(around) == [["a", "b", "c"], ["e", "f"]]


def test_a_name_taken_from_a_package_is_the_file_of_that_name_where_there_is_one() -> None:
    files: list[Source] = sources("protocols", "scripts")
    found = imports(files)
    assert "scripts.sources" in found["scripts.sizes"]
    assert "scripts" not in found["scripts.sizes"]
