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
@click.option("--all", "every", is_flag=True, help="Superseded verdicts too, oldest first.")
@archive_option
def export(output: Path | None, every: bool, address: str | None) -> None:
    """Write verdicts as JSON lines: the verdict, who gave it, and for a single event its report's words and its record.

    A correction is "field=value; field=value" as the coder wrote it.
    """
    with open_archive(address) as archive:
        lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in training_lines(archive, every))
    if output is None:
        click.echo(lines, nl=False)
    else:
        output.write_text(lines, encoding="utf-8")


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
