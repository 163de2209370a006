"""What a person has said so far, as it travels from page to page in hidden fields."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest

from mohalla.foundation import text
from mohalla.stages.access.forms import CARRIED
from mohalla.stages.access.views import uploads

_SALT = "report-file"


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """An upload that is already stored; `token` is what travels, signed."""

    id: UUID
    name: str
    size: int
    media_type: str
    token: str

    @property
    def picture(self) -> str:
        """The name of its icon."""
        return "camera" if self.media_type.startswith(("image", "video")) else "microphone"


@dataclass
class Draft:
    """Values by field name, as typed; files already stored; refusals of files."""

    values: dict[str, str]
    files: list[KeptFile]
    key: str
    refused: list[str] = field(default_factory=list)

    def hidden(self, own: Iterable[str]) -> list[tuple[str, str]]:
        """What the page must carry: everything but its own fields."""
        mine = set(own)
        carried = [(name, value) for name, value in self.values.items() if name not in mine]
        return [*carried, ("key", self.key), *(("kept", file.token) for file in self.files)]


def read(request: HttpRequest, *, at: datetime) -> Draft:
    """The draft in a POST, its new uploads stored; the refused ones are named in `refused`."""
    values = {
        name: text.clean(request.POST[name]).replace("\r\n", "\n")
        for name in CARRIED
        if request.POST.get(name)
    }
    if "on" in values:
        values["on"] = text.ascii_digits(values["on"])  # ۲۰۲۶-۰۳-۲۵ is a day too
    files = [
        file
        for token in request.POST.getlist("kept")[: uploads.MOST_FILES]
        if (file := _file(token))
    ]
    dropped = request.POST.get("drop", "")
    files = [file for file in files if str(file.id) != dropped]
    key = request.POST.get("key", "")
    draft = Draft(values, files, key if 16 <= len(key) <= 128 else fresh_key())
    for name in ("photos", "voice"):
        for upload in request.FILES.getlist(name):
            _keep(draft, upload, at)
    return draft


def fresh_key() -> str:
    """A key by which the same form, sent twice, is one report."""
    return secrets.token_urlsafe(24)


def _keep(draft: Draft, upload: Any, at: datetime) -> None:
    name = text.clean(upload.name or "")[:80]
    try:
        if len(draft.files) >= uploads.MOST_FILES:
            raise uploads.too_many(name)
        kept = uploads.keep(upload, at=at)
    except uploads.Refused as refused:
        draft.refused.append(str(refused))
        return
    content = [str(kept.pk), name, kept.size, kept.media_type]
    draft.files.append(_made(content, signing.dumps(content, salt=_SALT)))


def _file(token: str) -> KeptFile | None:
    try:
        return _made(signing.loads(token, salt=_SALT, max_age=7 * 24 * 3600), token)
    except signing.BadSignature:
        return None


def _made(content: list[Any], token: str) -> KeptFile:
    key, name, size, media_type = content
    return KeptFile(id=UUID(key), name=name, size=size, media_type=media_type, token=token)
