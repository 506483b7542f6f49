"""The page of what was tried is made from the tests, and leaves none of the hard suites out."""

from __future__ import annotations

import re

import pytest

from scripts.reliability import FAULTS, PAGE, TESTS, THREATS, page, suites

HARD = ("crash", "faults", "replicas", "rolling")
OF_TESTS = {"test_checker.py"}
"""What tests the tests."""


MADE_BY = "write it by python -m scripts.reliability"
_COUNT = re.compile(r"\d+ tests|\d+ suites|\| \d+ \|$", re.MULTILINE)


def test_the_page_names_the_suites_that_there_are() -> None:
    kept, made = (_COUNT.sub("", each) for each in (PAGE.read_text(encoding="utf-8"), page()))
    assert kept == made, MADE_BY


@pytest.mark.full
def test_the_page_counts_the_tests_that_there_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), MADE_BY


def test_every_fault_and_threat_of_the_page_is_proved_by_a_suite_and_no_other_is_named() -> None:
    proved = {each for suite in suites() for each in suite.proves}
    assert proved == FAULTS.keys() | THREATS.keys()


def test_every_suite_of_faults_says_what_it_proves() -> None:
    said = {suite.path for suite in suites()}
    all_of_them = {path for name in HARD for path in (TESTS / name).glob("test_*.py")}
    silent = {path for path in all_of_them - said if path.name not in OF_TESTS}
    assert not silent, silent
