"""A file that somebody attached, in words. Source: S80."""

from __future__ import annotations

from dataclasses import dataclass

from templates.kit.values import Value

_STEP = 1000


@dataclass(frozen=True, slots=True)
class AttachedLine(Value):
    """One file: its name, its kind as Slack names it, its size in bytes; 0 where nobody says.

    ``url`` is where colleagues read it; empty where nothing leads there.
    """

    name: str
    kind: str
    size: int
    url: str = ""

    @property
    def label(self) -> str:
        """Return its name; a word for it where it has none."""
        return self.name or "a file without a name"

    @property
    def about(self) -> str:
        """Return its kind and size, in brackets behind its name; empty where nobody says."""
        parts = [self.kind] if self.kind else []
        parts += [sized(self.size)] if self.size > 0 else []
        return f" ({', '.join(parts)})" if parts else ""


def sized(size: int) -> str:
    """Return a size as people say it."""
    if size < _STEP:
        return f"{size} bytes"
    if size < _STEP**2:
        return f"{size // _STEP} kB"
    return f"{size / _STEP**2:.1f} MB"
