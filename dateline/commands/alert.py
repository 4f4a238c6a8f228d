"""`alert`: saved views told to other programs, signed and tried again until they arrive."""

from __future__ import annotations

import json

import click

from dateline.commands.options import archive_option, json_option, open_archive
from dateline.commands.people import here
from dateline.commands.table import print_rows


@click.group()
def alert() -> None:
    """Saved views that are posted to other programs as they change. A running desk sends them; `alert send` does it once."""


@alert.command("new")
@click.argument("url")
@click.option("--name", required=True, help="What it is for.")
@click.option("--view", default="", help="What follows the ? of the desk's address, such as place=Kunduz&group=violence.")
@archive_option
def new_alert(url: str, name: str, view: str, address: str | None) -> None:
    """Post what becomes known in a view to URL from now on, and print the secret that signs it."""
    from dateline.web.hooks import checked_url, query_of

    query_of(view)
    with open_archive(address) as archive:
        made = archive.alerts.new(name, view.lstrip("?"), checked_url(url), by=here())
    click.echo(f"{made.id} {made.secret}")


@alert.command("list")
@json_option
@archive_option
def list_alerts(as_json: bool, address: str | None) -> None:
    """List alerts, without their secrets."""
    with open_archive(address) as archive:
        found = archive.alerts.all()
    if not as_json:
        state = [(one.id, one.name, one.view, one.url, "stopped" if one.stopped_at else "") for one in found]
        print_rows(("id", "name", "view", "to", ""), state)
        return
    for one in found:
        fields = {"id": one.id, "name": one.name, "view": one.view, "url": one.url, "seen": one.seen.isoformat()}
        click.echo(json.dumps({**fields, "stopped": one.stopped_at is not None}, ensure_ascii=False))


@alert.command("stop")
@click.argument("identifier", metavar="ID")
@archive_option
def stop_alert(identifier: str, address: str | None) -> None:
    """Send nothing more for an alert."""
    with open_archive(address) as archive:
        archive.alerts.stop(identifier, by=here())
    click.echo(f"{identifier} stopped")


@alert.command("send")
@archive_option
def send_alerts(address: str | None) -> int:
    """Gather what is new and send what is due, once; exit code 1 when something did not arrive."""
    from dateline.web.hooks import gather, send

    with open_archive(address) as archive:
        gather(archive)
        arrived, failed = send(archive)
    click.echo(f"{arrived} arrived, {failed} to try again")
    return 1 if failed else 0
