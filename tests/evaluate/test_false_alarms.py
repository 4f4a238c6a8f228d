"""Material events are counted, political ones are not."""

from __future__ import annotations

from dateline.evaluate.data import to_report
from dateline.evaluate.false_alarms import YARDSTICK
from dateline.evaluate.metrics import measure
from tests.evaluate.invented import Invented
from tests.factories import make_event, make_record


def test_alarms_per_hundred() -> None:
    items = [to_report({"id": str(n), "text": "The striker shot wide and the talks were bombed out."}) for n in range(4)]
    shot, bombed, talks = (
        make_event(items[0], words, kind)  # type: ignore[arg-type]
        for words, kind in (("shot", "armed_attack"), ("bombed", "bombing"), ("talks", "talks"))
    )
    told = [make_record(item, *events) for item, events in zip(items, ((shot, bombed), (talks,), (shot,), ()), strict=True)]
    judged = list(YARDSTICK.judge(items, Invented(told)))
    (per_100,) = measure(YARDSTICK.figures(items), [one.counts for one in judged])
    assert (per_100.name, per_100.value, per_100.rests_on) == ("per_100", 75.0, "3/4")
    assert [one.wrong for one in judged] == [2, 0, 1, 0]
