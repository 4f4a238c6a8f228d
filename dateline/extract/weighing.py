"""How likely a draft is an event that a careful coder would record: a readable list of weighted signs, learned once.

The weights stand in `codebook/events/weights.toml`, made by `training/weigh_events.py` (see docs/model-card.md). Each sign is
a word a person can read ("entry=clash:noun:fighting", "names nobody"); the sum through a logistic curve is the confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from dateline.codebook.weights import EventWeights
from dateline.extract.captions import is_caption
from dateline.extract.merging import Told
from dateline.model.event import GROUP_OF
from dateline.model.reading import Draft, Entity, Quote, Reading

ARMED = frozenset({"state_forces", "rebel_group", "political_militia", "identity_militia", "external_forces"})
INCIDENTS = frozenset({"armed_attack", "bombing", "abduction", "shelling", "airstrike", "property_destruction"})
TOOK_PLACE = frozenset({"happened", "ongoing", "attempted"})
NOTE = 3  # sentences of a report without a title that is no more than a note
STORY = 8  # sentences from which a report counts as a story
SPECIFIC = 0.1  # share of the threshold that a specific fear or plan must reach
IRREGULAR = frozenset({"rebel_group", "political_militia", "identity_militia"})
FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me", "you", "your"})
MODALS = frozenset({"may", "might", "could", "would", "should", "can", "must", "if", "whether", "will"})


def weigh(
    reading: Reading,
    told: Sequence[Told],
    entities: Sequence[Entity],
    quotes: Sequence[Quote],
    weights: EventWeights,
    of_incidents: EventWeights | None = None,
) -> tuple[Told, ...]:
    """The drafts that are more likely events than not, each with its confidence; `of_incidents` weighs those of `is_weighed`."""
    kept: list[Told] = []
    setting = Setting(reading, entities, quotes, told)
    for one in told:
        table = of_incidents if of_incidents and is_weighed(one.draft) else weights
        likely = table.likelihood(signs(one, setting))
        if likely >= table.threshold * (SPECIFIC if _is_specific(one, entities) else 1.0):
            kept.append(replace(one, draft=replace(one.draft, confidence=round(likely, 2))))
    return tuple(kept)


def is_weighed(draft: Draft) -> bool:
    """Whether the weights of incidents weigh it: violence that took place or was tried."""
    return draft.type in INCIDENTS and draft.status in TOOK_PLACE


def _is_specific(told: Told, entities: Sequence[Entity]) -> bool:
    """A fear, plan or attempt that names both the actor and the place is worth recording, though few are; so is whom of an armed
    group an operation is after."""
    draft = told.draft
    if draft.type == "arrest" and draft.status in {"planned", "attempted"}:
        return any(entities[mention.entity].kind in IRREGULAR for mention in draft.on)
    unreal = draft.status in {"hypothetical", "planned", "attempted", "denied"}
    return unreal and GROUP_OF[draft.type] == "control" and bool(draft.by) and draft.place_hint is not None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a draft stands among: the report, its actors and quotes, and all that it may tell."""

    reading: Reading
    entities: Sequence[Entity]
    quotes: Sequence[Quote]
    among: Sequence[Told]
    known: dict[int, tuple[set[str], set[str]]] = field(default_factory=dict)  # only remembers

    def words_beside(self, head: Token) -> tuple[set[str], set[str]]:
        """The words of its sentence, and the kinds of names among them."""
        sent = head.sent
        if sent.start not in self.known:
            self.known[sent.start] = {token.lower_ for token in sent}, {token.ent_type_ for token in sent}
        return self.known[sent.start]


def signs(told: Told, setting: Setting) -> tuple[str, ...]:
    """The signs of one draft, each a short text. In a note they count once more as a note's own: it tells only what matters."""
    found = (
        *_words_signs(setting.reading, told),
        *_argument_signs(told, setting.entities),
        *_sentence_signs(told, setting),
        *_story_signs(told, setting),
    )
    return (*found, *(f"note: {sign}" for sign in found)) if is_note(setting.reading) else found


def is_note(reading: Reading) -> bool:
    """One to three sentences without a title: an entry of a log, a snippet, a line of a situation report."""
    return not reading.has_title and len(reading.sentences) <= NOTE


def _words_signs(reading: Reading, told: Told) -> Iterator[str]:
    draft = told.draft
    entry = draft.made_by.removeprefix("rule ")
    pos = entry.split(":")[1]
    head = reading.doc[draft.head]
    group = GROUP_OF[draft.type]
    yield f"entry={entry}"
    yield f"type={draft.type}"
    yield f"{draft.type} as {pos}"
    yield f"{group} {draft.status}"
    yield f"status={draft.status}"
    yield f"head={head.lemma_.casefold()}"
    yield f"{pos} is {head.dep_}"
    yield f"tag={head.tag_}"
    yield f"words={min(3, entry.count(' ') + 1)}"
    if pos == "noun":
        yield f"{_article(head)} {'plural' if head.tag_ in {'NNS', 'NNPS'} else 'single'}"
    else:
        yield from (f"auxiliary {child.lower_}" for child in head.children if child.dep_ in {"aux", "auxpass"})
        yield f"governed by {head.head.lemma_.casefold()}" if head.dep_ in {"xcomp", "ccomp", "pcomp"} else "not governed"


def _article(noun: Token) -> str:
    for child in noun.children:
        if child.dep_ in {"det", "poss", "nummod"}:
            return {"the": "the", "a": "a", "an": "a", "this": "this", "that": "this", "no": "no", "any": "no"}.get(
                child.lower_, child.dep_
            )
    return "bare"


def _argument_signs(told: Told, entities: Sequence[Entity]) -> Iterator[str]:
    draft = told.draft
    group = GROUP_OF[draft.type]
    said = (bool(draft.by), bool(draft.on), told.place is not None, told.when is not None)
    for name, has in zip(("by", "on", "place", "time"), said, strict=True):
        yield f"{name if has else 'no ' + name}"
        yield f"{group} {name if has else 'no ' + name}"
    yield f"slots={sum(said)}"
    if told.place is not None:
        yield f"place {told.place.precision}"
    for slot, mentions in (("by", draft.by), ("on", draft.on)):
        for mention in mentions[:2]:
            entity = entities[mention.entity]
            yield f"{slot} {mention.form}"
            yield f"{slot} {entity.kind}"
            yield f"{slot} {'known' if entity.id else 'person' if entity.is_person else 'unnamed'}"
    yield f"mentions={min(3, 1 + len(draft.other_sentences))}"
    if len(draft.other_heads) > 0:
        yield "told with its outcome or again"


def _sentence_signs(told: Told, setting: Setting) -> Iterator[str]:
    reading, draft, quotes = setting.reading, told.draft, setting.quotes
    head = reading.doc[draft.head]
    words, kinds = setting.words_beside(head)
    yield f"sentence {_where(draft.sentence, reading.has_title)}"
    if is_caption(reading, draft.sentence):
        yield "in a caption"
        yield f"{GROUP_OF[draft.type]} in a caption"
    if words & FIRST_PERSON:
        yield "first person"
    if "?" in words:
        yield "question"
    yield f"modals={min(2, len(words & MODALS))}"
    if "CARDINAL" in kinds:
        yield "a count beside"
    if "DATE" in kinds or "TIME" in kinds:
        yield "a time beside"
    if any(content.start <= draft.trigger.start < content.end for quote in quotes for content in quote.content):
        yield "said by somebody"
        if _in_quotation(reading, draft.trigger.start):
            yield "in quotation marks"
    depth = sum(1 for _ in head.ancestors)
    yield f"depth={min(4, depth // 2)}"


def _story_signs(told: Told, setting: Setting) -> Iterator[str]:
    """How the draft stands to the rest of what a report of some length may tell; short ones are believed."""
    if len(setting.reading.sentences) < STORY:
        return
    draft, others = told.draft, [one for one in setting.among if one is not told]
    beside = sum(one.draft.sentence == draft.sentence for one in others)
    yield f"beside={min(3, beside)}"
    kin = [one for one in others if GROUP_OF[one.draft.type] == GROUP_OF[draft.type]]
    yield f"of its group={min(4, len(kin))}"
    if told.place is not None:
        yield f"place shared={min(2, sum(one.place is not None and one.place.name == told.place.name for one in others))}"
    doers = {m.entity for m in draft.by}
    if doers:
        shared = sum(bool(doers & {m.entity for m in (*one.draft.by, *one.draft.on)}) for one in others)
        yield f"doer shared={min(3, shared)}"
    published = setting.reading.report.published
    if told.when is not None and told.when.end is not None and published is not None:
        days = (published - told.when.end).days
        yield "to come" if days < 0 else "this week" if days <= 7 else "this year" if days <= 366 else "long ago"


def _in_quotation(reading: Reading, offset: int) -> bool:
    before = reading.report.text[max(0, offset - 600) : offset]
    if "“" in before or "”" in before:
        return before.rfind("“") > before.rfind("”")
    line = before[before.rfind("\n") + 1 :]
    return line.count('"') % 2 == 1


def _where(sentence: int, has_title: bool) -> str:
    number = sentence if has_title else sentence + 1
    return (
        "title" if number == 0 else "first" if number <= 2 else "early" if number <= 6 else "middle" if number <= 15 else "late"
    )
