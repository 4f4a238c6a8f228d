"""The same incident across reports: shootings in the United States, told by two or more reports, with killed and injured.

Source: the Gun Violence Archive's reports as gathered for SemEval-2018 task 5 (Postma et al. 2018; texts of the publishers).
PATH: dev.jsonl, a line an incident: {"incident", "gold", "reports"}.
Mapped: all reports are coded and linked together, mixed. Their clusters are the linking's stories (which reports tell one and
the same happening); b3_f1 and conll_f1 (mean of MUC, B³ and CEAF-e) compare them with the gold incidents, over reports that sit
in one gold incident only. incident_…: the same for the linked incidents; a report stands in that incident of its violent events
that most accounts tell, a report that tells of no violence stands alone; told_… leaves the latter out. killed, injured: of the
story that most of the gold incident's reports are in, the two counts that most of its reports lead with, the larger of equals,
exactly the gold's; of people "shot" those told as dead are not injured too.
Not comparable: totals are final, early reports give lower ones; the best document F1 of 78.3 is on the task's own questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.codebook.sums import Sum
from dateline.evaluate.coder import Coder
from dateline.evaluate.data import day_of, find_file, read_lines, text_of, titled
from dateline.evaluate.gather import added_up, of_types, sum_words, took_place
from dateline.evaluate.metrics import Counts, accuracy, b3_f1, cluster_counts, cluster_figure, conll_f1, named_apart
from dateline.evaluate.rivals import OneADay
from dateline.evaluate.yardstick import Against, Data, Json, Judged, Row, Yardstick, always, in_words, shown
from dateline.model.event import GROUPS, Measure, Record
from dateline.model.text import Report

BEGINNING = 1500  # characters
NEAR = 12  # characters between a count and the word that tells of it: " were both "
SHOT = frozenset(("shot", "stabbed"))  # they leave open who lived
INCIDENTS, TOLD = "incident ", "told "


@dataclass(frozen=True, slots=True)
class Incident:
    id: str
    reports: tuple[Report, ...]
    killed: int
    injured: int


def read(path: Path) -> Data[Incident]:
    return read_lines(find_file(path, "dev.jsonl"), lambda line: [to_incident(line)])


def to_incident(line: Json) -> Incident:
    gold = line["gold"]
    reports = tuple(_report(report) for report in line["reports"])
    return Incident(text_of(line, "incident"), reports, int(gold["num_killed"]), int(gold["num_injured"]))


def _report(line: Json) -> Report:
    return titled(
        Report(
            id=text_of(line, "id"),
            title=line.get("title"),
            published=day_of(line.get("dct")),
            url=line.get("uri"),
            text=text_of(line, "content"),
        )
    )


def judge(items: Sequence[Incident], coder: Coder) -> Iterator[Judged]:
    reports = list({report.id: report for item in items for report in item.reports}.values())
    records = {record.report.id: record for record in coder.records(reports)}
    linking = coder.link(list(records.values()), reports)
    story_of = {report: f"s{number}" for number, story in enumerate(linking.stories) for report in story}
    incident_of = homes(records.values(), linking.incidents)
    sits_in = Counter(report.id for item in items for report in item.reports)
    gold = {report.id: item.id for item in items for report in item.reports if sits_in[report.id] == 1}
    clusters = {
        "": cluster_counts(gold, {key: story_of[key] for key in gold}),
        INCIDENTS: cluster_counts(gold, {key: incident_of.get(key, f"alone {key}") for key in gold}),
        TOLD: cluster_counts(
            {key: gold[key] for key in gold if key in incident_of}, {key: incident_of[key] for key in gold if key in incident_of}
        ),
    }
    for item in items:
        told = story_of_most(item, story_of)
        ours = [records[report] for report in linking.stories[int(told[1:])]]
        counts = most_told(ours)
        both = {k: v for prefix, of in clusters.items() for k, v in named_apart(of.get(item.id, {}), prefix).items()}
        stand = [incident_of.get(report.id, "no event") for report in item.reports]
        yield judge_one(item, both, counts, story_of, stand)


def story_of_most(item: Incident, story_of: Mapping[str, str]) -> str:
    mine = [story_of[report.id] for report in item.reports]
    return max(mine, key=mine.count)


def most_told(records: Sequence[Record]) -> dict[str, int | None]:
    """The killed and injured that most reports lead with, the largest of those that as many give (tolls grow).

    A report votes with both numbers, since they belong together; one that counts nobody does not vote.
    """
    given = [told for record in records if (told := led_with(record)) is not None]
    killed, injured = max(given, key=lambda told: (given.count(told), told), default=(None, None))
    return {"killed": killed, "injured": injured}


def led_with(record: Record) -> tuple[int, int] | None:
    """Of the report's beginning: further down it tells of other shootings. None when it counts nobody there."""
    killed, injured = (_lead(record, measure) for measure in ("killed", "injured"))
    if killed is None and injured is None:
        return None
    dead, hurt = killed.first if killed else 0, injured.first if injured else 0
    lived = max(0, hurt - dead) if injured and _were_shot(record, injured.at) else hurt
    return dead, lived


def _lead(record: Record, measure: Measure) -> Sum | None:
    return added_up(took_place(record), record, (measure,), lambda figure: figure.span.start < BEGINNING)


def _were_shot(record: Record, at: int) -> bool:
    """ "Five people were shot": whoever of them died is told as dead beside it."""
    for event in record.events:
        counted = next((f.span for f in event.figures if f.measure == "injured" and f.span.start == at), None)
        if counted is not None:
            others = not sum_words().more.isdisjoint(counted.text.casefold().split())
            return 0 <= event.trigger.start - counted.end <= NEAR and event.trigger.text.casefold() in SHOT and not others
    return False


def homes(records: Iterable[Record], incidents: Sequence[Sequence[str]]) -> dict[str, str]:
    """For each report the incident of one of its violent events: the one that most accounts tell, the first told of equals."""
    place = {event: number for number, incident in enumerate(incidents) for event in incident}
    out: dict[str, str] = {}
    for record in records:
        found = [place[event.id] for event in of_types(record.events, GROUPS["violence"]) if event.id in place]
        if found:
            out[record.report.id] = f"i{max(found, key=lambda number: len(incidents[number]))}"
    return out


def judge_one(
    item: Incident, clusters: Counts, told: Mapping[str, int | None], story_of: Mapping[str, str], incidents: Sequence[str]
) -> Judged:
    gold = {"killed": item.killed, "injured": item.injured}
    mine = [story_of[report.id] for report in item.reports]
    return Judged(
        id=item.id,
        counts={**clusters, **{name: (float(told[name] == gold[name]), 1) for name in gold}},
        text="\n\n———\n\n".join(f"{report.published}: {report.text}" for report in item.reports),
        rows=(
            *(shown(name, gold[name], told[name]) for name in gold),
            Row("together", f"{len(mine)} reports, one incident", f"stories {in_words(mine)}", len(set(mine)) == 1),
            Row("incidents", "one", in_words(incidents), None),
        ),
        prediction={"incident": item.id, "reports": {report.id: story_of[report.id] for report in item.reports}, **told},
        reports=len(item.reports),
    )


YARDSTICK: Yardstick[Incident] = Yardstick(
    name="gva",
    measures="the same incident across reports; killed and injured",
    about=__doc__,
    file="dev.jsonl",
    read=read,
    judge=judge,
    figures=always(
        cluster_figure("b3_f1", b3_f1),
        cluster_figure("conll_f1", conll_f1),
        cluster_figure("incident_b3_f1", b3_f1, INCIDENTS),
        cluster_figure("incident_conll_f1", conll_f1, INCIDENTS),
        cluster_figure("told_b3_f1", b3_f1, TOLD),
        cluster_figure("told_conll_f1", conll_f1, TOLD),
        accuracy("killed"),
        accuracy("injured"),
    ),
    best_known={"conll_f1": "78.3 document F1 on the task's own questions (context only)"},
    rivals=(Against("one incident a place and day", OneADay, ("b3_f1", "conll_f1")),),
)
