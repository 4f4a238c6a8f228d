"""An export format is a class with begin, feed and finish: one walk over the incidents feeds it, it hands on text.

Vague stays vague inside the record; only here is a day, a point or a number picked, and each format says how.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Protocol

from dateline.model.incident import Incident


class Exporter(Protocol):
    """`name` is what `--format` takes. `losses` counts, after the walk, what the format could not hold, by reason."""

    name: str
    losses: Counter[str]

    def begin(self) -> Iterator[str]: ...

    def feed(self, incident: Incident) -> Iterator[str]: ...

    def finish(self) -> Iterator[str]: ...


def export(incidents: Iterable[Incident], exporter: Exporter) -> Iterator[str]:
    """Pieces of the exported text, in order; nothing is held back, so a large archive streams."""
    yield from exporter.begin()
    for incident in incidents:
        yield from exporter.feed(incident)
    yield from exporter.finish()


def reason_to_leave_out(incident: Incident) -> str | None:
    """Formats that hold only what happened have no place for these."""
    if incident.status not in ("happened", "ongoing"):
        return f"{incident.status}: it did not happen, or not yet"
    if incident.grade == "discounted":
        return "discounted: nobody stands by it"
    if incident.background:
        return "background: told of the past"
    if incident.aggregate:
        return "a sum of many happenings"
    return None


def notes_of(incident: Incident) -> str:
    """In one line what a fixed format cannot hold: the words, who says so, and what is disputed."""
    parts = []
    if incident.accounts:
        event = incident.accounts[0].event
        parts.append(event.evidence[0].text if event.evidence else event.trigger.text)
        speakers = dict.fromkeys(source.speaker for account in incident.accounts for source in account.event.sources)
        if speakers:
            parts.append(f"Said by: {', '.join(speakers)}.")
    for dispute in incident.disputes:
        sides = "; ".join(f"{side.words} ({', '.join(side.said_by)})" for side in dispute.sides)
        parts.append(f"Disputed {dispute.field}: {sides}.")
    parts.append(f"Graded {incident.grade}: {incident.grade_rule}.")
    return " ".join(" ".join(part.split()) for part in parts)


def outlets_of(incident: Incident) -> list[str]:
    return list(dict.fromkeys(account.report.outlet for account in incident.accounts if account.report.outlet))
