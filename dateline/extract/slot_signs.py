"""The signs by which a noun phrase is weighed as a slot of an event: its words, its kind, and how it hangs on the trigger.

Each sign is a text that a person can read ("rel=p:by", "class=armed", "path to abduction nsubjpass^").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from dateline.extract.classify import Scene, classes_of
from dateline.extract.merging import Told
from dateline.model.reading import Mention, Reading

STEPS = 4  # of a path that are written out
FAR = 6  # distance to the trigger is given in threes up to this
JOINED = frozenset({"conj", "appos"})


def slot_signs(reading: Reading, mention: Mention, told: Told, scene: Scene, near: bool) -> tuple[str, ...]:
    """`near`: the trigger stands in the mention's own sentence."""
    head = reading.doc[mention.head]
    kind = "+".join(sorted(classes_of(head, scene)))
    return (
        *_phrase_signs(reading, mention, kind, scene),
        *_governor_signs(head, kind, scene),
        *(_trigger_signs(head, kind, reading.doc[told.draft.head], told) if near else _far_signs(kind, told)),
        *_rule_signs(mention, told),
    )


def _phrase_signs(reading: Reading, mention: Mention, kind: str, scene: Scene) -> Iterator[str]:
    doc, head = reading.doc, reading.doc[mention.head]
    words = doc.char_span(mention.chars.start, mention.chars.end, alignment_mode="expand")
    first, last = (words.start, words.end) if words is not None else (head.i, head.i + 1)
    yield f"head={head.lemma_.casefold()}"
    yield f"class={kind}"
    yield f"form={mention.form}"
    yield f"tag={head.tag_} {head.ent_type_}"
    yield f"words={min(5, last - first)}"
    for token in doc[first:last]:
        if token.i != head.i:
            yield f"with {token.lower_}"
            yield f"with class {'+'.join(sorted(classes_of(token, scene)))}"
    before = " ".join(token.lower_ for token in doc[max(0, first - 2) : first])
    yield f"after {before.rpartition(' ')[2] or 'nothing'}"
    yield f"after two {before}"
    yield f"before {doc[last].lower_ if last < len(doc) else 'nothing'}"
    entity = scene.entities[mention.entity]
    yield f"{entity.kind} {'known' if entity.id else 'person' if entity.is_person else 'unnamed'}"


def _governor_signs(head: Token, kind: str, scene: Scene) -> Iterator[str]:
    top, relation, governor = governor_of(head)
    if top.i != head.i:
        yield f"joined {head.dep_}"
        yield f"joined to {top.lemma_.casefold()}"
        yield f"joined to class {'+'.join(sorted(classes_of(top, scene)))}"
    verb = governor.lemma_.casefold()
    yield f"rel={relation}"
    yield f"rel={relation} {kind}"
    yield f"gov={verb}"
    yield f"gov={verb} {kind}"
    yield f"gov={verb} {relation}"
    yield f"gov={verb} head={head.lemma_.casefold()}"


def governor_of(head: Token) -> tuple[Token, str, Token]:
    """The first of a row of joined nouns, its relation (through a preposition, in the passive), and the word it hangs on."""
    top = head
    while top.dep_ in JOINED and top.head.i != top.i:
        top = top.head
    relation, governor = top.dep_, top.head
    if top.dep_ == "pobj":
        relation, governor = f"p:{governor.lower_}", governor.head
    if any(child.dep_ in {"nsubjpass", "auxpass"} for child in governor.children):
        relation += " passive"
    return top, relation, governor


def _trigger_signs(head: Token, kind: str, trigger: Token, told: Told) -> Iterator[str]:
    word, event = trigger.lemma_.casefold(), told.draft.type
    side = "before" if head.i < trigger.i else "behind"
    path = path_between(head, trigger)
    relation = governor_of(head)[1]
    yield f"of {event}"
    yield f"of {event} {kind}"
    yield f"of {word}"
    yield f"of {word} {relation}"
    yield f"of {word} {side}"
    yield f"{side} by {min(FAR, abs(head.i - trigger.i) // 3)}"
    yield f"{side} {kind}"
    yield f"path {path}"
    yield f"path {path} {kind}"
    yield f"path to {event} {path}"
    yield f"path to {word} {path}"


def _far_signs(kind: str, told: Told) -> Iterator[str]:
    yield "far"
    yield f"far {kind}"
    yield f"far from {told.draft.type}"


def _rule_signs(mention: Mention, told: Told) -> Iterator[str]:
    """What the codebook's frame made of the phrase."""
    draft = told.draft
    slots = [slot for slot, given in (("by", draft.by), ("on", draft.on)) if mention.chars in {each.chars for each in given}]
    if draft.means is not None and draft.means.overlaps(mention.chars):
        slots.append("means")
    yield from (f"rule {slot} of {draft.type}" for slot in slots)
    yield from (f"rule {slot}" for slot in slots or ["none"])


def path_between(head: Token, trigger: Token) -> str:
    """Relations up from the phrase to what it shares with the trigger, and down from there."""
    climb = _climb(trigger)
    shared = {token.i: n for n, token in enumerate(climb)}
    up: list[str] = []
    for token in _climb(head):
        if token.i in shared:
            return ">".join(up[:STEPS]) + "^" + "<".join(each.dep_ for each in climb[: shared[token.i]][:STEPS])
        up.append(f"prep:{token.lower_}" if token.dep_ == "prep" else token.dep_)
    return "none"


def _climb(token: Token) -> Sequence[Token]:
    return [token, *token.ancestors]
