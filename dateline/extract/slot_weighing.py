"""By whom, on whom and with what, in text of a single case, by learned weights where the codebook's frames find nothing.

Wires of one case are parsed worse, so a frame finds half of what stands there. Each noun phrase in or beside the sentence of a
violent happening is weighed for each slot; one above the slot's threshold joins the happening nearest to it. `made_by` says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.codebook.weights import SLOTS, TelexSlot, TelexWeights
from dateline.extract.classify import Scene
from dateline.extract.merging import Told
from dateline.extract.slot_signs import slot_signs
from dateline.extract.weighing import INCIDENTS
from dateline.model.reading import Draft, Mention, Reading

DOUBTED = 0.05  # likelihood below which a phrase that the frame gave is not believed
BESIDE = (-1, 1, -2)  # sentences about the mention's own, the likeliest to tell its happening first


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase, the place in the list of the happening nearest to it, and its signs."""

    mention: Mention
    nearest: int
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """How likely a phrase is each of the slots."""

    mention: Mention
    likely: Mapping[TelexSlot, float]

    def slot(self, weights: TelexWeights) -> TelexSlot | None:
        best = max(SLOTS, key=lambda slot: self.likely[slot])
        return best if self.likely[best] >= weights.slots[best].threshold else None


def candidates(reading: Reading, told: Sequence[Told], mentions: Sequence[Mention], scene: Scene) -> Iterator[Candidate]:
    """Phrases in the order of the text, each with the violent happening of its sentence, else of one beside it."""
    by_sentence: dict[int, list[int]] = {}
    for number, one in enumerate(told):
        if one.draft.type in INCIDENTS:
            by_sentence.setdefault(one.draft.sentence, []).append(number)
    for mention in mentions:
        sentence = reading.sentence_at(mention.chars.start)
        own = by_sentence.get(sentence, [])
        around = own or next((by_sentence[sentence + n] for n in BESIDE if sentence + n in by_sentence), [])
        if around:
            nearest = min(around, key=lambda n: abs(told[n].draft.head - mention.head))
            yield Candidate(mention, nearest, slot_signs(reading, mention, told[nearest], scene, bool(own)))


def fill_slots(
    reading: Reading, told: Sequence[Told], kept: Sequence[Told], mentions: Sequence[Mention], scene: Scene, weights: TelexWeights
) -> tuple[Told, ...]:
    """`told`: all that the report may tell; `kept`: what is recorded of it, in the same order."""
    numbers = {_key(one.draft): n for n, one in enumerate(kept) if one.draft.type in INCIDENTS}
    if not numbers:
        return tuple(kept)
    found: dict[int, list[Weighed]] = {}
    for candidate in candidates(reading, told, mentions, scene):
        likely = {slot: weights.slots[slot].likelihood(candidate.signs) for slot in SLOTS}
        owner = numbers.get(_key(told[candidate.nearest].draft))
        owner = _closest(kept, numbers, candidate.mention) if owner is None else owner
        found.setdefault(owner, []).append(Weighed(candidate.mention, likely))
    return tuple(replace(one, draft=_filled(one.draft, found[n], weights)) if n in found else one for n, one in enumerate(kept))


def _key(draft: Draft) -> tuple[object, ...]:
    return (draft.type, draft.trigger, draft.place_hint)


def _closest(kept: Sequence[Told], numbers: Mapping[tuple[object, ...], int], mention: Mention) -> int:
    return min(numbers.values(), key=lambda n: abs(kept[n].draft.head - mention.head))


def _filled(draft: Draft, found: Sequence[Weighed], weights: TelexWeights) -> Draft:
    by, on = _side(draft.by, "by", found, weights), _side(draft.on, "on", found, weights)
    weapons = [(one.likely["means"], -one.mention.head, one.mention.chars) for one in found if one.slot(weights) == "means"]
    means = draft.means or (max(weapons)[2] if weapons else None)
    sides = (("by", by, draft.by), ("on", on, draft.on), ("means", means, draft.means))
    changed = ", ".join(slot for slot, new, old in sides if new != old)
    return replace(draft, by=by, on=on, means=means, made_by=f"{draft.made_by}; {changed} by weights") if changed else draft


def _side(given: tuple[Mention, ...], slot: TelexSlot, found: Sequence[Weighed], weights: TelexWeights) -> tuple[Mention, ...]:
    """The frame's own phrases unless the weights find them unlikely, then those that the weights find."""
    unlikely = {one.mention.chars for one in found if one.likely[slot] < DOUBTED}
    out = [mention for mention in given if mention.chars not in unlikely]
    known = {mention.chars for mention in out}
    return (*out, *(one.mention for one in found if one.slot(weights) == slot and one.mention.chars not in known))
