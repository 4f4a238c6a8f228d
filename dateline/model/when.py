"""A time is a closed interval of local days with its precision; an open end is None, an unknown time is no value at all."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from dateline.model.text import Span
from dateline.model.value import Value

WhenPrecision = Literal["day", "range", "week", "month", "season", "year", "longer"]


class When(Value):
    """Start and end inclusive; at least one is known. `precision` says how the words gave it ("range": days named)."""

    start: date | None
    end: date | None
    precision: WhenPrecision
    span: Span

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start is None and self.end is None:
            raise ValueError("a time without start and end is no time: use None instead")
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"a time that ends ({self.end}) before it starts ({self.start})")
        return self
