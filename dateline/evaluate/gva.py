"""The same incident across reports: shootings in the United States, told by two or more reports, with killed and injured.

Source: the Gun Violence Archive's reports as gathered for SemEval-2018 task 5 (Postma et al. 2018; texts of the publishers).
PATH: dev.jsonl, a line an incident: {"incident", "gold", "reports"}.
Mapped: all reports are coded and linked together, mixed. A report belongs to the incident of its main violent event (a report
that tells of none stands alone). b3_f1 and conll_f1 (mean of MUC, B³ and CEAF-e) compare that with the gold incidents, over
reports that sit in one gold incident only. killed, injured: the agreed counts of the incident that most of the gold incident's
reports belong to, exactly the gold's; none given counts as 0.
Not comparable: totals are final, early reports give lower ones; the best document F1 of 78.3 is on the task's own questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.evaluate.coder import Coder, Linked
from dateline.evaluate.data import day_of, find_file, read_lines, text_of, titled
from dateline.evaluate.gather import main_event, of_types
from dateline.evaluate.metrics import Counts, Figure, accuracy, b3_f1, cluster_counts, conll_f1
from dateline.evaluate.rivals import OneADay
from dateline.evaluate.yardstick import Against, Data, Json, Judged, Row, Yardstick, always, in_words, shown
from dateline.model.event import GROUPS, Record
from dateline.model.text import Report


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
    records = list(coder.records(reports))
    linked = coder.incidents(records, reports)
    belongs = incident_of_reports(records, linked)
    by_id = {incident.id: incident for incident in linked}
    sits_in = Counter(report.id for item in items for report in item.reports)
    gold = {report.id: item.id for item in items for report in item.reports if sits_in[report.id] == 1}
    clusters = cluster_counts(gold, {key: belongs[key] for key in gold})
    for item in items:
        yield judge_one(item, clusters.get(item.id, {}), belongs, by_id)


def incident_of_reports(records: Sequence[Record], linked: Sequence[Linked]) -> dict[str, str]:
    """Report id → id of the incident of its main violent event, or a name of its own."""
    incident_of_event = {event: incident.id for incident in linked for event in incident.events}
    out: dict[str, str] = {}
    for record in records:
        main = main_event(of_types(record.events, GROUPS["violence"]))
        out[record.report.id] = incident_of_event.get(main.id, f"alone-{main.id}") if main else f"none-{record.report.id}"
    return out


def judge_one(item: Incident, clusters: Counts, belongs: Mapping[str, str], by_id: Mapping[str, Linked]) -> Judged:
    mine = [belongs[report.id] for report in item.reports]
    most = min(set(mine), key=lambda name: (name not in by_id, -mine.count(name), mine.index(name)))
    told = by_id.get(most)
    counts = {
        "killed": ((told.killed or 0) if told else None, item.killed),
        "injured": ((told.injured or 0) if told else None, item.injured),
    }
    spread = len(set(mine))
    return Judged(
        id=item.id,
        counts={**clusters, **{name: (float(ours == gold), 1) for name, (ours, gold) in counts.items()}},
        text="\n\n———\n\n".join(f"{report.published}: {report.text}" for report in item.reports),
        rows=(
            *(shown(name, gold, ours) for name, (ours, gold) in counts.items()),
            Row("together", f"{len(mine)} reports, one incident", f"in {spread}: {in_words(mine)}", spread == 1),
        ),
        prediction={"incident": item.id, "reports": {report.id: belongs[report.id] for report in item.reports}}
        | {name: ours for name, (ours, _) in counts.items()},
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
        Figure("b3_f1", b3_f1, lambda sums: f"{sums['b3'][2]:g} reports" if "b3" in sums else "no reports"),
        Figure("conll_f1", conll_f1, lambda sums: f"{sums['b3'][2]:g} reports" if "b3" in sums else "no reports"),
        accuracy("killed"),
        accuracy("injured"),
    ),
    best_known={"conll_f1": "78.3 document F1 on the task's own questions (context only)"},
    rivals=(Against("one incident a place and day", OneADay, ("b3_f1", "conll_f1")),),
)
