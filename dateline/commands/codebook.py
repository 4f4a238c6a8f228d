"""`codebook check` validates the data files; `codebook explain WORDS` shows what a sentence would evoke and why."""

from __future__ import annotations

from collections import Counter

import click

from dateline.settings import Settings


@click.group()
def codebook() -> None:
    """The codebook: the words that evoke events, the actors, quantities and cues, as files that an expert edits."""


@codebook.command()
def check() -> None:
    """Load every file, and count its entries; a broken entry is named by file and line."""
    from dateline.codebook.codebook import load_codebook

    settings = Settings()
    book = load_codebook(settings.codebook, settings.vague_table)
    counts = Counter(entry.type for entry in book.events.entries())
    bare = Counter(entry.type for entry in book.events.entries() if not entry.example)
    for kind, count in sorted(counts.items()):
        click.echo(_counted(kind, count, bare[kind]))
    click.echo(_counted("all types", counts.total(), bare.total()))


def _counted(kind: str, count: int, bare: int) -> str:
    return f"{kind:20} {count:5} entries" + (f", {bare} without an example" if bare else "")


@codebook.command()
@click.argument("words", nargs=-1, required=True)
def explain(words: tuple[str, ...]) -> None:
    """Say which entries WORDS evoke, with who does what to whom, and which entries match but are ruled out."""
    from dateline.commands.explaining import explanation
    from dateline.pipeline import load_resources

    for line in explanation(" ".join(words), load_resources(Settings())):
        click.echo(line)
