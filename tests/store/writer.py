"""A process that fills an archive: `python -m tests.store.writer ADDRESS FIRST LAST`. Tests kill it and start it again."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time, timedelta

from dateline.link.run import link_incidents
from dateline.model.event import Record
from dateline.model.text import Report
from dateline.store.archive import Archive
from tests.factories import make_event, make_figure, make_place, make_record, make_report, make_when

TOWNS = ("Dunmore", "Arden", "Sel", "Wexford Bridge")
START = date(2021, 8, 1)
# All runs happen at one moment, long after the reports: then two archives can be compared row by row.
NOW = datetime(2022, 1, 1, tzinfo=UTC)


def numbered(number: int) -> tuple[Report, Record, datetime]:
    """Report `number`: three a day, each telling of one of four towns."""
    day, town = START + timedelta(days=number // 3), TOWNS[number % len(TOWNS)]
    text = f"Rebels shelled {town} on that day, killing {number % 5 + 1} people. Report {number}."
    report = make_report(f"r{number:04}", text, outlet=f"Outlet {number % 3}", published=day.isoformat())
    event = make_event(
        report,
        "shelled",
        by=["Rebels"],
        place=make_place(report, town, lat=30.0 + number % len(TOWNS), lon=60.0, gazetteer_id=f"gn:{town}"),
        when=make_when(report, "that day", day.isoformat()),
        figures=[make_figure(report, f"{number % 5 + 1} people", low=number % 5 + 1, high=number % 5 + 1)],
    )
    return report, make_record(report, event), datetime.combine(day, time(20), UTC)


def main(address: str, first: int, last: int) -> None:
    with Archive.open(address, clock=lambda: NOW) as archive:
        sys.stdout.write("open\n")
        sys.stdout.flush()
        for number in range(first, last):
            archive.add(*numbered(number))
            if number % 9 == 8:  # at the end of every third day
                link_incidents(archive)
        link_incidents(archive)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
