"""Stories read from the archive as they are asked for, the latest ones kept: a million events need no million stories at once."""

from __future__ import annotations

from collections import OrderedDict

from dateline.link.sketching import story_from
from dateline.link.stories import Story
from dateline.store.workbench import Workbench

KEPT = 20_000


class StoryShelf:
    """One a linking. Pairs come in order of publication, so the stories that are asked for lie close together."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._stories: OrderedDict[str, Story | None] = OrderedDict()

    def story(self, report_id: str) -> Story | None:
        if report_id in self._stories:
            self._stories.move_to_end(report_id)
            return self._stories[report_id]
        found = next((story_from(head, stored) for head, stored in self._bench.stories([report_id])), None)
        self._stories[report_id] = found
        if len(self._stories) > KEPT:
            self._stories.popitem(last=False)
        return found
