"""What kind of thing an argument is: armed, civilian, a place, a country … as far as words, names and entities tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from dateline.codebook.events import Condition, Entry, EventBook
from dateline.extract.syntax import Arguments
from dateline.model.actor import ActorKind
from dateline.model.reading import Chars, Entity, Mention, PlaceMention

KIND_CLASSES: Mapping[ActorKind, frozenset[str]] = {
    "state_forces": frozenset({"armed", "actor"}),
    "rebel_group": frozenset({"armed", "actor", "org"}),
    "political_militia": frozenset({"armed", "actor", "org"}),
    "identity_militia": frozenset({"armed", "actor", "org"}),
    "rioters": frozenset({"protesters", "civilian", "actor"}),
    "protesters": frozenset({"protesters", "civilian", "actor"}),
    "civilians": frozenset({"civilian", "person", "actor"}),
    "external_forces": frozenset({"armed", "actor", "org"}),
    "government": frozenset({"country", "org", "actor"}),
    "organisation": frozenset({"org", "actor"}),
    "media": frozenset({"org", "actor"}),
    "unknown": frozenset(),
}
ENT_CLASSES: Mapping[str, frozenset[str]] = {
    "GPE": frozenset({"place", "country", "actor"}),
    "LOC": frozenset({"place"}),
    "FAC": frozenset({"place"}),
    "ORG": frozenset({"org", "actor"}),
    "NORP": frozenset({"org", "actor", "person"}),
    "PERSON": frozenset({"person", "actor"}),
    "CARDINAL": frozenset({"num"}),
    "DATE": frozenset({"time"}),
    "TIME": frozenset({"time"}),
}
PERSONAL = frozenset({"he", "she", "him", "her", "who", "whom", "i", "me", "himself", "herself"})
PLURAL = frozenset({"they", "them", "we", "us", "it", "which", "that", "those", "these", "others", "both"})
FIGHTERS = frozenset({"armed", "org", "actor"})  # which no village is, whoever holds it
EVENT_CLASSES = frozenset({"explosion", "event"})
EXPLOSIONS = frozenset({"explosion", "blast", "bombing", "bomb", "detonation"})


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of the report's names when events are read: mentions by head token, entities, places by token."""

    book: EventBook
    mention_at: Mapping[int, Mention]
    entities: Sequence[Entity]
    place_at: Mapping[int, PlaceMention]

    def entity_at(self, token: Token) -> Entity | None:
        mention = self.mention_at.get(token.i)
        return self.entities[mention.entity] if mention is not None and mention.entity < len(self.entities) else None


def place_tokens(doc_spans: Sequence[tuple[Chars, range]], places: Sequence[PlaceMention]) -> dict[int, PlaceMention]:
    return {i: place for place, (_, tokens) in zip(places, doc_spans, strict=True) for i in tokens}


def semantic_head(token: Token, book: EventBook) -> Token:
    """ "dozens of militants" is about militants: the noun after "of" when the head only counts or groups."""
    if token.lemma_.casefold() in book.classes["partitive"] or token.pos_ == "NUM":
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "among"}:
                for noun in child.children:
                    if noun.dep_ == "pobj":
                        return semantic_head(noun, book)
    return token


def classes_of(token: Token, scene: Scene) -> frozenset[str]:
    """Names of the classes a noun belongs to; `thing` when none that acts."""
    token = semantic_head(token, scene.book)
    found: set[str] = set()
    lemma, lower = token.lemma_.casefold(), token.lower_
    for name, words in scene.book.classes.items():
        if lemma in words or lower in words:
            found.add(name)
    named = _entity_classes(token, scene)
    found |= named - FIGHTERS if "settlement" in found and "country" not in named else named
    pronoun = token.pos_ != "PROPN"  # "US" is none
    if pronoun and lower in PERSONAL:
        found |= {"person", "armed", "civilian", "actor", "pronoun"}
    elif pronoun and lower in PLURAL and token.i in scene.place_at:
        return frozenset({"place"})
    elif pronoun and lower in PLURAL:
        found |= {"person", "armed", "civilian", "org", "actor", "thing"}
    if lemma in EXPLOSIONS:
        found.add("explosion")
    if "place_noun" in found and not found & {"armed", "civilian"}:
        found |= {"place", "area"}
    if "official" in found:
        found |= {"person", "org", "actor"}
    if found & {"armed", "civilian", "protesters"}:
        found.add("actor")
    if not found & {"actor", "place", "person", "armed", "civilian", "org", "country"}:
        found.add("thing")
    return frozenset(found)


def _entity_classes(token: Token, scene: Scene) -> set[str]:
    found = (
        set(ENT_CLASSES.get(token.ent_type_, frozenset()))
        if token.pos_ not in {"NOUN"} or token.ent_type_ in {"PERSON", "ORG", "CARDINAL"}
        else set()
    )
    entity = scene.entity_at(token)
    if entity is not None:
        kinds = KIND_CLASSES[entity.kind]
        if kinds and entity.id:
            found -= {"place"}
        found |= kinds
        if entity.is_person:
            found |= {"person", "actor"}
            if token.pos_ == "PROPN":
                found.add("named_person")
    place = scene.place_at.get(token.i)
    if place is not None:
        if place.role == "metonym":
            found = (found - {"place"}) | {"country", "actor"}
        elif entity is None or not entity.id or entity.kind == "government":
            found |= {"place"}
            if place.place.precision in {"town", "district", "point"}:
                found -= {"country", "org", "person", "armed"}
    if token.pos_ == "PROPN" and not found:
        found |= {"actor", "org", "person", "name"}
    return found


def meets(entry: Entry, trigger: Token, args: Arguments, scene: Scene) -> bool:
    """Whether every need of the entry is met and no excluded word stands by."""
    for need in entry.needs:
        results = [_holds(condition, trigger, args, scene) for condition in need.any_of]
        if need.any_of and need.any_of[0].negated:
            if any(results):
                return False
        elif not any(results):
            return False
    return not (entry.excludes and _excluded(entry, trigger, args))


def _holds(condition: Condition, trigger: Token, args: Arguments, scene: Scene) -> bool:
    role, wanted = condition.role, next(iter(condition.classes))
    if role == "near":
        return _near(trigger, wanted, scene)
    tokens = args.pp.get("by", ()) + args.subj if role == "by" else args.role(role)
    if role == "obj":
        tokens = tokens or args.iobj
    if wanted in {"none", "unsaid"}:
        return not tokens
    if wanted == "any":
        return bool(tokens)
    return any(wanted in classes_of(token, scene) for token in tokens)


def _near(trigger: Token, wanted: str, scene: Scene) -> bool:
    """A word of the class in the trigger's sentence, at most 14 tokens away."""
    sent = trigger.sent
    start, end = max(sent.start, trigger.i - 14), min(sent.end, trigger.i + 15)
    words = scene.book.classes.get(wanted, frozenset())
    for token in trigger.doc[start:end]:
        if token.i == trigger.i:
            continue
        if token.lemma_.casefold() in words or token.lower_ in words:
            return True
        if wanted in {"actor", "armed"} and token.pos_ in {"PROPN", "NOUN", "ADJ"} and wanted in _entity_classes(token, scene):
            return True
        if wanted == "violence" and _is_violent(token.lemma_.casefold(), scene.book):
            return True
    return False


VIOLENT = frozenset({"clash", "airstrike", "shelling", "bombing", "armed_attack"})


def _is_violent(lemma: str, book: EventBook) -> bool:
    """Whether the word alone tells of violence; one that only opens an entry ("come under fire") does not."""
    return any(entry.type in VIOLENT and len(entry.words) == 1 for entry in book.by_first.get(lemma, ()))


def _excluded(entry: Entry, trigger: Token, args: Arguments) -> bool:
    words = entry.excludes
    sent = trigger.sent
    around = trigger.doc[max(sent.start, trigger.i - 3) : min(sent.end, trigger.i + 4)]
    if any(token.lemma_.casefold() in words or token.lower_ in words for token in around if token.i != trigger.i):
        return True
    involved = (*args.subj, *args.obj, *args.comp, *(t for tokens in args.pp.values() for t in tokens))
    return any(token.lemma_.casefold() in words or token.lower_ in words for token in involved)
