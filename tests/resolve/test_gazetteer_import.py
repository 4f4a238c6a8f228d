"""Importing: three forms of file, an import that was cut off, and what an imported place lends to a known one."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from dateline.errors import UsageError
from dateline.resolve import gazetteer_import
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.gazetteer_import import COLUMNS, import_file
from dateline.resolve.gazetteer_store import GazPlace, LayerWriter, NewPlace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A gazetteer of one province and one town."""
    home = tmp_path / "gazetteer"
    writer = LayerWriter(home / "default")
    province = GazPlace("geonames:10", "Norland", "adm1", "QQ", "QQ.01", None, "QQ.01", 10.0, 10.0, 900_000, 80.0)
    town = GazPlace("geonames:11", "Harlow Bridge", "town", "QQ", "QQ.01", None, None, 10.1, 10.1, 80_000, 5.0)
    writer.add([NewPlace(province, ("Norland Province",)), NewPlace(town)])
    writer.finish()
    return home


def table(path: Path, rows: list[tuple[str, ...]]) -> Path:
    path.write_text("\n".join("\t".join(row) for row in [COLUMNS, *rows]) + "\n", encoding="utf-8")
    return path


def village(number: int, name: str, geonames: str = "", region: str = "r1") -> tuple[str, ...]:
    return (f"v{number}", geonames, name, f"{name} Kalay", "10.2", "10.3", "QQ", "locality", region, "", "0")


REGION = ("r1", "", "Norland", "", "10", "10", "QQ", "region", "r1", "", "0")


def test_a_table_joins_the_known_provinces(folder: Path, tmp_path: Path) -> None:
    done = import_file(folder, table(tmp_path / "villages.tsv", [village(1, "Tamara Qala"), REGION]), "villages")
    assert (done.places, done.layers) == (2, 1)
    found = Gazetteer.open(folder).lookup("Tamara Kalay") or Gazetteer.open(folder).lookup("Tamara Qala")
    assert [(c.place.gid, c.place.admin1) for c in found] == [("villages:v1", "QQ.01")]


def test_a_known_place_is_lent_a_spelling(folder: Path, tmp_path: Path) -> None:
    import_file(folder, table(tmp_path / "v.tsv", [village(1, "Pul-e Harlow", "11")]), "v")
    (found,) = Gazetteer.open(folder).lookup("Pul-e Harlow")
    assert (found.place.name, found.place.population) == ("Harlow Bridge", 80_000)


def test_what_an_import_lends_is_told_from_what_is_known(folder: Path, tmp_path: Path) -> None:
    big = ("v9", "", "Great Norport", "", "10.4", "10.4", "QQ", "locality", "r1", "", "9000")
    land = ("v8", "", "Norlandia", "Take|NQ", "10", "10", "QQ", "country", "", "", "0")
    import_file(folder, table(tmp_path / "v.tsv", [village(1, "Tamara Qala"), village(2, "Pul-e Harlow", "11"), big, land]), "v")
    gazetteer = Gazetteer.open(folder)
    standing = {name: [c.standing for c in gazetteer.lookup(name)] for name in ("Harlow Bridge", "Pul-e Harlow", "Tamara Qala")}
    assert standing == {"Harlow Bridge": ["known"], "Pul-e Harlow": ["lent"], "Tamara Qala": ["imported"]}
    assert [c.standing for c in gazetteer.lookup("Great Norport")] == ["known"]  # people enough to be met in a report
    assert gazetteer.lookup("Take") == ()  # a country's names in all languages are English words too
    assert gazetteer.knows("Tamara Qala")
    assert not gazetteer.knows_well("Tamara Qala")


def test_an_imported_hamlet_hides_no_known_place_that_sounds_alike(folder: Path, tmp_path: Path) -> None:
    import_file(folder, table(tmp_path / "v.tsv", [village(1, "Harlov Bridge")]), "v")
    assert [c.place.gid for c in Gazetteer.open(folder).lookup("Harlov Bridge")] == ["v:v1", "geonames:11"]


def test_a_cut_off_import_goes_on(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer_import, "BATCH", 10)
    monkeypatch.setattr(gazetteer_import, "PER_LAYER", 30)
    names = [f"Deh{chr(97 + n // 26)}{chr(97 + n % 26)}mand" for n in range(75)]
    path = table(tmp_path / "many.tsv", [village(n, name) for n, name in enumerate(names)])

    def stop(lines: int, places: int) -> None:
        if places == 50:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(folder, path, "many", stop)
    seen: list[int] = []
    done = import_file(folder, path, "many", lambda lines, places: seen.append(places))
    assert (done.places, done.layers) == (75, 3)
    assert min(seen) > 50
    gazetteer = Gazetteer.open(folder)
    assert all(gazetteer.knows(name) for name in names)
    assert import_file(folder, path, "many").places == 75


def test_a_geonames_dump_and_its_alternate_names(folder: Path, tmp_path: Path) -> None:
    dump = tmp_path / "QQ.txt.gz"
    line = [
        "77",
        "Old Ferry",
        "Old Ferry",
        "Ferry Town",
        "9.5",
        "9.6",
        "P",
        "PPL",
        "QQ",
        "",
        "01",
        "",
        "",
        "",
        "1200",
        "",
        "5",
        "Z",
        "2020-01-01",
    ]
    with gzip.open(dump, "wt", encoding="utf-8") as handle:
        handle.write("\t".join(line) + "\n" + "\t".join(["x"] * 19) + "\n")
    assert import_file(folder, dump, "dump").places == 1
    names = tmp_path / "alternates.txt"
    names.write_text(
        "1\t77\ten\tFerryville\t\t\t\t1\n2\t77\tlink\thttp://x\t\t\t\t\n3\t999\ten\tNowhere\t\t\t\t\n", encoding="utf-8"
    )
    assert import_file(folder, names, "names").places == 1
    (found,) = Gazetteer.open(folder).lookup("Ferryville")
    assert (found.place.gid, found.match) == ("geonames:77", "historic")


def test_what_is_no_gazetteer_is_refused(folder: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b,c\n", encoding="utf-8")
    with pytest.raises(UsageError, match="headings"):
        import_file(folder, wrong, "wrong")
    with pytest.raises(UsageError, match="no file"):
        import_file(folder, tmp_path / "absent.tsv", "absent")


def test_another_file_under_the_same_name_is_refused(folder: Path, tmp_path: Path) -> None:
    import_file(folder, table(tmp_path / "a.tsv", [village(1, "Tamara Qala")]), "a")
    with pytest.raises(UsageError, match="another file"):
        import_file(folder, table(tmp_path / "b.tsv", [village(1, "Tamara Qala"), village(2, "Sangin Tepe")]), "a")
