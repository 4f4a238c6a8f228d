"""Our event types as the codes of CASE 2021: by type, then by what the event itself says of means, actors and outcome.

Types of no code (political acts other than agreements, displacement, aid) are no answer.
"""

from __future__ import annotations

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
        "surrender": "CHANGE_TO_GROUP_ACT",
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
    }
)
MEANS = (
    ("CHEM_WEAP", ("chemical", "gas", "chlorine", "sarin", "toxic", "nerve agent", "mustard", "acid")),
    ("SUIC_BOMB", ("suicide",)),
    ("GRENADE", ("grenade",)),
)


def code_of(record: Record) -> str | None:
    """The code of the main event among those that have one; what is planned or feared only when nothing took place."""
    events = [event for event in took_place(record) if event.type in PLAIN] or [e for e in record.events if e.type in PLAIN]
    main = main_event(events)
    return code_of_event(main, events) if main else None


def code_of_event(event: Event, others: list[Event]) -> str:
    words = f"{event.means.text if event.means else ''} {event.trigger.text}".casefold()
    if event.type in ("bombing", "shelling", "armed_attack", "airstrike", "clash", "crackdown"):
        for code, stems in MEANS:
            if any(stem in words for stem in stems) and not (code == "CHEM_WEAP" and "tear" in words):
                return code
    if event.type == "abuse" and any(stem in words for stem in ("rap", "sexual", "molest", "assault")):
        return "SEX_VIOL"
    if event.type == "territory_gain" and any(actor.kind in NON_STATE for actor in event.by):
        return "NON_STATE_ACTOR_OVERTAKES_TER"
    if event.type == "crackdown" and any(f.measure in ("killed", "injured") for f in event.figures):
        return "FORCE_AGAINST_PROTEST"
    if event.type == "protest" and any(other.type in ("crackdown", "arrest") for other in others):
        return "PROTEST_WITH_INTER"
    if event.type in ("armed_attack", "riot") and _any_kind(event.by, ("rioters",)):
        return "MOB_VIOL"
    return PLAIN[event.type]


def _any_kind(actors: tuple[Actor, ...], kinds: tuple[str, ...]) -> bool:
    return any(actor.kind in kinds for actor in actors)
