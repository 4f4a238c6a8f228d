"""Timemap's events: a JSON list for Forensic Architecture's map over time; values are strings, as its schema wants them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from dateline.export import words
from dateline.export.base import notes_of
from dateline.model.event import GROUP_OF
from dateline.model.incident import Incident


class Timemap:
    """Choose it for a map over time in the browser. It shows points on days, so what has neither is left out."""

    name = "timemap"
    suffix = "json"

    def __init__(self) -> None:
        self.losses: Counter[str] = Counter()
        self._is_first = True

    def begin(self) -> Iterator[str]:
        yield "["

    def feed(self, incident: Incident) -> Iterator[str]:
        event = event_of(incident)
        if event is None:
            self.losses["no day or no point: a map over time cannot show it"] += 1
            return
        if incident.place and incident.place.precision not in ("point", "town"):
            self.losses["a province or country became a point (the comments say so)"] += 1
        yield ("\n" if self._is_first else ",\n") + json.dumps(event, ensure_ascii=False)
        self._is_first = False

    def finish(self) -> Iterator[str]:
        yield "\n]\n"


def event_of(incident: Incident) -> dict[str, Any] | None:
    place, when = incident.place, incident.when
    day = when and (when.start or when.end)
    if place is None or place.lat is None or place.lon is None or day is None:
        return None
    described = incident.accounts[0].event.evidence if incident.accounts else ()
    return {
        "id": incident.id,
        "description": described[0].text if described else words.TYPES[incident.type],
        "date": f"{day:%m/%d/%Y}",
        "time": "",
        "time_precision": words.time_of(when),
        "location": words.place(place),
        "latitude": f"{place.lat:.6f}",
        "longitude": f"{place.lon:.6f}",
        "type": words.TYPES[incident.type],
        "category": words.GROUPS[GROUP_OF[incident.type]],
        "associations": [words.STATUSES[incident.status], words.STANDINGS[incident.standing], *_actors(incident)],
        "sources": [source for account in incident.accounts if (source := account.report.url or account.name)],
        "comments": f"Where: {words.PRECISIONS[place.precision]}. {notes_of(incident)}",
    }


def _actors(incident: Incident) -> list[str]:
    return list(dict.fromkeys(actor.name for actor in (*incident.by, *incident.on)))
