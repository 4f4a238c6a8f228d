"""A page for reading errors: each item's text twice, with gold's marks and with ours, and its slots, the worst items first.

It is one HTML file without anything from elsewhere, so that it opens from a disk and can be sent to a colleague.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from dateline.evaluate.run import Outcome
from dateline.evaluate.yardstick import Judged, Mark, Yardstick

MOST = 300  # items on a page: nobody reads more in one sitting


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as the template wants it. `slots`: those in which it is wrong, by which the page filters."""

    item: Judged
    gold: Markup | None  # None when the gold points at no words: one text is enough then
    ours: Markup
    slots: tuple[str, ...]


def write_errors(path: Path, yardstick: Yardstick[object], outcome: Outcome) -> None:
    path.write_text(errors_page(yardstick, outcome), encoding="utf-8")


def errors_page(yardstick: Yardstick[object], outcome: Outcome) -> str:
    wrong = worst_first(outcome.judged)
    slots = Counter(slot for item in wrong for slot in wrong_slots(item))
    env = Environment(loader=PackageLoader("dateline.evaluate"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return env.get_template("errors.html").render(
        yardstick=yardstick,
        outcome=outcome,
        slots=sorted(slots.items(), key=lambda pair: (-pair[1], pair[0])),
        shown=[show(item) for item in wrong[:MOST]],
        wrong=len(wrong),
        most=MOST,
    )


def worst_first(judged: Sequence[Judged]) -> list[Judged]:
    """Items with something wrong, those with most wrong first; ties in the order of the file."""
    return sorted((item for item in judged if item.wrong), key=lambda item: -item.wrong)


def wrong_slots(item: Judged) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.slot for row in item.rows if row.right is False))


def show(item: Judged) -> Shown:
    gold, ours = ([mark for mark in item.marks if mark.gold is side] for side in (True, False))
    return Shown(item, marked(item.text, gold) if gold else None, marked(item.text, ours), wrong_slots(item))


def marked(text: str, marks: Sequence[Mark]) -> Markup:
    """The text with its marks as <mark>; of two that cross, the one that comes first in the list is kept."""
    kept: list[Mark] = []
    for mark in marks:
        if 0 <= mark.start < mark.end <= len(text) and not any(m.start < mark.end and mark.start < m.end for m in kept):
            kept.append(mark)
    return Markup("").join(_pieces(text, sorted(kept, key=lambda mark: mark.start)))


def _pieces(text: str, marks: Sequence[Mark]) -> Iterator[Markup]:
    at = 0
    for mark in marks:
        yield escape(text[at : mark.start])
        yield Markup('<mark title="{0}">{1}<sub>{0}</sub></mark>').format(mark.label, text[mark.start : mark.end])
        at = mark.end
    yield escape(text[at:])
