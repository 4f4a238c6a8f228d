"""Options that several verbs share, so that they are named and explained once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from dateline.errors import UsageError
from dateline.export.release import Precision, PublicArchive
from dateline.model.event import GROUP_OF, GROUPS
from dateline.settings import Settings
from dateline.store.archive import Archive
from dateline.store.query import AsKnownOn, Query

DAY = click.DateTime(["%Y-%m-%d"])
MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M"])


def archive_option(function: click.decorators.FC) -> click.decorators.FC:
    explained = "The archive's file or address. Default: DATELINE_ARCHIVE or dateline.sqlite."
    return click.option("--archive", "address", default=None, help=explained)(function)


def known_option(function: click.decorators.FC) -> click.decorators.FC:
    explained = "Answer as the archive would have on that day's end, or at that moment (UTC)."
    return click.option("--as-known-on", type=MOMENT, help=explained)(function)


def json_option(function: click.decorators.FC) -> click.decorators.FC:
    return click.option("--json", "as_json", is_flag=True, help="One line of JSON an item.")(function)


def listing_options(function: click.decorators.FC) -> click.decorators.FC:
    """What every listing takes: --json and the filters."""
    return filter_options(json_option(function))


def filter_options(function: click.decorators.FC) -> click.decorators.FC:
    """--since --until --place --actor --type --as-known-on --limit --archive."""
    for option in (
        archive_option,
        click.option("--limit", type=click.IntRange(1), help="At most so many."),
        known_option,
        click.option(
            "--type", "types", multiple=True, help="An event type or a group of types (violence, control…); repeatable."
        ),
        click.option("--actor", help="Only where this actor did it or suffered it (part of the name will do)."),
        click.option("--place", help="Only there: part of a place's, province's or the country's name or code."),
        click.option("--until", type=DAY, help="Only what may have happened on or before this day."),
        click.option("--since", type=DAY, help="Only what may have happened on or after this day."),
    ):
        function = option(function)
    return function


def query_of(options: dict[str, Any]) -> Query:
    """The query that the listing options ask for; unknown types are a usage error that names the known ones."""
    since, until = options.get("since"), options.get("until")
    return Query(
        types=types_of(options.get("types", ())),
        place=options.get("place"),
        actor=options.get("actor"),
        since=since.date() if since else None,
        until=until.date() if until else None,
        words=options.get("words"),
        as_known_on=known_of(options.get("as_known_on")),
        limit=options.get("limit"),
    )


def types_of(names: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        if name in GROUPS:
            found.extend(GROUPS[name])
        elif name in GROUP_OF:
            found.append(name)
        else:
            raise UsageError(f"no type {name!r}: types are {', '.join(GROUP_OF)}; groups are {', '.join(GROUPS)}")
    return tuple(found)


def known_of(moment: datetime | None) -> AsKnownOn:
    """A bare day means its end, a day with an hour that very moment."""
    if moment is None:
        return None
    return moment.date() if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else moment


def precision_option(function: click.decorators.FC) -> click.decorators.FC:
    explained = "For the public: no place finer than a district (admin2) or province (admin1), no private person's name."
    return click.option("--publish-precision", "precision", type=click.Choice(["admin1", "admin2"]), help=explained)(function)


def as_published(archive: Archive, precision: Precision | None) -> Archive:
    """The archive as the public may see it, where a precision is asked for."""
    return PublicArchive.over(archive, precision) if precision else archive


def open_archive(address: str | None) -> Archive:
    """The archive that the option or the settings name; it must be there."""
    return Archive.open(address or Settings().archive, create=False)


def warn_if_behind(archive: Archive) -> None:
    """Say so when reports or verdicts wait for linking: the listing is then older than the archive."""
    if not archive.link_state().is_current:
        click.echo("dateline: some reports or verdicts are not linked yet: run `dateline link`", err=True)
