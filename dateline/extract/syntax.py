"""Who is the subject, who the object: arguments of a verb or an event noun, read off one dependency parse.

Roles are those of the codebook's frames: subj is who does it, obj whom it is done to, whatever the voice; a participle, an
infinitive or a second verb borrows the subject that the sentence gives it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj"})
BORROWERS = frozenset({"xcomp", "advcl", "conj", "pcomp", "ccomp", "acl", "relcl"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
# "forced residents to flee": the object of these verbs does what the infinitive says.
OBJECT_CONTROL = frozenset(
    "force order urge ask tell allow lead cause prompt compel make let help push drive accuse suspect blame "
    "send encourage persuade invite call command instruct enable prevent stop keep bar leave see find".split()
)


@dataclass(frozen=True, slots=True)
class Arguments:
    """Argument heads by role, in order of the text; conjuncts stand beside their first."""

    subj: tuple[Token, ...] = ()
    obj: tuple[Token, ...] = ()
    iobj: tuple[Token, ...] = ()
    poss: tuple[Token, ...] = ()
    comp: tuple[Token, ...] = ()
    pp: dict[str, tuple[Token, ...]] = field(default_factory=dict)
    passive: bool = False

    def role(self, name: str) -> tuple[Token, ...]:
        match name:
            case "subj":
                return self.subj
            case "obj":
                return self.obj
            case "iobj":
                return self.iobj
            case "poss":
                return self.poss
            case "comp":
                return self.comp
        return self.pp.get(name.removeprefix("pp."), ())


def verb_arguments(verb: Token) -> Arguments:
    """Arguments of a verb."""
    passive = is_passive(verb)
    subjects = _own_subjects(verb)
    objects = [_antecedent(child) for child in verb.children if child.dep_ in OBJECTS]
    iobj = [child for child in verb.children if child.dep_ == "dative" and child.pos_ != "ADP"]
    agents = [noun for child in verb.children if child.dep_ == "agent" for noun in _nouns_of(child)]
    if passive:
        patients = subjects or _borrowed_patients(verb)
        return Arguments(conjuncts(agents), conjuncts(patients), conjuncts(iobj), (), (), prepositions(verb), True)
    subjects = subjects or _borrowed_subjects(verb)
    objects += _antecedent_objects(verb, objects) or _mistagged_objects(verb, objects)
    return Arguments(conjuncts(subjects), conjuncts(objects), conjuncts(iobj), (), (), prepositions(verb), False)


def noun_arguments(noun: Token) -> Arguments:
    """Arguments of an event noun: possessor, names before it, prepositional phrases after it."""
    poss = [child for child in noun.children if child.dep_ == "poss"]
    comp = [
        child for child in noun.children if child.dep_ in {"compound", "amod", "nmod"} and child.pos_ in {"PROPN", "NOUN", "ADJ"}
    ]
    # "US-led strikes": whoever leads does it
    led = [child for child in noun.children if child.dep_ == "amod" and child.lower_ == "led"]
    poss += [leader for child in led for leader in child.children if leader.dep_ == "npadvmod"]
    pp = prepositions(noun)
    if noun.dep_ in OBJECTS and noun.head.pos_ == "VERB":
        # "launched an attack on": the parser often hangs the phrase on the verb
        for word, nouns in prepositions(noun.head).items():
            pp.setdefault(word, nouns)
    return Arguments((), (), (), conjuncts(poss), tuple(comp), pp)


def without(args: Arguments, tokens: frozenset[int]) -> Arguments:
    """The arguments less those that the trigger itself is made of ("fired tear gas")."""

    def rest(found: tuple[Token, ...]) -> tuple[Token, ...]:
        return tuple(token for token in found if token.i not in tokens)

    pp = {word: kept for word, found in args.pp.items() if (kept := rest(found))}
    return Arguments(rest(args.subj), rest(args.obj), rest(args.iobj), rest(args.poss), rest(args.comp), pp, args.passive)


def is_passive(verb: Token) -> bool:
    if any(child.dep_ in {"nsubjpass", "auxpass", "csubjpass"} for child in verb.children):
        return True
    if verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod", "relcl"} and not any(child.dep_ == "aux" for child in verb.children):
        return not _is_main_verb_behind_agent(verb)
    if verb.tag_ == "VBN" and verb.dep_ == "conj" and not any(child.dep_ in {"aux", "nsubj"} for child in verb.children):
        return is_passive(verb.head) if verb.head.pos_ == "VERB" and verb.head != verb else False
    if _is_reduced(verb) or _is_small_clause(verb):
        return True
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in {"advcl", "ROOT"}
        and not any(child.dep_ in {"aux", "nsubj", "dobj"} for child in verb.children)
    )


def _is_reduced(verb: Token) -> bool:
    """ "In the east, retaken by troops in May, life is back": a clause without a subject, and somebody by whom it is done."""
    kinds = {child.dep_ for child in verb.children}
    return verb.dep_ == "advcl" and verb.tag_ in {"VBN", "VBD"} and "agent" in kinds and not kinds & {"nsubj", "dobj", "aux"}


def _is_small_clause(verb: Token) -> bool:
    """ "We saw homes destroyed": what is seen was done to its subject."""
    kinds = {child.dep_ for child in verb.children}
    return (
        verb.dep_ in {"ccomp", "conj"}
        and verb.tag_ == "VBN"
        and "nsubj" in kinds
        and not kinds & {"aux", "auxpass", "dobj", "mark"}
    )


def _is_main_verb_behind_agent(verb: Token) -> bool:
    """ "a missile fired by troops killed nine": the parser hangs the main verb on "troops"; its object tells."""
    agent = verb.head.head
    return (
        verb.dep_ == "acl"
        and agent.dep_ == "agent"
        and agent.head.dep_ == "acl"
        and any(c.dep_ in OBJECTS for c in verb.children)
    )


def _own_subjects(verb: Token) -> list[Token]:
    found = [child for child in verb.children if child.dep_ in SUBJECTS | PASSIVE_SUBJECTS]
    return [_antecedent(token) for token in found if token.dep_ not in {"csubj", "csubjpass"}]


def _antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if token.lower_ not in RELATIVES or token.tag_ not in {"WDT", "WP", "IN", "DT"}:
        return token
    clause = next((ancestor for ancestor in token.ancestors if ancestor.dep_ == "relcl"), None)
    if clause is None:
        return token
    if token.dep_ in OBJECTS:  # "a deal between the king and the rebels, whom he had beaten": the nearest of a row
        return max((each for each in conjuncts([clause.head]) if each.i < token.i), key=lambda each: each.i, default=clause.head)
    return clause.head


def _antecedent_objects(verb: Token, objects: list[Token]) -> list[Token]:
    """ "the town that rebels seized": the head of the relative clause is the object when nothing else is."""
    if verb.dep_ != "relcl" or objects:
        return []
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
    if any(child.lower_ in RELATIVES for child in subjects) or not subjects:
        return []
    return [verb.head]


def _mistagged_objects(verb: Token, objects: list[Token]) -> list[Token]:
    """ "captured Bakhmut": a name right behind its verb that the tagger took for an adverb."""
    if objects or verb.i + 1 >= len(verb.doc):
        return []
    after = verb.nbor()
    is_name = after.text[:1].isupper() and after.head == verb and after.ent_type_ not in {"DATE", "TIME"}
    return [after] if is_name and after.dep_ in {"advmod", "npadvmod", "oprd", "dep"} else []


def _borrowed_patients(verb: Token) -> list[Token]:
    if verb.dep_ in {"acl", "amod", "relcl"}:
        return [verb.head] if verb.head.pos_ in {"NOUN", "PROPN", "PRON", "NUM"} else []
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        return list(verb_arguments(verb.head).obj) if is_passive(verb.head) else []
    if _is_reduced(verb) and verb.i > 1 and verb.nbor(-1).lower_ == "," and verb.nbor(-2).pos_ in {"NOUN", "PROPN"}:
        return [verb.nbor(-2)]
    if verb.dep_ in {"advcl", "xcomp"} and verb.head.pos_ in {"VERB", "AUX"}:
        head = verb_arguments(verb.head)
        return list(head.obj or head.subj)
    return []


def _borrowed_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The subject that a participle, infinitive or second verb shares with its governor."""
    if verb.dep_ not in BORROWERS or depth > 4:
        return []
    if _is_main_verb_behind_agent(verb):
        return [verb.head.head.head.head]
    if verb.dep_ in {"acl", "relcl"}:
        # "a bid to seize": who bids seizes; "rebels fighting in": the noun fights
        return [verb.head] if verb.tag_ == "VBG" else _doer_of(verb.head, depth)
    governor = verb.head
    if verb.dep_ == "pcomp":
        preposition, governor = governor, governor.head
        if governor.pos_ in {"NOUN", "PROPN"}:
            return _doer_of(governor, depth)
        if preposition.lower_ in {"of", "from", "for"} and governor.lemma_ in OBJECT_CONTROL:
            controlled = [child for child in governor.children if child.dep_ in OBJECTS | PASSIVE_SUBJECTS]
            return controlled or _borrowed_patients(governor)
    if governor.pos_ not in {"VERB", "AUX"}:
        return []
    if verb.dep_ in {"xcomp", "ccomp"} and governor.lemma_ in OBJECT_CONTROL:
        controlled = [child for child in governor.children if child.dep_ in OBJECTS | PASSIVE_SUBJECTS]
        if controlled:
            return controlled
    if verb.dep_ == "ccomp":
        return []
    if is_passive(governor):
        own = _own_subjects(governor) or _borrowed_patients(governor)
        agents = [noun for child in governor.children if child.dep_ == "agent" for noun in _nouns_of(child)]
        return agents or own if verb.dep_ == "advcl" and verb.tag_ == "VBG" else own
    return _own_subjects(governor) or _borrowed_subjects(governor, depth + 1)


def _doer_of(noun: Token, depth: int) -> list[Token]:
    possessors = [child for child in noun.children if child.dep_ == "poss"]
    if possessors:
        return possessors
    if noun.dep_ in OBJECTS | {"pobj", "attr"}:
        verb = noun.head if noun.dep_ != "pobj" else noun.head.head
        if verb.pos_ in {"VERB", "AUX"}:
            return _own_subjects(verb) or _borrowed_subjects(verb, depth + 1)
    return []


def prepositions(token: Token) -> dict[str, tuple[Token, ...]]:
    """Nouns by the preposition that joins them to the token."""
    found: dict[str, list[Token]] = {}
    for child in token.children:
        if child.dep_ in {"prep", "agent", "dative"} and child.pos_ in {"ADP", "SCONJ", "ADV"} or child.dep_ == "prt":
            nouns = _nouns_of(child)
            if nouns:
                found.setdefault(child.lower_, []).extend(nouns)
            for inner in child.children:  # "out of the town", "from inside the camp"
                if inner.dep_ == "prep":
                    found.setdefault(inner.lower_, []).extend(_nouns_of(inner))
    return {word: conjuncts(nouns) for word, nouns in found.items()}


def _nouns_of(preposition: Token) -> list[Token]:
    return [child for child in preposition.children if child.dep_ in {"pobj", "pcomp"} and child.pos_ != "VERB"]


def conjuncts(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Each token with its conjuncts, once, in order."""
    found: dict[int, Token] = {}
    for token in tokens:
        for each in (token, *_conjuncts(token)):
            found.setdefault(each.i, each)
    return tuple(found[i] for i in sorted(found))


def _conjuncts(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ in {"conj", "appos"} and child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
            yield child
            yield from _conjuncts(child)
