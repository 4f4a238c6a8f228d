"""What is said with one cue, and the words that name its speaker. Grammar first; marks and commas where the parse fails.

A statement's content never holds its own cue or speaker; its end keeps a closing quotation mark and drops a final full stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from dateline.annotate.quotes_marks import Quoted
from dateline.annotate.quotes_page import STATEMENT_WORDS, Hit, Page
from dateline.annotate.quotes_party import Party, party_at, speaker_of_noun, speaker_of_verb
from dateline.codebook.cues import Cue, Phrase, Sense
from dateline.model.reading import Chars

JOIN = re.compile(r"[\s,.;:!?…—–-]*")
LEADS_IN = re.compile(r"[^\n“”\"]{0,120}?(?:[,:]|[—–-]|\bthat|\bas)\s*|\s*")
LINE_LEAD = re.compile(r"[^\n“”\"]{0,120}?:\s*")
TRAILING = " \t\n\xa0,;:—–-"


@dataclass(frozen=True, slots=True)
class Statement:
    """A quotation whose speaker is still words at a place."""

    hit: Hit
    sense: Sense
    content: tuple[Chars, ...]
    speaker: Party | None
    negated: bool = False
    via: Party | None = None


def statement_of(page: Page, hit: Hit) -> Statement | None:
    if isinstance(hit.cue, Phrase):
        return _of_phrase(page, hit, hit.cue)
    token = page.doc[hit.first]
    if token.tag_[:2] == "NN" and token.lower_ not in ("says", "said"):
        return _of_noun(page, hit, hit.cue)
    return _of_verb(page, hit, hit.cue)


# ---------------------------------------------------------------- verbs


def _of_verb(page: Page, hit: Hit, cue: Cue) -> Statement | None:
    verb = page.doc[hit.first]
    complements = [
        child for child in verb.children if child.dep_ in ("ccomp", "xcomp", "parataxis", "advcl") and child.i > hit.last
    ]
    speaker, via = speaker_of_verb(page, verb)
    lead = min(hit.first, speaker.first) if speaker and _adjoins(page, speaker, hit) else hit.first
    content, sense = _verb_content(page, hit, cue, lead, complements)
    if not content:
        return None
    content = tuple(part for part in content if part.end > part.start)
    if speaker and any(part.start <= page.doc[speaker.head].idx < part.end for part in content):
        speaker, via = None, None
    negated = any(child.dep_ == "neg" for child in verb.children)
    return Statement(hit, sense, content, speaker, negated, via)


def _adjoins(page: Page, speaker: Party, hit: Hit) -> bool:
    """The speaker stands before the verb with nothing but auxiliaries, adverbs and commas between."""
    if speaker.end > hit.first:
        return False
    return all(page.doc[i].pos_ in ("AUX", "ADV", "PART", "PUNCT") for i in range(speaker.end, hit.first)) or (
        page.doc[hit.first].head.i != speaker.head and hit.first - speaker.end <= 12
    )


def _verb_content(page: Page, hit: Hit, cue: Cue, lead: int, complements: Sequence[Token]) -> tuple[tuple[Chars, ...], Sense]:
    quoted = _quoted_before(page, lead) if "clause" in cue.takes or cue.default.speech else None
    if quoted:
        return _before(page, hit, lead, quoted) + tuple(_rest(page, hit)), cue.default
    direct = _quoted_after(page, hit)
    clause = _right_clause(hit, cue, complements)
    if direct and cue.default.speech and (clause is None or clause.left_edge.idx >= direct.start - 3):
        return (Chars(direct.start, direct.end),), cue.default
    if clause is not None:
        take = _take_of(clause)
        return (_after(page, hit, clause.left_edge.i, clause),), cue.takes.get(take, cue.default)
    if "clause" in cue.takes and _ends_clause(page, lead):
        if _inserted(page, hit, lead):
            return (*_before(page, hit, lead, None), _after(page, hit, hit.last + 2, None)), cue.takes["clause"]
        if _left_clause(page, hit, lead):
            return _before(page, hit, lead, None) + tuple(_rest(page, hit)), cue.takes["clause"]
    return _lesser_content(page, hit, cue)


def _take_of(clause: Token) -> str:
    if clause.dep_ == "xcomp":
        return "ing" if clause.tag_ == "VBG" else "to"
    return "clause"


def _right_clause(hit: Hit, cue: Cue, complements: Sequence[Token]) -> Token | None:
    for child in complements:
        if child.dep_ in ("ccomp", "parataxis") and ("clause" in cue.takes or (_is_infinitive(child) and "to" in cue.takes)):
            if child.dep_ == "parataxis" and child.left_edge.i > hit.last + 4:
                continue
            return child
        if child.dep_ == "xcomp" and (
            ("to" in cue.takes and child.tag_ != "VBG") or ("ing" in cue.takes and child.tag_ == "VBG")
        ):
            return child
        if child.dep_ == "advcl" and "to" in cue.takes and _is_infinitive(child):
            return child
    return None


def _is_infinitive(token: Token) -> bool:
    return token.tag_ == "VB" and any(child.lower_ == "to" for child in token.lefts)


def _lesser_content(page: Page, hit: Hit, cue: Cue) -> tuple[tuple[Chars, ...], Sense]:
    """A noun phrase or a prepositional one as content; else a clause that the parser did not see, after `that`."""
    verb = page.doc[hit.first]
    for child in page.doc[hit.first].rights:
        if child.dep_ == "prep" and child.lower_ in cue.takes and child.i <= hit.last + 12:
            inner = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if inner is not None:
                return (_after(page, hit, inner.left_edge.i, inner),), cue.takes[child.lower_]
    if "object" in cue.takes:
        for child in verb.children:
            passive = child.dep_ == "nsubjpass"
            if child.dep_ in ("dobj", "oprd") and child.i > hit.last:
                return (_after(page, hit, child.left_edge.i, child),), cue.takes["object"]
            if passive and child.i < hit.first and child.pos_ != "PRON":
                party = party_at(page, child, hit.first)
                return (page.chars(party.first, party.end),), cue.takes["object"]
        if cue.particle and hit.last + 1 < page.bounds[hit.sentence][1]:
            follower = page.doc[hit.last + 1]
            if follower.pos_ in ("DET", "NOUN", "PROPN", "ADJ", "PRON"):
                return (_after(page, hit, hit.last + 1, follower),), cue.takes["object"]
    if "clause" in cue.takes:
        end = page.bounds[hit.sentence][1]
        for at in range(hit.last + 1, min(hit.last + 9, end)):
            token = page.doc[at]
            if token.lower_ == "that" and token.dep_ != "det" and at + 2 < end:
                return (_after(page, hit, at, None),), cue.takes["clause"]
        if cue.default.speech and _clause_follows(page, hit.last + 1, end):
            return (_after(page, hit, hit.last + 1, None),), cue.takes["clause"]
    return (), cue.default


def _clause_follows(page: Page, first: int, end: int) -> bool:
    """A noun phrase begins here and a finite verb comes: a clause whose head the parser hung elsewhere."""
    if first >= end or page.doc[first].pos_ not in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"):
        return False
    if page.doc[first].dep_ in ("nsubj", "dobj") and page.doc[first].head.i < first:
        return False
    return any(page.doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD") for i in range(first + 1, end))


# ---------------------------------------------------------------- stretches before and after the cue


def _quoted_before(page: Page, lead: int) -> Quoted | None:
    """A quoted statement that ends right before the attribution."""
    start = page.doc[lead].idx
    quoted = page.quoted_before(start)
    if quoted is None or quoted.end - quoted.start < 4:
        return None
    between = page.text[quoted.end : start]
    if not JOIN.fullmatch(between) or "\n" in between:
        return None
    inner = page.text[quoted.start : quoted.end]
    closes = inner[-2:-1] in ",.!?…—" or between.strip()[:1] in (",", "—", "–", "-")
    return quoted if closes or quoted.words >= STATEMENT_WORDS else None


def _quoted_after(page: Page, hit: Hit) -> Quoted | None:
    """A quotation that the cue leads into: after a comma, a colon or nothing."""
    after = page.doc[hit.last].idx + len(page.doc[hit.last])
    quoted = page.quoted_after(after)
    if quoted is None:
        return None
    between = page.text[after : quoted.start]
    limit = page.reading.sentences[hit.sentence].end
    if quoted.start <= limit and LEADS_IN.fullmatch(between) and not between.rstrip().endswith(("that", "as")):
        return quoted
    return quoted if LINE_LEAD.fullmatch(between) else None


def _ends_clause(page: Page, lead: int) -> bool:
    """Something said stands before: the attribution follows a comma, a dash or a closing mark inside its sentence."""
    start = page.doc[lead].idx
    before = page.text[max(0, start - 3) : start].rstrip()
    return before[-1:] in (",", "”", '"', "—", "–", "-", "’", "?", "!")


def _inserted(page: Page, hit: Hit, lead: int) -> bool:
    """`In December, he says, helicopters came`: speaker and cue between two commas, and the clause said goes on after them."""
    doc, end = page.doc, page.bounds[hit.sentence][1]
    after = hit.last + 1
    if (
        after + 2 >= end
        or doc[after].text not in (",", "—", "–")
        or doc[lead - 1].text not in (",", "—", "–")
        or lead > hit.first
    ):
        return False
    if lead == hit.first or hit.first - lead > 8:
        return False
    follower = doc[after + 1]
    if follower.tag_ == "VBG" or follower.lower_ in ("who", "which", "citing", "adding") or follower.dep_ in ("cc", "mark"):
        return False
    return any(doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD") for i in range(after + 1, end))


def _left_clause(page: Page, hit: Hit, lead: int) -> bool:
    """A clause with a finite verb stands between the sentence's start and the attribution."""
    verb = page.doc[hit.first]
    if any(child.dep_ == "ccomp" and child.i < lead for child in verb.children):
        return True
    first = page.bounds[hit.sentence][0]
    if verb.dep_ == "parataxis" and verb.head.i < lead:
        return True
    head_before = verb.head.i < lead and verb.dep_ in ("ccomp", "conj", "advcl", "relcl", "appos")
    return (
        head_before
        and verb.dep_ != "relcl"
        and any(page.doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD") and page.doc[i].i > first for i in range(first, lead))
        and page.doc[lead].dep_ not in ("mark", "cc")
        and _inverted(page, hit)
    )


def _inverted(page: Page, hit: Hit) -> bool:
    """`said X`: the speaker follows the verb."""
    after = hit.last + 1
    return after < len(page.doc) and page.doc[after].pos_ in ("PROPN", "DET", "NOUN", "ADJ") and page.doc[after].head.i >= after


def _before(page: Page, hit: Hit, lead: int, quoted: Quoted | None) -> tuple[Chars, ...]:
    """From the start of the sentence (or of its quotation) to the attribution."""
    start = page.doc[page.bounds[hit.sentence][0]].idx
    end = page.doc[lead].idx
    if quoted is not None:
        start = min(_sentence_start(page, quoted), start) if quoted.start < start else _sentence_start(page, quoted)
    return (_trimmed(page, start, end),)


def _sentence_start(page: Page, quoted: Quoted) -> int:
    """Where the sentence begins that a quotation ends: own words may come before it ("The army “will not stop,” he said")."""
    sentence = page.reading.sentences[page.reading.sentence_at(quoted.start)]
    return sentence.start if sentence.start <= quoted.start else quoted.start


def _rest(page: Page, hit: Hit) -> Iterator[Chars]:
    """What goes on after an inserted attribution: “My hope,” he said, “is that …”."""
    after = page.doc[hit.last].idx + len(page.doc[hit.last])
    quoted = page.quoted_after(after)
    limit = page.reading.sentences[hit.sentence].end
    if quoted and quoted.start < limit and re.fullmatch(r"[^“\"\n]*,\s*(?:that |and |but )?", page.text[after : quoted.start]):
        yield Chars(quoted.start, quoted.end)


def _after(page: Page, hit: Hit, first: int, clause: Token | None) -> Chars:
    """From `first` to the end of what the cue governs: of the sentence when the cue is its main verb, else of its own clause."""
    verb = page.doc[hit.first]
    sentence_end = page.bounds[hit.sentence][1]
    end = sentence_end
    if clause is not None and not (_heads_sentence(verb) and clause.dep_ in ("ccomp", "parataxis", "xcomp")):
        end = min(end, max(clause.right_edge.i + 1, first + 1))
    floor = clause.i if clause is not None else first
    for child in verb.rights:
        if child.i > floor and (child.dep_ in ("conj", "cc", "parataxis") or _adds(page, child)) and not _goes_on(page, child):
            end = min(end, max(child.left_edge.i, first + 1))
    start_char = page.doc[first].idx
    end_char = page.doc[end - 1].idx + len(page.doc[end - 1])
    quoted = page.quoted_at(end_char - 1) or page.quoted_at(end_char)
    if quoted and quoted.start > start_char and quoted.end > end_char and page.quoted_at(page.doc[hit.first].idx) != quoted:
        end_char = quoted.end
    return _trimmed(page, start_char, end_char)


def _goes_on(page: Page, child: Token) -> bool:
    """`…, but that`: another clause said, not another thing done."""
    at = child.left_edge.i
    words = [page.doc[i].lower_ for i in range(at, min(at + 3, len(page.doc)))]
    return words[0] == "that" or (child.left_edge.dep_ == "cc" and "that" in words[1:2])


def _heads_sentence(verb: Token) -> bool:
    head = verb
    while head.dep_ in ("conj", "ccomp", "parataxis") and head.head.i != head.i:
        head = head.head
    return head.dep_ == "ROOT"


def _adds(page: Page, child: Token) -> bool:
    """`…, adding that`: a participle with a cue of its own."""
    return child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_ in page.cues.verbs


def _trimmed(page: Page, start: int, end: int) -> Chars:
    text = page.text
    while end > start and text[end - 1] in TRAILING:
        end -= 1
    if end > start and text[end - 1] == "." and not text[end - 4 : end].replace(".", "").isupper():
        end -= 1
    while start < end and text[start] in " \t\n\xa0,;:":
        start += 1
    return Chars(start, end)


# ---------------------------------------------------------------- nouns and phrases


def _of_noun(page: Page, hit: Hit, cue: Cue) -> Statement | None:
    noun = page.doc[hit.first]
    for child in noun.rights:
        take = _noun_take(child)
        if take not in cue.takes:
            continue
        inner = child if take in ("clause", "to") else next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
        if inner is None:
            continue
        speaker = speaker_of_noun(page, noun)
        content = _trimmed(page, inner.left_edge.idx, inner.right_edge.idx + len(inner.right_edge))
        if speaker is None and not cue.takes[take].speech:
            return None
        return Statement(hit, cue.takes[take], (content,), speaker)
    return None


def _noun_take(child: Token) -> str:
    if child.dep_ in ("acl", "ccomp", "relcl"):
        if any(c.lower_ == "that" and c.dep_ == "mark" for c in child.lefts):
            return "clause"
        return "to" if _is_infinitive(child) else ""
    return child.lower_ if child.dep_ == "prep" else ""


def _of_phrase(page: Page, hit: Hit, phrase: Phrase) -> Statement | None:
    """`According to X, …` or `…, according to X`."""
    doc = page.doc
    first, end = page.bounds[hit.sentence]
    if hit.last + 1 >= end:
        return None
    head = _object_of(page, hit)
    speaker = party_at(page, head, end)
    if speaker.first <= hit.last:
        speaker = Party(hit.last + 1, max(speaker.end, hit.last + 2), max(speaker.head, hit.last + 1))
    leading = not any(doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD", "VBN") for i in range(first, hit.first))
    if phrase.words[0] in ("citing", "quoting"):
        return None
    if leading:
        return Statement(
            hit,
            phrase.sense,
            (_trimmed(page, doc[speaker.end - 1].idx + len(doc[speaker.end - 1]), _sentence_end(page, hit)),),
            speaker,
        )
    content = [_trimmed(page, doc[first].idx, doc[hit.first].idx)]
    quoted = page.quoted_before(doc[hit.first].idx)
    if quoted and quoted.end >= content[0].end and quoted.start < content[0].start:
        content[0] = Chars(quoted.start, content[0].end)
    if speaker.end + 4 < end and doc[speaker.end].lower_ == ",":
        content.append(_trimmed(page, doc[speaker.end].idx, _sentence_end(page, hit)))
    return Statement(hit, phrase.sense, tuple(c for c in content if c.end > c.start), speaker)


def _object_of(page: Page, hit: Hit) -> Token:
    last = page.doc[hit.last]
    for child in last.children:
        if child.dep_ in ("pobj", "pcomp") and child.i > hit.last:
            return child
    token = page.doc[hit.last + 1]
    while (
        token.head.i > token.i
        and token.head.pos_ in ("NOUN", "PROPN")
        and token.dep_ in ("compound", "amod", "det", "poss", "nummod", "nmod")
    ):
        token = token.head
    return token


def _sentence_end(page: Page, hit: Hit) -> int:
    return page.reading.sentences[hit.sentence].end
