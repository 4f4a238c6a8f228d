"""What a person is, by title or apposition: role ("spokesman for the Taliban") and affiliation ("Taliban")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from dateline.annotate.quotes_page import Page

FOR = ("for", "of", "from", "at", "with", "in", "to")
LONGEST_ROLE = 14


@dataclass(frozen=True, slots=True)
class Description:
    role: str | None
    affiliation: str | None


def name_words(mention: Span, titles: frozenset[str]) -> list[str]:
    """The words of a name without titles and possessive endings."""
    words = [token.text for token in mention if token.tag_ != "POS" and not token.is_space and token.pos_ != "PUNCT"]
    while len(words) > 1 and words[0].lower() in titles:
        words = words[1:]
    if words and words[-1].endswith(("’s", "'s")):
        words[-1] = words[-1][:-2]
    return words


def describe(page: Page, mention: Span) -> Description:
    """Of a name with its title or apposition, or of a phrase that is a description itself."""
    for first, end, head in _descriptions(page, mention):
        role = _text(page, first, end)
        if role:
            return Description(role, _affiliation(page, first, end, head))
    return Description(None, None)


def _descriptions(page: Page, mention: Span) -> Iterator[tuple[int, int, int]]:
    """Token ranges that may describe: the phrase itself, an apposition after, a phrase before, a title before."""
    doc, root = page.doc, mention.root
    if root.lemma_.lower() in page.cues.role and root.ent_type_ != "PERSON":
        yield mention.start, _cut(page, root.i, mention.end), root.i
        return
    after = mention.end
    if after + 2 < len(doc) and doc[after].text == "," and doc[after + 1].pos_ in ("DET", "NOUN", "PROPN", "ADJ", "PRON"):
        head = _appositive_head(root, after)
        if head is not None:
            yield after + 1, _cut(page, after + 1, head.right_edge.i + 1), head.i
    before = mention.start
    if before > 1 and doc[before - 1].text == "," and root.dep_ == "appos" and root.head.pos_ in ("NOUN", "PROPN"):
        head = root.head
        if head.left_edge.i < before - 1:
            yield head.left_edge.i, before - 1, head.i
    first = before
    while (
        first > 0
        and doc[first - 1].pos_ in ("NOUN", "PROPN", "ADJ", "ADP")
        and doc[first - 1].text != ","
        and _under(doc[first - 1], root)
    ):
        first -= 1
    if first < before and any(doc[i].lemma_.lower() in page.cues.role for i in range(first, before)):
        yield first, before, before - 1


def _appositive_head(root: Token, after: int) -> Token | None:
    for child in root.children:
        if child.dep_ == "appos" and child.i > after and child.left_edge.i <= after + 2:
            return child
    return None


def _under(token: Token, root: Token) -> bool:
    return token.head.i == root.i or token.head.head.i == root.i or token.head.head.head.i == root.i


def _cut(page: Page, first: int, end: int) -> int:
    """Up to a comma, a relative clause or the longest role."""
    for at in range(first + 1, min(end, first + LONGEST_ROLE)):
        if page.doc[at].text in (",", ";", "—", "–", "(") or page.doc[at].lower_ in ("who", "which", "said", "told"):
            return at
    return min(end, first + LONGEST_ROLE)


def _text(page: Page, first: int, end: int) -> str | None:
    doc = page.doc
    while first < end and (doc[first].tag_ in ("DT", "PRP$") or doc[first].pos_ in ("PUNCT", "SPACE", "CCONJ")):
        first += 1
    while end > first and doc[end - 1].pos_ in ("PUNCT", "SPACE", "ADP", "CCONJ"):
        end -= 1
    return page.text[doc[first].idx : doc[end - 1].idx + len(doc[end - 1])] if first < end else None


def _affiliation(page: Page, first: int, end: int, head: int) -> str | None:
    """`for the Taliban`, `Taliban spokesman`, `defense ministry spokesman`."""
    doc = page.doc
    for at in range(first, end):
        token = doc[at]
        if token.lower_ in FOR and token.pos_ == "ADP" and at + 1 < end:
            inner = _cut(page, at + 1, end)
            if token.lower_ in ("for", "from") or any(_names_body(page, doc[i]) for i in range(at + 1, inner)):
                return _text(page, at + 1, inner)
    roles = [i for i in range(first, end) if doc[i].lemma_.lower() in page.cues.role]
    stop = roles[-1] if roles else head
    named = [i for i in range(first, stop) if _names_body(page, doc[i])]
    return _text(page, named[0], named[-1] + 1) if named else None


def _names_body(page: Page, token: Token) -> bool:
    return token.ent_type_ in ("ORG", "GPE", "NORP") or token.pos_ == "PROPN" or token.lemma_.lower() in page.cues.organisation
