"""One number out of many figures, for what has room for one only: an export's column, a benchmark's answer.

The record never adds; this does, by what the words say: repeats count once, parts not at all, "another 12" on top, a total
covers what it sums up. It reads a record's figures alone, so that the answer can be traced to them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from dateline.codebook.quantities import SumWords
from dateline.model.event import Event, Figure, Measure, Tally

FAR = 1500  # characters after which a count tells of something else
HEADLINE = 20  # characters in which a headline names whom it is about
FEW = 3  # what a bare plural may stand for
SENTENCE = 100  # characters after which another sentence counts
CLAUSE = 60  # characters in which a clause goes on: "killed three of them before he shot himself"
BREATH = 12  # characters between two counts told in one breath
SHARE = re.compile(r"\bof (?:those|them|the|his|her|their)\b")
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Sum:
    """`low` to `high` is what the first total and its rivals give; `total` is what all that is told amounts to.

    `first` is the count that the report leads with, and where it stands: what one asks for when a report goes on to other
    happenings.
    """

    low: int
    high: int
    total: int
    first: int
    at: int


@dataclass(frozen=True, slots=True)
class _Count:
    at: int
    end: int
    low: int
    high: int
    value: int
    noun: str
    words: frozenset[str]
    more: bool
    definite: bool
    single: bool
    vague: bool
    named: bool
    himself: bool
    share: bool
    figure: Figure


def words_of(figure: Figure) -> frozenset[str]:
    """Words of whom, each also without its plural s."""
    found = WORD.findall((figure.whom or "").casefold())
    return frozenset(found) | {word[:-1] for word in found if word.endswith("s") and not word.endswith("ss")}


def is_group(figure: Figure, group: str, words: SumWords) -> bool:
    return not words_of(figure).isdisjoint(words.groups[group])


def value_of(figure: Figure) -> int:
    """The number that a figure stands for when one must be given: its low end, else its high one."""
    return figure.low if figure.low is not None else figure.high or 0


def add_up(
    events: Sequence[Event],
    tallies: Sequence[Tally],
    measures: Iterable[Measure],
    words: SumWords,
    keep: Callable[[Figure], bool] = lambda figure: True,
) -> Sum | None:
    """Over these events of a report and its tallies that span no period, in the order of the text."""
    wanted = frozenset(measures)
    told_of = [(event, f) for event in events for f in event.figures if f.measure in wanted and keep(f)]
    one_by_one = any(not event.aggregate for event, _ in told_of)  # else the sum of several happenings is all there is
    figures: list[Figure] = [f for event, f in told_of if not (event.aggregate and one_by_one)]
    figures += [t for t in tallies if t.measure in wanted and keep(t) and t.since is None and t.part != "cumulative"]
    told = sorted((_count(figure, words) for figure in figures), key=lambda count: count.at)
    whole = [count for count in told if count.figure.part != "part"]
    if not told:
        return None
    if not whole:
        total = sum(count.value for count in told)
        return Sum(total, total, total, told[0].value, told[0].at)
    kept = _without_repeats(whole, words)
    total = _total(kept, words)
    low, high = _range([count for count in _joined(whole) if not count.single], words)
    first = _joined(kept)[0]
    himself = next((c for c in kept if c.himself and 0 <= c.at - first.end <= CLAUSE), None)
    return Sum(low or total, high or low or total, total, first.low + (himself is not None), first.at)


def _joined(counts: Sequence[_Count]) -> list[_Count]:
    """Counts told in one breath are one count: "two policemen, a guard and three civilians"."""
    out: list[_Count] = []
    for count in counts:
        last = out[-1] if out else None
        if last is not None and 0 <= count.at - last.end <= BREATH and last.words != count.words:
            low, high = last.low + count.low, last.high + count.high
            out[-1] = replace(last, end=count.end, low=low, high=high, single=False, words=last.words | count.words)
        else:
            out.append(count)
    return out


def _range(counts: Sequence[_Count], words: SumWords) -> tuple[int | None, int | None]:
    """The first count is what the report stands for; others of anybody widen it upwards, and downwards an "up to".

    No vague ones ("dozens") and no shares ("eight of those") do; "several" stands only where nobody gives a number.
    """
    if not counts:
        return None, None
    exact = [count for count in counts if words.kin.isdisjoint(count.words) and not (count.vague or count.share)]
    told = next((count for count in exact if not count.more), None)
    first = told if told and counts[0].vague and counts[0].high <= FEW else counts[0]
    low, high = first.low, first.high
    if low != high:
        return low, high
    rivals = [count for count in exact if count.at > first.at]
    high = max([high, *(count.high for count in rivals)])
    if first.figure.low is None:
        low = min([low, *(count.low for count in rivals if count.low * 2 >= low)])
    return low, high


def _count(figure: Figure, words: SumWords) -> _Count:
    said = [word.casefold() for word in WORD.findall(figure.span.text)]
    nouns = [word.casefold() for word in WORD.findall(figure.whom or "")]
    noun = nouns[-1] if nouns else ""
    value = value_of(figure)
    return _Count(
        at=figure.span.start,
        end=figure.span.end + _rest_of_whom(figure),
        low=value,
        high=figure.high if figure.high is not None else value,
        value=value,
        noun=noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun,
        words=words_of(figure),
        more=not (words.more - {"more"} if "than" in said else words.more).isdisjoint(said),
        definite=bool(said) and said[0] in words.definite,
        single=value == 1 and "one" not in said and not any(c.isdigit() for c in figure.span.text),
        named=value == 1 and _is_name(figure, words),
        himself=not words.reflexive.isdisjoint(said),
        share=bool(SHARE.search(figure.span.text)),
        vague=not words.vague.isdisjoint(said) or (value > 1 and not _has_number(figure.span.text, words)),
        figure=figure,
    )


def _rest_of_whom(figure: Figure) -> int:
    """Characters that whom goes on behind the span: "10 members" of "members of the Obi family"."""
    last, whom = figure.span.text.split()[-1], figure.whom or ""
    return len(whom) - len(last) if whom.startswith(f"{last} of ") else 0


def _is_name(figure: Figure, words: SumWords) -> bool:
    """All words of whom are capital and none says what sort of people: "Haji Mama", not "Taliban Leader"."""
    said = WORD.findall(figure.whom or "")
    return bool(said) and all(word[0].isupper() for word in said) and not _says_sort(words_of(figure), words)


def _says_sort(nouns: frozenset[str], words: SumWords) -> bool:
    return not words.anybody.isdisjoint(nouns) or any(not group.isdisjoint(nouns) for group in words.groups.values())


def _has_number(text: str, words: SumWords) -> bool:
    return any(c.isdigit() for c in text) or not words.numbers.isdisjoint(WORD.findall(text.casefold()))


def _without_repeats(counts: Sequence[_Count], words: SumWords) -> list[_Count]:
    kept: list[_Count] = []
    for count in _without_headline(counts, words):
        if not count.vague and not count.single:
            kept = [old for old in kept if not _made_precise(old, count, words)]
        if not any(_repeats(old, count, words) for old in kept):
            kept.append(count)
    return [replace(kept[0], more=False), *kept[1:]]  # nothing stands before the first that it could come on top of


def _without_headline(counts: Sequence[_Count], words: SumWords) -> Sequence[_Count]:
    """ "Insurgent Leader Captured": one without an article, in capitals or as the first words, whom the text tells of again."""
    first, *rest = counts
    said = first.figure.span.text
    bare = first.single and said.casefold() == (first.figure.whom or "").casefold() and _says_sort(first.words, words)
    bare = bare and (first.at < HEADLINE or all(word[0].isupper() for word in WORD.findall(said)))
    return rest if bare and rest and rest[0].at - first.at < FAR else counts


def _made_precise(old: _Count, new: _Count, words: SumWords) -> bool:
    """ "dozens were killed", and a little later "at least 17": the same count."""
    return old.vague and not new.share and (old.more or not new.more) and new.at - old.end < FAR and _alike(old, new, words)


def _repeats(old: _Count, new: _Count, words: SumWords) -> bool:
    if old.himself or new.himself:
        return old.himself and new.himself
    if new.more:
        return old.more and old.value == new.value and old.noun == new.noun and old.vague
    alike = _alike(old, new, words)
    if new.single and (not new.noun or new.definite):
        return True  # "he", "the leader": somebody told before
    if old.value != new.value or old.single != new.single:
        return False
    if new.noun in words.companions:  # "one of his associates", after "one suspected rebel"
        return True
    return alike or ("suspected" in old.words & new.words and new.at - old.end > SENTENCE)


def _alike(old: _Count, new: _Count, words: SumWords) -> bool:
    """The same sort of people, as far as the words go."""
    anybody = words.anybody
    if old.himself or new.himself:
        return False
    if old.named != new.named:
        return True
    if not old.noun or not new.noun or old.noun in anybody or new.noun in anybody:
        return True
    return old.noun == new.noun or not (old.words & new.words - {"suspected"}).isdisjoint((old.noun, new.noun))


def _total(counts: Sequence[_Count], words: SumWords) -> int:
    """A count that covers all the others is the total; else they add up."""
    best = 0
    for number, count in enumerate(counts):
        others = sum(c.value for n, c in enumerate(counts) if n != number and _alike(count, c, words) and not c.more)
        apart = sum(c.value for n, c in enumerate(counts) if n != number and (c.more or not _alike(count, c, words)))
        if count.value >= others and not count.more:
            best = max(best, count.value + apart)
    return best or sum(count.value for count in counts)
