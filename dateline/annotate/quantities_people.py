"""People who are not numbered: a named dead person is one, so is "a soldier"; two of them joined are two.

A bare plural ("insurgents were detained") counts only by a vague table that says how many it stands for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.attrs import LEMMA, LOWER, TAG
from spacy.strings import hash_string  # type: ignore[attr-defined]  # compiled, without a stub
from spacy.tokens import Doc, Token

from dateline.annotate.quantities_measure import modifier_says, said_of
from dateline.annotate.quantities_parts import subject_sense
from dateline.annotate.quantities_verbs import Sense, unreal
from dateline.codebook.quantities import QuantityBook, VagueTable
from dateline.model.event import Measure
from dateline.model.reading import Chars, Quantity

OF_PEOPLE: tuple[Measure, ...] = ("killed", "injured", "captured", "abducted", "arrested", "detained", "missing", "surrendered")
TAKEN: tuple[Measure, ...] = ("arrested", "detained")
COLLECTED = ("family", "group", "couple", "crew", "team")
SINGULAR = ("NN", "NNP", "PRP", "JJ", "DT", "RB")
INSIDE_NAME = ("compound", "amod", "nmod", "det", "poss", "nummod", "punct", "flat", "appos")


def find_people(doc: Doc, taken: frozenset[int], vague: VagueTable) -> Iterator[Quantity]:
    """`taken`: tokens of the counts already found, which are not told twice."""
    book, done = vague.book, set(taken)
    for i in _candidates(doc, book):
        token = doc[i]
        if i in done or not _is_person(token, book) or _is_counted(token, done):
            continue
        if token.dep_ == "appos" and token.head.i in done and not _is_kin(token):  # "Ahmad Jan, a farmer": one man
            done.add(token.i)
            continue
        sense = _sense(doc, token, book)
        if sense is None and not _leans(token, done):
            continue
        group, passed = _joined_singles(token, done, book) if _is_single(token, book) else ([token], [token.i])
        done.update(passed)
        quantity = _quantity(doc, group, sense, vague)
        if quantity is not None:
            yield quantity


def _of_counted(token: Token, done: set[int]) -> bool:
    """ "A family of six people": those six."""
    return any(child.lower_ == "of" and any(inner.i in done for inner in child.rights) for child in token.rights)


def _is_kin(token: Token) -> bool:
    """ "A woman, her son and a guard": whoever is somebody's is another person."""
    return any(child.dep_ == "poss" and child.lower_ in ("his", "her", "their") for child in token.lefts)


def _is_counted(token: Token, done: set[int]) -> bool:
    """A number that the parser hung on another word of the phrase: "39 identified civilians"."""
    if token.lower_ in COLLECTED and _of_counted(token, done):
        return True
    inside = [child for child in token.lefts if child.dep_ in ("nummod", "amod", "nmod", "det") and child.lower_ != "old"]
    return any(child.pos_ == "NUM" or child.i in done for child in inside)


def _leans(token: Token, done: set[int]) -> bool:
    """Joined to a count, or after "including": what befell it may be told by its neighbour."""
    return (token.dep_ == "conj" and token.head.i in done) or (token.dep_ == "pobj" and token.head.lower_ == "including")


@lru_cache(maxsize=4)
def _ids(book: QuantityBook) -> tuple[frozenset[int], frozenset[int]]:
    """spaCy's ids of the lemmas of people, and of the words that stand for people as they are."""
    words = (*book.collectives, *book.others, *book.pronouns, *book.reflexive, *book.groups_of)
    return frozenset(map(hash_string, book.people)), frozenset(map(hash_string, words))


def _candidates(doc: Doc, book: QuantityBook) -> list[int]:
    """Tokens that may be people, found in one pass over numbers, because most tokens are not."""
    lemmas, words = _ids(book)
    name = hash_string("NNP")
    ids = doc.to_array([LEMMA, LOWER, TAG]).reshape(len(doc), 3).tolist()
    return [i for i, (lemma, lower, tag) in enumerate(ids) if tag == name or lemma in lemmas or lower in words]


def _is_person(token: Token, book: QuantityBook) -> bool:
    tag = token.tag_
    if token.lower_ in book.reflexive:
        return True
    if tag == "PRP":
        return token.lower_ in book.pronouns and token.dep_ != "poss"
    if token.dep_ in ("compound", "amod", "nmod", "poss") and token.head.pos_ in ("NOUN", "PROPN"):
        return token.dep_ == "poss" and _is_name(token, book)
    if token.dep_ in ("oprd", "acomp", "xcomp"):
        return False  # "taken prisoner", "held hostage"
    if token.lower_ in book.others:
        return token.dep_ in ("nsubjpass", "dobj", "nsubj") and token.pos_ != "ADV"
    if tag in ("NN", "NNS"):
        return _person_noun(token, book) and _determined(token, book)
    return _is_name(token, book)


def _person_noun(token: Token, book: QuantityBook) -> bool:
    return token.lemma_.lower() in book.people or token.lower_ in book.collectives or token.lower_ in book.groups_of


def _is_name(token: Token, book: QuantityBook) -> bool:
    if token.tag_ != "NNP" or token.lower_ in book.not_persons or not token.text[0].isalpha():
        return False
    if any(child.lower_ in book.not_persons for child in token.lefts):
        return False
    if any(child.lower_ == "old" and child.dep_ == "amod" for child in token.lefts):
        return True  # "the 5-year-old Tarek Aziz"
    if token.ent_type_ == "PERSON" or (token.lower_ in book.people and token.i > 0):
        return True
    # A name that the tagger could not place, of whom a verb says what only befalls people.
    beside = any(c.dep_ == "conj" and c.lemma_.lower() in book.people and c.tag_ == "NN" for c in token.rights)
    return (beside or not token.ent_type_) and token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_.lower() in book.patient


def _determined(token: Token, book: QuantityBook) -> bool:
    """Not "any soldier", "every child"; nor "the insurgents", who were counted before."""
    if token.tag_ == "NNS" or token.lower_ in book.groups_of:
        return not any(child.dep_ in ("det", "poss") and child.lower_ not in ("some", "all", "a", "an") for child in token.lefts)
    return not any(child.lower_ in ("any", "every", "no", "each", "either", "which", "what") for child in token.lefts)


def _is_single(token: Token, book: QuantityBook) -> bool:
    return token.tag_ in SINGULAR and token.lower_ not in book.collectives and token.lower_ not in book.groups_of


def _sense(doc: Doc, token: Token, book: QuantityBook) -> Sense | None:
    first, last = token.left_edge.i, token.i
    if first < token.i - 10:
        first = token.i
    sense = said_of(doc, first, last, token, token, book) or modifier_says(token, book) or subject_sense(token, book)
    if sense is None or sense.measure not in OF_PEOPLE or unreal(doc[sense.by], book):
        return None
    if sense.measure in TAKEN and token.tag_ in ("NNP", "PRP"):
        return None  # a named dead person counts as one; whoever is named as arrested is the event's own `on`
    return sense


def _joined_singles(token: Token, done: set[int], book: QuantityBook) -> tuple[list[Token], list[int]]:
    """All of "the mayor, his wife and a guard", as long as all are single people, and the tokens that this deals with."""
    members, passed, node = [token], [token.i], token
    for _ in range(12):
        following = [c for c in node.rights if (c.dep_ == "conj" or (c.dep_ == "appos" and _is_kin(c))) and c.i not in done]
        if not following:
            break
        node = following[0]
        if not (_is_person(node, book) and _is_single(node, book)):
            break
        passed.append(node.i)
        if _is_another(node, token):
            members.append(node)
    return members, passed


def _is_another(node: Token, first: Token) -> bool:
    """ "a leader and facilitator" is one man, "a leader and a facilitator" are two, and so are "his wife and son"."""
    if node.tag_ == "NNP" and first.tag_ == "NNP":
        return True
    own = any(child.dep_ in ("det", "poss", "nummod") or child.lower_ == "old" for child in node.lefts)
    shared = any(child.dep_ == "poss" for child in first.lefts)
    return own or shared


def _quantity(doc: Doc, group: list[Token], sense: Sense | None, vague: VagueTable) -> Quantity | None:
    book, head = vague.book, group[0]
    low: int | None = len(group)
    high = low
    if not _is_single(head, book):
        if vague.plural is None:
            return None
        low, high = vague.plural, vague.plural if vague.exact else None
    start, end = _left(doc, head), group[-1].i
    chars = Chars(doc[start].idx, doc[end].idx + len(doc[end]))
    return Quantity(
        chars=chars,
        number=Chars(head.idx, head.idx + len(head)),
        head=head.i,
        whom=_short(doc, start, head, book),
        low=low,
        high=high,
        measure=sense.measure if sense else None,
        governor=sense.by if sense else None,
        unnumbered=True,
    )


def find_multiples(doc: Doc, book: QuantityBook) -> Iterator[Quantity]:
    """ "a double homicide", "the triple murder": people counted by the deed."""
    deeds = _multiple_ids(book)
    for i in (i for i, word in enumerate(doc.to_array([LOWER]).ravel().tolist()) if word in deeds):
        deed = doc[i].head
        if doc[i].dep_ in ("amod", "compound") and deed.i > i and book.measure_nouns.get(deed.lemma_.lower()) == "killed":
            count, chars = book.multiples[doc[i].lower_], Chars(doc[i].idx, deed.idx + len(deed))
            number = Chars(doc[i].idx, doc[i].idx + len(doc[i]))
            real = not unreal(deed, book)
            yield Quantity(chars, number, deed.i, None, count, count, "killed", governor=deed.i, real=real)


@lru_cache(maxsize=4)
def _multiple_ids(book: QuantityBook) -> frozenset[int]:
    return frozenset(map(hash_string, book.multiples))


def _left(doc: Doc, head: Token) -> int:
    start = head.i
    for child in head.lefts:
        if child.dep_ in INSIDE_NAME and child.i >= head.i - 8:
            start = min(start, child.left_edge.i if child.left_edge.i >= head.i - 8 else child.i)
    return _first_of_name(doc, start) if head.tag_ == "NN" else start


def _first_of_name(doc: Doc, start: int) -> int:
    """ "a senior Movement of Nowhere leader": the parser cuts the name in two; it begins before its "of"."""
    first = start if doc[start].tag_ == "NNP" else start - 1
    if first < 2 or doc[first].tag_ != "NNP" or doc[first - 1].lower_ != "of" or doc[first - 2].tag_ not in ("NNP", "NNPS"):
        return start
    edge = doc[first - 2].left_edge.i
    return edge if start - edge <= 8 else start


def _short(doc: Doc, start: int, head: Token, book: QuantityBook) -> str | None:
    if head.tag_ == "PRP":
        return None
    while start < head.i and (doc[start].pos_ in ("DET", "PRON", "PUNCT", "NUM") or doc[start].lower_ in book.not_short):
        start += 1
    return doc[start : head.i + 1].text
