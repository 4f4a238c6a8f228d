"""Which reports repeat which: a copy is not a second witness, however its headline was rewritten or its end cut off.

Two texts are compared by their runs of words. MinHash signatures in an LSH index propose pairs, so that cost grows with
the number of reports; the exact share of common runs then decides. What a pair shares is measured against the shorter
text: a cut copy is wholly inside its source, and so is a source inside a report that was merged with another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal
from zlib import crc32

from datasketch import MinHash, MinHashLSH

from dateline.model.text import Report

# Words in a run: long enough that two reporters seldom choose the same one, short enough to survive an edited word.
RUN = 4
# 64 bands of 2 rows: pairs that share a fifth of their runs are proposed with probability .93.
BANDS, ROWS = 64, 2
# Share of the shorter text's runs that makes it a copy. Different reports of one happening share quotes: seldom above .25.
COPY_SHARE = 0.4
# A text as good as the same.
SAME_SHARE = 0.9
# A sentence is repeated when so much of it stands in the other report.
SENTENCE_SHARE = 0.5
# Shorter texts have too few runs to tell a copy from a chance.
FEWEST_RUNS = 12
WORD = re.compile(r"\w+(?:['’]\w+)*")

CopyKind = Literal["exact", "near", "part"]


@dataclass(frozen=True, slots=True)
class Sketch:
    """A report reduced to its runs of words. `runs` are 32-bit hashes, the same on every machine."""

    report_id: str
    outlet: str | None
    url: str | None
    published: date | None
    runs: frozenset[int]

    @property
    def order(self) -> tuple[date, str]:
        """The earlier told is the source; undated reports come last."""
        return self.published or date.max, self.report_id


@dataclass(frozen=True, slots=True)
class Copy:
    """`report_id` repeats `of`: `share` of the shorter text's runs stand in both. `is_version`: the outlet's own update."""

    report_id: str
    of: str
    kind: CopyKind
    share: float
    is_version: bool


def runs_in(text: str) -> frozenset[int]:
    words = WORD.findall(text.replace("’", "'").casefold())
    runs = (" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1))
    return frozenset(crc32(run.encode("utf-8", "surrogatepass")) for run in runs)


def sketch_of(report: Report) -> Sketch:
    """Of the body: a new headline makes no new report."""
    runs = runs_in(report.text[report.body_start :])
    return Sketch(report.id, report.outlet, report.url, report.published, runs)


@cache
def _empty() -> MinHash:
    """What all signatures start from: to draw the permutations anew for each would cost more than the signature."""
    return MinHash(num_perm=BANDS * ROWS, seed=1, hashfunc=_as_is, scheme="affine32")


def signature_of(sketch: Sketch) -> MinHash:
    signature = _empty().copy()
    if sketch.runs:
        signature.update_batch(sorted(sketch.runs))
    return signature


def _as_is(run: int) -> int:
    return run


def find_copies(sketches: Iterable[Sketch]) -> list[Copy]:
    """Every report that repeats an earlier one, with each such source, in order. The order given plays no part."""
    ordered = sorted((s for s in sketches if len(s.runs) >= FEWEST_RUNS), key=lambda sketch: sketch.order)
    found = (compare(ordered[early], ordered[late]) for early, late in _proposed(ordered))
    return [copy for copy in found if copy is not None]


def _proposed(ordered: Sequence[Sketch]) -> list[tuple[int, int]]:
    index = MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS))
    pairs: set[tuple[int, int]] = set()
    for late, sketch in enumerate(ordered):
        signature = signature_of(sketch)
        pairs.update((early, late) for early in index.query(signature))
        index.insert(late, signature)
    return sorted(pairs)


def compare(early: Sketch, late: Sketch) -> Copy | None:
    """The later report as a copy of the earlier one, or None."""
    common = len(early.runs & late.runs)
    share = common / min(len(early.runs), len(late.runs))
    if share < COPY_SHARE:
        return None
    whole = common / max(len(early.runs), len(late.runs))
    kind: CopyKind = "exact" if early.runs == late.runs else "near" if whole >= COPY_SHARE else "part"
    return Copy(late.report_id, early.report_id, kind, round(share, 4), is_version(early, late, whole))


def is_version(early: Sketch, late: Sketch, whole: float) -> bool:
    """The same page, or the same outlet telling nearly the same text again."""
    if early.url and late.url:
        return _page(early.url) == _page(late.url)
    return early.outlet is not None and early.outlet == late.outlet and whole >= COPY_SHARE


def _page(url: str) -> str:
    return re.sub(r"^https?://(www\.)?|[?#].*$|/+$", "", url)


def repeats(sentence: str, runs: frozenset[int]) -> bool:
    """Whether a sentence stands, but for a few words, in the text with these runs."""
    own = runs_in(sentence)
    return bool(own) and len(own & runs) / len(own) >= SENTENCE_SHARE
