"""The page that checks receipts without us: one file, no network, three languages."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation
from django.utils.translation import gettext as _

from mohalla.foundation.ledger import key

HERE = Path(__file__).parent
TONGUES = (("ur", "اردو"), ("ps", "پښتو"), ("en", "English"))


def script() -> str:
    """All that runs in the page."""
    return _read("noble.js", "check.js", "page.js")


def page(language: str) -> str:
    """The file; it holds the key of this log and of its witnesses, and needs nothing else."""
    scripts, style = script(), _read("page.css")
    given = {
        "key": str(key.signer().verifier),
        "witnesses": [str(row) for row in key.witnesses()],
        "quorum": settings.WITNESS_QUORUM,
        "language": language,
        "words": {code: _words(code) for code, _name in TONGUES},
    }
    context = Context(
        {
            "language": language,
            "title": given["words"][language]["title"],  # type: ignore[index] # built just above
            "tongues": TONGUES,
            "key": given["key"],
            "given": json.dumps(given, ensure_ascii=False).replace("<", "\\u003c"),
            "script": scripts,
            "style": style,
            "script_hash": _hash(scripts),
            "style_hash": _hash(style),
        }
    )
    return Engine().from_string(_read("page.html")).render(context)


def _words(code: str) -> dict[str, str]:
    with translation.override(code):
        return {
            "title": _("Check a receipt"),
            "lead": _(
                "Choose the receipt file that you kept, or paste what is in it. Nothing is sent:"
                " you may switch off the network first."
            ),
            "choose": _("Receipt file"),
            "paste": _("Or paste the text of the receipt"),
            "check": _("Check"),
            "logged": _("Genuine: it stands in the public register."),
            "signed": _("Genuine and signed. It was kept before its place in the register came."),
            "wrong": _("This is not a genuine receipt of this service, or it was changed."),
            "reference": _("Reference"),
            "received": _("Received"),
            "contact": _("Contact owed by"),
            "place": _("Place in the register"),
            "witnesses": _("Seen by witnesses outside"),
            "pending": _("not confirmed yet"),
            "why": _("What is wrong"),
            "why_note": _("It does not have the shape of a receipt; perhaps a part is missing."),
            "why_signature": _("The signature does not fit the words: something was changed."),
            "why_other": _("It was not signed by the key of this service."),
            "why_proof": _("The proof does not fit this receipt."),
            "key": _("The key that signs for this service. Compare it with a copy from elsewhere:"),
            "offline": _(
                "Keep this page: it works for years, without network and without this service."
            ),
        } | {
            f"why_{name}": _("It does not have the shape of a receipt; perhaps a part is missing.")
            for name in ("base64", "number", "filing")
        }


@lru_cache(maxsize=8)
def _read(*names: str) -> str:
    return "\n".join((HERE / name).read_text() for name in names)


def _hash(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
