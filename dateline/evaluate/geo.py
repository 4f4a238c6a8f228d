"""Place names in news and where they lie: on the spans that the gold gives, and on raw text.

Source: Local-Global Lexicon (Lieberman et al. 2010) and GeoWebNews (Gritta et al. 2020; GPL-3 with its repository), both with
GeoNames ids; research use. PATH: dev.jsonl, a line a corpus: {"id", "xml"}.
Mapped: a mention's place to its point and GeoNames id. On gold spans the names with coordinates are resolved; not resolved
counts as missed. On raw text every mention we find is told, whatever its role; `found_f1`: it overlaps a gold name (in
GeoWebNews a name with coordinates); `recall161`: gold names with coordinates that we found within 161 km; `precision`: of
our mentions with a point, those on a gold name and within 161 km of it (any point will do where gold has none). Gold names whose
offsets lie outside of the text (five in GeoWebNews) are left out.
Not comparable: systems that were tuned on these corpora. Recall@161 on raw text of published systems was recomputed from
their stored outputs; they were not asked for precision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from dateline.evaluate.coder import Coder, PlacesRead
from dateline.evaluate.data import day_of, find_file, read_lines, text_of
from dateline.evaluate.metrics import Counts, Figure, accuracy, f_score, recall
from dateline.evaluate.metrics import precision as precision_of
from dateline.evaluate.rivals import PlainEntities
from dateline.evaluate.spans import pair_spans
from dateline.evaluate.yardstick import Against, Data, Json, Judged, Mark, Row, Yardstick
from dateline.model.place import Place
from dateline.model.reading import Chars
from dateline.model.text import Report
from dateline.resolve.gazetteer import great_circle

NEAR_KM = 161.0
STAKES = (".acc161", ".exact", ".found_f1", ".recall161", ".precision")
STAKES = (".acc161", ".exact", ".found_f1", ".recall161", ".precision")


@dataclass(frozen=True, slots=True)
class Toponym:
    """A gold name; `lat` and `lon` are None where the annotators gave no place."""

    chars: Chars
    lat: float | None
    lon: float | None
    geonames_id: str | None

    @property
    def located(self) -> bool:
        return self.lat is not None


@dataclass(frozen=True, slots=True)
class Article:
    corpus: str
    report: Report
    toponyms: tuple[Toponym, ...]


def read(path: Path) -> Data[Article]:
    return read_lines(find_file(path, "dev.jsonl"), to_articles)


def to_articles(line: Json) -> list[Article]:
    corpus = text_of(line, "id")
    root = ElementTree.fromstring(text_of(line, "xml").encode())
    return [_article(corpus, number, element) for number, element in enumerate(root.findall("article"))]


def _article(corpus: str, number: int, element: Element) -> Article:
    text = _required(element, "text")
    report = Report(
        id=f"{corpus}-{element.get('docid') or element.get('file') or number}",
        outlet=element.findtext("domain"),
        title=(element.findtext("title") or "").strip() or None,
        published=day_of((element.findtext("dltime") or "")[:10]),
        url=element.findtext("url") or element.findtext("link"),
        text=text,
    )
    named = [t for t in element.iter("toponym") if t.find("gaztag") is not None or t.find("phrase") is not None or _id(t)]
    toponyms = (_toponym(t) for t in named)
    return Article(corpus, report, tuple(t for t in toponyms if 0 <= t.chars.start < t.chars.end <= len(text)))


def _required(element: Element, tag: str) -> str:
    text = element.findtext(tag)
    if text is None:
        raise ValueError(f"an article without {tag}")
    return text


def _id(element: Element) -> str | None:
    return element.findtext("geonamesID")


def _toponym(element: Element) -> Toponym:
    chars = Chars(int(_required(element, "start")), int(_required(element, "end")))
    tag = element.find("gaztag")
    if tag is not None:
        return Toponym(chars, float(_required(tag, "lat")), float(_required(tag, "lon")), tag.get("geonameid"))
    if _id(element) and element.findtext("latitude"):
        return Toponym(chars, float(_required(element, "latitude")), float(_required(element, "longitude")), _id(element))
    return Toponym(chars, None, None, None)


def judge(items: Sequence[Article], coder: Coder) -> Iterator[Judged]:
    asked = [(item.report, tuple(t.chars for t in item.toponyms if t.located)) for item in items]
    for item, answer in zip(items, coder.places(asked), strict=True):
        yield judge_one(item, answer)


def judge_one(item: Article, answer: PlacesRead) -> Judged:
    located = [t for t in item.toponyms if t.located]
    given = list(zip(located, answer.given, strict=True))
    pairs = pair_spans([t.chars for t in item.toponyms], [m.chars for m in answer.found])
    met = {j: item.toponyms[i] for i, j in pairs.items()}
    points = [j for j, m in enumerate(answer.found) if m.place.lat is not None]
    right = [j for j in points if j in met and (not met[j].located or is_near(met[j], answer.found[j].place))]
    counts: Counts = {
        "gold.acc161": (sum(is_near(t, place) for t, place in given), len(given)),
        "gold.exact": (sum(is_exact(t, place) for t, place in given), len(given)),
        "raw.found": (len(item.toponyms), len(answer.found), len(pairs)),
        "raw.near": (len(located), len(points), sum(met[j].located for j in right)),
        "raw.right": (len(located), len(points), len(right)),
    }
    return Judged(
        id=item.report.id,
        counts={f"{item.corpus}.{name}": row for name, row in counts.items()},
        text=item.report.text,
        rows=tuple(_rows(item, answer, met)),
        marks=(
            *(Mark(t.chars.start, t.chars.end, t.geonames_id or "name", gold=True) for t in item.toponyms),
            *(Mark(m.chars.start, m.chars.end, place_in_words(m.place), gold=False) for m in answer.found),
        ),
        prediction={
            "id": item.report.id,
            "toponyms": [
                {"start": m.chars.start, "end": m.chars.end, "geonamesID": id_of(m.place), "lat": m.place.lat, "lon": m.place.lon}
                for m in answer.found
            ],
        },
    )


def is_near(gold: Toponym, place: Place | None) -> bool:
    if gold.lat is None or gold.lon is None or place is None or place.lat is None or place.lon is None:
        return False
    return great_circle(gold.lat, gold.lon, place.lat, place.lon) <= NEAR_KM


def is_exact(gold: Toponym, place: Place | None) -> bool:
    return place is not None and gold.geonames_id is not None and id_of(place) == gold.geonames_id


def id_of(place: Place) -> str | None:
    """The GeoNames number in a gazetteer id ("geonames:1138336" or "1138336")."""
    return place.gazetteer_id.rsplit(":", 1)[-1] if place.gazetteer_id else None


def place_in_words(place: Place | None) -> str:
    if place is None:
        return "–"
    return f"{place.name}, {place.admin1 or '?'}, {place.country or '?'} ({place.precision}, {id_of(place)})"


def _rows(item: Article, answer: PlacesRead, met: dict[int, Toponym]) -> Iterator[Row]:
    text = item.report.text
    resolved = dict(zip([t for t in item.toponyms if t.located], answer.given, strict=True))
    for toponym, place in resolved.items():
        words = f"{text[toponym.chars.start : toponym.chars.end]} ({toponym.lat}, {toponym.lon}; {toponym.geonames_id})"
        yield Row("gold span", words, place_in_words(place), is_near(toponym, place))
    for toponym in item.toponyms:
        if toponym not in met.values():
            yield Row("missed", text[toponym.chars.start : toponym.chars.end], "–", False)
    for j, mention in enumerate(answer.found):
        if j not in met:
            yield Row("made up", "–", f"{text[mention.chars.start : mention.chars.end]}: {place_in_words(mention.place)}", False)


def figures(items: Sequence[Article]) -> tuple[Figure, ...]:
    out: list[Figure] = []
    for corpus in dict.fromkeys(item.corpus for item in items):
        out += [
            accuracy(f"{corpus}.gold.acc161"),
            accuracy(f"{corpus}.gold.exact"),
            f_score(f"{corpus}.raw.found_f1", f"{corpus}.raw.found"),
            recall(f"{corpus}.raw.recall161", f"{corpus}.raw.near"),
            precision_of(f"{corpus}.raw.precision", f"{corpus}.raw.right"),
        ]
    return tuple(out)


YARDSTICK: Yardstick[Article] = Yardstick(
    name="geo",
    measures="place names in news and where they lie (LGL, GeoWebNews)",
    about=__doc__,
    file="dev.jsonl",
    read=read,
    judge=judge,
    figures=figures,
    best_known={
        "lgl.gold.acc161": "82.7 (Mordecai3)",
        "gwn.gold.acc161": "94.1 (Mordecai3)",
        "lgl.gold.exact": "79.4 (Mordecai3)",
        "gwn.gold.exact": "90.1 (Mordecai3)",
        "lgl.raw.recall161": "40",
        "gwn.raw.recall161": "50",
    },
    rivals=(Against("spaCy's entities, most populous place of the name", PlainEntities, STAKES),),
)
