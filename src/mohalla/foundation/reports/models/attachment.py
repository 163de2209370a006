"""A photograph, a voice note, a document: the original, and for pictures a copy to look at."""

from __future__ import annotations

from django.db import models

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.reports.models.report import Report


class Attachment(models.Model):
    """Uploaded before the report is sent; belongs to one report from then on.

    `sha256` names the original, sealed byte for byte; `copy_sha256` the picture without what the
    camera wrote into it, which is all that pages and exports show.
    """

    class Copy(models.TextChoices):
        WAITING = "waiting"
        MADE = "made"
        FAILED = "failed"  # cannot be shown safely; the original stays what it is
        NONE = "none"  # not a picture

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, null=True, related_name="attachments"
    )
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=40)
    uploaded_at = models.DateTimeField()
    copy = models.CharField(max_length=7, choices=Copy.choices, default=Copy.WAITING)
    copy_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["report", "uploaded_at"], name="attachment_unclaimed")]

    def __str__(self) -> str:
        return f"{self.media_type} {self.size}"
