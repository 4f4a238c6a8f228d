"""Verbs over the archive: list, show, link, judge, check, export."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from dateline.commands.options import (
    DAY,
    MOMENT,
    archive_option,
    json_option,
    known_of,
    known_option,
    listing_options,
    open_archive,
    query_of,
    warn_if_behind,
)
from dateline.errors import BrokenArchive, UsageError
from dateline.model.incident import Judgement, Verdict
from dateline.store.archive import Archive

VERDICTS = ("same", "different", "unsure", "accept", "correct", "reject")


@click.command()
@listing_options
@click.option("--grade", "grades", multiple=True, type=click.Choice(["confirmed", "fair", "weak", "contested", "discounted"]))
def incidents(grades: tuple[str, ...], **options: Any) -> None:
    """List incidents: what happened, where, when, how many, how sure, and by how many witnesses."""
    from dataclasses import replace

    from dateline.commands.archive_tables import print_incidents

    with open_archive(options["address"]) as archive:
        found = archive.incidents(replace(query_of(options), grades=grades))
        warn_if_behind(archive)
    if options["as_json"]:
        for incident in found:
            click.echo(incident.model_dump_json(by_alias=True))
    else:
        print_incidents(found)


@click.command()
@click.argument("identifier", metavar="ID")
@click.option("--why", is_flag=True, help="Why these accounts stand together, and the rule behind each value.")
@known_option
@json_option
@archive_option
def show(identifier: str, why: bool, as_known_on: datetime | None, as_json: bool, address: str | None) -> None:
    """Show one incident with every account in its own words, what is agreed and what is disputed.

    ID is an incident's id, or its beginning; an id that was merged into another leads to that one.
    """
    from dateline.commands.archive_tables import print_incident

    with open_archive(address) as archive:
        incident = archive.incident(identifier, known_of(as_known_on))
    if incident is None:
        raise UsageError(f"no incident {identifier!r}: `dateline incidents` lists them")
    if as_json:
        click.echo(incident.model_dump_json(by_alias=True))
    else:
        print_incident(incident, why)


@click.command()
@click.option("--on", type=DAY, help="Who holds what on this day. Without it, the whole ledger.")
@click.option("--changes", is_flag=True, help="List changes of hand instead, between --from and --to.")
@click.option("--from", "first", type=DAY, help="With --changes: from this day on.")
@click.option("--to", "last", type=DAY, help="With --changes: up to this day.")
@click.option("--place", help="Only there: part of a place's, province's or the country's name or code.")
@known_option
@json_option
@archive_option
def holdings(
    on: datetime | None,
    changes: bool,
    first: datetime | None,
    last: datetime | None,
    place: str | None,
    as_known_on: datetime | None,
    as_json: bool,
    address: str | None,
) -> None:
    """Who holds which place, since when, and who says so."""
    from dateline.commands.archive_tables import print_holdings

    if (first or last) and not changes:
        raise UsageError("--from and --to go with --changes; for one day use --on")
    if changes and on:
        raise UsageError("--changes lists a stretch of days: use --from and --to instead of --on")
    with open_archive(address) as archive:
        found = archive.holdings(on.date() if on else None, known_of(as_known_on), place)
        warn_if_behind(archive)
    if changes:
        found = [holding for holding in found if _changed_between(holding.since_earliest or holding.since_latest, first, last)]
    if as_json:
        for holding in found:
            click.echo(holding.model_dump_json(by_alias=True))
    else:
        print_holdings(found, on.date() if on else None)


def _changed_between(day: Any, first: datetime | None, last: datetime | None) -> bool:
    if day is None:
        return False
    return (first is None or day >= first.date()) and (last is None or day <= last.date())


@click.command()
@listing_options
@click.option("--measure", default=None, help="Only this measure: killed, injured, displaced, captured, …")
def figures(measure: str | None, **options: Any) -> None:
    """List counts over incidents: the range that the accounts span, and whether they dispute it."""
    from dateline.commands.archive_tables import print_figures

    with open_archive(options["address"]) as archive:
        found = archive.incidents(query_of(options))
        warn_if_behind(archive)
    pairs = [(i, f) for i in found for f in i.figures if measure is None or f.measure == measure]
    if options["as_json"]:
        for incident, figure in pairs:
            click.echo(json.dumps({"incident": incident.id, **figure.model_dump(mode="json")}, ensure_ascii=False))
    else:
        print_figures(pairs)


@click.command()
@archive_option
@click.option("--anew", is_flag=True, help="Compare every report afresh: after weights or word lists changed.")
@click.option("--engine", type=click.Choice(["local", "processes", "ray"]), help="Where. Without it, all cores if there is much.")
@click.option("--workers", type=click.IntRange(0), default=None, help="Processes or tasks at once; 0: one a core.")
@click.option("--address", "cluster", default=None, help="With --engine ray: the cluster's address.")
def link(address: str | None, anew: bool, engine: str | None, workers: int | None, cluster: str | None) -> None:
    """Link what the reports tell into incidents and holdings. Repeating it changes nothing, nor does the engine.

    On a cluster every node must reach the archive by its address: keep it in PostgreSQL.
    """
    from dateline.link.run import link_incidents

    with open_archive(address) as archive:
        if anew:
            archive.begin_anew()
        if engine:
            from dateline.engines import hands_of

            with hands_of(engine, workers, cluster) as hands:
                done = link_incidents(archive, hands=hands)
        else:
            done = link_incidents(archive)
    click.echo(
        f"{done.incidents} incidents: {done.new} new, {done.changed} changed, {done.merged} merged, {done.gone} gone"
        if done.incidents or done.gone
        else "nothing new to link"
    )


@click.command()
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.argument("left", metavar="ID")
@click.argument("right", metavar="[ID]", required=False)
@click.option("--by", default="", help="Who judges.")
@click.option("--note", default="", help="Why.")
@click.option("--correction", "corrections", multiple=True, help="With correct: FIELD=VALUE, such as place=Kunduz; repeatable.")
@archive_option
def judge(
    verdict: Verdict, left: str, right: str | None, by: str, note: str, corrections: tuple[str, ...], address: str | None
) -> None:
    """Note a verdict: same, different or unsure about two; accept, correct or reject about one. Then link anew.

    ID is an account's event id (`dateline show ID --json`) or an incident's id, which stands for its first account.
    A correction's fields are type, status, by, on, place, start, end, figures ("14 killed; 3 injured"), before and after
    (who held the place). A verdict is never overwritten, and a newer coding of the report does not lose it.
    """
    from dateline.link.run import link_incidents

    if bool(corrections) != (verdict == "correct"):
        raise UsageError("correct takes one --correction FIELD=VALUE or more, and only correct does")
    with open_archive(address) as archive:
        ids = [_event_of(archive, subject) for subject in (left, right) if subject]
        if verdict == "correct":
            made = _correct(archive, ids[0], by, corrections, note)
        else:
            made = archive.judge(verdict, ids[0], ids[1] if right else None, by, note)
        done = link_incidents(archive)
    click.echo(f"{made.id}: {verdict} noted; {done.new} incidents new, {done.changed} changed, {done.merged} merged")


def _correct(archive: Archive, event_id: str, by: str, corrections: tuple[str, ...], note: str) -> Judgement:
    from dateline.settings import Settings
    from dateline.web.by_hand import Known, correct_event

    changes = {name.strip(): value.strip() for name, _, value in (words.partition("=") for words in corrections)}
    return correct_event(archive, Known(Settings()), event_id, by, changes, note)


def _event_of(archive: Archive, subject: str) -> str:
    incident = archive.incident(subject)
    return incident.accounts[0].event.id if incident else subject


@click.command()
@archive_option
def check(address: str | None) -> None:
    """Verify the archive: every citation, every row's time, one row in force for each thing."""
    with open_archive(address) as archive:
        breaches = archive.check()
    for line in breaches:
        click.echo(line)
    if breaches:
        raise BrokenArchive(f"{len(breaches)} breaches, listed above: restore a backup, or report them")
    click.echo("sound")


@click.command()
@click.option("--since", type=MOMENT, required=True, help="A day, or a moment (UTC).")
@click.option("--until", type=MOMENT, help="Up to here; now without it.")
@json_option
@archive_option
def changes(since: datetime, until: datetime | None, as_json: bool, address: str | None) -> None:
    """List what became new, changed, merged or withdrawn in the archive since a moment."""
    from dateline.commands.archive_tables import print_changes

    with open_archive(address) as archive:
        found = archive.changes(_utc(since), _utc(until) if until else None)
    if not as_json:
        print_changes(found)
        return
    for change in found:
        fields = {"at": change.at.isoformat(), "kind": change.kind, "subject": change.subject, "id": change.id}
        click.echo(json.dumps({**fields, "words": change.words}, ensure_ascii=False))


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@archive_option
def backup(target: Path, address: str | None) -> None:
    """Write the whole archive to TARGET, one SQLite file; the archive may be in use meanwhile."""
    with open_archive(address) as archive:
        rows = archive.backup(target)
    click.echo(f"{rows} rows written to {target}")


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--archive", "address", required=True, help="A new or empty archive: a file's path or an address.")
def restore(source: Path, address: str) -> None:
    """Fill a new archive from a backup; from SQLite to PostgreSQL or back as well."""
    with Archive.open(address) as archive:
        rows = archive.restore(source)
    click.echo(f"{rows} rows restored to {address}")


def _utc(moment: datetime) -> datetime:
    from datetime import UTC

    return moment.replace(tzinfo=UTC)
