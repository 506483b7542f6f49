"""The stages of the checks: what a bare stage hides, and what it leaves as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts import check
from tests.conftest import LONGEST_FIRST

TESTS = Path(__file__).parents[1]
FULL = {"PATH": "/usr/bin", "XDG_RUNTIME_DIR": "/run/user/7"}
OWN = "postgresql://postgres@127.0.0.1/postgres"


def test_a_bare_stage_passes_over_the_machines_postgresql_and_its_runtime_folder() -> None:
    bare = check.bare_environment(FULL)
    assert bare == {"PATH": "/usr/bin", "BRIDGEWATCH_TEST_POSTGRES": "wheel"}


def test_a_postgresql_that_is_named_is_used_in_a_bare_stage_too() -> None:
    bare = check.bare_environment({**FULL, "BRIDGEWATCH_TEST_POSTGRES_URL": OWN})
    assert bare == {"PATH": "/usr/bin", "BRIDGEWATCH_TEST_POSTGRES_URL": OWN}


def test_what_ci_runs_has_one_bare_stage_and_what_a_change_runs_has_none() -> None:
    bare = {
        depth: [stage.name for stage in check.stages(depth) if stage.bare]
        for depth in ("check", "test", "full")
    }
    fast = ["fast tests, both databases"]
    assert bare == {"check": [], "test": fast, "full": fast}


def test_a_stage_beside_another_runs_with_it_and_none_is_left_out() -> None:
    every = list(check.stages("full"))
    together = check.groups(every)
    assert [stage for group in together for stage in group] == every
    assert ["fast tests, both databases", "types"] in [[s.name for s in g] for g in together]
    assert not any(group[0].beside for group in together)


@pytest.mark.parametrize("path", LONGEST_FIRST)
def test_what_is_begun_first_is_there(path: str) -> None:
    assert (TESTS.parent / path).exists()


def test_a_change_is_shown_after_the_folders_that_are_named_and_lands_after_all() -> None:
    [quick] = [stage for stage in check.stages("check") if stage.again]
    assert quick.command[-len(check.SHOWN) :] == check.SHOWN
    assert [path for path in check.SHOWN if not (TESTS.parent / path).is_dir()] == []
    deep = [stage.command for stage in check.stages("test") if "browser" not in stage.name]
    assert [command for command in deep if set(command) & set(check.SHOWN)] == []


def test_the_page_for_engineers_names_the_folders_that_are_quick() -> None:
    told = (TESTS.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    [said] = [part for part in told.split("\n\n") if part.startswith("`make check` runs")]
    assert sorted(re.findall(r"`(tests/\w+)`", said)) == sorted(check.SHOWN)


def test_every_test_of_the_browser_stands_where_its_stage_looks() -> None:
    elsewhere = [
        path.relative_to(TESTS).as_posix()
        for path in TESTS.rglob("test_*.py")
        if "mark.browser" in path.read_text(encoding="utf-8") and path != Path(__file__)
    ]
    assert elsewhere
    assert [path for path in elsewhere if not path.startswith("browser/")] == []


def test_what_pytest_wrote_down_as_failed_is_run_again_and_nothing_else(tmp_path: Path) -> None:
    written = tmp_path / "lastfailed"
    assert check.failed_tests(written) == ()
    written.write_text('{"tests/unit/test_a.py::test_b[sqlite]": true}', encoding="utf-8")
    assert check.failed_tests(written) == ("tests/unit/test_a.py::test_b[sqlite]",)


def test_stages_of_tests_alone_have_a_second_look_with_their_own_marks() -> None:
    for stage in check.stages("full"):
        assert bool(stage.again) == ("pytest" in stage.command[0])
        assert stage.command[: len(stage.again)] == stage.again
