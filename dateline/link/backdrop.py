"""What the events of one report share when they are compared: where it is set, what it is about, and which events lead it.

A report tells its own happening first; the violence that leads it is what the report's story speaks for, so two leading
events may be one happening even where a slot of theirs is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.link.gist import Gist
from dateline.link.trace import NARROW, spot_of
from dateline.model.event import GROUP_OF, Event, EventGroup, Measure

# So many of its rarest words, beside its names, may bring a report's leading events together with another's.
TOPIC_WORDS = 8
HARM: frozenset[Measure] = frozenset(("killed", "injured", "captured", "arrested", "detained", "abducted"))
LEADING: frozenset[EventGroup] = frozenset(("violence", "unrest"))
REAL = frozenset(("happened", "ongoing", "attempted"))


@dataclass(frozen=True, slots=True)
class Backdrop:
    """`setting`: keys of the narrow places that its events name; `topics`: its names and rarest words; `leads`: event ids."""

    setting: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()

    def topics_for(self, event: Event) -> frozenset[str]:
        """None for an event that leads nothing: what the report is about does not say which happening it is."""
        return self.topics if event.id in self.leads else frozenset()


def backdrop_of(events: Sequence[Event], gist: Gist) -> Backdrop:
    return Backdrop(setting_of(events), topics_of(gist), leads_of(events))


def setting_of(events: Iterable[Event]) -> frozenset[str]:
    """The narrow places that a report's events name, as keys."""
    places = (place for event in events for place in (event.place, event.control.place if event.control else None))
    return frozenset(key for place in places if place and place.precision in NARROW for key in spot_of(place).keys)


def topics_of(gist: Gist) -> frozenset[str]:
    rarest = sorted(gist.words, key=lambda word: (-gist.words[word], word))[:TOPIC_WORDS]
    return gist.names | frozenset(rarest)


def leads_of(events: Iterable[Event]) -> frozenset[str]:
    """Of violence, and of unrest, the first event that counts people harmed, else the first; plans and background lead
    nothing. No other group: a report of one town's fall tells of others, and a place may change hands twice in a week."""
    leads: dict[EventGroup, Event] = {}
    for event in events:
        group = GROUP_OF[event.type]
        if group not in LEADING or event.background or event.aggregate or event.status not in REAL:
            continue
        if group not in leads or (_counts_harm(event) and not _counts_harm(leads[group])):
            leads[group] = event
    return frozenset(event.id for event in leads.values())


def _counts_harm(event: Event) -> bool:
    return any(figure.measure in HARM for figure in event.figures)
