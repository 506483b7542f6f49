"""A record: one matter as the rules know it, in slices that are read when first asked for.

A slice is a frozen value that one subject owns. Nobody changes a record: what changes is a new
record that shares every other slice with the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Self, TypeAlias, TypeVar

S = TypeVar("S")
Load: TypeAlias = Callable[[type[Any]], Any]
"""Reads one slice of a record that is kept somewhere."""
Upcaster: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
"""Takes a slice's fields as one version wrote them, and returns them as of the next."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a slice is written in its record's body.

    Attributes:
        under: The name that its fields stand under; empty for those that stand in the body itself,
            as all did in the first format.
        version: Counts the layouts that it had.
        upcasters: By a version the step to the next.
    """

    under: str = ""
    version: int = 1
    upcasters: Mapping[int, Upcaster] = field(default_factory=dict)


def unwritten(kind: type[S]) -> S:
    """Return a slice of which nothing was ever written: every field at its default."""
    return kind()


class Record:
    """One matter, such as a ticket.

    Attributes:
        slices: Every slice that records of this class have, and how it is written.
    """

    slices: ClassVar[dict[type[Any], Layout]] = {}
    __slots__ = ("_load", "_read")

    def __init__(self, slices: Iterable[object] = (), load: Load = unwritten) -> None:
        """Begin with the slices that are known; the others are loaded when asked for."""
        self._read: dict[type[Any], Any] = {type(one): one for one in slices}
        self._load = load

    @property
    def reference(self) -> str:
        """Return the record's name, by which commands and keys are about it."""
        raise NotImplementedError

    @property
    def team_id(self) -> str:
        """Return the workspace in which it was opened."""
        raise NotImplementedError

    @property
    def policy_version(self) -> str:
        """Return the digest of the policy that it was opened under."""
        raise NotImplementedError

    @property
    def opened_at(self) -> datetime:
        """Return when it was opened."""
        raise NotImplementedError

    @property
    def drill(self) -> bool:
        """Say whether it belongs to a drill."""
        raise NotImplementedError

    @property
    def is_open(self) -> bool:
        """Say whether anything of it may still be owed."""
        raise NotImplementedError

    def of(self, kind: type[S]) -> S:
        """Return the slice of a kind."""
        found: S | None = self._read.get(kind)
        if found is None:
            found = self._read[kind] = self._load(kind)
        return found

    def having(self, *slices: object) -> Self:
        """Return the record with these slices in place of its own."""
        return type(self)((*self._read.values(), *slices), self._load)

    def whole(self) -> Self:
        """Return the record itself, with every slice read."""
        for kind in self.slices:
            self.of(kind)
        return self

    def read(self) -> Mapping[type[Any], object]:
        """Return the slices that were read or changed so far."""
        return self._read

    def __eq__(self, other: object) -> bool:
        """Say whether every slice of both is the same."""
        if not isinstance(other, Record) or type(other) is not type(self):
            return NotImplemented
        return all(self.of(kind) == other.of(kind) for kind in self.slices)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Name the slices that were read."""
        return f"{type(self).__name__}({', '.join(map(repr, self._read.values()))})"


def part_of(
    record: type[Record],
    *,
    under: str = "",
    version: int = 1,
    upcasters: Mapping[int, Upcaster] | None = None,
) -> Callable[[type[S]], type[S]]:
    """Register a slice of a kind of record."""

    def register(kind: type[S]) -> type[S]:
        record.slices[kind] = Layout(under, version, upcasters or {})
        return kind

    return register
