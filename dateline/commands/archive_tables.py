"""Incidents, holdings and changes as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.model.event import Source
from dateline.model.incident import Account, Extent, Holding, Incident, IncidentFigure, Testimony
from dateline.model.place import Place
from dateline.store.values import Change

GRADE_STYLES = {"confirmed": "bold green", "fair": "green", "weak": "yellow", "contested": "magenta", "discounted": "red dim"}


def _console() -> Console:
    return Console(highlight=False)


def print_incidents(incidents: Sequence[Incident]) -> None:
    """Two lines an incident: which, when, what, where, how sure; then who, whom, how many."""
    console = _console()
    for incident in incidents:
        console.print(_headline(incident), soft_wrap=True)
        detail = [parties(incident), *(figure_words(figure) for figure in incident.figures)]
        if incident.holder_after:
            detail.append(f"now held by {incident.holder_after}")
        console.print(Text("              " + " · ".join(detail), "dim"), soft_wrap=True)
    console.print(f"{len(incidents)} incidents")


def _headline(incident: Incident) -> Text:
    text = Text(f"{incident.id:<14}")
    text.append(f"{days(incident.when)}  ")
    text.append(incident.type.replace("_", " "), "bold")
    text.append("" if incident.status == "happened" else f" ({incident.status})")
    text.append(f", {where(incident.place)}  ")
    text.append(incident.grade, GRADE_STYLES[incident.grade])
    many = "" if len(incident.accounts) == 1 else f", {incident.witnesses} witnesses in {len(incident.accounts)} accounts"
    text.append(many, "dim")
    return text


def days(when: Extent | None) -> str:
    if when is None:
        return "not said"
    words = str(when.start) if when.start == when.end else f"{when.start or '…'} – {when.end or '…'}"
    return words + (" (disputed)" if when.disputed else "")


def where(place: Place | None) -> str:
    if place is None:
        return "not said"
    parts = (place.name, place.admin1 if place.admin1 != place.name else None, place.country)
    return ", ".join(part for part in parts if part) + f" ({place.precision})"


def parties(incident: Incident) -> str:
    doers, others = (", ".join(actor.name for actor in side) for side in (incident.by, incident.on))
    if not doers and not others:
        return "not said"
    return f"{doers or 'not said'} → {others}" if others else doers


def figure_words(figure: IncidentFigure) -> str:
    low, high = figure.low, figure.high
    if low is None:
        count = f"≤{high:,}" if high is not None else "?"
    elif high is None:
        count = f"{low:,}+"
    else:
        count = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    whom = f" {figure.whom}" if figure.whom else ""
    return f"{count}{whom} {figure.measure.replace('_', ' ')}" + (" (disputed)" if figure.disputed else "")


def print_incident(incident: Incident, why: bool) -> None:
    console = _console()
    console.print(
        Text(f"{incident.id}  {incident.type.replace('_', ' ')}, {where(incident.place)}, {days(incident.when)}", "bold")
    )
    console.print(f"{incident.status}; {incident.standing}; ", Text(incident.grade, GRADE_STYLES[incident.grade]), end="")
    console.print(f": {incident.grade_rule}")
    console.print(f"who: {parties(incident)}")
    if incident.holder_after or incident.holder_before:
        console.print(f"held: before {incident.holder_before or 'not said'}, after {incident.holder_after or 'not said'}")
    for figure in incident.figures:
        console.print(f"{figure_words(figure)}" + _course(figure))
    for dispute in incident.disputes:
        console.print(Text(f"disputed: {dispute.field}", "magenta"))
        for side in dispute.sides:
            console.print(f"  {side.words}, says {', '.join(side.said_by)} ({', '.join(side.accounts)})")
    for account in incident.accounts:
        _print_account(console, account)
    if why:
        _print_why(console, incident)


def _course(figure: IncidentFigure) -> str:
    if len({(step.low, step.high) for step in figure.course}) < 2:
        return ""
    return ": " + ", ".join(f"{step.told or 'undated'} {_ends(step.low, step.high)}" for step in figure.course)


def _ends(low: int | None, high: int | None) -> str:
    return str(low) if low == high else f"{low if low is not None else ''}–{high if high is not None else ''}"


def _print_account(console: Console, account: Account) -> None:
    copy = f" (repeats {account.copy_of})" if account.copy_of else ""
    console.print(Text(f"\n{account.name}{copy}  {account.event.id}", "bold"))
    for span in account.event.evidence or (account.event.trigger,):
        console.print(f"  “{span.text}”")
    said = "; ".join(source_words(source) for source in account.event.sources)
    console.print(Text(f"  {account.event.status}; {said or 'in the outlet’s own voice'}", "dim"))


def source_words(source: Source) -> str:
    return f"{source.speaker} {source.stance}" + (f" “{source.cue.text}”" if source.cue else "")


def _print_why(console: Console, incident: Incident) -> None:
    console.print(Text("\nwhy each value", "bold"))
    for agreed in incident.agreed:
        console.print(f"  {agreed.field} = {agreed.words}: {agreed.rule}")
    if incident.bonds:
        console.print(Text("why these accounts stand together", "bold"))
    for bond in incident.bonds:
        judged = f", judged by {bond.judged_by}" if bond.judged_by is not None else ""
        console.print(f"  {bond.left} and {bond.right}: {bond.probability:.2f}{judged}")
        for reason in sorted(bond.reasons, key=lambda reason: -abs(reason.score)):
            if reason.score:
                console.print(Text(f"    {reason.score:+.1f}  {reason.feature}: {reason.words}", "dim"))


def print_holdings(holdings: Sequence[Holding], on: date | None) -> None:
    """Who holds the place since when, then who says so, a line each."""
    console = _console()
    for holding in holdings:
        text = Text(where(holding.place), "bold")
        text.append(f"  {holding.holder or 'holder not said'}", "bold cyan")
        text.append(f", {holding.state}" + (f" by {holding.against}" if holding.against else ""))
        text.append(f" since {_day_range(holding.since_earliest, holding.since_latest, 'a day not said')}")
        if holding.until_earliest or holding.until_latest:
            text.append(f" until {_day_range(holding.until_earliest, holding.until_latest, '')}")
        if holding.standing in ("claimed", "disputed"):
            text.append(f" ({holding.standing})", "magenta")
        if on is not None and not holding.certain_on(on):
            text.append(" (changing hands)", "yellow")
        console.print(text, soft_wrap=True)
        for testimony in holding.accounts:
            console.print(Text(f"    {_testimony(testimony)}", "dim"), soft_wrap=True)
        for testimony in holding.contradicted_by:
            console.print(Text(f"    against: {_testimony(testimony)}", "magenta"), soft_wrap=True)
    console.print(f"{len(holdings)} holdings" + (f" on {on}" if on else ""))


def _day_range(first: date | None, last: date | None, unknown: str) -> str:
    if first is None:
        return f"by {last}" if last else unknown
    return str(first) if first == last or last is None else f"{first} – {last}"


def _testimony(testimony: Testimony) -> str:
    said = f" ({', '.join(testimony.said_by)})" if testimony.said_by else ""
    return f"{testimony.outlet or testimony.report_id}, {testimony.published or 'undated'}{said}"


def print_figures(pairs: Sequence[tuple[Incident, IncidentFigure]]) -> None:
    table = Table(header_style="bold")
    for name in ("incident", "day", "where", "what", "how many", "accounts"):
        table.add_column(name, overflow="fold")
    for incident, figure in pairs:
        accounts = str(len(figure.course))
        table.add_row(incident.id, days(incident.when), where(incident.place), incident.type, figure_words(figure), accounts)
    _console().print(table)


def print_changes(changes: Sequence[Change]) -> None:
    console = _console()
    for change in changes:
        text = Text(f"{change.at:%Y-%m-%d %H:%M}  ")
        text.append(f"{change.kind} {change.subject}", "bold")
        text.append(f" {change.id}", "dim")
        text.append(f": {change.words}")
        console.print(text, soft_wrap=True)
    console.print(f"{len(changes)} changes")
