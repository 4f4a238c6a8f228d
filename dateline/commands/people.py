"""`user`, `token`, `audit`: who may use the desk over an archive, and what they did. Whoever can write the archive's file may."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click

from dateline.commands.options import MOMENT, archive_option, json_option, open_archive
from dateline.commands.table import print_rows
from dateline.store.people import ROLES, Role

ROLE = click.Choice(ROLES)


def here() -> str:
    """The name under which the command line's acts are noted."""
    try:
        return f"command line, {getpass.getuser()}"
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "command line"


def password_option(function: Callable[..., Any]) -> Callable[..., Any]:
    help_words = "Read the password from standard input instead of asking for it."
    return click.option("--password-stdin", "from_stdin", is_flag=True, help=help_words)(function)


def asked_password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


@click.group()
def user() -> None:
    """Who may use the desk: a reader looks, a coder judges, an admin reads the audit log too."""


@user.command("add")
@click.argument("name")
@click.option("--role", type=ROLE, default="reader", show_default=True)
@password_option
@archive_option
def add_user(name: str, role: Role, from_stdin: bool, address: str | None) -> None:
    """Add a user. From then on the desk over this archive asks everybody to sign in."""
    with open_archive(address) as archive:
        made = archive.people.add(name, asked_password(from_stdin), role, by=here())
    click.echo(f"{made.name}: {made.role}")


@user.command("list")
@json_option
@archive_option
def list_users(as_json: bool, address: str | None) -> None:
    """List users with their roles."""
    with open_archive(address) as archive:
        found = archive.people.users()
    if as_json:
        for one in found:
            click.echo(json.dumps({"name": one.name, "role": one.role, "made_at": one.made_at.isoformat()}))
    else:
        print_rows(("name", "role", "since"), [(one.name, one.role, f"{one.made_at:%Y-%m-%d}") for one in found])


@user.command("remove")
@click.argument("name")
@archive_option
def remove_user(name: str, address: str | None) -> None:
    """Take a user's access away: sessions and tokens end, the audit log keeps the name."""
    with open_archive(address) as archive:
        archive.people.remove(name, by=here())
        left = archive.people.has_users()
    click.echo(f"{name} removed" + ("" if left else "; no user is left: on this machine the desk is open again"))


@user.command("role")
@click.argument("name")
@click.argument("role", type=ROLE)
@archive_option
def change_role(name: str, role: Role, address: str | None) -> None:
    """Give a user another role."""
    with open_archive(address) as archive:
        archive.people.set_role(name, role, by=here())
    click.echo(f"{name}: {role}")


@user.command("password")
@click.argument("name")
@password_option
@archive_option
def change_password(name: str, from_stdin: bool, address: str | None) -> None:
    """Give a user a new password; their browsers are signed out."""
    with open_archive(address) as archive:
        archive.people.set_password(name, asked_password(from_stdin), by=here())
    click.echo(f"{name}: password changed")


@click.group()
def token() -> None:
    """Tokens with which programs use the API in a user's name and role."""


@token.command("new")
@click.argument("name", metavar="USER")
@click.option("--label", required=True, help="What it is for.")
@click.option("--days", type=click.IntRange(1), help="It ends after so many days; without it, when it is revoked.")
@archive_option
def new_token(name: str, label: str, days: int | None, address: str | None) -> None:
    """Make a token and print it this once. Programs send it as `Authorization: Bearer TOKEN`."""
    with open_archive(address) as archive:
        _made, words = archive.people.new_token(name, label, days, by=here())
    click.echo(words)


@token.command("list")
@json_option
@archive_option
def list_tokens(as_json: bool, address: str | None) -> None:
    """List tokens, without their secrets."""
    with open_archive(address) as archive:
        found = archive.people.tokens()
    if as_json:
        for one in found:
            ends, revoked = (moment.isoformat() if moment else None for moment in (one.ends_at, one.revoked_at))
            fields = {"id": one.id, "user": one.user, "label": one.label, "made_at": one.made_at.isoformat()}
            click.echo(json.dumps({**fields, "ends_at": ends, "revoked_at": revoked}, ensure_ascii=False))
        return
    rows = [(one.id, one.user, one.label, f"{one.made_at:%Y-%m-%d}", _day(one.ends_at), _day(one.revoked_at)) for one in found]
    print_rows(("id", "user", "label", "made", "ends", "revoked"), rows)


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""


@token.command("revoke")
@click.argument("identifier", metavar="ID")
@archive_option
def revoke_token(identifier: str, address: str | None) -> None:
    """End a token now."""
    with open_archive(address) as archive:
        archive.people.revoke(identifier, by=here())
    click.echo(f"{identifier} revoked")


@click.command()
@click.option("--since", type=MOMENT, help="A day, or a moment (UTC).")
@click.option("--by", help="Only this person.")
@click.option("--limit", type=click.IntRange(1), help="At most so many, the latest.")
@json_option
@archive_option
def audit(since: datetime | None, by: str | None, limit: int | None, as_json: bool, address: str | None) -> None:
    """Show the audit log: who did what when at the desk and with users and tokens, latest first."""
    with open_archive(address) as archive:
        found = archive.people.log(since.replace(tzinfo=UTC) if since else None, by, limit)
    if as_json:
        for act in found:
            fields = {"at": act.at.isoformat(), "by": act.by, "action": act.action, "subject": act.subject}
            click.echo(json.dumps(fields, ensure_ascii=False))
    else:
        rows = [(f"{act.at:%Y-%m-%d %H:%M:%S}", act.by, act.action, act.subject) for act in found]
        print_rows(("when (UTC)", "who", "what", "on"), rows)
