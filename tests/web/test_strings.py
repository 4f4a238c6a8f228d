"""One catalogue of English: what pages and scripts say stands in strings.toml, and nothing stands there that nobody says."""

from __future__ import annotations

import re

import pytest

from dateline.errors import MissingResource
from dateline.export.strings import catalogue, labels
from dateline.model.event import Status
from dateline.web.pages import FOLDER

TEMPLATES = sorted((FOLDER / "templates").glob("*.html"))
SCRIPTS = sorted((FOLDER / "static" / "js").glob("*.js"))
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
# The wordmark, names of keys and commands (code, kbd), and what shows how something looks.
BARE = {"dateline", "KABUL, Aug. 8 — …", "https://example.org/in"}
# Sections that Python reads by name, and labels of closed lists, which labels() itself checks.
BY_PYTHON = {
    "types", "groups", "statuses", "standings", "grades", "stances", "measures", "parts", "precisions", "holding_states",
    "fields", "counted", "phrases", "value", "doubts",
}  # fmt: skip


def bare_words(template: str) -> list[str]:
    """Letters that stand in the page's text or in an attribute that is read out, without coming from the catalogue."""
    plain = JINJA.sub(lambda found: "\n" if found[0].startswith("{%") else "", template.partition("<style>")[0])
    plain = re.sub(r"<(code|kbd)\b[^>]*>.*?</\1>", "", plain, flags=re.DOTALL)
    told = re.findall(r'\b(?:aria-label|placeholder|title|alt)="([^"]*)"', plain)
    told += re.sub(r"<[^>]*>", "\n", plain).split("\n")
    return [words.strip() for words in told if re.search(r"[^\W\d_]", re.sub(r"&\w+;", "", words))]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_page_holds_english_of_its_own(path):
    assert [words for words in bare_words(path.read_text(encoding="utf-8")) if words not in BARE | {"desk-body", "page"}] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_expression_holds_english_of_its_own(path):
    literals = re.findall(r'"([^"%{}]*)"', " ".join(JINJA.findall(path.read_text(encoding="utf-8"))))
    sentences = [one for one in literals if re.search(r"[a-z] [a-z]|^[A-Z][a-z]", one)]
    assert [one for one in sentences if one != "independent account"] == []


def test_english_in_a_page_is_found():
    assert bare_words('<p title="Look here">{{ t.x.y }} and more</p><kbd>j</kbd><b>{% if a %}Yes{% endif %}</b>') == [
        "Look here", "and more", "Yes",
    ]  # fmt: skip


def test_every_string_of_the_pages_is_said_and_every_name_is_known():
    names = {name for name in catalogue().names() if name.split(".")[0] not in BY_PYTHON | {"script"}}
    pages = " ".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    assert set(re.findall(r"\bt\.([a-z_]+\.[a-z0-9_]+)", pages)) - {"script.as_dict"} == names


def test_every_string_of_the_scripts_is_said_and_every_name_is_known():
    names = set(catalogue().script.as_dict())
    scripts = " ".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    assert set(re.findall(r'\bsay\("(\w+)"', scripts)) <= names
    states = {"contested", "besieged"}  # a holding's state, said by its own name
    assert {name for name in names if f'"{name}"' not in scripts} == states


def test_python_says_every_string_of_its_sections():
    code = " ".join(path.read_text(encoding="utf-8") for path in FOLDER.parent.rglob("*.py"))
    for section in ("phrases", "value", "doubts"):
        for name in getattr(catalogue(), section).as_dict():
            assert re.search(rf"(PHRASES|SAYS)\.{name}\b", code), name


def test_a_closed_list_without_a_label_is_refused():
    assert next(iter(labels("statuses", Status))) == "happened"
    with pytest.raises(MissingResource, match="must name"):
        labels("groups", Status)
    with pytest.raises(AttributeError, match=r"no desk\.nothing"):
        _ = catalogue().desk.nothing
