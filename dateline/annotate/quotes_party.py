"""The words that name a speaker, at their place: subject, agent, possessor, or the noun phrase beside the cue."""

from __future__ import annotations

from spacy.tokens import Token

from dateline.annotate.quotes_page import Page, Party

RELATIVES = ("who", "which", "that", "whom")
REPORTED = frozenset(("quote", "cite"))


def party_at(page: Page, head: Token, limit: int) -> Party:
    """The noun phrase of `head`, without the relative clause that holds the cue, ending before `limit` if it starts before it."""
    first, end = head.left_edge.i, head.right_edge.i + 1
    if first < limit <= end:
        end = limit
        for child in head.rights:
            if (
                child.right_edge.i >= limit
                and child.dep_ in ("relcl", "acl", "advcl", "conj", "ccomp")
                and child.left_edge.i > head.i
            ):
                end = min(end, child.left_edge.i)
    while end > head.i + 1 and page.doc[end - 1].pos_ in ("PUNCT", "SPACE", "CCONJ"):
        end -= 1
    for child in head.lefts:  # "On Tuesday, a ministry spokesman": the parser hangs the day on the noun
        if child.dep_ in ("prep", "npadvmod", "advmod") and page.doc[child.right_edge.i + 1].text == ",":
            first = child.right_edge.i + 2
    while first < head.i and page.doc[first].pos_ in ("PUNCT", "SPACE", "CCONJ", "SCONJ"):
        first += 1
    return Party(first, end, head.i)


def party_between(page: Page, first: int, end: int) -> Party | None:
    """A noun phrase known to fill these tokens: its head ends the first piece before a comma, a preposition or a bracket."""
    while end > first and page.doc[end - 1].pos_ in ("PUNCT", "ADV", "AUX", "SPACE"):
        end -= 1
    if end <= first:
        return None
    head = first
    for at in range(first, end):
        token = page.doc[at]
        if at > first and (token.pos_ in ("PUNCT", "ADP") or token.lower_ in RELATIVES):
            break
        if token.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
            head = at
    return Party(first, end, head)


def speaker_of_verb(page: Page, verb: Token) -> tuple[Party | None, Party | None]:
    """Speaker, and who passed it on ("the agency quoted police as saying": police, via the agency)."""
    quoted = _quoted_as_saying(page, verb)
    if quoted is not None:
        return quoted
    seen = 0
    token = verb
    while seen < 6:
        own = _own_subject(page, token, verb)
        if own is not None:
            return own, None
        if _passive(token) and token.lemma_ not in REPORTED:
            return None, None
        if token.dep_ == "acl" and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
            noun = token.head
            if noun.dep_ == "dobj" and noun.head.lemma_ in page.cues.gives and noun.lemma_.lower() in page.cues.document:
                return speaker_of_verb(page, noun.head)
            return party_at(page, noun, verb.i), None
        if token.dep_ == "pcomp" and token.head.dep_ == "prep":
            token = token.head.head
        elif token.dep_ in ("conj", "xcomp", "advcl", "ccomp", "dep", "acomp") and token.head.i != token.i:
            if token.dep_ == "ccomp" and token.tag_ not in ("VBG", "VB"):
                break
            token = token.head
        else:
            break
        seen += 1
    return _beside(page, verb), None


def _own_subject(page: Page, token: Token, verb: Token) -> Party | None:
    agent = None
    content = [c.i for c in token.children if c.dep_ == "ccomp"]
    for child in sorted(token.children, key=lambda c: abs(c.i - token.i)):
        if child.dep_ == "nsubj" or (child.dep_ == "nsubjpass" and token.lemma_ in REPORTED):
            if child.pos_ in ("PUNCT", "SYM") or page.quoted_at(child.idx) != page.quoted_at(token.idx):
                continue
            if token.i == verb.i and child.i < verb.i and _inside_content(child, content):
                return _beside(page, verb)
            if child.lower_ in RELATIVES and token.dep_ == "relcl":
                return Party(child.i, child.i + 1, child.i, token.head.i)
            return party_at(page, child, verb.i)
        if child.dep_ == "agent":
            agent = next((c for c in child.children if c.dep_ == "pobj"), None)
    return party_at(page, agent, len(page.doc)) if agent is not None else None


def _inside_content(subject: Token, content: list[int]) -> bool:
    """A clause said stands before, and the would-be subject follows it without a comma: it belongs to what is said."""
    first = subject.left_edge.i
    clause = any(at < subject.i or subject.i < at for at in content)
    return clause and first > 0 and any(at < first for at in content) and not _closes(subject.doc[first - 1])


def _passive(token: Token) -> bool:
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in token.children)


def _quoted_as_saying(page: Page, verb: Token) -> tuple[Party | None, Party | None] | None:
    """`quoted X as saying`, `X was quoted as saying`."""
    if verb.dep_ != "pcomp" or verb.head.lower_ != "as":
        return None
    reporter = verb.head.head
    if reporter.dep_ == "ccomp" and reporter.head.lemma_ in REPORTED:  # "quoted what it called a source as saying"
        named = next((c for c in reporter.children if c.dep_ in ("oprd", "attr", "ccomp")), None)
        passer = next((c for c in reporter.head.children if c.dep_ == "nsubj"), None)
        if named is not None and passer is not None:
            return party_at(page, named, verb.head.i), party_at(page, passer, reporter.head.i)
    if reporter.lemma_ not in REPORTED:
        return None
    subject = next((c for c in reporter.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    quoted = next((c for c in reporter.children if c.dep_ == "dobj"), None)
    if quoted is not None:
        return party_at(page, quoted, verb.head.i), party_at(page, subject, verb.i) if subject is not None else None
    if subject is not None:
        agent = next((c for c in reporter.children if c.dep_ == "agent"), None)
        passer = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
        return party_at(page, subject, verb.i), party_at(page, passer, verb.i) if passer is not None else None
    return None


def _beside(page: Page, verb: Token) -> Party | None:
    """Where the parse gives no subject: the noun phrase right after an inverted verb, or right before the verb."""
    doc = page.doc
    first, end = verb.sent.start, verb.sent.end
    after = verb.i + 1
    if (
        after < end
        and verb.lemma_ != "tell"
        and doc[after].pos_ in ("PROPN", "NOUN", "DET", "ADJ", "NUM")
        and _closes(doc[verb.i - 1] if verb.i > first else None)
    ):
        return party_at(page, _top(doc[after], verb.i), end)
    before = verb.i - 1
    while before > first and doc[before].pos_ in ("AUX", "ADV", "PART"):
        before -= 1
    if before < first or doc[before].pos_ not in ("PROPN", "NOUN", "PRON", "PUNCT"):
        return None
    return _left_of(page, before, first, verb.i)


def _closes(token: Token | None) -> bool:
    return token is not None and token.text in (",", "”", '"', "''", "’’", "—", "–", "!", "?", "’")


def _top(token: Token, limit: int) -> Token:
    while token.head.i > limit and token.head.pos_ in ("NOUN", "PROPN") and token.head.i != token.i:
        token = token.head
    return token


def _left_of(page: Page, last: int, first: int, limit: int) -> Party | None:
    """`…, Ada Obi, a trader from the port, told`: the piece before the verb, with the name that it stands beside."""
    doc = page.doc
    end = last if doc[last].text == "," else last + 1
    start = _piece_start(page, end, first)
    if start >= end:
        return None
    if doc[start].pos_ == "DET" and start - 1 > first and doc[start - 1].text == ",":
        name = _piece_start(page, start - 1, first)
        if (
            name < start - 1
            and all(doc[i].pos_ in ("PROPN", "NOUN", "ADJ", "PUNCT") for i in range(name, start - 1))
            and doc[start - 2].pos_ == "PROPN"
        ):
            return Party(name, end, start - 2)
    if any(doc[i].pos_ in ("VERB", "AUX") for i in range(start, end)):
        return None
    head = next(
        (
            i
            for i in range(start, end)
            if doc[i].pos_ in ("NOUN", "PROPN", "PRON") and (i + 1 >= end or doc[i + 1].pos_ not in ("NOUN", "PROPN"))
        ),
        None,
    )
    return Party(start, end, head) if head is not None else None


def _piece_start(page: Page, end: int, first: int) -> int:
    start = end
    while start > first and page.doc[start - 1].text not in (",", "”", '"', "''", ";", "—", "–", ":", "“"):
        start -= 1
    return start


def speaker_of_noun(page: Page, noun: Token) -> Party | None:
    """`their claim that`, `a claim by police that`, `police made the claim that`; plural reports speak for themselves."""
    for child in noun.children:
        if child.dep_ == "poss":
            end = child.right_edge.i + 1
            while end - 1 > child.i and page.doc[end - 1].tag_ == "POS":
                end -= 1
            return Party(child.left_edge.i, end, child.i)
        if child.dep_ == "prep" and child.lower_ in ("by", "from"):
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None:
                return party_at(page, inner, len(page.doc))
    if noun.dep_ == "dobj" and noun.head.lemma_ in page.cues.gives:
        return speaker_of_verb(page, noun.head)[0]
    if noun.lemma_ in page.cues.document and noun.dep_ != "dobj":
        return Party(noun.i, noun.i + 1, noun.i)
    return None
