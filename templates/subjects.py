"""The order of subjects that have words: the rules' own, and what is of them all.

Whatever a subject registers (buttons, forms, sentences, facts of surfaces, filters) is there as
soon as anything of ``templates`` is imported; its texts are found in its folder.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

from protocols import subjects
from templates.kit.shelves import SHELVES

SUBJECTS = (*subjects.SUBJECTS, "ticket", "desk", "queue")


def load(package: str = "templates", names: Iterable[str] = SUBJECTS) -> None:
    """Import every module of every subject, so that each registers its words.

    Args:
        package: Where they stand; its texts are found as ours are.
        names: The subjects' folders in it.
    """
    if package not in SHELVES:
        SHELVES.append(package)
    for name in names:
        subject = import_module(f"{package}.{name}")
        for module in iter_modules(subject.__path__):
            import_module(f"{subject.__name__}.{module.name}")
