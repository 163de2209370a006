"""Real texts of people, in Urdu script and in Roman Urdu, arrive byte for byte.

The texts are abusive or private: they are never printed, and never copied into the repository.
"""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest
from aiosmpplib import GSM7BitCodec
from tests.peers.sms_lines import Smpp, pieces

from mohalla.channels.sms.models import Inbound, Part

pytestmark = [pytest.mark.network, pytest.mark.django_db(transaction=True)]

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
URDU = ["urdu_threat_fire2022", "urdu_abusive_fire2021"]
ROMAN = ["ruhsold", "roman_urdu_sentiment_uci"]
EACH = 160
WINDOW = 24


def texts(names: list[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        path = DATA / name / "train.jsonl.gz"
        if not path.exists():
            pytest.skip(f"real texts are not here: {path}")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found += [str(json.loads(line)["text"]) for line in lines]
    return [text for text in found if text and "\0" not in text and len(text) < 1000]


def user_data(text: str, reference: int) -> tuple[int, list[bytes]]:
    """As a phone would, by a codec that is not the product's."""
    if GSM7BitCodec.is_gsm_text(text):
        whole, coding, alone, joined = GSM7BitCodec().encode(text)[0], 0, 160, 152
    else:
        whole, coding, alone, joined = text.encode("utf-16-be"), 8, 140, 134
    if len(whole) <= alone:
        return coding, [whole]
    cut = tuple(whole[at : at + joined] for at in range(0, len(whole), joined))
    return coding, pieces(cut, reference=reference)


def test_320_real_texts_in_parts_in_any_order_delivered_twice(smpp: Smpp) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)
    draw = random.Random(seed)
    sent: dict[str, str] = {}
    for text in draw.sample(texts(URDU), EACH) + draw.sample(texts(ROMAN), EACH):
        sent[f"+92300{draw.randrange(10**7):07d}"] = text
    posts = []
    for sender, text in sent.items():
        coding, parts = user_data(text, draw.randrange(256))
        esm = 0x40 if len(parts) > 1 else 0
        posts += [(sender.lstrip("+"), part, coding, esm) for part in parts]
    for _ in range(2):
        draw.shuffle(posts)
        _deliver(smpp, posts)
    rows = list(Inbound.objects.all())
    arrived = {row.sender: row.text for row in rows}
    lost = [sender for sender, text in sent.items() if arrived.get(sender) != text]
    assert not lost, f"seed {seed}: {len(lost)} of {len(sent)} lost or changed"
    assert len(rows) == len(sent), f"seed {seed}: {len(rows)} rows of {len(sent)} texts"
    assert not Part.objects.filter(inbound=None).exists()
    assert len(sent) >= 300


def _deliver(smpp: Smpp, posts: list[tuple[str, bytes, int, int]]) -> None:
    """A window at a time; what is not taken is brought again, as an SMSC does."""
    for at in range(0, len(posts), WINDOW):
        waiting = posts[at : at + WINDOW]
        while waiting:
            numbers = [
                smpp.carrier.post(sender, part, coding=coding, esm=esm)
                for sender, part, coding, esm in waiting
            ]
            answers = [smpp.carrier.await_answer(number) for number in numbers]
            waiting = [it for it, answer in zip(waiting, answers, strict=True) if answer != 0]
