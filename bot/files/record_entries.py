"""Records that another system gives, checked one by one at the edge, whichever way they come.

Everything that is wrong is found in one reading. Source: S67; M14.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.files.entries import FileEntry, Line, Link, checked
from protocols.policy.sections import EntryPath, EntryRefused, shown
from protocols.program_records.events import DealingKind, ProgramRecord, RecordField
from protocols.program_records.taking import Key, key_of
from protocols.words.masking import mask

MOST_FIELDS = 8
LONGEST_NUMBER, LONGEST_LABEL, LONGEST_TEXT = 60, 40, 200
AHEAD = timedelta(days=1)
"""How far ahead of ours the clock of another system may be, and its calendar with it."""
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(:\d{1,5})?([/?#][!-;=?-{}~]*)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _number(text: str) -> str:
    if len(text) > LONGEST_NUMBER:
        raise ValueError(f"Expected at most {LONGEST_NUMBER} characters.")
    return _unmasked(text)


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise ValueError(f"{shown(text)} is no address. Spell it as a browser does, in ASCII.")
    return _unmasked(text)


def _unmasked(text: str) -> str:
    if mask(text).found:
        raise ValueError("It reads as a card or account number. None is kept here.")
    return text


def _instant(text: str) -> str:
    _said_at(text)
    return text


def _said_at(text: str) -> datetime:
    try:
        if _DAY.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
        found = datetime.fromisoformat(text)
        if found.tzinfo is not None:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    why = f"{shown(text)} is no instant. Write a day as 2026-11-27, or 2026-11-27T09:30:00Z."
    raise ValueError(why)


def _few(fields: Mapping[str, str]) -> Mapping[str, str]:
    if len(fields) > MOST_FIELDS:
        raise ValueError(f"Expected at most {MOST_FIELDS} fields, got {len(fields)}.")
    for label, text in fields.items():
        if not label.strip() or len(label) > LONGEST_LABEL or not label.isprintable():
            raise ValueError(f"A label is one line of at most {LONGEST_LABEL} characters.")
        if len(text) > LONGEST_TEXT or not text.isprintable():
            why = f"{label}: Expected one line of at most {LONGEST_TEXT} characters."
            raise ValueError(why)
    return fields


class ProgramRecordEntry(FileEntry):
    """A record as another system gives it."""

    account: Line
    kind: DealingKind = Field(alias="type")
    number: Annotated[Line, AfterValidator(_number)] = Field(alias="id")
    address: Annotated[Link, AfterValidator(_address)]
    as_of: Annotated[Line, AfterValidator(_instant)]
    fields: Annotated[dict[str, str], AfterValidator(_few)] = Field(default_factory=dict)

    def value(self) -> ProgramRecord:
        """Return the record that is meant, without numbers that are kept nowhere."""
        fields = tuple(
            RecordField(mask(label.strip()).text, mask(text.strip()).text)
            for label, text in self.fields.items()
            if text.strip()
        )
        at = _said_at(self.as_of)
        return ProgramRecord(self.account, self.kind, self.number, self.address, at, fields)


@dataclass(frozen=True, slots=True)
class RecordBatch:
    """Records that were given together, each once.

    Attributes:
        source: The file, or by which way they came.
        digest: Of what was given.
        records: Each under its place in what was given.
    """

    source: str
    digest: str
    records: Mapping[EntryPath, ProgramRecord]


def read_records(
    entries: Iterable[tuple[EntryPath, object]], now: datetime
) -> tuple[dict[EntryPath, ProgramRecord], list[EntryRefused]]:
    """Return the records that are meant, and everything that is wrong with others."""
    records: dict[EntryPath, ProgramRecord] = {}
    wrong: list[EntryRefused] = []
    seen: set[Key] = set()
    for path, entry in entries:
        found = checked(ProgramRecordEntry, entry, path)
        if isinstance(found, list):
            wrong += found
            continue
        record = found.value()
        if record.as_of > now + AHEAD:
            wrong.append(EntryRefused((*path, "as_of"), "That day is still to come."))
        elif key_of(record) in seen:
            wrong.append(EntryRefused((*path, "id"), "This record was given before."))
        else:
            records[path] = record
        seen.add(key_of(record))
    return records, wrong
