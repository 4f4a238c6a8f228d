"""What a count means: the word that governs the counted noun says killed, injured, arrested; the noun itself says troops.

Nearby words are asked first (a parser errs less than it seems only where the order is plain), then the tree.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dateline.annotate.quantities_verbs import Sense, is_passive, role_of, verb_says
from dateline.codebook.quantities import QuantityBook

MODIFIES = frozenset(["conj", "appos", "nmod", "compound", "nummod", "quantmod", "amod", "poss"])
WITHIN = frozenset(["of", "in", "from", "at", "on"])  # after a counted noun: "two men in the car"
GRAVE = ("killed", "injured", "missing")


def sense_of(doc: Doc, first: int, last: int, anchor: Token, head: Token, book: QuantityBook) -> Sense | None:
    """`first` and `last` bound the number's phrase; `anchor` is its syntactic top, `head` the counted noun."""
    own = _own(head, book)
    verb = said_of(doc, first, last, anchor, head, book)
    if own and (verb is None or (own.measure in GRAVE and verb.measure != "killed")):
        return own
    return verb or own


def said_of(doc: Doc, first: int, last: int, anchor: Token, head: Token, book: QuantityBook) -> Sense | None:
    """What happened to the counted, by the words around them."""
    near = _after(doc, last, book) or _before(doc, first, book)
    hung = near or _after_head(anchor, head, book)
    if hung is None:
        return _climb(anchor, book) or _after_phrase(doc, last, book) or _after_insertion(doc, last, head, book)
    if hung.measure == "injured" and anchor.dep_ == "nsubj":
        governing = _climb(anchor, book)
        return governing if _died_later(doc, hung, governing, book) else hung
    return hung


def _died_later(doc: Doc, hurt: Sense, governing: Sense | None, book: QuantityBook) -> bool:
    """ "A boy who was shot in the face has died"."""
    if governing is None or governing.measure != "killed" or governing.by <= hurt.by:
        return False
    return doc[governing.by].lemma_.lower() in book.subject


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
    return modifier_says(head, book)


def modifier_says(head: Token, book: QuantityBook) -> Sense | None:
    for child in head.lefts:
        if child.dep_ in ("amod", "compound", "nmod") and child.lower_ in book.adjectives:
            return Sense(book.adjectives[child.lower_], child.i)
    return None


def _after(doc: Doc, last: int, book: QuantityBook) -> Sense | None:
    """ "12 killed", "12 others were wounded", "12 dead": straight on from the number's phrase."""
    linked = False
    for i in range(last + 1, min(last + 7, len(doc))):
        token = doc[i]
        word = token.lower_
        measure = book.adjectives.get(word)
        if measure is None and token.tag_ == "VBN":
            measure = book.patient.get(token.lemma_.lower())
        if measure:
            if not linked and token.tag_ in ("VBD", "VBN") and _takes_object(token):
                return None
            return verb_says(token, "passive", book) or Sense(measure, token.i)
        if word not in book.links:
            return None
        linked = linked or word in book.auxiliaries
    return None


def _after_phrase(doc: Doc, last: int, book: QuantityBook) -> Sense | None:
    """ "one person of interest was detained", where the parser made the person the object of another verb."""
    if last + 4 >= len(doc) or doc[last].tag_ not in ("NN", "NNS") or doc[last + 1].lower_ not in WITHIN:
        return None
    for i in range(last + 2, min(last + 7, len(doc) - 1)):
        token = doc[i]
        if token.lower_ in ("was", "were"):
            fits = (token.lower_ == "were") == (doc[last].tag_ == "NNS")
            verb = doc[i + 1]
            measure = book.patient.get(verb.lemma_.lower()) if verb.tag_ == "VBN" else None
            return (verb_says(verb, "passive", book) or Sense(measure, verb.i)) if fits and measure else None
        if token.pos_ not in ("DET", "ADJ", "NOUN", "PROPN"):
            return None
    return None


def _after_insertion(doc: Doc, last: int, head: Token, book: QuantityBook) -> Sense | None:
    """ "12 people, including two boys and a nurse, were killed": the first verb behind the commas is theirs."""
    if head.lemma_.lower() not in book.people and head.lower_ not in book.collectives:
        return None
    opened = False
    for i in range(last + 1, min(last + 50, head.sent.end - 1)):
        token = doc[i]
        opened = opened or (token.text in (",", "–", "—", "-") and i <= last + 14)
        if token.tag_ in ("VBD", "VBZ", "VBP"):
            closed = opened and token.lower_ in ("was", "were") and doc[i - 1].text in (",", "–", "—", "-")
            verb = doc[i + 1] if doc[i + 1].pos_ != "ADV" or i + 2 >= len(doc) else doc[i + 2]
            return verb_says(verb, "passive", book) if closed and verb.tag_ == "VBN" else None
    return None


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
    if token.pos_ == "ADJ" and token.dep_ == "conj" and token.lower_ in book.adjectives:
        return Sense(book.adjectives[token.lower_], token.i)  # "killed six and injured dozens", whatever the tagger thinks
    if token.pos_ not in ("VERB", "NOUN") or token.tag_ == "NN" or is_passive(token):
        return None
    measure = book.patient.get(token.lemma_.lower())
    if measure is None or token.text[-1:] == "r":
        return None
    return (verb_says(token, "object", book) if token.pos_ == "VERB" else None) or Sense(measure, token.i)


def _after_head(anchor: Token, head: Token, book: QuantityBook) -> Sense | None:
    """ "12 people killed in the blast", "12 people who died": a clause that hangs on the noun."""
    for node in (anchor, head) if anchor.i != head.i else (anchor,):
        for child in node.rights:
            if child.dep_ in ("acl", "relcl"):
                passive = (child.dep_ == "acl" and child.tag_ == "VBN") or is_passive(child)
                sense = verb_says(child, "passive" if passive else "subject", book)
                if sense:
                    return sense
            elif child.dep_ in ("amod", "acomp") and child.lower_ in book.adjectives:
                return Sense(book.adjectives[child.lower_], child.i)
    return None


def _climb(anchor: Token, book: QuantityBook) -> Sense | None:
    """Up the tree through conjuncts, appositions and "of" to the word that governs the count."""
    node = anchor
    for _ in range(8):
        head, dep = node.head, node.dep_
        if head.i == node.i:
            return None
        if dep == "poss" and (sense := _of_noun(head, book)):
            return sense
        if dep in MODIFIES:
            node = head
            continue
        if dep == "pobj":
            found = _through_preposition(head, node, book)
            if isinstance(found, Sense) or found is None:
                return found
            node = found
            continue
        if dep == "attr" and (sense := _inverted(head, book)):
            return sense
        role = role_of(head, dep)
        return verb_says(head, role, book) if role else None
    return None


def _inverted(copula: Token, book: QuantityBook) -> Sense | None:
    """ "Also killed in the raid were two guards": the participle stands first."""
    verbs = [copula.head] if copula.dep_ == "auxpass" else [child for child in copula.lefts if child.dep_ != "nsubj"]
    for verb in verbs:
        if verb.tag_ == "VBN" and verb.i < copula.i and (sense := verb_says(verb, "passive", book)):
            return sense
    return None


def _of_noun(noun: Token, book: QuantityBook) -> Sense | None:
    """ "the death of", "the killing of", "his murder", "the fatal shooting of"."""
    lemma = noun.lemma_.lower()
    if lemma in book.deeds:
        fatal = any(child.lower_ in book.deadly for child in noun.lefts)
        return Sense("killed" if fatal else book.deeds[lemma], noun.i)
    measure = book.measure_nouns.get(lemma)
    if measure is None and noun.tag_ == "VBG":
        measure = book.patient.get(lemma)
    return Sense(measure, noun.i) if measure else None


def _through_preposition(prep: Token, counted: Token, book: QuantityBook) -> Sense | Token | None:
    """ "the death of 12": a sense; "a group of 12": the noun to go on from; anything else ends the climb."""
    noun = prep.head
    lemma = noun.lemma_.lower()
    if prep.lower_ in ("with", "alongside"):
        return _together_with(prep, book)
    if counted.lower_ in book.reflexive and prep.lower_ == "on":
        return verb_says(noun, "object", book)  # "turned the gun on himself"
    if prep.lower_ in ("on", "against"):  # "a lethal strike against a commander"
        hit = counted.tag_ == "NN" and lemma in book.strikes and any(child.lower_ in book.deadly for child in noun.lefts)
        return Sense("killed", noun.i) if hit else None
    if prep.lower_ not in ("of", "among", "between", "to"):
        return None
    sense = _of_noun(noun, book)
    if sense:
        return sense
    if prep.lower_ == "of" and noun.tag_ == "NNP" and counted.tag_ == "NN" and _has_name(counted):
        return noun  # "arrested a Movement of Nowhere leader": the parser cuts the name in two
    if prep.lower_ != "to" and (lemma in book.steps or lemma in book.groups_of or noun.pos_ == "NUM"):
        own = book.persons.get(lemma)
        return Sense(own, noun.i) if own else noun
    own = book.persons.get(lemma)
    return Sense(own, noun.i) if own and prep.lower_ == "of" else None


def _has_name(noun: Token) -> bool:
    return any(child.tag_ == "NNP" and child.dep_ in ("nmod", "compound") for child in noun.lefts)


def _together_with(prep: Token, book: QuantityBook) -> Sense | None:
    """ "was killed along with two guards": what befell the one befell the others."""
    if prep.lower_ == "with" and (prep.i == 0 or prep.nbor(-1).lower_ not in ("along", "together")):
        return None
    node = prep
    for _ in range(4):
        node = node.head
        if node.pos_ == "VERB":
            return verb_says(node, "passive" if is_passive(node) or node.tag_ == "VBN" else "object", book)
    return None
