"""Which place changed hands, from whom to whom. A claim to have captured stays a claim: the event's sources carry it.

Only a named place can change hands; a force that leaves hands over nothing unless somebody else takes the place.
"""

from __future__ import annotations

from dateline.model.actor import Actor
from dateline.model.event import Control, EventType, Status
from dateline.model.place import Place

LEAVES = frozenset({"withdrawal", "surrender"})


def control_of(
    kind: EventType, status: Status, by: tuple[Actor, ...], on: tuple[Actor, ...], place: Place | None
) -> Control | None:
    """Control of `place` by the event: who held it before, who holds it after."""
    if (
        place is None
        or status in {"hypothetical", "planned"}
        or place.precision in {"country", "sea", "unknown"}
        and kind != "territory_gain"
    ):
        return None
    if kind == "territory_gain":
        if not by and not on:
            return None
        if status in {"denied", "attempted"}:
            # "has not fallen": who holds it keeps it
            return Control(place=place, holder_before=on[0], holder_after=on[0]) if on else None
        return Control(place=place, holder_before=on[0] if on else None, holder_after=by[0] if by else None)
    if (
        kind in LEAVES
        and by
        and status in {"happened", "ongoing"}
        and place.precision in {"town", "point", "district", "province"}
    ):
        return Control(place=place, holder_before=by[0], holder_after=on[0] if on and kind == "surrender" else None)
    return None
