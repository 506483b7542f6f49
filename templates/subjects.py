"""This file owns the list of subjects that have words: one line adds one.

Whatever a subject registers (buttons, forms, sentences, facts of surfaces, filters) is there as
soon as anything of ``templates`` is imported; its texts are found in its folder.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

SUBJECTS = (
    "account",
    "clock",
    "masked",
    "ladder",
    "rights",
    "holds",
    "roles",
    "contact",
    "helpers",
    "bridge",
    "investigation",
    "promises",
    "updates",
    "fixed_texts",
    "status_page",
    "withdrawals",
    "outreach",
    "executives",
    "decisions",
    "closure",
    "analysis",
    "replies",
    "timeline",
    "tiers",
    "deliveries",
    "opening",
    "ticket",
    "desk",
)


def load() -> None:
    """Import every module of every subject, so that each registers its words."""
    for subject in SUBJECTS:
        package = import_module(f"templates.{subject}")
        for module in iter_modules(package.__path__):
            import_module(f"{package.__name__}.{module.name}")
