"""A caption ends in a place and a full date, or opens as one, and tells what it shows in the present tense."""

from __future__ import annotations

import pytest

from dateline.annotate.language import Language
from dateline.extract.captions import is_caption
from dateline.model.text import Report
from dateline.pipeline import Resources, tell

CASES = (
    ("Riot police stand guard outside the court in Lomé, Togo, April 3, 2019.", True),
    ("FILE - Rebels hold a bridge over the river near Sake.", True),
    ("In this photo, soldiers carry a wounded man to a truck in Bria.", True),
    ("A girl waits for water at a camp near Maban, South Sudan, Feb. 9, 2014. (J. Okello)", True),
    ("Smoke over the harbor of Aden, Yemen, 12 May 2015.", True),
    ("The rebels captured the harbor of Aden on May 12, 2015.", False),
    ("The talks resume in Geneva on Monday.", False),
    ("The army says that it will hold the bridge.", False),
)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_captions_are_told_from_the_story(text: str, expected: bool, language: Language) -> None:
    assert is_caption(language.read(Report(id="caption", text=text)), 0) is expected


def test_a_title_is_no_caption(language: Language) -> None:
    title = "Police stand guard in Lomé, Togo, April 3, 2019."
    assert not is_caption(language.read(Report(id="title", title=title, text=f"{title}\n\nMore follows.")), 0)


def test_a_caption_shows_what_the_story_tells(resources: Resources) -> None:
    text = (
        "Police arrested dozens of marchers in Maputo on Wednesday.\n\n"
        "Officers arrest a marcher during a rally in Maputo, Mozambique, April 3, 2019.\n\n"
        "The opposition said that the marchers had been peaceful."
    )
    told = tell(resources.language.read(Report(id="shown", text=text)), resources).told
    arrests = [one.draft for one in told if one.draft.type == "arrest"]
    assert len(arrests) == 1
    assert arrests[0].sentence == 0
