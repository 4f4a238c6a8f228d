"""The tokens of a report as plain lists, read off the spaCy Doc once: place finding looks at each of them many times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Tokens:
    """`label` is the tagger's entity type or empty, `joined`: no white space before the token, `capital`: it begins with one."""

    text: str
    words: Sequence[str]
    lower: Sequence[str]
    start: Sequence[int]
    end: Sequence[int]
    label: Sequence[str]
    pos: Sequence[str]
    capital: Sequence[bool]
    joined: Sequence[bool]
    space: Sequence[bool]
    small: frozenset[str]  # words that stand in the report without a capital

    @classmethod
    def of(cls, doc: Doc) -> Tokens:
        read = [(token.text, token.idx, token.ent_type_, token.pos_) for token in doc]
        words, start = [row[0] for row in read], [row[1] for row in read]
        end = [at + len(word) for at, word in zip(start, words, strict=True)]
        return cls(
            text=doc.text,
            words=words,
            lower=[word.lower() for word in words],
            start=start,
            end=end,
            label=[row[2] for row in read],
            pos=[row[3] for row in read],
            capital=[word[:1].isupper() or _opens_name(words, n) for n, word in enumerate(words)],
            joined=[n > 0 and end[n - 1] == at for n, at in enumerate(start)],
            space=[word.isspace() for word in words],
            small=frozenset(word for word in words if word.islower()),
        )

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, last: int) -> str:
        """The text from the first to the last token, inclusive."""
        return self.text[self.start[first] : self.end[last]]

    def before(self, i: int) -> str:
        """The word before token i in lower case, or nothing at a line's start."""
        return self.lower[i - 1] if i > 0 and not self.space[i - 1] else ""

    def after(self, i: int) -> str:
        return self.lower[i + 1] if i + 1 < len(self.words) and not self.space[i + 1] else ""

    def is_name(self, i: int) -> bool:
        """A capitalised word that the tagger takes for a name."""
        return 0 <= i < len(self.words) and self.capital[i] and self.pos[i] == "PROPN"

    def breaks(self, i: int) -> bool:
        """Punctuation or white space that no name runs across."""
        return self.space[i] or self.words[i] in _BREAKS


def _opens_name(words: Sequence[str], n: int) -> bool:
    """`al` of "al-Bukamal" begins a name, though it is written small."""
    return words[n] in ARTICLES and n + 2 < len(words) and words[n + 1] == "-" and words[n + 2][:1].isupper()


LINKS = frozenset("wa ye e i o de la du da do".split())  # written small within a name
ARTICLES = frozenset("al el ad ar as ash at az el ed er es esh ez ul ur".split())
_BREAKS = frozenset(',.;:()[]"“”«»!?—–…')
