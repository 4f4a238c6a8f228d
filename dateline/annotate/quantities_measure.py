"""What a count means: the word that governs the counted noun says killed, injured, arrested; the noun itself says troops.

Nearby words are asked first (a parser errs less than it seems only where the order is plain), then the tree.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.codebook.quantities import QuantityBook
from dateline.model.event import Measure


@dataclass(frozen=True, slots=True)
class Sense:
    """A measure and the token that said it."""

    measure: Measure
    by: int


def sense_of(doc: Doc, first: int, last: int, anchor: Token, head: Token, book: QuantityBook) -> Sense | None:
    """`first` and `last` bound the number's phrase; `anchor` is its syntactic top, `head` the counted noun."""
    own = _own(head, book)
    near = _after(doc, last, book) or _before(doc, first, book)
    verb = near or _after_head(anchor, head, book) or _climb(anchor, book)
    if own and (verb is None or (own.measure in ("killed", "injured", "missing") and verb.measure != "killed")):
        return own
    return verb or own


def counted_noun(head: Token, book: QuantityBook) -> Sense | None:
    """ "5,000 troops", "12 tanks": the noun alone, when nothing is said to have happened to them."""
    measure = book.counted_nouns.get(head.lemma_.lower()) or book.counted_nouns.get(head.lower_)
    return Sense(measure, head.i) if measure else None


def _own(head: Token, book: QuantityBook) -> Sense | None:
    """The counted noun says it ("12 deaths", "three wounded") or an adjective before it does ("12 wounded soldiers")."""
    lemma = head.lemma_.lower()
    for words in (book.measure_nouns, book.persons):
        measure = words.get(lemma) or words.get(head.lower_)
        if measure:
            return Sense(measure, head.i)
    for child in head.lefts:
        measure = book.adjectives.get(child.lower_)
        if measure and child.dep_ in ("amod", "compound", "nmod"):
            return Sense(measure, child.i)
    return None


def _after(doc: Doc, last: int, book: QuantityBook) -> Sense | None:
    """ "12 killed", "12 others were wounded", "12 dead": straight on from the number's phrase."""
    linked = False
    for token in doc[last + 1 : last + 7]:
        word = token.lower_
        measure = book.adjectives.get(word)
        if measure is None and token.tag_ == "VBN":
            measure = book.patient.get(token.lemma_.lower())
        if measure:
            if not linked and token.tag_ in ("VBD", "VBN") and _takes_object(token):
                return None
            return _dead_after(token, measure, book)
        if word not in book.links:
            return None
        linked = linked or word in book.auxiliaries
    return None


def _dead_after(token: Token, measure: Measure, book: QuantityBook) -> Sense:
    """ "were shot dead", "were wounded fatally", "were shot and killed": the graver word wins."""
    return verb_says(token, "patient", book) or Sense(measure, token.i)


def _takes_object(token: Token) -> bool:
    """A past form with an object is active: "two gunmen killed three"."""
    if any(child.dep_ in ("dobj", "obj") for child in token.rights):
        return True
    if token.i + 1 >= len(token.doc):
        return False
    following = token.nbor(1)
    return following.pos_ in ("NUM", "DET", "PROPN", "PRON") and following.dep_ not in ("npadvmod", "pobj")


def _before(doc: Doc, first: int, book: QuantityBook) -> Sense | None:
    """ "killing at least 12", "has killed 12": the verb stands right before the number's phrase."""
    if first == 0:
        return None
    token = doc[first - 1]
    if token.pos_ not in ("VERB", "NOUN") or token.tag_ == "NN" or _passive(token):
        return None
    measure = book.patient.get(token.lemma_.lower())
    return Sense(measure, token.i) if measure and token.text[-1:] != "r" else None


def _passive(token: Token) -> bool:
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in token.lefts)


def _after_head(anchor: Token, head: Token, book: QuantityBook) -> Sense | None:
    """ "12 people killed in the blast", "12 people who died": a clause that hangs on the noun."""
    for node in (anchor, head) if anchor.i != head.i else (anchor,):
        for child in node.rights:
            if child.dep_ in ("acl", "relcl"):
                role = "patient" if (child.dep_ == "acl" and child.tag_ == "VBN") or _passive(child) else "subject"
                sense = verb_says(child, role, book)
                if sense:
                    return sense
            elif child.dep_ in ("amod", "acomp") and child.lower_ in book.adjectives:
                return Sense(book.adjectives[child.lower_], child.i)
    return None


def _climb(anchor: Token, book: QuantityBook) -> Sense | None:
    """Up the tree through conjuncts, appositions and "of" to the word that governs the count."""
    node = anchor
    for _ in range(7):
        head, dep = node.head, node.dep_
        if head.i == node.i:
            return None
        if dep in ("conj", "appos", "nmod", "compound", "nummod", "quantmod", "amod", "poss"):
            node = head
            continue
        if dep == "pobj":
            found = _through_preposition(head, book)
            if isinstance(found, Sense) or found is None:
                return found
            node = found
            continue
        role = _role(node, head, dep)
        return verb_says(head, role, book) if role else None
    return None


def _through_preposition(prep: Token, book: QuantityBook) -> Sense | Token | None:
    """ "the death of 12": a sense; "a group of 12": the noun to go on from; anything else ends the climb."""
    noun = prep.head
    if prep.lower_ in ("of", "among", "between"):
        measure = book.measure_nouns.get(noun.lemma_.lower())
        if measure or (noun.tag_ == "VBG" and (measure := book.patient.get(noun.lemma_.lower()))):
            return Sense(measure, noun.i)
        if noun.lemma_.lower() in book.steps or noun.lemma_.lower() in book.groups_of or noun.pos_ == "NUM":
            return noun
        own = book.persons.get(noun.lemma_.lower())
        return Sense(own, noun.i) if own and prep.lower_ == "of" else None
    return None


def _role(node: Token, verb: Token, dep: str) -> str | None:
    if dep in ("nsubjpass", "dobj", "obj", "dative", "oprd"):
        return "patient"
    if dep in ("nsubj", "csubj"):
        past = verb.tag_ in ("VBN", "VBD") and not any(c.dep_ in ("dobj", "obj", "aux") for c in verb.children)
        return "headline" if past else "subject"
    if dep in ("attr", "dep"):
        return "subject"
    return None


def verb_says(verb: Token, role: str, book: QuantityBook) -> Sense | None:
    """What the verb says of its subject or object; "headline" is a subject of a bare past form ("12 killed in blast")."""
    sense = _verb_alone(verb, role, book)
    if sense and sense.measure == "killed":
        return sense
    for child in verb.rights:
        graver = None
        if (
            child.dep_ == "conj"
            and child.pos_ in ("VERB", "AUX")
            and not any(c.dep_ in ("nsubj", "nsubjpass") for c in child.lefts)
        ):
            graver = _verb_alone(child, role, book)
        elif child.dep_ in ("xcomp", "ccomp", "acomp", "oprd", "advcl") and verb.lemma_ in book.raising | book.auxiliaries:
            graver = _complement(child, role, book)
        if graver and (sense is None or graver.measure == "killed"):
            sense = graver
    return sense


def _own_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.lefts)


def _complement(child: Token, role: str, book: QuantityBook) -> Sense | None:
    """ "were reported killed", "are believed to have died", "left 12 dead"."""
    measure = book.adjectives.get(child.lower_)
    if measure and (role != "subject" or child.head.lemma_ in book.auxiliaries):
        return Sense(measure, child.i)
    if child.pos_ not in ("VERB", "AUX"):
        return None
    passive = _passive(child) or child.tag_ == "VBN"
    return _verb_alone(child, "patient" if passive else "subject", book)


def _verb_alone(verb: Token, role: str, book: QuantityBook) -> Sense | None:
    lemma = verb.lemma_.lower()
    words = frozenset(t.lemma_.lower() for t in verb.subtree if abs(t.i - verb.i) <= 8 and t.i != verb.i)
    phrases = (book.phrases if role == "patient" else book.subject_phrases, book.phrases if role == "headline" else {})
    for table in phrases:
        for rest, measure in table.get(lemma, ()):
            if words.issuperset(rest):
                return Sense(measure, verb.i)
    if role in ("patient", "headline") and lemma in book.patient:
        return Sense(book.patient[lemma], verb.i)
    if role in ("subject", "headline") and lemma in book.subject:
        return Sense(book.subject[lemma], verb.i)
    if role == "patient" and lemma in book.life_verbs and "life" in words:
        return Sense("killed", verb.i)
    return None
