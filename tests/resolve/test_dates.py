"""Which time belongs to which event: (text, trigger word, interval or None), the report of Wednesday 12 June 2019."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.annotate.language import Language
from dateline.annotate.times import find_times
from dateline.codebook.times import load_times
from dateline.model.event import EventType, Status
from dateline.model.reading import Chars, Draft
from dateline.model.text import Report
from dateline.model.when import When
from dateline.resolve.dates import date_drafts

WEDNESDAY = date(2019, 6, 12)
POLITICS: dict[str, EventType] = {
    "condemned": "accuse", "vowed": "threaten", "accused": "accuse", "claimed": "claim_responsibility",
}  # fmt: skip


def when_of(
    language: Language, text: str, *triggers: str, status: Status = "happened", published: date | None = WEDNESDAY
) -> tuple[When | None, ...]:
    """The times of drafts whose triggers are those words."""
    reading = language.read(Report(id="r", text=text, published=published))
    drafts = []
    for trigger in triggers:
        start = text.index(trigger)
        span = reading.doc.char_span(start, start + len(trigger), alignment_mode="expand")
        assert span is not None
        drafts.append(
            Draft(
                type=POLITICS.get(trigger, "armed_attack"),
                trigger=Chars(start, start + len(trigger)),
                head=span.root.i,
                sentence=reading.sentence_at(start),
                by=(),
                on=(),
                status=status,
                made_by="test",
                confidence=1.0,
            )
        )
    return date_drafts(reading, drafts, find_times(reading))


def days(when: When | None) -> str | None:
    if when is None:
        return None
    return str(when.start) if when.start == when.end else f"{when.start}..{when.end}"


DATED = [
    # hung on the trigger itself, or on the verb that it is an argument of
    ("Gunmen stormed the clinic on Monday.", "stormed", "2019-06-10"),
    ("On Monday, gunmen stormed the clinic.", "stormed", "2019-06-10"),
    ("Six soldiers died in an ambush near the dam on Monday.", "ambush", "2019-06-10"),
    ("Clashes erupted on Monday around the port.", "Clashes", "2019-06-10"),
    # a time that describes a noun
    ("Monday's attack left six dead.", "attack", "2019-06-10"),
    ("Two medics died in Monday's fighting.", "died", "2019-06-10"),
    ("The minister visited victims of the March bombings.", "bombings", "2019-03-01..2019-03-31"),
    # shared along lists and participles
    ("Rebels entered the town on Monday, killing four guards.", "killing", "2019-06-10"),
    ("Rebels stormed the jail and freed dozens on Monday.", "stormed", "2019-06-10"),
    # not across a verb of saying, nor out of or into another clause
    ("Police said on Tuesday that rebels had stormed the jail.", "stormed", None),
    ("Rebels stormed the jail, police said on Tuesday.", "stormed", None),
    ("The men, who were arrested on Monday, shelled the jail.", "shelled", None),
    ("Rebels shelled the jail after talks collapsed on Monday.", "shelled", None),
    # an act of speech takes the time of its saying
    ("The envoy condemned the shelling on Tuesday.", "condemned", "2019-06-11"),
    ("In a speech on Tuesday the president vowed to crush the rebels.", "vowed", "2019-06-11"),
    # at the end of the sentence, under a picture
    ("Troops detained five men in Asar district, Vadu province, yesterday.", "detained", "2019-06-11"),
    ("A boy stands near a house destroyed in shelling in Asar, Vadu, May 3, 2018.", "shelling", "2018-05-03"),
    # ranges
    ("Rebels have attacked the town since Monday.", "attacked", "2019-06-10..2019-06-12"),
    ("Gunmen killed forty people between January and March.", "killed", "2019-01-01..2019-03-31"),
    ("Gunmen have killed forty people this month.", "killed", "2019-06-01..2019-06-12"),
    ("Gunmen killed forty people over the past two weeks.", "killed", "2019-05-29..2019-06-12"),
    # unknown stays unknown
    ("Gunmen stormed the clinic.", "stormed", None),
    ("Gunmen often strike at dawn.", "strike", None),
]


@pytest.mark.parametrize(("text", "trigger", "expected"), DATED)
def test_the_time_of_an_event(text: str, trigger: str, expected: str | None, language: Language) -> None:
    assert days(when_of(language, text, trigger)[0]) == expected


def test_two_events_two_times(language: Language) -> None:
    text = "Rebels shelled the port on Sunday and the army bombed their camp on Tuesday."
    assert [days(when) for when in when_of(language, text, "shelled", "bombed")] == ["2019-06-09", "2019-06-11"]


def test_a_claim_takes_no_date_of_what_it_claims(language: Language) -> None:
    text = "The group claimed responsibility for a bombing in Asar in April."
    assert [days(when) for when in when_of(language, text, "claimed", "bombing")] == [None, "2019-04-01..2019-04-30"]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("The sides will hold talks on Friday.", "talks", "2019-06-14"),
        ("The sides will hold talks this week.", "talks", "2019-06-12..2019-06-16"),
        ("The army will attack by the end of July.", "attack", "None..2019-07-31"),
        ("The army will withdraw at the end of this year.", "withdraw", "2019-12-31"),
    ],
)
def test_what_is_planned_lies_ahead(text: str, trigger: str, expected: str, language: Language) -> None:
    assert days(when_of(language, text, trigger, status="planned")[0]) == expected


def test_what_goes_on_lasts_until_the_report(language: Language) -> None:
    when = when_of(language, "The army launched the raids in May.", "raids", status="ongoing")[0]
    assert days(when) == "2019-05-01..2019-06-12"


CARRIED = [
    ("A patrol raided a farm on Monday. Two men were arrested during the raid.", "arrested", "2019-06-10"),
    ("The envoy urged restraint on Tuesday. He also accused both sides of lying.", "accused", "2019-06-11"),
    # the story goes on in the simple past, for two sentences
    ("A patrol raided a farm on Monday. Two men were arrested at the border.", "arrested", "2019-06-10"),
    ("A patrol raided a farm on Monday. It was dark. Two men were shot.", "shot", "2019-06-10"),
    ("A patrol raided a farm on Monday. It was dark. Nobody slept. Two men were shot.", "shot", None),
    # and stops at another tense, another story, several days, history or what was only said
    ("A patrol raided a farm on Monday. Two men have been shot at the border.", "shot", None),
    ("A patrol raided a farm on Monday. Meanwhile, two men were shot at the border.", "shot", None),
    ("A patrol raided a farm on Monday and a mill on Tuesday. Two men were shot.", "shot", None),
    ("A patrol raided a farm on May 3, 1998. Two men were shot.", "shot", None),
    ("The governor said on Monday that it was quiet. Two men were shot.", "shot", None),
    ("A patrol raided a farm on Monday. Two men were accused of arson.", "accused", None),
]


@pytest.mark.parametrize(("text", "trigger", "expected"), CARRIED)
def test_a_sentence_that_plainly_carries_on(text: str, trigger: str, expected: str | None, language: Language) -> None:
    assert days(when_of(language, text, trigger)[0]) == expected


def test_a_release_without_publication_date_speaks_from_its_header(language: Language) -> None:
    text = "GOMA, Congo (Feb. 9, 2013)\nSoldiers captured two gunmen yesterday. They have raided farms since January."
    captured, raided = when_of(language, text, "captured", "raided", published=None)
    assert days(captured) == "2013-02-08"
    assert days(raided) == "2013-01-01..2013-02-09"


def test_without_any_day_of_its_own_a_report_dates_nothing_by_its_weekday(language: Language) -> None:
    assert when_of(language, "Gunmen stormed the clinic on Monday.", "stormed", published=None) == (None,)


def test_every_when_cites_its_words(language: Language) -> None:
    text = "Gunmen killed forty people between January and March."
    when = when_of(language, text, "killed")[0]
    assert when is not None
    assert (when.span.text, when.precision) == ("January and March", "range")
    assert text[when.span.start : when.span.end] == when.span.text


def test_cues_are_lower_case_words() -> None:
    assert all(word == word.lower() for words in load_times().cues.values() for word in words)
