"""The model's attribute rules (part of speech, morphology, some lemmas), applied faster with the same outcome.

Nearly all rules look at one token only, at its tag, its relation and its word in lower case: the outcome for such a token is
worked out once and remembered, and with it which rules over several tokens it may begin: few tokens begin any. (spaCy's matcher
takes 1.0 ms a report of 500 words for these.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, POS, TAG
from spacy.tokens import Doc
from spacy.vocab import Vocab

READ = [TAG, DEP, LOWER, IS_SPACE]
WRITTEN = [TAG, DEP, POS, MORPH, LEMMA]
NAMES = {"TAG", "DEP", "LOWER", "IS_SPACE"}
Facts = Mapping[str, str | bool]
Tests = Mapping[str, Any]
Key = tuple[int, int, int, int]
Outcome = tuple[int, ...]  # numbers of the rules that hold


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: any of its patterns suffices. One pattern is a test for each of the tokens in a row that it takes."""

    number: int
    patterns: tuple[tuple[Tests, ...], ...]
    index: int  # of the token that the rule changes

    @property
    def is_single(self) -> bool:
        return all(len(pattern) == 1 for pattern in self.patterns)

    def holds(self, facts: Facts) -> bool:
        """Of a rule over single tokens."""
        return any(_meets(facts, pattern[0]) for pattern in self.patterns)

    def begun(self, facts: Facts) -> tuple[tuple[Rule, tuple[Tests, ...]], ...]:
        """The patterns over several tokens that this token may begin."""
        return tuple((self, pattern) for pattern in self.patterns if _meets(facts, pattern[0]))


def _meets(facts: Facts, tests: Tests) -> bool:
    return all(_fits(facts[name], asked) for name, asked in tests.items())


def _fits(fact: str | bool, asked: Any) -> bool:
    if not isinstance(asked, dict):
        return bool(fact == asked)
    return all(TESTS[test](fact, value) for test, value in asked.items())


TESTS: Tests = {
    "IN": lambda fact, value: fact in value,
    "NOT_IN": lambda fact, value: fact not in value,
    "REGEX": lambda fact, value: re.search(value, fact) is not None,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What rules say of a token such as this, and the patterns over several tokens that it may begin (few do)."""

    outcome: Outcome
    begun: tuple[tuple[Rule, tuple[Tests, ...]], ...]


@dataclass(frozen=True, slots=True)
class FastRuler:
    """The component that takes the place of the model's `attribute_ruler`. `known` and `words` only remember."""

    vocab: Vocab
    effects: tuple[Mapping[int, int], ...]
    singles: tuple[Rule, ...]
    rows: tuple[Rule, ...]  # over several tokens
    asked: frozenset[str]  # the words in lower case that rules ask for; all others are alike, but for
    tests: tuple[Any, ...]  # what rules ask of the word by a pattern
    known: dict[Key, Known] = field(default_factory=dict)
    words: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, ruler: Any, vocab: Vocab) -> FastRuler:
        rules = [
            Rule(number, tuple(tuple(pattern) for pattern in rule["patterns"]), ruler.indices[number])
            for number, rule in enumerate(ruler.patterns)
        ]
        singles, rows = tuple(r for r in rules if r.is_single), tuple(r for r in rules if not r.is_single)
        tests = tuple(test["LOWER"] for rule in rules for pattern in rule.patterns for test in pattern if "LOWER" in test)
        asked, others = _words_asked(tests)
        return cls(vocab, tuple(ruler.attrs), singles, rows, asked, others)

    def __call__(self, doc: Doc) -> Doc:
        keys = [(tag, dep, self._word(word), space) for tag, dep, word, space in doc.to_array(READ).tolist()]
        known = [self.known.get(key) or self._learn(key) for key in keys]
        outcomes = [one.outcome for one in known]
        for start, one in enumerate(known):
            for rule, pattern in one.begun:
                if self._goes_on(pattern, keys[start : start + len(pattern)]):
                    token = start + rule.index if rule.index >= 0 else start + len(pattern) + rule.index
                    outcomes[token] = tuple(sorted((*outcomes[token], rule.number)))
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

    def _facts(self, key: Key) -> Facts:
        tag, dep, word, space = key
        strings = self.vocab.strings
        return {"TAG": strings[tag], "DEP": strings[dep], "LOWER": strings[word], "IS_SPACE": bool(space)}

    def _learn(self, key: Key) -> Known:
        facts = self._facts(key)
        outcome = tuple(rule.number for rule in self.singles if rule.holds(facts))
        known = self.known[key] = Known(outcome, tuple(begun for rule in self.rows for begun in rule.begun(facts)))
        return known

    def _goes_on(self, pattern: tuple[Tests, ...], keys: Sequence[Key]) -> bool:
        return len(keys) == len(pattern) and all(_meets(self._facts(key), test) for key, test in zip(keys, pattern, strict=True))

    def _word(self, lower: int) -> int:
        """The word when a rule asks for it, else 0."""
        word = self.words.get(lower)
        if word is None:
            text = self.vocab.strings[lower]
            asked = text in self.asked or any(_fits(text, test) for test in self.tests)
            if len(self.words) > 100_000:
                self.words.clear()
            word = self.words[lower] = lower if asked else 0
        return word


def _words_asked(tests: Sequence[Any]) -> tuple[frozenset[str], tuple[Any, ...]]:
    """Words that the tests name, and the tests that name none."""
    words: set[str] = set()
    others = []
    for test in tests:
        if isinstance(test, str):
            words.add(test)
        elif list(test) == ["IN"]:
            words.update(test["IN"])
        else:
            others.append(test)
    return frozenset(words), tuple(others)


def can_rule(ruler: Any) -> bool:
    """Whether every rule asks and sets only what this module knows."""
    effects = {name for attrs in ruler.attrs for name in attrs}
    tests = [test for rule in ruler.patterns for pattern in rule["patterns"] for test in pattern]
    named = {name for test in tests for name in test}
    kinds = {kind for test in tests for asked in test.values() if isinstance(asked, dict) for kind in asked}
    if not (effects <= set(WRITTEN) and named <= NAMES and kinds <= set(TESTS)):
        return False
    return not any(_fits("", test["LOWER"]) for test in tests if "LOWER" in test)  # "" stands for words that no rule asks for
