"""Attribution, sentence by sentence: each of our own sentences with who is heard, how, and a piece of what is said."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate.language import Language
from dateline.annotate.quotes import find_quotes
from dateline.annotate.quotes_marks import find_quoted
from dateline.codebook.cues import Cues, load_cues
from dateline.model.reading import Chars, Quote
from dateline.model.text import Report


@pytest.fixture(scope="session")
def cues() -> Cues:
    return load_cues()


def quotes_of(text: str, language: Language, cues: Cues) -> tuple[Quote, ...]:
    return find_quotes(language.read(Report(id="r", text=text)), cues)


def heard(text: str, piece: str, language: Language, cues: Cues) -> list[Quote]:
    """Speech whose content holds the piece."""
    at = text.index(piece)
    inner = Chars(at, at + len(piece))
    return [q for q in quotes_of(text, language, cues) if q.is_speech and any(inner.inside(part) for part in q.content)]


# text, speaker's name, stance, piece of what is said
SPOKEN = [
    # indirect, speaker first
    ("Police said the rebels shelled the market.", "Police", "asserts", "the rebels shelled the market"),
    ("The governor said that three bridges were down.", "governor", "asserts", "three bridges were down"),
    ("Ukraine said Russia attacked Georgia.", "Ukraine", "asserts", "Russia attacked Georgia"),
    ("Residents told reporters that jets had hit the bakery.", "Residents", "asserts", "jets had hit the bakery"),
    ("The army says the hill is in its hands.", "army", "asserts", "the hill is in its hands"),
    ("Two drivers reported that gunmen had closed the road.", "Two drivers", "asserts", "gunmen had closed the road"),
    ("The ministry announced that the siege was over.", "ministry", "asserts", "the siege was over"),
    ("The mayor warned that the dam might burst.", "mayor", "asserts", "the dam might burst"),
    ("Monitors noted that the guns fell silent at noon.", "Monitors", "asserts", "the guns fell silent at noon"),
    ("The commander argued that the truce was dead.", "commander", "asserts", "the truce was dead"),
    ("A doctor explained that the wards were full.", "doctor", "asserts", "the wards were full"),
    ("The junta stated that schools would reopen.", "junta", "asserts", "schools would reopen"),
    ("Aid workers have said the wells are dry.", "Aid workers", "asserts", "the wells are dry"),
    ("The envoy added that both sides had agreed.", "envoy", "asserts", "both sides had agreed"),
    ("The president tweeted that the fort had been retaken.", "president", "asserts", "the fort had been retaken"),
    ("The army said in a statement that it had destroyed four launchers.", "army", "asserts", "it had destroyed four launchers"),
    ("The premier said on Monday the troops would leave.", "premier", "asserts", "the troops would leave"),
    ("The general went on to say that supplies were short.", "general", "asserts", "supplies were short"),
    # indirect, speaker last
    ("The rebels shelled the market, police said.", "police", "asserts", "The rebels shelled the market"),
    ("Nine people died in the fire, said the hospital.", "hospital", "asserts", "Nine people died in the fire"),
    ("The convoy was hit twice, a Western diplomat said.", "Western diplomat", "asserts", "The convoy was hit twice"),
    ("Schools will stay shut, the ministry announced on Sunday.", "ministry", "asserts", "Schools will stay shut"),
    ("The town is empty, villagers say.", "villagers", "asserts", "The town is empty"),
    ("The road was mined, the army's engineers reported.", "army's engineers", "asserts", "The road was mined"),
    ("No one was hurt, according to the guards.", "guards", "asserts", "No one was hurt"),
    # inserted
    ("In May, he said, the rebels took the port.", "he", "asserts", "the rebels took the port"),
    ("The rebels, officials say, have left the valley.", "officials", "asserts", "have left the valley"),
    # according to
    ("According to witnesses, gunmen stormed the hotel.", "witnesses", "asserts", "gunmen stormed the hotel"),
    ("Gunmen stormed the hotel, according to witnesses.", "witnesses", "asserts", "Gunmen stormed the hotel"),
    ("According to a leaked memo, the unit ran out of shells.", "leaked memo", "asserts", "the unit ran out of shells"),
    ("The plane crashed at dawn, according to the tower.", "tower", "asserts", "The plane crashed at dawn"),
    # direct
    ('"We hold the ridge," the commander said.', "commander", "asserts", '"We hold the ridge,"'),
    ('"We hold the ridge," said the commander.', "commander", "asserts", '"We hold the ridge,"'),
    ("“The bread is gone,” a baker told the radio.", "baker", "asserts", "“The bread is gone,”"),
    ('The commander said: "We hold the ridge."', "commander", "asserts", '"We hold the ridge."'),
    ('The commander added, "Nobody will take it from us."', "commander", "asserts", '"Nobody will take it from us."'),
    ('"Why did they fire?" asked the widow.', "widow", "asserts", '"Why did they fire?"'),
    ('"The city is ours," the rebel leader wrote on his channel.', "rebel leader", "asserts", '"The city is ours,"'),
    ('"They shot at us," a woman in the camp told the paper.', "woman in the camp", "asserts", '"They shot at us,"'),
    ("''We are out of fuel,'' the pilot said.", "pilot", "asserts", "We are out of fuel"),
    ('"This was no accident," the prosecutor insisted.', "prosecutor", "claims", '"This was no accident,"'),
    ('"Nothing is left," cried one old man.', "one old man", "asserts", '"Nothing is left,"'),
    # mixed
    ('The envoy said the talks were "close to collapse."', "envoy", "asserts", "the talks were"),
    ('The army "will not stop at the river," the general said.', "general", "asserts", "The army"),
    ('The mayor called the raid "a crime" and said he would sue.', "mayor", "asserts", "he would sue"),
    # stance: claims
    ("The militia claimed it had shot down a drone.", "militia", "claims", "it had shot down a drone"),
    ("Rebels claimed to have shot down a jet.", "Rebels", "claims", "to have shot down a jet"),
    ("Activists allege that prisoners were beaten.", "Activists", "claims", "prisoners were beaten"),
    ("Officials insisted that no district had fallen.", "Officials", "claims", "no district had fallen"),
    ("The governor maintained that the road was safe.", "governor", "claims", "the road was safe"),
    ("The rebels accused the army of shelling the market.", "rebels", "claims", "shelling the market"),
    ("The opposition blamed government forces for the massacre.", "opposition", "claims", "the massacre"),
    ("The bombing, which the army blamed on separatists, killed five.", "army", "claims", "The bombing"),
    ("The rebels' claim that they had taken the airport surprised Kyiv.", "rebels", "claims", "they had taken the airport"),
    ("A claim by the militia that it held the bridge was premature.", "militia", "claims", "it held the bridge"),
    ("The sect claimed responsibility for the bombing.", "sect", "claims", "the bombing"),
    # stance: confirms
    ("The ministry confirmed the attack on the convoy.", "ministry", "confirms", "the attack on the convoy"),
    ("The army acknowledged that it had lost the base.", "army", "confirms", "it had lost the base"),
    ("The general admitted losing two tanks.", "general", "confirms", "losing two tanks"),
    ("The rebels confirmed the death of their leader.", "rebels", "confirms", "the death of their leader"),
    ("Officials conceded that the siege had failed.", "Officials", "confirms", "the siege had failed"),
    # stance: denies
    ("The army denied that its jets had bombed the clinic.", "army", "denies", "its jets had bombed the clinic"),
    ("The militia denied burning the village.", "militia", "denies", "burning the village"),
    ("The army denied the massacre.", "army", "denies", "the massacre"),
    ("The Kremlin rejected the report.", "Kremlin", "denies", "the report"),
    ("The governor dismissed reports that the bridge had fallen.", "governor", "denies", "the bridge had fallen"),
    # stance: doubts
    ("Analysts doubt that the truce will hold.", "Analysts", "doubts", "the truce will hold"),
    ("The army did not confirm the attack.", "army", "doubts", "the attack"),
    ("The agency could not confirm the deaths.", "agency", "doubts", "the deaths"),
    # documents, media, outlets
    ("A UN report said that the militia held 60 girls.", "UN report", "asserts", "the militia held 60 girls"),
    ("The statement said the colonel was under arrest.", "statement", "asserts", "the colonel was under arrest"),
    ("Reuters reported that the airport was closed.", "Reuters", "asserts", "the airport was closed"),
    ("State television said the attackers had fled.", "State television", "asserts", "the attackers had fled"),
    ("A post on the group's channel said they were alive.", "post on the group's channel", "asserts", "they were alive"),
    ("There were reports that soldiers had opened fire.", "reports", "asserts", "soldiers had opened fire"),
    ("Reports of fighting near the dam reached the capital.", "Reports", "asserts", "fighting near the dam"),
    # anonymous, as described
    ("A senior official who asked not to be named said the plan was dead.", "senior official", "asserts", "the plan was dead"),
    ('"The road is mined," said one villager, who gave no name.', "one villager", "asserts", '"The road is mined,"'),
    ("Sources close to the talks said a deal was near.", "Sources close to the talks", "asserts", "a deal was near"),
    ("Residents reached by telephone said they had heard jets.", "Residents", "asserts", "they had heard jets"),
    # headlines and other lines
    ("Police: Three Dead in Market Blast", "Police", "asserts", "Three Dead in Market Blast"),
    ("Kyiv Says Drone Hit Power Plant", "Kyiv", "asserts", "Drone Hit Power Plant"),
    ("The minister added:\n\nNo soldier will be left behind.", "minister", "asserts", "No soldier will be left behind"),
    ("“Nobody came to help us.” — Ada Obi", "Ada Obi", "asserts", "Nobody came to help us"),
    # as he put it
    ("As the mayor has said, the walls cannot hold.", "mayor", "asserts", "the walls cannot hold"),
    ("The walls held, as the mayor had predicted.", "mayor", "asserts", "The walls held"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "stance", "piece"), SPOKEN)
def test_who_says_what(text: str, speaker: str, stance: str, piece: str, language: Language, cues: Cues) -> None:
    assert (speaker, stance) in [(q.speaker_name, q.stance) for q in heard(text, piece, language, cues)]


# text, the words that name the speaker at the place, the name in full
RESOLVED = [
    ("Yusuf Musa is a teacher. He said he had counted 30 bodies.", "He", "Yusuf Musa"),
    ('"It was a massacre," said Yusuf Musa. Musa said he had counted 30 bodies.', "Musa", "Yusuf Musa"),
    ("Maria Lindt said the ward was full. She added that the lights had failed.", "She", "Maria Lindt"),
    ("Maria Lindt runs the ward. The lights had failed, she said.", "she", "Maria Lindt"),
    ("Witnesses said the shells hit a bakery. They said nobody was warned.", "They", "Witnesses"),
    ("The Red Crescent said 40 people died. It said most were women.", "It", "Red Crescent"),
    ("Amnesty International said prisoners were beaten. The group said two died.", "The group", "Amnesty International"),
    ("The Valley Relief Committee said wells were dry. The committee said trucks were late.", "The committee",
     "Valley Relief Committee"),
    ("The army said in a statement the base was safe. The statement said nobody was hurt.", "The statement", "army"),
    ("A police official said the bomb was crude. The official said nobody was held.", "The official", "police official"),
    ("One of his lawyers, Omar Saleh, said the trial was a farce.", "One of his lawyers, Omar Saleh", "Omar Saleh"),
    ("Omar Saleh, who runs the clinic, said the wards were full.", "Omar Saleh, who runs the clinic", "Omar Saleh"),
    ("The clinic is run by Omar Saleh, who said the wards were full.", "who", "Omar Saleh"),
    ("Junta spokesman Amadou Ba said the village was safe.", "Junta spokesman Amadou Ba", "Amadou Ba"),
    ("Nine people died, the hospital's director, Maria Lindt, told the radio.", "the hospital's director, Maria Lindt",
     "Maria Lindt"),
    ("President Amadou Ba met Omar Saleh. Ba said the meeting went well.", "Ba", "Amadou Ba"),
    ("The country's defense ministry said two pilots were dead.", "The country's defense ministry", "defense ministry"),
    ("The village's two elders said the hill was lost.", "The village's two elders", "village's two elders"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "name"), RESOLVED)
def test_speaker_is_resolved_in_the_report(text: str, words: str, name: str, language: Language, cues: Cues) -> None:
    found = {(text[q.speaker.start : q.speaker.end], q.speaker_name) for q in quotes_of(text, language, cues) if q.speaker}
    assert (words, name) in found


# text, name, kind, role, affiliation
DESCRIBED = [
    ("Zahir Khan, a spokesman for the governor, said so on Monday.\nZahir Khan said the road was open.",
     "Zahir Khan", "person", "spokesman for the governor", "governor"),
    ("Junta spokesman Amadou Ba said the village was safe.", "Amadou Ba", "person", "Junta spokesman", "Junta"),
    ("French President Emmanuel Macron said the troops would leave.", "Emmanuel Macron", "person", "French President", "French"),
    ("Maria Lindt, a Nairobi-based analyst, said it was dead.", "Maria Lindt", "person", "Nairobi-based analyst", "Nairobi"),
    ("The mayor, Omar Saleh, said the well was dry.", "Omar Saleh", "person", "mayor", None),
    ("Omar Saleh, a trader from the port, said the well was dry.", "Omar Saleh", "person", "trader from the port", "port"),
    ("The minister said the well was dry.", "minister", "office", None, None),
    ("A police officer said the well was dry.", "police officer", "anonymous", None, "police"),
    ("Officials said the well was dry.", "Officials", "anonymous", None, None),
    ("The defense ministry said the well was dry.", "defense ministry", "organisation", None, None),
    ("Ukraine said the well was dry.", "Ukraine", "organisation", None, None),
    ("Human Rights Watch said the well was dry.", "Human Rights Watch", "organisation", None, None),
    ("Reuters said the well was dry.", "Reuters", "outlet", None, None),
    ("State radio said the well was dry.", "State radio", "outlet", None, None),
    ("The report said the well was dry.", "report", "document", None, None),
    ("Witnesses said the well was dry.", "Witnesses", "anonymous", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "kind", "role", "affiliation"), DESCRIBED)
def test_role_and_affiliation(
    text: str, name: str, kind: str, role: str | None, affiliation: str | None, language: Language, cues: Cues
) -> None:
    quotes = [q for q in quotes_of(text, language, cues) if q.is_speech]
    assert (name, kind, role, affiliation) in [(q.speaker_name, q.speaker_kind, q.role, q.affiliation) for q in quotes]


# text, speaker, who passed it on
PASSED_ON = [
    ("The agency quoted a police official as saying that the bomber was a woman.", "police official", ("agency",)),
    ("The governor was quoted by state television as saying that the rebels had left.", "governor", ("state television",)),
    ("Reuters reported that the town had fallen, citing two military officials.", "two military officials", ("Reuters",)),
    ("The agency, citing a police source, said three soldiers were killed.", "police source", ("agency",)),
    ("State television, quoting the interior minister, said the attackers had fled.", "interior minister", ("State television",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "via"), PASSED_ON)
def test_chain(text: str, speaker: str, via: tuple[str, ...], language: Language, cues: Cues) -> None:
    assert (speaker, via) in [(q.speaker_name, q.via) for q in quotes_of(text, language, cues)]


# Of two statements in one sentence, each ends where the other begins: text, speaker, content letter for letter.
BOUNDED = [
    ("Moscow says it struck a command post; Kyiv says the building was a school.", "Moscow", "it struck a command post"),
    ("The junta said 12 rebels were killed, but the rebels said they lost two men.", "junta", "12 rebels were killed"),
    ("The victims were civilians, the doctor said, adding that three were children.", "doctor", "The victims were civilians"),
    ("The victims were civilians, the doctor said, adding that three were children.", "doctor", "that three were children"),
    ("The mayor said the town was calm and urged families to return.", "mayor", "the town was calm"),
    ("The army said the road was open but that the bridge was not.", "army", "the road was open but that the bridge was not"),
    ("Reuters reported that the town had fallen, citing two military officials.", "Reuters", "that the town had fallen"),
    ("Police said the U.S. convoy was late.", "Police", "the U.S. convoy was late"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "content"), BOUNDED)
def test_where_a_statement_ends(text: str, speaker: str, content: str, language: Language, cues: Cues) -> None:
    found = {
        (q.speaker_name, text[part.start : part.end])
        for q in quotes_of(text, language, cues)
        if q.is_speech
        for part in q.content
    }
    assert (speaker, content) in found


# A quotation over several sentences is one speaker's.
RUNNING = [
    ('"We hold the ridge," said the general. "Nobody will take it from us."', "general", "Nobody will take it from us"),
    ('"They came at night. They took the boys," the widow said.', "widow", "They came at night"),
    ('"No one is left," the widow said, weeping. "They took even the old men."', "widow", "They took even the old men"),
    ("The widow said: “They came at night. They took the boys.\n“They burned the barn.”", "widow", "They burned the barn"),
    ('"The wall," said the mason, "is three bricks thick."', "mason", "is three bricks thick"),
]


@pytest.mark.parametrize(("text", "speaker", "piece"), RUNNING)
def test_quotation_runs_on(text: str, speaker: str, piece: str, language: Language, cues: Cues) -> None:
    assert speaker in [q.speaker_name for q in heard(text, piece, language, cues)]


TAKEN_UP = [
    ("Hamas said Israel had broken the truce. Israel denied the accusation.", "Israel", "denies", "Israel had broken the truce"),
    ("Rebels said they had shot down a jet. The air force called the claim false.", "air force", "denies", "had shot down a jet"),
    ("Kyiv said the port was shelled, a charge the Kremlin denied.", "Kremlin", "denies", "the port was shelled"),
    ("Rebels said they shot down a jet. The ministry said that was a lie.", "ministry", "denies", "they shot down a jet"),
    (
        "A video claimed to show the beheading of a pilot. Border officials said it was fabricated.",
        *("Border officials", "denies", "show the beheading of a pilot"),
    ),
    ("Rebels said the bridge fell. The mayor said it was wrong to fight there.", "Rebels", "asserts", "the bridge fell"),
]


@pytest.mark.parametrize(("text", "speaker", "stance", "piece"), TAKEN_UP)
def test_an_answer_takes_up_the_claim(text: str, speaker: str, stance: str, piece: str, language: Language, cues: Cues) -> None:
    assert (speaker, stance) in [(q.speaker_name, q.stance) for q in heard(text, piece, language, cues)]


UNVERIFIED = [
    ("Witnesses said the shells hit a bakery. Their accounts could not be independently verified.", "Witnesses", True),
    ("The rebels' claim that they had taken the airport could not be verified.", "rebels", True),
    ("The militia said it held the dam. It was not possible to verify the report.", "militia", True),
    ("The militia said it held the dam. The BBC could not independently confirm this.", "militia", True),
    ("The militia said it held the dam. The army confirmed this.", "militia", False),
    ("The ministry said it could not confirm the report.", "ministry", False),
]


@pytest.mark.parametrize(("text", "speaker", "unverified"), UNVERIFIED)
def test_could_not_be_verified(text: str, speaker: str, unverified: bool, language: Language, cues: Cues) -> None:
    assert unverified in [q.unverified for q in quotes_of(text, language, cues) if q.speaker_name == speaker]


# Nobody is heard saying the piece as so: belief, wishes, plans, silence, names, the outlet's own voice.
NOT_TOLD = [
    ("Villagers believe the army will return.", "the army will return"),
    ("UN officials fear that the army will storm the camp.", "the army will storm the camp"),
    ("The mayor urged families to leave the town.", "leave the town"),
    ("The army vowed to retake the port.", "retake the port"),
    ("The bishop condemned the massacre.", "the massacre"),
    ("The ministry declined to comment.", "comment"),
    ("Officials were unavailable for comment.", "comment"),
    ("Police would not say who planted the bomb.", "who planted the bomb"),
    ("It is too early to tell whether the truce will hold.", "the truce will hold"),
    ("The rebels shelled the market and burned a bus.", "burned a bus"),
    ("They camped in a village called Sul.", "Sul"),
    ("The refugees were admitted to a hospital.", "refugees"),
]


@pytest.mark.parametrize(("text", "piece"), NOT_TOLD)
def test_not_told_as_so(text: str, piece: str, language: Language, cues: Cues) -> None:
    assert [q.speaker_name for q in heard(text, piece, language, cues) if q.tells] == []


def test_every_part_lies_in_the_text_and_outside_its_cue(language: Language, cues: Cues) -> None:
    text = "\n".join(row[0] for row in SPOKEN)
    for quote in quotes_of(text, language, cues):
        assert quote.content
        for part in quote.content:
            assert 0 <= part.start < part.end <= len(text)
            assert text[part.start : part.end] == text[part.start : part.end].strip()


PIECES = st.sampled_from(
    [
        '"',
        "“",
        "”",
        "''",
        "He",
        "said",
        ",",
        ".",
        "\n",
        " ",
        "the",
        "army",
        "that",
        "denied",
        ":",
        "—",
        "according to",
        "Ada Obi",
        "quoting",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=25))
def test_any_words_and_marks_can_be_read(language: Language, cues: Cues, pieces: list[str]) -> None:
    text = " ".join(pieces)
    for quote in quotes_of(text, language, cues):
        assert all(part.start < part.end <= len(text) for part in quote.content)


@given(st.text(alphabet="ab .,\n\"“”‘’'", max_size=80))
def test_quoted_stretches_are_in_order_and_apart(text: str) -> None:
    stretches = find_quoted(text, (Chars(0, len(text)),) if text else ())
    for first, second in pairwise(stretches):
        assert first.end <= second.start
    assert all(0 <= s.start < s.end <= len(text) for s in stretches)
