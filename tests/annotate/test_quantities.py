"""What a count means, by sentences of our own: (measure, low, high) of every count that the words give a meaning."""

from __future__ import annotations

import pytest

from dateline.annotate.language import Language
from dateline.annotate.quantities import find_quantities
from dateline.codebook.quantities import load_vague_table
from dateline.model.reading import Quantity
from dateline.model.text import Report

Counts = list[tuple[str, int | None, int | None]]


def quantities(text: str, language: Language, table: str = "guidelines") -> tuple[Quantity, ...]:
    return find_quantities(language.read(Report(id="t", text=text)), load_vague_table(table))


def counts(text: str, language: Language, table: str = "guidelines") -> Counts:
    """Measured and real."""
    return [(q.measure, q.low, q.high) for q in quantities(text, language, table) if q.measure and q.real]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what a parser or a plain word hides
        ("Police seized the lorry and one person of interest was detained for questioning.", [("detained", 1, 1)]),
        ("Four people were shot inside a flat, and two did not survive.", [("injured", 4, 4), ("killed", 2, 2)]),
        ("Two others are recovering in hospital.", [("injured", 2, 2)]),
        ("Five people were hit by bullets.", [("injured", 5, 5)]),
        ("Two girls, 5 and 7, were killed.", [("killed", 2, 2)]),
        ("At least 14 civilians, most of them children, were reportedly killed in a strike on the home.", [("killed", 14, None)]),
        ("Five students, who were on their way home, were arrested.", [("arrested", 5, 5)]),
        ("Two brothers, both doctors, met a minister, who was killed later.", [("killed", 1, 1)]),
        ("The rocket hit a flat, killing a family of six people.", [("killed", 6, 6)]),
        ("15 civilians from three generations of the same family were killed.", [("killed", 15, 15)]),
        ("The number of dead was first given as 17 but rose to 26.", [("killed", 17, 17), ("killed", 26, 26)]),
        # displaced, in many words
        ("Thousands of civilians are sheltering in a stadium after the attack.", [("displaced", 2000, None)]),
        ("Aid workers said 9,000 people were on the move.", [("displaced", 9000, 9000)]),
        ("At least 700 people crossed the border, the agency said.", [("displaced", 700, None)]),
        ("The shelling sent 4,000 people fleeing.", [("displaced", 4000, 4000)]),
        ("Hundreds of residents took shelter in caves.", [("displaced", 200, None)]),
        ("The fighting has uprooted 30,000 villagers.", [("displaced", 30000, 30000)]),
        ("Some 400 families sought shelter in schools.", [("displaced", 400, 400)]),
        # killed: object, subject, passive, participle, noun, adjective
        ("The mine killed nine herders near the river.", [("killed", 9, 9)]),
        ("Nine herders died when their truck hit a mine.", [("killed", 9, 9)]),
        ("Nine herders were killed by the mine.", [("killed", 9, 9)]),
        ("Gunmen opened fire on the bus, killing nine passengers.", [("killed", 9, 9)]),
        ("The nine passengers killed on Monday were traders.", [("killed", 9, 9)]),
        ("The raid led to the deaths of nine villagers.", [("killed", 9, 9)]),
        ("The hospital recorded nine deaths overnight.", [("killed", 9, 9)]),
        ("The attack left nine dead.", [("killed", 9, 9)]),
        ("Nine people were found dead in the well.", [("killed", 9, 9)]),
        ("Nine prisoners were shot dead at dawn.", [("killed", 9, 9)]),
        ("The fighters gunned down nine shopkeepers.", [("killed", 9, 9)]),
        ("Nine villagers lost their lives in the flood of shells.", [("killed", 9, 9)]),
        ("The clash claimed nine lives.", [("killed", 9, 9)]),
        ("The group beheaded nine captives on camera.", [("killed", 9, 9)]),
        ("Nine civilians are believed to have been killed.", [("killed", 9, 9)]),
        ("Nine civilians were reported killed in the shelling.", [("killed", 9, 9)]),
        ("Nine people are feared dead.", [("killed", 9, 9)]),
        ("The army said nine of its men had been slain.", [("killed", 9, 9)]),
        ("Nine killed in rocket fire on market", [("killed", 9, 9)]),
        ("Nine dead as mine hits bus", [("killed", 9, 9)]),
        ("Rescuers pulled nine bodies from the rubble.", [("killed", 9, 9)]),
        ("More than nine people perished in the fire set by the militia.", [("killed", 9, None)]),
        ("Up to nine people were killed.", [("killed", None, 9)]),
        ("Between five and nine people were killed.", [("killed", 5, 9)]),
        ("As many as 40 recruits may have died, but at least 12 deaths are certain.", [("killed", 12, None)]),
        ("Dozens of mourners were killed at the funeral.", [("killed", 24, None)]),
        ("The fighting killed tens of thousands of people.", [("killed", 20000, None)]),
        ("A family of five was killed in its car.", [("killed", 5, 5)]),
        ("Two policemen, three guards and four drivers were killed.", [("killed", 2, 2), ("killed", 3, 3), ("killed", 4, 4)]),
        ("Nine people were stabbed to death in the market.", [("killed", 9, 9)]),
        ("Nine people were burned alive inside the church.", [("killed", 9, 9)]),
        ("The shooting was fatal for many, with 17 fatalities confirmed.", [("killed", 17, 17)]),
        # injured
        ("The bomb wounded 14 shoppers.", [("injured", 14, 14)]),
        ("Fourteen shoppers were injured by flying glass.", [("injured", 14, 14)]),
        ("At least 14 were hurt.", [("injured", 14, None)]),
        ("The blast left 14 people wounded.", [("injured", 14, 14)]),
        ("Doctors treated 14 wounded soldiers.", [("injured", 14, 14)]),
        ("Fourteen people suffered injuries in the stampede.", [("injured", 14, 14)]),
        ("There were 14 injuries, none of them grave.", [("injured", 14, 14)]),
        ("A grenade went off at the wedding, wounding 14 guests.", [("injured", 14, 14)]),
        ("Police shot 14 marchers in the legs.", [("injured", 14, 14)]),
        ("Fourteen hurt as bus overturns under fire", [("injured", 14, 14)]),
        # both
        ("The strike killed six people and wounded 11 others.", [("killed", 6, 6), ("injured", 11, 11)]),
        ("Six people were killed and 11 wounded in the strike.", [("killed", 6, 6), ("injured", 11, 11)]),
        ("The strike left six dead and 11 wounded.", [("killed", 6, 6), ("injured", 11, 11)]),
        ("Six dead, 11 wounded in strike on depot", [("killed", 6, 6), ("injured", 11, 11)]),
        ("Six soldiers were killed and at least 11 more were injured.", [("killed", 6, 6), ("injured", 11, None)]),
        ("The shells killed six and injured dozens.", [("killed", 6, 6), ("injured", 24, None)]),
        ("More than 500 soldiers were killed or wounded.", [("other", 500, None)]),
        # taken
        ("Police arrested 35 students after the march.", [("arrested", 35, 35)]),
        ("Thirty-five students were taken into custody.", [("arrested", 35, 35)]),
        ("The security service made 35 arrests.", [("arrested", 35, 35)]),
        ("Soldiers detained 35 men at the checkpoint.", [("detained", 35, 35)]),
        ("Thirty-five men are being held in custody.", [("detained", 35, 35)]),
        ("The rebels captured 35 soldiers in the fort.", [("captured", 35, 35)]),
        ("Thirty-five soldiers were taken prisoner.", [("captured", 35, 35)]),
        ("Gunmen kidnapped 35 pupils from their school.", [("abducted", 35, 35)]),
        ("Thirty-five pupils were taken hostage.", [("abducted", 35, 35)]),
        ("The bandits abducted 35 pupils and two teachers.", [("abducted", 35, 35), ("abducted", 2, 2)]),
        ("Thirty-five miners went missing after the raid.", [("missing", 35, 35)]),
        ("Thirty-five people are missing.", [("missing", 35, 35)]),
        ("Thirty-five fighters surrendered on Sunday.", [("surrendered", 35, 35)]),
        ("Thirty-five fighters laid down their arms.", [("surrendered", 35, 35)]),
        # moved
        ("The fighting displaced 60,000 people.", [("displaced", 60000, 60000)]),
        ("About 60,000 people fled their homes.", [("displaced", 60000, 60000)]),
        ("About 60,000 people have been forced to flee.", [("displaced", 60000, 60000)]),
        ("The clashes drove 60,000 people from their homes.", [("displaced", 60000, 60000)]),
        ("The camp shelters 60,000 refugees.", [("displaced", 60000, 60000)]),
        ("Some 60,000 villagers were evacuated.", [("displaced", 60000, 60000)]),
        ("The flood of fire left 60,000 people homeless.", [("displaced", 60000, 60000)]),
        ("Around 300 families sought refuge in the school.", [("displaced", 300, 300)]),
        ("Some 40,000 people are trapped in the enclave.", [("trapped", 40000, 40000)]),
        ("Hundreds of thousands of people are at risk of famine.", [("at_risk", 200000, None)]),
        # troops, weapons, area, money by their noun
        ("The alliance will send 5,000 troops to the border.", [("troops", 5000, 5000)]),
        ("The minister promised 12 tanks.", [("weapons", 12, 12)]),
        ("The ship carried 40 tons of ammunition.", [("weapons", 40, 40)]),
        ("The donors pledged $30 million.", [("money", 30000000, 30000000)]),
        ("The ransom was 40,000 euros.", [("money", 40000, 40000)]),
        ("Twelve troops were killed.", [("killed", 12, 12)]),
    ],
)
def test_measure(text: str, expected: Counts, language: Language) -> None:
    assert counts(text, language) == expected


@pytest.mark.parametrize(
    "text",
    [
        # ages
        "Karim, 24, spoke to reporters.",
        "The 17-year-old was praised by his coach.",
        "She is 31 years old.",
        "Children under the age of 12 were let through.",
        # dates, times, lengths
        "The town fell on March 30.",
        "It happened in 2014 in the capital.",
        "The 1986 coup brought him to power.",
        "The talks lasted three days.",
        "The truce holds for 72 hours.",
        "The curfew begins at 9 pm.",
        "On 4 May the road reopened.",
        # distances, weights, shares
        "The village lies 20 miles from the border.",
        "The column advanced 15 kilometers.",
        "They seized 40 kilograms of heroin.",
        "Turnout was 60 percent.",
        # names
        "Convoys avoid Route 1 at night.",
        "Resolution 2254 was adopted.",
        "The 3rd Brigade moved north.",
        "The jets were MiG-29s.",
        "Channel 4 broadcast the video.",
        # scores
        "The home side won 3-1.",
        # harm that did not happen
        "The blast could have killed 40 people.",
        "They threatened to kill 12 captives.",
        "Police foiled a plot to murder three judges.",
        "The plan was to capture two leaders.",
        # who did it is not who suffered
        "Three sources reported a killing.",
        "Two agencies said a journalist was well.",
    ],
)
def test_no_harm_is_counted(text: str, language: Language) -> None:
    harm = ("killed", "injured", "captured", "arrested", "detained", "abducted", "displaced", "missing", "surrendered")
    assert [each for each in counts(text, language) if each[0] in harm] == []


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("No casualties were reported, and no one was injured.", "injured"),
        ("No civilians were killed in the operation.", "killed"),
        ("Nobody was hurt.", "injured"),
        ("There were no deaths.", "killed"),
        ("None of the passengers was wounded.", "injured"),
    ],
)
def test_none_is_a_count(text: str, measure: str, language: Language) -> None:
    assert (measure, 0, 0) in counts(text, language)


def test_two_gunmen_who_killed_are_not_killed(language: Language) -> None:
    assert counts("Two gunmen killed three traders.", language)[1] == ("killed", 3, 3)
    assert ("killed", 2, 2) not in counts("Two gunmen killed three traders.", language)


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("At least nine Kurdish fighters were killed.", "Kurdish fighters"),
        ("The bomb killed 12 other people.", "people"),
        ("There were 12 civilian deaths.", "civilian"),
        ("Police arrested 35 opposition supporters.", "opposition supporters"),
        ("Twelve members of the security forces were killed.", "members of the security forces"),
        ("The blast left nine dead.", None),
        ("Dozens of schoolchildren were killed.", "schoolchildren"),
        ("At least 39 identified villagers were killed.", "identified villagers"),
    ],
)
def test_of_whom(text: str, whom: str | None, language: Language) -> None:
    (found,) = [q for q in quantities(text, language) if q.measure in ("killed", "arrested")]
    assert found.whom == whom


def test_the_words_are_the_reports_own(language: Language) -> None:
    text = "Officials said that at least 20 people had been wounded."
    (found,) = quantities(text, language)
    assert text[found.chars.start : found.chars.end] == "at least 20 people"
    assert text[found.number.start : found.number.end] == "at least 20"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # hurt first, dead later
        ("A boy who was shot in the neck has died, the clinic said.", [("killed", 1, 1)]),
        ("One of the wounded has died, the ward said.", [("killed", 1, 1)]),
        ("One of the two porters stabbed on Friday has died.", [("killed", 1, 1), ("injured", 2, 2)]),
        # whoever did it, and then himself
        ("He strangled his wife before turning the gun on himself.", [("killed", 1, 1), ("killed", 1, 1)]),
        ("The guard killed his son and then fatally shot himself.", [("killed", 1, 1), ("killed", 1, 1)]),
        ("The farmer committed suicide.", [("killed", 1, 1)]),
        # deeds that tell of the harm
        ("The fatal shooting of a nurse shook the port.", [("killed", 1, 1)]),
        ("The stabbing of a clerk shook the port.", [("injured", 1, 1)]),
        ("Police look into a double homicide at the mill.", [("killed", 2, 2)]),
        ("The triple murder shook the valley.", [("killed", 3, 3)]),
        ("Also killed in the strike were more than a dozen gunmen.", [("killed", 12, None)]),
        ("Killed in the ambush were two drivers.", [("killed", 2, 2)]),
        ("Two men were in critical condition.", [("injured", 2, 2)]),
        ("The shell killed Rostum and his cook.", [("killed", 2, 2)]),
        ("He was jailed for the death of 5-year-old Nilofar Darwish.", [("killed", 1, 1)]),
        # whoever is named as arrested is the event's own, no count
        ("Police spokesman Karim Bey said a tailor had been arrested.", []),
        ("Police spokesman Karim Bey said a driver had been arrested.", [("arrested", 1, 1)]),
        ("Police arrested Karim Bey at the port.", []),
        ("Troops detained him at the port.", []),
        ("Shelling forced thousands of farmers to desert their homes.", [("displaced", 2000, None)]),
        ("Hundreds, perhaps thousands of people were killed.", [("killed", 200, None)]),
        ("On Friday, at least 14 identified tenants from the port were killed in a raid.", [("killed", 14, None)]),
        ("Guards detained a Red Banner bomb maker and smuggler.", [("detained", 1, 1)]),
        # tried or meant only
        ("She is charged with the attempted murder of a porter.", []),
        ("They drew plans to help in the killing of nine elders.", []),
        # no counts
        ("Clara and Joan, both 35, were killed.", [("killed", 2, 2)]),
        ("2014 Dunmore killings shook the coast.", []),
        ("The gunman killed six people.[6][26]", [("killed", 6, 6)]),
        ("DUNMORE (Oct. 8) - Border guards detained 14 smugglers.", [("detained", 14, 14)]),
    ],
)
def test_what_becomes_of_the_hurt_and_of_who_hurt_them(text: str, expected: Counts, language: Language) -> None:
    assert counts(text, language) == expected


def test_as_many_as_is_no_vague_word(language: Language) -> None:
    assert counts("A strike killed as many as 20 tenants.", language, "airwars") == [("killed", None, 20)]
