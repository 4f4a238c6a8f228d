"""Drafts of snippets whose main type is known: what a note of one or two sentences tells, for `weigh_events.py`.

A snippet's gold is one code of ACLED's kind. A draft of a type that the code may be told by is right; of a snippet about a
disaster every draft of violence, control or unrest is wrong; of all else nothing is known and it teaches nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dateline.model.event import GROUP_OF, EventType

DISASTERS = frozenset({"NATURAL_DISASTER", "MAN_MADE_DISASTER"})
TOLD_BY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        code: frozenset(types.split())
        for code, types in {
            "ARMED_CLASH": "clash armed_attack siege advance shelling airstrike",
            "AIR_STRIKE": "airstrike",
            "ART_MISS_ATTACK": "shelling",
            "REM_EXPLOS": "bombing",
            "GRENADE": "bombing armed_attack shelling",
            "SUIC_BOMB": "bombing armed_attack",
            "ATTACK": "armed_attack abuse",
            "ABDUCT_DISSAP": "abduction",
            "SEX_VIOL": "abuse",
            "CHEM_WEAP": "armed_attack airstrike shelling bombing",
            "GOV_REGAINS_TERIT": "territory_gain",
            "NON_STATE_ACTOR_OVERTAKES_TER": "territory_gain",
            "NON_VIOL_TERRIT_TRANSFER": "withdrawal territory_gain",
            "AGREEMENT": "agreement talks surrender",
            "CHANGE_TO_GROUP_ACT": "deployment arms_transfer surrender withdrawal",
            "HQ_ESTABLISHED": "deployment",
            "ARREST": "arrest legal",
            "DISR_WEAP": "restriction",
            "PROPERTY_DISTRUCT": "property_destruction",
            "PEACE_PROTEST": "protest",
            "VIOL_DEMONSTR": "riot protest clash crackdown property_destruction",
            "MOB_VIOL": "riot armed_attack property_destruction",
            "PROTEST_WITH_INTER": "crackdown protest arrest",
            "FORCE_AGAINST_PROTEST": "crackdown protest armed_attack abuse",
        }.items()
    }
)


def is_told(code: str, kind: EventType) -> bool | None:
    """Whether a draft of this type is an event of the snippet; None when its code does not say."""
    if kind in TOLD_BY.get(code, frozenset()):
        return True
    return False if code in DISASTERS and GROUP_OF[kind] in ("violence", "control", "unrest") else None
