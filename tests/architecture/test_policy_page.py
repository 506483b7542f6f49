"""The page on the policy is the one that its file makes, and leaves out no figure of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml

from bot.files.policy import DEFAULT_POLICY
from scripts.policy_page import PAGE, is_current, page, parts

TEXT = DEFAULT_POLICY.read_text(encoding="utf-8")


def leaves(values: object) -> Iterator[str]:
    """Yield the name of every entry that holds a figure."""
    for key, value in values.items() if isinstance(values, Mapping) else ():
        inner = value if isinstance(value, list) else [value]
        nested = [each for each in inner if isinstance(each, Mapping)]
        if nested:
            for each in nested:
                yield from leaves(each)
        else:
            yield str(key)


def test_the_page_that_is_kept_is_the_one_that_is_made_today() -> None:
    assert is_current(PAGE, page(TEXT)), "Run `python -m scripts.policy_page`."


def test_a_page_of_before_is_told_from_the_one_of_today() -> None:
    assert not is_current(PAGE, page(TEXT.replace("60s", "61s")))


def test_every_figure_of_the_file_stands_on_the_page() -> None:
    shown = [
        row.name.rsplit(".", 1)[-1] for part in parts(TEXT) for row in part.rows
        if not part.is_implied
    ]  # fmt: skip
    assert sorted(shown) == sorted(leaves(yaml.safe_load(TEXT)))


def test_figures_that_are_implied_until_they_are_written_stand_there_too() -> None:
    implied = {part.name for part in parts(TEXT) if part.is_implied}
    assert {"lateness", "escalate", "collect"} <= implied
