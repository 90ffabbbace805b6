"""Column types that all models share."""

from datetime import UTC, datetime
from enum import StrEnum

import pyarrow as pa
from sqlalchemy import DateTime, Dialect, Enum, LargeBinary
from sqlalchemy.types import TypeDecorator

# The number an LZ4 frame begins with; no text does.
_LZ4_FRAME = b"\x04\x22\x4d\x18"
_WORTH_COMPRESSING = 1024


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class CompressedBytes(TypeDecorator[bytes]):
    """Bytes that repeat themselves; compressing them takes less time than writing them as they are.

    What is short, and what begins like nothing that was compressed, is kept as it is.
    """

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        if value is None or len(value) < _WORTH_COMPRESSING and not value.startswith(_LZ4_FRAME):
            return value
        return bytes(pa.compress(value, codec="lz4", asbytes=True))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        if value is None or not value.startswith(_LZ4_FRAME):
            return value
        with pa.CompressedInputStream(pa.BufferReader(value), "lz4") as stream:
            return bytes(stream.read())


def status_enum(kind: type[StrEnum]) -> Enum:
    """Return a text column holding the values of a StrEnum."""
    return Enum(
        kind,
        native_enum=False,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )
