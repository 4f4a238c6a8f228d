"""Bytes or text become one Report. What the document does not say stays None; its words are never changed.

Plain text is kept letter for letter. HTML goes through trafilatura, which finds the article's body, title, date and
outlet; the extracted text is then the report's text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dateline.errors import UnreadableInput
from dateline.model.text import Report, content_id

HTML_START = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p|h1)\b", re.I | re.S
)
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of the document; it outranks what is found in it."""

    published: date | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None


def parse_article(raw: bytes, given: Given, max_chars: int, name: str = "input") -> Report:
    """One document to one report. Raises UnreadableInput when it is empty, binary, undecodable or too long."""
    text = decode(raw, name)
    if not text.strip():
        raise UnreadableInput(f"{name} is empty: give a report's text or HTML")
    if len(text) > max_chars:
        raise UnreadableInput(
            f"{name} has {len(text):,} characters, more than {max_chars:,}: split it into reports, or raise DATELINE_MAX_CHARS"
        )
    return _from_html(text, given, name) if HTML_START.match(text) else _from_text(text, given)


def decode(raw: bytes, name: str) -> str:
    """Text of the bytes: UTF-8 (with or without mark), UTF-16 with its mark, else Windows-1252 when it reads as text."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_as(raw, "utf-16", name)
    if b"\x00" in raw:
        raise UnreadableInput(f"{name} is binary: give plain text, HTML or JSON lines")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    controls = sum(1 for byte in raw if byte < 32 and byte not in (9, 10, 12, 13))
    if controls > len(raw) // 100:
        raise UnreadableInput(f"{name} is binary: give plain text, HTML or JSON lines")
    return _decode_as(raw, "cp1252", name)


def _decode_as(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{name} is in an encoding that is not known here: save it as UTF-8 ({error.reason})") from error


def _from_text(text: str, given: Given) -> Report:
    title = given.title
    if title is None:
        title = _first_line_as_title(text)
    return make_report(text, given, title=title)


def _first_line_as_title(text: str) -> str | None:
    """The first line when it looks like a headline: short, followed by an empty line, and not ended like a sentence."""
    if not text.strip() or text[0].isspace():
        return None
    line, _, rest = text.partition("\n")
    looks = (
        0 < len(line) <= LONGEST_TITLE and rest.startswith(("\n", "\r\n")) and not line.rstrip().endswith((".", "”", '"', ":"))
    )
    return line.rstrip() if looks and rest.strip() else None


def _from_html(text: str, given: Given, name: str) -> Report:
    import trafilatura  # 0.4 s that plain text need not wait for

    found = trafilatura.bare_extraction(text, include_comments=False, include_tables=False, with_metadata=True, url=given.url)
    if found is None or isinstance(found, dict) or not found.text or not found.text.strip():
        raise UnreadableInput(f"{name} is HTML without an article in it: give the article's page or its text")
    body = str(found.text)
    title = given.title or found.title
    if title and not body.startswith(title):
        body = f"{title}\n\n{body}"
    published = given.published or _iso(found.date)
    outlet = given.outlet or found.sitename or found.hostname
    merged = Given(published, outlet, title, given.url or found.url, given.language or found.language)
    return make_report(body, merged, title=title)


def _iso(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def make_report(text: str, given: Given, title: str | None, report_id: str | None = None) -> Report:
    """A report with its id: the given one, else a hash of outlet, date, title and text."""
    made = report_id or content_id(given.outlet, given.published, title, text)
    return Report(
        id=made, outlet=given.outlet, title=title, published=given.published, url=given.url, language=given.language, text=text
    )
