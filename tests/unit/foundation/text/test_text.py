"""Folding, cleaning, counting, references, places: examples that can fail, and properties."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mohalla.foundation import text

ANY = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=200)
LIKELY = st.text(
    alphabet="کگيیےہھهةئؤأآـ\u064e\u0651\u200c\u202e 0۱٢aAéKz2-_.\x00\ud800'1", max_size=60
)


@given(ANY | LIKELY)
def test_nothing_raises_on_any_text(said):
    text.ascii_digits(said)
    text.visible(said)
    text.csv_safe(said)
    text.sms_parts(said)
    text.guess_language(said)
    text.command(said)
    text.answer(said)
    text.reference(said)
    text.find_place(said, [("a", ["Noorabad", "نور آباد"]), ("b", [said])])


@given(ANY | LIKELY)
def test_folding_twice_is_folding_once(said):
    assert text.fold(text.fold(said)) == text.fold(said)


@given(ANY | LIKELY)
def test_clean_text_is_storable_and_otherwise_as_typed(said):
    clean = text.clean(said)
    assert "\x00" not in clean
    assert clean.encode("utf-8").decode() == clean
    assert len(clean) == len(said)
    assert text.clean(clean) == clean


@given(ANY | LIKELY)
def test_shown_text_neither_turns_nor_hides(said):
    shown = text.visible(said)
    assert not set(shown) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b\u200b")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كيا", "کیا"),
        ("کیـــا", "کیا"),
        ("مُحَلّہ", "محلہ"),
        ("گھر", "گهر"),
        ("میں", "مين"),
        ("آباد", "اباد"),
        ("ﻣﺤﻠﮧ", "محله"),
        ("ګلي", "گلی"),
        ("٣۳3", "333"),
        ("  Noor\u200cAbad  ", "noorabad"),
        ("ＡＢＣ", "abc"),
    ],
)
def test_variants_fold_to_one(one, other):
    assert text.fold(one) == text.fold(other)


def test_different_words_stay_different():
    assert len({text.fold(w) for w in ("چوری", "چوڑی", "شور", "سور", "بال", "پال", "تال")}) == 7


def test_visible_limits_piles_and_keeps_joiners():
    assert text.visible("a" + "\u0301" * 50) == "a" + "\u0301" * 4
    assert text.visible("می\u200cخواہم") == "می\u200cخواہم"
    assert text.visible("a\u202eb\x00\x1b") == "a▯b\ufffd␛"


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1"]
)
def test_formulas_are_disarmed(cell):
    assert text.csv_safe(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "text", "-5", "+923001234567", "3.5", "a=b", "کیا"])
def test_plain_cells_stay(cell):
    assert text.csv_safe(cell) == cell
    out = io.StringIO()
    csv.writer(out).writerow([text.csv_safe(cell)])
    assert next(csv.reader(io.StringIO(out.getvalue())), [""]) == [cell] or cell == ""


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", ("GSM-7", 1, 0)),
        ("a" * 160, ("GSM-7", 1, 160)),
        ("a" * 161, ("GSM-7", 2, 161)),
        ("a" * 306, ("GSM-7", 2, 306)),
        ("a" * 307, ("GSM-7", 3, 307)),
        ("€" * 80, ("GSM-7", 1, 160)),
        ("€" * 153, ("GSM-7", 3, 306)),  # 153 septets hold 76 of them, never half a one
        ("ک" * 70, ("UCS-2", 1, 70)),
        ("ک" * 71, ("UCS-2", 2, 71)),
        ("ک" * 134, ("UCS-2", 2, 134)),
        ("ک" * 135, ("UCS-2", 3, 135)),
        ("😀" * 35, ("UCS-2", 1, 70)),
        ("😀" * 67, ("UCS-2", 3, 134)),  # 67 units hold 33 of them
    ],
)
def test_sms_parts(said, expected):
    assert tuple(text.sms_parts(said)) == expected


@pytest.mark.parametrize(
    "said",
    [
        "K7M2QX4",
        "k7m2qx4",
        " k7m-2qx4 ",
        "K 7 M 2 Q X 4",
        "K۷M۲QX۴",
        "k٧m٢qx٤",
        "#K7M2QX4",
        "number K7M2QX4 please",
    ],
)
def test_references_as_people_type_them(said):
    assert text.reference(said) == "K7M2QX4"


@pytest.mark.parametrize(
    "said", ["", "K7M2QX", "K7M2QX44", "K0M2QX4", "KIM2QX4", "the streets here", "۱۲۳۴۵۶۷"]
)
def test_what_is_no_reference(said):
    assert text.reference(said) is None


PLACES = [
    ("noor", ["Noorabad", "نورآباد", "نور اباد"]),
    ("gulz", ["Gulzar Mohalla", "محلہ گلزار", "د ګلزار محله"]),
    ("sher", ["Sherdal Kalay", "شیردل کلے", "شېردل کلی"]),
    ("chin", ["Chinar Town", "چنار ٹاؤن", "چنار ټاون"]),
    ("miag", ["Mian Garhi", "میاں گڑھی", "میا ګړۍ"]),
]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("hamari gali noor abad mein andhera hai", "noor"),
        ("Nurabad me light nahi", "noor"),
        ("نور آباد کی گلی", "noor"),
        ("mohala gulzaar ke paas", "gulz"),
        ("محله گلزار میں شور", "gulz"),
        ("په ګلزار محله کې", "gulz"),
        ("sher dil kali", "sher"),
        ("شیر دل کلے کا چوک", "sher"),
        ("chenar town gate", "chin"),
        ("miyan garhi", "miag"),
        ("میاں گڑھی سے", "miag"),
    ],
)
def test_places_are_found_inside_sentences(said, code):
    found = text.find_place(said, PLACES)
    assert found
    assert found[0][0] == code


@pytest.mark.parametrize(
    "said", ["", "chowk ke pas", "hamari gali me", "no light here", "محلہ میں اندھیرا"]
)
def test_no_place_is_invented(said):
    assert text.find_place(said, PLACES) == []
