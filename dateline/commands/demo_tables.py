"""The demo in a terminal: what changed hands day by day, where counts disagree, and who said so."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from dateline.export import words
from dateline.model.incident import Holding, Incident
from dateline.store.archive import Archive

WIDE = 130


def print_summary(archive: Archive) -> None:
    found = archive.incidents()
    _console().print(
        f"\n[bold]dateline[/bold]: {words.plural(len(archive.reports()), 'report')}, "
        f"{words.plural(len(found), 'incident')}, {sum(bool(i.disputes) for i in found)} of them disputed\n"
    )


def print_changes_of_hand(archive: Archive) -> None:
    table = _table("Places that changed hands, day by day", "Between", "Place", "Holder", "Says who", "Against it")
    begun = [item for item in archive.holdings() if item.since_latest and item.state == "held"]
    for item in sorted(begun, key=lambda item: (str(item.since_latest), item.key)):
        table.add_row(
            words.days(item.since_earliest, item.since_latest),
            words.place(item.place),
            item.holder or "unnamed",
            _witnesses(item),
            ", ".join(dict.fromkeys(account.outlet or "unnamed" for account in item.contradicted_by)),
        )
    _console().print(table)


def _witnesses(item: Holding) -> str:
    names = list(dict.fromkeys(account.outlet or "unnamed" for account in item.accounts))
    return ", ".join(names[:2]) + (f" +{len(names) - 2}" if len(names) > 2 else "")


def print_rival_counts(archive: Archive) -> None:
    table = _table("Counts that disagree", "When", "What", "Where", "Count", "By account")
    for incident in archive.incidents():
        for figure in incident.figures:
            if figure.disputed:
                table.add_row(
                    words.time_of(incident.when),
                    words.TYPES[incident.type],
                    words.place(incident.place),
                    words.figure(figure),
                    "\n".join(_tellings(incident, figure.measure)),
                )
    _console().print(table)


def _tellings(incident: Incident, measure: str) -> list[str]:
    """Each account's own words for the count, with whoever it names for it."""
    found = []
    for account in incident.accounts:
        for figure in account.event.figures:
            if figure.measure == measure and figure.part == "total":
                speakers = ", ".join(dict.fromkeys(source.speaker for source in figure.sources or account.event.sources))
                found.append(f"“{figure.span.text}” {speakers or account.report.outlet or 'unnamed'}")
    return list(dict.fromkeys(found))


def _console() -> Console:
    """As wide as the terminal; where there is none (a log, a pipe) wide enough for the tables."""
    found = Console()
    return found if found.is_terminal else Console(width=WIDE)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", expand=False)
    for name in columns:
        table.add_column(name, overflow="fold")
    return table
