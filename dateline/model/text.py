"""A report's text never changes once read; a span is start and end in it, and carries the words."""

from __future__ import annotations

import hashlib
from datetime import date

from pydantic import Field

from dateline.model.value import Value


class Span(Value):
    """`text` is `report.text[start:end]`, letter for letter; offsets count characters from 0, end exclusive."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class Report(Value):
    """One document of one outlet. `text` may begin with `title`; what is not known is None."""

    id: str
    outlet: str | None = None
    title: str | None = None
    published: date | None = None
    url: str | None = None
    language: str | None = None
    text: str = Field(repr=False)

    def span(self, start: int, end: int) -> Span:
        return Span(start=start, end=end, text=self.text[start:end])

    @property
    def body_start(self) -> int:
        """Where the body begins: after the title, when the text begins with it."""
        if self.title and self.text.startswith(self.title):
            return len(self.title)
        return 0


def content_id(*parts: object, length: int = 16) -> str:
    """A hash of the parts, hexadecimal: same content, same id, on every machine and in every worker."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]
