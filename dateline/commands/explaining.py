"""Why a sentence evokes what it evokes: the entries that match, the one chosen, the slots it fills."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.annotate.mentions import find_mentions
from dateline.extract.events import find_events
from dateline.extract.triggers import find_candidates
from dateline.model.reading import Mention, Reading
from dateline.model.text import Report
from dateline.pipeline import Resources
from dateline.resolve.actors import resolve_actors
from dateline.resolve.places import find_places


def explanation(sentence: str, resources: Resources) -> Iterator[str]:
    reading = resources.language.read(Report(id="explain", text=sentence))
    places = find_places(reading, resources.gazetteer)
    cast = resolve_actors(reading, find_mentions(reading), places, resources.codebook.actors)
    drafts = find_events(reading, cast.mentions, cast.entities, places, resources.codebook.events)
    for draft in drafts:
        yield f"{draft.type} ({draft.status}) by “{sentence[draft.trigger.start : draft.trigger.end]}”: {draft.made_by}"
        yield f"    who: {_words(draft.by, reading)} · whom: {_words(draft.on, reading)}"
    chosen = {draft.made_by.removeprefix("rule ") for draft in drafts}
    for candidate in find_candidates(reading.doc, resources.codebook.events):
        for entry in candidate.entries:
            if entry.name not in chosen:
                needs = " ".join(
                    ("!" if need.any_of[0].negated else "") + "|".join(f"{c.role}:{','.join(c.classes)}" for c in need.any_of)
                    for need in entry.needs
                )
                yield f"not chosen: {entry.name}" + (f" (needs {needs})" if needs else "")
    if not drafts:
        yield "Nothing is evoked: no entry's words stand here with its needs met."


def _words(mentions: tuple[Mention, ...], reading: Reading) -> str:
    return ", ".join(reading.report.text[m.chars.start : m.chars.end] for m in mentions) or "not said"
