"""An export format is a class with begin, feed and finish: one walk over the incidents feeds it, it hands on text.

Vague stays vague inside the record; only here is a day, a point or a number picked, and each format says how.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from dateline.codebook.plover import Deed
from dateline.model.actor import Actor
from dateline.model.incident import Incident

Target = TypeVar("Target")
Piece = str | bytes


class Exporter(Protocol):
    """`name` is what `--format` takes, `suffix` what its files end with. `losses` counts, after the walk, what the format
    could not hold, by reason. Pieces are text, or bytes where the format is binary."""

    name: str
    suffix: str
    losses: Counter[str]

    def begin(self) -> Iterator[Piece]: ...

    def feed(self, incident: Incident) -> Iterator[Piece]: ...

    def finish(self) -> Iterator[Piece]: ...


def export(incidents: Iterable[Incident], exporter: Exporter) -> Iterator[bytes]:
    """The exported file in pieces, in order; a format holds back only what it must, so a large archive streams."""
    for piece in _pieces(incidents, exporter):
        yield piece.encode("utf-8") if isinstance(piece, str) else piece


def _pieces(incidents: Iterable[Incident], exporter: Exporter) -> Iterator[Piece]:
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


def count_noted(incident: Incident, losses: Counter[str]) -> None:
    """What a fixed format has no column for and its notes say in words."""
    if incident.disputes:
        losses["accounts disagree (the sides stand in the notes)"] += 1
    if incident.standing in ("claimed", "disputed", "retracted"):
        losses["only claimed, disputed or taken back (the notes say by whom)"] += 1
    if any(figure.low != figure.high for figure in incident.figures):
        losses["a range of counts became one number or two (the notes have the words)"] += 1


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


def variant_of(incident: Incident, variants: Mapping[str, Target]) -> Target:
    """The first variant of a crosswalk's entry that fits: "means:WORD", "by:KIND", "on:KIND", "holder", else "default"."""
    means = " ".join(account.event.means.text.casefold() for account in incident.accounts if account.event.means)
    for variant, target in variants.items():
        sort, _colon, value = variant.partition(":")
        fits = (
            (sort == "means" and value in means)
            or (sort == "by" and any(actor.kind == value for actor in incident.by))
            or (sort == "on" and any(actor.kind == value for actor in incident.on))
            or (sort == "holder" and bool(incident.holder_before or incident.holder_after))
        )
        if fits:
            return target
    return variants["default"]


def name_of(actors: Sequence[Actor]) -> str | None:
    return actors[0].name if actors else None


def others_of(actors: Sequence[Actor]) -> str | None:
    return "; ".join(actor.name for actor in actors[1:]) or None


def deed_of(
    incident: Incident, types: Mapping[str, Mapping[str, Deed]], is_coded: Callable[[Deed], bool], gap: str, losses: Counter[str]
) -> Deed | None:
    """What the crosswalk calls the incident; None when it is left out, with the reason counted (`gap` when no code is known)."""
    reason = reason_to_leave_out(incident)
    variants = types.get(incident.type)
    deed = variant_of(incident, variants) if variants else None
    if reason is None and (deed is None or not is_coded(deed)):
        reason = gap
    if reason is None:
        return deed
    losses[reason] += 1
    return None
