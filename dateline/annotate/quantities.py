"""Every count of a report: how many of what, with open ends as open ends. Ages, dates, distances and names are no counts.

The number comes first (`quantities_numbers`), then the noun it counts, then the word that says what became of them
(`quantities_measure`). A count that nothing is said of keeps measure None.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dateline.annotate.quantities_measure import counted_noun, sense_of
from dateline.annotate.quantities_numbers import Number, find_numbers, grammar_of, text_of
from dateline.annotate.quantities_parts import lean, subject_sense
from dateline.annotate.quantities_people import OF_PEOPLE, find_multiples, find_people
from dateline.annotate.quantities_verbs import Sense, unreal
from dateline.codebook.quantities import QuantityBook, VagueTable
from dateline.model.reading import Chars, Quantity, Reading

NUMBER_DEPS = frozenset(["nummod", "compound", "quantmod", "amod", "det", "nmod", "advmod", "npadvmod"])


def find_quantities(reading: Reading, vague: VagueTable) -> tuple[Quantity, ...]:
    """In order of the text."""
    doc = reading.doc
    counted = tuple(_numbered(doc, vague))
    taken = frozenset(i for quantity in counted for i in _tokens(doc, quantity))
    people = find_people(doc, taken, vague)
    told = sorted(
        (*counted, *people, *find_multiples(doc, vague.book)), key=lambda quantity: (quantity.number.start, quantity.number.end)
    )
    leaning = lean(doc, told, vague.book)
    return tuple(quantity for quantity in leaning if _is_told(quantity))


def _is_told(quantity: Quantity) -> bool:
    """Neither a "no" without a measure nor a person to whom nothing happened."""
    nobody = quantity.low == 0 and quantity.high == 0
    return quantity.measure in OF_PEOPLE or not (nobody or quantity.unnumbered)


def _tokens(doc: Doc, quantity: Quantity) -> Iterator[int]:
    yield quantity.head
    for child in doc[quantity.head].rights:  # "five police officers and soldiers": the number holds for both
        if child.dep_ == "conj" and child.tag_ == "NNS" and child.left_edge.i == child.i:
            yield child.i
        elif child.lower_ == "of":  # "12 members of the guard"
            yield from (inner.i for inner in child.rights)
    span = doc.char_span(quantity.chars.start, quantity.chars.end, alignment_mode="expand")
    if span is not None:
        yield from range(span.start, span.end)


def _numbered(doc: Doc, vague: VagueTable) -> Iterator[Quantity]:
    book = vague.book
    for number in find_numbers(doc, grammar_of(vague)):
        if _is_no_count(doc, number, book):
            continue
        quantity = _quantity(doc, number, book)
        if quantity is not None:
            yield quantity


def _is_no_count(doc: Doc, number: Number, book: QuantityBook) -> bool:
    """Part of a date, an age, a length, a share, a label."""
    first, last = doc[number.first], doc[number.last]
    written = text_of(doc)[number.core.start : number.core.end]
    before = first.nbor(-1) if number.first else None
    after = last.nbor(1) if number.last + 1 < len(doc) else None
    if number.kind == "none":
        return False
    if after is not None and _is_unit(after, book):
        return True
    if _is_footnote(doc, number):
        return True
    bare = number.kind == "exact" and number.chars.start == number.core.start
    digits = written if written.isdigit() else ""
    if before is None:
        return bool(digits) and _is_year(digits) and after is not None and after.tag_ == "NNP"
    word = before.lower_
    if digits and int(digits) <= 31 and bare and _beside_month(before, after, book):
        return True
    if digits and bare and _is_year(digits):
        dated = word in book.year_cues or word.rstrip(".,") in book.months or before.text == "," or before.text[0].isdigit()
        return dated or after is None or after.tag_ not in ("NNS", "JJ")
    if bare and word in book.labels and (first.text[0].isdigit() or before.text[0].isupper()):
        return before.pos_ != "VERB"
    if word == "of" and number.first > 1 and doc[number.first - 2].lower_ in ("age", "ages"):
        return True
    return bare and _is_age(doc, number)


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and 1900 <= int(digits) <= 2100


def _is_footnote(doc: Doc, number: Number) -> bool:
    """ "six people.[6][26]": a reference, no count."""
    text = text_of(doc)
    return text[number.core.start - 1 : number.core.start] == "[" and text[number.core.end : number.core.end + 1] == "]"


def _beside_month(before: Token, after: Token | None, book: QuantityBook) -> bool:
    if before.lower_.rstrip(".") in book.months and before.text[0].isupper():
        return True
    return after is not None and after.lower_.rstrip(".") in book.months and after.text[0].isupper()


def _is_unit(after: Token, book: QuantityBook) -> bool:
    lemma = after.lemma_.lower()
    if lemma in book.units or after.lower_ in book.units:
        return True
    if after.text == "-" and after.i + 1 < len(after.doc):
        following = after.nbor(1)
        return following.lemma_.lower() in book.units or following.lower_ in ("star", "wheel", "door", "story")
    return after.text.startswith("-") or after.ent_type_ == "PERCENT"


def _is_age(doc: Doc, number: Number) -> bool:
    """ "Ahmad, 24, was", "Mary Lou (31)": after a name or a person noun, between commas or in brackets."""
    written = text_of(doc)[number.core.start : number.core.end]
    if number.first < 2 or not written.isdigit():
        return False
    before, earlier = doc[number.first - 1], doc[number.first - 2]
    if before.lower_ == "and" and earlier.text.isdigit() and number.first > 3 and doc[number.first - 3].text in (",", "("):
        before, earlier = doc[number.first - 3], doc[number.first - 4]  # "two girls, 5 and 7, were"
    if before.lower_ == "both" and earlier.text == ",":
        return True
    if before.text not in (",", "(") or earlier.pos_ not in ("PROPN", "NOUN"):
        return False
    after = text_of(doc)[number.core.end : number.core.end + 1].strip() or (
        doc[number.last + 1].text if number.last + 1 < len(doc) else "."
    )
    return after in (",", ")", ".", ";", "and", "of", "who", "from")


def _quantity(doc: Doc, number: Number, book: QuantityBook) -> Quantity | None:
    anchor, head = _counted(doc, number, book)
    if head.lemma_.lower() in book.not_counted or anchor.lemma_.lower() in book.not_counted:
        return None
    first = _token_at(doc, number.chars.start, number.first)
    last = max(number.last, head.i) if head.i <= number.last + 8 else number.last
    sense = sense_of(doc, first, last, anchor, head, book) or sense_of(doc, first, number.last, anchor, head, book)
    if sense is not None and _not_people(head, book):
        sense = None
    sense = sense or subject_sense(anchor, book) or counted_noun(head, book)
    if number.kind == "money" or head.lemma_.lower() in book.money_units:
        sense = Sense("money", head.i)
    end = max(number.chars.end, head.idx + len(head) if last == head.i else 0)
    return Quantity(
        chars=Chars(number.chars.start, end),
        number=number.chars,
        head=head.i,
        whom=_whom(doc, number, head, book),
        low=number.low,
        high=number.high,
        measure=sense.measure if sense else None,
        governor=sense.by if sense else None,
        real=sense is None or not unreal(doc[sense.by], book),
    )


def _not_people(head: Token, book: QuantityBook) -> bool:
    lemma = head.lemma_.lower()
    if head.pos_ == "VERB":  # "one of the wounded"
        return False
    return lemma in book.animals or book.counted_nouns.get(lemma) == "weapons"


def _token_at(doc: Doc, char: int, fallback: int) -> int:
    i = fallback
    while i > 0 and doc[i].idx > char:
        i -= 1
    return i


def _counted(doc: Doc, number: Number, book: QuantityBook) -> tuple[Token, Token]:
    """The syntactic top of the count and the noun counted: the same token but in "dozens of people", "12 of them"."""
    token = doc[number.last]
    if token.lower_ == "of" and number.last > number.first:
        token = doc[number.last - 1]
    anchor = _past_participle(doc, number, book) or token
    for _ in range(5):
        above = anchor.head
        if anchor.dep_ in NUMBER_DEPS and above.i > number.last and above.i - number.last <= 8:
            anchor = above
            if anchor.pos_ in ("NOUN", "PROPN", "PRON") and anchor.dep_ not in ("compound", "nmod", "amod"):
                break
        elif number.first <= above.i <= number.last and above.i != anchor.i:
            anchor = above
        else:
            break
    if anchor.pos_ not in ("NOUN", "PROPN", "PRON", "NUM") or (anchor.i == token.i and anchor.dep_ in NUMBER_DEPS):
        anchor = _next_noun(doc, number) or anchor
    head = anchor
    if number.first <= anchor.i <= number.last or anchor.lemma_.lower() in book.carriers:
        for child in anchor.rights:
            if child.lower_ == "of":
                objects = [c for c in child.rights if c.dep_ == "pobj"]
                head = objects[0] if objects else head
                break
    return anchor, head


def _past_participle(doc: Doc, number: Number, book: QuantityBook) -> Token | None:
    """ "39 identified civilians", where the parser takes the number for who identified them."""
    if number.last + 2 >= len(doc) or doc[number.last + 1].tag_ not in ("VBN", "VBD"):
        return None
    if (verb := doc[number.last + 1].lemma_.lower()) in book.patient or verb in book.auxiliaries:  # "two killed villagers"
        return None
    noun = doc[number.last + 2]
    is_object = doc[number.last].head.i == number.last + 1 and noun.tag_ in ("NNS", "NNPS")
    return noun if is_object and noun.dep_ not in ("npadvmod", "compound") else None


def _next_noun(doc: Doc, number: Number) -> Token | None:
    """By the order of words, where the parser lost its way: "at least 39 identified civilians"."""
    noun = None
    for i in range(number.last + 1, min(number.last + 6, len(doc))):
        token = doc[i]
        if token.pos_ in ("NOUN", "PROPN"):
            noun = token
        elif token.pos_ not in ("ADJ", "VERB", "ADV") and token.text not in "-–":
            break
    return noun if noun is not None and noun.tag_ in ("NNS", "NNPS") else None


def _whom(doc: Doc, number: Number, head: Token, book: QuantityBook) -> str | None:
    """The noun and the words right before it that narrow it down: "Taliban insurgents", "government troops"."""
    if head.i <= number.last and head.i >= number.first:
        return None
    if head.pos_ in ("VERB", "PRON"):
        return None
    start = head.i
    while start - 1 > number.last and head.i - start < 5 and _narrows(doc[start - 1], head, book):
        start -= 1
    while start < head.i and not doc[start].text[0].isalnum():
        start += 1
    if head.lemma_.lower() in book.persons or head.lemma_.lower() in book.measure_nouns:
        return doc[start : head.i].text.strip(" -") or None  # "12 civilian deaths": civilians
    return doc[start : _end_of_whom(doc, head, book) + 1].text


def _end_of_whom(doc: Doc, head: Token, book: QuantityBook) -> int:
    """ "members of the security forces": the bare noun would not say who."""
    if head.lemma_.lower() not in book.members:
        return head.i
    for child in head.rights:
        if child.lower_ == "of" and child.i == head.i + 1:
            return next((c.i for c in child.rights if c.dep_ == "pobj" and c.i - head.i <= 7), head.i)
    return head.i


def _narrows(word: Token, head: Token, book: QuantityBook) -> bool:
    if word.lower_ in book.not_short or word.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB", "PUNCT"):
        return False
    return word.head.i <= head.i and (word.pos_ != "PUNCT" or word.text in "-–'’")
