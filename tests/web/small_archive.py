"""A small archive made by hand: a town that changes hands and is said not to, rival counts, a copy, things known only roughly.

Its reports are sentences of our own; the desk's tests know every incident in it.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

from dateline.link.run import link_incidents
from dateline.model.event import Record
from dateline.model.place import Place
from dateline.model.text import Report
from dateline.store.archive import Archive
from tests.factories import (
    make_actor,
    make_control,
    make_event,
    make_figure,
    make_place,
    make_record,
    make_report,
    make_source,
    make_when,
)

KUNDUZ = (36.728, 68.868)
SHEBERGHAN = (36.665, 65.752)
MEROWE = (18.45, 31.82)


def fill(address: str) -> None:
    """Each report becomes known at the end of its day of publication."""
    with Archive.open(address) as archive:
        for report, record in all_records():
            assert report.published is not None
            archive.add(report, record, datetime.combine(report.published, time(22), UTC))
        link_incidents(archive)


def all_records() -> list[tuple[Report, Record]]:
    return [fall_of_kunduz("k1", "The Courier"), denial(), strike(), toll("k3", "Evening Sheet"), rough(), feared(), merowe()]


def town(report: Report, words: str, at: tuple[float, float], admin1: str, country: str = "AF") -> Place:
    return make_place(report, words, lat=at[0], lon=at[1], radius_km=6.0, admin1=admin1, country=country, gazetteer_id=words)


def fall_of_kunduz(report_id: str, outlet: str) -> tuple[Report, Record]:
    text = (
        "Kunduz falls to the Taliban\n\nKABUL, Aug. 8 — The Taliban captured Kunduz on Sunday, a council member said.\n"
        "At least 14 people were killed in the fighting, a doctor told the paper."
    )
    report = make_report(report_id, text, outlet=outlet, published="2021-08-08", title="Kunduz falls to the Taliban")
    place = town(report, "Kunduz", KUNDUZ, "Kunduz")
    event = make_event(
        report,
        "captured",
        "territory_gain",
        by=[make_actor(report, "Taliban", known_id="taliban", kind="rebel_group")],
        place=place,
        when=make_when(report, "Sunday", "2021-08-08"),
        control=make_control(report, place, after="Taliban"),
        figures=[make_figure(report, "At least 14 people", low=14, whom="people", sources=[make_source(report, "a doctor")])],
        sources=[make_source(report, "a council member", cue="said")],
    )
    return report, make_record(report, event)


def denial() -> tuple[Report, Record]:
    text = "The interior ministry denied on Sunday that the Taliban had captured Kunduz."
    report = make_report("k2", text, outlet="State Herald", published="2021-08-08")
    place = town(report, "Kunduz", KUNDUZ, "Kunduz")
    event = make_event(
        report,
        "captured",
        "territory_gain",
        status="denied",
        by=[make_actor(report, "Taliban", known_id="taliban", kind="rebel_group")],
        place=place,
        when=make_when(report, "Sunday", "2021-08-08"),
        sources=[make_source(report, "The interior ministry", stance="denies", cue="denied", party=True)],
    )
    return report, make_record(report, event)


def strike() -> tuple[Report, Record]:
    text = (
        "Air strikes in Sheberghan on Saturday killed more than 200 fighters, the defence ministry claimed.\n"
        "The Taliban said that seven of their men died."
    )
    report = make_report("s1", text, outlet="The Courier", published="2021-08-09")
    ministry = make_source(report, "the defence ministry", stance="claims", cue="claimed", party=True)
    taliban = make_source(report, "The Taliban", cue="said", party=True)
    event = make_event(
        report,
        "Air strikes",
        "airstrike",
        on=[make_actor(report, "Taliban", known_id="taliban", kind="rebel_group")],
        place=town(report, "Sheberghan", SHEBERGHAN, "Jowzjan"),
        when=make_when(report, "Saturday", "2021-08-07"),
        figures=[
            make_figure(report, "more than 200 fighters", low=200, whom="fighters", sources=[ministry]),
            make_figure(report, "seven of their men", low=7, high=7, whom="men", sources=[taliban]),
        ],
        sources=[ministry],
    )
    return report, make_record(report, event)


def toll(report_id: str, outlet: str) -> tuple[Report, Record]:
    text = "At least 25 people were killed when the Taliban captured Kunduz on Sunday, a lawmaker said."
    report = make_report(report_id, text, outlet=outlet, published="2021-08-10")
    place = town(report, "Kunduz", KUNDUZ, "Kunduz")
    event = make_event(
        report,
        "captured",
        "territory_gain",
        by=[make_actor(report, "Taliban", known_id="taliban", kind="rebel_group")],
        place=place,
        when=make_when(report, "Sunday", "2021-08-08"),
        control=make_control(report, place, after="Taliban"),
        figures=[make_figure(report, "At least 25 people", low=25, whom="people", sources=[make_source(report, "a lawmaker")])],
    )
    return report, make_record(report, event)


def rough() -> tuple[Report, Record]:
    text = "Fighting in Badakhshan killed three soldiers on Monday.\nTens of thousands fled their homes in Afghanistan."
    report = make_report("p1", text, outlet="North Radio", published="2021-08-09")
    province = make_place(
        report, "Badakhshan", lat=36.75, lon=70.8, precision="province", radius_km=150.0, admin1="Badakhshan", gazetteer_id="bdk"
    )
    country = make_place(report, "Afghanistan", lat=33.9, lon=67.7, precision="country", radius_km=600.0, gazetteer_id="af")
    fighting = make_event(
        report,
        "Fighting",
        "clash",
        place=province,
        when=make_when(report, "Monday", "2021-08-09"),
        figures=[make_figure(report, "three soldiers", low=3, high=3, whom="soldiers")],
    )
    fled = make_event(
        report,
        "fled",
        "displacement",
        place=country,
        figures=[make_figure(report, "Tens of thousands", "displaced", low=20000)],
    )
    return report, make_record(report, fighting, fled)


def feared() -> tuple[Report, Record]:
    text = "Analysts feared that Mazar-i-Sharif could fall to the Taliban within days."
    report = make_report("f1", text, outlet="North Radio", published="2021-08-11")
    place = town(report, "Mazar-i-Sharif", (36.709, 67.111), "Balkh")
    event = make_event(report, "fall", "territory_gain", status="hypothetical", by=["Taliban"], place=place)
    return report, make_record(report, event)


def merowe() -> tuple[Report, Record]:
    text = "The RSF seized Merowe on Saturday. <b>Witnesses</b> said shots were heard."
    report = make_report("m1", text, outlet="Nile Post", published="2023-04-15")
    place = town(report, "Merowe", MEROWE, "Northern", "SD")
    event = make_event(
        report,
        "seized",
        "territory_gain",
        by=[make_actor(report, "RSF", known_id="rsf", kind="rebel_group")],
        place=place,
        when=make_when(report, "Saturday", "2023-04-15"),
        control=make_control(report, place, after="RSF"),
    )
    return report, make_record(report, event)
