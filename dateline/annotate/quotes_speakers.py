"""Speakers get their names: a pronoun the person named before, a surname the full name, a definite noun the speaker it repeats.

Two possible antecedents of one kind mean the nearer one; none means the words stay as they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Span, Token

from dateline.annotate.quotes_page import Page, Party, Statement
from dateline.annotate.quotes_party import RELATIVES
from dateline.annotate.quotes_roles import Description, describe, name_words
from dateline.model.event import SpeakerKind

SINGULAR = frozenset(("he", "she", "him", "her", "his"))
PLURAL = frozenset(("they", "them", "their"))
NEUTER = frozenset(("it", "its"))
SPEAKING = frozenset(("i", "we", "me", "us", "my", "our"))


@dataclass(frozen=True, slots=True)
class Speaker:
    name: str
    kind: SpeakerKind
    role: str | None = None
    affiliation: str | None = None
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """A speaker once named, for later references: where, one or many, and the documents named in that sentence."""

    offset: int
    speaker: Speaker
    plural: bool
    documents: frozenset[str]
    statement: Statement


@dataclass(frozen=True, slots=True)
class People:
    """Persons named in the report. `full` gives the longest name by its last word."""

    mentions: tuple[Span, ...]
    full: dict[str, str] = field(default_factory=dict)


NOBODY = Speaker("", "anonymous")


def name_speakers(page: Page, statements: Sequence[Statement]) -> list[Speaker]:
    """One speaker for each statement, in their order."""
    people = _people(page)
    named: list[Speaker] = [NOBODY] * len(statements)
    heard: list[Heard] = []
    for number in sorted(range(len(statements)), key=lambda n: statements[n].hit.first):
        said = statements[number]
        if said.speaker is None:
            continue
        speaker = _resolve(page, said, said.speaker, people, heard)
        if said.via is not None:
            speaker = replace(speaker, via=(_resolve(page, said, said.via, people, heard).name,))
        named[number] = speaker
        if said.sense.speech and speaker.name:
            heard.append(_heard(page, said, said.speaker, speaker))
    return named


def _heard(page: Page, said: Statement, party: Party, speaker: Speaker) -> Heard:
    first, end = page.bounds[said.hit.sentence]
    documents = frozenset(lemma for t in page.doc[first:end] if (lemma := t.lemma_.lower()) in page.cues.document)
    head = page.doc[party.head]
    plural = head.tag_ in ("NNS", "NNPS") or head.lower_ in PLURAL
    return Heard(head.idx, speaker, plural, documents, said)


def _people(page: Page) -> People:
    mentions = tuple(ent for ent in page.doc.ents if ent.label_ == "PERSON")
    full: dict[str, str] = {}
    for mention in mentions:
        words = name_words(mention, page.cues.title)
        if words and len(words) > len(full.get(words[-1], "").split()):
            full[words[-1]] = " ".join(words)
    return People(mentions, full)


def _resolve(page: Page, said: Statement, party: Party, people: People, heard: Sequence[Heard]) -> Speaker:
    if party.stands_for is not None:
        antecedent = page.doc[party.stands_for]
        end = party.first
        while end > antecedent.i + 1 and page.doc[end - 1].pos_ == "PUNCT":
            end -= 1
        return _resolve(page, said, Party(min(antecedent.left_edge.i, antecedent.i), end, antecedent.i), people, heard)
    head = page.doc[party.head]
    word = head.lower_
    if word in SINGULAR:
        return _person_before(page, said, head, people, heard) or Speaker(head.text, "person")
    if word in PLURAL or word in NEUTER:
        return _group_before(heard, head.idx, plural=word in PLURAL) or Speaker(head.text, "anonymous")
    if word in SPEAKING:
        return _who_is_speaking(page, head, heard) or Speaker(head.text, "person")
    return _named(page, party, people) or _repeated(page, party, heard) or _described(page, party)


def _person_before(page: Page, said: Statement, pronoun: Token, people: People, heard: Sequence[Heard]) -> Speaker | None:
    """The last person who spoke, or a person named since outside anybody's words."""
    limit = min([pronoun.idx, *(part.start for part in said.content)])
    spoke = next((h for h in reversed(heard) if h.speaker.kind in ("person", "office") and not h.plural), None)
    floor = page.bounds[spoke.statement.hit.sentence][1] if spoke else -1
    since = [
        mention
        for mention in people.mentions
        if floor <= mention.start
        and mention.start_char < limit
        and not _said_by_another(page, mention, heard)
        and not _goes_on_about(mention)
    ]
    subjects = [m for m in since if m.root.dep_ in ("nsubj", "nsubjpass")]
    objects = [m for m in since if m.root.dep_ in ("dobj", "pobj", "agent", "attr", "appos", "ROOT")]
    for mention in (*subjects[-1:], *objects[-1:]):
        return _of_name(page, " ".join(name_words(mention, page.cues.title)), people)
    if spoke:
        return spoke.speaker
    last = next((m for m in reversed(people.mentions) if m.start_char < limit and page.quoted_at(m.start_char) is None), None)
    return _of_name(page, " ".join(name_words(last, page.cues.title)), people) if last is not None else None


def _goes_on_about(mention: Span) -> bool:
    """A sentence whose subject is he or she goes on about the person before, whoever else it names."""
    top = mention.root
    while top.head.i != top.i:
        top = top.head
    return any(child.dep_ == "nsubj" and child.lower_ in ("he", "she") for child in top.lefts)


def _said_by_another(page: Page, mention: Span, heard: Sequence[Heard]) -> bool:
    at = mention.start_char
    if page.quoted_at(at) is not None:
        return True
    return any(part.start <= at < part.end for h in heard[-6:] for part in h.statement.content)


def _group_before(heard: Sequence[Heard], offset: int, plural: bool) -> Speaker | None:
    kinds = ("organisation", "outlet", "document", "office")
    for entry in reversed(heard):
        if entry.offset < offset and (entry.plural if plural else entry.speaker.kind in kinds and not entry.plural):
            return entry.speaker
    return next((h.speaker for h in reversed(heard) if plural and h.speaker.kind in kinds), None)


def _who_is_speaking(page: Page, pronoun: Token, heard: Sequence[Heard]) -> Speaker | None:
    for entry in reversed(heard):
        if any(part.start <= pronoun.idx < part.end for part in entry.statement.content):
            return entry.speaker
    return None


def _named(page: Page, party: Party, people: People) -> Speaker | None:
    """A person by name: in the phrase as an entity, or by a surname known from elsewhere in the report."""
    head = page.doc[party.head]
    for mention in people.mentions:
        if party.first <= mention.start < party.end and mention.start <= party.head < mention.end:
            return _of_name(page, " ".join(name_words(mention, page.cues.title)), people, party)
    if head.pos_ == "PROPN" and head.text in people.full and head.ent_type_ in ("", "PERSON", "ORG", "GPE", "NORP"):
        return _of_name(page, head.text, people, party)
    for mention in people.mentions:  # "one of his lawyers, Ada Obi," and "spokesman John Smith" when the parse hangs them apart
        if party.first < mention.start < party.end and mention.root.dep_ in ("appos", "nsubj", "compound", "nmod"):
            apposed = page.doc[mention.start - 1].text == "," and mention.root.dep_ == "appos"
            if head.pos_ != "PROPN" and (apposed or head.lemma_.lower() in page.cues.role):
                return _of_name(page, " ".join(name_words(mention, page.cues.title)), people, party)
    return _apposed_name(page, party)


def _apposed_name(page: Page, party: Party) -> Speaker | None:
    """`The mayor of Goma, Kapend Kamand,`: a name that the tagger did not see as a person's."""
    head = page.doc[party.head]
    if head.lemma_.lower() not in page.cues.role:
        return None
    for child in head.rights:
        named = child.dep_ == "appos" and child.tag_ == "NNP" and child.ent_type_ in ("", "PERSON", "ORG")
        if named and party.first < child.i < party.end:
            first = child.left_edge.i
            words = page.doc[first : child.i + 1]
            if all(token.tag_ == "NNP" for token in words):
                described = describe(page, page.doc[party.first : first])
                return Speaker(words.text, "person", described.role, described.affiliation)
    return None


def _of_name(page: Page, name: str, people: People, party: Party | None = None) -> Speaker | None:
    if not name:
        return None
    last = name.split()[-1]
    full = people.full.get(last, name)
    full = name if len(name.split()) > len(full.split()) else full
    described = _described_person(page, last, people)
    return Speaker(full, "person", described.role, described.affiliation)


def _described_person(page: Page, last: str, people: People) -> Description:
    """Role and affiliation from the first mention that gives one."""
    best = Description(None, None)
    for mention in people.mentions:
        words = name_words(mention, page.cues.title)
        if words and words[-1] == last:
            found = describe(page, mention)
            if found.role and found.affiliation:
                return found
            if found.role and not best.role:
                best = found
    return best


def _repeated(page: Page, party: Party, heard: Sequence[Heard]) -> Speaker | None:
    """`the committee`, `the statement`, `the official`: whoever was heard under that noun."""
    head = page.doc[party.head]
    if page.doc[party.first].lower_ not in ("the", "this", "that") or party.end - party.first > 3:
        return None
    lemma = head.lemma_.lower()
    plural = head.tag_ in ("NNS", "NNPS")
    for entry in reversed(heard[-8:]):
        words = f"{entry.speaker.name} {entry.speaker.role or ''}".lower().replace(",", " ").split()
        if entry.plural == plural and (lemma in words or head.lower_ in words):
            return entry.speaker
        if lemma in page.cues.document and lemma in entry.documents:
            return entry.speaker
        if lemma in page.cues.generic and entry.speaker.kind == "organisation":
            return entry.speaker
    return None


def _described(page: Page, party: Party) -> Speaker:
    """Named by description only, or an organisation, outlet, office or document."""
    head = page.doc[party.head]
    words = tuple(_short_phrase(page, party))
    name = page.text[words[0].idx : words[-1].idx + len(words[-1])] if words else head.text
    kind = _kind(page, party, name)
    role = affiliation = None
    if kind in ("office", "anonymous"):
        described = describe(page, page.doc[party.first : party.end])
        role, affiliation = described.role, described.affiliation
        role = None if role == name else role
    return Speaker(name, kind, role, affiliation)


def _short_phrase(page: Page, party: Party) -> Iterator[Token]:
    """The phrase without article and country: `the country's defense ministry` is `defense ministry`."""
    doc = page.doc
    first = party.first
    for at in range(party.first, party.head):
        if doc[at].tag_ == "POS" and doc[at].head.lemma_ in page.cues.country and doc[at].head.head.i == party.head:
            first = at + 1
    while first < party.head and (doc[first].dep_ == "det" or doc[first].tag_ in ("DT", "PRP$", "WDT", "``", "''", "SYM")):
        first += 1
    for at in range(first, party.end):
        if at > party.head and (
            doc[at].text in (",", "(", "—", "–") or doc[at].pos_ in ("VERB", "AUX") or doc[at].lower_ in RELATIVES
        ):
            return
        yield doc[at]


def _kind(page: Page, party: Party, name: str) -> SpeakerKind:
    cues, head = page.cues, page.doc[party.head]
    lemma = head.lemma_.lower()
    if name in cues.outlets or name.removeprefix("the ").removeprefix("The ") in cues.outlets:
        return "outlet"
    if head.pos_ == "PROPN" and head.ent_type_ == "PERSON":
        return "person"
    if lemma in cues.document:
        return "document"
    if lemma in cues.outlet:
        return "outlet"
    if lemma in cues.office and head.tag_ in ("NN", "NNP") and page.doc[party.first].lower_ not in ("a", "an", "one", "another"):
        return "office"
    if head.ent_type_ in ("ORG", "GPE", "LOC", "FAC") or (lemma in cues.organisation and lemma not in cues.anonymous):
        return "organisation"
    return "organisation" if head.pos_ == "PROPN" else "anonymous"
