"""Who said it: the source and the content of attributed statements.

Source: PolNeAR (Newell, Margolin and Ruths 2018, CC BY-NC-SA): campaign news of 2016 with source, cue and content marked. PATH:
dev.jsonl, lines of {"id", "text", "ann"} in brat's form.
Mapped: our quotes as attributions. Attributions pair one to one by what they share of content, cue and source; in a pair the
source is right when it overlaps the gold's (exact: is the same but for quotes and commas), the content likewise.
`source`, `content`: F1 over all attributions; `speech_source`, `speech_content`: over those whose cue is a verb or phrase of
speech, on both sides (the record keeps speech; belief, feeling and intention are outside its purpose).
No published figures are in hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.evaluate.coder import Coder
from dateline.evaluate.data import find_file, read_lines, text_of
from dateline.evaluate.metrics import f_score
from dateline.evaluate.spans import shared_length, trimmed
from dateline.evaluate.yardstick import Data, Json, Judged, Mark, Row, Yardstick, always
from dateline.model.reading import Chars, Quote
from dateline.model.text import Report

# A gold cue is one of speech when it holds a form of one of these verbs, or one of the other words, or only marks.
VERBS = (
    *("say", "tell", "report", "announce", "state", "add", "note", "claim", "warn", "declare", "insist", "confirm", "explain"),
    *("argue", "write", "tweet", "reply", "respond", "ask", "quote", "cite", "acknowledge", "admit", "deny", "allege", "accuse"),
    *("testify", "recall", "vow", "pledge", "promise", "urge", "demand", "suggest", "continue", "conclude", "describe", "call"),
    *("criticize", "praise", "condemn", "mention", "remark", "assert", "comment", "stress"),
)
OTHER_WORDS = ("said", "told", "wrote", "written", "according", "statement")


def _forms(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    return verb, f"{verb}s", f"{verb}es", f"{verb}ed", f"{verb}ing"


SPEECH_WORDS = frozenset(form for verb in VERBS for form in _forms(verb)).union(OTHER_WORDS)
WORD = re.compile(r"[a-z]+")
ONLY_MARKS = re.compile(r"[\W_]+")
ROLES = ("Source", "Cue", "Content")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who, by which words, said what: each a set of stretches, empty where it is not in the text."""

    source: tuple[Chars, ...]
    cue: tuple[Chars, ...]
    content: tuple[Chars, ...]
    is_speech: bool


@dataclass(frozen=True, slots=True)
class Article:
    report: Report
    attributions: tuple[Attribution, ...]


def read(path: Path) -> Data[Article]:
    return read_lines(find_file(path, "dev.jsonl"), lambda line: [to_article(line)])


def to_article(line: Json) -> Article:
    text = text_of(line, "text")
    spans: dict[str, tuple[Chars, ...]] = {}
    attributions: list[Attribution] = []
    for row in text_of(line, "ann").splitlines():
        if row.startswith("T"):
            name, where = row.split("\t")[:2]
            spans[name] = tuple(Chars(int(a), int(b)) for a, b in (s.split() for s in where.split(" ", 1)[1].split(";")))
    for row in text_of(line, "ann").splitlines():
        if row.startswith("E"):
            attributions.append(_attribution(row.split("\t")[1], spans, text))
    return Article(Report(id=text_of(line, "id"), text=text), tuple(a for a in attributions if a.content))


def _attribution(row: str, spans: Mapping[str, tuple[Chars, ...]], text: str) -> Attribution:
    parts = [part.split(":") for part in row.split()]
    by_role = {role: tuple(c for name, ref in parts if name.startswith(role) for c in spans[ref]) for role in ROLES}
    words = " ".join(text[c.start : c.end] for c in by_role["Cue"])
    speech = not SPEECH_WORDS.isdisjoint(WORD.findall(words.casefold())) or bool(ONLY_MARKS.fullmatch(words))
    return Attribution(by_role["Source"], by_role["Cue"], by_role["Content"], speech)


def ours(quote: Quote) -> Attribution:
    return Attribution(
        source=(quote.speaker,) if quote.speaker else (),
        cue=(quote.cue,) if quote.cue else (),
        content=quote.content,
        is_speech=quote.is_speech,
    )


def judge(items: Sequence[Article], coder: Coder) -> Iterator[Judged]:
    for item, quotes in zip(items, coder.quotes([item.report for item in items]), strict=True):
        yield judge_one(item, [ours(quote) for quote in quotes])


def judge_one(item: Article, told: Sequence[Attribution]) -> Judged:
    text = item.report.text
    pairs = pair_attributions(item.attributions, told)
    speech_gold, speech_told = ([a for a in side if a.is_speech] for side in (item.attributions, told))
    speech_pairs = pair_attributions(speech_gold, speech_told)
    counts = _counts("", item.attributions, told, pairs, text) | _counts("speech_", speech_gold, speech_told, speech_pairs, text)
    return Judged(
        id=item.report.id,
        counts=counts,
        text=text,
        rows=tuple(_rows(item, told, pairs)),
        marks=tuple(_marks(item.attributions, gold=True)) + tuple(_marks(told, gold=False)),
        prediction={"id": item.report.id, "ann": to_brat(told, text)},
    )


def pair_attributions(gold: Sequence[Attribution], told: Sequence[Attribution]) -> dict[int, int]:
    """Those that share most first; a shared cue outweighs shared content, since long contents overlap by accident."""
    scored = sorted((-score, i, j) for i, g in enumerate(gold) for j, t in enumerate(told) if (score := _likeness(g, t)) > 0)
    out: dict[int, int] = {}
    for _, i, j in scored:
        if i not in out and j not in out.values():
            out[i] = j
    return out


def _likeness(gold: Attribution, told: Attribution) -> float:
    content = shared_length(gold.content, told.content) / max(1, _length(gold.content), _length(told.content))
    return content + (shared_length(gold.cue, told.cue) > 0) + 0.5 * (shared_length(gold.source, told.source) > 0)


def _length(stretches: Sequence[Chars]) -> int:
    return sum(c.end - c.start for c in stretches)


def _counts(
    prefix: str, gold: Sequence[Attribution], told: Sequence[Attribution], pairs: Mapping[int, int], text: str
) -> dict[str, tuple[int, int, int]]:
    out: dict[str, tuple[int, int, int]] = {}
    for role in ("source", "content"):
        sides = [(getattr(gold[i], role), getattr(told[j], role)) for i, j in pairs.items()]
        n = (sum(bool(getattr(a, role)) for a in gold), sum(bool(getattr(a, role)) for a in told))
        out[prefix + role] = (*n, sum(shared_length(g, t) > 0 for g, t in sides))
        out[f"{prefix}{role}_exact"] = (*n, sum(same_stretches(g, t, text) for g, t in sides))
    return out


def same_stretches(gold: Sequence[Chars], told: Sequence[Chars], text: str) -> bool:
    def plain(side: Sequence[Chars]) -> list[Chars]:
        return sorted((trimmed(c, text) for c in side), key=lambda c: c.start)

    return bool(gold) and plain(gold) == plain(told)


def _rows(item: Article, told: Sequence[Attribution], pairs: Mapping[int, int]) -> Iterator[Row]:
    text = item.report.text
    for i, gold in enumerate(item.attributions):
        kind = "" if gold.is_speech else " (no speech)"
        if i not in pairs:
            yield Row(f"missed{kind}", _in_words(gold, text), "–", False)
            continue
        answer = told[pairs[i]]
        right = bool(shared_length(gold.source, answer.source)) or not (gold.source or answer.source)
        same = shared_length(gold.content, answer.content) > 0
        yield Row(f"source{kind}", _in_words(gold, text), _in_words(answer, text), right)
        if not same:
            yield Row(f"content{kind}", _in_words(gold, text), _in_words(answer, text), right=False)
    for j, answer in enumerate(told):
        if j not in pairs.values():
            yield Row("made up", "–", _in_words(answer, text), False)


def _in_words(attribution: Attribution, text: str) -> str:
    source, cue, content = (
        " … ".join(text[c.start : c.end] for c in stretches) or "–"
        for stretches in (attribution.source, attribution.cue, attribution.content)
    )
    return f"{source} | {cue} | {content[:160]}"


def _marks(attributions: Sequence[Attribution], *, gold: bool) -> Iterator[Mark]:
    for attribution in attributions:
        for label, stretches in (("source", attribution.source), ("cue", attribution.cue), ("content", attribution.content)):
            for chars in stretches:
                yield Mark(chars.start, chars.end, label, gold)


def to_brat(told: Sequence[Attribution], text: str) -> str:
    lines: list[str] = []
    events: list[str] = []
    for number, attribution in enumerate(told, start=1):
        refs: list[str] = []
        for role, stretches in zip(ROLES, (attribution.source, attribution.cue, attribution.content), strict=True):
            if stretches:
                name = f"T{len(lines) + 1}"
                where = ";".join(f"{c.start} {c.end}" for c in stretches)
                lines.append(f"{name}\t{role} {where}\t{' '.join(text[c.start : c.end] for c in stretches)}".replace("\n", " "))
                refs.append(f"{role}:{name}")
        events.append(f"E{number}\t{' '.join(refs)}")
    return "\n".join(lines + events)


NAMES = tuple(
    f"{prefix}{role}{exact}" for prefix in ("", "speech_") for role in ("source", "content") for exact in ("", "_exact")
)

YARDSTICK: Yardstick[Article] = Yardstick(
    name="polnear",
    measures="who said it: source and content of attributed statements",
    about=__doc__,
    file="dev.jsonl",
    read=read,
    judge=judge,
    figures=always(*(f_score(name) for name in NAMES)),
)
