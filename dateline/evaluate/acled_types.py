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
        "restriction": "DISR_WEAP",
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
# Acts that only frame what the snippet is about, when it tells of harm, control or unrest as well.
FRAMES = ("deployment", "arms_transfer", "agreement", "talks", "surrender", "legal", "restriction", "withdrawal", "advance")
BASES = ("base", "post", "outpost", "headquarter")
MOBS = ("lynch", "mob", "communal", "sectarian", "vigilante")
FORCE = ("shoot", "shot", "fire on", "fire at", "live", "kill", "baton", "beat", "excessive", "wound", "injur", "club", "attack")
ARMED_PLACES = ("base", "post", "checkpoint", "camp", "barracks", "military", "army", "police", "patrol", "convoy", "troops")
PROTEST_WORDS = ("protest", "demonstrat", "rally", "marche", "crowd")
# What a count of no single event says happened, when the record has no event.
TALLIES = MappingProxyType({"arrested": "ARREST", "detained": "ARREST", "abducted": "ABDUCT_DISSAP", "surrendered": "AGREEMENT"})


def code_of(record: Record) -> str | None:
    """The code of the main event among those that have one; what is planned or feared only when nothing took place."""
    if tells_of_blame(record):
        return None
    events = [event for event in took_place(record) if is_coded(event)] or [e for e in record.events if is_coded(e)]
    main = main_event([event for event in events if event.type not in FRAMES] or events)
    if main:
        return code_of_event(main, events)
    return next((TALLIES[tally.measure] for tally in record.tallies if tally.measure in TALLIES), None)


def tells_of_blame(record: Record) -> bool:
    """The snippet opens with who claims or denies a deed: attribution, which none of the 25 types is."""
    first = min(record.events, key=lambda event: event.trigger.start, default=None)
    return first is not None and first.type == "claim_responsibility"


def is_coded(event: Event) -> bool:
    """Talks are coded when they are for peace, a restriction when it takes or destroys weapons."""
    if event.type == "restriction":
        return event.means is not None
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
    if event.type == "deployment" and any(word in event.trigger.text.casefold() for word in BASES):
        return "HQ_ESTABLISHED"
    if event.type == "territory_gain":
        return control_code(event, others)
    if is_unrest(event):
        return unrest_code(event, others)
    if event.type == "armed_attack" and is_on_armed(event):
        return "ARMED_CLASH"
    return PLAIN[event.type]


def control_code(event: Event, others: Sequence[Event]) -> str:
    """A place left by one side and taken by the other without a fight changed hands peacefully."""
    kinds = {other.type for other in others}
    if "withdrawal" in kinds and not kinds & {"clash", "armed_attack", "airstrike", "shelling", "bombing"}:
        return "NON_VIOL_TERRIT_TRANSFER"
    return "NON_STATE_ACTOR_OVERTAKES_TER" if has_kind(event.by, NON_STATE) else PLAIN[event.type]


def is_unrest(event: Event) -> bool:
    """Protesters or a mob on one side, or an arrest that may be one at a protest."""
    crowd = has_kind((*event.by, *event.on), ("rioters", "protesters"))
    return event.type in ("protest", "riot", "crackdown", "arrest") or (event.type in (*ARMS, "abuse") and crowd)


def unrest_code(event: Event, others: Sequence[Event]) -> str:
    words = event.trigger.text.casefold()
    if event.type == "riot" or has_kind(event.by, ("rioters",)):
        mob = any(stem in words for stem in MOBS) or (event.type != "riot" and not has_kind(event.on, STATE))
        return "MOB_VIOL" if mob else "VIOL_DEMONSTR"
    if event.type == "clash" or has_kind(event.by, ("protesters",)) and event.type != "protest":
        return "VIOL_DEMONSTR"
    if event.type in ("armed_attack", "abuse", "shelling", "airstrike", "bombing"):
        return "FORCE_AGAINST_PROTEST" if has_kind(event.by, STATE) else PLAIN[event.type]
    if event.type == "protest" and any(other.type == "riot" for other in others):
        return "VIOL_DEMONSTR"
    return protest_code(event, others) if is_at_protest(event, others) else PLAIN[event.type]


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


def protest_code(event: Event, others: Sequence[Event]) -> str:
    """Force that hurts people, told of any event of the snippet, is excessive."""
    crackdowns = [other for other in (event, *others) if other.type == "crackdown"]
    hurt = any(figure.measure in ("killed", "injured") for other in (event, *others) for figure in other.figures)
    forced = any(stem in other.trigger.text.casefold() for other in crackdowns for stem in FORCE)
    return "FORCE_AGAINST_PROTEST" if crackdowns and (hurt or forced) else "PROTEST_WITH_INTER"


def is_on_armed(event: Event) -> bool:
    """An armed group's attack on forces or their places is a fight; on anybody else it is an attack."""
    by_armed = has_kind(event.by, STATE | NON_STATE)
    places = any(word in actor.span.text.casefold().split() for actor in event.on for word in ARMED_PLACES)
    return by_armed and (places or has_kind(event.on, STATE | NON_STATE))


def has_kind(actors: Sequence[Actor], kinds: Collection[str]) -> bool:
    return any(actor.kind in kinds for actor in actors)
