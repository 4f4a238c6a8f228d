"""`dateline gazetteer …`: build the default gazetteer, import a fuller one, see how a name resolves."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.gazetteer_build import build as build_layer
from dateline.resolve.gazetteer_check import Check, check
from dateline.resolve.gazetteer_import import import_file
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
    done = build_layer(folder, sources or folder.parent / "sources", _silent if quiet else _say)
    click.echo(f"gazetteer {'built in' if done else 'up to date in'} {folder}")


def _silent(line: str) -> None:
    """Progress that nobody asked for."""


def _say(line: str) -> None:
    click.echo(line, err=True)


@gazetteer.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", help="Name of the layer (default: the file's).")
def import_(file: Path, name: str | None) -> None:
    """Import FILE: a GeoNames dump, its alternate names, or a table (docs/gazetteer.md). Run again to go on after a break."""
    layer = name or file.name.split(".")[0]
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(f"importing {file.name}")
        done = import_file(Settings().gazetteer, file, layer, _teller(bar, task))
    click.echo(
        f"{done.places:,} places of {done.lines:,} lines in {done.layers} layer{'s' if done.layers > 1 else ''} named {layer}"
    )


def _teller(bar: Progress, task: int) -> Callable[[int, int], None]:
    def tell(lines: int, places: int) -> None:
        bar.update(task, description=f"{places:,} places, {lines:,} lines")  # type: ignore[arg-type]

    return tell


@gazetteer.command("check")
@click.argument("name")
@click.option("--in", "country", metavar="ISO", help="Only places of this country (AF, UA …).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--limit", default=8, show_default=True, help="How many candidates to show.")
def check_(name: str, country: str | None, as_json: bool, limit: int) -> None:
    """Explain how NAME resolves when nothing else is known, and why."""
    found = check(name, Gazetteer.open(Settings().gazetteer), country)
    click.echo(json.dumps(asdict(found), ensure_ascii=False) if as_json else _in_words(found, limit))


def _in_words(found: Check, limit: int) -> str:
    how = "known by its spelling" if found.spelt else "looked up by its sound" if found.lines else "not known"
    lines = [f"{found.name}: {how} (key {found.key!r}, sound {found.sound!r})"]
    for line in found.lines[:limit]:
        lines.append(f"{line.share:6.1%}  {line.place}  {line.lat}, {line.lon}  {line.people:,} people  {line.gazetteer_id}")
        lines.append(f"        by {line.match}; {'; '.join(line.reasons)}")
    if len(found.lines) > limit:
        lines.append(f"… and {len(found.lines) - limit} more")
    return "\n".join(lines)
