"""Templates are compiled once for all processes of a version, and wherever nothing can be kept."""

from __future__ import annotations

from pathlib import Path
from types import CodeType

from templates.kit.compiled import Compiled

MADE_OF = ("inside", "one.j2", "{{ fact }}")


def made() -> CodeType:
    return compile("answer = 42", "one.j2", "exec")


def never() -> CodeType:
    raise AssertionError("it is compiled a second time")


def kept(file: Path) -> None:
    before = Compiled(file, writes=True)
    before.code(MADE_OF, made)
    before.keep()


def test_what_was_compiled_is_there_for_the_next_process(tmp_path: Path) -> None:
    kept(tmp_path / "a.compiled")
    after = Compiled(tmp_path / "a.compiled", writes=True)
    assert after.code(MADE_OF, never) == made()


def test_other_words_are_compiled_for_themselves(tmp_path: Path) -> None:
    kept(tmp_path / "a.compiled")
    other = compile("answer = 43", "one.j2", "exec")
    after = Compiled(tmp_path / "a.compiled", writes=True)
    assert after.code((*MADE_OF[:2], "{{ other }}"), lambda: other) is other


def test_a_file_that_is_cut_short_is_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "a.compiled"
    kept(file)
    file.write_bytes(file.read_bytes()[:-9])
    kept(file)
    assert Compiled(file, writes=True).code(MADE_OF, never) == made()


def test_where_nothing_can_be_written_it_is_compiled_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "shut").write_text("a file, and no folder")
    kept(tmp_path / "shut" / "a.compiled")


def test_nothing_is_written_where_python_is_told_to_write_nothing(tmp_path: Path) -> None:
    found = Compiled(tmp_path / "a.compiled", writes=False)
    found.code(MADE_OF, made)
    found.keep()
    assert list(tmp_path.iterdir()) == []


def test_what_a_version_before_kept_goes(tmp_path: Path) -> None:
    kept(tmp_path / "before.compiled")
    kept(tmp_path / "now.compiled")
    assert [file.name for file in tmp_path.iterdir()] == ["now.compiled"]
