"""Each promise of the README names a test that proves it, and the test is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
_SECTION = re.compile(r"(?ms)^It promises.*?:\n(?P<promises>.*?)^It does not promise:")
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def promises() -> list[str]:
    """Return each promise with the tests that it names."""
    found = _SECTION.search(README)
    assert found is not None, "the README has lost its promises"
    _, *each = re.split(r"(?m)^- ", found["promises"])
    return [" ".join(promise.split()) for promise in each]


@pytest.mark.parametrize("promise", promises(), ids=lambda promise: promise[:40])
def test_a_promise_names_the_test_that_proves_it(promise: str) -> None:
    named = _NAMED.findall(promise)
    assert named, promise
    for path, test in named:
        source = ROOT / path
        assert source.is_file(), path
        assert re.search(rf"(?m)^def {test}\(", source.read_text("utf-8")), f"{path}::{test}"


def test_no_promise_proves_itself_by_the_test_of_another() -> None:
    named = [each for promise in promises() for each in _NAMED.findall(promise)]
    assert len(named) == len(set(named)) >= 8


def test_what_is_promised_of_the_grave_tiers_alone_says_so() -> None:
    silence = next(each for each in promises() if "never passes in silence" in each)
    assert silence.startswith("On Tier 3 and 4")
