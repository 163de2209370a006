"""Real places from files: dated, repeatable, refused by the row."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mohalla.foundation.places import queries
from mohalla.foundation.places.actions import Loaded, load
from mohalla.foundation.places.models import Place
from mohalla.foundation.places.rules.files import FileRefused
from mohalla.foundation.units.models import Beat
from mohalla.site.cli import app
from mohalla.site.demo import district

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 5, tzinfo=UTC)
DATA = Path(__file__).resolve().parents[4].parent / "shared/data/pakistan_admin"
HEAD = "code,name_en,name_ur,name_ps,parent,lat,lon\n"
real = pytest.mark.skipif(not DATA.exists(), reason="../shared/data/pakistan_admin is not here")


def given(path: Path, kind: str = "mohalla", since: date = date(2026, 1, 1), **more: Any) -> Loaded:
    return load(
        path=path, kind=kind, valid_from=since, source="a list", licence="CC0", at=AT, **more
    )


def listed(folder: Path, rows: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(HEAD + rows)
    return path


def square(lon: float, lat: float, side: float = 0.03) -> dict[str, Any]:
    ring = [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]
    return {"type": "Polygon", "coordinates": [ring]}


def collection(folder: Path, *features: dict[str, Any]) -> Path:
    path = folder / "list.geojson.gz"
    whole = {"type": "FeatureCollection", "features": [{"type": "Feature", **f} for f in features]}
    path.write_bytes(gzip.compress(json.dumps(whole).encode()))
    return path


def test_the_same_list_twice_changes_nothing(tmp_path: Path) -> None:
    path = listed(tmp_path, "m-1,Bara Gate,بارہ گیٹ,,,34.0,71.5\nm-2,Kotla,کوٹلہ,,,,\n")
    assert given(path) == Loaded(new=2, changed=0, same=0)
    assert given(path) == Loaded(new=0, changed=0, same=2)
    assert given(path, since=date(2027, 1, 1)) == Loaded(new=0, changed=0, same=2)
    found = Place.objects.get(code="m-1")
    assert (found.source, found.licence, found.valid_from) == ("a list", "CC0", date(2026, 1, 1))
    assert queries.place_at(34.0, 71.5, AT) == found
    assert Place.objects.get(code="m-2").cells == []


def test_a_change_closes_the_old_state_and_keeps_what_stands_on_the_place(tmp_path: Path) -> None:
    district.build(since=AT)
    given(listed(tmp_path, "m-1,Bara Gate,,,sangbagh,34.0,71.5\n"))
    first = Place.objects.get(code="m-1")
    Place.objects.filter(pk=first.pk).update(aliases=["bara"])
    Beat.objects.get(code="beat-pul-1").places.add(first)
    renamed = listed(tmp_path, "m-1,Bara Darwaza,,,sangbagh,34.0,71.5\n")
    assert given(renamed, since=date(2026, 11, 1)) == Loaded(new=0, changed=1, same=0)
    past, now = Place.objects.filter(code="m-1").order_by("valid_from")
    assert (past.name_en, past.valid_to) == ("Bara Gate", date(2026, 11, 1))
    assert (now.name_en, now.valid_to, now.pk) == ("Bara Darwaza", None, first.pk)
    assert now.aliases == ["bara"]
    assert Beat.objects.get(code="beat-pul-1").places.filter(pk=now.pk).exists()
    today = Place.objects.valid(AT.date()).get(code="m-1")
    before = Place.objects.valid(date(2026, 5, 1)).get(code="m-1")
    assert (today.name_en, before.name_en) == ("Bara Darwaza", "Bara Gate")
    assert [place.code for place in queries.mohallas(AT)].count("m-1") == 1


def test_a_change_without_a_later_date_is_refused(tmp_path: Path) -> None:
    given(listed(tmp_path, "m-1,Bara Gate,,,,,\n"))
    with pytest.raises(FileRefused, match="later --valid-from"):
        given(listed(tmp_path, "m-1,Bara Darwaza,,,,,\n"))
    assert Place.objects.get().name_en == "Bara Gate"


def test_boundaries_become_cells_for_mohallas_only(tmp_path: Path) -> None:
    path = collection(
        tmp_path, {"properties": {"code": "M 7", "name_en": "Seven"}, "geometry": square(71.5, 34)}
    )
    given(path)
    seven = Place.objects.get(code="m-7")
    assert 5 < len(seven.cells) < 40
    assert queries.cell_at(34.015, 71.515) in seven.cells
    assert seven.boundary is not None
    tiny = collection(
        tmp_path,
        {"properties": {"code": "t", "name_en": "T"}, "geometry": square(71.5, 34, 0.0002)},
    )
    given(tiny)
    assert len(Place.objects.get(code="t").cells) == 1
    large = collection(
        tmp_path, {"properties": {"code": "x", "name_en": "X"}, "geometry": square(71.5, 34, 1)}
    )
    with pytest.raises(FileRefused, match="too large for a mohalla"):
        given(large)


@pytest.mark.parametrize(
    "rows,words",
    [
        ("m-1,One,,,,,\nm-1,Two,,,,,\n", r"row 3 \(m-1\).*row 2"),
        (",One,,,,,\n", "row 2: has no code"),
        ("m-1,,,,,,\n", "row 2.*no name"),
        ("m-1,One,,,nowhere,,\n", r"row 2 \(m-1\).*'nowhere' is not loaded"),
        ("m-1,One,,,,340,71\n", "row 2.*WGS 84"),
        ("m-1,One,,,,north,71\n", "row 2.*no number"),
        ("", "holds no place"),
    ],
)
def test_refusals_name_row_and_mend(tmp_path: Path, rows: str, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        given(listed(tmp_path, rows))
    assert not Place.objects.exists()


def test_a_file_that_is_none(tmp_path: Path) -> None:
    for name, content in (
        ("a.csv", b"\xff\xfe\x00"),
        ("b.geojson", b'{"a": 1}'),
        ("c.csv", b"x\n"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(FileRefused):
            given(tmp_path / name)
    with pytest.raises(FileRefused, match="cannot be read"):
        given(tmp_path / "absent.csv")


def test_one_bad_row_and_nothing_is_loaded_by_the_command(tmp_path: Path) -> None:
    path = listed(tmp_path, "m-1,One,,,,,\nm-2,,,,,,\n")
    told = ["places", "load", str(path), "--kind", "mohalla", "--valid-from", "2026-01-01",
            "--source", "a list", "--licence", "CC0"]  # fmt: skip
    done = CliRunner().invoke(app, told)
    assert done.exit_code == 1
    assert "row 3" in done.output
    assert not Place.objects.exists()
    listed(tmp_path, "m-1,One,,,,,\nm-2,Two,,,,,\n")
    done = CliRunner().invoke(app, told)
    assert done.exit_code == 0, done.output
    assert "2 new, 0 changed, 0 as before" in done.output
    assert CliRunner().invoke(app, [*told[:-1], " "]).exit_code == 1


@real
def test_the_real_districts_and_tehsils_of_the_country() -> None:
    steps = []
    for name, kind, count in (("provinces", "province", 7), ("districts", "district", 160),
                              ("tehsils", "tehsil", 577)):  # fmt: skip
        path = DATA / f"{name}.geojson.gz"
        done = given(path, kind=kind, progress=lambda done, of: steps.append((done, of)))
        assert done == Loaded(new=count, changed=0, same=0)
        assert given(path, kind=kind) == Loaded(new=0, changed=0, same=count)
    assert steps[-1] == (577, 577)
    peshawar = Place.objects.get(kind="district", name_en="Peshawar")
    assert peshawar.parent is not None
    assert peshawar.parent.name_en == "Khyber Pakhtunkhwa"
    assert peshawar.boundary is not None
    assert Place.objects.filter(kind="tehsil", parent=peshawar).exists()
