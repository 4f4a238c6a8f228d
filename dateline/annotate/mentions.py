"""Mentions are noun phrases that may be actors, one for each head token; whom they mean is settled later.

A phrase runs from its first word after the determiner to its head, with the names that 'of' hangs on it ("Ministry of
Defence") and without clauses. Conjuncts stand each for itself. A name or noun that only modifies another noun
("Turkish shelling", "rebel attack") is an implied mention.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from spacy.strings import get_string_id
from spacy.tokens import Doc

from dateline.model.reading import Chars, Mention, Reading

Form = Literal["name", "nominal", "pronoun", "implied"]


def _ids(*labels: str) -> frozenset[int]:
    return frozenset(get_string_id(label) for label in labels)


NOUN, PROPN, PRON, ADJ, NUM, DET, VERB = (get_string_id(x) for x in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET", "VERB"))
PREMODIFIER = _ids(
    "amod", "compound", "nummod", "nmod", "quantmod", "poss", "det", "predet", "npadvmod", "advmod", "case", "appos"
)
MODIFIER = _ids("amod", "compound", "nmod", "npadvmod", "quantmod", "nummod", "det", "predet", "case", "punct")
ARGUMENT = _ids("nsubj", "nsubjpass", "dobj", "pobj", "agent", "dative", "attr", "conj", "ROOT", "oprd")
OF_LINK, POBJ, PUNCT, EXPLETIVE, CONJ = (get_string_id(x) for x in ("prep", "pobj", "punct", "expl", "conj"))
ROOT = get_string_id("ROOT")
POSS = get_string_id("poss")
CAPITAL_ENTS = _ids("NORP", "GPE", "ORG", "PERSON", "FAC", "LOC")
GROUP_ENTS = _ids("NORP", "GPE", "ORG")
SPREADING_ENTS = frozenset(("PERSON", "ORG", "GPE", "NORP"))
UNLIKELY_ENTS = _ids("DATE", "TIME", "MONEY", "PERCENT", "ORDINAL")
DETERMINER_TAGS = _ids("DT", "PDT", "WDT")
LEADING_TAGS = DETERMINER_TAGS | _ids("RB")  # "mostly civilians"
NOMINAL_TAGS = _ids("DT", "PDT", "JJ", "JJR", "JJS", "VBN", "VBD")  # "those", "others", "the wounded"
EXISTENTIAL = get_string_id("EX")
# "Fighters loyal to Ouattara", "militants linked to al-Qaida": whose they are belongs to who they are.
ADHERING = frozenset(("loyal", "allied", "linked", "affiliated", "aligned", "tied", "faithful"))
HYPHENS = frozenset("-–—/")
LONGEST_OF = 8


@dataclass(frozen=True, slots=True)
class _Parse:
    """The Doc's columns as lists: reading them once is ten times as fast as asking each token."""

    tokens: list[str]
    starts: list[int]
    spaced: list[int]
    pos: list[int]
    tag: list[int]
    dep: list[int]
    head: list[int]
    ent: list[int]
    lefts: list[list[int]]
    rights: list[list[int]]


def find_mentions(reading: Reading) -> tuple[Mention, ...]:
    """In the order of their heads; `entity` is the mention's own index until the actors are resolved."""
    parse = _columns(reading.doc, reading.report.text)
    names = _entity_spans(reading.doc)
    found: dict[int, tuple[int, int, Form]] = {}
    for head in _heads(parse):
        start, end = _phrase(parse, head, names)
        found[head] = (start, end, _form(parse, head))
        for modifier, first in _implied(parse, head, start, names):
            found.setdefault(modifier, (first, modifier + 1, "implied"))
    return tuple(
        Mention(Chars(parse.starts[start], parse.starts[end - 1] + len(parse.tokens[end - 1])), head, form, number)
        for number, (head, (start, end, form)) in enumerate(sorted(found.items()))
    )


def _columns(doc: Doc, text: str) -> _Parse:
    rows = doc.to_array(["POS", "TAG", "DEP", "HEAD", "ENT_TYPE", "LENGTH", "SPACY"])
    pos, tag, dep, ent, lengths, spaced = (rows[:, i].tolist() for i in (0, 1, 2, 4, 5, 6))
    starts = list(accumulate((n + space for n, space in zip(lengths, spaced, strict=True)), initial=0))[:-1]
    tokens = [text[start : start + length] for start, length in zip(starts, lengths, strict=True)]
    heads = [i + step for i, step in enumerate(rows[:, 3].astype("int64").tolist())]
    lefts: list[list[int]] = [[] for _ in heads]
    rights: list[list[int]] = [[] for _ in heads]
    for child, head in enumerate(heads):
        if child < head:
            lefts[head].append(child)
        elif child > head:
            rights[head].append(child)
    return _Parse(tokens, starts, spaced, pos, tag, dep, heads, ent, lefts, rights)


def _entity_spans(doc: Doc) -> dict[int, tuple[int, int]]:
    """Token → the named entity of people, groups and states that holds it."""
    spans = {}
    for ent in doc.ents:
        if ent.label_ in SPREADING_ENTS:
            spans.update(dict.fromkeys(range(ent.start, ent.end), (ent.start, ent.end)))
    return spans


def _heads(parse: _Parse) -> Iterator[int]:
    """Heads of phrases: nouns and names that modify nothing, pronouns, and 'two', 'others', 'the wounded' as arguments."""
    for i, pos in enumerate(parse.pos):
        dep = parse.dep[i]
        if dep == EXPLETIVE or parse.tag[i] == EXISTENTIAL or not parse.tokens[i][0].isalnum():
            continue
        if pos in (NOUN, PROPN):
            if (dep not in MODIFIER or _heads_a_clause(parse, i)) and parse.ent[i] not in UNLIKELY_ENTS:
                yield i
        elif pos == PRON or (pos == VERB and dep in ARGUMENT and _has_article(parse, i)):
            yield i
        elif pos in (ADJ, NUM, DET) and dep in ARGUMENT and dep != ROOT and parse.ent[i] not in UNLIKELY_ENTS:
            if dep != CONJ or parse.pos[parse.head[i]] in (NOUN, PROPN, NUM):
                yield i


def _has_article(parse: _Parse, i: int) -> bool:
    """'The wounded', 'the accused': a participle with an article stands for people."""
    return any(parse.tag[child] in DETERMINER_TAGS for child in parse.lefts[i])


def _heads_a_clause(parse: _Parse, i: int) -> bool:
    """A noun that the parser hung on a verb as a modifier is still a phrase of its own ("he said Friday troops left")."""
    return parse.pos[parse.head[i]] == VERB and parse.head[i] > i and parse.dep[i] != PUNCT


def _form(parse: _Parse, head: int) -> Form:
    if parse.pos[head] == PRON and parse.tag[head] not in NOMINAL_TAGS:
        return "pronoun"
    if parse.pos[head] == PROPN or parse.ent[head] in CAPITAL_ENTS:
        return "name"
    return "nominal"


def _phrase(parse: _Parse, head: int, names: dict[int, tuple[int, int]]) -> tuple[int, int]:
    start, end = _left_edge(parse, head), _right_edge(parse, head)
    if head in names:
        first, last = names[head]
        if all(_hangs_on(parse, token, head) for token in range(first, last)):
            start, end = min(start, first), max(end, last)
    while start < head and (parse.tag[start] in LEADING_TAGS or parse.dep[start] == PUNCT or _hedges_number(parse, start)):
        start += 1
    return start, end


def _hedges_number(parse: _Parse, token: int) -> bool:
    """'at least', 'more than', 'nearly' before a number belong to the count, not to the phrase."""
    if parse.pos[token] == NUM:
        return False
    head = parse.head[token]
    return parse.pos[head] == NUM or (parse.pos[parse.head[head]] == NUM and head != parse.head[head] and parse.pos[head] != NOUN)


def _left_edge(parse: _Parse, head: int) -> int:
    """First token of the unbroken run of modifiers before the head, theirs included."""
    start = head
    for child in reversed(parse.lefts[head]):
        if parse.dep[child] not in PREMODIFIER and not _joins(parse, child):
            break
        if parse.tokens[child] in HYPHENS and parse.spaced[child]:
            break
        if _rightmost(parse, child) + 1 != start:
            break
        start = _left_edge(parse, child)
    return start


def _joins(parse: _Parse, i: int) -> bool:
    """Hyphens join, quotation marks may stand around a word ("so-called 'republic'"); commas between adjectives too."""
    return parse.dep[i] == PUNCT and parse.tokens[i] in {"-", "–", "/", ",", "'", '"', "“", "”", "‘", "’"}


def _rightmost(parse: _Parse, i: int) -> int:
    while parse.rights[i]:
        i = parse.rights[i][-1]
    return i


def _right_edge(parse: _Parse, head: int) -> int:
    """The head, and an 'of' phrase that follows at once, with one more inside it."""
    end = head + 1
    for _ in range(2):
        link = next((child for child in parse.rights[end - 1] if child == end), None)
        if link is None or parse.dep[link] != OF_LINK or parse.tokens[link].lower() != "of":
            break
        inner = next((child for child in parse.rights[link] if parse.dep[child] == POBJ), None)
        if inner is None or parse.pos[inner] not in (NOUN, PROPN) or inner - head > LONGEST_OF:
            break
        end = inner + 1
    return _adherents_edge(parse, head) or end


def _adherents_edge(parse: _Parse, head: int) -> int | None:
    """Past the name of whom the head's people are loyal to, when that follows at once."""
    bond = next((child for child in parse.rights[head] if child == head + 1 and parse.tokens[child].lower() in ADHERING), None)
    if bond is None:
        return None
    link = next((child for child in parse.rights[bond] if child == bond + 1 and parse.tokens[child] in ("to", "with")), None)
    name = next((child for child in parse.rights[link] if parse.pos[child] == PROPN), None) if link is not None else None
    return None if name is None or name - head > LONGEST_OF else name + 1


def _hangs_on(parse: _Parse, token: int, head: int) -> bool:
    for _ in range(5):
        if token == head:
            return True
        token = parse.head[token]
    return False


def _implied(parse: _Parse, head: int, start: int, names: dict[int, tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Names and nouns among the modifiers before a head: (last token of the run, its first token)."""
    if parse.pos[head] == PRON:
        return
    first: int | None = None
    for i in range(start, head + 1):
        if i < head and names.get(i) != names.get(head, ()) and _names_something(parse, i):
            if first is not None and parse.ent[i] != parse.ent[i - 1]:
                yield i - 1, first
                first = i
            first = i if first is None else first
            continue
        if first is not None:
            if i < head or not _part_of_name(parse, i - 1, head):
                yield i - 1, first
            first = None
        if i < head and parse.pos[i] in (NOUN, ADJ) and parse.dep[i] in MODIFIER:
            yield i, i


def _names_something(parse: _Parse, i: int) -> bool:
    if parse.dep[i] == POSS or parse.dep[i] not in MODIFIER or parse.dep[i] == PUNCT or parse.tag[i] in DETERMINER_TAGS:
        return False
    return parse.tokens[i][0].isalnum() and (parse.pos[i] == PROPN or parse.ent[i] in CAPITAL_ENTS)


def _part_of_name(parse: _Parse, last: int, head: int) -> bool:
    """'Boko' before 'Haram' is the name's own part; 'Turkish' before 'Erdogan' is not."""
    return parse.pos[head] == PROPN and (parse.ent[last] == parse.ent[head] or parse.ent[last] not in GROUP_ENTS)
