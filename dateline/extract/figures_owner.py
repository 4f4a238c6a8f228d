"""To which happening a count belongs: the trigger it depends on, else one told in its sentence, else the one told just before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.attrs import HEAD
from spacy.tokens import Doc, Token

from dateline.model.event import GROUP_OF, EventType, Measure
from dateline.model.reading import Draft, Quantity, Reading

HARM: tuple[EventType, ...] = (
    "clash", "airstrike", "shelling", "bombing", "armed_attack", "abuse", "crackdown", "riot", "protest", "siege", "advance",
    "abduction", "territory_gain", "property_destruction",
)  # fmt: skip

# Which events a measure can be of, likeliest first.
FITS: dict[Measure, tuple[EventType, ...]] = {
    "killed": HARM,
    "injured": HARM,
    "captured": ("arrest", "clash", "armed_attack", "abduction", "advance", "territory_gain", "surrender"),
    "arrested": ("arrest", "crackdown", "protest", "riot", "legal"),
    "detained": ("arrest", "crackdown", "protest", "riot", "legal", "abduction"),
    "abducted": ("abduction", "armed_attack"),
    "missing": (*HARM, "displacement"),
    "displaced": ("displacement", "aid", "restriction", "clash", "airstrike", "shelling", "siege"),
    "surrendered": ("surrender",),
    "trapped": ("siege", "displacement", "clash", "airstrike", "shelling"),
    "at_risk": (),  # a state of many places, told of an event only by its own trigger
    "troops": ("deployment", "withdrawal", "arms_transfer", "advance", "surrender", "pledge"),
    "weapons": ("arms_transfer", "deployment", "withdrawal"),
    "area": ("territory_gain", "advance", "pledge", "agreement"),
    "money": ("pledge", "aid", "sanction", "arms_transfer"),
    "other": ("protest",),
}

# From here on no single happening is meant, unless its own trigger says so.
LARGE: dict[Measure, int] = {"killed": 2000, "injured": 5000, "displaced": 1_000_000, "detained": 20_000}
BACK = 3  # sentences to look back for the happening that a count continues
ARGUMENT = frozenset(["nsubj", "nsubjpass", "dobj", "obj", "attr", "agent", "dative", "oprd"])
THROUGH = frozenset(["conj", "appos", "pobj", "prep", "agent", "nummod", "compound"])


@dataclass(frozen=True, slots=True)
class Climb:
    """A count's way up the tree, walked once for all happenings: `above` is how far each token is over the word that gives the
    measure, `carriers` the tokens of which the counted noun is an argument, each with whether by "of" or "by" alone."""

    start: int
    above: dict[int, int]
    carriers: dict[int, bool]


def heads_of(doc: Doc) -> list[int]:
    """For each token the token over it: itself for the top of a sentence."""
    offsets: list[int] = doc.to_array([HEAD]).ravel().astype("int64").tolist()
    return [at + offset for at, offset in enumerate(offsets)]


def owner_of(reading: Reading, drafts: Sequence[Draft], quantity: Quantity, heads: Sequence[int]) -> int | None:
    """Number of the draft that the count belongs to, or None. `heads` are those of `heads_of`."""
    climb = _climb(reading.doc, quantity, heads)
    ties = ((_tie(reading, draft, quantity, heads, climb), -number) for number, draft in enumerate(drafts))
    scored = [tie for tie in ties if tie[0] > 0]
    return -max(scored)[1] if scored else None


def _climb(doc: Doc, quantity: Quantity, heads: Sequence[int]) -> Climb:
    start = quantity.governor if quantity.governor is not None else quantity.head
    return Climb(start, _above(start, heads), _carriers(doc[quantity.head]))


def _above(at: int, heads: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    while heads[at] != at:
        at = heads[at]
        found[at] = len(found) + 1
    return found


def _carriers(node: Token) -> dict[int, bool]:
    """The counted noun is subject or object, at most through a conjunction or "by"."""
    found: dict[int, bool] = {}
    for _ in range(4):
        by = node.dep_ == "prep" and node.lower_ in ("of", "by")
        if node.dep_ in ARGUMENT or by:
            found[node.head.i] = node.dep_ not in ARGUMENT
        if node.dep_ not in THROUGH or node.head.i == node.i or (node.dep_ == "prep" and not by):
            break
        node = node.head
    return found


def _tie(reading: Reading, draft: Draft, quantity: Quantity, heads: Sequence[int], climb: Climb) -> float:
    own = (draft.head, *draft.other_heads)
    tree = max(_tree_tie(head, quantity, heads, climb) for head in own)
    direct = tree >= 12 or any(_is_argument(reading.doc, head, quantity, heads, climb) for head in own)
    if quantity.measure is None:
        return _unmeasured(reading, draft, quantity, tree if direct else 0.0)
    if quantity.period and not draft.aggregate:
        return 0.0
    fits = draft.type in FITS.get(quantity.measure, ())
    if tree and (fits or direct):
        return tree + 0.5 * direct + (1 if fits else 0) + _nearness(own, quantity)
    if not fits or _too_large(quantity):
        return 0.0
    return _by_sentence(reading, draft, quantity, own)


def _unmeasured(reading: Reading, draft: Draft, quantity: Quantity, direct: float) -> float:
    """A bare count is told of a happening only as its subject or object, or as the crowd of a protest."""
    if quantity.unnumbered or (quantity.low or quantity.high or 0) < 2:
        return 0.0
    if direct:
        return direct
    here = reading.sentence_at(quantity.number.start)
    told_in = (draft.sentence, *draft.other_sentences)
    if quantity.crowd and draft.type == "protest" and here in told_in:
        return 3.0
    if quantity.harmed and draft.type in HARM and here in told_in:
        return 3.0 - 0.01 * HARM.index(draft.type)
    return 0.0


def _by_sentence(reading: Reading, draft: Draft, quantity: Quantity, heads: tuple[int, ...]) -> float:
    kinds = FITS[quantity.measure] if quantity.measure else ()
    here, rank = reading.sentence_at(quantity.number.start), 0.01 * kinds.index(draft.type)
    if here in (draft.sentence, *draft.other_sentences):
        return 3.0 + (0.5 if here == draft.sentence else 0) - rank + _nearness(heads, quantity)
    last = max((s for s in (draft.sentence, *draft.other_sentences) if s < here), default=None)
    if last is None or here - last > BACK or GROUP_OF[draft.type] == "politics" or quantity.measure in ("troops", "weapons"):
        return 0.0
    return 2.0 - 0.3 * (here - last) - rank


def _too_large(quantity: Quantity) -> bool:
    size = quantity.low if quantity.low is not None else quantity.high or 0
    return quantity.measure is not None and size >= LARGE.get(quantity.measure, 10**15)


def _nearness(heads: tuple[int, ...], quantity: Quantity) -> float:
    """Breaks ties: the trigger nearest to the word that gives the measure."""
    at = quantity.governor if quantity.governor is not None else quantity.head
    return -0.001 * min(abs(head - at) for head in heads)


def _tree_tie(head: int, quantity: Quantity, heads: Sequence[int], climb: Climb) -> float:
    """12 when the trigger itself says the measure or is what is counted; less the farther it is up or down the tree."""
    if head in (quantity.governor, quantity.head):
        return 12.0
    if (up := climb.above.get(head)) is not None:
        return 8.0 - min(up, 6) * 0.5
    down, at = 0, head
    while heads[at] != at:
        at, down = heads[at], down + 1
        if at == climb.start:
            return 7.5 - min(down, 6) * 0.5
    return 0.0


def _is_argument(doc: Doc, head: int, quantity: Quantity, heads: Sequence[int], climb: Climb) -> bool:
    if heads[head] == quantity.head and doc[head].dep_ in ("relcl", "acl"):
        return True
    through = climb.carriers.get(head)
    return through is not None and (not through or doc[head].pos_ == "NOUN")
