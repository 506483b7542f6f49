"""Reading a file's nested entries with every entry checked and none left over.

Whatever is wrong is refused with the path of the entry, so that a reader of the file can be
shown its line. Source: F24.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from enum import Enum
from typing import TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from protocols.scales import Category
from protocols.time.durations import (
    Duration,
    DurationKind,
    DurationRange,
    DurationRefused,
    parse_duration,
    parse_range,
)

EntryPath: TypeAlias = tuple[str | int, ...]
E = TypeVar("E", bound=Enum)
T = TypeVar("T")
_LONGEST_TEXT = 500


class EntryRefused(ValueError):
    """An entry of a file is missing, unknown or wrong.

    Attributes:
        path: where it stands, from the outside in.
        why: one sentence.
    """

    def __init__(self, path: EntryPath, why: str) -> None:
        self.path = path
        self.why = why
        super().__init__(f"{dotted(path)}: {why}" if path else why)


def dotted(path: EntryPath) -> str:
    """Return a path as people read it, e.g. ``people.csm-one.duties.1``."""
    return ".".join(str(part) for part in path)


class EntryMissing(EntryRefused):
    """An entry that must be there is not."""


class Section:
    """One mapping of a file, read entry by entry; `done` refuses what nobody read."""

    __slots__ = ("_outermost", "_read", "_values", "path")

    def __init__(
        self, values: object, path: EntryPath = (), outermost: Section | None = None
    ) -> None:
        if not isinstance(values, Mapping):
            raise EntryRefused(path, f"Expected entries with names, got {shown(values)}.")
        self._values: Mapping[object, object] = values
        self._read: set[object] = set()
        self._outermost = outermost or self
        self.path = path

    def refuse(self, key: str | int, why: str) -> EntryRefused:
        """Return the refusal of one entry."""
        return EntryRefused((*self.path, key), why)

    def has(self, key: str) -> bool:
        """Say whether the entry is there and not empty."""
        self._read.add(key)
        return self._values.get(key) is not None

    def raw(self, key: str) -> object:
        """Return an entry as it stands; a missing one is refused."""
        if not self.has(key):
            raise EntryMissing((*self.path, key), "It is missing.")
        return self._values[key]

    def section(self, key: str) -> Section:
        """Return a nested mapping."""
        return Section(self.raw(key), (*self.path, key), self._outermost)

    def named(self, key: str) -> tuple[tuple[str, Section], ...]:
        """Return nested mappings by their names, in the order of the file."""
        outer = self.section(key)
        return tuple((str(name), outer.section(str(name))) for name in outer.names())

    def listed(self, key: str) -> tuple[Section, ...]:
        """Return a list of mappings; none when the entry is absent."""
        return tuple(
            Section(value, (*self.path, key, index), self._outermost)
            for index, value in self._list(key)
        )

    def names(self) -> tuple[str, ...]:
        """Return the names of the entries, which must be texts."""
        for name in self._values:
            if not isinstance(name, str):
                raise EntryRefused(self.path, f"{shown(name)} is not a name; put it in quotes.")
        return tuple(str(name) for name in self._values)

    def text(self, key: str) -> str:
        """Return a text of one line."""
        return self._text(self.raw(key), key)

    def text_or_none(self, key: str) -> str | None:
        """Return a text of one line; None when the entry is absent."""
        return self.text(key) if self.has(key) else None

    def address(self, key: str) -> str:
        """Return the address of a page."""
        found = self.text(key)
        if not found.startswith("https://") or " " in found:
            raise self.refuse(key, "Write the address of a page, https://...")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; none when the entry is absent."""
        return tuple(self._text(value, key) for _, value in self._list(key))

    def flag(self, key: str, *, absent: bool = False) -> bool:
        """Return true or false."""
        if not self.has(key):
            return absent
        value = self.raw(key)
        if not isinstance(value, bool):
            raise self.refuse(key, f"Write true or false, not {shown(value)}.")
        return value

    def whole(self, key: str, least: int, most: int) -> int:
        """Return a whole number between two bounds."""
        return self._whole(self.raw(key), key, least, most)

    def wholes(self, key: str, least: int, most: int) -> tuple[int, ...]:
        """Return a rising list of whole numbers between two bounds."""
        found = tuple(self._whole(value, key, least, most) for _, value in self._list(key))
        if not found or list(found) != sorted(set(found)):
            raise self.refuse(key, "Write at least one number, each larger than the one before.")
        return found

    def zone(self, key: str) -> str:
        """Return the name of a time zone that exists."""
        name = self.text(key)
        try:
            ZoneInfo(name)
        except (ValueError, LookupError, OSError) as unknown:
            why = f"{shown(name)} is no time zone. Write one such as America/New_York."
            raise self.refuse(key, why) from unknown
        return name

    def days(self, key: str) -> frozenset[date]:
        """Return a list of dates; none when the entry is absent."""
        found = [value for _, value in self._list(key)]
        for value in found:
            if type(value) is not date:
                raise self.refuse(key, f"{shown(value)} is no date. Write it as 2026-11-27.")
        return frozenset(value for value in found if isinstance(value, date))

    def choice(self, key: str, scale: type[E]) -> E:
        """Return one member of a scale."""
        return self._choice(self.raw(key), key, scale)

    def choices(self, key: str, scale: type[E]) -> frozenset[E]:
        """Return some members of a scale; none when the entry is absent."""
        return frozenset(self._choice(value, key, scale) for _, value in self._list(key))

    def categories(self) -> frozenset[Category]:
        """Return which categories of the file a row names; none when it names none."""
        known = self._outermost.section("categories").names()
        found = [value for _, value in self._list("categories")]
        for value in found:
            if value not in known:
                raise self.refuse("categories", f"{shown(value)} is none of: {', '.join(known)}.")
        return frozenset(Category(str(value)) for value in found)

    def elapsed(self, key: str) -> timedelta:
        """Return a duration that runs day and night."""
        return self._elapsed(self.raw(key), key)

    def elapsed_list(self, key: str) -> tuple[timedelta, ...]:
        """Return a list of durations that run day and night."""
        return tuple(self._elapsed(value, key) for _, value in self._list(key))

    def duration(self, key: str) -> Duration:
        """Return a duration on any clock."""
        return self._parsed(key, parse_duration, self.raw(key))

    def range(self, key: str) -> DurationRange:
        """Return a duration or a range."""
        return self._parsed(key, parse_range, self.raw(key))

    def range_or_none(self, key: str) -> DurationRange | None:
        """Return a duration or a range; None when the entry is absent."""
        return self.range(key) if self.has(key) else None

    def done(self) -> None:
        """Refuse the first entry that nobody has read.

        Raises:
            EntryRefused: an entry is not known here.
        """
        for name in self.names():
            if name not in self._read:
                known = ", ".join(sorted(str(each) for each in self._read))
                raise self.refuse(name, f"There is no such entry here. Known: {known}.")

    def _list(self, key: str) -> Iterable[tuple[int, object]]:
        if not self.has(key):
            return ()
        values = self.raw(key)
        if not isinstance(values, (list, tuple)):
            raise self.refuse(key, f"Expected a list, got {shown(values)}.")
        return enumerate(values)

    def _text(self, value: object, key: str) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(key, f"Expected a text, got {shown(value)}.")
        if len(value) > _LONGEST_TEXT or not value.isprintable():
            raise self.refuse(key, f"Expected one line of at most {_LONGEST_TEXT} characters.")
        return value.strip()

    def _whole(self, value: object, key: str, least: int, most: int) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            why = f"Expected a whole number from {least} to {most}, got {shown(value)}."
            raise self.refuse(key, why)
        return value

    def _choice(self, value: object, key: str, scale: type[E]) -> E:
        for member in scale:
            if member.value == value:
                return member
        known = ", ".join(str(member.value) for member in scale)
        raise self.refuse(key, f"{shown(value)} is none of: {known}.")

    def _elapsed(self, value: object, key: str) -> timedelta:
        duration = self._parsed(key, parse_duration, value)
        if duration.kind is not DurationKind.ELAPSED:
            raise self.refuse(key, f"This runs day and night; {shown(value)} needs a calendar.")
        return duration.span

    def _parsed(self, key: str, parse: Callable[[object], T], value: object) -> T:
        try:
            return parse(value)
        except DurationRefused as refused:
            raise self.refuse(key, str(refused)) from refused


def shown(value: object) -> str:
    """Return a value short enough to stand in a sentence."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | Mapping):
        return "a list" if isinstance(value, list) else "entries with names"
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
