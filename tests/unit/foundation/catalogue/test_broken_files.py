"""A province's slips: each error names the file, the line and the mend."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from mohalla.foundation import catalogue


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(settings.CATALOGUE_DIR, tmp_path / "pakistan"))


def broken(folder, file, old, new):
    """Loads the folder after one change; gives the error and the line where the change stands."""
    path = folder / file
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(catalogue.CatalogueError) as caught:
        catalogue.load(folder)
    return caught.value, source[: source.index(old)].count("\n") + 1


CASES = [
    ("crime.toml", ', ps = "غلا" }', " }", "has no Pashto name; add names.ps"),
    ("crime.toml", 'sensitivity = "C1"', 'sensitivity = "C9"', "wrong sensitivity"),
    ("crime.toml", 'matter = "cognizable"', 'mater = "cognizable"', "mat"),
    ("crime.toml", 'group = "crime"', 'group = "krime"', "not in groups"),
    ("crime.toml", 'legal = "cognizable"', 'legal = "nonsense"', "not in legal"),
    ("crime.toml", '"rts_commission"', '"no_door"', "not in doors"),
    ("crime.toml", 'ur = "چوری"', 'ur = "Theft"', "no Urdu letters"),
    ("crime.toml", 'ps = "غلا"', 'ps = "چوڑی ہے"', "Urdu letters"),
    (
        "police.toml",
        'desks = ["independent", "triage_desk"]',
        'desks = ["station"]',
        "would reach a station",
    ),
    ("police.toml", 'sensitivity = "C3"', 'sensitivity = "C1"', "grave but not C3"),
    ("police.toml", 'outcome = "72h"', 'outcome = "soon"', 'like "30m"'),
    (
        "messages.toml",
        "We have your message. Number",
        "The police have it. Number",
        "not neutral in en",
    ),
    (
        "messages.toml",
        "آپ کا پیغام مل گیا، نمبر",
        "پولیس کو پیغام مل گیا، نمبر",
        "not neutral in ur",
    ),
    (
        "messages.toml",
        "آپ کا پیغام مل گیا، نمبر",
        "آپ کا پیغام مل گیا، " * 4 + "نمبر",
        "too long in ur",
    ),
    ("names.toml", "a contact is noted", "an officer noted it", "not neutral in en: 'officer'"),
    ("messages.toml", "{due} tak rabta hoga", "jald rabta hoga", "other values"),
    ("police.toml", 'matter = "', 'answer = "street"\nmatter = "', "by the sender's own answer"),
    ("groups.toml", 'contact = "8h"', "contact = 8h", "not TOML"),
    ("dialogue.toml", 'then = "place_again"', 'then = "nowhere"', "not in steps"),
    ("dialogue.toml", 'says = "hours_set"', 'says = "no_such_text"', "not in messages"),
    ("dialogue.toml", 'asks = "ask_safe"', 'asks = "no_such_prompt"', "not in prompts"),
    ("dialogue.toml", 'takes = "choice"', 'takes = "yes_no"', "choices"),
    ("dialogue.toml", 'takes = "words"', 'takes = "wishes"', "takes"),
    ("prompts.toml", '5 = "receipt"', '5 = "telepathy"', "not in steps"),
    ("prompts.toml", "1 tell us something.", "1 tell us something to the police.", "not neutral"),
    ("prompts.toml", "{due} tak rabta hoga. Yeh kis", "jald rabta hoga. Yeh kis", "other values"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "words"), CASES, ids=[c[3] + " " + c[1][:12] for c in CASES]
)
def test_each_slip_is_named_with_file_line_and_mend(folder, file, old, new, words):
    error, line = broken(folder, file, old, new)
    assert words in str(error)
    assert str(error).startswith(f"{file}:{error.line}: ")
    assert "; " in str(error)
    if error.line != line:  # a missing key is named at its header, just above
        assert 0 < line - error.line <= 6


def test_twice_the_same_code(folder):
    (folder / "zz.toml").write_text((folder / "crime.toml").read_text("utf-8"), "utf-8")
    with pytest.raises(
        catalogue.CatalogueError, match=r"zz\.toml:\d+: category 'theft' stands in crime\.toml"
    ):
        catalogue.load(folder)


def test_not_utf8(folder):
    (folder / "zz.toml").write_bytes(b"# ok\n\xff\xfe")
    with pytest.raises(catalogue.CatalogueError, match=r"zz\.toml:2: is not UTF-8"):
        catalogue.load(folder)


def test_unknown_section_and_empty_folder(folder, tmp_path):
    (folder / "zz.toml").write_text("\n[catagories.x]\na = 1\n")
    with pytest.raises(catalogue.CatalogueError, match=r"zz\.toml:2: unknown section"):
        catalogue.load(folder)
    with pytest.raises(catalogue.CatalogueError, match="holds no catalogue"):
        catalogue.load(tmp_path / "nowhere")
