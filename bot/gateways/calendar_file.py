"""A calendar file of one span of time, as RFC 5545 has it: for mails that name one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

_LINE_BYTES = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry: a later ``sequence`` of a ``uid`` takes the place of an earlier one."""

    uid: str
    sequence: int
    from_at: datetime
    to_at: datetime
    summary: str
    description: str


def calendar_file(entry: CalendarEntry, stamped_at: datetime) -> bytes:
    """Return the file of an entry."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Bridgewatch//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_text(entry.uid)}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{_instant(stamped_at)}",
        f"DTSTART:{_instant(entry.from_at)}",
        f"DTEND:{_instant(entry.to_at)}",
        f"SUMMARY:{_text(entry.summary)}",
        f"DESCRIPTION:{_text(entry.description)}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    return words.translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of 75 bytes at most; each but the first begins with a space."""
    part = ""
    for sign in line:
        if len((part + sign).encode()) > _LINE_BYTES:
            yield part
            part = " "
        part += sign
    yield part
