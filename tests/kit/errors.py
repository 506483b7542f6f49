"""A collector of ERROR log lines: an unexpected one fails the test that let it happen."""

from __future__ import annotations

import logging


class ErrorLines(logging.Handler):
    """Keeps what was logged at ERROR or above, and which of it a test expects."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._lines: list[str] = []
        self._expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self._lines.append(f"{record.name}: {record.getMessage()}")

    def expect(self, text: str) -> None:
        """Allow lines that contain `text`."""
        self._expected.append(text)

    def unexpected(self) -> list[str]:
        """Return the lines nobody expected, in order."""
        return [line for line in self._lines if not any(text in line for text in self._expected)]
