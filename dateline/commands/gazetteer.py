"""`dateline gazetteer …`: build the default gazetteer, import a fuller one, see how a name resolves."""

from __future__ import annotations

from pathlib import Path

import click

from dateline.resolve.gazetteer_build import build as build_layer
from dateline.settings import Settings


@click.group()
def gazetteer() -> None:
    """The places that names may mean: build, import, check."""


@gazetteer.command()
@click.option("--sources", type=click.Path(path_type=Path), help="Folder of the source packages (default: beside the gazetteer).")
@click.option("--quiet", is_flag=True, help="Print nothing while building.")
def build(sources: Path | None, quiet: bool) -> None:
    """Build the default gazetteer from installed packages; does nothing when it is up to date."""
    folder = Settings().gazetteer
    say = (lambda line: None) if quiet else (lambda line: click.echo(line, err=True))
    done = build_layer(folder, sources or folder.parent / "sources", say)
    click.echo(f"gazetteer {'built in' if done else 'up to date in'} {folder}")
