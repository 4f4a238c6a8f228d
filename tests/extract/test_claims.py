"""Which events have which sources: (text, word that names the event, expected speakers with stance)."""

from __future__ import annotations

import pytest

from dateline.annotate.language import Language
from dateline.annotate.quotes import find_quotes
from dateline.codebook.cues import load_cues
from dateline.extract.claims import attribute_claims, quote_at, source_of, with_counts
from dateline.model.actor import ActorKind
from dateline.model.event import EventType, Source
from dateline.model.reading import Chars, Draft, Entity, Mention, Reading
from dateline.model.text import Report
from tests.factories import make_figure, make_report, make_source


def read(text: str, language: Language, title: str | None = None) -> Reading:
    return language.read(Report(id="r", text=text, title=title))


def draft_at(reading: Reading, word: str, *other: str, kind: EventType = "armed_attack", by: tuple[Mention, ...] = ()) -> Draft:
    """A draft whose trigger is the first token with the word; `other` are merged mentions."""
    head, *others = (next(t.i for t in reading.doc if t.text == each) for each in (word, *other))
    token = reading.doc[head]
    chars = Chars(token.idx, token.idx + len(token))
    return Draft(kind, chars, head, reading.sentence_at(token.idx), by, (), "happened", "test", 1.0, tuple(others))


def sources_of(
    text: str,
    language: Language,
    *words: str,
    kind: EventType = "armed_attack",
    by: str | None = None,
    side: ActorKind = "unknown",
    title: str | None = None,
) -> tuple[Source, ...]:
    reading = read(text, language, title)
    entities = (Entity(0, by, None, side, None, Chars(0, 1)),) if by else ()
    doers = (Mention(Chars(0, 1), 0, "name", 0),) if by else ()
    drafts = (draft_at(reading, *words, kind=kind, by=doers),)
    return attribute_claims(reading, drafts, find_quotes(reading, load_cues()), doers, entities)[0]


DENIED = [("Witnesses", "asserts"), ("army", "denies")]
TOLD = [
    ("The observatory recorded an attack on the post.", ("attack",), [("observatory", "asserts")]),
    ("The observatory documented that rebels attacked the post.", ("attacked",), [("observatory", "asserts")]),
    ("Gunmen attacked the post. The sect claimed responsibility for the attack.", ("attacked", "attack"), [("sect", "claims")]),
    ("Witnesses said troops attacked it. The army denied responsibility.", ("attacked",), DENIED),
    ("A leaked document showed that soldiers attacked the post.", ("attacked",), [("leaked document", "asserts")]),
    ("Footage showed that troops attacked the post.", ("attacked",), [("Footage", "asserts")]),
    ("The army wrote on Facebook that rebels attacked the post.", ("attacked",), [("army", "asserts")]),
    ("According to a statement posted on Telegram, fighters attacked the post.", ("attacked",), [("statement", "asserts")]),
    ("The agency quoted an official as saying that gunmen attacked the post.", ("attacked",), [("official", "asserts")]),
    ("An official, speaking on condition of anonymity, said rebels attacked it.", ("attacked",), [("official", "asserts")]),
    ("Police said gunmen attacked the post.", ("attacked",), [("Police", "asserts")]),
    ("Gunmen attacked the post.", ("attacked",), []),
    ("Gunmen attacked the post, the mayor said.", ("attacked",), [("mayor", "asserts")]),
    ("The army denied that it attacked the post.", ("attacked",), [("army", "denies")]),
    ("The rebels accused the army of attacking the post.", ("attacking",), [("rebels", "claims")]),
    ("The ministry confirmed the attack on the post.", ("attack",), [("ministry", "confirms")]),
    ("Witnesses reported an attack on the post.", ("attack",), [("Witnesses", "asserts")]),
    # what is known already is not told
    ("The mayor said the town was calm after the attack.", ("attack",), []),
    ("The mayor said prices rose because of the attack.", ("attack",), []),
    # wanted, feared, judged: not told
    ("The mayor urged the rebels to attack the post.", ("attack",), []),
    ("Villagers fear the rebels will attack the post.", ("attack",), []),
    ("The bishop condemned the attack on the post.", ("attack",), []),
    # the outlet tells it; others confirm, deny, doubt or tell it anew
    ("Gunmen attacked the post. The ministry confirmed the attack.", ("attacked", "attack"), [("ministry", "confirms")]),
    ("Gunmen attacked the post. The militia denied the attack.", ("attacked", "attack"), [("militia", "denies")]),
    ("Gunmen attacked the post. The mayor said the attack was a disgrace.", ("attacked", "attack"), []),
    ("Gunmen attacked the post. The mayor said nine men stormed it.", ("attacked", "stormed"), [("mayor", "asserts")]),
    # two speakers
    ("Police said gunmen attacked the post. Witnesses said nine men stormed it.", ("attacked", "stormed"),
     [("Police", "asserts"), ("Witnesses", "asserts")]),
    ("Police said gunmen attacked the post. The militia denied the report.", ("attacked",),
     [("Police", "asserts"), ("militia", "denies")]),
    # two names are two speakers, two nouns one description
    ("Moscow and Damascus denied that they attacked the town.", ("attacked",), [("Moscow", "denies"), ("Damascus", "denies")]),
    ("Rebels and activists said gunmen attacked the post.", ("attacked",), [("Rebels and activists", "asserts")]),
    # one speaker twice is one source
    ("Police said gunmen attacked the post. Police said nine men stormed it.", ("attacked", "stormed"), [("Police", "asserts")]),
    # the innermost speaker says it
    ("The mayor said police told him gunmen attacked the post.", ("attacked",), [("police", "asserts")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "expected"), TOLD)
def test_sources_of_an_event(text: str, words: tuple[str, ...], expected: list[tuple[str, str]], language: Language) -> None:
    assert [(s.speaker, s.stance) for s in sources_of(text, language, *words)] == expected


def test_who_passes_it_on_is_the_chain(language: Language) -> None:
    (source,) = sources_of("The mayor said police told him gunmen attacked the post.", language, "attacked")
    assert source.via == ("mayor",)


def test_a_side_of_the_event_claims_and_is_marked(language: Language) -> None:
    text = "Zahir Khan, a spokesman for the Taliban, said the fighters attacked the post."
    (source,) = sources_of(text, language, "attacked", by="Taliban")
    assert (source.speaker, source.affiliation, source.stance, source.party) == ("Zahir Khan", "Taliban", "claims", True)


def test_a_state_that_tells_its_own_deeds_asserts_them(language: Language) -> None:
    text = "Ukrainian officials said the troops attacked the post."
    (source,) = sources_of(text, language, "attacked", by="Ukraine", side="state_forces")
    assert (source.party, source.stance) == (True, "asserts")


def test_a_people_speaks_for_its_country(language: Language) -> None:
    (source,) = sources_of("Ukrainian officials said the troops attacked the post.", language, "attacked", by="Ukraine")
    assert source.party


def test_who_does_it_by_speaking_is_no_source(language: Language) -> None:
    text = "The governor said he demanded an answer."
    assert sources_of(text, language, "demanded", kind="appeal", by="governor") == ()
    assert [s.speaker for s in sources_of(text, language, "demanded", kind="appeal", by="bishop")] == ["governor"]


def test_a_claim_of_responsibility_is_its_own_source(language: Language) -> None:
    (source,) = sources_of("The sect claimed responsibility for the raid.", language, "claimed", kind="claim_responsibility")
    assert (source.speaker, source.stance) == ("sect", "claims")


def test_the_body_speaks_before_the_headline(language: Language) -> None:
    title = "Kyiv: Gunmen Storm Post"
    text = f"{title}\nUkraine's border guard said gunmen attacked the post."
    assert [s.speaker for s in sources_of(text, language, "attacked", "Storm", title=title)] == ["Ukraine's border guard"]


def test_unverified_stays_on_the_source(language: Language) -> None:
    text = "The militia said it attacked the post. The claim could not be independently verified."
    (source,) = sources_of(text, language, "attacked")
    assert source.unverified


def test_spans_are_the_words_of_the_text(language: Language) -> None:
    text = "Gunmen attacked the post, Colonel Amadou Ba said."
    (source,) = sources_of(text, language, "attacked")
    assert source.span.text == text[source.span.start : source.span.end] == "Colonel Amadou Ba"
    assert source.cue is not None and source.cue.text == "said"


def test_a_figure_gets_the_innermost_speaker(language: Language) -> None:
    text = "The mayor said doctors counted the dead. The doctors told him 40 people died."
    reading = read(text, language)
    at = text.index("40")
    quote = quote_at(find_quotes(reading, load_cues()), Chars(at, at + 2))
    assert quote is not None
    source = source_of(quote, reading)
    assert source is not None and source.speaker == "doctors"


def test_who_gives_the_toll_is_a_source_of_the_event() -> None:
    report = make_report("r", "Shells hit Dunmore. Doctors said 40 people died.")
    doctors = make_source(report, "Doctors")
    toll = make_figure(report, "40 people", "killed", 40, 40, sources=(doctors,))
    crowd = make_figure(report, "40 people", "other", 40, 40, sources=(doctors,))
    assert with_counts((), [toll, toll]) == (doctors,)
    assert with_counts((), [crowd]) == ()


def test_a_thing_told_before_is_not_asserted_again(language: Language) -> None:
    text = "Gunmen attacked the post, police said. Analysts said the attack would slow the talks."
    assert [s.speaker for s in sources_of(text, language, "attacked", "attack")] == ["police"]


@pytest.mark.parametrize(
    ("text", "by", "party"),
    [
        ("The group said it had attacked the post.", "group", True),
        ("The army said its troops attacked the post.", "troops", True),
        ("Villagers said the army attacked the post.", "army", False),
        ("Police said the army had sent its troops, who attacked the post.", "troops", False),
    ],
)
def test_whoever_is_named_in_the_same_words_or_has_its_own_people_in_it_is_a_party(
    text: str, by: str, party: bool, language: Language
) -> None:
    reading = read(text, language)
    head = next(token.i for token in reading.doc if token.text == by)
    at = reading.doc[head].idx
    mention = Mention(Chars(at, at + len(by)), head, "nominal", 0)
    entity = Entity(0, f"{by} 1", None, "unknown", None, mention.chars)
    drafts = (draft_at(reading, "attacked", by=(mention,)),)
    (found,) = attribute_claims(reading, drafts, find_quotes(reading, load_cues()), (mention,), (entity,))
    assert [source.party for source in found] == [party]
