"""Which files a stage of tests needs to read, by the marks that stand in them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping

from _pytest.mark.expression import Expression, ExpressionMatcher

STAGED = ("slow", "crash", "browser")
"""The marks that a stage goes by; each stands in the file whose tests have it."""
WORDS = {"and", "or", "not"}


def may_hold(asked: str, text: str) -> bool:
    """Return whether tests of a file may have the marks asked for; reading it costs its imports.

    Any other mark may come to a test with its fixtures.
    """
    names = sorted(set(re.findall(r"\w+", asked)) - WORDS)
    possible = [
        (False,) if name in STAGED and f"mark.{name}" not in text else (False, True)
        for name in names
    ]
    expression = Expression.compile(asked)
    return any(
        expression.evaluate(_matcher(dict(zip(names, marks, strict=True))))
        for marks in itertools.product(*possible)
    )


def _matcher(held: Mapping[str, bool]) -> ExpressionMatcher:
    def matches(name: str, /, **_: str | int | bool | None) -> bool:
        return held[name]

    return matches
