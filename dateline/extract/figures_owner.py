"""To which happening a count belongs: the trigger it depends on, else one told in its sentence, else the one told just before."""

from __future__ import annotations

from collections.abc import Sequence

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


def owner_of(reading: Reading, drafts: Sequence[Draft], quantity: Quantity) -> int | None:
    """Number of the draft that the count belongs to, or None."""
    scored = [(score, -number) for number, draft in enumerate(drafts) if (score := _tie(reading, draft, quantity)) > 0]
    return -max(scored)[1] if scored else None


def _tie(reading: Reading, draft: Draft, quantity: Quantity) -> float:
    heads = (draft.head, *draft.other_heads)
    tree = max(_tree_tie(reading.doc, head, quantity) for head in heads)
    direct = tree >= 12 or any(_is_argument(reading.doc, head, quantity) for head in heads)
    if quantity.measure is None:
        return _unmeasured(reading, draft, quantity, tree if direct else 0.0)
    if quantity.period and not draft.aggregate:
        return 0.0
    fits = draft.type in FITS.get(quantity.measure, ())
    if tree and (fits or direct):
        return tree + 0.5 * direct + (1 if fits else 0) + _nearness(heads, quantity)
    if not fits or _too_large(quantity):
        return 0.0
    return _by_sentence(reading, draft, quantity, heads)


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


def _tree_tie(doc: Doc, head: int, quantity: Quantity) -> float:
    """12 when the trigger itself says the measure or is what is counted; less the farther it is up or down the tree."""
    if head in (quantity.governor, quantity.head):
        return 12.0
    start = doc[quantity.governor if quantity.governor is not None else quantity.head]
    up = _steps(start, head)
    if up is not None:
        return 8.0 - min(up, 6) * 0.5
    down = _steps(doc[head], start.i)
    if down is not None:
        return 7.5 - min(down, 6) * 0.5
    return 0.0


def _steps(token: Token, goal: int) -> int | None:
    for count, ancestor in enumerate(token.ancestors, 1):
        if ancestor.i == goal:
            return count
    return None


def _is_argument(doc: Doc, head: int, quantity: Quantity) -> bool:
    """The counted noun is subject or object of the trigger, at most through a conjunction or "by"."""
    node, trigger = doc[quantity.head], doc[head]
    if trigger.head.i == node.i and trigger.dep_ in ("relcl", "acl"):
        return True
    for _ in range(4):
        if node.head.i == head:
            return node.dep_ in ARGUMENT or (node.dep_ == "prep" and node.lower_ in ("of", "by") and trigger.pos_ == "NOUN")
        if node.dep_ not in THROUGH or node.head.i == node.i:
            return False
        if node.dep_ == "prep" and node.lower_ not in ("of", "by"):
            return False
        node = node.head
    return False
