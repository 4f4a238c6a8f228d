"""The token vectors that spaCy's model gives, computed faster: same weights, same sums, other order of work.

Three things make the difference. A token's embedding depends on nothing but the token, so it is looked up when it has been
worked out before. The embedding tables are multiplied by the layer above them once, at loading. And the convolutions run
on numpy's linear algebra, one report at a time, so that a report's vectors do not depend on what is read beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from thinc.api import NumpyOps

Floats = npt.NDArray[Any]  # of 32 bits; numpy's stubs know no sums that stay so
Layer = Any  # a thinc model: its parameters are typed too loosely to be of use
Keys = npt.NDArray[Any]  # of 64 bits, hashes of strings

MEMORY = 30_000  # embeddings kept, about 20 MB: what is rarer is worked out anew
EPSILON = np.float32(1e-8)  # as in thinc's layer norm
EMBEDDING = ("extract_features", "list2ragged", "with_array", "with_array", "ragged2list")


@dataclass(frozen=True, slots=True)
class Norm:
    """thinc's layer norm: each row to mean 0 and variance 1, then scaled and shifted."""

    scale: Floats
    shift: Floats

    def __call__(self, rows: Floats) -> Floats:
        width = np.float32(rows.shape[1])
        rows = rows - rows.sum(axis=1, keepdims=True) / width
        variance = np.einsum("ij,ij->i", rows, rows)[:, None] / width + EPSILON
        rows *= 1 / np.sqrt(variance)
        rows *= self.scale
        rows += self.shift
        return rows


@dataclass(frozen=True, slots=True)
class Maxout:
    """thinc's maxout: the largest of several linear pieces. The pieces lie side by side, for numpy's maximum."""

    weights: Floats  # inputs × (pieces · outputs)
    bias: Floats
    pieces: int

    @classmethod
    def of(cls, layer: Layer) -> Maxout:
        weights, bias = layer.get_param("W"), layer.get_param("b")
        outputs, pieces, inputs = weights.shape
        flat = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, pieces * outputs), dtype=np.float32)
        return cls(flat, np.ascontiguousarray(bias.T.reshape(-1), dtype=np.float32), pieces)

    def largest(self, sums: Floats) -> Floats:
        sums += self.bias
        width = sums.shape[1] // self.pieces
        best = np.maximum(sums[:, :width], sums[:, width : 2 * width])
        for piece in range(2, self.pieces):
            np.maximum(best, sums[:, piece * width : (piece + 1) * width], out=best)
        return best


@dataclass(frozen=True, slots=True)
class Table:
    """One attribute's hashed embedding, its rows already multiplied by the layer above."""

    rows: Floats
    seed: int

    def sums(self, keys: Keys, ops: NumpyOps) -> Floats:
        indices = ops.hash(np.ascontiguousarray(keys), self.seed) % self.rows.shape[0]
        found: Floats = self.rows[indices[:, 0]]
        for column in range(1, indices.shape[1]):
            found += self.rows[indices[:, column]]
        return found


@dataclass(frozen=True, slots=True)
class Vectors:
    """One of the model's two networks from tokens to vectors. `known` only remembers: forgetting it changes no result."""

    attributes: tuple[int, ...]
    tables: tuple[Table, ...]
    embed: Maxout
    embed_norm: Norm
    layers: tuple[tuple[Maxout, Norm], ...]
    ops: NumpyOps = field(default_factory=NumpyOps)
    known: dict[bytes, Floats] = field(default_factory=dict)
    memory: int = MEMORY

    @classmethod
    def of(cls, model: Layer) -> Vectors:
        features, _, hashes, mixer, _ = model.get_ref("embed").layers
        maxout, norm = _maxout_and_norm(mixer.layers[0])
        embed = Maxout.of(maxout)
        width = maxout.get_dim("nI") // len(features.attrs["columns"])
        tables = []
        for number, column in enumerate(hashes.layers[0].layers):
            layer = column.layers[-1]
            above = embed.weights[number * width : (number + 1) * width]
            tables.append(Table(layer.get_param("E") @ above, layer.attrs["seed"]))
        encoder = model.get_ref("encode").layers[0]
        layers = tuple(_convolution(residual) for residual in encoder.layers)
        return cls(tuple(features.attrs["columns"]), tuple(tables), embed, norm, layers)

    @property
    def width(self) -> int:
        return len(self.embed.bias) // self.embed.pieces

    def of_doc(self, doc: Doc) -> Floats:
        length, pad, width = len(doc), len(self.layers), self.width
        if not length:
            return np.zeros((0, width), dtype=np.float32)
        rows = np.zeros((length + 2 * pad, width), dtype=np.float32)
        rows[pad : pad + length] = self._embedded(doc)
        window = np.zeros((len(rows), 3 * width), dtype=np.float32)
        for maxout, norm in self.layers:
            window[1:, :width] = rows[:-1]
            window[:, width : 2 * width] = rows
            window[:-1, 2 * width :] = rows[1:]
            rows += norm(maxout.largest(window @ maxout.weights))
        return rows[pad : pad + length]

    def _embedded(self, doc: Doc) -> Floats:
        if len(self.known) > self.memory:
            self.known.clear()
        keys = doc.to_array(list(self.attributes)).astype(np.uint64, copy=False)
        raw = keys.tobytes()
        step = keys.shape[1] * keys.itemsize
        names = [raw[start : start + step] for start in range(0, len(raw), step)]
        missing = {name: row for row, name in enumerate(names) if name not in self.known}
        if missing:
            self._learn(missing, keys)
        return np.stack([self.known[name] for name in names])

    def _learn(self, missing: dict[bytes, int], keys: Keys) -> None:
        """Row by row the same sums in the same order, however many tokens are new at once."""
        asked = keys[list(missing.values())]
        sums = self.tables[0].sums(asked[:, 0], self.ops)
        for column, table in enumerate(self.tables[1:], start=1):
            sums += table.sums(asked[:, column], self.ops)
        self.known.update(zip(missing, self.embed_norm(self.embed.largest(sums)), strict=True))


def _maxout_and_norm(layer: Layer) -> tuple[Layer, Norm]:
    maxout, norm = (node for node in layer.walk() if node.name in ("maxout", "layernorm"))
    return maxout, Norm(norm.get_param("G"), norm.get_param("b"))


def _convolution(residual: Layer) -> tuple[Maxout, Norm]:
    maxout, norm = _maxout_and_norm(residual)
    return Maxout.of(maxout), norm


def has_known_shape(model: Layer) -> bool:
    """Whether a network from tokens to vectors is of the one form that this module knows."""
    if not {"embed", "encode"} <= set(model.ref_names):
        return False
    embed, encode = model.get_ref("embed"), model.get_ref("encode")
    parts = tuple(layer.name.split("(")[0] for layer in embed.layers)
    if parts != EMBEDDING or len(embed.layers[0].attrs["columns"]) < 2:
        return False
    convolutions = encode.layers[0].layers if encode.name.startswith("with_array(residual(") else ()
    return len(convolutions) > 1 and encode.attrs["pad"] == len(convolutions) and all(map(_is_convolution, convolutions))


def _is_convolution(layer: Layer) -> bool:
    return sorted(node.name for node in layer.walk() if not node.layers) == ["dropout", "expand_window", "layernorm", "maxout"]
