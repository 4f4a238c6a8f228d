"""`review export`: what people judged, with the words it was about, as lines that training and audits read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from dateline.commands.options import archive_option, open_archive
from dateline.model.event import Event
from dateline.model.incident import Judgement
from dateline.store.archive import Archive


@click.group()
def review() -> None:
    """What people judged in the desk's review queue."""


@review.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; standard output without it.")
@click.option("--readings", type=click.Path(file_okay=False, path_type=Path), help="A folder for whole readings instead.")
@click.option("--all", "every", is_flag=True, help="Superseded verdicts too, oldest first.")
@archive_option
def export(output: Path | None, readings: Path | None, every: bool, address: str | None) -> None:
    """Write what people judged, for training and audits.

    One JSON line a verdict: who gave it, and for a single event its report's words, the event as it stands, and the event as
    the person left it.

    With --readings, FOLDER/docs.jsonl and FOLDER/gold.jsonl get every report in which people judged all events, in the form
    that `dateline evaluate voa_gold FOLDER` measures by and training/weigh_events.py learns from.
    """
    with open_archive(address) as archive:
        if readings is not None:
            click.echo(f"{write_readings(archive, readings)} reports written to {readings}", err=True)
            return
        lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in training_lines(archive, every))
    if output is None:
        click.echo(lines, nl=False)
    else:
        output.write_text(lines, encoding="utf-8")


def write_readings(archive: Archive, folder: Path) -> int:
    from dateline.commands.readings import readings as whole_readings

    folder.mkdir(parents=True, exist_ok=True)
    pairs = list(whole_readings(archive))
    for name, number in (("docs.jsonl", 0), ("gold.jsonl", 1)):
        lines = "".join(json.dumps(pair[number], ensure_ascii=False) + "\n" for pair in pairs)
        (folder / name).write_text(lines, encoding="utf-8")
    return len(pairs)


def training_lines(archive: Archive, every: bool = False) -> Iterator[dict[str, Any]]:
    told = {stored.event.id: (stored.report.id, stored.event) for stored in archive.events()}
    for judgement in archive.judgement_history() if every else archive.judgements():
        if judgement.is_human:
            yield {**_head(judgement), **_about(judgement, told)}


def _head(judgement: Judgement) -> dict[str, Any]:
    return {
        "verdict": judgement.verdict,
        "by": judgement.by,
        "at": judgement.made_at.isoformat(),
        "note": judgement.note,
        "correction": corrected(judgement.correction),
        "left": judgement.left,
        "right": judgement.right,
        "decided": judgement.event.model_dump(mode="json", by_alias=True) if judgement.event else None,
        "fields": list(judgement.fields),
    }


def corrected(words: str | None) -> dict[str, str]:
    """'place=Kunduz; status=denied' as fields."""
    parts = (part.partition("=") for part in (words or "").split("; ") if "=" in part)
    return {name: value for name, _, value in parts}


def _about(judgement: Judgement, told: dict[str, tuple[str, Event]]) -> dict[str, Any]:
    found = told.get(judgement.left)
    if found is None or judgement.right is not None:
        return {"report": found[0] if found else None}
    report_id, event = found
    return {
        "report": report_id,
        "text": [span.text for span in event.evidence],
        "event": event.model_dump(mode="json", by_alias=True),
    }
