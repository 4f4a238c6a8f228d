"""Who was asked and said nothing: "declined to comment", "could not be reached", "no immediate word from the army".

A silence is nobody's statement and witnesses nothing; it is told to the reader of the record as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Span, Token

from dateline.codebook.cues import Cues
from dateline.model.reading import Chars, Reading

ASKED = re.compile(r"comment|reach|contact|respon|repl|answer|elaborat|reaction|statement|word", re.IGNORECASE)
CLIMB = frozenset(("xcomp", "acomp", "advcl", "conj", "ccomp", "dobj", "attr", "prep", "pobj", "auxpass", "aux"))


@dataclass(frozen=True, slots=True)
class Silence:
    """`who` as described; None when the report does not say whose silence it is. `chars` are the words that say so."""

    chars: Chars
    who: str | None


def find_silences(reading: Reading, cues: Cues) -> tuple[Silence, ...]:
    """In order of the text."""
    text, found = reading.report.text, list[Silence]()
    for sentence in reading.sentences:
        if not ASKED.search(text, sentence.start, sentence.end):
            continue
        for match in cues.silent.finditer(text, sentence.start, sentence.end):
            words = reading.doc.char_span(*match.span(), alignment_mode="expand")
            if words is not None:
                found.append(Silence(Chars(*match.span()), _who(words)))
    return tuple(found)


def _who(words: Span) -> str | None:
    """The subject of the words, else whom they name after "from", "by" or "reach"."""
    node = words.root
    for _ in range(5):
        subject = next((c for c in node.lefts if c.dep_ in ("nsubj", "nsubjpass") and c.lower_ not in ("there", "it")), None)
        if subject is not None and not _is_asking(subject, node):
            return _name(subject)
        if node.dep_ not in CLIMB or node.head.i == node.i:
            break
        node = node.head
    return _named_after(words)


def _is_asking(subject: Token, verb: Token) -> bool:
    """ "The agency could not reach the governor": the silence is the governor's."""
    active = verb.lemma_ in ("reach", "contact") and not any(c.dep_ == "auxpass" for c in verb.lefts)
    return active or subject.lower_ in ("comment", "response", "reaction", "word", "statement")


def _named_after(words: Span) -> str | None:
    for token in words.doc[words.start : min(words.end + 6, words.sent.end)]:
        if token.dep_ == "dobj" and token.i >= words.end and token.head.lemma_ in ("reach", "contact"):
            return _name(token)
        if token.lower_ in ("from", "by") and (named := next((c for c in token.rights if c.dep_ == "pobj"), None)):
            return _name(named)
    return None


def _name(noun: Token) -> str:
    """The noun phrase up to its clauses: "a spokesman for the army"."""
    end = noun.i + 1
    for child in noun.rights:
        if child.dep_ not in ("prep", "compound", "flat", "conj", "cc") or child.left_edge.i != end:
            break
        if child.dep_ == "prep" and child.lower_ not in ("for", "of", "at", "in", "from"):
            break
        end = child.right_edge.i + 1
    return str(noun.doc[noun.left_edge.i : end].text).strip(" ,“”\"'")
