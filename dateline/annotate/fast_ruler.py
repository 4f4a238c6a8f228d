"""The model's attribute rules (part of speech, morphology, some lemmas), applied faster with the same outcome.

Nearly all rules look at one token only, at its tag, its relation and its word in lower case: the outcome for such a token is
worked out once and remembered. Rules over two tokens go through spaCy's matcher as before, in the order of the model's rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, POS, TAG
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

READ = [TAG, DEP, LOWER, IS_SPACE]
WRITTEN = [TAG, DEP, POS, MORPH, LEMMA]
NAMES = {"TAG", "DEP", "LOWER", "IS_SPACE"}
Facts = Mapping[str, str | bool]
Outcome = tuple[int, ...]  # numbers of the rules that hold


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule over one token: any of its patterns suffices."""

    number: int
    patterns: tuple[Mapping[str, Any], ...]

    def holds(self, facts: Facts) -> bool:
        return any(all(_fits(facts[name], asked) for name, asked in pattern.items()) for pattern in self.patterns)


def _fits(fact: str | bool, asked: Any) -> bool:
    if not isinstance(asked, dict):
        return bool(fact == asked)
    return all(TESTS[test](fact, value) for test, value in asked.items())


TESTS: Mapping[str, Any] = {
    "IN": lambda fact, value: fact in value,
    "NOT_IN": lambda fact, value: fact not in value,
    "REGEX": lambda fact, value: re.search(value, fact) is not None,
}


@dataclass(frozen=True, slots=True)
class FastRuler:
    """The component that takes the place of the model's `attribute_ruler`. `known` and `words` only remember."""

    vocab: Vocab
    effects: tuple[Mapping[int, int], ...]
    rules: tuple[Rule, ...]
    pairs: Matcher
    indices: tuple[int, ...]
    tests: tuple[Any, ...]  # what rules ask of the word in lower case: other words are all alike
    known: dict[tuple[int, int, int, int], Outcome] = field(default_factory=dict)
    words: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, ruler: Any, vocab: Vocab) -> FastRuler:
        rules, pairs = [], Matcher(vocab, validate=False)
        for number, rule in enumerate(ruler.patterns):
            patterns = rule["patterns"]
            if all(len(pattern) == 1 for pattern in patterns):
                rules.append(Rule(number, tuple(pattern[0] for pattern in patterns)))
            else:
                pairs.add(str(number), patterns)
        tests = tuple(pattern["LOWER"] for rule in rules for pattern in rule.patterns if "LOWER" in pattern)
        return cls(vocab, tuple(ruler.attrs), tuple(rules), pairs, tuple(ruler.indices), tests)

    def __call__(self, doc: Doc) -> Doc:
        facts = doc.to_array(READ).tolist()
        outcomes = [self._outcome(tag, dep, self._word(word), space) for tag, dep, word, space in facts]
        for number, token in self._matched_pairs(doc):
            outcomes[token] = tuple(sorted((*outcomes[token], number)))
        rows = {outcome: self._effect(outcome) for outcome in set(outcomes)}
        written: Any = doc.to_array(WRITTEN)
        for token, outcome in enumerate(outcomes):
            for column, value in rows[outcome]:
                written[token, column] = value
        return doc.from_array(WRITTEN, written)

    def _effect(self, outcome: Outcome) -> tuple[tuple[int, int], ...]:
        """Columns of WRITTEN with their values; a later rule outranks an earlier one."""
        merged = {name: value for number in outcome for name, value in self.effects[number].items()}
        return tuple((WRITTEN.index(name), value) for name, value in merged.items())

    def _outcome(self, tag: int, dep: int, word: int, space: int) -> Outcome:
        key = (tag, dep, word, space)
        outcome = self.known.get(key)
        if outcome is None:
            strings = self.vocab.strings
            facts: Facts = {"TAG": strings[tag], "DEP": strings[dep], "LOWER": strings[word], "IS_SPACE": bool(space)}
            outcome = self.known[key] = tuple(rule.number for rule in self.rules if rule.holds(facts))
        return outcome

    def _word(self, lower: int) -> int:
        """The word when a rule asks for it, else 0."""
        word = self.words.get(lower)
        if word is None:
            asked = any(_fits(self.vocab.strings[lower], test) for test in self.tests)
            if len(self.words) > 100_000:
                self.words.clear()
            word = self.words[lower] = lower if asked else 0
        return word

    def _matched_pairs(self, doc: Doc) -> Iterable[tuple[int, int]]:
        for name, start, end in self.pairs(doc, allow_missing=True, as_spans=False):
            number = int(self.vocab.strings[name])
            index = self.indices[number]
            yield number, start + index if index >= 0 else end + index


def can_rule(ruler: Any) -> bool:
    """Whether every rule asks and sets only what this module knows."""
    effects = {name for attrs in ruler.attrs for name in attrs}
    singles = [p[0] for rule in ruler.patterns for p in rule["patterns"] if len(p) == 1]
    tests = {test for pattern in singles for asked in pattern.values() if isinstance(asked, dict) for test in asked}
    named = {name for pattern in singles for name in pattern}
    asked_of_words = [p["LOWER"] for p in singles if "LOWER" in p]
    if not (effects <= set(WRITTEN) and named <= NAMES and tests <= set(TESTS)):
        return False
    return not any(_fits("", asked) for asked in asked_of_words)  # "" stands for the words that no rule asks for
