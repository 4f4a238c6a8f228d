"""Our events as MUC-4 templates: events of one incident type, place and day are one template; their slots are put together.

The set's slots want less than our actors hold: victims are people by name only, without their titles ("political leader hector
ruiz" → "hector ruiz"); a group's people are individuals, the group is the organisation ("terrorists of the front" → both). Words
are cut from the actor's own span, none are looked for in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dateline.annotate.truecase import is_name
from dateline.codebook.actors import ActorBook
from dateline.evaluate.gather import took_place, unaccented
from dateline.evaluate.templates_scorer import SLOTS, TYPE, plain
from dateline.evaluate.yardstick import Json
from dateline.model.actor import Actor
from dateline.model.event import Event, EventType, Record

TYPES = MappingProxyType(
    {
        "abduction": "kidnapping",
        "bombing": "bombing",
        "armed_attack": "attack",
        "shelling": "attack",
        "airstrike": "bombing",
    }
)
FIRE = ("fire", "burn", "arson", "torch", "ablaze")
EXPLOSIVES = ("bomb", "dynamite", "explosive", "blow up", "blew up", "blown up")
ARMED_KINDS = frozenset(("rebel_group", "political_militia", "identity_militia"))
FORCES = ARMED_KINDS | {"state_forces", "external_forces"}
STATE_IDS = ("gov-", "mil-", "pol-")

PRONOUNS = frozenset(
    ("it", "its", "they", "their", "them", "he", "she", "his", "her", "him", "who", "whom", "which", "those", "these", "that")
)
NUMBERS_AND_ARTICLES = frozenset(
    (
        *("the", "a", "an", "his", "her", "their", "its", "our", "this", "that", "these", "those", "some", "several", "many"),
        *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "other", "another", "all", "both", "more"),
        *("less", "than", "nearly", "about", "at", "least", "former", "alleged", "of", "president-elect", "msgr"),
    )
)
THINGS = frozenset(
    (
        *("house", "home", "residence", "building", "office", "headquarters", "station", "bank", "bus"),
        *("car", "vehicle", "truck", "train", "plane", "aircraft", "airplane", "helicopter", "bridge"),
        *("pylon", "pole", "tower", "line", "pipeline", "store", "embassy", "consulate", "hotel"),
        *("restaurant", "shop", "mall", "school", "university", "church", "hospital", "plant", "factory"),
        *("farm", "ranch", "barracks", "garrison", "post", "base", "facility", "facilities", "installation"),
        *("property", "system", "equipment", "road", "highway", "airport", "port", "warehouse", "newspaper"),
        *("center", "theater", "exchange", "branch", "structure", "establishment", "institute", "market"),
        *("substation", "boat", "ship", "jeep", "cathedral", "courthouse", "prison", "jail", "camp"),
        *("village", "town", "city"),
    )
)
# Counts and hedges before the people or things that a slot names.
COUNTED = re.compile(
    r"^(?:(?:\d[\d,.]*(?:-\w+)?|an?|the|one|two|three|four|five|six|seven|eight|nine|ten|dozens?|some|several|many|about"
    r"|at least|other|alleged|presumed|suspected|another|more than|nearly|approximately|to|or|and|of|group of|a group of) )+"
)
WEAPON = re.compile(
    r"\b(?:(?:car|truck)[- ]?bombs?|dynamite(?: charges?| sticks?)?|grenades?|rockets?|mortars?|molotov cocktails?|explosives?"
    r"|explosive (?:devices?|charges?)|bombs?|mines?|booby traps?|rifles?|(?:sub)?machine-?guns?)\b"
)


@dataclass(frozen=True, slots=True)
class Templates:
    """`book`: the codebook's nouns and titles tell names, people and things apart."""

    book: ActorBook

    def of(self, record: Record) -> list[Json]:
        groups: dict[tuple[str, str, str], list[Event]] = {}
        for event in took_place(record):
            kind = incident_type(event)
            if kind and not is_on_forces(event):
                where = event.place.name if event.place else ""
                groups.setdefault((kind, where, event.when.model_dump_json() if event.when else ""), []).append(event)
        suspects = suspected(record)
        return [self._template(kind, events, suspects) for (kind, _, _), events in groups.items()]

    def _template(self, kind: str, events: Sequence[Event], suspects: Sequence[Actor]) -> Json:
        by = [actor for event in events for actor in event.by if (actor.id or not is_pronoun(actor)) and not self.is_gear(actor)]
        on = [actor for event in events for actor in event.on if not actor.id]
        sides = [self.split(actor) if actor.id else (self.name(actor.span.text) or actor.span.text, None) for actor in by]
        organisations = [group for _, group in sides if group] or [self.split(actor)[1] for actor in suspects[:1]]
        things = [actor.span.text for event in events for actor in event.on if self.is_thing(actor.span.text)]
        slots: tuple[Iterable[str | None], ...] = (
            [uncounted(people) for people, _ in sides],
            organisations,
            [uncounted(thing) for thing in things],
            [self.victim(actor) for actor in on],
            [uncounted(words) for event in events for words in weapons(event)],
        )
        return {TYPE: kind} | {slot: strings(found) for slot, found in zip(SLOTS, slots, strict=True)}

    def is_gear(self, actor: Actor) -> bool:
        """A plane or a house that a frame took for a doer."""
        return not actor.id and self.is_thing(actor.span.text)

    def split(self, actor: Actor) -> tuple[str | None, str]:
        """A known group's mention as (its people, the group): the name as it stands in the words, else the group's own."""
        known, text = self.book.actors.get(actor.id or ""), unaccented(actor.span.text).casefold()
        if known is None or known.by_pattern:
            return split(actor)
        names = sorted((unaccented(name).casefold() for name in (known.name, *known.aliases)), key=len, reverse=True)
        found = next((name for name in names if re.search(rf"\b{re.escape(name)}\b", text)), None)
        if found is None:
            return (None if is_pronoun(actor) else text), unaccented(re.sub(r" \(.*", "", known.name)).casefold()
        people = re.sub(rf"[\s()]*\b{re.escape(found)}\b.*", "", text) if " of " in text else text
        return (people.removesuffix(" of the").removesuffix(" of") if text.endswith("s") or people != text else None), found

    def victim(self, actor: Actor) -> str | None:
        """The fullest name of a person; None for things, places and people without a name."""
        for text in (actor.name, actor.span.text):
            name = self.name(text) if not self.is_thing(text) else None
            if name and all(is_name(word) for word in name.casefold().split()):
                return name
        return None

    def name(self, text: str) -> str | None:
        """A person's name without title and role; None when the words name nobody ("two priests")."""
        words = re.split(r"[,(]", text)[0].replace('"', "").split()
        last = max((i for i, word in enumerate(words) if self._is_no_name(word)), default=-1)
        rest = words[last + 1 :]
        return " ".join(rest) if rest and not any(singular(word) in THINGS for word in rest) else None

    def _is_no_name(self, word: str) -> bool:
        low = word.casefold()
        known = low in self.book.titles or low in self.book.nouns or singular(low) in self.book.nouns
        return known or low in NUMBERS_AND_ARTICLES or low.endswith(("'s", "’s")) or word[0].isdigit()

    def is_thing(self, text: str) -> bool:
        """By its head: the last word before "of" or "in"."""
        words = re.split(r" (?:of|in) |,", text.casefold())[0].split()
        if not words:
            return False
        noun = self.book.nouns.get(words[-1]) or self.book.nouns.get(singular(words[-1]))
        in_book = noun is not None and (noun.number == "t" or noun.cls in ("place", "gear"))
        return in_book or words[-1] in THINGS or singular(words[-1]) in THINGS


def is_on_forces(event: Event) -> bool:
    """An attack on nobody but armed forces is no terrorist incident to the set."""
    return bool(event.on) and all(actor.kind in FORCES for actor in event.on)


def incident_type(event: Event) -> str | None:
    return incident_of(event.type, f"{event.trigger.text} {event.means.text if event.means else ''}")


def incident_of(kind: EventType, words: str) -> str | None:
    """`words`: the trigger and the means."""
    if kind == "property_destruction":
        low = words.casefold()
        return "arson" if any(stem in low for stem in FIRE) else "bombing" if any(s in low for s in EXPLOSIVES) else None
    return TYPES.get(kind)


def suspected(record: Record) -> list[Actor]:
    """The organisation of incidents whose own telling names none: an armed group that claims a deed or is blamed for one, else
    the only one that the record knows."""
    claiming = [a for e in record.events if e.type == "claim_responsibility" and e.status != "denied" for a in e.by]
    blamed = [a for e in record.events if e.type == "accuse" for a in e.on]
    actors = [actor for event in record.events for actor in (*event.by, *event.on)]
    armed = {actor.id: actor for actor in reversed(actors) if actor.id and actor.kind in ARMED_KINDS}
    named = [actor for actor in (*claiming, *blamed) if actor.id in armed]
    return named or (list(armed.values()) if len(armed) == 1 else [])


def split(actor: Actor) -> tuple[str | None, str]:
    """A known group's mention as (its people, the group): "red column guerrillas" → the whole, "red column"."""
    text = actor.span.text
    if is_pronoun(actor):
        return None, unaccented(actor.name).casefold()
    people, of, group = text.partition(" of the ")
    if of:
        return people, group
    words = text.split()
    if len(words) > 1 and words[-1].endswith("s") and actor.id and not actor.id.startswith(STATE_IDS):
        return text, " ".join(words[:-1])
    return None, text


def is_pronoun(actor: Actor) -> bool:
    return actor.span.text.casefold() in PRONOUNS


def uncounted(text: str | None) -> str | None:
    """ "two alleged guerrillas" → "guerrillas": the set has the words without their count as well."""
    return COUNTED.sub("", text.casefold()) if text else None


def weapons(event: Event) -> list[str]:
    """The means, and a weapon that the trigger itself names ("detonated a bomb")."""
    named = WEAPON.search(event.trigger.text.casefold())
    return [*([event.means.text] if event.means else []), *([named[0]] if named else [])]


def singular(word: str) -> str:
    if word.endswith(("sses", "uses", "xes", "ches", "shes")) and not word.endswith("houses"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def strings(texts: Iterable[str | None]) -> list[list[str]]:
    """Each string as an entity of one mention; one whose words stand in another ("ruiz" beside "hector ruiz") is left out."""
    found = {plain(text): text for text in texts if text and plain(text)}
    words = {key: frozenset(key.split()) for key in found}
    return [[text] for key, text in found.items() if not any(words[key] < words[other] for other in found)]
