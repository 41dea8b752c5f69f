"""What the columns of all tables are made of: aware times, text cut to length, ids, documents, indexes of due rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Index, Integer, String, TypeDecorator, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase


class Instant(TypeDecorator[datetime]):
    """An aware UTC time. SQLite keeps no zone, so it is put back on reading; naive times are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Said(TypeDecorator[str]):
    """Text that people wrote or that explains: cut to its column's length, which SQLite alone would not keep."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        length = getattr(self.impl_instance, "length", None)
        return value[:length] if value is not None and length else value


Id = BigInteger().with_variant(Integer, "sqlite")
Document = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class Base(DeclarativeBase):
    type_annotation_map = {datetime: Instant, dict[str, Any]: Document}


def due(name: str, column: str, *more: str) -> Index:
    """An index over the rows that have something in this column, and no others: an idle tick reads nothing."""
    condition = text(f"{column} IS NOT NULL")
    return Index(name, column, *more, sqlite_where=condition, postgresql_where=condition)


def where(name: str, column: str, condition: str) -> Index:
    """An index over the few rows for which the condition is true."""
    return Index(name, column, sqlite_where=text(condition), postgresql_where=text(condition))
