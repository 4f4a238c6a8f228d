"""The verbs over an archive, run as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.cli import cli
from dateline.errors import UsageError
from dateline.link.run import link_incidents
from dateline.store.archive import Archive
from tests.factories import make_control, make_event, make_figure, make_place, make_record, make_report, make_when


@pytest.fixture
def address(tmp_path: Path) -> str:
    """Two reports of one shelling, and one of a town that changed hands."""
    path = str(tmp_path / "a.sqlite")
    with Archive.open(path) as archive:
        for report_id, killed in (("a", 3), ("b", 12)):
            report = make_report(report_id, f"Rebels shelled Dunmore on Friday, killing {killed} people.")
            event = make_event(
                report,
                "shelled",
                by=["Rebels"],
                place=make_place(report, "Dunmore", lat=34.0, lon=62.0),
                when=make_when(report, "Friday", "2021-08-06"),
                figures=[make_figure(report, f"{killed} people", low=killed, high=killed)],
            )
            archive.add(report, make_record(report, event))
        report = make_report("c", "Rebels took Arden from the army on Thursday.")
        place = make_place(report, "Arden", lat=36.5, lon=66.0)
        event = make_event(
            report,
            "took",
            "territory_gain",
            by=["Rebels"],
            place=place,
            when=make_when(report, "Thursday", "2021-08-05"),
            control=make_control(report, place, before="the army", after="Rebels"),
        )
        archive.add(report, make_record(report, event))
        link_incidents(archive)
    return path


def run(*args: str) -> Result:
    result = CliRunner().invoke(cli, list(args), env={"COLUMNS": "160"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def lines(*args: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run(*args, "--json").stdout.splitlines()]


def test_incidents_lists_and_narrows(address: str) -> None:
    assert len(lines("incidents", "--archive", address)) == 2
    assert [i["type"] for i in lines("incidents", "--archive", address, "--type", "control")] == ["territory_gain"]
    assert [i["type"] for i in lines("incidents", "--archive", address, "--place", "dunmore")] == ["shelling"]
    assert lines("incidents", "--archive", address, "--since", "2022-01-01") == []
    assert lines("incidents", "--archive", address, "--as-known-on", "2020-01-01") == []
    with pytest.raises(UsageError, match="no type 'fight'"):
        run("incidents", "--archive", address, "--type", "fight")


def test_show_explains_itself(address: str) -> None:
    identifier = str(lines("incidents", "--archive", address, "--type", "shelling")[0]["id"])
    text = run("show", identifier, "--why", "--archive", address).stdout
    assert "“Rebels shelled Dunmore on Friday, killing 3 people.”" in text
    assert "disputed: killed" in text
    assert "both in Dunmore" in text
    assert "place = Dunmore: the most precise place named" in text
    with pytest.raises(UsageError, match="no incident"):
        run("show", "i000", "--archive", address)


def test_holdings_on_a_day_and_changes_between_days(address: str) -> None:
    assert [h["holder"] for h in lines("holdings", "--on", "2021-08-04", "--archive", address)] == ["the army"]
    assert [h["holder"] for h in lines("holdings", "--on", "2021-08-05", "--archive", address)] == ["Rebels"]
    changed = lines("holdings", "--changes", "--from", "2021-08-01", "--to", "2021-08-31", "--archive", address)
    assert [(h["holder"], h["since_latest"]) for h in changed] == [("Rebels", "2021-08-05")]
    assert "Arden" in run("holdings", "--archive", address).stdout
    with pytest.raises(UsageError, match="go with --changes"):
        run("holdings", "--from", "2021-08-01", "--archive", address)


def test_figures_show_the_range_over_accounts(address: str) -> None:
    found = lines("figures", "--archive", address, "--measure", "killed")
    assert [(f["low"], f["high"], f["disputed"]) for f in found] == [(3, 12, True)]
    assert "3–12 killed (disputed)" in run("figures", "--archive", address).stdout


def test_export_writes_a_file_or_standard_output(address: str, tmp_path: Path) -> None:
    target = tmp_path / "map.geojson"
    run("export", "--format", "geojson", "--output", str(target), "--archive", address)
    assert len(json.loads(target.read_text())["features"]) == 2
    assert run("export", "--format", "csv", "--archive", address).stdout.startswith("incident,type,")


def test_judging_parts_and_joins_and_changes_lists_it(address: str) -> None:
    shelling = lines("incidents", "--archive", address, "--type", "shelling")[0]
    accounts = shelling["accounts"]
    assert isinstance(accounts, list)
    first, second = (account["event"]["id"] for account in accounts)
    run("judge", "different", first, second, "--by", "ana", "--archive", address)
    assert len(lines("incidents", "--archive", address)) == 3
    run("judge", "same", first, second, "--by", "ana", "--archive", address)
    assert len(lines("incidents", "--archive", address)) == 2
    kinds = {change["kind"] for change in lines("changes", "--since", "2021-01-01", "--archive", address)}
    assert {"new", "judged", "merged"} <= kinds
    assert run("check", "--archive", address).stdout == "sound\n"


def test_linking_again_says_that_nothing_is_new(address: str) -> None:
    assert run("link", "--archive", address).stdout == "nothing new to link\n"
