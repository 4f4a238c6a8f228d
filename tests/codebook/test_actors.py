"""The table of known actors says what it should, and a table that contradicts itself stops the run by name."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dateline.codebook
from dateline.codebook.actors import ActorBook
from dateline.codebook.actors_fold import fold, folded, words_of
from dateline.errors import BrokenCodebook

FOLDER = Path(dateline.codebook.__file__).parent / "actors"
HEADER = "id,name,kind,country,aliases,valid_from,valid_to,parent\n"


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return ActorBook.load()


def with_file(tmp_path: Path, name: str, text: str) -> Path:
    folder = tmp_path / "actors"
    shutil.copytree(FOLDER, folder)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_it_is_large_enough_to_be_of_use(book: ActorBook) -> None:
    listed = [actor for actor in book.actors.values() if not actor.by_pattern]
    assert len(listed) >= 1200
    assert sum(actor.kind == "rebel_group" for actor in listed) >= 400
    assert len(book.countries) >= 195


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("x,Some Front,rebel_group,CD,M23,2012,,", "share the name"),
        ("x,Some Front,rebel_groups,CD,,2012,,", "kind"),
        ("x,Some Front,rebel_group,QQ,,2012,,", "unknown country"),
        ("x,Some Front,rebel_group,CD,,spring,,", "neither a year nor a day"),
        ("x,Some Front,rebel_group,CD,,2012,,nobody", "parent"),
        ("m23,Some Front,rebel_group,CD,,2012,,", "listed twice"),
        ("x,Some Front,rebel_group,CD,,2012", "fields"),
    ],
)
def test_contradictions_are_named(row: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenCodebook, match=complaint):
        ActorBook.load(with_file(tmp_path, "zz_own.csv", HEADER + row + "\n"))


def test_a_table_of_your_own_adds_actors(tmp_path: Path) -> None:
    book = ActorBook.load(
        with_file(tmp_path, "zz_own.csv", HEADER + "karda,Karda Front,rebel_group,ML,KaF|Karda rebels,2024,,\n")
    )
    assert book.actors["karda"].lived(date(2025, 1, 1)) and not book.actors["karda"].lived(date(2023, 1, 1))


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "actors"
    shutil.copytree(FOLDER, folder)
    (folder / "nouns.csv").unlink()
    with pytest.raises(BrokenCodebook, match=r"nouns\.csv"):
        ActorBook.load(folder)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Erdoğan", "Erdogan"),
        ("Da'esh", "Daesh"),
        ("U.N.", "UN"),
        ("Shi’ite", "Shiite"),
        ("Séléka", "SELEKA"),
        ("Kızılay", "Kizilay"),
    ],
)
def test_spellings_that_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_words_keep_their_place() -> None:
    text = "The People's Army of al-Nur"
    assert folded(text) == ("the", "people", "army", "of", "al", "nur")
    assert [text[word.start : word.end] for word in words_of(text)] == ["The", "People", "Army", "of", "al", "Nur"]


@given(st.text(max_size=80))
def test_words_of_any_text_lie_in_order_inside_it(text: str) -> None:
    ends = [0]
    for word in words_of(text):
        assert ends[-1] <= word.start < word.end <= len(text)
        ends.append(word.end)


def test_an_acronym_needs_capitals_and_a_name_its_own(book: ActorBook) -> None:
    def found(text: str) -> list[str]:
        return [text[hit.start : hit.end] for hit in book.find(list(words_of(text)), mixed_case=True)]

    assert found("the group IS is here") == ["IS"]
    assert found("the Hamas leader and the congress") == ["Hamas"]
    assert found("peshmerga and Peshmerga") == ["peshmerga", "Peshmerga"]


def test_the_longest_name_wins(book: ActorBook) -> None:
    text = "Islamic State Khorasan Province"
    (hit,) = book.find(list(words_of(text)), mixed_case=True)
    assert (hit.start, hit.end) == (0, len(text))
    assert ("actor", "iskp") in hit.name.meanings


def test_a_leader_leads_only_while_in_office(book: ActorBook) -> None:
    morsi = ("mohamed", "morsi")
    assert book.leader(morsi, date(2013, 2, 1), {}) is not None
    assert book.leader(morsi, date(2015, 2, 1), {}) is None
    assert book.leader(("morsi",), date(2013, 2, 1), {}) is None  # a surname alone, in a report without the country
