"""What the program writes about itself: one line an event, text or JSON, with nothing secret.

Redaction happens on the finished line, traceback included: whatever a library puts into a record,
a token, a password in an address, or a card number does not get out.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import IO, Literal

HIDDEN = "[hidden]"
SECRET_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bxox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{4,}"), HIDDEN),
    (re.compile(r"\bxapp-[A-Za-z0-9-]{4,}"), HIDDEN),
    (re.compile(r"\bv0=[0-9a-fA-F]{16,}"), f"v0={HIDDEN}"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}"), rf"\1 {HIDDEN}"),
    (re.compile(r"(?<=://)([^/\s:@]{0,200}):([^/\s@]{1,400})(?=@)"), rf"\1:{HIDDEN}"),
    (re.compile(r"(?i)\b(password|passwd|secret|ticket)=[^&\s'\"]{1,400}"), rf"\1={HIDDEN}"),
)
SHORTEST_SECRET = 6
# The lowest level at which a library may write: below it come whole requests, tokens included.
# Bolt sets its loggers' levels itself when an App is made, so a filter of the handler decides.
LOWEST_LEVELS: tuple[tuple[str, int], ...] = (
    ("slack_bolt.RequestVerification", logging.CRITICAL),  # writes refused bodies and signatures
    ("slack_bolt", logging.WARNING),
    ("slack_sdk", logging.INFO),
    ("httpx", logging.WARNING),
    ("httpcore", logging.WARNING),
    ("urllib3", logging.WARNING),
    ("websockets", logging.WARNING),
    ("asyncio", logging.WARNING),
    ("apscheduler", logging.WARNING),
    ("sqlalchemy.engine", logging.WARNING),
    ("uvicorn.access", logging.CRITICAL),
    ("uvicorn", logging.WARNING),
    ("mail.log", logging.WARNING),
)
STANDARD_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class Redaction:
    """Takes secrets out of a line of text."""

    def __init__(
        self, secrets: Iterable[str] = (), mask: Callable[[str], str] | None = None
    ) -> None:
        """Prepare for these secret values, longest first.

        Args:
            secrets: The values that are set; short ones would blacken ordinary words.
            mask: Takes card and account numbers out of free text.
        """
        values = sorted({s for s in secrets if len(s) >= SHORTEST_SECRET}, key=len, reverse=True)
        self._values = re.compile("|".join(map(re.escape, values))) if values else None
        self._mask = mask

    def __call__(self, line: str) -> str:
        """Return the line without anything secret in it."""
        if self._values is not None:
            line = self._values.sub(HIDDEN, line)
        for shape, stand_in in SECRET_SHAPES:
            line = shape.sub(stand_in, line)
        return self._mask(line) if self._mask is not None else line


class NoPayloads(logging.Filter):
    """Stops what libraries write of whole requests."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record may be written."""
        for name, lowest in LOWEST_LEVELS:
            if record.name == name or record.name.startswith(f"{name}."):
                return record.levelno >= lowest
        return True


class TextLines(logging.Formatter):
    """`2026-11-23T14:02:11.123Z INFO bot.courier sent (reference=BW-1001)`."""

    def __init__(self, redaction: Redaction) -> None:
        super().__init__()
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        """Return one redacted line (and the traceback under it, when there is one)."""
        extra = ", ".join(f"{name}={value}" for name, value in _extra(record).items())
        line = f"{_at(record)} {record.levelname} {record.name} {_one_line(record.getMessage())}"
        line += f" ({_one_line(extra)})" if extra else ""
        if trace := _traceback(self, record):
            line += f"\n{trace}"
        return self._redaction(line)


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, logger, message, and the record's extra fields."""

    def __init__(self, redaction: Redaction) -> None:
        super().__init__()
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        """Return one redacted JSON object."""
        fields = {
            "at": _at(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **{name: str(value) for name, value in _extra(record).items()},
        }
        if trace := _traceback(self, record):
            fields["traceback"] = trace
        clean = {name: self._redaction(value) for name, value in fields.items()}
        return json.dumps(clean, ensure_ascii=False)


def configure(
    style: Literal["text", "json"] = "text",
    level: str = "INFO",
    *,
    redaction: Redaction | None = None,
    stream: IO[str] | None = None,
) -> logging.Handler:
    """Set up the root logger, without what libraries write of whole requests.

    Args:
        style: Text for people, JSON for collectors.
        level: The lowest level that is written.
        redaction: What to take out; None takes out known shapes only.
        stream: Where lines go; standard error by default.

    Returns:
        The handler, so that a caller can take it away again.
    """
    hide = redaction or Redaction()
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines(hide) if style == "json" else TextLines(hide))
    handler.addFilter(NoPayloads())
    root = logging.getLogger()
    for old in [h for h in root.handlers if getattr(h, "of_bridgewatch", False)]:
        root.removeHandler(old)
    handler.of_bridgewatch = True  # type: ignore[attr-defined]  # marks ours for the next call
    root.addHandler(handler)
    root.setLevel(level)
    return handler


def _at(record: logging.LogRecord) -> str:
    instant = datetime.fromtimestamp(record.created, UTC)
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _extra(record: logging.LogRecord) -> dict[str, object]:
    return {name: v for name, v in vars(record).items() if name not in STANDARD_FIELDS}


def _traceback(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    return formatter.formatException(record.exc_info) if record.exc_info else ""


def _one_line(text: str) -> str:
    """Return text that cannot pretend to be a second log line."""
    return text.replace("\r", "\\r").replace("\n", "\\n")
