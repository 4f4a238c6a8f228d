"""A record as a person reads it: one block an event, each value with its words quoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.model.actor import Actor
from dateline.model.event import Event, Figure, Record, Source, Tally
from dateline.model.place import Place
from dateline.model.when import When

STATUS_STYLES = {
    "happened": "bold",
    "ongoing": "bold yellow",
    "denied": "red",
    "hypothetical": "dim",
    "planned": "cyan",
    "attempted": "magenta",
}


WIDE = 110  # columns of a terminal that hold the table; a narrower one gets a list


def print_rows(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A plain table of words."""
    table = Table(header_style="bold")
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(highlight=False).print(table)


def print_record(record: Record) -> None:
    console = Console(highlight=False)
    head = record.report
    console.print(
        Text(head.title or head.id, style="bold"),
        Text(f"{head.outlet or 'outlet unknown'} · {head.published or 'no date'}", style="dim"),
    )
    for note in record.notes:
        console.print(Text(f"note: {note}", style="yellow"))
    if not record.events and not record.tallies:
        console.print("No event of armed conflict is told here.")
        return
    console.print(_events_table(record.events) if console.width >= WIDE else _events_list(record.events))
    if record.tallies:
        console.print(_tallies_table(record.tallies))


def _events_table(events: Sequence[Event]) -> Table:
    table = Table(show_lines=True, expand=True, header_style="bold")
    for name, ratio in (("event", 3), ("who", 3), ("whom", 3), ("where", 3), ("when", 2), ("how many", 3), ("who says so", 3)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for event in events:
        table.add_row(
            _what(event),
            _actors(event.by),
            _actors(event.on),
            _places(event),
            _when(event.when),
            "\n".join(_figure(figure) for figure in event.figures),
            "\n".join(_source(source) for source in event.sources) or "the outlet",
        )
    return table


def _events_list(events: Sequence[Event]) -> Table:
    """The same values under each other, for narrow terminals."""
    table = Table(show_header=False, show_lines=True, expand=True)
    table.add_column("event")
    for event in events:
        rows = (
            ("who", _actors(event.by)),
            ("whom", _actors(event.on)),
            ("where", _places(event)),
            ("when", _when(event.when)),
            ("how many", "\n".join(_figure(figure) for figure in event.figures)),
            ("who says so", "\n".join(_source(source) for source in event.sources) or "the outlet"),
        )
        cell = Text.assemble(Text(" ").join(_what(event).split("\n")))
        for name, value in rows:
            if value:
                cell.append(f"\n{name:>12}  ", style="dim").append("; ".join(value.split("\n")))
        table.add_row(cell)
    return table


def _what(event: Event) -> Text:
    text = Text()
    text.append(event.type.replace("_", " "), style=STATUS_STYLES[event.status])
    text.append(f"\n{event.status}", style=STATUS_STYLES[event.status])
    for mark in _marks(event):
        text.append(f" · {mark}", style="dim")
    text.append(f"\n“{event.trigger.text}”", style="italic dim")
    return text


def _marks(event: Event) -> Iterator[str]:
    if event.aggregate:
        yield "several"
    if event.background:
        yield "background"
    if event.means:
        yield event.means.text


def _actors(actors: Sequence[Actor]) -> str:
    return "\n".join(a.name if a.name == a.span.text else f"{a.name} “{a.span.text}”" for a in actors)


def _places(event: Event) -> str:
    others = ", ".join(place.name for place in event.other_places)
    return _place(event.place) + (f"\nalso {others}" if others else "")


def _place(place: Place | None) -> str:
    if place is None:
        return "not said"
    where = ", ".join(part for part in (place.name, place.admin1 if place.admin1 != place.name else None, place.country) if part)
    return f"{where}\n{place.precision}" + (f" ±{place.radius_km:g} km" if place.radius_km else "") + f" “{place.span.text}”"


def _when(when: When | None) -> str:
    if when is None:
        return "not said"
    days = str(when.start) if when.start == when.end else f"{when.start or '…'} – {when.end or '…'}"
    return f"{days}\n“{when.span.text}”"


def _figure(figure: Figure) -> str:
    low, high = figure.low, figure.high
    count = (
        f"{low:,}"
        if low is not None and low == high
        else f"{low:,}+"
        if high is None and low is not None
        else f"≤{high:,}"
        if low is None
        else f"{low:,}–{high:,}"
    )
    said = f" ({', '.join(source.speaker for source in figure.sources)})" if figure.sources else ""
    return f"{count} {figure.measure.replace('_', ' ')} “{figure.span.text}”{said}"


def _source(source: Source) -> str:
    extra = f", {source.affiliation}" if source.affiliation else ""
    return f"{source.speaker}{extra} {source.stance}" + (f" “{source.cue.text}”" if source.cue else "")


def _tallies_table(tallies: Sequence[Tally]) -> Table:
    table = Table(title="Tallies: figures of no single event", title_justify="left", header_style="bold")
    for name in ("figure", "of whom", "period"):
        table.add_column(name)
    for tally in tallies:
        table.add_row(_figure(tally), tally.whom or "", f"{tally.since or '…'} – {tally.until or '…'}")
    return table
