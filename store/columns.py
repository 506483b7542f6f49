"""How values of ours lie in a column, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, DateTime, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# A 64-bit key on PostgreSQL; on SQLite only the exact word INTEGER numbers itself.
RowId = BigInteger().with_variant(Integer(), "sqlite")


class Instant(TypeDecorator[datetime]):
    """Keep an aware UTC instant: integer microseconds on SQLite, timestamptz on PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the dialect."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | int | None:
        """Turn an instant into what the column holds.

        Raises:
            TypeError: when the instant has no zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError(f"The instant {value.isoformat()} has no zone and is refused.")
        if dialect.name == "sqlite":
            return (value - EPOCH) // _MICROSECOND
        return value.astimezone(UTC)

    def process_result_value(
        self, value: datetime | int | None, dialect: Dialect
    ) -> datetime | None:
        """Turn what the column holds into an aware UTC instant."""
        del dialect
        if value is None:
            return None
        if isinstance(value, int):
            return EPOCH + timedelta(microseconds=value)
        return value.astimezone(UTC)


class PlainText(TypeDecorator[str]):
    """Keep text written by others; what no UTF-8 column can hold becomes the U+FFFD mark."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace NUL and lone surrogates, which PostgreSQL refuses and SQLite would cut at."""
        del dialect
        if value is None:
            return None
        held = value.replace("\x00", "\ufffd")
        return held.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
