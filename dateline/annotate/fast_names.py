"""spaCy's named entities, decoded faster: same network, same rules of what may follow what.

Outside an entity the network sees nothing but the token, so all tokens are scored at once; step by step go only the few
tokens inside entities. spaCy's own loop takes every token in turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.attrs import IS_SPACE, SENT_START
from spacy.tokens import Doc, Span

from dateline.annotate.fast_vectors import Floats, Vectors, has_known_shape

NEVER = np.float32(-np.inf)


@dataclass(frozen=True, slots=True)
class Moves:
    """The network's classes by kind: what begins, continues, ends or is an entity, and what is none."""

    begin: tuple[int, ...]
    single: tuple[int, ...]
    neither: tuple[int, ...]  # what may not be chosen outside an entity
    outside: int
    inside: dict[str, tuple[int, int]]  # label → its classes "goes on" and "ends here"
    label: dict[int, str]

    @classmethod
    def of(cls, names: tuple[str, ...]) -> Moves:
        at = {name: number for number, name in enumerate(names)}
        labels = sorted({name[2:] for name in names if name[:2] == "B-"})
        begin, single = tuple(at[f"B-{label}"] for label in labels), tuple(at[f"U-{label}"] for label in labels)
        outside = at["O"]
        neither = tuple(n for n in range(len(names)) if n != outside and n not in begin and n not in single)
        inside = {label: (at[f"I-{label}"], at[f"L-{label}"]) for label in labels}
        return cls(begin, single, neither, outside, inside, {at[f"{kind}-{x}"]: x for x in labels for kind in "BU"})


@dataclass(frozen=True, slots=True)
class Names:
    """The component that takes the place of the model's `ner`."""

    vectors: Vectors
    narrow: tuple[Floats, Floats]
    features: Floats  # inputs × (3 · pieces · hidden): of the token, of the entity's first, of the token before
    missing: tuple[Floats, Floats]
    bias: Floats
    scores: tuple[Floats, Floats]
    moves: Moves

    @classmethod
    def of(cls, ner: Any) -> Names:
        reading, lower, upper = ner.model.layers
        linear = reading.layers[2]
        weights = lower.get_param("W")  # features × hidden × pieces × inputs
        flat = weights.transpose(3, 0, 2, 1).reshape(weights.shape[3], -1)
        pad = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(3, -1)
        names = tuple(ner.moves.get_class_name(number) for number in range(ner.moves.n_moves))
        return cls(
            Vectors.of(reading.layers[0]),
            (np.ascontiguousarray(linear.get_param("W").T), linear.get_param("b")),
            np.ascontiguousarray(flat),
            (pad[1], pad[2]),
            np.ascontiguousarray(lower.get_param("b").T.reshape(-1)),
            (np.ascontiguousarray(upper.get_param("W").T), upper.get_param("b")),
            Moves.of(names),
        )

    def __call__(self, doc: Doc) -> Doc:
        if len(doc):
            doc.set_ents(self._entities(doc), default="outside")
        return doc

    def _entities(self, doc: Doc) -> list[Span]:
        marks = doc.to_array([SENT_START, IS_SPACE])
        last = np.ones(len(doc), dtype=bool)  # of its sentence or the text: an entity ends here at the latest
        last[:-1] = marks[1:, 0] == 1
        narrow, shift = self.narrow
        features = (self.vectors.of_doc(doc) @ narrow + shift) @ self.features
        own, first, before = np.split(features, 3, axis=1)
        best = self._best_outside(own, last, marks[:, 1] == 1)
        found: list[Span] = []
        free = 0
        for start in np.flatnonzero(best != self.moves.outside).tolist():
            if start < free:
                continue
            move = int(best[start])
            label = self.moves.label[move]
            free = start + 1
            if move in self.moves.begin:
                while not last[free] and self._goes_on(own[free] + first[start] + before[free - 1], label):
                    free += 1
                free += 1
            found.append(Span(doc, start, free, label=label))
        return found

    def _best_outside(self, own: Floats, last: Floats, space: Floats) -> Floats:
        weights, shift = self.scores
        scores = self._hidden(own + self.missing[0] + self.missing[1]) @ weights + shift
        scores[:, list(self.moves.neither)] = NEVER
        scores[np.ix_(np.flatnonzero(last | space), np.array(self.moves.begin))] = NEVER
        scores[np.ix_(np.flatnonzero(space), np.array(self.moves.single))] = NEVER
        best: Floats = scores.argmax(axis=1)
        return best

    def _goes_on(self, sums: Floats, label: str) -> bool:
        on, end = self.moves.inside[label]
        weights, shift = self.scores
        hidden = self._hidden(sums)
        return bool(hidden @ weights[:, on] + shift[on] > hidden @ weights[:, end] + shift[end])

    def _hidden(self, sums: Floats) -> Floats:
        sums = sums + self.bias
        half = sums.shape[-1] // 2
        largest: Floats = np.maximum(sums[..., :half], sums[..., half:])
        return largest


def can_decode(ner: Any) -> bool:
    """Whether the model's entities are found by the network that this module knows, greedily and without blocked words."""
    model = getattr(ner, "model", None)
    if model is None or model.name != "parser_model" or not model.attrs["has_upper"] or ner.cfg["beam_width"] != 1:
        return False
    lower = model.layers[1]
    return lower.get_dim("nF") == 3 and lower.get_dim("nP") == 2 and has_known_shape(model.layers[0].layers[0])
