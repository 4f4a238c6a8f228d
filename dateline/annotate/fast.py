"""The model's slow components, replaced by faster ones that give the same annotations (`tests/annotate/test_fast.py`).

A model of another make keeps spaCy's own components: each replacement is made only where it knows every part.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.language import Language as Pipeline
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from thinc.api import Model

from dateline.annotate.fast_lemmas import FastLemmas, can_lemmatize
from dateline.annotate.fast_names import Names, can_decode
from dateline.annotate.fast_parser import has_known_steps, quicken_parser
from dateline.annotate.fast_ruler import FastRuler, can_rule
from dateline.annotate.fast_tokens import FastTokens
from dateline.annotate.fast_vectors import Floats, Vectors, has_known_shape


def quicken(pipeline: Pipeline) -> None:
    """Replace what can be replaced. The model's own components stay in the pipeline, disabled."""
    names = pipeline.pipe_names
    if isinstance(pipeline.tokenizer, Tokenizer):
        pipeline.tokenizer = FastTokens.of(pipeline.tokenizer)
    if "tok2vec" in names:
        tok2vec: Any = pipeline.get_pipe("tok2vec")
        if has_known_shape(tok2vec.model):
            tok2vec.model = _as_model(Vectors.of(tok2vec.model))
    if "parser" in names:
        parser: Any = pipeline.get_pipe("parser")
        if has_known_steps(parser.model):
            quicken_parser(parser.model)
    if "ner" in names and can_decode(pipeline.get_pipe("ner")):
        pipeline.add_pipe("dateline_names", after="ner")
        pipeline.disable_pipe("ner")
    if "attribute_ruler" in names and can_rule(pipeline.get_pipe("attribute_ruler")):
        pipeline.add_pipe("dateline_ruler", after="attribute_ruler")
        pipeline.disable_pipe("attribute_ruler")
    if "lemmatizer" in names and can_lemmatize(pipeline.get_pipe("lemmatizer")):
        pipeline.add_pipe("dateline_forms", after="lemmatizer")
        pipeline.disable_pipe("lemmatizer")


@Pipeline.factory("dateline_names")
def _names(nlp: Pipeline, name: str) -> Names:
    return Names.of(nlp.get_pipe("ner"))


@Pipeline.factory("dateline_ruler")
def _ruler(nlp: Pipeline, name: str) -> FastRuler:
    return FastRuler.of(nlp.get_pipe("attribute_ruler"), nlp.vocab)


@Pipeline.factory("dateline_forms")
def _forms(nlp: Pipeline, name: str) -> FastLemmas:
    return FastLemmas.of(nlp.get_pipe("lemmatizer"))


def _as_model(vectors: Vectors) -> Model[Sequence[Doc], list[Floats]]:
    """As thinc calls it. It cannot be trained: nothing here does."""

    def forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> Any:
        return [vectors.of_doc(doc) for doc in docs], lambda gradient: []

    return Model("dateline_vectors", forward, dims={"nO": vectors.width})
