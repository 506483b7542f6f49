"""No file needs another that needs it: whoever reads one can begin at its end."""

from __future__ import annotations

from scripts.sources import Source, circles, imports, sources

PRODUCT = ("protocols", "templates", "store", "handlers", "bot", "drill")


def test_files_import_each_other_in_no_circle() -> None:
    assert circles(imports(sources(*PRODUCT))) == []


def test_a_circle_is_found_through_any_number_of_files() -> None:
    around = {"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"], "e": ["f"], "f": ["e"], "g": []}
    assert circles(around) == [["a", "b", "c"], ["e", "f"]]


def test_a_name_taken_from_a_package_is_the_file_of_that_name_where_there_is_one() -> None:
    files: list[Source] = sources("protocols", "scripts")
    found = imports(files)
    assert "scripts.sources" in found["scripts.sizes"]
    assert "scripts" not in found["scripts.sizes"]
