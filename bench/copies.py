"""How well copies are told from reports that only tell of the same: `python -m bench.copies REPORTS.jsonl [--pairs]`.

REPORTS.jsonl holds one incident a line with its reports (docs/yardsticks.md, gva). Copies are made at run time by editing
the first report of each incident in the ways of newsrooms; what counts as wrong is every other pair that is called a copy:
two different reports of one incident above all. Pairs of the reports as they were published that are called copies are
listed by --pairs for a reader to judge, since wires are reprinted in any such collection.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from dateline.model.text import Report
from dateline.read.copies import FEWEST_RUNS, find_copies, sketch_of

SEED = 11
# A shorter source leaves nothing to recognise once it is cut.
SHORTEST_WORDS = 120
Edit = Callable[[random.Random, list[str], list[str]], list[str]]


def cut(chance: random.Random, paragraphs: list[str], _other: list[str]) -> list[str]:
    """The end is left off, between a third and two thirds of the text."""
    words = sum(len(p.split()) for p in paragraphs)
    keep, kept, out = chance.uniform(0.35, 0.7) * words, 0, []
    for paragraph in paragraphs:
        if kept >= keep:
            break
        take = paragraph.split()[: max(1, int(keep - kept))]
        out.append(" ".join(take))
        kept += len(take)
    return out


def reorder(chance: random.Random, paragraphs: list[str], _other: list[str]) -> list[str]:
    sentences = [s for p in paragraphs for s in p.replace(". ", ".\n").split("\n") if s.strip()]
    chance.shuffle(sentences)
    return sentences


def byline(_chance: random.Random, paragraphs: list[str], _other: list[str]) -> list[str]:
    return ["By our own correspondent", f"(Courier Wire) - {paragraphs[0]}", *paragraphs[1:], "Copyright Courier Wire 2021."]


def merge(_chance: random.Random, paragraphs: list[str], other: list[str]) -> list[str]:
    """Joined with another incident's report into one round-up."""
    return [*paragraphs, "In other news:", *other]


def reword(chance: random.Random, paragraphs: list[str], _other: list[str]) -> list[str]:
    """One word of fifteen is another one."""
    swap = ("reportedly", "officials", "residents", "yesterday", "later", "nearby")
    return [" ".join(chance.choice(swap) if chance.random() < 1 / 15 else w for w in p.split()) for p in paragraphs]


def new_lead(_chance: random.Random, paragraphs: list[str], _other: list[str]) -> list[str]:
    """A rewritten first paragraph over the same body."""
    return ["Police are looking into what happened, and people who live close by are asking for answers.", *paragraphs[1:]]


EDITS: Mapping[str, Edit] = {
    "cut": cut, "reordered": reorder, "byline": byline, "merged": merge, "reworded": reword, "new lead": new_lead,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Set:
    reports: Sequence[Report]
    source_of: Mapping[str, str]
    edit_of: Mapping[str, str]
    incident_of: Mapping[str, str]


def make_set(path: Path) -> Set:
    chance = random.Random(SEED)
    incidents = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    originals = {told["id"]: (item["incident"], _report(told)) for item in incidents for told in item["reports"]}
    firsts = [originals[item["reports"][0]["id"]][1] for item in incidents]
    usable = [report for report in firsts if len(report.text.split()) >= SHORTEST_WORDS]
    reports, source_of, edit_of = [report for _incident, report in originals.values()], {}, {}
    for number, report in enumerate(usable):
        name = list(EDITS)[number % len(EDITS)]
        other = usable[(number + len(usable) // 2) % len(usable)]
        body = EDITS[name](chance, _paragraphs(report), _paragraphs(other))
        copy = _edited(report, name, body)
        reports.append(copy)
        source_of[copy.id], edit_of[copy.id] = report.id, name
        if name == "merged":
            source_of[f"{copy.id} 2"] = other.id
    return Set(reports, source_of, edit_of, {key: incident for key, (incident, _report) in originals.items()})


def _report(told: Mapping[str, str]) -> Report:
    return Report(id=told["id"], title=told["title"], published=date.fromisoformat(told["dct"]), text=told["content"])


def _paragraphs(report: Report) -> list[str]:
    return [line for line in report.text.split("\n") if line.strip()]


def _edited(report: Report, name: str, body: Sequence[str]) -> Report:
    day = (report.published or date(2020, 1, 1)) + timedelta(days=1)
    title = "What is known so far"
    text = "\n\n".join((title, *body))
    return Report(id=f"{report.id} {name}", title=title, outlet="Lakeside Courier", published=day, text=text)


def measure(made: Set) -> tuple[list[str], list[tuple[str, str]]]:
    """The table, and the pairs of published reports that are called copies."""
    told = {(copy.report_id, copy.of) for copy in find_copies(sketch_of(report) for report in made.reports)}
    wanted = {(copy.removesuffix(" 2"), source) for copy, source in made.source_of.items()}
    between = sorted((a, b) for a, b in told if a not in made.edit_of and b not in made.edit_of)
    # An edit of a report that a wire had printed already is a copy of both: then the pair says nothing about the edit.
    twins = {frozenset(pair) for pair in between}
    false = [(a, b) for a, b in told if a in made.edit_of and (a, b) not in wanted and not _by_a_twin(made, twins, a, b)]
    lines = ["| edit | copies | found |", "|---|--:|--:|"]
    for name in EDITS:
        mine = [(copy, source) for copy, source in wanted if made.edit_of[copy] == name]
        lines.append(f"| {name} | {len(mine)} | {sum(pair in told for pair in mine)} |")
    found = len(wanted & told)
    same = _pairs_of_one_incident(made)
    lines += [
        f"recall {found / len(wanted):.3f} ({found}/{len(wanted)})",
        f"precision {found / (found + len(false) or 1):.3f} ({len(false)} edits called copies of what they do not repeat)",
        f"published pairs of one incident {same}, called copies {sum(_one_incident(made, a, b) for a, b in between)}; of two "
        f"incidents {sum(not _one_incident(made, a, b) for a, b in between)}",
    ]
    return lines, between


def _by_a_twin(made: Set, twins: set[frozenset[str]], copy: str, source: str) -> bool:
    own = {made.source_of[copy], made.source_of.get(f"{copy} 2", "")}
    if source in made.edit_of:
        theirs = {made.source_of[source], made.source_of.get(f"{source} 2", "")}
        return bool(own & theirs) or any(frozenset((a, b)) in twins for a in own for b in theirs)
    return any(frozenset((a, source)) in twins for a in own)


def _one_incident(made: Set, a: str, b: str) -> bool:
    return made.incident_of[a] == made.incident_of[b]


def _pairs_of_one_incident(made: Set) -> int:
    sizes = Counter(
        made.incident_of[r.id] for r in made.reports if r.id in made.incident_of and len(sketch_of(r).runs) >= FEWEST_RUNS
    )
    return sum(n * (n - 1) // 2 for n in sizes.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--pairs", action="store_true")
    options = parser.parse_args()
    made = make_set(options.path)
    lines, between = measure(made)
    print("\n".join(lines))
    if options.pairs:
        texts = {report.id: report.text for report in made.reports}
        for a, b in between:
            print(f"\n== {a} {b}\n{texts[a][:300]!r}\n{texts[b][:300]!r}")


if __name__ == "__main__":
    main()
