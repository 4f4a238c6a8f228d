"""An actor is who did it or whom it was done to: the words as they stand, and the known actor they name, if any."""

from __future__ import annotations

from typing import Literal

from dateline.model.text import Span
from dateline.model.value import Value

# ACLED's interaction classes, and three kinds that ACLED does not code but speakers need.
ActorKind = Literal[
    "state_forces",
    "rebel_group",
    "political_militia",
    "identity_militia",
    "rioters",
    "protesters",
    "civilians",
    "external_forces",
    "government",
    "organisation",
    "media",
    "unknown",
]


class Actor(Value):
    """`name` is the known actor's usual name, else the fullest name in the report; `id` is its key in the codebook, if known."""

    name: str
    id: str | None = None
    kind: ActorKind = "unknown"
    country: str | None = None
    span: Span
