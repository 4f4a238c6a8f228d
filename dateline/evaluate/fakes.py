"""One attack an article, as outlets of both sides of the Syrian war told it: where, who, how, and how many were killed.

Source: FA-KES (Abu Salem et al. 2019, CC BY 4.0): articles of 15 outlets, answers of the crowd; about 90% is the ceiling.
PATH: dev.jsonl, lines of {"title", "text", "published", "gold"}.
Mapped, from the main violent event and the one beside it (a headline and its first sentence often stand apart): actor, whoever
did it, put into the set's seven classes by name. From the violent events, the main one first: location, the first-level unit of
the place as governorate; cause_of_death by type (air strikes and artillery are "shelling", as in the set; chemical when the means
say so). civilians, noncivilians, children, women: the count of killed of that group that the article leads with, by its `whom`
(nobody named: civilians); counts that stand far behind the first tell of other attacks.
Not comparable: the gold's civilians are often the total, its date is the publication's, its location a governorate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from dateline.evaluate.coder import Coder
from dateline.evaluate.data import find_file, read_lines, titled, to_report
from dateline.evaluate.gather import (
    added_up,
    counts,
    event_marks,
    is_one_of,
    lead,
    least,
    main_first,
    of_types,
    took_place,
    unaccented,
)
from dateline.evaluate.metrics import accuracy
from dateline.evaluate.yardstick import Data, Json, Judged, Yardstick, always, shown
from dateline.model.actor import Actor
from dateline.model.event import GROUPS, Event, Figure, Measure, Record
from dateline.model.text import Report

FIELDS = ("location", "actor", "cause_of_death", "civilians", "noncivilians", "children", "women")

GOVERNORATES = MappingProxyType(
    {
        "aleppo": "aleppo",
        "halab": "aleppo",
        "damascus": "damascus",
        "dimashq": "damascus",
        "idlib": "idlib",
        "deir": "deir ezzor",
        "dayr": "deir ezzor",
        "hasak": "hasakeh",
        "raqqa": "raqqa",
        "homs": "homs",
        "hims": "homs",
        "dara": "daraa",
        "lat": "lattakia",
        "hama": "hama",
        "quneitra": "quneitra",
        "qunaytirah": "quneitra",
        "suw": "sweida",
        "tart": "tartous",
    }
)
UNKNOWN = "unknown"
HARMFUL = (*GROUPS["violence"], "crackdown", "riot", "property_destruction", "siege", "advance", "territory_gain")
NEAR, FAR = 300, 900  # characters from the first count of killed
GOVERNMENT = "syrian government or russian troops"
ISIS = "the organization of the islamic state in iraq and the levant - isis"
# The first stem that an actor's name holds decides; order matters ("Syrian rebels" are no government).
# "Terrorists" and "militants" without a name are a word for an enemy and name no side.
ACTORS = MappingProxyType(
    {
        "us-led": "international coalition forces",
        "coalition": "international coalition forces",
        "islamic state": ISIS,
        "isis": ISIS,
        "isil": ISIS,
        "daesh": ISIS,
        "nusra": "al-nusra front",
        "fateh al-sham": "al-nusra front",
        "tahrir al-sham": "al-nusra front",
        "syrian democratic forces": "self administration forces",
        "sdf": "self administration forces",
        "ypg": "self administration forces",
        "kurdish": "self administration forces",
        "united states": "international coalition forces",
        "u.s.": "international coalition forces",
        "american": "international coalition forces",
        "rebel": "armed opposition groups",
        "opposition": "armed opposition groups",
        "insurgent": "armed opposition groups",
        "free syrian": "armed opposition groups",
        "militant": "armed opposition groups",
        "government": GOVERNMENT,
        "regime": GOVERNMENT,
        "russia": GOVERNMENT,
        "assad": GOVERNMENT,
        "syria": GOVERNMENT,
        "army": GOVERNMENT,
    }
)


@dataclass(frozen=True, slots=True)
class Article:
    report: Report
    gold: Json


def read(path: Path) -> Data[Article]:
    return read_lines(find_file(path, "dev.jsonl"), lambda line: [to_article(line)])


def to_article(line: Json) -> Article:
    return Article(titled(to_report(line)), {field: line["gold"][field] for field in FIELDS})


def judge(items: Sequence[Article], coder: Coder) -> Iterator[Judged]:
    for item, record in zip(items, coder.records([item.report for item in items]), strict=True):
        told = answer(record)
        yield Judged(
            id=item.report.id,
            counts={field: (float(item.gold[field] == told[field]), 1) for field in FIELDS},
            text=item.report.text,
            rows=tuple(shown(field, item.gold[field], told[field]) for field in FIELDS),
            marks=event_marks(record.events),
            prediction={"id": item.report.id, **told},
        )


def answer(record: Record) -> Json:
    events = main_first(of_types(took_place(record), GROUPS["violence"]))
    return {
        **killed_by_group(record),
        "location": governorate([*events, *took_place(record)]),
        "actor": next((known for event in lead(events) if (known := actor(event)) != UNKNOWN), blamed(record)),
        "cause_of_death": next((known for event in events if (known := cause(event)) != UNKNOWN), UNKNOWN),
    }


def killed_by_group(record: Record) -> dict[str, int]:
    """The counts that the article leads with; what stands far behind the first one tells of other attacks."""
    events = [event for event in took_place(record) if event.type in HARMFUL]
    killed: tuple[Measure, ...] = ("killed",)
    civilians = added_up(events, record, killed, lambda f: not is_fighting(f) and not is_part_of(f))
    fighters = added_up(events, record, killed, is_fighting)
    everybody = added_up(events, record, killed)
    start = min((found.at for found in (civilians, fighters, everybody) if found), default=0)
    told = {
        "civilians": civilians.first if civilians and civilians.at - start < NEAR else 0,
        "noncivilians": fighters.first if fighters and fighters.at - start < NEAR else 0,
    }
    if civilians and not any(told.values()):
        told["civilians"] = civilians.first
    for group in ("children", "women"):
        counted = counts(events, killed) + [t for t in record.tallies if t.measure == "killed" and t.since is None]
        theirs = sorted((f for f in counted if is_one_of(f, group)), key=lambda f: f.span.start)
        told[group] = next((least(f) for f in theirs if f.span.start - start < FAR), 0)
    return told


def is_fighting(figure: Figure) -> bool:
    return is_one_of(figure, "fighters") and not is_one_of(figure, "children")


def is_part_of(figure: Figure) -> bool:
    return is_one_of(figure, "children") or is_one_of(figure, "women")


def governorate(events: Sequence[Event]) -> str | None:
    names = [unaccented(event.place.admin1).casefold() for event in events if event.place and event.place.admin1]
    return next((place for name in names for stem, place in GOVERNORATES.items() if stem in name), None)


def actor(event: Event) -> str:
    """Who did it; of a fight, the side that did not suffer the losses it tells of."""
    doers = event.by
    if event.type == "clash":
        lost = {side_of(who) for who in (*event.by, *event.on) if any(f.span.start == who.span.start for f in event.figures)}
        doers = tuple(who for who in (*event.by, *event.on) if side_of(who) not in lost)
    return next((side for who in doers if (side := side_of(who)) != UNKNOWN), UNKNOWN)


def side_of(who: Actor) -> str:
    said = f"{who.id or ''} {who.name} {who.span.text}".casefold()
    return next((known for stem, known in ACTORS.items() if stem in said), UNKNOWN)


def blamed(record: Record) -> str:
    """Who says that it did it, else who is accused."""
    claiming = [who for e in record.events if e.type == "claim_responsibility" and e.status == "happened" for who in e.by]
    accused = [who for e in record.events if e.type == "accuse" for who in e.on]
    return next((side for who in (*claiming, *accused) if (side := side_of(who)) != UNKNOWN), UNKNOWN)


def cause(event: Event) -> str:
    means = f"{event.means.text if event.means else ''} {event.trigger.text}".casefold()
    if any(stem in means for stem in ("chemical", "gas", "sarin", "chlorine", "toxic", "nerve")):
        return "chemical and toxic gases"
    if event.type in ("airstrike", "shelling"):
        return "shelling"
    if event.type == "bombing":
        return "explosion"
    if any(stem in means for stem in ("execut", "behead", "hang")):
        return "execution"
    return "shooting" if any(stem in means for stem in ("shot", "shoot", "gun", "fire", "sniper")) else UNKNOWN


YARDSTICK: Yardstick[Article] = Yardstick(
    name="fakes",
    measures="Syrian-war articles: governorate, actor, cause, killed by group",
    about=__doc__,
    file="dev.jsonl",
    read=read,
    judge=judge,
    figures=always(*(accuracy(field) for field in FIELDS)),
)
