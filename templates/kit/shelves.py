"""Where texts stand: in packages that have one folder a subject."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from jinja2 import BaseLoader, ChoiceLoader, PackageLoader

SHELVES = ["templates"]
"""The packages, in the order in which they are asked."""


def folders() -> list[Traversable]:
    """Return every subject's folder, by name."""
    found = (entry for shelf in SHELVES for entry in files(shelf).iterdir() if entry.is_dir())
    return sorted(found, key=lambda entry: entry.name)


def loader() -> BaseLoader:
    """Return what reads a text by its path, such as ``roles/internal/role_ask.j2``."""
    return ChoiceLoader([PackageLoader(shelf, "") for shelf in SHELVES])
