"""A profile is what a mention's own words say of its actor, before other mentions are looked at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from dateline.codebook.actors import ActorBook, ActorNoun, KnownActor
from dateline.codebook.actors_fold import fold, folded
from dateline.model.reading import Mention, PlaceMention, Reading
from dateline.resolve.actors_names import Named, Names

Sort = Literal["known", "country", "person", "name", "nominal", "people", "place", "pronoun"]
# What belongs to a known actor as its body ("Taliban fighters" are the Taliban); leaders and officials stand for themselves.
BODY = frozenset(
    ("forces", "rebels", "group", "gear", "attackers", "militia", "coalition", "peacekeepers", "police", "party", "organisation")
)
OWNING_PREPOSITIONS = frozenset(("of", "for", "from", "with", "in", "at"))
DEFINITE = frozenset(("the", "this", "that", "these", "those", "both", "his", "her", "their", "its"))
LINKING = frozenset(
    ("backed", "led", "based", "funded", "held", "allied", "controlled", "born", "trained", "occupied", "supported")
)
SUBJECTS = frozenset(("nsubj", "nsubjpass", "agent"))


@dataclass(frozen=True, slots=True)
class Profile:
    """`known`: the mention is this actor; `owner`: it belongs to this one. `core`: a person's or unknown name's own words."""

    mention: Mention
    number: int
    sentence: int
    sort: Sort
    words: tuple[str, ...]
    head_word: str
    noun: ActorNoun | None
    cls: str | None
    known: KnownActor | None
    owner: KnownActor | None
    country: str | None
    core: tuple[str, ...]
    plural: bool
    definite: bool
    counted: str | None
    subject: bool


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all profiles of a report read."""

    doc: Doc
    text: str
    book: ActorBook
    names: Names
    starts: tuple[int, ...]  # of names.found
    places: Sequence[PlaceMention]
    persons: dict[int, tuple[int, int]]  # token → characters of the person's name


def profiles_of(
    reading: Reading, mentions: Sequence[Mention], names: Names, places: Sequence[PlaceMention], book: ActorBook
) -> tuple[Profile, ...]:
    doc, text = reading.doc, reading.report.text
    persons = {i: (ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "PERSON" for i in range(ent.start, ent.end)}
    ground = _Ground(doc, text, book, names, tuple(named.start for named in names.found), places, persons)
    return tuple(_profile(ground, mention, number, reading) for number, mention in enumerate(mentions))


def _profile(ground: _Ground, mention: Mention, number: int, reading: Reading) -> Profile:
    token = ground.doc[mention.head]
    words = folded(ground.text[mention.chars.start : mention.chars.end])
    inside = _inside(ground, mention)
    at_head = next((named for named in inside if named.start <= token.idx < named.end), None)
    noun = _noun(ground.book, token)
    person = _person_name(ground, mention, token, at_head, noun)
    cls = _class(ground.book, noun, words) if noun and not person else None
    sort, known, country = _meaning(ground, mention, token, inside, at_head, cls, person)
    owner = None if known else _owner(ground, token, inside)
    return Profile(
        mention=mention,
        number=number,
        sentence=reading.sentence_at(mention.chars.start),
        sort=sort,
        words=words,
        head_word=fold(token.text),
        noun=noun,
        cls=cls,
        known=known,
        owner=owner,
        country=country or (owner.country if owner else None),
        core=person or words,
        plural=token.tag_ in ("NNS", "NNPS") or bool(noun and noun.plural),
        definite=_definite(token),
        counted=next((fold(child.text) for child in token.lefts if child.dep_ == "nummod"), None),
        subject=token.dep_ in SUBJECTS or (token.dep_ == "pobj" and token.head.dep_ == "agent"),
    )


def _inside(ground: _Ground, mention: Mention) -> list[Named]:
    """Known names that overlap the mention, in order."""
    first = max(bisect_left(ground.starts, mention.chars.start) - 1, 0)
    inside = []
    for named in ground.names.found[first:]:
        if named.start >= mention.chars.end:
            break
        if named.end > mention.chars.start:
            inside.append(named)
    return inside


def _noun(book: ActorBook, token: Token) -> ActorNoun | None:
    """The table's noun for the head, two words before one ("prime minister", "news agency")."""
    word = fold(token.text)
    if token.i and token.nbor(-1).head == token:
        if pair := book.nouns.get(f"{fold(token.nbor(-1).text)} {word}"):
            return pair
    return book.nouns.get(word)


def _class(book: ActorBook, noun: ActorNoun, words: Sequence[str]) -> str:
    """A neutral head takes its class from the modifier that decides ("rebel commander", "rights group")."""
    if not noun.neutral:
        return noun.cls
    for word in reversed(words[:-1]):
        modifier = book.nouns.get(word)
        if modifier and modifier.decides:
            return "forces" if modifier.cls == "government" and noun.cls in ("forces", "members") else modifier.cls
    return noun.cls


def _person_name(
    ground: _Ground, mention: Mention, token: Token, at_head: Named | None, noun: ActorNoun | None
) -> tuple[str, ...]:
    """The words of a person's name without titles and nationality; empty when the mention names no person."""
    if token.pos_ == "PRON" or (at_head and (at_head.actor or at_head.senses & {"country", "people"})):
        return ()
    if mention.head in ground.persons and not (noun and token.pos_ == "NOUN"):
        start, end = ground.persons[mention.head]
    elif token.pos_ == "PROPN" and mention.form == "name" and not noun and _titled(ground.book, token):
        start, end = mention.chars.start, mention.chars.end
    else:
        return ()
    words = folded(ground.text[start:end])
    while len(words) > 1 and (
        words[0] in ground.book.titles or words[0] in ground.book.nouns or _is_demonym(ground.book, words[0])
    ):
        words = words[1:]
    return words


def _titled(book: ActorBook, token: Token) -> bool:
    return any(child.dep_ in ("compound", "amod") and fold(child.text) in book.titles for child in token.lefts)


def _is_demonym(book: ActorBook, word: str) -> bool:
    return any(len(name.words) == 1 and name.meanings[0][0] == "adjective" for name in book.names.get(word, ()))


def _meaning(
    ground: _Ground,
    mention: Mention,
    token: Token,
    inside: list[Named],
    at_head: Named | None,
    cls: str | None,
    person: tuple[str, ...],
) -> tuple[Sort, KnownActor | None, str | None]:
    """What the mention's own words make of it: its sort, the known actor that it is, its country."""
    country = _country(ground, inside)
    if mention.form == "pronoun":
        return "pronoun", None, None
    if person:
        return "person", None, country
    if at_head:
        return _at_head(ground, mention, token, at_head, cls)
    actor = next((named.actor for named in reversed(inside) if named.actor and not _linked(ground, named)), None)
    if actor and cls in BODY:
        return "known", actor, actor.country
    if cls:
        pattern = ground.book.classes[cls].pattern
        if pattern and country and (known := ground.book.by_pattern(pattern, country)):
            return "known", known, country
        return ("place" if cls == "place" else "nominal"), None, country
    return ("name" if mention.form == "name" else "nominal"), None, country


def _at_head(
    ground: _Ground, mention: Mention, token: Token, named: Named, cls: str | None
) -> tuple[Sort, KnownActor | None, str | None]:
    if named.actor:
        return "known", named.actor, named.actor.country
    if named.iso and "capital" in named.senses and not named.senses & {"country", "adjective"}:
        if _is_metonym(ground, token):
            return "country", ground.book.by_pattern("gov", named.iso), named.iso
        return "place", None, named.iso
    if named.iso and ("country" in named.senses or mention.form == "implied"):
        return "country", ground.book.by_pattern("gov", named.iso), named.iso
    return "people", None, named.iso


def _country(ground: _Ground, inside: list[Named]) -> str | None:
    """The last country named in the mention that is not merely somebody's backer ("US-backed Syrian rebels")."""
    for named in reversed(inside):
        if named.iso and not named.actor and not _linked(ground, named):
            return named.iso
    return None


def _linked(ground: _Ground, named: Named) -> bool:
    after = ground.text[named.end : named.end + 14]
    return after[:1] in ("-", "–") and any(after[1:].lower().startswith(word) for word in LINKING)


def _is_metonym(ground: _Ground, token: Token) -> bool:
    """A capital speaks or acts: the place resolver says so, or it is the subject of a verb that only states do."""
    for place in ground.places:
        if place.chars.start <= token.idx < place.chars.end and place.role == "metonym":
            return True
    if token.dep_ == "nsubj":
        return token.head.lemma_.lower() in ground.book.metonym_verbs
    if token.dep_ == "pobj":
        return token.head.lower_ in ("with", "by", "against", "between") and token.head.dep_ in ("agent", "prep")
    return token.dep_ == "conj" and token.head != token and _is_metonym(ground, token.head)


def _owner(ground: _Ground, token: Token, inside: list[Named]) -> KnownActor | None:
    """Whose spokesman, leader, member: a known actor among the modifiers or behind 'of', 'for', 'in'."""
    for named in reversed(inside):
        if named.actor and not _linked(ground, named):
            return named.actor
    for link in token.rights:
        if link.dep_ == "prep" and link.lower_ in OWNING_PREPOSITIONS:
            for child in link.rights:
                if child.dep_ == "pobj" and (actor := _known_at(ground, child)):
                    return actor
    return None


def _known_at(ground: _Ground, token: Token) -> KnownActor | None:
    at = bisect_left(ground.starts, token.idx + 1) - 1
    for named in ground.names.found[max(at - 1, 0) : at + 1]:
        if named.start <= token.idx < named.end:
            if named.actor:
                return named.actor
            if named.iso and "country" in named.senses:
                return ground.book.by_pattern("gov", named.iso)
    return None


def _definite(token: Token) -> bool:
    return any(child.dep_ in ("det", "poss") and child.lower_ in DEFINITE for child in token.lefts)
