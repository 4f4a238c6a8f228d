"""Whom a pronoun means: what agrees in number and person, near, as subject, and not in the same clause beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.resolve.actors_page import Page
from dateline.resolve.actors_profile import Profile
from dateline.resolve.coreference_chains import NAMED, Chain, Tracker

RELATIVE = frozenset(("who", "whom", "which", "that", "whose"))
PERSON = frozenset(("he", "him", "his", "himself", "she", "her", "hers", "herself"))
SINGULAR = frozenset(("it", "its", "itself"))
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
SPEAKING = frozenset(("i", "me", "my", "we", "us", "our", "ours", "myself", "ourselves"))
POSSESSIVE = frozenset(("his", "her", "its", "their", "my", "our", "whose"))
DUMMY_VERBS = frozenset(
    ("is", "was", "be", "been", "'s", "’s", "seems", "seemed", "appears", "appeared", "becomes", "became", "remains")
)
CLAUSES = frozenset(("ccomp", "xcomp", "advcl"))
SAYING = frozenset(
    ("said", "says", "say", "told", "tells", "added", "adds", "explained", "insisted", "warned", "wrote", "asked", "saying")
)
WHERE = frozenset(("in", "at", "near", "from", "into", "to", "across", "inside", "outside", "around", "throughout", "over"))
SUBJECTS = frozenset(("nsubj", "nsubjpass"))
WINDOW = 3


@dataclass(frozen=True, slots=True)
class _Pronoun:
    person: bool
    plural: bool
    possessive: bool


def antecedent(tracker: Tracker, profile: Profile) -> Chain | None:
    page, token = tracker.page, profile.mention.head
    word = page.tokens[token].lower()
    if word in RELATIVE:
        return _of_relative(tracker, token)
    if word in SPEAKING:
        return _speaker(tracker, profile)
    if word not in PERSON | SINGULAR | PLURAL or (word in SINGULAR and _is_dummy(page, token)):
        return None
    return _nearest(tracker, profile, _Pronoun(word in PERSON, word in PLURAL, word in POSSESSIVE and page.dep[token] == "poss"))


def _of_relative(tracker: Tracker, token: int) -> Chain | None:
    """The noun that the clause hangs on; else the mention that ends right before the pronoun."""
    page = tracker.page
    verb, word = page.head[token], page.tokens[token].lower()
    for _ in range(3):
        if page.dep[verb] == "relcl":
            return tracker.chain_at(_somebody(tracker, page.head[verb]) if word in ("who", "whom") else page.head[verb])
        if page.head[verb] == verb:
            break
        verb = page.head[verb]
    if not tracker.order or word == "that":
        return None
    before = max((p for p in tracker.order[-6:]), key=lambda p: p.mention.chars.end)
    gap = page.text[before.mention.chars.end : page.starts[token]]
    if gap.strip() not in ("", ",") or len(gap) > 2 or (word != "which" and before.sort == "nominal" and not before.noun):
        return None
    return tracker.chain_of[before.number]


def _somebody(tracker: Tracker, host: int) -> int:
    """'An adviser at the palace in Kabul, who …': 'who' is no place; the noun that the place belongs to is meant."""
    page = tracker.page
    for _ in range(3):
        profile = tracker.by_head.get(host)
        if profile is None or (profile.sort not in ("place", "country") and profile.ent not in ("GPE", "LOC", "FAC")):
            break
        if page.dep[host] != "pobj":
            break
        host = page.head[page.head[host]]
    return host


def _speaker(tracker: Tracker, profile: Profile) -> Chain | None:
    """First persons mean who is speaking: the subject of the verb of saying over the clause, or beside it, or just before."""
    page, verb = tracker.page, profile.mention.head
    for _ in range(8):
        verb = page.head[verb]
        if page.tokens[verb].lower() in SAYING and not page.quoted(verb) and (chain := _subject_of(tracker, verb)):
            return chain
        if page.head[verb] == verb:
            break
    for earlier in reversed(tracker.order):
        if profile.sentence - earlier.sentence > 1:
            return None
        if earlier.subject and page.tokens[page.head[earlier.mention.head]].lower() in SAYING:
            return tracker.chain_of[earlier.number]
    return None


def _subject_of(tracker: Tracker, verb: int) -> Chain | None:
    """The chain of a verb's subject, wherever it stands; one that comes later in the text is not known yet."""
    for side in (tracker.page.lefts[verb], tracker.page.rights[verb]):
        for child in side:
            if tracker.page.dep[child] == "nsubj" and (chain := tracker.chain_of_name(child)):
                return chain
    return None


def _is_dummy(page: Page, token: int) -> bool:
    """'It is clear that', 'it was announced that'."""
    verb = page.head[token]
    if page.dep[token] not in ("nsubj", "nsubjpass"):
        return False
    if page.dep[token] == "nsubjpass":
        return any(page.dep[child] in ("ccomp", "xcomp") for child in page.rights[verb])
    return page.tokens[verb].lower() in DUMMY_VERBS and any(page.dep[child] in CLAUSES for child in page.rights[verb])


def _nearest(tracker: Tracker, profile: Profile, pronoun: _Pronoun) -> Chain | None:
    page, token = tracker.page, profile.mention.head
    quoted = page.quoted(token)
    speaker = _speaker(tracker, profile) if quoted else None
    if fronted := _fronted(tracker, profile, pronoun):
        return fronted
    governing = _clause_subject(tracker, token) if pronoun.possessive else _governing_subject(tracker, token)
    best: tuple[float, Chain] | None = None
    for chain, last in tracker.recent(profile, WINDOW):
        if chain is speaker or not _agrees(chain.leading, pronoun, chain.profiles) or _bound(page, token, last, pronoun):
            continue
        subjects = [p for p in chain.profiles[-3:] if p.subject and p.sentence == last.sentence]
        subject = bool(subjects)
        score = 1.2 * (last.sentence - profile.sentence)
        score += 0.8 if subject else 0.0
        score += 0.4 if any(page.dep[page.head[p.mention.head]] == "ROOT" for p in subjects) else 0.0
        score += 0.4 if subject and profile.subject else 0.0
        score -= 0.6 if _odd(last, pronoun) else 0.0
        score -= 0.8 if last.sort in ("country", "place") and _is_where(page, last.mention.head) else 0.0
        score += 0.5 if chain is governing else 0.0
        score += 0.5 if chain.leading.sort in NAMED else 0.0
        score += min(len(chain.profiles), 4) * 0.15
        score -= 0.02 * min(token - last.mention.head, 40)
        score -= 0.6 if last.mention.form == "implied" else 0.0
        score -= 0.6 if page.quoted(last.mention.head) and not quoted else 0.0
        if best is None or score > best[0]:
            best = score, chain
    return best[1] if best else None


def _clause_subject(tracker: Tracker, token: int) -> Chain | None:
    """The subject of the clause that a possessive stands in: 'Badr was jailed for his role'."""
    page = tracker.page
    for _ in range(6):
        token = page.head[token]
        for child in page.lefts[token]:
            if page.dep[child] in ("nsubj", "nsubjpass"):
                return tracker.chain_at(child)
        if page.head[token] == token:
            break
    return None


def _governing_subject(tracker: Tracker, token: int) -> Chain | None:
    """The subject of the clause over the pronoun's: 'the army said it …', 'rebels fled after they …'."""
    page, verb = tracker.page, tracker.page.head[token]
    for _ in range(3):
        if page.dep[verb] in CLAUSES:
            return _subject_of(tracker, page.head[verb])
        verb = page.head[verb]
    return None


def _fronted(tracker: Tracker, profile: Profile, pronoun: _Pronoun) -> Chain | None:
    """'In his speech, Obama …': a pronoun in a phrase before the main clause is the subject that follows."""
    page, token = tracker.page, profile.mention.head
    child, verb = token, page.head[token]
    for _ in range(8):
        if page.head[verb] == verb:
            break
        child, verb = verb, page.head[verb]
    if child >= verb or page.dep[child] not in ("prep", "advcl"):
        return None
    subject = next((i for i in page.lefts[verb] if page.dep[i] == "nsubj" and i > token), None)
    named = tracker.by_head.get(subject) if subject is not None else None
    if named is None or subject is None or not _agrees(named, pronoun, [named]):
        return None
    return tracker.chain_of_name(subject)


def _is_where(page: Page, head: int) -> bool:
    return page.dep[head] == "pobj" and page.tokens[page.head[head]].lower() in WHERE


def _odd(last: Profile, pronoun: _Pronoun) -> bool:
    """Possible but rare: 'its' of 'forces', 'they' of 'the army', 'they' of things, 'he' of a name that may be anything."""
    if last.sort == "pronoun":
        return False
    if pronoun.person:
        return last.sort == "name"
    if pronoun.plural:
        return not last.plural or last.cls is None
    return last.plural


def _bound(page: Page, token: int, last: Profile, pronoun: _Pronoun) -> bool:
    """The pronoun stands inside the mention, or is its fellow argument ('the army attacked it')."""
    head = last.mention.head
    if last.mention.chars.end > page.starts[token]:
        return True
    if pronoun.possessive or page.dep[head] == "poss":
        return False
    return page.head[head] == page.head[token] or (page.dep[head] in SUBJECTS and page.head[head] in _first_verbs(page, token))


def _first_verbs(page: Page, token: int) -> list[int]:
    """Verbs that lend their subject to the one that governs the object: "a gang seized the men and shot them"."""
    found: list[int] = []
    verb = page.head[token]
    while page.dep[token] == "dobj" and page.dep[verb] == "conj":
        if any(page.dep[child] in SUBJECTS for child in page.lefts[verb]):
            break
        verb = page.head[verb]
        found.append(verb)
    return found


def _agrees(leading: Profile, pronoun: _Pronoun, profiles: Sequence[Profile]) -> bool:
    """Agreement of the chain so far with the pronoun."""
    if leading.sort not in ("known", "country") and all(p.mention.form == "implied" for p in profiles):
        return False
    if leading.sort == "pronoun":
        word = leading.head_word
        return (word in PERSON) == pronoun.person and (word in PLURAL) == pronoun.plural and word not in RELATIVE
    if pronoun.person:
        if leading.sort == "name":
            return leading.ent in ("", "PERSON") and not leading.plural
        return leading.sort == "person" or (leading.sort == "nominal" and not leading.plural and _is_human(leading))
    if leading.sort == "person":
        return False
    if pronoun.plural:
        return _is_many(leading)
    if leading.sort == "known":
        return not all(_are_men(p) for p in profiles)
    return not leading.plural and not (_is_human(leading) and leading.sort == "nominal")


def _are_men(profile: Profile) -> bool:
    """ "Ukrainian forces", "Taliban fighters" are a known actor's, but no "it"."""
    return profile.sort == "known" and profile.plural and not profile.by_name and bool(profile.noun and profile.noun.plural)


def _is_human(profile: Profile) -> bool:
    return bool(profile.noun and profile.noun.number in ("c", "p"))


def _is_many(profile: Profile) -> bool:
    """Plurals, and groups of people, which English lets be plural."""
    if profile.sort == "people":
        return True
    if profile.sort == "known":
        return profile.known is not None and profile.known.kind != "government"
    if profile.sort in ("country", "place"):
        return False
    if profile.plural:
        return profile.cls not in ("place", "gear", "country")
    if profile.sort == "name":
        return profile.ent in ("ORG", "NORP")
    return bool(profile.noun and profile.noun.number == "g" and profile.cls != "country")
