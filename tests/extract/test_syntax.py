"""Subjects and objects, whatever the voice and however deep the clause."""

from __future__ import annotations

import pytest

from dateline.annotate.language import Language
from dateline.extract.syntax import noun_arguments, verb_arguments
from dateline.model.text import Report

# (sentence, verb form, subjects, objects)
VERBS = (
    ("Rebels seized the town.", "seized", ["Rebels"], ["town"]),
    ("The town was seized by rebels.", "seized", ["rebels"], ["town"]),
    ("Rebels and deserters seized the town and the bridge.", "seized", ["Rebels", "deserters"], ["town", "bridge"]),
    ("Rebels wanted to seize the town.", "seize", ["Rebels"], ["town"]),
    ("The army forced residents to leave the town.", "leave", ["residents"], ["town"]),
    ("Gunmen stormed the hotel, killing nine guests.", "killing", ["Gunmen"], ["guests"]),
    ("The gunmen who attacked the hotel fled.", "attacked", ["gunmen"], ["hotel"]),
    ("They left the town that rebels seized.", "seized", ["rebels"], ["town"]),
    ("Soldiers entered the camp and burned tents.", "burned", ["Soldiers"], ["tents"]),
    ("The prisoners tortured by the guards were freed.", "tortured", ["guards"], ["prisoners"]),
)


@pytest.mark.parametrize(("sentence", "verb", "subjects", "objects"), VERBS)
def test_verb_arguments(sentence: str, verb: str, subjects: list[str], objects: list[str], language: Language) -> None:
    doc = language.read(Report(id="syntax", text=sentence)).doc
    args = verb_arguments(next(token for token in doc if token.text == verb))
    assert [token.text for token in args.subj] == subjects
    assert [token.text for token in args.obj] == objects


def test_an_event_noun_has_possessor_and_phrases(language: Language) -> None:
    doc = language.read(Report(id="syntax", text="The army's capture of the port from the rebels took a week.")).doc
    args = noun_arguments(next(token for token in doc if token.text == "capture"))
    assert [token.text for token in args.poss] == ["army"]
    assert [token.text for token in args.pp["of"]] == ["port"]
