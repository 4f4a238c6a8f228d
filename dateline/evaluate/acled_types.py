"""Our event types as the codes of CASE 2021: by type, then by what the event itself says of means, actors and outcome.

Types of no code (political acts other than agreements and peace talks, displacement, aid) are no answer. ACLED calls an
attack of one armed group on another a fight, so an armed attack on forces or their places is an armed clash here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from types import MappingProxyType

from dateline.evaluate.gather import main_event, took_place
from dateline.model.actor import Actor
from dateline.model.event import Event, Record

KNOWN = (
    *("ABDUCT_DISSAP", "AGREEMENT", "AIR_STRIKE", "ARMED_CLASH", "ARREST", "ART_MISS_ATTACK", "ATTACK", "CHANGE_TO_GROUP_ACT"),
    *("CHEM_WEAP", "DISR_WEAP", "FORCE_AGAINST_PROTEST", "GOV_REGAINS_TERIT", "GRENADE", "HQ_ESTABLISHED", "MOB_VIOL"),
    *("NON_STATE_ACTOR_OVERTAKES_TER", "NON_VIOL_TERRIT_TRANSFER", "OTHER", "PEACE_PROTEST", "PROPERTY_DISTRUCT"),
    *("PROTEST_WITH_INTER", "REM_EXPLOS", "SEX_VIOL", "SUIC_BOMB", "VIOL_DEMONSTR"),
)
FURTHER = ("ATTRIB", "DIPLO", "MAN_MADE_DISASTER", "NATURAL_DISASTER", "ORG_CRIME")

STATE = frozenset(("state_forces", "government", "external_forces"))
NON_STATE = frozenset(("rebel_group", "political_militia", "identity_militia", "rioters"))

PLAIN = MappingProxyType(
    {
        "clash": "ARMED_CLASH",
        "airstrike": "AIR_STRIKE",
        "shelling": "ART_MISS_ATTACK",
        "bombing": "REM_EXPLOS",
        "armed_attack": "ATTACK",
        "abduction": "ABDUCT_DISSAP",
        "abuse": "ATTACK",
        "territory_gain": "GOV_REGAINS_TERIT",
        "siege": "ARMED_CLASH",
        "withdrawal": "NON_VIOL_TERRIT_TRANSFER",
        "surrender": "AGREEMENT",
        "advance": "ARMED_CLASH",
        "deployment": "CHANGE_TO_GROUP_ACT",
        "arms_transfer": "CHANGE_TO_GROUP_ACT",
        "arrest": "ARREST",
        "legal": "ARREST",
        "property_destruction": "PROPERTY_DISTRUCT",
        "protest": "PEACE_PROTEST",
        "riot": "VIOL_DEMONSTR",
        "crackdown": "PROTEST_WITH_INTER",
        "agreement": "AGREEMENT",
        "talks": "AGREEMENT",
    }
)
MEANS = (
    ("CHEM_WEAP", ("chemical", "poison", "chlorine", "sarin", "toxic", "nerve agent", "mustard gas", "gas attack")),
    ("SUIC_BOMB", ("suicide",)),
    ("GRENADE", ("grenade",)),
)
ARMS = ("bombing", "shelling", "armed_attack", "airstrike", "clash", "crackdown")
ARMED_PLACES = ("base", "post", "checkpoint", "camp", "barracks", "military", "army", "police", "patrol", "convoy", "troops")
PROTEST_WORDS = ("protest", "demonstrat", "activist", "rally", "march")
# What a count of no single event says happened, when the record has no event.
TALLIES = MappingProxyType({"arrested": "ARREST", "detained": "ARREST", "abducted": "ABDUCT_DISSAP", "surrendered": "AGREEMENT"})


def code_of(record: Record) -> str | None:
    """The code of the main event among those that have one; what is planned or feared only when nothing took place."""
    events = [event for event in took_place(record) if is_coded(event)] or [e for e in record.events if is_coded(e)]
    main = main_event(events)
    if main:
        return code_of_event(main, events)
    return next((TALLIES[tally.measure] for tally in record.tallies if tally.measure in TALLIES), None)


def is_coded(event: Event) -> bool:
    """Talks are coded when they are for peace."""
    return event.type in PLAIN and (event.type != "talks" or "peace" in event.trigger.text.casefold())


def code_of_event(event: Event, others: Sequence[Event]) -> str:
    words = words_of_event(event)
    if event.type in ARMS:
        for code, stems in MEANS:
            if any(stem in words for stem in stems) and not (code == "CHEM_WEAP" and "tear" in words):
                return code
    if event.type == "abuse" and any(stem in words for stem in ("rap", "sexual", "molest", "assault")):
        return "SEX_VIOL"
    if event.type == "surrender" and "defect" in words:
        return "CHANGE_TO_GROUP_ACT"
    if event.type == "territory_gain" and has_kind(event.by, NON_STATE):
        return "NON_STATE_ACTOR_OVERTAKES_TER"
    if event.type in ("protest", "arrest", "crackdown") and is_at_protest(event, others):
        return protest_code(event)
    if event.type in ("armed_attack", "riot") and has_kind(event.by, ("rioters",)):
        return "MOB_VIOL"
    if event.type == "armed_attack" and is_on_armed(event):
        return "ARMED_CLASH"
    return PLAIN[event.type]


def words_of_event(event: Event) -> str:
    """Trigger, means and who did it ("suicide bombers"), in small letters."""
    parts = [event.trigger.text, event.means.text if event.means else "", *(actor.span.text for actor in event.by)]
    return " ".join(parts).casefold()


def is_at_protest(event: Event, others: Sequence[Event]) -> bool:
    """A crackdown is; an arrest when it takes protesters; a protest when somebody cracks down or arrests."""
    if event.type == "arrest":
        told_of = any(other.type in ("protest", "riot", "crackdown") for other in others)
        return told_of or any(word in actor.span.text.casefold() for actor in event.on for word in PROTEST_WORDS)
    return event.type == "crackdown" or any(other.type in ("crackdown", "arrest") for other in others)


def protest_code(event: Event) -> str:
    hurt = any(figure.measure in ("killed", "injured") for figure in event.figures)
    return "FORCE_AGAINST_PROTEST" if hurt and event.type == "crackdown" else "PROTEST_WITH_INTER"


def is_on_armed(event: Event) -> bool:
    """An armed group's attack on forces or their places is a fight; on anybody else it is an attack."""
    by_armed = has_kind(event.by, STATE | NON_STATE)
    places = any(word in actor.span.text.casefold().split() for actor in event.on for word in ARMED_PLACES)
    return by_armed and (places or has_kind(event.on, STATE | NON_STATE))


def has_kind(actors: Sequence[Actor], kinds: Collection[str]) -> bool:
    return any(actor.kind in kinds for actor in actors)
