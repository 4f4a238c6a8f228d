"""Stretches of text around a cue: the quotation or clause before it, the one after it, and where each ends.

A stretch never holds the cue or its speaker; its end keeps a closing quotation mark and drops a final full stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from dateline.annotate.quotes_marks import Quoted
from dateline.annotate.quotes_page import STATEMENT_WORDS, Hit, Page
from dateline.codebook.cues import Cue
from dateline.model.reading import Chars

JOIN = re.compile(r"[\s,.;:!?…—–-]*")
LEADS_IN = re.compile(r"[^\n“”\"]{0,120}?(?:[,:]|[—–-]|\bthat|\bas)\s*|\s*")
LINE_ENDS = re.compile(r"[^\n“”\"]{0,60}:\s*\n\s*")
LINE_LEAD = re.compile(r"[^\n“”\"]{0,120}?:\s*")
GOES_ON = re.compile(r"[^“\"\n]*,\s*(?:that |and |but )?")
TRAILING = " \t\n\xa0,;:—–-"
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


def seconds(page: Page, hit: Hit, lead: int) -> bool:
    """Another cue verb stands between the speaker and this one ("he said, referring to"): what came before is the other's."""
    return any(lead < other.first < hit.first and isinstance(other.cue, Cue) for other in page.hits_of(hit.sentence))


def framed(page: Page, hit: Hit) -> tuple[int, int] | None:
    """Tokens between a closing quotation mark and the cue, when they can only be its speaker: `“…,” police chief Li said`."""
    verb = page.doc[hit.first]
    quoted = page.quoted_before(verb.idx)
    if quoted is None or quoted.unclosed or page.quoted_at(verb.idx) is not None:
        return None
    first = hit.first
    while first > 0 and page.doc[first - 1].idx >= quoted.end and hit.first - first < 25:
        first -= 1
    while first < hit.first and page.doc[first].pos_ in ("PUNCT", "SPACE"):
        first += 1
    words = page.doc[first : hit.first]
    if page.doc[first].idx - quoted.end > 3 or any(
        (t.tag_ in FINITE and not _in_relative(words, t)) or t.text in (".", ";", ":") or "\n" in t.text for t in words
    ):
        return None
    if first < hit.first and page.doc[first].pos_ not in ("DET", "NOUN", "PROPN", "ADJ", "PRON", "NUM"):
        return None
    return first, hit.first


def _in_relative(words: Span, token: Token) -> bool:
    """A verb after `who` or `which` belongs to the speaker's description."""
    return any(other.lower_ in ("who", "which", "whose") for other in words if other.i < token.i)


def quoted_before(page: Page, hit: Hit, lead: int, has_clause: bool) -> Quoted | None:
    """A quoted statement that ends right before the attribution, in its sentence or as a sentence of its own."""
    start = page.doc[lead].idx
    quoted = page.quoted_before(start)
    if quoted is None or quoted.end - quoted.start < 4:
        return None
    between = page.text[quoted.end : start]
    if not JOIN.fullmatch(between) or "\n" in between:
        return None
    if quoted.end <= page.reading.sentences[hit.sentence].start:
        if quoted.unclosed or (has_clause and page.text[start].isupper()):
            return None
    inner = page.text[quoted.start : quoted.end].rstrip("”\"'’")
    closes = inner[-1:] in (",", ".", "!", "?", "…", "—") or between.strip()[:1] in (",", "—", "–", "-")
    return quoted if closes or quoted.words >= STATEMENT_WORDS else None


def quoted_after(page: Page, hit: Hit) -> Quoted | None:
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


def block_after(page: Page, hit: Hit) -> Chars | None:
    """`The minister added:` at the end of a line without quotation marks: the next line is what was said."""
    after = page.doc[hit.last].idx + len(page.doc[hit.last])
    match = LINE_ENDS.match(page.text, after)
    if match is None:
        return None
    end = page.text.find("\n", match.end())
    end = len(page.text) if end < 0 else end
    quoted = page.quoted_after(match.end())
    if quoted is not None and quoted.start < end:
        return None
    return trimmed(page, match.end(), end)


def ends_clause(page: Page, lead: int) -> bool:
    """Something said stands before: the attribution follows a comma, a dash or a closing mark inside its sentence."""
    start = page.doc[lead].idx
    before = page.text[max(0, start - 3) : start].rstrip()
    return before[-1:] in (",", "”", '"', "—", "–", "-", "’", "?", "!")


def inserted(page: Page, hit: Hit, lead: int) -> bool:
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
    return any(doc[i].tag_ in FINITE for i in range(after + 1, end))


def left_clause(page: Page, hit: Hit, lead: int) -> bool:
    """A clause with a finite verb stands between the sentence's start and the attribution."""
    verb = page.doc[hit.first]
    if any(child.dep_ == "ccomp" and child.i < lead for child in verb.children):
        return True
    first = page.bounds[hit.sentence][0]
    if verb.dep_ == "parataxis" and verb.head.i < lead:
        return True
    head_before = verb.head.i < lead and verb.dep_ in ("ccomp", "conj", "advcl", "relcl", "appos")
    if _ends_sentence(page, hit) and lead < hit.first and lead - first > 2 and verb.dep_ not in ("relcl", "advcl", "acl"):
        return True
    return (
        head_before
        and verb.dep_ != "relcl"
        and any(page.doc[i].tag_ in FINITE and page.doc[i].i > first for i in range(first, lead))
        and page.doc[lead].dep_ not in ("mark", "cc")
        and _inverted(page, hit)
    )


def _ends_sentence(page: Page, hit: Hit) -> bool:
    """The cue is the sentence's last word, a day or an adverb aside: nothing else can be what is said."""
    end = page.bounds[hit.sentence][1]
    return all(t.pos_ in ("PUNCT", "ADV") or t.ent_type_ in ("DATE", "TIME") for t in page.doc[hit.last + 1 : end])


def _inverted(page: Page, hit: Hit) -> bool:
    """`said X`: the speaker follows the verb."""
    after = hit.last + 1
    return after < len(page.doc) and page.doc[after].pos_ in ("PROPN", "DET", "NOUN", "ADJ") and page.doc[after].head.i >= after


def before(page: Page, hit: Hit, lead: int, quoted: Quoted | None) -> tuple[Chars, ...]:
    """From the start of the sentence (or of its quotation) to the attribution."""
    start = page.doc[page.bounds[hit.sentence][0]].idx
    end = page.doc[lead].idx
    if quoted is not None:
        start = min(_sentence_start(page, quoted), start) if quoted.start < start else _sentence_start(page, quoted)
    return (trimmed(page, start, end),)


def _sentence_start(page: Page, quoted: Quoted) -> int:
    """Where the sentence begins that a quotation ends: own words may come before it ("The army “will not stop,” he said")."""
    sentence = page.reading.sentences[page.reading.sentence_at(quoted.start)]
    return sentence.start if sentence.start <= quoted.start else quoted.start


def rest(page: Page, hit: Hit) -> Iterator[Chars]:
    """What goes on after an inserted attribution: “My hope,” he said, “is that …”."""
    after = page.doc[hit.last].idx + len(page.doc[hit.last])
    quoted = page.quoted_after(after)
    limit = page.reading.sentences[hit.sentence].end
    if quoted and quoted.start < limit and GOES_ON.fullmatch(page.text[after : quoted.start]):
        yield Chars(quoted.start, quoted.end)


def after(page: Page, hit: Hit, first: int, clause: Token | None) -> Chars:
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
    end = min(end, _next_act(page, hit, first, end))
    first = _past_day(page, first, end)
    start_char = page.doc[first].idx
    end_char = page.doc[end - 1].idx + len(page.doc[end - 1])
    quoted = page.quoted_at(end_char - 1) or page.quoted_at(end_char)
    if quoted and quoted.start > start_char and quoted.end > end_char and page.quoted_at(page.doc[hit.first].idx) != quoted:
        end_char = quoted.end
    return trimmed(page, start_char, end_char)


def _past_day(page: Page, first: int, end: int) -> int:
    """`said on Monday the army would`: the day is when it was said."""
    token = page.doc[first]
    day = page.doc[first + 1] if first + 3 < end else token
    if token.lower_ == "on" and day.ent_type_ == "DATE" and page.doc[first + 2].ent_type_ != "DATE":
        return first + 2 if page.doc[first + 2].pos_ in ("DET", "NOUN", "PROPN", "PRON", "SCONJ") else first
    return first


def _next_act(page: Page, hit: Hit, first: int, end: int) -> int:
    """`said Ukraine is a partner and urged Russia to …`: a second cue in the first one's form, without a subject of its own."""
    verb = page.doc[hit.first]
    for other in page.hits_of(hit.sentence):
        if not first + 1 < other.first < end:
            continue
        token = page.doc[other.first]
        if token.tag_ == "VBG" and token.lemma_ in ("cite", "quote", "add") and page.doc[token.i - 1].text == ",":
            return token.i - 1
        if ";" in (page.doc[i].text for i in range(first, token.i)) and any(c.dep_ == "nsubj" for c in token.lefts):
            return next(i for i in range(first, token.i) if page.doc[i].text == ";")
        if is_next_act(token, verb) and page.doc[token.i - 1].lower_ in ("and", "but", "then", "also"):
            return token.i - 1
    return end


def is_next_act(token: Token, verb: Token) -> bool:
    if token.dep_ != "conj" or token.tag_ != verb.tag_ or token.tag_ not in ("VBD", "VBZ", "VBP"):
        return False
    if any(child.dep_ in ("nsubj", "nsubjpass") for child in token.lefts):
        return False
    return token.head.dep_ in ("ccomp", "conj") and (token.head.head.i == verb.i or token.head.head.head.i == verb.i)


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


def trimmed(page: Page, start: int, end: int) -> Chars:
    text = page.text
    while end > start and text[end - 1] in TRAILING:
        end -= 1
    if end > start and text[end - 1] == "." and not text[end - 4 : end].replace(".", "").isupper():
        end -= 1
    while start < end and text[start] in " \t\n\xa0,;:":
        start += 1
    return Chars(start, end)
