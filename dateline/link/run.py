"""Linking an archive: what is there, as known moment by moment, becomes incidents and the ledger of holdings."""

from __future__ import annotations

from datetime import datetime

from dateline.codebook.frequency import WordTable, load_word_table
from dateline.link.holdings import build_ledger
from dateline.link.incidents import Verdicts, build_incidents
from dateline.link.prepare import prepare
from dateline.link.weights import Weights, load_weights
from dateline.model.incident import Judgement
from dateline.store.archive import Archive
from dateline.store.query import Query
from dateline.store.values import Linked


def link_incidents(archive: Archive, weights: Weights | None = None, table: WordTable | None = None) -> Linked:
    """Bring the archive's incidents and holdings up to date with its reports and verdicts. Repeating it changes nothing."""
    weights = weights or load_weights()
    table = table or load_word_table()
    done = Linked(0, 0, 0, 0, 0)
    state = archive.link_state()
    for moment in state.waiting:
        # Only the last step counts all as seen: a run that was killed between two moments goes on where it stood.
        seen = state.last if moment == state.waiting[-1] else state.seen
        done = _link_at(archive, moment, seen, weights, table)
    return done


def _link_at(archive: Archive, moment: datetime, seen: int, weights: Weights, table: WordTable) -> Linked:
    judged = archive.judgements(moment)
    refused = rejected(judged)
    stored = [item for item in archive.events(Query(as_known_on=moment)) if item.event.id not in refused]
    verdicts = pair_verdicts(judged)
    prepared = prepare([(item.report, item.event) for item in stored], archive.texts(moment), table)
    incidents = build_incidents(prepared.tellings, weights, verdicts, prepared.book)
    return archive.save_links(incidents, build_ledger(incidents), seen, moment)


def rejected(judgements: list[Judgement]) -> frozenset[str]:
    """Events that a person found to be none: they stay in their report's record and make no incident."""
    return frozenset(judgement.left for judgement in judgements if judgement.is_human and judgement.verdict == "reject")


def pair_verdicts(judgements: list[Judgement]) -> Verdicts:
    """Pairs of event ids that people (or, where they are silent, the machine) judged."""
    found: dict[frozenset[str], tuple[str, str]] = {}
    for judgement in sorted(judgements, key=lambda judgement: (judgement.is_human, judgement.made_at, judgement.id)):
        if judgement.right is not None:
            found[frozenset((judgement.left, judgement.right))] = (judgement.verdict, judgement.by)
    return found
