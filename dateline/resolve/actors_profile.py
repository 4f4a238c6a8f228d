"""A profile is what a mention's own words say of its actor, before other mentions are looked at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dateline.codebook.actors import ActorNoun, KnownActor
from dateline.model.reading import Chars, Mention
from dateline.resolve.actors_metonyms import is_metonym
from dateline.resolve.actors_names import Named
from dateline.resolve.actors_page import Page
from dateline.resolve.actors_persons import person_words

Sort = Literal["known", "country", "person", "name", "nominal", "people", "place", "pronoun"]
# What belongs to a known actor as its body ("Taliban fighters" are the Taliban); leaders and officials stand for themselves.
BODY = frozenset(("forces", "rebels", "group", "gear", "attackers", "militia", "coalition", "peacekeepers", "party"))
MEN = frozenset(("forces", "rebels", "attackers", "militia", "peacekeepers"))
BELONGING = frozenset(("of", "from", "with"))
OWNING = frozenset(("of", "for", "from", "with", "in", "at"))
DEFINITE = frozenset(("the", "this", "that", "these", "those", "both", "his", "her", "their", "its"))
SUBJECTS = frozenset(("nsubj", "nsubjpass"))
LINKING = (
    "backed",
    "led",
    "based",
    "funded",
    "held",
    "allied",
    "controlled",
    "born",
    "trained",
    "occupied",
    "supported",
    "ruled",
)
RESTRICTING = OWNING | {"on", "near", "inside", "under", "against", "around", "aboard", "loyal"}
SOME = frozenset(("a", "an", "some", "other", "another", "more", "many", "several", "few", "dozens", "former"))
ABSTRACT = frozenset(("party", "organisation", "media", "militia"))
LED = frozenset(("government", "forces", "militia", "rebels"))
PLACE_WORDS = frozenset(("place", "country"))


@dataclass(frozen=True, slots=True)
class Profile:
    """`known`: the mention is this actor, or a part of its body when not `whole`; `owner`: it belongs to this one.
    `restricted`: what follows says which ("soldiers from a base", "fighters who …").
    `core`: a person's or name's own words. `by_name`: the head word is part of the name itself.
    """

    mention: Mention
    number: int
    sentence: int
    sort: Sort
    words: tuple[str, ...]
    head_word: str
    noun: ActorNoun | None
    cls: str | None
    known: KnownActor | None
    whole: bool
    by_name: bool
    owner: KnownActor | None
    country: str | None
    core: tuple[str, ...]
    ent: str
    plural: bool
    definite: bool
    counted: str | None
    restricted: bool
    subject: bool


@dataclass(frozen=True, slots=True)
class _Meaning:
    sort: Sort
    known: KnownActor | None = None
    country: str | None = None
    whole: bool = True
    by_name: bool = False


def profiles_of(page: Page, mentions: Sequence[Mention]) -> tuple[Profile, ...]:
    return tuple(profile for number, mention in enumerate(mentions) if (profile := _profile(page, mention, number)))


def _profile(page: Page, mention: Mention, number: int) -> Profile | None:
    """None for a modifier that names nobody."""
    head = mention.head
    head_word = page.fold(head)
    if mention.form == "pronoun":
        return _plain(page, mention, number, head_word, "pronoun")
    found = page.named_in(mention.chars)
    noun = _noun(page, head, head_word)
    if not found and noun is None and mention.form != "name":
        if mention.form == "implied" and page.pos[head] != "PROPN" and head not in page.ents:
            return None
        if mention.form == "nominal" and head not in page.ents:
            return _plain(page, mention, number, head_word, "nominal")
    words = page.words(mention.chars)
    inside: Sequence[Named] = [named for named in found if not _only_part(page, mention, named)] if found else ()
    if not inside and mention.form == "nominal" and (before := page.acronym_before(mention.chars.start)):
        inside = (before,)
    at_head = next((named for named in inside if named.start <= page.starts[head] < named.end), None)
    if at_head and mention.form in ("name", "implied"):
        article = 4 if page.text.startswith(("the ", "The "), at_head.start) else 0
        chars = Chars(min(at_head.start + article, mention.chars.start), max(at_head.end, mention.chars.end))
        mention, words = replace(mention, chars=chars), page.words(chars)
    person = person_words(page, mention, at_head, noun)
    cls = _class(page, noun, words, head, head_word) if noun and not person else None
    meaning = _meaning(page, mention, inside, at_head, noun, cls, person)
    owner = None if meaning.known else _owner(page, head, inside)
    if person and (leads := page.book.leader(person, page.names.day, page.names.countries)):
        owner = leads[1]
    name = page.words(Chars(at_head.start, at_head.end)) if at_head and meaning.by_name else ()
    return Profile(
        mention=mention,
        number=number,
        sentence=page.sentence(page.starts[head]),
        sort=meaning.sort,
        words=words,
        head_word=head_word,
        noun=noun,
        cls=cls,
        known=meaning.known,
        whole=meaning.whole and (meaning.by_name or _is_whole(page, head, noun, words)),
        by_name=meaning.by_name,
        owner=owner,
        country=meaning.country or (owner.country if owner else None),
        core=person or name or words,
        ent=page.ents.get(head, ("", 0, 0))[0],
        plural=page.plural[head] or bool(noun and noun.plural),
        definite=_is_definite(page, head),
        counted=_count(page, head),
        restricted=noun is not None and _is_restricted(page, head),
        subject=page.dep[head] in SUBJECTS,
    )


def _plain(page: Page, mention: Mention, number: int, head_word: str, sort: Sort) -> Profile:
    """A pronoun, or what is neither a name nor a noun for actors: half of all mentions, so nothing more is asked of it."""
    head = mention.head
    return Profile(
        mention=mention,
        number=number,
        sentence=page.sentence(page.starts[head]),
        sort=sort,
        words=(head_word,),
        head_word=head_word,
        noun=None,
        cls=None,
        known=None,
        whole=False,
        by_name=False,
        owner=None,
        country=None,
        core=(head_word,),
        ent="",
        plural=page.plural[head],
        definite=False,
        counted=None,
        restricted=False,
        subject=page.dep[head] in SUBJECTS,
    )


def _is_whole(page: Page, head: int, noun: ActorNoun | None, words: Sequence[str]) -> bool:
    """'Taliban fighters' are the Taliban; 'three Taliban fighters', 'a Turkish soldier', 'other rebels' are some of them."""
    if any(page.dep[child] == "nummod" or page.tokens[child].lower() in SOME for child in page.lefts[head]):
        return False
    return page.plural[head] or (noun is not None and noun.number in ("g", "t"))


def _is_definite(page: Page, head: int) -> bool:
    return any(page.dep[child] in ("det", "poss") and page.tokens[child].lower() in DEFINITE for child in page.lefts[head])


def _count(page: Page, head: int) -> str | None:
    for child in page.lefts[head]:
        if page.dep[child] == "nummod":
            return page.fold(child)
    return None


def _is_restricted(page: Page, head: int) -> bool:
    for child in page.rights[head]:
        if page.dep[child] == "prep" and page.tokens[child].lower() in RESTRICTING:
            return True
        if page.dep[child] in ("relcl", "acl") and page.tokens[head + 1] not in (",", "–", "—"):
            return True
    return False


def _only_part(page: Page, mention: Mention, named: Named) -> bool:
    """'Maaret Ikhwan' is no Ikhwan: a known word beside an unknown capitalised one is part of another name."""
    if mention.form not in ("name", "implied") or not named.actor or named.spelled_out:
        return False
    at = bisect_left(page.starts, named.start)
    after = at + 1
    return _is_strange(page, at - 1) or (after <= mention.head and page.pos[mention.head] == "PROPN" and _is_strange(page, after))


def _is_strange(page: Page, token: int) -> bool:
    """A capitalised word of a name that is neither known nor a title, a noun or a common modifier."""
    if (
        token < 0
        or page.pos[token] != "PROPN"
        or not page.tokens[token][0].isupper()
        or page.dep[token] not in ("compound", "nmod")
    ):
        return False
    word = page.fold(token)
    book = page.book
    return not (word in book.titles or word in book.nouns or word in book.plain_modifiers or page.named_at(token))


def _noun(page: Page, head: int, word: str) -> ActorNoun | None:
    """The table's noun for the head, two words before one ("prime minister", "news agency")."""
    if head and page.head[head - 1] == head:
        if pair := page.book.nouns.get(f"{page.fold(head - 1)} {word}"):
            return pair
    return page.book.nouns.get(word)


def _followed_by_of(page: Page, head: int) -> bool:
    return head + 1 < len(page.tokens) and page.tokens[head + 1].lower() == "of"


def _class(page: Page, noun: ActorNoun, words: Sequence[str], head: int, head_word: str) -> str | None:
    """A neutral head takes its class from the modifier that decides ("rebel commander"), or from what 'of' names."""
    if not noun.neutral:
        if noun.cls in ABSTRACT and page.tokens[head].islower() and _followed_by_of(page, head):
            return None  # "the movement of weapons", "a body of water"
        return noun.cls
    if noun.number == "g" and not noun.plural and not page.lefts[head] and noun.cls in ("forces", "group"):
        return None  # "by force", "under command"
    at = len(words) - 1 - words[::-1].index(head_word) if head_word in words else len(words) - 1
    for number in range(at - 1, -1, -1):
        modifier = page.book.nouns.get(words[number])
        if modifier and modifier.decides:
            if modifier.cls in ("government", "opposition"):
                against = modifier.cls == "opposition" or (number and words[number - 1] == "anti")
                return ("rebels" if against else "forces") if noun.cls in ("forces", "members", "rebels") else modifier.cls
            return modifier.cls
    if noun.cls in ("quantity", "members", "group") and at + 1 < len(words) and words[at + 1] == "of":
        whom = page.book.nouns.get(words[-1])
        return whom.cls if whom and whom.cls not in PLACE_WORDS else noun.cls
    return noun.cls


def _meaning(
    page: Page,
    mention: Mention,
    inside: Sequence[Named],
    at_head: Named | None,
    noun: ActorNoun | None,
    cls: str | None,
    person: tuple[str, ...],
) -> _Meaning:
    """What the mention's own words make of it: its sort, the known actor that it is, its country."""
    country = _country(page, mention, inside)
    if person:
        return _Meaning("person", country=country)
    if at_head:
        return _at_head(page, mention, at_head)
    if cls and noun:
        return _of_class(page, mention, inside, noun, cls, country)
    place = page.place_at(mention.head)
    if place and place.role in ("place", "dateline"):
        return _Meaning("place", country=place.place.country)
    return _Meaning("name" if mention.form == "name" else "nominal", country=country)


def _of_class(page: Page, mention: Mention, inside: Sequence[Named], noun: ActorNoun, cls: str, country: str | None) -> _Meaning:
    """'Taliban fighters' are the Taliban, 'fighters of the PKK' too; 'Afghan troops' are the country's forces."""
    actor = _modifying_actor(page, mention, inside)
    if actor is None and cls in MEN:
        actor = _actor_behind(page, mention.head, BELONGING)
    led = _led(page, mention) if actor is None and country is None and cls in LED else None
    if led and led.kind == "government":
        country = led.country
    elif led:
        actor = led
    if actor and cls in BODY and noun.cls not in ("members", "quantity"):
        return _Meaning("known", actor, actor.country, whole=cls != "gear")
    if actor is None and country and (pattern := page.book.classes[cls].pattern):
        if known := page.book.by_pattern(pattern, country):
            return _Meaning("known", known, country, whole=noun.generic)
    if mention.form == "name" and cls != "place" and _says_more(page, mention):
        return _Meaning("name", country=country)
    return _Meaning("place" if cls == "place" else "nominal", country=country)


def _says_more(page: Page, mention: Mention) -> bool:
    """'Karda Liberation Front' is a name; 'Interior Ministry' is a noun in capitals."""
    for child in page.lefts[mention.head]:
        word = page.fold(child)
        if page.pos[child] == "PROPN" and page.tokens[child][0].isupper() and word not in page.book.nouns:
            if word not in page.book.plain_modifiers and not page.named_at(child):
                return True
    return False


def _led(page: Page, mention: Mention) -> KnownActor | None:
    """Whose government or forces, by their leader: 'the Obama administration', 'Haftar's forces'."""
    head = mention.head
    for child in reversed(page.lefts[head]):
        if page.pos[child] == "PROPN":
            words = page.words(Chars(mention.chars.start, page.starts[child] + len(page.tokens[child])))
            if found := page.book.leader(words, page.names.day, page.names.countries):
                return found[1]
    return None


def _modifying_actor(page: Page, mention: Mention, inside: Sequence[Named]) -> KnownActor | None:
    """The last known actor before the head; not one that only backs or leads."""
    head_start = page.starts[mention.head]
    for named in reversed(inside):
        if named.actor and named.end <= head_start and not _linked(page, named):
            return named.actor
    return None


def _at_head(page: Page, mention: Mention, named: Named) -> _Meaning:
    if named.actor:
        return _Meaning("known", named.actor, named.actor.country, by_name=True)
    if named.iso and named.senses == {"capital"}:
        if is_metonym(page, mention.head):
            return _Meaning("country", page.book.by_pattern("gov", named.iso), named.iso, by_name=True)
        return _Meaning("place", country=named.iso)
    if named.iso and ("country" in named.senses or mention.form == "implied"):
        return _Meaning("country", page.book.by_pattern("gov", named.iso), named.iso, by_name=True)
    return _Meaning("people", country=named.iso, by_name=True)


def _country(page: Page, mention: Mention, inside: Sequence[Named]) -> str | None:
    """The last country named in the mention that is not merely somebody's backer, or that of a place before the head."""
    for named in reversed(inside):
        if named.iso and not named.actor and not _linked(page, named):
            return named.iso
    if page.places:
        for child in page.lefts[mention.head]:
            place = page.place_at(child)
            if place and place.place.country:
                return place.place.country
    return None


def _linked(page: Page, named: Named) -> bool:
    """Before a hyphen: 'US-backed', 'Saudi-led', 'Taliban-held'."""
    after = page.text[named.end : named.end + 14]
    return after[:1] in ("-", "–") and after[1:].lower().startswith(LINKING)


def _owner(page: Page, head: int, inside: Sequence[Named]) -> KnownActor | None:
    """Whose spokesman, leader, member: a known actor among the modifiers or behind 'of', 'for', 'in'."""
    for named in reversed(inside):
        if named.actor and not _linked(page, named):
            return named.actor
    return _actor_behind(page, head, OWNING)


def _actor_behind(page: Page, head: int, links: frozenset[str]) -> KnownActor | None:
    for link in page.rights[head]:
        if page.dep[link] == "prep" and page.tokens[link].lower() in links:
            for child in page.rights[link]:
                named = page.named_at(child) if page.dep[child] == "pobj" else None
                if named and named.actor:
                    return named.actor
    return None
