"""`evaluate`: how good is it? Each yardstick is a command of its own, whose help says what is measured and mapped."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from dateline.errors import UsageError
from dateline.evaluate.registry import YARDSTICKS, yardstick
from dateline.evaluate.results import Line, results_page
from dateline.evaluate.run import Outcome, evaluate_rivals
from dateline.evaluate.run import evaluate as run_evaluate
from dateline.evaluate.yardstick import Skipped, Yardstick
from dateline.settings import Settings

PATH = click.Path(exists=True, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
PARAGRAPH = re.compile(r"\s((?:PATH|Source|Mapped|Figures?|Not comparable)\b[^.]{0,40}:)")


def run_options(function: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--workers", type=click.IntRange(0), default=None, help="Worker processes; 0: one a core."),
        click.option("--limit", type=click.IntRange(1), help="Judge so many items only, spread evenly over the file."),
    ):
        function = option(function)
    return function


def answer_options(function: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--predictions", type=FILE, help="Write our answers in the benchmark's own form, for its own scorer."),
        click.option("--errors", type=FILE, help="Write a page for reading errors: texts, gold and ours, worst first."),
        click.option("--json", "as_json", is_flag=True, help="One line of JSON: figures, intervals, seconds, peak_mb, version."),
    ):
        function = option(function)
    return run_options(function)


class Yardsticks(click.Group):
    """Commands are named with _; - is accepted as well."""

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        return super().get_command(ctx, name.replace("-", "_"))


@click.group(cls=Yardsticks)
def evaluate() -> None:
    """Measure the pipeline (the same code as `read`) on data sets with known answers.

    \b
    dateline evaluate isaf DATA/isaf/dev.jsonl --errors errors.html
    dateline evaluate mine GOLD.jsonl
    dateline evaluate all DATA

    What each set is, and what is mapped to what: `dateline evaluate NAME --help` and docs/yardsticks.md.
    """


def command_of(stick: Yardstick[Any]) -> click.Command:
    @answer_options
    def run(path: Path, **options: Any) -> None:
        run_one(stick, path, **options)

    about = PARAGRAPH.sub(r"\n\n\1", stick.about)
    return click.Command(
        stick.name,
        callback=run,
        params=[click.Argument(["path"], type=PATH), *getattr(run, "__click_params__", [])],
        help=about,
        short_help=stick.measures,
    )


for _stick in YARDSTICKS:
    evaluate.add_command(command_of(_stick))


@evaluate.command(short_help="your own gold, in the form of voa_gold")
@click.argument("gold", type=PATH)
@answer_options
def mine(gold: Path, **options: Any) -> None:
    """Measure on readings of your own team.

    GOLD: JSON lines in the form of voa_gold, an example of which is in docs/yardsticks.md; each line holds its report's text, or
    a file of the same name with "docs" in the place of "gold" holds the texts.
    """
    run_one(yardstick("voa_gold"), gold, **options)


@evaluate.command("all", short_help="every yardstick that is there, in one table")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@run_options
@click.option("--rivals/--no-rivals", default=True, help="Run the rivals that are installed, too.")
@click.option("--write", type=FILE, default=Path("docs/results.md"), show_default=True, help="The page to write.")
def run_all(folder: Path, limit: int | None, workers: int | None, rivals: bool, write: Path) -> None:
    """Run every yardstick that FOLDER holds (a folder of its name each), print one table and write the page of results."""
    settings = Settings()
    here = [(stick, path) for stick in YARDSTICKS if (path := where_is(stick, folder))]
    if not here:
        raise UsageError(f"{folder}: no yardstick there; folders are named {', '.join(s.name for s in YARDSTICKS)}")
    begun = time.perf_counter()
    lines: list[Line] = []
    write.parent.mkdir(parents=True, exist_ok=True)
    for stick, path in here:
        click.echo(f"{stick.name} …", err=True)
        lines.append(in_own_process(stick.name, path, settings, limit, workers, rivals))
        say_skipped(lines[-1].outcome.skipped)
        print_figures(lines[-1])
        # after each one, so that what an interrupted run has measured is not lost
        write.write_text(results_page(lines, settings, limit, time.perf_counter() - begun), encoding="utf-8")
    click.echo(f"written: {write}", err=True)


def where_is(stick: Yardstick[Any], folder: Path) -> Path | None:
    """The yardstick's own folder, or for the seed the one beside the yardsticks."""
    for place in (folder / stick.name, folder / stick.name.replace("_", "-"), folder.parent / stick.name):
        if (place / stick.file).is_file():
            return place
    return None


def in_own_process(name: str, path: Path, settings: Settings, limit: int | None, workers: int | None, rivals: bool) -> Line:
    """A process a yardstick, so that peak memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(line_of, name, path, settings, limit, workers, rivals).result()


def line_of(name: str, path: Path, settings: Settings, limit: int | None, workers: int | None, rivals: bool) -> Line:
    stick = yardstick(name)
    if rivals and stick.rivals:
        outcome, told, missing = evaluate_rivals(stick, path, settings, limit, workers)
        return Line(without_texts(outcome), told, tuple(against.name for against in missing))
    return Line(without_texts(run_evaluate(stick, path, settings, limit, workers)))


def without_texts(outcome: Outcome) -> Outcome:
    """What a table needs: the judged items stay in the process that made them."""
    return replace(outcome, judged=())


def run_one(
    stick: Yardstick[Any],
    path: Path,
    limit: int | None,
    workers: int | None,
    as_json: bool,
    errors: Path | None,
    predictions: Path | None,
) -> None:
    with Progress(console=Console(stderr=True), transient=True, disable=as_json) as progress:
        bar = progress.add_task(stick.name, total=None)
        outcome = run_evaluate(
            stick, path, Settings(), limit, workers, lambda done, of: progress.update(bar, completed=done, total=of)
        )
    say_skipped(outcome.skipped)
    if predictions:
        predictions.write_text("".join(f"{line}\n" for line in stick.predictions(outcome.judged)), encoding="utf-8")
    if errors:
        from dateline.evaluate.errors_page import write_errors

        write_errors(errors, stick, outcome)
    if as_json:
        click.echo(outcome.to_json())
    else:
        print_figures(Line(outcome))


def say_skipped(skipped: tuple[Skipped, ...]) -> None:
    for one in skipped:
        click.echo(f"dateline: skipped: {one}", err=True)
    if skipped:
        click.echo(f"dateline: {len(skipped)} lines skipped", err=True)


def print_figures(line: Line) -> None:
    outcome = line.outcome
    best = yardstick(outcome.yardstick).best_known
    speed = f"{outcome.n} items, {outcome.reports_a_second:.1f} reports/s, {outcome.peak_mb:.0f} MB"
    table = Table(title=f"{outcome.yardstick}: {speed}", title_justify="left", box=None, pad_edge=False)
    table.add_column("figure")
    for heading in ("value", "95% interval"):
        table.add_column(heading, justify="right")
    table.add_column("rests on")
    table.add_column("best known")
    for figure in outcome.figures:
        table.add_row(
            figure.name, f"{figure.value:.1f}", f"{figure.low:.1f}–{figure.high:.1f}", figure.rests_on, best.get(figure.name, "")
        )
    for rival in line.rivals:
        for figure in rival.figures:
            table.add_row(
                f"{figure.name}: {rival.name}", f"{figure.value:.1f}", f"{figure.low:.1f}–{figure.high:.1f}", figure.rests_on, ""
            )
    Console().print(table)
