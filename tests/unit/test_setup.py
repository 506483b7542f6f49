"""Setting up: what an environment has been made from, and what the machine still lacks."""

from __future__ import annotations

import pytest

from scripts import setup

LOCKS = {"dev": "d1", "runtime": "r1"}


@pytest.mark.parametrize(
    ("stamp", "wanted", "is_enough"),
    [
        ("", "dev", False),
        ("dev d1\n", "dev", True),
        ("dev d0\n", "dev", False),
        ("runtime r1\n", "runtime", True),
        ("runtime r0\n", "runtime", False),
        ("dev d1\n", "runtime", True),
        ("dev d0\n", "runtime", False),
        ("runtime r1\n", "dev", False),
    ],
)
def test_an_environment_is_enough_when_it_holds_what_is_wanted(
    stamp: str, wanted: str, is_enough: bool
) -> None:
    assert setup.is_enough(stamp, wanted, LOCKS) is is_enough


def test_the_libraries_that_a_program_lacks_are_named() -> None:
    told = (
        "\tlinux-vdso.so.1 (0x00007ffc)\n"
        "\tlibatomic.so.1 => not found\n"
        "\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)\n"
        "\tlibodd.so.2 => not found\n"
    )
    assert setup.lacking_libraries(told) == ["libatomic.so.1", "libodd.so.2"]


def test_a_program_that_finds_every_library_lacks_none() -> None:
    assert setup.lacking_libraries("\tlibc.so.6 => /lib/libc.so.6 (0x00007f)\n") == []


def test_each_library_is_asked_for_by_its_package_or_else_by_its_own_name() -> None:
    assert setup.packages_of(["libatomic.so.1", "libodd.so.2"]) == ["libatomic1", "libodd.so.2"]


def test_what_cannot_be_installed_is_named_in_one_sentence_with_the_line_to_type() -> None:
    assert setup.needs(["chromium", "libatomic1"]) == (
        "The browser tests need chromium and libatomic1, which could not be installed here. "
        "On Debian: apt-get install chromium libatomic1"
    )
