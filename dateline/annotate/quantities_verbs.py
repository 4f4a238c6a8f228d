"""What a verb says of its subject or object: killed, hurt, taken. A verb that only may have happened says so (`unreal`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from dateline.codebook.quantities import QuantityBook
from dateline.model.event import Measure

# "headline": subject of a bare past form, which headlines use for the passive ("12 killed in blast").
Role = Literal["object", "passive", "subject", "headline"]
PATIENT: tuple[Role, ...] = ("object", "passive", "headline")


@dataclass(frozen=True, slots=True)
class Sense:
    """A measure and the token that said it."""

    measure: Measure
    by: int


def role_of(verb: Token, dep: str) -> Role | None:
    """The part that a child with this dependency plays in what the verb says."""
    if dep == "nsubjpass":
        return "passive"
    if dep in ("dobj", "obj", "dative", "oprd"):
        return "object"
    if dep in ("nsubj", "csubj"):
        past = verb.tag_ in ("VBN", "VBD") and not any(c.dep_ in ("dobj", "obj", "aux") for c in verb.children)
        return "headline" if past else "subject"
    if dep in ("attr", "dep"):
        return "subject"
    return None


def is_passive(verb: Token) -> bool:
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.lefts)


def verb_says(verb: Token, role: Role, book: QuantityBook) -> Sense | None:
    """The gravest of what the verb, its complement and the verbs joined to it say: "were shot and killed" is killed."""
    sense = _alone(verb, role, book)
    if sense and sense.measure == "killed" and not _has_or(verb):
        return sense
    passes_on = (verb.lemma_ in book.raising and role != "subject") or verb.lemma_ in book.auxiliaries
    for child in verb.rights:
        graver = None
        if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") and not _own_subject(child):
            graver = _joined(child, role, book)
            if sense and graver and sense.measure != graver.measure and _has_or(verb):
                return Sense("other", verb.i)  # "killed or wounded": neither number is known
        elif role == "headline" and _own_subject(child):
            continue  # "a spokesman said a suspect was held": not the spokesman
        elif passes_on and child.dep_ in ("xcomp", "ccomp", "acomp", "oprd", "advcl", "attr"):
            graver = _complement(child, role, book)
        if graver and (sense is None or graver.measure == "killed"):
            sense = graver
    return sense


def _has_or(verb: Token) -> bool:
    return any(child.dep_ == "cc" and child.lower_ == "or" for child in verb.rights)


def _joined(child: Token, role: Role, book: QuantityBook) -> Sense | None:
    """ "was shot and died", "shot and killed three": the second verb has the first one's subject, or its object too."""
    if child.nbor(-1).pos_ == "NUM":
        return None  # "dozens were hurt and 30 killed": it has a subject of its own, whatever the parser thinks
    if role == "object":
        has_object = any(c.dep_ in ("dobj", "obj") for c in child.rights)
        return None if has_object else _alone(child, "object", book)
    if is_passive(child) or (role in ("passive", "headline") and child.tag_ == "VBN"):
        return _alone(child, "passive", book)
    if child.lemma_ in book.auxiliaries or child.lemma_ in book.raising:
        return verb_says(child, "subject", book)
    return _alone(child, "subject", book)


def _own_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.lefts)


def _complement(child: Token, role: Role, book: QuantityBook) -> Sense | None:
    """ "were reported killed", "are believed to have died", "left 12 dead"."""
    measure = book.adjectives.get(child.lower_)
    if measure and (role != "subject" or child.head.lemma_ in book.auxiliaries):
        return Sense(measure, child.i)
    if child.pos_ not in ("VERB", "AUX"):
        return None
    passive = is_passive(child) or (child.tag_ == "VBN" and not any(c.lower_ in ("have", "has", "had") for c in child.lefts))
    return _alone(child, "passive" if passive else "subject", book)


def _alone(verb: Token, role: Role, book: QuantityBook) -> Sense | None:
    lemma = verb.lemma_.lower()
    tables = []
    if role in PATIENT and lemma in book.phrases:
        tables.append(book.phrases[lemma])
    if role in ("subject", "headline") and lemma in book.subject_phrases:
        tables.append(book.subject_phrases[lemma])
    if tables or lemma in book.life_verbs:
        words = _near_words(verb)
        for table in tables:
            for rest, measure in table:
                if words.issuperset(rest):
                    return Sense(measure, verb.i)
        if role == "object" and lemma in book.life_verbs and "life" in words:
            return Sense("killed", verb.i)
    if role in PATIENT and lemma in book.patient:
        return Sense(book.patient[lemma], verb.i)
    if role in ("subject", "headline") and lemma in book.subject:
        return Sense(book.subject[lemma], verb.i)
    if role in ("subject", "headline") and lemma in book.unsaved and _is_negated(verb):
        return Sense("killed", verb.i)
    return None


def _is_negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" for child in verb.lefts)


def _near_words(verb: Token) -> frozenset[str]:
    """Lemmas that hang on the verb within a few words: its particle, its complement, the noun of its idiom.

    Not those of its subject: "the weapons smuggler turned himself in" turns no weapon on anybody.
    """
    doc, words = verb.doc, []
    for token in doc[max(0, verb.i - 3) : verb.i + 9]:
        node = token
        for _ in range(4):
            if node.head.i == verb.i:
                if node.dep_ != "nsubj":
                    words.append(token.lemma_.lower())
                break
            node = node.head
    return frozenset(words)


def unreal(verb: Token, book: QuantityBook) -> bool:
    """Denied, or only planned, tried or feared: "was not hurt", "could kill", "an operation to capture"."""
    node = _planned(verb, book)
    if node is None:
        return True
    if verb.lemma_.lower() in book.unsaved:
        return False  # its "not" is what says it
    for _ in range(3):
        for child in node.lefts:
            if child.dep_ == "neg" or (child.dep_ in ("aux", "advmod") and child.lower_ in book.unreal_words):
                return True
            if child.dep_ == "mark" and child.lower_ in ("if", "unless"):
                return True
            if child.dep_ == "aux" and child.tag_ == "TO" and not _led_to(node, book):
                return True
        governor = node.head.head if node.dep_ == "pcomp" else node.head
        if node.dep_ in ("xcomp", "ccomp", "pcomp", "acl") and governor.lemma_.lower() in book.unreal_verbs:
            return True
        if node.dep_ not in ("xcomp", "conj", "pcomp"):
            return False
        node = node.head
    return False


def _planned(deed: Token, book: QuantityBook) -> Token | None:
    """The word to go on from; None for a noun of what was only tried or meant: "attempted murder", "to help in the killing"."""
    if deed.pos_ != "NOUN":
        return deed
    if any(child.dep_ == "amod" and child.lower_ in book.unreal_words for child in deed.lefts):
        return None
    verb = deed.head.head
    if deed.dep_ == "pobj" and deed.head.dep_ == "prep" and verb.pos_ == "VERB":
        meant = any(child.dep_ == "aux" and child.tag_ == "TO" for child in verb.lefts)
        return None if meant and not _led_to(verb, book) else deed
    return deed


def _led_to(verb: Token, book: QuantityBook) -> bool:
    """The infinitive came true: "managed to kill", "are believed to have died"."""
    if any(child.lower_ == "have" for child in verb.lefts):
        return True
    return verb.dep_ in ("xcomp", "ccomp", "advcl") and verb.head.lemma_.lower() in book.real_before_infinitive
