"""The faster components give what spaCy's own give, on real dispatches and on odd texts, whatever is read beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, SENT_START, TAG
from spacy.language import Language as Pipeline
from spacy.ml.models.tok2vec import CharacterEmbed, MaxoutWindowEncoder, build_Tok2Vec_model

from dateline.annotate.fast import quicken
from dateline.annotate.fast_names import can_decode
from dateline.annotate.fast_ruler import can_rule
from dateline.annotate.fast_tokens import FastTokens
from dateline.annotate.fast_vectors import Vectors, has_known_shape
from dateline.model.text import Report
from dateline.settings import Settings

ALL = [TAG, POS, MORPH, LEMMA, DEP, HEAD, SENT_START, ENT_IOB, ENT_TYPE]
ODD = (
    "",
    " ",
    "\n\n",
    "No.",
    "UN",
    "ain't gonna let's y'all nothin' \t \n  it's 'em",
    "KABUL, Aug. 8 — \n\nThe Taliban took Kunduz   on Sunday ,\nofficials said .",
    "🙂 صنعاء — Ансар Аллах captured « Taiz » …",
    "The United Nations Assistance Mission in Afghanistan",  # an entity up to the text's end
    "a " * 700,
)


@pytest.fixture(scope="module")
def plain(settings: Settings) -> Pipeline:
    return spacy.load(settings.language_model)


@pytest.fixture(scope="module")
def quick(settings: Settings) -> Pipeline:
    made = spacy.load(settings.language_model)
    quicken(made)
    return made


def test_all_are_replaced_in_the_model_that_comes_with_dateline(quick: Pipeline) -> None:
    assert {"dateline_names", "dateline_ruler", "dateline_forms"} <= set(quick.pipe_names)
    assert {"ner", "attribute_ruler", "lemmatizer"} == set(quick.disabled) - {"senter"}
    assert quick.get_pipe("tok2vec").model.name == "dateline_vectors"  # type: ignore[attr-defined]
    assert quick.get_pipe("parser").model.layers[1]._func.__module__ == "dateline.annotate.fast_parser"  # type: ignore[attr-defined]


def test_lemmas_are_asked_for_once(quick: Pipeline) -> None:
    quick("Soldiers retreated.")
    forms: Any = quick.get_pipe("dateline_forms")
    before = len(forms.known)
    assert [token.lemma_ for token in quick("Soldiers retreated.")] == ["soldier", "retreat", "."]
    assert len(forms.known) == before


def test_strings_are_cut_alike_the_first_time_and_the_third(plain: Pipeline) -> None:
    tokens = FastTokens.of(spacy.blank("en").tokenizer)
    text = "The U.S. didn't leave, Gen. Kerr's (third) aide said: \"We're in Abyei--still.\" At p.m.\n\nIt"
    expected = [(token.text, token.norm_, token.whitespace_) for token in plain.tokenizer(text)]
    for _ in range(3):
        assert [(token.text, token.norm_, token.whitespace_) for token in tokens(text)] == expected
    assert tokens.kept == set(text.split())


def test_rules_over_several_tokens_hold_in_their_order(quick: Pipeline) -> None:
    assert [token.lemma_ for token in quick("You're gonna see.")][2:4] == ["go", "to"]
    there = quick("There is no way.")[1]
    assert (there.text, there.pos_) == ("is", "VERB")


def test_the_vectors_differ_by_rounding_only(plain: Pipeline, example_reports: tuple[Report, ...]) -> None:
    model = plain.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    docs = [plain.make_doc(text) for text in (*ODD, example_reports[0].text)]
    for ours, theirs in zip(map(Vectors.of(model).of_doc, docs), model.predict(docs), strict=True):
        assert ours.shape == theirs.shape
        assert np.allclose(ours, theirs, atol=2e-5)


def test_every_annotation_of_the_example_dispatches_is_the_same(
    plain: Pipeline, quick: Pipeline, example_reports: tuple[Report, ...]
) -> None:
    texts = [report.text for report in example_reports]
    for ours, theirs in zip(quick.pipe(texts), plain.pipe(texts), strict=True):
        assert (ours.to_array(ALL) == theirs.to_array(ALL)).all()


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_annotated_the_same(plain: Pipeline, quick: Pipeline, text: str) -> None:
    ours, theirs = quick(text), plain(text)
    assert [token.text for token in ours] == [token.text for token in theirs]
    assert (ours.to_array(ALL) == theirs.to_array(ALL)).all()


def test_a_report_is_annotated_alike_alone_and_in_company(quick: Pipeline, example_reports: tuple[Report, ...]) -> None:
    texts = [report.text for report in example_reports[:24]]
    alone = [quick(text).to_array(ALL) for text in texts]
    for batch_size in (3, 24):
        for doc, expected in zip(quick.pipe(texts, batch_size=batch_size), alone, strict=True):
            assert (doc.to_array(ALL) == expected).all()


def test_vectors_do_not_depend_on_what_was_read_before(plain: Pipeline, example_reports: tuple[Report, ...]) -> None:
    model = plain.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    fresh, used = Vectors.of(model), replace(Vectors.of(model), memory=100)  # forgets after each report
    docs = [plain.make_doc(report.text) for report in example_reports[:6]]
    for doc in docs:
        used.of_doc(doc)
    assert len(used.known) < len({token.orth for doc in docs for token in doc})
    assert (used.of_doc(docs[-1]) == fresh.of_doc(docs[-1])).all()


def test_other_makes_keep_their_own_components() -> None:
    other = spacy.blank("en")
    ruler: Any = other.add_pipe("attribute_ruler")
    ruler.add([[{"SHAPE": "Xxx"}]], {"POS": "X"})
    letters = CharacterEmbed(width=8, rows=10, nM=4, nC=4, include_static_vectors=False)
    encoder = MaxoutWindowEncoder(width=8, window_size=1, maxout_pieces=3, depth=2)
    assert not can_rule(ruler)
    assert not can_decode(other.add_pipe("sentencizer"))
    assert not has_known_shape(build_Tok2Vec_model(letters, encoder))
    quicken(other)
    assert other.disabled == []
