"""A capital that speaks or acts is its government; one that lies somewhere, falls or burns is a place."""

from __future__ import annotations

from dateline.resolve.actors_page import Page

TOWARDS = frozenset(("with", "by", "against", "between"))


def is_metonym(page: Page, token: int, depth: int = 3) -> bool:
    """The place resolver says so, or it does what only states do: 'Ankara accused', 'talks with Moscow'."""
    place = page.place_at(token)
    if place and place.role == "metonym":
        return True
    dep, head = page.dep[token], page.head[token]
    if dep == "nsubj":
        return page.tokens[head].lower() in page.book.metonym_verbs
    if dep == "pobj":
        return page.tokens[head].lower() in TOWARDS
    if dep == "conj" and depth:
        return is_metonym(page, head, depth - 1)
    if dep == "poss":
        noun = page.book.nouns.get(page.fold(head))
        return noun is not None and noun.cls in ("forces", "government", "officials", "office", "members")
    return False
