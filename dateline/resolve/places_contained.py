"""What words say plainly of two neighbours: that one lies in the other ("Andar district, Ghazni province", "Homs in Syria")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.model.reading import Reading
from dateline.resolve.gazetteer import Candidate, Gazetteer, contains
from dateline.resolve.places_find import Found

IN = frozenset({",", "(", "in", ", in", "of", "'s", "’s", "", ", of", "in the", "of the", "-"})
PLAIN = frozenset({",", "of", "in", ", in", "(", ", of"})
OWNED = frozenset({"'s", "’s", "", ",", "-"})


def said_containments(reading: Reading, names: Sequence[Found], gazetteer: Gazetteer) -> list[tuple[int, int, bool]]:
    """Pairs (inner, outer) by the words between neighbours: "Andar district, Ghazni province", "Homs in Syria", "Syria's Homs".

    The third value: the words say so plainly, whether the gazetteer agrees or not ("X district, Y province").
    """
    doc, words = reading.doc, gazetteer.words
    out = []
    for n in range(len(names) - 1):
        a, b = names[n], names[n + 1]
        if b.first - a.last > 8:
            continue
        gap = [t.lower_ for t in doc[a.last + 1 : b.first] if not t.is_space]
        between = " ".join(word for word in gap if word not in words.kinds and word not in words.before)
        plain = (
            between in PLAIN
            and not (between == "," and not finer_first(a, b) and doc[b.first : b.last + 1].root.dep_ == "conj")  # a list
            and bool(b.candidates)
            and b.candidates[0].match != "demonym"
            and b.candidates[0].standing == "known"
            and (between in ("in", "of", "(") or not a.candidates or finer_first(a, b))
        )
        if between in IN and any(c.place.kind == "country" for c in a.candidates[:1]):
            continue  # "the embassy of Ukraine in Nigeria": a country lies in no other
        if any(c.match == "demonym" for c in a.candidates) and between in ("of", "", "of the"):
            if holds(a.candidates[:8], b.candidates):
                out.append((n + 1, n, False))  # "the Syrian city of Homs", "Turkish Kurdistan"
        elif between in IN and (plain or holds(b.candidates[:8], a.candidates)):
            out.append((n, n + 1, plain))
        elif between in OWNED and holds(a.candidates[:8], b.candidates):
            out.append((n + 1, n, False))
    return out


FINER = ("town", "district", "province", "country")


def finer_first(a: Found, b: Found) -> bool:
    """`X district, Y province`: an address by the words beside the names."""
    return a.kind_word in FINER and b.kind_word in FINER and FINER.index(a.kind_word) < FINER.index(b.kind_word)


def holds(outer: Iterable[Candidate], inner: Sequence[Candidate]) -> bool:
    return any(contains(o.place, i.place) for o in outer for i in inner)
