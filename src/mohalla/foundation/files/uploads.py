"""The first of the upload handlers: bytes beyond the limit are counted and thrown away.

They reach neither memory nor disk, the rest of the form is read all the same (her words may stand
after the photograph), and the page can name the file that was too large.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class Bounded(FileUploadHandler):
    """Passes on what is within the limit; of more, only name and size arrive."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start + len(raw_data) <= _limit() else None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        if file_size <= _limit():
            return None
        return UploadedFile(BytesIO(), self.file_name, self.content_type, file_size)


def _limit() -> int:
    megabytes: int = settings.ATTACHMENT_MB
    return megabytes * 1024 * 1024
