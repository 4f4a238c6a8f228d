"""Event nouns that a verb carries: in "carried out an air raid" the verb's subject raids; in "came under fire" it is fired on."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from dateline.codebook.events import EventBook
from dateline.extract.syntax import OBJECTS, Arguments, verb_arguments

HITS = frozenset("kill target hit injure wound strike destroy damage claim leave devastate rock".split())


def carried_arguments(noun: Token, own: Arguments, book: EventBook) -> Arguments:
    """The noun's own arguments with those that its verb adds (as subj and obj)."""
    top = _top(noun)
    governor = top.head
    if doers := _doers_told_beside(top, book):
        own = replace(own, subj=doers)
    if top.dep_ in OBJECTS | {"nsubjpass"} and governor.pos_ == "VERB":
        return _from_object(governor, own, book)
    if top.dep_ == "nsubj" and governor.pos_ == "VERB" and governor.lemma_ in HITS:
        return replace(own, obj=verb_arguments(governor).obj)
    if top.dep_ == "pobj":
        return _from_preposition(governor, own, book)
    return own


def _doers_told_beside(noun: Token, book: EventBook) -> tuple[Token, ...]:
    """ "strikes carried out by jets", "the raid is believed to have been staged by rebels": the agent of the light verb."""
    clauses = [child for child in noun.children if child.dep_ in {"acl", "relcl"}]
    if noun.dep_ in {"nsubj", "nsubjpass"}:
        clauses.append(noun.head)
    for clause in clauses:
        for verb in (clause, *(child for child in clause.children if child.dep_ == "xcomp")):
            if verb.lemma_.casefold() in book.light["by_subject"] and (doers := verb_arguments(verb).pp.get("by", ())):
                return doers
    return ()


def _top(noun: Token) -> Token:
    """The first of a row of conjuncts, and past "a series of", "a wave of"."""
    while noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and noun.head.head.lemma_ in {"series", "wave", "spate", "string", "number", "round"}
    ):
        return noun.head.head
    return noun


def _from_object(verb: Token, own: Arguments, book: EventBook) -> Arguments:
    lemma = verb.lemma_.casefold()
    args = verb_arguments(verb)
    if lemma in book.light["on_subject"]:
        return replace(own, obj=args.subj)
    if lemma in book.light["by_subject"]:
        return replace(own, subj=args.subj, pp={**args.pp, **own.pp})
    return own


def _from_preposition(preposition: Token, own: Arguments, book: EventBook) -> Arguments:
    verb = preposition.head
    if verb.pos_ not in {"VERB", "AUX"}:
        return own
    lemma, word = verb.lemma_.casefold(), preposition.lower_
    args = verb_arguments(verb)
    if word == "under" and lemma in book.light["passive_under"]:
        return replace(own, obj=args.subj)
    if word in {"in", "during", "by"} and lemma in HITS:
        return replace(own, obj=args.obj or args.subj)
    if word in {"in", "into"} and lemma in {"engage", "involve", "join", "participate", "enter"}:
        return replace(own, subj=args.obj if args.passive else args.subj)
    if word in {"for", "of", "over"} and lemma in book.light["blame_object"]:
        return replace(own, subj=args.obj)
    if word == "from" and lemma in {"return", "benefit"} or word == "with" and lemma in {"respond", "retaliate"}:
        return replace(own, subj=args.subj)
    return own
