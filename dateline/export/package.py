"""A frictionless data package: the tables with their schema, how to cite them, and how they were made, in one zip file.

Same incidents, same bytes: the files carry no time of their own.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from dateline.export.table import COLUMNS, Column, csv_line, row_of
from dateline.model.incident import Account, Incident

ACCOUNTS = (
    Column("incident", "string", "the incident that the account tells"),
    Column("event", "string", "the event's id"),
    Column("report", "string", "the report's id"),
    Column("outlet", "string", "who published it"),
    Column("published", "date", "publication day"),
    Column("url", "string", "address of the report, if known"),
    Column("copy_of", "string", "the report whose words this one repeats: a copy is not a second witness"),
    Column("status", "string", "how this account tells it"),
    Column("speakers", "string", "who says so inside the report, with stance, joined by semicolons"),
    Column("figures", "string", "the words of its counts, joined by semicolons"),
    Column("words", "string", "the sentence that tells it"),
)
DISPUTES = (
    Column("incident", "string", "the incident"),
    Column("field", "string", "what is disputed"),
    Column("side", "string", "what one side says"),
    Column("said_by", "string", "who says so, joined by semicolons"),
)
KEYS = {"incidents": "incident", "accounts": "event"}
METHOD = """# How these tables were made

dateline reads news reports of armed conflict and keeps what they tell, with the words that each value rests on. A program coded
the reports by rules over a parsed text; people may have corrected, rejected or added events: their word outranks the program's.

- **incidents.csv** has one row for each happening across all reports. A count is a range: the lowest and the highest that an
  account gives; an empty highest is open. A time is a range of days. A place has its precision and a radius within which it lies.
- **accounts.csv** has every report's version, who speaks in it and with what stance. Reports that repeat another's words are
  marked `copy_of` and are no second witnesses.
- **disputes.csv** has the sides where accounts disagree. Nothing is averaged.

`status` tells what happened from what is planned, denied or feared: leave out all but `happened` and `ongoing` to count deeds.
`standing` tells who stands behind an incident, `grade` how far it is to be trusted. Reports tell what was noticed and could be
told: the absence of an incident is no evidence that nothing happened.

A cell whose words would begin like a formula has an apostrophe before them.
"""
CITATION = """cff-version: 1.2.0
message: "Please cite the outlets that told the incidents (accounts.csv) and the software that coded them."
title: "Incidents of armed conflict, coded from news reports with dateline"
type: dataset
authors:
  - name: "The team that gathered and reviewed these reports"
abstract: "{incidents} incidents in {accounts} accounts of {outlets} outlets, {first} to {last}."
keywords: [conflict data, event data, news]
"""


class Package:
    """Choose it to publish or to archive: it explains itself without dateline."""

    name = "package"
    suffix = "zip"

    def __init__(self) -> None:
        self.losses: Counter[str] = Counter()
        self._incidents, self._accounts, self._disputes = io.StringIO(), io.StringIO(), io.StringIO()
        self._count = self._told = 0
        self._outlets: set[str] = set()
        self._first = self._last = ""

    def begin(self) -> Iterator[bytes]:
        for target, columns in self._tables():
            target.write(csv_line([column.name for column in columns]))
        yield from ()

    def _tables(self) -> tuple[tuple[io.StringIO, Sequence[Column]], ...]:
        return (self._incidents, COLUMNS), (self._accounts, ACCOUNTS), (self._disputes, DISPUTES)

    def feed(self, incident: Incident) -> Iterator[bytes]:
        self._incidents.write(csv_line(row_of(incident)))
        for account in incident.accounts:
            self._accounts.write(csv_line(account_row(incident, account)))
        for dispute in incident.disputes:
            for side in dispute.sides:
                self._disputes.write(csv_line((incident.id, dispute.field, side.words, "; ".join(side.said_by))))
        if incident.bonds:
            self.losses["why accounts stand in one incident (jsonl has it)"] += 1
        self._note(incident)
        yield from ()

    def _note(self, incident: Incident) -> None:
        self._count += 1
        self._told += len(incident.accounts)
        self._outlets.update(account.report.outlet for account in incident.accounts if account.report.outlet)
        day = str(incident.when.start or "") if incident.when else ""
        if day:
            self._first = min(self._first or day, day)
            self._last = max(self._last, day)

    def finish(self) -> Iterator[bytes]:
        about = CITATION.format(
            incidents=self._count, accounts=self._told, outlets=len(self._outlets), first=self._first or "undated",
            last=self._last or "undated",
        )  # fmt: skip
        files = {
            "datapackage.json": json.dumps(descriptor(), indent=2, ensure_ascii=False) + "\n",
            "incidents.csv": self._incidents.getvalue(),
            "accounts.csv": self._accounts.getvalue(),
            "disputes.csv": self._disputes.getvalue(),
            "METHOD.md": METHOD,
            "CITATION.cff": about,
        }
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in files.items():
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
        yield target.getvalue()


def account_row(incident: Incident, account: Account) -> tuple[object, ...]:
    report, event = account.report, account.event
    speakers = dict.fromkeys(f"{source.speaker} ({source.stance})" for source in event.sources)
    return (
        incident.id, event.id, report.id, report.outlet, report.published, report.url, account.copy_of, event.status,
        "; ".join(speakers), "; ".join(figure.span.text for figure in event.figures),
        event.evidence[0].text if event.evidence else event.trigger.text,
    )  # fmt: skip


def descriptor() -> dict[str, Any]:
    """Data Package 1.0, with a Table Schema for each table."""
    tables = {"incidents": COLUMNS, "accounts": ACCOUNTS, "disputes": DISPUTES}
    return {
        "profile": "tabular-data-package",
        "name": "dateline-incidents",
        "title": "Incidents of armed conflict, coded from news reports with dateline",
        "resources": [_resource(name, columns) for name, columns in tables.items()],
    }


def _resource(name: str, columns: Sequence[Column]) -> dict[str, Any]:
    fields = [{"name": c.name, "type": c.kind, "description": c.explained} for c in columns]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if name in KEYS:
        schema["primaryKey"] = [KEYS[name]]
    if name != "incidents":
        schema["foreignKeys"] = [{"fields": ["incident"], "reference": {"resource": "incidents", "fields": ["incident"]}}]
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
