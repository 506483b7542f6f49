"""This file owns the table from a surface's name to what gathers its facts."""

from __future__ import annotations

from collections.abc import Callable

from templates.presenters.scene import Facts, Scene

Presenter = Callable[[Scene], Facts]
PRESENTERS: dict[str, Presenter] = {}


def presents(*names: str) -> Callable[[Presenter], Presenter]:
    """Register the presenter of one or more surfaces."""

    def register(function: Presenter) -> Presenter:
        for name in names:
            PRESENTERS[name] = function
        return function

    return register
