"""One spaCy pass a report. Lines of the text bound sentences, because a headline or a bullet has no full stop.

Text in a single case (old wires in capitals, archives in lower case) is read through a recased copy of the same
length, so that every offset still indexes the report's own text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

from dateline.annotate.lean import spacy  # before anything of spaCy's

# isort: split
from spacy.attrs import IDX, IS_SPACE
from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from spacy.util import is_package

from dateline.annotate.casing import recase
from dateline.annotate.fast import quicken
from dateline.errors import MissingResource
from dateline.model.reading import Chars, Reading
from dateline.model.text import Report

LINE_BREAK = re.compile(r"\s*\n\s*")
LINE_ENDS = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")  # releases pasted from web pages break lines by U+2028
# A line that opens with a place in capitals, perhaps a region, a date or an agency, and a dash.
DATELINE = re.compile(
    r"^[A-Z][A-Z.'’ -]{2,30}(?:[,/][^\n—–:]{0,50}?)?(?:\([^)\n]{1,30}\))?\s*(?:—|–|--|\s-)\s*(?=[“\"'A-Z])", re.M
)
# The parser takes a quarter of its batch at once. Measured: 11.3 ms a report by fours, 10.2 by eights; sixteen fill new memory
# each time.
TOGETHER = {"parser": {"batch_size": 32}}
CLOSING = "\"'”’)]»"


@dataclass(frozen=True, slots=True)
class Language:
    """The language pass. Choose it once a process: loading takes about a second, reading does not change it."""

    pipeline: Pipeline
    name: str

    @classmethod
    def load(cls, model: str) -> Language:
        if not is_package(model):
            raise MissingResource(
                f"language model {model!r} is not installed: run `make setup`, or name another in DATELINE_LANGUAGE_MODEL"
            )
        pipeline = spacy.load(model)
        pipeline.max_length = 12_000_000
        # The group "IS" is taken for the verb unless its norm is that of a name the tagger has seen.
        tokenizer: Any = pipeline.tokenizer
        tokenizer.add_special_case("IS", [{"ORTH": "IS", "NORM": "eu"}])
        pipeline.add_pipe("dateline_lines", before="parser" if "parser" in pipeline.pipe_names else None)
        pipeline.add_pipe("dateline_lemmas", last=True)
        quicken(pipeline)
        return cls(pipeline, f"{pipeline.meta['name']}-{pipeline.meta['version']}")

    def read(self, report: Report) -> Reading:
        return next(self.read_many((report,)))

    def read_many(self, reports: Iterable[Report], batch_size: int = 16) -> Iterator[Reading]:
        pairs = ((recase(report.text), report) for report in reports)
        while batch := list(islice(pairs, batch_size)):
            for doc, report in self.pipeline.pipe(batch, as_tuples=True, batch_size=batch_size, component_cfg=TOGETHER):
                yield to_reading(report, doc)


@Pipeline.component("dateline_lines")
def _lines_start_sentences(doc: Doc) -> Doc:
    """Tell the parser that a sentence starts after each line break and after a dateline ("KABUL, Aug. 8 —"); within a line
    it decides by itself."""
    doc.user_data["text"] = text = doc.text  # spaCy joins its tokens anew at each `doc.text`
    starts = {0, *_after_datelines(text)}
    places = doc.to_array([IS_SPACE, IDX])
    spaces, places = places[:, 0].tolist(), places[:, 1].tolist()
    after_break = True
    for number, is_space in enumerate(spaces):
        if is_space:
            after_break = after_break or not LINE_ENDS.isdisjoint(doc[number].text)
            continue
        if after_break or places[number] in starts:
            doc[number].is_sent_start = True
        after_break = False
    return doc


def _after_datelines(text: str) -> Iterator[int]:
    for match in DATELINE.finditer(text):
        yield match.end()


@cache
def _lemmas() -> dict[str, str]:
    return tomllib.loads(files("dateline.codebook").joinpath("lemmas.toml").read_text(encoding="utf-8"))


@Pipeline.component("dateline_lemmas")
def _irregular_lemmas(doc: Doc) -> Doc:
    """Lemmas of verbs of war that the model's rules do not know ("retook")."""
    lemmas = _lemmas()
    for token in doc:
        lemma = lemmas.get(token.lower_)
        if lemma is not None and token.pos_ in {"VERB", "NOUN", "AUX"} and not (token.pos_ == "NOUN" and lemma == "wound"):
            token.lemma_ = lemma
    return doc


def to_reading(report: Report, doc: Doc) -> Reading:
    if "text" not in doc.user_data:
        doc.user_data["text"] = doc.text
    sentences = tuple(_sentences(doc))
    first_line = report.text.lstrip()[: len(report.title)] if report.title else ""
    return Reading(report, doc, sentences, has_title=bool(report.title) and first_line == report.title)


def _sentences(doc: Doc) -> Iterator[Chars]:
    """Sentences without surrounding white space; a stray closing quote goes to the sentence that it closes."""
    whole: str = doc.user_data["text"]
    pending: Chars | None = None
    for sent in doc.sents:
        start, end = sent.start_char, sent.end_char
        text = whole[start:end]
        start, end = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
        if start >= end:
            continue
        if pending and whole[start:end].strip(CLOSING + ".") == "":
            pending = Chars(pending.start, end)
            continue
        if pending:
            yield pending
        pending = Chars(start, end)
    if pending:
        yield pending
