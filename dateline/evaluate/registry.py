"""All yardsticks, in the order of the table: whole records first, then what happened, where, when, who said it, how many."""

from __future__ import annotations

from typing import Any

from dateline.errors import UsageError
from dateline.evaluate import (
    airwars,
    case2,
    event_place,
    fakes,
    false_alarms,
    geo,
    gva,
    isaf,
    muc4,
    polnear,
    seed,
    tempeval,
    voa_gold,
)
from dateline.evaluate.yardstick import Yardstick

YARDSTICKS: tuple[Yardstick[Any], ...] = (
    voa_gold.YARDSTICK,
    seed.YARDSTICK,
    isaf.YARDSTICK,
    fakes.YARDSTICK,
    muc4.YARDSTICK,
    case2.YARDSTICK,
    event_place.YARDSTICK,
    geo.YARDSTICK,
    tempeval.YARDSTICK,
    polnear.YARDSTICK,
    gva.YARDSTICK,
    airwars.YARDSTICK,
    false_alarms.YARDSTICK,
)


def yardstick(name: str) -> Yardstick[Any]:
    """By its name, with _ or -."""
    wanted = name.replace("-", "_")
    found = next((one for one in YARDSTICKS if one.name == wanted), None)
    if found is None:
        raise UsageError(f"no yardstick {name!r}: choose one of {', '.join(one.name for one in YARDSTICKS)}")
    return found
