"""The example dispatches, linked: each capital falls once, no two falls are one, and a rumour that was taken back is no fact."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dateline.codebook.frequency import load_word_table
from dateline.link.holdings import build_ledger
from dateline.link.incidents import build_incidents
from dateline.link.prepare import prepare
from dateline.link.weights import load_weights
from dateline.model.event import Record
from dateline.model.incident import Account, Holding, Incident
from dateline.model.text import Report

# Capitals as the dispatches write them, with the day of the fall. Left out: those whose sentences are not read as falls yet.
FALLS = {
    "Zaranj": "2021-08-06",
    "Sheberghan": "2021-08-07",
    "Kunduz": "2021-08-08",
    "Sar-e Pol": None,
    "Taloqan": "2021-08-08",
    "Aybak": "2021-08-09",
    "Farah": "2021-08-10",
    "Pul-e Khumri": "2021-08-10",
    "Faizabad": "2021-08-11",
    "Ghazni": "2021-08-12",
    "Herat": "2021-08-12",
    "Kandahar": "2021-08-12",
    "Lashkar Gah": None,
    "Pul-e Alam": "2021-08-13",
    "Qalat": "2021-08-13",
    "Sharana": "2021-08-14",
    "Gardez": "2021-08-14",
    "Asadabad": None,
    "Maymana": None,
    "Mazar-i-Sharif": "2021-08-14",
    "Charikar": None,
    "Mahmud-e Raqi": None,
    "Jalalabad": "2021-08-15",
    "Kabul": "2021-08-15",
}


@pytest.fixture(scope="module")
def incidents(example_reports: tuple[Report, ...], example_records: tuple[Record, ...]) -> Sequence[Incident]:
    told = [(record.report, event) for record in example_records for event in record.events]
    prepared = prepare(told, example_reports, load_word_table())
    return build_incidents(prepared.tellings, load_weights(), {}, prepared.book)


@pytest.fixture(scope="module")
def ledger(incidents: Sequence[Incident]) -> Sequence[Holding]:
    return build_ledger(incidents)


def capital_of(account: Account) -> str | None:
    """The capital that the account tells the fall of."""
    event = account.event
    is_fall = event.type == "territory_gain" and event.status == "happened" and not event.background
    return next((name for name in FALLS if event.place and name in event.place.span.text), None) if is_fall else None


@pytest.mark.parametrize("capital", FALLS)
def test_each_capital_falls_once(capital: str, incidents: Sequence[Incident]) -> None:
    falls = [i for i in incidents if i.grade != "discounted" and any(capital_of(a) == capital for a in i.accounts)]
    assert len(falls) == 1
    day = FALLS[capital]
    if day is not None:
        assert falls[0].when is not None
        assert str(falls[0].when.end) == day


def test_no_two_capitals_are_one(incidents: Sequence[Incident]) -> None:
    for incident in incidents:
        named = {name for account in incident.accounts if (name := capital_of(account))}
        assert len(named) <= 1, incident.id


def test_the_false_rumour_is_no_fact(incidents: Sequence[Incident], ledger: Sequence[Holding]) -> None:
    rumour = [i for i in incidents if any(a.report.id == "af-0809-mazar-rumour" and capital_of(a) for a in i.accounts)]
    assert [i.grade for i in rumour] == ["discounted"]
    assert {"af-0809-mazar-rumour", "af-0810-mazar-correction"} <= {a.report.id for a in rumour[0].accounts}
    mazar = [holding for holding in ledger if holding.place.span.text == "Mazar-i-Sharif"]
    assert [str(holding.since_latest) for holding in mazar if holding.holder == "Taliban"] == ["2021-08-14"]


def test_what_is_denied_is_contested(incidents: Sequence[Incident]) -> None:
    kunduz = next(i for i in incidents if any(capital_of(a) == "Kunduz" for a in i.accounts))
    assert kunduz.grade == "contested"
    assert {a.report.id for a in kunduz.accounts} >= {"af-0808-kunduz", "af-0808-kunduz-copy", "af-0808-kunduz-denial"}
    assert kunduz.witnesses == 2  # the copy is no witness of its own


def test_a_base_that_changed_hands_twice_did_so_in_two_incidents(ledger: Sequence[Holding]) -> None:
    merowe = [holding for holding in ledger if "Merowe" in holding.place.span.text]
    assert [holding.holder for holding in merowe] == ["Rapid Support Forces", "Sudan's army"]
    assert all(not holding.contradicted_by for holding in merowe)
