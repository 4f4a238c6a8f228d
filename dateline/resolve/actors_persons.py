"""A person's name is the words without title, office and nationality: 'Erdogan' and 'President Erdogan' are one."""

from __future__ import annotations

from dateline.codebook.actors import ActorBook, ActorNoun
from dateline.model.reading import Chars, Mention
from dateline.resolve.actors_names import Named
from dateline.resolve.actors_page import Page

LONGEST = 6  # words of a name


def person_words(page: Page, mention: Mention, at_head: Named | None, noun: ActorNoun | None) -> tuple[str, ...]:
    """The name's own words; empty when the mention names no person."""
    head = mention.head
    if mention.form == "pronoun" or (at_head and (at_head.actor or not _several_names(page, head, at_head))):
        return ()
    label, start, end = page.ents.get(head, ("", 0, 0))
    if label == "PERSON" and not (noun and page.pos[head] != "PROPN"):
        words = page.words(Chars(_earlier_names(page, head, start), end))
    elif page.pos[head] == "PROPN" and mention.form == "name" and not noun and _titled(page, head):
        words = page.words(mention.chars)
    else:
        return ()
    words = _without_titles(page.book, words)
    if len(words) > LONGEST or sum(word in page.book.nouns for word in words) > 1:
        return ()  # a headline in capitals taken for a name
    return () if len(words) == 1 and (words[0] in page.book.nouns or words[0] in page.book.titles) else words


def _several_names(page: Page, head: int, named: Named) -> bool:
    """'Michael Jordan' holds a country and is none: the name has a word before it that is nobody's title."""
    label, start, _ = page.ents.get(head, ("", 0, 0))
    if label != "PERSON" or start >= named.start:
        return False
    return bool(_without_titles(page.book, page.words(Chars(start, named.start)), keep_last=False))


def _earlier_names(page: Page, head: int, start: int) -> int:
    """Where the name begins: first names that the tagger left out are names before it in the same phrase."""
    for child in reversed(page.lefts[head]):
        if page.starts[child] >= start:
            continue
        if (
            page.pos[child] != "PROPN"
            or page.dep[child] != "compound"
            or page.starts[child] + len(page.tokens[child]) + 1 != start
        ):
            break
        start = page.starts[child]
    return start


def _titled(page: Page, head: int) -> bool:
    return any(page.dep[i] in ("compound", "amod") and page.fold(i) in page.book.titles for i in page.lefts[head])


def _without_titles(book: ActorBook, words: tuple[str, ...], keep_last: bool = True) -> tuple[str, ...]:
    least = 1 if keep_last else 0
    while len(words) > least and (words[0] in book.titles or words[0] in book.nouns or _is_demonym(book, words[0])):
        words = words[1:]
    return words


def _is_demonym(book: ActorBook, word: str) -> bool:
    return any(
        len(name.words) == 1 and name.meanings[0][0] in ("adjective", "group", "country") for name in book.names.get(word, ())
    )
