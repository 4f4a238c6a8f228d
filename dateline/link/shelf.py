"""Stories read from the archive as they are asked for, the latest ones kept: a million events need no million stories at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from dateline.link.sketching import story_from
from dateline.link.stories import Story
from dateline.store.workbench import Workbench

KEPT = 20_000
READ_AHEAD = 500


class StoryShelf:
    """One a linking. `order`: the reports in the order in which they will be asked for; a miss reads on from there."""

    def __init__(self, bench: Workbench, order: Sequence[str] = ()) -> None:
        self._bench = bench
        self._order = order
        self._position = {report_id: number for number, report_id in enumerate(order)}
        self._stories: OrderedDict[str, Story | None] = OrderedDict()

    def story(self, report_id: str) -> Story | None:
        if report_id not in self._stories:
            self._fetch(report_id)
        self._stories.move_to_end(report_id)
        return self._stories[report_id]

    def _fetch(self, report_id: str) -> None:
        start = self._position.get(report_id)
        ahead = [report_id] if start is None else self._order[start : start + READ_AHEAD]
        wanted = [name for name in ahead if name not in self._stories]
        found = {head.id: story_from(head, stored) for head, stored in self._bench.stories(wanted)}
        for name in wanted:
            self._stories[name] = found.get(name)
        while len(self._stories) > KEPT:
            self._stories.popitem(last=False)
