"""Verbs only: each command's work lives in its room. Commands are imported when called, so that `dateline read` starts fast."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from dateline.errors import DatelineError
from dateline.threads import one_thread

# name → module:attribute; the order is the order of `dateline --help`
COMMANDS = {
    "read": "dateline.commands.read:read",
    "add": "dateline.commands.read:add",
    "bulk": "dateline.commands.bulk:bulk",
    "incidents": "dateline.commands.archive:incidents",
    "show": "dateline.commands.archive:show",
    "holdings": "dateline.commands.archive:holdings",
    "figures": "dateline.commands.archive:figures",
    "link": "dateline.commands.archive:link",
    "judge": "dateline.commands.archive:judge",
    "changes": "dateline.commands.archive:changes",
    "recode": "dateline.commands.recoding:recode",
    "check": "dateline.commands.archive:check",
    "backup": "dateline.commands.archive:backup",
    "restore": "dateline.commands.archive:restore",
    "export": "dateline.commands.exporting:export",
    "sitrep": "dateline.commands.sitrep:sitrep",
    "review": "dateline.commands.review:review",
    "serve": "dateline.commands.serve:serve",
    "demo": "dateline.commands.serve:demo",
    "user": "dateline.commands.people:user",
    "token": "dateline.commands.people:token",
    "audit": "dateline.commands.people:audit",
    "alert": "dateline.commands.alert:alert",
    "evaluate": "dateline.commands.evaluate:evaluate",
    "gazetteer": "dateline.commands.gazetteer:gazetteer",
    "codebook": "dateline.commands.codebook:codebook",
}


class Verbs(click.Group):
    """A group whose commands are imported only when they are called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        where = COMMANDS.get(name)
        if where is None:
            return None
        module, attribute = where.split(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{where} is no command")
        return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="dateline", message="%(prog)s %(version)s")
def cli() -> None:
    """Read news reports of armed conflict and keep the record: what happened, who did it to whom, where, when,
    how many, which place changed hands, and who says so. Every value cites its words.

    \b
    dateline read report.txt --published 2021-08-10     code one report, print its record
    dateline add reports/ && dateline incidents         keep an archive, list what happened
    dateline holdings --on 2021-08-12                   who held which place on a day
    dateline demo                                       see it on the example dispatches

    \b
    Exit codes: 0 done · 1 some reports were set aside · 2 usage · 3 unreadable input ·
    4 missing resource (run `make setup`) · 5 broken codebook or archive · 130 interrupted
    """


def main(args: Sequence[str] | None = None) -> None:
    """Run the command; an expected error is one line on standard error and a documented exit code."""
    one_thread()
    try:
        code = cli.main(args=list(args) if args is not None else None, standalone_mode=False)
    except click.exceptions.Abort:
        _end("interrupted", 130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except DatelineError as error:
        _end(str(error), error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone: nothing is wrong
        sys.exit(0)
    else:
        sys.exit(code if isinstance(code, int) else 0)


def _end(message: str, code: int) -> None:
    click.echo(f"dateline: {message}", err=True)
    sys.exit(code)
